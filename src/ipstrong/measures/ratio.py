"""Ratio: numerator over denominator, times a scale: per 10,000 people, share of the nation."""

from __future__ import annotations

from decimal import Decimal

from ipstrong.measures.exact import CONTEXT
from ipstrong.model.expr import Expr, Num, Op
from ipstrong.model.result import Figure, NotComputed, Reason

ONE = Decimal(1)
INFINITY = Decimal("Infinity")


def ratio(numerator: Figure, denominator: Figure, scale: Decimal = ONE) -> Figure | NotComputed:
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
    expr: Expr = Op("/", numerator.expr, denominator.expr)
    value = CONTEXT.divide(numerator.value, denominator.value)
    if scale != ONE:
        expr = Op("*", expr, Num(scale))
        value = CONTEXT.multiply(value, scale)
    if numerator.low == numerator.high and denominator.low == denominator.high:
        return Figure(numerator.period, value, value, value, expr)
    low, high = quotient_interval(numerator.low, numerator.high, denominator.low, denominator.high)
    return Figure(numerator.period, value, _times(low, scale), _times(high, scale), expr)


def _times(value: Decimal, scale: Decimal) -> Decimal:
    return value if value.is_infinite() else CONTEXT.multiply(value, scale)


def quotient_interval(low: Decimal, high: Decimal, under: Decimal, over: Decimal) -> tuple[Decimal, Decimal]:
    """Return the interval of [low, high] / [under, over]; the divisor does not contain zero, ends may be infinite."""
    if low > 0 and under > 0 and high.is_finite() and over.is_finite():
        return CONTEXT.divide(low, over), CONTEXT.divide(high, under)
    corners = [_quotient(above, below) for above in (low, high) for below in (under, over)]
    return min(corners), max(corners)


def _quotient(above: Decimal, below: Decimal) -> Decimal:
    if below.is_infinite():
        # An unbounded divisor lets the quotient come as near to zero as one likes, whatever stands above it.
        return Decimal(0)
    if above.is_infinite():
        return INFINITY if (above > 0) == (below > 0) else -INFINITY
    return CONTEXT.divide(above, below)
