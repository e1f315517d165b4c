"""Datasets for tests, written as rows: only what matters to the test is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from builders import SCHEMA
from ipstrong.diagnostics import Finding, a1, split_a1
from ipstrong.model.dataset import Dataset, SourceFile


def cell(address: str, value: float | None = None, **columns: object) -> dict[str, object]:
    """Return one row of the frame for the cell `D7` (or `Sheet!D7`) of `data.xlsx`; the rest has defaults."""
    sheet, _, inside = address.rpartition("!")
    row, column = split_a1(inside)
    entry: dict[str, object] = {
        "file": "data.xlsx",
        "sheet": sheet or "Sheet1",
        "row": row - 1,
        "col": column - 1,
        "label": columns.get("indicator") or "label",
        "region": "",
        "period": "2019",
        "value": value,
        "unit": "件",
        "factor": 1.0,
        "half_width": 0.0,
        "bound": "exact",
        "status": "final",
        "indicator": None,
        "raw": "" if value is None else f"{value:.12g}",
        "remarks": "",
    }
    return {**entry, **columns}


def across(
    row: int, indicator: str | None, values: Mapping[str, float | None], **columns: object
) -> list[dict[str, object]]:
    """Return a row of a table with periods across: the values stand in columns D, E, F… of the sheet's `row`."""
    return [
        cell(a1(row - 1, 3 + place), value, indicator=indicator, period=period, **columns)
        for place, (period, value) in enumerate(values.items())
    ]


def make_dataset(
    rows: Iterable[Mapping[str, object]], *, findings: Iterable[Finding] = (), files: Iterable[SourceFile] | None = None
) -> Dataset:
    """Return a dataset of these rows; the files are those the rows name, unless given."""
    frame = pl.DataFrame([dict(row) for row in rows], schema=SCHEMA)
    if files is None:
        named = frame.select("file", "sheet").unique(maintain_order=True).rows()
        names = list(dict.fromkeys(file for file, _ in named))
        files = tuple(
            SourceFile(
                name,
                "0" * 64,
                "csv" if name.endswith(".csv") else "xlsx",
                tuple(sheet for file, sheet in named if file == name and sheet is not None),
            )
            for name in names
        )
    return Dataset(frame=frame, files=tuple(files), series=(), findings=tuple(findings))
