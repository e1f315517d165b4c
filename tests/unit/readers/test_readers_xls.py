"""xls: bare streams written record by record, and real files of the reference material."""

from __future__ import annotations

import datetime as dt
import io
import struct
from pathlib import Path

import pytest
import xlrd
from hypothesis import given
from hypothesis import strategies as st
from xlrd.compdoc import CompDocError

from biff import boolean, error, hidden_column, hidden_row, label, number, record, xls_stream
from ipstrong.diagnostics import Finding
from ipstrong.model.dataset import SourceFile
from ipstrong.readers.grid import Grid
from ipstrong.readers.open_file import open_source
from ipstrong.readers.options import Limits, ReadOptions
from packages import saved
from profiles import SLOW


def opened(data: bytes, options: ReadOptions | None = None) -> tuple[SourceFile | None, list[Grid], list[Finding]]:
    return open_source("-", options or ReadOptions(), stdin=data)


def ids(findings: list[Finding]) -> list[str]:
    return [f"{finding.code.id} {finding.location}" for finding in findings]


MERGE = record(0x00E5, bytes([1, 0, 3, 0, 3, 0, 0, 0, 1, 0]))
SHEET = (
    label(0, 0, "占比") + number(0, 1, 0.2, 1) + number(0, 2, 43646.0, 2)
    + boolean(1, 0, value=True) + error(1, 1, 0x17) + number(1, 2, 0.5, 2)
    + number(2, 0, 13.0, 3) + number(2, 1, 138000.0, 4)
    + hidden_row(2) + hidden_column(1) + MERGE
)  # fmt: skip
BOOK = xls_stream([("专利", 0, SHEET), ("旧稿", 2, number(0, 0, 1.0))], ["0.0%", "yyyy-mm-dd", "0.00", '0!.0,"万"'])


def test_xls_values_formats_and_flaws() -> None:
    file, grids, findings = opened(BOOK)
    assert file is not None
    assert (file.kind, file.sheets, file.skipped_sheets) == ("xls", ("专利",), (("旧稿", "DATA014"),))
    rows = grids[0].rows()
    assert rows[0] == ["占比", 0.2, dt.date(2019, 6, 30)]
    assert rows[1] == [True, None, dt.time(12)]
    assert rows[2][:2] == [13.0, 138000.0]
    notes = grids[0].extras.notes
    assert [notes[cell].number_format for cell in ((0, 1), (2, 0), (2, 1))] == ["0.0%", "0.00", '0!.0,"万"']
    assert grids[0].extras.merged == ((3, 0, 3, 1),)
    assert ids(findings) == ["DATA014 -[旧稿]", "DATA013 -[专利!B2]", "DATA017 -[专利!A3]", "DATA017 -[专利!B1]"]


def test_xls_dates_may_count_from_1904() -> None:
    _, grids, _ = opened(xls_stream([("表", 0, number(0, 0, 42735.0, 1))], ["yyyy-mm-dd"], is_1904=True))
    assert grids[0].rows() == [[dt.date(2021, 1, 1)]]


def test_xls_numbers_that_are_no_dates_stay_numbers() -> None:
    _, grids, _ = opened(xls_stream([("表", 0, number(0, 0, -5.0, 1) + number(0, 1, 1e9, 1))], ["yyyy-mm-dd"]))
    assert grids[0].rows() == [[-5.0, 1e9]]


def test_xls_hidden_sheets_on_request() -> None:
    _, grids, _ = opened(BOOK, ReadOptions(sheets=("旧稿",)))
    assert [grid.rows() for grid in grids] == [[[1.0]]]


def test_xls_beyond_the_limit_is_refused() -> None:
    file, _, findings = opened(BOOK, ReadOptions(limits=Limits(max_cells=3)))
    assert (file, ids(findings)) == (None, ["DATA010 -[专利]"])


