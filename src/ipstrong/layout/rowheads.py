"""What precedes each row of values: groups and labels, period, region, unit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from ipstrong.layout.blocks import Block
from ipstrong.layout.labels import clean_unit, is_name_too, is_rate, is_unit, split_unit
from ipstrong.layout.marks import BLANK, CellMark, Kind, MarkedGrid
from ipstrong.layout.roles import IsRegion, Roles
from ipstrong.layout.row_shapes import Distinct, distinct
from ipstrong.layout.tables import Keys, Rows, Statuses, Timing, ValueRow, joined_keys
from ipstrong.layout.words import NOTE_LINE, SUBTOTALS, WHOLES, Role, fold
from ipstrong.model.period import Period, PeriodKind
from ipstrong.values.periods import read_periods, regrain

_PART_OF = re.compile(
    r"\s*(?:其中|#\s*\S|of which|including|比上年|比去年|较上年|同比|环比|增长[率速（(%]|增长$|增速|增幅|占比|比重|(?:% |per ?cent(?:age)? )?(?:change|growth)\b)",
    re.IGNORECASE,
)
"""A label that names a part, or the growth, of the row above."""
_SHARE_OF = re.compile(r"\s*(?:其中|#|of which|including)", re.IGNORECASE)
"""A label that names a part of the row above, in the same unit."""
_DITTO = frozenset({"〃", "″", '"', "''", "”", "“", "〞", "同上", "ditto", "do."})
"""Marks that repeat the cell above."""
_LABEL_ROLES = (Role.LABEL, Role.DIMENSION)
_KEY_ROLES = (*_LABEL_ROLES, Role.REGION, Role.PERIOD, Role.YEAR_PART)


class _Group(NamedTuple):
    """A row that heads the rows below it."""

    indent: int
    label: str
    unit: str | None
    region: str | None
    has_values: bool
    period: Period | None = None
    rank: int = 0
    """Depth of its numbering: 1 for `一、`, 2 for `（一）`, 3 for `1.`; 0 for none."""


def read_rows(sheet: MarkedGrid, block: Block, roles: Roles, is_region: IsRegion) -> Rows:
    """Return the rows of values with what precedes them."""
    rows = _plain_rows(sheet, block, roles)
    return rows if rows is not None else _grouped_rows(sheet, block, roles, is_region)


# --- plain tables: each row says everything itself -----------------------------------------------------------------------


def _plain_rows(sheet: MarkedGrid, block: Block, roles: Roles) -> Rows | None:
    """Return the rows of a table without groups, in which every row fills the columns of its keys; None for any other table."""
    last = block.rows[-1]
    if any(row < last for row in (*block.sections, *block.breaks)):
        return None
    keys = {column: distinct(sheet, column, block.rows) for column in roles.columns(*_KEY_ROLES)}
    for column, key in keys.items():
        if any(mark.kind is Kind.BLANK for mark in key.marks) and not (
            roles.is_long and _stays_blank(sheet, block, roles, column)
        ):
            return None
    timing = _plain_timing(keys, roles, len(block.rows))
    labels = _joined([keys[column] for column in roles.columns(*_LABEL_ROLES)], len(block.rows))
    named = [_plain_label(marks) for marks in labels.contents]
    indents = {mark.indent for marks in labels.contents for mark in marks[:1] if mark.kind is not Kind.BLANK}
    # A label may mean something by the rows above it, or group the rows below it by its number.
    lasts = [parts[-1] for parts, _ in named if parts]
    leans = any(_PART_OF.match(label) or numbering_rank(label) for label in lasts)
    if timing is None or len(indents) > 1 or leans:
        return None
    units = [distinct(sheet, column, block.rows) for column in roles.columns(Role.UNIT)]
    if any(mark.text.strip() in _DITTO for unit in units for mark in unit.marks):
        return None
    regions = _joined([keys[column] for column in roles.columns(Role.REGION)], len(block.rows))
    status_columns = sorted(roles.columns(Role.STATUS))
    flags = _joined([distinct(sheet, column, block.rows) for column in status_columns], len(block.rows))
    has_flags = _has_flags(roles)
    own_unit = _joined(units, len(block.rows)).to(_plain_unit)
    return Rows(
        pl.Series(block.rows, dtype=pl.UInt32),
        Keys(labels.ids, [parts for parts, _ in named]),
        regions.to(lambda marks: next((mark.text for mark in reversed(marks) if mark.kind is not Kind.BLANK), None)),
        timing,
        joined_keys(own_unit, Keys(labels.ids, [unit for _, unit in named])).to(
            lambda pair: pair[0] if pair[0] is not None else pair[1]
        ),
        flags.to(lambda marks: _statuses(status_columns, marks, has_flags=has_flags)),
        has_flags,
    )


def _stays_blank(sheet: MarkedGrid, block: Block, roles: Roles, column: int) -> bool:
    """Whether a blank in a key column of a long table is a gap, and no repetition of the cell above."""
    if any(merged == column for _, merged in sheet.merged):
        return False
    if roles.of[column] is Role.REGION:
        return True
    # A part of a year, and a year that its parts need, hold for the rows below.
    needs_above = roles.of[column] is Role.YEAR_PART or (
        roles.of[column] is Role.PERIOD and roles.columns(Role.YEAR_PART)
    )
    return not needs_above and not _holds_down(sheet, block, roles, column)


def _joined(columns: Sequence[Distinct], n_rows: int) -> Keys[tuple[CellMark, ...]]:
    """Return the marks of some columns together."""
    joined: Keys[tuple[CellMark, ...]] = Keys(pl.Series([0], dtype=pl.UInt32).new_from_index(0, n_rows), [()])
    for column in columns:
        joined = joined_keys(joined, Keys(column.ids, column.marks)).to(lambda pair: (*pair[0], pair[1]))
    return joined


def _plain_label(marks: Sequence[CellMark]) -> tuple[tuple[str, ...], str | None]:
    """Return the label that some cells make together, and the unit in it."""
    parts: list[str] = []
    unit: str | None = None
    for mark in marks:
        if mark.kind is Kind.BLANK:
            continue
        named = split_unit(mark.text)
        unit = named.unit or unit
        if not parts or parts[-1] != named.label:
            parts.append(named.label)
    return tuple(parts), unit


def _plain_unit(marks: Sequence[CellMark]) -> str | None:
    mark = next((mark for mark in marks if mark.kind is not Kind.BLANK), BLANK)
    if mark.kind is Kind.BLANK:
        return None
    return clean_unit(mark.text) or None if mark.kind is not Kind.MISSING else None


def _plain_timing(keys: dict[int, Distinct], roles: Roles, n_rows: int) -> Keys[Timing] | None:
    """Return the period of every row, or its part of a year where nothing else is known; None where rows need those above."""
    wholes, parts = roles.columns(Role.PERIOD), roles.columns(Role.YEAR_PART)
    if len(wholes) + len(parts) > 2 or len(parts) > 1:
        return None
    if any(mark.is_wordy for column in (*wholes, *parts) for mark in keys[column].marks):
        return None
    if any(mark.kind is Kind.PART for column in wholes for mark in keys[column].marks):
        return None
    if any(mark.kind is not Kind.PART for column in parts for mark in keys[column].marks):
        return None
    known: Keys[Period | None] | None = None
    for column in wholes:
        own = Keys(keys[column].ids, _distinct_periods(keys[column]))
        known = own if known is None else joined_keys(known, own).to(lambda pair: pair[0] or pair[1])
    others = [mark for column in wholes for mark in keys[column].marks if not mark.is_timely]
    if known is not None and None in known.contents and (parts or any(mark.kind is not Kind.BLANK for mark in others)):
        return None
    if not parts:
        if known is None:
            return Keys(pl.Series([0], dtype=pl.UInt32).new_from_index(0, n_rows), [Timing()])
        return known.to(Timing)
    part = Keys(keys[parts[0]].ids, keys[parts[0]].marks)
    if known is None:
        return part.to(lambda mark: Timing(None, mark))
    return joined_keys(known, part).to(lambda pair: Timing(pair[1].in_year(pair[0].year)) if pair[0] else Timing())


def _distinct_periods(key: Distinct) -> list[Period | None]:
    """Return the periods of a column's contents, read together so that neighbours settle what is ambiguous alone."""
    timely = [place for place, mark in enumerate(key.marks) if mark.kind in {Kind.PERIOD, Kind.YEAR}]
    read = read_periods(
        [key.values[place] if key.values[place] not in (None, "") else key.marks[place].text for place in timely]
    )
    own = [period or key.marks[place].period for period, place in zip(read, timely, strict=True)]
    found: list[Period | None] = [None] * len(key.marks)
    for place, period in zip(timely, regrain(own), strict=True):
        found[place] = period
    return found


