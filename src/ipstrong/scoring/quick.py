"""Targets judged for all regions at once in doubles; what a double cannot decide goes to `verdict`.

The rules are those of `verdict`, cut down to the regular case: the value of the last year is there, inputs are plain
numbers, and no line is nearer than the last bits. `tests/unit/scoring/test_many_regions.py` holds both to the same lines.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import polars as pl

from ipstrong.measures.floats import (
    NEAR,
    Doubts,
    UnsureError,
    Way,
    average_growth,
    chosen,
    constant,
    has_way,
    is_above,
    minus,
    pace,
    present,
    sure,
    where,
)
from ipstrong.model.lines import PlaceColumn
from ipstrong.model.plan import Comparator, Mean, MeasureKind, Nature, Plan, Rounding, Target
from ipstrong.model.result import CellPlace, Status
from ipstrong.scoring.columns import Column, Columns, Points
from ipstrong.scoring.verdict import Terms

STATUSES = tuple(Status)
"""A column of statuses holds numbers of this list."""
_NUMBERS = {status: number for number, status in enumerate(STATUSES)}


class Found(NamedTuple):
    """What a measure found, a row a region."""

    value: pl.Series
    low: pl.Series
    high: pl.Series
    year: int | pl.Series
    """The year of what the verdict rests on; a column where it differs from region to region."""
    base: pl.Series
    """Null where there is none."""
    base_year: int
    places: tuple[PlaceColumn, ...]
    """Where the inputs of the value and of the base stand."""


class Judged(NamedTuple):
    """The outcome of a target under one reading, a row a region."""

    found: Found
    met: pl.Series
    """Whether the value meets the target; null where the interval straddles it."""
    status: pl.Series
    empty: pl.Series
    """Regions that have not one value."""


class _Peers(NamedTuple):
    """The values of the peers of a year, sorted, and where they stand."""

    values: pl.Series
    lows: pl.Series
    highs: pl.Series
    are_exact: bool
    places: tuple[CellPlace, ...]


class QuickReading:
    """One target under one reading."""

    def __init__(self, plan: Plan, columns: Columns, target: Target, terms: Terms, as_of_year: int) -> None:
        """Work out all that does not change from region to region.

        Raises:
            UnsureError: for a reading that only figures follow.
        """
        self.target = target
        self.terms = terms
        self.column: Column = columns.column(terms.indicator, terms.view)
        self.last = min(as_of_year, target.deadline)
        self.is_due = as_of_year >= target.deadline
        self.direction = terms.direction
        natures = {indicator.id: indicator.nature for indicator in plan.indicators}
        self.measure = target.measure
        if self.measure is MeasureKind.CUMULATIVE and natures[terms.indicator] is not Nature.FLOW:
            self.measure = MeasureKind.LEVEL
        self.is_rank = self.measure is MeasureKind.RANK
        if terms.rounding is not Rounding.FULL or self.last <= terms.base_year:
            raise UnsureError
        if self.is_rank and terms.comparator is not Comparator.LE:
            raise UnsureError
        if self.measure is MeasureKind.AVERAGE_GROWTH and terms.mean is Mean.CUMULATIVE:
            raise UnsureError
        self._columns = columns
        self._length = len(columns.panel)
        self.goal = self._constant(float(terms.value))
        self.upper = None if terms.upper is None else self._constant(float(terms.upper))
        self._on_track = float(plan.pace.on_track)
        self.peers: tuple[CellPlace, ...] = ()
        """Where the values of the peers stand, once they were judged."""
        self._find: Callable[[Doubts], Found] = {
            MeasureKind.LEVEL: self._level,
            MeasureKind.RANGE: self._level,
            MeasureKind.EVERY_YEAR: self._every_year,
            MeasureKind.CUMULATIVE: self._cumulative,
            MeasureKind.AVERAGE_GROWTH: self._growth,
            MeasureKind.RANK: self._rank,
        }[self.measure]

    def judge(self, doubts: Doubts) -> Judged | None:
        """Return the verdicts, None where no region has a value.

        Raises:
            UnsureError: where only figures can tell of any region.
        """
        empty = self.column.is_empty()
        if empty is None:
            empty = self._constant(value=False)
        elif empty.all():
            return None
        own = Doubts()
        found = self._find(own)
        own.add(found.value.is_null())
        met = self._meets(found, own)
        judged = Judged(found, met, self._status(found, met, own), empty)
        doubts.add(own.rows(self._length), ~empty)
        return judged

    def _constant(self, value: float) -> pl.Series:
        return constant(value=value, length=self._length)

    # --- the value ----------------------------------------------------------------------------------------------------

    def _points_of(self, year: int, doubts: Doubts) -> Points:
        """Return the values of a year, blanks where there are none."""
        points = self.column.get(year, doubts)
        if points is not None:
            return points
        blank = pl.Series([None], dtype=pl.Float64).new_from_index(0, self._length)
        return Points(blank, blank, blank, ())

    def _level(self, doubts: Doubts) -> Found:
        latest = self._points_of(self.last, doubts)
        base = self._points_of(self.terms.base_year, doubts)
        return Found(*latest[:3], self.last, base.value, self.terms.base_year, (*latest.places, *base.places))

    def _points(self, first: int, doubts: Doubts) -> list[Points]:
        points = [self._points_of(year, doubts) for year in range(first, self.last + 1)]
        if not points:
            raise UnsureError
        return points

    def _every_year(self, doubts: Doubts) -> Found:
        first = self.target.start_year
        points = self._points(first, doubts)
        value, low, high, *_ = points[0]
        year = pl.Series([first]).new_from_index(0, self._length)
        for number, other in enumerate(points[1:], start=1):
            worse = self._is_worse(other.value, value)
            value, low, high = (
                chosen(worse, other.value, value),
                chosen(self._is_worse(other.low, low), other.low, low),
                chosen(self._is_worse(other.high, high), other.high, high),
            )
            year = chosen(worse, pl.Series([first + number]).new_from_index(0, self._length), year)
        for point in points:
            doubts.add(point.value.is_null())
        base = self._points_of(self.terms.base_year, doubts)
        if all(point.are_exact for point in points):
            low = high = value
        every = tuple(place for point in points for place in point.places)
        return Found(value, low, high, year, base.value, self.terms.base_year, (*every, *base.places))

    def _is_worse(self, one: pl.Series, other: pl.Series) -> pl.Series:
        return one < other if self.terms.direction >= 0 else one > other

    def _cumulative(self, doubts: Doubts) -> Found:
        first = self.target.start_year
        points = self._points(first, doubts)
        value, low, high = (self._sum([*parts]) for parts in zip(*(point[:3] for point in points), strict=True))
        if all(point.are_exact for point in points):
            low = high = value
        places = tuple(place for point in points for place in point.places)
        return Found(value, low, high, self.last, self._constant(0.0), first - 1, places)

    def _growth(self, doubts: Doubts) -> Found:
        base_year = self.terms.base_year
        if self.terms.mean is Mean.ARITHMETIC:
            points = self._points(base_year, doubts)
            places = tuple(place for point in points for place in point.places)
            return Found(*self._arithmetic(points, doubts), self.last, points[0].value, base_year, places)
        base, latest = self._points_of(base_year, doubts), self._points_of(self.last, doubts)
        positive = (base.low > 0.0) & (latest.low >= 0.0)
        doubts.add(~positive)
        doubts.add(base.value.is_null() | latest.value.is_null())
        n = self.last - base_year
        value = low = high = average_growth(base.value, latest.value, n, doubts, positive)
        if not (base.are_exact and latest.are_exact):
            low = average_growth(base.high, latest.low, n, doubts, positive)
            high = average_growth(base.low, latest.high, n, doubts, positive)
        return Found(value, low, high, self.last, base.value, base_year, (*latest.places, *base.places))

    def _arithmetic(self, points: list[Points], doubts: Doubts) -> tuple[pl.Series, pl.Series, pl.Series]:
        """Return the arithmetic mean of the yearly growth rates, with its interval."""
        for point in points:
            doubts.add(~(point.low > 0.0) | point.value.is_null())
        value = self._mean([after.value / before.value for before, after in pairwise(points)], doubts)
        if all(point.are_exact for point in points):
            return value, value, value
        low = self._mean([after.low / before.high for before, after in pairwise(points)], doubts)
        high = self._mean([after.high / before.low for before, after in pairwise(points)], doubts)
        return value, low, high

    def _mean(self, ratios: list[pl.Series], doubts: Doubts) -> pl.Series:
        return minus(self._sum(ratios) / float(len(ratios)), self._constant(1.0), doubts) * 100.0

    def _sum(self, parts: list[pl.Series]) -> pl.Series:
        total = self._constant(0.0)
        for part in parts:
            total += part
        return total

    # --- the rank -----------------------------------------------------------------------------------------------------

    def _rank(self, doubts: Doubts) -> Found:
        base_year = self.terms.base_year
        latest, base = self._points_of(self.last, doubts), self._points_of(base_year, doubts)
        doubts.add(latest.value.is_null() | base.value.is_null())
        peers = set(self.target.peers)
        doubts.add(pl.Series([region in peers for region in self._columns.panel.regions]))
        known, before = self._peers_of(self.last), self._peers_of(base_year)
        self.peers = (*known.places, *before.places)
        base_place = _place(base, before, doubts)[0]
        return Found(*_place(latest, known, doubts), self.last, base_place, base_year, (*latest.places, *base.places))

    def _peers_of(self, year: int) -> _Peers:
        doubts = Doubts()
        column = self._columns.of(self.target.peers).column(self.terms.indicator, self.terms.view)
        points = column.get(year, doubts)
        if points is None or doubts.rows(len(self.target.peers)).any():
            raise UnsureError
        if not points.value.count():
            raise UnsureError
        values, lows, highs = (part.drop_nulls().sort() for part in points[:3])
        found = [place.get(number) for number in range(len(self.target.peers)) for place in points.places]
        places = tuple(place for place in found if place is not None)
        return _Peers(values, lows, highs, (points.low == points.high).all(), places)

    # --- the verdict --------------------------------------------------------------------------------------------------

    def _meets(self, found: Found, doubts: Doubts) -> pl.Series:
        middle = self._holds(found.value, doubts)
        if found.low is found.value and found.high is found.value:
            return middle
        low, high = self._holds(found.low, doubts), self._holds(found.high, doubts)
        settled = (low == middle) & (middle == high)
        if self.upper is not None:  # an interval wider than the range
            settled &= ~((found.low < self.goal) & (found.high > self.upper))
        return where(settled, middle)

    def _holds(self, value: pl.Series, doubts: Doubts) -> pl.Series:
        if self.is_rank:  # places are whole numbers, which doubles compare exactly
            return value <= self.goal
        above = is_above(value, self.goal, doubts)
        if self.direction > 0:
            return above
        if self.direction < 0:
            return ~above
        return above if self.upper is None else above & ~is_above(value, self.upper, doubts, above)

    def _status(self, found: Found, met: pl.Series, doubts: Doubts) -> pl.Series:
        status = self._settled(found, met, doubts)
        unclear = met.is_null() if met.null_count() else None
        return status if unclear is None else chosen(unclear, self._all(Status.UNCERTAIN), status)

    def _settled(self, found: Found, met: pl.Series, doubts: Doubts) -> pl.Series:
        """Return the statuses where `met` is known."""
        if self.measure is MeasureKind.EVERY_YEAR:
            return chosen(met, self._all(Status.MET if self.is_due else Status.ON_TRACK), self._all(Status.MISSED))
        if self.is_due:
            return chosen(met, self._all(Status.MET), self._all(Status.MISSED))
        if self.measure is MeasureKind.AVERAGE_GROWTH:
            return chosen(met, self._all(Status.ON_TRACK), self._all(Status.BEHIND))
        short = self._all(Status.BEHIND)
        if self.measure is not MeasureKind.RANK:
            on_track = self._is_on_the_way(found, sure(~met), doubts)
            short = chosen(on_track, self._all(Status.ON_TRACK), short)
        return chosen(met, self._all(Status.MET), short)

    def _all(self, status: Status) -> pl.Series:
        return pl.Series([_NUMBERS[status]], dtype=pl.UInt8).new_from_index(0, self._length)

    def _is_on_the_way(self, found: Found, rows: pl.Series, doubts: Doubts) -> pl.Series:
        """Return which of `rows` keep pace with the straight line from base to target."""
        way, upwards = self.way(found, rows, doubts)
        falls_short = has_way(way.base, way.target, upwards, doubts, rows) & rows
        track = self._constant(self._on_track)
        return is_above(pace(way, doubts, falls_short), track, doubts, falls_short) & falls_short

    def way(self, found: Found, rows: pl.Series, doubts: Doubts) -> tuple[Way, pl.Series]:
        """Return the way from base to target, and where it leads upwards; no base is a doubt, of `rows` alone."""
        doubts.add(~present(found.base), rows)
        assert isinstance(found.year, int)  # yearly targets have no way
        goal, upwards = self.goal, self._constant(value=self.direction >= 0)
        if self.direction == 0 and self.upper is not None:
            upwards = sure(found.value <= self.upper)
            goal = chosen(upwards, goal, self.upper)
        return Way(found.base, found.base_year, found.value, found.year, goal, self.target.deadline), upwards


def _place(own: Points, peers: _Peers, doubts: Doubts) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Return the place among the peers, the best and the worst that printed precision allows."""
    place = _n_above(peers.values, own.value, doubts)
    if peers.are_exact and (own.are_exact or (own.low == own.high).all()):
        return place, place, place
    return place, _n_above(peers.lows, own.high, doubts), _n_above(peers.highs, own.low, doubts)


def _n_above(values: pl.Series, line: pl.Series, doubts: Doubts) -> pl.Series:
    """Return one more than how many of the sorted values lie above a line."""
    margin = line.abs() * NEAR
    below = values.search_sorted(line + margin, side="right")
    doubts.add(below != values.search_sorted(line - margin, side="left"))
    return (len(values) - below.cast(pl.Float64)) + 1.0
