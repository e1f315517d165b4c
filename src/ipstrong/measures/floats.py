"""The measures of `progress` once more, in columns of binary floating point, for tables of thousands of regions.

They give the same numbers to ten digits in a hundredth of the time. What they cannot give to ten digits, or what lies so
near a line that the last bits would decide, is a doubt, and exact arithmetic decides that row instead.

A column is a Polars series with one value a region, null where there is none; where an argument is null, so is the
result. Arithmetic and comparisons of series are quick, methods that Polars turns into expressions are not: thence
`chosen` and `some` instead of `abs` and `fill_null` where either does.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

NEAR = 1e-9
"""Relative distance from a line below which a double does not decide."""

_CANCELS = 1e-5
"""A difference smaller than this share of its parts may have lost the tenth digit."""

_WHOLE = float(2**53)


class UnsureError(Exception):
    """A whole column for exact arithmetic."""


class Doubts:
    """The rows that are for exact arithmetic."""

    def __init__(self) -> None:
        """Begin without a doubt."""
        self._rows: pl.Series | None = None

    def add(self, rows: pl.Series, among: pl.Series | None = None) -> None:
        """Doubt the rows that are true, of those alone that are true in `among`, which says what is worked out at all."""
        if among is not None:
            rows = rows & among
        if rows.any():
            rows = sure(rows)
            self._rows = rows if self._rows is None else self._rows | rows

    def rows(self, length: int) -> pl.Series:
        """Return a column of `length` rows that is true where there is a doubt."""
        return constant(value=False, length=length) if self._rows is None else self._rows


class Way(NamedTuple):
    """The way from base to target: values and the years they belong to."""

    base: pl.Series
    base_year: int
    latest: pl.Series
    year: int
    target: pl.Series
    deadline: int


class Beside(NamedTuple):
    """What stands beside a verdict; None where the measure has none."""

    progress: pl.Series | None = None
    expected: pl.Series | None = None
    pace: pl.Series | None = None
    growth_pace: pl.Series | None = None
    needed_per_year: pl.Series | None = None
    projection: pl.Series | None = None
    growth_projection: pl.Series | None = None
    eta: pl.Series | None = None


NOTHING = Beside()


# --- columns ----------------------------------------------------------------------------------------------------------


def constant(*, value: float | bool, length: int) -> pl.Series:
    """Return a column of one value."""
    return pl.Series([value]).new_from_index(0, length)


def sure(mask: pl.Series) -> pl.Series:
    """Return a mask with false for null."""
    return mask.fill_null(value=False) if mask.null_count() else mask


def present(column: pl.Series) -> pl.Series:
    """Return where a column has a value."""
    return column.is_not_null() if column.null_count() else constant(value=True, length=len(column))


def where(mask: pl.Series, column: pl.Series) -> pl.Series:
    """Return a column with null where the mask is not true."""
    mask = sure(mask)
    return (
        column
        if mask.all()
        else column.zip_with(mask, pl.Series([None], dtype=column.dtype).new_from_index(0, len(column)))
    )


def chosen(mask: pl.Series, yes: pl.Series, no: pl.Series) -> pl.Series:
    """Return `yes` where the mask is true, else `no`."""
    return yes.zip_with(sure(mask), no)


def some(column: pl.Series) -> pl.Series | None:
    """Return the column, None where it holds no value at all."""
    return None if column.null_count() == len(column) else column


# --- measures ---------------------------------------------------------------------------------------------------------


def minus(left: pl.Series, right: pl.Series, doubts: Doubts, rows: pl.Series | None = None) -> pl.Series:
    """Return `left - right`, good to ten digits; where too many digits cancel is a doubt, of `rows` alone."""
    difference = left - right
    is_zero = left == 0.0
    share = difference / (chosen(is_zero, constant(value=1.0, length=len(left)), left) if is_zero.any() else left)
    near = (share > -_CANCELS) & (share < _CANCELS) & (difference != 0.0)
    if near.any():
        # Whole numbers that a double holds are subtracted exactly, however near they are.
        exact = (left.floor() == left) & (right.floor() == right) & (left > -_WHOLE) & (left < _WHOLE)
        doubts.add(near & ~exact, rows)
    return difference


def is_above(value: pl.Series, line: pl.Series, doubts: Doubts, rows: pl.Series | None = None) -> pl.Series:
    """Return whether `value` lies above `line`; on the line, or near it, is a doubt, of `rows` alone."""
    distance = value - line
    size = line.abs()
    one = constant(value=1.0, length=len(line))
    margin = chosen(size > one, size, one) * NEAR
    doubts.add((distance <= margin) & (distance >= margin * -1.0), rows)
    return distance > 0.0


def gap(latest: pl.Series, target: pl.Series, direction: int, upper: pl.Series | None, doubts: Doubts) -> pl.Series:
    """Return `progress.gap`."""
    if direction > 0:
        return minus(latest, target, doubts)
    if direction < 0:
        return minus(target, latest, doubts)
    below = minus(latest, target, doubts)
    if upper is None:
        return below
    above = minus(upper, latest, doubts)
    return chosen(above < below, above, below)


def attainment(latest: pl.Series, target: pl.Series, direction: int, upper: pl.Series | None) -> pl.Series:
    """Return `progress.attainment`."""
    over, under = (target, latest) if direction < 0 else (latest, target)
    share = where(under != 0.0, over / under)
    if direction == 0:
        share = chosen(latest >= target, constant(value=1.0, length=len(latest)), share)
        if upper is not None:
            share = chosen(latest > upper, upper / latest, share)
    return share


def year_on_year(
    latest: pl.Series, before: pl.Series, doubts: Doubts, *, in_points: bool, rows: pl.Series | None = None
) -> pl.Series:
    """Return `progress.year_on_year`."""
    if in_points:
        return minus(latest, before, doubts, rows)
    grows = before > 0.0
    if grows.all():
        return minus(latest, before, doubts, rows) / before
    rows = grows if rows is None else grows & rows
    return where(grows, minus(latest, before, doubts, rows) / before)


def average_growth(
    base: pl.Series, latest: pl.Series, years: int, doubts: Doubts, rows: pl.Series | None = None
) -> pl.Series:
    """Return `growth.geometric_growth` of two columns; `base` is positive, `latest` not negative."""
    factor = (latest / base) ** (1 / years)
    return minus(factor, constant(value=1.0, length=len(base)), doubts, rows) * 100.0


def pace(way: Way, doubts: Doubts, rows: pl.Series | None = None) -> pl.Series:
    """Return the ratio of `progress.pace`; the base does not meet the target, and time has gone."""
    whole = way.deadline - way.base_year
    share = minus(way.latest, way.base, doubts, rows) / minus(way.target, way.base, doubts, rows)
    return share * float(whole) / float(min(way.year - way.base_year, whole))


def has_way(
    base: pl.Series, target: pl.Series, upwards: pl.Series, doubts: Doubts, rows: pl.Series | None = None
) -> pl.Series:
    """Return whether the base falls short of the target, which lies above where `upwards` is true."""
    return is_above(target, base, doubts, rows) == upwards


def beside(way: Way, upwards: pl.Series, met: pl.Series, doubts: Doubts, rows: pl.Series) -> Beside:
    """Return all that stands beside levels on their way from base to target, in `rows` alone.

    Args:
        way: Base, latest value and target.
        upwards: Where more is better.
        met: Where the latest value meets the target.
        doubts: Added to.
        rows: Where there is a base.
    """
    base, base_year, latest, year, target, deadline = way
    elapsed, whole = year - base_year, deadline - base_year
    done = has_way(base, target, upwards, doubts, rows) & rows
    distance, gone = minus(target, base, doubts, rows), minus(latest, base, doubts, rows)
    missing = minus(target, latest, doubts, rows)
    share = where(done, gone / distance)
    moving, ahead = elapsed > 0 and whole > 0, elapsed > 0 and year < deadline
    positive = (base > 0.0) & (latest > 0.0) & rows
    leads_there = ((missing > 0.0) == upwards) & (missing != 0.0) & ((gone > 0.0) == upwards) & (gone != 0.0) & rows
    return Beside(
        progress=some(share),
        expected=_expected(way, distance, rows, doubts) if whole > 0 else None,
        pace=some(share * float(whole) / float(min(elapsed, whole))) if moving else None,
        growth_pace=_growth_pace(way, positive & done & (target > 0.0), doubts) if moving else None,
        needed_per_year=None if year >= deadline else some(where(rows & ~sure(met), missing / float(deadline - year))),
        projection=where(rows, minus(base, gone * float(whole) / float(-elapsed), doubts, rows)) if ahead else None,
        growth_projection=_grown(base, latest, whole / elapsed, positive, doubts) if ahead else None,
        eta=some(where(leads_there, missing * float(elapsed) / gone + float(year))) if elapsed > 0 else None,
    )


def _expected(way: Way, distance: pl.Series, rows: pl.Series, doubts: Doubts) -> pl.Series:
    share = (way.year - way.base_year) / (way.deadline - way.base_year)
    return where(rows, way.target if share >= 1.0 else minus(way.base, distance * -share, doubts, rows))


def _grown(base: pl.Series, latest: pl.Series, power: float, rows: pl.Series, doubts: Doubts) -> pl.Series | None:
    if not rows.any():
        return None
    grown = base * (latest / base) ** power
    doubts.add(grown > _MOST, rows)
    return where(rows, grown)


def _growth_pace(way: Way, rows: pl.Series, doubts: Doubts) -> pl.Series | None:
    if not rows.any():
        return None
    elapsed, whole = way.year - way.base_year, way.deadline - way.base_year
    made = average_growth(way.base, way.latest, elapsed, doubts, rows)
    return where(rows, made / average_growth(way.base, way.target, whole, doubts, rows))


_MOST = 1e300
"""What grows beyond this is for decimals, which do not overflow."""
