"""Long worksheets as columns: every cell as the slow way, which reads them one by one, hands it over."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ipstrong.diagnostics import Finding
from ipstrong.readers import long_columns, long_sheets, open_source, sheet_scan, workbooks
from ipstrong.readers.column_grid import ColumnGrid
from ipstrong.readers.grid import CellValue, Grid
from ipstrong.readers.grids import SheetGrid
from ipstrong.readers.options import ReadOptions
from packages import saved, worksheet, xlsx_bytes

N_ROWS = 450
"""Rows of the sheets below; `long` makes the reader take them for long ones."""
Write = Callable[[Worksheet, Mapping[str, object]], None]


@pytest.fixture(autouse=True)
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "_LONG", 1000)
    monkeypatch.setattr(long_sheets, "_FEWEST_ROWS", 300)


def book(folder: Path, write: Write) -> str:
    """Write a workbook of one sheet and return its path."""
    path = str(folder / "long.xlsx")
    workbook = xlsxwriter.Workbook(path, {"nan_inf_to_errors": True})
    codes = {"percent": "0.0%", "date": "yyyy-mm-dd", "time": "hh:mm", "span": "[h]:mm", "bold": "General"}
    write(workbook.add_worksheet(), {name: workbook.add_format({"num_format": code}) for name, code in codes.items()})
    workbook.close()
    return path


def read(path: str) -> tuple[Grid, list[Finding]]:
    _, grids, findings = open_source(path, ReadOptions())
    (grid,) = grids
    return grid, findings


def read_slowly(path: str) -> tuple[Grid, list[Finding]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_sheets, "is_long", lambda _: False)
        grid, findings = read(path)
    assert isinstance(grid, SheetGrid)
    return grid, findings


def blanks_alike(rows: list[list[CellValue]]) -> list[list[CellValue]]:
    return [[None if cell == "" else cell for cell in row] for row in rows]


def hold_against_slow_way(path: str) -> Grid:
    """Assert that a file is read the same in both ways, and return its grid."""
    grid, findings = read(path)
    slow, slow_findings = read_slowly(path)
    assert findings == slow_findings
    assert (grid.sheet, grid.height, grid.width, grid.extras) == (slow.sheet, slow.height, slow.width, slow.extras)
    for start, stop in ((0, None), (0, 5), (100, 250), (slow.height - 3, slow.height + 3), (slow.height, None)):
        rows = grid.rows(start, stop)
        assert blanks_alike(rows) == blanks_alike(slow.rows(start, stop))
        assert [list(map(type, row)) for row in blanks_alike(rows)] == [
            list(map(type, row)) for row in blanks_alike(slow.rows(start, stop))
        ]
    for column in range(slow.width):
        for start in (0, 3, 198, 205, slow.height - 1):
            assert grid.text_column(column, start).to_list() == slow.text_column(column, start).to_list()
    return grid


def write_values(sheet: Worksheet, formats: Mapping[str, object], *, top: int = 0, left: int = 0) -> None:
    """Write columns of every kind that a statistical table has: texts, numbers, gaps, placeholders, dates."""
    chance = random.Random(7)
    sheet.write(top, left, "各地区主要指标")
    sheet.write_row(top + 2, left, ["地区", "年份", "数值", "比重", "备注", "日期", "代码", "小数", "空"])
    for row in range(top + 3, top + N_ROWS):
        number = chance.choice((chance.randrange(10**6), chance.random() * 1e6, chance.random() / 1e6, -12.5))
        sheet.write(row, left, f"县{row % 40} ")
        sheet.write(row, left + 1, 2010 + row % 10 if row % 3 else f"{2010 + row % 10}")
        sheet.write(row, left + 2, ("…", "-", "", "12.30", "2020-01-01 00:00:00")[row % 5] if row % 7 == 0 else number)
        sheet.write(row, left + 3, number / 1e6, formats["percent"])
        if row % 11 == 0:
            sheet.write(row, left + 4, " 注\n<&> ")
        sheet.write(row, left + 5, dt.date(2019, 1, 1) + dt.timedelta(days=row), formats["date"])
        sheet.write(row, left + 6, f"{440300 + row}")
        sheet.write_formula(row, left + 7, "=1/3", None, number / 3)
        sheet.write_blank(row, left + 8, None, formats["percent"])


def test_every_cell_is_as_the_slow_way_has_it(tmp_path: Path) -> None:
    grid = hold_against_slow_way(book(tmp_path, write_values))
    assert isinstance(grid, ColumnGrid)
    # by hand: the first data row is row 4 (index 3), and 3 % 3 == 0 writes its year as text
    assert grid.rows(3, 4)[0][:2] == ["县3 ", "2013"]
    assert grid.rows(400, 401)[0][:2] == ["县0 ", 2010.0]
    assert grid.rows(402, 403)[0][1] == "2012"
    assert grid.text_column(5, 400)[0] == "2020-02-05"  # 2019-01-01 and 400 days
    assert grid.text_column(6, 400)[0] == "440700"


def test_a_sheet_may_begin_below_and_right_of_a1(tmp_path: Path) -> None:
    path = book(tmp_path, lambda sheet, formats: write_values(sheet, formats, top=4, left=2))
    assert isinstance(hold_against_slow_way(path), ColumnGrid)


def test_columns_that_begin_below_the_head_are_there(tmp_path: Path) -> None:
    def write(sheet: Worksheet, formats: Mapping[str, object]) -> None:
        write_values(sheet, formats)
        sheet.write(440, 20, "注：数据为初步数")
        sheet.write(441, 20, 5)

    assert isinstance(hold_against_slow_way(book(tmp_path, write)), ColumnGrid)


def test_columns_left_of_the_head_leave_it_to_the_slow_way(tmp_path: Path) -> None:
    def write(sheet: Worksheet, formats: Mapping[str, object]) -> None:
        write_values(sheet, formats, left=2)
        sheet.write(440, 0, "注：数据为初步数")

    assert isinstance(hold_against_slow_way(book(tmp_path, write)), SheetGrid)


def test_errors_and_hidden_parts_are_told(tmp_path: Path) -> None:
    def write(sheet: Worksheet, formats: Mapping[str, object]) -> None:
        write_values(sheet, formats)
        for row in range(300, 310):
            sheet.write_formula(row, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(320, 2, "=A1", None, "")
        for row in (50, 400, 401, 900):
            sheet.set_row(row, None, None, {"hidden": True})
        sheet.set_column(8, 9, None, None, {"hidden": True})
        sheet.set_column(4, 4, None, None, {"hidden": True})
        sheet.merge_range(0, 0, 0, 3, "标题")
        sheet.merge_range(430, 0, 431, 0, "县")

    path = book(tmp_path, write)
    grid = hold_against_slow_way(path)
    assert isinstance(grid, ColumnGrid)
    assert grid.filled_rows([401, 900, 50, 1]) == [50, 401]
    assert grid.filled_columns([8, 9, 4]) == [4, 8]  # the last is beyond the sheet
    assert [finding.location.cell for finding in read(path)[1]] == ["C301:C310", "C321", "A51", "E1"]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("a truth value among numbers", (True, 2.5)),
        ("a truth value among texts", (True, "x")),
    ],
)
def test_truth_values_are_left_to_the_slow_way(tmp_path: Path, kind: str, values: tuple[object, object]) -> None:
    def write(sheet: Worksheet, formats: Mapping[str, object]) -> None:
        write_values(sheet, formats)
        for row in range(1, N_ROWS):
            sheet.write(row, 10, values[row % 2])

    assert isinstance(hold_against_slow_way(book(tmp_path, write)), SheetGrid), kind


@pytest.mark.parametrize(
    ("first", "second"),
    [("date", None), ("date", "text"), ("time", None), ("time", "time"), ("span", "span"), ("span", "text")],
)
def test_days_and_times_among_others_are_left_to_the_slow_way(tmp_path: Path, first: str, second: str | None) -> None:
    def write(sheet: Worksheet, formats: Mapping[str, object]) -> None:
        write_values(sheet, formats)
        for row in range(1, N_ROWS):
            if row % 2 and second == "text":
                sheet.write(row, 10, "x")
            elif row % 2:
                sheet.write_number(row, 10, 43831.5, formats[second] if second else None)
            else:
                sheet.write_number(row, 10, 43831 if first == "date" else 0.5, formats[first])

    assert isinstance(hold_against_slow_way(book(tmp_path, write)), SheetGrid)


def numbered(cell: Callable[[int], str], n_rows: int = 400) -> str:
    """Return a sheet whose column A has a text in each row, and whose column B what `cell` writes."""
    return "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>县{row}</t></is></c>{cell(row)}</row>'
        for row in range(1, n_rows + 1)
    )


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param(lambda row: f'<c r="B{row}"><v>0.12345678901234{row % 10}</v></c>', id="more than nine decimals"),
        pytest.param(lambda row: f'<c r="B{row}"><v>{row}.5E-12</v></c>', id="smaller than nine decimals"),
        pytest.param(lambda row: f'<c r="B{row}"><v>1.5E+{row % 300}</v></c>', id="large"),
        pytest.param(lambda row: f'<c r="B{row}" t="n"><f>A{row}*2</f><v>{row}</v></c>', id="formulas"),
        pytest.param(
            lambda row: f'<c r="B{row}" cm="1"><f t="shared" si="0"/><v>{row}.25</v></c>', id="shared formulas"
        ),
        pytest.param(lambda row: f'<c r="B{row}" t="str"><f>"x"</f><v>{row}</v></c>', id="numbers as text by formula"),
        pytest.param(lambda row: f'<c r="B{row}"><v xml:space="preserve">{row}</v></c>', id="attributes"),
        pytest.param(lambda row: f'<c r="B{row}"><v>NaN</v></c>', id="no number"),
        pytest.param(lambda row: f'<c r="B{row}"><v>inf</v></c>', id="infinite"),
    ],
)
@pytest.mark.parametrize("is_mixed", [False, True])
def test_numbers_are_exact(tmp_path: Path, cell: Callable[[int], str], *, is_mixed: bool) -> None:
    def written(row: int) -> str:
        if is_mixed and row % 3 == 0:
            return f'<c r="B{row}" t="inlineStr"><is><t>{("…", "12", "-")[row % 9 // 3]}</t></is></c>'
        return cell(row)

    path = saved(tmp_path, "n.xlsx", xlsx_bytes({"甲": worksheet(numbered(written))}))
    grid, findings = read(path)
    slow, slow_findings = read_slowly(path)
    assert str(findings) == str(slow_findings)
    assert str(blanks_alike(grid.rows())) == str(blanks_alike(slow.rows()))
    assert grid.text_column(1).to_list() == slow.text_column(1).to_list()


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(numbered(lambda _: "<c><v>1</v></c>"), id="cells without addresses"),
        pytest.param(numbered(lambda row: f'<c s="0" r="B{row}"><v>1</v></c>'), id="addresses second"),
        pytest.param(numbered(lambda _: "", 150) + '<row r="5000"><c r="A5000"><v>1</v></c></row>', id="few rows"),
    ],
)
def test_odd_spellings_are_read_as_the_plain_ones_are(tmp_path: Path, rows: str) -> None:
    path = saved(tmp_path, "n.xlsx", xlsx_bytes({"甲": worksheet(rows)}))
    grid, _ = read(path)
    assert blanks_alike(grid.rows()) == blanks_alike(read_slowly(path)[0].rows())
    assert len(grid.rows()) in {400, 5000}


def test_the_second_of_several_sheets_is_read_from_its_own_part(tmp_path: Path) -> None:
    sheets = {
        "甲": worksheet(numbered(lambda row: f'<c r="B{row}"><v>{row}</v></c>')),
        "乙": worksheet(numbered(lambda row: f'<c r="B{row}"><v>{row * 10}</v></c>')),
    }
    _, (first, second), _ = open_source(saved(tmp_path, "n.xlsx", xlsx_bytes(sheets)), ReadOptions())
    assert isinstance(first, ColumnGrid)
    assert isinstance(second, ColumnGrid)
    assert first.rows(300, 301) == [["县301", 301.0]]
    assert second.rows(300, 301) == [["县301", 3010.0]]


def test_rows_that_do_not_match_the_head_leave_it_to_the_slow_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that counts rows from elsewhere must never move a value to another cell."""
    path = saved(
        tmp_path, "n.xlsx", xlsx_bytes({"甲": worksheet(numbered(lambda row: f'<c r="B{row}"><v>{row}</v></c>'))})
    )
    loaded = long_sheets.load_long

    def shifted(*arguments: object) -> object:
        found = loaded(*arguments)  # type: ignore[arg-type]  # passed on
        assert found is not None
        return found._replace(columns=_Shifted(found.columns))  # type: ignore[arg-type]  # its twin

    monkeypatch.setattr(long_sheets, "load_long", shifted)
    grid, _ = read(path)
    assert isinstance(grid, SheetGrid)
    assert grid.rows(300, 301) == [["县301", 301.0]]


