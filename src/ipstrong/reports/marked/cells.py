"""A marked copy of a file that is no xlsx workbook: the cells as they were read, at their own rows and columns.

An old `.xls`, an `.xlsb`, an `.ods` or a CSV file cannot be edited in place. The submitter gets a new workbook with the
same cells at the same addresses; formats, formulas and charts are not in it, and a note says so.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from ipstrong.diagnostics import Finding, IpstrongError, Location, a1, sorted_findings
from ipstrong.diagnostics.codes import run as codes
from ipstrong.reports.marked.mark import MarkedWorkbook, mark_workbook
from ipstrong.texts import Lang

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CellValue = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT = 1_048_576, 16_384, 32_767
"""What an xlsx sheet can hold."""
_ILLEGAL = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
_EXACT_INTEGERS = 10**15


@dataclass(frozen=True, slots=True)
class SheetCells:
    """A sheet or text table as it was read."""

    name: str | None
    """Sheet name; None for a text table."""
    rows: Sequence[Sequence[CellValue]]
    """From the file's first row and column on."""
    lines: Sequence[int] | None = None
    """The 1-based line at which each row begins, for a text table whose fields hold line ends."""


def mark_cells(sheets: Sequence[SheetCells], findings: Iterable[Finding], lang: Lang, *, path: str) -> MarkedWorkbook:
    """Return a new xlsx workbook with the cells as read, marked like `mark_workbook` does.

    Raises:
        IpstrongError: a sheet has more rows or columns than a workbook can hold.
    """
    for sheet in sheets:
        if len(sheet.rows) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in sheet.rows):
            reason = f"more than {MOST_ROWS:,} rows or {MOST_COLUMNS:,} columns"
            raise IpstrongError([Finding(codes.CANNOT_MARK, Location(path, sheet.name), {"reason": reason})])
    names = _names(sheets, path)
    own = [_moved(finding, sheets, names) for finding in findings if finding.location.path == path]
    marked = mark_workbook(_plain_workbook(sheets, names), own, lang, path=path)
    said = Finding(codes.MARKED_AS_READ, Location(path))
    return replace(marked, findings=sorted_findings((*marked.findings, said)))


def _names(sheets: Sequence[SheetCells], path: str) -> dict[str | None, str]:
    """Return the name each sheet gets: its own where Excel allows it, the file's for a text table."""
    names: dict[str | None, str] = {}
    taken: set[str] = set()
    for sheet in sheets:
        wanted = sheet.name if sheet.name is not None else PurePath(path.replace("\\", "/")).stem
        base = wanted.translate(_ILLEGAL).strip("'")[:31] or "Sheet"
        number = 2
        name = base
        while name.lower() in taken:
            name = f"{base[:26]} ({number})"
            number += 1
        taken.add(name.lower())
        names[sheet.name] = name
    return names


def _moved(finding: Finding, sheets: Sequence[SheetCells], names: Mapping[str | None, str]) -> Finding:
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
        cell = a1(_row_of(place.line, table.lines), (place.column or 1) - 1)
        return Location(path, names[None], cell)

    params = dict(finding.params)
    parts = params.get("parts")
    if isinstance(parts, tuple):
        params["parts"] = tuple(moved(part) if isinstance(part, Location) else part for part in parts)
    related = tuple(moved(place) for place in finding.related)
    return replace(finding, location=moved(finding.location), params=params, related=related)


def _row_of(line: int, lines: Sequence[int] | None) -> int:
    """Return the 0-based row that begins at a line or holds it."""
    if lines is None:
        return line - 1
    return max((row for row, first in enumerate(lines) if first <= line), default=0)


def _plain_workbook(sheets: Sequence[SheetCells], names: Mapping[str | None, str]) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties({"created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001 - fixed, so that bytes are reproducible
    formats = {
        dt.datetime: workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        dt.date: workbook.add_format({"num_format": "yyyy-mm-dd"}),
        dt.time: workbook.add_format({"num_format": "hh:mm:ss"}),
        dt.timedelta: workbook.add_format({"num_format": "[h]:mm:ss"}),
    }
    for sheet in sheets:
        worksheet = workbook.add_worksheet(names[sheet.name])
        for row, values in enumerate(sheet.rows):
            for column, value in enumerate(values):
                _write(worksheet, row, column, value, formats)
    if not sheets:
        workbook.add_worksheet()
    workbook.close()
    return buffer.getvalue()


def _write(worksheet: Worksheet, row: int, column: int, value: CellValue, formats: Mapping[type, Format]) -> None:
    match value:
        case None | "":
            return
        case bool():
            worksheet.write_boolean(row, column, value)
        case int() | float():
            if value != value or value in (float("inf"), float("-inf")) or abs(value) >= _EXACT_INTEGERS:  # noqa: PLR0124 - NaN
                worksheet.write_string(row, column, str(value))
            else:
                worksheet.write_number(row, column, value)
        case str():
            worksheet.write_string(row, column, value[:LONGEST_TEXT])
        case dt.datetime() | dt.date() | dt.time() | dt.timedelta():
            _write_moment(worksheet, row, column, value, formats)


def _write_moment(
    worksheet: Worksheet,
    row: int,
    column: int,
    value: dt.datetime | dt.date | dt.time | dt.timedelta,
    formats: Mapping[type, Format],
) -> None:
    first_day = dt.date(1900, 1, 1)
    if isinstance(value, dt.date) and (value.date() if isinstance(value, dt.datetime) else value) < first_day:
        worksheet.write_string(row, column, value.isoformat())
    else:
        worksheet.write_datetime(row, column, value, formats[type(value)])
