"""Rules about single cells: each on a submission of a few cells, one that offends and one that does not."""

from __future__ import annotations

import pytest

from checkplans import found, places
from datasets import across, cell


def test_text_numbers_of_a_column_are_one_finding() -> None:
    rows = [
        cell(f"D{5 + n}", 100 + n, indicator="firms", period=str(2010 + n), remarks="text_number", raw=f"{100 + n} ")
        for n in range(6)
    ]
    (finding,) = found(rows, "RULE020")
    assert str(finding.location) == "data.xlsx[Sheet1!D5:D10]"
    assert finding.message("en") == "a number is stored as text: '100 ' (6 cells: D5:D10)"
    assert finding.message("zh") == "数字存成了文本：“100 ”（共 6 格：D5:D10）"


def test_text_number_is_told_without_a_plan_too() -> None:
    assert places(found([cell("D7", 5, remarks="text_number", raw="1,234")], "RULE020", None)) == [
        "data.xlsx[Sheet1!D7]"
    ]


def test_number_with_words_is_a_rule_of_its_own() -> None:
    rows = [
        cell("D5", 12.98, remarks="text_number", raw="12.98万"),
        cell("D6", 5, remarks="text_number", raw="约5", bound="about"),
        cell("D7", 5, remarks="text_number;full_width", raw="５"),
    ]
    assert places(found(rows, "RULE022")) == ["data.xlsx[Sheet1!D5]"]
    assert found(rows, "RULE020") == []


def test_full_width_digits_are_told() -> None:
    rows = [cell("D7", 93.2, remarks="full_width;text_number", raw="９３.２"), cell("D8", 93.2, raw="93.2")]
    (finding,) = found(rows, "RULE021")
    assert str(finding.location) == "data.xlsx[Sheet1!D7]"
    assert finding.params["raw"] == "９３.２"


@pytest.mark.parametrize(
    ("values", "place", "factor"),
    [
        # 13.85 (万家) among figures in 家: 1/10,000 of the neighbours on both sides.
        ((118868, 13.85, 160014), "E5", "1/10,000 of"),
        ((118868, 138534, 16.0), "F5", "1/10,000 of"),
        # The first of a series is off where the others agree among themselves.
        ((11.89, 138534, 160014), "D5", "1/10,000 of"),
        ((0.52, 53, 54), "D5", "1/100 of"),
        ((52, 5300, 54), "E5", "100 times"),
    ],
)
def test_figure_a_power_of_ten_off_is_told_where_it_stands(values: tuple[float, ...], place: str, factor: str) -> None:
    rows = across(5, "firms", dict(zip(("2018", "2019", "2020"), values, strict=True)))
    (finding,) = found(rows, "RULE023")
    assert str(finding.location) == f"data.xlsx[Sheet1!{place}]"
    assert f"is about {factor} its neighbour" in finding.message("en")


def test_level_that_shifts_for_good_is_told_where_it_begins() -> None:
    rows = across(5, "firms", {"2016": 11, "2017": 12, "2018": 118868, "2019": 138534})
    assert places(found(rows, "RULE023")) == ["data.xlsx[Sheet1!F5]"]


@pytest.mark.parametrize(
    "values",
    [
        {"2018": 100, "2019": 150, "2020": 90},
        {"2018": 1, "2019": 20, "2020": 400},  # twentyfold is a jump, not a unit
        {"2018": 0, "2019": 10000, "2020": 0},  # nothing is not a power of ten off
        {"2018": 10000, "2019-01..03": 100},  # a year and a part of one are not neighbours
    ],
)
def test_figures_of_one_magnitude_are_left_alone(values: dict[str, float]) -> None:
    assert found(across(5, "firms", values), "RULE023") == []


def test_units_are_converted_before_magnitudes_are_compared() -> None:
    rows = [
        cell("D5", 118868, indicator="firms", period="2018"),
        cell("E5", 13.85, indicator="firms", period="2019", unit="万家", factor=10000.0),
    ]
    assert found(rows, "RULE023") == []


