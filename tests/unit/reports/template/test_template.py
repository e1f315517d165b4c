"""The workbook to fill in: what it asks for, what it lets in, and that what is filled in reads back as it was."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from builders import make_convention, make_indicator, make_plan, make_target, unit
from ipstrong.diagnostics import IpstrongError
from ipstrong.model.checks import Checks, Expectation, Required
from ipstrong.model.plan import Department, Nature, Plan, Ratio, Region, RegionKind
from ipstrong.pipeline import read_data
from ipstrong.reports.template import render_template
from ipstrong.texts import LANGS, Lang, Text
from validations import HOSTILE

TREES, PARKS, STAFF = "植树株数", "公园数", "养护人员"


def plan(**fields: Any) -> Plan:
    """Return a plan of a city with a district: three observed indicators, one share of the nation, some checks."""
    indicators = (
        make_indicator(
            definition=Text("年内种植的乔木", "trees planted in the year"),
            source=Text("园林局(虚构)", "Parks Office (fictional)"),
            department="园林局",
            decimals=0,
        ),
        make_indicator("parks", name=Text(PARKS, "Parks"), unit=unit("个"), nature=Nature.STOCK),
        make_indicator(
            "staff", name=Text(STAFF, "Gardeners"), unit=unit("万人"), nature=Nature.STOCK, department="人事局"
        ),
        make_indicator(
            "tree-share",
            name=Text("植树占全国比重", "Share of trees"),
            unit=unit("%"),
            nature=Nature.RATE,
            ratio=Ratio(numerator=("trees",), denominator=("trees",), scale=Decimal(100), denominator_region="nation"),
        ),
        make_indicator(
            "trees-per-staff",
            name=Text("人均植树", "Trees per gardener"),
            unit=unit("株/人"),
            nature=Nature.RATE,
            ratio=Ratio(numerator=("trees",), denominator=("staff",), lag=1),
        ),
    )
    given: dict[str, Any] = {
        "indicators": indicators,
        "departments": (
            Department(name=Text("园林局", "Parks Office"), aliases=("市园林局",)),
            Department(name=Text("人事局", "Staff Office")),
        ),
        "checks": Checks(
            expectations=(
                Expectation(indicator="parks", minimum=Decimal(1), maximum=Decimal(500)),
                Expectation(indicator="staff", decimals=2),
            ),
            required=(Required(indicators=("trees",), regions=(), years=(2020, 2021)),),
        ),
        "regions": (*make_plan().regions, Region(id="east", name=Text("东区", "East"), kind=RegionKind.PART)),
        **fields,
    }
    return make_plan((make_target(), make_target("parks", 2, indicator="parks", departments=("园林局",))), **given)


def opened(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def labels(content: bytes) -> list[tuple[str, str, str]]:
    sheet = opened(content).worksheets[0]
    return [tuple(sheet.cell(row, column).value for column in (1, 2, 3)) for row in range(5, sheet.max_row + 1)]


def heads(content: bytes) -> list[str]:
    return [cell.value for cell in opened(content).worksheets[0][4]]


# --- What is asked for --------------------------------------------------------------------------------------------


def test_a_row_for_each_observed_indicator_and_what_shares_need_of_the_nation() -> None:
    assert labels(render_template(plan())) == [
        (TREES, "河湾市", "株"),
        (PARKS, "河湾市", "个"),
        (STAFF, "河湾市", "万人"),
        (TREES, "全国", "株"),
    ]


def test_years_run_from_the_base_to_the_end_and_lagged_denominators_one_earlier() -> None:
    sheet = opened(render_template(plan())).worksheets[0]
    assert [cell.value for cell in sheet[4]][3:13:2] == ["2017年", "2018年", "2019年", "2020年", "2021年"]
    open_2017 = [not sheet.cell(row, 4).protection.locked for row in range(5, 9)]
    assert open_2017 == [False, False, True, False]


def test_derived_indicators_are_asked_for_where_their_reported_values_are_demanded() -> None:
    checks = Checks(required=(Required(indicators=("tree-share",), regions=(), years=(2015, 2021)),))
    content = render_template(plan(checks=checks))
    assert labels(content)[3] == ("植树占全国比重", "河湾市", "%")
    assert heads(content)[3:5] == ["2015年", "状态"]


def test_years_of_conventions_are_asked_for_too() -> None:
    target = make_target(conventions=(make_convention(), make_convention("base-2016", base_year=2016)))
    assert heads(render_template(make_plan((target,))))[3] == "2016年"


def test_years_and_regions_can_be_chosen() -> None:
    content = render_template(plan(), regions=["east", "hewan"], years=[2021])
    assert [label[1] for label in labels(content)] == ["东区", "东区", "东区", "河湾市", "河湾市", "河湾市"]
    assert heads(content)[3:5] == ["2021年", "状态"]


@pytest.mark.parametrize("name", ["园林局", "市园林局", "Parks Office"])
def test_a_department_gets_its_own_indicators(name: str) -> None:
    content = render_template(plan(), department=name)
    assert [label[:2] for label in labels(content)] == [(TREES, "河湾市"), (PARKS, "河湾市"), (TREES, "全国")]
    assert opened(content).worksheets[0]["A1"].value == "指标数据填报表 (园林局)"


def test_unknown_department_is_refused_with_the_nearest() -> None:
    with pytest.raises(IpstrongError) as caught:
        render_template(plan(), department="园林处")
    found = caught.value.findings[0]
    assert (found.code.id, found.params["nearest"]) == ("RUN003", Text("是不是“园林局”？", "did you mean '园林局'? "))


def test_a_department_without_indicators_is_not_called_unknown() -> None:
    with pytest.raises(IpstrongError) as caught:
        render_template(plan(), department="河湾市财政局")  # cooperates in a task
    found = caught.value.findings[0]
    assert found.code.id == "RUN045"
    assert found.message("en") == "'河湾市财政局' has no indicator to report"
    assert found.hint("en") == "departments that report: Parks Office, Staff Office"


def test_a_plan_without_observed_indicators_is_refused() -> None:
    derived = tuple(indicator for indicator in plan().indicators if indicator.is_derived)
    with pytest.raises(IpstrongError) as caught:
        render_template(plan(indicators=derived))
    assert caught.value.findings[0].code.id == "RUN045"


# --- What it lets in ----------------------------------------------------------------------------------------------


def validations(content: bytes) -> dict[str, Any]:
    sheet = opened(content).worksheets[0]
    return {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}


def test_values_must_be_within_the_plans_ranges() -> None:
    rules = validations(render_template(plan(), years=[2021]))
    trees, parks, staff = (rules[cell] for cell in ("D5", "D6", "D7"))
    assert (trees.type, trees.operator, trees.formula1) == ("whole", "greaterThanOrEqual", "0")
    assert (parks.type, parks.operator or "between", parks.formula1, parks.formula2) == (
        "decimal",
        "between",
        "1",
        "500",
    )
    assert (staff.type, staff.formula1) == ("decimal", "0")
    assert parks.prompt == "填数字\n应在 1 与 500 之间\n单位：个"


def test_regions_and_statuses_are_chosen_from_lists() -> None:
    content = render_template(plan(), years=[2021])
    rules, guide = validations(content), opened(content)["填报说明"]
    assert rules["B5"].formula1 == "'填报说明'!$D$3:$D$7"
    assert [guide.cell(row, 4).value for row in range(3, 8)] == ["河湾市", "全国", "山前市", "海滨市", "东区"]
    assert rules["E5"].formula1 == "'填报说明'!$E$3:$E$5"
    assert [guide.cell(row, 5).value for row in range(3, 6)] == ["最终", "初步", "推算"]


def test_labels_are_locked_and_inputs_open() -> None:
    sheet = opened(render_template(plan(), years=[2021])).worksheets[0]
    assert sheet.protection.sheet
    is_open = {column: not sheet.cell(5, column).protection.locked for column in range(1, 10)}
    assert is_open == {1: False, 2: True, 3: False, 4: True, 5: True, 6: True, 7: False, 8: False, 9: False}


def test_required_cells_look_different() -> None:
    sheet = opened(render_template(plan())).worksheets[0]
    fills = {sheet.cell(4, column).value: sheet.cell(5, column).fill.fgColor.rgb for column in range(4, 14, 2)}
    assert fills["2020年"] == fills["2021年"] == "FFBFE3C4"
    assert fills["2019年"] == "FFEDF7EE"
    assert fills["2017年"] == "FFD5DADF"


@pytest.mark.parametrize(
    ("words", "expected"),
    [((), {"河湾市"}), (("home",), {"河湾市"}), (("parts",), {"东区"}), (("nation", "east"), {"全国", "东区"})],
)
def test_required_regions_may_be_words(words: tuple[str, ...], expected: set[str]) -> None:
    checks = Checks(required=(Required(indicators=("trees",), regions=words, years=(2021,)),))
    content = render_template(plan(checks=checks), regions=["hewan", "nation", "east"], years=[2021])
    sheet = opened(content).worksheets[0]
    found = {sheet.cell(row, 2).value for row in range(5, 14) if sheet.cell(row, 4).fill.fgColor.rgb == "FFBFE3C4"}
    assert found == expected


def test_definitions_and_instructions_are_in_both_languages() -> None:
    made = opened(render_template(plan(), "en"))
    assert made.sheetnames == ["Data", "How to fill in"]
    assert made.worksheets[0].cell(5, 15).value == "年内种植的乔木\ntrees planted in the year"
    assert made.worksheets[0].cell(5, 1).value == "Trees planted"
    guide = [made.worksheets[1].cell(row, 1).value for row in range(1, 30)]
    assert "怎样填报" in guide
    assert "How to fill in this workbook" in guide


def test_instructions_in_the_other_language_use_the_words_of_the_workbook() -> None:
    words: dict[Lang, tuple[str, ...]] = {
        "zh": ("填报", "状态", "备注", "最终"),
        "en": ("Data", "Status", "Remark", "final"),
    }
    for lang, (sheet, status, remark, final) in words.items():
        made = opened(render_template(plan(), lang))
        guide = [str(made.worksheets[1].cell(row, 1).value) for row in range(1, 30)]
        assert sum(f"在“{sheet}”表" in line or f"the sheet {sheet}:" in line for line in guide) == len(LANGS)
        assert sum(f"“{status}”" in line or f"the {status} to" in line for line in guide) == len(LANGS)
        assert sum(remark in line for line in guide) == len(LANGS)
        assert sum(final in line for line in guide if status in line) == len(LANGS)


def test_there_are_no_formulas_and_no_hidden_sheets_rows_or_columns() -> None:
    made = opened(render_template(plan()))
    for sheet in made.worksheets:
        assert sheet.sheet_state == "visible"
        assert not any(
            dimension.hidden for dimension in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values())
        )
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_texts_of_the_plan_never_become_formulas() -> None:
    texts = {"name": Text(HOSTILE, HOSTILE), "definition": Text("=1+1", "@x"), "source": Text("+1", "-1")}
    evil = plan().indicators[0].model_copy(update=texts)
    sheet = opened(render_template(plan(indicators=(evil,)))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_same_plan_gives_the_same_bytes() -> None:
    assert render_template(plan()) == render_template(plan())


# --- Round trip ---------------------------------------------------------------------------------------------------

STATUSES: dict[Lang, dict[str | None, str]] = {
    "zh": {"最终": "final", "初步": "provisional", "推算": "estimate", None: "final"},
    "en": {"final": "final", "provisional": "provisional", "estimate": "estimate", None: "final"},
}


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_filled_in_reads_back_without_loss(lang: Lang, tmp_path: Path) -> None:
    asked = plan()
    made = opened(render_template(asked, lang, regions=["hewan", "nation", "east"]))
    sheet = made.worksheets[0]
    names = {indicator.name.get(lang): indicator.id for indicator in asked.indicators}
    regions = {region.name.get(lang): region.id for region in asked.regions}
    words = list(STATUSES[lang])
    expected = {}
    for row in range(5, 14):
        for column in range(4, 14, 2):
            if sheet.cell(row, column).protection.locked:
                continue
            is_whole = sheet.cell(row, 1).value in (TREES, "Trees planted")
            value = row * 1000 + column if is_whole else row * 100 + column / 16
            word = words[(row + column // 2) % 4]
            sheet.cell(row, column).value, sheet.cell(row, column + 1).value = value, word
            year = str(sheet.cell(4, column).value).removesuffix("年")
            key = (names[sheet.cell(row, 1).value], regions[sheet.cell(row, 2).value], year)
            expected[key] = (float(value), sheet.cell(row, 3).value, STATUSES[lang][word], row - 1, column - 1)
    path = tmp_path / "filled.xlsx"
    made.save(path)
    dataset = read_data([str(path)], plan=asked)
    found = {
        (row["indicator"], row["region"], row["period"]): tuple(
            row[name] for name in ("value", "unit", "status", "row", "col")
        )
        for row in dataset.frame.to_dicts()
        if row["value"] is not None
    }
    assert found == expected
    assert len(expected) == 3 * (4 + 4 + 5)
    assert [found.severity.value for found in dataset.findings if found.severity.value != "note"] == []


def test_an_empty_template_holds_no_value(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    path.write_bytes(render_template(plan()))
    frame = read_data([str(path)], plan=plan()).frame
    assert frame["value"].drop_nulls().is_empty()
