"""The line of a result: its cells on the scorecard, every computed one a formula over the data sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from ipstrong.diagnostics import a1
from ipstrong.model.plan import Comparator
from ipstrong.model.result import Figure, NotComputed, Pace, Reading, Reason, Result, Status
from ipstrong.reports.formatting import format_interval, format_unit, format_value
from ipstrong.reports.xlsx import derived, words
from ipstrong.reports.xlsx.context import Context
from ipstrong.reports.xlsx.derived import Way
from ipstrong.reports.xlsx.layout import area_name
from ipstrong.reports.xlsx.numbers import GROWTH, RATIO, SHARE, YEAR, NumberFormat
from ipstrong.reports.xlsx.shown import Shown, goal_format, shown_for
from ipstrong.reports.xlsx.table import Amount, Cell, Column, Missing, Verdict, Words

_ONE, _ZERO = Decimal(1), Decimal(0)


def score_columns(context: Context) -> list[Column]:
    """Return the columns of the scorecard."""
    head = context.head
    is_long = context.layout.is_long
    front = [Column("region", head("region"), 8, 16), Column("area", head("area"), 8, 16)] if is_long else []
    years = [
        Column(f"year{year}", context.say(words.YEAR_HEAD, year=year), 6.5, 14) for year in context.scorecard.years
    ]
    return [
        *front,
        Column("number", head("number"), 4.5, 6),
        Column("target", head("target"), 16, 19),
        Column("department", head("department"), 9, 11 if context.lang == "zh" else 17),
        Column("unit", head("unit"), 5.5, 7.5 if context.lang == "zh" else 12),
        Column("base", head("base"), 7),
        *years,
        Column("latest", head("latest"), 7.5),
        Column("latest_year", head("latest_year"), 6, 8),
        Column("goal", head("goal"), 8),
        Column("gap", head("gap"), 8),
        Column("attainment", head("attainment"), 8),
        Column("yoy", head("yoy"), 8),
        Column("expected", head("expected"), 8),
        Column("pace", head("pace"), 6.5),
        Column("needed", head("needed"), 7.5),
        Column("projection", head("projection"), 7),
        Column("status", head("status"), 9.5, 11),
        Column("disputed", head("disputed"), 6.5, 10.5),
        Column("note", head("note"), 22, 38),
    ]


def column_positions(columns: list[Column]) -> dict[str, int]:
    """Return the 0-based position of each column."""
    return {column.id: position for position, column in enumerate(columns)}


def way_of(result: Result, cell: Callable[[str], str]) -> Way:
    """Return the cells and years of a result; `cell` gives the address of a field of its line."""
    target = result.target
    base_year = (
        result.base.period.year
        if isinstance(result.base, Figure)
        else (result.readings[0].base_year if result.readings else target.base_year)
    )
    return Way(
        base=cell("base"),
        base_year=base_year,
        latest=cell("latest"),
        latest_year=result.latest.period.year if isinstance(result.latest, Figure) else base_year,
        target=cell("goal"),
        deadline=target.deadline,
        direction=target.comparator.direction if target.comparator else 1,
        upper=upper_bound(result),
    )


def upper_bound(result: Result) -> str:
    """Return the upper bound of a range as a constant; empty for every other target."""
    target = result.target
    return f"{target.upper:f}" if target.comparator is Comparator.BETWEEN and target.upper is not None else ""


@dataclass(frozen=True, slots=True)
class Line:
    """One result and its place."""

    context: Context
    number: int
    """Number of the result in the scorecard."""
    result: Result
    shown: Shown
    way: Way

    def cells(self) -> list[Cell]:
        """Return the cells of the scorecard, in the order of its columns."""
        result, say = self.result, self.context.say
        target = result.target
        front: list[Cell] = []
        if self.context.layout.is_long:
            area = area_name(self.context.scorecard, result, self.context.lang)
            front = [Words(say(result.region_name)), Words(area, small=True)]
        return [
            *front,
            Amount(Decimal(target.number), YEAR, align="center"),
            Words(say(target.name), bold=True),
            Words("\n".join(self.context.departments(target.departments)), small=True),
            Words(self._units(), align="center", small=True),
            self._figure(result.base, self._base_format),
            *self._series(),
            self._figure(result.latest, self.shown.value, bold=True),
            self._latest_year(),
            self._goal(),
            self._amount(result.gap, self.shown.gap, derived.gap(self.way), bold=True),
            self._amount(result.attainment, attainment_format, derived.attainment(self.way)),
            self._year_on_year(),
            self._amount(result.expected, self._expected_format, derived.expected(self.way)),
            self._pace(result.pace, derived.pace(self.way)),
            self._amount(result.needed_per_year, self.shown.need, derived.needed_per_year(self.way)),
            self._amount(result.projection, self.shown.derived, derived.projection(self.way)),
            Verdict(result.status, say(result.status.text)),
            Words(say(words.DISPUTED_MARK) if result.disputed else "", align="center", bold=True),
            Words(note_of(self.context, result), small=True),
        ]

    def _units(self) -> str:
        """Return the target's unit, and below it the unit of the yearly values where that is another."""
        unit = format_unit(self.result.target.unit, self.context.lang)
        yearly = format_unit(self.shown.series_unit, self.context.lang)
        return f"{unit}\n({yearly})" if unit and yearly and yearly != unit else unit

    def _base_format(self, value: Decimal) -> NumberFormat:
        return self.shown.series(value) if self.result.target.is_growth else self.shown.value(value)

    def _expected_format(self, value: Decimal) -> NumberFormat:
        latest = self.result.latest
        return self.shown.derived(value, *((latest.value,) if isinstance(latest, Figure) else ()))

    def _figure(
        self, figure: Figure | NotComputed, shown: Callable[[Decimal], NumberFormat], *, bold: bool = False
    ) -> Cell:
        if isinstance(figure, NotComputed):
            return Missing(self.context.reason(figure))
        return Amount(figure.value, shown(figure.value), self.context.figure_formula(figure), bold=bold)

    def _series(self) -> list[Cell]:
        years = self.context.scorecard.years
        nothing = self.result.reason or NotComputed(Reason.MANUAL)
        held = self.result.series or (nothing,) * len(years)
        return [self._figure(figure, self.shown.series) for figure in held]

    def _latest_year(self) -> Cell:
        latest = self.result.latest
        if isinstance(latest, NotComputed):
            return Missing("")
        return Amount(Decimal(latest.period.year), YEAR)

    def _goal(self) -> Cell:
        value = self.result.target_value
        if value is None:
            return Missing(self.context.reason(self.result.reason) if self.result.reason else "")
        return Amount(value, goal_format(self.shown, self.result, value))

    def _amount(
        self,
        value: Decimal | NotComputed,
        shown: Callable[[Decimal], NumberFormat],
        formula: str,
        *,
        bold: bool = False,
    ) -> Cell:
        if isinstance(value, NotComputed):
            return Missing(self.context.reason(value))
        return Amount(value, shown(value), formula, bold=bold)

    def _pace(self, pace: Pace | NotComputed, formula: str) -> Cell:
        if isinstance(pace, NotComputed):
            return Missing(self.context.reason(pace))
        preset = self.context.scorecard.plan.pace
        return Amount(pace.ratio, RATIO.clear_of(pace.ratio, preset.on_track, preset.slow, _ZERO), formula)

    def _year_on_year(self) -> Cell:
        value = self.result.yoy
        if isinstance(value, NotComputed):
            return Missing(self.context.reason(value))
        shown = self.shown.gap(value) if self.result.yoy_in_points else GROWTH.clear_of(value, _ZERO)
        if self.result.yoy_in_points:
            shown = shown._replace(suffix="百分点" if self.context.lang == "zh" else " pp")
        latest, before = self._years()
        if not latest or not before:
            return Amount(value, shown, remark=self.context.say(words.NOT_LISTED_YEAR))
        return Amount(value, shown, derived.year_on_year(latest, before, in_points=self.result.yoy_in_points))

    def _years(self) -> tuple[str, str]:
        """Return the cells of the latest year and of the year before; empty where the line has no such year."""
        latest = self.result.latest
        year = latest.period.year if isinstance(latest, Figure) else 0
        held = dict(zip(self.context.scorecard.years, self.result.series, strict=False))
        this, before = (
            self.cell(f"year{each}") if isinstance(held.get(each), Figure) else "" for each in (year, year - 1)
        )
        return this, before

    def cell(self, field: str) -> str:
        """Return the address of a field of this line, within its sheet."""
        return a1(self.context.spot(self.number).row, self.context.columns[field])