def test_broken_styles_cost_only_the_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = xlrd.open_workbook

    def stumbling(**arguments: object) -> xlrd.Book:
        if arguments["formatting_info"]:
            raise AssertionError
        return genuine(**arguments)

    monkeypatch.setattr(xlrd, "open_workbook", stumbling)
    _, grids, findings = opened(BOOK)
    assert grids[0].rows()[0][:2] == ["占比", 0.2]
    assert "DATA022 -" in ids(findings)


def test_an_xls_whose_sectors_are_linked_twice_is_read_without_formats(shared: Path) -> None:
    data = bytearray((shared / "corpus/cn/nbs_rates_time_in_rows.xls").read_bytes())
    (sector,) = struct.unpack_from("<L", data, 48)  # of the directory: a root, and the workbook in sector 0
    struct.pack_into("<LL", data, 512 + sector * 512 + 116, 0, 512)  # short streams from there too
    with pytest.raises(CompDocError):
        xlrd.open_workbook(file_contents=bytes(data), logfile=io.StringIO())
    file, grids, findings = opened(bytes(data))
    assert file is not None
    assert grids[0].height == 25
    assert [finding.code.id for finding in findings] == ["DATA022"]


def test_an_xls_with_a_far_cell_in_a_damaged_record_does_not_end_the_process(shared: Path) -> None:
    data = bytearray((shared / "corpus/cn/nbs_rates_time_in_rows.xls").read_bytes())
    struct.pack_into("<L", data, 3431, 0x7FFFFFFF)  # a row far out
    _, _, findings = opened(bytes(data))
    assert [finding.code.id for finding in findings] == ["DATA007"]


def test_the_reason_of_a_damaged_xls_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbling(**_: object) -> None:
        raise xlrd.XLRDError("no")

    monkeypatch.setattr(xlrd, "open_workbook", stumbling)
    file, _, findings = opened(BOOK)
    assert (file, [finding.message("en") for finding in findings]) == (
        None,
        ["the file is damaged and cannot be read: no"],
    )


def test_an_encrypted_xls_needs_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(**_: object) -> None:
        raise xlrd.XLRDError("Workbook is encrypted")

    monkeypatch.setattr(xlrd, "open_workbook", locked)
    file, _, findings = opened(BOOK)
    assert (file, ids(findings)) == (None, ["DATA008 -"])


# --- xls, from the reference material -----------------------------------------------------------------------------------


def test_xls_texts_are_read_whatever_the_code_page_says(shared: Path) -> None:
    _, grids, findings = open_source(str(shared / "corpus/cn/macro_cpi_bad_codepage.xls"), ReadOptions())
    assert findings == []
    assert grids[0].rows(0, 1)[0][:2] == ["截止日期_EndDt", "居民消费价格指数CPI_当月同比(上年同月=100)_CPI_YoY"]


def test_xls_merges_and_formats(shared: Path) -> None:
    _, grids, _ = open_source(str(shared / "corpus/lib/calamine_merge_cells.xls"), ReadOptions())
    assert len(grids[0].extras.merged) == 3
    file, grids, _ = open_source(str(shared / "corpus/cn/fiscal_panel_mixed.xls"), ReadOptions())
    assert file is not None
    assert (file.kind, file.sheets) == ("xls", ("Sheet1", "Sheet2", "Sheet3"))
    assert len(grids[0].extras.merged) == 2


def test_a_cut_off_xls_is_refused(shared: Path, tmp_path: Path) -> None:
    whole = (shared / "corpus/cn/nbs_quarterly_gdp.xls").read_bytes()
    for end in (600, 5000, len(whole) // 2):
        file, _, findings = open_source(saved(tmp_path, "a.xls", whole[:end]), ReadOptions())
        assert file is not None or [finding.code.id for finding in findings] in (["DATA007"], ["DATA006"])


@SLOW
@given(st.data())
def test_no_damage_to_an_xls_makes_the_reader_raise(shared: Path, data: st.DataObject) -> None:
    whole = bytearray((shared / "corpus/cn/nbs_rates_time_in_rows.xls").read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    file, _, findings = opened(bytes(whole))
    assert file is not None or findings
