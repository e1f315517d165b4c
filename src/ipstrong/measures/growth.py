"""Average growth over a base year, in percent: geometric, arithmetic, and by the cumulative approach."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from ipstrong.measures.exact import CONTEXT, cumulative_rate, root, total
from ipstrong.measures.ratio import quotient_interval
from ipstrong.model.expr import CumulativeRate, Expr, Fold, Num, Op, Root
from ipstrong.model.result import Figure, NotComputed, Reason

ONE = Decimal(1)
HUNDRED = Decimal(100)


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
    value = _rate(root(CONTEXT.divide(latest.value, base.value), years))
    low = high = value
    if base.low != base.high or latest.low != latest.high:
        smallest, largest = quotient_interval(latest.low, latest.high, base.low, base.high)
        low, high = _rate(root(smallest, years)), _rate(root(largest, years))
    return Figure(latest.period, value, low, high, _percent(Root(Op("/", latest.expr, base.expr), years)))


def arithmetic_growth(figures: Sequence[Figure]) -> Figure | NotComputed:
    """Return the arithmetic mean of the year-on-year growth rates, in percent.

    **Formula**: mean of (x_i / x_(i-1) - 1) * 100 over i = 1..n.

    **Needs**: every year from the base year to year t.

    **Not computed when**: a year before the last is zero or negative.

    **Example**: +50 % then -10 % has the arithmetic mean 20 % though the geometric mean is 16.19 %.

    **Source**: not an official reading; offered because reports use it.
    """
    terms: list[Expr] = []
    lows: list[Decimal] = []
    highs: list[Decimal] = []
    values: list[Decimal] = []
    for before, after in pairwise(figures):
        refusal = _refuse(before)
        if refusal is not None:
            return refusal
        terms.append(Op("/", after.expr, before.expr))
        values.append(CONTEXT.divide(after.value, before.value))
        low, high = quotient_interval(after.low, after.high, before.low, before.high)
        lows.append(low)
        highs.append(high)
    count = Decimal(len(terms))
    value, low, high = (_rate(CONTEXT.divide(total(side), count)) for side in (values, lows, highs))
    if all(figure.is_exact for figure in figures):
        low = high = value
    return Figure(figures[-1].period, value, low, high, _percent(Fold("mean", tuple(terms))))


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
    years = len(figures)
    whole = total(figure.value for figure in figures)
    smallest = total(figure.low for figure in figures)
    largest = total(figure.high for figure in figures)
    if smallest <= 0:
        return NotComputed(Reason.NEGATIVE_RATIO)
    value = _times_hundred(cumulative_rate(CONTEXT.divide(whole, base.value), years))
    low = high = value
    if smallest != largest or base.low != base.high:
        bottom, top = quotient_interval(smallest, largest, base.low, base.high)
        low = _times_hundred(cumulative_rate(bottom, years))
        high = top if top.is_infinite() else _times_hundred(cumulative_rate(top, years))
    quotient = Op("/", Fold("sum", tuple(figure.expr for figure in figures)), base.expr)
    expr = Op("*", CumulativeRate(quotient, years), Num(HUNDRED))
    return Figure(figures[-1].period, value, low, high, expr)


def _refuse(base: Figure) -> NotComputed | None:
    if base.value == 0 or base.low <= 0 <= base.high:
        return NotComputed(Reason.BASE_IS_ZERO)
    return NotComputed(Reason.BASE_IS_NEGATIVE) if base.value < 0 else None


def _times_hundred(fraction: Decimal) -> Decimal:
    return CONTEXT.multiply(fraction, HUNDRED)


def _rate(factor: Decimal) -> Decimal:
    return factor if factor.is_infinite() else CONTEXT.multiply(CONTEXT.subtract(factor, ONE), HUNDRED)


def _percent(factor: Expr) -> Expr:
    return Op("*", Op("-", factor, Num(ONE)), Num(HUNDRED))
