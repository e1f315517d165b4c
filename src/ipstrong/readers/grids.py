"""The grids that readers make: rows of a workbook sheet, rows of a text table, columns of a long text table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ipstrong.readers.grid import CellValue, GridExtras
from ipstrong.values.cells import decimal_of

if TYPE_CHECKING:
    import polars as pl


@dataclass(slots=True)
class SheetGrid:
    """A workbook sheet as rows of values; the rows may start below and right of A1."""

    file: str
    sheet: str | None
    values: Sequence[list[CellValue]]
    """Rows of equal length, from cell (`top`, `left`) on."""
    top: int = 0
    left: int = 0
    extras: GridExtras = field(default_factory=GridExtras)

    @property
    def height(self) -> int:
        """Number of rows from the sheet's first."""
        return self.top + len(self.values) if self.values else 0

    @property
    def width(self) -> int:
        """Number of columns from A."""
        return self.left + len(self.values[0]) if self.values else 0

    def rows(self, start: int = 0, stop: int | None = None) -> list[list[CellValue]]:
        """Return rows `start` to `stop`, each `width` long."""
        stop = self.height if stop is None else min(stop, self.height)
        blanks: list[CellValue] = [None] * self.left
        above: list[list[CellValue]] = [[None] * self.width for _ in range(start, min(stop, self.top))]
        below = self.values[max(0, start - self.top) : max(0, stop - self.top)]
        return above + ([blanks + row for row in below] if blanks else list(below))

    def text_column(self, column: int, start: int = 0) -> pl.Series:
        """Return a column from row `start` on as text, numbers as they are printed where their format matters."""
        from ipstrong.values.text_columns import printed_column

        index = column - self.left
        below = self.values[max(0, start - self.top) :]
        values: list[CellValue] = [None] * max(0, self.top - start)
        values += [row[index] for row in below] if index >= 0 else [None] * len(below)
        return printed_column(values, self.extras, column, start)

    def line_of(self, row: int) -> int | None:
        """Return None: rows of a sheet are its own."""
        del row
        return None

    def filled_rows(self, rows: Iterable[int]) -> list[int]:
        """Return those of the rows that hold a value, in order."""
        inside = range(self.top, self.height)
        return [row for row in sorted(rows) if row in inside and _any(self.values[row - self.top])]

    def filled_columns(self, columns: Iterable[int]) -> list[int]:
        """Return those of the columns that hold a value, in order."""
        inside = range(self.left, self.width)
        return [
            column
            for column in sorted(columns)
            if column in inside and _any(line[column - self.left] for line in self.values)
        ]


@dataclass(slots=True)
class TextGrid:
    """A text table as rows of fields, ragged rows filled up, with the line on which each row starts."""

    file: str
    values: list[list[CellValue]]
    lines: Sequence[int]
    width: int
    extras: GridExtras = field(default_factory=GridExtras)
    sheet: None = None

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.values)

    def rows(self, start: int = 0, stop: int | None = None) -> list[list[CellValue]]:
        """Return rows `start` to `stop`, each `width` long."""
        return self.values[start:stop]

    def text_column(self, column: int, start: int = 0) -> pl.Series:
        """Return a column from row `start` on as text; null for empty."""
        import polars as pl

        return pl.Series([row[column] or None for row in self.values[start:]], dtype=pl.String)

    def line_of(self, row: int) -> int:
        """Return the 1-based line on which a row starts."""
        return self.lines[row]


@dataclass(slots=True)
class FrameGrid:
    """A long text table as Polars columns: no Python object a cell. Every row is one line."""

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
        """Return rows `start` to `stop`, each `width` long."""
        length = None if stop is None else max(0, stop - start)
        return [list(row) for row in self.frame.slice(start, length).iter_rows()]

    def text_column(self, column: int, start: int = 0) -> pl.Series:
        """Return a column from row `start` on as text; null for empty."""
        return self.frame.to_series(column).slice(start)

    def line_of(self, row: int) -> int:
        """Return the 1-based line of a row."""
        return row + 1


def _any(cells: Iterable[CellValue]) -> bool:
    return any(cell is not None and cell != "" for cell in cells)


def text_of(value: CellValue) -> str | None:
    """Return a cell value as text: numbers as their shortest decimal, dates as ISO, None for empty."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    return str(value)


def _number_text(value: float) -> str:
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 - NaN is not equal to itself
        return str(value)
    return format(decimal_of(value), "f")
