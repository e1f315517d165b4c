"""What `validate` says about a submission: findings, cross-checks, waivers, and whether anything was assessed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from ipstrong.diagnostics import Finding, Severity
from ipstrong.model.dataset import Dataset, Observation
from ipstrong.model.plan import Plan
from ipstrong.texts import Text


class Outcome(Enum):
    """The result of one cross-check."""

    PASS = "pass"  # noqa: S105 - an outcome, not a password
    FAIL = "fail"
    UNCERTAIN = "uncertain"
    """The difference lies within the printed precision of the inputs."""
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """A declared identity or inequality (勾稽), as it came out for one region and period."""

    id: str
    name: Text
    region: str
    period: str
    expression: str
    """The declared formula, such as `per-10k * population / 10000 = valid-patents`."""
    outcome: Outcome
    left: Decimal | None
    right: Decimal | None
    difference: Decimal | None
    """Left minus right."""
    tolerance: Decimal
    evidence: tuple[Observation, ...]
    missing: Text | None = None
    """What is missing, where it is not assessable."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A known and accepted finding, from the reviewed waivers file."""

    code: str
    place: str | None
    """`file[sheet!cell]`, `[sheet!cell]`, `file:line`, or None where `series` says it."""
    series: str | None
    """Indicator id or label."""
    reason: str
    who: str
    expires: str
    """ISO date; the waiver holds up to and including this day."""
    line: int
    """Line of the entry in the waivers file."""
    file: str = ""
    """The waivers file as the user named it."""


@dataclass(frozen=True, slots=True)
class WaivedFinding:
    """A finding that a waiver covers."""

    finding: Finding
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class Validation:
    """The complete result of `validate`. Reports see this and nothing else."""

    dataset: Dataset
    plan: Plan | None
    findings: tuple[Finding, ...]
    """Not waived, sorted by place."""
    waived: tuple[WaivedFinding, ...] = ()
    cross_checks: tuple[CrossCheck, ...] = ()
    rules_run: tuple[str, ...] = ()
    """Ids of the rules that were run."""

    @property
    def n_values(self) -> int:
        """How many values were read, blanks not counted."""
        return self.dataset.frame["value"].count()

    @property
    def is_assessed(self) -> bool:
        """Whether any figure was there to be judged, one of the plan's where there is a plan; nothing assessed is no success."""
        frame = self.dataset.frame
        return frame.height > (frame["indicator"].null_count() if self.plan is not None else 0)

    def count(self, severity: Severity) -> int:
        """Return how many findings have this severity."""
        return sum(1 for finding in self.findings if finding.severity is severity)
