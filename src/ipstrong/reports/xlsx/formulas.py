"""An expression as a spreadsheet formula over the data sheet: what the exact arithmetic did, done again by the sheet."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ipstrong.diagnostics import a1
from ipstrong.model.expr import CumulativeRate, Expr, Fold, Num, Op, Place, Ref, Root
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

    def formula(self, expr: Expr) -> str:
        """Return the formula of an expression."""
        return self._text(expr)[0]

    def _text(self, expr: Expr) -> tuple[str, int]:
        match expr:
            case Num(value):
                return number(value), _ATOM if value >= 0 else _SUM
            case Ref(observation):
                return self._cells[observation.number].address, _ATOM
            case Op(sign, left, right):
                return self._operation(sign, left, right)
            case Root(radicand, degree):
                return f"{self._bound(radicand, _ATOM)}^(1/{degree})", _POWER
            case Fold(name, items):
                return f"{_FUNCTIONS[name]}({self._arguments(items)})", _ATOM
            case CumulativeRate(ratio, years):
                return self._cumulative_rate(ratio, years)
            case Place(own, peers, direction):
                return self._place(own, peers, direction), _SUM

    def _operation(self, sign: str, left: Expr, right: Expr) -> tuple[str, int]:
        binding = _BINDING[sign]
        return f"{self._bound(left, binding)}{sign}{self._bound(right, binding + 1)}", binding

    def _bound(self, expr: Expr, binding: int) -> str:
        """Return the text in parentheses where it binds less than what stands around it."""
        text, own = self._text(expr)
        return text if own >= binding else f"({text})"

    def _arguments(self, items: Sequence[Expr]) -> str:
        """Return arguments of a function; values that stand one below the other become a range."""
        if all(isinstance(item, Ref) for item in items):
            ranges = self._ranges(items)
            if len(ranges) <= MOST_ITEMS:
                return ",".join(ranges)
        if len(items) > MOST_ITEMS:
            return self._spilled(items)
        return ",".join(self.formula(item) for item in items)

    def _ranges(self, items: Sequence[Expr]) -> list[str]:
        """Return the values of observations; those in neighbouring rows as one range."""
        runs: list[tuple[DataCell, DataCell]] = []
        for cell in (self._cells[item.observation.number] for item in items if isinstance(item, Ref)):
            if runs and runs[-1][1] == (cell.sheet, cell.row - 1):
                runs[-1] = (runs[-1][0], cell)
            else:
                runs.append((cell, cell))
        return [
            f"{first.address}:${_COLUMN}${last.row + 1}" if first != last else first.address for first, last in runs
        ]

    def _spilled(self, items: Sequence[Expr]) -> str:
        return self._spill([(self.formula(item), evaluate(item)) for item in items])

    def _cumulative_rate(self, ratio: Expr, years: int) -> tuple[str, int]:
        """Return the rate of a savings plan that pays 1 at the start of each year and ends at `ratio`.

        The guess, the mean factor at the mean number of years, is near enough for the search to end at full precision;
        one year needs no search.
        """
        inner = self.formula(ratio)
        if years == 1:
            return f"{self._bound(ratio, _SUM)}-1", _SUM
        return f"RATE({years},-1,0,{inner},1,({inner}/{years})^(2/{years + 1})-1)", _ATOM

    def _place(self, own: Expr, peers: Sequence[Expr], direction: int) -> str:
        better = ">" if direction >= 0 else "<"
        mine = self._bound(own, _ATOM)
        if len(peers) > MOST_ITEMS:
            ranges = [self._spilled(peers)]
        elif all(isinstance(peer, Ref) for peer in peers):
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


def evaluate(expr: Expr) -> float:
    """Return the value of an expression in binary, for cells that hold a part of a long formula."""
    match expr:
        case Num(value):
            return float(value)
        case Ref(observation):
            return float(observation.value)
        case Op(sign, left, right):
            return _OPERATIONS[sign](evaluate(left), evaluate(right))
        case Root(radicand, degree):
            return float(evaluate(radicand) ** (1 / degree))
        case Fold(name, items):
            return _fold(name, [evaluate(item) for item in items])
        case CumulativeRate(ratio, years):
            return _rate(evaluate(ratio), years)
        case Place(own, peers, direction):
            mine = evaluate(own)
            return 1.0 + sum((evaluate(peer) - mine) * direction > 0 for peer in peers)


_OPERATIONS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def _fold(name: str, values: Sequence[float]) -> float:
    match name:
        case "min":
            return min(values)
        case "max":
            return max(values)
        case "mean":
            return sum(values) / len(values)
        case _:
            return sum(values)


def _rate(ratio: float, years: int) -> float:
    low, high = -1.0, max(ratio, 1.0)
    for _ in range(200):
        middle = (low + high) / 2
        if sum((1 + middle) ** step for step in range(1, years + 1)) < ratio:
            low = middle
        else:
            high = middle
    return (low + high) / 2
