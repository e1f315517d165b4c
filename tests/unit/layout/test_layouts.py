"""One small drawn table for each layout and quirk; the expected values were read off the drawings by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from grids import ListGrid, Seen, codes_of, observe, read, seen, table
from ipstrong.readers.grid import CellValue
from ipstrong.texts import Text


def rows_of(found: list[Seen]) -> list[tuple[object, ...]]:
    return [tuple(entry) for entry in found]


CASES: dict[str, tuple[str, list[tuple[object, ...]]]] = {
    "long, Chinese headings": (
        """
        指标|地区|年份|数值|单位|来源
        发明专利|北京|2019年|12|件|公报
        发明专利|北京|2020年|13.5|万件|公报
        """,
        [("发明专利", "北京", "2019", 12, "件"), ("发明专利", "北京", "2020", 13.5, "万件")],
    ),
    "long, English headings in another order": (
        """
        value|unit|year|area|indicator
        12|件|2019|北京|发明
        13|件|2020|北京|发明
        """,
        [("发明", "北京", "2019", 12, "件"), ("发明", "北京", "2020", 13, "件")],
    ),
    "long, dimensions without an indicator": (
        """
        Year|Sex|Age|Units|Value
        2009|Men|16 +|Percent|15.1
        2010|Women|65 +|Percent|8.2
        """,
        [("Men 16 +", "", "2009", 15.1, "%"), ("Women 65 +", "", "2010", 8.2, "%")],
    ),
    "long, the value is all there is to name": (
        """
        Country Name|Country Code|Year|Value
        Norway|NOR|2000|5
        Norway|NOR|2001|6
        """,
        [("Value", "Norway", "2000", 5, None), ("Value", "Norway", "2001", 6, None)],
    ),
    "long by region and year, units behind a low line": (
        """
        区域|年份|专利授权_件|GDP_亿元|GDP指数_上年=100|增速_%
        北京|2019|5|6.5|101|7
        """,
        [
            ("专利授权", "北京", "2019", 5, "件"),
            ("GDP", "北京", "2019", 6.5, "亿元"),
            ("GDP指数_上年=100", "北京", "2019", 101, None),
            ("增速", "北京", "2019", 7, "%"),
        ],
    ),
    "indicators down, years across, descending, unit in brackets": (
        """
        指标|2020年|2019年
        国内生产总值(亿元)|12|11
        国内生产总值指数(1978年=100)|4350|4319.7
        """,
        [
            ("国内生产总值", "", "2020", 12, "亿元"),
            ("国内生产总值", "", "2019", 11, "亿元"),
            ("国内生产总值指数(1978年=100)", "", "2020", 4350, None),
            ("国内生产总值指数(1978年=100)", "", "2019", 4319.7, None),
        ],
    ),
    "unit column between label and years": (
        """
        指标|单位|2019|2020
        户数|万户|2018|2019
        """,
        [("户数", "", "2019", 2018, "万户"), ("户数", "", "2020", 2019, "万户")],
    ),
    "one year only, and values that look like years": (
        """
        指标|单位|2019
        户数|户|2018
        人口|人|5000
        """,
        [("户数", "", "2019", 2018, "户"), ("人口", "", "2019", 5000, "人")],
    ),
    "years down, descending, notes below": (
        """
        数据库：年度数据||
        时间|人口出生率(‰)|人口死亡率(‰)
        2021年|7.52|7.18
        2020年|8.52|7.07
        注：1981年及以前为户籍统计数||
        数据来源：统计局||
        """,
        [
            ("人口出生率", "", "2021", 7.52, "‰"),
            ("人口死亡率", "", "2021", 7.18, "‰"),
            ("人口出生率", "", "2020", 8.52, "‰"),
            ("人口死亡率", "", "2020", 7.07, "‰"),
        ],
    ),
    "unit row below the names": (
        """
        年份|专利授权|生产总值
        |件|亿元
        2019|5|6
        """,
        [("专利授权", "", "2019", 5, "件"), ("生产总值", "", "2019", 6, "亿元")],
    ),
    "rows of names for the heading: indicator, region, frequency, unit": (
        """
        指标|GDP_累计|增速
        地区|全国|北京
        频度|季|季
        单位|亿元|%
        2018-06|5|6
        2018-09|7|8
        2018-12|9|10
        """,
        [
            ("GDP_累计", "全国", "2018-06", 5, "亿元"),
            ("增速", "北京", "2018-06", 6, "%"),
            ("GDP_累计", "全国", "2018-09", 7, "亿元"),
            ("增速", "北京", "2018-09", 8, "%"),
            ("GDP_累计", "全国", "2018-12", 9, "亿元"),
            ("增速", "北京", "2018-12", 10, "%"),
        ],
    ),
    "metadata rows above the data": (
        """
        |CPI ; Sydney|CPI ; Perth
        Unit|Index Numbers|Percent
        Series Type|Original|Original
        Collection Month|3|3
        Series Start|1948-09-01|1948-09-01
        No. Obs|2|2
        Series ID|A2325806K|A2325811C
        1948-09-01|3.7|3.8
        1948-12-01|3.9|4
        """,
        [
            ("CPI ; Sydney", "", "1948-09", 3.7, "Index Numbers"),
            ("CPI ; Perth", "", "1948-09", 3.8, "%"),
            ("CPI ; Sydney", "", "1948-12", 3.9, "Index Numbers"),
            ("CPI ; Perth", "", "1948-12", 4, "%"),
        ],
    ),
    "regions down, years across, indicator in a title line": (
        """
        指标：地区生产总值(亿元)||
        时间：最近5年||
        地区|2019年|2018年
        北京市|35371.28|33105.97
        """,
        [
            ("地区生产总值", "北京市", "2019", 35371.28, "亿元"),
            ("地区生产总值", "北京市", "2018", 33105.97, "亿元"),
        ],
    ),
    "regions down, indicators across, year only in the title": (
        """
        2019年各区主要指标||
        区|专利授权量(件)|生产总值(亿元)
        河东区|12|34.5
        合计|35|80.1
        """,
        [
            ("专利授权量", "河东区", "2019", 12, "件"),
            ("生产总值", "河东区", "2019", 34.5, "亿元"),
            ("专利授权量", "合计", "2019", 35, "件"),
            ("生产总值", "合计", "2019", 80.1, "亿元"),
        ],
    ),
    "regions across": (
        """
        2020年地区生产总值(亿元)||
        |北京|上海
        一季度|1|2
        二季度|4|5
        """,
        [
            ("地区生产总值", "北京", "2020Q1", 1, "亿元"),
            ("地区生产总值", "上海", "2020Q1", 2, "亿元"),
            ("地区生产总值", "北京", "2020Q2", 4, "亿元"),
            ("地区生产总值", "上海", "2020Q2", 5, "亿元"),
        ],
    ),
    "side by side, offset by one row": (
        """
        表一 产值|||||
        地区|2019年|2020年||表二 人口|
        北京|1|2||地区|2019年
        上海|3|4||北京|7
        ||||上海|8
        """,
        [
            ("产值", "北京", "2019", 1, None),
            ("产值", "北京", "2020", 2, None),
            ("产值", "上海", "2019", 3, None),
            ("产值", "上海", "2020", 4, None),
            ("人口", "北京", "2019", 7, None),
            ("人口", "上海", "2019", 8, None),
        ],
    ),
    "a second half beside the first, no blank column": (
        """
        年份|产值|年份|产值
        2001|1|2011|5
        2002|3|2012|7
        """,
        [
            ("产值", "", "2001", 1, None),
            ("产值", "", "2002", 3, None),
            ("产值", "", "2011", 5, None),
            ("产值", "", "2012", 7, None),
        ],
    ),
    "pages one below the other, the heading repeated": (
        """
        表1 生产总值||
        地区|2019|2020
        北京|11|12

        续表||
        地区|2021|2022
        北京|15|16
        """,
        [
            ("生产总值", "北京", "2019", 11, None),
            ("生产总值", "北京", "2020", 12, None),
            ("生产总值", "北京", "2021", 15, None),
            ("生产总值", "北京", "2022", 16, None),
        ],
    ),
    "the same heading again without a blank row": (
        """
        年份|发明
        2001|1
        年份|发明
        2003|3
        """,
        [("发明", "", "2001", 1, None), ("发明", "", "2003", 3, None)],
    ),
    "year over quarters, not merged": (
        """
        指标|2019年||||2020年
        |一季度|二季度|三季度|四季度|一季度
        GDP|1|2|3|4|5
        """,
        [
            ("GDP", "", "2019Q1", 1, None),
            ("GDP", "", "2019Q2", 2, None),
            ("GDP", "", "2019Q3", 3, None),
            ("GDP", "", "2019Q4", 4, None),
            ("GDP", "", "2020Q1", 5, None),
        ],
    ),
    "years and quarters mixed in two heading rows": (
        """
        |2018|2019|2018|2018
        |||~Q3|~Q4

        Total trade|1|2|3|4
        """,
        [
            ("Total trade", "", "2018", 1, None),
            ("Total trade", "", "2019", 2, None),
            ("Total trade", "", "2018Q3", 3, None),
            ("Total trade", "", "2018Q4", 4, None),
        ],
    ),
    "the year stands in the first row of its months": (
        """
        ||All visits
        2012|Jan|5
        |Feb|6
        2013|Jan|7
        |Feb|8
        Latest 12 months||26
        """,
        [
            ("All visits", "", "2012-01", 5, None),
            ("All visits", "", "2012-02", 6, None),
            ("All visits", "", "2013-01", 7, None),
            ("All visits", "", "2013-02", 8, None),
            ("Latest 12 months All visits", "", "", 26, None),
        ],
    ),
    "months below their year in one column": (
        """
        时间|产量
        2019年|100
        1月|8
        2月|9
        2020年|110
        1月|10
        """,
        [
            ("产量", "", "2019", 100, None),
            ("产量", "", "2019-01", 8, None),
            ("产量", "", "2019-02", 9, None),
            ("产量", "", "2020", 110, None),
            ("产量", "", "2020-01", 10, None),
        ],
    ),
    "years down, months across": (
        """
        降水量(毫米)|||
        年份|1月|2月|全年
        2019|1|2|30
        """,
        [
            ("降水量", "", "2019-01", 1, "毫米"),
            ("降水量", "", "2019-02", 2, "毫米"),
            ("降水量", "", "2019", 30, "毫米"),
        ],
    ),
    "year to date beside full years": (
        """
        指标|2020年1-9月|2019年
        授权量|5|6
        """,
        [("授权量", "", "2020-01..09", 5, None), ("授权量", "", "2019", 6, None)],
    ),
    "this year and the year before, by the title's year to date": (
        """
        2019年1-9月主要指标|||
        单位：件|||
        指标|本年累计|上年同期|同比增长(%)
        授权量|50|40|25
        """,
        [
            ("授权量", "", "2019-01..09", 50, "件"),
            ("授权量", "", "2018-01..09", 40, "件"),
            ("授权量 同比增长", "", "2019-01..09", 25, "%"),
        ],
    ),
    "growth belongs to the later of two years": (
        """
        指标|单位|2020年|2019年|增长%
        授权量|件|55|50|10
        """,
        [
            ("授权量", "", "2020", 55, "件"),
            ("授权量", "", "2019", 50, "件"),
            ("授权量 增长", "", "2020", 10, "%"),
        ],
    ),
    "the period stands in the heading's text": (
        """
        地区|2019年末人口(万人)|2020年末人口(万人)
        北京|1|2
        """,
        [("人口", "北京", "2019", 1, "万人"), ("人口", "北京", "2020", 2, "万人")],
    ),
    "a price base is no period": (
        """
        指标|2019年|2020年
        2015年不变价GDP(亿元)|8|9
        """,
        [("2015年不变价GDP", "", "2019", 8, "亿元"), ("2015年不变价GDP", "", "2020", 9, "亿元")],
    ),
    "fiscal years, one with another dash": (
        """
        Item|2003–04|2004–05|2013-14
        Taxes|1|2|3
        """,
        [("Taxes", "", "2003/04", 1, None), ("Taxes", "", "2004/05", 2, None), ("Taxes", "", "2013/14", 3, None)],
    ),
    "Minguo years beside Gregorian ones": (
        """
        年　　　別||出　生　數（人）
        民國47年|1958|413679
        民國48年|1959|423863
        """,
        [("出生數", "", "1958", 413679, "人"), ("出生數", "", "1959", 423863, "人")],
    ),
    "running numbers, codes and numbered groups": (
        """
        序号|代码|指标|2019年
        1|A01|一、创造|
        2|A02|（一）发明|5
        3|A03|其中：企业|3
        4|B01|二、运用|
        5|B02|（一）许可|6
        """,
        [
            ("一、创造 （一）发明", "", "2019", 5, None),
            ("一、创造 （一）发明 其中：企业", "", "2019", 3, None),
            ("二、运用 （一）许可", "", "2019", 6, None),
        ],
    ),
    "groups by indent, the same label below two of them": (
        """
        |2019
        Credits|
        ~~Goods|5
        ~~Total|6
        Debits|
        ~~Goods|7
        """,
        [
            ("Credits Goods", "", "2019", 5, None),
            ("Credits Total", "", "2019", 6, None),
            ("Debits Goods", "", "2019", 7, None),
        ],
    ),
    "children by indent keep their own name, unless it stands twice": (
        """
        指标|2019
        总户数|9
        ~~男|4
        常住人口|20
        ~~男|11
        ~~外来|3
        """,
        [
            ("总户数", "", "2019", 9, None),
            ("总户数 男", "", "2019", 4, None),
            ("常住人口", "", "2019", 20, None),
            ("常住人口 男", "", "2019", 11, None),
            ("外来", "", "2019", 3, None),
        ],
    ),
    "a subtotal ends its group": (
        """
        Item|2019
        CHILDREN|
        ~~Tickets|5
        ~Sub-total|5
        Other|6
        """,
        [
            ("CHILDREN Tickets", "", "2019", 5, None),
            ("CHILDREN Sub-total", "", "2019", 5, None),
            ("Other", "", "2019", 6, None),
        ],
    ),
    "a group that is a region": (
        """
        指标|单位|2019
        全国||
        发明|件|5
        北京市||
        发明|件|7
        """,
        [("发明", "全国", "2019", 5, "件"), ("发明", "北京市", "2019", 7, "件")],
    ),
    "groups in a column of their own, filled down": (
        """
        类别|指标|单位|2019
        创造|发明|件|1
        |商标|件|3
        运用|许可|件|5
        """,
        [
            ("创造 发明", "", "2019", 1, "件"),
            ("创造 商标", "", "2019", 3, "件"),
            ("运用 许可", "", "2019", 5, "件"),
        ],
    ),
    "English labels at the right end": (
        """
        指标|2019|2020|Item
        人口(万人)|5|6|Population
        """,
        [("人口", "", "2019", 5, "万人"), ("人口", "", "2020", 6, "万人")],
    ),
    "column numbers below the heading": (
        """
        2019年报表|||
        指标|单位|数量|金额(万元)
        甲|乙|1|2
        合同|项|20|30
        """,
        [("合同 数量", "", "2019", 20, "项"), ("合同 金额", "", "2019", 30, "万元")],
    ),
    "rates do not take the table's unit": (
        """
        单位：亿元||
        指标|2019年|增长率
        产值|5|6
        """,
        [("产值", "", "2019", 5, "亿元"), ("产值 增长率", "", "2019", 6, None)],
    ),
    "several units in the unit line belong to none in particular": (
        """
        |单位：人；‰|
        年别|出生數（人）|性比例
        2019|5|6
        """,
        [("出生數", "", "2019", 5, "人"), ("性比例", "", "2019", 6, None)],
    ),
    "unit at the right end of the title rows": (
        """
        Table A Balances||
        ||£ million
        |2018|2019
        Trade|5|6
        """,
        [("Trade", "", "2018", 5, "£ million"), ("Trade", "", "2019", 6, "£ million")],
    ),
    "blank columns between the values": (
        """
        ||NSA||SA
        2012|Jan|5||6
        |Feb|7||8
        """,
        [
            ("NSA", "", "2012-01", 5, None),
            ("SA", "", "2012-01", 6, None),
            ("NSA", "", "2012-02", 7, None),
            ("SA", "", "2012-02", 8, None),
        ],
    ),
    "leader dots and spread characters": (
        """
        项　目|2019
        合　　计……|5
        其中：发 明 专 利|6
        """,
        [("合计", "", "2019", 5, None), ("合计 其中：发明专利", "", "2019", 6, None)],
    ),
    "years far apart, and values that look like years": (
        """
        指标|1949|1978|2000
        户数|1990|1995|2000
        """,
        [("户数", "", "1949", 1990, None), ("户数", "", "1978", 1995, None), ("户数", "", "2000", 2000, None)],
    ),
    "months as six digits": (
        """
        地区|指标|202001|202002
        北京|产值|1|2
        """,
        [("产值", "北京", "2020-01", 1, None), ("产值", "北京", "2020-02", 2, None)],
    ),
    "a heading for rows and columns in one corner": (
        """
        GEO/TIME|2018|2019
        Belgium|1.5|:
        """,
        [("data", "Belgium", "2018", 1.5, None)],
    ),
    "parts of the row above take its unit, growth does not": (
        """
        指标|2019年|比上年增长%
        生产总值(亿元)|100|6.5
        其中：工业|50|5.5
        同比增长|7|8
        """,
        [
            ("生产总值", "", "2019", 100, "亿元"),
            ("生产总值 比上年增长", "", "2019", 6.5, "%"),
            ("生产总值 其中：工业", "", "2019", 50, "亿元"),
            ("生产总值 其中：工业 比上年增长", "", "2019", 5.5, "%"),
            ("生产总值 同比增长", "", "2019", 7, None),
            ("生产总值 同比增长 比上年增长", "", "2019", 8, "%"),
        ],
    ),
    "an estimate by its heading": (
        """
        指标|2018年|2020年预计
        产值|1|3
        """,
        [("产值", "", "2018", 1, None), ("产值", "", "2020", 3, None)],
    ),
    "headings above headings": (
        """
        Item|2019
        Seasonally adjusted|
        Current account|
        ~Goods|5
        Not seasonally adjusted|
        Current account|
        ~Goods|6
        """,
        [
            ("Seasonally adjusted Current account Goods", "", "2019", 5, None),
            ("Not seasonally adjusted Current account Goods", "", "2019", 6, None),
        ],
    ),
    "years in sections below the heading": (
        """
        指标|上半年|全年
        2019年||
        产值|2|4
        2020年||
        产值|4|6
        """,
        [
            ("产值", "", "2019H1", 2, None),
            ("产值", "", "2019", 4, None),
            ("产值", "", "2020H1", 4, None),
            ("产值", "", "2020", 6, None),
        ],
    ),
    "scale in the cell": (
        """
        指标|单位|2019|2020
        发明|件|13.05万|130500
        """,
        [("发明", "", "2019", 13.05, "万件"), ("发明", "", "2020", 130500, "件")],
    ),
}


def drawn(text: str) -> str:
    return "\n".join(line.strip(" ") for line in text.strip("\n").split("\n")[:]).strip("\n ")


@pytest.mark.parametrize("name", CASES)
def test_layout_is_read_when_drawn(name: str) -> None:
    text, expected = CASES[name]
    assert rows_of(read(drawn(text))) == expected


def test_merged_headings_spread_over_their_columns_and_values_do_not() -> None:
    # heading 2019 over two columns, 2020 over two; the merged value in C3:D3 stands once
    text = """
