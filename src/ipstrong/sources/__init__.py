"""A file to grids, a grid to series, a series to observations."""

from __future__ import annotations

from ipstrong.sources.options import Limits, ReadOptions
from ipstrong.sources.read import read_files

__all__ = ["Limits", "ReadOptions", "read_files"]
