"""What is behind the scorecard: the steps of every result, why a figure was not computed, and every convention."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from ipstrong.diagnostics import a1
from ipstrong.model.plan import Convention, MeasureKind, Rounding
from ipstrong.model.result import PACE_TEXTS, SCORED, NotComputed, Pace, PaceClass, Reading
from ipstrong.reports.formatting import format_goal, format_reason
from ipstrong.reports.labels import ASSUMED
from ipstrong.reports.xlsx import words
from ipstrong.reports.xlsx.formulas import TIME_SHARE, constant
from ipstrong.reports.xlsx.scorecard_sheet import (
    NUMBER,
    REGION,
    ResultRow,
    Shown,
    attainment_format,
    base_year,
    result_row,
    target_name,
    year_cell,
)
from ipstrong.reports.xlsx.sheet import (
    LIST_HEAD,
    Draft,
    MissingCell,
    NumberCell,
    SheetCell,
    SheetColumn,
    StatusCell,
    TextCell,
    working_row,
)
from ipstrong.reports.xlsx.styles import SHARE, YEAR, NumberFormat

MOST_COMMENTED_READINGS = 800
_FIGURES = (
    *("base", "latest", "yoy", "progress", "expected", "pace", "growth_pace"),
    *("needed", "projection", "growth_projection", "eta"),
)
_ZERO, _ONE = Decimal(0), Decimal(1)
_TIME = NumberFormat(1, grouped=False)
_WEIGHT = NumberFormat(2)
_CONTRIBUTION = NumberFormat(3)


def working_columns(*, has_regions: bool) -> list[SheetColumn[ResultRow]]:
    """Return the columns of the workings, whose lines refer to the scorecard."""
    return [
        *([REGION] if has_regions else ()),
        NUMBER,
        SheetColumn("target", target_name, 18, 24),
        SheetColumn("measure", lambda row: TextCell(row.draft.say(words.MEASURES[row.result.target.measure])), 9, 12),
        SheetColumn("direction", _direction, 8.5, 10),
        SheetColumn("base_year", lambda row: _year(0 if row.result.target.is_manual else base_year(row.result)), 6.5),
        SheetColumn("latest_year", lambda row: year_cell(row.result.latest), 6.5),
        SheetColumn("deadline", lambda row: _year(row.result.target.deadline), 6.5),
        SheetColumn("time_share", _time_share, 8),
        SheetColumn("progress", lambda row: row.derived("progress", attainment_format), 8),
        SheetColumn("pace", lambda row: _linked(row, "pace", row.pace), 7),
        SheetColumn("grade", lambda row: _grade(row, row.result.pace, "pace"), 7, 12),
        SheetColumn("growth_pace", lambda row: row.derived("growth_pace", row.pace), 7.5),
        SheetColumn("growth_grade", lambda row: _grade(row, row.result.growth_pace, "growth_pace"), 7, 12),
        SheetColumn("projection", lambda row: _linked(row, "projection", row.shown.derived), 9),
        SheetColumn("growth_projection", lambda row: row.derived("growth_projection", row.shown.derived), 9),
        SheetColumn("eta", _eta, 8.5),
        SheetColumn("weight", lambda row: _weights(row)[0], 6.5),
        SheetColumn("assessed", lambda row: _weights(row)[1], 7),
        SheetColumn("contribution", lambda row: _weights(row)[2], 7),
        SheetColumn("reasons", _reasons, 34, 52),
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


def _own(row: ResultRow, field: str) -> str:
    return a1(working_row(row.number), row.draft.working_columns[field])


def _direction(row: ResultRow) -> SheetCell:
    comparator = row.result.target.comparator
    return TextCell(row.draft.say(words.DIRECTIONS[comparator.direction]) if comparator else "")


def _year(value: int) -> SheetCell:
    return NumberCell(Decimal(value), YEAR) if value else MissingCell()


def _time_share(row: ResultRow) -> SheetCell:
    first, latest, deadline = base_year(row.result), row.result.latest, row.result.target.deadline
    if isinstance(latest, NotComputed) or deadline <= first:
        return MissingCell()
    value = Decimal(latest.period.year - first) / Decimal(deadline - first)
    return NumberCell(value, SHARE, row.draft.formulas.text(TIME_SHARE, row.quantities))


def _linked(row: ResultRow, field: str, shown: Shown) -> SheetCell:
    """Return a number that the scorecard shows as well, as a reference to it."""
    cell = row.derived(field, shown)
    return cell._replace(formula=row.draft.score_cell(row.number, field)) if isinstance(cell, NumberCell) else cell


def _eta(row: ResultRow) -> SheetCell:
    deadline = Decimal(row.result.target.deadline)
    return row.derived("eta", lambda value: _TIME.clear_of(value, deadline))


def _grade(row: ResultRow, pace: Pace | NotComputed, field: str) -> SheetCell:
    """Return the class of a pace; the sheet classifies after rounding away what binary arithmetic adds."""
    if isinstance(pace, NotComputed):
        return MissingCell()
    preset = row.draft.scorecard.plan.pace
    on_track, slow, insufficient, reverse = (f'"{row.draft.say(PACE_TEXTS[grade])}"' for grade in PaceClass)
    rounded = f"ROUND({_own(row, field)},12)"
    last = f"IF({rounded}>=0,{insufficient},{reverse})"
    formula = (
        f"IF({rounded}>={constant(preset.on_track)},{on_track},IF({rounded}>={constant(preset.slow)},{slow},{last}))"
    )
    return TextCell(row.draft.say(PACE_TEXTS[pace.grade]), align="center", formula=formula)


def _weights(row: ResultRow) -> tuple[SheetCell, SheetCell, SheetCell]:
    """Return weight, weight that counts, and contribution; a clause that a person decides has no weight."""
    result = row.result
    if result.target.is_manual:
        return MissingCell(), MissingCell(), MissingCell()
    weight = NumberCell(result.target.weight, _WEIGHT)
    if result.status not in SCORED or isinstance(result.attainment, NotComputed):
        return weight, MissingCell(), MissingCell()
    made = result.target.weight * max(_ZERO, min(result.attainment, _ONE))
    attainment = row.draft.score_cell(row.number, "attainment")
    formula = f"{_own(row, 'assessed')}*MAX(0,MIN({attainment},1))"
    return weight, weight, NumberCell(made, _CONTRIBUTION, formula)


def _reasons(row: ResultRow) -> SheetCell:
    """Return each reason once, with the figures that were not computed for it."""
    draft, result = row.draft, row.result
    found: dict[str, list[str]] = {}
    for field in _FIGURES:
        value = getattr(result, "needed_per_year" if field == "needed" else field)
        if isinstance(value, NotComputed):
            found.setdefault(format_reason(value, draft.lang), []).append(draft.head(field))
    if len(found) == 1 and result.target.is_manual:
        return TextCell(next(iter(found)), small=True)
    lines = [
        draft.say(words.REASON_ITEM, figure=draft.comma.join(names), reason=reason) for reason, names in found.items()
    ]
    return TextCell("\n".join(lines), small=True)


@dataclass(frozen=True, slots=True)
class ReadingRow(ResultRow):
    """A target under one convention; a target that a person decides has no reading."""

    reading: Reading | None

    @property
    def is_first(self) -> bool:
        """Whether the verdict comes from it."""
        return self.reading is None or self.reading is self.result.readings[0]

    @property
    def convention(self) -> Convention | None:
        """The convention, if the target declares any."""
        return self.reading.convention if self.reading else None


def _reading_columns(draft: Draft) -> list[SheetColumn[ReadingRow]]:
    say = draft.say

    def when_read(cell: Callable[[ReadingRow, Reading], SheetCell]) -> Callable[[ReadingRow], SheetCell]:
        return lambda row: cell(row, row.reading) if row.reading else row.missing(row.result.reason)

    def measure(row: ReadingRow) -> SheetCell:
        target = row.result.target
        name = say(words.MEASURES[target.measure])
        if target.measure is MeasureKind.AVERAGE_GROWTH:
            name += f"\n{say(words.MEANS[(row.convention.mean if row.convention else None) or target.mean])}"
        return TextCell(name)

    def demand(row: ReadingRow) -> SheetCell:
        target = row.result.target
        goal = row.reading.target_value if row.reading else target.value
        return TextCell(format_goal(target, goal, draft.lang), align="center")

    def name(row: ReadingRow) -> SheetCell:
        own = row.convention.name if row.convention else words.OWN_READING
        return TextCell(say(own) if row.reading else "")

    def role(row: ReadingRow) -> SheetCell:
        if row.reading is None:
            return TextCell("", align="center")
        word = words.VERDICT_ROLE if row.is_first else words.OTHER_ROLE
        return TextCell(say(word), align="center", bold=row.is_first)

    def value(row: ReadingRow, reading: Reading) -> SheetCell:
        return row.figure(reading.value, lambda value: row.shown.value(value, reading.target_value), bold=True)

    def gap(row: ReadingRow, reading: Reading) -> SheetCell:
        for held in (reading.value, reading.gap):
            if isinstance(held, NotComputed):
                return row.missing(held)
        assert isinstance(reading.gap, Decimal)
        return NumberCell(reading.gap, row.shown.gap(reading.gap), row.formula("gap"))

    def status(row: ReadingRow) -> SheetCell:
        status = row.reading.status if row.reading else row.result.status
        return StatusCell(status, say(status.text))

    def note(row: ReadingRow) -> SheetCell:
        """Return the remark on the convention, how values are rounded, and what was assumed."""
        target, convention = row.result.target, row.convention
        rounding = (convention.rounding if convention else None) or target.rounding
        parts = [
            convention.note if convention else None,
            words.ROUNDINGS[rounding] if not target.is_manual and rounding is not Rounding.FULL else None,
            ASSUMED.format(text=target.assumption) if target.assumption is not None and row.is_first else None,
        ]
        return TextCell("\n".join(say(part) for part in parts if part is not None), small=True)

    return [
        *([REGION] if draft.places.has_regions else ()),
        NUMBER,
        SheetColumn("target", target_name, 18, 24),
        SheetColumn("measure", measure, 9, 14),
        SheetColumn("demand", demand, 9, 16),
        SheetColumn("convention", name, 16, 28),
        SheetColumn("role", role, 9.5, 11),
        SheetColumn("base_year", lambda row: _year(row.reading.base_year if row.reading else 0), 6.5),
        SheetColumn("deadline", lambda row: _year(row.result.target.deadline), 6.5),
        SheetColumn("goal", when_read(lambda row, at: NumberCell(at.target_value, row.shown.goal(at.target_value))), 9),
        SheetColumn("value", when_read(value), 9),
        SheetColumn("latest_year", when_read(lambda _, reading: year_cell(reading.value)), 6.5),
        SheetColumn("gap", when_read(gap), 8),
        SheetColumn("status", status, 9.5, 11),
        SheetColumn("clause", lambda row: TextCell(draft.clause(row.result.target.clause), small=True), 22, 34),
        SheetColumn("note", note, 24, 38),
    ]


def write_conventions(draft: Draft) -> None:
    """Write every reading of every target; of many regions only those of targets that have more than one."""
    sheet, columns = draft.sheet("conventions"), _reading_columns(draft)
    position = {column.id: at for at, column in enumerate(columns)}
    # The gap of a reading, its only formula, is made from the value and the target of its own row.
    fields = {"latest": position["value"], "goal": position["goal"]}
    items: list[ReadingRow] = []
    for number, result in enumerate(draft.scorecard.results):
        if draft.places.is_long and len(result.readings) < 2:
            continue
        for reading in result.readings or (None,):
            row = LIST_HEAD + 1 + len(items)
            cells = defaultdict(str, {field: a1(row, col) for field, col in fields.items()})
            own = result_row(draft, number, cells.__getitem__)
            items.append(ReadingRow(draft, number, result, own.shown, own.quantities, reading))
    sheet.table(LIST_HEAD, columns, items, comments=len(items) <= MOST_COMMENTED_READINGS)
    draft.finish_list(sheet, draft.say(words.CONVENTIONS_META), position["target"] + 1)
