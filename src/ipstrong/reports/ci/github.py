"""GitHub: workflow commands, which become annotations at row and column.

The form of a command is `::error file=…,line=…,col=…,title=…::message`. In properties `% CR LF : ,` are escaped, in the
message `% CR LF`, so that no text of a cell can end the command or begin another.
"""

from __future__ import annotations

from ipstrong.diagnostics import Severity
from ipstrong.model.validation import Validation
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.sanitize import inert
from ipstrong.reports.subjects.findings import Entry, by_severity
from ipstrong.reports.subjects.validation import FIX, NOTHING_ASSESSED, all_entries, summary_line
from ipstrong.texts import COLON, Lang

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(validation: Validation, options: ReportOptions) -> str:
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
        message.append(inert(f"{FIX.get(lang)}{COLON.get(lang)}{entry.hint}"))
    data = _escape_data("\n".join(message))
    return f"::{COMMANDS[entry.severity]} {given}::{data}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
