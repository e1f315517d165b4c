"""What rules see of a submission, and what is reported of other cells."""

from __future__ import annotations

import polars as pl

from checkplans import plan_with
from datasets import across, cell, make_dataset
from ipstrong.checks.panel import MENTIONED, Panel
from ipstrong.checks.places import other_cell


def test_what_is_told_of_another_cell_is_what_reading_gives() -> None:
    dataset = make_dataset(
        [
            *across(5, "firms", {"2018": 100, "2019": None}, unit="家"),
            cell("D7", 3.5, region=None, sheet="二", unit="%", raw="3.5%", remarks="percent"),
            cell("D8", 4, file="data.csv", sheet=None, indicator=None, region="河湾市"),
        ]
    )
    others = [2, None, 3, 0]
    for plan in (None, plan_with()):
        panel = Panel(dataset, plan)
        rows = panel.read(panel.cells).rows(named=True)
        compared = panel.with_other(panel.cells.with_columns(pl.Series("beside", others, pl.UInt32)), "beside")
        for row, other in zip(panel.read(compared).iter_rows(named=True), others, strict=True):
            expected = dict.fromkeys(MENTIONED) if other is None else rows[other]
            assert other_cell(row) == {name: expected[name] for name in MENTIONED}
