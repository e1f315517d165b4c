"""Words where numbers should stand: what is told of them, once a series, with every cell to mark."""

from __future__ import annotations

from collections.abc import Sequence

from ipstrong.diagnostics import Finding
from ipstrong.diagnostics.codes import layout as codes
from ipstrong.readers.grid import Grid, place
from ipstrong.texts import Text, listed, same

MOST_CELLS = 100
"""Cells of a series that are named with it; the rest is counted."""
_MOST_TEXTS = 3


def lost_numbers(grid: Grid, label: str, cells: Sequence[tuple[int, int]], texts: Sequence[str], count: int) -> Finding:
    """Return the finding of a series.

    Args:
        grid: The sheet.
        label: The name of the series.
        cells: Row and column of its cells, the first `MOST_CELLS` of them.
        texts: What stands in them, each text once.
        count: How many cells there are.
    """
    shown = listed([same(text) for text in texts[:_MOST_TEXTS]])
    if len(texts) > _MOST_TEXTS:
        shown = Text(f"{shown.zh}等", f"{shown.en}, …")
    first, *others = (place(grid, row, column) for row, column in cells)
    params: dict[str, object] = {"texts": shown, "label": label, "count": count}
    if others:
        params["parts"] = tuple(others)
    return Finding(codes.NOT_A_NUMBER, first, params, related=tuple(others))