指标|单位|2019年||2020年|
||全年|增长(%)|全年|增长(%)
产值|亿元|100||110|6.1
"""
    merged = [(0, 2, 0, 3), (0, 4, 0, 5), (0, 0, 1, 0), (0, 1, 1, 1), (2, 2, 2, 3)]
    assert rows_of(read(text, merged=merged)) == [
        ("产值", "", "2019", 100, "亿元"),
        ("产值", "", "2020", 110, "亿元"),
        ("产值 增长", "", "2020", 6.1, "%"),
    ]


def test_yearbook_page_with_a_bilingual_heading_of_four_rows_is_read() -> None:
    # laid out like a page of a statistical yearbook; the figures are the first of China's table of population, 1949
    text = """
2-1~人口数及构成|||||
Population and Its Composition|||||
|||||单位：万人
|||||(10 000 persons)
年份|总人口(年末)|按性别分 By Sex|||
Year|Total Population|男 Male||女 Female|
|(year-end)|人口数|比重(%)|人口数|比重(%)
||Population|Proportion|Population|Proportion
1949|54167|28145|51.96|26022|48.04
"""
    merged = [(0, 0, 0, 5), (1, 0, 1, 5), (4, 2, 4, 5), (5, 2, 5, 3), (5, 4, 5, 5)]
    assert rows_of(read(text, merged=merged)) == [
        ("总人口(年末) Total Population (year-end)", "", "1949", 54167, "万人"),
        ("按性别分 By Sex 男 Male 人口数 Population", "", "1949", 28145, "万人"),
        ("按性别分 By Sex 男 Male 比重 Proportion", "", "1949", 51.96, "%"),
        ("按性别分 By Sex 女 Female 人口数 Population", "", "1949", 26022, "万人"),
        ("按性别分 By Sex 女 Female 比重 Proportion", "", "1949", 48.04, "%"),
    ]


def test_merged_labels_hold_for_all_their_rows() -> None:
    text = """
