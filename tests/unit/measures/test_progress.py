"""Gap, attainment, pace and projections against tables computed by hand."""

from __future__ import annotations

from decimal import Decimal as D  # noqa: N817 - tables of numbers read better

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.measures.progress import (
    attainment,
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
from ipstrong.model.derivations import derivations
from ipstrong.model.formula import Quantities
from ipstrong.model.plan import PacePreset
from ipstrong.model.result import Grade, NotComputed, Pace, PaceClass, Reason
from ipstrong.texts import Text

PRESET = PacePreset(id="linear-95-60", name=Text("直线", "linear"), on_track=D("0.95"), slow=D("0.60"))

MORE = derivations(1, is_range=False, in_points=False)
LESS = derivations(-1, is_range=False, in_points=False)
RANGE = derivations(0, is_range=True, in_points=False)
POINTS = derivations(1, is_range=False, in_points=True)


def path(base: str, latest: str, target: str, *, year: int = 2019, deadline: int = 2021) -> Quantities:
    """Return a path from a base of 2018."""
    years = map(D, (year, year - 2018, deadline - 2018, deadline - year))
    return Quantities(D(latest), D(base), D(target), None, *years)


def at(latest: str | D, target: str | D, upper: str | None = None) -> Quantities:
    """Return a value and its target."""
    return Quantities(D(latest), None, D(target), None if upper is None else D(upper))


def pair(current: str, previous: str) -> Quantities:
    """Return a value and that of the year before."""
    return Quantities(current=D(current), previous=D(previous))


UP = path("10", "20", "40")
"""A third of the path in a third of the time, on the straight line up."""
DOWN = path("40", "30", "10")
"""Its mirror image."""


def test_a_point_on_the_straight_line_has_pace_one_in_both_directions() -> None:
    up, down = pace(UP, MORE, PRESET), pace(DOWN, LESS, PRESET)
    assert isinstance(up, Pace)
    assert isinstance(down, Pace)
    assert (up.ratio, up.grade) == (D(1), PaceClass.ON_TRACK)
    assert down.ratio == 1


def test_growth_pace_disagrees_with_the_straight_line() -> None:
    # (20/10 - 1) / (4 ** (1/3) - 1) = 1 / 0.587401 = 1.70241; down: -0.25 / (0.629961 - 1) = 0.67560.
    up, down = growth_pace(UP, MORE, PRESET), growth_pace(DOWN, LESS, PRESET)
    assert isinstance(up, Pace)
    assert isinstance(down, Pace)
    assert round(up.ratio, 5) == D("1.70241")
    assert round(down.ratio, 5) == D("0.67560")
    assert down.grade is PaceClass.SLOW


def test_the_two_paces_fall_on_two_sides_of_one() -> None:
    # 118,700 -> 124,300 -> 130,000, one of two years gone: straight line 5,600/11,300*2 = 0.99115; growth
    # rates 0.047178 / 0.046517 = 1.0142.
    halfway = path("118700", "124300", "130000", deadline=2020)
    line, rate = pace(halfway, MORE, PRESET), growth_pace(halfway, MORE, PRESET)
    assert isinstance(line, Pace)
    assert isinstance(rate, Pace)
    assert round(line.ratio, 5) == D("0.99115")
    assert round(rate.ratio, 4) == D("1.0142")


@pytest.mark.parametrize(
    ("latest", "grade_"),
    [
        # From 0 to 300 in three years: after one, 95 is a ratio of 0.95.
        ("95", PaceClass.ON_TRACK),
        ("94.99", PaceClass.SLOW),
        ("60", PaceClass.SLOW),
        ("59.99", PaceClass.INSUFFICIENT),
        ("0", PaceClass.INSUFFICIENT),
        ("-0.01", PaceClass.REVERSE),
        ("94." + "9" * 60, PaceClass.SLOW),  # equal to the threshold in fifty digits, below it in truth
    ],
)
def test_a_ratio_on_a_threshold_belongs_to_the_better_class(latest: str, grade_: PaceClass) -> None:
    found = pace(path("0", latest, "300"), MORE, PRESET)
    assert isinstance(found, Pace)
    assert found.grade is grade_


def test_schedule_need_and_projections() -> None:
    assert expected(UP, MORE) == 20
    assert needed_per_year(UP, MORE) == 10  # (40 - 20) / 2
    assert projection(UP, MORE) == 40  # 10 + 10 * 3
    assert growth_projection(UP, MORE) == 80  # 10 * 2 ** 3
    assert eta(UP, MORE) == 2021  # 2019 + 20 / 10
    assert eta(DOWN, LESS) == 2021
    assert progress(path("10", "25", "40"), MORE) == D("0.5")


def test_a_value_above_a_range_has_its_path_to_the_upper_bound() -> None:
    above = path("50", "40", "10")._replace(upper=D(20))
    done = progress(above, RANGE)
    assert isinstance(done, D)
    assert round(done, 10) == D("0.3333333333")
    assert needed_per_year(above, RANGE) == -10
    assert eta(above, RANGE) == 2021  # 2019 + 20 / 10


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (needed_per_year(path("10", "20", "40", year=2021), MORE), Reason.DEADLINE_PASSED),
        (projection(path("10", "20", "40", year=2021), MORE), Reason.DEADLINE_PASSED),
        (projection(path("10", "20", "40", year=2018), MORE), Reason.TOO_FEW_POINTS),
        (growth_projection(UP._replace(base=D(0)), MORE), Reason.BASE_IS_ZERO),
        (growth_projection(UP._replace(base=D(-1)), MORE), Reason.BASE_IS_NEGATIVE),
        (growth_projection(UP._replace(latest=D(-1)), MORE), Reason.NEGATIVE_RATIO),
        (growth_pace(UP._replace(base=D(0)), MORE, PRESET), Reason.BASE_IS_ZERO),
        (growth_pace(UP._replace(base=D(-3)), MORE, PRESET), Reason.BASE_IS_NEGATIVE),
        (growth_pace(UP._replace(latest=D(0)), MORE, PRESET), Reason.NEGATIVE_RATIO),
        (growth_pace(UP._replace(base=D(41)), MORE, PRESET), Reason.BASE_MEETS_TARGET),
        (growth_pace(path("10", "20", "40", year=2018), MORE, PRESET), Reason.TOO_FEW_POINTS),
        (progress(path("40", "50", "40"), MORE), Reason.BASE_MEETS_TARGET),
        (pace(UP._replace(base=D(45)), MORE, PRESET), Reason.BASE_MEETS_TARGET),
        (pace(path("10", "20", "40", year=2018), MORE, PRESET), Reason.TOO_FEW_POINTS),
        (expected(path("10", "20", "40", deadline=2018), MORE), Reason.TOO_FEW_POINTS),
        (eta(UP._replace(latest=D(40)), MORE), Reason.ALREADY_MET),
        (eta(UP._replace(latest=D(5)), MORE), Reason.NEVER_AT_THIS_PACE),
        (eta(path("10", "20", "40", year=2018), MORE), Reason.TOO_FEW_POINTS),
        (year_on_year(pair("5", "0"), MORE, in_points=False), Reason.BASE_IS_ZERO),
        (year_on_year(pair("5", "-1"), MORE, in_points=False), Reason.BASE_IS_NEGATIVE),
        (attainment(at("5", "0"), MORE), Reason.TARGET_IS_ZERO),
        (attainment(at("0", "5"), LESS), Reason.DENOMINATOR_IS_ZERO),
    ],
)
def test_what_cannot_be_computed_says_why(result: object, reason: Reason) -> None:
    assert result == NotComputed(reason)


