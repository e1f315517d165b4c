"""All rules together: the table, clean data, order of rows and of rules, encodings, empty data, excerpts, text files."""

from __future__ import annotations

import random
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import SCHEMA
from checkplans import found, plan_with
from datasets import across, cell, make_dataset
from ipstrong.checks import rules as table_of_rules
from ipstrong.checks import run_checks
from ipstrong.checks.rules import RULES
from ipstrong.diagnostics import Finding
from ipstrong.diagnostics.codes.all_codes import ALL_CODES
from ipstrong.model.dataset import Dataset
from profiles import SLOW

CHECKS = """\
years: {first: 2010, last: 2030}
sheets: [Sheet1]
values:
  - {indicator: firms, min: 0, max: 1000000, jump_pct: 30, fall_pct: 0}
  - {indicator: density, min: 0, decimals: 2}
required:
  - {indicators: [firms, population, density], years: [2018, 2019, 2020]}
cross:
  - id: density
    name: {zh: 密度, en: density}
    formula: density = firms / population
    tolerance: {absolute: 0.005, printed: true}
"""
# 1000 / 10 = 100, 1100 / 10.5 = 104.7619, 1210 / 11 = 110; all fictional.
CLEAN = [
    *across(5, "firms", {"2018": 1000, "2019": 1100, "2020": 1210}, unit="家"),
    *across(6, "population", {"2018": 10, "2019": 10.5, "2020": 11}, unit="万人"),
    *across(7, "density", {"2018": 100, "2019": 104.76, "2020": 110}, unit="家/万人"),
]
DIRTY = [
    *across(5, "firms", {"2018": 1000, "2019": 500, "2020": 500}, unit="家", remarks="text_number"),
    *across(6, "population", {"2018": 10, "2019": 10, "2020": None}, unit="万人"),
    *across(7, "density", {"2018": 100, "2019": 0.99, "2020": 110.12345}, unit="家/万人"),
    *across(8, "permits", {"2018": -3, "2019": 4.5}, remarks="footnote"),
    *across(9, "firms", {"2018": 7, "2091": 8}, region="Atlantis"),
    *across(10, "firms", {"2018": 7}, region="合计"),
    *across(11, None, {"2018": 7}),
]


def outcome(dataset: Dataset, checks: str = CHECKS) -> list[Finding]:
    """Return all findings of all rules."""
    return list(run_checks(dataset, plan_with(checks))[0])


def test_every_rule_code_has_one_function_and_waivers_have_none() -> None:
    declared = {code for code in ALL_CODES if code.startswith("RULE")}
    cases = [rule.code.former or rule.code.id for rule in RULES]
    assert len(cases) == len(set(cases))
    ruled = {rule.code.id for rule in RULES}
    assert len({rule.check for rule in RULES}) == len(RULES)
    assert declared - ruled == {code for code in declared if code.startswith("RULE08")}


def test_ids_of_all_rules_are_returned() -> None:
    assert run_checks(make_dataset(CLEAN), plan_with(CHECKS))[2] == tuple(dict.fromkeys(rule.code.id for rule in RULES))


def test_clean_data_has_no_finding() -> None:
    assert outcome(make_dataset(CLEAN)) == []
    assert run_checks(make_dataset(CLEAN), None)[0] == ()


def test_dirty_data_has_many() -> None:
    assert {finding.code.id for finding in outcome(make_dataset(DIRTY))} == {
        "RULE003",
        "RULE004",
        "RULE007",
        "RULE011",
        "RULE020",
        "RULE023",
        "RULE024",
        "RULE025",
        "RULE026",
        "RULE030",
        "RULE041",
        "RULE042",
        "RULE060",
        "RULE062",
    }


def spoken(findings: list[Finding]) -> list[tuple[str, str, str, str]]:
    """Return what a reader sees of findings."""
    return [(str(each.location), each.code.id, each.message("zh"), each.hint("en")) for each in findings]


