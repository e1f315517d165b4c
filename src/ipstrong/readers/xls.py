"""Compound files and bare BIFF streams to grids: xls by xlrd, encrypted packages by msoffcrypto."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import data as codes
from ipstrong.readers.grid import CellFlaw, Opened
from ipstrong.readers.options import ReadOptions, Refusal, damaged, not_a_table
from ipstrong.readers.sheets import SheetCells, WorkbookContent, choose_sheets, is_number_format, moment
from ipstrong.texts import Text

if TYPE_CHECKING:
    import xlrd

_DEFAULT_PASSWORD = "VelvetSweatshop"  # noqa: S105 - Excel's own, known to everybody


def read_compound(path: str, data: bytes, options: ReadOptions) -> Opened | None:
    """Return what a compound file or a bare BIFF stream holds; None if it is encrypted.

    Raises:
        Refusal: when it is damaged, beyond the limits, or no workbook.
    """
    if "EncryptedPackage".encode("utf-16-le") in data:
        return None
    is_stream = not data.startswith(b"\xd0\xcf")
    if not is_stream and not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book", "WORKBOOK", "BOOK")):
        kinds = (
            ("WordDocument", Text("Word 文档", "a Word document")),
            ("PowerPoint Document", Text("演示文稿", "a presentation")),
            ("", Text("旧格式的 Office 文档", "an old Office document without a workbook")),
        )
        raise not_a_table(path, next(kind for name, kind in kinds if name.encode("utf-16-le") in data))
    import xlrd
    from xlrd.compdoc import CompDocError

    failure: Exception | None = None
    for is_damaged in (False, True):
        try:
            return _read_xls(path, data, options, is_damaged=is_damaged)
        except Refusal:
            raise
        except Exception as error:  # noqa: BLE001 - xlrd raises whatever a broken record leads to
            if isinstance(error, xlrd.XLRDError) and "encrypted" in str(error).lower():
                return None
            failure = failure or error
            # The sectors of some exporters' files are not linked as they should be; their records may still be whole.
            if not isinstance(error, CompDocError):
                break
    reason = " ".join(str(failure).split())[:200] or type(failure).__name__
    raise damaged(path, Text(reason, reason)) from failure


# --- Encrypted files --------------------------------------------------------------------------------------------------


def decrypted(data: bytes) -> bytes | None:
    """Return what Excel's own default password opens; None if it has another one."""
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

    def opened(*, formatting: bool) -> tuple[xlrd.Book, list[xlrd.sheet.Sheet]]:
        book = xlrd.open_workbook(
            file_contents=data,
            formatting_info=formatting,
            on_demand=True,
            logfile=io.StringIO(),
            ignore_workbook_corruption=is_damaged,
        )
        return book, [book.sheet_by_index(index) for index in range(book.nsheets)]

    try:
        book, sheets = opened(formatting=not is_damaged)
    except xlrd.XLRDError:
        raise
    except Exception:  # noqa: BLE001 - broken style records; the values may still be whole
        book, sheets = opened(formatting=False)
    content = WorkbookContent()
    if not book.formatting_info:
        content.findings.append(Finding(codes.FORMATS_UNREAD, Location(path)))
    names = [str(name) for name in book.sheet_names()]
    hidden = [sheet.visibility != 0 for sheet in sheets]
    styles = [book.format_map.get(style.format_key) for style in book.xf_list or () if book.formatting_info]
    formats = [str(described.format_str) if described is not None else "" for described in styles]
    for index in choose_sheets(content, path, names, hidden, options):
        cells = SheetCells(path, names[index], options.limits)
        _gather(cells, book, sheets[index], formats)
        content.add(cells)
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        content.findings.append(Finding(codes.MACROS, Location(path)))
    return Opened("xls", content.grids, content.findings, tuple(content.skipped))


def _gather(cells: SheetCells, book: xlrd.Book, sheet: xlrd.sheet.Sheet, formats: list[str]) -> None:
    import xlrd

    for row in range(sheet.nrows):
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            if kind == xlrd.XL_CELL_TEXT:
                cells.put_text(row, column, value)
            elif kind == xlrd.XL_CELL_ERROR:
                cells.put_flaw(row, column, CellFlaw.ERROR, str(xlrd.error_text_from_code.get(value, "#?")))
            elif kind == xlrd.XL_CELL_BOOLEAN:
                cells.put(row, column, bool(value))
            elif kind in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
                style = sheet.cell_xf_index(row, column) if formats else 0
                number_format = formats[style] if style < len(formats) else ""
                if kind == xlrd.XL_CELL_DATE:
                    cells.put(row, column, moment(value, number_format, is_1904=book.datemode == 1))
                    continue
                cells.put(row, column, value)
                if is_number_format(number_format):
                    cells.note_format((row,), column, number_format)
    cells.merged += [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    cells.hidden_rows.update(row for row, info in sheet.rowinfo_map.items() if info.hidden)
    cells.hidden_columns += [(column, column) for column, info in sheet.colinfo_map.items() if info.hidden]
