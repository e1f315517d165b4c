"""Workbooks of the xlsx kind: values where they stand, and what values do not say."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import PatternFill

from ipstrong.diagnostics import Finding, Severity
from ipstrong.readers.grid import CellFlaw, Grid
from ipstrong.readers.open_file import open_source
from ipstrong.readers.options import Limits, ReadOptions
from packages import saved, styles, worksheet, xlsx_bytes, zip_bytes


def read(path: str, **options: object) -> tuple[list[Grid], list[Finding]]:
    _, grids, findings = open_source(path, ReadOptions(**options))  # type: ignore[arg-type]  # any option
    return grids, findings


def ids(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code.id, str(finding.location).rpartition("/")[2]) for finding in findings]


def only(path: str) -> Grid:
    grids, findings = read(path)
    assert findings == []
    assert len(grids) == 1
    return grids[0]


@pytest.fixture
def book(tmp_path: Path) -> str:
    path = str(tmp_path / "a.xlsx")
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("专利")
    formats = {code: workbook.add_format({"num_format": code}) for code in ("0.0%", "0.00", '0!.0,"万"', '0.0"万件"')}
    date = workbook.add_format({"num_format": "yyyy-mm-dd"})
    sheet.merge_range("B1:D1", "深圳市 <标题> & 'x'")
    sheet.write_row("B3", ["指标", 2018, "2019年"])
    sheet.write("C4", 0.2, formats["0.0%"])
    sheet.write("D4", 0.2345, formats["0.0%"])
    sheet.write("C5", 13, formats["0.00"])
    sheet.write("D5", 13.05, formats["0.00"])
    sheet.write("C6", 138534, formats['0!.0,"万"'])
    sheet.write("D6", 13.8, formats['0.0"万件"'])
    sheet.write("C7", dt.date(2019, 6, 30), date)
    sheet.write("D7", True)
    workbook.close()
    return path


def test_values_are_where_the_file_has_them(book: str) -> None:
    grid = only(book)
    assert (grid.sheet, grid.height, grid.width) == ("专利", 7, 4)
    assert grid.rows(0, 1) == [[None, "深圳市 <标题> & 'x'", None, None]]
    assert grid.rows(2, 4) == [[None, "指标", 2018.0, "2019年"], [None, None, 0.2, 0.2345]]
    assert grid.rows(6)[0][2:] == [dt.date(2019, 6, 30), True]
    assert grid.extras.merged == ((0, 1, 0, 3),)
    assert grid.line_of(3) is None


def test_formats_of_numbers_are_noted(book: str) -> None:
    notes = {cell: note.number_format for cell, note in only(book).extras.notes.items()}
    assert notes == {
        (3, 2): "0.0%",
        (3, 3): "0.0%",
        (4, 2): "0.00",
        (4, 3): "0.00",
        (5, 2): '0!.0,"万"',
        (5, 3): '0.0"万件"',
    }


def test_the_file_is_described(book: str) -> None:
    file, _, _ = open_source(book, ReadOptions())
    assert file is not None
    assert (file.kind, file.sheets, file.skipped_sheets) == ("xlsx", ("专利",), ())
    assert len(file.sha256) == 64


def test_openpyxl_and_xlrd_stay_away_from_an_ordinary_workbook(book: str) -> None:
    code = (
        "import sys; from ipstrong.readers.open_file import open_source; from ipstrong.readers.options import ReadOptions;"
        f"assert open_source({book!r}, ReadOptions())[1];"
        "print([m for m in ('openpyxl', 'xlrd', 'polars', 'msoffcrypto', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- Flaws ------------------------------------------------------------------------------------------------------------


def flawed(tmp_path: Path, rows: str, extra: dict[str, str | bytes] | None = None) -> tuple[Grid, list[Finding]]:
    grids, findings = read(saved(tmp_path, "b.xlsx", xlsx_bytes({"表1": worksheet(rows)}, extra)))
    return grids[0], findings


def test_error_cells_are_located_and_not_blank(tmp_path: Path) -> None:
    grid, findings = flawed(
        tmp_path, '<row r="2"><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C2" t="e"><v>#N/A</v></c></row>'
    )
    assert ids(findings) == [("DATA013", "b.xlsx[表1!B2]"), ("DATA013", "b.xlsx[表1!C2]")]
    assert findings[0].message("en") == "the cell holds the error value #DIV/0!"
    assert grid.extras.notes[1, 1].flaw is CellFlaw.ERROR


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="D7"><f>C7*1.1</f></c>',
        '<c r="D7"><f>C7*1.1</f><v></v></c>',
        '<c r="D7"><f>C7*1.1</f><v/></c>',
        '<c r="D7" s="0"><f t="array" ref="D7">C7*1.1</f><v /></c>',
        '<c r="D7">\n  <f>C7*1.1</f>\n</c>',
    ],
)
def test_a_formula_without_a_saved_value_is_located(tmp_path: Path, cell: str) -> None:
    grid, findings = flawed(tmp_path, f'<row r="7"><c r="C7"><v>10</v></c>{cell}</row>')
    assert ids(findings) == [("DATA012", "b.xlsx[表1!D7]")]
    assert findings[0].message("zh") == "公式没有保存计算结果：=C7*1.1"
    assert grid.extras.notes[6, 3].flaw is CellFlaw.NO_SAVED_VALUE


@pytest.mark.parametrize(
    "cell",
    ['<c r="D7"><f>C7*1.1</f><v>11</v></c>', '<c r="D7" t="str"><f>""</f><v></v></c>', '<c r="D7"><v>11</v></c>'],
)
def test_a_formula_with_a_saved_value_is_fine(tmp_path: Path, cell: str) -> None:
    assert flawed(tmp_path, f'<row r="7"><c r="C7"><v>10</v></c>{cell}</row>')[1] == []


def test_shared_formulas_show_the_formula_of_the_first(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1+1</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/></c></row>'
    )
    _, findings = flawed(tmp_path, rows)
    assert [finding.message("en") for finding in findings] == ["formula has no saved value: =B1+1"]


def test_a_run_of_flaws_is_one_finding(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="B{n}"><f>A{n}*2</f></c><c r="C{n}" t="e"><v>#REF!</v></c></row>' for n in (2, 3, 4)
    )
    _, findings = flawed(tmp_path, rows + '<row r="6"><c r="B6"><f>A6</f></c></row>')
    assert ids(findings) == [
        ("DATA012", "b.xlsx[表1!B2:B4]"),
        ("DATA012", "b.xlsx[表1!B6]"),
        ("DATA013", "b.xlsx[表1!C2:C4]"),
    ]


def test_links_to_other_workbooks_are_named(tmp_path: Path) -> None:
    extra: dict[str, str | bytes] = {
        "xl/externalLinks/externalLink1.xml": "<externalLink/>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": (
            '<Relationships><Relationship Id="rId1" Type="x" Target="file:///C:/报表/2019年报.xlsx" TargetMode="External"/>'
            "</Relationships>"
        ),
    }
    rows = '<row r="1"><c r="A1"><f>[1]专利!D7</f><v>5</v></c><c r="B1"><f>[1]专利!D8</f><v>5</v></c></row>'
    grid, findings = flawed(tmp_path, rows, extra)
    assert ids(findings) == [("DATA020", "b.xlsx[表1!A1]")]
    assert (
        findings[0].message("en")
        == "a formula refers to another workbook: =[2019年报.xlsx]专利!D7 (2 cells of this sheet)"
    )
    assert grid.rows() == [[5.0, 5.0]]


DDE = '<externalLink><ddeLink ddeService="cmd"/></externalLink>'


@pytest.mark.parametrize(
    ("formula", "extra", "expected", "severity"),
    [
        ("<f>WEBSERVICE(&quot;http://x&quot;)</f>", {}, ("DATA020", "b.xlsx[表1!A1]"), Severity.WARNING),
        ("<f>cmd|'/c calc'!A0</f>", {}, ("DATA020", "b.xlsx[表1!A1]"), Severity.WARNING),
        ("", {"xl/externalLinks/externalLink1.xml": DDE}, ("DATA020", "b.xlsx"), Severity.WARNING),
        ("", {"xl/vbaProject.bin": b"x"}, ("DATA019", "b.xlsx"), Severity.NOTE),
    ],
)
def test_what_calls_out_and_macros_are_named_and_not_run(
    tmp_path: Path, formula: str, extra: dict[str, str | bytes], expected: tuple[str, str], severity: Severity
) -> None:
    _, findings = flawed(tmp_path, f'<row r="1"><c r="A1">{formula}<v>5</v></c></row>', extra)
    assert ids(findings) == [expected]
    assert findings[0].severity is severity


def test_hidden_rows_and_columns_with_values_are_reported(tmp_path: Path) -> None:
    path = str(tmp_path / "h.xlsx")
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in range(1, 13):
        sheet.append([row, None, row * 10])
    for row in (*range(3, 11), 20):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions["C"].hidden = True
    workbook.save(path)
    grids, findings = read(path)
    assert ids(findings) == [("DATA017", "h.xlsx[Sheet!A3]"), ("DATA017", "h.xlsx[Sheet!C1]")]
    assert [finding.message("en") for finding in findings] == [
        "data in hidden rows 3, 4, 5, 6, 7 and 3 more were read",
        "data in hidden column C were read",
    ]
    assert grids[0].rows(3, 4) == [[4.0, None, 40.0]]


# --- Sheets -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def sheets(tmp_path: Path) -> str:
    path = str(tmp_path / "s.xlsx")
    workbook = xlsxwriter.Workbook(path)
    for name in ("专利", "商标", "旧稿"):
        workbook.add_worksheet(name).write(0, 0, name)
    workbook.get_worksheet_by_name("旧稿").hide()
    chart = workbook.add_chart({"type": "line"})
    chart.add_series({"values": "=专利!$A$1"})
    workbook.add_chartsheet("图").set_chart(chart)
    workbook.close()
    return path


def test_hidden_and_chart_sheets_are_left_out_and_reported(sheets: str) -> None:
    grids, findings = read(sheets)
    assert [grid.sheet for grid in grids] == ["专利", "商标"]
    assert ids(findings) == [("DATA014", "s.xlsx[旧稿]"), ("DATA015", "s.xlsx[图]")]
    file = open_source(sheets, ReadOptions())[0]
    assert file is not None
    assert file.skipped_sheets == (("旧稿", "DATA014"), ("图", "DATA015"))


@pytest.mark.parametrize(
    ("options", "names", "expected"),
    [
        (
            {"include_hidden": True},
            ["专利", "商标", "旧稿"],
            [("DATA029", "s.xlsx[旧稿]", Severity.NOTE), ("DATA015", "s.xlsx[图]", Severity.NOTE)],
        ),
        ({"sheets": ("旧稿",)}, ["旧稿"], [("DATA029", "s.xlsx[旧稿]", Severity.NOTE)]),
        ({"sheets": ("图",)}, [], [("DATA015", "s.xlsx[图]", Severity.ERROR)]),
    ],
)
def test_sheets_that_are_asked_for_are_read_or_an_error(
    sheets: str, options: dict[str, object], names: list[str], expected: list[tuple[str, str, Severity]]
) -> None:
    grids, findings = read(sheets, **options)
    assert [grid.sheet for grid in grids] == names
    assert [(*place, finding.severity) for place, finding in zip(ids(findings), findings, strict=True)] == expected


def test_a_missing_sheet_is_an_error_and_never_the_first_sheet(sheets: str) -> None:
    grids, findings = read(sheets, sheets=("专利情况",))
    assert grids == []
    assert ids(findings) == [("DATA016", "s.xlsx")]
    assert findings[0].message("en") == "there is no sheet '专利情况'; there are: 专利, 商标, 旧稿, 图"
    assert findings[0].hint("en") == "did you mean '专利'? correct the name of the sheet"


def test_a_workbook_without_a_visible_sheet_is_an_error(tmp_path: Path) -> None:
    path = str(tmp_path / "n.xlsx")
    workbook = xlsxwriter.Workbook(path)
    workbook.add_worksheet("表").write(0, 0, 1)
    chart = workbook.add_chart({"type": "line"})
    chart.add_series({"values": "=表!$A$1"})
    workbook.add_chartsheet("图").set_chart(chart)
    workbook.get_worksheet_by_name("图").activate()
    workbook.get_worksheet_by_name("表").very_hidden()
    workbook.close()
    grids, findings = read(path)
    assert grids == []
    assert [code for code, _ in ids(findings)] == ["DATA014", "DATA015", "DATA018"]


def test_sheets_are_matched_to_their_own_parts(tmp_path: Path) -> None:
    first = worksheet('<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>')
    second = worksheet('<row r="1"><c r="A1"><v>1</v></c></row>')
    _, findings = read(saved(tmp_path, "p.xlsx", xlsx_bytes({"甲": second, "乙": first})))
    assert ids(findings) == [("DATA013", "p.xlsx[乙!A1]")]


def test_a_sheet_that_a_comment_lists_is_none(tmp_path: Path) -> None:
    sheets = {"甲": worksheet('<row r="1"><c r="A1"><v>1</v></c></row>'), "乙": worksheet("")}
    data = xlsx_bytes(sheets)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    workbook = parts["xl/workbook.xml"].replace(
        b"</sheets>", b'</sheets><!-- <sheet name="c" sheetId="3" r:id="rId1"/> -->'
    )
    path = saved(tmp_path, "c.xlsx", zip_bytes({**parts, "xl/workbook.xml": workbook}))
    grids, findings = read(path)
    assert grids[0].rows() == [[1.0]]
    assert findings == []
    far = worksheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')
    hostile = {**parts, "xl/workbook.xml": workbook, "xl/worksheets/sheet2.xml": far.encode()}
    assert ids(read(saved(tmp_path, "d.xlsx", zip_bytes(hostile)))[1])[0][0] == "DATA010"


# --- Odd writers ------------------------------------------------------------------------------------------------------

PERCENT = {"xl/styles.xml": styles(["0.0%"])}


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="B2" s="1"><v>0.2</v></c><c r="C2" t="e"><v>#REF!</v></c></row>',
        '<row r="2"><c s="1" r="B2"><v>0.2</v></c><c t="e" r="C2"><v>#REF!</v></c></row>',
        "<row r='2'><c r='B2' s='1'><v>0.2</v></c><c r='C2' t='e'><v>#REF!</v></c></row>",
        '<row r="2">\n<c\n r="B2" t="n" s="1">\n<v>0.2</v></c>\n<c r="C2" t="e"><v>#REF!</v></c></row>',
        '<row/><row><c/><c s="1"><v>0.2</v></c><c t="e"><v>#REF!</v></c></row>',
    ],
)
def test_every_spelling_of_cells_is_understood(tmp_path: Path, rows: str) -> None:
    path = saved(tmp_path, "o.xlsx", xlsx_bytes({"表": worksheet(rows)}, PERCENT))
    grids, findings = read(path)
    assert ids(findings) == [("DATA013", "o.xlsx[表!C2]")]
    assert grids[0].extras.notes[1, 1].number_format == "0.0%"
    assert grids[0].rows()[1][1] == 0.2


def test_prefixed_tags_are_understood(tmp_path: Path) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = (
        f'<x:worksheet xmlns:x="{main}"><x:sheetData><x:row r="1"><x:c r="A1" t="e"><x:v>#REF!</x:v></x:c>'
        '<x:c r="B1" s="1"><x:v>0.5</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    grids, findings = read(saved(tmp_path, "x.xlsx", xlsx_bytes({"表": sheet}, PERCENT)))
    assert ids(findings) == [("DATA013", "x.xlsx[表!A1]")]
    assert grids[0].extras.notes[0, 1].number_format == "0.0%"


def test_a_declared_dimension_is_not_believed(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c><c r="XFD2" s="0"/></row>'
    blank = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    grid = only(saved(tmp_path, "d.xlsx", xlsx_bytes({"表": worksheet(rows + blank, dimension="A1:XFD1048576")})))
    assert (grid.height, grid.width) == (2, 2)


def test_a_stray_cell_far_out_is_refused_before_it_is_laid_out(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    grids, findings = read(saved(tmp_path, "f.xlsx", xlsx_bytes({"表": worksheet(rows)})))
    assert grids == []
    assert ids(findings) == [("DATA010", "f.xlsx[表]")]
    assert "17,179,869,184" in findings[0].message("en")
    assert "--max-cells" in findings[0].hint("en")


def test_a_stray_cell_without_addresses_is_refused_too(tmp_path: Path) -> None:
    rows = '<row><c><v>1</v></c></row><row r="1048576"><c><v>1</v></c><c r="XFD1048576"><v>2</v></c></row>'
    assert ids(read(saved(tmp_path, "g.xlsx", xlsx_bytes({"表": worksheet(rows)})))[1]) == [("DATA010", "g.xlsx[表]")]


def test_a_sheet_whose_xml_breaks_off_is_named(tmp_path: Path) -> None:
    whole = worksheet('<row r="1"><c r="A1"><v>1</v></c></row>')
    _, findings = read(
        saved(tmp_path, "b.xlsx", xlsx_bytes({"表": whole, "二": whole[: whole.index("</sheetData") + 3]}))
    )
    assert ids(findings) == [("DATA007", "b.xlsx[二]")]


def test_a_part_whose_xml_breaks_off_is_named(tmp_path: Path) -> None:
    _, findings = read(with_strings(tmp_path, "<sst><si><t>a"))
    assert ids(findings) == [("DATA007", "s.xlsx")]
    assert "part xl/sharedStrings.xml: no element found: line 1, column 13" in findings[0].message("en")


@pytest.mark.parametrize("address", ["ZZZZZ99999999999", "ZZZZZZ3", "A99999999"])
def test_an_address_beyond_every_grid_is_refused(tmp_path: Path, address: str) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="{address}"><v>2</v></c></row>'
    assert ids(read(saved(tmp_path, "g.xlsx", xlsx_bytes({"表": worksheet(rows)})))[1]) == [("DATA010", "g.xlsx[表]")]


def with_strings(folder: Path, table: str) -> str:
    parts = {"xl/sharedStrings.xml": table}
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    return saved(folder, "s.xlsx", xlsx_bytes({"表": worksheet(rows)}, parts))


STRINGS = "<si><t>甲</t></si></sst>"


@pytest.mark.parametrize(
    "table",
    [
        f'<!-- <sst uniqueCount="1"> --><sst a=">" uniqueCount="4294967295">{STRINGS}',
        f'<?x <sst uniqueCount="1">?>{" " * 6000}<sst uniqueCount="99999999999">{STRINGS}',
        f'<sst{" " * 9000}uniqueCount="4294967295">{STRINGS}',
        '<中:sst xmlns:中="u" uniqueCount="99999999999"><中:si><中:t>甲</中:t></中:si></中:sst>',
    ],
)
def test_strings_that_may_be_counted_in_two_ways_are_counted_by_us(tmp_path: Path, table: str) -> None:
    assert only(with_strings(tmp_path, table)).rows() == [["甲"]]


FAR = '<c r="XFD1048576"><v>2</v></c>'
NEAR = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "cell",
    [
        '<x:c xmlns:x="u" r="XFD1048576"><x:v>2</x:v></x:c>',
        '<c x="&gt;" r="XFD1048576"><v>2</v></c>',
        '<c x=">" r="XFD1048576"><v>2</v></c>',
        "<c r = 'XFD1048576'><v>2</v></c>",
        f"<!-- --> {FAR}",
    ],
)
def test_a_far_cell_is_seen_in_every_spelling(tmp_path: Path, cell: str) -> None:
    rows = f'{NEAR}<row r="1048576">{cell}</row>'
    assert ids(read(saved(tmp_path, "g.xlsx", xlsx_bytes({"表": worksheet(rows)})))[1]) == [("DATA010", "g.xlsx[表]")]


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ('r="000001048576"', '<c><v>1</v></c><c r="XFD1048576"><v>2</v></c>'),
        ('r="4000000000"', "<c><v>1</v></c>"),
        ('r="99999999"', "<c><v>1</v></c>"),
        ("r = '1048576'", "<c><v>1</v></c><c r='XFD1048576'><v>2</v></c>"),
    ],
)
def test_a_far_row_is_seen_in_every_spelling(tmp_path: Path, row: str, cell: str) -> None:
    rows = f"{NEAR}<row {row}>{cell}</row>"
    assert ids(read(saved(tmp_path, "g.xlsx", xlsx_bytes({"表": worksheet(rows)})))[1]) == [("DATA010", "g.xlsx[表]")]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<v>1<!-- x -->0</v>", 10.0),
        ("<v>1<?x y?>0</v>", 10.0),
        ("<v>1&#50;3</v>", 123.0),
        ("<v><![CDATA[10]]></v>", 10.0),
    ],
)
def test_a_number_is_what_a_parser_of_xml_reads(tmp_path: Path, cell: str, value: float) -> None:
    rows = f'<row r="1"><c r="A1">{cell}</c></row>'
    assert only(saved(tmp_path, "v.xlsx", xlsx_bytes({"表": worksheet(rows)}))).rows() == [[value]]


def test_what_a_sheet_with_comments_says_besides_its_values_is_kept(tmp_path: Path) -> None:
    rows = (
        '<!-- --><row r="2" hidden="1"><c r="B2" s="1"><v>0.25</v></c><c t="inlineStr"><is><r><t>甲</t></r><rPh><t>x</t></rPh>'
        '<r><t xml:space="preserve"> &amp;</t></r></is></c></row><row><c r="B3" t="e"><v>#REF!</v></c><c r="D3"><f>A1</f></c></row>'
    )
    sheet = worksheet(rows, before='<cols><col min="3" max="3" hidden="1"/></cols>')
    path = saved(tmp_path, "w.xlsx", xlsx_bytes({"表": sheet}, PERCENT))
    grids, findings = read(path, include_hidden=True)
    assert grids[0].rows()[1][1:3] == [0.25, "甲 &"]
    assert grids[0].extras.notes[1, 1].number_format == "0.0%"
    assert grids[0].extras.hidden_rows == {1}
    assert grids[0].extras.hidden_columns == {2}
    assert {code for code, _ in ids(findings)} >= {"DATA012", "DATA013"}


def test_the_part_that_a_comment_names_is_not_read(tmp_path: Path) -> None:
    data = xlsx_bytes({"甲": worksheet('<row r="1"><c r="A1"><v>1</v></c></row>')})
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rels = parts["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", b"evil/e.xml")
    far = worksheet(f'<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576">{FAR}</row>')
    hostile: dict[str, str | bytes] = {**parts, "xl/_rels/workbook.xml.rels": rels, "xl/evil/e.xml": far}
    assert ids(read(saved(tmp_path, "e.xlsx", zip_bytes(hostile)))[1]) == [("DATA010", "e.xlsx[甲]")]


def test_parts_of_one_name_in_two_cases_are_one_part(tmp_path: Path) -> None:
    far = worksheet(f'<row r="1048576">{FAR}</row>{NEAR}')
    data = xlsx_bytes({"甲": worksheet(NEAR)}, {"xl/worksheets/Sheet1.xml": far})
    _, findings = read(saved(tmp_path, "c.xlsx", data))
    assert [code for code, _ in ids(findings)] in ([], ["DATA010"])


def test_two_archives_in_one_file_are_read_as_the_last(tmp_path: Path) -> None:
    first = xlsx_bytes({"甲": worksheet(f'{NEAR}<row r="1048576">{FAR}</row>')})
    second = xlsx_bytes({"乙": worksheet('<row r="1"><c r="A1"><v>5</v></c></row>')})
    with zipfile.ZipFile(BytesIO(second)) as archive:
        moved = BytesIO(first)
        with zipfile.ZipFile(moved, "a") as both:
            for name in archive.namelist():
                if name not in both.namelist():
                    both.writestr(name, archive.read(name))
    path = saved(tmp_path, "t.xlsx", first + second)
    grids, findings = read(path)
    assert [grid.rows() for grid in grids] in ([[[5.0]]], [])
    assert grids or findings


@pytest.mark.parametrize("count", ["1", "0", "900000", "4294967295", "+5000000000", "many", ""])
def test_a_declared_number_of_strings_is_not_believed(tmp_path: Path, count: str) -> None:
    assert only(with_strings(tmp_path, f'<sst uniqueCount="{count}">{STRINGS}')).rows() == [["甲"]]


def test_the_limit_on_cells_can_be_set(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="50"><c r="J50"><v>2</v></c></row>'
    path = saved(tmp_path, "l.xlsx", xlsx_bytes({"表": worksheet(rows)}))
    assert only(path).height == 50
    assert [code for code, _ in ids(read(path, limits=Limits(max_cells=499))[1])] == ["DATA010"]
    assert read(path, limits=Limits(max_cells=500))[1] == []


def test_a_workbook_part_elsewhere_in_the_package_is_found(shared: Path) -> None:
    grid = only(str(shared / "corpus/lib/calamine_minimal_package.xlsx"))
    assert (grid.sheet, grid.height) == ("Sheet1", 196)


def test_styled_blanks_do_not_widen_a_sheet(tmp_path: Path) -> None:
    path = str(tmp_path / "w.xlsx")
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"] = 1
    sheet["Z99"].fill = PatternFill("solid", fgColor="FFFF00")
    workbook.save(path)
    assert only(path).rows() == [[1.0]]


# --- Long sheets ------------------------------------------------------------------------------------------------------


def test_long_columns_of_one_format_are_noted_as_columns(tmp_path: Path) -> None:
    path = str(tmp_path / "long.xlsx")
    workbook = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = workbook.add_worksheet()
    percent, fixed = workbook.add_format({"num_format": "0.0%"}), workbook.add_format({"num_format": "0.00"})
    sheet.write_row(0, 0, ["地区", "比重", "数值"])
    for row in range(1, 1201):
        sheet.write(row, 0, f"区{row}")
        sheet.write(row, 1, 0.25, percent)
        sheet.write(row, 2, row, fixed if row % 200 == 0 else None)
    workbook.close()
    grid = only(path)
    assert grid.extras.column_formats == {1: "0.0%"}
    assert len(grid.extras.notes) == 6
    assert grid.extras.number_format(5, 1) == "0.0%"
    assert grid.extras.number_format(200, 2) == "0.00"
    assert grid.extras.number_format(201, 2) is None


# --- Hostile parts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part",
    [
        styles(["0.0%"]).replace('numFmtId="164"', 'numFmtId="²"'),
        styles(["0.0%"]).replace('numFmtId="164"', f'numFmtId="{"9" * 5000}"'),
        "<styleSheet>" + "<cellXfs " * 100_000,
        "<styleSheet><numFmts><numFmt "
        + "a" * 200_000
        + '="1"/></numFmts><cellXfs><xf numFmtId="9"/></cellXfs></styleSheet>',
    ],
)
def test_hostile_styles_do_no_harm(tmp_path: Path, part: str) -> None:
    rows = '<row r="1"><c r="A1" s="1"><v>0.2</v></c></row>'
    grids, findings = read(saved(tmp_path, "h.xlsx", xlsx_bytes({"表": worksheet(rows)}, {"xl/styles.xml": part})))
    assert grids[0].rows() == [[0.2]] if grids else findings[0].code.id == "DATA007"


@pytest.mark.parametrize(
    "rows", ["<c r=" * 60_000, '<c r="A1" t="e"' * 60_000, "<c r='A1'><f>" * 60_000, '<row hidden="1" r="' * 60_000]
)
def test_hostile_sheets_take_no_longer_than_their_length(tmp_path: Path, rows: str) -> None:
    grids, findings = read(saved(tmp_path, "h.xlsx", xlsx_bytes({"表": worksheet(rows)})))
    assert grids or findings


def test_few_texts_in_more_cells_than_memory_holds_are_refused(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c><c r="B{row}" t="s"><v>1</v></c></row>'
        for row in range(1, 101)
    )
    strings = f"<sst><si><t>{'甲' * 3000}</t></si><si><t>乙</t></si></sst>"
    path = saved(tmp_path, "m.xlsx", xlsx_bytes({"表": worksheet(rows)}, {"xl/sharedStrings.xml": strings}))
    assert read(path)[1] == []
    _, findings = read(path, limits=Limits(max_bytes=500_000))
    assert ids(findings) == [("DATA010", "m.xlsx[表]")]
    assert "bytes of text" in findings[0].message("en")
    assert read(path, limits=Limits(max_bytes=1_000_000))[1] == []
