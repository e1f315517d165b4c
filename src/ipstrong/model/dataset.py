"""The dataset: every observation that was read, in one Polars frame, and what was understood of the files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ipstrong.diagnostics import Finding
from ipstrong.model.period import Period

if TYPE_CHECKING:
    import polars as pl


class ValueStatus(Enum):
    """How final a value is."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    """Marked 初步, preliminary, p."""
    ESTIMATE = "estimate"
    """Marked 估计, 推算, estimate, e."""


class Bound(Enum):
    """What a printed value says of the true one."""

    EXACT = "exact"
    ABOUT = "about"
    """约, approximately: the last printed digit is not trusted, the interval is twice as wide."""
    AT_LEAST = "at_least"
    """超过, 以上, more than: no upper end."""
    AT_MOST = "at_most"
    """不足, 以下, 近, fewer than: no lower end."""


COLUMNS = (
    "file",  # str: the file as the user named it
    "sheet",  # str, null for text files
    "row",  # u32, 0-based row of the cell in the sheet; in text files its line, also 0-based
    "col",  # u32, 0-based column of the cell
    "label",  # str: label of the series as understood, heading levels joined by a blank
    "region",  # str: plan region id, else the name as written; "" where no region is named
    "period",  # str: canonical text of the period
    "value",  # f64: the printed number in the printed unit; null for a missing mark or an unreadable cell
    "unit",  # str: printed unit, null where none was found
    "factor",  # f64: power of ten etc. that turns `value` into the indicator's unit; 1 where unmatched
    "half_width",  # f64: half the last printed place, in the printed unit; 0 for numbers that are exact
    "bound",  # str: a Bound value
    "status",  # str: a ValueStatus value
    "indicator",  # str: plan indicator id, null where unmatched
    "raw",  # str: the text of the cell as printed or stored
    "remarks",  # str: what was tolerated in the cell, ids joined by ";" (`full_width;footnote`); "" for none
)
"""Columns of `Dataset.frame`, one row a cell that holds a value or a missing mark."""


class Observation(NamedTuple):
    """One value of an indicator for a region and a period, in the indicator's unit, with its place."""

    indicator: str
    region: str
    period: Period
    value: Decimal
    """Exact decimal as printed, converted to the indicator's unit."""
    low: Decimal
    """Smallest true value that would print like this; equal to `value` for exact numbers."""
    high: Decimal
    status: ValueStatus
    bound: Bound
    file: str
    sheet: str | None
    row: int
    col: int
    raw: str
    unit: str | None
    """Unit as printed."""
    number: int
    """Row number in `Dataset.frame`."""

    @property
    def is_exact(self) -> bool:
        """Whether the printed value leaves no interval."""
        return self.low == self.value == self.high


_CONTEXT = Context(prec=60, Emax=999999, Emin=-999999)
"""Enough digits for a product of two printed numbers to be exact."""
_ZERO = Decimal(0)
_INFINITY = Decimal("Infinity")
_EXACT_DIGITS = 15
"""Decimals with up to this many digits come back unchanged from a binary double."""
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def printed_value(number: float, raw: str | None) -> Decimal:
    """Return the decimal that was printed: a double keeps fifteen digits, longer texts are read again."""
    if raw is not None and len(raw) > _EXACT_DIGITS:
        plain = raw.strip().replace(",", "")
        if _PLAIN_NUMBER.fullmatch(plain) and float(plain) == number:
            return Decimal(plain)
    return Decimal(int(number)) if number.is_integer() and abs(number) < 2**53 else Decimal(repr(number))


@lru_cache(maxsize=256)
def _decimal(number: float) -> Decimal:
    """Return a factor or a printed place as it is written; there are few of them."""
    return Decimal(repr(number))


def in_indicator_unit(value: Decimal, factor: float) -> Decimal:
    """Return a value in the indicator's unit."""
    return value if factor == 1 else _CONTEXT.multiply(value, _decimal(factor))


def half_place(half_width: float | None, factor: float) -> Decimal:
    """Return half the last printed place in the indicator's unit; 0 for a number printed in full."""
    return in_indicator_unit(_decimal(half_width), factor) if half_width else _ZERO


def interval_of(value: Decimal, half: Decimal, bound: Bound) -> tuple[Decimal, Decimal]:
    """Return the smallest and the largest true value that would be printed like this."""
    match bound:
        case Bound.EXACT:
            return (_CONTEXT.subtract(value, half), _CONTEXT.add(value, half)) if half else (value, value)
        case Bound.ABOUT:
            reach = _CONTEXT.multiply(half, Decimal(2)) if half else _last_digit(value)
            return _CONTEXT.subtract(value, reach), _CONTEXT.add(value, reach)
        case Bound.AT_LEAST:
            return _CONTEXT.subtract(value, half), _INFINITY
        case Bound.AT_MOST:
            # A count that is "under x" is still a count.
            return (_ZERO if value >= 0 else -_INFINITY), _CONTEXT.add(value, half)


def _last_digit(value: Decimal) -> Decimal:
    """Return one unit of the last digit that is not zero: 262,000 given as "about" is trusted to 1,000."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else _ZERO


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read."""

    path: str
    sha256: str
    kind: str
    """`xlsx`, `xls`, `xlsb`, `ods`, `csv`…"""
    sheets: tuple[str, ...] = ()
    """Sheets that were read."""
    skipped_sheets: tuple[tuple[str, str], ...] = ()
    """Sheets that were not, with the reason (a code id)."""
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A run of values under one label: what `inspect` shows."""

    file: str
    sheet: str | None
    label: str
    region: str
    unit: str | None
    place: str
    """A1 range of its values, or `line 2-40` of a text file's column."""
    first_period: str
    last_period: str
    n_values: int
    n_missing: int
    indicator: str | None
    """Plan indicator it was matched to."""
    nearest: str | None = None
    """Where unmatched: the indicator whose name is nearest, None when nothing is near."""
    layout: str = ""
    """`long`, `periods-across`, `periods-down`, `regions-across`…"""


@dataclass(frozen=True, slots=True)
class Dataset:
    """All that was read: observations, series, files, and the findings on the way."""

    frame: pl.DataFrame
    """One row a cell, with the columns of `COLUMNS`."""
    files: tuple[SourceFile, ...]
    series: Sequence[Series]
    """What `inspect` shows, summed up when it is asked for."""
    findings: tuple[Finding, ...]
    region_names: Mapping[str, str] = field(default_factory=dict)
    """Plan region id to its name as the files write it, else the plan's own."""

    def region_text(self, region: str) -> str:
        """Return how a person reads a region: as written."""
        return self.region_names.get(region, region)

    @property
    def is_empty(self) -> bool:
        """Whether not one value was read."""
        return self.frame.height == 0
