"""Exact evaluation of formulas: the value, the interval that printed precision leaves open, and comparisons.

Figures are decimals to fifty digits; fractions decide what lies too near a line for fifty digits, and roots are
compared by raising the other side to the power. So 1.2 ** 3 over three years *meets* 20 % a year.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import Generic, NamedTuple, TypeVar, cast

from ipstrong.model.formula import (
    Aggregate,
    Choice,
    Constant,
    CumulativeRate,
    Formula,
    Observed,
    Operation,
    Place,
    Power,
    Quantities,
    Quantity,
    Symbol,
)

CONTEXT = Context(prec=50, Emax=999999, Emin=-999999)
"""Fifty digits: the intermediate results of every measure."""

_GUARD = Context(prec=60, Emax=999999, Emin=-999999)
"""Ten digits more, for the steps of a root."""

_ZERO = Decimal(0)
_ONE = Decimal(1)
_NEAR = _ONE.scaleb(-30)
"""Relative distance below which a comparison is decided by fractions."""

NO_QUANTITIES = Quantities()

N = TypeVar("N", Decimal, Fraction)


class Interval(NamedTuple, Generic[N]):
    """A number with the least and the most it can be; ends may be infinite."""

    value: N
    low: N
    high: N

    @property
    def is_exact(self) -> bool:
        """Whether only one value is possible."""
        return self.low == self.value == self.high


class UndefinedError(ArithmeticError):
    """A divisor is zero, or a root is taken of a negative number."""


def evaluate(formula: Formula, quantities: Quantities = NO_QUANTITIES) -> Interval[Decimal]:
    """Return the value to fifty digits, and its interval.

    Raises:
        UndefinedError: where the formula has no value.
    """
    with localcontext(CONTEXT):
        return _DECIMALS.interval(formula, quantities)


def value_of(formula: Formula, quantities: Quantities = NO_QUANTITIES) -> Decimal:
    """Return the value to fifty digits. Raises `UndefinedError` where there is none."""
    return evaluate(formula, quantities).value


def evaluate_exactly(formula: Formula, quantities: Quantities = NO_QUANTITIES) -> Interval[Fraction]:
    """Return value and interval as fractions, open ends as infinite floats; roots inside are taken to fifty digits.

    Raises:
        UndefinedError: where the formula has no value.
    """
    return _FRACTIONS.interval(formula, quantities)


def difference(left: Interval[Fraction], right: Interval[Fraction]) -> Interval[Fraction]:
    """Return left minus right."""
    return _FRACTIONS.operation("-", left, right)


class _Evaluator(Generic[N]):
    """The one walk over the tree, in decimals under the context in force or in fractions."""

    def __init__(
        self, number: Callable[[Decimal], N], power: Callable[[N, int, int], N], rate: Callable[[N, int], N]
    ) -> None:
        self._number: Callable[[Decimal], N] = number
        self._power: Callable[[N, int, int], N] = power
        self._rate: Callable[[N, int], N] = rate
        self._zero: N = number(_ZERO)
        self._infinity: N = number(Decimal("Infinity"))

    def interval(self, formula: Formula, given: Quantities) -> Interval[N]:
        """Return value and interval of a formula."""
        match formula:
            case Operation(sign, left, right):
                return self.operation(sign, self.interval(left, given), self.interval(right, given))
            case Quantity(name):
                value = getattr(given, name)
                if value is None:
                    raise UndefinedError(name)
                return self._point(self._number(value))
            case Constant(value):
                return self._point(self._number(value))
            case Observed(seen):
                value = self._number(seen.value)
                if seen.low is seen.value is seen.high:
                    return Interval(value, value, value)
                return Interval(value, self._number(seen.low), self._number(seen.high))
            case Aggregate(name, items):
                return self.aggregate(name, [self.interval(item, given) for item in items])
            case Power(base, above, below):
                degrees = int(self.interval(above, given).value), int(self.interval(below, given).value)
                return self._monotonic(self.interval(base, given), lambda each: self._power(each, *degrees))
            case CumulativeRate(ratio, years):
                return self._monotonic(self.interval(ratio, given), lambda each: self._rate(each, years))
            case Choice(left, right, then, otherwise):
                is_greater = self.interval(left, given).value > self.interval(right, given).value
                return self.interval(then if is_greater else otherwise, given)
            case Place(own, peers, direction):
                return self._place(self.interval(own, given), [self.interval(peer, given) for peer in peers], direction)
            case Symbol():
                raise ValueError("a symbol is bound to observations before it is evaluated")

    def operation(self, sign: str, left: Interval[N], right: Interval[N]) -> Interval[N]:
        """Return `left sign right`."""
        is_exact = left.low is left.high and right.low is right.high
        match sign:
            case "+":
                value = left.value + right.value
                if not is_exact:
                    return Interval(value, self._sum(left.low, right.low), self._sum(left.high, right.high))
            case "-":
                value = left.value - right.value
                if not is_exact:
                    return Interval(value, self._sum(left.low, -right.high), self._sum(left.high, -right.low))
            case "*":
                value = left.value * right.value
                if not is_exact:
                    corners = [self._product(one, other) for one in left[1:] for other in right[1:]]
                    return Interval(value, min(corners), max(corners))
            case "/":
                if not right.value:
                    raise UndefinedError("division by zero")
                value = left.value / right.value
                if not is_exact:
                    if right.low <= 0 <= right.high:
                        return Interval(value, -self._infinity, self._infinity)
                    corners = [self._quotient(above, below) for above in left[1:] for below in right[1:]]
                    return Interval(value, min(corners), max(corners))
            case _:
                raise ValueError(f"unknown operator {sign!r}")
        return Interval(value, value, value)

    def aggregate(self, name: str, items: Sequence[Interval[N]]) -> Interval[N]:
        """Return the sum, mean, least or greatest of the items."""
        match name:
            case "sum" | "mean":
                total = items[0]
                for item in items[1:]:
                    total = self.operation("+", total, item)
                if name == "sum":
                    return total
                return self.operation("/", total, self._point(self._number(Decimal(len(items)))))
            case "min":
                return Interval(*(min(item[end] for item in items) for end in range(3)))
            case "max":
                return Interval(*(max(item[end] for item in items) for end in range(3)))
            case _:
                raise ValueError(f"unknown aggregate {name!r}")

    def _place(self, own: Interval[N], peers: Sequence[Interval[N]], direction: int) -> Interval[N]:
        if direction >= 0:
            value = sum([peer.value > own.value for peer in peers])
            surely = sum([peer.low > own.high for peer in peers])
            perhaps = sum([peer.high > own.low for peer in peers])
        else:
            value = sum([peer.value < own.value for peer in peers])
            surely = sum([peer.high < own.low for peer in peers])
            perhaps = sum([peer.low < own.high for peer in peers])
        return Interval(*(self._number(Decimal(1 + count)) for count in (value, surely, perhaps)))

    @staticmethod
    def _point(value: N) -> Interval[N]:
        return Interval(value, value, value)

    def _monotonic(self, inner: Interval[N], compute: Callable[[N], N]) -> Interval[N]:
        """Return a rising function of an interval that starts at zero or above."""
        if inner.value < 0:
            raise UndefinedError("root of a negative number")
        value = compute(inner.value)
        if inner.low is inner.high:
            return self._point(value)
        low = compute(max(inner.low, self._zero))
        return Interval(value, low, inner.high if self._is_open(inner.high) else compute(inner.high))

    def _is_open(self, end: N) -> bool:
        return abs(end) == self._infinity

    def _sum(self, left: N, right: N) -> N:
        if self._is_open(left):
            return left
        return right if self._is_open(right) else left + right

    def _product(self, left: N, right: N) -> N:
        if not left or not right:
            return self._zero
        if self._is_open(left) or self._is_open(right):
            return self._infinity if (left > 0) == (right > 0) else -self._infinity
        return left * right

    def _quotient(self, above: N, below: N) -> N:
        # An unbounded divisor lets the quotient come as near to zero as one likes, whatever it divides.
        if self._is_open(below):
            return self._zero
        if self._is_open(above):
            return self._infinity if (above > 0) == (below > 0) else -self._infinity
        return above / below


def root(value: Decimal, degree: int) -> Decimal:
    """Return the `degree`-th root of a value that is not negative, to fifty digits.

    Newton's method from a double: each step doubles the digits that are right, so two steps make sixty of sixteen. The
    library's general power takes ten times as long.
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
    return root(value if above == 1 else CONTEXT.power(value, above), below)


