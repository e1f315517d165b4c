"""Expressions: how a figure was made from observations, as a value.

The same tree is evaluated exactly, printed as arithmetic with numbers substituted, and written as a live spreadsheet
formula. Nodes are plain tuples; `measures` builds them, `reports` walk them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ipstrong.model.dataset import Observation


class Num(NamedTuple):
    """A constant of the formula or of the plan."""

    value: Decimal


class Ref(NamedTuple):
    """An observation, in the indicator's unit."""

    observation: Observation


class Op(NamedTuple):
    """`+ - * /` over two operands, left to right."""

    sign: str
    left: Expr
    right: Expr


class Root(NamedTuple):
    """The n-th root of a ratio: the geometric mean factor."""

    radicand: Expr
    degree: int


class Fold(NamedTuple):
    """`sum`, `mean`, `min` or `max` over operands."""

    name: str
    items: tuple[Expr, ...]


class CumulativeRate(NamedTuple):
    """The g with sum of (1+g)**i for i = 1..n equal to `ratio`: average growth by the cumulative approach."""

    ratio: Expr
    years: int


class Place(NamedTuple):
    """The place of `own` among `peers`: 1 + how many peers are strictly better (ties share the better place)."""

    own: Expr
    peers: tuple[Expr, ...]
    direction: int
    """+1: the largest is first; -1: the smallest is first."""


Expr = Num | Ref | Op | Root | Fold | CumulativeRate | Place


def observations_of(expr: Expr) -> tuple[Observation, ...]:
    """Return the observations in the tree, each once, in order of appearance."""
    found: dict[int, Observation] = {}
    _gather(expr, found)
    return tuple(found.values())


def _gather(expr: Expr, found: dict[int, Observation]) -> None:
    match expr:
        case Ref(observation):
            found.setdefault(observation.number, observation)
        case Op(_, left, right):
            _gather(left, found)
            _gather(right, found)
        case Root(inner, _) | CumulativeRate(inner, _):
            _gather(inner, found)
        case Fold(_, items):
            for item in items:
                _gather(item, found)
        case Place(own, peers, _):
            _gather(own, found)
            for peer in peers:
                _gather(peer, found)
        case Num():
            pass
