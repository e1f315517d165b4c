"""From plan and dataset to the scorecard: results in the plan's order, totals made once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, overload

import polars as pl

from ipstrong.diagnostics import Finding, sorted_findings
from ipstrong.measures.progress import (
    Way,
    attainment,
    eta,
    expected,
    growth_pace,
    growth_projection,
    needed_per_year,
    pace,
    progress,
    projection,
    year_on_year,
)
from ipstrong.measures.score import grade, weighted_score
from ipstrong.model.dataset import Dataset, ValueStatus
from ipstrong.model.period import parse_period
from ipstrong.model.plan import Convention, MeasureKind, Plan, RegionKind, Target
from ipstrong.model.result import (
    Figure,
    Line,
    NotComputed,
    Pace,
    Reading,
    Reason,
    Result,
    Scorecard,
    Status,
    Summary,
)
from ipstrong.scoring.book import Book
from ipstrong.scoring.figures import Figures
from ipstrong.scoring.verdict import Judge, Terms, Verdict, terms_of, way_direction, way_of
from ipstrong.texts import Text, same

Number = Decimal | NotComputed


def latest_day(dataset: Dataset) -> dt.date | None:
    """Return the last day of the latest period that has a matched value; None when there is none."""
    matched = pl.col("indicator").is_not_null() & pl.col("value").is_not_null()
    names = dataset.frame.lazy().filter(matched).select(pl.col("period").cast(pl.String).unique()).collect()
    periods = (parse_period(name) for name in names.get_column("period").to_list() if name is not None)
    return max((period.last_day for period in periods if period is not None), default=None)


def score(
    plan: Plan,
    dataset: Dataset,
    *,
    as_of: dt.date,
    regions: Sequence[str] | None = None,
    findings: Sequence[Finding] = (),
) -> Scorecard:
    """Return the scorecard of a plan over a dataset.

    Args:
        plan: the plan.
        dataset: what was read.
        as_of: the day of assessment; yearly values count once their year has ended by then.
        regions: plan region ids or names in the data, in the order wanted; None for the plan's home region; an empty
            sequence for every region that has data, the nation excepted.
        findings: findings of the plan, to stand beside those of the data.

    A figure that cannot be computed carries its reason; nothing here raises for what the data lack.
    """
    book = Book(dataset, None if regions is not None and not regions else _needed_regions(plan, regions))
    figures = Figures(plan, book)
    as_of_year = as_of.year if (as_of.month, as_of.day) == (12, 31) else as_of.year - 1
    judge = Judge(plan, book, figures, as_of_year)
    wanted = _all_regions(plan, book) if regions is not None and not regions else list(regions or [plan.home])
    years = tuple(range(plan.base_year, min(as_of_year, plan.end_year) + 1)) or (plan.base_year,)
    scorer = _Scorer(plan, book, judge, figures, years)
    results: Sequence[Result]
    lines: tuple[Line, ...] = ()
    if len(wanted) > _MANY:
        results, lines = ManyResults(scorer, wanted), tuple(line for region in wanted for line in scorer.lines(region))
    else:
        results = tuple(result for region in wanted for result in scorer.results(region))
    summaries = _summaries(plan, lines or results)
    every_finding = sorted_findings((*dataset.findings, *findings))
    return Scorecard(plan, as_of, years, results, summaries, dataset, every_finding, lines)


_MANY = 50
"""Number of regions beyond which results are scored in short, and in full only when asked for."""


def _needed_regions(plan: Plan, regions: Sequence[str] | None) -> set[str]:
    """Return the regions whose values can enter a result: those asked for, peers and denominators' regions."""
    needed = {region.id for region in plan.regions if region.kind is not RegionKind.PART} | {plan.home}
    return needed.union(regions or ())


def _all_regions(plan: Plan, book: Book) -> list[str]:
    """Return the regions with data: the plan's in its order, then the others as they appear; no nation."""
    present = set(book.regions())
    named = [region.id for region in plan.regions if region.kind is not RegionKind.NATION and region.id in present]
    known = {region.id for region in plan.regions}
    return named + [region for region in book.regions() if region not in known]


class ManyResults(Sequence[Result]):
    """The results of many regions in full, each region made when asked for; one region is kept at a time."""

    def __init__(self, scorer: _Scorer, regions: Sequence[str]) -> None:
        """Keep whom to ask."""
        self._scorer = scorer
        self._regions = regions
        self._number = -1
        self._made: tuple[Result, ...] = ()

    def __len__(self) -> int:
        """Return how many results there are."""
        return len(self._regions) * self._scorer.n_targets

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Result, ...]: ...
    def __getitem__(self, index: int | slice) -> Result | tuple[Result, ...]:
        """Return a result, or several."""
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        number, target = divmod(index % len(self), self._scorer.n_targets)
        if number != self._number:
            self._number, self._made = number, tuple(self._scorer.results(self._regions[number]))
        return self._made[target]


