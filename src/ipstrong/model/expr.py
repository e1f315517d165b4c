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
    if type(expr) is Ref:
        return (expr.observation,)
    found: dict[int, Observation] = {}
    _gather(expr, found)
    return tuple(found.values())


def _gather(expr: Expr, found: dict[int, Observation]) -> None:
    # Not by pattern, which takes three times as long: this runs over every node of every result.
    if isinstance(expr, Ref):
        found.setdefault(expr.observation.number, expr.observation)
    elif isinstance(expr, Op):
        _gather(expr.left, found)
        _gather(expr.right, found)
    elif isinstance(expr, Fold):
        for item in expr.items:
            _gather(item, found)
    elif isinstance(expr, Root):
        _gather(expr.radicand, found)
    elif isinstance(expr, CumulativeRate):
        _gather(expr.ratio, found)
    elif isinstance(expr, Place):
        _gather(expr.own, found)
        for peer in expr.peers:
            _gather(peer, found)
