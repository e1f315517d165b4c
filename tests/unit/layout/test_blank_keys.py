"""Blank periods and labels beside filled ones: printed once a group, or forgotten."""

from __future__ import annotations

import pytest

from grids import ListGrid, Seen, codes_of, observe, read, table
from grids import seen as seen_values
from ipstrong.layout.rowheads import is_grouped, is_once_each


def keyed(values: list[Seen]) -> list[tuple[str, str, float | None]]:
    return [(seen.label, seen.period, seen.value) for seen in values]


GROUPED_PERIODS = """
年份 | 指标 | 数值
2018 | 产值 | 11
     | 人口 | 12
2019 | 产值 | 13
     | 人口 | 14
"""


def test_a_period_printed_once_a_group_holds_for_the_group() -> None:
    dataset = observe(ListGrid(table(GROUPED_PERIODS)))
    assert keyed(seen_values(dataset)) == [
        ("产值", "2018", 11),
        ("人口", "2018", 12),
        ("产值", "2019", 13),
        ("人口", "2019", 14),
    ]
    assert codes_of(dataset) == []


def test_a_merged_period_holds_for_its_rows_whatever_the_others_do() -> None:
    rows = "年份 | 指标 | 数值\n2018 | 产值 | 11\n | 人口 | 12\n2019 | 产值 | 13\n2019 | 人口 | 14"
    assert [seen.period for seen in read(rows, merged=[(1, 0, 2, 0)])] == ["2018", "2018", "2019", "2019"]


@pytest.mark.parametrize(
    ("rows", "expected", "cell", "count"),
    [
        # all rows name their year, one does not: a gap
        ("产值 | 2018 | 11\n人口 | 2018 | 12\n面积 |  | 13\n企业 | 2019 | 14", ["2018", "2018", "", "2019"], "B4", 1),
        # what is blank stands right of what tells the rows apart: no group
        ("产值 | 2018 | 11\n人口 |  | 12\n面积 | 2019 | 13\n企业 |  | 14", ["2018", "", "2019", ""], "B3", 2),
    ],
)
def test_a_forgotten_period_is_told_and_not_guessed(rows: str, expected: list[str], cell: str, count: int) -> None:
    dataset = observe(ListGrid(table(f"指标 | 年份 | 数值\n{rows}")))
    assert [seen.period for seen in seen_values(dataset)] == expected
    finding = dataset.findings[0]
    assert (finding.code.id, finding.location.cell, finding.params["count"]) == ("DATA136", cell, count)
    assert codes_of(dataset) == ["DATA136", "DATA103"]


def test_a_forgotten_period_of_a_wide_table_is_told_too() -> None:
    rows = "年份 | 类型 | 产值 | 利润\n2018 | 国有 | 11 | 12\n2018 | 私营 | 13 | 14\n | 外资 | 15 | 16\n2019 | 国有 | 17 | 18"
    dataset = observe(ListGrid(table(rows)))
    assert [seen.period for seen in seen_values(dataset)] == ["2018"] * 4 + ["", "", "2019", "2019"]
    assert codes_of(dataset) == ["DATA136", "DATA103"]


def test_a_label_printed_once_a_group_holds_for_the_group() -> None:
    dataset = observe(
        ListGrid(table("指标 | 年份 | 数值\n产值 | 2018 | 11\n | 2019 | 12\n人口 | 2018 | 13\n | 2019 | 14"))
    )
    assert [seen.label for seen in seen_values(dataset)] == ["产值", "产值", "人口", "人口"]
    assert codes_of(dataset) == []


def test_a_type_printed_once_a_group_holds_for_the_years_below_it() -> None:
    values = read(
        "类型 | 年份 | 产值 | 利润\n国有 | 2018 | 11 | 12\n | 2019 | 13 | 14\n私营 | 2018 | 15 | 16\n | 2019 | 17 | 18"
    )
    assert [(seen.label, seen.period) for seen in values][:4] == [
        ("国有 产值", "2018"),
        ("国有 利润", "2018"),
        ("国有 产值", "2019"),
        ("国有 利润", "2019"),
    ]


def test_a_forgotten_label_is_told_and_not_guessed() -> None:
    rows = "指标 | 年份 | 数值\n产值 | 2018 | 11\n产值 | 2019 | 12\n | 2018 | 13\n人口 | 2019 | 14"
    dataset = observe(ListGrid(table(rows)))
    assert "产值" not in [seen.label for seen in seen_values(dataset) if seen.value == 13]
    assert [(finding.code.id, finding.location.cell) for finding in dataset.findings] == [("DATA136", "A4")]


@pytest.mark.parametrize(
    ("rows", "position", "expected"),
    [
        ([("a", "1"), ("", "2"), ("b", "1"), ("", "2")], 0, True),
        ([("", "1"), ("a", "2")], 0, False),  # the first row of a group is filled
        ([("a", "1"), ("", ""), ("b", "1")], 0, False),  # nothing tells the second row from the first
        ([("a", "1"), ("a", "2"), ("", "3"), ("", "4")], 0, False),  # repeated where it could be blank
        ([("a", "1"), ("b", "1"), ("c", "1"), ("", "2")], 0, False),  # groups of one row, but for one
        # nested: the year once a region, the region once a group
        ([("r", "2018", "x"), ("", "", "y"), ("s", "2018", "x"), ("", "", "y")], 1, True),
        ([("r", "2018", "x"), ("s", "", "y")], 1, False),  # another region begins at the blank
    ],
)
def test_blanks_repeat_the_cell_above_only_where_groups_are_plain(
    rows: list[tuple[str, ...]], position: int, expected: bool
) -> None:
    assert is_grouped(rows, position) is expected


@pytest.mark.parametrize(
    ("starts", "marked", "expected"),
    [
        ([1, 0, 0, 1, 0, 0], [0, 0, 1, 0, 0, 1], True),
        ([1, 0, 1, 0, 0], [0, 0, 0, 0, 1], False),
        ([1, 0], [0, 1], False),  # one group proves nothing
        ([1, 0, 1, 0, 0], [0, 1, 0, 1, 1], False),
    ],
)
def test_whether_every_group_has_one_marked_row(starts: list[int], marked: list[int], expected: bool) -> None:
    assert is_once_each([bool(start) for start in starts], [bool(mark) for mark in marked]) is expected