class _Scorer:
    """Makes results; keeps what does not change from region to region."""

    def __init__(self, plan: Plan, book: Book, judge: Judge, figures: Figures, years: tuple[int, ...]) -> None:
        self._plan = plan
        self._book = book
        self._judge = judge
        self._figures = figures
        self._years = years
        self._units = {indicator.id: indicator.unit for indicator in plan.indicators}
        self._terms: list[tuple[Target, list[tuple[Convention | None, Terms]]]] = [
            (
                target,
                [] if target.is_manual else [(each, terms_of(target, each)) for each in target.conventions or (None,)],
            )
            for target in plan.targets
        ]
        self._region_names = {region.id: region.name for region in plan.regions}
        self.n_targets = len(plan.targets)

    def _name(self, region: str) -> Text:
        return self._region_names.get(region) or same(region)

    def results(self, region: str) -> Iterator[Result]:
        """Yield the results of a region in the plan's order."""
        name = self._name(region)
        for target, readings in self._terms:
            yield self._result(target, readings, region, name) if readings else _manual(target, region, name)

    def lines(self, region: str) -> Iterator[Line]:
        """Yield the results of a region in short, and drop what was made for them."""
        name = self._name(region)
        for target, readings in self._terms:
            yield self._line(target, readings, region, name) if readings else _manual_line(target, region, name)
        self._figures.forget(region)

    def _line(self, target: Target, readings: list[tuple[Convention | None, Terms]], region: str, name: Text) -> Line:
        judge = self._judge.judge
        verdict = judge(target, readings[0][1], region)
        terms, figure = verdict.terms, verdict.figure
        beside = _beside(self._plan, target, verdict)
        in_points = self._units[terms.indicator].is_percent
        return Line(
            target,
            region,
            name,
            verdict.status,
            any(_differs(verdict, judge(target, other, region)) for _, other in readings[1:]),
            verdict.base,
            figure,
            terms.value,
            verdict.gap,
            _attainment(verdict),
            *beside,
            self._year_on_year(target, terms, region, figure, in_points=in_points),
            in_points,
            verdict.reason,
        )

    def _result(
        self, target: Target, readings: list[tuple[Convention | None, Terms]], region: str, name: Text
    ) -> Result:
        verdicts = [self._judge.judge(target, terms, region) for _, terms in readings]
        verdict = verdicts[0]
        terms = verdict.terms
        beside = _beside(self._plan, target, verdict)
        series = tuple(self._figures.get(terms.indicator, region, year, terms.view) for year in self._years)
        in_points = self._units[terms.indicator].is_percent
        figure = verdict.figure
        return Result(
            target=target,
            region=region,
            region_name=name,
            status=verdict.status,
            disputed=any(_differs(verdict, other) for other in verdicts[1:]),
            met_now=verdict.met,
            base=verdict.base,
            latest=figure,
            series=series,
            target_value=terms.value,
            gap=verdict.gap,
            attainment=_attainment(verdict),
            progress=beside.progress,
            expected=beside.expected,
            pace=beside.pace,
            growth_pace=beside.growth_pace,
            needed_per_year=beside.needed,
            projection=beside.projection,
            growth_projection=beside.growth_projection,
            eta=beside.eta,
            yoy=self._year_on_year(target, terms, region, figure, in_points=in_points),
            yoy_in_points=in_points,
            readings=tuple(
                Reading(
                    convention,
                    other.terms.value,
                    other.terms.base_year,
                    other.figure,
                    other.met,
                    other.status,
                    other.gap,
                )
                for (convention, _), other in zip(readings, verdicts, strict=True)
            ),
            reason=verdict.reason,
            notes=verdict.notes + self._status_notes(figure),
        )

    def _year_on_year(
        self, target: Target, terms: Terms, region: str, figure: Figure | NotComputed, *, in_points: bool
    ) -> Number:
        if isinstance(figure, NotComputed):
            return figure
        if target.measure is MeasureKind.RANK:
            return _NO_WAY[MeasureKind.RANK]
        year = figure.period.year
        latest = self._figures.get(terms.indicator, region, year, terms.view)
        before = self._figures.get(terms.indicator, region, year - 1, terms.view)
        if isinstance(latest, NotComputed):
            return latest
        if isinstance(before, NotComputed):
            return before
        return year_on_year(latest.value, before.value, in_points=in_points)

    def _status_notes(self, figure: Figure | NotComputed) -> tuple[Text, ...]:
        """Return notes on inputs that are not final."""
        if self._book.all_final or isinstance(figure, NotComputed):
            return ()
        states = {observation.status for observation in figure.observations}
        notes = []
        if ValueStatus.PROVISIONAL in states:
            notes.append(Text("所用数据含初步数", "uses provisional values"))
        if ValueStatus.ESTIMATE in states:
            notes.append(Text("所用数据含估计或推算数", "uses estimated values"))
        return tuple(notes)


