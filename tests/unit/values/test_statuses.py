"""Words in a column of status: the known ones are read in silence, the others are told."""

from __future__ import annotations

import pytest

from grids import ListGrid
from ipstrong.diagnostics import Finding
from ipstrong.layout.marks import MarkedGrid
from ipstrong.model.dataset import Dataset, ValueStatus
from ipstrong.observations.dataset_builder import DatasetBuilder
from ipstrong.readers.grid import CellValue
from ipstrong.values.statuses import is_status, status_of

HEADING: list[CellValue] = ["指标", "单位", "年份", "数值", "状态"]


def read(*grids: ListGrid) -> DatasetBuilder:
    run = DatasetBuilder(None)
    for grid in grids:
        run.add_sheet(MarkedGrid(grid))
    return run


def rows(*statuses: CellValue) -> list[list[CellValue]]:
    return [HEADING, *(["专利授权量", "件", 2001 + n % 20, 100 + n, status] for n, status in enumerate(statuses))]


def told(dataset: Dataset) -> list[Finding]:
    return [finding for finding in dataset.findings if finding.code.id == "DATA139"]


@pytest.mark.parametrize(
    "word",
    [
        "",
        " ",
        "-",
        "—",
        "n/a",
        "最终",
        "正式",
        "定案数",
        "final",
        "Final",
        "a",
        "A",
        "Ａ",
        "初步",
        "P",
        " e ",
        "修订数",
    ],
)
def test_a_known_word_is_fine(word: str) -> None:
    assert is_status(word)
    assert not told(read(ListGrid(rows("初步", word, word))).dataset())


@pytest.mark.parametrize("word", ["乱写", "初步？", "xyz", "1"])
def test_another_word_is_none(word: str) -> None:
    assert not is_status(word)
    assert status_of(word) is ValueStatus.FINAL


def test_full_width_letters_are_the_letters() -> None:
    assert status_of("Ｐ") is ValueStatus.PROVISIONAL


def test_an_unknown_word_is_told_once_a_table_with_its_count_and_cell() -> None:
    dataset = read(ListGrid(rows("初步", "乱写", None, "乱写", "瞎写"))).dataset()
    first, second = told(dataset)
    assert (str(first.params["word"]), first.params["count"], first.location.cell) == ("乱写", 2, "E3")
    assert (str(second.params["word"]), second.params["count"], second.location.cell) == ("瞎写", 1, "E6")
    assert first.message("zh") == "状态“乱写”无法识别，旁边的2个数值按最终数读入"
    assert first.message("en") == "the status '乱写' is unknown; 2 value(s) next to it are read as final"
    assert "初步" in first.hint("zh")
    assert "provisional" in first.hint("en")


def test_a_word_beside_no_value_is_not_told() -> None:
    table = rows("初步", "乱写")
    table[2][3] = None
    assert not told(read(ListGrid(table)).dataset())


def test_a_status_for_a_row_of_years_counts_its_values() -> None:
    table: list[list[CellValue]] = [
        ["指标", "单位", "状态", 2019, 2020],
        ["专利授权量", "件", "乱写", 1, 2],
        ["专利申请量", "件", "最终", 3, 4],
    ]
    [finding] = told(read(ListGrid(table)).dataset())
    assert (finding.params["count"], finding.location.cell) == (2, "C2")


def test_a_column_full_of_other_words_is_told_as_a_whole() -> None:
    [finding] = told(read(ListGrid(rows(*(f"甲{n}" for n in range(8))))).dataset())
    assert str(finding.params["word"]) == "甲0, 甲1, 甲2, 甲3, 甲4, …"
    assert finding.params["count"] == 8


def test_every_copy_of_a_form_is_told() -> None:
    grids = [ListGrid(rows("初步", "乱写"), sheet=name, file="a.xlsx") for name in ("甲县", "乙县", "丙县")]
    assert [finding.location.sheet for finding in told(read(*grids).dataset())] == ["甲县", "乙县", "丙县"]
