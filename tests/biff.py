"""Bare BIFF8 streams, written record by record: xls files without a library that writes them."""

from __future__ import annotations

import struct
from collections.abc import Sequence


def record(kind: int, payload: bytes = b"") -> bytes:
    """Return one record: type, size, payload."""
    return struct.pack("<HH", kind, len(payload)) + payload


def _text(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    """Return a NUMBER record; `style` counts the formats of `xls_stream` from 1."""
    return record(0x0203, struct.pack("<3Hd", row, column, style, value))


def label(row: int, column: int, text: str) -> bytes:
    """Return a LABEL record."""
    return record(0x0204, struct.pack("<3H", row, column, 0) + _text(text))


def boolean(row: int, column: int, *, value: bool) -> bytes:
    """Return a BOOLERR record that holds a truth value."""
    return record(0x0205, struct.pack("<3HBB", row, column, 0, value, 0))


def error(row: int, column: int, code: int) -> bytes:
    """Return a BOOLERR record that holds an error."""
    return record(0x0205, struct.pack("<3HBB", row, column, 0, code, 1))


def hidden_row(row: int) -> bytes:
    """Return a ROW record that hides a row."""
    return record(0x0208, struct.pack("<8H", row, 0, 10, 300, 0, 0, 0x120, 0x0F))


def hidden_column(column: int) -> bytes:
    """Return a COLINFO record that hides a column."""
    return record(0x007D, struct.pack("<6H", column, column, 0, 0, 1, 0))


def xls_stream(sheets: Sequence[tuple[str, int, bytes]], codes: Sequence[str] = (), *, is_1904: bool = False) -> bytes:
    """Return a workbook stream.

    Args:
        sheets: Name, visibility (0 visible, 1 hidden, 2 very hidden), and the sheet's records.
        codes: Number formats of style ids 1, 2, …
        is_1904: Whether days count from 1904.
    """
    start = record(0x0809, struct.pack("<4H2L", 0x0600, 0x0005, 0, 0, 0, 0))
    start += record(0x0042, struct.pack("<H", 1200)) + record(0x0022, struct.pack("<H", is_1904))
    font = struct.pack("<5H4B", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + bytes([5, 0]) + b"Arial"
    start += record(0x0031, font) * 5
    for index, code in enumerate(codes):
        start += record(0x041E, struct.pack("<H", 164 + index) + _text(code))
    for key in (0, *(164 + index for index in range(len(codes)))):
        start += record(0x00E0, struct.pack("<3H", 0, key, 0) + bytes(14))
    bodies = [
        record(0x0809, struct.pack("<4H2L", 0x0600, 0x0010, 0, 0, 0, 0)) + body + record(0x000A)
        for _, _, body in sheets
    ]
    bounds = [struct.pack("<BBBB", state, 0, len(name), 1) + name.encode("utf-16-le") for name, state, _ in sheets]
    at = len(start) + sum(8 + len(bound) for bound in bounds) + 4
    directory = b""
    for bound, body in zip(bounds, bodies, strict=True):
        directory += record(0x0085, struct.pack("<L", at) + bound)
        at += len(body)
    return start + directory + record(0x000A) + b"".join(bodies)
