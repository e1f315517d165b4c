"""Figures of the plan that name no region: they are taken for the plan's home region, and that is said."""

from __future__ import annotations

import polars as pl

from ipstrong.diagnostics import Finding
from ipstrong.diagnostics.codes import matching as codes
from ipstrong.model.plan import Plan
from ipstrong.observations.frame import NO_INDICATOR
from ipstrong.observations.names import Names

_NOWHERE = 0
"""The number of no region in `Names.regions`."""


def at_home(cells: pl.DataFrame, names: Names, plan: Plan) -> tuple[pl.DataFrame, list[Finding]]:
    """Return cells in which every figure of the plan has a region, and a note for each file that names none.

    In a table that names regions, a figure without one is its total, which goes without saying. Figures that the plan does
    not know keep no region.

    Args:
        cells: Columns of `frame.CELLS`, and the number of the indicator.
        names: What the numbers in them stand for; the home region is added.
        plan: Whose home region is meant.
    """
    is_nowhere = (cells["region"] == _NOWHERE) & (cells["indicator"] != NO_INDICATOR)
    if not is_nowhere.any():
        return cells, []
    home = names.regions.number(plan.home)
    region = cells["region"].set(is_nowhere, home)
    return cells.with_columns(region), _notes(cells, is_nowhere, names, plan)


def _notes(cells: pl.DataFrame, is_nowhere: pl.Series, names: Names, plan: Plan) -> list[Finding]:
    table = pl.Series([head.table for head in names.heads.names], dtype=pl.UInt32).gather(cells["head"])
    elsewhere = table.filter(cells["region"] != _NOWHERE).unique()
    told = is_nowhere & ~table.is_in(elsewhere.implode()) & cells["value"].is_not_null()
    numbers = {file: number for number, file in enumerate(dict.fromkeys(info.file for info in names.tables))}
    file = pl.Series([numbers[info.file] for info in names.tables], dtype=pl.UInt32).gather(table)
    found = (
        pl.DataFrame({"file": file, "table": table, "row": cells["row"], "col": cells["col"]})
        .filter(told)
        .group_by("file", maintain_order=True)
        .agg(pl.col("table", "row", "col").first(), pl.len())
    )
    home = next(region.name for region in plan.regions if region.id == plan.home)
    return [
        Finding(codes.REGION_ASSUMED, names.tables[number].place(row, col), {"home": home, "count": count})
        for _, number, row, col, count in found.iter_rows()
    ]