def _has_flags(roles: Roles) -> bool:
    """Whether each value has a status of its own, right of it."""
    columns, values = roles.columns(Role.STATUS), roles.values
    return bool(columns and values and not roles.is_long and max(columns) > min(values))


def _statuses(columns: Sequence[int], marks: Sequence[CellMark], *, has_flags: bool) -> Statuses:
    """Return what the columns of status say in a row: all of them where each belongs to a value, else the first that is filled."""
    found = tuple((column, mark.text) for column, mark in zip(columns, marks, strict=True) if has_flags or mark.text)
    return found if has_flags else found[:1]


# --- other tables: what a row says depends on those above ----------------------------------------------------------------


def _grouped_rows(sheet: MarkedGrid, block: Block, roles: Roles, is_region: IsRegion) -> Rows:
    periods = _periods(sheet, block, roles)
    labels = _Labels(sheet, block, roles, is_region)
    found: list[ValueRow] = []
    events = sorted(
        [(row, "row") for row in block.rows]
        + [(row, "section") for row in block.sections]
        + [(row, "break") for row in block.breaks]
    )
    for index, (row, event) in enumerate(events):
        if event == "break":
            labels.groups.clear()
        elif event == "section":
            after = events[index + 1] if index + 1 < len(events) else None
            leads = after is not None and after[1] == "section" and labels.are_peers(row, after[0])
            labels.open_section(row, leads=leads)
        else:
            read = labels.read(row)
            period, part = periods.get(row, (None, None))
            if period is None and part is None:
                period = labels.group_period()
            elif part is not None and (section := labels.group_period()) is not None:
                period, part = part.in_year(section.year), None
            found.append(read._replace(period=period, part=part))
    return Rows.of(_qualified(found, labels.parents), has_flags=labels.has_flags)