def test_attainment_follows_the_direction() -> None:
    reached = attainment(at("160014", "130000"), MORE)
    assert isinstance(reached, D)
    assert round(reached, 4) == D("1.2309")
    assert attainment(at("8", "10"), LESS) == D("1.25")
    assert attainment(at("0.5", "1", "2"), RANGE) == D("0.5")
    assert attainment(at("1.5", "1", "2"), RANGE) == 1
    assert attainment(at("4", "1", "2"), RANGE) == D("0.5")


def test_gap_is_signed_so_that_negative_is_short() -> None:
    assert gap(at("198031", "130000"), MORE) == 68031
    assert gap(at("12", "10"), LESS) == -2
    assert gap(at("0", "1", "2"), RANGE) == -1
    assert gap(at("1.75", "1", "2"), RANGE) == D("0.25")
    assert gap(at("3", "1", "2"), RANGE) == -1


def test_year_on_year_is_a_fraction_or_points() -> None:
    # White paper 2018: 1,224 cases, 36.6 % more than the 896 of 2017.
    change = year_on_year(pair("1224", "896"), MORE, in_points=False)
    assert isinstance(change, D)
    assert round(change, 3) == D("0.366")
    assert year_on_year(pair("12.5", "10"), POINTS, in_points=True) == D("2.5")


def test_the_score_caps_each_target_and_grades_without_holes() -> None:
    assert weighted_score([(D(1), D("1.23")), (D(1), D("0.5"))]) == 75
    assert weighted_score([(D(3), D(1)), (D(1), D(-2))]) == 75
    assert weighted_score([]) is None
    graded = [(D("89.5"), Grade.GOOD), (D(90), Grade.EXCELLENT), (D("79.99"), Grade.FAIR), (D("59.9"), Grade.POOR)]
    assert all(grade(score) is name for score, name in graded)


numbers = st.integers(-(10**6), 10**6).map(D)


@given(numbers, numbers, numbers)
def test_mirrored_direction_mirrors_the_sign(base: D, latest: D, target: D) -> None:
    assert gap(at(latest, target), MORE) == gap(at(-latest, -target), LESS)
    mirrored = progress(path(str(-base), str(-latest), str(-target)), LESS)
    assert progress(path(str(base), str(latest), str(target)), MORE) == mirrored


@given(numbers, numbers)
def test_gap_is_not_negative_exactly_where_the_target_is_met(latest: D, target: D) -> None:
    assert (gap(at(latest, target), MORE) >= 0) == (latest >= target)
    assert (gap(at(latest, target), LESS) >= 0) == (latest <= target)
