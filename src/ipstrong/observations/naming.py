"""The names that a table gives its cells: full label, region, unit."""

from __future__ import annotations

from typing import NamedTuple

from ipstrong.layout.context import name_of
from ipstrong.layout.labels import is_rate
from ipstrong.layout.tables import Table
from ipstrong.model.unit import MULTIPLIERS, Unit, parse_unit
from ipstrong.observations.matching import Head
from ipstrong.observations.names import Names, SeriesHead, TableInfo
from ipstrong.observations.regions import RegionNames
from ipstrong.readers.grid import Grid
from ipstrong.texts import Text


class Naming:
    """Names the cells of one table."""

    def __init__(self, grid: Grid, table: Table, names: Names, regions: RegionNames) -> None:
        """Register the table."""
        self.table = table
        self.names = names
        self.regions = regions
        self.number = len(names.tables)
        names.tables.append(TableInfo(grid.file, grid.sheet, table.layout))
        self.fallback, self.fallback_source = _fallback(grid, table)
        """The name of values that neither row nor column names, and where it is from where that is doubtful."""
        self.used_fallback = False
        self.default_region = 0 if table.region is None else names.regions.number(regions.resolve(table.region))
        self._heads: dict[tuple[tuple[str, ...], tuple[str, ...], str | None], int] = {}

    def head(self, row_parts: tuple[str, ...], column_parts: tuple[str, ...], unit: str | None) -> int:
        """Return the number of the series that a row and a column make together.

        Args:
            row_parts: Groups and labels before the row.
            column_parts: Heading levels over the column.
            unit: The unit of column or row; None where only the table's can hold.
        """
        key = (row_parts, column_parts, unit)
        known = self._heads.get(key)
        if known is None:
            head = self._head(row_parts, column_parts)
            own = unit if unit is not None else self._table_unit(head.label)
            known = self._heads[key] = self.names.heads.number(SeriesHead(head, self.number, own))
        return known

    def _head(self, row_parts: tuple[str, ...], column_parts: tuple[str, ...]) -> Head:
        parts = row_parts + tuple(part for part in column_parts if part not in row_parts[-1:])
        title = self.table.title
        if not parts:
            self.used_fallback = True
            return Head(self.fallback, (), title)
        return Head(" ".join(parts), parts, title)

    def label(self, head: int) -> str:
        """Return the full label of a series."""
        return self.names.heads.names[head].head.label

    def unit(self, head: int) -> str:
        """Return the unit of a series; empty where none is named."""
        return self.names.heads.names[head].unit

    def _table_unit(self, label: str) -> str:
        """Return the unit of the table where a series takes it: rates and shares in a table of counts do not."""
        unit = self.table.unit
        return "" if unit is None or is_rate(label, unit) else unit


def _fallback(grid: Grid, table: Table) -> tuple[str, Text | None]:
    """Return the name of values that neither row nor column names, and where it is from if not from the title."""
    if table.title or table.value_name:
        return table.title or table.value_name, None
    name = name_of(grid.file, grid.sheet)
    if grid.sheet is not None and name and name != name_of(grid.file, None):
        return name, Text("工作表名", "the sheet's name")
    return name or "-", Text("文件名", "the file's name")


class JoinedUnit(NamedTuple):
    """The unit of a cell that names a unit of its own."""

    text: str
    is_doubtful: bool
    """Whether cell and heading both name a scale."""


def join_unit(own: Unit, series: str) -> JoinedUnit:
    """Return the unit of a cell: its own; a bare scale (`13万`) takes the counter from the heading."""
    if own.dimension or not series:
        return JoinedUnit(own.text, is_doubtful=False)
    base = parse_unit(series)
    if base is None:
        return JoinedUnit(own.text, is_doubtful=True)
    if base.factor == 1 or base.dimension == "%":
        return JoinedUnit(f"{own.text}{series}", is_doubtful=False)
    counter = next((series[len(word) :] for word in MULTIPLIERS if series.startswith(word)), series)
    return JoinedUnit(f"{own.text}{counter}", is_doubtful=True)
