"""Numbers that are no data: those of notes below a table, of entries and pages in a table of contents."""

from __future__ import annotations

import pytest

from grids import ListGrid, codes_of, observe, read, table
from grids import seen as seen_values

TABLE = """
指标 | 2018年 | 2019年
产值 | 11     | 12
工业 | 13     | 14
"""


@pytest.mark.parametrize(
    "notes",
    [
        "1. 本表数据为初步数\n2. 2019年为快报数",
        "注：1 | 本表数据为初步数\n2 | 2019年为快报数",
        "1 | 2018年数据为快报数 | 2019年为初步数",
        "说明：\n1 | 2018年\n2 | 2019年",
        "注：\n1 | 2018 | 年价格",
        "1. | 本表数据 | 3\n2. | 另表 | 4",
        "'(1) | 本表数据 | 3",
        "注释 | 1 | 2018年为快报数\n | 2 | 2019年为初步数",
        "注1 | 本表数据 | 3",
        "注：1 本表 | 20 | 家",
    ],
)
def test_numbers_of_notes_below_a_table_are_no_values(notes: str) -> None:
    assert [(seen.label, seen.value) for seen in read(TABLE + notes)] == [
        ("产值", 11),
        ("产值", 12),
        ("工业", 13),
        ("工业", 14),
    ]


def test_numbers_beside_notes_are_told() -> None:
    dataset = observe(ListGrid(table(TABLE + "注：1 本表 | 20 | 家")))
    assert codes_of(dataset) == ["DATA109"]


def test_a_numbered_label_below_values_is_no_note() -> None:
    values = read("指标 | 2018年\n一、产值 | 11\n1. 工业 | 12\n2. 农业 | 13")
    assert [seen.value for seen in values] == [11, 12, 13]


def test_one_letter_labels_with_small_numbers_below_values_number_no_columns() -> None:
    values = read("品种 | 2018年\nA | 11\nB | 2\nC | 3")
    assert [(seen.label, seen.value) for seen in values] == [("A", 11), ("B", 2), ("C", 3)]


@pytest.mark.parametrize(
    ("text", "sheet"),
    [
        ("目录\n1 | 2018年\n2 | 2019年\n3 | 2020年", "表1"),
        ("1 | 2018年主要指标 | 5\n2 | 2019年主要指标 | 17", "目录"),
        ("目 录\n一、综合\n1-1 | 国民经济主要指标 | 3\n1-2 | 人口 | 15", "Sheet1"),
        ("统计年鉴目录\n1.1 | 2018年人口 | 3\n1.2 | 2019年人口 | 5", "Sheet1"),
        ("Contents\n1 | Population 2018 | 5\n2 | Population 2019 | 7", "Sheet1"),
        ("Page | Table\n5 | Population 2018\n7 | Population 2019", "Contents"),
        ("1 | 2018年\n2 | 2019年\n3 | 2020年", "表1"),
    ],
)
def test_a_table_of_contents_has_no_values(text: str, sheet: str) -> None:
    assert read(text, sheet=sheet) == []


def test_a_sheet_of_figures_named_contents_is_read() -> None:
    values = read("指标 | 2018年 | 2019年\n产值 | 11.5 | 12.5", sheet="目录")
    assert [seen.value for seen in values] == [11.5, 12.5]


def test_page_numbers_beside_names_are_no_values() -> None:
    dataset = observe(ListGrid(table("指标 | 页码 | 2018年\n产值 | 3 | 11\n工业 | 5 | 12")))
    assert [(seen.label, seen.period, seen.value) for seen in seen_values(dataset)] == [
        ("产值", "2018", 11),
        ("工业", "2018", 12),
    ]
