"""A grid: one sheet or text table as it is in the file, before anything in it is recognised.

Readers make grids, layouts read them. A grid knows two ways to be read: cell by cell for the first rows and for
ordinary sheets, and column by column for long tables, where making a Python object of every cell would cost more than
reading the file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ipstrong.diagnostics import Finding, Location, a1

if TYPE_CHECKING:
    import polars as pl

CellValue = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
"""What a reader returns for a cell; None and `""` are empty. Text tables hold only `str`."""


class CellFlaw(Enum):
    """What a cell hides from a reader that only asks for its value."""

    ERROR = "error"
    """An error value such as `#REF!`; the text is in `CellNote.text`."""
    NO_SAVED_VALUE = "no_saved_value"
    """A formula without a saved result; the formula is in `CellNote.text`."""


@dataclass(frozen=True, slots=True)
class CellNote:
    """What is known of a cell besides its value; most cells have none."""

    flaw: CellFlaw | None = None
    text: str = ""
    """Error text, or formula with its `=`."""
    number_format: str | None = None
    """The cell's number format where it changes what is printed: `0.0%`, `0.00`, `#,##0`, `0!.0,"万"`."""


class Grid(Protocol):
    """One sheet, with the file's own rows and columns (0-based here, A1 or line:column in messages)."""

    @property
    def file(self) -> str:
        """The file as the user named it."""

    @property
    def sheet(self) -> str | None:
        """The sheet's name; None for a text table."""

    @property
    def height(self) -> int:
        """Number of rows."""

    @property
    def width(self) -> int:
        """Number of columns."""

    @property
    def extras(self) -> GridExtras:
        """Merged ranges, hidden rows and columns, and notes on cells."""

    def rows(self, start: int = 0, stop: int | None = None) -> list[list[CellValue]]:
        """Return rows `start` to `stop`, each `width` long."""

    def line_of(self, row: int) -> int | None:
        """Return the 1-based line of a row in a text file; None for a workbook (rows there are the sheet's own)."""


@dataclass(frozen=True, slots=True)
class GridExtras:
    """What a sheet says besides its values."""

    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged ranges as 0-based (first row, first column, last row, last column), ends included."""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    notes: dict[tuple[int, int], CellNote] = field(default_factory=dict)
    column_formats: dict[int, str] = field(default_factory=dict)
    """Number formats of whole columns of long sheets, where a note on every cell would cost more than the values."""
    decimal_comma: bool = False
    """Whether a text table writes 78,1 for 78.1: to be passed to `parse_text` and `parse_series`."""

    def number_format(self, row: int, column: int) -> str | None:
        """Return the number format of a cell where it matters, None where it does not."""
        note = self.notes.get((row, column))
        return (note.number_format if note is not None else None) or self.column_formats.get(column)


@dataclass(slots=True)
class RowGrid:
    """A sheet or text table as rows of values, each as long as the grid is wide."""

    file: str
    sheet: str | None
    values: list[list[CellValue]]
    width: int
    extras: GridExtras = field(default_factory=GridExtras)
    lines: Sequence[int] = ()
    """The 1-based line on which each row of a text table begins."""

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.values)

    def rows(self, start: int = 0, stop: int | None = None) -> list[list[CellValue]]:
        """Return rows `start` to `stop`."""
        return self.values[start:stop]

    def line_of(self, row: int) -> int | None:
        """Return the 1-based line on which a row of a text table begins; None for a workbook."""
        return self.lines[row] if self.lines else None


@dataclass(slots=True)
class FrameGrid:
    """A long text table as Polars columns, without a Python object for each cell; every row is one line."""

    file: str
    frame: pl.DataFrame
    extras: GridExtras = field(default_factory=GridExtras)
    sheet: None = None

    @property
    def height(self) -> int:
        """Number of rows."""
        return self.frame.height

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.frame.width

    def rows(self, start: int = 0, stop: int | None = None) -> list[list[CellValue]]:
        """Return rows `start` to `stop`."""
        length = None if stop is None else max(0, stop - start)
        return [list(row) for row in self.frame.slice(start, length).iter_rows()]

    def line_of(self, row: int) -> int:
        """Return the 1-based line of a row."""
        return row + 1


def place(grid: Grid, row: int, column: int) -> Location:
    """Return the location of a cell: sheet and A1 in workbooks, line and field in text files."""
    if grid.sheet is None:
        line = grid.line_of(row)
        return Location(grid.file, line=line if line is not None else row + 1, column=column + 1)
    return Location(grid.file, sheet=grid.sheet, cell=a1(row, column))


class Opened(NamedTuple):
    """What a reader made of a file."""

    kind: str
    grids: list[Grid]
    findings: list[Finding]
    skipped: tuple[tuple[str, str], ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
