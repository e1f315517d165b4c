"""The types of `Dataset.frame`: the one place where they are written down.

Repeated strings are categorical (4 bytes a row); they compare with and filter by `str`, and `cast(pl.String)` turns them
into text. `raw` differs from cell to cell and stays a string.
"""

from __future__ import annotations

import polars as pl

from ipstrong.model.dataset import COLUMNS
from ipstrong.values.cell_series import BOUND, STATUS

NO_INDICATOR = 2**32 - 1
"""Stands for no indicator where those of a plan are numbered."""

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "file": pl.Categorical,
    "sheet": pl.Categorical,
    "row": pl.UInt32,
    "col": pl.UInt32,
    "label": pl.Categorical,
    "region": pl.Categorical,
    "period": pl.Categorical,
    "value": pl.Float64,
    "unit": pl.Categorical,
    "factor": pl.Float64,
    "half_width": pl.Float64,
    "bound": BOUND,
    "status": STATUS,
    "indicator": pl.Categorical,
    "raw": pl.String,
    "remarks": pl.Categorical,
}
"""Type of every column of `COLUMNS`, in its order."""

CELLS: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.UInt32,
    "col": pl.UInt32,
    "head": pl.UInt32,
    "region": pl.UInt32,
    "period": pl.UInt32,
    "unit": pl.UInt32,
    "value": pl.Float64,
    "half_width": pl.Float64,
    "bound": BOUND,
    "status": STATUS,
    "raw": pl.String,
    "remarks": pl.Categorical,
}
"""Cells before names are settled: `head`, `region`, `period` and `unit` are numbers in `Names`."""


def empty_frame() -> pl.DataFrame:
    """Return a frame of the right columns without a row."""
    return pl.DataFrame(schema=SCHEMA)


def empty_cells() -> pl.DataFrame:
    """Return cells without a row."""
    return pl.DataFrame(schema=CELLS)


if tuple(SCHEMA) != COLUMNS:  # the contract of the model, kept in step at import
    raise AssertionError("SCHEMA and COLUMNS differ")
