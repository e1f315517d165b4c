"""Rules over a `Dataset`; one function and one code each. Nothing here opens a file of data or reads the clock."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ipstrong.diagnostics import Finding, sorted_findings

if TYPE_CHECKING:
    from ipstrong.model.dataset import Dataset
    from ipstrong.model.plan import Plan
    from ipstrong.model.validation import CrossCheck

__all__ = ["run_checks"]


def run_checks(
    dataset: Dataset, plan: Plan | None, *, handed_in: dt.date | None = None
) -> tuple[tuple[Finding, ...], tuple[CrossCheck, ...], tuple[str, ...]]:
    """Return what every rule finds, how every declared cross-check came out, and the ids of the rules that were run.

    Findings of the readers are not repeated: they are in `dataset.findings`.

    Args:
        dataset: all that was read, matched to the same plan.
        plan: what the data is compared with; None checks the tables alone.
        handed_in: the day of submission; None leaves out the rules about dates.
    """
    from ipstrong.checks.cross import assess_cross_checks
    from ipstrong.checks.excerpts import with_excerpts
    from ipstrong.checks.panel import Panel
    from ipstrong.checks.registry import RULES

    panel = Panel(dataset, plan, handed_in)
    panel.cross_checks = assess_cross_checks(panel)
    found = [finding for rule in RULES for finding in rule.check(panel)]
    ids = tuple(dict.fromkeys(rule.code.id for rule in RULES))
    return sorted_findings(with_excerpts(panel, found)), panel.cross_checks, ids
