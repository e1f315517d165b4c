"""Binary workbooks (xlsb) to grids, record by record.

A record is a type and a size in groups of 7 bits, then the payload ([MS-XLSB] 2.1.4). Records that are not named here are passed
over.
"""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator

from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import data as codes
from ipstrong.readers.grid import CellFlaw
from ipstrong.readers.options import ReadOptions, damaged
from ipstrong.readers.package import Package
from ipstrong.readers.sheets import (
    BUILT_IN_FORMATS,
    LONGEST_TEXT,
    SheetCells,
    WorkbookContent,
    choose_sheets,
)
from ipstrong.texts import Text

_ROW, _RK, _ERROR, _BOOLEAN, _REAL, _TEXT, _SHARED = 0, 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOLEAN, _FORMULA_ERROR = 8, 9, 10, 11
_SHORTEST = {0: 12, 1: 8, 2: 12, 3: 9, 4: 9, 5: 16, 6: 12, 7: 12, 8: 12, 9: 16, 10: 9, 11: 9}
"""The least payload of a row and of each kind of cell."""
_STRING, _FORMAT, _STYLE, _COLUMNS, _WORKBOOK, _SHEET, _MERGED = 19, 44, 47, 60, 153, 156, 176
_BEGIN_STYLES, _END_STYLES = 617, 618
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def read_xlsb(path: str, package: Package, main: str, options: ReadOptions) -> WorkbookContent:
    """Return the sheets of an xlsb package, whose workbook part is `main`.

    Raises:
        Refusal: when it is damaged or beyond the limits.
    """
    try:
        return _read(path, package, main, options)
    except (ValueError, struct.error) as error:
        reason = str(error)
        raise damaged(path, Text(f"记录有误：{reason}", reason)) from error


def _read(path: str, package: Package, main: str, options: ReadOptions) -> WorkbookContent:
    content = WorkbookContent()
    names, hidden, parts, is_1904 = [], [], [], False
    relations = package.relations(main)
    for kind, payload in _records(package.read(main)):
        if kind == _SHEET:
            relation_id, end = _wide(payload, 8)
            names.append(_wide(payload, end)[0])
            hidden.append(payload[:4] != bytes(4))
            relation = relations.get(relation_id)
            parts.append(
                package.find(relation.target) if relation is not None and relation.kind == "worksheet" else None
            )
        elif kind == _WORKBOOK and payload:
            is_1904 = bool(payload[0] & 1)
    folder = posixpath.dirname(main)
    strings, styles = (
        package.read(part) if package.find(part := posixpath.join(folder, name)) is not None else b""
        for name in ("sharedStrings.bin", "styles.bin")
    )
    shared = [_wide(payload, 1)[0][:LONGEST_TEXT] for kind, payload in _records(strings) if kind == _STRING]
    formats = _formats(styles)
    charts = {index: Text("图表工作表", "a chart") for index, part in enumerate(parts) if part is None}
    for index in choose_sheets(content, path, names, hidden, options, charts):
        cells = SheetCells(path, names[index], options.limits)
        _read_sheet(cells, package.read(parts[index] or ""), shared, formats, is_1904=is_1904)
        content.add(cells)
    if package.find(posixpath.join(folder, "vbaProject.bin")) is not None:
        content.findings.append(Finding(codes.MACROS, Location(path)))
    return content


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield type and payload of every record.

    Raises:
        ValueError: when the part ends within a record, or a row or cell is shorter than its kind.
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
            if size < _SHORTEST.get(kind, 0):
                raise ValueError("a record is too short")
            yield kind, part[at : at + size]
            at += size
    except IndexError as error:
        raise ValueError("a record is cut off") from error


def _wide(payload: bytes, at: int) -> tuple[str, int]:
    """Return a counted UTF-16 text, and where it ends."""
    (length,) = struct.unpack_from("<L", payload, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(payload):
        raise ValueError("a text is cut off")
    return payload[at + 4 : end].decode("utf-16-le", "replace"), end


def _formats(styles: bytes) -> list[str]:
    """Return the number format of each cell style, empty for General."""
    written = dict(BUILT_IN_FORMATS)
    numbers: list[int] = []
    in_styles = False
    for kind, payload in _records(styles):
        if kind == _FORMAT:
            written[struct.unpack_from("<H", payload)[0]] = _wide(payload, 2)[0]
        elif kind in {_BEGIN_STYLES, _END_STYLES}:
            in_styles = kind == _BEGIN_STYLES
        elif kind == _STYLE and in_styles:
            numbers.append(struct.unpack_from("<H", payload, 2)[0])
    return [written.get(number, "") for number in numbers]


def _read_sheet(cells: SheetCells, part: bytes, shared: list[str], formats: list[str], *, is_1904: bool) -> None:
    row = 0
    for kind, payload in _records(part):
        if kind == _ROW:
            row = struct.unpack_from("<L", payload)[0]
            if payload[11] & 0x10:
                cells.hidden_rows.add(row)
        elif kind == _COLUMNS and len(payload) >= 18:
            first, last = struct.unpack_from("<2L", payload)
            if payload[16] & 1:
                cells.hidden_columns.append((first, last))
        elif kind == _MERGED and len(payload) >= 16:
            top, bottom, left, right = struct.unpack_from("<4L", payload)
            cells.merged.append((top, left, bottom, right))
        if not _RK <= kind <= _FORMULA_ERROR:
            continue
        column, style = struct.unpack_from("<2L", payload)
        cells.reach(row, column)
        if kind in {_ERROR, _FORMULA_ERROR}:
            cells.put_flaw(row, column, CellFlaw.ERROR, _ERRORS.get(payload[8], "#?"))
        elif kind in {_BOOLEAN, _FORMULA_BOOLEAN}:
            cells.put(row, column, bool(payload[8]))
        elif kind == _SHARED:
            (number,) = struct.unpack_from("<L", payload, 8)
            if number >= len(shared):
                raise ValueError(f"shared string {number} is missing")
            cells.put_text(row, column, shared[number])
        elif kind in {_TEXT, _FORMULA_TEXT}:
            cells.put_text(row, column, _wide(payload, 8)[0])
        else:
            value = _rk(payload[8:12]) if kind == _RK else struct.unpack_from("<d", payload, 8)[0]
            style &= 0xFFFFFF
            number_format = formats[style] if style < len(formats) else ""
            cells.put_number(row, column, value, number_format, is_1904=is_1904)


def _rk(packed: bytes) -> float:
    """Return the number in the short form of 30 bits ([MS-XLSB] 2.5.122)."""
    bits = struct.unpack("<l", packed)[0]
    value = float(bits >> 2) if bits & 2 else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<l", bits & ~3))[0]
    return value / 100 if bits & 1 else value
