"""The rules of `ipstrong validate`, in one literal table: a code and the function that finds it.

A rule is one function with one code. It gets the whole submission at once (`Panel`) and works on columns. No rule opens a file or
reads the clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple

from ipstrong.checks import cells, cross, series, structure
from ipstrong.checks.panel import Panel
from ipstrong.checks.places import with_excerpts
from ipstrong.diagnostics import Code, Finding, sorted_findings
from ipstrong.diagnostics.codes import rules as codes
from ipstrong.diagnostics.codes import series as series_codes
from ipstrong.model.dataset import Dataset
from ipstrong.model.plan import Plan
from ipstrong.model.validation import CrossCheck


class Rule(NamedTuple):
    """One rule."""

    code: Code
    check: Callable[[Panel], Iterable[Finding]]


RULES: tuple[Rule, ...] = (
    Rule(codes.NO_TABLE, structure.check_no_table),
    Rule(codes.SHEET_MISSING, structure.check_sheets),
    Rule(codes.REGION_UNKNOWN, structure.check_regions),
    Rule(codes.PERIOD_OUT_OF_PLAN, structure.check_periods),
    Rule(codes.REQUIRED_INDICATOR, structure.check_required_indicators),
    Rule(codes.REQUIRED_YEAR, structure.check_required_years),
    Rule(codes.MERGED_DATA, structure.check_merged),
    Rule(codes.TOTAL_AS_DATA, structure.check_totals),
    Rule(codes.TEXT_NUMBER, cells.check_text_numbers),
    Rule(codes.FULL_WIDTH, cells.check_full_width),
    Rule(codes.NUMBER_WITH_WORDS, cells.check_mixed_text),
    Rule(codes.MAGNITUDE, cells.check_magnitude),
    Rule(codes.SCALE_OF_COUNT, cells.check_scale),
    Rule(codes.FRACTION_OF_COUNT, cells.check_fractions),
    Rule(codes.TOO_MANY_DECIMALS, cells.check_decimals),
    Rule(codes.NEGATIVE_COUNT, cells.check_negative_counts),
    Rule(codes.OUT_OF_RANGE, cells.check_range),
    Rule(codes.SHARE_ABOVE_100, cells.check_shares),
    Rule(codes.NOT_FINITE, cells.check_finite),
    Rule(codes.FOOTNOTE, cells.check_footnotes),
    Rule(codes.NOT_FINAL, cells.check_status),
    Rule(codes.NOT_EXACT, cells.check_bounds),
    Rule(codes.MARKED_BREAK, cells.check_marks),
    Rule(series_codes.STOCK_FALLS, series.check_falls),
    Rule(series_codes.JUMP, series.check_jumps),
    Rule(series_codes.OUT_OF_LINE, series.check_spikes),
    Rule(series_codes.YTD_FALLS, series.check_year_to_date),
    Rule(series_codes.REPEATED_COLUMN, series.check_copies),
    Rule(series_codes.DECLARED_BREAK, series.check_breaks),
    Rule(series_codes.LABEL_CHANGES, series.check_labels),
    Rule(series_codes.CROSS_FAILS, cross.check_failures),
    Rule(series_codes.CROSS_UNCERTAIN, cross.check_uncertain),
    Rule(series_codes.CROSS_NOT_ASSESSABLE, cross.check_not_assessable),
    Rule(series_codes.HANDED_IN_LATE, structure.check_deadline),
    Rule(series_codes.PERIOD_NOT_OVER, structure.check_period_over),
    Rule(series_codes.NO_DEADLINE, structure.check_deadline_known),
)


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
    panel = Panel(dataset, plan, handed_in)
    panel.cross_checks = cross.assess_cross_checks(panel)
    found = [finding for rule in RULES for finding in rule.check(panel)]
    ids = tuple(dict.fromkeys(rule.code.id for rule in RULES))
    return sorted_findings(with_excerpts(panel, found)), panel.cross_checks, ids
