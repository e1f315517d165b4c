"""Findings about a recognised table: cells that name no period, label, unit or region next to those that do, and doubtful periods."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ipstrong.diagnostics import Finding, Severity
from ipstrong.diagnostics.codes import layout as codes
from ipstrong.diagnostics.codes import matching as matching_codes
from ipstrong.layout.blocks import Block
from ipstrong.layout.labels import is_rate
from ipstrong.layout.marks import CellMark, Kind, MarkedGrid
from ipstrong.layout.roles import Roles
from ipstrong.layout.row_shapes import distinct
from ipstrong.layout.tables import Keys, Rows, Table, Timing, ValueColumn
from ipstrong.layout.words import Role
from ipstrong.model.period import Period, PeriodKind
from ipstrong.texts import Text


def blank_findings(sheet: MarkedGrid, table: Table, roles: Roles) -> list[Finding]:
    """Return what is said of blanks in the columns of regions, periods, labels and units."""
    return [*_blank_regions(sheet, table, roles), *_blank_keys(sheet, table, roles)]


def period_findings(
    sheet: MarkedGrid, block: Block, columns: Sequence[ValueColumn], rows: Rows, roles: Roles
) -> list[Finding]:
    """Return what is said of periods that can be read in two ways, that were read as a grain, or that break a run."""
    return [
        *_doubtful_periods(sheet, block, columns, roles),
        *_regrained(sheet, block, rows, columns, roles),
        *_odd_years(sheet, block, columns, rows, roles),
    ]


def _blank_regions(sheet: MarkedGrid, table: Table, roles: Roles) -> list[Finding]:
    """Return a finding where rows name no region next to rows that do: a note where these may well be totals of the whole."""
    columns, rows = roles.columns(Role.REGION), table.rows
    if not columns or None not in rows.region.contents or not rows.region.any():
        return []
    is_blank = rows.region.where(lambda region: region is None)
    if not roles.is_long:
        is_blank &= rows.parts.where(bool)
    blank = rows.numbers.filter(is_blank)
    if not len(blank):
        return []
    severity = None if roles.is_long else Severity.NOTE
    return [Finding(matching_codes.REGION_BLANK, sheet.place(blank[0], columns[0]), {"count": len(blank)}, severity)]


def _blank_keys(sheet: MarkedGrid, table: Table, roles: Roles) -> list[Finding]:
    """Return a warning for periods and for labels that some rows leave blank and that the row above does not fill."""
    rows = table.rows
    if () not in rows.parts.contents and Timing() not in rows.timing.contents:
        return _blank_units(sheet, table, roles)
    has_parts, is_timed = rows.parts.where(bool), rows.timing.where(lambda timing: timing != Timing())
    is_named = has_parts | rows.region.where(bool)
    found: list[Finding] = []
    for role, is_blank, n_rows, what in (
        (Role.PERIOD, is_named & ~is_timed, is_named.sum(), Text("时间", "period")),
        (Role.LABEL, is_timed & ~has_parts, is_timed.sum(), Text("指标", "label")),
    ):
        columns = roles.columns(role)
        if not columns or not is_blank.any():
            continue
        candidates = rows.numbers.filter(is_blank).to_list()
        blank = [row for row in candidates if all(sheet.spread(row, column).kind is Kind.BLANK for column in columns)]
        if blank and len(blank) < n_rows:
            params = {"what": what, "count": len(blank)}
            found.append(Finding(matching_codes.KEY_BLANK, sheet.place(blank[0], columns[0]), params))
    return [*found, *_blank_units(sheet, table, roles)]


def _blank_units(sheet: MarkedGrid, table: Table, roles: Roles) -> list[Finding]:
    """Return a note for units that some rows leave blank and nothing else names; rates often have none."""
    columns, rows = roles.columns(Role.UNIT), table.rows
    if not columns or table.unit is not None or any(column.unit for column in table.columns):
        return []
    if None not in rows.unit.contents or not rows.unit.any():
        return []
    needs_unit = rows.parts.where(lambda parts: bool(parts) and not is_rate(parts[-1], "件"))
    is_blank = rows.unit.where(lambda unit: unit is None) & needs_unit
    first = is_blank.arg_max()
    if first is None or not is_blank.any():
        return []
    label = " ".join(rows.parts.contents[rows.parts.ids[first]])
    params = {"label": label, "count": is_blank.sum()}
    return [Finding(matching_codes.UNIT_BLANK, sheet.place(rows.numbers[first], columns[0]), params)]


def _doubtful_periods(sheet: MarkedGrid, block: Block, columns: Sequence[ValueColumn], roles: Roles) -> list[Finding]:
    """Return a warning where the only period of a column, or of the headings, is `2010-11`: a month or a fiscal year."""
    down = roles.columns(Role.PERIOD)
    cells: Iterable[tuple[int, int]] = (
        (row, column) for row in block.headings for column in [c.column for c in columns]
    )
    if down:
        texts = {m.text for column in down for m in distinct(sheet, column, block.rows).marks if m.kind is Kind.PERIOD}
        cells = ((row, column) for row in block.rows for column in down) if len(texts) == 1 else ()
    found = {cell: sheet.at(*cell).text for cell in cells if sheet.at(*cell).kind is Kind.PERIOD}
    if len(set(found.values())) != 1:
        return []
    cell, text = min(found.items())
    pair = _YEAR_PAIR.fullmatch(text)
    if pair is None or (int(pair[1]) + 1) % 100 != int(pair[2]) or int(pair[2]) > 12:
        return []
    month = Period(PeriodKind.MONTH, int(pair[1]), int(pair[2]))
    fiscal = Period(PeriodKind.FISCAL, int(pair[1]), 0, int(pair[1]) + 1)
    params = {
        "text": text,
        "read": Text(f"{month.year}年{month.part}月", f"month {month.part} of {month.year}"),
        "other": Text(f"{fiscal}财年", f"the fiscal year {fiscal}"),
    }
    return [Finding(codes.PERIOD_AMBIGUOUS, sheet.place(*cell), params)]


_GRAINS = {
    PeriodKind.MONTH: Text("月", "months"),
    PeriodKind.QUARTER: Text("季度", "quarters"),
    PeriodKind.YEAR: Text("年", "years"),
}


def _regrained(
    sheet: MarkedGrid, block: Block, rows: Rows, columns: Sequence[ValueColumn], roles: Roles
) -> list[Finding]:
    """Return a note where dates were taken for the months, quarters or years that they begin or end."""
    cells: list[tuple[int, int, Period | None]] = []
    grained = rows.timing.where(lambda timing: timing.period is not None and timing.period.kind in _GRAINS)
    for column in roles.columns(Role.PERIOD) if grained.any() else ():
        key = distinct(sheet, column, block.rows)
        of_days = Keys(key.ids, key.marks).where(_is_day) & grained
        timings, numbers = rows.timing.ids.filter(of_days), rows.numbers.filter(of_days)
        # Only the first and the last are named.
        for timing, row in {(timings[end], numbers[end]): None for end in (0, -1) if len(numbers)}:
            cells.append((row, column, rows.timing.contents[timing].period))
    cells += [(row, column.column, column.period) for row in block.headings for column in columns]
    days = [
        (period, sheet.at(row, column), (row, column))
        for row, column, period in cells
        if period is not None and period.kind in _GRAINS and _is_day(sheet.at(row, column))
    ]
    if not days:
        return []
    (first, mark, cell), (_, last, _) = days[0], days[-1]
    params = {"first": mark.text, "last": last.text, "grain": _GRAINS[first.kind]}
    return [Finding(codes.DATES_READ_AS, sheet.place(*cell), params)]


def _is_day(mark: CellMark) -> bool:
    return mark.period is not None and mark.period.kind is PeriodKind.DAY


_YEAR_PAIR = re.compile(r"((?:19|20)\d{2})[-/–](\d{2})")


_LONG_RUN = 5


def _odd_years(
    sheet: MarkedGrid, block: Block, columns: Sequence[ValueColumn], rows: Rows, roles: Roles
) -> Iterator[Finding]:
    """Yield a warning for the one year of a run that does not go on by one: `2016 | 2071 | 2018`."""
    lines = [[(sheet.at(row, column.column), (row, column.column)) for column in columns] for row in block.headings]
    for column in roles.columns(Role.PERIOD):
        key = distinct(sheet, column, rows.numbers.to_list())
        changes = key.ids.ne_missing(key.ids.shift(1)).arg_true().head(_LONGEST_RUN)
        at = zip(key.ids[changes].to_list(), rows.numbers[changes].to_list(), strict=True)
        lines.append([(key.marks[number], (row, column)) for number, row in at])
    for cells in lines:
        run: list[tuple[int, CellMark, tuple[int, int]]] = []
        for mark, cell in cells:
            period = mark.period
            if period is not None and period.kind is PeriodKind.YEAR and (not run or run[-1][0] != period.year):
                run.append((period.year, mark, cell))
        odd = odd_one([year for year, _, _ in run])
        if odd is not None:
            index, expected = odd
            params = {"text": run[index][1].text, "expected": expected}
            yield Finding(codes.YEAR_BREAKS_RUN, sheet.place(*run[index][2]), params)


_LONGEST_RUN = 1000
"""Changes of the year that are looked at: no run of years is so long."""


def odd_one(years: Sequence[int]) -> tuple[int, int] | None:
    """Return which year inside a run does not go on by one though those around it do, and what it should be."""
    if len(years) < _LONG_RUN:
        return None
    for step in (1, -1):
        start = years[0]
        odd = [index for index, year in enumerate(years) if year != start + step * index]
        if len(odd) == 1 and odd[0] < len(years) - 1:
            return odd[0], start + step * odd[0]
    return None
