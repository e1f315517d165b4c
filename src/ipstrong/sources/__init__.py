"""A file to grids, a grid to series, a series to observations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipstrong.sources.options import Limits, ReadOptions

if TYPE_CHECKING:
    from ipstrong.sources.read import read_files

__all__ = ["Limits", "ReadOptions", "read_files"]


def __getattr__(name: str) -> object:
    """Return `read_files`, which is loaded where it is asked for: a file is opened without it."""
    if name == "read_files":
        from ipstrong.sources.read import read_files as found

        return found
    raise AttributeError(name)
