"""Average growth over a base year, in percent: geometric, arithmetic, and by the cumulative approach."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from ipstrong.model.evaluation import evaluate
from ipstrong.model.formula import ONE, Aggregate, Constant, CumulativeRate, Formula, Operation, Power
from ipstrong.model.result import Figure, NotComputed, Reason

HUNDRED = Constant(Decimal(100))


def geometric_growth(base: Figure, latest: Figure, years: int) -> Figure | NotComputed:
    """Return the average growth by the level approach (水平法), in percent.

    **Formula**: ((x_t / x_0) ** (1/n) - 1) * 100, n = t - base year.

    **Needs**: the values of the base year and of year t.

    **Not computed when**: the base is zero or negative, or the two values differ in sign.

    **Example**: 100 to 172.8 in three years is exactly 20 % a year, because 1.2 ** 3 = 1.728.

    **Source**: National Bureau of Statistics, China Statistical Yearbook 2020, notes on indicators (average speed of
    growth, level approach; the base year is not counted).
    """
    refusal = _refuse(base)
    if refusal is not None:
        return refusal
    if latest.low < 0:
        return NotComputed(Reason.NEGATIVE_RATIO)
    factor = Power(Operation("/", latest.formula, base.formula), ONE, Constant(Decimal(years)))
    return Figure.computed(latest.period, _percent(factor))


def arithmetic_growth(figures: Sequence[Figure]) -> Figure | NotComputed:
    """Return the arithmetic mean of the year-on-year growth rates, in percent.

    **Formula**: mean of (x_i / x_(i-1) - 1) * 100 over i = 1..n.

    **Needs**: every year from the base year to year t.

    **Not computed when**: a year before the last is zero or negative.

    **Example**: +50 % then -10 % has the arithmetic mean 20 % though the geometric mean is 16.19 %.

    **Source**: not an official reading; offered because reports use it.
    """
    for before in figures[:-1]:
        refusal = _refuse(before)
        if refusal is not None:
            return refusal
    factors = tuple(Operation("/", after.formula, before.formula) for before, after in pairwise(figures))
    return Figure.computed(figures[-1].period, _percent(Aggregate("mean", factors)))


def cumulative_growth(base: Figure, figures: Sequence[Figure]) -> Figure | NotComputed:
    """Return the average growth by the cumulative approach (累计法, 方程法), in percent.

    **Formula**: the g with sum over i = 1..n of (1+g)**i = sum of x_i / x_0, times 100.

    **Needs**: the base year and every year after it up to t.

    **Not computed when**: the base is zero or negative, or the sum is not positive.

    **Example**: base 100, then 120 and 144: the sum 2.64 = 1.2 + 1.44, so g is exactly 20 %.

    **Source**: National Bureau of Statistics, China Statistical Yearbook 2020, notes on indicators (cumulative approach,
    weighs the whole period; used for investment in fixed assets).
    """
    refusal = _refuse(base)
    if refusal is not None:
        return refusal
    total = Aggregate("sum", tuple(figure.formula for figure in figures))
    if evaluate(total).low <= 0:
        return NotComputed(Reason.NEGATIVE_RATIO)
    rate = CumulativeRate(Operation("/", total, base.formula), len(figures))
    return Figure.computed(figures[-1].period, Operation("*", rate, HUNDRED))


def _refuse(base: Figure) -> NotComputed | None:
    if base.value == 0 or base.low <= 0 <= base.high:
        return NotComputed(Reason.BASE_IS_ZERO)
    return NotComputed(Reason.BASE_IS_NEGATIVE) if base.value < 0 else None


def _percent(factor: Formula) -> Formula:
    return Operation("*", Operation("-", factor, ONE), HUNDRED)
