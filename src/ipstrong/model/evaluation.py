"""Exact evaluation of formulas: the value, the interval that printed precision leaves open, and comparisons.

Figures are decimals to fifty digits; fractions decide what lies too near a line for fifty digits, and roots are
compared by raising the other side to the power. So 1.2 ** 3 over three years *meets* 20 % a year.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
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
)

CONTEXT = Context(prec=50, Emax=999999, Emin=-999999)
"""Fifty digits: the intermediate results of every measure."""

_GUARD = Context(prec=60, Emax=999999, Emin=-999999)
"""Ten digits more, for the steps of a root."""

_HALF_WAY = Context(prec=34, Emax=999999, Emin=-999999)
"""Digits that are right after one step from a double."""

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
    return _widened(_DECIMALS.number(formula, quantities))


def value_of(formula: Formula, quantities: Quantities = NO_QUANTITIES) -> Decimal:
    """Return the value to fifty digits. Raises `UndefinedError` where there is none."""
    number = _DECIMALS.number(formula, quantities)
    return number.value if isinstance(number, Interval) else number


def evaluate_exactly(formula: Formula, quantities: Quantities = NO_QUANTITIES) -> Interval[Fraction]:
    """Return value and interval as fractions, open ends as infinite floats; roots inside are taken to fifty digits.

    Raises:
        UndefinedError: where the formula has no value.
    """
    return _widened(_FRACTIONS.number(formula, quantities))


def difference(left: Interval[Fraction], right: Interval[Fraction]) -> Interval[Fraction]:
    """Return left minus right."""
    return _widened(_FRACTIONS.operation("-", left, right))


def _widened(number: N | Interval[N]) -> Interval[N]:
    return number if isinstance(number, Interval) else Interval(number, number, number)


class _Evaluator(Generic[N]):
    """The one walk over the tree, in decimals or in fractions.

    What is exact is a plain number; only what print leaves open is an interval.
    """

    def __init__(
        self,
        convert: Callable[[Decimal], N],
        operations: Mapping[str, Callable[[N, N], N]],
        negative: Callable[[N], N],
        power: Callable[[N, int, int], N],
        rate: Callable[[N, int], N],
    ) -> None:
        self._convert: Callable[[Decimal], N] = convert
        self._operations: Mapping[str, Callable[[N, N], N]] = operations
        self._negative: Callable[[N], N] = negative
        self._power: Callable[[N, int, int], N] = power
        self._rate: Callable[[N, int], N] = rate
        self._zero: N = convert(_ZERO)
        self._infinity: N = convert(Decimal("Infinity"))

    def number(self, formula: Formula, given: Quantities) -> N | Interval[N]:
        """Return what a formula comes to."""
        # These three are nearly all nodes there are; a pattern takes three times as long to find them.
        if type(formula) is Quantity:
            value = getattr(given, formula[0])
            if value is None:
                raise UndefinedError(formula[0])
            return self._convert(value)
        if type(formula) is Operation:
            sign, left, right = formula
            first, second = self.number(left, given), self.number(right, given)
            if isinstance(first, Interval) or isinstance(second, Interval) or not second:
                return self.operation(sign, first, second)
            return self._operations[sign](first, second)
        if type(formula) is Observed:
            seen = formula[0]
            if seen.low is seen.high or seen.is_exact:
                return self._convert(seen.value)
            return Interval(self._convert(seen.value), self._convert(seen.low), self._convert(seen.high))
        match formula:
            case Constant(value):
                return self._convert(value)
            case Aggregate(name, items):
                return self._aggregate(name, [self.number(item, given) for item in items])
            case Power(base, above, below):
                over, under = int(self._value(above, given)), int(self._value(below, given))
                return self._monotonic(self.number(base, given), lambda each: self._power(each, over, under))
            case CumulativeRate(ratio, years):
                return self._monotonic(self.number(ratio, given), lambda each: self._rate(each, years))
            case Choice(left, right, then, otherwise):
                is_greater = self._value(left, given) > self._value(right, given)
                return self.number(then if is_greater else otherwise, given)
            case Place(own, peers, direction):
                return self._place(self.number(own, given), [self.number(peer, given) for peer in peers], direction)
            case _:
                raise ValueError("a symbol is bound to observations before it is evaluated")

    def _value(self, formula: Formula, given: Quantities) -> N:
        return _widened(self.number(formula, given)).value

    def operation(self, sign: str, left: N | Interval[N], right: N | Interval[N]) -> N | Interval[N]:
        """Return `left sign right`."""
        if not isinstance(left, Interval) and not isinstance(right, Interval):
            if sign == "/" and not right:
                raise UndefinedError("division by zero")
            return self._operations[sign](left, right)
        value, low, high = _widened(left)
        other, least, most = _widened(right)
        point = self.operation(sign, value, other)
        assert not isinstance(point, Interval)
        if sign in "+-":
            if sign == "-":
                least, most = self._negative(most), self._negative(least)
            return Interval(point, self._sum(low, least), self._sum(high, most))
        if sign == "/" and least <= 0 <= most:
            return Interval(point, self._negative(self._infinity), self._infinity)
        combine = self._product if sign == "*" else self._quotient
        corners = [combine(one, two) for one in (low, high) for two in (least, most)]
        return Interval(point, min(corners), max(corners))

    def _aggregate(self, name: str, items: Sequence[N | Interval[N]]) -> N | Interval[N]:
        """Return the sum, mean, least or greatest of the items."""
        match name:
            case "sum" | "mean":
                total = items[0]
                for item in items[1:]:
                    total = self.operation("+", total, item)
                return total if name == "sum" else self.operation("/", total, self._convert(Decimal(len(items))))
            case "min" | "max":
                pick = min if name == "min" else max
                values, lows, highs = zip(*map(_widened, items), strict=True)
                return Interval(pick(values), pick(lows), pick(highs))
            case _:
                raise ValueError(f"unknown aggregate {name!r}")

    def _place(self, own: N | Interval[N], peers: Sequence[N | Interval[N]], direction: int) -> N | Interval[N]:
        """Return the place, with the peers that are surely better and those that may be."""
        exact = [peer for peer in peers if not isinstance(peer, Interval)]
        if not isinstance(own, Interval) and len(exact) == len(peers):
            better = sum([peer > own for peer in exact] if direction >= 0 else [peer < own for peer in exact])
            return self._convert(Decimal(1 + better))
        mine, worst, best = _widened(own)
        others = [_widened(peer) for peer in peers]
        if direction >= 0:
            value = sum([peer.value > mine for peer in others])
            surely, perhaps = sum([peer.low > best for peer in others]), sum([peer.high > worst for peer in others])
        else:
            value = sum([peer.value < mine for peer in others])
            surely, perhaps = sum([peer.high < worst for peer in others]), sum([peer.low < best for peer in others])
        places = [self._convert(Decimal(1 + count)) for count in (value, surely, perhaps)]
        return places[0] if value == surely == perhaps else Interval(*places)

    def _monotonic(self, inner: N | Interval[N], compute: Callable[[N], N]) -> N | Interval[N]:
        """Return a rising function of a number that is not negative."""
        value, low, high = _widened(inner)
        if value < 0:
            raise UndefinedError("root of a negative number")
        if not isinstance(inner, Interval):
            return compute(inner)
        return Interval(compute(value), compute(max(low, self._zero)), high if self._is_open(high) else compute(high))

    def _is_open(self, end: N) -> bool:
        return abs(end) == self._infinity

    def _sum(self, left: N, right: N) -> N:
        if self._is_open(left):
            return left
        return right if self._is_open(right) else self._operations["+"](left, right)

    def _product(self, left: N, right: N) -> N:
        if not left or not right:
            return self._zero
        if self._is_open(left) or self._is_open(right):
            return self._signed_infinity(left, right)
        return self._operations["*"](left, right)

    def _quotient(self, above: N, below: N) -> N:
        # An unbounded divisor lets the quotient come as near to zero as one likes, whatever it divides.
        if self._is_open(below):
            return self._zero
        return self._signed_infinity(above, below) if self._is_open(above) else self._operations["/"](above, below)

    def _signed_infinity(self, left: N, right: N) -> N:
        return self._infinity if (left > 0) == (right > 0) else self._negative(self._infinity)


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
    for context in (_HALF_WAY, _GUARD):
        quotient = context.divide(scaled, context.power(guess, less))
        guess = context.divide(context.fma(guess, less, quotient), whole)
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


_DECIMALS: _Evaluator[Decimal] = _Evaluator(
    lambda value: value,
    {"+": CONTEXT.add, "-": CONTEXT.subtract, "*": CONTEXT.multiply, "/": CONTEXT.divide},
    Decimal.copy_negate,
    power,
    cumulative_rate,
)
_FRACTIONS: _Evaluator[Fraction] = _Evaluator(
    _fraction,
    {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv},
    operator.neg,
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
            over, under = (int(_exact(each, given)) for each in (above, below))
            return 1 if bound < 0 else _sign(_exact(base, given) ** over - bound**under)
        case CumulativeRate(ratio, years):
            if bound < -1:
                return 1
            return _sign(_exact(ratio, given) - geometric_sum(1 + bound, years))
        case _:
            return _sign(_exact(formula, given) - bound)


def _exact(formula: Formula, given: Quantities) -> Fraction:
    return evaluate_exactly(formula, given).value


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)
