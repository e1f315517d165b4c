"""Compound files and bare BIFF streams: xls by xlrd, encrypted packages by msoffcrypto.

Not by calamine, which reads the texts of BIFF8 by the CODEPAGE record, which some writers set to a western code page, and
which ends the process where a damaged record places a cell far away (see `docs/decisions/0016-what-native-readers-are-given.md`).
"""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import data as codes
from ipstrong.readers.findings import flaw_findings, hidden_findings
from ipstrong.readers.grid import CellFlaw, CellNote, CellValue, GridExtras
from ipstrong.readers.grids import SheetGrid
from ipstrong.readers.open_file import Opened, read_content
from ipstrong.readers.options import ReadOptions
from ipstrong.readers.refusal import Excess, Refusal, damaged, not_a_table, too_large
from ipstrong.readers.sheet_choice import choose_sheets
from ipstrong.readers.sheet_scan import format_matters
from ipstrong.texts import Text
from ipstrong.values.number_formats import ShownAs, read_number_format

if TYPE_CHECKING:
    import xlrd

_DEFAULT_PASSWORD = "VelvetSweatshop"  # noqa: S105 - Excel's own, known to everybody
_NUMBER, _DATE, _BOOLEAN, _ERROR = 2, 3, 4, 5
"""Cell types of xlrd."""


def read_compound(path: str, data: bytes, options: ReadOptions) -> Opened:
    """Return what a compound file or a bare BIFF stream holds.

    Raises:
        Refusal: when it is encrypted, damaged, beyond the limits, or no workbook.
    """
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _read_encrypted(path, data, options)
    is_stream = not data.startswith(b"\xd0\xcf")
    if not is_stream and not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book", "WORKBOOK", "BOOK")):
        raise not_a_table(path, _compound_kind(data))
    import xlrd
    from xlrd.compdoc import CompDocError

    try:
        return _read_xls(path, data, options)
    except CompDocError as error:
        return _read_in_spite(path, data, options, error)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            return _read_encrypted(path, data, options)
        raise _unread(path, error) from error
    except Refusal:
        raise
    except Exception as error:
        raise _unread(path, error) from error


def _read_in_spite(path: str, data: bytes, options: ReadOptions, error: Exception) -> Opened:
    """Read a compound file whose sectors are not linked as they should be, as those of some exporters are not."""
    try:
        return _read_xls(path, data, options, is_damaged=True)
    except Refusal:
        raise
    except Exception:  # noqa: BLE001 - likewise
        raise _unread(path, error) from error


def _unread(path: str, error: Exception) -> Refusal:
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return damaged(path, Text(reason, reason))


def _compound_kind(data: bytes) -> Text:
    if "WordDocument".encode("utf-16-le") in data:
        return Text("Word 文档", "a Word document")
    if "PowerPoint Document".encode("utf-16-le") in data:
        return Text("演示文稿", "a presentation")
    return Text("旧格式的 Office 文档", "an old Office document without a workbook")


# --- Encrypted files --------------------------------------------------------------------------------------------------


def _read_encrypted(path: str, data: bytes, options: ReadOptions) -> Opened:
    """Open a file that carries Excel's default password; anything else needs a person."""
    content = decrypted(data)
    if content is None:
        raise Refusal(Finding(codes.FILE_ENCRYPTED, Location(path)))
    result = read_content(path, content, options)
    result.findings.insert(0, Finding(codes.DEFAULT_PASSWORD, Location(path)))
    return result


def decrypted(data: bytes) -> bytes | None:
    """Return what Excel's own default password opens; None where it takes another one."""
    import msoffcrypto

    opened = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        verify = {"verify_password": True} if office.format == "ooxml" else {}
        office.load_key(password=_DEFAULT_PASSWORD, **verify)
        office.decrypt(opened)
    except Exception:  # noqa: BLE001 - whatever a foreign encryption makes the library stumble over
        return None
    content = opened.getvalue()
    return content if content and content != data else None


# --- xls --------------------------------------------------------------------------------------------------------------


