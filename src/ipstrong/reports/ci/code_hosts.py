"""GitHub and GitLab: annotations of a file's rows.

A GitHub command is `::error file=…,line=…,col=…,title=…::message`. In properties `% CR LF : ,` are escaped, in the
message `% CR LF`, so that no text of a cell can end the command or begin another. GitLab reads a JSON list, the
artifact of its Code Quality report, in which fingerprints stay the same while a finding does.
"""

from __future__ import annotations

from typing import Any

from ipstrong.diagnostics import Severity
from ipstrong.model.validation import Validation
from ipstrong.reports.labels import prefix
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.sanitize import inert
from ipstrong.reports.subjects.findings import Entry, by_severity
from ipstrong.reports.subjects.validation import FIX, NOTHING_ASSESSED, all_entries, summary_line
from ipstrong.reports.writers import json
from ipstrong.texts import Lang

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


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
        message.append(inert(f"{prefix(FIX, lang)}{entry.hint}"))
    data = _escape_data("\n".join(message))
    return f"::{COMMANDS[entry.severity]} {given}::{data}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render_gitlab(validation: Validation, options: ReportOptions) -> str:
    """Return the findings that no waiver covers; an empty list where there are none."""
    standing, _ = all_entries(validation, options.lang)
    return json.write([_issue(entry) for entry in standing])


def _issue(entry: Entry) -> dict[str, Any]:
    row, column = entry.position
    inside = f"[{entry.inside}] " if entry.location.sheet is not None else ""
    description = f"{inside}{entry.message}" + (f" → {entry.hint}" if entry.hint else "")
    begin = {"line": max(row, 1), "column": max(column, 1)}
    return {
        "description": inert(description),
        "check_name": entry.code,
        "fingerprint": entry.fingerprint,
        "severity": SEVERITIES[entry.severity],
        "location": {
            "path": inert(entry.path.replace("\\", "/").removeprefix("./") or "."),
            "lines": {"begin": begin["line"]},
            "positions": {"begin": begin, "end": begin},
        },
    }
