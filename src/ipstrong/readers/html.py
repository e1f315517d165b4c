"""Tables in web pages to grids: what many systems export under the name .xls."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import data as codes
from ipstrong.readers.encodings import decode
from ipstrong.readers.grid import CellValue, Grid, GridExtras, RowGrid
from ipstrong.readers.options import Limits, Refusal, too_large
from ipstrong.texts import Text

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_TAG = re.compile(
    r"<(?P<slash>/?)(?P<name>table|tr|td|th|br|p|div|li|script|style|template)\b"
    r"(?P<attributes>(?>[^<>\"']++|\"[^\"<]{0,1000}+\"|'[^'<]{0,1000}+'|[\"'])*+)>",
    re.IGNORECASE,
)
_OTHER_TAG = re.compile(r"<[!/?A-Za-z][^<>]*>")
_SPAN = re.compile(r"\b(colspan|rowspan)\s*=\s*(?:[\"']\s*)?([0-9]{1,6})", re.IGNORECASE)
_LONGEST_SPAN = 1000
_BREAKS = frozenset({"br", "p", "div", "li"})
_SILENT = frozenset({"script", "style", "template"})


def read_html(path: str, data: bytes, limits: Limits) -> tuple[list[Grid], str]:
    """Return the tables of a web page with something in them, and the page's encoding.

    Raises:
        Refusal: when there is no table, or a limit is exceeded.
    """
    text, encoding = _decoded(path, data)
    grids: list[Grid] = [grid for table in _gathered(text) if (grid := _laid_out(path, table, limits)) is not None]
    if not grids:
        raise Refusal(Finding(codes.NO_TABLE_INSIDE, Location(path)))
    return grids, encoding


def _decoded(path: str, data: bytes) -> tuple[str, str]:
    """Return a page's text by its mark, its own declaration, or the distribution of its bytes."""
    declared = _CHARSET.search(data[:4096])
    if declared is not None and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = declared[1].decode("ascii", "replace").lower()
        name = "gb18030" if name in {"gb2312", "gbk"} else name
        try:
            return data.decode(name), name
        except (LookupError, UnicodeDecodeError):
            pass
    decoded = decode(data)
    if decoded.text is None:
        line = data.count(b"\n", 0, decoded.bad_at) + 1
        raise Refusal(Finding(codes.ENCODING_UNKNOWN, Location(path, line=line), {"line": line}))
    return decoded.text, decoded.encoding


@dataclass(slots=True)
class _Cell:
    text: list[str] = field(default_factory=list)
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    is_open: bool = False
    """Whether a cell is open: text outside of cells is not the table's."""

    def add_text(self, text: str) -> None:
        """Add the text before the next tag to the open cell."""
        if self.is_open and text:
            bare = _OTHER_TAG.sub("", text)
            self.rows[-1][-1].text.append(_BLANKS.sub(" ", unescape(bare)))

    def take(self, name: str, attributes: str, line: int, *, is_closing: bool) -> None:
        """Open or close a row or a cell, or break the line in a cell."""
        if name in _BREAKS:
            if self.is_open and (name == "br" or is_closing):
                self.rows[-1][-1].text.append("\n")
            return
        self.is_open = False
        if is_closing:
            return
        if name == "tr" or not self.rows:
            self.rows.append([])
            self.lines.append(line)
        if name != "tr":
            spans = {found[1].lower(): int(found[2]) for found in _SPAN.finditer(attributes)}
            columns, rows = (min(max(1, spans.get(key, 1)), _LONGEST_SPAN) for key in ("colspan", "rowspan"))
            self.rows[-1].append(_Cell(columns=columns, rows=rows))
            self.is_open = True


def _gathered(text: str) -> list[_Table]:
    """Return every table in order of appearance; a table within a cell is a table of its own.

    Only the tags of tables are searched for, once. The standard library's parser fails on some pages and needs quadratic time
    on others.
    """
    finished: list[_Table] = []
    opened: list[_Table] = []
    line, counted, silent_until = 1, 0, 0
    text = _without_comments(text)
    end = 0
    for tag in _TAG.finditer(text):
        if tag.start() < silent_until:
            continue
        if opened:
            opened[-1].add_text(text[end : tag.start()])
        end = tag.end()
        line += text.count("\n", counted, tag.start())
        counted = tag.start()
        name, is_closing = tag["name"].lower(), bool(tag["slash"])
        if name in _SILENT and not is_closing:
            closing = re.compile(f"</{name}", re.IGNORECASE).search(text, tag.end())
            silent_until = end = closing.start() if closing is not None else len(text)
        elif name == "table":
            if not is_closing:
                opened.append(_Table())
                finished.append(opened[-1])
            elif opened:
                opened.pop()
        elif opened:
            opened[-1].take(name, tag["attributes"], line, is_closing=is_closing)
    return finished


def _without_comments(text: str) -> str:
    """Return the text without comments, its lines kept; one that is never closed hides the rest."""
    pieces, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        stop = text.find("-->", start + 4)
        stop = len(text) if stop < 0 else stop + 3
        pieces += [text[at:start], "\n" * text.count("\n", start, stop)]
        at = stop
    return "".join([*pieces, text[at:]]) if pieces else text


def _laid_out(path: str, table: _Table, limits: Limits) -> RowGrid | None:
    """Return the table with its spans as merged ranges; None when there is nothing in it."""
    rows: list[dict[int, str]] = []
    taken: set[tuple[int, int]] = set()
    merged: list[tuple[int, int, int, int]] = []
    n_spanned = 0
    what = Text("表格的格数", "cells of the table")
    for row, cells in enumerate(table.rows):
        line: dict[int, str] = {}
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            line[column] = "".join(cell.text).strip()
            if cell.columns > 1 or cell.rows > 1:
                merged.append((row, column, row + cell.rows - 1, column + cell.columns - 1))
                n_spanned += cell.columns * cell.rows
                if n_spanned > limits.max_cells // 50:
                    raise too_large(path, what, n_spanned, limits.max_cells)
                taken.update((row + down, column + right) for down in range(cell.rows) for right in range(cell.columns))
            column += cell.columns
        rows.append(line)
    width = max((max(line, default=-1) + 1 for line in rows), default=0)
    if width * len(rows) > limits.max_cells:
        raise too_large(path, what, width * len(rows), limits.max_cells)
    if not any(text for line in rows for text in line.values()):
        return None
    values: list[list[CellValue]] = [[line.get(column, "") for column in range(width)] for line in rows]
    return RowGrid(path, None, values, width, GridExtras(tuple(merged)), table.lines)
