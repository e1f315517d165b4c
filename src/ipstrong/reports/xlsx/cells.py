"""What every workbook needs: text that stays text, legal sheet names, and the room that a text takes."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import unicodedata
from collections.abc import Container
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

MAX_TEXT = 32_000
"""Excel keeps 32,767 characters in a cell; a longer text is cut, with an ellipsis, rather than refused."""

MAX_SHEET_NAME = 31

_REMEMBERED = 16_384
"""Texts whose shape is remembered: names and remarks recur in every row."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def new_workbook(buffer: io.BytesIO, title: str, created: dt.date, **options: object) -> Workbook:
    """Return a workbook to write into a buffer; `created` is a date of the report, as a clock would change the bytes.

    No option of the library reads the text of a cell as a formula, a number or a link: text is written as text, always.
    """
    import xlsxwriter

    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, {**options, **safe})
    created_at = dt.datetime.combine(created, dt.time())
    workbook.set_properties({"title": cell_text(title), "author": "ipstrong", "created": created_at})
    return workbook


@lru_cache(maxsize=_REMEMBERED)
def cell_text(text: str) -> str:
    """Return the text with every character that XML forbids, or that reorders a line, made visible and harmless.

    Control characters become their pictures (BEL is shown as ␇), direction marks and non-characters their code in
    angle brackets. Line feeds and tabs stay.
    """
    if text.isprintable() and len(text) <= MAX_TEXT:
        return text
    shown = "".join(_shown(character) for character in text.replace("\r\n", "\n"))
    return shown if len(shown) <= MAX_TEXT else shown[: MAX_TEXT - 1] + "…"


def _shown(character: str) -> str:
    code = ord(character)
    if character in "\n\t":
        return character
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if 0x80 <= code < 0xA0 or character in _BIDI or _is_no_character(code):
        return f"<U+{code:04X}>"
    return character


def _is_no_character(code: int) -> bool:
    return 0xD800 <= code <= 0xDFFF or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def sheet_name(text: str, taken: Container[str]) -> str:
    """Return a legal sheet name made from `text` that is not in `taken` (names in lower case)."""
    clean = _FORBIDDEN_IN_NAMES.sub(" ", cell_text(text)).strip().strip("'").strip() or "-"
    if clean.lower() == "history":  # Excel keeps this name for itself
        clean = f"{clean}_"
    name = clean[:MAX_SHEET_NAME].rstrip().rstrip("'")
    number = 2
    while name.lower() in taken:
        tail = f" ({number})"
        name = clean[: MAX_SHEET_NAME - len(tail)] + tail
        number += 1
    return name


def quoted(name: str) -> str:
    """Return a sheet name as a formula writes it."""
    return "'" + name.replace("'", "''") + "'"


@lru_cache(maxsize=_REMEMBERED)
def display_width(text: str) -> float:
    """Return the width of the widest line in columns of a Latin digit; wide and ambiguous characters count as two."""
    return max((_line_width(line) for line in text.split("\n")), default=0.0)


def _line_width(line: str) -> float:
    if line.isascii():
        return float(len(line))
    return float(sum(_character_width(character) for character in line))


def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


@lru_cache(maxsize=_REMEMBERED)
def n_lines(text: str, width: float) -> int:
    """Return how many lines a wrapped text takes in a column `width` digits wide."""
    usable = max(width - 0.8, 1.0)
    return sum(1 if _line_width(line) <= usable else _wrapped(line, usable) for line in text.split("\n"))


_TOKENS = re.compile(r"[!-~]+|\s+|.")


def _wrapped(line: str, usable: float) -> int:
    """Return the lines of one paragraph: Latin words move to the next line whole, Chinese breaks anywhere."""
    lines, filled = 1, 0.0
    for token in _TOKENS.findall(line):
        size = _line_width(token)
        if filled + size <= usable or token.isspace():
            filled += size
        elif size <= usable:
            lines, filled = lines + 1, size
        else:
            lines += math.ceil((filled + size) / usable) - 1
            filled = (filled + size) % usable
    return lines


def header_text(text: str, limit: int = 80) -> str:
    """Return a text for a page header: `&` starts a command there, and a header holds 255 characters in all."""
    shown = cell_text(text).replace("\n", " ").replace("\t", " ")
    shown = shown if len(shown) <= limit else shown[: limit - 1] + "…"
    return shown.replace("&", "&&")