# --- periods -------------------------------------------------------------------------------------------------------------


def _periods(sheet: MarkedGrid, block: Block, roles: Roles) -> dict[int, tuple[Period | None, CellMark | None]]:
    """Return the period, or the part of a year, of every row; a year holds until the next."""
    whole_columns = roles.columns(Role.PERIOD)
    wholes = [_column_periods(sheet, block, column) for column in whole_columns]
    parts = roles.columns(Role.YEAR_PART)
    found: dict[int, tuple[Period | None, CellMark | None]] = {}
    year: Period | None = None
    holds: bool | None = None
    for row in sorted({*block.rows, *block.sections}):
        own = next((periods[row] for periods in wholes if periods.get(row) is not None), None)
        mark = _first(sheet, row, parts)
        inline = _first(sheet, row, [column for column in whole_columns if sheet.at(row, column).kind is Kind.PART])
        if own is None and mark.is_timely and mark.kind is not Kind.PART:
            own, mark = mark.period, BLANK
        if own is not None:
            year = own if own.kind in {PeriodKind.YEAR, PeriodKind.FISCAL} else year
        part = mark if mark.kind is Kind.PART else inline
        if part.kind is Kind.PART:
            base = own or year
            found[row] = (part.in_year(base.year), None) if base is not None else (None, part)
        elif own is not None:
            found[row] = (own, None)
        elif year is not None and parts and mark.kind is not Kind.BLANK:
            found[row] = (None, None)
        elif year is not None and wholes and _is_filled_down(sheet, roles, row):
            holds = _holds_down(sheet, block, roles, whole_columns[0]) if holds is None else holds
            if holds:
                found[row] = (year, None)
    rows = set(block.rows)
    return {row: value for row, value in found.items() if row in rows}


