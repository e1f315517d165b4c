"""Verdicts over small hand-made tables; the city and its figures are fictional."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal as D  # noqa: N817 - tables of numbers read better
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import HOME, SCHEMA, make_convention, make_file, make_indicator, make_plan, make_target, unit
from ipstrong.model.dataset import Dataset
from ipstrong.model.plan import Comparator, Mean, MeasureKind, Nature, Plan, Ratio, Rounding, Target
from ipstrong.model.result import Figure, Grade, NotComputed, Reason, Result, Scorecard, Status
from ipstrong.scoring import latest_day, score
from ipstrong.texts import Text
from profiles import SLOW

Value = float | tuple[float, dict[str, Any]]
PEOPLE = make_indicator("people", name=Text("人口", "People"), unit=unit("万人"), nature=Nature.STOCK)
PER_10K = make_indicator(
    "per-10k",
    name=Text("每万人植树", "Trees per 10,000"),
    unit=unit("株/万人"),
    nature=Nature.RATE,
    ratio=Ratio(numerator=("trees",), denominator=("people",), scale=D(10000)),
)
SHARE = make_indicator(
    "share",
    name=Text("占全国比重", "Share of the nation"),
    unit=unit("%"),
    nature=Nature.RATE,
    ratio=Ratio(numerator=("trees",), denominator=("trees",), scale=D(100), denominator_region="nation"),
)
PLACE = make_indicator("place", name=Text("位次", "Place"), unit=unit("位"), nature=Nature.RANK)


def changed(target: Target, **fields: object) -> Target:
    """Return the target with other fields."""
    return target.model_copy(update=fields)


def table(values: dict[tuple[str, str], dict[str, Value]]) -> Dataset:
    """Return a dataset from {(indicator, region): {period: value or (value, columns)}}."""
    rows: list[dict[str, Any]] = []
    for (indicator, region), series in values.items():
        for column, (period, given_) in enumerate(series.items()):
            value, extra = given_ if isinstance(given_, tuple) else (given_, {})
            row = {
                "file": "data.xlsx",
                "sheet": "S",
                "row": len(rows),
                "col": column,
                "label": indicator,
                "region": region,
                "period": period,
                "value": float(value),
                "unit": "株",
                "factor": 1.0,
                "half_width": 0.0,
                "bound": "exact",
                "status": "final",
                "indicator": indicator,
                "raw": str(value),
                "remarks": "",
            }
            rows.append({**row, **extra})
    return Dataset(pl.DataFrame(rows, schema=SCHEMA), (make_file(),), (), ())


def trees(**years: Value) -> dict[tuple[str, str], dict[str, Value]]:
    """Return the series of the home region: trees(y2018=100, y2021=130)."""
    return {("trees", HOME): {name[1:]: value for name, value in years.items()}}


def plan_of(*targets: Target, **fields: Any) -> Plan:
    return make_plan(targets, indicators=(make_indicator(), PEOPLE, PER_10K, SHARE, PLACE), **fields)


def run(target: Target, values: dict[tuple[str, str], dict[str, Value]], as_of: str = "2021-12-31") -> Result:
    card = score(plan_of(target), table(values), as_of=dt.date.fromisoformat(as_of))
    assert len(card.results) == 1
    return card.results[0]


def value_of(figure: Figure | NotComputed) -> D:
    assert isinstance(figure, Figure), figure
    return figure.value


LEVEL = make_target()  # at least 110 by 2021, base 2018


@pytest.mark.parametrize(
    ("values", "as_of", "status"),
    [
        (trees(y2018=100, y2021=110), "2021-12-31", Status.MET),
        (trees(y2018=100, y2021=109), "2021-12-31", Status.MISSED),
        (trees(y2021=110), "2021-12-31", Status.MET),
        (trees(y2018=100, y2019=104), "2019-12-31", Status.ON_TRACK),  # 4 of 10 done, 3.33 due
        (trees(y2018=100, y2019=103), "2019-12-31", Status.BEHIND),  # 3 / 3.33 = 0.90 < 0.95
        (trees(y2018=100, y2019=112), "2019-12-31", Status.MET),
        (trees(y2018=100), "2019-12-31", Status.NOT_DUE),
        (trees(y2019=103), "2019-12-31", Status.NOT_DUE),  # no base to judge the pace by
        (trees(y2018=100, y2020=120), "2021-12-31", Status.NO_DATA),  # the deadline year is missing
        (trees(y2018=100), "2021-12-31", Status.NO_DATA),
        ({}, "2019-12-31", Status.NO_DATA),
        (trees(y2018=100, y2021=(110, {"half_width": 0.5})), "2021-12-31", Status.UNCERTAIN),
        (trees(y2018=100, y2021=(111, {"half_width": 0.5})), "2021-12-31", Status.MET),
    ],
)
def test_status_of_a_level(values: dict[tuple[str, str], dict[str, Value]], as_of: str, status: Status) -> None:
    assert run(LEVEL, values, as_of).status is status


def test_figures_beside_a_level() -> None:
    # Base 100, target 110, three years; 104 after one: expected 103.33, pace 0.4 * 3 = 1.2, needs 3 a year,
    # straight line to 112, ETA 2019 + 6/4 = 2020.5.
    result = run(LEVEL, trees(y2018=100, y2019=104), "2019-12-31")
    assert result.gap == -6
    assert isinstance(result.attainment, D)
    assert round(result.attainment, 6) == D("0.945455")  # 104 / 110
    assert isinstance(result.expected, D)
    assert round(result.expected, 4) == D("103.3333")
    assert not isinstance(result.pace, NotComputed)
    assert round(result.pace.ratio, 10) == D("1.2")
    assert result.needed_per_year == 3
    assert result.projection == 112
    assert result.eta == D("2020.5")
    assert result.yoy == D("0.04")
    assert [value_of(figure) if isinstance(figure, Figure) else None for figure in result.series] == [100, 104]


def test_a_value_after_the_deadline_or_the_as_of_date_does_not_count() -> None:
    values = trees(y2018=100, y2020=105, y2021=109, y2022=150)
    assert value_of(run(LEVEL, values, "2022-12-31").latest) == 109
    assert run(LEVEL, values, "2022-12-31").status is Status.MISSED
    # On 31 May 2021 the year 2021 has not ended.
    may = run(LEVEL, values, "2021-05-31")
    assert value_of(may.latest) == 105
    assert may.status is Status.BEHIND


def test_year_to_date_is_never_a_year() -> None:
    result = run(LEVEL, {("trees", HOME): {"2018": 100, "2021-01..09": 300, "2021-06": 500}})
    assert result.status is Status.NO_DATA


GROWTH = make_target(measure=MeasureKind.AVERAGE_GROWTH, value=D(20), unit=unit("%"))


def test_exact_growth_meets_and_says_so_in_points() -> None:
    result = run(GROWTH, trees(y2018=100, y2021=172.8))
    assert result.status is Status.MET
    assert result.gap == 0
    assert result.pace == NotComputed(Reason.IS_GROWTH)
    assert result.projection == NotComputed(Reason.IS_GROWTH)


def test_growth_before_the_deadline_is_on_track_not_met() -> None:
    assert run(GROWTH, trees(y2018=100, y2019=125), "2019-12-31").status is Status.ON_TRACK
    assert run(GROWTH, trees(y2018=100, y2019=115), "2019-12-31").status is Status.BEHIND


def test_growth_without_base_or_on_zero_base_has_a_reason() -> None:
    missing = run(GROWTH, trees(y2021=172))
    assert missing.status is Status.NO_DATA
    assert missing.reason is not None
    assert missing.reason.reason is Reason.NO_BASE
    zero = run(GROWTH, trees(y2018=0, y2021=172))
    assert zero.reason == NotComputed(Reason.BASE_IS_ZERO)


def test_a_convention_that_flips_the_verdict_is_disputed_and_both_numbers_are_there() -> None:
    # 100, 150, 135, 121.5: +50 %, -10 %, -10 %: arithmetic mean 10 %; geometric 1.215 ** (1/3) - 1 = 6.71 %.
    target = changed(
        GROWTH,
        value=D(10),
        conventions=(
            make_convention("level", base_year=None),
            make_convention("mean", base_year=None, mean=Mean.ARITHMETIC),
            make_convention("sum", base_year=None, mean=Mean.CUMULATIVE),
        ),
    )
    result = run(target, trees(y2018=100, y2019=150, y2020=135, y2021=121.5))
    assert (result.status, result.disputed) == (Status.MISSED, True)
    assert [reading.met for reading in result.readings] == [False, True, True]
    assert [round(value_of(reading.value), 2) for reading in result.readings][:2] == [D("6.71"), D("10.00")]


def test_a_convention_with_another_base_year_counts_from_there() -> None:
    # From 2019: (144/100) ** (1/2) - 1 = 20 %.
    target = changed(
        GROWTH, conventions=(make_convention("b18", base_year=2018), make_convention("b19", base_year=2019))
    )
    result = run(target, trees(y2018=90, y2019=100, y2021=144))
    assert [reading.met for reading in result.readings] == [False, True]
    assert result.disputed


def test_a_reading_without_data_disputes_nothing() -> None:
    target = changed(
        GROWTH, conventions=(make_convention("b18", base_year=2018), make_convention("b19", base_year=2019))
    )
    assert not run(target, trees(y2018=100, y2021=172.8)).disputed


EVERY = make_target(measure=MeasureKind.EVERY_YEAR, value=D(120))


@pytest.mark.parametrize(
    ("values", "as_of", "status"),
    [
        (trees(y2019=132, y2020=121, y2021=120), "2021-12-31", Status.MET),
        (trees(y2019=132, y2020=119, y2021=125), "2021-12-31", Status.MISSED),
        (trees(y2019=132, y2020=119), "2020-12-31", Status.MISSED),
        (trees(y2019=132), "2020-12-31", Status.ON_TRACK),
        (trees(y2019=132, y2021=125), "2021-12-31", Status.NO_DATA),
        (trees(y2019=119, y2021=125), "2021-12-31", Status.MISSED),
        ({}, "2021-12-31", Status.NO_DATA),
    ],
)
def test_status_of_every_year(values: dict[tuple[str, str], dict[str, Value]], as_of: str, status: Status) -> None:
    assert run(EVERY, values, as_of).status is status


CUMULATIVE = make_target(measure=MeasureKind.CUMULATIVE, value=D(20))


@pytest.mark.parametrize(
    ("values", "as_of", "status", "total"),
    [
        (trees(y2018=50, y2019=6, y2020=7, y2021=7), "2021-12-31", Status.MET, 20),
        (trees(y2019=6, y2020=7, y2021=6), "2021-12-31", Status.MISSED, 19),
        (trees(y2019=6, y2021=7), "2021-12-31", Status.NO_DATA, 13),
        (trees(y2019=16, y2021=7), "2021-12-31", Status.MET, 23),
        (trees(y2019=7), "2019-12-31", Status.ON_TRACK, 7),  # 7 of 20 in a third of the time
        (trees(y2019=5), "2019-12-31", Status.BEHIND, 5),
    ],
)
def test_status_of_a_sum(
    values: dict[tuple[str, str], dict[str, Value]], as_of: str, status: Status, total: int
) -> None:
    result = run(CUMULATIVE, values, as_of)
    assert (result.status, value_of(result.latest)) == (status, D(total))


def test_a_cumulative_stock_is_its_level() -> None:
    target = changed(CUMULATIVE, indicator="people", unit=unit("万人"))
    result = run(target, {("people", HOME): {"2019": 8, "2020": 15, "2021": 21}})
    assert (result.status, value_of(result.latest)) == (Status.MET, D(21))


RANK = make_target(
    measure=MeasureKind.RANK,
    comparator=Comparator.LE,
    value=D(1),
    unit=unit("位"),
    peers=(HOME, "shanqian", "haibin"),
    reported_rank="place",
)


def test_rank_from_peers_with_ties_and_a_note_of_how_many() -> None:
    values: dict[tuple[str, str], dict[str, Value]] = {
        ("trees", HOME): {"2021": 10},
        ("trees", "shanqian"): {"2021": 10},
        ("trees", "haibin"): {"2020": 99},
    }
    result = run(RANK, values)
    assert (result.status, value_of(result.latest)) == (Status.MET, D(1))
    assert any("1 of 2 peers" in note.en for note in result.notes)
    values[("trees", "haibin")] = {"2021": 11}
    assert run(RANK, values).status is Status.MISSED


def test_rank_falls_back_to_the_published_place() -> None:
    result = run(RANK, {("place", HOME): {"2021": 2}})
    assert (result.status, value_of(result.latest), result.gap) == (Status.MISSED, D(2), D(-1))
    alone = run(RANK, {("trees", HOME): {"2021": 2}})
    assert alone.reason == NotComputed(Reason.NO_PEERS)


RANGE = make_target(measure=MeasureKind.RANGE, comparator=Comparator.BETWEEN, value=D(1), upper=D(2))


@pytest.mark.parametrize(
    ("value", "status"), [(0, Status.MISSED), (1, Status.MET), (2, Status.MET), (3, Status.MISSED)]
)
def test_status_of_a_range(value: int, status: Status) -> None:
    assert run(RANGE, trees(y2021=value)).status is status


RATE = make_target(indicator="per-10k", value=D(93), unit=unit("株/万人"))


def test_a_ratio_with_the_population_of_either_year() -> None:
    values: dict[tuple[str, str], dict[str, Value]] = {
        **trees(y2021=930),
        ("people", HOME): {"2020": 10, "2021": 10.01},
    }
    target = changed(
        RATE,
        conventions=(
            make_convention("same", base_year=None),
            make_convention("before", base_year=None, lag=1),
            make_convention("reported", base_year=None, reported=True),
        ),
    )
    result = run(target, values)
    # 930 / 10.01 = 92.907 misses 93, 930 / 10 = 93 meets it; nothing was published.
    assert [reading.met for reading in result.readings] == [False, True, None]
    assert (result.status, result.disputed) == (Status.MISSED, True)
    assert result.readings[2].value == NotComputed(
        Reason.NO_DATA, Text("河湾市 2021 年每万人植树", "Trees per 10,000, Rivertown, 2021")
    )


def test_a_derived_indicator_falls_back_to_its_published_value_and_says_so() -> None:
    result = run(RATE, {**trees(y2021=930), ("per-10k", HOME): {"2021": 93.1}})
    assert result.status is Status.MET
    assert any("published value" in note.en for note in result.notes)


def test_the_full_value_misses_and_the_rounded_value_meets() -> None:
    values: dict[tuple[str, str], dict[str, Value]] = {**trees(y2021=929.6), ("people", HOME): {"2021": 10}}
    assert run(RATE, values).status is Status.MISSED
    assert run(changed(RATE, rounding=Rounding.ROUNDED), values).status is Status.MET


def test_a_share_takes_its_denominator_from_the_nation() -> None:
    target = make_target(indicator="share", value=D(10), unit=unit("%"), measure=MeasureKind.EVERY_YEAR)
    values: dict[tuple[str, str], dict[str, Value]] = {
        **trees(y2019=10, y2020=11, y2021=10),
        ("trees", "nation"): {"2019": 100, "2020": 100, "2021": 100},
    }
    result = run(target, values)
    assert (result.status, value_of(result.latest), result.gap) == (Status.MET, D(10), D(0))
    assert result.yoy_in_points
    assert result.yoy is not None


def test_less_is_better_follows_the_comparator() -> None:
    target = make_target(comparator=Comparator.LE, value=D(10))
    assert run(target, trees(y2018=40, y2021=10)).status is Status.MET
    missed = run(target, trees(y2018=40, y2021=12))
    assert (missed.status, missed.gap) == (Status.MISSED, D(-2))
    assert run(target, trees(y2018=40, y2019=30), "2019-12-31").status is Status.ON_TRACK


def test_a_manual_target_waits_for_a_person() -> None:
    target = make_target(measure=MeasureKind.MANUAL, indicator=None, comparator=None, value=None, unit=None)
    result = run(target, trees(y2021=1))
    assert (result.status, result.latest) == (Status.MANUAL, NotComputed(Reason.MANUAL))


def test_hedged_values_are_intervals() -> None:
    least = run(LEVEL, trees(y2021=(105, {"bound": "at_least"})))
    assert least.status is Status.UNCERTAIN
    assert run(LEVEL, trees(y2021=(115, {"bound": "at_least"}))).status is Status.MET
    assert run(LEVEL, trees(y2021=(109, {"bound": "at_most"}))).status is Status.MISSED
    # "About 262,000" is trusted to its last digit that is not zero: 261,000 to 263,000.
    about = run(changed(LEVEL, value=D(262500)), trees(y2021=(262000, {"bound": "about"})))
    assert about.status is Status.UNCERTAIN


def test_estimates_and_provisional_values_are_noted() -> None:
    result = run(LEVEL, trees(y2018=(100, {"status": "estimate"}), y2021=(120, {"status": "provisional"})))
    assert any("provisional" in note.en for note in result.notes)


def test_long_decimals_keep_every_printed_digit() -> None:
    target = changed(LEVEL, value=D("0.12345678901234567"))
    met = run(target, trees(y2021=(0.12345678901234567, {"raw": "0.12345678901234567"})))
    assert met.status is Status.MET
    assert run(target, trees(y2021=(0.12345678901234566, {"raw": "0.12345678901234566"}))).status is Status.MISSED


def test_factors_convert_exactly() -> None:
    result = run(changed(LEVEL, value=D(138500)), trees(y2021=(13.85, {"factor": 10000.0, "raw": "13.85"})))
    assert (result.status, result.gap) == (Status.MET, D(0))


def test_score_counts_and_order() -> None:
    second = changed(LEVEL, id="second", number=2, value=D(240))
    manual = make_target("third", 3, measure=MeasureKind.MANUAL, indicator=None, comparator=None, value=None, unit=None)
    card = score(plan_of(LEVEL, second, manual), table(trees(y2018=100, y2021=120)), as_of=dt.date(2021, 12, 31))
    assert [result.target.id for result in card.results] == ["trees", "second", "third"]
    summary = card.summaries[0]
    assert (summary.counts[Status.MET], summary.counts[Status.MISSED], summary.counts[Status.MANUAL]) == (1, 1, 1)
    # min(120/110, 1) = 1 and 120/240 = 0.5: 75 of 100.
    assert (summary.score, summary.grade) == (D(75), Grade.FAIR)
    assert (summary.weight_assessed, summary.weight_total) == (D(2), D(2))
    assert card.years == (2018, 2019, 2020, 2021)


def test_all_regions_are_the_plans_then_the_others_without_the_nation() -> None:
    values: dict[tuple[str, str], dict[str, Value]] = {
        ("trees", "nation"): {"2021": 1000},
        ("trees", "未列入"): {"2021": 130},
        ("trees", "haibin"): {"2021": 100},
        ("trees", HOME): {"2021": 120},
    }
    card: Scorecard = score(plan_of(LEVEL), table(values), as_of=dt.date(2021, 12, 31), regions=[])
    assert [result.region for result in card.results] == [HOME, "haibin", "未列入"]
    assert [result.status for result in card.results] == [Status.MET, Status.MISSED, Status.MET]
    assert [summary.region for summary in card.summaries] == [HOME, "haibin", "未列入"]


def test_latest_day_is_the_end_of_the_latest_matched_period() -> None:
    assert latest_day(table({("trees", HOME): {"2019": 1, "2020-01..09": 2}})) == dt.date(2020, 9, 30)
    assert latest_day(table({})) is None


def test_the_first_of_two_figures_counts() -> None:
    data = table({**trees(y2021=120), ("trees", "x"): {"2021": 90}})
    frame = data.frame.with_columns(pl.lit(HOME).alias("region"))
    card = score(plan_of(LEVEL), replace(data, frame=frame), as_of=dt.date(2021, 12, 31))
    assert value_of(card.results[0].latest) == 120


@SLOW
@given(st.lists(st.integers(1, 400), min_size=4, max_size=4), st.permutations(range(4)))
def test_the_order_of_rows_never_changes_a_verdict(values: list[int], order: list[int]) -> None:
    data = table({("trees", HOME): {str(2018 + i): value for i, value in enumerate(values)}})
    shuffled = replace(data, frame=data.frame[order])
    first, second = (score(plan_of(LEVEL), d, as_of=dt.date(2021, 12, 31)).results[0] for d in (data, shuffled))
    assert (first.status, first.gap, first.pace) == (second.status, second.gap, second.pace)
    assert isinstance(first.gap, D)
    assert (first.gap >= 0) == (first.status is Status.MET)


@SLOW
@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_a_later_year_never_changes_an_earlier_result(first: int, second: int, later: int) -> None:
    early = run(LEVEL, trees(y2018=first, y2019=second), "2019-12-31")
    late = run(LEVEL, trees(y2018=first, y2019=second, y2020=later), "2019-12-31")
    assert (early.status, early.gap, early.projection) == (late.status, late.gap, late.projection)


def test_a_sum_that_has_not_begun_is_no_data_and_a_series_that_exists_is_not_due() -> None:
    assert run(CUMULATIVE, {}, "2020-12-31").status is Status.NO_DATA
    known: dict[tuple[str, str], dict[str, Value]] = {**trees(y2018=900), ("people", HOME): {"2018": 10}}
    # The base of a ratio is there, its later inputs are not: the series exists and is waited for.
    assert run(RATE, known, "2019-12-31").status is Status.NOT_DUE
    assert run(RATE, known, "2021-12-31").status is Status.NO_DATA


@pytest.mark.parametrize("target", [EVERY, CUMULATIVE, GROWTH])
def test_what_is_missing_is_named_with_region_and_year(target: Target) -> None:
    reason = run(target, {}).reason
    assert reason is not None
    assert reason.text.en == "no data: Trees planted, Rivertown, 2021"
