"""Formulas of cross-checks: what they mean, and the place of every mistake."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.model.formula import Aggregate, Constant, Operation, Relation, Shift, Symbol
from ipstrong.model.formula_parser import FormulaError, parse_formula

A, B, C = Symbol("a"), Symbol("b"), Symbol("c")


def number(text: str) -> Constant:
    """Return a constant."""
    return Constant(Decimal(text))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a", A),
        ("a + b * c", Operation("+", A, Operation("*", B, C))),
        ("a - b - c", Operation("-", Operation("-", A, B), C)),
        ("a / b / c", Operation("/", Operation("/", A, B), C)),
        ("(a + b) * c", Operation("*", Operation("+", A, B), C)),
        ("-a * b", Operation("*", Operation("-", number("0"), A), B)),
        ("a × b ÷ 10000", Operation("/", Operation("*", A, B), number("10000"))),
        ("0.05*a", Operation("*", number("0.05"), A)),
        ("per-10k", Symbol("per-10k")),
        ("per-10k - a", Operation("-", Symbol("per-10k"), A)),
        ("a -1", Operation("-", A, number("1"))),
        ("a[t]", A),
        ("a[t-1]", Symbol("a", Shift.LAG, 1)),
        ("a[ t - 12 ]", Symbol("a", Shift.LAG, 12)),
        ("a[prev]", Symbol("a", Shift.PREVIOUS)),
        ("a[2018]@nation", Symbol("a", Shift.YEAR, 2018, "nation")),
        ("a@ nation-all", Symbol("a", region="nation-all")),
        ("sum(a@parts)", Aggregate("sum", (Symbol("a", region="parts"),))),
        ("max(a, b + 1)", Aggregate("max", (A, Operation("+", B, number("1"))))),
        ("sum", Symbol("sum")),  # an indicator may be called like a function
    ],
)
def test_sides(text: str, left: object) -> None:
    statement, _ = parse_formula(f"{text} = 1")
    assert statement.left == left
    assert statement.right == number("1")
    assert statement.text == f"{text} = 1"


@pytest.mark.parametrize(
    ("sign", "relation"),
    [
        ("=", Relation.EQUAL),
        ("==", Relation.EQUAL),
        ("＝", Relation.EQUAL),
        ("<=", Relation.AT_MOST),
        ("≤", Relation.AT_MOST),
        (">=", Relation.AT_LEAST),
        ("≥", Relation.AT_LEAST),
    ],
)
def test_relations(sign: str, relation: Relation) -> None:
    assert parse_formula(f"a{sign}b")[0].relation is relation


def test_symbols_come_with_their_places() -> None:
    _, found = parse_formula("sum(a@parts) + b[t-1] = c")
    assert [(each.text, each.offset, each.is_summed) for each in found] == [
        ("a@parts", 4, True),
        ("b[t-1]", 15, False),
        ("c", 24, False),
    ]


def test_group_inside_a_calculation_is_not_summed() -> None:
    _, found = parse_formula("sum(a@parts * 2) = c")
    assert [each.is_summed for each in found] == [False, False]


@pytest.mark.parametrize(
    ("text", "offset", "near", "problem"),
    [
        ("", 0, "the end", "an indicator or a number is expected here"),
        ("a", 1, "the end", "=, <= or >= is missing"),
        ("a =", 3, "the end", "an indicator or a number is expected here"),
        ("a + = b", 4, "=", "an indicator or a number is expected here"),
        ("a = b = c", 6, "=", "there can be only one relation"),
        ("a < b", 2, "<", "there is no such comparison"),
        ("a != b", 2, "!=", "there is no such comparison"),
        ("a b = c", 2, "b", "=, <= or >= is missing"),
        ("a = b c", 6, "c", "an operator is missing"),
        ("(a + b = c", 7, "=", "a closing bracket is missing"),
        ("sum(a = c", 6, "=", "a closing bracket is missing"),
        ("a[x] = c", 1, "[x]", "brackets hold t, t-1, prev or a year"),
        ("a[t+1] = c", 1, "[t+1]", "brackets hold t, t-1, prev or a year"),
        ("median(a) = c", 0, "median", "no such function; there are sum, mean, min, max"),
        ("A = c", 0, "A = c", "this is not understood"),
        ("a ** b = c", 3, "*", "an indicator or a number is expected here"),
        ("2a = c", 0, "2a = c", "this is not understood"),
        ("__import__('os') = 1", 0, "__import__('", "this is not understood"),
        ("a" * 501, 0, "a" * 20, "longer than 500 characters"),
        ("(" * 30 + "a", 20, "(", "nested too deeply"),
    ],
)
def test_mistakes_have_their_place(text: str, offset: int, near: str, problem: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    error = caught.value
    assert (error.offset, error.near.en, error.problem.en) == (offset, near, problem)
    assert error.problem.zh


@given(st.text("ab1.-+*/()[]@,=<>t 年×", max_size=30))
def test_any_text_is_a_statement_or_a_mistake_inside_it(text: str) -> None:
    offset = read(text)
    assert offset is None or 0 <= offset <= len(text)


def read(text: str) -> int | None:
    """Return where a text is no formula; None where it is one, whose symbols stand where they say."""
    try:
        statement, found = parse_formula(text)
    except FormulaError as error:
        return error.offset
    assert statement.text == text
    assert all(text[each.offset :].startswith(each.symbol.indicator) for each in found)
    return None