class _Shifted:
    """A sheet that begins a row too late, and says nothing of it."""

    def __init__(self, sheet: object) -> None:
        self.sheet = sheet
        self.total_height = sheet.total_height  # type: ignore[attr-defined]  # as the library has it

    def to_polars(self) -> pl.DataFrame:
        frame: pl.DataFrame = self.sheet.to_polars()  # type: ignore[attr-defined]  # as the library has it
        return pl.concat([frame.slice(1), frame.tail(1)])


def test_a_panic_of_the_native_reader_leaves_it_to_the_slow_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicException(BaseException):
        pass

    def panic(*_: object) -> None:
        raise PanicException

    monkeypatch.setattr(long_sheets, "load_long", panic)
    path = saved(
        tmp_path, "n.xlsx", xlsx_bytes({"甲": worksheet(numbered(lambda row: f'<c r="B{row}"><v>{row}</v></c>'))})
    )
    assert isinstance(read(path)[0], SheetGrid)


def test_a_mixed_column_is_told_apart_only_where_the_xml_agrees() -> None:
    words = pl.DataFrame({"column_1": ["1.5", "x", "2"]})
    xml = b'<c r="A1"><v>1.5</v></c><c r="A2" t="s"><v>0</v></c><c r="A3"><v>%s</v></c>'
    told = long_columns._columns(words, xml % b"2", 0, 0)
    assert told is not None
    (parts,) = told
    assert parts.numbers is not None
    assert parts.numbers.to_list() == [1.5, None, 2.0]
    assert parts.words is not None
    assert parts.words.to_list() == [None, "x", None]
    assert long_columns._columns(words, xml % b"3", 0, 0) is None
    assert long_columns._columns(words, xml % b"2" + b"<!--", 1, 0) is None


