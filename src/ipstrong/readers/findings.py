"""What a grid's extras give cause to say: errors, formulas without results, hidden cells with values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from ipstrong.diagnostics import Finding, Location, a1
from ipstrong.diagnostics.codes import data as codes
from ipstrong.readers.grid import CellFlaw, Grid
from ipstrong.texts import Text


class WorkbookGrid(Grid, Protocol):
    """A sheet of a workbook, which may have hidden rows and columns."""

    def filled_rows(self, rows: Iterable[int]) -> list[int]:
        """Return those of the rows that hold a value, in order."""

    def filled_columns(self, columns: Iterable[int]) -> list[int]:
        """Return those of the columns that hold a value, in order."""


def flaw_findings(grid: Grid) -> Iterator[Finding]:
    """Yield a finding for every error value and every formula without a saved value, runs down a column as ranges."""
    notes = grid.extras.notes
    flawed = [(column, row, note.flaw, note.text) for (row, column), note in notes.items() if note.flaw is not None]
    flawed.sort(key=lambda flaw: flaw[:2])
    for (column, flaw, _), cells in _runs(flawed):
        first, last = cells[0], cells[-1]
        address = a1(first[0], column) if first is last else f"{a1(first[0], column)}:{a1(last[0], column)}"
        where = Location(grid.file, sheet=grid.sheet, cell=address)
        if flaw is CellFlaw.ERROR:
            yield Finding(codes.ERROR_VALUE, where, {"error": first[1] or "#?"})
        else:
            yield Finding(codes.NO_SAVED_VALUE, where, {"formula": first[1]})


_Run = tuple[tuple[int, CellFlaw, str], list[tuple[int, str]]]


def _runs(flawed: Iterable[tuple[int, int, CellFlaw, str]]) -> Iterator[_Run]:
    """Group flaws of one kind that stand on consecutive rows of a column; error texts must be the same."""
    run: _Run | None = None
    for column, row, flaw, text in flawed:
        key = (column, flaw, text if flaw is CellFlaw.ERROR else "")
        if run is not None and run[0] == key and run[1][-1][0] == row - 1:
            run[1].append((row, text))
            continue
        if run is not None:
            yield run
        run = (key, [(row, text)])
    if run is not None:
        yield run


def hidden_findings(grid: WorkbookGrid) -> Iterator[Finding]:
    """Yield a finding for hidden rows and one for hidden columns that hold values."""
    rows = grid.filled_rows(grid.extras.hidden_rows)
    columns = grid.filled_columns(grid.extras.hidden_columns)
    if rows:
        cell = f"A{rows[0] + 1}"
        listed = _listed([str(row + 1) for row in rows])
        what = Text(f"第 {listed.zh} 行", f"rows {listed.en}" if len(rows) > 1 else f"row {listed.en}")
        yield Finding(codes.HIDDEN_CELLS, Location(grid.file, sheet=grid.sheet, cell=cell), {"what": what})
    if columns:
        listed = _listed([a1(0, column)[:-1] for column in columns])
        what = Text(f" {listed.zh} 列", f"columns {listed.en}" if len(columns) > 1 else f"column {listed.en}")
        where = Location(grid.file, sheet=grid.sheet, cell=a1(0, columns[0]))
        yield Finding(codes.HIDDEN_CELLS, where, {"what": what})


def _listed(names: list[str]) -> Text:
    """Return names with commas, at most six of them."""
    if len(names) <= 6:
        return Text("、".join(names), ", ".join(names))
    return Text("、".join(names[:5]) + f" 等 {len(names)}", ", ".join(names[:5]) + f" and {len(names) - 5} more")
