"""The front sheet of a marked workbook: every finding with a link to its cell. All of it is text, never a formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from ipstrong.diagnostics import Finding, Location, Severity
from ipstrong.reports.inert import inert
from ipstrong.reports.marked.styles import FILLS, StyleBook
from ipstrong.reports.marked.xml_edit import text_xml
from ipstrong.reports.xlsx.cells import n_lines
from ipstrong.texts import Lang, Text

SHEET_NAME = Text("校验问题", "Findings")
MARKER = "ipstrong validate"
"""Begins the first cell of the front sheet: by it an earlier front sheet is known, and no reader takes it for data."""
TITLE = Text("本工作簿的校验问题", "what is wrong in this workbook, and how to mend it")
COUNTS = Text(
    "错误 {errors} 个，警告 {warnings} 个，提示 {notes} 个。点“位置”跳到单元格；单元格已着色并附批注，其余内容未改动。",
    "{errors} errors, {warnings} warnings, {notes} notes. Click a place to go to its cell; marked cells are coloured and "
    "carry a comment, everything else is as it was.",
)
MORE_PLACES = Text("另 {n} 处", "{n} more")
CUT = Text("另有 {n} 个问题未列出", "{n} more findings are left out here")
HEADS = (
    Text("序号", "No."),
    Text("级别", "Severity"),
    Text("位置", "Place"),
    Text("编号", "Code"),
    Text("问题", "Problem"),
    Text("改法", "Cure"),
    Text("另见", "See also"),
)
WIDTHS = (6, 9, 22, 10, 60, 54, 20)
LINE_HEIGHT = 14
MOST_RELATED = 8
MOST_ROWS = 60_000
"""Findings listed; Excel takes 65,530 links on a sheet."""
FONT = {"zh": "Microsoft YaHei", "en": "Arial"}


class _Formats(NamedTuple):
    title: int
    lead: int
    head: int
    text: int
    link: int
    severity: dict[Severity, int]


def front_sheet(
    findings: Sequence[Finding], sheets: Sequence[str], styles: StyleBook, lang: Lang, namespace: str
) -> bytes:
    """Return the worksheet part.

    Args:
        findings: All findings of this workbook, by place.
        sheets: Names of the workbook's sheets: a place on one of them becomes a link.
        styles: The stylesheet of the workbook, which gets the formats of this sheet.
        lang: Language of the sheet.
        namespace: Of the main schema, as the workbook has it.
    """
    formats = _formats(styles, lang)
    shown = findings[:MOST_ROWS]
    n_of = {severity: sum(1 for finding in findings if finding.severity is severity) for severity in Severity}
    counts = COUNTS.get(lang).format(
        errors=n_of[Severity.ERROR], warnings=n_of[Severity.WARNING], notes=n_of[Severity.NOTE]
    )
    rows = [
        _row(1, [(f"{MARKER}: {TITLE.get(lang)}", formats.title)], height=26),
        _row(2, [(counts, formats.lead)], height=18),
        _row(4, [(head.get(lang), formats.head) for head in HEADS], height=20),
    ]
    links = []
    for number, finding in enumerate(shown, start=1):
        row = number + 4
        rows.append(_finding_row(row, number, finding, formats, lang))
        if finding.location.sheet in sheets:
            links.append(_link(f"C{row}", finding.location))
    if len(findings) > len(shown):
        rows.append(_row(len(shown) + 5, [(CUT.get(lang).format(n=len(findings) - len(shown)), formats.lead)]))
    return _worksheet(rows, links, len(shown) + 4, namespace)


def _formats(styles: StyleBook, lang: Lang) -> _Formats:
    name = FONT[lang]
    plain = styles.font(f'<font><sz val="10"/><color rgb="FF1F2933"/><name val="{name}"/></font>')
    bold = styles.font(f'<font><b/><sz val="14"/><color rgb="FF1F2933"/><name val="{name}"/></font>')
    white = styles.font(f'<font><b/><sz val="10"/><color rgb="FFFFFFFF"/><name val="{name}"/></font>')
    blue = styles.font(f'<font><u/><sz val="10"/><color rgb="FF0B5394"/><name val="{name}"/></font>')
    side = 'style="thin"><color rgb="FFB8C0C8"/>'
    lined = styles.border(
        f"<border><left {side}</left><right {side}</right><top {side}</top><bottom {side}</bottom><diagonal/></border>"
    )
    top = 'vertical="top" wrapText="1"'
    return _Formats(
        title=styles.cell_format(bold, 0, 0, 'vertical="center"'),
        lead=styles.cell_format(plain, 0, 0, 'vertical="center"'),
        head=styles.cell_format(white, styles.fill("FF22405C"), lined, 'vertical="center" wrapText="1"'),
        text=styles.cell_format(plain, 0, lined, top),
        link=styles.cell_format(blue, 0, lined, top),
        severity={severity: styles.cell_format(plain, styles.fill(rgb), lined, top) for severity, rgb in FILLS.items()},
    )


def _finding_row(row: int, number: int, finding: Finding, formats: _Formats, lang: Lang) -> str:
    place = finding.location
    related = "\n".join(_inside(other, place) for other in finding.related[:MOST_RELATED])
    if len(finding.related) > MOST_RELATED:
        related += "\n" + MORE_PLACES.format(n=len(finding.related) - MOST_RELATED).get(lang)
    cells = [
        (str(number), formats.text),
        (finding.severity.text.get(lang), formats.severity[finding.severity]),
        (_inside(place, place), formats.link if place.sheet else formats.text),
        (finding.code.id, formats.text),
        (finding.message(lang), formats.text),
        (finding.hint(lang), formats.text),
        (related, formats.text),
    ]
    height = LINE_HEIGHT * max(n_lines(text, width) for (text, _), width in zip(cells, WIDTHS, strict=True)) + 3
    return _row(row, cells, height)


def _inside(place: Location, here: Location) -> str:
    if place.sheet is None:
        return str(place)
    inside = f"{place.sheet}!{place.cell}" if place.cell else place.sheet
    return inside if place.path == here.path else str(place)


def _row(row: int, cells: Sequence[tuple[str, int]], height: int | None = None) -> str:
    made = []
    for column, (text, style) in enumerate(cells):
        shown = "\n".join(inert(line) for line in text.split("\n"))
        made.append(
            f'<c r="{"ABCDEFG"[column]}{row}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text_xml(shown)}</t>'
            "</is></c>"
        )
    size = f' ht="{height}" customHeight="1"' if height else ""
    return f'<row r="{row}"{size}>{"".join(made)}</row>'


def _link(cell: str, place: Location) -> str:
    assert place.sheet is not None
    quoted = place.sheet.replace("'", "''")
    target = f"'{quoted}'!{place.cell or 'A1'}"
    return f"<hyperlink ref={quoteattr(cell)} location={quoteattr(target)} display={quoteattr(inert(target))}/>"


def _worksheet(rows: Sequence[str], links: Sequence[str], last_row: int, namespace: str) -> bytes:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(WIDTHS, start=1)
    )
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{namespace}"><sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        '<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A5" sqref="A5"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{"".join(rows)}</sheetData>'
        f'<autoFilter ref="A4:G{last_row}"/>{linked}'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode("utf-8", "backslashreplace")
