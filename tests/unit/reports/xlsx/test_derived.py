"""The formulas beside a verdict, computed by hand: each is evaluated as arithmetic over given cells."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable

import pytest

from ipstrong.reports.xlsx import derived
from ipstrong.reports.xlsx.derived import Way

WAY = Way(base="B1", base_year=2018, latest="C1", latest_year=2019, target="D1", deadline=2021, direction=1)
CELLS = {"B1": 10.0, "C1": 20.0, "D1": 40.0}


OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def compute(formula: str, cells: dict[str, float] = CELLS) -> float:
    """Return the value of a formula of numbers, cells, + - * / ^, comparisons and the functions IF, MIN, MAX."""
    return _value(ast.parse(formula.replace("^", "**"), mode="eval").body, cells)


def _value(node: ast.expr, cells: dict[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return cells[name]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, cells)
        case ast.BinOp(left=left, op=sign, right=right):
            return OPERATORS[type(sign)](_value(left, cells), _value(right, cells))
        case ast.Compare(left=left, ops=[ast.Gt() | ast.Lt() as sign], comparators=[right]):
            difference = _value(left, cells) - _value(right, cells)
            return float(difference > 0 if isinstance(sign, ast.Gt) else difference < 0)
        case ast.Call(func=ast.Name(id="IF"), args=[condition, yes, no]):
            return _value(yes if _value(condition, cells) else no, cells)
        case ast.Call(func=ast.Name(id="MIN" | "MAX" as name), args=args):
            return (min if name == "MIN" else max)(_value(each, cells) for each in args)
        case _:
            raise AssertionError(ast.dump(node))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (derived.gap, 20 - 40),
        (derived.attainment, 0.5),
        (derived.progress, 1 / 3),
        (derived.expected, 20),
        (derived.pace, 1.0),
        # 20 / 10 - 1 over 4 ** (1/3) - 1
        (derived.growth_pace, 1 / (4 ** (1 / 3) - 1)),
        (derived.needed_per_year, 10),
        (derived.projection, 40),
        (derived.growth_projection, 80),
        (derived.eta, 2021),
    ],
)
def test_more_is_better(formula: object, expected: float) -> None:
    assert callable(formula)
    assert compute(formula(WAY)) == pytest.approx(expected, rel=1e-12)


def test_less_is_better_turns_gap_and_attainment_over() -> None:
    less = Way("B1", 2018, "C1", 2019, "D1", 2021, -1)
    cells = {"B1": 60.0, "C1": 50.0, "D1": 45.0}
    assert compute(derived.gap(less), cells) == -5
    assert compute(derived.attainment(less), cells) == 0.9
    assert compute(derived.progress(less), cells) == pytest.approx(10 / 15)


@pytest.mark.parametrize(
    ("latest", "gap", "attainment"),
    [(0.5, -0.5, 0.5), (1.0, 0.0, 1.0), (1.25, 0.25, 1.0), (2.0, 0.0, 1.0), (4.0, -2.0, 0.5)],
)
def test_a_range_measures_to_its_nearest_bound(latest: float, gap: float, attainment: float) -> None:
    way = Way("B1", 2018, "C1", 2019, "D1", 2021, 0, "2")
    cells = {"B1": 0.0, "C1": latest, "D1": 1.0}
    assert compute(derived.gap(way), cells) == gap
    assert compute(derived.attainment(way), cells) == attainment


def test_above_a_range_the_way_leads_down_to_its_upper_bound() -> None:
    way = Way("B1", 2018, "C1", 2020, "D1", 2021, 0, "2")
    assert compute(derived.needed_per_year(way), {"B1": 0.0, "C1": 4.0, "D1": 1.0}) == -2
    assert compute(derived.needed_per_year(way), {"B1": 0.0, "C1": 0.5, "D1": 1.0}) == 0.5


def test_time_ends_at_the_deadline() -> None:
    late = Way("B1", 2018, "C1", 2025, "D1", 2021, 1)
    assert compute(derived.expected(late)) == 40


def test_growth_on_the_year_before() -> None:
    assert compute(derived.year_on_year("C1", "B1", in_points=False)) == 1.0
    assert compute(derived.year_on_year("C1", "B1", in_points=True)) == 10.0


@pytest.mark.parametrize(("attained", "expected"), [(1.23, 1.5), (0.5, 0.75), (-0.2, 0.0)])
def test_a_contribution_counts_attainment_from_zero_to_one(attained: float, expected: float) -> None:
    assert compute(derived.contribution("B1", "C1"), {"B1": attained, "C1": 1.5}) == expected


def test_score_and_grade() -> None:
    assert derived.score("A1:A3", "B1:B3") == "100*SUM(A1:A3)/SUM(B1:B3)"
    formula = derived.grade("B1", ("优", "良", "中", "差"))
    assert formula == 'IF(B1>=90,"优",IF(B1>=80,"良",IF(B1>=60,"中","差")))'
