"""Limits are raised together: no other bound may stay in the way of the one that was raised."""

from __future__ import annotations

from ipstrong.readers.options import Limits


def test_raising_cells_raises_rows_and_columns() -> None:
    limits = Limits().with_cells(10**9)
    assert (limits.max_cells, limits.max_rows, limits.max_columns) == (10**9, 10**9, 10**9)


def test_lowering_cells_leaves_rows_and_columns() -> None:
    limits = Limits().with_cells(100)
    assert (limits.max_cells, limits.max_rows, limits.max_columns) == (100, Limits().max_rows, Limits().max_columns)


def test_a_size_in_megabytes_lifts_the_ratio() -> None:
    limits = Limits().with_megabytes(2)
    assert (limits.max_bytes, limits.max_ratio) == (2 * 1024 * 1024, 1032)