def line_of(context: Context, number: int) -> Line:
    """Return the line of a result."""
    result = context.scorecard.results[number]
    row = context.spot(number).row
    way = way_of(result, lambda field: a1(row, context.columns[field]))
    return Line(context, number, result, shown_for(context, result), way)


def attainment_format(value: Decimal) -> NumberFormat:
    """Return the format of an attainment: never 100 % unless it is."""
    return SHARE.clear_of(value, _ONE, _ZERO)


def note_of(context: Context, result: Result) -> str:
    """Return what a reader must know of a result: why there is no verdict, what is disputed, what was assumed."""
    say = context.say
    parts: list[str] = []
    if result.target.is_manual:
        parts.append(say(result.target.clause.summary))
    elif result.reason is not None:
        parts.append(context.reason(result.reason))
    if result.disputed:
        # A reading without a value turns nothing over; the sheet on conventions says why it has none.
        others = (reading for reading in result.readings[1:] if reading.status is not result.status)
        parts.extend(
            _other_reading(context, result, reading, reading.value)
            for reading in others
            if isinstance(reading.value, Figure)
        )
    if result.status is Status.UNCERTAIN and isinstance(result.latest, Figure):
        low, high = result.latest.low, result.latest.high
        interval = format_interval(low, high, result.target.unit, context.lang, result.target_value)
        parts.append(say(words.INTERVAL_NOTE, interval=interval))
    parts.extend(say(note) for note in result.notes)
    assumption = result.target.assumption
    if assumption is not None and assumption not in result.notes:
        parts.append(say(words.ASSUMPTION, text=assumption))
    return "\n".join(dict.fromkeys(parts))


def _other_reading(context: Context, result: Result, reading: Reading, figure: Figure) -> str:
    name = context.say(reading.convention.name) if reading.convention else ""
    value = format_value(figure.value, result.target.unit, context.lang, anchor=reading.target_value)
    status = context.say(reading.status.text)
    return context.say(words.OTHER_READING, name=name, value=value, status=status)
