"""The work of reading grows in proportion to rows, in every layout: calls are counted, not seconds."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from grids import ListGrid, observe

N_ROWS = 400


def calls_of(action: Callable[[], object]) -> int:
    """Return how many functions of Python and of C an action calls."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("layout", ["long", "wide", "periods down", "two side by side", "grouped blocks"])
def test_twice_the_rows_take_twice_the_calls(root: Path, monkeypatch: pytest.MonkeyPatch, layout: str) -> None:
    monkeypatch.syspath_prepend(str(root))
    rows = importlib.import_module("benchmarks.layouts").LAYOUTS[layout]
    once, twice = (ListGrid([*rows(n_rows)]) for n_rows in (N_ROWS, 2 * N_ROWS))
    observe(twice)  # what is imported, compiled or remembered once is no part of the count
    assert calls_of(lambda: observe(twice)) < 2.2 * calls_of(lambda: observe(once))
