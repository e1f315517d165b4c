"""How a report of a validation is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ipstrong.diagnostics import Severity
from ipstrong.texts import Lang

FailOn = Literal["error", "warning", "never"]
"""From which severity on a finding fails the run; mirrors `--fail-on`."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Language and shape of a report; none of them changes what is found."""

    lang: Lang = "zh"
    width: int = 80
    """Columns of the terminal; other formats ignore it."""
    color: bool = False
    """Whether ANSI colours may be used; other formats ignore it."""
    fail_on: FailOn = "error"
    """What counts as failed where a format knows only passed and failed (JUnit)."""

    def fails(self, severity: Severity) -> bool:
        """Return whether a finding of this severity fails the run."""
        failing = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING), "never": ()}
        return severity in failing[self.fail_on]
