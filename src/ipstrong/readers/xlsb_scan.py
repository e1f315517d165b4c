"""A look at the binary records of an xlsb package: number formats, error cells, hidden rows, and how far cells reach.

Records are a type and a size in 7-bit groups, then the payload ([MS-XLSB] 2.1.4). Only the records named here are read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from math import isfinite

from ipstrong.readers.grid import CellFlaw, CellNote
from ipstrong.readers.sheet_scan import SheetScan, format_matters
from ipstrong.readers.xlsx_parts import BUILT_IN_FORMATS
from ipstrong.values.number_formats import ShownAs, read_number_format

_ROW, _BLANK, _RK, _ERROR, _REAL = 0, 1, 2, 3, 5
_FORMULA_NUMBER, _FORMULA_ERROR = 9, 11
_LAST_CELL = 11
_SHORTEST = {0: 12, 1: 8, 2: 12, 3: 9, 4: 9, 5: 16, 6: 12, 7: 12, 8: 12, 9: 16, 10: 9, 11: 9}
"""The least payload of a row and of each kind of cell; calamine fills a shorter one up with what it read before."""
_FORMAT, _STYLE, _COLUMN_INFO = 44, 47, 60
_BEGIN_STYLES, _END_STYLES = 617, 618
_SHEET = 156
_SHARED, _STRING = 7, 19

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield type and payload of every record.

    Raises:
        ValueError: when the part ends within a record.
    """
    at, end = 0, len(part)
    try:
        while at < end:
            kind = part[at]
            at += 1
            if kind & 0x80:
                kind = (kind & 0x7F) | (part[at] & 0x7F) << 7
                at += 1
            size = 0
            for group in range(4):
                byte = part[at]
                at += 1
                size |= (byte & 0x7F) << 7 * group
                if not byte & 0x80:
                    break
            if at + size > end:
                raise ValueError("a record is cut off")
            yield kind, part[at : at + size]
            at += size
    except IndexError as error:
        raise ValueError("a record is cut off") from error


def read_formats(styles: bytes) -> dict[int, tuple[str, ShownAs]]:
    """Return the number formats that print numbers, by the style index that cells carry."""
    codes = dict(BUILT_IN_FORMATS)
    telling: dict[int, tuple[str, ShownAs]] = {}
    style, in_styles = 0, False
    for kind, payload in records(styles):
        if kind == _FORMAT and len(payload) >= 6:
            number, length = struct.unpack_from("<HL", payload)
            codes[number] = payload[6 : 6 + 2 * length].decode("utf-16-le", "replace")
        elif kind in {_BEGIN_STYLES, _END_STYLES}:
            in_styles = kind == _BEGIN_STYLES
        elif kind == _STYLE and in_styles and len(payload) >= 4:
            number = struct.unpack_from("<H", payload, 2)[0]
            shown = read_number_format(codes.get(number, ""))
            if shown is not None:
                telling[style] = (codes[number], shown)
            style += 1
    return telling


def sheet_relations(workbook: bytes) -> list[str]:
    """Return the relation ids of the sheets in the workbook's order."""
    found = []
    for kind, payload in records(workbook):
        if kind == _SHEET and len(payload) >= 12:
            length = struct.unpack_from("<L", payload, 8)[0]
            found.append(payload[12 : 12 + 2 * length].decode("utf-16-le", "replace"))
    return found


def string_sizes(strings: bytes) -> list[int]:
    """Return how long each shared string is, in bytes."""
    return [len(payload) for kind, payload in records(strings) if kind == _STRING]


def scan_binary_sheet(part: bytes, formats: dict[int, tuple[str, ShownAs]]) -> tuple[SheetScan, int, int]:
    """Return what stands beside the values, and the last row and column with content, counted from 1.

    Raises:
        ValueError: when the part ends within a record, or a row or cell is shorter than its kind.
    """
    scan = SheetScan()
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    row = last_row = last_column = 0
    for kind, payload in records(part):
        if len(payload) < _SHORTEST.get(kind, 0):
            raise ValueError("a record is too short")
        if kind == _ROW:
            row = struct.unpack_from("<L", payload)[0]
            if payload[11] & 0x10:
                hidden_rows.add(row)
        elif kind == _COLUMN_INFO and len(payload) >= 18:
            first, last = struct.unpack_from("<2L", payload)
            if payload[16] & 1:
                hidden_columns.update(range(first, min(last, 16_383) + 1))
        elif _BLANK < kind <= _LAST_CELL:
            column, style = struct.unpack_from("<2L", payload)
            last_row, last_column = max(last_row, row + 1), max(last_column, column + 1)
            if kind == _SHARED:
                scan.shared[struct.unpack_from("<L", payload, 8)[0]] += 1
            note = _note(kind, payload, formats.get(style & 0xFFFFFF))
            if note is not None:
                scan.notes[row, column] = note
    scan.hidden_rows, scan.hidden_columns = frozenset(hidden_rows), frozenset(hidden_columns)
    return scan, last_row, last_column


def _note(kind: int, payload: bytes, known: tuple[str, ShownAs] | None) -> CellNote | None:
    if kind in {_ERROR, _FORMULA_ERROR}:
        return CellNote(CellFlaw.ERROR, _ERRORS.get(payload[8], "#?"))
    if known is None:
        return None
    if kind == _RK:
        value = _rk(payload[8:12])
    elif kind in {_REAL, _FORMULA_NUMBER}:
        value = struct.unpack_from("<d", payload, 8)[0]
    else:
        return None
    return CellNote(number_format=known[0]) if isfinite(value) and format_matters(value, known[1]) else None


def _rk(packed: bytes) -> float:
    """Return the number in the short form of 30 bits ([MS-XLSB] 2.5.122)."""
    bits = struct.unpack("<l", packed)[0]
    value = float(bits >> 2) if bits & 2 else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<l", bits & ~3))[0]
    return value / 100 if bits & 1 else value
