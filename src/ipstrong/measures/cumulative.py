"""Cumulative: the sum of the yearly values from the start year on."""

from __future__ import annotations

from collections.abc import Sequence

from ipstrong.measures.exact import total
from ipstrong.model.expr import Fold
from ipstrong.model.result import Figure


def cumulative(figures: Sequence[Figure]) -> Figure:
    """Return the sum of the yearly values, dated by the last.

    **Formula**: sum of x_i, i = start year..t.

    **Needs**: at least one year; with years missing the sum is a lower bound, which the caller says.

    **Not computed when**: no year has a value. A stock is not added up: its level is the cumulative value.

    **Example**: 6, 9 and 7 institutions brought in are 22.

    **Source**: "累计…" clauses of plans.
    """
    return Figure(
        figures[-1].period,
        total(figure.value for figure in figures),
        total(figure.low for figure in figures),
        total(figure.high for figure in figures),
        Fold("sum", tuple(figure.expr for figure in figures)),
    )
