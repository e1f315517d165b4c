"""What is above each column of values: label levels, period, unit, region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ipstrong.layout.blocks import Block
from ipstrong.layout.labels import clean_unit, split_unit
from ipstrong.layout.marks import BLANK, CellMark, Kind, MarkedGrid
from ipstrong.layout.relative_periods import read_relative
from ipstrong.layout.roles import IsRegion, Roles
from ipstrong.layout.tables import ValueColumn
from ipstrong.layout.words import TOTALS, Role, fold, role_of
from ipstrong.model.dataset import ValueStatus
from ipstrong.model.period import Period
from ipstrong.values.cell_marks import STATUS_WORDS
from ipstrong.values.periods import period_status, read_period, read_periods, regrain

_SKIPPED = frozenset({Role.CODE, Role.NOTE, Role.FREQUENCY, Role.STATUS, Role.RUNNING})
_KEYED = _SKIPPED | {Role.UNIT}
_CENTURIES = frozenset({"19", "20"})
_LEADING_PERIOD = re.compile(
    r"^(?P<period>(?:19|20)\d{2}\s*年(?:度|末|底|\s*\d{1,2}\s*[-—~至到]\s*\d{1,2}\s*月|\s*\d{1,2}\s*月(?:末|底|份)?|\s*第?[一二三四1-4]季度|上半年|下半年|前三季度)?)"
    r"[\s:：，,]*(?P<rest>\S.*)$"
)
_LEADING_SPAN = re.compile(
    r"^(?P<first>(?:19|20)\d{2})\s*年?\s*[-—–~至到]\s*(?P<last>(?:19|20)\d{2})\s*年?(?:期间|间)?\s*(?P<rest>(?:年?平均|年均|年平均|累计|合计|总).*)$"
)
_RESTS = TOTALS | {"其他", "其它", "其余", "other", "others", "rest"}
"""Headings next to regions that name none: the whole, and what is left."""
_PRICE_BASE = re.compile(
    r"^\s*(?:[=＝为]|不变价|可比价|价格|价|以来|基期|[-—~至到]|(?:以|之)?[前后](?:$|[\s（(累合])|起(?:$|[\s（(累合]))",
)


@dataclass(slots=True)
class _HeadingRow:
    """A heading row over the columns of values, spread over merged ranges and to the right."""

    row: int
    marks: dict[int, CellMark]
    anchor: dict[int, tuple[int, int]]
    """The cell that really holds each text."""
    role: Role | None
    """What the row's first cell says the row holds."""


def read_headings(sheet: MarkedGrid, block: Block, roles: Roles, is_region: IsRegion) -> list[ValueColumn]:
    """Return the columns of values with what their headings say."""
    lines = [_line(sheet, block, roles, row, index) for index, row in enumerate(block.headings)]
    lines = [line for line in lines if line.role not in _SKIPPED]
    _spread_right(sheet, block, roles, lines)
    _adopt_strays(sheet, block, roles, lines)
    columns = {column: _Heading(column) for column in roles.values}
    for line in lines:
        _read_line(line, columns, is_region)
    long = roles.is_long
    found = [heading.settled(generic=long) for heading in columns.values()]
    _settle_grain(lines, found)
    return found


def split_period(text: str) -> tuple[Period | None, str]:
    """Return the period a label begins with, and the rest: `2019年末常住人口` is 2019 and 常住人口.

    A price base is no period, nor is a run of years unless it is averaged or summed up: `2015年不变价`, `1978年=100`, but
    `1979-2019年平均增长`.
    """
    if text[:2] not in _CENTURIES:
        return None, text
    span = _LEADING_SPAN.match(text)
    if span is not None:
        period = read_period(f"{span['first']}-{span['last']}")
        return (period, span["rest"]) if period is not None else (None, text)
    found = _LEADING_PERIOD.match(text)
    if found is None or _PRICE_BASE.match(found["rest"]):
        return None, text
    period = read_period(found["period"])
    return (period, found["rest"]) if period is not None else (None, text)


