"""What a spreadsheet number format prints: decimals, percent, scaling and a unit in its literal text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ipstrong.model.unit import MULTIPLIERS


class ShownAs(NamedTuple):
    """How a number format prints a number."""

    decimals: int
    """Printed decimals."""
    percent: bool
    exponent: int
    """Power of ten that turns the stored number into the printed one: 2 for percent, -4 for `0!.0,"万"`."""
    unit: str
    """Literal text after the digits, such as `万件`; empty where there is none."""


class _Literals(NamedTuple):
    unit: str
    point_after: int | None


_PIECES = re.compile(r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|\[(?P<bracket>[^\]]*)\]|[_*].|(?P<plain>.)', re.DOTALL)
_LONGEST = 255
"""Characters of a number format, as spreadsheets allow."""
_MOST_ZEROS = 12
_MOST_DECIMALS = 30
_DATE_OR_ODD = re.compile(r"[ymdhsYMDHSeEgG@bB/]|General", re.IGNORECASE)


@lru_cache(maxsize=1024)
def read_number_format(number_format: str) -> ShownAs | None:
    """Return how the format prints positive numbers; None for General, dates, fractions, texts and exponents.

    The first section with digits counts (`[=0]"—";0.0%` prints percents). Escaped points (`0!.0,"万"`, the usual way to show ten-thousands) shift the point.
    """
    if len(number_format) > _LONGEST:
        return None
    # LibreOffice writes the escaping `!` of Chinese Excel as a literal one; before a point it can only be that.
    for section in _sections(number_format.replace("\\!.", "!.")):
        placeholders, literals = _split(section)
        if re.search(r"[0#?]", placeholders):
            return None if _DATE_OR_ODD.search(placeholders) else _shown(placeholders, literals)
    return None


def _shown(placeholders: str, literals: _Literals) -> ShownAs | None:
    percent = "%" in placeholders
    digits = re.sub(r"[^0#?.,]", "", placeholders)
    n_decimals = sum(mark in "0#?" for mark in digits.partition(".")[2])
    n_commas = len(digits) - len(digits.rstrip(","))
    exponent = 2 if percent else -3 * n_commas
    if literals.point_after is not None:  # an escaped point: the digits after it are decimals of the printed number
        exponent -= literals.point_after
        n_decimals = literals.point_after
    if abs(exponent) > _MOST_ZEROS or n_decimals > _MOST_DECIMALS:
        return None
    if exponent < 0 and not _fits(literals.unit, -exponent):
        return None
    return ShownAs(n_decimals, percent, exponent, literals.unit)


def _fits(unit: str, exponent: int) -> bool:
    """Return whether a number word in the unit says what the format divides by: a format that lies is not followed."""
    factors = (factor for word, factor in MULTIPLIERS.items() if unit.startswith(word))
    return next(factors, Decimal(10) ** exponent) == Decimal(10) ** exponent


def _sections(number_format: str) -> Iterator[str]:
    """Yield the parts between each `;` that is not quoted or escaped."""
    start = 0
    for piece in _PIECES.finditer(number_format):
        if piece["plain"] == ";":
            yield number_format[start : piece.start()]
            start = piece.end()
    yield number_format[start:]


def _split(section: str) -> tuple[str, _Literals]:
    """Return the placeholders, and what the literal text says."""
    placeholders: list[str] = []
    tail: list[str] = []
    n_after_point: int | None = None
    for piece in _PIECES.finditer(section):
        plain, literal = piece["plain"], piece["quoted"] or piece["escaped"]
        if plain is not None and plain in "0#?.,%":
            placeholders.append(plain)
            tail = [] if plain in "0#?" else tail
            n_after_point = n_after_point + 1 if n_after_point is not None and plain in "0#?" else n_after_point
        elif plain is not None and plain.isascii():
            placeholders.append(plain.strip())
        elif piece["escaped"] == "." and placeholders:
            n_after_point = 0
        elif literal or plain:
            tail.append(literal or plain or "")
    has_digits = any(mark in "0#?" for mark in placeholders)
    return "".join(placeholders), _Literals("".join(tail).strip() if has_digits else "", n_after_point)