def geometric_sum(factor: N, years: int) -> N:
    """Return factor + factor ** 2 + ... + factor ** years, under the context in force."""
    total = factor
    for _ in range(years - 1):
        total = (total + 1) * factor
    return total


def cumulative_rate(ratio: Decimal, years: int) -> Decimal:
    """Return the g with sum of (1+g)**i for i = 1..years equal to `ratio` (> 0), by bisection to forty digits.

    The sum rises with g from -1, so the root is single; it lies below `ratio` because the first term alone is 1 + g.
    """
    low, high = Decimal(-1), max(ratio, _ONE)
    with localcontext(CONTEXT):
        for _ in range(160):
            middle = (low + high) / 2
            if geometric_sum(1 + middle, years) < ratio:
                low = middle
            else:
                high = middle
        return (low + high) / 2


def to_decimal(value: Fraction) -> Decimal:
    """Return a fraction to fifty digits."""
    return CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _fraction(value: Decimal) -> Fraction:
    # Fractions compare with infinite floats as open ends should; `_Evaluator` computes with them by cases.
    return Fraction(value) if value.is_finite() else cast("Fraction", float(value))


_DECIMALS: _Evaluator[Decimal] = _Evaluator(lambda value: value, power, cumulative_rate)
_FRACTIONS: _Evaluator[Fraction] = _Evaluator(
    _fraction,
    lambda value, above, below: value**above if below == 1 else Fraction(power(to_decimal(value), above, below)),
    lambda value, years: Fraction(cumulative_rate(to_decimal(value), years)),
)


