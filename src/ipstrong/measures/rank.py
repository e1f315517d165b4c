"""Rank: the place among peers; ties share the better place."""

from __future__ import annotations

from collections.abc import Sequence

from ipstrong.model.formula import Place
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
    peer_formulas = tuple([peer.formula for peer in peers])
    return Figure.computed(own.period, Place(own.formula, peer_formulas, 1 if direction >= 0 else -1))