def _first(sheet: MarkedGrid, row: int, columns: Sequence[int]) -> CellMark:
    """Return the first filled cell of a row among these columns."""
    marks = (sheet.at(row, column) for column in columns)
    return next((mark for mark in marks if mark.kind is not Kind.BLANK), BLANK)


def _column_periods(sheet: MarkedGrid, block: Block, column: int) -> dict[int, Period | None]:
    """Return the periods down a column, read together so that neighbours settle what is ambiguous alone."""
    rows = sorted({*block.rows, *block.sections})
    rows = [row for row in rows if sheet.spread(row, column).kind in {Kind.PERIOD, Kind.YEAR}]
    values = [sheet.spread(row, column) for row in rows]
    raw = [sheet.value(row, column) for row in rows]
    read = read_periods(
        [value if value not in (None, "") else mark.text for value, mark in zip(raw, values, strict=True)]
    )
    own = [period or mark.period for period, mark in zip(read, values, strict=True)]  # `17年`, known by its neighbours
    return dict(zip(rows, regrain(own), strict=True))


def _holds_down(sheet: MarkedGrid, block: Block, roles: Roles, column: int) -> bool:
    """Whether a key column is filled in the first row of each group only; headings of groups may fill it too."""
    columns = roles.columns(*_KEY_ROLES)
    if len(columns) < 2:
        return False
    rows = sorted({*block.rows, *(row for row in block.sections if sheet.at(row, column).kind is not Kind.BLANK)})
    keys = [distinct(sheet, key, rows) for key in columns]
    texts = [[key.marks[number].text for number in key.ids.to_list()] for key in keys]
    return is_grouped(list(zip(*texts, strict=True)), columns.index(column))


def _is_filled_down(sheet: MarkedGrid, roles: Roles, row: int) -> bool:
    """Whether a row without a period is distinguished by another label."""
    blank = all(sheet.at(row, column).kind is Kind.BLANK for column in roles.columns(Role.PERIOD))
    labels = roles.columns(Role.LABEL, Role.REGION, Role.DIMENSION)
    return blank and any(sheet.at(row, column).kind is not Kind.BLANK for column in labels)


# --- labels --------------------------------------------------------------------------------------------------------------


