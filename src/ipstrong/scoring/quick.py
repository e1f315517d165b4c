"""Targets judged for one region after the other in doubles; what a double cannot decide goes to `verdict`.

The rules are those of `verdict`, cut down to the regular case: the value of the last year is there, inputs are plain
numbers, and no line is nearer than the last bits. `tests/unit/scoring/test_many_regions.py` holds both to the same lines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from decimal import Decimal
from itertools import chain
from operator import truediv
from typing import NamedTuple

from ipstrong.measures.floats import (
    NEAR,
    NOTHING,
    Beside,
    UnsureError,
    Way,
    attainment,
    average_growth,
    beside,
    gap,
    has_way,
    is_above,
    minus,
    pace,
    year_on_year,
)
from ipstrong.model.period import year as year_period
from ipstrong.model.plan import Comparator, Mean, MeasureKind, Nature, Plan, Rounding, Target
from ipstrong.model.result import CellPlace, Line, Reason, Status
from ipstrong.scoring.book import Book
from ipstrong.scoring.columns import Column, Columns, Point
from ipstrong.scoring.verdict import Terms, differs
from ipstrong.texts import Text

_Found = tuple[float, float, float, int, float | None, int, tuple[int, ...]]
"""What a measure found: value, low, high and year of what the verdict rests on; value (None where there is none) and year
of the base; the rows of the book that both were made from."""


class _Peers(NamedTuple):
    """The values of the peers of a year, sorted, and the rows of the book where they stand."""

    values: list[float]
    lows: list[float]
    highs: list[float]
    are_exact: bool
    rows: tuple[int, ...]


class QuickReading:
    """One target under one reading."""

    def __init__(self, plan: Plan, columns: Columns, target: Target, terms: Terms, as_of_year: int) -> None:
        """Work out all that does not change from region to region.

        Raises:
            UnsureError: for a reading that only figures follow.
        """
        self.target = target
        self.terms = terms
        self.column = columns.column(terms.indicator, terms.view)
        self.last = min(as_of_year, target.deadline)
        self.is_due = as_of_year >= target.deadline
        self.direction = terms.direction
        self.goal = float(terms.value)
        self.upper = None if terms.upper is None else float(terms.upper)
        self.on_track = float(plan.pace.on_track)
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
        self._peers: dict[int, _Peers] = {}
        self._find: Callable[[Column, str], _Found] = {
            MeasureKind.LEVEL: self._level,
            MeasureKind.RANGE: self._level,
            MeasureKind.EVERY_YEAR: self._every_year,
            MeasureKind.CUMULATIVE: self._cumulative,
            MeasureKind.AVERAGE_GROWTH: self._growth,
            MeasureKind.RANK: self._rank,
        }[self.measure]

    # --- the value ----------------------------------------------------------------------------------------------------

    def find(self, region: str) -> _Found | None:
        """Return what the measure finds in a region, None where the indicator has not one value.

        Raises:
            UnsureError: for anything but the regular case.
        """
        column = self.column
        column.enter(region)
        if column.is_empty:
            return None
        return self._find(column, region)

    def _level(self, column: Column, _region: str) -> _Found:
        latest = column.get(self.last)
        if latest is None:
            raise UnsureError
        base_year = self.terms.base_year
        base = column.get(base_year)
        value, low, high, rows = latest
        if base is None:
            return value, low, high, self.last, None, base_year, rows
        return value, low, high, self.last, base[0], base_year, rows + base[3]

    def _points(self, column: Column, first: int) -> list[Point]:
        points = [column.get(year) for year in range(first, self.last + 1)]
        found = [point for point in points if point is not None]
        if len(found) < len(points) or not points:
            raise UnsureError
        return found

    def _every_year(self, column: Column, _region: str) -> _Found:
        first = self.target.start_year
        points = self._points(column, first)
        pick = min if self.terms.direction >= 0 else max
        values, lows, highs, rows = _turned(points)
        worst = pick(values)
        year = first + values.index(worst)
        base_year = self.terms.base_year
        base = column.get(base_year)
        if base is None:
            return worst, pick(lows), pick(highs), year, None, base_year, rows
        return worst, pick(lows), pick(highs), year, base[0], base_year, rows + base[3]

    def _cumulative(self, column: Column, _region: str) -> _Found:
        first = self.target.start_year
        values, lows, highs, rows = _turned(self._points(column, first))
        return sum(values), sum(lows), sum(highs), self.last, 0.0, first - 1, rows

    def _growth(self, column: Column, _region: str) -> _Found:
        base_year = self.terms.base_year
        if self.terms.mean is Mean.ARITHMETIC:
            points = self._points(column, base_year)
            value, low, high = _arithmetic(points)
            return value, low, high, self.last, points[0][0], base_year, _turned(points)[3]
        base, latest = column.get(base_year), column.get(self.last)
        if base is None or latest is None:
            raise UnsureError
        before, least, most, base_rows = base
        after, fewest, greatest, rows = latest
        if least <= 0 or fewest < 0:
            raise UnsureError
        years = self.last - base_year
        value = low = high = average_growth(before, after, years)
        if least != most or fewest != greatest:
            low, high = average_growth(most, fewest, years), average_growth(least, greatest, years)
        return value, low, high, self.last, before, base_year, rows + base_rows

    def _rank(self, column: Column, region: str) -> _Found:
        latest, base = column.get(self.last), column.get(self.terms.base_year)
        if latest is None or base is None or region in self.target.peers:
            raise UnsureError
        peers, before = self._peers_of(column, region, self.last), self._peers_of(column, region, self.terms.base_year)
        place, surely, maybe = _place(latest, peers)
        base_place = _place(base, before)[0]
        return place, surely, maybe, self.last, base_place, self.terms.base_year, latest[3] + base[3]

    def _peers_of(self, column: Column, region: str, year: int) -> _Peers:
        known = self._peers.get(year)
        if known is None:
            points = []
            for peer in self.target.peers:
                column.enter(peer)
                points.append(column.get(year))
            column.enter(region)
            found = [point for point in points if point is not None]
            if not found:
                raise UnsureError
            values, lows, highs, rows = _turned(found)
            known = _Peers(sorted(values), sorted(lows), sorted(highs), lows == highs, rows)
            self._peers[year] = known
        return known

    def peer_rows(self) -> tuple[int, ...]:
        """Return where the peers' values stand, once a region was ranked."""
        years = (self.last, self.terms.base_year)
        return tuple(row for year in years if year in self._peers for row in self._peers[year].rows)

    # --- the verdict --------------------------------------------------------------------------------------------------

    def judge(self, found: _Found) -> tuple[bool | None, Status]:
        """Return whether the value meets the target, and the status.

        Raises:
            UnsureError: near a line.
        """
        met = self._meets(found)
        if self.measure is MeasureKind.EVERY_YEAR:
            if met is False:
                return met, Status.MISSED
            return met, Status.UNCERTAIN if met is None else Status.MET if self.is_due else Status.ON_TRACK
        if met is None:
            return met, Status.UNCERTAIN
        if self.is_due:
            return met, Status.MET if met else Status.MISSED
        if self.measure is MeasureKind.AVERAGE_GROWTH:
            return met, Status.ON_TRACK if met else Status.BEHIND
        if met:
            return met, Status.MET
        if self.measure is MeasureKind.RANK:
            return met, Status.BEHIND
        return met, self._on_the_way(found)

    def _meets(self, found: _Found) -> bool | None:
        value, least, most, *_ = found
        if least == most:
            return self._holds(value)
        low, middle, high = self._holds(least), self._holds(value), self._holds(most)
        if self.upper is not None and least < self.goal and most > self.upper:
            return None
        return low if low == middle == high else None

    def _holds(self, value: float) -> bool:
        if self.is_rank:  # places are whole numbers, which doubles compare exactly
            return value <= self.goal
        above = is_above(value, self.goal)
        if self.direction == 0:
            return above and (self.upper is None or not is_above(value, self.upper))
        return above == (self.direction > 0)

    def _on_the_way(self, found: _Found) -> Status:
        way, direction = self.way(found)
        if not has_way(way.base, way.target, direction):
            return Status.BEHIND
        return Status.ON_TRACK if is_above(pace(way), self.on_track) else Status.BEHIND

    def way(self, found: _Found) -> tuple[Way, int]:
        """Return the way from base to target, and its direction.

        Raises:
            UnsureError: where there is no base.
        """
        value, _, _, year, base, base_year, _ = found
        if base is None:
            raise UnsureError
        goal, direction = self.goal, self.direction
        if direction == 0:
            direction = 1
            if self.upper is not None and value > self.upper:
                goal, direction = self.upper, -1
        return Way(base, base_year, value, year, goal, self.target.deadline), direction


