"""Results in full: every target of the plan for a region, with all that stands beside the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

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
from ipstrong.model.dataset import ValueStatus
from ipstrong.model.plan import Convention, MeasureKind, Plan, Target
from ipstrong.model.result import Figure, NotComputed, Pace, Reading, Reason, Result, Status
from ipstrong.scoring.book import Book
from ipstrong.scoring.figures import Figures
from ipstrong.scoring.verdict import Judge, Terms, Verdict, differs, terms_of, way_direction, way_of
from ipstrong.texts import Text, same

Number = Decimal | NotComputed


class Scorer:
    """Makes results; keeps what does not change from region to region."""

    def __init__(self, plan: Plan, book: Book, judge: Judge, figures: Figures, years: tuple[int, ...]) -> None:
        """Keep what every result needs."""
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

    def results(self, region: str) -> Iterator[Result]:
        """Yield the results of a region in the plan's order."""
        name = self._region_names.get(region) or same(region)
        for target, readings in self._terms:
            yield self._result(target, readings, region, name) if readings else _manual(target, region, name)

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
            disputed=any(differs(verdict.met, verdict.status, other.met, other.status) for other in verdicts[1:]),
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
