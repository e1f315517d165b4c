"""A sheet cut from left to right: the column ranges of tables that stand side by side."""

from __future__ import annotations

from itertools import pairwise

from ipstrong.layout.marks import VALUES, Kind, Sheet
from ipstrong.layout.row_shapes import RowShapes, kinds_of


def strips(sheet: Sheet, shapes: RowShapes) -> list[tuple[int, int]]:
    """Return the column ranges of tables that stand side by side."""
    segments: list[list[int]] = []
    filled = [any(shape[column : column + 1] > b"\0" for shape in shapes.of) for column in range(sheet.width)]
    for column, is_filled in enumerate(filled):
        if is_filled and column and filled[column - 1] and segments:
            segments[-1][1] = column
        elif is_filled:
            segments.append([column, column])
    ranges: list[list[int]] = []
    for first, last in segments:
        if ranges and not (_stands_alone(shapes, first, last) and _has_values(shapes, *ranges[-1])):
            ranges[-1][1] = last
        else:
            ranges.append([first, last])
    return [piece for first, last in ranges for piece in _split_repeated(sheet, shapes, first, last)]


_NUMBERS = frozenset({Kind.NUMBER})


def _has_values(shapes: RowShapes, first: int, last: int, *, kinds: frozenset[Kind] = _NUMBERS) -> bool:
    return any(not kinds.isdisjoint(kinds_of(shape, first, last)) for shape in shapes.of)


def _stands_alone(shapes: RowShapes, first: int, last: int, *, kinds: frozenset[Kind] = _NUMBERS) -> bool:
    """Whether a range of columns has values and, before them, labels of its own."""
    if first == last:
        return False
    n_rows = n_named = 0
    for shape, count in zip(shapes.of, shapes.counts, strict=True):
        found = kinds_of(shape, first, last)
        if not kinds.isdisjoint(found):
            n_rows += count
            n_named += count * (found[0] in _NAMES)
    return n_rows > 0 and n_named * 10 >= n_rows * 6


_NAMES = frozenset({Kind.TEXT, Kind.UNIT, Kind.YEAR, Kind.PERIOD, Kind.PART})


def _split_repeated(sheet: Sheet, shapes: RowShapes, first: int, last: int) -> list[tuple[int, int]]:
    """Split where the heading over the labels comes again: `地区 | 数值 | 地区 | 数值`."""
    for row in range(min(sheet.height, 40)):
        stub = sheet.at(row, first)
        if not stub.is_wordy:
            continue
        starts = [
            column
            for column in range(first + 2, last)
            if sheet.at(row, column).text == stub.text
            and (_repeats(sheet, row, first, column) or _stands_alone(shapes, column, last, kinds=VALUES))
        ]
        starts = [start for start in starts if _has_values(shapes, first, start - 1, kinds=VALUES)]
        if starts:
            edges = [first, *starts, last + 1]
            return [(left, right - 1) for left, right in pairwise(edges)]
    return [(first, last)]


def _repeats(sheet: Sheet, row: int, first: int, column: int) -> bool:
    """Whether two headings come again as they stood: `地区 | 数值 | 地区 | 数值`."""
    after, again = sheet.at(row, first + 1), sheet.at(row, column + 1)
    return after.is_wordy and after.text == again.text
