"""Long tables read column by column say what the same rows say cell by cell."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pytest

from grids import ListGrid, codes_of
from ipstrong.model.dataset import Dataset
from ipstrong.observations import read as reading
from ipstrong.observations.read import Run
from ipstrong.readers.grid import CellValue, FrameGrid

N = 3200
Rows = list[list[CellValue]]


def read_both(rows: Rows, monkeypatch: pytest.MonkeyPatch, *, sheet: str | None = None) -> tuple[Dataset, Dataset]:
    grid = ListGrid(rows, sheet=sheet, file="a.csv" if sheet is None else "a.xlsx")
    tall = Run(None)
    tall.read_grid(grid)
    assert tall.frames, "the long way was not taken"
    monkeypatch.setattr(reading, "_TALL", 10**9)
    small = Run(None)
    small.read_grid(grid)
    return tall.dataset(), small.dataset()


def as_rows(dataset: Dataset) -> list[tuple[object, ...]]:
    columns = [
        "label",
        "region",
        "period",
        "value",
        "unit",
        "raw",
        "half_width",
        "bound",
        "status",
        "row",
        "col",
        "remarks",
    ]
    return sorted(dataset.frame.select(columns).iter_rows(), key=lambda row: (row[9], row[10]))


def long_rows(n: int = N) -> Rows:
    number = random.Random(7)
    rows: Rows = [["指标", "地区", "时间", "数值", "单位", "状态", "备注"]]
    for index in range(n):
        text = number.choice(["5", "12.50", "1,234", "13.05万", "—", "约300", "20%", "", "2.1*"])
        rows.append(
            [
                f"指标{index % 3}",
                f"地区{index % 40}",
                f"{2000 + index % 20}年",
                text,
                "件",
                "初步" if index % 7 == 0 else "",
                "x",
            ]
        )
    return rows


def test_long_table_is_the_same_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    tall, small = read_both(long_rows(), monkeypatch)
    assert as_rows(tall) == as_rows(small)
    assert len(tall.series) == len(small.series)
    assert {entry.place for entry in tall.series} == {entry.place for entry in small.series}


def test_wide_table_by_region_and_year_is_the_same_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: Rows = [["地区", "年份", "产值_亿元", "增速_%", "人口(万人)"]]
    rows += [
        [f"地区{index % 50}", 2000.0 + index // 50, index + 0.5, None if index % 9 == 0 else 7.1, 20.0]
        for index in range(N)
    ]
    tall, small = read_both(rows, monkeypatch, sheet="数据")
    assert as_rows(tall) == as_rows(small)


def test_years_and_months_in_two_columns_are_the_same_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: Rows = [["名称", "年份", "月份", "产量(吨)"]]
    rows += [
        [f"厂{index // 240}", f"{2000 + index % 240 // 12}", f"{index % 12 + 1}月", f"{index}"] for index in range(N)
    ]
    tall, small = read_both(rows, monkeypatch)
    assert as_rows(tall) == as_rows(small)


def test_title_rows_and_notes_around_a_long_table_are_no_values(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: Rows = [["2019年各县专利"], ["单位：件"], ["县", "专利数", "商标数"]]
    rows += [[f"某{index}县", f"{index}", f"{index * 2}"] for index in range(1, N)]
    rows += [[""], ["注：初步统计"], ["数据来源：某局"]]
    tall, small = read_both(rows, monkeypatch)
    assert as_rows(tall) == as_rows(small)
    assert {row[2] for row in as_rows(tall)} == {"2019"}
    assert {row[4] for row in as_rows(tall)} == {"件"}


def test_text_among_the_values_of_a_long_table_is_an_error_once_a_series() -> None:
    rows = long_rows()
    rows[100][3] = "lo"
    rows[103][3] = "12S5"
    run = Run(None)
    run.read_grid(ListGrid(rows, sheet=None))
    found = [finding for finding in run.dataset().findings if finding.code.id == "DATA110"]
    assert [(finding.location.line, finding.params["count"]) for finding in found] == [(101, 2)]


def test_sections_far_down_send_a_long_sheet_the_slow_way() -> None:
    rows: Rows = [["指标", "2019年", "2020年"], ["甲组", None, None]]
    rows += [[f"指标{index}", 5.0, 6.0] for index in range(N)]
    run = Run(None)
    run.read_grid(ListGrid(rows))
    assert not run.frames
    assert run.dataset().frame["label"][0] == "甲组 指标0"


def test_frame_of_a_text_table_is_read_without_its_rows() -> None:
    frame = pl.DataFrame(
        {
            "a": ["indicator", *(f"i{index % 5}" for index in range(N))],
            "b": ["year", *(str(1900 + index // 5 % 120) for index in range(N))],
            "c": ["value", *(str(index) for index in range(N))],
        }
    )
    run = Run(None)
    n_read, _ = run.read_grid(FrameGrid("a.csv", frame))
    dataset = run.dataset()
    assert n_read == N
    assert dataset.frame["value"].sum() == sum(range(N))
    assert len(dataset.series) == 5
    assert "DATA132" in codes_of(dataset)  # 640 rows a series over 120 years: some years come twice


def test_regions_hold_downwards_in_long_sheets_as_in_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: Rows = [["城市", "年份", "申请量(件)", "授权量(件)"]]
    rows += [
        [f"城市{index // 4}市" if index % 4 == 0 else None, 2015 + index % 4, index, index + 0.5] for index in range(N)
    ]
    tall, small = read_both(rows, monkeypatch, sheet="表1")
    assert as_rows(tall) == as_rows(small)
    assert tall.frame["region"].cast(pl.String).to_list()[:4] == ["城市0市"] * 4


def test_blank_regions_of_long_tables_are_told_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: Rows = [["地区", "年份", "指标", "数值"]]
    rows += [["福田区" if index % 100 else None, 2015 + index % 4, f"指标{index}", index] for index in range(N)]
    tall, small = read_both(rows, monkeypatch)
    assert as_rows(tall) == as_rows(small)
    found = [[f for f in dataset.findings if f.code.id == "DATA133"] for dataset in (tall, small)]
    assert found[0] == found[1]
    assert found[0][0].params == {"count": 32}


@pytest.mark.parametrize("is_gap", [False, True])
def test_blank_periods_and_labels_of_long_sheets_are_taken_as_in_short_ones(
    monkeypatch: pytest.MonkeyPatch, is_gap: bool
) -> None:
    rows: Rows = [["年份", "类型", "指标", "数值"]]
    for index in range(N):
        first, second = index % 8 == 0 or (is_gap and index % 8 < 7), index % 2 == 0
        year = str(2000 + index // 8 % 90) if first else None
        rows.append([year, f"类型{index // 2 % 4}" if second else None, f"指标{index % 2}", index])
    tall, small = read_both(rows, monkeypatch)
    assert as_rows(tall) == as_rows(small)
    assert tall.frame["period"].cast(pl.String).to_list()[7] == ("" if is_gap else "2000")
    told = [[f for f in dataset.findings if f.code.id == "DATA136"] for dataset in (tall, small)]
    assert told[0] == told[1]
    assert [finding.params["count"] for finding in told[0]] == ([N // 8] if is_gap else [])


def test_blank_units_of_long_tables_are_told_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: Rows = [["指标", "年份", "单位", "数值"]]
    rows += [
        [("人口", "企业", "物价指数")[index % 3], 1900 + index // 3 % 150, "万人" if index % 3 == 0 else None, index]
        for index in range(N)
    ]
    tall, small = read_both(rows, monkeypatch)
    assert as_rows(tall) == as_rows(small)
    told = [[f for f in dataset.findings if f.code.id == "DATA137"] for dataset in (tall, small)]
    assert told[0] == told[1]
    assert [finding.params for finding in told[0]] == [{"label": "企业", "count": (N + 1) // 3}]


def test_years_of_the_republic_are_read_in_long_sheets_as_in_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: Rows = [["民國年", "縣市", "出生數"]]
    rows += [[str(60 + index // 80), f"縣{index % 80}", index] for index in range(N)]
    tall, small = read_both(rows, monkeypatch)
    assert as_rows(tall) == as_rows(small)
    assert tall.frame["period"].cast(pl.String).to_list()[::80][:2] == ["1971", "1972"]


def test_totals_once_a_region_are_taken_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: Rows = [["城市", "类型", "申请量", "授权量"]]
    kinds = ("发明", "实用", "小计", "合计")
    rows += [
        [f"城市{index // 4}市" if index % 4 == 0 else None, kinds[index % 4], index, index + 0.5] for index in range(N)
    ]
    tall, small = read_both(rows, monkeypatch, sheet="表1")
    assert as_rows(tall) == as_rows(small)
    assert tall.frame["region"].cast(pl.String).to_list()[:4] == ["城市0市"] * 4


def test_places_are_lines_of_the_file_where_texts_hold_line_breaks(tmp_path: Path) -> None:
    lines = "".join(f'"植树\n株数",{2000 + number % 20}年,{number},株\n' for number in range(N))
    path = tmp_path / "a.csv"
    path.write_text(f"指标,年份,数值,单位\n{lines}", "utf-8")
    frame = reading.read_files([str(path)]).frame
    assert frame["row"].head(3).to_list() == [1, 3, 5]
    assert frame["row"].to_list() == [1 + 2 * number for number in range(N)]
