"""What a plan expects of a submission: bounds, required figures, and identities between figures (勾稽关系)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ipstrong.diagnostics import Severity
from ipstrong.model.formula import Statement
from ipstrong.model.period import PeriodKind
from ipstrong.texts import Text

GROUPS = ("parts", "peers")
"""Region words of a formula that stand for several regions; they are allowed inside an aggregate only."""

SINGLE_REGIONS = ("home", "nation")
"""Region words of a formula that stand for the plan's home region and for the nation."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """By how much the sides may differ; the larger of the two amounts counts."""

    absolute: Decimal = Decimal(0)
    """In the unit of the sides."""
    relative_pct: Decimal = Decimal(0)
    """In percent of the larger side."""
    printed: bool = False
    """Whether a difference that rounding in print explains is a pass; otherwise it is `uncertain`."""


@dataclass(frozen=True, slots=True)
class CrossRule:
    """A declared identity or inequality between indicators, regions and periods."""

    id: str
    name: Text
    statements: tuple[Statement, ...]
    """The accepted readings, in order of preference: one that holds is enough."""
    tolerance: Tolerance = Tolerance()
    regions: tuple[str, ...] = ()
    """Region ids, region words or groups; empty: every region the plan names that has figures on both sides."""
    first_year: int | None = None
    last_year: int | None = None
    grains: tuple[PeriodKind, ...] = (PeriodKind.YEAR,)
    """Kinds of period that are checked."""
    severity: Severity = Severity.ERROR
    """Of a failure."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What values of one indicator may be, in its unit; None where nothing is declared."""

    indicator: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int | None = None
    """Most decimals a value may have."""
    jump_pct: Decimal | None = None
    """Largest believable change against the previous period, in percent of it."""
    fall_pct: Decimal | None = None
    """A figure that must not fall: by how many percent it may all the same; 0 for not at all."""


@dataclass(frozen=True, slots=True)
class Required:
    """Figures that a submission must hold: every indicator for every region and year."""

    indicators: tuple[str, ...]
    regions: tuple[str, ...]
    """Region ids, region words or groups; empty: the home region."""
    years: tuple[int, ...]
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A year from which an indicator is counted differently."""

    indicator: str
    year: int
    """First year of the new definition."""
    reason: Text
    region: str | None = None
    """None: in every region."""


@dataclass(frozen=True, slots=True)
class HandIn:
    """The day by which the figures of a year must be handed in."""

    year: int
    due: str
    """ISO date, that day included."""


@dataclass(frozen=True, slots=True)
class Checks:
    """Everything the plan's `checks` section declares."""

    expectations: tuple[Expectation, ...] = ()
    required: tuple[Required, ...] = ()
    cross: tuple[CrossRule, ...] = ()
    breaks: tuple[SeriesBreak, ...] = ()
    hand_in: tuple[HandIn, ...] = ()
    sheets: tuple[str, ...] = ()
    """Sheets that every workbook must have."""
    first_year: int | None = None
    """Figures of earlier years are questioned."""
    last_year: int | None = None
    """Figures of later years are questioned."""

    def expectation(self, indicator_id: str) -> Expectation | None:
        """Return what is expected of an indicator, None where nothing is."""
        return next((entry for entry in self.expectations if entry.indicator == indicator_id), None)


NO_CHECKS = Checks()
"""The checks of a plan that declares none."""
