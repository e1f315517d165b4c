"""Long worksheets as columns: the cells that calamine hands over one by one, without a Python object for each.

fastexcel reads with calamine too, but lays the cells out as Arrow columns. Where a column holds one kind of value, that is
exact; see `long_columns` for the others. The first rows, whose columns hold headings and values, are read cell by cell from a
copy of the workbook that ends after them. Whatever cannot be told for certain is left to the slow way.

Nothing here waits for Polars, which is imported while the sheet is loaded.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from typing import NamedTuple, cast

import fastexcel
from python_calamine import CalamineError, CalamineWorkbook

from ipstrong.readers.grid import CellValue
from ipstrong.readers.refusal import Refusal
from ipstrong.readers.sheet_scan import holds
from ipstrong.readers.zip_parts import ZipParts

HEAD_ROWS = 200
"""Rows that are read cell by cell: titles, headings, and the first of the data."""
_FEWEST_ROWS = 3000
_END = b"</sheetData>"
_LAST_CELL = re.compile(rb'<c r="[A-Z]+([0-9]+)"')
_MISTAKEN = ((b't="b"', b"b"), (b't="d"', b"d"))
"""Kinds of cells that come back as another kind when they stand among others."""


class Loaded(NamedTuple):
    """A sheet as the native readers hold it."""

    top: int
    left: int
    """The first row and column that hold a value."""
    head: list[list[CellValue]]
    """The first rows, from there on."""
    merged: tuple[tuple[int, int, int, int], ...]
    columns: fastexcel.ExcelSheet
    """The sheet from the head's last row on."""


def is_long(xml: bytes) -> bool:
    """Return whether columns pay for a sheet.

    Args:
        xml: The sheet's XML, every cell beginning with its address.
    """
    last = _LAST_CELL.match(xml, max(0, xml.rfind(b'<c r="')))
    return last is not None and int(last[1]) >= _FEWEST_ROWS


def is_told_apart(xml: bytes) -> bool:
    """Return whether all of the sheet's cells are of the kinds that `read_long` tells apart."""
    return not any(holds(xml, kind, letter) for kind, letter in _MISTAKEN)


def load_long(package: ZipParts, part: str, index: int, xml: bytes) -> Loaded | None:
    """Return a sheet, or None where it cannot be read like this.

    Args:
        package: The workbook.
        part: The sheet's part.
        index: The sheet's place among the sheets.
        xml: The part's content, every cell beginning with its address.
    """
    logging.getLogger("fastexcel").setLevel(logging.ERROR)  # it warns of every blank column
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(_with_head_only(package, part, xml)))
        sheet = book.get_sheet_by_index(index)
        if sheet.start is None:
            return None
        top, left = sheet.start
        head = cast("list[list[CellValue]]", sheet.to_python())
        columns = fastexcel.read_excel(package.data).load_sheet(
            index, header_row=None, skip_rows=top + len(head) - 1, schema_sample_rows=None
        )
    except (CalamineError, fastexcel.FastExcelError, OSError, ValueError, Refusal):
        return None
    return Loaded(top, left, head, tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ()), columns)


def _with_head_only(package: ZipParts, part: str, xml: bytes) -> bytes:
    """Return the workbook with one sheet, of which only the first rows are left, and what follows the rows.

    Raises:
        Refusal: when a part is damaged.
        ValueError: when the sheet has no more rows than that.
    """
    cut = 0
    for _ in range(HEAD_ROWS + 1):
        cut = xml.index(b"<row", cut + 1)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in package.parts:
            if name == part:
                archive.writestr(name, xml[:cut] + xml[xml.rfind(_END) :])
            elif name.endswith((".xml", ".rels")) and "worksheets/" not in name:
                archive.writestr(name, package.read(name))
    return content.getvalue()
