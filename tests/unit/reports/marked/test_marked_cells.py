"""The marked copy of files that cannot be edited in place."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook

from ipstrong.diagnostics import IpstrongError, Location, Severity
from ipstrong.reports.marked import MarkedWorkbook, SheetValues, mark_cells
from ipstrong.reports.marked.cells import CellValue
from ipstrong.reports.marked.marks import FILLS
from validations import at, finding

ERROR = FILLS[Severity.ERROR]


def opened(marked: MarkedWorkbook) -> Any:
    return load_workbook(io.BytesIO(marked.content))


def test_csv_cells_keep_rows_and_columns_and_are_marked() -> None:
    table = SheetValues(None, [["指标", "2021"], ["植树株数", "n/a"]])
    marked = mark_cells(
        [table], [finding(location=Location("数据/报送.csv", line=2, column=2))], "zh", path="数据/报送.csv"
    )
    made = opened(marked)
    assert made.sheetnames == ["校验问题", "报送"]
    assert made["报送"]["A1"].value == "指标"
    assert made["报送"]["B2"].fill.fgColor.rgb == ERROR
    assert made.worksheets[0]["C5"].value == "报送!B2"
    assert [found.code.id for found in marked.findings] == ["RUN041"]


def test_csv_lines_are_turned_into_rows_when_fields_hold_line_ends() -> None:
    table = SheetValues(None, [["a"], ["two\nlines"], ["c"]], lines=[1, 2, 4])
    marked = mark_cells([table], [finding(location=Location("a.csv", line=4, column=1))], "en", path="a.csv")
    assert opened(marked)["a"]["A3"].fill.fgColor.rgb == ERROR


def test_every_place_of_a_finding_moves_with_its_cell() -> None:
    here = Location("a.csv", line=2, column=1)
    shared = finding(
        location=here, params={"raw": "x", "parts": (replace(here, line=4),)}, related=(replace(here, line=4),)
    )
    made = opened(mark_cells([SheetValues(None, [["h"], ["x"], ["y"], ["z"]])], [shared], "en", path="a.csv"))
    assert [made["a"][f"A{row}"].fill.fgColor.rgb == ERROR for row in (1, 2, 3, 4)] == [False, True, False, True]
    assert made.worksheets[0]["G5"].value == "a!A4"


def test_values_keep_their_kinds_and_text_never_becomes_a_formula() -> None:
    moment, day, long_ago = dt.datetime(2021, 5, 1, 8, 30), dt.date(2021, 5, 1), dt.date(1850, 1, 1)  # noqa: DTZ001 - as in a sheet
    values: list[CellValue] = [
        "=1+1",
        "http://example.invalid",
        3,
        2.5,
        True,
        None,
        moment,
        day,
        long_ago,
        float("nan"),
        10**18,
        dt.timedelta(hours=30),
    ]
    sheet = opened(mark_cells([SheetValues("表", [values])], [], "en", path="old.xls"))["表"]
    shown = [cell.value for cell in sheet[1]]
    assert [cell.data_type for cell in sheet[1]][:2] == ["s", "s"]
    assert shown[:6] == ["=1+1", "http://example.invalid", 3, 2.5, True, None]
    assert shown[6] == moment
    assert shown[7] == dt.datetime(2021, 5, 1)  # noqa: DTZ001 - as in a sheet
    assert shown[8:11] == ["1850-01-01", "nan", "1000000000000000000"]
    assert sheet["A1"].hyperlink is None


def test_sheet_names_that_excel_refuses_are_changed_and_findings_follow() -> None:
    sheets = [SheetValues("a/b", [["x"]]), SheetValues("a:b", [["y"]]), SheetValues("名" * 40, [["z"]])]
    marked = mark_cells(sheets, [finding(location=at("A1", "old.ods", "a:b"))], "en", path="old.ods")
    made = opened(marked)
    assert made.sheetnames == ["Findings", "a b", "a b (2)", "名" * 31]
    assert made["a b (2)"]["A1"].fill.fgColor.rgb == ERROR


def test_a_file_without_sheets_still_gets_its_list() -> None:
    made = opened(mark_cells([], [finding(location=Location("a.csv"))], "en", path="a.csv"))
    assert made.worksheets[0]["D5"].value == "RULE901"


def test_tables_too_large_for_a_workbook_are_refused() -> None:
    with pytest.raises(IpstrongError) as caught:
        mark_cells([SheetValues(None, [["x"] * 16_385])], [], "en", path="wide.csv")
    assert [found.code.id for found in caught.value.findings] == ["RUN040"]