class _Labels:
    """Reads label cells row by row, keeping the groups in force."""

    def __init__(self, sheet: MarkedGrid, block: Block, roles: Roles, is_region: IsRegion) -> None:
        self.sheet = sheet
        self.block = block
        self._holds: dict[int, bool] = {}
        self._totals_each: bool | None = None
        self.roles = roles
        self.is_region = is_region
        self.label_columns = roles.columns(*_LABEL_ROLES)
        self.region_columns = roles.columns(Role.REGION)
        self.unit_columns = roles.columns(Role.UNIT)
        self.status_columns = sorted(roles.columns(Role.STATUS))
        self.is_long = roles.is_long
        self.has_flags = _has_flags(roles)
        self.groups: list[_Group] = []
        self.parents: dict[int, tuple[str, ...]] = {}
        self.period_columns = roles.columns(Role.PERIOD, Role.YEAR_PART)
        self._above: dict[int, str] = {}
        self._region_above: str | None = None
        self._unit_above: str | None = None
        self._whole_unit: str | None = None
        self._whole = ""
        """The last label that names no part of another."""
        patterns = Counter(self._pattern(row) for row in block.rows)
        self._usual = patterns.most_common(1)[0][0] if patterns else ()
        """Which label and region columns most rows of values fill."""

    def are_peers(self, row: int, after: int) -> bool:
        """Whether two headings that follow each other have one indent: the first then heads the second."""
        first, second = (self._lead(heading) for heading in (row, after))
        if first is None or second is None or numbering_rank(first.text) or numbering_rank(second.text):
            return False
        return first.indent == second.indent and second.text[:1] not in "(（"

    def _lead(self, row: int) -> CellMark | None:
        """Return the first word of a heading row; None where it heads nothing."""
        marks = [self.sheet.at(row, column) for column in self.label_columns]
        lead = next((mark for mark in marks if mark.kind is not Kind.BLANK), None)
        return None if lead is None or NOTE_LINE.match(lead.text) or is_unit(lead.text) else lead

    def open_section(self, row: int, *, leads: bool = False) -> None:
        """Take a row of words for the heading of the rows below it; `leads` where it heads the next heading too."""
        if self._begins_group(row):
            return
        columns = self.label_columns or self.roles.columns(Role.PERIOD, Role.YEAR_PART)
        if sum(self._usual) > 1 and self._pattern(row) == self._usual:
            return  # a row like any other, whose values are missing
        texts = [mark for column in columns if (mark := self.sheet.at(row, column)).kind is not Kind.BLANK]
        if not texts:  # a year over rows of regions heads them too
            marks = [self.sheet.at(row, column) for column in self.region_columns]
            texts = [mark for mark in marks if mark.kind in {Kind.PERIOD, Kind.YEAR}]
        if not texts:
            return
        if NOTE_LINE.match(texts[0].text):
            self.groups.clear()
            return
        lead = texts[0]
        if is_unit(lead.text) and not is_name_too(lead.text):
            return
        named = split_unit(" ".join(mark.text for mark in texts))
        if (
            named.label[:1] in "(（"
            and self.groups
            and not self.groups[-1].has_values
            and self.groups[-1].indent >= lead.indent
        ):
            group = self.groups.pop()
            self.groups.append(group._replace(label=f"{group.label} {named.label}"))
            return
        rank = numbering_rank(lead.text)
        indent = lead.indent - leads
        while self.groups:  # until one that is numbered above it, or, without numbers, indented less
            group = self.groups[-1]
            if (group.rank < rank) if rank and group.rank else (group.indent < indent):
                break
            self.groups.pop()
        period = lead.period if lead.kind in {Kind.PERIOD, Kind.YEAR} else None
        region = lead.text if self.is_region(lead.text) and not self.region_columns else None
        self.groups.append(_Group(indent, named.label, named.unit, region, has_values=False, period=period, rank=rank))
        for position, column in enumerate(self.label_columns[:-1]):
            if self.sheet.at(row, column).kind is not Kind.BLANK:  # what stood to its right ends
                self._above = {key: text for key, text in self._above.items() if key < position}

    def _begins_group(self, row: int) -> bool:
        """Whether a row with a name and a period has only lost its values; its names hold for the rows that leave them blank."""
        if not any(self.sheet.at(row, column).is_timely for column in self.period_columns):
            return False
        regions = [mark.text for column in self.region_columns if (mark := self.sheet.at(row, column)).is_wordy]
        labels = [
            (position, mark)
            for position, column in enumerate(self.label_columns)
            if (mark := self.sheet.at(row, column)).is_wordy
        ]
        self._region_above = regions[-1] if regions else self._region_above
        for position, mark in labels:
            self._above = {key: text for key, text in self._above.items() if key < position}
            self._above[position] = split_unit(mark.text).label
        return bool(regions or labels)

    def _pattern(self, row: int) -> tuple[bool, ...]:
        """Return which of the label and region columns are filled."""
        columns = (*self.label_columns, *self.region_columns)
        return tuple(self.sheet.spread(row, column).kind is not Kind.BLANK for column in columns)

    def group_period(self) -> Period | None:
        """Return the period that the group in force names."""
        return next((group.period for group in reversed(self.groups) if group.period is not None), None)

    def read(self, row: int) -> ValueRow:
        """Return what precedes the values of a row."""
        cells, unit, indent = self._cells(row)
        region = self._region(row)
        unit = self._unit(row) or unit
        rank = numbering_rank(cells[-1]) if cells else 0
        if cells or region:
            self._close(indent, rank)
        groups = [group for group in self.groups if not group.has_values]
        self.parents[row] = tuple(group.label for group in self.groups if group.has_values)
        region = region or next((group.region for group in reversed(groups) if group.region), None)
        unit = unit or next((group.unit for group in reversed(groups) if group.unit), None)
        if unit is None and self.unit_columns and cells and not _has_rate(cells[-1]):
            unit = next((group.unit for group in reversed(self.groups) if group.has_values), None)
        if cells and _PART_OF.match(cells[-1]):
            whole = self.parents[row][-1:] or ((self._whole,) if self._whole else ())
            cells = [*cells[:-1], *whole, cells[-1]]
            unit = unit or (self._whole_unit if _SHARE_OF.match(cells[-1]) and not _has_rate(cells[-1]) else None)
        elif cells:
            self._whole, self._whole_unit = cells[-1], unit
        parts = tuple(group.label for group in groups if group.region is None and group.period is None) + tuple(cells)
        if cells and fold(cells[-1]) in SUBTOTALS:
            while self.groups and self.groups[-1].has_values:
                self.groups.pop()
            self.groups = self.groups[:-1]  # the group that it sums up
        elif cells:
            self.groups.append(_Group(indent, cells[-1], unit, None, has_values=True, rank=rank))
        marks = [self.sheet.at(row, column) for column in self.status_columns]
        statuses = _statuses(self.status_columns, marks, has_flags=self.has_flags)
        return ValueRow(row, parts, region, unit=unit, statuses=statuses)

    def _close(self, indent: int, rank: int) -> None:
        """End the groups that a row does not belong to: by numbering, else by indent; plain headings last until the next."""
        while self.groups:
            group = self.groups[-1]
            ended = 0 < rank <= group.rank if rank and group.rank else group.indent >= indent + (not group.has_values)
            if not ended:
                return
            self.groups.pop()

    def _cells(self, row: int) -> tuple[list[str], str | None, int]:
        """Return the label texts of a row, the unit in them, and the indent."""
        texts: list[str] = []
        unit: str | None = None
        indent = 0
        for position, column in enumerate(self.label_columns):
            mark = self.sheet.spread(row, column)
            is_last = position == len(self.label_columns) - 1
            if mark.kind is Kind.BLANK:
                later = any(
                    self.sheet.at(row, other).kind is not Kind.BLANK for other in self.label_columns[position + 1 :]
                )
                if position in self._above and (
                    (not is_last and later and not self.is_long) or self._holds_down(column)
                ):
                    texts.append(self._above[position])
                continue
            named = split_unit(mark.text)
            unit = named.unit or unit
            if not texts:
                indent = mark.indent
            if not texts or texts[-1] != named.label:
                texts.append(named.label)
            self._above = {key: text for key, text in self._above.items() if key < position}
            self._above[position] = named.label
        for column in self.period_columns:  # `Latest 12 months` below the months
            mark = self.sheet.at(row, column)
            if mark.is_wordy:
                texts.append(mark.text)
        return texts, unit, indent

    def _holds_down(self, column: int) -> bool:
        """Whether a label is printed in the first row of its group only."""
        if len(self.label_columns) + len(self.region_columns) + len(self.period_columns) < 2:
            return False
        if column not in self._holds:
            self._holds[column] = _holds_down(self.sheet, self.block, self.roles, column)
        return self._holds[column]

    def _region(self, row: int) -> str | None:
        names = [
            mark.text
            for column in self.region_columns
            if (mark := self.sheet.spread(row, column)).kind is not Kind.BLANK
        ]
        if names:
            self._region_above = names[-1]
            return names[-1]
        return self._region_above if self._is_filled_down(row) else None

    def _is_filled_down(self, row: int) -> bool:
        """Whether the region above holds for a row that names none: labels or a period of its own are right of the blank."""
        if self.is_long or not self.region_columns:
            return False
        first = min(self.region_columns)
        own = self._own_stubs(row)
        is_total = any(fold(mark.text) in WHOLES for _, mark in own)
        return bool(own) and all(column > first for column, _ in own) and (not is_total or self._has_total_each())

    def _own_stubs(self, row: int) -> list[tuple[int, CellMark]]:
        """Return the labels and periods of a row."""
        stubs = [(column, self.sheet.at(row, column)) for column in (*self.label_columns, *self.period_columns)]
        return [(column, mark) for column, mark in stubs if mark.kind is not Kind.BLANK]

    def _has_total_each(self) -> bool:
        """Whether totals without a region come once a region, so that they are those of the region above them."""
        if self._totals_each is None:
            named = [any(self.sheet.at(row, column).text for column in self.region_columns) for row in self.block.rows]
            totals = [
                not is_named and any(fold(mark.text) in WHOLES for _, mark in self._own_stubs(row))
                for row, is_named in zip(self.block.rows, named, strict=True)
            ]
            self._totals_each = is_once_each(named, totals)
        return self._totals_each

    def _unit(self, row: int) -> str | None:
        for column in self.unit_columns:
            mark = self.sheet.spread(row, column)
            if mark.kind is not Kind.BLANK:
                if mark.text.strip() in _DITTO and self._unit_above:
                    return self._unit_above
                self._unit_above = clean_unit(mark.text) if mark.kind is not Kind.MISSING else ""
                return self._unit_above
        return None


