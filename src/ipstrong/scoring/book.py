"""The yearly observations of a dataset, found by indicator, region and year; made into objects only when used."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from functools import lru_cache
from typing import Any

import polars as pl

from ipstrong.measures.exact import CONTEXT
from ipstrong.model.dataset import Bound, Dataset, Observation, ValueStatus
from ipstrong.model.period import year as year_period

ZERO = Decimal(0)
ONE = Decimal(1)
TWO = Decimal(2)
INFINITY = Decimal("Infinity")

_EXACT_DIGITS = 15
"""Decimals with up to this many digits come back unchanged from a binary double."""

_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")

_FIELDS = (
    "indicator",
    "region",
    "period",
    "value",
    "factor",
    "half_width",
    "bound",
    "status",
    "file",
    "sheet",
    "row",
    "col",
    "raw",
    "unit",
    "number",
)


class Book:
    """Yearly observations by (indicator, region) and year.

    Where a figure stands twice, the first in reading order counts; the sources report the second.
    """

    def __init__(self, dataset: Dataset, regions: Collection[str] | None = None) -> None:
        """Index the matched yearly values of `regions`, or of all regions when None."""
        frame = _yearly(dataset.frame, regions)
        self._columns: tuple[list[Any], ...] = tuple(frame.get_column(name).to_list() for name in _FIELDS)
        self._rows: dict[tuple[str, str], dict[int, int]] = {}
        indicators, names, periods = self._columns[0], self._columns[1], self._columns[2]
        years_of = {period: int(period) for period in set(periods)}
        rows = self._rows
        for position, key in enumerate(zip(indicators, names, strict=True)):
            years = rows.get(key)
            if years is None:
                years = rows[key] = {}
            years.setdefault(years_of[periods[position]], position)
        self.all_final = all(status == ValueStatus.FINAL.value for status in set(self._columns[7]))
        """Whether no value is provisional or estimated, so that nobody need look."""

    def regions(self) -> list[str]:
        """Return every region that has a value, in order of appearance."""
        return list(dict.fromkeys(region for _, region in self._rows))

    def get(self, indicator: str, region: str, year: int) -> Observation | None:
        """Return the observation, or None; it is made anew each time."""
        years = self._rows.get((indicator, region))
        position = None if years is None else years.get(year)
        return None if position is None else self._make(position, year)

    def _make(self, position: int, year: int) -> Observation:
        # One column after the other, spelt out: this runs for every value of every region.
        indicator, region, _, numbers, factors, halves, bounds, statuses, *places = self._columns
        file, sheet, row, col, raw, unit, index = places
        half, bound, factor = halves[position], bounds[position], factors[position]
        value = _decimal(numbers[position], raw[position])
        if factor != 1:
            value = CONTEXT.multiply(value, _scale(factor))
        low = high = value
        if half or bound != "exact":
            low, high = _interval(value, half, factor, bound)
        return Observation(
            indicator[position],
            region[position],
            year_period(year),
            value,
            low,
            high,
            _STATUSES[statuses[position]],
            _BOUNDS[bound],
            file[position],
            sheet[position],
            row[position],
            col[position],
            raw[position],
            unit[position],
            index[position],
        )


# Scales and printed places are few: they are made once.


@lru_cache(maxsize=256)
def _scale(factor: float) -> Decimal:
    return Decimal(repr(factor))


@lru_cache(maxsize=256)
def _width(half: float, factor: float) -> Decimal:
    return CONTEXT.multiply(Decimal(repr(half)), _scale(factor))


def _interval(value: Decimal, half: float | None, factor: float, bound: str) -> tuple[Decimal, Decimal]:
    """Return the interval that the printed places and the words around them allow."""
    width = _width(half, factor) if half else ZERO
    if bound != "exact":
        return _bounded(value, width, Bound(bound))
    return CONTEXT.subtract(value, width), CONTEXT.add(value, width)


_STATUSES = {status.value: status for status in ValueStatus}
_BOUNDS = {bound.value: bound for bound in Bound}


def _decimal(number: float, raw: str | None) -> Decimal:
    """Return the decimal that was printed: a double keeps fifteen digits, longer texts are read again."""
    if raw is not None and len(raw) > _EXACT_DIGITS:
        plain = raw.strip().replace(",", "")
        if _PLAIN_NUMBER.fullmatch(plain) and float(plain) == number:
            return Decimal(plain)
    return Decimal(int(number)) if number.is_integer() and abs(number) < 2**53 else Decimal(repr(number))


def _bounded(value: Decimal, width: Decimal, bound: Bound) -> tuple[Decimal, Decimal]:
    """Return the interval of a hedged value: about x, at least x, at most x."""
    match bound:
        case Bound.AT_LEAST:
            return CONTEXT.subtract(value, width), INFINITY
        case Bound.AT_MOST:
            # A count that is "under x" is still a count.
            return (ZERO if value >= 0 else -INFINITY), CONTEXT.add(value, width)
        case Bound.ABOUT:
            reach = CONTEXT.multiply(width, TWO) if width else _last_digit(value)
            return CONTEXT.subtract(value, reach), CONTEXT.add(value, reach)
        case Bound.EXACT:
            return value, value


def _last_digit(value: Decimal) -> Decimal:
    """Return one unit of the last digit that is not zero: 262,000 given as "about" is trusted to 1,000."""
    exponent = value.normalize().as_tuple().exponent
    return ONE.scaleb(exponent) if isinstance(exponent, int) else ZERO


def _yearly(frame: pl.DataFrame, regions: Collection[str] | None) -> pl.DataFrame:
    """Return the rows that hold a yearly value of a known indicator for the wanted regions."""
    wanted = (
        pl.col("indicator").is_not_null()
        & pl.col("value").is_not_null()
        & (pl.col("period").cast(pl.String).str.len_bytes() == 4)
    )
    if regions is not None:
        wanted &= pl.col("region").cast(pl.String).is_in(list(regions))
    return frame.with_row_index("number").filter(wanted).select(_FIELDS)
