"""What holds for every table: order does not matter, nothing raises, nothing that looks like data is lost in silence."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from grids import ListGrid, observe, seen, table
from ipstrong.layout.marks import MarkedGrid
from ipstrong.observations.dataset_builder import DatasetBuilder, describe
from ipstrong.readers.grid import CellValue

INDICATORS = ("发明专利", "商标注册", "版权登记", "植物新品种")
REGIONS = ("北京", "上海", "天津", "重庆")

names = st.lists(st.sampled_from(INDICATORS), min_size=1, max_size=4, unique=True)
regions = st.lists(st.sampled_from(REGIONS), min_size=1, max_size=4, unique=True)
years = st.lists(st.integers(2005, 2023), min_size=2, max_size=5, unique=True)
seeds = st.integers(0, 10**6)


def values(rows: list[list[CellValue]]) -> Counter[tuple[object, ...]]:
    return Counter(
        (entry.label, entry.region, entry.period, entry.value, entry.unit) for entry in seen(observe(ListGrid(rows)))
    )


def long_table(names: list[str], regions: list[str], years: list[int], seed: int) -> list[list[CellValue]]:
    number = random.Random(seed)
    rows: list[list[CellValue]] = [["指标", "地区", "年份", "数值", "单位"]]
    rows += [
        [name, region, f"{year}年", float(number.randint(100, 99999)), "件"]
        for name in names
        for region in regions
        for year in years
    ]
    return rows


@given(names, regions, years, seeds)
def test_order_of_rows_and_columns_does_not_matter_in_a_long_table(
    names: list[str], regions: list[str], years: list[int], seed: int
) -> None:
    rows = long_table(names, regions, years, seed)
    shuffle = random.Random(seed)
    columns = list(range(5))
    shuffle.shuffle(columns)
    body = rows[1:]
    shuffle.shuffle(body)
    permuted = [[row[column] for column in columns] for row in [rows[0], *body]]
    assert values(permuted) == values(rows)
    assert len(values(rows)) == len(names) * len(regions) * len(years)


@given(names, years, seeds)
def test_order_of_rows_and_years_does_not_matter_in_a_cross_table(
    names: list[str], years: list[int], seed: int
) -> None:
    number = random.Random(seed)
    rows: list[list[CellValue]] = [["指标", "单位", *(f"{year}年" for year in years)]]
    rows += [[name, "件", *(float(number.randint(1, 99999)) for _ in years)] for name in names]
    order = list(range(2, 2 + len(years)))
    number.shuffle(order)
    body = rows[1:]
    number.shuffle(body)
    permuted = [[row[0], row[1], *(row[column] for column in order)] for row in [rows[0], *body]]
    assert values(permuted) == values(rows)
    assert sum(values(rows).values()) == len(names) * len(years)


@given(names, years, seeds)
def test_a_table_and_its_transpose_say_the_same(names: list[str], years: list[int], seed: int) -> None:
    number = random.Random(seed)
    rows: list[list[CellValue]] = [["", *(f"{year}年" for year in years)]]
    rows += [[name, *(float(number.randint(1, 99999)) for _ in years)] for name in names]
    transposed = [list(row) for row in zip(*rows, strict=True)]
    assert values(transposed) == values(rows)


@given(names, regions, seeds)
def test_order_of_sheets_does_not_matter(names: list[str], regions: list[str], seed: int) -> None:
    number = random.Random(seed)
    sheets = []
    for region in regions:
        rows: list[list[CellValue]] = [["指标", "2019年", "2020年"]]
        rows += [[name, float(number.randint(1, 999)), 5.0] for name in names]
        sheets.append(ListGrid(rows, sheet=region))
    straight = Counter(map(tuple, seen(observe(*sheets))))
    number.shuffle(sheets)
    assert Counter(map(tuple, seen(observe(*sheets)))) == straight
    assert {entry[1] for entry in straight} == set(regions)


texts = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "指标", "地区", "年份", "2019年", "2020", "Q1", "一季度", "1-9月", "单位：件", "（%）", "合计", "—", "…", "北京", "注：", "本年", "上年同期",
         "13.05万", "20%", "一、创造", "其中：", "#REF!", "1978年=100", "数值", "value", "Year", "民國99年", "2010-11", "p", "lo", "2003–04"]
    ),
)  # fmt: skip
cells = st.one_of(
    texts,
    st.none(),
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(-(10**12), 10**12),
    st.integers(1990, 2030),
    st.booleans(),
    st.datetimes(min_value=dt.datetime(1900, 1, 1), max_value=dt.datetime(2100, 1, 1)),  # noqa: DTZ001 - cells have no zone
)


@given(
    st.lists(st.lists(cells, min_size=1, max_size=6), min_size=0, max_size=9),
    st.lists(st.tuples(*[st.integers(0, 6)] * 4), max_size=3),
)
def test_no_grid_makes_reading_raise(rows: list[list[CellValue]], merges: list[tuple[int, int, int, int]]) -> None:
    merged = [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in merges]
    run = DatasetBuilder(None)
    run.add_sheet(MarkedGrid(ListGrid(rows, merged=merged)))
    dataset = run.dataset()
    assert dataset.frame.height == dataset.frame.select("row", "col").unique().height  # every cell is read at most once


@given(st.lists(st.lists(texts, min_size=2, max_size=5), min_size=1, max_size=8), seeds)
def test_every_number_below_a_heading_is_read_or_left_out_with_a_finding(rows: list[list[str]], seed: int) -> None:
    number = random.Random(seed)
    grid: list[list[CellValue]] = [list(row) for row in rows]
    grid.append([None, 4711.5])
    run = DatasetBuilder(None)
    n_read = run.add_sheet(MarkedGrid(ListGrid(grid)))
    dataset = run.dataset()
    del number
    read = any(value == 4711.5 for value in dataset.frame["value"])
    read = read or any("4711.5" in label for label in dataset.frame["label"].cast(str))  # it names a row
    assert read or dataset.findings or n_read == 0


def test_what_is_seen_of_an_unreadable_sheet_is_counted() -> None:
    sheet = MarkedGrid(ListGrid(table("Dear reader|\n|see below")))
    assert DatasetBuilder(None).add_sheet(sheet) == 0
    assert describe(sheet).en == "2 cell(s) of text, 0 of numbers"