def _has_rate(label: str) -> bool:
    """Whether a label speaks of growth or a share, which has not the unit of the row it belongs to."""
    return is_rate(label, "件")


_RANKS = (
    re.compile(r"\s*[一二三四五六七八九十]{1,3}\s*[、.．]"),
    re.compile(r"\s*[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\s*\d{1,2}\s*(?:、|[.．](?!\d))"),
    re.compile(r"\s*[(（]\d{1,2}[)）]"),
    re.compile(r"\s*[①-⑳]"),
)


def numbering_rank(label: str) -> int:
    """Return the depth of a label's numbering: `一、` 1, `（一）` 2, `1.` 3, `(1)` 4, `①` 5; 0 for none."""
    return next((rank for rank, pattern in enumerate(_RANKS, start=1) if pattern.match(label)), 0)


def _qualified(rows: Sequence[ValueRow], parents: dict[int, tuple[str, ...]]) -> list[ValueRow]:
    """Put the parents that have values of their own before labels that would otherwise occur twice."""
    keys = Counter((row.parts, row.region, row.period, row.part) for row in rows)
    return [
        row._replace(parts=(*row.parts[:-1], *parents[row.row], row.parts[-1]))
        if keys[row.parts, row.region, row.period, row.part] > 1 and parents.get(row.row) and row.parts
        else row
        for row in rows
    ]


