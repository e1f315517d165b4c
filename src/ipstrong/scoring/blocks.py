"""The lines of a target over all regions: what `quick` judged, with what stands beside it."""

from __future__ import annotations

import polars as pl

from ipstrong.measures.floats import (
    NOTHING,
    Beside,
    Doubts,
    UnsureError,
    attainment,
    beside,
    gap,
    present,
    sure,
    where,
    year_on_year,
)
from ipstrong.model.lines import Block, Numbers
from ipstrong.model.plan import MeasureKind, Plan, Target
from ipstrong.model.result import Reason, Status
from ipstrong.scoring.columns import Columns
from ipstrong.scoring.quick import STATUSES, Found, Judged, QuickReading
from ipstrong.scoring.verdict import Terms, is_good

_NO_WAY = (MeasureKind.AVERAGE_GROWTH, MeasureKind.RANK, MeasureKind.EVERY_YEAR)
"""Measures that have no way from base to target."""

_SIMPLE_WITHOUT = (MeasureKind.LEVEL, MeasureKind.RANGE, MeasureKind.EVERY_YEAR, MeasureKind.AVERAGE_GROWTH)
"""Measures that have no value where the indicator has none: a rank may be published, a sum begins with nothing."""

_GOOD = pl.Series([is_good(status) for status in STATUSES])


def manual_block(target: Target, length: int) -> Block:
    """Return the lines of a target that a person decides."""
    return Block(target, [Status.MANUAL] * length, Reason.MANUAL)


def make_block(
    plan: Plan, columns: Columns, target: Target, readings: list[Terms], as_of_year: int, doubts: Doubts
) -> Block:
    """Return the lines of a target over all regions of the columns; those that are for figures alone are doubts.

    Raises:
        UnsureError: where that is every line.
    """
    first, *others = [QuickReading(plan, columns, target, terms, as_of_year) for terms in readings]
    length = len(columns.panel)
    judged = first.judge(doubts)
    if first.measure not in _SIMPLE_WITHOUT:
        if judged is None:
            raise UnsureError
        doubts.add(judged.empty)
    goal = first.terms.value
    if judged is None:
        return Block(target, [Status.NO_DATA] * length, Reason.NO_DATA, target_value=goal)
    disputed = [_turned(judged, other.judge(doubts)) for other in others]
    units = {indicator.id: indicator.unit for indicator in plan.indicators}
    in_points = units[first.terms.indicator].is_percent
    found = judged.found
    block = Block(
        target,
        _statuses(judged),
        Reason.NO_DATA,
        [any(each) for each in zip(*disputed, strict=True)] if disputed else None,
        goal,
        _years(judged, length),
        yoy_in_points=in_points,
        places=found.places,
        peers=first.peers,
    )
    block.latest, block.base = _listed(found.value), _listed(found.base)
    exact = found.low is found.value and found.high is found.value
    block.low, block.high = (block.latest,) * 2 if exact else (_listed(found.low), _listed(found.high))
    block.gap = _listed(gap(found.value, first.goal, first.direction, first.upper, doubts))
    block.attainment = _listed(attainment(found.value, first.goal, first.direction, first.upper))
    block.yoy = _change(first, found, doubts, in_points=in_points)
    for name, column in _beside(first, judged, doubts)._asdict().items():
        setattr(block, name, _listed(column))
    return block


def _listed(column: pl.Series | None) -> Numbers:
    return None if column is None or column.null_count() == len(column) else column.to_list()


def _statuses(judged: Judged) -> list[Status]:
    found = [STATUSES[number] for number in judged.status.to_list()]
    if judged.empty.any():
        found = [Status.NO_DATA if is_empty else each for each, is_empty in zip(found, judged.empty, strict=True)]
    return found


def _years(judged: Judged, length: int) -> list[int | None]:
    year = judged.found.year
    years: list[int | None] = [year] * length if isinstance(year, int) else year.to_list()
    if judged.empty.any():
        years = [None if is_empty else each for each, is_empty in zip(years, judged.empty, strict=True)]
    return years


def _turned(judged: Judged, other: Judged | None) -> list[bool]:
    """Return where another reading turns the verdict over; one without a value turns nothing, whatever the reason."""
    if other is None:
        return [False] * len(judged.met)
    good, other_good = (_GOOD.gather(each.status) for each in (judged, other))
    turned = sure(judged.met != other.met) | sure(good != other_good)
    return (turned & ~other.empty).to_list()


def _beside(reading: QuickReading, judged: Judged, doubts: Doubts) -> Beside:
    if reading.measure in _NO_WAY:
        return NOTHING
    found = judged.found
    rows = ~judged.empty
    if reading.is_due:  # before the deadline there would still be the need from here on
        rows &= present(found.base)
    own = Doubts()
    way, upwards = reading.way(found, rows, own)
    made = beside(way, upwards, judged.met, own, rows)
    doubts.add(own.rows(len(rows)), rows)
    return made


def _change(reading: QuickReading, found: Found, doubts: Doubts, *, in_points: bool) -> Numbers:
    """Return the change of the indicator on the year before."""
    if reading.measure is MeasureKind.RANK:
        return None
    if isinstance(found.year, int):
        column = _change_in(reading, found.year, doubts, None, in_points=in_points)
        return _listed(column)
    changed: pl.Series | None = None
    for year in found.year.unique().sort().to_list():
        rows = found.year == year
        column = _change_in(reading, year, doubts, rows, in_points=in_points)
        if column is not None:
            changed = where(rows, column) if changed is None else column.zip_with(rows, changed)
    return _listed(changed)


def _change_in(
    reading: QuickReading, year: int, doubts: Doubts, rows: pl.Series | None, *, in_points: bool
) -> pl.Series | None:
    latest = reading.column.get(year, doubts, rows)
    before = reading.column.get(year - 1, doubts, rows)
    if latest is None or before is None:
        return None
    return year_on_year(latest.value, before.value, doubts, in_points=in_points, rows=rows)
