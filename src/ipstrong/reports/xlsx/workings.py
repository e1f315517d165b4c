"""What is behind the scorecard: the steps of every result, why a figure was not computed, and every convention."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from ipstrong.diagnostics import a1
from ipstrong.model.plan import MeasureKind, Rounding
from ipstrong.model.result import PACE_TEXTS, NotComputed, Pace, PaceClass, Reading, Status
from ipstrong.reports.formatting import format_goal
from ipstrong.reports.labels import ASSUMED
from ipstrong.reports.xlsx import derived, words
from ipstrong.reports.xlsx.draft import Draft, working_row
from ipstrong.reports.xlsx.formulas import number as constant
from ipstrong.reports.xlsx.scorecard_sheet import ResultRow, result_row, year_cell
from ipstrong.reports.xlsx.sheet import (
    LIST_HEAD,
    FormulaCell,
    MissingCell,
    NumberCell,
    SheetCell,
    SheetColumn,
    StatusCell,
    TextCell,
)
from ipstrong.reports.xlsx.styles import SHARE, YEAR, NumberFormat
from ipstrong.texts import Text

SCORED = frozenset({Status.MET, Status.ON_TRACK, Status.BEHIND, Status.MISSED, Status.UNCERTAIN})
"""Statuses that rest on a value and so enter the weighted score."""

MOST_COMMENTED_READINGS = 800
_ZERO, _ONE = Decimal(0), Decimal(1)
_TIME = NumberFormat(1, grouped=False)
_WEIGHT = NumberFormat(2)
_CONTRIBUTION = NumberFormat(3)


def working_columns(*, has_regions: bool) -> list[SheetColumn[ResultRow]]:
    """Return the columns of the workings, whose lines refer to the scorecard."""
    region: SheetColumn[ResultRow] = SheetColumn(
        "region", lambda line: TextCell(line.draft.say(line.result.region_name)), 8, 16
    )
    return [
        *([region] if has_regions else ()),
        SheetColumn(
            "number", lambda line: NumberCell(Decimal(line.result.target.number), YEAR, align="center"), 4.5, 6
        ),
        SheetColumn("target", lambda line: TextCell(line.draft.say(line.result.target.name), bold=True), 18, 24),
        SheetColumn(
            "measure", lambda line: TextCell(line.draft.say(words.MEASURES[line.result.target.measure])), 9, 12
        ),
        SheetColumn("direction", _direction, 8.5, 10),
        SheetColumn("base_year", lambda line: _year(0 if line.result.target.is_manual else line.way.base_year), 6.5),
        SheetColumn("latest_year", lambda line: year_cell(line.result.latest), 6.5),
        SheetColumn("deadline", lambda line: _year(line.result.target.deadline), 6.5),
        SheetColumn("time_share", _time_share, 8),
        SheetColumn("progress", _progress, 8),
        SheetColumn("pace", lambda line: line.pace(line.result.pace, line.draft.score_cell(line.number, "pace")), 7),
        SheetColumn("grade", lambda line: _grade(line, line.result.pace, "pace"), 7, 12),
        SheetColumn("growth_pace", lambda line: line.pace(line.result.growth_pace, derived.growth_pace(line.way)), 7.5),
        SheetColumn("growth_grade", lambda line: _grade(line, line.result.growth_pace, "growth_pace"), 7, 12),
        SheetColumn("projection", _projection, 9),
        SheetColumn("growth_projection", _growth_projection, 9),
        SheetColumn("eta", _eta, 8.5),
        SheetColumn("weight", lambda line: _weights(line)[0], 6.5),
        SheetColumn("assessed", lambda line: _weights(line)[1], 7),
        SheetColumn("contribution", lambda line: _weights(line)[2], 7),
        SheetColumn("reasons", lambda line: TextCell(_reasons(line), small=True), 34, 52),
    ]


def write_workings(draft: Draft) -> None:
    """Write the workings."""
    sheet = draft.sheet("workings")
    lines = [
        result_row(draft, number, partial(draft.score_cell, number)) for number in range(len(draft.scorecard.results))
    ]
    sheet.table(LIST_HEAD, working_columns(has_regions=draft.places.has_regions), lines, comments=False)
    remark = draft.say(words.WORKINGS_META, methods=draft.places.names["methods"])
    draft.finish_list(sheet, remark, draft.working_columns["target"] + 1)


def _own(line: ResultRow, field: str) -> str:
    return a1(working_row(line.number), line.draft.working_columns[field])


def _direction(line: ResultRow) -> SheetCell:
    return TextCell(line.draft.say(words.DIRECTIONS[line.way.direction]) if line.result.target.comparator else "")


def _year(value: int) -> SheetCell:
    return NumberCell(Decimal(value), YEAR) if value else MissingCell()


def _time_share(line: ResultRow) -> SheetCell:
    way = line.way
    if isinstance(line.result.latest, NotComputed) or way.deadline <= way.base_year:
        return MissingCell()
    value = Decimal(min(way.latest_year, way.deadline) - way.base_year) / Decimal(way.deadline - way.base_year)
    return NumberCell(value, SHARE, way.time_share)


def _progress(line: ResultRow) -> SheetCell:
    return line.amount(
        line.result.progress, lambda value: SHARE.clear_of(value, _ONE, _ZERO), derived.progress(line.way)
    )


def _projection(line: ResultRow) -> SheetCell:
    return line.amount(line.result.projection, line.shown.derived, line.draft.score_cell(line.number, "projection"))


def _growth_projection(line: ResultRow) -> SheetCell:
    return line.amount(line.result.growth_projection, line.shown.derived, derived.growth_projection(line.way))


def _eta(line: ResultRow) -> SheetCell:
    deadline = Decimal(line.result.target.deadline)
    return line.amount(line.result.eta, lambda value: _TIME.clear_of(value, deadline), derived.eta(line.way))


def _grade(line: ResultRow, pace: Pace | NotComputed, field: str) -> SheetCell:
    """Return the class of a pace; the sheet classifies after rounding away what binary arithmetic adds."""
    if isinstance(pace, NotComputed):
        return MissingCell()
    preset = line.draft.scorecard.plan.pace
    on_track, slow, insufficient, reverse = (
        f'"{line.draft.say(PACE_TEXTS[grade])}"'
        for grade in (PaceClass.ON_TRACK, PaceClass.SLOW, PaceClass.INSUFFICIENT, PaceClass.REVERSE)
    )
    rounded = f"ROUND({_own(line, field)},12)"
    last = f"IF({rounded}>=0,{insufficient},{reverse})"
    formula = (
        f"IF({rounded}>={constant(preset.on_track)},{on_track},IF({rounded}>={constant(preset.slow)},{slow},{last}))"
    )
    return FormulaCell(line.draft.say(PACE_TEXTS[pace.grade]), formula, align="center")


def _weights(line: ResultRow) -> tuple[SheetCell, SheetCell, SheetCell]:
    """Return weight, weight that counts, and contribution; a clause that a person decides has no weight."""
    result = line.result
    if result.target.is_manual:
        return MissingCell(), MissingCell(), MissingCell()
    weight = NumberCell(result.target.weight, _WEIGHT)
    if result.status not in SCORED or isinstance(result.attainment, NotComputed):
        return weight, MissingCell(), MissingCell()
    made = result.target.weight * max(_ZERO, min(result.attainment, _ONE))
    formula = derived.contribution(line.draft.score_cell(line.number, "attainment"), _own(line, "assessed"))
    return weight, weight, NumberCell(made, _CONTRIBUTION, formula)


def _reasons(line: ResultRow) -> str:
    """Return each reason once, with the figures that were not computed for it."""
    draft, result = line.draft, line.result
    figures: dict[str, object] = {
        "base": result.base,
        "latest": result.latest,
        "yoy": result.yoy,
        "progress": result.progress,
        "expected": result.expected,
        "pace": result.pace,
        "growth_pace": result.growth_pace,
        "needed": result.needed_per_year,
        "projection": result.projection,
        "growth_projection": result.growth_projection,
        "eta": result.eta,
    }
    found: dict[str, list[str]] = {}
    for field, value in figures.items():
        if isinstance(value, NotComputed):
            found.setdefault(draft.reason(value), []).append(draft.head(field))
    if len(found) == 1 and result.target.is_manual:
        return next(iter(found))
    return "\n".join(
        draft.say(words.REASON_ITEM, figure=draft.comma.join(names), reason=reason) for reason, names in found.items()
    )


class ReadingRow(NamedTuple):
    """A target under one convention; a target that a person decides has no reading."""

    row: ResultRow
    reading: Reading | None

    @property
    def is_first(self) -> bool:
        """Whether the verdict comes from it."""
        return self.reading is None or self.reading is self.row.result.readings[0]


def _reading_columns(draft: Draft) -> list[SheetColumn[ReadingRow]]:
    say = draft.say

    def when_read(cell: Callable[[ResultRow, Reading], SheetCell]) -> Callable[[ReadingRow], SheetCell]:
        return lambda at: cell(at.row, at.reading) if at.reading else at.row.missing(at.row.result.reason)

    def measure(at: ReadingRow) -> str:
        target, convention = at.row.result.target, at.reading.convention if at.reading else None
        name = say(words.MEASURES[target.measure])
        if target.measure is not MeasureKind.AVERAGE_GROWTH:
            return name
        return f"{name}\n{say(words.MEANS[(convention.mean if convention else None) or target.mean])}"

    def demand(at: ReadingRow) -> SheetCell:
        target = at.row.result.target
        goal = at.reading.target_value if at.reading else target.value
        return TextCell(format_goal(target, goal, draft.lang), align="center")

    def name(at: ReadingRow) -> str:
        if at.reading is None:
            return ""
        return say(at.reading.convention.name if at.reading.convention else words.OWN_READING)

    def role(at: ReadingRow) -> SheetCell:
        word = "" if at.reading is None else say(words.VERDICT_ROLE if at.is_first else words.OTHER_ROLE)
        return TextCell(word, align="center", bold=at.is_first and at.reading is not None)

    def value(row: ResultRow, reading: Reading) -> SheetCell:
        return row.figure(reading.value, lambda value: row.shown.value(value, reading.target_value), bold=True)

    def gap(row: ResultRow, reading: Reading) -> SheetCell:
        if isinstance(reading.value, NotComputed):
            return row.missing(reading.value)
        return row.amount(reading.gap, row.shown.gap, derived.gap(row.way))

    def status(at: ReadingRow) -> SheetCell:
        status = at.reading.status if at.reading else at.row.result.status
        return StatusCell(status, say(status.text))

    region: SheetColumn[ReadingRow] = SheetColumn("region", lambda at: TextCell(say(at.row.result.region_name)), 8, 16)
    return [
        *([region] if draft.places.has_regions else ()),
        SheetColumn(
            "number", lambda at: NumberCell(Decimal(at.row.result.target.number), YEAR, align="center"), 4.5, 6
        ),
        SheetColumn("target", lambda at: TextCell(say(at.row.result.target.name), bold=True), 18, 24),
        SheetColumn("measure", lambda at: TextCell(measure(at)), 9, 14),
        SheetColumn("demand", demand, 9, 16),
        SheetColumn("convention", lambda at: TextCell(name(at)), 16, 28),
        SheetColumn("role", role, 9.5, 11),
        SheetColumn("base_year", lambda at: _year(at.reading.base_year if at.reading else 0), 6.5),
        SheetColumn("deadline", lambda at: _year(at.row.result.target.deadline), 6.5),
        SheetColumn("goal", when_read(lambda row, at: NumberCell(at.target_value, row.shown.goal(at.target_value))), 9),
        SheetColumn("value", when_read(value), 9),
        SheetColumn("latest_year", when_read(lambda _, reading: year_cell(reading.value)), 6.5),
        SheetColumn("gap", when_read(gap), 8),
        SheetColumn("status", status, 9.5, 11),
        SheetColumn("clause", lambda at: TextCell(draft.clause(at.row.result.target.clause), small=True), 22, 34),
        SheetColumn("note", lambda at: TextCell(_reading_note(draft, at), small=True), 24, 38),
    ]


def _reading_note(draft: Draft, at: ReadingRow) -> str:
    """Return the remark on the convention, how values are rounded, and what was assumed."""
    target, convention = at.row.result.target, at.reading.convention if at.reading else None
    parts: list[Text] = []
    if convention is not None and convention.note is not None:
        parts.append(convention.note)
    rounding = (convention.rounding if convention else None) or target.rounding
    if not target.is_manual and rounding is not Rounding.FULL:
        parts.append(words.ROUNDINGS[rounding])
    if target.assumption is not None and at.is_first:
        parts.append(ASSUMED.format(text=target.assumption))
    return "\n".join(map(draft.say, parts))


def write_conventions(draft: Draft) -> None:
    """Write every reading of every target; of many regions only those of targets that have more than one."""
    sheet, columns = draft.sheet("conventions"), _reading_columns(draft)
    position = {column.id: at for at, column in enumerate(columns)}
    # The gap of a reading is made from the value and the target of its own row.
    fields = {"latest": position["value"], "goal": position["goal"]}
    items: list[ReadingRow] = []
    for number, result in enumerate(draft.scorecard.results):
        if draft.places.is_long and len(result.readings) < 2:
            continue
        for reading in result.readings or (None,):
            row = LIST_HEAD + 1 + len(items)
            cells = {"base": "", **{field: a1(row, col) for field, col in fields.items()}}
            items.append(ReadingRow(result_row(draft, number, cells.__getitem__), reading))
    sheet.table(LIST_HEAD, columns, items, comments=len(items) <= MOST_COMMENTED_READINGS)
    draft.finish_list(sheet, draft.say(words.CONVENTIONS_META), position["target"] + 1)