def _turned(points: list[Point]) -> tuple[list[float], list[float], list[float], tuple[int, ...]]:
    """Return the values, the lows and the highs of points, and all their rows."""
    values, lows, highs, rows = zip(*points, strict=True)
    return [*values], [*lows], [*highs], tuple(chain.from_iterable(rows))


def _arithmetic(points: list[Point]) -> tuple[float, float, float]:
    """Return the arithmetic mean of the yearly growth rates, with its interval."""
    values, lows, highs, _ = _turned(points)
    if min(lows) <= 0:
        raise UnsureError
    n = len(points) - 1
    value = 100 * minus(sum(map(truediv, values[1:], values)) / n, 1.0)
    if lows == highs:
        return value, value, value
    low, high = sum(map(truediv, lows[1:], highs)) / n, sum(map(truediv, highs[1:], lows)) / n
    return value, 100 * minus(low, 1.0), 100 * minus(high, 1.0)


def _place(own: Point, peers: _Peers) -> tuple[float, float, float]:
    """Return the place among the peers, the best and the worst that printed precision allows."""
    value, low, high, _ = own
    place = 1.0 + _n_above(peers.values, value)
    if low == high and peers.are_exact:
        return place, place, place
    return place, 1.0 + _n_above(peers.lows, high), 1.0 + _n_above(peers.highs, low)


