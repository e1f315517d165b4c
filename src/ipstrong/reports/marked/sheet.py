"""A worksheet with cells restyled, cells and rows added where a mark needs one, and nothing else touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ipstrong.diagnostics import Severity, a1, split_a1
from ipstrong.reports.marked.xml_edit import (
    Edit,
    apply_edits,
    local,
    new_parser,
    parse,
    prefix_of,
    tag_end,
    with_attributes,
)

Restyle = Callable[[int, Severity], int]

_AFTER_LEGACY_DRAWING = frozenset(
    [
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
        "AlternateContent",
    ]
)
"""Children of a worksheet that the schema puts behind `legacyDrawing`."""
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([A-Z]+\d+:[A-Z]+\d+)["']""")
_SELECTED = re.compile(rb"""(\stabSelected\s*=\s*["'])(?:1|true)(["'])""")


class Merge(NamedTuple):
    """A merged range, 1-based, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def covers(self, row: int, column: int) -> bool:
        """Return whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def merges_of(data: bytes) -> list[Merge]:
    """Return the merged ranges of a worksheet."""
    tail = max(data.rfind(b"sheetData"), 0)
    found = []
    for match in _MERGED.finditer(data, tail):
        first, last = match[1].decode().split(":")
        found.append(Merge(*split_a1(first), *split_a1(last)))
    return found


def deselected(data: bytes) -> bytes:
    """Return the sheet not selected, so that typing into the front sheet does not go into this one as well."""
    head = data.find(b"sheetData")
    head = len(data) if head < 0 else head
    return _SELECTED.sub(rb"\g<1>0\2", data[:head]) + data[head:]


