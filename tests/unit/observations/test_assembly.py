"""Indicators and factors reach the cells of their label and unit."""

from __future__ import annotations

from random import Random

import polars as pl
import pytest

from builders import make_indicator, make_plan
from ipstrong.observations import assembly


@pytest.mark.parametrize("n_rows", [3, 40, 500])
def test_cells_have_the_indicator_and_factor_of_their_label_and_unit(n_rows: int) -> None:
    random = Random(n_rows)
    heads, units = [random.randrange(7) for _ in range(n_rows)], [random.randrange(4) for _ in range(n_rows)]
    cells = pl.DataFrame(
        {"head": heads, "unit": units, "value": [1.0] * n_rows, "row": range(n_rows), "col": [2] * n_rows},
        schema_overrides=dict.fromkeys(("head", "unit", "row", "col"), pl.UInt32),
    )
    plan = make_plan(indicators=(make_indicator("first"), make_indicator("second")))
    pairs = assembly._pairs(cells)
    assert [*pairs] == [*dict.fromkeys(zip(heads, units, strict=True))]
    assert all(pair.n_values == [*zip(heads, units, strict=True)].count(key) for key, pair in pairs.items())
    first = next(iter(pairs))
    for key, pair in pairs.items():
        if key == first or key[0] % 3:
            pair.indicator, pair.factor = plan.indicators[key[0] % 2], 10.0 ** key[1]
    del pairs[max(key for key in pairs if key != first)]  # a unit that no value stands in is left out
    made = assembly._with_indicators(cells, pairs, plan)
    for row in made.iter_rows(named=True):
        settled = pairs.get((row["head"], row["unit"]))
        named = None if settled is None or settled.indicator is None else settled.indicator.id
        assert row["indicator"] == {"first": 0, "second": 1, None: 2**32 - 1}[named]
        assert row["factor"] == (1.0 if named is None or settled is None else settled.factor)
