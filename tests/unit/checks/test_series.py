"""Rules about figures beside others of their series: falls, jumps, year-to-date, copies, breaks, labels."""

from __future__ import annotations

from collections.abc import Mapping

from checkplans import found, places
from datasets import across, cell
from ipstrong.diagnostics import Location

FALL = "values:\n  - {indicator: firms, fall_pct: 0}"
JUMP = "values:\n  - {indicator: firms, jump_pct: 20}"


def test_stock_that_falls_is_told_with_both_cells() -> None:
    rows = across(5, "firms", {"2018": 118868, "2019": 138534, "2020": 118868})
    (finding,) = found(rows, "RULE041", FALL)
    assert str(finding.location) == "data.xlsx[Sheet1!F5]"
    # 1 - 118868 / 138534 = 0.14196
    assert finding.message("en") == (
        "'firms' Rivertown falls from '138534' in 2019 (E5) to '118868' in 2020: by 14.2%, 0% is allowed"
    )
    assert finding.related == (Location("data.xlsx", sheet="Sheet1", cell="E5"),)
    assert found(rows, "RULE041") == []


def test_fall_within_the_tolerance_is_no_complaint() -> None:
    rows = across(5, "firms", {"2018": 100, "2019": 95})
    assert found(rows, "RULE041", "values:\n  - {indicator: firms, fall_pct: 5}") == []
    assert len(found(rows, "RULE041", "values:\n  - {indicator: firms, fall_pct: 4.9}")) == 1


def test_fall_within_printed_precision_is_no_complaint() -> None:
    # 13.8 万 is anything from 137,500 to 138,500; the year before may have been 138,490.
    rows = [
        cell("D5", 138490, indicator="firms", period="2018"),
        cell("E5", 13.8, indicator="firms", period="2019", unit="万家", factor=10000.0, half_width=0.05),
    ]
    assert found(rows, "RULE041", FALL) == []
    rows[0]["value"] = 138501
    assert places(found(rows, "RULE041", FALL)) == ["data.xlsx[Sheet1!E5]"]


def test_order_of_the_columns_does_not_matter() -> None:
    rows = across(5, "firms", {"2020": 3, "2018": 1, "2019": 2})
    assert found(rows, "RULE041", FALL) == []


def test_bound_from_above_never_proves_a_fall() -> None:
    rows = [
        cell("D5", 100, indicator="firms", period="2018"),
        cell("E5", 90, indicator="firms", period="2019", bound="at_least", raw="超过90"),
        cell("F5", 80, indicator="firms", period="2020", bound="at_most", raw="不足80"),
    ]
    # 2019 may be 200; but whatever it is, 2020 is below the 90 that 2019 at least was.
    assert places(found(rows, "RULE041", FALL)) == ["data.xlsx[Sheet1!F5]"]


def test_jump_beyond_the_tolerance_is_told_with_the_change() -> None:
    # 1763.38 / 1343.88 - 1 = 0.31216: the census revision of 2020.
    rows = across(5, "population", {"2018": 1302.66, "2019": 1343.88, "2020": 1763.38}, unit="万人")
    (finding,) = found(rows, "RULE042", "values:\n  - {indicator: population, jump_pct: 20}")
    assert finding.message("en") == (
        "'population' Rivertown goes from '1343.88' in 2019 (E5) to '1763.38' in 2020: +31.2%, more than ±20%"
    )


def test_jump_at_the_tolerance_is_no_complaint_and_falls_count_too() -> None:
    assert found(across(5, "firms", {"2018": 100, "2019": 120, "2020": 96}), "RULE042", JUMP) == []
    assert places(found(across(5, "firms", {"2018": 100, "2019": 79}), "RULE042", JUMP)) == ["data.xlsx[Sheet1!E5]"]


def test_tolerance_is_compounded_over_missing_years() -> None:
    # 1.2 ** 3 = 1.728
    assert found(across(5, "firms", {"2018": 1000, "2021": 1728}), "RULE042", JUMP) == []
    assert len(found(across(5, "firms", {"2018": 1000, "2021": 1729}), "RULE042", JUMP)) == 1


def test_jump_from_zero_has_no_percentage_and_is_left_alone() -> None:
    assert found(across(5, "firms", {"2018": 0, "2019": 500}), "RULE042", JUMP) == []


