"""The measures in doubles agree with the exact ones to ten digits, or say that they cannot."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.measures import floats, progress
from ipstrong.measures.compare import meets
from ipstrong.measures.exact import CONTEXT, root
from ipstrong.measures.floats import Doubts, Way
from ipstrong.model.expr import Num
from ipstrong.model.period import year
from ipstrong.model.plan import Comparator
from ipstrong.model.result import Figure, Pace
from ipstrong.planfile.presets import PRESETS

PRESET = next(iter(PRESETS.values()))

amounts = st.one_of(
    st.decimals(min_value=1, max_value=10**9, places=2),
    st.integers(min_value=1, max_value=10**12).map(Decimal),
)
years = st.integers(min_value=0, max_value=8)


class UnsettledError(Exception):
    """The row is for exact arithmetic."""


def column(value: Decimal | float) -> pl.Series:
    """A column of one row."""
    return pl.Series([float(value)])


def settled(made: pl.Series | None, doubts: Doubts) -> float | None:
    """The only row of a column that was worked out."""
    if doubts.rows(1)[0]:
        raise UnsettledError
    return None if made is None else made[0]


def same(short: pl.Series | float | None, exact: object) -> bool:
    """Whether a number in short is the exact one to ten digits; None stands for a number that was refused."""
    if isinstance(short, pl.Series):
        short = short[0]
    if isinstance(exact, Pace):
        exact = exact.ratio
    if not isinstance(exact, Decimal):
        return short is None
    return short is not None and bool(short == pytest.approx(float(exact), rel=1e-10, abs=1e-12))


@given(amounts, amounts, amounts, years, years, st.sampled_from([1, -1]), st.booleans())
def test_what_stands_beside_a_level(
    base: Decimal, latest: Decimal, target: Decimal, gone: int, ahead: int, direction: int, met: bool
) -> None:
    exact = progress.Way(base, 2018, latest, 2018 + gone, target, 2018 + ahead)
    doubts = Doubts()
    way = Way(column(base), 2018, column(latest), 2018 + gone, column(target), 2018 + ahead)
    short = floats.beside(way, pl.Series([direction > 0]), pl.Series([met]), doubts, pl.Series([True]))
    if doubts.rows(1)[0]:
        return
    assert same(short.progress, progress.progress(base, latest, target, direction))
    assert same(short.expected, progress.expected(exact))
    assert same(short.pace, progress.pace(exact, direction, PRESET))
    assert same(short.growth_pace, progress.growth_pace(exact, direction, PRESET))
    assert same(short.needed_per_year, None if met else progress.needed_per_year(exact))
    assert same(short.projection, progress.projection(exact))
    assert same(short.growth_projection, progress.growth_projection(exact))
    assert same(short.eta, progress.eta(exact, direction))


@given(amounts, amounts, st.sampled_from([1, -1, 0]), st.one_of(st.none(), amounts))
def test_gap_and_attainment(latest: Decimal, target: Decimal, direction: int, above: Decimal | None) -> None:
    upper = None if above is None or direction else target + above
    limit = None if upper is None else column(upper)
    doubts = Doubts()
    short = floats.gap(column(latest), column(target), direction, limit, doubts)
    if not doubts.rows(1)[0]:
        assert same(short, progress.gap(latest, target, direction, upper))
    attained = floats.attainment(column(latest), column(target), direction, limit)
    assert same(attained, progress.attainment(latest, target, direction, upper))


@given(amounts, amounts, st.booleans())
def test_change_on_the_year_before(latest: Decimal, before: Decimal, in_points: bool) -> None:
    doubts = Doubts()
    short = floats.year_on_year(column(latest), column(before), doubts, in_points=in_points)
    if doubts.rows(1)[0]:
        return
    assert same(short, progress.year_on_year(latest, before, in_points=in_points))


@given(amounts, amounts, st.integers(min_value=1, max_value=10))
def test_average_growth(base: Decimal, latest: Decimal, n: int) -> None:
    doubts = Doubts()
    short = floats.average_growth(column(base), column(latest), n, doubts)
    if doubts.rows(1)[0]:
        return
    assert same(short, (root(CONTEXT.divide(latest, base), n) - 1) * 100)


@given(amounts, st.decimals(min_value=-1, max_value=1, places=18))
def test_a_double_never_decides_against_exact_arithmetic(line: Decimal, offset: Decimal) -> None:
    value = line + offset
    figure = Figure(year(2021), value, value, value, Num(value))
    doubts = Doubts()
    above = floats.is_above(column(value), column(line), doubts)
    if doubts.rows(1)[0]:
        return
    assert above[0] == meets(figure, Comparator.GT, line)


@pytest.mark.parametrize("value", [100.0, 100.0 + 1e-8, 100.0 - 1e-8])
def test_on_the_line_nothing_is_decided(value: float) -> None:
    doubts = Doubts()
    with pytest.raises(UnsettledError):
        settled(floats.is_above(column(value), column(100), doubts), doubts)


def test_a_doubt_counts_only_where_the_number_is_needed() -> None:
    doubts = Doubts()
    on_the_line = pl.Series([100.0, 100.0, 7.0])
    floats.is_above(on_the_line, pl.Series([100.0, 100.0, 100.0]), doubts, pl.Series([True, False, True]))
    assert doubts.rows(3).to_list() == [True, False, False]
    doubts.add(pl.Series([None, None, True]))
    assert doubts.rows(3).to_list() == [True, False, True]


def difference(left: float, right: float) -> float | None:
    doubts = Doubts()
    return settled(floats.minus(column(left), column(right), doubts), doubts)


def test_a_difference_that_cancels_is_refused_unless_both_are_whole() -> None:
    assert difference(1_000_000_001.0, 1_000_000_000.0) == 1.0
    assert difference(12.5, 12.5) == 0.0
    assert difference(0.0, 3.5) == -3.5
    with pytest.raises(UnsettledError):
        difference(100000.1, 100000.0)


@pytest.mark.parametrize(("latest", "before"), [(5.0, 0.0), (5.0, -2.0)])
def test_no_growth_over_nothing(latest: float, before: float) -> None:
    doubts = Doubts()
    assert settled(floats.year_on_year(column(latest), column(before), doubts, in_points=False), doubts) is None
    assert floats.attainment(column(latest), column(0.0), 1, None)[0] is None
    assert floats.attainment(column(0.0), column(latest), -1, None)[0] is None


def test_a_blank_stays_a_blank() -> None:
    doubts = Doubts()
    some, blank = pl.Series([2.0, 2.0]), pl.Series([1.0, None])
    assert floats.minus(some, blank, doubts).to_list() == [1.0, None]
    assert floats.year_on_year(some, blank, doubts, in_points=False).to_list() == [1.0, None]
    assert not doubts.rows(2).any()


def test_what_overflows_a_double_is_left_to_decimals() -> None:
    doubts = Doubts()
    way = Way(column(1e-200), 2018, column(1e200), 2019, column(2e200), 2023)
    floats.beside(way, pl.Series([True]), pl.Series([False]), doubts, pl.Series([True]))
    assert doubts.rows(1).to_list() == [True]
