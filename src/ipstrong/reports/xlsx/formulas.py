"""Formulas in the spreadsheet: what the exact arithmetic did, done again by the sheet over the cells of its data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from ipstrong.diagnostics import a1
from ipstrong.model.evaluation import value_of
from ipstrong.model.formula import (
    ELAPSED_YEARS,
    TOTAL_YEARS,
    Aggregate,
    Choice,
    Constant,
    CumulativeRate,
    Formula,
    Observed,
    Operation,
    Place,
    Power,
    Quantity,
    Symbol,
)
from ipstrong.reports.xlsx.cells import quoted

MOST_ITEMS = 150
"""Operands that are written inside one formula; more go to cells of their own, because a formula ends at 8,192
characters and a function at 255 arguments."""

_SUM, _PRODUCT, _POWER, _ATOM = 1, 2, 3, 4
_BINDING = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}
_FUNCTIONS = {"sum": "SUM", "mean": "AVERAGE", "min": "MIN", "max": "MAX"}

Spill = Callable[[Sequence[tuple[str, float]]], str]
"""Writes formulas, with their values, into neighbouring cells and returns the range that holds them."""

TIME_SHARE = Operation("/", ELAPSED_YEARS, TOTAL_YEARS)
"""The share of the time from base to deadline that has gone."""

Quantities = Mapping[str, str]
"""What a formula writes for each quantity of the result: the address of a cell, or a number."""

VALUE_COLUMN = 5
"""0-based column of the values on a data sheet."""
_COLUMN = a1(0, VALUE_COLUMN)[:-1]


class DataCell(NamedTuple):
    """The sheet and 0-based row of an observation's value."""

    sheet: str
    row: int

    @property
    def address(self) -> str:
        """The absolute address."""
        return f"{quoted(self.sheet)}!${_COLUMN}${self.row + 1}"


class FormulaWriter:
    """Writes formulas over the data sheets and over the row of a result, without the leading equals sign."""

    def __init__(self, cells: Mapping[int, DataCell], spill: Spill) -> None:
        self._cells = cells
        """By number of the observation."""
        self._spill = spill

    def text(self, formula: Formula, quantities: Quantities = MappingProxyType({})) -> str:
        """Return a formula as the sheet writes it."""
        return self._text(formula, quantities)[0]

    def _text(self, formula: Formula, given: Quantities) -> tuple[str, int]:
        """Return the text of a formula and how tightly it binds."""
        match formula:
            case Constant(value):
                return constant(value), _ATOM if value >= 0 else _SUM
            case Observed(observation):
                return self._cells[observation.number].address, _ATOM
            case Quantity(name):
                return given[name], _ATOM
            case Operation(sign, left, right):
                binding = _BINDING[sign]
                return f"{self._bound(left, binding, given)}{sign}{self._bound(right, binding + 1, given)}", binding
            case Power(base, above, below):
                exponent = f"{self._bound(above, _ATOM, given)}/{self._bound(below, _ATOM, given)}"
                return f"{self._bound(base, _ATOM, given)}^({exponent})", _POWER
            case Aggregate(name, items):
                return f"{_FUNCTIONS[name]}({','.join(self._ranges(items, given))})", _ATOM
            case CumulativeRate(ratio, 1):
                return f"{self._bound(ratio, _SUM, given)}-1", _SUM
            case CumulativeRate(ratio, years):
                # The rate of a savings plan that pays 1 at the start of each year and ends at the ratio. The guess, the
                # mean factor at the mean number of years, is near enough for the search to end at full precision.
                end = self.text(ratio, given)
                return f"RATE({years},-1,0,{end},1,({end}/{years})^(2/{years + 1})-1)", _ATOM
            case Place(own, peers, direction):
                than_mine = f"{'>' if direction >= 0 else '<'}{self._bound(own, _ATOM, given)}"
                counts = [
                    f"SUMPRODUCT(--({peer}{than_mine}))" if ":" in peer else f"({peer}{than_mine})"
                    for peer in self._ranges(peers, given, _ATOM)
                ]
                return "+".join(["1", *counts]), _SUM
            case Choice(left, right, then, otherwise):
                left_text, right_text, *cases = (self.text(each, given) for each in (left, right, then, otherwise))
                return f"IF({left_text}>{right_text},{cases[0]},{cases[1]})", _ATOM
            case Symbol():
                raise ValueError("a symbol is bound to observations before it is written")

    def _bound(self, formula: Formula, binding: int, given: Quantities) -> str:
        """Return the text, in parentheses if it binds less than what is around it."""
        text, own = self._text(formula, given)
        return text if own >= binding else f"({text})"

    def _ranges(self, items: Sequence[Formula], given: Quantities, binding: int = 0) -> list[str]:
        """Return the arguments of a function: observations in neighbouring rows, and very many operands, as one range."""
        runs: list[tuple[DataCell, DataCell]] = []
        for cell in (self._cells[item.observation.number] for item in items if isinstance(item, Observed)):
            if runs and runs[-1][1] == (cell.sheet, cell.row - 1):
                runs[-1] = (runs[-1][0], cell)
            else:
                runs.append((cell, cell))
        if all(isinstance(item, Observed) for item in items) and len(runs) <= MOST_ITEMS:
            return [
                first.address if first == last else f"{first.address}:${_COLUMN}${last.row + 1}" for first, last in runs
            ]
        if len(items) > MOST_ITEMS and not given:  # over the row of a result formulas are short
            return [self._spill([(self.text(item, given), float(value_of(item))) for item in items])]
        return [self._bound(item, binding, given) for item in items]


def constant(value: Decimal) -> str:
    """Return a number as a formula writes it."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
