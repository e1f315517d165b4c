"""Names to the plan's indicators and regions: equal names only, and every doubt is a finding."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from builders import make_indicator, make_plan, unit
from grids import ListGrid, codes_of, observe, table
from ipstrong.diagnostics import Finding, Severity
from ipstrong.model.dataset import Dataset
from ipstrong.model.plan import Plan, Region, RegionKind, UnitAlias
from ipstrong.model.script import simplified
from ipstrong.observations.matching import Head, IndicatorNames, languages, normalise
from ipstrong.observations.regions import RegionNames
from ipstrong.texts import Text

TREES = make_indicator("trees", name=Text("植树株数", "Trees planted"), aliases=("植树量", "新植树木(合计)"))
SHARE = make_indicator("share", name=Text("绿化覆盖率", "Green cover"), unit=unit("%"))
PARKS = make_indicator("parks", name=Text("公园数", "Parks"), unit=unit("个"))
AREA = make_indicator("park-area", name=Text("公园", "Park area"), unit=unit("公顷"), aliases=("公园数",))
PLAN = make_plan(indicators=(TREES, SHARE, PARKS, AREA))


def match(label: str, *parts: str, title: str = "") -> list[str]:
    found = IndicatorNames(PLAN).match(Head(label, parts or (label,), title))
    return [indicator.id for indicator in found.indicators]


def observed(text: str, plan: Plan = PLAN, **grid: Any) -> Dataset:
    return observe(ListGrid(table(text), **grid), plan=plan)


def only(dataset: Dataset, code: str) -> Finding:
    found = [finding for finding in dataset.findings if finding.code.id == code]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    "label",
    [
        "植树株数",
        "植　树　株　数",
        "一、植树株数",
        "（一）植树株数",
        "1.植树株数",
        "其中：植树株数",
        "植树株数*",
        "植树株数[1]",
        "植树株数①",
        "植樹株數",
        "植树量",
        "TREES  planted",
        "新植树木（合计）",
    ],
)
def test_writing_does_not_tell_labels_apart(label: str) -> None:
    assert match(label) == ["trees"]


@pytest.mark.parametrize(
    "label",
    [
        "植树株数(年内累计)",
        "植树株数(月末)",
        "植树株数(受理口径)",
        "植树株数(普查修订口径)",
        "人均植树株数",
        "植树株",
        "新植树木",
    ],
)
def test_brackets_and_words_that_change_the_meaning_do(label: str) -> None:
    assert match(label) == []


def test_bilingual_label_matches_by_either_half() -> None:
    assert languages("绿化覆盖率 Cover of green") == ("绿化覆盖率", "Cover of green")
    assert match("绿化覆盖率 Cover of green") == ["share"]
    assert match("覆盖 Green cover") == ["share"]


def test_group_that_sorts_is_left_out_and_group_that_changes_the_meaning_is_not() -> None:
    assert match("一、绿化 植树株数", "一、绿化", "植树株数") == ["trees"]
    assert match("本年累计 植树株数", "本年累计", "植树株数") == []
    assert match("比上年增长 植树株数", "比上年增长", "植树株数") == []


def test_total_column_is_named_by_the_title() -> None:
    assert match("合计", "合计", title="植树株数") == ["trees"]
    assert match("男", "男", title="植树株数") == []


def test_a_total_is_matched_by_the_title_of_its_own_table() -> None:
    shrubs = make_indicator("shrubs", name=Text("灌木株数", "Shrubs"))
    plan = make_plan(indicators=(TREES, shrubs))
    rows = "项目|单位|2019年|2020年\n合计|株|5|6\n户数|户|7|8"
    sheets = [ListGrid(table(f"{title}\n{rows}"), sheet=title) for title in ("植树株数", "灌木株数")]
    frame = observe(*sheets, plan=plan).frame.filter(pl.col("label") == "合计")
    assert frame["indicator"].cast(pl.String).to_list() == ["trees", "trees", "shrubs", "shrubs"]


def test_title_is_matched_without_years_and_words_of_layout() -> None:
    assert match("2015-2019年各市植树株数", title="2015-2019年各市植树株数") == ["trees"]


def test_normal_form_keeps_inner_brackets() -> None:
    assert normalise("有效发明专利（月末）") == "有效发明专利(月末)"
    assert simplified("臺灣地區專利數") == "台湾地区专利数"


# --- units ----------------------------------------------------------------------------------------------------------------


def test_unit_is_converted_within_its_kind() -> None:
    dataset = observed("地区|指标|单位|2019\n河湾市|植树株数|万株|1.5")
    assert dataset.frame["factor"].to_list() == [10000.0]
    assert dataset.frame["indicator"].to_list() == ["trees"]
    assert dataset.findings == ()


def test_unit_of_another_kind_is_an_error_with_both_units() -> None:
    dataset = observed("指标|单位|2019\n植树株数|公顷|1.5")
    finding = only(dataset, "DATA123")
    assert (finding.severity, finding.params["unit"], finding.params["expected"]) == (Severity.ERROR, "公顷", "株")
    assert finding.location.cell == "C2"
    assert dataset.frame["indicator"].to_list() == [None]


def test_percent_and_percentage_points_do_not_convert() -> None:
    assert codes_of(observed("指标|单位|2019\n绿化覆盖率|个百分点|1.5"))[0] == "DATA123"


def test_unknown_unit_is_an_error_and_a_plan_may_spell_it() -> None:
    text = "指标|单位|2019\n植树株数|棵树|1.5"
    assert "DATA123" in codes_of(observed(text))
    spelt = make_plan(indicators=(TREES,), units=(UnitAlias(unit=unit("株"), aliases=("棵树",)),))
    assert observed(text, spelt).frame["indicator"].to_list() == ["trees"]


def test_missing_unit_is_the_indicators_and_told() -> None:
    dataset = observed("指标|2019|2020\n植树株数|150|160")
    finding = only(dataset, "DATA125")
    assert (finding.severity, finding.params["expected"], finding.params["count"]) == (Severity.NOTE, "株", 2)
    assert dataset.frame["indicator"].to_list() == ["trees", "trees"]


def test_bare_fractions_for_a_percent_are_a_warning() -> None:
    assert codes_of(observed("地区|指标|2019|2020\n河湾市|绿化覆盖率|0.45|0.46")) == ["DATA126"]
    assert codes_of(observed("地区|指标|2019|2020\n河湾市|绿化覆盖率|45|46")) == ["DATA125"]


def test_label_of_two_indicators_is_settled_by_its_unit_or_an_error() -> None:
    settled = observed("指标|单位|2019\n公园数|公顷|5")
    assert settled.frame["indicator"].to_list() == ["park-area"]
    assert codes_of(observed("地区|指标|2019\n河湾市|公园数|5\n河湾市|公园|6")) == ["DATA122", "DATA125"]


def test_scale_in_cell_and_heading_is_a_warning() -> None:
    dataset = observed("地区|指标|单位|2019|2020\n河湾市|植树株数|万株|13万|14")
    assert codes_of(dataset) == ["DATA111"]
    assert dataset.frame["unit"].to_list() == ["万株", "万株"]


# --- unmatched ------------------------------------------------------------------------------------------------------------


def test_misspelt_label_is_told_with_the_nearest_once_for_its_series() -> None:
    dataset = observed("指标|单位|2019|2020\n植树量|株|1|2\nTrees plantd|株|5|6\n新植树木合计|株|7|8")
    near, less_near = [finding for finding in dataset.findings if finding.code.id == "DATA120"]
    assert (near.severity, less_near.severity) == (Severity.WARNING, Severity.NOTE)
    assert near.params["nearest"] == Text("，最接近“植树株数”", "; the nearest is 'Trees planted'")
    assert near.params["count"] == 2
    assert dataset.series[1].nearest == "植树株数"


def test_labels_far_from_the_plan_are_told_together() -> None:
    dataset = observed("指标|单位|2019\n植树量|株|1\n汽车产量|辆|5\n钢产量|吨|6")
    assert only(dataset, "DATA121").params["count"] == 2


def test_nothing_that_matches_is_an_error() -> None:
    dataset = observed("指标|单位|2019\n汽车产量|辆|5")
    assert only(dataset, "DATA135").severity is Severity.ERROR
    assert observe(ListGrid(table("指标|单位|2019\n汽车产量|辆|5"))).findings == ()


# --- duplicates -----------------------------------------------------------------------------------------------------------


def test_same_figure_twice_with_different_values_names_both_cells() -> None:
    dataset = observed("指标|单位|2019\n植树株数|株|150\n植树量|株|160")
    finding = only(dataset, "DATA130")
    assert (finding.location.cell, finding.related[0].cell) == ("C3", "C2")
    assert (finding.params["value"], finding.params["other"]) == ("150", "160")


def test_same_figure_in_two_units_agrees() -> None:
    dataset = observed("指标|单位|2019\n植树株数|株|15000\n植树量|万株|1.5")
    assert only(dataset, "DATA131").severity is Severity.NOTE


def test_unmatched_rows_alike_are_a_warning_once_a_series() -> None:
    dataset = observe(ListGrid(table("指标|2019|2020\n其他|5|6\n其他|7|8\n其他|9|9")))
    finding = only(dataset, "DATA132")
    assert finding.params["count"] == 4


# --- regions --------------------------------------------------------------------------------------------------------------

REGIONS = make_plan(
    home="hewan",
    regions=(
        Region(id="hewan", name=Text("河湾市", "Rivertown"), kind=RegionKind.HOME, aliases=("河湾", "本市")),
        Region(id="nation", name=Text("全国", "Nation"), kind=RegionKind.NATION),
        Region(id="shan", name=Text("山前市", "Hillside"), kind=RegionKind.PEER),
    ),
)


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("河湾市", "hewan"),
        ("河湾", "hewan"),
        ("河灣市", "hewan"),
        ("rivertown", "hewan"),
        ("山前", "shan"),
        ("山前(市)", "shan"),
        ("海边市", "海边市"),
    ],
)
def test_region_names_resolve_to_the_plans_ids(written: str, region: str) -> None:
    assert RegionNames(REGIONS).resolve(written) == region


def test_title_names_regions() -> None:
    names = RegionNames(REGIONS)
    assert names.named_in("2019年河湾市主要指标") == ["hewan"]
    assert sorted(names.named_in("河湾市与山前市主要指标")) == ["hewan", "shan"]
    assert names.named_in("海边市统计公报") == ["海边市"]
    # a code with leading zeros belongs to the name: else every numbered county would be one and the same
    assert names.named_in("海边县0501主要指标") == ["海边县0501"]
    assert names.named_in("海边县0501") == ["海边县0501"]
    assert names.named_in("海边县01月") == ["海边县"]
    assert names.named_in("海边县1000户企业") == ["海边县"]
    assert names.named_in("海边县2019年主要指标") == ["海边县"]
    assert names.named_in("全市主要指标") == []
    assert names.named_in("各区主要指标") == []


@pytest.mark.parametrize("text", ["北京", "广东省", "河东区", "内蒙古自治区", "广东(省)"])
def test_region_names_are_known_by_their_form(text: str) -> None:
    assert RegionNames(None).is_region(text)


@pytest.mark.parametrize(
    "text", ["合计", "城市", "市区", "各市", "开发区", "发明专利", "主要城市", "非市辖区", "Total"]
)
def test_other_words_are_no_regions(text: str) -> None:
    assert not RegionNames(None).is_region(text)


def test_table_without_a_region_is_the_home_regions() -> None:
    assert observed("指标|2019\n植树株数|5", REGIONS).frame["region"].to_list() == ["hewan"]


def test_title_of_another_region_is_not_the_home_regions() -> None:
    text = "海边市主要指标|\n指标|2019\n植树株数|5"
    assert observed(text, REGIONS).frame["region"].to_list() == ["海边市"]


def test_title_of_two_regions_is_told_and_given_to_neither() -> None:
    dataset = observed("河湾市与山前市主要指标|\n指标|2019\n植树株数|5", REGIONS)
    assert "DATA128" in codes_of(dataset)
    assert dataset.frame["region"].to_list() == ["河湾市与山前市主要指标"]


@pytest.mark.parametrize(
    ("printed", "factor"),
    [
        ("trees", 1),
        ("Tree", 1),
        ("tree(s)", 1),
        ("10,000 trees", 10_000),
        ("10 000 trees", 10_000),
        ("ten thousand trees", 10_000),
        ("thousand trees", 1_000),
        ("thousands of trees", 1_000),
        ("万 trees", 10_000),
        ("hedges", 1),
        ("company", 1),
    ],
)
def test_units_that_the_plan_spells_in_english_are_known_in_both_numbers_and_scaled(printed: str, factor: int) -> None:
    aliases = (
        UnitAlias(unit=unit("株"), aliases=("trees", "Hedges")),
        UnitAlias(unit=unit("个"), aliases=("companies",)),
    )
    found = IndicatorNames(make_plan(indicators=(TREES,), units=aliases)).unit(printed)
    assert found is not None
    assert found.factor == factor
    assert factor == 1 or found.text == printed
    assert found.dimension == ("个" if printed == "company" else "株")


@pytest.mark.parametrize("printed", ["10,000 shrubs", "ten trees", "pieces", "thousand"])
def test_an_english_counter_that_no_plan_spells_is_unknown(printed: str) -> None:
    found = IndicatorNames(
        make_plan(indicators=(TREES,), units=(UnitAlias(unit=unit("株"), aliases=("trees",)),))
    ).unit(printed)
    assert found is None or not found.dimension


def test_powers_of_ten_with_a_counter_are_units_in_a_column_of_units() -> None:
    text = "Indicator | Unit | 2018\nResidents | '10,000 persons | 11\nOutput | '100 million yuan | 12"
    dataset = observe(ListGrid(table(text)))
    rows = dataset.frame.select("label", "period", "value", "unit").cast({"label": pl.String}).rows()
    assert rows == [("Residents", "2018", 11, "10,000 persons"), ("Output", "2018", 12, "100 million yuan")]


def test_a_region_in_two_languages_is_the_one_that_both_name() -> None:
    regions = (
        Region(id="city", name=Text("河湾市", "Rivertown"), kind=RegionKind.HOME),
        Region(id="nation", name=Text("全国", "National"), kind=RegionKind.NATION),
    )
    names = RegionNames(make_plan(regions=regions))
    assert names.resolve("河湾市 Rivertown") == "city"
    assert names.resolve("全 国 National Total") == "nation"
    assert names.resolve("河湾市 Hillside District") == "河湾市 Hillside District"
    assert names.is_region("河湾市 Rivertown")
    assert not names.is_region("合计 Total")


def test_a_scale_repeated_without_end_is_no_unit_of_the_plan_either() -> None:
    assert IndicatorNames(PLAN).unit("万" * 10_000 + "公园") is None
