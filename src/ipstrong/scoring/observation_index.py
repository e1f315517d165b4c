"""The yearly observations of a dataset by indicator, region and year; made into objects when they are asked for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import polars as pl

from ipstrong.model.dataset import (
    Bound,
    Dataset,
    Observation,
    ValueStatus,
    half_place,
    in_indicator_unit,
    interval_of,
    printed_value,
)
from ipstrong.model.period import year as year_period

_PLACE = ("file", "sheet", "row", "col", "raw", "unit", "number")
"""Columns that an observation carries as they are."""
_FIELDS = ("indicator", "region", "period", "value", "factor", "half_width", "bound", "status", *_PLACE)
_STATUSES = {status.value: status for status in ValueStatus}
_BOUNDS = {bound.value: bound for bound in Bound}
_REGIONS_AT_ONCE = 200
"""How many regions are read from the frame together."""


class ObservationIndex:
    """Yearly observations by indicator, region and year.

    Of a figure given twice, the first in reading order counts; another rule reports the second.
    """

    def __init__(self, dataset: Dataset, regions: Collection[str] | None = None) -> None:
        """Index the matched yearly values of `regions`, or of all regions when None."""
        frame = _yearly(dataset.frame, regions)
        names = frame.get_column("region").unique(maintain_order=True)
        codes = frame.get_column("region").to_physical()
        order = pl.Series(range(len(names)), dtype=pl.UInt32)
        places = codes.replace_strict(names.to_physical(), order, return_dtype=pl.UInt32).cast(pl.UInt32)
        by_region = frame.with_columns(places.alias("place")).sort("place", maintain_order=True)
        bounds = pl.Series(range(len(names) + 1), dtype=pl.UInt32)
        self._starts: list[int] = by_region.get_column("place").search_sorted(bounds).to_list()
        self._frame = by_region.select(_FIELDS).with_columns(pl.col("period").cast(pl.String).cast(pl.Int32))
        self._places: dict[str, int] = {name: place for place, name in enumerate(names.to_list())}
        self._rows: dict[str, dict[str, dict[int, int]]] = {}
        self._columns: dict[int, tuple[list[Any], ...]] = {}
        statuses = frame.get_column("status").unique().to_list()
        self.all_final = set(statuses) <= {ValueStatus.FINAL.value}
        """Whether no value is provisional or estimated."""

    @property
    def regions(self) -> list[str]:
        """Every region that has a value, in order of appearance."""
        return [*self._places]

    def get(self, indicator: str, region: str, year: int) -> Observation | None:
        """Return the observation, or None; it is made anew each time."""
        position = self._places.get(region)
        if position is None:
            return None
        first = position - position % _REGIONS_AT_ONCE
        columns = self._columns.get(first) or self._read(first)
        row = self._rows[region].get(indicator, {}).get(year)
        if row is None:
            return None
        number, factor, half_width, bound_name, status, *place = [values[row] for values in columns]
        value, bound = in_indicator_unit(printed_value(number, place[4]), factor), _BOUNDS[bound_name]
        low = high = value
        if half_width or bound is not Bound.EXACT:
            low, high = interval_of(value, half_place(half_width, factor), bound)
        when = year_period(year)
        return Observation(indicator, region, when, value, low, high, _STATUSES[status], bound, *place)

    def _read(self, first: int) -> tuple[list[Any], ...]:
        """Read and return the columns of neighbouring regions, which are asked for one after the other."""
        last = min(first + _REGIONS_AT_ONCE, len(self._places))
        start, stop = self._starts[first], self._starts[last]
        indicators, regions, years, *columns = self._frame.slice(start, stop - start).to_dict(as_series=False).values()
        for row, (indicator, region, year) in enumerate(zip(indicators, regions, years, strict=True)):
            self._rows.setdefault(region, {}).setdefault(indicator, {}).setdefault(year, row)
        self._columns[first] = tuple(columns)
        return self._columns[first]


def _yearly(frame: pl.DataFrame, regions: Collection[str] | None) -> pl.DataFrame:
    """Return the rows that hold a yearly value of a known indicator for the wanted regions."""
    periods = frame.get_column("period").unique().drop_nulls().cast(pl.String)
    years = periods.filter(periods.str.len_bytes() == 4)
    wanted = pl.col("indicator").is_not_null() & pl.col("value").is_not_null() & pl.col("period").is_in(years.to_list())
    if regions is not None:
        wanted &= pl.col("region").is_in(list(regions))
    return frame.with_row_index("number").filter(wanted).select(_FIELDS)
