"""The terminal: findings by file, each with its row and a caret under the cell, and the cure."""

from __future__ import annotations

from collections.abc import Iterator

from ipstrong.diagnostics import Severity
from ipstrong.diagnostics.codes.series import CROSS_FAILS, CROSS_NOT_ASSESSABLE, CROSS_UNCERTAIN
from ipstrong.model.validation import CrossCheck, Outcome, Validation
from ipstrong.reports.escapes import log_text
from ipstrong.reports.formatting import format_signed
from ipstrong.reports.validation.entries import (
    NOTHING,
    Entry,
    FileEntries,
    by_file,
    figure_text,
    place_of,
    region_name,
    related_text,
    summary_line,
)
from ipstrong.reports.validation.excerpts import pointed_row
from ipstrong.reports.validation.labels import (
    CROSS_CHECKS,
    DIFFERENCE,
    EVIDENCE,
    EXPIRES,
    LEFT,
    MISSING,
    N_SEVERITY,
    N_SEVERITY_ONE,
    N_VALUES,
    N_VALUES_ONE,
    NO_FINDINGS,
    NOTHING_ASSESSED,
    OUTCOMES,
    RIGHT,
    SEE_ALSO,
    SEPARATOR,
    TOLERANCE,
    WAIVED,
    WHOLE_RUN,
    counted,
)
from ipstrong.reports.validation.options import ReportOptions
from ipstrong.reports.wrapped import Line, draw_lines, line
from ipstrong.texts import Lang

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}
OUTCOME_STYLES = {
    Outcome.PASS: "green",
    Outcome.FAIL: "bold red",
    Outcome.UNCERTAIN: "yellow",
    Outcome.NOT_ASSESSABLE: "dim",
}
HEADING = "bold underline"
INDENT = 2
CROSS_CODES = {code.id for code in (CROSS_FAILS, CROSS_UNCERTAIN, CROSS_NOT_ASSESSABLE)}
"""Findings that tell a cross-check in full."""


def render_terminal(validation: Validation, options: ReportOptions) -> str:
    """Return the validation for a terminal of `options.width` columns."""
    return draw_lines(_parts(validation, options), options.width, color=options.color)


def _parts(validation: Validation, options: ReportOptions) -> Iterator[Line]:
    lang = options.lang
    groups = by_file(validation, lang)
    for group in groups:
        yield from _file_parts(group, options)
    is_told = any(finding.code.id in CROSS_CODES for finding in validation.findings)
    # What could not be assessed is a finding of its own, or goes without saying where nothing is of the plan.
    open_checks = [check for check in validation.cross_checks if check.outcome in (Outcome.FAIL, Outcome.UNCERTAIN)]
    if open_checks:
        yield line((CROSS_CHECKS.get(lang), HEADING))
        for check in open_checks:
            yield from _cross_check_parts(check, validation, lang, with_cells=not is_told)
        yield line()
    waived = [entry for group in groups for entry in group.waived]
    if waived:
        yield line((WAIVED.get(lang), HEADING))
        for entry in waived:
            yield from _waived_parts(entry, lang)
        yield line()
    if not validation.is_assessed:
        yield line((NOTHING_ASSESSED.get(lang), "bold red"))
    yield line((summary_line(validation, lang), "bold"))


def _file_parts(group: FileEntries, options: ReportOptions) -> Iterator[Line]:
    lang = options.lang
    if not group.path and not group.entries:
        return
    heading = log_text(group.path) if group.path else WHOLE_RUN.get(lang)
    counts = [counted(N_VALUES, N_VALUES_ONE, group.n_values).get(lang)] if group.path else []
    counts += [
        counted(N_SEVERITY[severity], N_SEVERITY_ONE[severity], n).get(lang)
        for severity in Severity
        if (n := group.count(severity))
    ]
    if not group.entries:
        counts.append(NO_FINDINGS.get(lang))
    yield line((heading, HEADING), ("  " + SEPARATOR.get(lang).join(counts), "dim"))
    for entry in group.entries:
        yield from _finding_parts(entry, options)
    yield line()


def _finding_parts(entry: Entry, options: ReportOptions) -> Iterator[Line]:
    lang, style = options.lang, STYLES[entry.severity]
    place = entry.inside or entry.location.key or ""
    yield line(
        (f"{log_text(place)} " if place else "", "bold"),
        (entry.severity.text.get(lang), style),
        f" {entry.code} {log_text(entry.message)}",
        indent=INDENT,
    )
    if entry.finding.excerpt:
        row, caret = pointed_row(entry.finding, options.width - 2 * INDENT) or ("", "")
        yield line((row, "dim"), indent=2 * INDENT, is_cut=True)
        if caret:
            yield line((caret, style), indent=2 * INDENT, is_cut=True)
    if entry.finding.related:
        yield line((f"{SEE_ALSO.get(lang)} {log_text(related_text(entry, lang))}", "dim"), indent=2 * INDENT)
    if entry.hint:
        yield line(("→ ", "green"), log_text(entry.hint), indent=2 * INDENT)


def _cross_check_parts(check: CrossCheck, validation: Validation, lang: Lang, *, with_cells: bool) -> Iterator[Line]:
    """Yield a cross-check; its formula and cells only where no finding above has them."""
    where = " ".join(part for part in (region_name(validation, check.region, lang), check.period) if part)
    outcome = (OUTCOMES[check.outcome].get(lang), OUTCOME_STYLES[check.outcome])
    yield line(outcome, f" {log_text(check.name.get(lang))} ", (log_text(f"({where})"), "dim"), indent=INDENT)
    if with_cells:
        yield line((log_text(check.expression), "dim"), indent=2 * INDENT)
    if check.missing is not None:
        yield line(f"{MISSING.get(lang)} {log_text(check.missing.get(lang))}", indent=2 * INDENT)
    if check.left is not None and check.right is not None:
        difference = NOTHING if check.difference is None else format_signed(check.difference)
        figures = [
            f"{LEFT.get(lang)} {figure_text(check.left)}",
            f"{RIGHT.get(lang)} {figure_text(check.right)}",
            f"{DIFFERENCE.get(lang)} {difference}",
            f"{TOLERANCE.get(lang)} {figure_text(check.tolerance)}",
        ]
        yield line(SEPARATOR.get(lang).join(figures), indent=2 * INDENT)
    if check.evidence and with_cells:
        cells = dict.fromkeys(f"{place_of(found)}={found.raw}" for found in check.evidence)
        text = f"{EVIDENCE.get(lang)} {log_text(SEPARATOR.get(lang).join(cells))}"
        yield line((text, "dim"), indent=2 * INDENT)


def _waived_parts(entry: Entry, lang: Lang) -> Iterator[Line]:
    waiver = entry.waiver
    assert waiver is not None
    yield line((log_text(f"{entry.location} {entry.code} {entry.message}"), "dim"), indent=INDENT)
    who = f"{waiver.who}{SEPARATOR.get(lang)}{EXPIRES.get(lang)} {waiver.expires}"
    yield line((log_text(f"{waiver.reason} ({who})"), "dim"), indent=2 * INDENT)
