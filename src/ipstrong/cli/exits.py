"""Exit codes, and what makes a run fail."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

from ipstrong.texts import Text

if TYPE_CHECKING:
    from ipstrong.diagnostics import Finding
    from ipstrong.model.result import Scorecard


class Exit(IntEnum):
    """How a run ended; the worst of all files wins."""

    DONE = 0
    FAILED = 1
    CANNOT_RUN = 2
    DEFECT = 3
    INTERRUPTED = 130


EXIT_CODES = Text(
    "退出码：0 完成；1 完成，但触发 --fail-on、有错误级问题，或 compare 发现历史数据有改动；2 无法运行，或没有可评价的内容；3 程序缺陷；130 被中断。",
    "Exit codes: 0 done; 1 done, and --fail-on holds, a finding is an error, or compare found history revised; 2 could not run, or nothing could be "
    "assessed; 3 a defect of ipstrong; 130 interrupted.",
)

FailOn = Literal["missed", "behind", "uncertain", "no_data", "never"]
"""From which status on a check fails; each includes those before it."""

_LADDER = ("missed", "behind", "uncertain", "no_data")


def check_exit(scorecard: Scorecard, fail_on: FailOn) -> Exit:
    """Return 1 when a status that `fail_on` names, or a worse one, occurs, or when a finding is an error."""
    failing = set(_LADDER[: _LADDER.index(fail_on) + 1]) if fail_on != "never" else set()
    if any(result.status.value in failing for result in scorecard.results):
        return Exit.FAILED
    return findings_exit(scorecard.findings)


def findings_exit(findings: Iterable[Finding], *, warnings_fail: bool = False) -> Exit:
    """Return 1 when a finding is an error, or a warning where warnings fail."""
    failing = {"error", "warning"} if warnings_fail else {"error"}
    return Exit.FAILED if any(finding.severity.value in failing for finding in findings) else Exit.DONE
