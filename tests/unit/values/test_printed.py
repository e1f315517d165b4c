"""Columns of numbers as texts: each as its own shortest decimal."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.values.text_columns import number_texts, text_of

_FLOATS = (
    st.floats()
    | st.floats(-1e6, 1e6)
    | st.floats(-1e-3, 1e-3)
    | st.floats(1e13, 1e17)
    | st.sampled_from([0.1 + 0.2, 1 / 3, 2 / 3 * 1e14, 123456789012344.97, 0.99999999999999989, 1e15, -0.0])
)


@given(st.lists(st.none() | _FLOATS, max_size=12))
def test_a_column_says_what_its_cells_say(values: list[float | None]) -> None:
    texts = number_texts(pl.Series(values, dtype=pl.Float64), None)
    assert texts.to_list() == [text_of(value) for value in values]


def test_binary_noise_is_not_printed() -> None:
    values = [0.1 + 0.2, 68.70999999999999, 1 / 3, 1.5e-7, 2e22, 12.0]
    expected = ["0.3", "68.71", "0.333333333333333", "0.00000015", "20000000000000000000000", "12"]
    assert number_texts(pl.Series(values), None).to_list() == expected