def _line(sheet: MarkedGrid, block: Block, roles: Roles, row: int, index: int) -> _HeadingRow:
    marks: dict[int, CellMark] = {}
    anchor: dict[int, tuple[int, int]] = {}
    for column in roles.values:
        mark = sheet.spread(row, column)
        if mark.kind is Kind.BLANK:
            continue
        span = sheet.merged.get((row, column))
        home = (span[0], span[1]) if span is not None else (row, column)
        if home[0] != row and home[0] in block.headings[:index]:
            continue  # reported by the row above
        marks[column] = mark
        anchor[column] = home
    return _HeadingRow(row, marks, anchor, _row_role(sheet, block, roles, row, index))


def _row_role(sheet: MarkedGrid, block: Block, roles: Roles, row: int, index: int) -> Role | None:
    """Return what the first cell of a heading row says of the row, where it does not name the column below it."""
    stubs = [column for column, role in sorted(roles.of.items()) if role is not Role.VALUE]
    stubs = stubs or ([block.first] if block.first not in roles.values else [])
    for column in stubs:
        mark = sheet.at(row, column)
        role = role_of(mark.text) if mark.kind is not Kind.BLANK else None
        if role is None or role is roles.of.get(column):
            continue
        if role in _KEYED:
            return role
        timely = roles.of.get(column) in {Role.PERIOD, Role.YEAR_PART}
        is_lowest = all(sheet.at(lower, column).kind is Kind.BLANK for lower in block.headings[index + 1 :])
        return role if role is not Role.PERIOD and (timely or not is_lowest) else None
    return None


def _spread_right(sheet: MarkedGrid, block: Block, roles: Roles, lines: Sequence[_HeadingRow]) -> None:
    """Carry a heading over the blank cells to its right, where lower rows go on and the sheet has no merged ranges there."""
    for index, line in enumerate(lines[:-1]):
        if any((line.row, column) in sheet.merged for column in range(block.first, block.last + 1)):
            continue
        below = lines[index + 1 :]
        carried: tuple[CellMark, tuple[int, int]] | None = None
        for column in range(block.first, block.last + 1):
            own = sheet.at(line.row, column)
            if own.kind is not Kind.BLANK:
                carried = (own, (line.row, column)) if roles.of.get(column, Role.VALUE) is Role.VALUE else None
                continue
            if carried is None or column not in roles.values or not any(column in other.marks for other in below):
                continue
            if any(
                column in other.anchor and column in other.marks
                for other in lines[:index]
                if other.anchor.get(column) != other.anchor.get(carried[1][1])  # not under one heading of a higher row
            ):
                carried = None
                continue
            line.marks[column], line.anchor[column] = carried


def _adopt_strays(sheet: MarkedGrid, block: Block, roles: Roles, lines: Sequence[_HeadingRow]) -> None:
    """Assign a heading above an empty column between values to the group around it."""
    for index, line in enumerate(lines[1:], start=1):
        for column in range(block.first, block.last + 1):
            if (
                column in roles.of
                or sheet.at(line.row, column).kind is Kind.BLANK
                or (line.row, column) in sheet.merged
            ):
                continue
            span = next(
                (found for above in lines[:index][::-1] if (found := sheet.merged.get((above.row, column)))), None
            )
            if span is None:
                continue
            for value in roles.values:
                if span[1] <= value <= span[3] and value not in line.marks:
                    line.marks[value], line.anchor[value] = sheet.at(line.row, column), (line.row, column)


