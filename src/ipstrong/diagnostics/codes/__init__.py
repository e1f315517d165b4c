"""The table of codes, one module an area; `ALL_CODES` is every code by its id, collected when it is first asked for."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipstrong.diagnostics.finding import Code

    ALL_CODES: dict[str, Code]

AREAS = ("plan", "plan_meaning", "plan_checks", "data", "layout", "matching", "rules", "series", "waivers", "run")
"""The modules that declare codes. A run loads those of the areas it goes through."""

__all__ = ["ALL_CODES", "AREAS"]


def _collect() -> dict[str, Code]:
    from ipstrong.diagnostics.finding import Code

    table: dict[str, Code] = {}
    for area in AREAS:
        for value in vars(importlib.import_module(f"{__name__}.{area}")).values():
            if isinstance(value, Code):
                if value.id in table:
                    raise AssertionError(f"code {value.id} is declared twice")
                table[value.id] = value
    return dict(sorted(table.items()))


def __getattr__(name: str) -> dict[str, Code]:
    if name != "ALL_CODES":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    table = globals()[name] = _collect()
    return table
