"""The marked copy: what must change does, and nothing else."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from ipstrong.diagnostics import Finding, Location, Severity
from ipstrong.reports.marked import MarkedWorkbook, UnmarkableError, mark_workbook, package
from ipstrong.reports.marked.marks import FILLS, cells_of
from ipstrong.reports.marked.workbook import NOT_KEPT
from ipstrong.texts import LANGS, Lang
from validations import HIDDEN, HOSTILE, JUMPS, NOT_A_NUMBER, at, finding

ERROR, WARNING, NOTE = (FILLS[severity] for severity in Severity)


def book(change: Callable[[Any], None] | None = None) -> bytes:
    """Return a small workbook: a heading row at 4 in white on blue, values in C5:F5, sheets 全市 and 分区."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "全市"
    for row in (["植树株数(虚构)"], ["单位:株"], [], ["指标", "单位", 2018, 2019, 2020, 2021]):
        sheet.append(row)
    sheet.append(["植树株数", "株", "n/a", 110, 115, 120])
    for cell in sheet[4]:
        cell.fill, cell.font = PatternFill("solid", fgColor="22405C"), Font(color="FFFFFF", bold=True)
    made.create_sheet("分区")["B3"] = 5
    if change:
        change(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def mark(original: bytes, *findings: Finding, lang: Lang = "en") -> MarkedWorkbook:
    return mark_workbook(original, findings, lang, path="data.xlsx")


def opened(marked: MarkedWorkbook, *, data_only: bool = False) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # the library says what it cannot read; this copy keeps it
        return load_workbook(io.BytesIO(marked.content), data_only=data_only)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rezipped(content: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """Return the archive with parts replaced, added, or (None) removed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name, data in {**parts(content), **changes}.items():
            if data is not None:
                out.writestr(name, data)
    return buffer.getvalue()


# --- What is marked -----------------------------------------------------------------------------------------------


def test_cell_is_coloured_by_severity_and_commented_with_code_message_and_fix() -> None:
    sheet = opened(mark(book(), finding(), finding("120", "F5", JUMPS), finding(cell="B5", code=HIDDEN)))["全市"]
    assert sheet["C5"].fill.fgColor.rgb == ERROR
    assert sheet["F5"].fill.fgColor.rgb == WARNING
    assert sheet["B5"].fill.fgColor.rgb == NOTE
    assert sheet["C5"].comment.text == "RULE901 error: expected a number, found 'n/a'\nfix: replace 'n/a' by a number"
    assert sheet["B5"].comment.text == "RULE903 note: a hidden row holds data"
    assert sheet["D5"].comment is None
    assert sheet["D5"].fill.fill_type is None


def test_several_findings_on_a_cell_are_joined_and_the_worst_colours_it() -> None:
    sheet = opened(mark(book(), finding(code=HIDDEN), finding("x", code=JUMPS), finding()))["全市"]
    assert sheet["C5"].fill.fgColor.rgb == ERROR
    assert [part.split(":")[0] for part in sheet["C5"].comment.text.split("\n\n")] == [
        "RULE901 error",
        "RULE902 warning",
        "RULE903 note",
    ]


@pytest.mark.parametrize(("text", "author"), [("原有批注", "报送人(虚构)"), ("[Threaded comment] 会话", "tc={1}")])
def test_comment_that_was_there_stays_above_ours(text: str, author: str) -> None:
    def with_comment(made: Any) -> None:
        made["全市"]["C5"].comment = Comment(text, author)
        made["全市"]["D5"].comment = Comment("另一条", author)

    sheet = opened(mark(book(with_comment), finding()))["全市"]
    assert sheet["C5"].comment.text.startswith(f"{text}\n\nRULE901 error")
    assert sheet["C5"].comment.author == author
    assert sheet["D5"].comment.text == "另一条"


def test_cells_and_rows_that_do_not_exist_are_made() -> None:
    places = ("A2", "H5", "A3", "Z3", "D20", "B30", "A1")
    marked = mark(book(), *(finding(cell=cell) for cell in places))
    sheet = opened(marked)["全市"]
    assert {cell for cell in places if sheet[cell].fill.fgColor.rgb == ERROR} == set(places)


def test_range_is_coloured_whole_and_commented_once() -> None:
    sheet = opened(mark(book(), finding(cell="C5:D6"), finding(cell="D5", code=JUMPS)))["全市"]
    assert [sheet[cell].fill.fgColor.rgb for cell in ("C5", "D5", "C6", "D6")] == [ERROR, ERROR, ERROR, ERROR]
    assert [bool(sheet[cell].comment) for cell in ("C5", "D5", "C6", "D6")] == [True, True, False, False]


def test_every_place_that_shares_the_defect_is_marked_and_places_for_comparison_are_not() -> None:
    parts = (at("D5"), at("C6:D6"), at("B3", sheet="分区"), at("E5", "other.xlsx"))
    shared = finding(params={"raw": "x", "parts": parts}, related=(*parts, at("F5")))
    made = opened(mark(book(), shared))
    sheet = made["全市"]
    coloured = {cell for cell in ("C5", "D5", "E5", "F5", "C6", "D6") if sheet[cell].fill.fgColor.rgb == ERROR}
    assert coloured == {"C5", "D5", "C6", "D6"}
    assert [bool(sheet[cell].comment) for cell in ("C5", "D5", "C6", "D6")] == [True, True, True, False]
    assert made["分区"]["B3"].comment is not None
    assert made.worksheets[0]["G5"].value == "全市!D5\n全市!C6:D6\n分区!B3\nother.xlsx[全市!E5]\n全市!F5"


def test_finding_in_a_merged_range_marks_the_cell_that_shows() -> None:
    sheet = opened(mark(book(lambda made: made["全市"].merge_cells("A1:F1")), finding(cell="C1")))["全市"]
    assert sheet["A1"].fill.fgColor.rgb == ERROR
    assert sheet["A1"].comment is not None


def test_light_font_on_a_dark_fill_becomes_dark_and_keeps_its_weight() -> None:
    sheet = opened(mark(book(), finding(cell="E4")))["全市"]
    assert (sheet["E4"].font.color.rgb, sheet["E4"].font.bold) == ("FF000000", True)
    assert sheet["D4"].font.color.rgb == "00FFFFFF"


def test_style_of_the_row_or_column_is_kept_on_a_new_cell() -> None:
    def styled(made: Any) -> None:
        made["全市"].column_dimensions["H"].number_format = "0.00%"
        made["全市"].row_dimensions[9].number_format = "0.000"

    sheet = opened(mark(book(styled), finding(cell="H7"), finding(cell="B9")))["全市"]
    assert sheet["H7"].number_format == "0.00%"
    assert (sheet["B9"].number_format, sheet["B9"].fill.fgColor.rgb) == ("0.000", ERROR)


# --- The front sheet ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_front_sheet_lists_everything_with_links(lang: Lang) -> None:
    made = opened(
        mark(
            book(),
            finding(),
            finding(cell=None, code=HIDDEN),
            finding("1", "B3", location=at("B3", sheet="分区")),
            lang=lang,
        )
    )
    front = made.worksheets[0]
    assert front.title == {"zh": "校验问题", "en": "Findings"}[lang]
    assert made.active.title == front.title
    assert {front.cell(row, 4).value for row in range(5, 8)} == {"RULE901", "RULE903"}
    places = {front.cell(row, 3).value: front.cell(row, 3).hyperlink.location for row in range(5, 8)}
    assert places == {"全市": "'全市'!A1", "全市!C5": "'全市'!C5", "分区!B3": "'分区'!B3"}
    assert front["B5"].fill.fgColor.rgb in {ERROR, NOTE}
    assert not [sheet for sheet in made.worksheets[1:] if sheet.sheet_view.tabSelected]


def test_rows_of_the_front_sheet_are_as_high_as_their_text() -> None:
    front = opened(mark(book(), finding("长" * 200), finding("1", "D5"))).worksheets[0]
    # 200 characters of two columns each, and the words around them, in 60 columns: at least seven lines of 14 points.
    assert front.row_dimensions[5].height >= 7 * 14
    assert front.row_dimensions[6].height < 2 * 14


def test_findings_of_other_files_and_of_no_place_do_not_mark() -> None:
    elsewhere = finding(location=at("C5", "other.xlsx"))
    whole_file = finding(location=Location("data.xlsx"))
    made = opened(mark(book(), elsewhere, whole_file))
    assert made["全市"]["C5"].comment is None
    front = made.worksheets[0]
    assert front.max_row == 5
    assert (front["C5"].value, front["C5"].hyperlink) == ("data.xlsx", None)


def test_front_sheet_takes_another_name_when_a_sheet_has_it() -> None:
    made = opened(mark(book(lambda made: made.create_sheet("findings")), finding()))
    assert made.sheetnames == ["Findings (2)", "全市", "分区", "findings"]


def test_names_that_belong_to_a_sheet_follow_it() -> None:
    def named(made: Any) -> None:
        made["分区"].defined_names["own"] = DefinedName("own", attr_text="分区!$B$3")
        made["全市"].print_title_rows = "4:4"
        made.defined_names["global"] = DefinedName("global", attr_text="全市!$A$1")

    made = opened(mark(book(named), finding()))
    assert list(made["分区"].defined_names) == ["own"]
    assert made["全市"].print_title_rows == "$4:$4"
    assert list(made.worksheets[0].defined_names) == []
    assert "global" in made.defined_names


def test_sheet_names_with_quotes_are_linked() -> None:
    made = opened(
        mark(
            book(lambda made: setattr(made["分区"], "title", "a'b & <c>")),
            finding(location=at("B3", sheet="a'b & <c>")),
        )
    )
    assert made.worksheets[0]["C5"].hyperlink.location == "'a''b & <c>'!B3"
    assert made["a'b & <c>"]["B3"].comment is not None


# --- Everything else is as it was ---------------------------------------------------------------------------------


def rich_book() -> bytes:
    """Return a workbook with what libraries lose: charts, a picture, sparklines, saved results, rich text, extensions."""
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = made.add_worksheet("数据")
    sheet.write_row("A1", ["年", 2019, 2020, 2021])
    sheet.write_row("A2", ["植树", 110, 115, 120], made.add_format({"num_format": "#,##0", "border": 1}))
    sheet.write_formula("E2", "=SUM(B2:D2)", made.add_format({"italic": True}), 345)
    sheet.write_rich_string("A3", "半", made.add_format({"bold": True}), "粗")
    sheet.add_sparkline("F2", {"range": "数据!B2:D2"})
    sheet.conditional_format("B2:D2", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation("B2:D2", {"validate": "integer", "criteria": ">=", "value": 0})
    sheet.set_column("A:A", 33)
    sheet.merge_range("A5:C5", "合并")
    sheet.write_comment("B2", "旧批注", {"author": "甲(虚构)"})
    sheet.protect()
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
    )
    sheet.insert_image("H2", "dot.png", {"image_data": io.BytesIO(png)})
    chart = made.add_chart({"type": "line"})
    chart.add_series({"values": "=数据!$B$2:$D$2"})
    sheet.insert_chart("A8", chart)
    page = made.add_chartsheet("图")
    other = made.add_chart({"type": "column"})
    other.add_series({"values": "=数据!$B$2:$D$2"})
    page.set_chart(other)
    made.define_name("数据!own", "=数据!$A$1")
    made.close()
    return buffer.getvalue()


def test_values_formulas_formats_widths_and_merges_are_kept() -> None:
    sheet = opened(mark(rich_book(), finding(location=at("E2", sheet="数据"))))["数据"]
    assert sheet["E2"].value == "=SUM(B2:D2)"
    assert (sheet["E2"].font.italic, sheet["E2"].fill.fgColor.rgb) == (True, ERROR)
    assert sheet["B2"].number_format == "#,##0"
    assert sheet.column_dimensions["A"].width > 33
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A5:C5"]
    assert sheet["B2"].comment.text.endswith("旧批注")
    assert sheet.protection.sheet
    assert len(sheet.data_validations.dataValidation) == 1


def test_what_the_front_sheet_says_is_lost_is_lost_and_charts_stay() -> None:
    marked = mark(rich_book(), finding(location=at("C2", sheet="数据")))
    assert opened(marked).worksheets[0]["A3"].value == NOT_KEPT.en
    assert opened(marked, data_only=True)["数据"]["E2"].value is None
    made = parts(marked.content)
    assert not [name for name in made if "media" in name]
    assert b"x14:" not in b"".join(made.values())
    assert len([name for name in made if "charts/chart" in name]) == 2
    assert opened(marked)["数据"]["A3"].value == "半粗"


def test_macros_are_kept_and_the_copy_must_be_named_xlsm() -> None:
    plain = parts(book())
    types = plain["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    marked = mark(rezipped(book(), {"[Content_Types].xml": types, "xl/vbaProject.bin": b"\x00macro"}), finding())
    assert marked.suffix == ".xlsm"
    assert parts(marked.content)["xl/vbaProject.bin"] == b"\x00macro"
    assert mark(book(), finding()).suffix == ".xlsx"


def test_signature_is_said_not_to_hold() -> None:
    marked = mark(rezipped(book(), {"_xmlsignatures/origin.sigs": b""}), finding())
    assert [found.code.id for found in marked.findings] == ["RUN041"]


def test_a_marked_copy_is_marked_anew_not_twice() -> None:
    first = mark(book(), finding(), finding("1", "D5"))
    second = opened(mark(first.content, finding("still", "C5"), lang="zh"))
    assert second.sheetnames == ["校验问题", "全市", "分区"]
    assert second["全市"]["C5"].comment.text == "RULE901 错误：应为数字,实为“still”\n改法：把“still”改成数字"
    assert second.worksheets[0].max_row == 5


# --- Forms of files -----------------------------------------------------------------------------------------------


def prefixed(xml: bytes) -> bytes:
    """Return a part with every element of the main namespace written with a prefix, as some programs do."""
    text = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", xml.decode())
    return text.replace(
        'xmlns="http://schemas.openxmlformats.org/spreadsheetml',
        'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml',
    ).encode()


def test_parts_written_with_a_prefix() -> None:
    original = book()
    names = ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml")
    content = mark(
        rezipped(original, {name: prefixed(parts(original)[name]) for name in names}), finding(), finding(cell="H9")
    )
    sheet = opened(content)["全市"]
    assert (sheet["C5"].fill.fgColor.rgb, sheet["H9"].fill.fgColor.rgb) == (ERROR, ERROR)
    assert sheet["C5"].comment is not None
    assert opened(content).sheetnames[0] == "Findings"


def test_rows_and_cells_without_addresses_are_counted() -> None:
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c><v>1</v></c>'
        "<c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData></worksheet>"
    )
    sheet = opened(
        mark(rezipped(book(), {"xl/worksheets/sheet1.xml": xml.encode()}), finding(cell="B1"), finding(cell="A2"))
    )["全市"]
    assert [sheet[cell].fill.fgColor.rgb for cell in ("B1", "A2")] == [ERROR, ERROR]
    assert sheet["A1"].fill.fill_type is None


@pytest.mark.parametrize(
    "data",
    [
        "<sheetData/>",
        "<sheetData></sheetData>",
        '<sheetData><row r="5"/></sheetData>',
        '<sheetData><row r="5" spans="1:2" /><row r="9" spans="1:1"><c r="A9"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="5"><c r="A5" t="inlineStr"><is><t><![CDATA[<row r="5"><c r="C5"/>]]></t></is></c></row></sheetData>',
    ],
)
def test_marks_on_sparse_sheets(data: str) -> None:
    xml = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{data}<pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/></worksheet>'
    marked = mark(
        rezipped(book(), {"xl/worksheets/sheet1.xml": xml.encode()}), finding(), finding(cell="A9"), finding(cell="C9")
    )
    sheet = opened(marked)["全市"]
    assert [sheet[cell].fill.fgColor.rgb for cell in ("C5", "A9", "C9")] == [ERROR, ERROR, ERROR]
    assert sheet["C5"].comment is not None


def test_workbook_without_styles_gets_some() -> None:
    original = book()
    rels = re.sub(rb"<Relationship [^>]*styles[^>]*/>", b"", parts(original)["xl/_rels/workbook.xml.rels"])
    types = re.sub(rb"<Override [^>]*styles[^>]*/>", b"", parts(original)["[Content_Types].xml"])
    bare = rezipped(original, {"xl/_rels/workbook.xml.rels": rels, "[Content_Types].xml": types, "xl/styles.xml": None})
    xml = re.sub(rb' s="\d+"', b"", parts(original)["xl/worksheets/sheet1.xml"])
    sheet = opened(mark(rezipped(bare, {"xl/worksheets/sheet1.xml": xml}), finding()))["全市"]
    assert sheet["C5"].fill.fgColor.rgb == ERROR


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_parts_in_other_encodings(encoding: str) -> None:
    original = book()
    text = parts(original)["xl/workbook.xml"].decode()
    declared = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16"}[encoding]
    text = f'<?xml version="1.0" encoding="{declared}"?>' + text.split("?>")[-1]
    made = opened(mark(rezipped(original, {"xl/workbook.xml": text.encode(encoding)}), finding()))
    assert made.sheetnames == ["Findings", "全市", "分区"]


# --- Refusals and hostile text ------------------------------------------------------------------------------------


def refused(content: bytes) -> str:
    """Return why a workbook is not marked."""
    with pytest.raises(UnmarkableError) as caught:
        mark(content, finding())
    return caught.value.reason.en


def with_sheet(inside: str) -> bytes:
    """Return the workbook with other XML after the data of its first sheet."""
    name = "xl/worksheets/sheet1.xml"
    xml = parts(book())[name].replace(b"</sheetData>", b"</sheetData>" + inside.encode())
    return rezipped(book(), {name: xml})


def test_what_is_no_workbook_is_refused() -> None:
    for content in (
        b"",
        b"PK\x03\x04 torn",
        b"\xd0\xcf\x11\xe0 old",
        rezipped(book(), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"}),
        rezipped(book(), {"xl/styles.xml": b"<nothing"}),
        book()[:-30],
    ):
        assert refused(content) == package.DAMAGED.en
    gb18030 = parts(book())["xl/workbook.xml"].decode().split("?>")[-1].encode("gb18030")
    for encoding in (b"GB18030", b"x-none"):
        declared = b'<?xml version="1.0" encoding="%s"?>' % encoding
        assert refused(rezipped(book(), {"xl/workbook.xml": declared + gb18030})) == package.UNUSUAL.en
    for name in ("[Content_Types].xml", "xl/workbook.xml"):
        assert refused(rezipped(book(), {name: None})) == package.UNUSUAL.en


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_every_encoding(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "aaaa">]><workbook/>'
    assert refused(rezipped(book(), {"xl/workbook.xml": xml.encode(encoding)})) == package.UNUSUAL.en


@pytest.mark.parametrize(
    "inside",
    [
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        '<mergeCells><mergeCell ref="A:XFD"/></mergeCells>',
        '<x:mergeCells xmlns:x="urn:x"><x:mergeCell ref="$A$1:$XFD$1048576"/></x:mergeCells>',
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>',
        '<mergeCells><mergeCell ref="A1:ZZ400"/><mergeCell ref="A501:ZZ900"/></mergeCells>',
        '<f t="shared">' + "1+" * 5000 + "</f>" + '<f t="shared"/>' * 3000,
    ],
)
def test_small_sheets_that_ask_for_much_work_are_refused(inside: str) -> None:
    assert refused(with_sheet(inside)) == package.UNUSUAL.en


def test_comment_on_a_huge_range_is_refused() -> None:
    xml = b'<comments><authors/><commentList><comment ref="A1:XFD1048576"/></commentList></comments>'
    assert refused(rezipped(book(), {"xl/comments9.xml": xml})) == package.UNUSUAL.en


def test_one_part_read_for_very_many_references_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_ELEMENTS", 2_000)
    xml = parts(book())["xl/workbook.xml"]
    again = b"".join(
        b'<sheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" name="s%d" sheetId="%d" r:id="rId1"/>'
        % (number, number)
        for number in range(10, 400)
    )
    assert refused(rezipped(book(), {"xl/workbook.xml": xml.replace(b"</sheets>", again + b"</sheets>")}))


def test_workbooks_that_are_too_large_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_ELEMENTS", 50)
    assert refused(book()) == package.TOO_LARGE.en
    monkeypatch.setattr(package, "MOST_BYTES", 1_000)
    assert refused(book()) == package.TOO_LARGE.en


def test_long_names_are_refused() -> None:
    name = "<definedName name='_xlnm.Print_Area' localSheetId='0'>" + "'" * 5000 + "</definedName>"
    names = f"<definedNames>{name}</definedNames>"
    xml = parts(book())["xl/workbook.xml"].replace(b"</sheets>", b"</sheets>" + names.encode())
    assert refused(rezipped(book(), {"xl/workbook.xml": xml})) == package.UNUSUAL.en


def test_comments_are_as_many_as_excel_can_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipstrong.reports.marked.workbook.MOST_COMMENTS", 2)
    made = opened(mark(book(), finding(), finding(cell="D5"), finding(cell="E5")))
    sheet = made["全市"]
    assert [bool(sheet[cell].comment) for cell in ("C5", "D5", "E5")] == [True, True, False]
    assert sheet["E5"].fill.fgColor.rgb == ERROR
    assert made.worksheets[0]["A3"].value.startswith("Only the first 2 cells carry a comment.")


def test_text_that_looks_like_a_formula_stays_text() -> None:
    texts = b'<c r="A9" t="inlineStr"><is><t>=1+1</t></is></c><c r="B9" t="str"><v>=1+1</v></c>'
    name = "xl/worksheets/sheet1.xml"
    xml = parts(book())[name].replace(b"</sheetData>", b'<row r="9">' + texts + b"</row></sheetData>")
    marked = mark(rezipped(book(), {name: xml}), finding(cell="A9"))
    assert b"<f>" not in b"".join(data for part, data in parts(marked.content).items() if "worksheets/" in part)
    assert opened(marked)["全市"]["A9"].data_type == "s"


def damaged(original: bytes, random: Random) -> bytes:
    """Return the workbook with bytes of the archive changed, or bytes of one part changed, cut or repeated."""
    if random.random() < 0.4:
        data = bytearray(original)
        for _ in range(random.randint(1, 6)):
            data[random.randrange(len(data))] = random.randrange(256)
        return bytes(data)
    held = parts(original)
    name = random.choice([part for part in held if part.endswith((".xml", ".rels", ".vml"))])
    data = bytearray(held[name])
    for _ in range(random.randint(1, 4)):
        start = random.randrange(len(data))
        end = start + random.randint(1, 30)
        match random.randrange(3):
            case 0:
                data[start] = random.choice(b"<>\"'=/ 0A&")
            case 1 if len(data) > 60:
                del data[start:end]
            case _:
                data[start:start] = data[start:end]
    return rezipped(original, {name: bytes(data)})


def test_damaged_workbooks_are_marked_or_refused_and_never_anything_else() -> None:
    random = Random(20210501)  # a fixed seed: 400 damaged files, the same in every run
    outcomes = {"marked": 0, "refused": 0}
    for original in (book(), rich_book()):
        for _ in range(200):
            try:
                mark(damaged(original, random), finding(), finding(location=at("H9", sheet="数据")))
                outcomes["marked"] += 1
            except UnmarkableError:
                outcomes["refused"] += 1
    assert min(outcomes.values()) > 30


def test_hostile_text_becomes_text() -> None:
    hostile = finding(HOSTILE, related=(at("C5"),))
    marked = mark(book(), hostile, finding("=1+1"), finding("_x0041_]]>", "D5"))
    made = opened(marked)
    front = made.worksheets[0]
    for row in front.iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "inlineStr", "n")
            assert cell.value is None or not str(cell.value).startswith("=")
    xml = parts(marked.content)
    sheets = b"".join(data for part, data in xml.items() if "worksheets/" in part)
    assert b"<f>" not in sheets
    assert b"_x005F_x0041_" in sheets
    assert not [part for part, data in xml.items() if b"\x1b" in data]


def test_long_comments_are_cut_to_what_excel_holds() -> None:
    marked = mark(book(), finding("x" * 50_000))
    assert len(opened(marked)["全市"]["C5"].comment.text) <= 32_767


# --- Pieces -------------------------------------------------------------------------------------------------------


def test_cells_of_an_address() -> None:
    assert list(cells_of("B2:C3", 100)) == [(2, 2), (2, 3), (3, 2), (3, 3)]
    assert list(cells_of("B2:C3", 3)) == [(2, 2), (2, 3), (3, 2)]
    assert list(cells_of("$B$2", 9)) == [(2, 2)]
    assert list(cells_of("nowhere", 9)) == []


def test_findings_without_a_path_are_all_of_this_workbook() -> None:
    anywhere = Finding(NOT_A_NUMBER, Location("b.xlsx", "全市", "C5"), {"raw": "x"})
    marked = mark_workbook(book(), [anywhere], "en")
    assert opened(marked)["全市"]["C5"].comment is not None


# --- Real files ---------------------------------------------------------------------------------------------------


def values_of(content: bytes) -> dict[str, dict[tuple[int, int], object]]:
    """Return every filled cell of every sheet, read by another reader than ours."""
    book = python_calamine.load_workbook(io.BytesIO(content))
    found: dict[str, dict[tuple[int, int], object]] = {}
    for name in book.sheet_names:
        try:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except (python_calamine.WorksheetNotFound, python_calamine.XmlError):
            continue  # chart sheets
        found[name] = {(r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value != ""}
    return found


def shown(value: object) -> str:
    """Return a value as a copy keeps it: 16 digits; blanks at the ends, which one program marks and another does not."""
    return f"{value:.16g}" if isinstance(value, float) else str(value).strip()


def test_real_workbooks_keep_every_value_and_formula(shared: Path) -> None:
    seen = 0
    for path in sorted((shared / "corpus").rglob("*.xls[xm]")):
        original = path.read_bytes()
        try:
            before = values_of(original)
            found = [finding(location=at(cell, sheet=sheet)) for sheet in before for cell in ("B2", "D5:E6", "ZZ3")]
            marked = mark(original, *found)
        except Exception:  # noqa: BLE001 - a file that the other reader cannot read or that is not marked
            continue
        after, made = values_of(marked.content), opened(marked)
        source = opened(MarkedWorkbook(original, "", ()))
        for sheet, values in before.items():
            for (row, column), value in values.items():
                cell, copied = source[sheet].cell(row, column), made[sheet].cell(row, column)
                if cell.data_type == "f":
                    assert str(getattr(cell.value, "text", cell.value)) == str(
                        getattr(copied.value, "text", copied.value)
                    )
                elif not isinstance(cell, MergedCell):
                    kept = after[sheet].get((row, column))
                    assert shown(kept) == shown(value), (path.name, sheet, row, column)
        seen += 1
    assert seen >= 15
