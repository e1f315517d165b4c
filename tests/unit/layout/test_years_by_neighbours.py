"""Years that a table makes plain though a cell alone does not, and years that break what the others say."""

from __future__ import annotations

import pytest

from grids import ListGrid, codes_of, observe, read
from grids import seen as seen_values
from ipstrong.layout.short_years import plain_years
from ipstrong.layout.table_findings import odd_one
from ipstrong.readers.grid import CellValue


def periods(rows: list[list[CellValue]], sheet: str | None = "表1") -> list[str]:
    return [seen.period for seen in seen_values(observe(ListGrid(rows, sheet=sheet)))]


@pytest.mark.parametrize("heading", ["民國年", "年別", "年度", "民国年"])
@pytest.mark.parametrize("suffix", ["", "年"])
def test_years_of_the_republic_below_a_heading_of_years(heading: str, suffix: str) -> None:
    values: list[CellValue] = [f"{n}{suffix}" if suffix else n for n in (99, 100, 101)]
    rows: list[list[CellValue]] = [[heading, "出生數"], *([value, 160000 + n] for n, value in enumerate(values))]
    assert periods(rows) == ["2010", "2011", "2012"]


def test_two_digits_below_the_name_of_the_republic_are_its_years() -> None:
    assert periods([["民國年", "人口"], [97, 5], [98, 6]]) == ["2008", "2009"]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["'17", "'18", "'19"], ["2017", "2018", "2019"]),
        (["17年", "18年", "19年"], ["2017", "2018", "2019"]),
        (["98年", "99年", "00年"], ["1998", "1999", "2000"]),
        (["2016年", "17年", "18年"], ["2016", "2017", "2018"]),
        (["19年", "18年", "17年"], ["2019", "2018", "2017"]),
        (["99年", "100年", "101年"], ["2010", "2011", "2012"]),
        (["(2018)", "(2019)"], ["2018", "2019"]),
        (["（2018年）", "（2019年）"], ["2018", "2019"]),
    ],
)
def test_short_years_over_columns_are_read_where_their_neighbours_make_them_plain(
    headings: list[CellValue], expected: list[str]
) -> None:
    rows: list[list[CellValue]] = [["指标", *headings], ["产值", *range(5, 5 + len(headings))]]
    assert periods(rows) == expected


@pytest.mark.parametrize("headings", [["15年", "20年", "30年"], ["1年", "2年", "3年"], ["17年", "18年"]])
def test_terms_of_years_are_no_years(headings: list[CellValue]) -> None:
    rows: list[list[CellValue]] = [["项目", *headings], ["按揭", *range(5, 5 + len(headings))]]
    assert set(periods(rows)) == {""}


def test_a_short_year_beside_a_full_one_never_takes_the_period_of_the_other() -> None:
    assert periods([["指标", "2016年", "18年"], ["产值", 5, 6]]) != ["2016", "2016"]


def test_an_apostrophe_before_every_number_makes_no_years() -> None:
    rows: list[list[CellValue]] = [["指标", "'17", "'18", "'19"], ["产值", "'5", "'6", "'7"]]
    assert "2017" not in periods(rows, sheet=None)


def test_negative_numbers_in_brackets_are_no_years_among_values() -> None:
    values = read("指标 | 2018年 | 2019年\n差额 | (2018) | (2019)\n产值 | 5 | 6")
    assert [(seen.period, seen.value) for seen in values][:2] == [("2018", -2018), ("2019", -2019)]


@pytest.mark.parametrize("title", ["2 0 1 9 年 主 要 指 标", "２ ０ １ ９ 年主要指标", "２０１９年主要指标"])
def test_a_year_set_apart_in_the_title_is_the_period(title: str) -> None:
    assert periods([[title], ["地区", "产值"], ["福田区", 5], ["南山区", 6]]) == ["2019", "2019"]


@pytest.mark.parametrize("odd", ["20l7", 20170, "217年"])
def test_one_odd_year_costs_only_its_own_column(odd: CellValue) -> None:
    rows: list[list[CellValue]] = [["指标", 2014, 2015, 2016, odd, 2018, 2019], ["产值", *range(6)]]
    dataset = observe(ListGrid(rows))
    assert [seen.period for seen in seen_values(dataset)] == ["2014", "2015", "2016", "", "2018", "2019"]
    assert codes_of(dataset) == ["DATA103"]


@pytest.mark.parametrize("heading", ["", "Jahr", "年份"])
def test_one_odd_year_costs_only_its_own_row(heading: str) -> None:
    rows: list[list[CellValue]] = [[heading, "产值", "人口"]]
    rows += [[year, 5, 6] for year in (2014, 2015, 2016, 2017, 20180, 2019)]
    dataset = observe(ListGrid(rows))
    assert [seen.period for seen in seen_values(dataset)][::2] == ["2014", "2015", "2016", "2017", "", "2019"]
    assert codes_of(dataset) == ["DATA103"]


@pytest.mark.parametrize("is_across", [True, False])
def test_a_year_that_breaks_a_run_is_told(is_across: bool) -> None:
    years: list[CellValue] = [2014, 2015, 2016, 2071, 2018, 2019]
    across: list[list[CellValue]] = [["年份", *years], ["产值", *range(6)]]
    dataset = observe(ListGrid(across if is_across else [list(row) for row in zip(*across, strict=True)]))
    assert [(f.code.id, f.location.cell, f.params) for f in dataset.findings] == [
        ("DATA138", "E1" if is_across else "A5", {"text": "2071", "expected": 2017})
    ]


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([2014, 2015, 2016, 2071, 2018], (3, 2017)),
        ([2019, 2018, 2071, 2016, 2015], (2, 2017)),
        ([1978, 2015, 2016, 2017, 2018], None),  # a base year before a run
        ([2015, 2016, 2017, 2018, 2035], None),  # a goal behind it
        ([1978, 1980, 1985, 1990, 1995], None),
        ([2014, 2016, 2015, 2017], None),
    ],
)
def test_which_year_breaks_a_run(years: list[int], expected: tuple[int, int] | None) -> None:
    assert odd_one(years) == expected


def test_an_average_over_years_is_of_the_span_and_of_no_year() -> None:
    values = read("指标 | 2018年 | 2019年 | 1979-2019年平均 | 1979-2019年平均增长(%)\n产值 | 5 | 6 | 7 | 8")
    assert [(seen.label, seen.period, seen.unit) for seen in values] == [
        ("产值", "2018", None),
        ("产值", "2019", None),
        ("产值", "1979..2019", None),
        ("产值 平均增长", "1979..2019", "%"),
    ]


@pytest.mark.parametrize(
    ("numbers", "options", "expected"),
    [
        ([(2016, True), (17, False)], {}, [2016, 2017]),
        ([(17, False), (18, False)], {}, [None, None]),
        ([(17, False), (18, False)], {"is_headed": True}, [2017, 2018]),
        ([(107, False), (108, False)], {}, [2018, 2019]),
        ([(97, False), (98, False), (99, False)], {}, [1997, 1998, 1999]),
        ([(97, False), (98, False), (99, False)], {"is_republic": True}, [2008, 2009, 2010]),
        ([(2008, True), (98, False)], {"is_republic": True}, [2008, 2009]),
        ([(2016, True), (2017, True)], {}, [None, None]),
        ([], {}, []),
    ],
)
def test_runs_of_short_years(
    numbers: list[tuple[int, bool]], options: dict[str, bool], expected: list[int | None]
) -> None:
    assert plain_years(numbers, **options) == expected