_RowTexts = Sequence[str]
"""The texts of the key columns of a row, from the left; empty for a blank."""


def is_grouped(rows: Sequence[_RowTexts], position: int) -> bool:
    """Whether blanks in a key column plainly repeat the cell above.

    They do where the first row of each group is filled and no other: something to the right tells the rows of a group
    apart, nothing that is filled again repeats the row before it, and most groups have more than one row. A blank in a column
    that is otherwise filled in every row is a gap, and nobody knows what it hides.

    Args:
        rows: The key columns of every row: labels, regions, periods.
        position: Which of the columns has the blanks.
    """
    groups: list[int] = []
    left: _RowTexts = ()
    group = ""
    for row in rows:
        own, right = row[position], tuple(row[position + 1 :])
        known = list(zip(row[:position], left or ("",) * position, strict=True))  # with what holds there
        if not own:
            if not groups or not any(right) or any(text and text != old for text, old in known):
                return False
            groups[-1] += 1
            continue
        before = tuple(text or old for text, old in known)
        if groups and own == group and before == left:
            return False
        left, group = before, own
        groups.append(1)
    return sum(n_rows > 1 for n_rows in groups) * 2 > len(groups)


def is_once_each(starts: Sequence[bool], marked: Sequence[bool]) -> bool:
    """Return whether every group has one marked row: starts of groups and marked rows take turns, and there are several."""
    turns = [is_start for is_start, is_marked in zip(starts, marked, strict=True) if is_start or is_marked]
    return len(turns) > 2 and len(turns) % 2 == 0 and turns == [True, False] * (len(turns) // 2)
