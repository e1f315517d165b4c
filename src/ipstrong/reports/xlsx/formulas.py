"""An expression as a spreadsheet formula over the data sheet: what the exact arithmetic did, done again by the sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ipstrong.diagnostics import a1
from ipstrong.model.evaluation import value_of
from ipstrong.model.formula import (
    Aggregate,
    Constant,
    CumulativeRate,
    Formula,
    Observed,
    Operation,
    Place,
    Power,
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
    """Writes expressions as formulas, without the leading equals sign."""

    def __init__(self, cells: Mapping[int, DataCell], spill: Spill) -> None:
        self._cells = cells
        """By number of the observation."""
        self._spill = spill

    def formula(self, expr: Formula) -> str:
        """Return the formula of an expression."""
        return self._text(expr)[0]

    def _text(self, expr: Formula) -> tuple[str, int]:
        match expr:
            case Constant(value):
                return number(value), _ATOM if value >= 0 else _SUM
            case Observed(observation):
                return self._cells[observation.number].address, _ATOM
            case Operation(sign, left, right):
                return self._operation(sign, left, right)
            case Power(base, above, below):
                exponent = f"{self._bound(above, _ATOM)}/{self._bound(below, _ATOM)}"
                return f"{self._bound(base, _ATOM)}^({exponent})", _POWER
            case Aggregate(name, items):
                return f"{_FUNCTIONS[name]}({self._arguments(items)})", _ATOM
            case CumulativeRate(ratio, years):
                return self._cumulative_rate(ratio, years)
            case Place(own, peers, direction):
                return self._place(own, peers, direction), _SUM
            case _:
                raise ValueError("a figure's formula has no symbols and no quantities")

    def _operation(self, sign: str, left: Formula, right: Formula) -> tuple[str, int]:
        binding = _BINDING[sign]
        return f"{self._bound(left, binding)}{sign}{self._bound(right, binding + 1)}", binding

    def _bound(self, expr: Formula, binding: int) -> str:
        """Return the text in parentheses where it binds less than what stands around it."""
        text, own = self._text(expr)
        return text if own >= binding else f"({text})"

    def _arguments(self, items: Sequence[Formula]) -> str:
        """Return arguments of a function; values that stand one below the other become a range."""
        if all(isinstance(item, Observed) for item in items):
            ranges = self._ranges(items)
            if len(ranges) <= MOST_ITEMS:
                return ",".join(ranges)
        if len(items) > MOST_ITEMS:
            return self._spilled(items)
        return ",".join(self.formula(item) for item in items)

    def _ranges(self, items: Sequence[Formula]) -> list[str]:
        """Return the values of observations; those in neighbouring rows as one range."""
        runs: list[tuple[DataCell, DataCell]] = []
        for cell in (self._cells[item.observation.number] for item in items if isinstance(item, Observed)):
            if runs and runs[-1][1] == (cell.sheet, cell.row - 1):
                runs[-1] = (runs[-1][0], cell)
            else:
                runs.append((cell, cell))
        return [
            f"{first.address}:${_COLUMN}${last.row + 1}" if first != last else first.address for first, last in runs
        ]

    def _spilled(self, items: Sequence[Formula]) -> str:
        return self._spill([(self.formula(item), float(value_of(item))) for item in items])

    def _cumulative_rate(self, ratio: Formula, years: int) -> tuple[str, int]:
        """Return the rate of a savings plan that pays 1 at the start of each year and ends at `ratio`.

        The guess, the mean factor at the mean number of years, is near enough for the search to end at full precision;
        one year needs no search.
        """
        inner = self.formula(ratio)
        if years == 1:
            return f"{self._bound(ratio, _SUM)}-1", _SUM
        return f"RATE({years},-1,0,{inner},1,({inner}/{years})^(2/{years + 1})-1)", _ATOM

    def _place(self, own: Formula, peers: Sequence[Formula], direction: int) -> str:
        better = ">" if direction >= 0 else "<"
        mine = self._bound(own, _ATOM)
        if len(peers) > MOST_ITEMS:
            ranges = [self._spilled(peers)]
        elif all(isinstance(peer, Observed) for peer in peers):
            ranges = self._ranges(peers)
        else:
            ranges = [self._bound(peer, _ATOM) for peer in peers]
        return "1+" + "+".join(
            f"SUMPRODUCT(--({text}{better}{mine}))" if ":" in text else f"({text}{better}{mine})" for text in ranges
        )


def number(value: Decimal) -> str:
    """Return a constant as it stands in a formula."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
