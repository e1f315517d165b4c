"""Cross-checks against hand-made arithmetic: values, differences, tolerances, evidence, and what is missing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkplans import crossed, found, places
from datasets import across, cell
from ipstrong.checks.cross import _decimal, _show
from ipstrong.diagnostics import Severity
from ipstrong.model.validation import CrossCheck, Outcome


def rule(formula: str, *more: str, name: str = "one") -> str:
    """Return a cross-check as YAML."""
    extra = "".join(f"\n    {line}" for line in more)
    return f"cross:\n  - id: {name}\n    name: {{zh: 勾稽, en: Relation}}\n    formula: {formula}{extra}"


def outcomes(results: list[CrossCheck]) -> list[tuple[str, str, str]]:
    """Return region, period and outcome of each result."""
    return [(result.region, result.period, result.outcome.value) for result in results]


# Shenzhen as published (white papers of 2018, 2019 and 2021; communiqués for the population, in 万人). The stock of 2018
# is the one figure that reproduces the printed 91.25 with the population of the same year.
PER_10K = across(5, "density", {"2018": 91.25, "2019": 106.3, "2021": 112}, unit="家/万人")
PER_10K[0]["half_width"], PER_10K[1]["half_width"] = 0.005, 0.05
STOCK = across(6, "firms", {"2018": 118872, "2019": 138534, "2021": 198031})
POPULATION = across(7, "population", {"2018": 1302.66, "2019": 1343.88, "2021": 1768.16}, unit="万人", half_width=0.005)
SHENZHEN = [*PER_10K, *STOCK, *POPULATION]


def test_published_density_against_the_population_of_the_same_year() -> None:
    one, two, three = crossed(SHENZHEN, rule("density = firms / population", "tolerance: {printed: true}"))
    # 118872 / 1302.66 = 91.25328..., printed 91.25: within half of the last place.
    assert (one.period, one.outcome) == ("2018", Outcome.PASS)
    assert one.right is not None
    assert one.right.quantize(Decimal("0.00001")) == Decimal("91.25328")
    assert one.left == Decimal("91.25")
    # 138534 / 1343.88 = 103.08510...: 3.2 off the printed 106.3.
    assert (two.period, two.outcome) == ("2019", Outcome.FAIL)
    assert two.difference is not None
    assert two.difference.quantize(Decimal("0.0001")) == Decimal("3.2149")
    # 198031 / 1768.16 = 111.99835; 112 is an integer in full, so print explains nothing.
    assert (three.period, three.outcome) == ("2021", Outcome.FAIL)


def test_tolerance_in_the_unit_of_the_sides() -> None:
    results = crossed(SHENZHEN, rule("density = firms / population", "tolerance: {absolute: 0.05, printed: true}"))
    assert outcomes(results) == [("hewan", "2018", "pass"), ("hewan", "2019", "fail"), ("hewan", "2021", "pass")]
    assert results[0].tolerance == Decimal("0.05")


def test_accepted_reading_that_holds_is_enough() -> None:
    # 2019 was divided by the population of 2018: 138534 / 1302.66 = 106.34702.
    formulas = "\n      - density = firms / population\n      - density = firms / population[t-1]"
    results = crossed(SHENZHEN, rule(formulas, "tolerance: {absolute: 0.05, printed: true}"))
    assert [(result.outcome, result.expression) for result in results] == [
        (Outcome.PASS, "density = firms / population"),
        (Outcome.PASS, "density = firms / population[t-1]"),
        (Outcome.PASS, "density = firms / population"),
    ]


def test_result_carries_the_evidence_in_the_order_of_the_formula() -> None:
    (result, *_) = crossed(SHENZHEN, rule("density * population = firms", "years: {last: 2018}"))
    assert [(seen.indicator, seen.row, seen.col, seen.raw) for seen in result.evidence] == [
        ("density", 4, 3, "91.25"),
        ("population", 6, 3, "1302.66"),
        ("firms", 5, 3, "118872"),
    ]
    # 91.25 * 1302.66 = 118867.725 exactly.
    assert (result.left, result.right, result.difference) == (Decimal("118867.725"), Decimal(118872), Decimal("-4.275"))


def test_difference_that_print_explains_is_uncertain_unless_the_plan_accepts_it() -> None:
    # 91.245 * 1302.655 = 118860.8 to 91.255 * 1302.665 = 118874.7: the stock lies between.
    rows = [PER_10K[0], STOCK[0], POPULATION[0]]
    assert [result.outcome for result in crossed(rows, rule("density * population = firms"))] == [Outcome.UNCERTAIN]
    accepted = rule("density * population = firms", "tolerance: {printed: true}")
    assert [result.outcome for result in crossed(rows, accepted)] == [Outcome.PASS]
    (finding,) = found(rows, "RULE061", rule("density * population = firms"))
    assert finding.severity is Severity.WARNING


def test_relative_tolerance_is_of_the_larger_side() -> None:
    rows = across(5, "firms", {"2019": 100}) + across(6, "opening", {"2019": 98})
    # 2 % of 100 is 2: enough; of 98 it would be 1.96.
    (result,) = crossed(rows, rule("firms = opening", "tolerance: {relative_pct: 2}"))
    assert (result.outcome, result.tolerance) == (Outcome.PASS, Decimal(2))
    (result,) = crossed(rows, rule("firms = opening", "tolerance: {relative_pct: 1.99}"))
    assert (result.outcome, result.tolerance) == (Outcome.FAIL, Decimal("1.99"))
    (result,) = crossed(rows, rule("firms = opening", "tolerance: {relative_pct: 1, absolute: 2}"))
    assert (result.outcome, result.tolerance) == (Outcome.PASS, Decimal(2))


@pytest.mark.parametrize(
    ("relation", "left", "right", "outcome"),
    [
        ("<=", 5, 5, "pass"),
        ("<=", 6, 5, "fail"),
        (">=", 5, 5, "pass"),
        (">=", 4, 5, "fail"),
        ("=", 5, 5, "pass"),
        ("=", 4, 5, "fail"),
    ],
)
def test_relations(relation: str, left: float, right: float, outcome: str) -> None:
    rows = across(5, "firms", {"2019": left}) + across(6, "opening", {"2019": right})
    assert outcomes(crossed(rows, rule(f"firms {relation} opening"))) == [("hewan", "2019", outcome)]


def test_districts_add_up_to_the_city() -> None:
    parts = {"east": 10, "west": 20, "north": 30.5}
    rows = [
        cell(f"D{5 + at}", value, indicator="permits", region=name) for at, (name, value) in enumerate(parts.items())
    ]
    rows.append(cell("D9", 60.5, indicator="permits"))
    (result,) = crossed(rows, rule("sum(permits@parts) = permits@home"))
    assert (result.outcome, result.left, result.right) == (Outcome.PASS, Decimal("60.5"), Decimal("60.5"))
    assert len(result.evidence) == 4
    rows[0]["value"] = 11
    (result,) = crossed(rows, rule("sum(permits@parts) = permits@home"))
    assert (result.outcome, result.difference) == (Outcome.FAIL, Decimal(1))


def test_missing_district_makes_it_not_assessable_and_is_named() -> None:
    rows = [cell("D5", 10, indicator="permits", region="east"), cell("D9", 60, indicator="permits")]
    (result,) = crossed(rows, rule("sum(permits@parts) = permits@home"))
    assert result.outcome is Outcome.NOT_ASSESSABLE
    assert result.missing == (
        "许可量（西区，2019）、许可量（北区，2019）",
        "Permits (West, 2019), Permits (North, 2019)",
    )
    assert (result.left, result.right, result.difference) == (None, None, None)


def test_mean_minimum_and_maximum() -> None:
    rows = [
        cell(f"D{5 + at}", value, indicator="permits", region=region)
        for at, (region, value) in enumerate({"east": 10, "west": 20, "north": 60, "hewan": 30}.items())
    ]
    assert [result.outcome for result in crossed(rows, rule("mean(permits@parts) = permits@home"))] == [Outcome.PASS]
    (least,) = crossed(rows, rule("min(permits@parts) <= max(permits@parts)"))
    assert (least.left, least.right) == (Decimal(10), Decimal(60))
    (bounded,) = crossed(rows, rule("max(permits@home, 40) = 40"))
    assert bounded.outcome is Outcome.PASS


def test_reported_growth_against_computed_growth() -> None:
    # 138534 / 118872 - 1 = 16.5405 %, printed 16.5.
    rows = [*STOCK, cell("E9", 16.5, indicator="growth", period="2019", unit="%", half_width=0.05)]
    check = rule("growth = (firms / firms[t-1] - 1) * 100", "tolerance: {printed: true}")
    assert outcomes(crossed(rows, check)) == [("hewan", "2019", "pass")]
    rows[-1]["value"] = 17.0
    assert outcomes(crossed(rows, check)) == [("hewan", "2019", "fail")]


def test_opening_equals_last_closing() -> None:
    rows = across(5, "firms", {"2018": 100, "2019": 120}) + across(6, "opening", {"2019": 100, "2020": 119})
    assert outcomes(crossed(rows, rule("opening = firms[prev]"))) == [
        ("hewan", "2019", "pass"),
        ("hewan", "2020", "fail"),
    ]


def test_previous_quarter_and_month_reach_into_the_year_before() -> None:
    rows = across(5, "firms", {"2018Q4": 7, "2018-12": 9}) + across(6, "opening", {"2019Q1": 7, "2019-01": 9})
    check = rule("opening = firms[prev]", "periods: [quarter, month]")
    assert outcomes(crossed(rows, check)) == [("hewan", "2019-01", "pass"), ("hewan", "2019Q1", "pass")]


def test_lag_is_the_same_period_of_the_year_before() -> None:
    rows = across(5, "permits", {"2018-01..09": 70, "2019-01..09": 77, "2019": 100})
    (result,) = crossed(rows, rule("permits >= permits[t-1] * 1.1", "periods: [ytd]"))
    assert (result.period, result.outcome, result.right) == ("2019-01..09", Outcome.PASS, Decimal(77))


def test_fixed_year_and_share_of_the_nation() -> None:
    rows = [
        *across(5, "permits", {"2018": 50, "2019": 60}),
        *across(6, "permits", {"2018": 500, "2019": 400}, region="land"),
        *across(7, "share", {"2018": 10, "2019": 15}, unit="%"),
    ]
    assert outcomes(crossed(rows, rule("share = permits / permits@nation * 100", "regions: [home]"))) == [
        ("hewan", "2018", "pass"),
        ("hewan", "2019", "pass"),
    ]
    (base, later) = crossed(rows, rule("permits@home >= permits[2018]@home"))
    assert (base.right, later.right) == (Decimal(50), Decimal(50))


def test_grants_may_exceed_the_growth_of_the_stock_by_so_much() -> None:
    rows = across(5, "firms", {"2018": 1000, "2019": 1100}) + across(6, "permits", {"2019": 150})
    check = "permits - (firms - firms[t-1]) <= {} * firms[t-1]"
    assert [result.outcome for result in crossed(rows, rule(check.format("0.05")))] == [Outcome.PASS]
    assert [result.outcome for result in crossed(rows, rule(check.format("0.049")))] == [Outcome.FAIL]


def test_every_region_of_the_plan_is_checked_but_those_the_formula_names() -> None:
    rows = [
        *across(5, "permits", {"2019": 60}),
        *across(6, "permits", {"2019": 70}, region="lake"),
        *across(7, "permits", {"2019": 65}, region="land"),
        *across(8, "permits", {"2019": 99}, region="Atlantis"),
    ]
    assert outcomes(crossed(rows, rule("permits <= permits@nation"))) == [
        ("hewan", "2019", "pass"),
        ("lake", "2019", "fail"),
    ]
    assert outcomes(crossed(rows, rule("permits <= permits@nation", "regions: [peers]"))) == [("lake", "2019", "fail")]


def test_periods_without_a_figure_on_one_side_are_not_assessed() -> None:
    rows = across(5, "firms", {"2017": 1, "2018": 2, "2019": 3}) + across(6, "opening", {"2019": 3})
    assert outcomes(crossed(rows, rule("firms = opening"))) == [("hewan", "2019", "pass")]


def test_check_without_any_figure_is_one_result() -> None:
    (result,) = crossed(across(5, "permits", {"2019": 1}), rule("firms = opening"))
    assert (result.outcome, result.period, result.evidence) == (Outcome.NOT_ASSESSABLE, "", ())
    assert result.missing is not None
    assert result.missing.en == "figures of one period on both sides: Firms, Firms at the start"


def test_division_by_zero_is_not_assessable() -> None:
    rows = across(5, "firms", {"2019": 1}) + across(6, "population", {"2019": 0}) + across(7, "density", {"2019": 1})
    (result,) = crossed(rows, rule("density = firms / population"))
    assert (result.outcome, result.missing) == (Outcome.NOT_ASSESSABLE, ("除数为零", "a divisor that is not zero"))


@pytest.mark.parametrize(
    ("bound", "relation", "right", "outcome"),
    [
        ("at_least", ">=", 90, "pass"),  # more than 100 is certainly at least 90
        ("at_least", "=", 100, "uncertain"),
        ("at_least", "=", 90, "fail"),
        ("at_least", "<=", 100, "uncertain"),
        ("at_most", "<=", 100, "pass"),
        ("at_most", "=", 50, "uncertain"),
        ("at_most", ">=", 101, "fail"),
    ],
)
def test_figure_that_is_only_a_bound(bound: str, relation: str, right: float, outcome: str) -> None:
    rows = [cell("D5", 100, indicator="firms", bound=bound), cell("D6", right, indicator="opening")]
    # What print leaves open is never accepted for a bound.
    check = rule(f"firms {relation} opening", "tolerance: {printed: true}")
    assert outcomes(crossed(rows, check)) == [("hewan", "2019", outcome)]


def test_approximate_figure_reaches_one_unit_of_its_last_digit() -> None:
    # About 262,000 is 261,000 to 263,000.
    rows = [cell("D5", 262000, indicator="firms", bound="about"), cell("D6", 262999, indicator="opening")]
    assert [result.outcome for result in crossed(rows, rule("firms = opening"))] == [Outcome.UNCERTAIN]
    rows[1]["value"] = 263001
    assert [result.outcome for result in crossed(rows, rule("firms = opening"))] == [Outcome.FAIL]


def test_failure_names_every_cell_and_has_the_severity_of_the_plan() -> None:
    check = rule("density = firms / population", "severity: warning", "years: {first: 2019, last: 2019}")
    (finding,) = found(SHENZHEN, "RULE060", check)
    assert finding.severity is Severity.WARNING
    assert str(finding.location) == "data.xlsx[Sheet1!E5]"
    assert [location.cell for location in finding.related] == ["E6", "E7"]
    assert finding.message("en") == (
        "Relation (Rivertown 2019): density = firms / population does not hold: left 106.3, right 103.085096884, "
        "difference 3.21490311635, tolerance 0"
    )
    assert finding.hint("en").startswith("check every cell involved: data.xlsx[Sheet1!E5] 106.3, ")


def test_what_cannot_be_assessed_is_one_note_a_check() -> None:
    years = {"2017": 1.0, "2018": 2.0, "2019": 3.0}
    rows = across(5, "firms", years) + across(6, "opening", years)
    check = rule("firms - opening = growth - growth + 0 * opening[t-1]")
    notes = found(rows, "RULE062", check)
    assert len(notes) == 1
    assert "and 1 more" in notes[0].message("en")


def test_exact_arithmetic_where_binary_fractions_would_fail() -> None:
    # 0.1 + 0.2 = 0.3 exactly.
    rows = across(5, "growth", {"2019": 0.3}, unit="%")
    assert [result.outcome for result in crossed(rows, rule("growth = 0.1 + 0.2"))] == [Outcome.PASS]
    # 1/3 * 3 = 1 exactly.
    rows = across(5, "firms", {"2019": 1})
    assert [result.outcome for result in crossed(rows, rule("firms / 3 * 3 = 1"))] == [Outcome.PASS]


def test_first_of_two_values_of_one_figure_counts() -> None:
    rows = [cell("D5", 1, indicator="firms"), cell("D6", 2, indicator="firms"), cell("D7", 1, indicator="opening")]
    assert [result.outcome for result in crossed(rows, rule("firms = opening"))] == [Outcome.PASS]


def test_no_flood_of_failures() -> None:
    years = {str(year): float(year) for year in range(1970, 2020)}
    rows = across(5, "firms", years) + across(6, "opening", dict.fromkeys(years, 1.0))
    findings = found(rows, "RULE060", rule("firms = opening"))
    assert len(findings) == 20
    assert "and 30 more" in findings[-1].message("en")
    assert len(places(findings)) == 20


@pytest.mark.parametrize(
    ("before", "period", "kind"),
    [
        ("2018/19", "2019/20", "fiscal"),
        ("2018H2", "2019H1", "half"),
        ("2019H1", "2019H2", "half"),
        ("2019Q1", "2019Q2", "quarter"),
        ("2018-12", "2019-01", "month"),
        ("2019-01..08", "2019-01..09", "ytd"),
    ],
)
def test_period_before_of_every_grain(before: str, period: str, kind: str) -> None:
    rows = across(5, "firms", {before: 7}) + across(6, "opening", {period: 7})
    assert outcomes(crossed(rows, rule("opening = firms[prev]", f"periods: [{kind}]"))) == [("hewan", period, "pass")]


def test_same_fiscal_year_before() -> None:
    rows = across(5, "firms", {"2018/19": 7}) + across(6, "opening", {"2019/20": 7})
    assert outcomes(crossed(rows, rule("opening = firms[t-1]", "periods: [fiscal]"))) == [("hewan", "2019/20", "pass")]


def test_first_month_to_date_has_none_before_it() -> None:
    rows = across(5, "firms", {"2019-01..01": 7}) + across(6, "opening", {"2019-01..01": 7})
    (result,) = crossed(rows, rule("opening = firms + 0 * firms[prev]", "periods: [ytd]"))
    assert result.missing == ("2019-01..01 的上一期", "a period before 2019-01..01")
    (nothing,) = crossed(rows, rule("opening = firms[prev]", "periods: [ytd]"))
    assert (nothing.outcome, nothing.period) == (Outcome.NOT_ASSESSABLE, "")


def test_evidence_in_other_files_is_named_in_full() -> None:
    rows = across(5, "firms", {"2019": 7}) + across(6, "opening", {"2019": 8}, file="other.csv", sheet=None)
    (finding,) = found(rows, "RULE060", rule("firms = opening"))
    assert [str(place) for place in finding.related] == ["other.csv:6:4"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(1, 8), "0.125"),
        (Fraction(118867725, 1000), "118867.725"),
        (Fraction(-7), "-7"),
        (Fraction(10**20), "100000000000000000000"),
        (Fraction(1, 3), "0.3333333333333333333333333333333333"),
        (Fraction(0), "0"),
    ],
)
def test_fractions_become_decimals(value: Fraction, text: str) -> None:
    assert str(_decimal(value)) == text


@given(st.decimals(-(10**9), 10**9, places=6))
def test_finite_decimals_come_back(value: Decimal) -> None:
    assert _decimal(Fraction(value)) == value


@pytest.mark.parametrize(
    ("number", "text"),
    [("118867.725", "118,867.725"), ("0.30000", "0.3"), ("-4", "-4"), ("1E+6", "1,000,000"), ("0", "0")],
)
def test_numbers_in_sentences(number: str, text: str) -> None:
    assert _show(Decimal(number)) == text
