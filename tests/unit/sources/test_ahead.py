"""A file opened ahead: what comes of it is what opening it in its turn gives."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from ipstrong.pipeline import read_data
from ipstrong.sources.options import Limits, ReadOptions
from ipstrong.sources.readers import ahead, open_source
from ipstrong.sources.readers.ahead import open_ahead
from packages import saved, worksheet, xlsx_bytes

ASKED = ReadOptions()
ROWS = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.fixture(autouse=True)
def every_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_LEAST", 1)


@pytest.fixture
def book(tmp_path: Path) -> str:
    return saved(tmp_path, "a.xlsx", xlsx_bytes({"甲": worksheet(ROWS)}))


def test_it_gives_what_opening_gives_and_gives_it_once(book: str) -> None:
    opened = open_ahead(["--plan", "other.xlsx", book], ASKED)
    assert opened is not None
    assert opened.take("other.xlsx", ASKED) is None
    assert opened.take(book, ReadOptions(include_hidden=True)) is None
    found = opened.take(book, ASKED)
    assert found is not None
    source, grids, findings = open_source(book, ASKED)
    assert (found[0], found[2]) == (source, findings)
    assert [grid.rows() for grid in found[1]] == [grid.rows() for grid in grids]
    assert opened.take(book, ASKED) is None


def test_what_is_wrong_with_the_file_is_a_finding_then_too(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.xlsx", xlsx_bytes({"甲": worksheet(ROWS)}).replace(b"xl/worksheets", b"xl/WORKsheets", 1))
    opened = open_ahead([path], ReadOptions(limits=Limits(max_bytes=10)))
    assert opened is not None
    assert opened.take(path, ReadOptions(limits=Limits(max_bytes=10))) == open_source(
        path, ReadOptions(limits=Limits(max_bytes=10))
    )


@pytest.mark.parametrize("paths", [[], ["-"], ["missing.xlsx"], ["\0"], ["."]])
def test_what_is_no_file_is_left_to_its_turn(paths: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert open_ahead(paths, ASKED) is None


def test_sizes_for_which_it_does_not_pay_are_left_to_their_turn(book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    size = Path(book).stat().st_size
    monkeypatch.setattr(ahead, "_LEAST", size + 1)
    assert open_ahead([book], ASKED) is None
    monkeypatch.setattr(ahead, "_LEAST", size)
    monkeypatch.setattr(ahead, "_MOST", size - 1)
    assert open_ahead([book], ASKED) is None
    monkeypatch.setattr(ahead, "_MOST", size)
    assert open_ahead([book], ASKED) is not None


def test_long_texts_are_opened_up_to_a_size_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path, "b.csv", "地区,2019\n深圳,1\n".encode())
    size = Path(path).stat().st_size
    monkeypatch.setattr(ahead, "_MOST", size - 1)
    monkeypatch.setattr(ahead, "_MOST_TEXT", size)
    opened = open_ahead([path], ASKED)
    assert opened is not None
    found = opened.take(path, ASKED)
    assert found is not None
    assert found[0] == open_source(path, ASKED)[0]
    monkeypatch.setattr(ahead, "_MOST_TEXT", size - 1)
    assert open_ahead([path], ASKED) is None


def test_files_for_which_standard_error_is_shut_are_left_to_their_turn(tmp_path: Path) -> None:
    """A complaint about the plan, made meanwhile, would be lost."""
    path = str(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    assert open_ahead([path], ASKED) is None
    assert open_ahead([saved(tmp_path, "b.csv", "地区,2019\n深圳,1\n".encode())], ASKED) is not None


def test_reading_takes_the_file_that_was_opened_ahead(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active.append(["指标", "2018年", "2019年"])
    workbook.active.append(["专利授权量（件）", 5, 6])
    workbook.save(path)
    plainly = read_data([path])
    opened = open_ahead([str(path)], ASKED)
    assert opened is not None
    assert opened._opening is not None
    opened._opening.result()
    path.unlink()  # read_data could not open it again
    dataset = read_data([path], ahead=opened)
    assert dataset.frame.equals(plainly.frame)
    assert dataset.files == plainly.files
