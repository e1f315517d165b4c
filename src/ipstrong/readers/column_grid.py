"""The grid of a long worksheet: its head as rows of values, what is below as columns without a Python object a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from ipstrong.readers.grid import CellValue, GridExtras
from ipstrong.readers.grids import SheetGrid
from ipstrong.values.text_columns import Parts, parts_of, printed_parts


@dataclass(slots=True)
class ColumnGrid:
    """A long worksheet. It says of every cell what `SheetGrid` says, with None for all that is blank below the head."""

    head: SheetGrid
    """The first rows, as wide as the sheet."""
    below: Sequence[Parts]
    """The columns below the head, from its leftmost on."""
    n_below: int
    """Rows below the head."""

    @property
    def file(self) -> str:
        """The file as the user named it."""
        return self.head.file

    @property
    def sheet(self) -> str | None:
        """The sheet's name."""
        return self.head.sheet

    @property
    def extras(self) -> GridExtras:
        """Merged ranges, hidden rows and columns, and notes on cells."""
        return self.head.extras

    @property
    def height(self) -> int:
        """Number of rows from the sheet's first."""
        return self.head.height + self.n_below

    @property
    def width(self) -> int:
        """Number of columns from A."""
        return self.head.width

    def rows(self, start: int = 0, stop: int | None = None) -> list[list[CellValue]]:
        """Return rows `start` to `stop`, each `width` long."""
        stop = self.height if stop is None else min(stop, self.height)
        first = max(0, start - self.head.height)
        length = stop - self.head.height - first
        above = self.head.rows(start, stop)
        if length <= 0:
            return above
        blank: list[CellValue] = [None] * length
        columns = [blank] * self.head.left + [_values(parts, first, length) for parts in self.below]
        return above + [list(row) for row in zip(*columns, strict=True)]

    def text_column(self, column: int, start: int = 0) -> pl.Series:
        """Return a column from row `start` on as text, numbers as they are printed where their format matters."""
        index = column - self.head.left
        above = parts_of([row[column] for row in self.head.rows(start)])
        below = (self.below[index] if index >= 0 else Parts(None, None)).slice(max(0, start - self.head.height))
        n_above, n_below = max(0, self.head.height - start), self.height - max(start, self.head.height)
        parts = Parts(
            _joined(above.numbers, below.numbers, n_above, n_below, pl.Float64()),
            _joined(above.words, below.words, n_above, n_below, pl.String()),
        )
        return printed_parts(parts, n_above + n_below, self.extras, column, start)

    def line_of(self, row: int) -> int | None:
        """Return None: rows of a sheet are its own."""
        del row
        return None

    def filled_rows(self, rows: Iterable[int]) -> list[int]:
        """Return those of the rows that hold a value, in order."""
        wanted = sorted(row for row in rows if row < self.height)
        found = self.head.filled_rows(wanted)
        below = [row - self.head.height for row in wanted if row >= self.head.height]
        held = pl.repeat(value=False, n=len(below), eager=True)
        for parts in self.below:
            for part in parts:
                if part is not None:
                    held |= part.gather(below).is_not_null()
        return found + [below[number] + self.head.height for number in held.arg_true()]

    def filled_columns(self, columns: Iterable[int]) -> list[int]:
        """Return those of the columns that hold a value, in order."""
        wanted = set(columns)
        found = set(self.head.filled_columns(wanted))
        for column, parts in enumerate(self.below, start=self.head.left):
            if column in wanted and any(part is not None and part.null_count() < len(part) for part in parts):
                found.add(column)
        return sorted(found)


def _values(parts: Parts, start: int, length: int) -> list[CellValue]:
    """Return the values of some rows."""
    numbers, words = (None if part is None else part.slice(start, length).to_list() for part in parts)
    if numbers is None or words is None:
        return numbers or words or [None] * length
    return [word if number is None else number for number, word in zip(numbers, words, strict=True)]


def _joined(
    above: pl.Series | None, below: pl.Series | None, n_above: int, n_below: int, dtype: pl.DataType
) -> pl.Series | None:
    """Return one part of a column above and below the head's end; None where neither has it."""
    if above is None and below is None:
        return None
    upper, lower = (
        pl.Series([None], dtype=dtype).new_from_index(0, length) if part is None else part.cast(dtype)
        for part, length in ((above, n_above), (below, n_below))
    )
    return pl.concat([upper, lower])
