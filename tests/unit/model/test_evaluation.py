"""Evaluation of formulas: intervals against plain sampling, open ends, and roots against the powers that undo them."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from builders import make_observation
from ipstrong.model.evaluation import (
    UndefinedError,
    evaluate,
    evaluate_exactly,
    power,
    root,
    value_of,
)
from ipstrong.model.formula import (
    LATEST,
    ONE,
    UPPER,
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
    Symbol,
)

D = Decimal


def seen(value: str, low: str | None = None, high: str | None = None) -> Formula:
    """Return an observation; `oo` and `-oo` are open ends."""
    ends = {"oo": "Infinity", "-oo": "-Infinity"}
    return Observed(make_observation(value, low=ends.get(low or "", low), high=ends.get(high or "", high)))


ONE_TO_THREE = seen("2", "1", "3")
AT_LEAST_2 = seen("2", "2", "oo")
AT_MOST_2 = seen("2", "-oo", "2")


def number(text: str) -> Formula:
    """Return a constant."""
    return Constant(D(text))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (Operation("+", ONE_TO_THREE, ONE_TO_THREE), "4 2 6"),
        (Operation("-", ONE_TO_THREE, ONE_TO_THREE), "0 -2 2"),
        (Operation("*", ONE_TO_THREE, seen("-1", "-2", "1")), "-2 -6 3"),
        (Operation("/", ONE_TO_THREE, seen("2", "1", "4")), "1 0.25 3"),
        (Operation("/", ONE_TO_THREE, seen("-2", "-4", "-1")), "-1 -3 -0.25"),
        (Operation("+", AT_LEAST_2, number("1")), "3 3 inf"),
        (Operation("-", number("1"), AT_LEAST_2), "-1 -inf -1"),
        (Operation("*", AT_LEAST_2, number("3")), "6 6 inf"),
        (Operation("*", AT_LEAST_2, number("-3")), "-6 -inf -6"),
        (Operation("*", AT_LEAST_2, number("0")), "0 0 0"),
        (Operation("/", number("1"), AT_LEAST_2), "0.5 0 0.5"),
        (Operation("/", AT_LEAST_2, number("2")), "1 1 inf"),
        (Operation("/", number("1"), seen("1", "-1", "1")), "1 -inf inf"),
        (Operation("/", number("1"), seen("-2", "-oo", "-2")), "-0.5 -0.5 0"),
        (Aggregate("sum", (ONE_TO_THREE, number("5"), AT_LEAST_2)), "9 8 inf"),
        (Aggregate("mean", (ONE_TO_THREE, number("5"))), "3.5 3 4"),
        (Aggregate("min", (ONE_TO_THREE, number("5"), AT_LEAST_2)), "2 1 3"),
        (Aggregate("max", (ONE_TO_THREE, number("5"), AT_LEAST_2)), "5 5 inf"),
        (Aggregate("min", (AT_MOST_2, number("1"))), "1 -inf 1"),
        (Aggregate("max", (AT_MOST_2, number("1"))), "2 1 2"),
        (Power(seen("8", "1", "27"), number("2"), number("3")), "4 1 9"),
        (Power(AT_LEAST_2, ONE, ONE), "2 2 inf"),
        (CumulativeRate(AT_LEAST_2, 1), "1 1 inf"),
        (Place(ONE_TO_THREE, (seen("3"), seen("2.5", "2", "4")), 1), "3 1 3"),
        (Place(ONE_TO_THREE, (seen("3"), seen("1.5", "0", "4")), -1), "2 1 2"),
    ],
)
def test_values_with_their_intervals(formula: Formula, expected: str) -> None:
    numbers = [float(text) for text in expected.split()]
    assert [float(end) for end in evaluate(formula)] == pytest.approx(numbers, abs=1e-12)
    assert [float(end) for end in evaluate_exactly(formula)] == pytest.approx(numbers, abs=1e-12)


def test_ends_of_fractions_are_exact() -> None:
    third = evaluate_exactly(Operation("/", seen("1", "0.9", "1.1"), number("3")))
    assert third == (Fraction(1, 3), Fraction(3, 10), Fraction(11, 30))
    huge = Operation("*", number("1e300"), number("1e300"))
    assert evaluate_exactly(Operation("+", huge, AT_LEAST_2)).high == float("inf")


def test_what_has_no_value() -> None:
    for formula in (
        Operation("/", ONE_TO_THREE, seen("0", "-1", "1")),
        Operation("/", number("0"), number("0")),
        Power(number("-1"), ONE, number("2")),
        LATEST,
    ):
        with pytest.raises(UndefinedError):
            evaluate(formula)


def test_defects_are_not_evaluated() -> None:
    with pytest.raises(KeyError, match="%"):
        evaluate(Operation("%", ONE, ONE))
    with pytest.raises(ValueError, match="median"):
        evaluate(Aggregate("median", (ONE,)))
    with pytest.raises(ValueError, match="bound"):
        evaluate(Symbol("patents"))


def test_quantities_and_choices() -> None:
    goal = Choice(LATEST, UPPER, UPPER, Operation("+", LATEST, ONE))
    assert value_of(goal, Quantities(latest=D(5), upper=D(4))) == 4
    assert value_of(goal, Quantities(latest=D(4), upper=D(4))) == 5


NUMBERS = st.fractions(-50, 50, max_denominator=10).map(lambda value: D(value.numerator) / D(value.denominator))


@st.composite
def intervals(draw: st.DrawFn) -> tuple[Formula, Decimal, Decimal]:
    """Return an observation, its value, and another value that it may have."""
    low, value, inside, high = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS)))
    return Observed(make_observation(str(value), low=str(low), high=str(high))), value, inside


@given(intervals(), intervals(), st.sampled_from("+-*/"))
def test_whatever_the_inputs_are_the_result_lies_inside(
    left: tuple[Formula, Decimal, Decimal], right: tuple[Formula, Decimal, Decimal], sign: str
) -> None:
    assume(sign != "/" or (right[1] != 0 and right[2] != 0))
    result = evaluate_exactly(Operation(sign, left[0], right[0]))
    a, b = Fraction(left[2]), Fraction(right[2])
    true = {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b}[sign]()
    assert result.low <= true <= result.high


WIDE = Context(prec=120, Emax=999999, Emin=-999999)
"""Wide enough that raising a root to its degree adds no error of its own."""

positive = st.decimals(min_value=Decimal("1e-20"), max_value=Decimal("1e25"), places=20)


@given(positive, st.integers(min_value=1, max_value=60))
def test_a_root_to_its_degree_gives_the_value_back(value: Decimal, degree: int) -> None:
    undone = WIDE.power(root(value, degree), degree)
    assert abs(WIDE.divide(undone, value) - 1) < degree * Decimal("1e-49")  # half a unit of the fiftieth digit, times n


@pytest.mark.parametrize(
    ("value", "degree", "expected"), [("1.728", 3, "1.2"), ("2.48832", 5, "1.2"), ("1e-30", 3, "1e-10")]
)
def test_perfect_powers_have_their_exact_root(value: str, degree: int, expected: str) -> None:
    assert root(Decimal(value), degree) == Decimal(expected)


@pytest.mark.parametrize("value", ["0", "Infinity"])
def test_root_of_nothing_and_of_everything(value: str) -> None:
    assert root(Decimal(value), 5) == Decimal(value)


def test_numbers_that_no_double_holds_have_roots() -> None:
    assert abs(root(Decimal("1e-5000"), 3) / Decimal("2.15443469003188372175929356651935e-1667") - 1) < Decimal("1e-30")


def test_power_of_a_quotient_of_whole_numbers() -> None:
    assert power(Decimal(8), 2, 3) == 4
    assert power(Decimal("1.44"), 3, 2) == Decimal("1.728")
