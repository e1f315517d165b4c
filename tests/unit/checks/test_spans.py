"""Interval arithmetic over fractions: against plain sampling, and at open ends."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ipstrong.checks.spans import DivisionByZeroError, Span, combine, exact, fold, show, span, to_decimal

F = Fraction
ONE_TO_THREE = Span(F(2), F(1), F(3))
AT_LEAST_2 = Span(F(2), F(2), None)
AT_MOST_2 = Span(F(2), None, F(2))


@pytest.mark.parametrize(
    ("sign", "left", "right", "expected"),
    [
        ("+", ONE_TO_THREE, ONE_TO_THREE, (4, 2, 6)),
        ("-", ONE_TO_THREE, ONE_TO_THREE, (0, -2, 2)),
        ("*", ONE_TO_THREE, Span(F(-1), F(-2), F(1)), (-2, -6, 3)),
        ("/", ONE_TO_THREE, Span(F(2), F(1), F(4)), (1, F(1, 4), 3)),
        ("/", ONE_TO_THREE, Span(F(-2), F(-4), F(-1)), (-1, -3, F(-1, 4))),
        ("+", AT_LEAST_2, exact(F(1)), (3, 3, None)),
        ("-", exact(F(1)), AT_LEAST_2, (-1, None, -1)),
        ("*", AT_LEAST_2, exact(F(3)), (6, 6, None)),
        ("*", AT_LEAST_2, exact(F(-3)), (-6, None, None)),
        ("*", AT_LEAST_2, exact(F(0)), (0, 0, 0)),
        ("/", exact(F(1)), AT_LEAST_2, (F(1, 2), 0, F(1, 2))),
        ("/", exact(F(1)), Span(F(1), F(-1), F(1)), (1, None, None)),
        ("/", exact(F(1)), Span(F(-2), None, F(-2)), (F(-1, 2), F(-1, 2), 0)),
    ],
)
def test_arithmetic(sign: str, left: Span, right: Span, expected: tuple[object, object, object]) -> None:
    assert tuple(combine(sign, left, right)) == expected


def test_division_by_a_printed_zero() -> None:
    with pytest.raises(DivisionByZeroError):
        combine("/", exact(F(1)), Span(F(0), F(-1), F(1)))


def made(point: Fraction | int, low: Fraction | int | None, high: Fraction | int | None) -> Span:
    """Return a span of whole numbers or fractions."""
    return Span(F(point), None if low is None else F(low), None if high is None else F(high))


def test_aggregates() -> None:
    items = [ONE_TO_THREE, exact(F(5)), AT_LEAST_2]
    assert fold("sum", items) == made(9, 8, None)
    assert fold("mean", items[:2]) == made(F(7, 2), 3, 4)
    assert fold("min", items) == made(2, 1, 3)
    assert fold("max", items) == made(5, 5, None)
    assert fold("min", [AT_MOST_2, exact(F(1))]) == made(1, None, 1)
    assert fold("max", [AT_MOST_2, exact(F(1))]) == made(2, 1, 2)


def test_unknown_signs_and_aggregates_are_defects() -> None:
    with pytest.raises(ValueError, match="%"):
        combine("%", ONE_TO_THREE, ONE_TO_THREE)
    with pytest.raises(ValueError, match="median"):
        fold("median", [ONE_TO_THREE])


def test_infinite_ends_of_observations_are_open() -> None:
    assert span(Decimal(5), Decimal(5), Decimal("Infinity")) == Span(F(5), F(5), None)
    assert span(Decimal(5), Decimal("-Infinity"), Decimal(5)) == Span(F(5), None, F(5))
    assert exact(Decimal("0.1")).point == F(1, 10)


NUMBERS = st.fractions(-50, 50, max_denominator=20)


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, Fraction]:
    """Return a span and a number inside it."""
    low, point, inside, high = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS)))
    return Span(point, low, high), inside


@settings(deadline=None, max_examples=200)
@given(spans(), spans(), st.sampled_from("+-*/"))
def test_whatever_the_inputs_are_the_result_lies_inside(
    left: tuple[Span, Fraction], right: tuple[Span, Fraction], sign: str
) -> None:
    assume(sign != "/" or (right[0].point != 0 and right[1] != 0))
    result = combine(sign, left[0], right[0])
    a, b = left[1], right[1]
    true = {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b}[sign]()
    assert result.low is None or result.low <= true
    assert result.high is None or true <= result.high


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (F(1, 8), "0.125"),
        (F(118867725, 1000), "118867.725"),
        (F(-7), "-7"),
        (F(10**20), "100000000000000000000"),
        (F(1, 3), "0.3333333333333333333333333333333333"),
        (F(0), "0"),
    ],
)
def test_fractions_become_decimals(value: Fraction, text: str) -> None:
    assert str(to_decimal(value)) == text


@settings(deadline=None, max_examples=100)
@given(st.decimals(-(10**9), 10**9, places=6))
def test_finite_decimals_come_back(value: Decimal) -> None:
    assert to_decimal(Fraction(value)) == value


@pytest.mark.parametrize(
    ("number", "text"),
    [("118867.725", "118,867.725"), ("0.30000", "0.3"), ("-4", "-4"), ("1E+6", "1,000,000"), ("0", "0")],
)
def test_numbers_in_sentences(number: str, text: str) -> None:
    assert show(Decimal(number)) == text
