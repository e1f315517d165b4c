"""Rank: the place among peers; ties share the better place."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ipstrong.model.expr import Place
from ipstrong.model.result import Figure


def rank(own: Figure, peers: Sequence[Figure], direction: int = 1) -> Figure:
    """Return the place of `own` among `peers` and itself.

    **Formula**: 1 + number of peers that are strictly better.

    **Needs**: the value of the region and of at least one peer, of the same year.

    **Not computed when**: no peer has a value of that year; then a published rank is used where one exists.

    **Example**: 18,081 against 6,527, 2,528 and 25,256 is place 2; two regions with the same value share a place.

    **Source**: standard competition ranking. The interval counts the peers that are surely better and those that may be
    within the printed precision.
    """
    value = own.value
    if direction >= 0:
        place = sum([peer.value > value for peer in peers])
    else:
        place = sum([peer.value < value for peer in peers])
    surely = maybe = place
    if not (own.is_exact and all(peer.is_exact for peer in peers)):
        surely = sum(_is_better(peer.low, peer.high, own.low, own.high, direction) for peer in peers)
        maybe = sum(_is_better(peer.high, peer.low, own.high, own.low, direction) for peer in peers)
    expr = Place(own.expr, tuple([peer.expr for peer in peers]), 1 if direction >= 0 else -1)
    return Figure(own.period, Decimal(1 + place), Decimal(1 + surely), Decimal(1 + maybe), expr)


def _is_better(low: Decimal, high: Decimal, own_low: Decimal, own_high: Decimal, direction: int) -> bool:
    """Whether a peer is better even at its worst; with both intervals turned round, whether it may be."""
    return low > own_high if direction >= 0 else high < own_low