类别|指标|2019
创造|发明|1
|商标|3
"""
    assert rows_of(read(text, merged=[(1, 0, 2, 0)])) == [
        ("创造 发明", "", "2019", 1, None),
        ("创造 商标", "", "2019", 3, None),
    ]


def test_stray_heading_over_a_blank_column_belongs_to_the_group_around_it() -> None:
    text = """
||Residents' visits|||
|||Earnings||
||NSA||SA|
2012|Jan|5||6|
|Feb|7||8|
"""
    found = rows_of(read(text, merged=[(0, 2, 0, 4)]))
    assert found[0] == ("Residents' visits Earnings NSA", "", "2012-01", 5, None)
    assert found[1] == ("Residents' visits Earnings SA", "", "2012-01", 6, None)


def test_wholly_empty_year_is_missing_not_dropped() -> None:
    dataset = observe(ListGrid(table("地区|2020|2019|2018\n北京||5|6\n上海||7|8")))
    assert [(entry.region, entry.period) for entry in seen(dataset) if entry.value is None] == [
        ("北京", "2020"),
        ("上海", "2020"),
    ]


def test_missing_marks_are_null_with_their_text() -> None:
    frame = observe(ListGrid(table("指标|2019|2020|2021\n发明|—|…|5"))).frame
    assert frame["value"].to_list() == [None, None, 5.0]
    assert frame["raw"].to_list() == ["—", "…", "5"]


def test_flags_beside_values_are_their_status() -> None:
    frame = observe(ListGrid(table("地区|2019年||2020年|\n北京|5|p|6|\n上海|7||8|e"))).frame
    assert frame["status"].to_list() == ["provisional", "final", "final", "estimate"]
    assert frame["value"].to_list() == [5.0, 6.0, 7.0, 8.0]


def test_heading_says_that_its_values_are_provisional() -> None:
    frame = observe(ListGrid(table("指标|2019年|2020年(初步)\n发明|5|6"))).frame
    assert frame["status"].to_list() == ["final", "provisional"]


def test_spoilt_digits_and_words_among_values_are_errors_with_their_text() -> None:
    rows = "指标|地区|年份|数值|单位\n发明|北京|2019年|12|件\n发明|北京|2020年|lo|件\n发明|北京|2021年||件"
    dataset = observe(ListGrid(table(rows)))
    assert [entry.value for entry in seen(dataset)] == [12.0, None, None]
    assert codes_of(dataset) == ["DATA110"]
    assert dataset.findings[0].params["texts"] == Text("“lo”", "'lo'")
    assert dataset.findings[0].location.cell == "D3"


def test_lone_fiscal_like_period_is_read_as_a_month_and_told() -> None:
    dataset = observe(ListGrid(table("Org|Reporting_period|Beds\nNorth|2010-11|5\nSouth|2010-11|6")))
    assert [entry.period for entry in seen(dataset)] == ["2010-11", "2010-11"]
    assert codes_of(dataset) == ["DATA105"]


def test_months_without_a_year_are_told() -> None:
    dataset = observe(ListGrid(table("指标|一季度|二季度\n产值|5|6")))
    assert [entry.period for entry in seen(dataset)] == ["", ""]
    assert codes_of(dataset) == ["DATA103"]


def test_values_without_any_period_are_read_and_told_once() -> None:
    dataset = observe(ListGrid(table("State|Pensions|Grants\nOHIO|5|6\nUTAH|7|8")))
    assert rows_of(seen(dataset))[0] == ("Pensions", "OHIO", "", 5.0, None)
    assert codes_of(dataset) == ["DATA103"]
    assert dataset.findings[0].params["count"] == 4


def test_numbers_without_names_are_left_out_and_counted() -> None:
    dataset = observe(ListGrid(table("1|2\n3|4\n5|6")))
    assert dataset.is_empty
    assert codes_of(dataset) == ["DATA102"]


def test_row_and_column_with_different_periods_are_left_out() -> None:
    dataset = observe(ListGrid(table("年份|2018年产值|2019年产值\n2019|5|6\n2020|7|8")))
    assert codes_of(dataset) == ["DATA106"]
    assert rows_of(seen(dataset)) == [("产值", "", "2019", 6.0, None)]


def test_sheet_of_contents_is_no_table() -> None:
    assert observe(ListGrid(table("|Contents|\n|6.1|Taxes by type\n|6.2|Taxes by industry"))).is_empty


def test_metadata_table_is_no_table() -> None:
    rows = "指标名称|地区名称|单位|开始时间|来源\n产值|全国|%|1992-03|局\n指数|全国|-|1996-10|局"
    assert observe(ListGrid(table(rows))).is_empty


def test_region_of_the_sheet_holds_where_the_table_has_none() -> None:
    rows = table("指标|2019\n发明|5")
    dataset = observe(ListGrid(rows, sheet="北京市"), ListGrid(rows, sheet="上海市"))
    assert [(entry.region, entry.value) for entry in seen(dataset)] == [("北京市", 5.0), ("上海市", 5.0)]


def test_english_regions_beside_chinese_labels_are_no_translation() -> None:
    dataset = observe(ListGrid(table("指标|地区|2019年\n发明|Beijing|5\n商标|County 7|6"), sheet="深圳市"))
    assert [(entry.label, entry.region) for entry in seen(dataset)] == [("发明", "Beijing"), ("商标", "County 7")]
    both = observe(ListGrid(table("地区|Region|2019年\n北京|Beijing|5\n上海|Shanghai|6"), sheet="专利"))
    assert [entry.region for entry in seen(both)] == ["北京", "上海"]


def test_year_of_the_sheet_holds_where_the_table_has_none() -> None:
    dataset = observe(ListGrid(table("地区|专利(件)\n北京|5"), sheet="2019年"))
    assert rows_of(seen(dataset)) == [("专利", "北京", "2019", 5.0, "件")]


def test_name_of_the_sheet_is_taken_for_the_label_and_told() -> None:
    dataset = observe(ListGrid(table("地区|2019年|2020年\n北京|5|6"), sheet="生产总值"))
    assert {entry.label for entry in seen(dataset)} == {"生产总值"}
    assert codes_of(dataset) == ["DATA107"]


def test_text_file_places_are_lines_of_the_file() -> None:
    dataset = observe(ListGrid(table("指标|2019\n发明|lo\n商标|5"), sheet=None, file="a.csv"))
    assert (dataset.findings[0].location.line, dataset.findings[0].location.column) == (2, 2)
    assert dataset.series[0].place == "line 2, column 2"


def test_month_ends_are_read_as_months_and_told() -> None:
    rows: list[list[CellValue]] = [["日期", "CPI"]]
    rows += [[dt.date(2019, month, day), 100.0 + month] for month, day in ((1, 31), (2, 28), (4, 30))]
    dataset = observe(ListGrid(rows))
    assert [entry.period for entry in seen(dataset)] == ["2019-01", "2019-02", "2019-04"]
    assert codes_of(dataset) == ["DATA108"]
    assert dataset.findings[0].message("en") == "dates from 2019-01-31 to 2019-04-30 were read as months"


def test_single_days_stay_days() -> None:
    dataset = observe(ListGrid([["日期", "价格"], [dt.date(2019, 1, 31), 5.0], [dt.date(2019, 2, 14), 6.0]]))
    assert [entry.period for entry in seen(dataset)] == ["2019-01-31", "2019-02-14"]
    assert dataset.findings == ()


def test_numbers_beside_and_below_the_table_are_noted() -> None:
    dataset = observe(ListGrid(table("指标|2019|2020\n发明|5|6\n\n||\n注：初步|17|")))
    assert [entry.value for entry in seen(dataset)] == [5.0, 6.0]
    assert codes_of(dataset) == ["DATA109"]
    assert dataset.findings[0].params["text"] == "17.0"


def test_heading_right_below_a_row_of_another_table_begins_a_new_one() -> None:
    found = rows_of(read("合计||4711\n指标|2019|2020\n发明|5|6"))
    assert found[-2:] == [("发明", "", "2019", 5, None), ("发明", "", "2020", 6, None)]


def test_page_number_below_the_table_is_no_value() -> None:
    dataset = observe(ListGrid(table("指标|2019|\n发明|5|\n商标|6|\n|第|33")))
    assert [entry.value for entry in seen(dataset)] == [5.0, 6.0]
    assert codes_of(dataset) == ["DATA102"]


def test_columns_of_status_and_remarks_left_blank_hold_no_values() -> None:
    # the form that `ipstrong template` makes, filled in by someone who leaves every status blank
    found = read(
        """
指标|单位|2018年|状态|2019年|状态|备注
授权量|件|5||6||
注册量|件|15||16||
"""
    )
    assert [(entry.label, entry.period, entry.value) for entry in found] == [
        ("授权量", "2018", 5.0),
        ("授权量", "2019", 6.0),
        ("注册量", "2018", 15.0),
        ("注册量", "2019", 16.0),
    ]
    rows = table("指标|单位|2018年|状态|2019年|状态|备注\n授权量|件|5||6||\n注册量|件|15||16||")
    dataset = observe(ListGrid(rows))
    assert dataset.frame.height == 4
    assert dataset.findings == ()