def test_blank_texts_are_blank() -> None:
    assert long_columns._columns(pl.DataFrame({"a": ["", None, ""]}), b"", 0, 0) == [(None, None)]


def test_content_is_a_workbook_of_the_first_rows_only(tmp_path: Path) -> None:
    """The head costs little however long the sheet is."""
    from python_calamine import CalamineWorkbook

    from ipstrong.readers.options import Limits
    from ipstrong.readers.zip_parts import ZipParts

    data = xlsx_bytes({"甲": worksheet(numbered(lambda row: f'<c r="B{row}"><v>{row}</v></c>'))})
    package = ZipParts("n.xlsx", data, Limits())
    part = "xl/worksheets/sheet1.xml"
    head = long_sheets._with_head_only(package, part, package.read(part))
    assert len(CalamineWorkbook.from_filelike(BytesIO(head)).get_sheet_by_index(0).to_python()) == long_sheets.HEAD_ROWS
    assert saved(tmp_path, "head.xlsx", head)


@pytest.mark.parametrize(
    ("xml", "found"),
    [
        (b'<sheetData><c t="e"/></sheetData>', True),
        (b'<sheetData><row e="1"/><c t="e"/></sheetData>', True),
        (b'<sheetData><row e="1"/><c t="n"/></sheetData>', False),
        (b'<sheetData><c t="n"/></sheetData>', False),
        (b'<c t="e"/><sheetData><c t="n"/></sheetData>', True),
        (b'<sheetData><c t="n"/></sheetData><c t="e"/>', True),
        (b'<c t="e"/>', True),
        (b'<c t="n"/>', False),
        (b'<sheetData><c t="e"/>', True),
        (b"<sheetData/>", False),
    ],
)
def test_bytes_are_found_wherever_they_stand(xml: bytes, *, found: bool) -> None:
    assert sheet_scan.holds(xml, b't="e"', b"e") is found
