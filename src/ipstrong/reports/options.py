"""How a report is asked for: language, what the stream can show, and what counts as failed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TextIO

from ipstrong.diagnostics import Severity
from ipstrong.texts import Lang

DEFAULT_WIDTH = 80
NARROWEST, WIDEST = 40, 240

FailOn = Literal["error", "warning", "never"]
"""Severity from which a finding fails the run; mirrors `--fail-on` of `validate`."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Language and shape of a report; none of them changes what is found."""

    lang: Lang = "zh"
    width: int = DEFAULT_WIDTH
    """Columns of the terminal; other formats ignore it."""
    color: bool = False
    """Whether the terminal shows ANSI colours."""
    unicode: bool = True
    """Whether the terminal shows Unicode bars and marks; names are printed as they are."""
    fail_on: FailOn = "error"
    """What counts as failed where a format knows only passed and failed (JUnit)."""

    def fails(self, severity: Severity) -> bool:
        """Return whether a finding of this severity fails the run."""
        failing = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING), "never": ()}
        return severity in failing[self.fail_on]


def stream_options(stream: TextIO, env: Mapping[str, str], lang: Lang = "zh") -> ReportOptions:
    """Return what `stream` can show.

    Args:
        stream: Where the report goes.
        env: The environment: `COLUMNS`; `NO_COLOR` (https://no-color.org: any non-empty value) above `FORCE_COLOR`;
            `TERM=dumb` or `unknown`.
        lang: Language of the report.
    """
    is_terminal = stream.isatty()
    is_dumb = env.get("TERM", "").lower() in ("dumb", "unknown")
    color = is_terminal and not is_dumb
    if env.get("FORCE_COLOR", "0") not in ("", "0"):
        color = True
    if env.get("NO_COLOR"):
        color = False
    return ReportOptions(
        lang, _width(stream, env, is_terminal=is_terminal), color, _has_unicode(stream) and not is_dumb
    )


def _width(stream: TextIO, env: Mapping[str, str], *, is_terminal: bool) -> int:
    columns = env.get("COLUMNS", "")
    # isdecimal() alone accepts digits of every script, and int() reads them; a length bound keeps int() cheap.
    width = int(columns) if columns.isdecimal() and len(columns) < 6 else 0
    if not width and is_terminal:
        try:
            width = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError):
            width = 0
    return max(NARROWEST, min(WIDEST, width or DEFAULT_WIDTH))


def _has_unicode(stream: TextIO) -> bool:
    try:
        "█▏✓✗↗─≥".encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
