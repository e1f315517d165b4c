"""Formulas: how a number is made from constants, figures and other numbers, as a tree of plain tuples.

One tree serves the plan's cross-checks, derived indicators and every figure of a scorecard. As the plan writes it, a
formula has symbols; bound to data, it has observations. The numbers next to a verdict (gap, pace, projection...) are
formulas over named quantities of the result. `evaluation` computes them exactly; explanations, sensitivity and
workbook formulas walk the same tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from ipstrong.model.dataset import Observation


class Constant(NamedTuple):
    """A number of the formula or of the plan."""

    value: Decimal


class Shift(Enum):
    """Which period a symbol refers to, relative to the period under check."""

    LAG = "lag"
    """`x[t-1]`: the same period so many years before; 0 for the period under check."""
    PREVIOUS = "previous"
    """`x[prev]`: the period directly before, of the same grain: the last quarter, month or year."""
    YEAR = "year"
    """`x[2018]`: that calendar year."""


class Symbol(NamedTuple):
    """A figure that the plan names: an indicator, for a region and a period. Bound to observations before evaluation."""

    indicator: str
    shift: Shift = Shift.LAG
    years: int = 0
    """Years back for `LAG`, the year itself for `YEAR`."""
    region: str | None = None
    """None: the region under check; else a region id, or `home`, `nation`, or a group (`parts`, `peers`)."""


class Observed(NamedTuple):
    """An observation, in the indicator's unit."""

    observation: Observation


class Quantity(NamedTuple):
    """A field of the result's `Quantities`."""

    name: str


class Operation(NamedTuple):
    """`+ - * /` over two operands, left to right."""

    sign: str
    left: Formula
    right: Formula


class Power(NamedTuple):
    """`base ** (above / below)` of a base that is not negative; above and below are positive whole numbers.

    A mean growth factor is a power with `above` 1: a root.
    """

    base: Formula
    above: Formula
    below: Formula


class Aggregate(NamedTuple):
    """`sum`, `mean`, `min` or `max` over operands; a symbol whose region is a group counts for all its regions."""

    name: str
    items: tuple[Formula, ...]


class CumulativeRate(NamedTuple):
    """The g with sum of (1+g)**i for i = 1..years equal to `ratio`: average growth by the cumulative approach."""

    ratio: Formula
    years: int


class Place(NamedTuple):
    """The place of `own` among `peers`: 1 + how many peers are strictly better (ties share the better place)."""

    own: Formula
    peers: tuple[Formula, ...]
    direction: int
    """+1: the largest is first; -1: the smallest is first."""


class Choice(NamedTuple):
    """`then` where `left` is greater than `right`, else `otherwise`."""

    left: Formula
    right: Formula
    then: Formula
    otherwise: Formula


Formula = (
    Constant | Symbol | Observed | Quantity | Operation | Power | Aggregate | CumulativeRate | Place | Choice
)  # fmt: skip


class Quantities(NamedTuple):
    """What the numbers next to a verdict are computed from; None where the result has no such value."""

    latest: Decimal | None = None
    """The value that the verdict rests on."""
    base: Decimal | None = None
    target: Decimal | None = None
    """The target, or the lower bound of a range."""
    upper: Decimal | None = None
    """The upper bound of a range."""
    latest_year: Decimal | None = None
    elapsed_years: Decimal | None = None
    """Years from the base to the latest value."""
    total_years: Decimal | None = None
    """Years from the base to the deadline."""
    remaining_years: Decimal | None = None
    """Years from the latest value to the deadline."""
    current: Decimal | None = None
    """The indicator in the latest year."""
    previous: Decimal | None = None
    """The indicator in the year before."""


LATEST = Quantity("latest")
BASE = Quantity("base")
TARGET = Quantity("target")
UPPER = Quantity("upper")
LATEST_YEAR = Quantity("latest_year")
ELAPSED_YEARS = Quantity("elapsed_years")
TOTAL_YEARS = Quantity("total_years")
REMAINING_YEARS = Quantity("remaining_years")
CURRENT = Quantity("current")
PREVIOUS = Quantity("previous")

ONE = Constant(Decimal(1))


class Relation(Enum):
    """How the two sides of a check must compare."""

    EQUAL = "="
    AT_MOST = "<="
    AT_LEAST = ">="


class Statement(NamedTuple):
    """Two formulas and their relation: `per-10k * population = firms`."""

    text: str
    """As the plan writes it."""
    left: Formula
    relation: Relation
    right: Formula


def operands(formula: Formula) -> tuple[Formula, ...]:
    """Return the formulas directly inside a formula, from left to right."""
    match formula:
        case Observed():
            return ()
        case Operation(_, left, right):
            return left, right
        case Aggregate(_, items):
            return items
        case Power(base, above, below):
            return base, above, below
        case CumulativeRate(ratio, _):
            return (ratio,)
        case Place(own, peers, _):
            return own, *peers
        case Choice():
            return formula
        case _:
            return ()


def leaves(formula: Formula) -> Iterator[Formula]:
    """Yield constants, symbols, observations and quantities from left to right."""
    waiting = [formula]
    while waiting:
        here = waiting.pop()
        inner = operands(here)
        if inner:
            waiting.extend(reversed(inner))
        else:
            yield here


def symbols_of(formula: Formula) -> tuple[Symbol, ...]:
    """Return the symbols in the formula, from left to right."""
    return tuple(leaf for leaf in leaves(formula) if isinstance(leaf, Symbol))


def observations_of(formula: Formula) -> tuple[Observation, ...]:
    """Return the observations in the formula, each once, in order of appearance."""
    if isinstance(formula, Observed):
        return (formula.observation,)
    found = {leaf.observation.number: leaf.observation for leaf in leaves(formula) if isinstance(leaf, Observed)}
    return tuple(found.values())


def bound(formula: Formula, find: Callable[[Symbol], tuple[Observation, ...]]) -> Formula:
    """Return the formula with observations for its symbols: one each, or several for a group inside an aggregate."""
    match formula:
        case Symbol():
            (observation,) = find(formula)
            return Observed(observation)
        case Operation(sign, left, right):
            return Operation(sign, bound(left, find), bound(right, find))
        case Aggregate(name, items):
            found: list[Formula] = []
            for item in items:
                if isinstance(item, Symbol):
                    found += map(Observed, find(item))
                else:
                    found.append(bound(item, find))
            return Aggregate(name, tuple(found))
        case _:
            return formula
