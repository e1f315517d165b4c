"""The formula tree as spreadsheet formulas: precedence, ranges, and functions for folds, rates, ranks and choices."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

import builders
from ipstrong.model.dataset import Observation
from ipstrong.model.formula import (
    BASE,
    ELAPSED_YEARS,
    LATEST,
    TARGET,
    TOTAL_YEARS,
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
)
from ipstrong.reports.xlsx import formulas
from ipstrong.reports.xlsx.formulas import DataCell, FormulaWriter, constant

SPILLED: list[Sequence[tuple[str, float]]] = []


def _spill(formulas: Sequence[tuple[str, float]]) -> str:
    SPILLED.append(formulas)
    return "'Parts'!A1:A9"


def _values(*values: str) -> tuple[FormulaWriter, list[Formula], list[Observation]]:
    """Return observations of 2018, 2019... below one another from F4 on."""
    found = [builders.make_observation(value, str(2018 + step), number=step) for step, value in enumerate(values)]
    return (
        FormulaWriter({each.number: DataCell("Data", 3 + each.number) for each in found}, _spill),
        [Observed(each) for each in found],
        found,
    )


def test_an_observation_is_the_cell_of_its_value() -> None:
    writer, (first, second), _ = _values("100", "120")
    assert writer.text(first) == "'Data'!$F$4"
    assert writer.text(second) == "'Data'!$F$5"


def test_operands_are_bracketed_only_where_it_matters() -> None:
    writer, (a, b, c), _ = _values("1", "2", "4")
    first, second, third = "'Data'!$F$4", "'Data'!$F$5", "'Data'!$F$6"
    assert writer.text(Operation("*", Operation("/", a, b), Constant(Decimal(10000)))) == f"{first}/{second}*10000"
    assert writer.text(Operation("/", a, Operation("/", b, c))) == f"{first}/({second}/{third})"
    assert writer.text(Operation("-", a, Operation("-", b, c))) == f"{first}-({second}-{third})"
    assert writer.text(Operation("*", Operation("+", a, b), c)) == f"({first}+{second})*{third}"
    assert writer.text(Operation("*", a, Constant(Decimal(-2)))) == f"{first}*(-2)"


def test_average_growth_is_a_power() -> None:
    writer, (a, b), _ = _values("100", "120")
    growth = Operation(
        "*", Operation("-", builders.make_root(Operation("/", b, a), 3), Constant(Decimal(1))), Constant(Decimal(100))
    )
    assert writer.text(growth) == "(('Data'!$F$5/'Data'!$F$4)^(1/3)-1)*100"


@pytest.mark.parametrize(("name", "function"), [("sum", "SUM"), ("mean", "AVERAGE"), ("min", "MIN"), ("max", "MAX")])
def test_neighbours_fold_as_a_range(name: str, function: str) -> None:
    writer, (a, b, c), _ = _values("1", "2", "4")
    assert writer.text(Aggregate(name, (a, b, c))) == f"{function}('Data'!$F$4:$F$6)"
    assert writer.text(Aggregate(name, (a, c))) == f"{function}('Data'!$F$4,'Data'!$F$6)"


def test_computed_operands_fold_one_by_one() -> None:
    writer, (a, b, c), _ = _values("1", "2", "4")
    mean = Aggregate("mean", (Operation("/", b, a), Operation("/", c, b)))
    assert writer.text(mean) == "AVERAGE('Data'!$F$5/'Data'!$F$4,'Data'!$F$6/'Data'!$F$5)"


def test_the_cumulative_rate_is_the_rate_of_a_savings_plan() -> None:
    writer, (a, b, c), _ = _values("100", "120", "144")
    ratio = Operation("/", Aggregate("sum", (b, c)), a)
    inner = "SUM('Data'!$F$5:$F$6)/'Data'!$F$4"
    assert writer.text(CumulativeRate(ratio, 2)) == f"RATE(2,-1,0,{inner},1,({inner}/2)^(2/3)-1)"
    assert writer.text(CumulativeRate(Operation("/", b, a), 1)) == "'Data'!$F$5/'Data'!$F$4-1"


def test_a_place_counts_the_better_ones_without_turning_numbers_into_text() -> None:
    writer, (a, b, c), _ = _values("5", "7", "5")
    assert writer.text(Place(a, (b, c), 1)) == "1+SUMPRODUCT(--('Data'!$F$5:$F$6>'Data'!$F$4))"
    assert writer.text(Place(b, (a, c), -1)) == "1+('Data'!$F$4<'Data'!$F$5)+('Data'!$F$6<'Data'!$F$5)"
    computed = Place(Operation("/", a, b), (Operation("/", c, b),), 1)
    assert writer.text(computed) == "1+(('Data'!$F$6/'Data'!$F$5)>('Data'!$F$4/'Data'!$F$5))"


def test_long_formulas_go_to_cells_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formulas, "MOST_ITEMS", 2)
    SPILLED.clear()
    writer, (a, b, c), _ = _values("5", "7", "9")
    halves = tuple(Operation("/", each, Constant(Decimal(2))) for each in (a, b, c))
    assert writer.text(Aggregate("sum", halves)) == "SUM('Parts'!A1:A9)"
    assert writer.text(Place(a, halves, 1)) == "1+SUMPRODUCT(--('Parts'!A1:A9>'Data'!$F$4))"
    assert SPILLED[0] == [("'Data'!$F$4/2", 2.5), ("'Data'!$F$5/2", 3.5), ("'Data'!$F$6/2", 4.5)]


def test_a_quantity_is_a_cell_of_the_row() -> None:
    writer = FormulaWriter({}, _spill)
    growth = Power(Operation("/", LATEST, BASE), TOTAL_YEARS, ELAPSED_YEARS)
    cells = {"latest": "J9", "base": "E9", "total_years": "(2021-2018)", "elapsed_years": "(2020-2018)"}
    assert writer.text(Operation("*", BASE, growth), cells) == "E9*(J9/E9)^((2021-2018)/(2020-2018))"


def test_a_choice_is_an_if() -> None:
    writer = FormulaWriter({}, _spill)
    goal = Choice(LATEST, UPPER, UPPER, TARGET)
    way = Operation("-", goal, BASE)
    cells = {"latest": "J9", "upper": "2", "target": "L9", "base": "E9"}
    assert writer.text(way, cells) == "IF(J9>2,2,L9)-E9"


def test_constants_are_plain_decimals() -> None:
    assert [constant(Decimal(text)) for text in ("1E+4", "0.10", "-3", "1E-7")] == ["10000", "0.1", "-3", "0.0000001"]
