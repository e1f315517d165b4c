"""Gap, attainment, pace and projections against tables computed by hand."""

from __future__ import annotations

from decimal import Decimal as D  # noqa: N817 - tables of numbers read better

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipstrong.measures.progress import (
    Way,
    attainment,
    classify,
    eta,
    expected,
    gap,
    growth_pace,
    growth_projection,
    needed_per_year,
    pace,
    progress,
    projection,
    year_on_year,
)
from ipstrong.measures.score import grade, weighted_score
from ipstrong.model.plan import PacePreset
from ipstrong.model.result import Grade, NotComputed, Pace, PaceClass, Reason
from ipstrong.texts import Text

PRESET = PacePreset("linear-95-60", Text("直线", "linear"), D("0.95"), D("0.60"))

UP = Way(D(10), 2018, D(20), 2019, D(40), 2021)
"""A third of the way in a third of the time, on the straight line up."""
DOWN = Way(D(40), 2018, D(30), 2019, D(10), 2021)
"""Its mirror image."""


def test_a_point_on_the_straight_line_has_pace_one_in_both_directions() -> None:
    up, down = pace(UP, 1, PRESET), pace(DOWN, -1, PRESET)
    assert isinstance(up, Pace)
    assert isinstance(down, Pace)
    assert (round(up.ratio, 20), up.grade) == (D(1), PaceClass.ON_TRACK)
    assert round(down.ratio, 20) == 1


def test_growth_pace_disagrees_with_the_straight_line() -> None:
    # (20/10 - 1) / (4 ** (1/3) - 1) = 1 / 0.587401 = 1.70241; down: -0.25 / (0.629961 - 1) = 0.67560.
    up, down = growth_pace(UP, 1, PRESET), growth_pace(DOWN, -1, PRESET)
    assert isinstance(up, Pace)
    assert isinstance(down, Pace)
    assert round(up.ratio, 5) == D("1.70241")
    assert round(down.ratio, 5) == D("0.67560")
    assert down.grade is PaceClass.SLOW


def test_the_two_paces_fall_on_two_sides_of_one() -> None:
    # 118,700 -> 124,300 -> 130,000, one of two years gone: straight line 5,600/11,300*2 = 0.99115; growth
    # rates 0.047178 / 0.046517 = 1.0142.
    way = Way(D(118700), 2018, D(124300), 2019, D(130000), 2020)
    line, rate = pace(way, 1, PRESET), growth_pace(way, 1, PRESET)
    assert isinstance(line, Pace)
    assert isinstance(rate, Pace)
    assert round(line.ratio, 5) == D("0.99115")
    assert round(rate.ratio, 4) == D("1.0142")


@pytest.mark.parametrize(
    ("ratio", "grade_"),
    [
        ("0.95", PaceClass.ON_TRACK),
        ("0.9499", PaceClass.SLOW),
        ("0.60", PaceClass.SLOW),
        ("0.5999", PaceClass.INSUFFICIENT),
        ("0", PaceClass.INSUFFICIENT),
        ("-0.0001", PaceClass.REVERSE),
    ],
)
def test_a_ratio_on_a_threshold_belongs_to_the_better_class(ratio: str, grade_: PaceClass) -> None:
    assert classify(D(ratio), PRESET) is grade_


def test_schedule_need_and_projections() -> None:
    assert expected(UP) == 20
    assert needed_per_year(UP) == 10  # (40 - 20) / 2
    assert projection(UP) == 40  # 10 + 10 * 3
    assert growth_projection(UP) == 80  # 10 * 2 ** 3
    assert eta(UP, 1) == 2021  # 2019 + 20 / 10
    assert eta(DOWN, -1) == 2021
    assert progress(D(10), D(25), D(40), 1) == D("0.5")


