"""The names of a run: labels, regions, periods and units as small integers, and those that a table gives its cells."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from ipstrong.diagnostics import Location, a1
from ipstrong.layout.context import name_of
from ipstrong.layout.labels import is_rate
from ipstrong.layout.marks import MarkedGrid
from ipstrong.layout.tables import Table
from ipstrong.model.unit import MULTIPLIERS, Unit, parse_unit
from ipstrong.observations.matching import Head
from ipstrong.observations.regions import RegionNames
from ipstrong.texts import Text

Named = TypeVar("Named", bound=Hashable)


class Register(Generic[Named]):
    """Names in the order of their first use, and the number of each."""

    def __init__(self) -> None:
        """Start empty."""
        self.names: list[Named] = []
        self._numbers: dict[Named, int] = {}

    def number(self, name: Named) -> int:
        """Return the number of a name."""
        known = self._numbers.get(name)
        if known is None:
            known = self._numbers[name] = len(self.names)
            self.names.append(name)
        return known

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self.names)


class SeriesHead(NamedTuple):
    """The label of a series in one table."""

    head: Head
    table: int
    """Number of the table in the run."""
    unit: str = ""
    """Unit of heading, row or table: one label may name two series, `进出口总额_亿元` and `进出口总额_万美元`."""


@dataclass(slots=True)
class TableInfo:
    """Where a table is."""

    file: str
    sheet: str | None
    layout: str

    def place(self, row: int, column: int) -> Location:
        """Return the location of a cell."""
        if self.sheet is None:
            return Location(self.file, line=row + 1, column=column + 1)
        return Location(self.file, sheet=self.sheet, cell=a1(row, column))

    def span(self, top: int, left: int, bottom: int, right: int) -> str:
        """Return a range of cells as people find it: `B5:F35`, or the lines of a text file's column."""
        if self.sheet is not None:
            return a1(top, left) if (top, left) == (bottom, right) else f"{a1(top, left)}:{a1(bottom, right)}"
        lines = f"{top + 1}" if top == bottom else f"{top + 1}-{bottom + 1}"
        columns = f"{left + 1}" if left == right else f"{left + 1}-{right + 1}"
        return f"line {lines}, column {columns}"


@dataclass(slots=True)
class Names:
    """All names of a run."""

    heads: Register[SeriesHead] = field(default_factory=Register)
    regions: Register[str] = field(default_factory=Register)
    """Number 0 is no region."""
    periods: Register[str] = field(default_factory=Register)
    units: Register[str] = field(default_factory=Register)
    """Number 0 is no unit."""
    tables: list[TableInfo] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Give the empty names their numbers."""
        self.units.number("")
        self.periods.number("")
        self.regions.number("")


class Naming:
    """Names the cells of one table."""

    def __init__(self, sheet: MarkedGrid, table: Table, names: Names, regions: RegionNames) -> None:
        """Register the table."""
        self.table = table
        self.names = names
        self.regions = regions
        self.number = len(names.tables)
        names.tables.append(TableInfo(sheet.grid.file, sheet.grid.sheet, table.layout))
        self.fallback, self.fallback_source = _fallback(sheet, table)
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


def _fallback(sheet: MarkedGrid, table: Table) -> tuple[str, Text | None]:
    """Return the name of values that neither row nor column names, and where it is from if not from the title."""
    if table.title or table.value_name:
        return table.title or table.value_name, None
    grid = sheet.grid
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
