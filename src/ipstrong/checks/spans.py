"""Interval arithmetic over exact fractions: what a formula can be, given how its inputs were printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction
from typing import NamedTuple

_SHOWN = Context(prec=34, Emax=999999, Emin=-999999)
"""Digits of a quotient that has no finite decimal."""
_ZERO = Fraction(0)


class Span(NamedTuple):
    """A number with the least and the most it can be; None where there is no end."""

    point: Fraction
    low: Fraction | None
    high: Fraction | None

    @property
    def is_exact(self) -> bool:
        """Whether nothing but the point is possible."""
        return self.low == self.point == self.high


class DivisionByZeroError(ArithmeticError):
    """A divisor of a formula is zero."""


def exact(value: Fraction | Decimal) -> Span:
    """Return a number without doubt."""
    number = Fraction(value)
    return Span(number, number, number)


def span(point: Decimal, low: Decimal, high: Decimal) -> Span:
    """Return an observed number; infinite ends become None."""
    return Span(
        Fraction(point),
        Fraction(low) if low.is_finite() else None,
        Fraction(high) if high.is_finite() else None,
    )


def combine(sign: str, left: Span, right: Span) -> Span:
    """Return `left sign right`.

    Raises:
        DivisionByZeroError: when the divisor is printed as zero.
    """
    match sign:
        case "+":
            return Span(left.point + right.point, _plus(left.low, right.low), _plus(left.high, right.high))
        case "-":
            return combine("+", left, Span(-right.point, _minus(right.high), _minus(right.low)))
        case "*":
            return _times(left, right)
        case "/":
            return _times(left, _inverse(right))
        case _:
            raise ValueError(sign)


def fold(name: str, items: Sequence[Span]) -> Span:
    """Return the `sum`, `mean`, `min` or `max` of at least one span."""
    if name in {"sum", "mean"}:
        total = items[0]
        for item in items[1:]:
            total = combine("+", total, item)
        return total if name == "sum" else combine("/", total, exact(Fraction(len(items))))
    points, lows, highs = ([item[end] for item in items] for end in range(3))
    if name == "min":
        return Span(min(_known(points)), _least(lows), _least_known(highs))
    if name == "max":
        return Span(max(_known(points)), _minus(_least_known([_minus(low) for low in lows])), _most(highs))
    raise ValueError(name)


def _plus(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return None if left is None or right is None else left + right


def _minus(end: Fraction | None) -> Fraction | None:
    return None if end is None else -end


def _known(ends: Sequence[Fraction | None]) -> list[Fraction]:
    return [end for end in ends if end is not None]


def _least(ends: Sequence[Fraction | None]) -> Fraction | None:
    return None if None in ends else min(_known(ends))


def _most(ends: Sequence[Fraction | None]) -> Fraction | None:
    return None if None in ends else max(_known(ends))


def _least_known(ends: Sequence[Fraction | None]) -> Fraction | None:
    """Return the least of upper ends: one that exists bounds the minimum, however open the others are."""
    known = _known(ends)
    return min(known) if known else None


def _times(left: Span, right: Span) -> Span:
    point = left.point * right.point
    if left.low is not None and left.high is not None and right.low is not None and right.high is not None:
        corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        return Span(point, min(corners), max(corners))
    if (left.is_exact and not left.point) or (right.is_exact and not right.point):
        return exact(_ZERO)
    if _is_positive(left) and _is_positive(right):
        assert left.low is not None
        assert right.low is not None
        return Span(point, left.low * right.low, _open_product(left.high, right.high))
    return Span(point, None, None)


def _open_product(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return None if left is None or right is None else left * right


def _is_positive(number: Span) -> bool:
    return number.low is not None and number.low >= 0


def _inverse(divisor: Span) -> Span:
    if not divisor.point:
        raise DivisionByZeroError
    point = 1 / divisor.point
    if divisor.low is not None and divisor.low > 0:
        return Span(point, _ZERO if divisor.high is None else 1 / divisor.high, 1 / divisor.low)
    if divisor.high is not None and divisor.high < 0:
        return Span(point, 1 / divisor.high, _ZERO if divisor.low is None else 1 / divisor.low)
    return Span(point, None, None)


def to_decimal(value: Fraction) -> Decimal:
    """Return a fraction as a decimal: exact where it has one, else to 34 digits."""
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        return _SHOWN.divide(Decimal(value.numerator), Decimal(value.denominator))
    wide = Context(prec=max(34, len(str(abs(value.numerator))) + value.denominator.bit_length()))
    return _plain(wide.divide(Decimal(value.numerator), Decimal(value.denominator)))


def _plain(number: Decimal) -> Decimal:
    """Return the number without an exponent above zero and without trailing zeros behind the point."""
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if number == whole and abs(whole) < 10**27 else number.normalize()


def show(number: Decimal) -> str:
    """Return a number for a sentence: with separators, twelve significant digits at most, no trailing zeros."""
    short = Context(prec=12).plus(number)
    text = format(short, ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text