def test_whole_thousands_under_ten_thousands_are_doubted_where_the_whole_row_is_so() -> None:
    def row(
        number: int, *values: float, unit: str = "万家", factor: float = 10000.0, indicator: str = "firms"
    ) -> list[dict[str, object]]:
        years = ("2018", "2019", "2020")
        return [
            cell(f"{column}{number}", value, indicator=indicator, period=year, unit=unit, factor=factor)
            for column, year, value in zip("DEF", years, values, strict=True)
        ]

    (finding,) = found(row(5, 18081, 17459, 20209), "RULE034")
    assert str(finding.location) == "data.xlsx[Sheet1!D5:F5]"
    # 18,081 ten-thousands are 180,810,000
    assert "'18081' in 万家 reads as 180,810,000 家" in finding.message("en")
    assert "按“万家”读作 180,810,000 家" in finding.message("zh")
    assert found(row(5, 13.05, 14, 15), "RULE034") == []  # as such figures are printed
    assert found(row(5, 1805, 1459, 2009.5), "RULE034") == []  # one of them has decimals: a unit that fits
    assert found(row(5, 18081, 17459, 20209, unit="家", factor=1.0), "RULE034") == []
    assert found(row(5, 1344, 1768, 1763, unit="万人", factor=1.0, indicator="population"), "RULE034") == []


def test_decimals_in_a_count_are_told_in_the_base_unit() -> None:
    rows = [
        cell("D5", 118868.5, indicator="firms", period="2018"),
        # 13.05 万家 is 130,500, a whole number of firms; 1.23456 万家 is 12,345.6 and is not.
        cell("E5", 13.05, indicator="firms", period="2019", unit="万家", factor=10000.0),
        cell("F5", 1.23456, indicator="firms", period="2020", unit="万家", factor=10000.0),
        # The population is printed in ten thousands: 1302.66 is 13,026,600 people.
        cell("D6", 1302.66, indicator="population", period="2018", unit="万人"),
        cell("D7", 91.25, indicator="density", period="2018"),
    ]
    findings = found(rows, "RULE024")
    assert places(findings) == ["data.xlsx[Sheet1!D5]", "data.xlsx[Sheet1!F5]"]
    assert findings[0].message("en") == "'firms' counts 家 and cannot be '118868.5'"


def test_more_decimals_than_the_plan_has_are_told() -> None:
    rows = across(5, "density", {"2018": 91.25, "2019": 106.347368})
    assert places(found(rows, "RULE025", "values:\n  - {indicator: density, decimals: 2}")) == ["data.xlsx[Sheet1!E5]"]
    assert found(rows, "RULE025", "values:\n  - {indicator: density, decimals: 6}") == []
    assert found(rows, "RULE025") == []


def test_negative_count_is_told_and_negative_growth_is_not() -> None:
    rows = [*across(5, "permits", {"2018": -3069}), *across(6, "growth", {"2018": -3.1}, unit="%")]
    (finding,) = found(rows, "RULE026")
    assert str(finding.location) == "data.xlsx[Sheet1!D5]"
    assert finding.message("en") == "'permits' counts 件 and cannot be negative: '-3069'"


RANGE = "values:\n  - {indicator: firms, min: 10, max: 130500}"


def test_figure_outside_the_range_is_told_with_the_range() -> None:
    rows = across(5, "firms", {"2018": 9, "2019": 10, "2020": 130500, "2021": 130501})
    findings = found(rows, "RULE027", RANGE)
    assert places(findings) == ["data.xlsx[Sheet1!D5]", "data.xlsx[Sheet1!G5]"]
    assert findings[0].message("en") == "'firms' Rivertown 2018: '9' is not within 10 to 130500 家"


