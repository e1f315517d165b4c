"""Number formats: how a number is shown without its being changed.

The cell holds the full value; the format only decides the decimals. A number that misses a line is never shown as if it
stood on it: 99.96 % is shown as 99.96 %, and 92.96 against 93 as 92.96, not as 93.0.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from ipstrong.model.unit import Unit
from ipstrong.reports.formatting import exact_decimals
from ipstrong.reports.xlsx.cells import display_width
from ipstrong.texts import Lang

_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_MOST_DECIMALS = 8


class NumberFormat(NamedTuple):
    """How a number is shown: decimals, what follows it, and whether a plus is written."""

    decimals: int = 0
    suffix: str = ""
    signed: bool = False
    percent: bool = False
    """The value is a fraction, shown in percent."""
    grouped: bool = True
    """Thousands are separated."""
    prefix: str = ""

    @property
    def code(self) -> str:
        """The format code that spreadsheets understand."""
        whole = "#,##0" if self.grouped and not self.percent else "0"
        digits = whole + ("." + "0" * self.decimals if self.decimals else "") + ("%" if self.percent else "")
        body = _literal(self.prefix) + digits + _literal(self.suffix)
        return f"+{body};-{body};{body}" if self.signed else body

    @property
    def cell_code(self) -> str:
        """The format code with a little room on the right, so that a number does not touch the text beside it."""
        return ";".join(f"{part}_ " for part in self.code.split(";"))

    def shown(self, value: Decimal) -> str:
        """Return about what a spreadsheet shows, for the width of columns."""
        scaled = value * 100 if self.percent else value
        if not scaled.is_finite():
            return "∞"
        rounded = _rounded(scaled, self.decimals)
        sign = "+" if self.signed and rounded > 0 else ""
        text = f"{rounded:,f}" if self.grouped and not self.percent else f"{rounded:f}"
        return f"{sign}{self.prefix}{text}{'%' if self.percent else ''}{self.suffix}"

    def width(self, value: Decimal) -> float:
        """Return the width of what is shown."""
        return display_width(self.shown(value))

    def clear_of(self, value: Decimal, *lines: Decimal) -> NumberFormat:
        """Return the format with as many decimals as keep `value` apart from each line that it does not stand on."""
        factor = 100 if self.percent else 1
        decimals = self.decimals
        for line in lines:
            decimals = max(decimals, _decimals_apart(value * factor, line * factor, decimals))
        return self._replace(decimals=decimals)


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), context=_WIDE) if value.adjusted() < 40 else value


def _decimals_apart(value: Decimal, line: Decimal, decimals: int) -> int:
    if value == line or not value.is_finite() or not line.is_finite():
        return decimals
    while decimals < _MOST_DECIMALS and _rounded(value, decimals) == _rounded(line, decimals):
        decimals += 1
    return decimals


def _literal(text: str) -> str:
    return '"' + text.replace('"', "'") + '"' if text else ""


def usual_decimals(values: Iterable[Decimal], declared: int | None, *, percent: bool) -> int:
    """Return the decimals for a row of values: as declared, none for whole numbers, else by size."""
    if declared is not None:
        return declared
    numbers = [value for value in values if value.is_finite()]
    if all(value == value.to_integral_value() for value in numbers):
        return 0
    largest = max(abs(value) for value in numbers)
    suited = 1 if percent or 100 <= largest < 10_000 else 2 if largest < 100 else 0
    return min(suited, max(exact_decimals(value) for value in numbers))


def format_for(unit: Unit | None, decimals: int, lang: Lang) -> NumberFormat:
    """Return the format of a value in `unit`: percents carry their sign, ranks their word, the rest is bare."""
    if unit is not None and unit.is_percent:
        return NumberFormat(decimals, suffix=unit.text if unit.text in ("%", "‰") else "%")
    if unit is not None and unit.dimension == "位" and lang == "zh":
        return NumberFormat(decimals, prefix="第")
    return NumberFormat(decimals)


def difference_format(unit: Unit | None, decimals: int, lang: Lang) -> NumberFormat:
    """Return the format of a signed difference of two values in `unit`: percents differ in percentage points."""
    if unit is not None and unit.is_percent:
        return NumberFormat(decimals, suffix="百分点" if lang == "zh" else " pp", signed=True)
    return NumberFormat(decimals, signed=True)


YEAR = NumberFormat(grouped=False)
SHARE = NumberFormat(1, percent=True)
GROWTH = NumberFormat(1, percent=True, signed=True)
RATIO = NumberFormat(2)
