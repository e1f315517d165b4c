"""The yearly observations of a dataset, found by indicator, region and year; made into objects only when used."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from functools import lru_cache
from typing import Any

import polars as pl

from ipstrong.model.dataset import Bound, Dataset, Observation, ValueStatus
from ipstrong.model.evaluation import CONTEXT
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

_KEPT = 500
"""Regions whose rows are kept at hand."""


class Book:
    """Yearly observations by (indicator, region) and year.

    Where a figure stands twice, the first in reading order counts; the sources report the second.
    """

    def __init__(self, dataset: Dataset, regions: Collection[str] | None = None) -> None:
        """Index the matched yearly values of `regions`, or of all regions when None."""
        frame = _yearly(dataset.frame, regions)
        # The codes of a categorical are those of all texts of the run; regions get numbers of their own, as they appear.
        names = frame.get_column("region").unique(maintain_order=True)
        numbers = pl.Series(range(len(names)), dtype=pl.UInt32)
        codes = frame.get_column("region").to_physical()
        self.frame = frame.with_columns(
            codes.replace_strict(names.to_physical(), numbers, return_dtype=pl.UInt32).alias("at")
        )
        """The observations in reading order; `at` is the number of the region."""
        self._regions: dict[str, int] = {name: number for number, name in enumerate(names.to_list())}
        self._starts: list[int] = []
        self._by_region = self.frame.clear()
        self._found: dict[str, dict[tuple[str, int], tuple[Any, ...]]] = {}
        statuses = self.frame.get_column("status").unique().to_list()
        self.all_final = set(statuses) <= {ValueStatus.FINAL.value}
        """Whether no value is provisional or estimated, so that nobody need look."""

    def regions(self) -> dict[str, int]:
        """Return every region that has a value, in order of appearance, with its number."""
        return self._regions

    def get(self, indicator: str, region: str, year: int) -> Observation | None:
        """Return the observation, or None; it is made anew each time."""
        found = self._found.get(region)
        if found is None:
            if len(self._found) > _KEPT:
                self._found.clear()
            found = self._found[region] = self._read(region)
        row = found.get((indicator, year))
        return None if row is None else _observation(row, year)

    def _read(self, region: str) -> dict[tuple[str, int], tuple[Any, ...]]:
        """Return the rows of a region by indicator and year; the first of several rows for a year counts."""
        number = self._regions.get(region)
        if number is None:
            return {}
        if not self._starts:
            by_region = self.frame.sort("at", maintain_order=True)
            bounds = pl.Series(range(len(self._regions) + 1), dtype=pl.UInt32)
            self._starts = by_region.get_column("at").search_sorted(bounds).to_list()
            self._by_region = by_region.select(_FIELDS)
        start, stop = self._starts[number : number + 2]
        found: dict[tuple[str, int], tuple[Any, ...]] = {}
        for row in self._by_region.slice(start, stop - start).rows():
            found.setdefault((row[0], int(row[2])), row)
        return found


def _observation(row: tuple[Any, ...], year: int) -> Observation:
    (indicator, region, _, number, factor, half, bound, status, file, sheet, line, column, raw, unit, place) = row
    value = _decimal(number, raw)
    if factor != 1:
        value = CONTEXT.multiply(value, _scale(factor))
    low = high = value
    if half or bound != "exact":
        low, high = _interval(value, half, factor, bound)
    return Observation(
        indicator,
        region,
        year_period(year),
        value,
        low,
        high,
        _STATUSES[status],
        _BOUNDS[bound],
        file,
        sheet,
        line,
        column,
        raw,
        unit,
        place,
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
    # Periods and regions are categorical: which are wanted is settled once a name, and not once a row.
    periods = frame.get_column("period").unique().drop_nulls().cast(pl.String)
    years = periods.filter(periods.str.len_bytes() == 4)
    wanted = pl.col("indicator").is_not_null() & pl.col("value").is_not_null() & pl.col("period").is_in(years.to_list())
    if regions is not None:
        wanted &= pl.col("region").is_in(list(regions))
    return frame.with_row_index("number").filter(wanted).select(_FIELDS)
