"""Ratio: numerator over denominator, times a scale: per 10,000 people, share of the nation."""

from __future__ import annotations

from decimal import Decimal

from ipstrong.model.formula import Constant, Formula, Operation
from ipstrong.model.result import Figure, NotComputed, Reason


def ratio(numerator: Figure, denominator: Figure, scale: Decimal = Decimal(1)) -> Figure | NotComputed:
    """Return `numerator / denominator * scale`, dated by the numerator.

    **Formula**: a_t / b_(t-lag) * scale.

    **Needs**: both values; the caller picks the years and regions.

    **Not computed when**: the denominator is zero, or its interval reaches zero.

    **Example**: 198,031 patents over 17,681,600 people times 10,000 is 112.00 per 10,000 people.

    **Source**: per-10,000 figure = patents at the end of the year / population at the end of a year (which year is a
    declared convention); share = part / total * 100.
    """
    if denominator.low <= 0 <= denominator.high:
        return NotComputed(Reason.DENOMINATOR_IS_ZERO)
    formula: Formula = Operation("/", numerator.formula, denominator.formula)
    if scale != 1:
        formula = Operation("*", formula, Constant(scale))
    return Figure.computed(numerator.period, formula)