def _n_above(values: list[float], line: float) -> int:
    """Return how many of the sorted values lie above a line."""
    margin = NEAR * abs(line)
    n = len(values) - bisect_right(values, line + margin)
    if n != len(values) - bisect_left(values, line - margin):
        raise UnsureError
    return n


class QuickTarget:
    """A target under all its readings, as lines."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a target is judged by
        self, plan: Plan, book: Book, columns: Columns, target: Target, readings: list[Terms], year: int
    ) -> None:
        """Work out all that does not change from region to region.

        Raises:
            UnsureError: for a target that only figures follow.
        """
        self._cells = book.places()
        self.first, *self.others = [QuickReading(plan, columns, target, terms, year) for terms in readings]
        units = {indicator.id: indicator.unit for indicator in plan.indicators}
        self.in_points = units[readings[0].indicator].is_percent
        self._peers: tuple[CellPlace, ...] | None = None

    def line(self, region: str, name: Text) -> Line:
        """Return the result of a region in short.

        Raises:
            UnsureError: for anything but the regular case.
        """
        reading = self.first
        found = reading.find(region)
        terms, target = reading.terms, reading.target
        if found is None:
            if reading.measure not in _SIMPLE_WITHOUT:
                raise UnsureError
            return line_without_value(target, region, name, Status.NO_DATA, Reason.NO_DATA, terms.value)
        met, status = reading.judge(found)
        disputed = False
        for other in self.others:
            disputed = self._is_turned(other, region, met, status) or disputed
        value, low, high, year, base, _, rows = found
        file, sheet, line, column = self._cells
        return Line(
            target,
            region,
            name,
            status,
            disputed,
            None,
            terms.value,
            year_period(year),
            value,
            low,
            high,
            base,
            gap(value, reading.goal, reading.direction, reading.upper),
            attainment(value, reading.goal, reading.direction, reading.upper),
            self._change(year),
            self.in_points,
            *self._beside(found, met),
            tuple([(file[row], sheet[row], line[row], column[row]) for row in dict.fromkeys(rows)]),
            self._peer_places(),
        )

    def _is_turned(self, other: QuickReading, region: str, met: bool | None, status: Status) -> bool:
        found = other.find(region)
        # A reading without a value turns nothing, whatever the reason.
        return found is not None and differs(met, status, *other.judge(found))

    def _beside(self, found: _Found, met: bool | None) -> Beside:
        reading = self.first
        if reading.measure in _NO_WAY:
            return NOTHING
        if found[4] is None and reading.is_due:
            return NOTHING  # before the deadline there would still be the need from here on
        way, direction = reading.way(found)
        return beside(way, direction, met=met)

    def _change(self, year: int) -> float | None:
        """Return the change of the indicator on the year before."""
        reading = self.first
        if reading.measure is MeasureKind.RANK:
            return None
        latest, before = reading.column.get(year), reading.column.get(year - 1)
        if latest is None or before is None:
            return None
        return year_on_year(latest[0], before[0], in_points=self.in_points)

    def _peer_places(self) -> tuple[CellPlace, ...]:
        if self.first.measure is not MeasureKind.RANK:
            return ()
        if self._peers is None:
            file, sheet, line, column = self._cells
            rows = self.first.peer_rows()
            self._peers = tuple((file[row], sheet[row], line[row], column[row]) for row in rows)
        return self._peers


_NO_WAY = (MeasureKind.AVERAGE_GROWTH, MeasureKind.RANK, MeasureKind.EVERY_YEAR)
"""Measures that have no way from base to target."""

_SIMPLE_WITHOUT = (MeasureKind.LEVEL, MeasureKind.RANGE, MeasureKind.EVERY_YEAR, MeasureKind.AVERAGE_GROWTH)
"""Measures that have no value where the indicator has none: a rank may be published, a sum begins with nothing."""


def line_without_value(  # noqa: PLR0913, PLR0917 - the cells of a line that has few
    target: Target, region: str, name: Text, status: Status, reason: Reason, goal: Decimal | None
) -> Line:
    """Return the line of a target that no value was found for."""
    nothing = (None,) * 8
    return Line(target, region, name, status, False, reason, goal, *nothing, False, *NOTHING, ())