@SLOW
@given(st.integers(0, 2**32))
def test_order_of_rows_does_not_matter(seed: int) -> None:
    rows = list(DIRTY)
    random.Random(seed).shuffle(rows)
    files = make_dataset(DIRTY).files
    assert spoken(outcome(make_dataset(rows, files=files))) == spoken(outcome(make_dataset(DIRTY)))


def test_order_of_rules_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = outcome(make_dataset(DIRTY))
    monkeypatch.setattr(table_of_rules, "RULES", RULES[::-1])
    assert outcome(make_dataset(DIRTY)) == expected


def test_dictionary_encoded_columns_give_the_same() -> None:
    plain = make_dataset(DIRTY)
    texts = [name for name, dtype in SCHEMA.items() if dtype == pl.String and name != "raw"]
    encoded = replace(plain, frame=plain.frame.with_columns(pl.col(texts).cast(pl.Categorical)))
    assert outcome(encoded) == outcome(plain)


def test_units_of_ten_thousand_change_no_finding_but_the_text() -> None:
    scaled = [
        {**row, "value": value / 10000, "factor": 10000.0, "unit": "万家"}
        if row["indicator"] == "firms" and isinstance(value := row["value"], float | int)
        else row
        for row in DIRTY
    ]
    before, after = outcome(make_dataset(DIRTY)), outcome(make_dataset(scaled))
    assert [(each.code.id, each.location) for each in after] == [(each.code.id, each.location) for each in before]


def test_where_nothing_is_of_the_plan_no_list_of_what_is_missing_hides_that() -> None:
    for frame in (pl.DataFrame(), make_dataset([]).frame, make_dataset([cell("D5", 7)]).frame):
        assert outcome(Dataset(frame, (), (), ())) == []
        assert run_checks(Dataset(frame, (), (), ()), None)[0] == ()


def test_finding_carries_its_row_with_the_cells_in_their_columns() -> None:
    (finding,) = [each for each in outcome(make_dataset(DIRTY)) if each.code.id == "RULE026"]
    assert finding.excerpt == "permits\t\t\t-3\t4.5"


def test_text_file_is_located_by_line_and_field() -> None:
    rows = [
        cell(f"C{2 + n}", 5, indicator="firms", file="d.csv", sheet=None, remarks="full_width", period=str(2018 + n))
        for n in range(3)
    ]
    (finding,) = found(rows, "RULE021")
    assert str(finding.location) == "d.csv:2:3"
    assert finding.message("en") == "digits are full-width characters: '5' (3 cells: lines 2-4 field 3)"
    assert finding.message("zh") == "数字是全角字符：“5”（共 3 格：第 2—4 行第 3 列）"


def test_same_defect_in_many_files_is_one_finding_a_file() -> None:
    rows = [cell("D7", 1, indicator="firms", file=f"{n}.xlsx", remarks="full_width") for n in range(40)]
    assert len(found(rows, "RULE021")) == 40


def test_block_of_cells_is_one_range_and_far_apart_cells_are_told_one_by_one() -> None:
    block = [
        cell(f"{letter}{row}", 1, remarks="full_width", period=period)
        for row in (5, 6, 7)
        for letter, period in (("D", "2018"), ("E", "2019"))
    ]
    alone = [cell("H9", 1, remarks="full_width")]
    assert [str(each.location) for each in found(block + alone, "RULE021")] == [
        "data.xlsx[Sheet1!D5:E7]",
        "data.xlsx[Sheet1!H9]",
    ]


def test_many_scattered_cells_are_one_finding_that_lists_them() -> None:
    rows = [cell(f"D{5 + 2 * n}", 1, remarks="full_width", period=str(1900 + n)) for n in range(40)]
    (finding,) = found(rows, "RULE021")
    assert finding.message("en") == (
        "digits are full-width characters: '1' (40 cells: D5, D7, D9, D11, D13, D15, D17, D19…)"
    )
    assert [str(place.cell) for place in finding.related][:2] == ["D7", "D9"]
    assert len(finding.related) == 39
