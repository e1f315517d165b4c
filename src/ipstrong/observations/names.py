"""Numbers for names: while cells are gathered, labels, regions, periods and units are small integers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from ipstrong.diagnostics import Location, a1
from ipstrong.observations.matching import Head

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

    def extend(self, names: Iterable[Named]) -> None:
        """Give the next numbers to names that are new and will not be asked for again."""
        self.names.extend(names)

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self.names)


class SeriesHead(NamedTuple):
    """The label of a series in one table."""

    head: Head
    table: int
    """Number of the table in the run."""
    unit: str = ""
    """Unit of heading, row or table: one label may stand for two series, `进出口总额_亿元` and `进出口总额_万美元`."""


@dataclass(slots=True)
class TableInfo:
    """Where a table stands."""

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
