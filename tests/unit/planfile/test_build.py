"""From specification to plan: defaults, units, scales, aliases, presets."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ipstrong.model.plan import PRESETS, Comparator, Mean, MeasureKind, Rounding
from ipstrong.texts import Text
from plantexts import CLAUSE, SMALL, complaints, plan_of, target


def test_defaults_come_from_the_plan() -> None:
    found = plan_of(SMALL).target("patents")
    assert (found.base_year, found.start_year, found.deadline) == (2018, 2019, 2021)
    assert (found.weight, found.mean, found.rounding) == (Decimal(1), Mean.GEOMETRIC, Rounding.FULL)
    assert str(found.unit) == "件"
    assert found.clause.place == Text("第1段第2句", "paragraph 1, sentence 2")
    assert str(found.clause) == "第1段·2"


def test_own_years_weight_and_rounding_win() -> None:
    text = SMALL + target(
        "measure: every_year",
        "indicator: patents",
        'comparator: "<"',
        "value: 7",
        "start_year: 2020",
        "deadline: 2025",
        "base_year: 2015",
        "weight: 1.5",
        "rounding: rounded",
    )
    found = plan_of(text).target("extra")
    assert (found.base_year, found.start_year, found.deadline) == (2015, 2020, 2025)
    assert (found.weight, found.rounding, found.comparator) == (Decimal("1.5"), Rounding.ROUNDED, Comparator.LT)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [("13", "万件", "130000"), ("0.013", "百万件", "13000"), ("1.3", "亿件", "130000000"), ("130000", "件", "130000")],
)
def test_values_are_converted_to_the_unit_of_the_indicator(value: str, unit: str, expected: str) -> None:
    found = plan_of(SMALL.replace("value: 130000", f"value: {value}\n    unit: {unit}")).target("patents")
    assert found.value == Decimal(expected)
    assert str(found.unit) == "件"


def test_values_of_conventions_are_converted_likewise() -> None:
    text = SMALL.replace(
        "    value: 130000\n",
        "    value: 13\n    unit: 万件\n    conventions: [{id: a, name: A}, {id: b, name: B, value: 14}]\n",
    )
    conventions = plan_of(text).target("patents").conventions
    assert [convention.value for convention in conventions] == [None, Decimal(140000)]


@pytest.mark.parametrize(
    ("unit", "scale"),
    [("件/万人", "10000"), ("件/人", "1"), ("件/百万人", "1000000"), ("万件/人", "0.0001"), ("件/亿人", "100000000")],
)
def test_scale_follows_from_the_unit(unit: str, scale: str) -> None:
    """1 件/万人 is 0.0001 件/人, so a quotient of 件 and 人 is multiplied by 10000."""
    text = SMALL.replace("unit: 件/万人", f"unit: {unit}").replace(", scale: 10000", "")
    ratio = plan_of(text).indicator("per-10k").ratio
    assert ratio is not None
    assert ratio.scale == Decimal(scale)


@pytest.mark.parametrize(("unit", "scale"), [('"%"', "100"), ("‰", "1000"), ('""', None), ("倍", "1")])
def test_scale_of_shares(unit: str, scale: str | None) -> None:
    text = SMALL.replace("unit: 件/万人", f"unit: {unit}").replace(
        "denominator: people, scale: 10000", "denominator: filings"
    )
    if scale is None:
        assert complaints(text)[0].split()[1] == "PLAN021"  # a blank unit is no unit: write 倍 or %
        return
    ratio = plan_of(text).indicator("per-10k").ratio
    assert ratio is not None
    assert ratio.scale == Decimal(scale)


def test_share_of_a_region_and_lists_of_preference() -> None:
    text = SMALL.replace(
        "{numerator: patents, denominator: people, scale: 10000}",
        "{numerator: [patents, filings], denominator: people, denominator_region: land, lag: 1}",
    )
    ratio = plan_of(text).indicator("per-10k").ratio
    assert ratio is not None
    assert (ratio.numerator, ratio.denominator) == (("patents", "filings"), ("people",))
    assert (ratio.denominator_region, ratio.lag) == ("land", 1)


def test_ranks_are_places_among_all_peers_unless_named() -> None:
    text = SMALL.replace("areas:", "  - {id: town-b, name: 丙市, kind: peer}\nareas:")
    rank = ("measure: rank", "indicator: patents", 'comparator: "<="', "value: 1")
    every = plan_of(text + target(*rank)).target("extra")
    assert (every.peers, str(every.unit), every.value) == (("city", "town-b"), "位", Decimal(1))
    one = plan_of(text + target(*rank, "peers: town-b", "reported_rank: place")).target("extra")
    assert (one.peers, one.reported_rank) == (("town-b",), "place")


def test_growth_is_in_percent_whatever_its_indicator_is_in() -> None:
    text = SMALL + target(
        "measure: average_growth", "indicator: patents", 'comparator: ">="', "value: 200", "unit: ‰", "mean: arithmetic"
    )
    found = plan_of(text).target("extra")
    assert (found.value, str(found.unit), found.mean) == (Decimal(20), "%", Mean.ARITHMETIC)


def test_range_has_both_bounds_and_no_comparator_to_choose() -> None:
    text = SMALL + target("measure: range", "indicator: patents", "lower: 1", "upper: 2", "unit: 万件")
    found = plan_of(text).target("extra")
    assert (found.value, found.upper, found.comparator) == (Decimal(10000), Decimal(20000), Comparator.BETWEEN)


def test_manual_targets_have_no_weight() -> None:
    found = plan_of(SMALL + target("measure: manual")).target("extra")
    assert (found.measure, found.weight, found.value, found.unit) == (MeasureKind.MANUAL, Decimal(0), None, None)


def test_convention_keeps_what_it_says() -> None:
    text = SMALL + target(
        "measure: level",
        "indicator: per-10k",
        'comparator: ">="',
        "value: 93",
        "conventions:",
        "  - {id: a, name: A}",
        "  - {id: b, name: B, note: why, lag: 1, denominator: people, reported: false, rounding: rounded}",
        "  - {id: c, name: C, reported: true}",
    )
    second, third = plan_of(text).target("extra").conventions[1:]
    assert (second.lag, second.denominator, second.reported) == (1, ("people",), False)
    assert (second.rounding, second.note) == (Rounding.ROUNDED, Text("why", "why"))
    assert third.reported is True


def test_units_of_the_plan() -> None:
    text = SMALL.replace("unit: 件, nature: stock", "unit: patents, nature: stock") + (
        "units:\n"
        "  - {unit: 件, aliases: [patents]}\n"
        "  - {unit: 班次, own: true, aliases: [runs]}\n"
        "  - {unit: 升, of: 立方米, factor: 0.001, aliases: [litre]}\n"
    )
    plan = plan_of(text)
    assert str(plan.indicator("patents").unit) == "件"
    pieces, runs, litres = plan.units
    assert (str(pieces.unit), pieces.spellings) == ("件", ("patents",))
    assert (runs.unit.dimension, runs.unit.factor, runs.spellings) == ("班次", Decimal(1), ("班次", "runs"))
    assert (litres.unit.dimension, litres.unit.factor) == ("立方米", Decimal("0.001"))


def test_quotients_of_own_units_are_understood() -> None:
    text = (
        SMALL.replace("unit: 件, nature: stock", "unit: 升, nature: stock").replace("unit: 件/万人", "unit: 升/人")
        + "units: [{unit: 升, of: 立方米, factor: 0.001}]\n"
    ).replace(", scale: 10000", "")
    plan = plan_of(text)
    unit = plan.indicator("per-10k").unit
    assert (unit.dimension, unit.factor) == ("立方米/人", Decimal("0.001"))
    ratio = plan.indicator("per-10k").ratio
    assert ratio is not None
    assert ratio.scale == 1000


def test_unit_that_converts_to_an_unknown_one_is_refused() -> None:
    assert complaints(SMALL + "units: [{unit: 升, of: 立方}]\n") == ["34:23 PLAN004 units[0].of: unknown unit '立方'"]


def test_one_text_serves_for_both_languages() -> None:
    plan = plan_of(SMALL.replace("{zh: 总体, en: All}", "PCT"))
    assert plan.area("all").name == Text("PCT", "PCT")


def test_texts_lose_the_blanks_around_them() -> None:
    assert plan_of(SMALL.replace("en: All", 'en: "  All "')).area("all").name.en == "All"


def test_own_pace_thresholds() -> None:
    plan = plan_of(SMALL + "pace: {id: mine, name: {zh: 自定, en: Mine}, on_track: 0.9, slow: 0.5, source: me}\n")
    assert (plan.pace.id, plan.pace.name.en) == ("mine", "Mine")
    assert (plan.pace.on_track, plan.pace.slow) == (Decimal("0.9"), Decimal("0.5"))
    assert plan_of(SMALL + "pace: {on_track: 1, slow: 0.5}\n").pace.name.en == "own thresholds"


@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_ordered_and_sourced(name: str) -> None:
    preset = PRESETS[name]
    assert preset.id == name
    assert 0 < preset.slow < preset.on_track
    assert preset.source is not None
    assert plan_of(SMALL + f"pace: {name}\n").pace == preset


def test_default_pace_is_the_straight_line() -> None:
    assert plan_of(SMALL).pace.id == "linear-95-60"


def test_milestones_are_in_order() -> None:
    text = SMALL + (
        f'milestones:\n  - {{id: m1, name: m1, dates: ["2021-12-15", "2019-12-15"], department: d1, {CLAUSE}}}\n'
    )
    assert plan_of(text).milestones[0].dates == ("2019-12-15", "2021-12-15")
