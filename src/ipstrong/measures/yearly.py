"""Every year: the worst year decides."""

from __future__ import annotations

from collections.abc import Sequence

from ipstrong.model.formula import Aggregate
from ipstrong.model.result import Figure


def worst_year(figures: Sequence[Figure], direction: int) -> Figure:
    """Return the worst of the yearly values, dated by its year.

    **Formula**: min of x_i where more is better, max where less is better, i = start year..t.

    **Needs**: at least one year; whether all years are there is for the caller to say.

    **Not computed when**: no year has a value.

    **Example**: 132, 118 and 125 firms against at least 120 every year: the worst year, 118, decides.

    **Source**: "不低于…每年" clauses: each year counts by itself.
    """
    is_lowest = direction >= 0
    worst = (min if is_lowest else max)(figures, key=lambda figure: figure.value)
    formula = Aggregate("min" if is_lowest else "max", tuple(figure.formula for figure in figures))
    return Figure.computed(worst.period, formula)
