"""A marked copy of a file that openpyxl cannot open: the cells as they were read, at their own rows and columns.

An old `.xls`, an `.xlsb`, an `.ods` or a text file, a damaged workbook or one too large gets a new workbook with the
same cells at the same addresses; formats, formulas and charts are not in it, and a note says so.
"""

from __future__ import annotations

import datetime as dt
import io
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from ipstrong.diagnostics import Finding, IpstrongError, Location, a1, sorted_findings
from ipstrong.diagnostics.codes import run as codes
from ipstrong.reports.marked.front import SHEET_NAME, text_cell, write_front_sheet
from ipstrong.reports.marked.marks import MOST_COMMENTS, Address, Mark, colour, comment_of, marks_of, xml_text
from ipstrong.reports.marked.workbook import MarkedWorkbook
from ipstrong.reports.sanitize import inert
from ipstrong.reports.xlsx.cells import sheet_name
from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

CellValue = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT = 1_048_576, 16_384, 32_767
"""What an xlsx sheet can hold."""
OTHER_FORMAT = Text("这种文件不能原样标注", "files of this kind cannot be marked as they are")
_EXACT_INTEGERS = 10**15


@dataclass(frozen=True, slots=True)
class SheetValues:
    """A sheet or text table as it was read."""

    name: str | None
    """Sheet name; None for a text table."""
    rows: Sequence[Sequence[CellValue]]
    """From the file's first row and column on."""
    lines: Sequence[int] | None = None
    """The 1-based line at which each row begins, for a text table whose fields hold line ends."""


def mark_cells(
    sheets: Sequence[SheetValues], findings: Iterable[Finding], lang: Lang, *, path: str, reason: Text = OTHER_FORMAT
) -> MarkedWorkbook:
    """Return a new xlsx workbook with the cells as read, marked like `mark_workbook` does.

    Args:
        sheets: What was read.
        findings: What is wrong; those of other files are left out.
        lang: Language of comments and front sheet.
        path: The file as the findings name it.
        reason: Why the copy is not made from the file itself.

    Raises:
        IpstrongError: a sheet has more rows or columns than a workbook can hold.
    """
    from openpyxl import Workbook

    for sheet in sheets:
        if len(sheet.rows) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in sheet.rows):
            most = f"more than {MOST_ROWS:,} rows or {MOST_COLUMNS:,} columns"
            raise IpstrongError([Finding(codes.CANNOT_MARK, Location(path, sheet.name), {"reason": most})])
    names: dict[str | None, str] = {}
    for sheet in sheets:  # its own name where Excel allows it, the file's for a text table
        wanted = sheet.name if sheet.name is not None else PurePath(path.replace("\\", "/")).stem
        names[sheet.name] = sheet_name(wanted, {name.lower() for name in names.values()})
    own = sorted_findings(_moved(finding, sheets, names) for finding in findings if finding.location.path == path)
    reported = Finding(codes.MARKED_AS_READ, Location(path), {"reason": reason})
    book = Workbook(write_only=True)
    front = book.create_sheet(sheet_name(SHEET_NAME.get(lang), {name.lower() for name in names.values()}))
    note = f"{inert(reported.message(lang))}{'。' if lang == 'zh' else '.'}"
    write_front_sheet(front, own, set(names.values()), note, lang)
    n_comments = 0
    for sheet in sheets:
        name = names[sheet.name]
        n_comments = _write_sheet(book.create_sheet(name), sheet, marks_of(own, name, lang), n_comments)
    buffer = io.BytesIO()
    book.save(buffer)
    return MarkedWorkbook(buffer.getvalue(), ".xlsx", (reported,))


def _moved(finding: Finding, sheets: Sequence[SheetValues], names: Mapping[str | None, str]) -> Finding:
    """Return the finding, and all places it names, at the addresses of the new workbook."""
    table = next((sheet for sheet in sheets if sheet.name is None), None)
    path = finding.location.path

    def moved(place: Location) -> Location:
        if place.path != path:
            return place
        if place.sheet is not None:
            return replace(place, sheet=names.get(place.sheet, place.sheet))
        if table is None or place.line is None:
            return place
        row = place.line - 1 if table.lines is None else max(bisect_right(table.lines, place.line) - 1, 0)
        return Location(path, names[None], a1(row, (place.column or 1) - 1))

    params = dict(finding.params)
    if isinstance(parts := params.get("parts"), tuple):
        params["parts"] = tuple(moved(part) if isinstance(part, Location) else part for part in parts)
    related = tuple(map(moved, finding.related))
    return replace(finding, location=moved(finding.location), params=params, related=related)


def _write_sheet(made: Worksheet, sheet: SheetValues, marks: Mapping[Address, Mark], n_comments: int) -> int:
    """Append the rows, and rows that only marks need; return how many comments the workbook has now."""
    from openpyxl.cell import Cell

    marked_in: dict[int, list[int]] = {}
    for row, column in sorted(marks):
        if row <= MOST_ROWS and column <= MOST_COLUMNS:
            marked_in.setdefault(row, []).append(column)
    for row in range(1, max(len(sheet.rows), *marked_in, 0) + 1):
        values = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
        cells: list[CellValue | Cell] = [_written(made, value) for value in values]
        for column in marked_in.get(row, ()):
            cells += [None] * (column - len(cells))
            mark = marks[row, column]
            value = cells[column - 1]
            cell = value if isinstance(value, Cell) else Cell(made, row=row, column=column, value=value)
            colour(cell, mark.severity)
            if mark.texts and n_comments < MOST_COMMENTS:
                n_comments += 1
                cell.comment = comment_of(mark)
            cells[column - 1] = cell
        made.append(cells)
    return n_comments


def _written(sheet: Worksheet, value: CellValue) -> CellValue | Cell:
    """Return a value as the workbook can hold it: a text stays a text, a number that a cell cannot hold becomes one."""
    match value:
        case None | bool():
            return value
        case int() | float():
            return value if abs(value) < _EXACT_INTEGERS else str(value)  # a text for NaN too
        case str():
            return text_cell(sheet, 1, 1, value) if value[:1] in {"=", "#"} else xml_text(value, LONGEST_TEXT)
        case dt.date() if (value.year, value.month, value.day) < (1900, 1, 1):
            return value.isoformat()
        case _:
            return value
