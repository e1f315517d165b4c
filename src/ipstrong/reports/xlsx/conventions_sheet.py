"""The conventions: every reading of every target, with its value, gap and verdict beside the one that decides."""

from __future__ import annotations

from decimal import Decimal

from ipstrong.diagnostics import a1
from ipstrong.model.plan import MeasureKind
from ipstrong.model.result import Figure, NotComputed, Reading, Result
from ipstrong.reports.formatting import format_goal
from ipstrong.reports.xlsx import derived, words
from ipstrong.reports.xlsx.context import Context
from ipstrong.reports.xlsx.derived import Way
from ipstrong.reports.xlsx.layout import LIST_HEAD
from ipstrong.reports.xlsx.lines import upper_bound
from ipstrong.reports.xlsx.numbers import YEAR
from ipstrong.reports.xlsx.shown import Shown, goal_format, shown_for
from ipstrong.reports.xlsx.table import Amount, Cell, Column, Missing, Row, Verdict, Words, write_table


def write_conventions(context: Context) -> None:
    """Write the conventions; for many regions only those of targets that have more than one."""
    sheet = context.sheets[context.layout.names.conventions]
    columns = _columns(context)
    rows: list[Row] = []
    for result in context.scorecard.results:
        if context.layout.is_long and len(result.readings) < 2:
            continue
        for reading in result.readings or (None,):
            row = LIST_HEAD + 1 + len(rows)
            rows.append(_cells(context, result, reading, row))
    write_table(sheet, LIST_HEAD, columns, rows, comments=len(rows) <= 800)
    sheet.text(0, 0, sheet.name, sheet.styles.title())
    sheet.height(0, 1, size=17)
    sheet.text(1, 0, context.say(words.CONVENTIONS_META), sheet.styles.meta())
    sheet.page(context.say(context.scorecard.plan.name), str(context.scorecard.as_of), repeat=LIST_HEAD)
    sheet.worksheet.freeze_panes(LIST_HEAD + 1, _position(context, "target") + 1)


def _columns(context: Context) -> list[Column]:
    head = context.head
    front = [Column("region", head("region"), 8, 16)] if context.layout.has_regions else []
    return [
        *front,
        Column("number", head("number"), 4.5, 6),
        Column("target", head("target"), 18, 24),
        Column("measure", head("measure"), 9, 14),
        Column("demand", head("demand"), 9, 16),
        Column("convention", head("convention"), 16, 28),
        Column("role", head("role"), 9.5, 11),
        Column("base_year", head("base_year"), 6.5),
        Column("deadline", head("deadline"), 6.5),
        Column("goal", head("goal"), 9),
        Column("value", head("value"), 9),
        Column("latest_year", head("latest_year"), 6.5),
        Column("gap", head("gap"), 8),
        Column("status", head("status"), 9.5, 11),
        Column("clause", head("clause"), 22, 34),
        Column("note", head("note"), 24, 38),
    ]


def _position(context: Context, field: str) -> int:
    return next(at for at, column in enumerate(_columns(context)) if column.id == field)


def _cells(context: Context, result: Result, reading: Reading | None, row: int) -> list[Cell]:
    target, say = result.target, context.say
    front: list[Cell] = [Words(say(result.region_name))] if context.layout.has_regions else []
    return [
        *front,
        Amount(Decimal(target.number), YEAR, align="center"),
        Words(say(target.name), bold=True),
        Words(_measure(context, result, reading)),
        Words(format_goal(target, reading.target_value if reading else target.value, context.lang), align="center"),
        *_reading(context, result, reading, row),
        Words(context.clause(target.clause), small=True),
        Words(_note(context, result, reading), small=True),
    ]


def _measure(context: Context, result: Result, reading: Reading | None) -> str:
    target = result.target
    convention = reading.convention if reading else None
    parts = [context.say(words.MEASURES[target.measure])]
    if target.measure is MeasureKind.AVERAGE_GROWTH:
        parts.append(context.say(words.MEANS[(convention.mean if convention else None) or target.mean]))
    return "\n".join(parts)


def _reading(context: Context, result: Result, reading: Reading | None, row: int) -> list[Cell]:
    target, say = result.target, context.say
    if reading is None:
        nothing = context.reason(result.reason) if result.reason else ""
        missing = [Missing(nothing) for _ in range(4)]
        deadline: Cell = Amount(Decimal(target.deadline), YEAR) if target.deadline else Missing("")
        word = Verdict(result.status, say(result.status.text))
        return [Words(""), Words(""), Missing(""), deadline, *missing, word]
    is_first = reading is result.readings[0]
    name = say(reading.convention.name if reading.convention else words.OWN_READING)
    shown = shown_for(context, result)
    return [
        Words(name),
        Words(say(words.VERDICT_ROLE if is_first else words.OTHER_ROLE), align="center", bold=is_first),
        Amount(Decimal(reading.base_year), YEAR),
        Amount(Decimal(target.deadline), YEAR),
        Amount(reading.target_value, goal_format(shown, result, reading.target_value)),
        *_value(context, result, reading, shown, row),
        Verdict(reading.status, say(reading.status.text)),
    ]


def _value(context: Context, result: Result, reading: Reading, shown: Shown, row: int) -> list[Cell]:
    if isinstance(reading.value, NotComputed):
        reason = context.reason(reading.value)
        return [Missing(reason), Missing(""), Missing(reason)]
    figure: Figure = reading.value
    way = _way(context, result, row)
    gap: Cell = (
        Missing(context.reason(reading.gap))
        if isinstance(reading.gap, NotComputed)
        else Amount(reading.gap, shown.gap(reading.gap), derived.gap(way))
    )
    return [
        Amount(
            figure.value, shown.value(figure.value, reading.target_value), context.figure_formula(figure), bold=True
        ),
        Amount(Decimal(figure.period.year), YEAR),
        gap,
    ]


def _way(context: Context, result: Result, row: int) -> Way:
    """Return the cells of this line; only the gap is made from them."""
    target = result.target
    return Way(
        base="",
        base_year=0,
        latest=a1(row, _position(context, "value")),
        latest_year=0,
        target=a1(row, _position(context, "goal")),
        deadline=target.deadline,
        direction=target.comparator.direction if target.comparator else 1,
        upper=upper_bound(result),
    )


def _note(context: Context, result: Result, reading: Reading | None) -> str:
    target, say = result.target, context.say
    convention = reading.convention if reading else None
    parts = []
    if convention is not None and convention.note is not None:
        parts.append(say(convention.note))
    rounding = (convention.rounding if convention else None) or target.rounding
    if not target.is_manual and rounding is not type(rounding).FULL:
        parts.append(say(words.ROUNDINGS[rounding]))
    if target.assumption is not None and (reading is None or reading is result.readings[0]):
        parts.append(say(words.ASSUMPTION, text=target.assumption))
    return "\n".join(parts)
