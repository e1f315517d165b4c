"""Ratio, worst year, cumulative, rank, comparison: hand-computed."""

from __future__ import annotations

from decimal import Decimal as D  # noqa: N817 - tables of numbers read better

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_observation
from ipstrong.measures.compare import meets
from ipstrong.measures.cumulative import cumulative
from ipstrong.measures.level import level
from ipstrong.measures.rank import rank
from ipstrong.measures.ratio import ratio
from ipstrong.measures.yearly import worst_year
from ipstrong.model.evaluation import compare, evaluate_exactly
from ipstrong.model.formula import Constant, Operation
from ipstrong.model.plan import Comparator, Rounding
from ipstrong.model.result import Figure, NotComputed, Reason


def figure(value: str, year: int = 2021, *, half_width: str = "0", number: int = 1) -> Figure:
    low, high = D(value) - D(half_width), D(value) + D(half_width)
    return level(make_observation(value, str(year), low=str(low), high=str(high), number=number))


def test_per_ten_thousand_people_as_the_city_published_it() -> None:
    # White paper 2021: 198,031 patents, 17.6816 million people at the end of 2021: 112.00 per 10,000.
    per_10k = ratio(figure("198031"), figure("1768.16"))
    assert isinstance(per_10k, Figure)
    assert round(per_10k.value, 2) == D("112.00")
    # With the population of the end of 2020 (1763.38) it is 112.30.
    before = ratio(figure("198031"), figure("1763.38", 2020))
    assert isinstance(before, Figure)
    assert round(before.value, 2) == D("112.30")


def test_share_carries_the_interval_of_both_inputs() -> None:
    # 4.5 to 5.5 over 49.5 to 50.5, in percent: 4.5/50.5 = 8.911 %, 5.5/49.5 = 11.111 %.
    share = ratio(figure("5", half_width="0.5"), figure("50", half_width="0.5"), D(100))
    assert isinstance(share, Figure)
    assert (round(share.low, 3), share.value, round(share.high, 3)) == (D("8.911"), D(10), D("11.111"))
    assert meets(share, Comparator.GE, D(10)) is None


@pytest.mark.parametrize(("value", "half_width"), [("0", "0"), ("0.4", "0.5")])
def test_a_denominator_that_may_be_zero_gives_a_reason(value: str, half_width: str) -> None:
    assert ratio(figure("1"), figure(value, half_width=half_width)) == NotComputed(Reason.DENOMINATOR_IS_ZERO)


def test_a_lower_bound_stays_one_through_a_ratio() -> None:
    at_least = level(make_observation("100", high="Infinity"))
    per = ratio(at_least, figure("10"))
    assert isinstance(per, Figure)
    assert (per.low, per.high) == (D(10), D("Infinity"))
    under = ratio(figure("100"), at_least)
    assert isinstance(under, Figure)
    assert (under.low, under.high) == (D(0), D(1))


def test_the_worst_year_decides_in_both_directions() -> None:
    years = [figure("132", 2019), figure("118", 2020), figure("125", 2021)]
    worst = worst_year(years, 1)
    assert (worst.value, worst.period.year) == (D(118), 2020)
    assert meets(worst, Comparator.GE, D(120)) is False
    most = worst_year(years, -1)
    assert (most.value, most.period.year) == (D(132), 2019)


def test_cumulative_adds_values_and_intervals() -> None:
    total = cumulative([figure("6", 2019), figure("9", 2020, half_width="0.5"), figure("7", 2021)])
    assert (total.value, total.low, total.high, total.period.year) == (D(22), D("21.5"), D("22.5"), 2021)


def test_rank_counts_strictly_better_peers_and_ties_share_the_better_place() -> None:
    # PCT 2018, Statistics of the national office: Guangdong 25,256 > 18,081 > Beijing 6,527 > Shanghai 2,528.
    peers = [figure("25256"), figure("6527"), figure("2528")]
    assert rank(figure("18081"), peers).value == 2
    assert rank(figure("6527"), [figure("25256"), figure("6527"), figure("2528")]).value == 2
    assert rank(figure("1"), peers).value == 4
    assert rank(figure("1"), peers, -1).value == 1


def test_rank_is_an_interval_where_printing_hides_the_order() -> None:
    # 1.3万 is 12,500 to 13,500; 12,800 may stand before or behind it.
    place = rank(figure("12800"), [figure("13000", half_width="500"), figure("2000")])
    assert (place.low, place.value, place.high) == (D(1), D(2), D(2))
    assert meets(place, Comparator.LE, D(1)) is None


def test_above_includes_the_number_itself() -> None:
    assert meets(figure("130000"), Comparator.GE, D(130000)) is True
    assert meets(figure("129999"), Comparator.GE, D(130000)) is False
    assert meets(figure("130000"), Comparator.GT, D(130000)) is False
    assert meets(figure("130000"), Comparator.LE, D(130000)) is True
    assert meets(figure("130000"), Comparator.LT, D(130000)) is False


def test_full_value_misses_where_the_rounded_value_meets() -> None:
    # GB/T 8170-2008: 92.96 against 93, full-value method: missed; rounded to the target's decimals it is 93: met.
    assert meets(figure("92.96"), Comparator.GE, D(93)) is False
    assert meets(figure("92.96"), Comparator.GE, D(93), rounding=Rounding.ROUNDED) is True
    # Half to even, once: 92.5 rounds to 92, not to 93.
    assert meets(figure("92.5"), Comparator.GE, D(93), rounding=Rounding.ROUNDED) is False
    assert meets(figure("92.4999"), Comparator.GE, D("92.5"), rounding=Rounding.ROUNDED) is True


def test_printed_precision_that_straddles_the_line_is_neither() -> None:
    # 13.0万 is 129,500 to 130,500.
    assert meets(figure("130000", half_width="500"), Comparator.GE, D(130000)) is None
    assert meets(figure("130600", half_width="500"), Comparator.GE, D(130000)) is True
    assert meets(figure("129000", half_width="500"), Comparator.GE, D(130000)) is False


@pytest.mark.parametrize(("value", "met"), [("0", False), ("1", True), ("2", True), ("3", False)])
def test_a_range_includes_both_ends(value: str, met: bool) -> None:
    assert meets(figure(value), Comparator.BETWEEN, D(1), D(2)) is met


def test_a_wide_interval_over_a_whole_range_decides_nothing() -> None:
    assert meets(figure("1.5", half_width="5"), Comparator.BETWEEN, D(1), D(2)) is None


def test_near_ties_are_decided_by_fractions() -> None:
    # One third three times is one; fifty digits of 1/3 are not.
    third = Operation("/", Constant(D(1)), Constant(D(3)))
    whole = Operation("*", third, Constant(D(3)))
    assert evaluate_exactly(whole).value == 1
    assert compare(D("0." + "9" * 50), whole, D(1)) == 0


@given(st.integers(0, 10**12), st.integers(1, 10**12), st.sampled_from([1, 10, 100, 10**4, 10**8]))
def test_scaling_units_never_changes_a_verdict(value: int, target: int, scale: int) -> None:
    small = figure(str(value))
    large = ratio(figure(str(value)), figure("1"), D(scale))
    assert isinstance(large, Figure)
    assert meets(small, Comparator.GE, D(target)) == meets(large, Comparator.GE, D(target) * scale)
