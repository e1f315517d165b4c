"""Tables as statistics offices print them, each drawn by hand with every label, region, period, unit known beforehand."""

from __future__ import annotations

import pytest

from grids import ListGrid, Seen, codes_of, observe, read, table
from grids import seen as seen_values
from ipstrong.observations.regions import RegionNames


def at(values: list[Seen], value: float) -> Seen:
    """Return the one reading of a number that stands once in the table."""
    (found,) = [seen for seen in values if seen.value == value]
    return found


def periods(values: list[Seen]) -> dict[float | None, str]:
    return {seen.value: seen.period for seen in values}


def test_counts_near_2000_below_a_group_heading_are_values_and_no_years() -> None:
    values = read(
        """
        单位：件 |
        指标     | 2018 | 2019
        一、申请 |
        发明     | 1003 | 1004
        二、授权 |
        发明     | 2003 | 2004
        """
    )
    assert at(values, 2003) == Seen("二、授权 发明", "", "2018", 2003, "件")
    assert at(values, 2004) == Seen("二、授权 发明", "", "2019", 2004, "件")


def test_a_second_page_with_other_years_below_is_still_a_heading() -> None:
    values = read(
        """
        表1 专利授权量 |
        单位：件 |
        指标 | 2010 | 2011
        发明 | 501  | 502
        续表 专利授权量 |
        指标 | 2012 | 2013
        发明 | 503  | 504
        """
    )
    assert periods(values) == {501: "2010", 502: "2011", 503: "2012", 504: "2013"}
    assert {seen.unit for seen in values} == {"件"}  # said on the first page only


def test_a_region_holds_for_the_rows_below_it_but_not_for_the_total() -> None:
    values = read(
        """
        单位：件 |
        地区   | 指标 | 2018 | 2019
        福田区 | 申请 | 201  | 202
               | 授权 | 203  | 204
        南山区 | 申请 | 205  | 206
               | 授权 | 207  | 208
               | 合计 | 209  | 210
        """
    )
    assert at(values, 203).region == "福田区"
    assert at(values, 208) == Seen("授权", "南山区", "2019", 208, "件")
    assert at(values, 209).region == ""


def test_years_head_the_rows_of_regions_below_them() -> None:
    values = read(
        """
        单位：件 |
        区     | 申请 | 授权
        2018年 |
        福田区 | 201  | 202
        2019年 |
        福田区 | 205  | 206
        """
    )
    assert periods(values) == {201: "2018", 202: "2018", 205: "2019", 206: "2019"}


def test_a_ditto_mark_repeats_the_unit_above() -> None:
    values = read(
        """
        指标     | 单位 | 2018
        常住人口 | 万人 | 1302.66
        户籍人口 | 〃   | 454.7
        专利     | 件   | 11
        商标     | 同上 | 13
        """
    )
    assert [seen.unit for seen in values] == ["万人", "万人", "件", "件"]


def test_a_unit_in_the_corner_of_the_heading_holds_for_the_table() -> None:
    values = read(
        """
        单位：件 | 2018 | 2019
        申请量   | 41   | 42
        """
    )
    assert [seen.unit for seen in values] == ["件", "件"]


def test_a_unit_behind_the_year_of_a_column_is_its_unit() -> None:
    values = read(
        """
        指标     | 2018年(亿元) | 2019年(亿元)
        生产总值 | 101          | 102
        """
    )
    assert values == [Seen("生产总值", "", "2018", 101, "亿元"), Seen("生产总值", "", "2019", 102, "亿元")]


def test_a_unit_in_two_languages_is_the_chinese_one_and_no_part_of_the_label() -> None:
    values = read(
        """
        2019年 |
        地区 | 申请量(件) Applications (piece) | 授权量       | 有效量
             |                                 | (件) (piece) | (件) (piece)
        北京 | 31                              | 32           | 33
        """
    )
    assert at(values, 31).unit == at(values, 32).unit == "件"
    assert at(values, 31).label == "申请量 Applications"
    assert at(values, 32).label == "授权量"


