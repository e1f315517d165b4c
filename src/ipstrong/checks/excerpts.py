"""The row around a finding, so that a report can show it: the label and the values, each in its own column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from ipstrong.checks.panel import Panel
from ipstrong.diagnostics import Finding, Location, split_a1

_MOST = 2000
"""Findings that get their row; nobody reads more."""
_WIDEST = 64
"""Columns of a row that are shown; cells further right have no excerpt."""

_Key = tuple[str, str | None, int]


def with_excerpts(panel: Panel, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings, each that is at a cell with the row of that cell."""
    keys = [_row_of(finding.location) for finding in findings[:_MOST]]
    rows = _rows(panel, {key for key in keys if key is not None})
    shown = [
        finding if key is None or key not in rows else replace(finding, excerpt=rows[key])
        for key, finding in zip(keys, findings[:_MOST], strict=True)
    ]
    return [*shown, *findings[_MOST:]]


def _row_of(location: Location) -> _Key | None:
    row, column = split_a1(location.cell) if location.cell else (location.line or 0, location.column or 0)
    return (location.path, location.sheet, row - 1) if row and 0 < column <= _WIDEST else None


def _rows(panel: Panel, keys: set[_Key]) -> dict[_Key, str]:
    if not keys:
        return {}
    wanted = pl.DataFrame(list(keys), schema={"file": pl.String, "sheet": pl.String, "row": pl.UInt32}, orient="row")
    rows = panel.cells.filter(pl.col("row").is_in(wanted["row"].unique().implode()))
    around = panel.read(rows).join(wanted, on=["file", "sheet", "row"], how="semi", nulls_equal=True)
    grouped = around.sort("col").group_by("file", "sheet", "row").agg("col", "label", "raw")
    return {
        (file, sheet, row): _line(places, labels[0], raws)
        for file, sheet, row, places, labels, raws in grouped.iter_rows()
    }


def _line(places: Sequence[int], label: str, raws: Sequence[str | None]) -> str:
    cells = [""] * (min(max(places), _WIDEST - 1) + 1)
    for place, raw in zip(places, raws, strict=True):
        if place < _WIDEST:
            cells[place] = _one_line(raw or "")
    if places[0] > 0:
        cells[0] = _one_line(label)
    return "\t".join(cells)


def _one_line(text: str) -> str:
    return " ".join(text.split())
