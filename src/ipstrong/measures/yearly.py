"""Every year: the worst year decides."""

from __future__ import annotations

from collections.abc import Sequence

from ipstrong.model.expr import Fold
from ipstrong.model.result import Figure


def worst_year(figures: Sequence[Figure], direction: int) -> Figure:
    """Return the worst of the yearly values, dated by its year.

    **Formula**: min of x_i where more is better, max where less is better, i = start year..t.

    **Needs**: at least one year; whether all years are there is for the caller to say.

    **Not computed when**: no year has a value.

    **Example**: 132, 118 and 125 firms against at least 120 every year: the worst year, 118, decides.

    **Source**: "不低于…每年" clauses: each year stands for itself.
    """
    pick = min if direction >= 0 else max
    worst = pick(figures, key=lambda figure: figure.value)
    return Figure(
        worst.period,
        worst.value,
        pick(figure.low for figure in figures),
        pick(figure.high for figure in figures),
        Fold("min" if direction >= 0 else "max", tuple(figure.expr for figure in figures)),
    )