def test_declared_break_is_noted_and_nothing_is_compared_across_it() -> None:
    checks = JUMP + "\nbreaks:\n  - {indicator: firms, year: 2020, reason: {zh: 普查, en: census}}"
    rows = across(5, "firms", {"2019": 100, "2020": 200, "2021": 300})
    assert places(found(rows, "RULE042", checks)) == ["data.xlsx[Sheet1!F5]"]
    (note,) = found(rows, "RULE045", checks)
    assert str(note.location) == "data.xlsx[Sheet1!E5]"
    assert note.message("en") == "'firms' Rivertown is counted differently from 2020 on: census"
    assert found(rows[:1], "RULE045", checks) == []


def test_break_of_one_region_leaves_the_others_compared() -> None:
    checks = JUMP + "\nbreaks:\n  - {indicator: firms, region: lake, year: 2020, reason: {zh: 普查, en: census}}"
    rows = across(5, "firms", {"2019": 100, "2020": 200}) + across(
        6, "firms", {"2019": 100, "2020": 200}, region="lake"
    )
    assert places(found(rows, "RULE042", checks)) == ["data.xlsx[Sheet1!E5]"]
    assert places(found(rows, "RULE045", checks)) == ["data.xlsx[Sheet1!E6]"]


def test_many_jumps_of_a_series_are_one_finding() -> None:
    rows = across(5, "firms", {str(1990 + n): 100 if n % 2 else 200 for n in range(20)})
    (finding,) = found(rows, "RULE042", JUMP)
    assert "19 cells: E5:W5" in finding.message("en")


def test_year_to_date_that_shrinks_is_told() -> None:
    rows = across(5, "permits", {"2018-01..06": 70638, "2018-01..09": 25120, "2018": 140202})
    (finding,) = found(rows, "RULE043")
    assert finding.message("en") == (
        "'permits' Rivertown: the year-to-date falls from '70638' in 2018-01..06 (D5) to '25120' in 2018-01..09"
    )


def test_full_year_below_its_own_part_is_told() -> None:
    assert places(found(across(5, "permits", {"2018Q1": 500, "2018H1": 900, "2018": 800}), "RULE043")) == [
        "data.xlsx[Sheet1!F5]"
    ]


def test_year_to_date_starts_again_every_year_and_stocks_may_fall() -> None:
    assert found(across(5, "permits", {"2018-01..11": 900, "2019-01..02": 80, "2019": 800}), "RULE043") == []
    assert found(across(5, "firms", {"2018-01..06": 900, "2018": 800}), "RULE043") == []
    # Single quarters other than the first are no year-to-date.
    assert found(across(5, "permits", {"2018Q1": 500, "2018Q2": 300, "2018Q3": 200, "2018": 1200}), "RULE043") == []


def column(period: str, letter: str, values: Mapping[str, float], **columns: object) -> list[dict[str, object]]:
    """Return a column of figures, one indicator a row from row 5 on."""
    return [
        cell(f"{letter}{5 + at}", value, indicator=indicator, period=period, **columns)
        for at, (indicator, value) in enumerate(values.items())
    ]


def test_column_copied_from_last_year_is_one_finding() -> None:
    values = {"firms": 1224, "permits": 8, "density": 91.25}
    rows = column("2018", "D", values) + column("2019", "E", values)
    (finding,) = found(rows, "RULE044")
    assert str(finding.location) == "data.xlsx[Sheet1!E5:E7]"
    assert finding.message("en") == (
        "all 3 figures of 2019 equal those of 2018 (D5): '1224' and so on (3 cells: E5:E7)"
    )


def test_column_with_one_new_figure_is_no_copy() -> None:
    rows = column("2018", "D", {"firms": 1224, "permits": 8, "density": 91.25, "growth": 1})
    rows += column("2019", "E", {"firms": 1224, "permits": 8, "density": 91.25, "growth": 2})
    assert found(rows, "RULE044") == []


def test_few_figures_and_zeros_are_equal_by_chance() -> None:
    values = {"firms": 1224, "permits": 0, "density": 0, "growth": 5}
    assert found(column("2018", "D", values) + column("2019", "E", values), "RULE044") == []


def test_copied_row_of_regions_is_told() -> None:
    values = {"east": 5, "west": 6, "north": 7}
    rows = [
        cell(f"{letter}{5 + at}", value, indicator="firms", region=region, period=period)
        for letter, period in (("D", "2018"), ("E", "2019"))
        for at, (region, value) in enumerate(values.items())
    ]
    assert places(found(rows, "RULE044")) == ["data.xlsx[Sheet1!E5:E7]"]