def _read_xls(path: str, data: bytes, options: ReadOptions, *, is_damaged: bool = False) -> Opened:
    import xlrd

    def opened(*, formatting: bool) -> xlrd.Book:
        return xlrd.open_workbook(
            file_contents=data,
            formatting_info=formatting,
            on_demand=True,
            logfile=io.StringIO(),
            ragged_rows=False,
            ignore_workbook_corruption=is_damaged,
        )

    findings: list[Finding] = []
    try:
        book = opened(formatting=not is_damaged)
        sheets = [book.sheet_by_index(index) for index in range(book.nsheets)]
    except xlrd.XLRDError:
        raise
    except Exception:  # noqa: BLE001 - broken style records; the values may still be whole
        book = opened(formatting=False)
        sheets = [book.sheet_by_index(index) for index in range(book.nsheets)]
    if not book.formatting_info:
        findings.append(Finding(codes.FORMATS_UNREAD, Location(path)))
    names = [str(name) for name in book.sheet_names()]
    hidden = [sheet.visibility != 0 for sheet in sheets]
    chosen = choose_sheets(path, names, hidden, [None] * len(names), options)
    findings += chosen.findings
    grids: list[SheetGrid] = []
    for index in chosen.indices:
        grid = _xls_grid(path, names[index], book, sheets[index], options)
        grids.append(grid)
        findings += [*flaw_findings(grid), *hidden_findings(grid)]
    if _has_macros(data):
        findings.append(Finding(codes.MACROS, Location(path)))
    return Opened("xls", list(grids), findings, tuple(chosen.skipped))


def _has_macros(data: bytes) -> bool:
    return "_VBA_PROJECT".encode("utf-16-le") in data


def _xls_grid(path: str, name: str, book: xlrd.Book, sheet: xlrd.sheet.Sheet, options: ReadOptions) -> SheetGrid:
    limit = options.limits.max_cells
    if sheet.nrows * sheet.ncols > limit:
        excess = Excess(Text("工作表的格数", "cells of the sheet"), sheet.nrows * sheet.ncols, limit, "--max-cells")
        raise too_large(path, excess, name)
    notes: dict[tuple[int, int], CellNote] = {}
    formats = _formats(book) if book.formatting_info else {}
    values = []
    for row in range(sheet.nrows):
        kinds, line = sheet.row_types(row), sheet.row_values(row)
        if any(kind in {_DATE, _BOOLEAN, _ERROR} for kind in kinds):
            for column, kind in enumerate(kinds):
                line[column] = _value(book, kind, line[column], (row, column), notes)
        values.append(line)
        if formats:
            _note_formats(sheet, row, formats, notes)
    return SheetGrid(path, name, values, extras=_extras(sheet, notes))


def _value(
    book: xlrd.Book, kind: int, value: object, cell: tuple[int, int], notes: dict[tuple[int, int], CellNote]
) -> CellValue:
    import xlrd

    if kind == _ERROR:
        notes[cell] = CellNote(CellFlaw.ERROR, str(xlrd.error_text_from_code.get(value, "#?")))
        return None
    if kind == _BOOLEAN:
        return bool(value)
    if kind == _DATE and isinstance(value, float):
        if value < 0:  # before every calendar of a spreadsheet
            return value
        try:
            moment: dt.datetime = xlrd.xldate.xldate_as_datetime(value, book.datemode)
        except (ValueError, OverflowError, xlrd.xldate.XLDateError):
            return value
        return moment.time() if 0 < value < 1 else moment
    return value if isinstance(value, str | float) else None


def _formats(book: xlrd.Book) -> dict[int, tuple[str, ShownAs]]:
    """Return the number formats that print numbers, by the style index that cells carry."""
    telling = {}
    for index, style in enumerate(book.xf_list or ()):
        described = book.format_map.get(style.format_key)
        shown = read_number_format(described.format_str) if described is not None else None
        if described is not None and shown is not None:
            telling[index] = (described.format_str, shown)
    return telling


def _note_formats(
    sheet: xlrd.sheet.Sheet, row: int, formats: dict[int, tuple[str, ShownAs]], notes: dict[tuple[int, int], CellNote]
) -> None:
    kinds, values = sheet.row_types(row), sheet.row_values(row)
    for column, kind in enumerate(kinds):
        if kind == _NUMBER:
            known = formats.get(sheet.cell_xf_index(row, column))
            if known is not None and format_matters(values[column], known[1]):
                notes[row, column] = CellNote(number_format=known[0])


def _extras(sheet: xlrd.sheet.Sheet, notes: dict[tuple[int, int], CellNote]) -> GridExtras:
    merged = tuple((top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells)
    rows = frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden)
    columns = frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden)
    return GridExtras(merged, rows, columns, notes)