# --- comparison -------------------------------------------------------------------------------------------------------


def compare(
    value: Decimal, formula: Formula, bound: Decimal, quantities: Quantities = NO_QUANTITIES
) -> int:  # fmt: skip
    """Return -1, 0 or 1 as the true value of a formula is below, equal to or above a bound.

    Args:
        value: the formula evaluated to fifty digits; decides alone where it is far from the bound.
        formula: how the value was made; decides near ties exactly.
        bound: the value to compare with.
        quantities: what the quantities of the formula are.
    """
    difference = value - bound
    if abs(difference) > _NEAR * max(abs(bound), _ONE):
        return 1 if difference > 0 else -1
    return _exact_sign(formula, Fraction(bound), quantities)


def _exact_sign(formula: Formula, bound: Fraction, given: Quantities) -> int:
    """Undo what surrounds a root until both sides are rational, then compare."""
    match formula:
        case Operation("*", inner, Constant(factor)) if factor > 0:
            return _exact_sign(inner, bound / Fraction(factor), given)
        case Operation("-", inner, Constant(shift)):
            return _exact_sign(inner, bound + Fraction(shift), given)
        case Power(base, above, below):
            over, under = (int(_FRACTIONS.interval(each, given).value) for each in (above, below))
            return 1 if bound < 0 else _sign(_exact(base, given) ** over - bound**under)
        case CumulativeRate(ratio, years):
            if bound < -1:
                return 1
            return _sign(_exact(ratio, given) - geometric_sum(1 + bound, years))
        case _:
            return _sign(_exact(formula, given) - bound)


def _exact(formula: Formula, given: Quantities) -> Fraction:
    return _FRACTIONS.interval(formula, given).value


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)
