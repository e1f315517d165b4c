"""Read a scorecard workbook back: cells by heading and target number, with formula, value and format."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True)
class Read:
    """A workbook as formulas and as values."""

    formulas: Workbook
    values: Workbook

    def table(self, sheet: str, head: str) -> Table:
        """Return the table of a sheet whose first heading is `head`."""
        for row in self.values[sheet].iter_rows():
            if row[0].value == head:
                columns = {
                    str(cell.value).replace("-\n", "").replace("\n", " "): cell.column for cell in row if cell.value
                }
                return Table(self.formulas[sheet], self.values[sheet], row[0].row, columns)
        raise AssertionError(f"no heading {head!r} on {sheet}")


@dataclass(frozen=True)
class Table:
    """A table of a sheet."""

    formulas: Worksheet
    values: Worksheet
    head_row: int
    columns: dict[str, int]

    def row_of(self, key: str, value: object) -> int:
        """Return the first row that has `value` in the column `key`."""
        for row in range(self.head_row + 1, self.values.max_row + 1):
            if self.values.cell(row, self.columns[key]).value == value:
                return row
        raise AssertionError(f"no row with {key} = {value!r}")

    def value(self, row: int, key: str) -> Any:
        """Return a value."""
        return self.values.cell(row, self.columns[key]).value

    def formula(self, row: int, key: str) -> str:
        """Return the formula of a cell, with its equals sign; what it holds where it is none."""
        return str(self.formulas.cell(row, self.columns[key]).value)

    def cell(self, row: int, key: str) -> Cell:
        """Return a cell with its style."""
        found = self.formulas.cell(row, self.columns[key])
        assert isinstance(found, Cell)
        return found

    def is_formula(self, row: int, key: str) -> bool:
        """Whether a cell is computed by the sheet."""
        return self.formulas.cell(row, self.columns[key]).data_type == "f"


def read(workbook: bytes) -> Read:
    """Return a workbook as formulas and as values."""
    return Read(
        openpyxl.load_workbook(io.BytesIO(workbook)), openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)
    )
