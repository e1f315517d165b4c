"""Rules about tables, sheets, regions, periods, required figures and totals: each on a submission of a few cells."""

from __future__ import annotations

from checkplans import found, places
from datasets import across, cell, make_dataset
from ipstrong.diagnostics import Finding, Location, Severity
from ipstrong.diagnostics.codes import layout
from ipstrong.model.dataset import SourceFile

FIRMS = across(5, "firms", {"2018": 100, "2019": 110, "2020": 120}, unit="家")
FILE = SourceFile("empty.xlsx", "0" * 64, "xlsx", ("Sheet1",))


def test_file_without_a_figure_is_told_unless_a_reader_said_why() -> None:
    files = (SourceFile("data.xlsx", "0" * 64, "xlsx", ("Sheet1",)), FILE)
    silent = make_dataset(FIRMS, files=files)
    assert places(found(silent, "RULE001")) == ["empty.xlsx"]
    reason = Finding(layout.NO_TABLE, Location("empty.xlsx"), {"seen": "?"})
    assert found(make_dataset(FIRMS, files=files, findings=[reason]), "RULE001") == []


def test_missing_sheet_is_told_with_the_nearest_name() -> None:
    rows = across(5, "firms", {"2018": 1}, sheet="企业数据", unit="家")
    (finding,) = found(rows, "RULE002", "sheets: [企业]")
    assert finding.message("en") == "sheet '企业' is missing; there are: 企业数据"
    assert "企业数据" in finding.hint("zh")
    assert found(rows, "RULE002", "sheets: [企业数据]") == []


def test_sheets_are_not_asked_of_text_files() -> None:
    rows = [cell("D5", 1, indicator="firms", file="data.csv", sheet=None)]
    assert found(rows, "RULE002", "sheets: [企业]") == []


def test_unknown_region_is_told_once_with_its_cells_and_the_nearest() -> None:
    rows = [*FIRMS, *across(6, "firms", {"2018": 1, "2019": 2}, region="河湾市区"), cell("H9", 5, region="Atlantis")]
    (finding,) = found(rows, "RULE003")  # what is no indicator of the plan does not count, whatever its region
    assert str(finding.location) == "data.xlsx[Sheet1!D6:E6]"
    assert finding.message("en") == "the plan names no region '河湾市区' (2 cells: D6:E6)"
    assert "did you mean '河湾市'?" in finding.hint("en")


def test_many_unknown_regions_of_a_sheet_are_one_finding() -> None:
    rows = [cell(f"D{5 + n}", n, indicator="firms", region=f"region {n}") for n in range(30)]
    (finding,) = found(rows, "RULE003")
    assert str(finding.location) == "data.xlsx[Sheet1!D5:D34]"
    assert "30 in all" in finding.message("en")


def test_region_of_the_plan_and_cells_without_region_are_known() -> None:
    rows = [*FIRMS, cell("D9", 3, indicator="firms", region="lake")]
    assert found(rows, "RULE003") == []


def test_period_outside_the_plan_is_told() -> None:
    rows = across(5, "firms", {"2018": 1, "2091": 2, "1999": 3})
    findings = found(rows, "RULE004", "years: {first: 2000, last: 2030}")
    assert places(findings) == ["data.xlsx[Sheet1!E5]", "data.xlsx[Sheet1!F5]"]
    assert findings[0].message("en") == "period '2091' is not within 2000 to 2030"
    assert found(rows, "RULE004", "years: {first: 1999, last: 2091}") == []
    (late,) = found(rows, "RULE004", "years: {last: 2030}")
    assert late.params["period"] == "2091"


REQUIRED = "required:\n  - {indicators: [firms, permits], years: [2018, 2019, 2020]}"


def test_required_indicator_without_any_figure_is_told() -> None:
    (finding,) = found(FIRMS, "RULE007", REQUIRED)
    assert finding.message("en") == "required indicator 'Permits' (Rivertown) is absent; asked for: 2018, 2019, 2020"
    assert (str(finding.location), finding.severity) == ("data.xlsx", Severity.ERROR)


def test_required_year_is_told_at_the_cell_that_says_there_is_none() -> None:
    rows = [*FIRMS, *across(6, "permits", {"2018": 5, "2019": None, "2020": 7}, raw="—")]
    (finding,) = found(rows, "RULE008", REQUIRED)
    assert str(finding.location) == "data.xlsx[Sheet1!E6]"
    assert finding.message("en") == "'Permits' (Rivertown) lacks 2019: the cell holds '—'"
    assert found(rows, "RULE007", REQUIRED) == []


