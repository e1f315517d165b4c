"""YAML to `Plan`, with line and column for every complaint.

The functions import what they need when they are called, so that `ipstrong --help` pays for none of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ipstrong.planfile.locate import locate_plan

if TYPE_CHECKING:
    from ipstrong.diagnostics import Finding
    from ipstrong.model.plan import Plan

__all__ = ["load_plan", "locate_plan", "plan_schema"]


def load_plan(path: Path | str, shown_as: str | None = None) -> tuple[Plan | None, tuple[Finding, ...]]:
    """Return the plan of a YAML file and all findings about it; the plan is None when any of them is an error.

    Args:
        path: the YAML file.
        shown_as: how locations name the file; default: the path as given.
    """
    from ipstrong.planfile.load import load_plan as load

    return load(path, shown_as)


def plan_schema() -> dict[str, object]:
    """Return the JSON Schema of plan files, for editors that complete and check while one types."""
    from ipstrong.planfile.schema import plan_schema as schema

    return schema()