class _Beside(NamedTuple):
    """What stands beside a verdict; each a figure, or the reason why the measure has none."""

    progress: Number
    expected: Number
    pace: Pace | NotComputed
    growth_pace: Pace | NotComputed
    needed: Number
    projection: Number
    growth_projection: Number
    eta: Number


_NO_WAY = {
    MeasureKind.AVERAGE_GROWTH: NotComputed(Reason.IS_GROWTH),
    MeasureKind.RANK: NotComputed(Reason.IS_RANK),
    MeasureKind.EVERY_YEAR: NotComputed(Reason.IS_EVERY_YEAR),
}
_REACHED = NotComputed(Reason.ALREADY_MET)
_MANUAL = NotComputed(Reason.MANUAL)
"""Measures that have no way from base to target: pace and projection would be about something else."""


def _beside(plan: Plan, target: Target, verdict: Verdict) -> _Beside:
    refusal = _NO_WAY.get(target.measure)
    latest, base = verdict.figure, verdict.base
    if refusal is not None or isinstance(latest, NotComputed):
        why = refusal or latest
        assert isinstance(why, NotComputed)
        return _Beside(why, why, why, why, why, why, why, why)
    if isinstance(base, NotComputed):
        # The need from here on asks for no base; a stand-in keeps the formula in one place.
        needed = _needed(way_of(target, verdict.terms, latest, latest), verdict.met)
        return _Beside(base, base, base, base, needed, base, base, base)
    way = way_of(target, verdict.terms, base, latest)
    direction = way_direction(verdict.terms, latest)
    return _Beside(
        progress(way.base, way.latest, way.target, direction),
        expected(way),
        pace(way, direction, plan.pace),
        growth_pace(way, direction, plan.pace),
        _needed(way, verdict.met),
        projection(way),
        growth_projection(way),
        eta(way, direction),
    )


def _needed(way: Way, met: bool | None) -> Number:
    return _REACHED if met else needed_per_year(way)


def _attainment(verdict: Verdict) -> Number:
    if isinstance(verdict.figure, NotComputed):
        return verdict.figure
    terms = verdict.terms
    return attainment(verdict.figure.value, terms.value, terms.direction, terms.upper)


def _differs(first: Verdict, other: Verdict) -> bool:
    """Return whether another reading turns the verdict over; where one of them has none, nothing is turned."""
    if first.status in _NO_VERDICT or other.status in _NO_VERDICT:
        return False
    if first.met is not None and other.met is not None and first.met != other.met:
        return True
    return first.is_good is not None and other.is_good is not None and first.is_good != other.is_good


def _manual(target: Target, region: str, name: Text) -> Result:
    why = _MANUAL
    return Result(
        target=target,
        region=region,
        region_name=name,
        status=Status.MANUAL,
        disputed=False,
        met_now=None,
        base=why,
        latest=why,
        series=(),
        target_value=None,
        gap=why,
        attainment=why,
        progress=why,
        expected=why,
        pace=why,
        growth_pace=why,
        needed_per_year=why,
        projection=why,
        growth_projection=why,
        eta=why,
        yoy=why,
        yoy_in_points=False,
        readings=(),
        reason=why,
    )


_NO_VERDICT = frozenset({Status.NO_DATA, Status.NOT_DUE})

_SCORED = (Status.MET, Status.ON_TRACK, Status.BEHIND, Status.MISSED, Status.UNCERTAIN)
"""Statuses that rest on a value and so enter the weighted score."""


def _manual_line(target: Target, region: str, name: Text) -> Line:
    figures = (_MANUAL,) * 11
    return Line(target, region, name, Status.MANUAL, False, _MANUAL, _MANUAL, None, *figures, False, _MANUAL)


def _summaries(plan: Plan, results: Sequence[Result | Line]) -> tuple[Summary, ...]:
    """Return a summary a region; `results` holds the targets of one region after those of another."""
    n_targets = len(plan.targets)
    whole = sum((target.weight for target in plan.targets if not target.is_manual), Decimal(0))
    starts = range(0, len(results), n_targets or 1)
    return tuple(_summarise(results[start : start + n_targets], whole) for start in starts)


def _summarise(results: Sequence[Result | Line], whole: Decimal) -> Summary:
    statuses = [result.status for result in results]
    parts = [
        (result.target.weight, result.attainment)
        for result in results
        if result.status in _SCORED and isinstance(result.attainment, Decimal)
    ]
    made = weighted_score(parts)
    return Summary(
        region=results[0].region,
        region_name=results[0].region_name,
        counts={status: statuses.count(status) for status in Status},
        n_disputed=sum(result.disputed for result in results),
        score=NotComputed(Reason.NO_DATA) if made is None else made,
        grade=None if made is None else grade(made),
        weight_assessed=sum((weight for weight, _ in parts), Decimal(0)),
        weight_total=whole,
    )
