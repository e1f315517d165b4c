"""Text from data made harmless for one place: a CI log, Markdown, a CSV file, JSON.

A cell may hold escape sequences, formulas, markup or commands of a CI log. Every report passes text that comes from
files through one of these functions; what a person reads stays recognisable, and nothing is dropped in silence.
"""

from __future__ import annotations

import re

from ipstrong.reports.inert import inert

_WORD_JOINER = "\u2060"
_FORMULA_STARTS = tuple("=+-@\t\r=+-@")
"""First characters that make a spreadsheet program compute; the full-width ones do so in East Asian settings."""
_MARKDOWN = re.compile(r"([\\`*_\[\]|~$])")


def log_text(text: str) -> str:
    """Return inert text that no CI runner takes for a command, wherever a line happens to break.

    GitHub's runner reads `::name::` at the start of a line, after blanks, and `##[name]` anywhere.
    """
    return inert(text).replace("::", f":{_WORD_JOINER}:").replace("##[", f"##{_WORD_JOINER}[")


def markdown_text(text: str) -> str:
    """Return inert text that Markdown and HTML show as it is: no markup, link, mention or table bar."""
    escaped = inert(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = _MARKDOWN.sub(r"\\\1", escaped)
    escaped = escaped.replace("://", ":&#47;/")
    escaped = re.sub(r"(?i)\bwww\.", lambda found: f"{found.group()[:-1]}&#46;", escaped)
    return re.sub(r"@(?=\w)", f"@{_WORD_JOINER}", escaped)


def csv_text(text: str) -> str:
    """Return inert text that a spreadsheet program opening the CSV file shows and does not compute."""
    shown = inert(text)
    return f"'{shown}" if shown.lstrip(" ").startswith(_FORMULA_STARTS) else shown