class TestGrowth:
    """A growth column speaks of the stretch of time beside it."""

    def test_growth_behind_each_year_is_of_that_year(self) -> None:
        values = read(
            """
            指标 | 2018年 | 增长(%) | 2019年 | 增长(%)
            GDP  | 101    | 1.1     | 102    | 1.2
            """
        )
        assert periods(values) == {101: "2018", 1.1: "2018", 102: "2019", 1.2: "2019"}

    @pytest.mark.parametrize("years", [("2018年", "2019年"), ("2019年", "2018年")])
    def test_growth_behind_two_years_is_of_the_later(self, years: tuple[str, str]) -> None:
        values = read(f"指标 | {years[0]} | {years[1]} | 增长(%)\nGDP | 101 | 102 | 1.2")
        assert at(values, 1.2).period == "2019"

    def test_growth_behind_a_sum_of_months_is_of_that_sum(self) -> None:
        values = read(
            """
            指标 | 2020年1-2月 | 2020年3月 | 2020年1-3月 | 同比增长(%)
            GDP  | 31          | 32        | 33          | 3.4
            """
        )
        assert at(values, 3.4).period == "2020-01..03"

    def test_cumulative_growth_is_never_that_of_the_month(self) -> None:
        values = read(
            """
            2020年6月主要经济指标 |
            指标   | 单位 | 本月 | 本月止累计 | 累计同比±%
            增加值 | 亿元 | 31   | 32         | 3.4
            """
        )
        assert periods(values) == {31: "2020-06", 32: "2020-01..06", 3.4: "2020-01..06"}

    def test_growth_beside_the_month_and_beside_the_sum(self) -> None:
        values = read(
            """
            2020年6月工业情况 |
            指标   | 单位 | 本月 | 同比±% | 1-本月 | 同比±%
            增加值 | 亿元 | 31   | 3.1    | 32     | 3.2
            """
        )
        assert periods(values) == {31: "2020-06", 3.1: "2020-06", 32: "2020-01..06", 3.2: "2020-01..06"}


@pytest.mark.parametrize("name", ["南山区", "石景山区", "东城区", "山东省", "本溪市", "林芝市", "城口县", "喀什地区"])
def test_names_that_begin_or_end_like_common_words_are_regions(name: str) -> None:
    assert RegionNames(None).is_region(name)


@pytest.mark.parametrize(
    "name", ["山区", "东部山区", "城区", "老城区", "林区", "全市", "本市", "各区", "分地区", "东部地区"]
)
def test_common_words_are_no_regions(name: str) -> None:
    assert not RegionNames(None).is_region(name)


def test_two_figures_one_apart_in_their_last_digit_are_no_repetition() -> None:
    rows = table(
        """
        指标     | 2018 | 2019
        增速(%)  | 6.6  | 1.2
        增速(%)  | 6.7  | 1.2
        """
    )
    found = [finding for finding in observe(ListGrid(rows)).findings if finding.code.id in {"DATA131", "DATA132"}]
    assert [(finding.code.id, finding.location.cell) for finding in found] == [("DATA132", "B3"), ("DATA131", "C3")]


@pytest.mark.parametrize("text", ["1e400", "-1e301", "9" * 302])
def test_numbers_beyond_any_figure_are_told_and_never_infinite(text: str) -> None:
    dataset = observe(ListGrid(table(f"指标 | 2018 | 2019\n申请 | 5 | '{text}\n授权 | 6 | 7")))
    assert [seen.value for seen in seen_values(dataset) if seen.value is not None] == [5, 6, 7]
    assert "DATA110" in codes_of(dataset)


@pytest.mark.parametrize("text", ["待补", "见附表", "inf"])
def test_words_under_a_year_are_told_even_where_half_the_column_is_words(text: str) -> None:
    dataset = observe(ListGrid(table(f"指标 | 2018 | 2019\n申请 | 5 | {text}\n授权 | 6 | 7")))
    assert [seen.value for seen in seen_values(dataset)] == [5, None, 6, 7]
    assert codes_of(dataset) == ["DATA110"]


