"""xlsb, ods, web pages and XML Spreadsheet: the same promises as for xlsx."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.diagnostics import Finding
from ipstrong.model.dataset import SourceFile
from ipstrong.readers.grid import CellFlaw, Grid
from ipstrong.readers.open_file import open_source
from ipstrong.readers.options import Limits, ReadOptions
from packages import error_cell, real_cell, record, rk_cell, text_cell, wide, xlsb_bytes, zip_bytes


def opened(data: bytes, options: ReadOptions | None = None) -> tuple[SourceFile | None, list[Grid], list[Finding]]:
    return open_source("-", options or ReadOptions(), stdin=data)


def ids(findings: list[Finding]) -> list[str]:
    return [f"{finding.code.id} {finding.location}" for finding in findings]


# --- xlsb -------------------------------------------------------------------------------------------------------------

XLSB_ROWS = {
    1: text_cell(1, "占比") + real_cell(2, 1, 0.2) + rk_cell(3, 0, 138534),
    2: rk_cell(2, 2, 1305, hundredths=True) + real_cell(3, 2, 13.0) + error_cell(4, 0x17),
}


def test_xlsb_values_formats_and_errors() -> None:
    file, grids, findings = opened(xlsb_bytes(XLSB_ROWS, ["0.0%", "0.00"]))
    assert file is not None
    assert file.kind == "xlsb"
    grid = grids[0]
    assert (grid.sheet, grid.height) == ("专利", 3)
    assert grid.rows()[1][1:4] == ["占比", 0.2, 138534.0]
    assert grid.rows()[2][2:4] == [13.05, 13.0]
    assert [grid.extras.number_format(*cell) for cell in ((1, 2), (1, 3), (2, 2), (2, 3))] == [
        "0.0%",
        None,
        "0.00",
        "0.00",
    ]
    assert grid.extras.notes[2, 4].flaw is CellFlaw.ERROR
    assert ids(findings) == ["DATA013 -[专利!E3]"]
    assert findings[0].params["error"] == "#REF!"


def with_parts(data: bytes, **parts: bytes) -> bytes:
    """Return a package with other parts in the folder of its workbook."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        found: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zip_bytes(found | {f"xl/{name}.bin": part for name, part in parts.items()})


def test_xlsb_every_kind_of_cell() -> None:
    def cell(kind: int, column: int, payload: bytes, style: int = 0) -> bytes:
        return record(kind, struct.pack("<LL", column, style) + payload)

    rows = {
        0: cell(7, 0, struct.pack("<L", 1)) + cell(4, 1, b"\1") + cell(9, 2, struct.pack("<d", 2.5) + bytes(4))
        + cell(8, 3, wide("和") + bytes(4)) + cell(10, 4, bytes(5)) + cell(11, 5, b"\x2a" + bytes(4)) + cell(1, 6, b""),
        2: real_cell(0, 1, 43646.0) + real_cell(1, 1, -1.0) + real_cell(2, 2, 1.5)
        + record(60, struct.pack("<5LH", 1, 1, 0, 0, 1, 0)[:18]) + record(176, struct.pack("<4L", 0, 1, 2, 3)),
    }  # fmt: skip
    data = xlsb_bytes(rows, ["yyyy-mm-dd", "[h]:mm"])
    strings = record(159) + b"".join(record(19, b"\0" + wide(text)) for text in ("甲", "乙")) + record(160)
    _, grids, findings = opened(with_parts(data, sharedStrings=strings))
    assert grids[0].rows() == [
        ["乙", True, 2.5, "和", False, None],
        [None] * 6,
        [dt.date(2019, 6, 30), -1.0, dt.timedelta(days=1.5), None, None, None],
    ]
    assert grids[0].extras.merged == ((0, 2, 1, 3),)
    assert ids(findings) == ["DATA013 -[专利!F1]", "DATA017 -[专利!B1]"]
    assert ids(opened(data)[2]) == ["DATA007 -"]  # without its shared strings


def test_xlsb_hidden_sheets_are_left_out() -> None:
    _, grids, findings = opened(xlsb_bytes(XLSB_ROWS, [], names=("甲", "乙"), hidden=1))
    assert [grid.sheet for grid in grids] == ["甲"]
    assert ids(findings)[0] == "DATA014 -[乙]"


def test_xlsb_stray_cells_are_refused() -> None:
    _, grids, findings = opened(xlsb_bytes({0: real_cell(0, 0, 1.0), 1_048_575: real_cell(16_383, 0, 1.0)}, []))
    assert grids == []
    assert [finding.code.id for finding in findings] == ["DATA010"]


