"""The workings: the steps behind the scorecard, a row a result, and why a figure was not computed."""

from __future__ import annotations

from decimal import Decimal

from ipstrong.diagnostics import a1
from ipstrong.model.result import PACE_TEXTS, Figure, NotComputed, Pace, PaceClass, Result, Status
from ipstrong.reports.xlsx import derived, words
from ipstrong.reports.xlsx.context import Context
from ipstrong.reports.xlsx.expressions import number as constant
from ipstrong.reports.xlsx.layout import LIST_HEAD, working_row
from ipstrong.reports.xlsx.lines import way_of
from ipstrong.reports.xlsx.numbers import RATIO, SHARE, YEAR, NumberFormat
from ipstrong.reports.xlsx.shown import shown_for
from ipstrong.reports.xlsx.table import Amount, Cell, Column, Derived, Missing, Row, Words, write_table

SCORED = frozenset({Status.MET, Status.ON_TRACK, Status.BEHIND, Status.MISSED, Status.UNCERTAIN})
"""Statuses that rest on a value and so enter the weighted score."""

_ZERO, _ONE = Decimal(0), Decimal(1)
_TIME = NumberFormat(1, grouped=False)
_WEIGHT = NumberFormat(2)
_CONTRIBUTION = NumberFormat(3)


def working_columns(context: Context) -> list[Column]:
    """Return the columns of the workings."""
    head = context.head
    front = [Column("region", head("region"), 8, 16)] if context.layout.has_regions else []
    return [
        *front,
        Column("number", head("number"), 4.5, 6),
        Column("target", head("target"), 18, 24),
        Column("measure", head("measure"), 9, 12),
        Column("direction", head("direction"), 8.5, 10),
        Column("base_year", head("base_year"), 6.5),
        Column("latest_year", head("latest_year"), 6.5),
        Column("deadline", head("deadline"), 6.5),
        Column("time_share", head("time_share"), 8),
        Column("progress", head("progress"), 8),
        Column("pace", head("pace"), 7),
        Column("pace_grade", head("grade"), 7, 12),
        Column("growth_pace", head("growth_pace"), 7.5),
        Column("growth_grade", head("grade"), 7, 12),
        Column("projection", head("projection"), 9),
        Column("growth_projection", head("growth_projection"), 9),
        Column("eta", head("eta"), 8.5),
        Column("weight", head("weight"), 6.5),
        Column("assessed", head("assessed"), 7),
        Column("contribution", head("contribution"), 7),
        Column("reasons", head("reasons"), 34, 52),
    ]


def write_workings(context: Context) -> None:
    """Write the workings."""
    sheet = context.sheets[context.layout.names.workings]
    columns = working_columns(context)
    rows: list[Row] = [_cells(context, number) for number in range(len(context.scorecard.results))]
    write_table(sheet, LIST_HEAD, columns, rows, comments=False)
    sheet.text(0, 0, sheet.name, sheet.styles.title())
    sheet.height(0, 1, size=17)
    sheet.text(1, 0, context.say(words.WORKINGS_META, methods=context.layout.names.methods), sheet.styles.meta())
    sheet.page(context.say(context.scorecard.plan.name), str(context.scorecard.as_of), repeat=LIST_HEAD)
    sheet.worksheet.freeze_panes(LIST_HEAD + 1, context.working_columns["target"] + 1)


def _cells(context: Context, number: int) -> list[Cell]:
    result = context.scorecard.results[number]
    target, say = result.target, context.say
    way = way_of(result, lambda field: context.score_cell(number, field))
    shown = shown_for(context, result)
    row = working_row(number)

    def own(field: str) -> str:
        return a1(row, context.working_columns[field])

    pace_link = context.score_cell(number, "pace")
    latest = result.latest.period.year if isinstance(result.latest, Figure) else None
    front: list[Cell] = [Words(say(result.region_name))] if context.layout.has_regions else []
    return [
        *front,
        Amount(Decimal(target.number), YEAR, align="center"),
        Words(say(target.name), bold=True),
        Words(say(words.MEASURES[target.measure])),
        Words(say(words.DIRECTIONS[way.direction]) if target.comparator else ""),
        _year(None if target.is_manual else way.base_year),
        _year(latest),
        _year(target.deadline or None),
        _time_share(way, result),
        _amount(context, result.progress, derived.progress(way), SHARE, _ONE, _ZERO),
        _pace(context, result.pace, pace_link),
        _grade(context, result.pace, own("pace")),
        _pace(context, result.growth_pace, derived.growth_pace(way)),
        _grade(context, result.growth_pace, own("growth_pace")),
        _linked(context, result.projection, context.score_cell(number, "projection"), shown.derived),
        _linked(context, result.growth_projection, derived.growth_projection(way), shown.derived),
        _amount(context, result.eta, derived.eta(way), _TIME, Decimal(target.deadline)),
        *_weights(result, context.score_cell(number, "attainment"), own("assessed")),
        Words(_reasons(context, result), small=True),
    ]