@pytest.mark.parametrize(
    ("declared", "value", "zh", "en"),
    [
        ("min: 10", 9, "小于 10 家", "is below 10 家"),
        ("max: 10", 11, "大于 10 家", "is above 10 家"),
        ("min: 1, max: 10", 11, "不在 1 至 10 家之间", "is not within 1 to 10 家"),
    ],
)
def test_an_open_range_is_told_without_infinity(declared: str, value: int, zh: str, en: str) -> None:
    rule = f"values:\n  - {{indicator: firms, {declared}}}"
    (finding,) = found(across(5, "firms", {"2018": value}), "RULE027", rule)
    assert finding.message("zh").endswith(zh)
    assert finding.message("en").endswith(en)


def test_range_is_held_against_exact_decimals() -> None:
    # 13.05 * 10000 is 130500.00000000001 in binary fractions, and 0.1 + 0.2 would be above 0.3.
    rows = [cell("D5", 13.05, indicator="firms", unit="万家", factor=10000.0, raw="13.05")]
    assert found(rows, "RULE027", RANGE) == []
    rows = [cell("D5", 13.0500000001, indicator="firms", unit="万家", factor=10000.0, raw="13.0500000001")]
    assert len(found(rows, "RULE027", RANGE)) == 1


def test_open_range_has_one_end() -> None:
    rows = across(5, "growth", {"2018": -50, "2019": 1e9})
    assert places(found(rows, "RULE027", "values:\n  - {indicator: growth, min: 0}")) == ["data.xlsx[Sheet1!D5]"]
    (finding,) = found(rows, "RULE027", "values:\n  - {indicator: growth, max: 5}")
    assert finding.message("en").endswith("'1000000000' is above 5 %")


def test_share_above_the_whole_is_told_and_growth_is_not() -> None:
    rows = [*across(5, "share", {"2018": 348, "2019": 100}, unit="%"), *across(6, "growth", {"2018": 348}, unit="%")]
    assert places(found(rows, "RULE028")) == ["data.xlsx[Sheet1!D5]"]


def test_nan_and_infinity_are_told() -> None:
    rows = [
        cell("D5", float("nan"), raw="NaN"),
        cell("D6", float("inf"), raw="inf"),
        cell("D7", None, raw="nan", remarks="not_finite"),
        cell("D9", None, raw="—"),
    ]
    (finding,) = found(rows, "RULE029", None)
    assert str(finding.location) == "data.xlsx[Sheet1!D5:D7]"


def test_marks_are_notes_on_figures_only() -> None:
    rows = [
        cell("D5", 5, indicator="firms", raw="5①", remarks="footnote"),
        cell("D6", 5, indicator="firms", raw="5(初步)", remarks="provisional", status="provisional", period="2020"),
        cell("D7", 5, indicator="firms", raw="超过5", bound="at_least", period="2021"),
        cell("D8", 5, indicator="firms", raw="5 r", remarks="revised", period="2022"),
        cell("D9", None, indicator="firms", raw="①", remarks="footnote", period="2023"),
        cell("D10", 5, raw="5①", remarks="footnote"),  # no indicator of the plan
    ]
    assert places(found(rows, "RULE030")) == ["data.xlsx[Sheet1!D5]"]
    assert places(found(rows, "RULE031")) == ["data.xlsx[Sheet1!D6]"]
    assert places(found(rows, "RULE032")) == ["data.xlsx[Sheet1!D7]"]
    (finding,) = found(rows, "RULE033")
    assert finding.message("zh") == "修订数：“5 r”"
    assert places(found(rows, "RULE030", None)) == ["data.xlsx[Sheet1!D5]", "data.xlsx[Sheet1!D10]"]


def test_provisional_figures_and_estimates_are_told_apart() -> None:
    rows = [
        cell("D5", 5, indicator="firms", status="provisional"),
        cell("D6", 6, indicator="firms", status="estimate", period="2020"),
    ]
    assert [finding.params["status"] for finding in found(rows, "RULE031")] == [
        ("初步数", "provisional figure"),
        ("估计数", "estimate"),
    ]
