"""The front sheet of a marked copy: every finding with a link to its cell. All of it is text, never a formula."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from ipstrong.diagnostics import Finding, Location, Severity
from ipstrong.reports.marked.marks import FILLS, xml_text
from ipstrong.reports.sanitize import inert
from ipstrong.reports.xlsx.cells import n_lines, quoted
from ipstrong.reports.xlsx.styles import FONTS, HEAD_FILL, INK, RULE
from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

SHEET_NAME = Text("校验问题", "Findings")
MARKER = "ipstrong validate"
"""Begins the first cell of the front sheet, so that an earlier front sheet is recognised and not read as data."""
TITLE = Text("本工作簿的校验问题", "findings in this workbook and how to fix them")
COUNTS = Text(
    "错误 {errors} 个，警告 {warnings} 个，提示 {notes} 个。点“位置”跳到单元格；有问题的单元格已着色并附批注。",
    "{errors} errors, {warnings} warnings, {notes} notes. Click a place to go to its cell; cells with findings are "
    "coloured and carry a comment.",
)
FEWER_COMMENTS = Text("批注只附在前 {n} 个单元格。", "Only the first {n} cells carry a comment.")
MORE_PLACES = Text("另 {n} 处", "{n} more")
CUT = Text("另有 {n} 个问题未列出", "{n} more findings are not listed here")
HEADS = (
    Text("序号", "No."),
    Text("级别", "Severity"),
    Text("位置", "Place"),
    Text("编号", "Code"),
    Text("问题", "Problem"),
    Text("改法", "Fix"),
    Text("另见", "See also"),
)
WIDTHS = (6, 9, 22, 10, 60, 54, 20)
HEAD_ROW = 4
LINE_HEIGHT = 14
MOST_RELATED = 8
MOST_ROWS = 60_000
"""Findings listed; Excel accepts 65,530 links on a sheet."""


def write_front_sheet(
    sheet: Worksheet, findings: Sequence[Finding], sheets: Collection[str], note: str, lang: Lang
) -> None:
    """Write the list of findings into an empty sheet, of a workbook in memory or of one that is streamed.

    Args:
        sheet: Where to write.
        findings: All findings of this workbook, by place.
        sheets: Names of the workbook's sheets: a place on one of them becomes a link.
        note: What the copy does not keep.
        lang: Language of the sheet.
    """
    from openpyxl.worksheet.cell_range import CellRange
    from openpyxl.worksheet.hyperlink import Hyperlink
    from openpyxl.worksheet.properties import PageSetupProperties, WorksheetProperties

    last = HEAD_ROW + min(len(findings), MOST_ROWS)
    for column, width in zip("ABCDEFG", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.sheet_properties = WorksheetProperties(tabColor="FFC00000", pageSetUpPr=PageSetupProperties(fitToPage=True))
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    sheet.merged_cells.add(CellRange("A3:G3"))
    sheet.auto_filter.ref = f"A{HEAD_ROW}:G{last}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    styles, n_rows = _styles(lang), count(1)

    def add(texts: Sequence[tuple[str, str]], height: float | None = None, link: str | None = None) -> None:
        row = next(n_rows)
        if height is not None:
            sheet.row_dimensions[row].height = height
        cells = [
            text_cell(sheet, row, column, "\n".join(inert(line) for line in text.split("\n")), styles[style])
            for column, (text, style) in enumerate(texts, start=1)
        ]
        if link is not None:
            cells[2].hyperlink = Hyperlink(ref=cells[2].coordinate, location=link)
        sheet.append(cells)

    n_of = Counter(finding.severity for finding in findings)
    counts = COUNTS.format(errors=n_of[Severity.ERROR], warnings=n_of[Severity.WARNING], notes=n_of[Severity.NOTE])
    add([(f"{MARKER}: {TITLE.get(lang)}", "title")], 26)
    add([(counts.get(lang), "plain")], 18)
    add([(note, "lead")], LINE_HEIGHT * n_lines(note, sum(WIDTHS)) + 4)
    add([(head.get(lang), "head") for head in HEADS], 20)
    for number, finding in enumerate(findings[:MOST_ROWS], start=1):
        place = finding.location
        related = [_inside(other, place) for other in finding.related[:MOST_RELATED]]
        if len(finding.related) > MOST_RELATED:
            related.append(MORE_PLACES.format(n=len(finding.related) - MOST_RELATED).get(lang))
        texts = [
            (str(number), "text"),
            (finding.severity.text.get(lang), finding.severity.name),
            (_inside(place, place), "link" if place.sheet else "text"),
            *(
                (text, "text")
                for text in (finding.code.id, finding.message(lang), finding.hint(lang), "\n".join(related))
            ),
        ]
        link = (
            f"{quoted(place.sheet)}!{place.cell or 'A1'}" if place.sheet is not None and place.sheet in sheets else None
        )
        lines = max(n_lines(text, width) for (text, _), width in zip(texts, WIDTHS, strict=True))
        add(texts, LINE_HEIGHT * lines + 3, link)
    if len(findings) > MOST_ROWS:
        add([(CUT.format(n=len(findings) - MOST_ROWS).get(lang), "plain")])


Style = dict[str, Any]
"""Values of a cell's style properties."""


def _styles(lang: Lang) -> dict[str, Style]:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    def font(**more: str | int) -> Font:
        values: Style = {"name": FONTS[lang], "size": 10, "color": _argb(INK), **more}
        return Font(**values)

    side = Side("thin", _argb(RULE))
    middle, wrapped = Alignment(vertical="center"), Alignment(vertical="top", wrap_text=True)
    boxed: Style = {"border": Border(side, side, side, side), "alignment": wrapped}
    text: Style = {**boxed, "font": font()}
    return {
        "title": {"font": font(size=14, bold=True), "alignment": middle},
        "plain": {"font": font(), "alignment": middle},
        "lead": {"font": font(), "alignment": wrapped},
        "head": {
            **boxed,
            "font": font(bold=True, color="FFFFFFFF"),
            "fill": PatternFill("solid", fgColor=_argb(HEAD_FILL)),
            "alignment": Alignment(vertical="center", wrap_text=True),
        },
        "text": text,
        "link": {**boxed, "font": font(color="FF0B5394", underline="single")},
        **{each.name: {**text, "fill": PatternFill("solid", fgColor=fill)} for each, fill in FILLS.items()},
    }


def text_cell(sheet: Worksheet, row: int, column: int, text: str, style: Style | None = None) -> Cell:
    """Return a cell that holds text, whatever it begins with."""
    from openpyxl.cell import Cell

    cell = Cell(sheet, row=row, column=column, value=xml_text(text))
    if text:
        cell.data_type = "s"
    for name, value in (style or {}).items():
        setattr(cell, name, value)
    return cell


def _inside(place: Location, here: Location) -> str:
    if place.sheet is None:
        return str(place)
    inside = f"{place.sheet}!{place.cell}" if place.cell else place.sheet
    return inside if place.path == here.path else str(place)


def _argb(colour: str) -> str:
    return f"FF{colour.removeprefix('#')}"
