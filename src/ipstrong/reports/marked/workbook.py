"""A copy of a workbook with the offending cells coloured and commented, and a front sheet that lists them all.

openpyxl reads the workbook and writes it again, so the copy holds what openpyxl knows of; the front sheet says what that
is not. `package` keeps away what openpyxl cannot bear.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipstrong.diagnostics import Finding, Location, sorted_findings
from ipstrong.diagnostics.codes import run as codes
from ipstrong.reports.marked.front import FEWER_COMMENTS, MARKER, SHEET_NAME, write_front_sheet
from ipstrong.reports.marked.marks import MOST_COMMENTS, colour, comment_of, marks_of
from ipstrong.reports.marked.package import UNUSUAL, UnmarkableError, check_package
from ipstrong.reports.xlsx.cells import sheet_name
from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

NOT_KEPT = Text(
    "本副本只供查看问题，请在原文件中改正。副本不保留：公式的已存结果（用 Excel 打开会重新计算）、合并单元格下面隐藏的内容、图片、"
    "形状和文本框、表单控件、迷你图、切片器、会话批注（变为普通批注）、批注框大小、引用其他工作表的下拉列表和数据条等新版条件格式、"
    "数字签名；图表按简化样式重画，数字保留 16 位有效数字。",
    "This copy shows the findings; correct the original. The copy does not keep: saved results of formulas (Excel computes "
    "them again), contents hidden under merged cells, pictures, shapes and text boxes, form controls, sparklines, slicers, "
    "threaded conversations (they become plain comments), the size of comment boxes, drop-down lists that refer to another "
    "sheet, data bars and other newer conditional formats, digital signatures. Charts are redrawn in a simpler form; numbers "
    "keep 16 significant digits.",
)
_SUFFIXES = {
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": ".xlsm",
    "application/vnd.ms-excel.template.macroEnabled.main+xml": ".xltm",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": ".xltx",
}


@dataclass(frozen=True, slots=True)
class MarkedWorkbook:
    """The copy, and what there is to report about it."""

    content: bytes
    suffix: str
    """What the file must be named with: Excel refuses a workbook with macros that is named `.xlsx`."""
    findings: tuple[Finding, ...]
    """What the copy could not keep or show."""


def mark_workbook(
    original: bytes, findings: Iterable[Finding], lang: Lang, *, path: str | None = None
) -> MarkedWorkbook:
    """Return a marked copy of an xlsx or xlsm workbook.

    Args:
        original: The bytes of the workbook; decrypted, if it was encrypted.
        findings: What is wrong. Those at a cell mark it; all are listed on the front sheet.
        lang: Language of comments and front sheet.
        path: The file as the findings name it: findings elsewhere are left out. None: all findings are of this file.

    Raises:
        UnmarkableError: openpyxl cannot or should not open it; `mark_cells` can mark what was read of it.
    """
    from openpyxl import load_workbook

    own = sorted_findings(finding for finding in findings if path is None or finding.location.path == path)
    parts = check_package(original)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it does not keep; the front sheet says it
        has_macros = any(part.endswith("vbaProject.bin") for part in parts)
        try:
            book = load_workbook(io.BytesIO(original), keep_vba=has_macros, rich_text=True)
        except Exception as error:  # openpyxl raises whatever its code meets in a file that it does not understand
            raise UnmarkableError(UNUSUAL) from error
        _mark(book, own, lang)
        buffer = io.BytesIO()
        try:
            book.save(buffer)
        except Exception as error:  # what openpyxl read but cannot write
            raise UnmarkableError(UNUSUAL) from error
    found = []
    if any(part.startswith("_xmlsignatures/") for part in parts):
        name = path if path is not None else next((finding.location.path for finding in own), "")
        found.append(Finding(codes.SIGNATURE_BROKEN, Location(name)))
    return MarkedWorkbook(buffer.getvalue(), _SUFFIXES.get(book.mime_type, ".xlsx"), tuple(found))


def _mark(book: Workbook, findings: tuple[Finding, ...], lang: Lang) -> None:
    first = book.worksheets[0] if book.worksheets else None
    if first is not None and str(first["A1"].value).startswith(MARKER):  # of an earlier marking
        book.remove(first)
    n_comments = 0
    for sheet in book.worksheets:
        merges = {cell: (merge.min_row, merge.min_col) for merge in sheet.merged_cells.ranges for cell in merge.cells}
        for address, mark in sorted(marks_of(findings, sheet.title, lang, merges).items()):
            cell: Any = sheet.cell(*address)
            if cell.value is None and not cell.has_style:
                _copy_style(sheet, cell)
            colour(cell, mark.severity)
            if mark.texts:
                n_comments += 1
                if n_comments <= MOST_COMMENTS:
                    cell.comment = comment_of(mark, cell.comment)
    names = book.sheetnames
    front = book.create_sheet(sheet_name(SHEET_NAME.get(lang), {name.lower() for name in names}), 0)
    note = NOT_KEPT.get(lang)
    if n_comments > MOST_COMMENTS:
        note = f"{FEWER_COMMENTS.format(n=MOST_COMMENTS).get(lang)} {note}"
    write_front_sheet(front, findings, names, note, lang)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is front
    for view in (view for chart in book.chartsheets for view in chart.sheetViews.sheetView):
        view.tabSelected = False
    book.active = 0


def _copy_style(sheet: Worksheet, cell: Cell) -> None:
    """Give a new cell the style that its row or column has."""
    dimensions: Any = (sheet.row_dimensions.get(cell.row), sheet.column_dimensions.get(cell.column_letter))
    for own in dimensions:
        if own is not None and own.has_style:
            for name in ("font", "fill", "border", "alignment", "number_format", "protection"):
                setattr(cell, name, copy(getattr(own, name)))
            return
