"""A look at a sheet's XML for what its values do not say: errors, formulas without results, number formats, hidden rows.

Byte searches decide what is worth a closer look, so that an ordinary sheet costs a few passes of `in` and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from math import isfinite
from typing import NamedTuple

from ipstrong.readers.grid import CellFlaw, CellNote
from ipstrong.readers.plain import NotPlainError, check_sheet
from ipstrong.readers.xlsx_parts import attributes, small_number
from ipstrong.values.cells import COMPUTED_DIGITS, decimal_of
from ipstrong.values.number_formats import ShownAs

_MANY = 50_000
"""From this many formatted cells on, whole columns of one format are noted as columns."""
_HEAD_ROWS = 50
_ERROR = re.compile(rb'<c\s([^<>]*\bt="e"[^<>]*)>\s*(?:(?:<f[^<>]*?/>|<f[^<>]*>[^<]*</f>)\s*)?(?:<v>([^<]*)</v>)?')
_FORMULA = re.compile(rb"<c\s([^<>]*)>\s*<f([^<>]*?)(?:/>|>([^<]*)</f>)\s*(<v>[^<]+</v>|<v\s*/>|<v></v>)?")
_ROW = re.compile(rb"<row\s([^<>]*\bhidden=\"(?:1|true)\"[^<>]*)>")
_COLUMN = re.compile(rb"<col\s([^<>]*\bhidden=\"(?:1|true)\"[^<>]*)>")
_ADDRESS = re.compile(rb'\br="([A-Za-z]{1,3})([0-9]{1,7})"')
_WIDE = re.compile(rb'<c r="([A-Z]{2,3})')
_FILLED = re.compile(rb'<c\s(?:[^<>]*?\s)?r\s*=\s*"([A-Za-z]+)([0-9]+)"[^<>]*(?<!/)>(?!\s*</c>)')
_UNKNOWN = 1 << 40
_LAST_ROW = re.compile(rb'\sr="([0-9]{1,7})"')
_STYLE_LATER = re.compile(rb'<c(?=\s)(?! r="[A-Z]+[0-9]+" s=")[^<>]*\ss="')
_CALLS = re.compile(rb"\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|DDE)\s*\(|\|\s*'", re.IGNORECASE)
_LINKS = re.compile(rb"\[[^\[\]]+\][^\[\]!]*!")


@dataclass(slots=True)
class SheetScan:
    """What was seen beside the values."""

    notes: dict[tuple[int, int], CellNote] = field(default_factory=dict)
    column_formats: dict[int, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    links: list[tuple[int, int, str]] = field(default_factory=list)
    """Cells whose formula refers to another workbook, with the formula."""
    calls: list[tuple[int, int, str]] = field(default_factory=list)
    """Cells whose formula reaches the network or starts a program."""
    shared: Counter[int] = field(default_factory=Counter)
    """How many cells of a binary sheet hold each shared string."""


class PlainSheet(NamedTuple):
    """A sheet's XML in one spelling."""

    xml: bytes
    rows: int
    """A bound of the last row that holds cells, 1-based."""
    columns: int


def plain_sheet(xml: bytes, most_cells: int) -> PlainSheet:
    """Return a sheet's XML and bounds of the last row and column that hold cells; every cell begins with its address.

    The bounds are exact where their area exceeds `most_cells`. The declared dimension is not asked: it may claim a million
    rows for two, or two for a million.

    Raises:
        NotPlainError: for XML that may be read in two ways, or cells that begin otherwise.
    """
    check_sheet(xml)
    rows, columns = _bounds(xml, most_cells)
    if rows == _UNKNOWN:
        raise NotPlainError
    if rows * columns <= most_cells:
        return PlainSheet(xml, rows, columns)
    places = _FILLED.findall(xml)  # blank cells far out do no harm, so only those with content count
    rows = max((int(row[:9]) for row in {row for _, row in places}), default=1)
    columns = max(map(_column_number, {letters for letters, _ in places}), default=1)
    return PlainSheet(xml, rows, columns)


