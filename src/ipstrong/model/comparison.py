"""What changed between two submissions: figures, and the verdicts that rest on them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from ipstrong.model.dataset import Observation, SourceFile
from ipstrong.model.plan import Plan
from ipstrong.model.result import Status
from ipstrong.texts import Text


class ChangeKind(Enum):
    """What became of a figure."""

    REVISED = "revised"
    """Another value, and not one that the first print allowed."""
    REMOVED = "removed"
    """Was there, is no longer."""
    ADDED = "added"
    """Was not there before."""
    REFINED = "refined"
    """The same value printed more or less precisely: 13.05万, then 130512."""
    RESTATED = "restated"
    """The same value with another status: provisional, then final."""

    @property
    def revises_history(self) -> bool:
        """Whether a figure that was handed in before no longer holds."""
        return self in (ChangeKind.REVISED, ChangeKind.REMOVED)


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure that is not as it was."""

    kind: ChangeKind
    series: str
    """Plan indicator id, else the label as written in the data."""
    is_matched: bool
    """Whether `series` is an indicator of the plan."""
    region: str
    """Plan region id, else the name as written; empty where none is named."""
    period: str
    old: Observation | None
    """In the indicator's unit; for a series outside the plan, in the base unit of the printed one."""
    new: Observation | None
    change: Decimal | None
    """New minus old; None where one of them is missing."""
    relative: Decimal | None
    """Change over old, as a fraction; None where there is no change or the old value is zero."""


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A target whose status is not what it was."""

    target: str
    """Target id."""
    number: int
    name: Text
    region: str
    region_name: Text
    old: Status | None
    """None: not in the old scorecard."""
    new: Status | None
    old_value: Decimal | None
    new_value: Decimal | None
    unit: str
    old_disputed: bool = False
    new_disputed: bool = False

    @property
    def is_flip(self) -> bool:
        """Whether what was met no longer is, or the other way round; not merely less or more certain."""
        decided = {Status.MET: True, Status.MISSED: False}
        old, new = (decided.get(status) if status is not None else None for status in (self.old, self.new))
        return old is not None and new is not None and old is not new


@dataclass(frozen=True, slots=True)
class Comparison:
    """The complete result of `compare`. Reports see this and nothing else."""

    old_files: tuple[SourceFile, ...]
    new_files: tuple[SourceFile, ...]
    figures: tuple[FigureChange, ...]
    """By kind (worst first), series, region and period."""
    n_unchanged: int
    verdicts: tuple[VerdictChange, ...] = ()
    """In the order of the new scorecard; flips are among them."""
    plan: Plan | None = None
    as_of: str | None = None
    """The day as of which both scorecards were made, as an ISO date."""

    def count(self, kind: ChangeKind) -> int:
        """Return how many figures changed in this way."""
        return sum(1 for change in self.figures if change.kind is kind)

    @property
    def is_history_revised(self) -> bool:
        """Whether a figure that was handed in before was changed or withdrawn; additions alone do not revise."""
        return any(change.kind.revises_history for change in self.figures)
