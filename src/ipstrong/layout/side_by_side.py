"""A sheet cut from left to right: the column ranges of tables that stand side by side."""

from __future__ import annotations

from itertools import pairwise

from ipstrong.layout.marks import VALUES, Kind, Sheet


def strips(sheet: Sheet) -> list[tuple[int, int]]:
    """Return the column ranges of tables that stand side by side."""
    segments: list[list[int]] = []
    rows = [row for row in range(sheet.height) if row not in sheet.blank_rows]
    filled = [any(sheet.at(row, column).kind is not Kind.BLANK for row in rows) for column in range(sheet.width)]
    for column, is_filled in enumerate(filled):
        if is_filled and column and filled[column - 1] and segments:
            segments[-1][1] = column
        elif is_filled:
            segments.append([column, column])
    ranges: list[list[int]] = []
    for first, last in segments:
        if ranges and not (_stands_alone(sheet, first, last) and _has_values(sheet, *ranges[-1])):
            ranges[-1][1] = last
        else:
            ranges.append([first, last])
    return [piece for first, last in ranges for piece in _split_repeated(sheet, first, last)]


_NUMBERS = frozenset({Kind.NUMBER})


def _has_values(sheet: Sheet, first: int, last: int, *, kinds: frozenset[Kind] = _NUMBERS) -> bool:
    return any(sheet.at(row, column).kind in kinds for column in range(first, last + 1) for row in range(sheet.height))


def _stands_alone(sheet: Sheet, first: int, last: int, *, kinds: frozenset[Kind] = _NUMBERS) -> bool:
    """Whether a range of columns has values and, before them, labels of its own."""
    rows = [
        row
        for row in range(sheet.height)
        if any(sheet.at(row, column).kind in kinds for column in range(first, last + 1))
    ]
    if not rows or first == last:
        return False
    named = sum(sheet.at(row, first).is_wordy or sheet.at(row, first).is_timely for row in rows)
    return named * 10 >= len(rows) * 6


def _split_repeated(sheet: Sheet, first: int, last: int) -> list[tuple[int, int]]:
    """Split where the heading over the labels comes again: `地区 | 数值 | 地区 | 数值`."""
    for row in range(min(sheet.height, 40)):
        stub = sheet.at(row, first)
        if not stub.is_wordy:
            continue
        starts = [
            column
            for column in range(first + 2, last)
            if sheet.at(row, column).text == stub.text
            and (_repeats(sheet, row, first, column) or _stands_alone(sheet, column, last, kinds=VALUES))
        ]
        starts = [start for start in starts if _has_values(sheet, first, start - 1, kinds=VALUES)]
        if starts:
            edges = [first, *starts, last + 1]
            return [(left, right - 1) for left, right in pairwise(edges)]
    return [(first, last)]


def _repeats(sheet: Sheet, row: int, first: int, column: int) -> bool:
    """Whether two headings come again as they stood: `地区 | 数值 | 地区 | 数值`."""
    after, again = sheet.at(row, first + 1), sheet.at(row, column + 1)
    return after.is_wordy and after.text == again.text