class _Marker:
    """Walks a worksheet once and gathers the edits."""

    def __init__(self, data: bytes, marks: Mapping[tuple[int, int], Severity], restyle: Restyle, legacy: bytes) -> None:
        self.data = data
        self.restyle = restyle
        self.legacy = legacy
        self.edits: list[Edit] = []
        self.waiting: dict[int, list[int]] = {}
        for row, column in sorted(marks):
            self.waiting.setdefault(row, []).append(column)
        self.marks = marks
        self.rows = iter(sorted(self.waiting))
        self.next_row: int | None = next(self.rows, None)
        self.column_styles: list[tuple[int, int, int]] = []
        self.prefix = ""
        self.depth = 0
        self.in_data = False
        self.data_start = 0
        self.has_spans = False
        self.row = self.column = 0
        self.row_start = self.row_style = 0
        self.pending: list[int] = []
        self.is_placed = not legacy
        self.parser = new_parser()

    def run(self) -> bytes:
        self.parser.StartElementHandler = self._started
        self.parser.EndElementHandler = self._ended
        parse(self.parser, self.data)
        return apply_edits(self.data, self.edits)

    def _started(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.in_data:
            if self.depth == 4 and self.pending:
                self._cell(tag, attributes)
            elif self.depth == 3:
                self._row(attributes)
            return
        name = local(tag)
        if self.depth == 1:
            self.prefix = prefix_of(tag)
        elif self.depth == 2:
            self.in_data = name == "sheetData"
            self.data_start = self.parser.CurrentByteIndex
            if name in _AFTER_LEGACY_DRAWING:
                self._place_legacy(self.parser.CurrentByteIndex)
        elif name == "col" and "style" in attributes:
            self.column_styles.append((int(attributes["min"]), int(attributes["max"]), int(attributes["style"])))

    def _ended(self, tag: str) -> None:
        self.depth -= 1
        if self.in_data:
            if self.depth == 2 and self.pending:
                self._end_row(tag)
            elif self.depth == 1:
                self.in_data = False
                self._end_data(tag)
        elif self.depth == 0:
            self._place_legacy(self.parser.CurrentByteIndex)

    def _row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes.get("r") or self.row + 1)
        self.column = 0
        start = self.parser.CurrentByteIndex
        while self.next_row is not None and self.next_row < self.row:
            self.edits.append(Edit(start, start, self._new_row(self.next_row)))
            self.next_row = next(self.rows, None)
        if self.next_row == self.row:
            self.pending = self.waiting[self.row]
            self.next_row = next(self.rows, None)
            self.row_start = start
            has_style = attributes.get("customFormat") in ("1", "true")
            self.row_style = int(attributes.get("s") or 0) if has_style else -1
            self.has_spans = "spans" in attributes

    def _cell(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) != "c":
            return
        reference = attributes.get("r")
        self.column = split_a1(reference)[1] if reference else self.column + 1
        start = self.parser.CurrentByteIndex
        self._add_cells(start, below=self.column)
        if self.pending and self.pending[0] == self.column:
            self.pending = self.pending[1:]
            end = tag_end(self.data, start)
            style = str(self.restyle(int(attributes.get("s") or 0), self.marks[self.row, self.column]))
            self.edits.append(Edit(start, end, with_attributes(self.data[start:end], {"s": style})))

    def _add_cells(self, position: int, below: int) -> None:
        while self.pending and self.pending[0] < below:
            column, *self.pending = self.pending
            self._drop_spans()
            self.edits.append(Edit(position, position, self._new_cell(self.row, column, self.row_style)))

    def _drop_spans(self) -> None:
        """Drop the hint at which columns the row uses: an added cell may lie outside."""
        if self.has_spans:
            self.has_spans = False
            end = tag_end(self.data, self.row_start)
            tag = self.data[self.row_start : end]
            self.edits.append(Edit(self.row_start, end, with_attributes(tag, {"spans": None})))

    def _new_cell(self, row: int, column: int, row_style: int) -> bytes:
        style = row_style
        if style < 0:
            style = next((own for first, last, own in self.column_styles if first <= column <= last), 0)
        number = self.restyle(style, self.marks[row, column])
        return f'<{self.prefix}c r="{a1(row - 1, column - 1)}" s="{number}"/>'.encode()

    def _new_row(self, row: int) -> bytes:
        cells = b"".join(self._new_cell(row, column, -1) for column in self.waiting[row])
        return f'<{self.prefix}row r="{row}">'.encode() + cells + f"</{self.prefix}row>".encode()

    def _end_row(self, tag: str) -> None:
        opened = tag_end(self.data, self.row_start)
        if self.data[opened - 2 : opened] != b"/>":
            self._add_cells(self.parser.CurrentByteIndex, below=1 << 20)
            return
        cells = b"".join(self._new_cell(self.row, column, self.row_style) for column in self.pending)
        self.pending = []
        tag_bytes = with_attributes(self.data[self.row_start : opened], {"spans": None})
        text = tag_bytes[:-2].rstrip() + b">" + cells + f"</{tag}>".encode()
        self.edits.append(Edit(self.row_start, opened, text))

    def _end_data(self, tag: str) -> None:
        left = [row for row in (self.next_row, *self.rows) if row is not None]
        self.next_row = None
        rows = b"".join(self._new_row(row) for row in left)
        if not rows:
            return
        opened = tag_end(self.data, self.data_start)
        if self.data[opened - 2 : opened] == b"/>":
            text = self.data[self.data_start : opened][:-2].rstrip() + b">" + rows + f"</{tag}>".encode()
            self.edits.append(Edit(self.data_start, opened, text))
        else:
            position = self.parser.CurrentByteIndex
            self.edits.append(Edit(position, position, rows))

    def _place_legacy(self, position: int) -> None:
        if not self.is_placed:
            self.is_placed = True
            self.edits.append(Edit(position, position, self.legacy))


def mark_sheet(data: bytes, marks: Mapping[tuple[int, int], Severity], restyle: Restyle, legacy: bytes = b"") -> bytes:
    """Return the worksheet with the marked cells restyled.

    Args:
        data: The worksheet part.
        marks: The worst severity at each 1-based (row, column).
        restyle: From the number of a style to the number of the same style, marked.
        legacy: A `legacyDrawing` element to add, in the place where the schema wants it; empty for none.
    """
    return _Marker(data, marks, restyle, legacy).run()


def cells_of(cell: str, most: int) -> Iterator[tuple[int, int]]:
    """Yield the 1-based (row, column) of every cell of an address or range, at most `most`."""
    first, _, last = cell.partition(":")
    top, left = split_a1(first)
    bottom, right = split_a1(last) if last else (top, left)
    if not top or not bottom:
        return
    n = 0
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            if n >= most:
                return
            n += 1
            yield row, column
