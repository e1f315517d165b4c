"""Results: every target of the plan for a region, with the numbers next to the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ipstrong.measures.progress import (
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
from ipstrong.model.formula import Quantities
from ipstrong.model.plan import MeasureKind, Plan, Target
from ipstrong.model.result import Figure, NotComputed, Reason, Result, Status
from ipstrong.scoring.indicator_figures import Figures, YearlyFigures
from ipstrong.scoring.observation_index import ObservationIndex
from ipstrong.scoring.verdict import Interpretation, Judge, Verdict, differs, interpret
from ipstrong.texts import Text, same

_STRAIGHT = ("progress", "expected", "pace", "needed_per_year", "projection", "eta")
_PATH_FIELDS = (*_STRAIGHT, "growth_pace", "growth_projection")
_NUMBERS = ("gap", "attainment", *_PATH_FIELDS, "yoy")
_NO_PATH = {
    MeasureKind.AVERAGE_GROWTH: NotComputed(Reason.IS_GROWTH),
    MeasureKind.RANK: NotComputed(Reason.IS_RANK),
    MeasureKind.EVERY_YEAR: NotComputed(Reason.IS_EVERY_YEAR),
}
"""Measures without a path from base to target: pace and projection would be about something else."""
_ALREADY_MET = NotComputed(Reason.ALREADY_MET)
_MANUAL = NotComputed(Reason.MANUAL)


class Scorer:
    """Makes results; keeps what is the same for every region."""

    def __init__(
        self, plan: Plan, index: ObservationIndex, figures: Figures, as_of_year: int, years: tuple[int, ...]
    ) -> None:
        """Interpret every target once."""
        self._pace = plan.pace
        self._index = index
        self._judge = Judge(plan, index, as_of_year)
        self._years = years
        self._targets = [(target, interpret(plan, figures, target)) for target in plan.targets]
        self._region_names = {region.id: region.name for region in plan.regions}

    def results(self, region: str) -> Iterator[Result]:
        """Yield the results of a region in the plan's order."""
        name = self._region_names.get(region) or same(region)
        for target, interpretations in self._targets:
            if interpretations:
                yield self._result(target, interpretations, region, name)
            else:
                yield _manual(target, region, name)

    def _result(self, target: Target, interpretations: list[Interpretation], region: str, name: Text) -> Result:
        verdicts = [self._judge.judge(target, by, region) for by in interpretations]
        readings = tuple([verdict.reading for verdict in verdicts])
        verdict, reading, by = verdicts[0], readings[0], interpretations[0]
        numbers, given = self._numbers(target, verdict, region)
        return Result(
            target=target,
            region=region,
            region_name=name,
            status=reading.status,
            disputed=any(differs(reading, other) for other in readings[1:]),
            met_now=reading.met,
            base=verdict.base,
            latest=reading.value,
            series=YearlyFigures(by.figures, region, self._years),
            target_value=by.value,
            yoy_in_points=by.figures.indicator.unit.is_percent,
            readings=readings,
            reason=verdict.reason,
            notes=verdict.notes + self._status_notes(reading.value),
            derivations=by.derivations,
            quantities=given,
            **numbers,
        )

    def _numbers(self, target: Target, verdict: Verdict, region: str) -> tuple[dict[str, Any], Quantities]:
        """Return the numbers next to a verdict, or the reason for each that has none, and what they are computed from."""
        figure, base, given, by = verdict.reading.value, verdict.base, verdict.given, verdict.by.derivations
        no_path = _NO_PATH.get(target.measure)
        if isinstance(figure, NotComputed):
            numbers: dict[str, Any] = dict.fromkeys(_NUMBERS, figure)
            if no_path is not None:
                numbers |= dict.fromkeys(_PATH_FIELDS, no_path)
            return numbers, given
        yoy: Decimal | NotComputed
        if target.measure is MeasureKind.RANK:
            yoy = _NO_PATH[MeasureKind.RANK]
        else:
            year = figure.period.year
            current, previous = (verdict.by.figures.get(region, each) for each in (year, year - 1))
            if isinstance(current, NotComputed):
                yoy = current
            elif isinstance(previous, NotComputed):
                yoy = previous
            else:
                given = given._replace(current=current.value, previous=previous.value)
                yoy = year_on_year(given, by, in_points=verdict.by.figures.indicator.unit.is_percent)
        numbers = {"gap": verdict.reading.gap, "attainment": attainment(given, by), "yoy": yoy}
        if no_path is not None:
            return numbers | dict.fromkeys(_PATH_FIELDS, no_path), given
        needed = _ALREADY_MET if verdict.reading.met else needed_per_year(given, by)
        if isinstance(base, NotComputed):
            return numbers | dict.fromkeys(_PATH_FIELDS, base) | {"needed_per_year": needed}, given
        return {
            **numbers,
            "progress": progress(given, by),
            "expected": expected(given, by),
            "pace": pace(given, by, self._pace),
            "growth_pace": growth_pace(given, by, self._pace),
            "needed_per_year": needed,
            "projection": projection(given, by),
            "growth_projection": growth_projection(given, by),
            "eta": eta(given, by),
        }, given

    def _status_notes(self, figure: Figure | NotComputed) -> tuple[Text, ...]:
        """Return notes on inputs that are not final."""
        if self._index.all_final or isinstance(figure, NotComputed):
            return ()
        states = {observation.status for observation in figure.observations}
        notes = []
        if ValueStatus.PROVISIONAL in states:
            notes.append(Text("所用数据含初步数", "uses provisional values"))
        if ValueStatus.ESTIMATE in states:
            notes.append(Text("所用数据含估计或推算数", "uses estimated values"))
        return tuple(notes)


def _manual(target: Target, region: str, name: Text) -> Result:
    numbers: dict[str, Any] = dict.fromkeys(_NUMBERS, _MANUAL)
    return Result(
        target=target,
        region=region,
        region_name=name,
        status=Status.MANUAL,
        disputed=False,
        met_now=None,
        base=_MANUAL,
        latest=_MANUAL,
        series=(),
        target_value=None,
        yoy_in_points=False,
        readings=(),
        reason=_MANUAL,
        **numbers,
    )
