"""How the numbers next to a verdict follow from base, latest value, target and years: one formula each.

`measures/progress.py` computes them and says when there is none; explanations and the workbook write the same formulas.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ipstrong.model.formula import (
    BASE,
    CURRENT,
    ELAPSED_YEARS,
    LATEST,
    LATEST_YEAR,
    ONE,
    PREVIOUS,
    REMAINING_YEARS,
    TARGET,
    TOTAL_YEARS,
    UPPER,
    Aggregate,
    Choice,
    Formula,
    Operation,
    Power,
)


class Derivations(NamedTuple):
    """The formulas for one kind of target, over the quantities of a result; named as the fields of `Result`."""

    direction: int
    """+1 where more is better, -1 where less is better, 0 for a range."""
    goal: Formula
    """The end of the path from the base: the target, or the upper bound of a range for a value above it."""
    gap: Formula
    attainment: Formula
    progress: Formula
    expected: Formula
    pace: Formula
    growth_pace: Formula
    needed_per_year: Formula
    projection: Formula
    growth_projection: Formula
    eta: Formula
    yoy: Formula


@lru_cache(maxsize=16)
def derivations(direction: int, *, is_range: bool, in_points: bool) -> Derivations:
    """Return the formulas.

    Args:
        direction: +1 where more is better, -1 where less is better.
        is_range: whether the target has an upper bound; then `direction` does not count.
        in_points: whether the indicator is a percent, whose changes are differences.
    """
    goal: Formula = TARGET
    gap, attainment = _minus(LATEST, TARGET), _over(LATEST, TARGET)
    if is_range:
        direction, goal = 0, Choice(LATEST, UPPER, UPPER, TARGET)
        gap = Aggregate("min", (gap, _minus(UPPER, LATEST)))
        inside_or_above = Choice(LATEST, UPPER, _over(UPPER, LATEST), ONE)
        attainment = Choice(TARGET, LATEST, attainment, inside_or_above)
    elif direction < 0:
        gap, attainment = _minus(TARGET, LATEST), _over(TARGET, LATEST)
    change, path = _minus(LATEST, BASE), _minus(goal, BASE)
    progress = _over(change, path)
    yearly_growth = Power(_over(LATEST, BASE), ONE, ELAPSED_YEARS)
    needed_growth = Power(_over(goal, BASE), ONE, TOTAL_YEARS)
    return Derivations(
        direction=direction,
        goal=goal,
        gap=gap,
        attainment=attainment,
        progress=progress,
        expected=_plus(BASE, _over(_times(path, ELAPSED_YEARS), TOTAL_YEARS)),
        pace=_over(progress, _over(ELAPSED_YEARS, TOTAL_YEARS)),
        growth_pace=_over(_minus(yearly_growth, ONE), _minus(needed_growth, ONE)),
        needed_per_year=_over(_minus(goal, LATEST), REMAINING_YEARS),
        projection=_plus(BASE, _over(_times(change, TOTAL_YEARS), ELAPSED_YEARS)),
        growth_projection=_times(BASE, Power(_over(LATEST, BASE), TOTAL_YEARS, ELAPSED_YEARS)),
        eta=_plus(LATEST_YEAR, _over(_times(_minus(goal, LATEST), ELAPSED_YEARS), change)),
        yoy=_minus(CURRENT, PREVIOUS) if in_points else _minus(_over(CURRENT, PREVIOUS), ONE),
    )


def _plus(left: Formula, right: Formula) -> Formula:
    return Operation("+", left, right)


def _minus(left: Formula, right: Formula) -> Formula:
    return Operation("-", left, right)


def _times(left: Formula, right: Formula) -> Formula:
    return Operation("*", left, right)


def _over(left: Formula, right: Formula) -> Formula:
    return Operation("/", left, right)
