"""Values from 1900 to 2100, marks of missing values and blanks in the first rows, where they could be taken for headings."""

from __future__ import annotations

import pytest

from grids import ListGrid, Seen, codes_of, observe, read, table
from grids import seen as seen_values
from ipstrong.layout.marks import Kind, mark_of


def found(text: str) -> list[tuple[str, str, str, float | None]]:
    return [(seen.label, seen.region, seen.period, seen.value) for seen in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # a year below a heading of years
            "时间 | 人口\n2005 | 2031\n2006 | 8832",
            [("人口", "", "2005", 2031), ("人口", "", "2006", 8832)],
        ),
        (  # a name below a heading of names
            "2011年\n地区 | 申请(件) | 授权(件)\n罗湖区 | 2069 | 2002\n盐田区 | 1987① | 8391",
            [
                ("申请", "罗湖区", "2011", 2069),
                ("授权", "罗湖区", "2011", 2002),
                ("申请", "盐田区", "2011", 1987),
                ("授权", "盐田区", "2011", 8391),
            ],
        ),
        (  # a blank between them
            "2011年\n地区 | 申请(件) | 授权(件) | 登记(件)\n南山区 | 1975 | | 1941\n宝安区 | 73994 | 2099 | 57737",
            [
                ("申请", "南山区", "2011", 1975),
                ("登记", "南山区", "2011", 1941),
                ("申请", "宝安区", "2011", 73994),
                ("授权", "宝安区", "2011", 2099),
                ("登记", "宝安区", "2011", 57737),
            ],
        ),
        (  # a period of its own
            "地区 | 年份 | 申请 | 授权\n罗湖区 | 2006年末 | 2009 | 1903\n | 2007年末 | 2028① | 1979",
            [
                ("申请", "罗湖区", "2006", 2009),
                ("授权", "罗湖区", "2006", 1903),
                ("申请", "罗湖区", "2007", 2028),
                ("授权", "罗湖区", "2007", 1979),
            ],
        ),
        (  # one value a row
            "单位 | 地区 | 数值 | 指标 | 年份\n万人 | 盐田区 | 2075 | 人口 | 2013\n万人 | 盐田区 | 26802 | 人口 | 2014",
            [("人口", "盐田区", "2013", 2075), ("人口", "盐田区", "2014", 26802)],
        ),
        (  # a number with a footnote and two decimals is no month
            "2011年\n地区 | 申请 | 授权\n南山区 | 5 | '1538.08*\n宝安区 | 6 | '1950.08*",
            [
                ("申请", "南山区", "2011", 5),
                ("授权", "南山区", "2011", 1538.08),
                ("申请", "宝安区", "2011", 6),
                ("授权", "宝安区", "2011", 1950.08),
            ],
        ),
        (  # a whole column of them behind another
            "2010年\n地区 | 申请 | 产值(亿元) | 人口\n甲区 | 8613 | 1974 | 1\n乙区 | 43 | 2053 | 2\n丙区 | 16 | 1963 | 3\n丁区 | 12 | 2057 | 4",
            [
                (label, region, "2010", value)
                for region, row in (
                    ("甲区", (8613, 1974, 1)),
                    ("乙区", (43, 2053, 2)),
                    ("丙区", (16, 1963, 3)),
                    ("丁区", (12, 2057, 4)),
                )
                for label, value in zip(("申请", "产值", "人口"), row, strict=True)
            ],
        ),
    ],
)
def test_values_that_look_like_years_are_values(text: str, expected: list[tuple[str, str, str, float]]) -> None:
    assert found(text) == expected


def test_headings_in_two_rows_with_years_in_the_second_stay_headings() -> None:
    values = read("指标 | 数量 | | 金额 |\n | 2018 | 2019 | 2018 | 2019\n出口 | 11 | 12 | 13 | 14")
    assert [(seen.label, seen.period, seen.value) for seen in values] == [
        ("出口 数量", "2018", 11),
        ("出口 数量", "2019", 12),
        ("出口 金额", "2018", 13),
        ("出口 金额", "2019", 14),
    ]


@pytest.mark.parametrize("missing", ["—", "…", ""])
@pytest.mark.parametrize("gap", ["", " |"])
def test_a_half_without_values_beside_another_takes_none_of_them(missing: str, gap: str) -> None:
    values = read(f"2014年商标(单位：件)\n地区 | 数值 |{gap} 地区 | 数值\n福田区 | 9356 |{gap} 龙岗区 | {missing}")
    assert [(seen.region, seen.value) for seen in values] == [("福田区", 9356)]


@pytest.mark.parametrize(
    ("heading", "names"), [("地区", ("罗湖区", "福田区", "南山区")), ("类型", ("国有", "私营", "外资"))]
)
def test_a_first_row_without_values_still_names_its_group(heading: str, names: tuple[str, str, str]) -> None:
    rows = "".join(
        f"{name} | 2017年 | {'' if index != 1 else 13} | {'' if index != 1 else 14}\n | 2018年 | {index + 1}5 | {index + 1}6\n"
        for index, name in enumerate(names)
    )
    values = read(f"{heading} | 年份 | 产值 | 利润\n{rows}")

    def name_of(seen: Seen) -> str:
        return seen.region or seen.label.split()[0]

    assert [(name_of(seen), seen.period) for seen in values if seen.label.endswith("产值")] == [
        (names[0], "2018"),
        (names[1], "2017"),
        (names[1], "2018"),
        (names[2], "2018"),
    ]


def test_an_ellipsis_in_the_first_row_is_a_missing_value() -> None:
    dataset = observe(
        ListGrid(table("年份 | 申请 | 授权 | 登记\n2008年 | 1981 | … | 1949\n2009年 | 6671 | 1990 | 4255"))
    )
    assert [(seen.period, seen.value) for seen in seen_values(dataset)] == [
        ("2008", 1981),
        ("2008", None),
        ("2008", 1949),
        ("2009", 6671),
        ("2009", 1990),
        ("2009", 4255),
    ]
    assert codes_of(dataset) == []


def test_a_page_that_names_only_its_year_has_the_unit_of_the_page_before() -> None:
    values = read("单位：亿元\n2008年\n地区 | 产值\n福田区 | 11\n\n2009年\n地区 | 产值\n福田区 | 12")
    assert [(seen.period, seen.unit) for seen in values] == [("2008", "亿元"), ("2009", "亿元")]


def test_a_row_without_a_value_below_the_heading_of_a_later_page_is_no_title() -> None:
    values = read("2019年\n地区 | 产值\n福田区 | 11\n\n2018年\n地区 | 产值\n宝安区 |\n福田区 | 2036")
    assert [(seen.label, seen.region, seen.period, seen.value) for seen in values] == [
        ("产值", "福田区", "2019", 11),
        ("产值", "福田区", "2018", 2036),
    ]


def test_a_number_of_thousands_of_digits_is_no_year() -> None:
    """`int` refuses more than 4,300 digits."""
    assert mark_of("7" * 5_000).kind is not Kind.YEAR
