"""One extraction: a table says the same whether its file is kept as rows or as columns, and whichever way its row heads are read."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pytest

from grids import ListGrid, observe
from ipstrong.layout import rowheads
from ipstrong.layout.marks import MarkedGrid
from ipstrong.model.dataset import Dataset
from ipstrong.observations.dataset_builder import DatasetBuilder
from ipstrong.pipeline import read_data
from ipstrong.readers.grid import CellValue, FrameGrid

Rows = list[list[str]]


def as_rows(dataset: Dataset) -> list[tuple[object, ...]]:
    return list(dataset.frame.drop("file", "sheet").iter_rows())


def told(dataset: Dataset) -> list[str]:
    return sorted(str(finding) for finding in dataset.findings)


def dataset_of(grid: FrameGrid) -> Dataset:
    run = DatasetBuilder(None)
    run.add_sheet(MarkedGrid(grid))
    return run.dataset()


def long_rows(n_rows: int = 300) -> Rows:
    number = random.Random(7)
    rows = [["指标", "地区", "时间", "数值", "单位", "状态", "备注"]]
    for index in range(n_rows):
        text = number.choice(["5", "12.50", "1,234", "13.05万", "—", "约300", "20%", "", "2.1*", "lo", "-7", "1999"])
        status = "初步" if index % 7 == 0 else ""
        rows.append([f"指标{index % 3}", f"河湾{index % 40}县", f"{2000 + index % 20}年", text, "件", status, "x"])
    return rows


def wide_rows(n_rows: int = 120) -> Rows:
    rows = [["2019年各县专利", "", ""], ["单位：件", "", ""], ["县", "专利数", "商标数"]]
    rows += [[f"某{index}县", f"{index}", f"{index * 2}.5"] for index in range(1, n_rows)]
    return [*rows, ["", "", ""], ["注：初步统计", "", ""], ["数据来源：某局", "", ""]]


def months_down(n_rows: int = 96) -> Rows:
    rows = [["名称", "年份", "月份", "产量(吨)"]]
    return rows + [[f"厂{n // 24}", f"{2000 + n % 24 // 12}", f"{n % 12 + 1}月", f"{n}"] for n in range(n_rows)]


def years_of_the_republic(n_rows: int = 60) -> Rows:
    return [["民國年", "縣市", "出生數"], *([str(60 + n // 20), f"縣{n % 20}", str(n)] for n in range(n_rows))]


def gaps(n_rows: int = 200) -> Rows:
    """Return a long table with blanks in every key column."""
    number = random.Random(3)
    rows = long_rows(n_rows)
    for row in rows[1:]:
        for column in (0, 1, 2, 4):
            if number.random() < 0.05:
                row[column] = ""
    return rows


TABLES = {
    "gaps": gaps(),
    "long": long_rows(),
    "wide": wide_rows(),
    "months": months_down(),
    "republic": years_of_the_republic(),
}


@pytest.mark.parametrize("name", TABLES)
def test_columns_of_texts_are_read_as_rows_are(name: str) -> None:
    rows = TABLES[name]
    columns = {str(column): [row[column] or None for row in rows] for column in range(len(rows[0]))}
    by_column = dataset_of(FrameGrid("a.csv", pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))))
    by_row = observe(ListGrid(rows, sheet=None, file="a.csv"))
    assert as_rows(by_column) == as_rows(by_row)
    assert told(by_column) == told(by_row)
    recurring = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Categorical))
    assert as_rows(dataset_of(FrameGrid("a.csv", recurring))) == as_rows(by_row)


@pytest.mark.parametrize("name", TABLES)
def test_rows_that_lean_on_no_other_say_the_same_one_by_one(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    grid = ListGrid(TABLES[name], sheet=None)
    at_once = observe(grid)
    monkeypatch.setattr(rowheads, "_plain_rows", lambda *_: None)
    one_by_one = observe(grid)
    assert as_rows(at_once) == as_rows(one_by_one)
    assert told(at_once) == told(one_by_one)


def test_labels_that_lean_on_the_row_above_are_read_one_by_one() -> None:
    rows: list[list[CellValue]] = [["指标", "2018年", "2019年"], ["专利授权量", 5.0, 6.0], ["其中：发明", 2.0, 3.0]]
    labels = observe(ListGrid(rows)).frame["label"].cast(pl.String).to_list()
    assert labels == ["专利授权量"] * 2 + ["专利授权量 其中：发明"] * 2


def test_words_among_the_values_are_an_error_once_a_series() -> None:
    rows = long_rows()
    n_words = sum(row[3] == "lo" for row in rows if row[0] == "指标0")
    found = [finding for finding in observe(ListGrid(rows, sheet=None)).findings if finding.code.id == "DATA110"]
    assert len(found) == 3
    assert {finding.params["label"]: finding.params["count"] for finding in found}["指标0"] == n_words > 1


def test_places_are_lines_of_the_file_where_texts_hold_line_breaks(tmp_path: Path) -> None:
    lines = "".join(f'"植树\n株数",{2000 + number % 20}年,{number},株\n' for number in range(40))
    path = tmp_path / "a.csv"
    path.write_text(f"指标,年份,数值,单位\n{lines}", "utf-8")
    assert read_data([str(path)]).frame["row"].to_list() == [1 + 2 * number for number in range(40)]
