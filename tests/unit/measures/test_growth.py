"""Average growth against tables computed by hand."""

from __future__ import annotations

from decimal import Decimal as D  # noqa: N817 - tables of numbers read better

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_observation
from ipstrong.measures.compare import meets
from ipstrong.measures.growth import arithmetic_growth, cumulative_growth, geometric_growth
from ipstrong.measures.level import level
from ipstrong.model.plan import Comparator
from ipstrong.model.result import Figure, NotComputed, Reason


def figure(value: str, year: int = 2018, *, half_width: str = "0") -> Figure:
    if half_width == "0":
        return level(make_observation(value, str(year), number=year))
    low, high = D(value) - D(half_width), D(value) + D(half_width)
    return level(make_observation(value, str(year), low=str(low), high=str(high), number=year))


# 1.2 ** n by hand: 1.2, 1.44, 1.728, 2.0736, 2.48832. Each is exactly 20 % a year.
@pytest.mark.parametrize(("end", "years"), [("120", 1), ("144", 2), ("172.8", 3), ("207.36", 4), ("248.832", 5)])
def test_exact_powers_meet_exactly_twenty_percent(end: str, years: int) -> None:
    growth = geometric_growth(figure("100"), figure(end, 2018 + years), years)
    assert isinstance(growth, Figure)
    assert meets(growth, Comparator.GE, D(20)) is True
    assert meets(growth, Comparator.GT, D(20)) is False


@pytest.mark.parametrize("end", ["172.7999999999999999999999999", "143.9999999999999999999999999999999999"])
def test_a_hair_below_the_power_misses(end: str) -> None:
    years = 3 if end.startswith("172") else 2
    growth = geometric_growth(figure("100"), figure(end, 2018 + years), years)
    assert isinstance(growth, Figure)
    assert meets(growth, Comparator.GE, D(20)) is False


def test_census_growth_of_shenzhen_is_the_published_rate() -> None:
    # Seventh census: 17,560,061 in 2020 after 10,423,973 in 2010; the city published 5.35 % a year over ten years.
    growth = geometric_growth(figure("10423973", 2010), figure("17560061", 2020), 10)
    assert isinstance(growth, Figure)
    assert round(growth.value, 2) == D("5.35")


def test_arithmetic_and_geometric_mean_fall_on_two_sides_of_twenty() -> None:
    # +50 %, -10 %: arithmetic mean (50 - 10) / 2 = 20; geometric sqrt(1.5 * 0.9) - 1 = sqrt(1.35) - 1 = 16.19 %.
    values = [figure("100", 2018), figure("150", 2019), figure("135", 2020)]
    arithmetic = arithmetic_growth(values)
    geometric = geometric_growth(values[0], values[-1], 2)
    assert isinstance(arithmetic, Figure)
    assert isinstance(geometric, Figure)
    assert meets(arithmetic, Comparator.GE, D(20)) is True
    assert round(geometric.value, 2) == D("16.19")
    assert meets(geometric, Comparator.GE, D(20)) is False


def test_cumulative_approach_is_exact_where_every_year_grows_alike() -> None:
    # 1.2 + 1.44 + 1.728 = 4.368, so 20 % a year by the cumulative approach too.
    growth = cumulative_growth(figure("100"), [figure("120", 2019), figure("144", 2020), figure("172.8", 2021)])
    assert isinstance(growth, Figure)
    assert meets(growth, Comparator.GE, D(20)) is True
    assert meets(growth, Comparator.GT, D(20)) is False


def test_cumulative_approach_weighs_the_whole_period() -> None:
    # (200 + 100) / 100 = 3 = q + q**2, q = (-1 + sqrt(13)) / 2 = 1.302776; by the level approach the growth is zero.
    values = [figure("200", 2019), figure("100", 2020)]
    growth = cumulative_growth(figure("100"), values)
    assert isinstance(growth, Figure)
    assert round(growth.value, 4) == D("30.2776")


@pytest.mark.parametrize(
    ("base", "end", "reason"),
    [("0", "10", Reason.BASE_IS_ZERO), ("-5", "10", Reason.BASE_IS_NEGATIVE), ("5", "-10", Reason.NEGATIVE_RATIO)],
)
def test_growth_without_a_positive_base_has_a_reason(base: str, end: str, reason: Reason) -> None:
    assert geometric_growth(figure(base), figure(end, 2021), 3) == NotComputed(reason)


def test_growth_to_zero_is_minus_one_hundred_percent() -> None:
    growth = geometric_growth(figure("5"), figure("0", 2021), 3)
    assert isinstance(growth, Figure)
    assert growth.value == -100


def test_printed_precision_travels_through_growth() -> None:
    # 1.0万 means 9,500 to 10,500; 1.2万 11,500 to 12,500: growth between 11.5/10.5 - 1 = 9.52 % and 12.5/9.5 - 1 = 31.58 %.
    growth = geometric_growth(figure("10000", half_width="500"), figure("12000", 2019, half_width="500"), 1)
    assert isinstance(growth, Figure)
    assert (round(growth.low, 2), round(growth.high, 2)) == (D("9.52"), D("31.58"))
    assert meets(growth, Comparator.GE, D(20)) is None


@given(st.integers(1, 10**9), st.integers(-50, 200), st.integers(1, 8))
def test_growth_then_apply_gives_the_end_value_back(base: int, percent: int, years: int) -> None:
    end = D(base) * (1 + D(percent) / 100) ** years
    growth = geometric_growth(figure(str(base)), figure(str(end), 2018 + years), years)
    assert isinstance(growth, Figure)
    assert meets(growth, Comparator.GE, D(percent)) is True
    assert meets(growth, Comparator.LE, D(percent)) is True
