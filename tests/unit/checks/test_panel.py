"""What rules see of a submission: figures by series, grain and period, then as they were read; and what is told of other cells."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from checkplans import plan_with
from datasets import across, cell, make_dataset
from ipstrong.checks.panel import GRAINS, TOLD_OF_ANOTHER, Panel, _in_time
from ipstrong.checks.places import other_cell

_GRAINS = st.none() | st.integers(0, len(GRAINS) - 1)
_ORDERS = st.none() | st.integers(-50_000, 800_000)
_SCHEMA = {"number": pl.UInt32, "series": pl.UInt64, "grain": pl.Int8, "order": pl.Int32}


@given(
    rows=st.lists(st.tuples(st.integers(0, 3), _GRAINS, _ORDERS), max_size=30),
    # Numbers of series grow with the product of all names in a submission: the largest have no room for a common key.
    offset=st.sampled_from([0, 10**6, 2**44, 2**62]),
)
def test_figures_are_in_the_order_of_their_columns(rows: list[tuple[int, int | None, int | None]], offset: int) -> None:
    figures = pl.DataFrame(
        [(number, series + offset, grain, order) for number, (series, grain, order) in enumerate(rows)],
        schema=_SCHEMA,
        orient="row",
    )
    assert _in_time(figures).equals(figures.sort("series", "grain", "order", "number"))


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
            expected = dict.fromkeys(TOLD_OF_ANOTHER) if other is None else rows[other]
            assert other_cell(row) == {name: expected[name] for name in TOLD_OF_ANOTHER}
