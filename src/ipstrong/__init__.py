"""ipstrong: an indicator calculator for plans with numbers in them.

The command line is made of these functions, and other programs may call them:

    from ipstrong import load_plan, read_data, check

    plan = load_plan("targets.yaml")
    scorecard = check(plan, read_data(["data.xlsx"], plan), as_of="2021")

They are loaded when first used, so that `import ipstrong` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ipstrong.pipeline import check, load_plan, read_data, validate

__version__ = "0.1.0"

__all__ = ["__version__", "check", "load_plan", "read_data", "validate"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the functions have types of their own
    if name in {"check", "load_plan", "read_data", "validate"}:
        from ipstrong import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'ipstrong' has no attribute {name!r}")
