"""GitHub: workflow commands, which become annotations at row and column, and the summary of a step.

The form of a command is `::error file=…,line=…,col=…,title=…::message`. In properties `% CR LF : ,` are escaped, in the
message `% CR LF`, so that no text of a cell can end the command or begin another.
"""

from __future__ import annotations

from ipstrong.diagnostics import Severity
from ipstrong.model.validation import Outcome, Validation
from ipstrong.reports.escapes import markdown_text
from ipstrong.reports.inert import inert
from ipstrong.reports.validation.entries import Entry, all_entries, by_severity, summary_line
from ipstrong.reports.validation.labels import (
    CROSS_CHECKS,
    CURE,
    FINDINGS,
    NO_FINDINGS,
    NOTHING_ASSESSED,
    TITLE,
    WAIVED,
)
from ipstrong.reports.validation.markdown import cross_check_table, finding_table
from ipstrong.reports.validation.options import ReportOptions
from ipstrong.texts import COLON, Lang, Text

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
MOST_ROWS = 500
"""Findings in a step summary, which must stay below one megabyte."""
MORE = Text("另有 {n} 个问题未列出，见完整报告", "{n} more findings are left out here; see the full report")


def render_github(validation: Validation, options: ReportOptions) -> str:
    """Return one workflow command a finding, the worst first, because GitHub shows only the first of a step."""
    standing, _ = all_entries(validation, options.lang)
    lines = [_command(entry, options.lang) for entry in by_severity(standing)]
    if not validation.is_assessed:
        lines.append(f"::error title=ipstrong::{_escape_data(NOTHING_ASSESSED.get(options.lang))}")
    lines.append(f"::notice title=ipstrong::{_escape_data(summary_line(validation, options.lang))}")
    return "\n".join(lines) + "\n"


def _command(entry: Entry, lang: Lang) -> str:
    row, column = entry.position
    title = f"{entry.code} {entry.title}"
    if entry.location.sheet is not None:
        title = f"{title} ({entry.inside})"
    properties = {
        "file": inert(entry.path.replace("\\", "/")),
        "line": str(row or ""),
        "col": str(column or ""),
        "title": inert(title),
    }
    if not row:
        del properties["col"]
    given = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items() if value)
    message = [inert(f"{entry.location}: {entry.message}" if entry.path else entry.message)]
    if entry.hint:
        message.append(inert(f"{CURE.get(lang)}{COLON.get(lang)}{entry.hint}"))
    data = _escape_data("\n".join(message))
    return f"::{COMMANDS[entry.severity]} {given}::{data}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def step_summary(validation: Validation, lang: Lang) -> str:
    """Return Markdown for `$GITHUB_STEP_SUMMARY`: the counts, the findings worst first, failed cross-checks."""
    standing, waived = all_entries(validation, lang)
    shown = by_severity(standing)[:MOST_ROWS]
    parts = [f"## {TITLE.get(lang)}", f"**{markdown_text(summary_line(validation, lang))}**"]
    if not validation.is_assessed:
        parts.append(f"⚠ {NOTHING_ASSESSED.get(lang)}")
    if shown:
        parts += [f"### {FINDINGS.get(lang)}", finding_table(shown, lang, with_file=True)]
    elif validation.is_assessed:
        parts.append(f"✓ {NO_FINDINGS.get(lang)}")
    if len(standing) > len(shown):
        parts.append(MORE.format(n=f"{len(standing) - len(shown):,}").get(lang))
    open_checks = [check for check in validation.cross_checks if check.outcome is not Outcome.PASS][:MOST_ROWS]
    if open_checks:
        parts += [f"### {CROSS_CHECKS.get(lang)}", cross_check_table(validation, open_checks, lang)]
    if waived:
        parts += [f"### {WAIVED.get(lang)}", finding_table(waived[:MOST_ROWS], lang, with_file=True)]
    return "\n\n".join(parts) + "\n"


def render_summary(validation: Validation, options: ReportOptions) -> str:
    """Return the step summary as a format of its own."""
    return step_summary(validation, options.lang)