class _Heading:
    """What is gathered over one column."""

    def __init__(self, column: int) -> None:
        self.column = column
        self.parts: list[tuple[str, tuple[int, int]]] = []
        self.period: Period | None = None
        self.part: CellMark | None = None
        self.unit: str | None = None
        self.region: str | None = None
        self.status = ValueStatus.FINAL

    def add_text(self, text: str, home: tuple[int, int]) -> None:
        named = split_unit(text)
        self.unit = named.unit or self.unit
        if named.label and (not self.parts or self.parts[-1] != (named.label, home)):
            self.parts.append((named.label, home))

    def settled(self, *, generic: bool) -> ValueColumn:
        parts = tuple(text for text, _ in self.parts)
        period = self.period
        if period is None and parts:
            period, rest = split_period(parts[-1])
            if period is not None:
                named = split_unit(rest)
                self.unit = named.unit or self.unit
                word = STATUS_WORDS.get(named.label.strip("()（）").lower())
                self.status = word[0] if word else self.status
                parts = parts[:-1] if word else (*parts[:-1], named.label)
        if period is not None and self.part is not None:
            period = self.part.in_year(period.year)
        if generic and len(parts) == 1 and role_of(parts[0]) is Role.VALUE:
            parts = ()
        part = self.part if period is None else None
        found = ValueColumn(self.column, parts, period, part, unit=self.unit, region=self.region, status=self.status)
        if period is None and part is None:
            _take_relative(found)
        return found


def _take_relative(column: ValueColumn) -> None:
    """Take a heading level such as `上年同期` for the period it means."""
    for index, text in enumerate(column.parts):
        relative = read_relative(text)
        if relative is not None:
            column.relative, column.relative_text = relative, text
            column.parts = column.parts[:index] + column.parts[index + 1 :]
            return


def _read_line(line: _HeadingRow, columns: dict[int, _Heading], is_region: IsRegion) -> None:
    texts = [mark.text for mark in line.marks.values() if mark.kind is Kind.TEXT]
    texts = [text for text in texts if fold(text) not in _RESTS]
    n_regions = sum(map(is_region, texts))
    is_mostly = n_regions == len(texts) > 0 or (len(set(texts)) >= 2 and n_regions * 5 >= len(texts) * 3)
    regions = line.role is Role.REGION or (is_mostly and line.role is not Role.LABEL)
    n_units = sum(mark.kind is Kind.UNIT for mark in line.marks.values())
    # A row of units is not the name of the columns where the rows above have named them.
    are_named = all(
        heading.parts or heading.period or heading.part or heading.region
        for heading in map(columns.get, line.marks)
        if heading
    )
    units = line.role is Role.UNIT or (n_units > 0 and n_units * 5 >= len(line.marks) * 4 and are_named)
    for column, mark in line.marks.items():
        heading = columns[column]
        home = line.anchor[column]
        if units:
            heading.unit = clean_unit(mark.text) if mark.is_wordy else heading.unit
        elif mark.kind in {Kind.PERIOD, Kind.YEAR}:
            heading.period = mark.period
            heading.unit = split_unit(mark.text).unit or heading.unit
            heading.status = period_status(mark.text)
        elif mark.kind is Kind.PART:
            heading.part = mark
        elif mark.kind is Kind.UNIT:
            if not re.match(r"^[(（\[【]", mark.text):
                heading.add_text(mark.text, home)
            heading.unit = clean_unit(mark.text)
        elif regions and (is_region(mark.text) or line.role is Role.REGION or mark.kind is Kind.TEXT):
            heading.region = mark.text
        elif mark.kind is not Kind.BLANK:
            heading.add_text(mark.text, home)


def _settle_grain(lines: Sequence[_HeadingRow], columns: list[ValueColumn]) -> None:
    """Read the periods of a row together, so that neighbours settle what is ambiguous alone."""
    for line in lines:
        timely = [column for column in columns if line.marks.get(column.column, BLANK).kind in {Kind.PERIOD, Kind.YEAR}]
        if len(timely) < 2:
            continue
        read = regrain(read_periods([line.marks[column.column].text for column in timely]))
        for column, period in zip(timely, read, strict=True):
            mark = line.marks[column.column]
            if period is not None and column.period == mark.period:
                column.period = period
