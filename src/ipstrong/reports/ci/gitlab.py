"""GitLab Code Quality: the JSON list of its report artifact; fingerprints stay the same while a finding does."""

from __future__ import annotations

from typing import Any

from ipstrong.diagnostics import Severity
from ipstrong.model.validation import Validation
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.sanitize import inert
from ipstrong.reports.subjects.findings import Entry
from ipstrong.reports.subjects.validation import all_entries
from ipstrong.reports.writers import json

SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(validation: Validation, options: ReportOptions) -> str:
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
