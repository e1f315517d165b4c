"""The data: every observation with its value as a number, what was printed, and the cell where it stands."""

from __future__ import annotations

from decimal import Decimal

from ipstrong.diagnostics import a1
from ipstrong.model.period import parse_period
from ipstrong.reports.formatting import exact_decimals, format_period, format_unit
from ipstrong.reports.xlsx import words
from ipstrong.reports.xlsx.context import Context
from ipstrong.reports.xlsx.numbers import NumberFormat, format_for
from ipstrong.reports.xlsx.observations import FIRST_ROW, ROWS_A_SHEET, VALUE_COLUMN, Entry
from ipstrong.reports.xlsx.sheet import Sheet
from ipstrong.reports.xlsx.table import Amount, Cell, Column, Row, Words, write_table


def write_data(context: Context) -> None:
    """Write the data sheets."""
    entries = context.observations.entries
    for position, name in enumerate(context.layout.names.data):
        part = entries[position * ROWS_A_SHEET : (position + 1) * ROWS_A_SHEET]
        _write(context, context.sheets[name], part, position * ROWS_A_SHEET)


def _write(context: Context, sheet: Sheet, entries: tuple[Entry, ...], before: int) -> None:
    head = context.head
    columns = [
        Column("number", head("number"), 5.5),
        Column("indicator", head("indicator"), 18, 38),
        Column("region", head("region"), 9, 18),
        Column("period", head("period"), 8, 14),
        Column("used", head("used"), 6.5),
        Column("value", head("value"), 10),
        Column("unit", head("unit"), 7, 18),
        Column("raw", head("raw"), 10, 18),
        Column("printed_unit", head("printed_unit"), 8, 12),
        Column("finality", head("finality"), 8.5, 12),
        Column("bound", head("bound"), 6.5, 9),
        Column("low", head("interval_low"), 10),
        Column("high", head("interval_high"), 10),
        Column("label", head("label"), 14, 28),
        Column("file", head("file"), 12, 26),
        Column("sheet", head("sheet"), 9, 26),
        Column("cell", head("cell"), 7.5, 10),
    ]
    assert columns[VALUE_COLUMN].id == "value"
    assert FIRST_ROW == _HEAD_ROW + 1
    names = {region.id: context.say(region.name) for region in context.scorecard.plan.regions}
    rows: list[Row] = [_cells(context, names, entry, number) for number, entry in enumerate(entries, before + 1)]
    write_table(sheet, _HEAD_ROW, columns, rows, comments=False)
    sheet.text(0, 0, sheet.name, sheet.styles.title())
    sheet.height(0, 1, size=17)
    remark = context.say(words.DATA_META, n=f"{len(context.observations.entries):,}")
    if context.observations.n_left_out:
        remark += " " + context.say(words.DATA_LEFT_OUT, n=f"{context.observations.n_left_out:,}")
    sheet.text(1, 0, remark, sheet.styles.meta())
    sheet.page(context.say(context.scorecard.plan.name), str(context.scorecard.as_of), repeat=_HEAD_ROW)
    sheet.worksheet.freeze_panes(FIRST_ROW, 3)
    last = max(FIRST_ROW, _HEAD_ROW + len(rows))
    sheet.worksheet.autofilter(_HEAD_ROW, 0, last, len(columns) - 1)
    sheet.worksheet.ignore_errors({"number_stored_as_text": f"A1:{a1(last, len(columns) - 1)}"})


_HEAD_ROW = 2


def _cells(context: Context, names: dict[str, str], entry: Entry, number: int) -> list[Cell]:
    indicator = context.indicators.get(entry.indicator)
    unit = indicator.unit if indicator else None
    period = parse_period(entry.period)
    return [
        Amount(Decimal(number), NumberFormat()),
        Words(context.say(indicator.name) if indicator else entry.indicator),
        Words(names.get(entry.region, entry.region)),
        Words(format_period(period, context.lang) if period else entry.period, align="center"),
        Words(context.say(words.USED) if entry.used else "", align="center"),
        _number(context, entry, entry.value),
        Words(format_unit(unit, context.lang), align="center"),
        Words(entry.raw, align="right"),
        Words(entry.unit or "", align="center"),
        Words(context.say(words.FINALITIES[entry.status]), align="center"),
        Words(context.say(words.BOUNDS[entry.bound]), align="center"),
        *_interval(context, entry),
        Words(entry.label),
        Words(entry.file),
        Words(entry.sheet or ""),
        Words(entry.cell, align="center"),
    ]


def _number(context: Context, entry: Entry, value: Decimal | None) -> Cell:
    if value is None or not value.is_finite():
        return Words("")
    indicator = context.indicators.get(entry.indicator)
    decimals = min(exact_decimals(value), 6)
    shown = format_for(indicator.unit if indicator else None, decimals, context.lang)
    return Amount(value, shown._replace(prefix=""))


def _interval(context: Context, entry: Entry) -> list[Cell]:
    """Return the ends of the interval where the printed value leaves one."""
    if entry.value is None or entry.low == entry.value == entry.high:
        return [Words(""), Words("")]
    return [_number(context, entry, entry.low), _number(context, entry, entry.high)]
