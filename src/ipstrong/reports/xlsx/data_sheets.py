"""The data sheets: every observation with its value as a number, what was printed, and the cell that it comes from.

Every observation that a figure uses is listed; of the others that were matched to an indicator, all up to
`MOST_UNUSED`. A sheet holds a million rows, so a longer list continues on a second one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from ipstrong.diagnostics import a1
from ipstrong.model.dataset import Bound, Observation, ValueStatus
from ipstrong.model.period import parse_period
from ipstrong.model.plan import Plan
from ipstrong.model.result import Scorecard
from ipstrong.reports.formatting import exact_decimals, format_period, format_unit
from ipstrong.reports.xlsx import words
from ipstrong.reports.xlsx.draft import Draft
from ipstrong.reports.xlsx.formulas import VALUE_COLUMN, DataCell
from ipstrong.reports.xlsx.sheet import LIST_HEAD, NumberCell, Sheet, SheetCell, SheetColumn, TextCell
from ipstrong.reports.xlsx.styles import NumberFormat, format_for

MOST_UNUSED = 200_000
"""Matched observations beyond those used that are listed; a longer list helps nobody in a spreadsheet."""

ROWS_A_SHEET = 1_000_000


class DataRow(NamedTuple):
    """One line of a data sheet."""

    number: int
    """Row number in the dataset's frame."""
    used: bool
    indicator: str
    region: str
    period: str
    value: Decimal | None
    """In the indicator's unit; None for a missing mark."""
    low: Decimal | None
    high: Decimal | None
    status: ValueStatus
    bound: Bound
    raw: str
    unit: str | None
    label: str
    file: str
    sheet: str | None
    row: int
    col: int