@pytest.mark.parametrize("cell", [record(2), record(5, bytes(8)), record(0, bytes(4))])
def test_xlsb_records_shorter_than_their_kind_are_damage(cell: bytes) -> None:
    _, grids, findings = opened(xlsb_bytes({0: real_cell(0, 0, 1.0) + cell}, []))
    assert grids == []
    assert [finding.message("en") for finding in findings] == [
        "the file is damaged and cannot be read: a record is too short"
    ]


@given(st.integers(0, 5000), st.integers(1, 255))
def test_no_damage_to_xlsb_records_makes_the_reader_raise(at: int, change: int) -> None:

    with zipfile.ZipFile(BytesIO(xlsb_bytes(XLSB_ROWS, ["0.0%"]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = ("xl/worksheets/sheet1.bin", "xl/styles.bin", "xl/workbook.bin")[at % 3]
    part = bytearray(parts[name])
    part[at % len(part)] ^= change
    parts[name] = bytes(part)
    file, _, findings = opened(zip_bytes(parts))
    assert file is not None or findings


# --- ods --------------------------------------------------------------------------------------------------------------

_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)


def ods(tables: str, styles: str = "") -> bytes:
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/></manifest:manifest>'
    return zip_bytes({"mimetype": mime, "content.xml": content, "META-INF/manifest.xml": manifest})


def cell(kind: str, value: str, text: str, more: str = "") -> str:
    attribute = "date-value" if kind == "date" else "value"
    stored = f' office:{attribute}="{value}"' if value else ""
    return f'<table:table-cell office:value-type="{kind}"{stored} {more}><text:p>{text}</text:p></table:table-cell>'


ODS_ROW = (
    "<table:table-row>"
    + cell("string", "", "占比")
    + cell("percentage", "0.2", "20.0%")
    + cell("float", "13", "13.00")
    + cell("float", "13.8", "13.8万件")
    + cell("float", "138534", "138534")
    + cell("date", "2019-06-30", "2019-06-30")
    + "</table:table-row>"
)


def test_ods_values_and_printed_forms() -> None:
    blank = '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    tail = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    file, grids, findings = opened(ods(f'<table:table table:name="表">{blank}{ODS_ROW}{tail}</table:table>'))
    assert file is not None
    assert (file.kind, findings) == ("ods", [])
    grid = grids[0]
    assert grid.height == 3
    assert grid.rows(2) == [["占比", 0.2, 13.0, 13.8, 138534.0, dt.date(2019, 6, 30)]]
    notes = {place: note.number_format for place, note in grid.extras.notes.items()}
    assert notes == {(2, 1): "0.0%", (2, 2): "0.00", (2, 3): '0.0"万件"', (2, 4): "0"}


def test_ods_flaws_hidden_parts_and_merges() -> None:
    rows = (
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        '<table:table-row><table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>标题</text:p>'
        "</table:table-cell><table:covered-table-cell/></table:table-row>"
        '<table:table-row table:visibility="filter"><table:table-cell table:formula="of:=1/0" office:value-type="string">'
        '<text:p>#DIV/0!</text:p></table:table-cell><table:table-cell table:formula="of:=[.A1]*2"/>'
        + cell("float", "1", "1")
        + "</table:table-row>"
    )
    _, grids, findings = opened(ods(f'<table:table table:name="表">{rows}</table:table>'))
    assert grids[0].extras.merged == ((0, 0, 0, 1),)
    assert ids(findings) == ["DATA013 -[表!A2]", "DATA012 -[表!B2]", "DATA017 -[表!A2]"]
    assert findings[1].params["formula"] == "=[.A1]*2"


def test_ods_hidden_sheets_are_left_out() -> None:
    style = '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>'
    tables = f'<table:table table:name="甲">{ODS_ROW}</table:table><table:table table:name="乙" table:style-name="ta1">{ODS_ROW}</table:table>'
    _, grids, findings = opened(ods(tables, style))
    assert [grid.sheet for grid in grids] == ["甲"]
    assert ids(findings) == ["DATA014 -[乙]"]


def repeated(rows: int, columns: int, kind: str) -> str:
    value = f'office:value-type="{kind}" office:value="1"><text:p>1%</text:p>'
    cells = f'<table:table-cell table:number-columns-repeated="{columns}" {value}</table:table-cell>'
    return f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'


@pytest.mark.parametrize("row", [repeated(1_000_000, 16_384, "float"), repeated(1, 200_000, "percentage")])
def test_ods_repeat_bombs_are_refused(row: str) -> None:
    file, _, findings = opened(ods(f'<table:table table:name="表">{row}</table:table>'))
    assert (file, ids(findings)) == (None, ["DATA010 -[表]"])


def test_ods_values_of_every_type() -> None:
    cells = (
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>'
        '<table:table-cell office:value-type="time" office:time-value="PT36H00M01.5S"><text:p>36:00</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2019-06-30T12:00:00"><text:p>x</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="x"><text:p>7</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d</text:p><text:p>e</text:p>'
        "<office:annotation><text:p>note</text:p></office:annotation></table:table-cell>"
    )
    _, grids, _ = opened(ods(f'<table:table table:name="表"><table:table-row>{cells}</table:table-row></table:table>'))
    noon = dt.datetime(2019, 6, 30, 12)  # noqa: DTZ001 - no zone
    assert grids[0].rows() == [[True, dt.timedelta(hours=36, seconds=1.5), noon, "7", "a  b\tc\nd\ne"]]


def test_ods_repetitions_are_made_within_bounds() -> None:
    _, grids, findings = opened(ods(f'<table:table table:name="表">{repeated(3, 2, "percentage")}</table:table>'))
    assert (grids[0].rows(), findings) == ([[1.0, 1.0]] * 3, [])
    assert grids[0].extras.number_format(2, 1) == "0%"
    long = (
        '<table:table-cell office:value-type="string"><text:p>'
        + '<text:s text:c="99999999"/>' * 9
        + "x</text:p></table:table-cell>"
    )
    hidden = '<table:table-row table:visibility="collapse" table:number-rows-repeated="999999999"/>' * 9
    table = f'<table:table table:name="表"><table:table-row>{long}</table:table-row>{hidden}</table:table>'
    _, grids, _ = opened(ods(table))
    assert [len(str(cell)) for cell in grids[0].rows()[0]] == [32_767]
    assert grids[0].extras.hidden_rows == frozenset()


def test_ods_with_entities_or_broken_xml_is_refused() -> None:
    entities = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "xxxxxxxx">]><a>&x;</a>'
    for content in (entities, b"<a><b></a>", b"no"):
        file, _, findings = opened(zip_bytes({"content.xml": content}))
        assert (file, ids(findings)) == (None, ["DATA007 -"])


def test_ods_with_a_password_is_refused() -> None:
    manifest = '<manifest:encryption-data manifest:checksum="x"/>'
    file, _, findings = opened(zip_bytes({"content.xml": b"\x00\x01", "META-INF/manifest.xml": manifest}))
    assert (file, ids(findings)) == (None, ["DATA008 -"])


# --- Web pages --------------------------------------------------------------------------------------------------------

PAGE = """<html><head><meta charset="gbk"></head><body><!-- <table><tr><td>no
</td></tr></table> --><script>"<table><tr><td>no"</script>
<table border=1><tr><th colspan=2>指标</th><th rowspan="2">2019年<br>数值</th></tr>
<tr><td>a</td><td x:num="1">b&nbsp;&lt;c</td></tr>
<tr><td>有效<b>发明</b>专利<td>138,534<td> 1 </table><p>x<table><tr><td></td></tr></table>
<table><tr><td>二</td></tr></table></body>"""


def test_tables_of_a_web_page() -> None:
    file, grids, findings = opened(PAGE.encode("gbk"))
    assert file is not None
    assert (file.kind, file.encoding, findings) == ("html", "gb18030", [])
    assert [grid.rows() for grid in grids] == [
        [["指标", "", "2019年\n数值"], ["a", "b\xa0<c", ""], ["有效发明专利", "138,534", "1"]],
        [["二"]],
    ]
    assert grids[0].extras.merged == ((0, 0, 0, 1), (0, 2, 1, 2))
    assert [grids[0].line_of(row) for row in range(3)] == [3, 4, 5]


def test_a_page_without_a_table_is_refused() -> None:
    file, _, findings = opened(b"<!DOCTYPE html><html><body>Please log in</body></html>")
    assert (file, ids(findings)) == (None, ["DATA006 -"])


@pytest.mark.parametrize(
    "text", ["<a" * 60_000, '<table a="' * 30_000, "<!--" * 60_000, "<td a='" * 30_000, "<table><tr><td>" * 3_000]
)
def test_hostile_pages_take_no_longer_than_their_length(text: str) -> None:
    file, _, findings = opened(("<table><tr><td>1</td></tr>" + text).encode())
    assert file is not None or findings


def test_spans_cannot_exceed_the_limit() -> None:
    page = "<table><tr>" + "<td colspan=1000 rowspan=1000>1</td>" * 30 + "</tr></table>"
    options = ReadOptions(limits=Limits(max_cells=1_000_000))
    assert ids(opened(page.encode(), options)[2]) == ["DATA010 -"]
