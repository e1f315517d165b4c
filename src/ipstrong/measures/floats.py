"""The measures of `progress` once more, in binary floating point, for tables of thousands of regions.

They give the same numbers to ten digits in a tenth of the time. What they cannot give to ten digits, or what lies
so near a line that the last bits would decide, raises `UnsureError`, and exact arithmetic decides instead.
"""

from __future__ import annotations

from typing import NamedTuple

NEAR = 1e-9
"""Relative distance from a line below which a double does not decide."""

_CANCELS = 1e-5
"""A difference smaller than this share of its parts may have lost the tenth digit."""

_WHOLE = float(2**53)


class UnsureError(Exception):
    """A case for exact arithmetic."""


class Way(NamedTuple):
    """The way from base to target: values and the years they belong to."""

    base: float
    base_year: int
    latest: float
    year: int
    target: float
    deadline: int


class Beside(NamedTuple):
    """What stands beside a verdict; None where the measure has none."""

    progress: float | None = None
    expected: float | None = None
    pace: float | None = None
    growth_pace: float | None = None
    needed_per_year: float | None = None
    projection: float | None = None
    growth_projection: float | None = None
    eta: float | None = None


NOTHING = Beside()


def minus(left: float, right: float) -> float:
    """Return `left - right`, good to ten digits.

    Raises:
        UnsureError: when too many digits cancel.
    """
    difference = left - right
    if -_CANCELS < difference / (left or 1.0) < _CANCELS and difference:
        # Whole numbers that a double holds are subtracted exactly, however near they are.
        if left.is_integer() and right.is_integer() and -_WHOLE < left < _WHOLE:
            return difference
        raise UnsureError
    return difference


def is_above(value: float, line: float) -> bool:
    """Return whether `value` lies above `line`.

    Raises:
        UnsureError: when it lies on the line, or so near that exact arithmetic has to say.
    """
    distance = value - line
    if abs(distance) <= NEAR * max(abs(line), 1.0):
        raise UnsureError
    return distance > 0


def gap(latest: float, target: float, direction: int, upper: float | None) -> float:
    """Return `progress.gap`."""
    if direction > 0:
        return minus(latest, target)
    if direction < 0:
        return minus(target, latest)
    below = minus(latest, target)
    return below if upper is None else min(below, minus(upper, latest))


def attainment(latest: float, target: float, direction: int, upper: float | None) -> float | None:
    """Return `progress.attainment`."""
    if direction == 0:
        if upper is not None and latest > upper:
            return upper / latest
        if latest >= target:
            return 1.0
        direction = 1
    over, under = (latest, target) if direction > 0 else (target, latest)
    return over / under if under else None


def year_on_year(latest: float, before: float, *, in_points: bool) -> float | None:
    """Return `progress.year_on_year`."""
    if in_points:
        return minus(latest, before)
    return minus(latest, before) / before if before > 0 else None


def average_growth(base: float, latest: float, years: int) -> float:
    """Return `growth.geometric_growth` of two numbers; `base` is positive, `latest` not negative."""
    return 100 * minus((latest / base) ** (1 / years), 1.0)


def pace(way: Way) -> float:
    """Return the ratio of `progress.pace`; the base does not meet the target, and time has gone."""
    whole = way.deadline - way.base_year
    return minus(way.latest, way.base) / minus(way.target, way.base) * whole / min(way.year - way.base_year, whole)


def has_way(base: float, target: float, direction: int) -> bool:
    """Return whether the base falls short of the target."""
    return is_above(target, base) == (direction > 0)


def beside(way: Way, direction: int, *, met: bool | None) -> Beside:
    """Return all that stands beside a level on its way from base to target."""
    base, base_year, latest, year, target, deadline = way
    elapsed, whole = year - base_year, deadline - base_year
    done = has_way(base, target, direction)
    distance, gone = minus(target, base), minus(latest, base)
    moving = elapsed > 0 and whole > 0
    grows = moving and base > 0 and latest > 0
    ahead = elapsed > 0 and year < deadline
    missing = minus(target, latest)
    leads_there = missing * direction > 0 and elapsed > 0 and gone * direction > 0
    return Beside(
        progress=gone / distance if done else None,
        expected=base + distance * min(1.0, elapsed / whole) if whole > 0 else None,
        pace=gone / distance * whole / min(elapsed, whole) if done and moving else None,
        growth_pace=_growth_pace(base, latest, elapsed, target, whole) if grows and target > 0 and done else None,
        needed_per_year=None if met or year >= deadline else missing / (deadline - year),
        projection=base + gone * whole / elapsed if ahead else None,
        growth_projection=base * (latest / base) ** (whole / elapsed) if ahead and base > 0 and latest > 0 else None,
        eta=year + missing * elapsed / gone if leads_there else None,
    )


def _growth_pace(base: float, latest: float, elapsed: int, target: float, whole: int) -> float:
    return average_growth(base, latest, elapsed) / average_growth(base, target, whole)
