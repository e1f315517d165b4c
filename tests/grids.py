"""Grids made of lists, and what is read from them: for tests of layouts and matching."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from ipstrong.layout.marks import MarkedGrid
from ipstrong.model.dataset import Dataset
from ipstrong.model.plan import Plan
from ipstrong.observations.dataset_builder import DatasetBuilder
from ipstrong.readers.grid import CellNote, CellValue, GridExtras


class ListGrid:
    """A sheet of a workbook, or a text table where `sheet` is None."""

    def __init__(
        self,
        rows: Sequence[Sequence[CellValue]],
        *,
        sheet: str | None = "表1",
        file: str = "data.xlsx",
        merged: Sequence[tuple[int, int, int, int]] = (),
        notes: dict[tuple[int, int], CellNote] | None = None,
    ) -> None:
        """Pad the rows to one width."""
        self._width = max((len(row) for row in rows), default=0)
        self._rows = [[*row, *[None] * (self._width - len(row))] for row in rows]
        self._file, self._sheet = file, sheet
        self._extras = GridExtras(merged=tuple(merged), notes=notes or {})

    @property
    def file(self) -> str:
        return self._file

    @property
    def sheet(self) -> str | None:
        return self._sheet

    @property
    def height(self) -> int:
        return len(self._rows)

    @property
    def width(self) -> int:
        return self._width

    @property
    def extras(self) -> GridExtras:
        return self._extras

    def rows(self, start: int = 0, stop: int | None = None) -> list[list[CellValue]]:
        return self._rows[start:stop]

    def line_of(self, row: int) -> int | None:
        return row + 1 if self._sheet is None else None


class Seen(NamedTuple):
    """One value as read."""

    label: str
    region: str
    period: str
    value: float | None
    unit: str | None


def table(text: str) -> list[list[CellValue]]:
    """Return the cells of a table drawn with `|`; plain numbers become numbers, `""` and nothing are blank.

    Blanks at the ends of cells are written `~`; a leading `'` keeps digits a text.
    """
    return [[_cell(cell) for cell in line.split("|")] for line in text.strip("\n").split("\n")]


def _cell(text: str) -> CellValue:
    text = text.strip(" ").replace("~", " ")
    if not text:
        return None
    try:
        return float(text) if text[0] not in "0'" or text in {"0", "0.0"} or text.startswith("0.") else text.lstrip("'")
    except ValueError:
        return text.lstrip("'")


def observe(*grids: ListGrid, plan: Plan | None = None) -> Dataset:
    """Return what is read from the grids."""
    run = DatasetBuilder(plan)
    for grid in grids:
        run.add_sheet(MarkedGrid(grid))
    return run.dataset()


def seen(dataset: Dataset) -> list[Seen]:
    """Return the values in the order of reading; missing ones too."""
    columns = ("label", "region", "period", "value", "unit")
    return [Seen(*row) for row in dataset.frame.select(columns).cast({"label": pl.String}).iter_rows()]


def read(text: str, *, merged: Sequence[tuple[int, int, int, int]] = (), sheet: str | None = "表1") -> list[Seen]:
    """Return the values of a drawn table that are not missing."""
    return [
        entry for entry in seen(observe(ListGrid(table(text), merged=merged, sheet=sheet))) if entry.value is not None
    ]


def codes_of(dataset: Dataset) -> list[str]:
    """Return the codes of the findings in order."""
    return [finding.code.id for finding in dataset.findings]