def test_required_year_without_any_cell_is_told_at_the_sheet() -> None:
    rows = [*FIRMS, *across(6, "permits", {"2018": 5, "2020": 7})]
    (finding,) = found(rows, "RULE008", REQUIRED)
    assert str(finding.location) == "data.xlsx[Sheet1]"
    assert finding.message("zh") == "“许可量”（河湾市）缺 2019"


def test_required_figures_of_parts_and_their_severity() -> None:
    rows = [cell("D5", 1, indicator="firms", region="east", period="2018")]
    entry = "required:\n  - {indicators: [firms], regions: [parts], years: [2018], severity: warning}"
    findings = found(rows, "RULE007", entry)
    assert [finding.params["region"].en for finding in findings] == ["North", "West"]  # type: ignore[attr-defined]
    assert {finding.severity for finding in findings} == {Severity.WARNING}


TWICE = """\
required:
  - {indicators: [firms, permits], years: [2018, 2019], severity: warning}
  - {indicators: [firms, permits], years: [2019, 2021]}
"""


def test_years_asked_for_twice_are_told_once_with_the_gravest_severity() -> None:
    rows = across(5, "firms", {"2020": 3})
    assert {
        (finding.severity, finding.params["years"].en)  # type: ignore[attr-defined]
        for finding in found(rows, "RULE008", TWICE)
    } == {(Severity.ERROR, "2019, 2021"), (Severity.WARNING, "2018")}
    (absent,) = found(rows, "RULE007", TWICE)
    assert (absent.severity, absent.params["years"]) == (Severity.ERROR, ("2018、2019、2021", "2018, 2019, 2021"))


def test_year_to_date_is_no_required_year() -> None:
    rows = across(5, "firms", {"2018": 1, "2019-01..09": 2, "2020": 3})
    entry = "required:\n  - {indicators: [firms], years: [2018, 2019, 2020]}"
    (finding,) = found(rows, "RULE008", entry)
    assert finding.params["years"] == ("2019", "2019")


def test_merged_figures_are_told_as_the_reader_marked_them() -> None:
    rows = [
        cell("D7", 5, indicator="firms", remarks="footnote;merged"),
        cell("D8", 6, indicator="firms", period="2020"),
    ]
    (finding,) = found(rows, "RULE010")
    assert str(finding.location) == "data.xlsx[Sheet1!D7]"
    assert finding.message("en") == "data cells are merged: '5'"


def test_total_row_is_told_by_its_name() -> None:
    rows = [
        *across(5, "firms", {"2018": 3, "2019": 4}, region="east"),
        *across(6, "firms", {"2018": 3, "2019": 5}, region="合 计"),
    ]
    (finding,) = found(rows, "RULE011")
    assert str(finding.location) == "data.xlsx[Sheet1!D6:E6]"
    assert finding.message("en") == "'合 计' looks like a total: it is named so (2 cells: D6:E6)"
    assert found(rows, "RULE003") == []


def test_total_row_is_told_by_its_figures() -> None:
    # 10 + 20 + 30 = 60 and 11 + 22 + 31 = 64: the peer's figures are the sum of the others' in every year.
    parts = {"east": (10, 11), "west": (20, 22), "north": (30, 31), "lake": (60, 64)}
    rows = [
        entry
        for row, (region, (one, two)) in enumerate(parts.items(), start=5)
        for entry in across(row, "firms", {"2018": one, "2019": two}, region=region)
    ]
    (finding,) = found(rows, "RULE011")
    assert str(finding.location) == "data.xlsx[Sheet1!D8:E8]"
    assert finding.params["region"] == ("湖城", "Laketown")


def test_sum_of_the_parts_is_expected_of_the_home_region() -> None:
    parts = {"east": (10, 11), "west": (20, 22), "north": (30, 31), "hewan": (60, 64)}
    rows = [
        entry
        for row, (region, (one, two)) in enumerate(parts.items(), start=5)
        for entry in across(row, "firms", {"2018": one, "2019": two}, region=region)
    ]
    assert found(rows, "RULE011") == []


def test_sum_in_one_year_only_is_chance() -> None:
    parts = {"east": (10, 11), "west": (20, 22), "north": (30, 31), "lake": (60, 65)}
    rows = [
        entry
        for row, (region, (one, two)) in enumerate(parts.items(), start=5)
        for entry in across(row, "firms", {"2018": one, "2019": two}, region=region)
    ]
    assert found(rows, "RULE011") == []
