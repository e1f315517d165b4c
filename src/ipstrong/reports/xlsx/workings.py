"""What is behind the scorecard: the steps of every result, why a figure was not computed, and every convention."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import NamedTuple

from ipstrong.diagnostics import a1
from ipstrong.model.plan import MeasureKind, Rounding
from ipstrong.model.result import PACE_TEXTS, Figure, NotComputed, Pace, PaceClass, Reading, Status
from ipstrong.reports.formatting import format_goal
from ipstrong.reports.xlsx import derived, words
from ipstrong.reports.xlsx.context import Context, working_row
from ipstrong.reports.xlsx.formulas import number as constant
from ipstrong.reports.xlsx.scorecard_sheet import Line, line_of
from ipstrong.reports.xlsx.sheet import LIST_HEAD, Amount, Cell, Column, Derived, Missing, Verdict, Words
from ipstrong.reports.xlsx.styles import SHARE, YEAR, NumberFormat

SCORED = frozenset({Status.MET, Status.ON_TRACK, Status.BEHIND, Status.MISSED, Status.UNCERTAIN})
"""Statuses that rest on a value and so enter the weighted score."""

MOST_COMMENTED_READINGS = 800
_ZERO, _ONE = Decimal(0), Decimal(1)
_TIME = NumberFormat(1, grouped=False)
_WEIGHT = NumberFormat(2)
_CONTRIBUTION = NumberFormat(3)


def working_columns(*, has_regions: bool) -> list[Column[Line]]:
    """Return the columns of the workings, whose lines refer to the scorecard."""
    region: Column[Line] = Column("region", lambda line: Words(line.context.say(line.result.region_name)), 8, 16)
    return [
        *([region] if has_regions else ()),
        Column("number", lambda line: Amount(Decimal(line.result.target.number), YEAR, align="center"), 4.5, 6),
        Column("target", lambda line: Words(line.context.say(line.result.target.name), bold=True), 18, 24),
        Column("measure", lambda line: Words(line.context.say(words.MEASURES[line.result.target.measure])), 9, 12),
        Column("direction", _direction, 8.5, 10),
        Column("base_year", lambda line: _year(0 if line.result.target.is_manual else line.way.base_year), 6.5),
        Column("latest_year", Line.latest_year, 6.5),
        Column("deadline", lambda line: _year(line.result.target.deadline), 6.5),
        Column("time_share", _time_share, 8),
        Column("progress", _progress, 8),
        Column("pace", lambda line: line.pace(line.result.pace, line.context.score_cell(line.number, "pace")), 7),
        Column("grade", lambda line: _grade(line, line.result.pace, "pace"), 7, 12),
        Column("growth_pace", lambda line: line.pace(line.result.growth_pace, derived.growth_pace(line.way)), 7.5),
        Column("growth_grade", lambda line: _grade(line, line.result.growth_pace, "growth_pace"), 7, 12),
        Column("projection", _projection, 9),
        Column("growth_projection", _growth_projection, 9),
        Column("eta", _eta, 8.5),
        Column("weight", lambda line: _weights(line)[0], 6.5),
        Column("assessed", lambda line: _weights(line)[1], 7),
        Column("contribution", lambda line: _weights(line)[2], 7),
        Column("reasons", lambda line: Words(_reasons(line), small=True), 34, 52),
    ]


def write_workings(context: Context) -> None:
    """Write the workings."""
    sheet = context.sheet("workings")
    lines = [
        line_of(context, number, partial(context.score_cell, number))
        for number in range(len(context.scorecard.results))
    ]
    sheet.table(LIST_HEAD, working_columns(has_regions=context.places.has_regions), lines, comments=False)
    remark = context.say(words.WORKINGS_META, methods=context.places.names["methods"])
    context.finish_list(sheet, remark, context.working_columns["target"] + 1)


def _own(line: Line, field: str) -> str:
    return a1(working_row(line.number), line.context.working_columns[field])


def _direction(line: Line) -> Cell:
    return Words(line.context.say(words.DIRECTIONS[line.way.direction]) if line.result.target.comparator else "")


def _year(value: int) -> Cell:
    return Amount(Decimal(value), YEAR) if value else Missing()


def _time_share(line: Line) -> Cell:
    way = line.way
    if isinstance(line.result.latest, NotComputed) or way.deadline <= way.base_year:
        return Missing()
    value = Decimal(min(way.latest_year, way.deadline) - way.base_year) / Decimal(way.deadline - way.base_year)
    return Amount(value, SHARE, way.time_share)


def _progress(line: Line) -> Cell:
    return line.amount(
        line.result.progress, lambda value: SHARE.clear_of(value, _ONE, _ZERO), derived.progress(line.way)
    )


def _projection(line: Line) -> Cell:
    return line.amount(line.result.projection, line.shown.derived, line.context.score_cell(line.number, "projection"))


def _growth_projection(line: Line) -> Cell:
    return line.amount(line.result.growth_projection, line.shown.derived, derived.growth_projection(line.way))


def _eta(line: Line) -> Cell:
    deadline = Decimal(line.result.target.deadline)
    return line.amount(line.result.eta, lambda value: _TIME.clear_of(value, deadline), derived.eta(line.way))


def _grade(line: Line, pace: Pace | NotComputed, field: str) -> Cell:
    """Return the class of a pace; the sheet classifies after rounding away what binary arithmetic adds."""
    if isinstance(pace, NotComputed):
        return Missing()
    preset = line.context.scorecard.plan.pace
    on_track, slow, insufficient, reverse = (
        f'"{line.context.say(PACE_TEXTS[grade])}"'
        for grade in (PaceClass.ON_TRACK, PaceClass.SLOW, PaceClass.INSUFFICIENT, PaceClass.REVERSE)
    )
    rounded = f"ROUND({_own(line, field)},12)"
    last = f"IF({rounded}>=0,{insufficient},{reverse})"
    formula = (
        f"IF({rounded}>={constant(preset.on_track)},{on_track},IF({rounded}>={constant(preset.slow)},{slow},{last}))"
    )
    return Derived(line.context.say(PACE_TEXTS[pace.grade]), formula, align="center")


def _weights(line: Line) -> tuple[Cell, Cell, Cell]:
    """Return weight, weight that counts, and contribution; a clause that a person decides has no weight."""
    result = line.result
    if result.target.is_manual:
        return Missing(), Missing(), Missing()
    weight = Amount(result.target.weight, _WEIGHT)
    if result.status not in SCORED or isinstance(result.attainment, NotComputed):
        return weight, Missing(), Missing()
    made = result.target.weight * max(_ZERO, min(result.attainment, _ONE))
    formula = derived.contribution(line.context.score_cell(line.number, "attainment"), _own(line, "assessed"))
    return weight, weight, Amount(made, _CONTRIBUTION, formula)


def _reasons(line: Line) -> str:
    """Return each reason once, with the figures that were not computed for it."""
    context, result = line.context, line.result
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
            found.setdefault(context.reason(value), []).append(context.head(field))
    if len(found) == 1 and result.target.is_manual:
        return next(iter(found))
    return "\n".join(
        context.say(words.REASON_ITEM, figure=context.comma.join(names), reason=reason)
        for reason, names in found.items()
    )


class ReadingLine(NamedTuple):
    """A reading of a target and its row; a target that a person decides has none."""

    line: Line
    reading: Reading | None

    @property
    def figure(self) -> Figure | None:
        """The value under this reading."""
        value = self.reading.value if self.reading else None
        return value if isinstance(value, Figure) else None

    @property
    def is_first(self) -> bool:
        """Whether the verdict is read from it."""
        return self.reading is None or self.reading is self.line.result.readings[0]

    def say(self) -> str:
        """Return the name of the reading."""
        if self.reading is None:
            return ""
        convention = self.reading.convention
        return self.line.context.say(convention.name if convention else words.OWN_READING)

    def measure(self) -> str:
        """Return how the value is made."""
        target, say = self.line.result.target, self.line.context.say
        parts = [say(words.MEASURES[target.measure])]
        if target.measure is MeasureKind.AVERAGE_GROWTH:
            convention = self.reading.convention if self.reading else None
            parts.append(say(words.MEANS[(convention.mean if convention else None) or target.mean]))
        return "\n".join(parts)

    def role(self) -> Cell:
        """Return whether it decides."""
        if self.reading is None:
            return Words("")
        word = words.VERDICT_ROLE if self.is_first else words.OTHER_ROLE
        return Words(self.line.context.say(word), align="center", bold=self.is_first)

    def goal(self) -> Cell:
        """Return the target value under this reading."""
        if self.reading is None:
            return self.line.missing(self.line.result.reason)
        return Amount(self.reading.target_value, self.line.shown.goal(self.reading.target_value))

    def value(self) -> Cell:
        """Return the value."""
        if self.reading is None:
            return self.line.missing(self.line.result.reason)
        goal = self.reading.target_value
        return self.line.figure(self.reading.value, lambda value: self.line.shown.value(value, goal), bold=True)

    def latest_year(self) -> Cell:
        """Return the year of the value."""
        if self.reading is None:
            return self.line.missing(self.line.result.reason)
        return _year(self.figure.period.year if self.figure else 0)

    def gap(self) -> Cell:
        """Return how far the value is from the target."""
        if self.reading is None:
            return self.line.missing(self.line.result.reason)
        if isinstance(self.reading.value, NotComputed):
            return self.line.missing(self.reading.value)
        return self.line.amount(self.reading.gap, self.line.shown.gap, derived.gap(self.line.way))

    def status(self) -> Verdict:
        """Return the verdict under this reading."""
        status = self.reading.status if self.reading else self.line.result.status
        return Verdict(status, self.line.context.say(status.text))

    def note(self) -> str:
        """Return the remark on the convention, how values are rounded, and what was assumed."""
        target, say = self.line.result.target, self.line.context.say
        convention = self.reading.convention if self.reading else None
        parts = []
        if convention is not None and convention.note is not None:
            parts.append(say(convention.note))
        rounding = (convention.rounding if convention else None) or target.rounding
        if not target.is_manual and rounding is not Rounding.FULL:
            parts.append(say(words.ROUNDINGS[rounding]))
        if target.assumption is not None and self.is_first:
            parts.append(say(words.ASSUMPTION, text=target.assumption))
        return "\n".join(parts)


def _reading_columns(context: Context) -> list[Column[ReadingLine]]:
    say = context.say

    def base_year(at: ReadingLine) -> Cell:
        return _year(at.reading.base_year if at.reading else 0)

    def demand(at: ReadingLine) -> Cell:
        target = at.line.result.target
        goal = at.reading.target_value if at.reading else target.value
        return Words(format_goal(target, goal, context.lang), align="center")

    region: Column[ReadingLine] = Column("region", lambda at: Words(say(at.line.result.region_name)), 8, 16)
    return [
        *([region] if context.places.has_regions else ()),
        Column("number", lambda at: Amount(Decimal(at.line.result.target.number), YEAR, align="center"), 4.5, 6),
        Column("target", lambda at: Words(say(at.line.result.target.name), bold=True), 18, 24),
        Column("measure", lambda at: Words(at.measure()), 9, 14),
        Column("demand", demand, 9, 16),
        Column("convention", lambda at: Words(at.say()), 16, 28),
        Column("role", ReadingLine.role, 9.5, 11),
        Column("base_year", base_year, 6.5),
        Column("deadline", lambda at: _year(at.line.result.target.deadline), 6.5),
        Column("goal", ReadingLine.goal, 9),
        Column("value", ReadingLine.value, 9),
        Column("latest_year", ReadingLine.latest_year, 6.5),
        Column("gap", ReadingLine.gap, 8),
        Column("status", ReadingLine.status, 9.5, 11),
        Column("clause", lambda at: Words(context.clause(at.line.result.target.clause), small=True), 22, 34),
        Column("note", lambda at: Words(at.note(), small=True), 24, 38),
    ]


def write_conventions(context: Context) -> None:
    """Write every reading of every target; of many regions only those of targets that have more than one."""
    sheet, columns = context.sheet("conventions"), _reading_columns(context)
    position = {column.id: at for at, column in enumerate(columns)}
    # The gap of a reading is made from the value and the target of its own row.
    fields = {"latest": position["value"], "goal": position["goal"]}
    items: list[ReadingLine] = []
    for number, result in enumerate(context.scorecard.results):
        if context.places.is_long and len(result.readings) < 2:
            continue
        for reading in result.readings or (None,):
            row = LIST_HEAD + 1 + len(items)
            cells = {"base": "", **{field: a1(row, col) for field, col in fields.items()}}
            items.append(ReadingLine(line_of(context, number, cells.__getitem__), reading))
    sheet.table(LIST_HEAD, columns, items, comments=len(items) <= MOST_COMMENTED_READINGS)
    context.finish_list(sheet, context.say(words.CONVENTIONS_META), position["target"] + 1)
