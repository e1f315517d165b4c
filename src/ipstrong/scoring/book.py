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

_NO_YEARS: dict[int, int] = {}


class Book:
    """Yearly observations by (indicator, region) and year.

    Where a figure stands twice, the first in reading order counts; the sources report the second.
    """

    def __init__(self, dataset: Dataset, regions: Collection[str] | None = None) -> None:
        """Index the matched yearly values of `regions`, or of all regions when None."""
        self._frame = _yearly(dataset.frame, regions)
        self._lists: dict[str, list[Any]] = {}
        self._rows = _index(self._frame)
        statuses = self._frame.get_column("status").unique().to_list()
        self.all_final = set(statuses) <= {ValueStatus.FINAL.value}
        """Whether no value is provisional or estimated, so that nobody need look."""

    def regions(self) -> list[str]:
        """Return every region that has a value, in order of appearance."""
        return list(dict.fromkeys(region for _, region in self._rows))

    def years(self, indicator: str, region: str) -> dict[int, int]:
        """Return the rows of the book that hold an indicator of a region, by year."""
        return self._rows.get((indicator, region), _NO_YEARS)

    def doubles(self) -> tuple[list[float], list[float], list[bool]]:
        """Return, by row, the value and half its last printed place in the indicator's unit, and whether it is hedged."""
        frame = self._frame.select(
            (pl.col("value") * pl.col("factor")).alias("value"),
            (pl.col("half_width") * pl.col("factor")).fill_null(0.0).alias("width"),
            (pl.col("bound") != Bound.EXACT.value).alias("hedged"),
        )
        return frame["value"].to_list(), frame["width"].to_list(), frame["hedged"].to_list()

    def places(self) -> tuple[list[str], list[str | None], list[int], list[int]]:
        """Return, by row, file, sheet, row and column of the cell."""
        return self._list("file"), self._list("sheet"), self._list("row"), self._list("col")

    def get(self, indicator: str, region: str, year: int) -> Observation | None:
        """Return the observation, or None; it is made anew each time."""
        years = self._rows.get((indicator, region))
        position = None if years is None else years.get(year)
        return None if position is None else self._make(indicator, region, year, position)

    def _list(self, name: str) -> list[Any]:
        """Return a column as a list, made when it is first asked for."""
        made = self._lists.get(name)
        if made is None:
            made = self._lists[name] = _to_list(self._frame.get_column(name))
        return made

    def _make(self, indicator: str, region: str, year: int, position: int) -> Observation:
        # One column after the other, spelt out: this runs for every value of every region.
        column = self._list
        raw, factor = column("raw")[position], column("factor")[position]
        half, bound = column("half_width")[position], column("bound")[position]
        value = _decimal(column("value")[position], raw)
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
            _STATUSES[column("status")[position]],
            _BOUNDS[bound],
            column("file")[position],
            column("sheet")[position],
            column("row")[position],
            column("col")[position],
            raw,
            column("unit")[position],
            column("number")[position],
        )


def _index(frame: pl.DataFrame) -> dict[tuple[str, str], dict[int, int]]:
    """Return the rows by indicator and region, then by year; the first of several rows for a year counts."""
    grouped = (
        frame.lazy()
        .select("indicator", "region", pl.col("period").cast(pl.String).cast(pl.Int32).alias("year"))
        .with_row_index("at")
        .unique(["indicator", "region", "year"], keep="first", maintain_order=True)
        .group_by("indicator", "region", maintain_order=True)
        .agg("year", "at")
        .collect()
    )
    columns = (grouped.get_column(name).to_list() for name in ("indicator", "region", "year", "at"))
    return {
        (indicator, region): dict(zip(years, rows, strict=True))
        for indicator, region, years, rows in zip(*columns, strict=True)
    }


def _to_list(column: pl.Series) -> list[Any]:
    """Return the values of a column; equal texts are one object where the whole column is one text."""
    if column.len() and column.n_unique() == 1:
        return [column[0]] * column.len()
    return column.to_list()


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