def _bounds(xml: bytes, most_cells: int) -> tuple[int, int]:
    """Return bounds from one search for an address out of the ordinary, which settles nearly every sheet.

    Ordinary is an address of the first columns, as many as fit into `most_cells`, and of a row that is not much beyond the
    one that stands last.
    """
    last = _LAST_ROW.search(xml, max(0, xml.rfind(b"<row")))
    number = last[1].lstrip(b"0") if last else b""
    lead, digits = (int(number[:1]), len(number)) if len(number) >= 4 else (9, 4)
    rows = (lead + 1) * 10 ** (digits - 1) - 1
    fitting = min(26, most_cells // rows)
    if fitting and _beyond(b"[A-%c]" % (64 + fitting), lead, digits).search(xml) is None:
        return rows, fitting
    if _beyond(b"[A-Z]{1,3}", lead, digits).search(xml) is not None:
        return _UNKNOWN, _UNKNOWN
    return rows, max(map(_column_number, set(_WIDE.findall(xml))), default=26)


@lru_cache(maxsize=32)
def _beyond(letters: bytes, lead: int, digits: int) -> re.Pattern[bytes]:
    """Return the pattern of a cell that does not begin with an address of such letters and at most so large a row.

    Args:
        letters: A pattern.
        lead: The first digit of the largest row; all others may be nine.
        digits: How many digits it has.
    """
    return re.compile(rb'<c(?! r="%s[1-%d]?[0-9]{1,%d}"|[A-Za-z])' % (letters, lead, digits - 1))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def scan_sheet(xml: bytes, formats: dict[int, tuple[str, ShownAs]]) -> SheetScan:
    """Return what the sheet's XML says beside its values.

    Args:
        xml: From `plain_sheet`.
        formats: The style ids whose number format prints numbers, from `telling_formats`.
    """
    scan = SheetScan()
    if formats and b' s="' in xml:
        _scan_formats(xml, formats, scan)
    if holds(xml, b"<f", b"f"):
        _scan_formulas(xml, scan)
    if holds(xml, b't="e"', b"e"):
        for tag, text in _ERROR.findall(xml):
            _note(scan, tag, CellFlaw.ERROR, _decoded(text))
    if holds(xml, b'hidden="', b"h"):
        _scan_hidden(xml, scan)
    return scan


def holds(xml: bytes, what: bytes, letter: bytes) -> bool:
    """Return whether a sheet's XML holds some bytes.

    A search for a single letter is ten times faster, and the rows of most sheets, with texts in a part of their own, lack it.

    Args:
        xml: The XML.
        what: The bytes.
        letter: The one of them that is rarest in rows of numbers.
    """
    start, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData>")
    if not 0 <= start < end:
        return what in xml
    at = xml.find(letter, start + 10, end)
    if at >= 0 and xml.find(what, max(start, at - len(what)), end) >= 0:
        return True
    return what in xml[:start] or what in xml[end:]


def _decoded(text: bytes) -> str:
    return unescape(text.decode("utf-8", "replace"))


def _place(tag: bytes) -> tuple[int, int] | None:
    found = _ADDRESS.search(b" " + tag)
    return (int(found[2]) - 1, _column_number(found[1]) - 1) if found else None


def _note(scan: SheetScan, tag: bytes, flaw: CellFlaw, text: str) -> None:
    cell = _place(tag)
    if cell is not None:
        before = scan.notes.get(cell)
        scan.notes[cell] = CellNote(flaw, text, before.number_format if before else None)


def _scan_formulas(xml: bytes, scan: SheetScan) -> None:
    shared: dict[str, bytes] = {}
    for tag, kind, formula, value in _FORMULA.findall(xml):
        if b"si=" in kind:  # the first cell of a shared formula spells it out for the others
            formula = shared.setdefault(attributes(kind).get("si", ""), formula)  # noqa: PLW2901
        has_value = bool(value) and (b't="str"' in tag or (value.startswith(b"<v>") and value != b"<v></v>"))
        if not has_value and b't="e"' not in tag:
            _note(scan, tag, CellFlaw.NO_SAVED_VALUE, "=" + _decoded(formula))
        if b"[" in formula and _LINKS.search(formula):
            _remember(scan.links, tag, formula)
        if _CALLS.search(formula):
            _remember(scan.calls, tag, formula)


def _remember(found: list[tuple[int, int, str]], tag: bytes, formula: bytes) -> None:
    cell = _place(tag)
    if cell is not None:
        found.append((*cell, "=" + _decoded(formula)))


def _scan_hidden(xml: bytes, scan: SheetScan) -> None:
    rows = (small_number(attributes(tag).get("r")) for tag in _ROW.findall(xml))
    scan.hidden_rows = frozenset(row - 1 for row in rows if row)
    columns: set[int] = set()
    for tag in _COLUMN.findall(xml):
        fields = attributes(tag)
        first, last = small_number(fields.get("min")), small_number(fields.get("max"))
        if first and last:
            columns.update(range(first - 1, min(last, 16_384)))
    scan.hidden_columns = frozenset(columns)


# --- Number formats ---------------------------------------------------------------------------------------------------


def _scan_formats(xml: bytes, formats: dict[int, tuple[str, ShownAs]], scan: SheetScan) -> None:
    """Note the format of every number whose reading depends on it."""
    used = [style for style in formats if b' s="%d"' % style in xml]
    if not used:
        return
    styles = b"|".join(b"%d" % style for style in used)
    if xml.count(b' s="') > _MANY:
        used = _columns_of_one_format(xml, formats, used, scan)
        if not used:
            return
        styles = b"|".join(b"%d" % style for style in used)
    tail = rb"[^<>]*)>\s*(?:(?:<f[^<>]*?/>|<f[^<>]*>[^<]*</f>)\s*)?<v>([^<]*)</v>"
    if _STYLE_LATER.search(xml) is None:
        cells = re.compile(rb'<c (?=r="[A-Z]+[0-9]+" s="(' + styles + rb')")(' + tail)
    else:
        cells = re.compile(rb'<c(?=(?:\s[^<>]*)?\ss="(' + styles + rb')")\s(' + tail)
    known = {style: CellNote(number_format=code) for style, (code, _) in formats.items()}
    for style, tag, value in cells.findall(xml):
        number = int(style)
        if (b't="' in tag and b't="n"' not in tag) or not number_matters(value, formats[number][1]):
            continue
        cell = _place(tag)
        if cell is not None and scan.column_formats.get(cell[1]) != formats[number][0]:
            scan.notes[cell] = known[number]


def number_matters(value: bytes, shown: ShownAs) -> bool:
    """Return what `format_matters` does, of a number as the XML writes it."""
    if shown.percent or shown.exponent or shown.unit:
        return True
    if b"." not in value and b"E" not in value and b"e" not in value:
        return shown.decimals > 0
    try:
        return format_matters(float(value), shown)
    except ValueError:
        return False


def format_matters(value: float, shown: ShownAs) -> bool:
    """Return whether the number reads otherwise with its format than without."""
    if shown.percent or shown.exponent or shown.unit:
        return True
    if not isfinite(value):
        return False
    stored = decimal_of(value)
    exponent = stored.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return decimals != shown.decimals and len(stored.as_tuple().digits) < COMPUTED_DIGITS


def _columns_of_one_format(
    xml: bytes, formats: dict[int, tuple[str, ShownAs]], used: Iterable[int], scan: SheetScan
) -> list[int]:
    """Note long columns whose cells nearly all carry one format; return the styles that are left to be noted cell by cell."""
    n_rows = xml.count(b"<row")
    styles = b"|".join(b"%d" % style for style in used)
    counts = Counter(re.findall(rb'<c r="([A-Z]+)[0-9]+" s="(' + styles + rb')"', xml))
    left: set[int] = set()
    for (letters, style), count in counts.items():
        if count >= max(1, n_rows - _HEAD_ROWS):
            scan.column_formats[_column_number(letters) - 1] = formats[int(style)][0]
        else:
            left.add(int(style))
    return sorted(left if counts else set(used))
