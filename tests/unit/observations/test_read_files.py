"""From paths to the dataset: files, sheets and findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipstrong.diagnostics import Severity
from ipstrong.model.dataset import COLUMNS
from ipstrong.observations.assembly import SCHEMA
from ipstrong.pipeline import read_data
from ipstrong.readers.options import ReadOptions

LONG = "指标,地区,年份,数值,单位\n发明,北京,2019年,5,件\n发明,北京,2020年,6,件\n"


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def workbook(folder: Path, **sheets: list[list[object]]) -> str:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = folder / "book.xlsx"
    book.save(path)
    return str(path)


def test_frame_has_the_columns_and_types_of_the_contract(tmp_path: Path) -> None:
    dataset = read_data([write(tmp_path, "a.csv", LONG)])
    assert tuple(dataset.frame.columns) == COLUMNS
    assert dict(dataset.frame.schema) == SCHEMA or [str(kind) for kind in dataset.frame.dtypes] == [
        str(kind() if isinstance(kind, type) else kind) for kind in SCHEMA.values()
    ]
    assert dataset.frame["value"].to_list() == [5.0, 6.0]


def test_files_stand_in_the_order_given_with_their_paths(tmp_path: Path) -> None:
    first, second = write(tmp_path, "b.csv", LONG), write(tmp_path, "a.csv", LONG.replace("发明", "商标"))
    calls: list[tuple[str, int, int]] = []
    dataset = read_data([first, second], progress=lambda *call: calls.append(call))
    assert dataset.frame["file"].unique(maintain_order=True).to_list() == [first, second]
    assert [file.path for file in dataset.files] == [first, second]
    assert calls == [(first, 0, 2), (second, 1, 2)]


def test_standard_input_is_a_text_table() -> None:
    dataset = read_data(["-"], stdin=LONG.encode())
    assert dataset.frame["value"].to_list() == [5.0, 6.0]
    assert dataset.frame["sheet"].to_list() == [None, None]


def test_file_without_a_table_is_an_error_that_says_what_was_seen(tmp_path: Path) -> None:
    dataset = read_data([write(tmp_path, "letter.csv", "Dear reader,\nplease find attached\n")])
    assert [(finding.code.id, finding.severity) for finding in dataset.findings] == [("DATA100", Severity.ERROR)]
    assert "cell(s) of text" in dataset.findings[0].message("en")
    assert dataset.is_empty


def test_sheets_without_tables_are_noted_beside_one_with(tmp_path: Path) -> None:
    path = workbook(tmp_path, 目录=[["第一部分"], ["第二部分"]], 专利=[["指标", "2019年"], ["发明", 5]])
    dataset = read_data([path])
    assert [(finding.code.id, finding.location.sheet) for finding in dataset.findings] == [("DATA109", "目录")]
    assert dataset.frame["sheet"].to_list() == ["专利"]


def test_missing_file_and_missing_sheet_are_errors_and_other_files_are_read(tmp_path: Path) -> None:
    path = workbook(tmp_path, 专利=[["指标", "2019年"], ["发明", 5]])
    dataset = read_data([str(tmp_path / "none.xlsx"), path])
    assert dataset.findings[0].severity is Severity.ERROR
    assert dataset.frame.height == 1
    asked = read_data([path], options=ReadOptions(sheets=("商标",)))
    assert asked.is_empty
    assert any(finding.severity is Severity.ERROR for finding in asked.findings)


def test_percent_formatted_cells_are_percents(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["指标", "2019年"], ["占比", 0.2]):
        book.active.append(row)
    book.active["B2"].number_format = "0.0%"
    path = tmp_path / "p.xlsx"
    book.save(path)
    cell = read_data([str(path)]).frame.row(0, named=True)
    assert (cell["value"], cell["unit"], cell["half_width"]) == (20.0, "%", 0.05)


def test_places_in_text_files_are_lines_though_cells_hold_line_breaks(tmp_path: Path) -> None:
    text = '指标,2019年\n"发明\n专利",5\n商标,6\n'
    frame = read_data([write(tmp_path, "a.csv", text)]).frame
    assert frame["row"].to_list() == [1, 3]  # 0-based lines 2 and 4
    assert frame["label"].to_list() == ["发明专利", "商标"]


def test_nothing_to_read_is_an_empty_dataset() -> None:
    dataset = read_data([])
    assert dataset.is_empty
    assert tuple(dataset.frame.columns) == COLUMNS
    assert dataset.findings == ()
