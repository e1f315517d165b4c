"""The measures in doubles agree with the exact ones to ten digits, or say that they cannot."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.measures import floats, progress
from ipstrong.measures.compare import meets
from ipstrong.measures.exact import CONTEXT, root
from ipstrong.measures.floats import UnsureError, Way
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


def same(short: float | None, exact: object) -> bool:
    """Whether a number in short is the exact one to ten digits; None stands for a number that was refused."""
    if isinstance(exact, Pace):
        exact = exact.ratio
    if not isinstance(exact, Decimal):
        return short is None
    return short is not None and short == pytest.approx(float(exact), rel=1e-10, abs=1e-12)


@given(amounts, amounts, amounts, years, years, st.sampled_from([1, -1]), st.booleans())
def test_what_stands_beside_a_level(
    base: Decimal, latest: Decimal, target: Decimal, gone: int, ahead: int, direction: int, met: bool
) -> None:
    exact = progress.Way(base, 2018, latest, 2018 + gone, target, 2018 + ahead)
    try:
        short = floats.beside(
            Way(float(base), 2018, float(latest), 2018 + gone, float(target), 2018 + ahead), direction, met=met
        )
    except UnsureError:
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
    limit = None if upper is None else float(upper)
    try:
        short = floats.gap(float(latest), float(target), direction, limit)
    except UnsureError:
        return
    assert same(short, progress.gap(latest, target, direction, upper))
    attained = floats.attainment(float(latest), float(target), direction, limit)
    assert same(attained, progress.attainment(latest, target, direction, upper))


@given(amounts, amounts, st.booleans())
def test_change_on_the_year_before(latest: Decimal, before: Decimal, in_points: bool) -> None:
    try:
        short = floats.year_on_year(float(latest), float(before), in_points=in_points)
    except UnsureError:
        return
    assert same(short, progress.year_on_year(latest, before, in_points=in_points))


@given(amounts, amounts, st.integers(min_value=1, max_value=10))
def test_average_growth(base: Decimal, latest: Decimal, n: int) -> None:
    try:
        short = floats.average_growth(float(base), float(latest), n)
    except UnsureError:
        return
    assert same(short, (root(CONTEXT.divide(latest, base), n) - 1) * 100)


@given(amounts, st.decimals(min_value=-1, max_value=1, places=18))
def test_a_double_never_decides_against_exact_arithmetic(line: Decimal, offset: Decimal) -> None:
    value = line + offset
    figure = Figure(year(2021), value, value, value, Num(value))
    try:
        above = floats.is_above(float(value), float(line))
    except UnsureError:
        return
    assert above == meets(figure, Comparator.GT, line)


@pytest.mark.parametrize("value", [100.0, 100.0 + 1e-8, 100.0 - 1e-8])
def test_on_the_line_nothing_is_decided(value: float) -> None:
    with pytest.raises(UnsureError):
        floats.is_above(value, 100.0)


def test_a_difference_that_cancels_is_refused_unless_both_are_whole() -> None:
    assert floats.minus(1_000_000_001.0, 1_000_000_000.0) == 1.0
    assert floats.minus(12.5, 12.5) == 0.0
    with pytest.raises(UnsureError):
        floats.minus(100000.1, 100000.0)


@pytest.mark.parametrize(("latest", "before"), [(5.0, 0.0), (5.0, -2.0)])
def test_no_growth_over_nothing(latest: float, before: float) -> None:
    assert floats.year_on_year(latest, before, in_points=False) is None
    assert floats.attainment(latest, 0.0, 1, None) is None
