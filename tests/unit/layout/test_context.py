"""Title lines, relative periods, heading words, and the depth of numbering."""

from __future__ import annotations

import pytest

from grids import ListGrid, table
from ipstrong.layout.context import find_period, name_of, read_context
from ipstrong.layout.headings import split_period
from ipstrong.layout.marks import MarkedGrid
from ipstrong.layout.recognition import title_label
from ipstrong.layout.relative_periods import read_relative
from ipstrong.layout.rowheads import numbering_rank
from ipstrong.layout.words import Role, role_of
from ipstrong.model.period import parse_period


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2019年各区主要指标", "2019"),
        ("表3 主要指标（2019年）", "2019"),
        ("2019年1-9月主要指标", "2019-01..09"),
        ("2020年一季度情况", "2020Q1"),
        ("2019年9月", "2019-09"),
        ("2015-2019年各省生产总值", None),
        ("1985 TO 2017 ACTUALS", None),
        ("2018年与2019年比较", None),
        ("国内生产总值指数(1978年=100)", None),
        ("2015年不变价", None),
        ("Summary for Quarter 1 (Jan to Mar) 2020", None),
        ("民国99年人口", "2010"),
        ("２０１９年主要指标", "2019"),
        ("二〇一八年主要指标", "2018"),
        ("2018年12月末常住人口", "2018"),
        ("2018年9月末常住人口", "2018-09"),
        ("Prices, 2019", "2019"),
    ],
)
def test_title_names_a_period_only_where_there_is_one(title: str, expected: str | None) -> None:
    assert find_period(title) == (parse_period(expected) if expected else None)


@pytest.mark.parametrize(
    ("text", "period", "rest"),
    [
        ("2019年末常住人口", "2019", "常住人口"),
        ("2020年1-9月增长%", "2020-01..09", "增长%"),
        ("2015年不变价GDP", None, "2015年不变价GDP"),
        ("2018年=100", None, "2018年=100"),
        ("2010-2020年累计", "2010..2020", "累计"),
        ("1979-2019年平均增长(%)", "1979..2019", "平均增长(%)"),
        ("2001年至2019年年均增速", "2001..2019", "年均增速"),
        ("2015-2019年地区生产总值", None, "2015-2019年地区生产总值"),
        ("常住人口", None, "常住人口"),
    ],
)
def test_label_may_begin_with_its_period(text: str, period: str | None, rest: str) -> None:
    assert split_period(text) == (parse_period(period) if period else None, rest)


def test_title_is_a_label_without_its_period() -> None:
    assert title_label("2019年地区生产总值(亿元)") == "地区生产总值"
    assert title_label("地区生产总值（2019年）") == "地区生产总值"
    assert title_label("地区生产总值（现价）") == "地区生产总值（现价）"


@pytest.mark.parametrize(
    ("heading", "table_period", "expected"),
    [
        ("本年", "2019", "2019"),
        ("本年实际数", "2019", "2019"),
        ("上年同期", "2019-01..09", "2018-01..09"),
        ("上年", "2019", "2018"),
        ("previous year", "2019", "2018"),
        ("本月", "2019-09", "2019-09"),
        ("本年累计", "2019-09", "2019-01..09"),
        ("本年累计", "2019-12", "2019"),
        ("本年累计", "2019-01", "2019-01"),
        ("上年同期累计", "2019-09", "2018-01..09"),
        ("本月", "2019", None),
    ],
)
def test_relative_periods_count_from_the_table(heading: str, table_period: str, expected: str | None) -> None:
    relative = read_relative(heading)
    base = parse_period(table_period)
    assert relative is not None
    assert base is not None
    assert relative.of(base) == (parse_period(expected) if expected else None)


@pytest.mark.parametrize("heading", ["比上年增长", "同比增长", "上年=100", "年末人口", "累计PCT专利量"])
def test_headings_about_other_periods_are_not_relative(heading: str) -> None:
    assert read_relative(heading) is None


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("指　标", Role.LABEL),
        ("指标Indicator", Role.LABEL),
        ("地区", Role.REGION),
        ("Country Name", Role.REGION),
        ("REF_AREA", Role.REGION),
        ("年份", Role.PERIOD),
        ("Reporting_period", Role.PERIOD),
        ("数值", Role.VALUE),
        ("OBS_VALUE", Role.VALUE),
        ("UNIT_MEASURE", Role.UNIT),
        ("Country Code", Role.CODE),
        ("source_title", Role.NOTE),
        ("备注：", Role.NOTE),
        ("月份", Role.YEAR_PART),
        ("发明专利授权量", None),
        ("All Visits", None),
    ],
)
def test_headings_name_roles(heading: str, role: Role | None) -> None:
    assert role_of(heading) is role


def test_title_rows_are_understood() -> None:
    rows = table("数据库：分省年度数据\n表1-2 专利统计\n地区：北京\n时间：2019年\n（单位：件）\n注：初步数")
    context = read_context(MarkedGrid(ListGrid(rows)), range(6), 0, 0)
    assert (context.title, context.region, str(context.period), context.unit) == ("专利统计", "北京", "2019", "件")


def test_sheet_and_file_name_a_table_in_that_order() -> None:
    assert name_of("a/专利.xlsx", "授权") == "授权"
    assert name_of("a/专利.xlsx", "Sheet1") == "专利"
    assert name_of("-", None) == ""


def test_numbering_has_depth() -> None:
    labels = ("一、创造", "（一）发明", "1.授权", "(1)企业", "①外资", "发明", "1.5万件以上")
    assert [numbering_rank(label) for label in labels] == [1, 2, 3, 4, 5, 0, 0]
