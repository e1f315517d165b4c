"""Exact arithmetic over expressions: evaluation to fifty digits, and comparisons that no rounding can tip.

Decimals with fifty digits decide every comparison that is not a near tie; near ties are decided by fractions, and roots
by raising the other side to the power. So 1.2 ** 3 over three years *meets* 20 % a year.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal
from fractions import Fraction

from ipstrong.model.expr import CumulativeRate, Expr, Fold, Num, Op, Place, Ref, Root

CONTEXT = Context(prec=50, Emax=999999, Emin=-999999)
"""Fifty digits: the intermediate results of every measure."""

_GUARD = Context(prec=60, Emax=999999, Emin=-999999)
"""Ten digits more, for the steps of a root."""

_ONE = Decimal(1)
_NEAR = Decimal(1).scaleb(-30)
"""Relative distance below which a comparison is handed to exact arithmetic."""


def sign_against(value: Decimal, expr: Expr, target: Decimal) -> int:
    """Return -1, 0 or 1 as the true value of `expr` is below, equal to or above `target`.

    Args:
        value: `expr` evaluated to fifty digits; decides alone where it is far from the target.
        expr: how the value was made; decides near ties exactly.
        target: the value to compare with.
    """
    difference = value - target
    if abs(difference) > _NEAR * max(abs(target), _ONE):
        return 1 if difference > 0 else -1
    return _exact_sign(expr, Fraction(target))


def _exact_sign(expr: Expr, target: Fraction) -> int:
    """Undo what surrounds a root until both sides are rational, then compare."""
    match expr:
        case Op("*", inner, Num(factor)) if factor > 0:
            return _exact_sign(inner, target / Fraction(factor))
        case Op("-", inner, Num(shift)):
            return _exact_sign(inner, target + Fraction(shift))
        case Root(radicand, degree):
            return 1 if target < 0 else _sign(as_fraction(radicand) - target**degree)
        case CumulativeRate(ratio, years):
            factor_ = 1 + target
            return 1 if factor_ < 0 else _sign(as_fraction(ratio) - sum(factor_**i for i in range(1, years + 1)))
        case _:
            return _sign(as_fraction(expr) - target)


def _sign(value: Fraction | int) -> int:
    return (value > 0) - (value < 0)


def as_fraction(expr: Expr) -> Fraction:
    """Return the exact value of an expression; roots inside it are taken to fifty digits."""
    match expr:
        case Num(value):
            return Fraction(value)
        case Ref(observation):
            return Fraction(observation.value)
        case Op(sign, left, right):
            return _apply(sign, as_fraction(left), as_fraction(right))
        case Fold("mean", items):
            return sum((as_fraction(item) for item in items), Fraction(0)) / len(items)
        case Fold("sum", items):
            return sum((as_fraction(item) for item in items), Fraction(0))
        case Fold("min", items):
            return min(as_fraction(item) for item in items)
        case Fold("max", items):
            return max(as_fraction(item) for item in items)
        case Place(own, peers, direction):
            mine = as_fraction(own)
            return Fraction(1 + sum(1 for peer in peers if (as_fraction(peer) - mine) * direction > 0))
        case Root(radicand, degree):
            return Fraction(root(to_decimal(as_fraction(radicand)), degree))
        case CumulativeRate(ratio, years):
            return Fraction(cumulative_rate(to_decimal(as_fraction(ratio)), years))
        case Fold(name):
            raise ValueError(f"unknown fold {name!r}")


def _apply(sign: str, left: Fraction, right: Fraction) -> Fraction:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
        case _:
            raise ValueError(f"unknown operator {sign!r}")


def to_decimal(value: Fraction) -> Decimal:
    """Return a fraction to fifty digits."""
    return CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def divide(left: Decimal, right: Decimal) -> Decimal:
    """Return the quotient to fifty digits; `right` is not zero."""
    return CONTEXT.divide(left, right)


def total(values: Iterable[Decimal]) -> Decimal:
    """Return the sum to fifty digits."""
    result = Decimal(0)
    for value in values:
        result = CONTEXT.add(result, value)
    return result


def root(value: Decimal, degree: int) -> Decimal:
    """Return the `degree`-th root of a value that is not negative, to fifty digits.

    Newton's method from a double: each step doubles the digits that are right, so two steps make sixty of sixteen. The
    library's general power takes ten times as long, and a panel of thousands of regions takes many roots.
    """
    if degree == 1 or not value or value.is_infinite():
        return value
    if degree == 2:
        return CONTEXT.sqrt(value)
    shift = value.adjusted() // degree  # leaves a number that a double can hold
    scaled = _GUARD.scaleb(value, -shift * degree)
    guess = Decimal(float(scaled) ** (1 / degree))
    less, whole = Decimal(degree - 1), Decimal(degree)
    for _ in range(2):
        quotient = _GUARD.divide(scaled, _GUARD.power(guess, less))
        guess = _GUARD.divide(_GUARD.fma(guess, less, quotient), whole)
    return CONTEXT.scaleb(guess, shift)


def power(value: Decimal, above: int, below: int) -> Decimal:
    """Return a value that is not negative to the power `above / below`, to about fifty digits."""
    return root(CONTEXT.power(value, above), below)


def cumulative_rate(ratio: Decimal, years: int) -> Decimal:
    """Return the g with sum of (1+g)**i for i = 1..years equal to `ratio` (> 0), by bisection to forty digits.

    The sum rises with g from -1, so the root is single; it lies below `ratio` because the first term alone is 1 + g.
    """
    low, high = Decimal(-1), max(ratio, Decimal(1))
    for _ in range(160):
        middle = CONTEXT.divide(CONTEXT.add(low, high), Decimal(2))
        factor = CONTEXT.add(Decimal(1), middle)
        reached = term = factor
        for _ in range(years - 1):
            term = CONTEXT.multiply(term, factor)
            reached = CONTEXT.add(reached, term)
        if reached < ratio:
            low = middle
        else:
            high = middle
    return CONTEXT.divide(CONTEXT.add(low, high), Decimal(2))
