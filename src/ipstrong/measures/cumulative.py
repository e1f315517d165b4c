"""Cumulative: the sum of the yearly values from the start year on."""

from __future__ import annotations

from collections.abc import Sequence

from ipstrong.model.formula import Aggregate
from ipstrong.model.result import Figure


def cumulative(figures: Sequence[Figure]) -> Figure:
    """Return the sum of the yearly values, dated by the last.

    **Formula**: sum of x_i, i = start year..t.

    **Needs**: at least one year; with years missing the sum is a lower bound, which the caller says.

    **Not computed when**: no year has a value. A stock is not added up: its level is the cumulative value.

    **Example**: 6, 9 and 7 institutions brought in are 22.

    **Source**: "累计…" clauses of plans.
    """
    return Figure.computed(figures[-1].period, Aggregate("sum", tuple(figure.formula for figure in figures)))