@pytest.mark.parametrize("text", ["见附件", "四万五千", "约一千七百万"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_words_in_the_only_column_of_values_are_no_heading_of_the_rows_below(text: str, at: int) -> None:
    values = ["5", "6", "7"]
    values[at] = text
    rows = "\n".join(f"{name}|件|{value}" for name, value in zip(("申请", "授权", "注册"), values, strict=True))
    for heading in ("指标|单位|2021年", "2021年统计表\n指标|单位|数值", "2021年统计表\n指标|单位|数值|备注"):
        dataset = observe(ListGrid(table(f"{heading}\n{rows}")))
        assert [(seen.label, seen.period, seen.value) for seen in seen_values(dataset)] == [
            (name, "2021", None if value == text else float(value))
            for name, value in zip(("申请", "授权", "注册"), values, strict=True)
        ]
        assert codes_of(dataset) == ["DATA110"]
        assert dataset.findings[0].location.cell == f"C{heading.count(chr(10)) + 2 + at}"


def test_a_group_with_a_unit_and_no_value_still_heads_the_rows_below() -> None:
    rows = "指标|单位|2021年\n申请|件|5\n二、授权|件|\n发明|件|6"
    assert [(seen.label, seen.value) for seen in read(rows)] == [("申请", 5.0), ("二、授权 发明", 6.0)]


def test_columns_of_methods_are_remarks_and_no_part_of_a_name() -> None:
    for heading in ("推算方法", "计算依据", "方法", "依据"):
        rows = f"指标|地区|年份|数值|单位|{heading}\n申请|深圳|2020|5|件|由 4 推得\n授权|深圳|2020|6|件|由 5 推得"
        assert [seen.label for seen in read(rows)] == ["申请", "授权"]


def test_every_cell_with_words_is_named_with_its_series() -> None:
    dataset = observe(ListGrid(table("指标|2018年|2019年|2020年\n申请|3l8|45O2|5\n授权|6|7|8")))
    (found,) = dataset.findings
    assert found.location.cell == "B2"
    assert [place.cell for place in found.related] == ["C2"]
    assert found.params["parts"] == found.related
    assert found.message("zh") == "“3l8”、“45O2”不是数字（“申请”，共2处）"
    many = "|".join(["申请", "9", *(f"{letter}1" for letter in "abcd")])
    dataset = observe(ListGrid(table(f"指标|2016年|2017年|2018年|2019年|2020年\n{many}\n授权|1|2|3|4|5")))
    assert dataset.findings[0].message("en") == "'a1', 'b1', 'c1', …: not a number ('申请', 4 cell(s))"


def test_a_blank_region_in_a_table_of_single_values_is_told_and_not_guessed() -> None:
    rows = table(
        """
        年份 | 地区   | 指标 | 数值 | 单位
        2018 | 广州市 | 申请 | 11   | 件
        2019 |        | 申请 | 12   | 件
        """
    )
    dataset = observe(ListGrid(rows))
    assert [(seen.region, seen.value) for seen in seen_values(dataset)] == [("广州市", 11), ("", 12)]
    assert [(finding.code.id, finding.location.cell) for finding in dataset.findings] == [("DATA136", "B3")]


def test_a_city_holds_for_the_years_below_it() -> None:
    values = read(
        """
        城市   | 年份 | 申请量(件)
        深圳市 | 2018 | 11
               | 2019 | 13
        广州市 | 2018 | 15
               | 2019 | 17
        """
    )
    assert [seen.region for seen in values] == ["深圳市", "深圳市", "广州市", "广州市"]


def test_years_that_passed_through_floating_numbers_are_years() -> None:
    assert periods(read("指标 | '2018.0 | '2019.0\n申请(件) | '11.0 | '12.0")) == {11: "2018", 12: "2019"}


def test_names_that_are_also_units_are_labels_where_nothing_else_names_the_rows() -> None:
    values = read("Indicator | 2018 | 2019\nApplications | 11 | 12")
    assert [seen.label for seen in values] == ["Applications", "Applications"]


def test_places_and_figures_per_head_do_not_take_the_unit_of_the_table() -> None:
    values = read(
        """
        单位：件 |
        指标                 | 2018
        申请量               | 1101
        位次                 | 3
        每万人发明专利拥有量 | 91.2
        Corporate filings    | 12
        """
    )
    assert [seen.unit for seen in values] == ["件", None, None, "件"]


def test_the_whole_and_the_rest_stand_beside_regions_as_regions() -> None:
    values = read("2019年专利（件） |\n项目 | 全市 | 福田区 | 南山区 | 其他\n发明 | 101 | 11 | 12 | 78")
    assert [(seen.region, seen.label) for seen in values] == [
        (region, "发明") for region in ("全市", "福田区", "南山区", "其他")
    ]


def test_a_unit_behind_the_name_in_the_corner_is_the_unit_of_the_values() -> None:
    values = read("指标（万件） | 2018 | 2019\n专利 | 12.5 | 13.5")
    assert [(seen.label, seen.unit) for seen in values] == [("专利", "万件")] * 2


def test_streets_and_townships_are_regions_by_their_heading() -> None:
    values = read("2019年各街道专利 |\n街道 | 申请(件)\n粤海街道 | 201\n招商街道 | 203")
    assert [(seen.region, seen.label, seen.period) for seen in values] == [
        ("粤海街道", "申请", "2019"),
        ("招商街道", "申请", "2019"),
    ]


def test_rows_that_are_part_of_another_have_its_unit_where_the_column_of_units_is_blank() -> None:
    dataset = observe(
        ListGrid(
            table(
                """
                指标           | 单位 | 2018年
                产值           | 亿元 | 11
                ~~工业         |      | 12
                ~~增长(%)      |      | 13
                ~~增速         |      | 14
                二、从业人员   | 万人 | 15
                1.女性         |      | 16
                其中：高级职称 |      | 17
                企业           |      | 18
                """
            )
        )
    )
    units = {seen.value: seen.unit for seen in seen_values(dataset)}
    assert units == {11: "亿元", 12: "亿元", 13: "%", 14: None, 15: "万人", 16: "万人", 17: "万人", 18: None}
    assert [(f.code.id, f.location.cell, f.params["label"]) for f in dataset.findings] == [("DATA125", "B9", "企业")]


@pytest.mark.parametrize("text", ["1..2", "'0012", "12-13", "abc", "待补", "2018-01-05x"])
def test_words_under_the_first_year_of_a_single_row_are_lost_values_and_no_label(text: str) -> None:
    dataset = observe(ListGrid(table(f"指标 | 2018年 | 2019年\n产值 | {text} | 12")))
    assert [(seen.label, seen.period, seen.value) for seen in seen_values(dataset)] == [
        ("产值", "2018", None),
        ("产值", "2019", 12),
    ]
    assert codes_of(dataset) == ["DATA110"]


def test_page_numbers_between_pages_are_left_out_and_told() -> None:
    dataset = observe(
        ListGrid(
            table(
                """
                指标 | 2018年 | 2019年
                产值 | 11     | 12
                     | 1      |
                指标 | 2018年 | 2019年
                人口 | 13     | 14
                     | 2      |
                """
            )
        )
    )
    assert [seen.value for seen in seen_values(dataset)] == [11, 12, 13, 14]
    assert codes_of(dataset) == ["DATA102", "DATA102"]


def test_values_of_a_table_whose_rows_have_no_names_are_those_of_the_title() -> None:
    values = read("地区生产总值(亿元)\n2018年 | 2019年\n11 | 12")
    assert [(seen.label, seen.period, seen.value) for seen in values] == [
        ("地区生产总值", "2018", 11),
        ("地区生产总值", "2019", 12),
    ]


def test_years_stand_below_a_corner_headed_as_indicators_in_two_languages() -> None:
    values = read("指标 | 产值 | 人口\nItem | Output | Population\n | (亿元) | (万人)\n2018 | 11 | 12\n2019 | 13 | 14")
    assert [(seen.label, seen.period, seen.value, seen.unit) for seen in values] == [
        ("产值 Output", "2018", 11, "亿元"),
        ("人口 Population", "2018", 12, "万人"),
        ("产值 Output", "2019", 13, "亿元"),
        ("人口 Population", "2019", 14, "万人"),
    ]


def test_growth_in_percent_up_and_down_has_its_unit() -> None:
    assert [(seen.label, seen.unit) for seen in read("指标 | 2019年 | 增减(±%)\n申请 | 11 | 2")][1] == (
        "申请 增减",
        "%",
    )


@pytest.mark.parametrize("total", ["小计", "合计"])
def test_a_total_that_comes_once_a_region_is_that_regions(total: str) -> None:
    dataset = observe(
        ListGrid(
            table(
                f"""
                地区   | 类型    | 2018年
                福田区 | 发明    | 11
                       | 实用    | 12
                       | {total} | 23
                罗湖区 | 发明    | 14
                       | 实用    | 15
                       | {total} | 29
                """
            )
        )
    )
    assert {seen.value: seen.region for seen in seen_values(dataset)} == {
        **dict.fromkeys((11, 12, 23), "福田区"),
        **dict.fromkeys((14, 15, 29), "罗湖区"),
    }
    assert codes_of(dataset) == []


def test_one_total_below_all_regions_is_of_none_of_them_and_told() -> None:
    rows = "地区 | 类型 | 2018年\n福田区 | 发明 | 11\n | 实用 | 12\n罗湖区 | 发明 | 13\n | 实用 | 14\n | 合计 | 50"
    dataset = observe(ListGrid(table(rows)))
    assert at(seen_values(dataset), 50).region == ""
    assert [(f.code.id, f.severity.value, f.location.cell) for f in dataset.findings] == [("DATA136", "note", "A6")]


def test_an_english_heading_that_could_be_a_unit_is_the_name_of_its_group() -> None:
    values = read(
        "Item | Unit | 2018\nPatents | | \n~~Applications | pieces | 11\nTrademarks | | \n~~Applications | pieces | 12"
    )
    assert [seen.label for seen in values] == ["Patents Applications", "Trademarks Applications"]


def test_the_numbers_of_columns_are_not_told_as_numbers_outside() -> None:
    rows = "指标 | 单位 | 代码 | 2018年 | 2019年\n甲 | 乙 | 丙 | 1 | 2\n申请量 | 件 | '01 | 11 | 12\n授权量 | 件 | '02 | 13 | 14"
    dataset = observe(ListGrid(table(rows)))
    assert [seen.value for seen in seen_values(dataset)] == [11, 12, 13, 14]
    assert codes_of(dataset) == []


@pytest.mark.parametrize("heading", ["2018年前", "2015年以后", "2016年起累计", "1985年以来累计"])
def test_years_before_or_since_a_year_are_neither_that_year_nor_their_neighbours(heading: str) -> None:
    dataset = observe(ListGrid(table(f"指标 | 2019年 | {heading}\n产值 | 11 | 12")))
    assert [(seen.label, seen.period) for seen in seen_values(dataset)] == [("产值", "2019"), (f"产值 {heading}", "")]
    assert codes_of(dataset) == ["DATA103"]


def test_names_that_could_be_units_are_names_below_a_heading_of_names() -> None:
    rows = "Country | Series Name | Time | Value\nChina | Patents | 2018 | 11\nKorea | Patents | 2018 | 12"
    values = read(rows)
    assert [(seen.label, seen.region, seen.unit) for seen in values] == [
        ("Patents", "China", None),
        ("Patents", "Korea", None),
    ]


def test_signatures_below_one_row_of_values_do_not_hide_it() -> None:
    values = read("指标 | 2018年 | 2019年\n产值 | 11 | 12\n填表人：甲 | 审核人：乙 | 日期：2019年1月5日")
    assert [(seen.label, seen.period, seen.value) for seen in values] == [("产值", "2018", 11), ("产值", "2019", 12)]