def test_the_schedule_never_exceeds_the_target_after_the_deadline() -> None:
    assert expected(Way(D(10), 2018, D(50), 2023, D(40), 2021)) == 40


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (needed_per_year(UP._replace(latest_year=2021)), Reason.DEADLINE_PASSED),
        (projection(UP._replace(latest_year=2021)), Reason.DEADLINE_PASSED),
        (projection(UP._replace(latest_year=2018)), Reason.TOO_FEW_POINTS),
        (growth_projection(UP._replace(base=D(0))), Reason.BASE_IS_ZERO),
        (growth_projection(UP._replace(base=D(-1))), Reason.BASE_IS_NEGATIVE),
        (growth_projection(UP._replace(latest=D(-1))), Reason.NEGATIVE_RATIO),
        (growth_pace(UP._replace(base=D(0)), 1, PRESET), Reason.BASE_IS_ZERO),
        (growth_pace(UP._replace(base=D(-3)), 1, PRESET), Reason.BASE_IS_NEGATIVE),
        (growth_pace(UP._replace(latest=D(0)), 1, PRESET), Reason.NEGATIVE_RATIO),
        (growth_pace(UP._replace(base=D(41)), 1, PRESET), Reason.BASE_MEETS_TARGET),
        (growth_pace(UP._replace(latest_year=2018), 1, PRESET), Reason.TOO_FEW_POINTS),
        (progress(D(40), D(50), D(40), 1), Reason.BASE_MEETS_TARGET),
        (pace(UP._replace(base=D(45)), 1, PRESET), Reason.BASE_MEETS_TARGET),
        (pace(UP._replace(latest_year=2018), 1, PRESET), Reason.TOO_FEW_POINTS),
        (expected(UP._replace(deadline=2018)), Reason.TOO_FEW_POINTS),
        (eta(UP._replace(latest=D(40)), 1), Reason.ALREADY_MET),
        (eta(UP._replace(latest=D(5)), 1), Reason.NEVER_AT_THIS_PACE),
        (eta(UP._replace(latest_year=2018), 1), Reason.TOO_FEW_POINTS),
        (year_on_year(D(5), D(0), in_points=False), Reason.BASE_IS_ZERO),
        (year_on_year(D(5), D(-1), in_points=False), Reason.BASE_IS_NEGATIVE),
        (attainment(D(5), D(0), 1), Reason.TARGET_IS_ZERO),
        (attainment(D(0), D(5), -1), Reason.DENOMINATOR_IS_ZERO),
    ],
)
def test_what_cannot_be_computed_says_why(result: object, reason: Reason) -> None:
    assert result == NotComputed(reason)


def test_attainment_follows_the_direction() -> None:
    reached = attainment(D(160014), D(130000), 1)
    assert isinstance(reached, D)
    assert round(reached, 4) == D("1.2309")
    assert attainment(D(8), D(10), -1) == D("1.25")
    assert attainment(D("0.5"), D(1), 0, D(2)) == D("0.5")
    assert attainment(D("1.5"), D(1), 0, D(2)) == 1
    assert attainment(D(4), D(1), 0, D(2)) == D("0.5")


def test_gap_is_signed_so_that_negative_is_short() -> None:
    assert gap(D(198031), D(130000), 1) == 68031
    assert gap(D(12), D(10), -1) == -2
    assert gap(D(0), D(1), 0, D(2)) == -1
    assert gap(D("1.75"), D(1), 0, D(2)) == D("0.25")
    assert gap(D(3), D(1), 0, D(2)) == -1


def test_year_on_year_is_a_fraction_or_points() -> None:
    # White paper 2018: 1,224 cases, 36.6 % more than the 896 of 2017.
    change = year_on_year(D(1224), D(896), in_points=False)
    assert isinstance(change, D)
    assert round(change, 3) == D("0.366")
    assert year_on_year(D("12.5"), D(10), in_points=True) == D("2.5")


def test_the_score_caps_each_target_and_grades_without_holes() -> None:
    assert weighted_score([(D(1), D("1.23")), (D(1), D("0.5"))]) == 75
    assert weighted_score([(D(3), D(1)), (D(1), D(-2))]) == 75
    assert weighted_score([]) is None
    graded = [(D("89.5"), Grade.GOOD), (D(90), Grade.EXCELLENT), (D("79.99"), Grade.FAIR), (D("59.9"), Grade.POOR)]
    assert all(grade(score) is name for score, name in graded)


numbers = st.integers(-(10**6), 10**6).map(D)


@settings(deadline=None, max_examples=100)
@given(numbers, numbers, numbers)
def test_mirrored_direction_mirrors_the_sign(base: D, latest: D, target: D) -> None:
    assert gap(latest, target, 1) == gap(-latest, -target, -1)
    mirrored = progress(-base, -latest, -target, -1)
    assert progress(base, latest, target, 1) == mirrored


@settings(deadline=None, max_examples=100)
@given(numbers, numbers)
def test_gap_is_not_negative_exactly_where_the_target_is_met(latest: D, target: D) -> None:
    assert (gap(latest, target, 1) >= 0) == (latest >= target)
    assert (gap(latest, target, -1) >= 0) == (latest <= target)