def _year(value: int | None) -> Cell:
    return Missing("") if value is None else Amount(Decimal(value), YEAR)


def _time_share(way: derived.Way, result: Result) -> Cell:
    if isinstance(result.latest, NotComputed) or way.deadline <= way.base_year:
        return Missing("")
    value = Decimal(min(way.latest_year, way.deadline) - way.base_year) / Decimal(way.deadline - way.base_year)
    return Amount(value, SHARE, way.time_share)


def _amount(context: Context, value: Decimal | NotComputed, formula: str, shown: NumberFormat, *lines: Decimal) -> Cell:
    if isinstance(value, NotComputed):
        return Missing(context.reason(value))
    return Amount(value, shown.clear_of(value, *lines), formula)


def _linked(context: Context, value: Decimal | NotComputed, formula: str, shown: object) -> Cell:
    if isinstance(value, NotComputed):
        return Missing(context.reason(value))
    assert callable(shown)
    return Amount(value, shown(value), formula)


def _pace(context: Context, pace: Pace | NotComputed, formula: str) -> Cell:
    if isinstance(pace, NotComputed):
        return Missing(context.reason(pace))
    preset = context.scorecard.plan.pace
    return Amount(pace.ratio, RATIO.clear_of(pace.ratio, preset.on_track, preset.slow, _ZERO), formula)


def _grade(context: Context, pace: Pace | NotComputed, cell: str) -> Cell:
    """Return the class of a pace; the sheet classifies after rounding away what binary arithmetic adds."""
    if isinstance(pace, NotComputed):
        return Missing("")
    preset = context.scorecard.plan.pace
    on_track, slow, insufficient, reverse = (
        f'"{context.say(PACE_TEXTS[grade])}"'
        for grade in (PaceClass.ON_TRACK, PaceClass.SLOW, PaceClass.INSUFFICIENT, PaceClass.REVERSE)
    )
    rounded = f"ROUND({cell},12)"
    last = f"IF({rounded}>=0,{insufficient},{reverse})"
    formula = (
        f"IF({rounded}>={constant(preset.on_track)},{on_track},IF({rounded}>={constant(preset.slow)},{slow},{last}))"
    )
    return Derived(context.say(PACE_TEXTS[pace.grade]), formula, align="center")


def _weights(result: Result, attainment: str, assessed: str) -> list[Cell]:
    """Return weight, weight that counts, and contribution; a clause that a person decides has no weight."""
    if result.target.is_manual:
        return [Missing(""), Missing(""), Missing("")]
    weight = Amount(result.target.weight, _WEIGHT)
    if result.status not in SCORED or isinstance(result.attainment, NotComputed):
        return [weight, Missing(""), Missing("")]
    made = result.target.weight * max(_ZERO, min(result.attainment, _ONE))
    formula = derived.contribution(attainment, assessed)
    return [weight, weight, Amount(made, _CONTRIBUTION, formula)]


def _reasons(context: Context, result: Result) -> str:
    """Return each reason once, with the figures that it stands for."""
    figures: list[tuple[str, object]] = [
        ("base", result.base),
        ("latest", result.latest),
        ("yoy", result.yoy),
        ("progress", result.progress),
        ("expected", result.expected),
        ("pace", result.pace),
        ("growth_pace", result.growth_pace),
        ("needed", result.needed_per_year),
        ("projection", result.projection),
        ("growth_projection", result.growth_projection),
        ("eta", result.eta),
    ]
    found: dict[str, list[str]] = {}
    for field, value in figures:
        if isinstance(value, NotComputed):
            name = context.head(field).replace("-\n", "").replace("\n", "")
            found.setdefault(context.reason(value), []).append(name)
    comma = "、" if context.lang == "zh" else ", "
    items = [context.say(words.REASON_ITEM, figure=comma.join(names), reason=reason) for reason, names in found.items()]
    if len(found) == 1 and result.target.is_manual:
        return next(iter(found))
    return "\n".join(items)