class DataRows(NamedTuple):
    """The lines of the data sheets."""

    entries: tuple[DataRow, ...]
    """Sorted by indicator, region and period."""
    n_left_out: int
    """Matched observations that are not listed."""

    @property
    def n_sheets(self) -> int:
        """How many sheets the lines take; one even if there is none."""
        return max(1, -(-len(self.entries) // ROWS_A_SHEET))

    def cells(self, sheet_names: Sequence[str]) -> dict[int, DataCell]:
        """Return the cell that each observation has on these sheets, by its number."""
        return {
            entry.number: DataCell(sheet_names[at // ROWS_A_SHEET], LIST_HEAD + 1 + at % ROWS_A_SHEET)
            for at, entry in enumerate(self.entries)
        }


def list_data(scorecard: Scorecard) -> DataRows:
    """Return the observations to list."""
    import polars as pl

    used = {observation.number: observation for result in scorecard.results for observation in result.observations}
    numbered = scorecard.dataset.frame.with_row_index("number")
    is_used = pl.col("number").is_in(list(used))
    unused = numbered.filter(pl.col("indicator").is_not_null() & ~is_used)
    kept = pl.concat([numbered.filter(is_used), unused.head(MOST_UNUSED)])
    entries = [_entry(row, used.get(row["number"])) for row in kept.iter_rows(named=True)]
    entries.sort(key=_order(scorecard.plan))
    return DataRows(tuple(entries), max(0, unused.height - MOST_UNUSED))


def _entry(row: Mapping[str, Any], used: Observation | None) -> DataRow:
    bound = Bound(row["bound"])
    low: Decimal | None = None
    high: Decimal | None = None
    value: Decimal | None = None
    if used is not None:
        value, low, high = used.value, used.low, used.high
    elif row["value"] is not None:
        factor = _decimal(row["factor"])
        value, width = _decimal(row["value"]) * factor, _decimal(row["half_width"] or 0.0) * factor
        width = width * 2 if bound is Bound.ABOUT else width
        low = None if bound is Bound.AT_MOST else value - width
        high = None if bound is Bound.AT_LEAST else value + width
    return DataRow(
        number=row["number"],
        used=used is not None,
        indicator=used.indicator if used else row["indicator"],
        region=row["region"],
        period=str(used.period) if used else row["period"],
        value=value,
        low=low,
        high=high,
        status=ValueStatus(row["status"]),
        bound=bound,
        raw=row["raw"],
        unit=row["unit"],
        label=row["label"] or "",
        file=row["file"],
        sheet=row["sheet"],
        row=row["row"],
        col=row["col"],
    )


def _decimal(value: float) -> Decimal:
    return Decimal(repr(value))


def _order(plan: Plan) -> Callable[[DataRow], tuple[object, ...]]:
    indicators = {indicator.id: position for position, indicator in enumerate(plan.indicators)}
    regions = {region.id: position for position, region in enumerate(plan.regions)}

    def key(entry: DataRow) -> tuple[object, ...]:
        period = parse_period(entry.period)
        return (
            indicators.get(entry.indicator, len(indicators)),
            entry.indicator,
            regions.get(entry.region, len(regions)),
            entry.region,
            period.sort_key() if period is not None else (),
            entry.file,
            entry.sheet or "",
            entry.row,
            entry.col,
            entry.number,
        )

    return key


def write_data(draft: Draft, listing: DataRows) -> None:
    """Write the data sheets."""
    for at, name in enumerate(draft.places.data):
        before = at * ROWS_A_SHEET
        _write(draft, draft.sheets[name], listing, before)


def _write(draft: Draft, sheet: Sheet, listing: DataRows, before: int) -> None:
    entries = listing.entries[before : before + ROWS_A_SHEET]
    columns = _columns(draft)
    assert columns[VALUE_COLUMN].id == "value"
    sheet.table(LIST_HEAD, columns, list(enumerate(entries, before + 1)), comments=False)
    remark = draft.say(words.DATA_META, n=f"{len(listing.entries):,}")
    if listing.n_left_out:
        remark += " " + draft.say(words.DATA_LEFT_OUT, n=f"{listing.n_left_out:,}")
    draft.finish_list(sheet, remark, 3)
    last = LIST_HEAD + max(1, len(entries))
    sheet.worksheet.autofilter(LIST_HEAD, 0, last, len(columns) - 1)
    sheet.worksheet.ignore_errors({"number_stored_as_text": f"A1:{a1(last, len(columns) - 1)}"})


def _columns(draft: Draft) -> list[SheetColumn[tuple[int, DataRow]]]:
    """Return the columns of the observations, which come with their numbers."""
    say, lang = draft.say, draft.lang
    regions = {region.id: say(region.name) for region in draft.scorecard.plan.regions}

    def text(field: Callable[[DataRow], str], align: str = "left") -> Callable[[tuple[int, DataRow]], SheetCell]:
        return lambda item: TextCell(field(item[1]), align=align)

    def name(entry: DataRow) -> str:
        indicator = draft.indicators.get(entry.indicator)
        return say(indicator.name) if indicator else entry.indicator

    def unit(entry: DataRow) -> str:
        indicator = draft.indicators.get(entry.indicator)
        return format_unit(indicator.unit, lang) if indicator else ""

    def period(entry: DataRow) -> str:
        parsed = parse_period(entry.period)
        return format_period(parsed, lang) if parsed else entry.period

    def end(field: Callable[[DataRow], Decimal | None]) -> Callable[[tuple[int, DataRow]], SheetCell]:
        """Return the cell of an end of the interval; empty if the printed value leaves none."""
        return lambda item: (
            TextCell("")
            if item[1].value is None or item[1].low == item[1].value == item[1].high
            else _number(draft, item[1], field(item[1]))
        )

    return [
        SheetColumn("number", lambda item: NumberCell(Decimal(item[0]), NumberFormat()), 5.5),
        SheetColumn("indicator", text(name), 18, 38),
        SheetColumn("region", text(lambda entry: regions.get(entry.region, entry.region)), 9, 18),
        SheetColumn("period", text(period, "center"), 8, 14),
        SheetColumn("used", text(lambda entry: say(words.USED) if entry.used else "", "center"), 6.5),
        SheetColumn("value", lambda item: _number(draft, item[1], item[1].value), 10),
        SheetColumn("unit", text(unit, "center"), 7, 18),
        SheetColumn("raw", text(lambda entry: entry.raw, "right"), 10, 18),
        SheetColumn("printed_unit", text(lambda entry: entry.unit or "", "center"), 8, 12),
        SheetColumn("finality", text(lambda entry: say(words.FINALITIES[entry.status]), "center"), 8.5, 12),
        SheetColumn("bound", text(lambda entry: say(words.BOUNDS[entry.bound]), "center"), 6.5, 9),
        SheetColumn("interval_low", end(lambda entry: entry.low), 10),
        SheetColumn("interval_high", end(lambda entry: entry.high), 10),
        SheetColumn("label", text(lambda entry: entry.label), 14, 28),
        SheetColumn("file", text(lambda entry: entry.file), 12, 26),
        SheetColumn("sheet", text(lambda entry: entry.sheet or ""), 9, 26),
        SheetColumn("cell", text(lambda entry: a1(entry.row, entry.col), "center"), 7.5, 10),
    ]


def _number(draft: Draft, entry: DataRow, value: Decimal | None) -> SheetCell:
    if value is None or not value.is_finite():
        return TextCell("")
    indicator = draft.indicators.get(entry.indicator)
    shown = format_for(indicator.unit if indicator else None, min(exact_decimals(value), 6), draft.lang)
    return NumberCell(value, shown._replace(prefix=""))