def test_series_that_goes_on_under_another_label_is_noted() -> None:
    rows = [
        cell("D5", 10, indicator="permits", label="许可受理量", period="2016"),
        cell("E6", 12, indicator="permits", label="许可申请量", period="2017"),
        cell("F6", 13, indicator="permits", label="许可申请量", period="2018"),
    ]
    (finding,) = found(rows, "RULE046")
    assert str(finding.location) == "data.xlsx[Sheet1!E6]"
    assert finding.message("zh") == "“许可量”河湾市 从 2017 起名称由“许可受理量”（D5）变为“许可申请量”"


def test_labels_of_other_sheets_and_files_may_differ() -> None:
    rows = [
        cell("D5", 10, indicator="permits", label="许可受理量", period="2016"),
        cell("Other!E6", 12, indicator="permits", label="Permits", period="2017"),
    ]
    assert found(rows, "RULE046") == []


def test_cell_compared_with_is_named_as_briefly_as_it_can_be_found() -> None:
    def before(**columns: object) -> str:
        here = columns.pop("here", {})
        rows = [
            cell("D5", 100, indicator="firms", period="2018", **columns),
            cell("E5", 50, indicator="firms", period="2019", **here),  # type: ignore[arg-type]
        ]
        (finding,) = found(rows, "RULE041", FALL)
        text = finding.params["before_place"]
        assert isinstance(text, tuple)
        return str(text[1])

    assert before() == "D5"
    assert before(sheet="Other") == "Other!D5"
    assert before(file="old.xlsx") == "old.xlsx[Sheet1!D5]"
    csv = {"file": "a.csv", "sheet": None}
    assert before(**csv, here=csv) == "line 5 field 4"


def test_adjoining_falls_have_a_sentence_each() -> None:
    rows = across(5, "firms", {"2018": 100, "2019": 90, "2020": 80}) + across(
        6, "firms", {"2018": 9, "2019": 8}, region="lake"
    )
    assert places(found(rows, "RULE041", FALL)) == [
        "data.xlsx[Sheet1!E5]",
        "data.xlsx[Sheet1!F5]",
        "data.xlsx[Sheet1!E6]",
    ]


def test_cells_without_region_belong_to_the_home_region_that_others_name() -> None:
    rows = [
        cell("D5", 100, indicator="firms", period="2018", region="hewan"),
        cell("E5", 50, indicator="firms", period="2019", region=""),
    ]
    assert places(found(rows, "RULE041", FALL)) == ["data.xlsx[Sheet1!E5]"]


def test_days_and_spans_are_no_neighbours() -> None:
    assert found(across(5, "firms", {"2019-06-30": 100, "2019-12-31": 50, "2010..2020": 10}), "RULE041", FALL) == []


def test_figure_several_times_off_both_neighbours_is_told_without_a_plan() -> None:
    # Beijing in the national population sample: a 1 % sample in 2015 among 1 ‰ samples. 335775 / 17740 = 18.927.
    rows = across(5, None, {"2014": 17740, "2015": 335775, "2016": 18230})
    (finding,) = found(rows, "RULE047", None)
    assert str(finding.location) == "data.xlsx[Sheet1!E5]"
    assert "'335775' in 2015 is 18.9 times '17740' before it (D5)" in finding.message("en")


def test_trough_is_out_of_line_as_much_as_a_peak() -> None:
    assert places(found(across(5, None, {"2018": 500, "2019": 100, "2020": 500}), "RULE047", None)) == [
        "data.xlsx[Sheet1!E5]"
    ]


def test_steps_ends_small_figures_and_declared_breaks_are_in_line() -> None:
    assert found(across(5, None, {"2018": 100, "2019": 600, "2020": 620}), "RULE047", None) == []
    assert found(across(5, None, {"2018": 100, "2019": 600}), "RULE047", None) == []
    assert found(across(5, None, {"2018": 100, "2019": 499, "2020": 100}), "RULE047", None) == []
    assert found(across(5, None, {"2018": 10, "2019": 60, "2020": 10}), "RULE047", None) == []
    rows = across(5, "firms", {"2018": 100, "2019": 600, "2020": 100})
    reason = "reason: {zh: 抽样, en: sample}"
    assert found(rows, "RULE047", f"breaks:\n  - {{indicator: firms, year: 2019, {reason}}}") == []
