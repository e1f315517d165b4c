"""The plan: what `targets.yaml` holds, as plain frozen values with no trace of YAML or pydantic."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from ipstrong.model.checks import NO_CHECKS, Checks
from ipstrong.model.unit import Unit
from ipstrong.texts import Text


class Nature(Enum):
    """How the values of an indicator behave over time."""

    STOCK = "stock"
    """Counted at a point in time: adds up over regions, not over years."""
    FLOW = "flow"
    """Counted over a period: adds up over both."""
    RATE = "rate"
    """A ratio, share or rate of growth: adds up over neither."""
    RANK = "rank"
    """A place in an order, 1 is best."""


class MeasureKind(Enum):
    """How a target's number is made from observations."""

    LEVEL = "level"
    """The value at the deadline."""
    EVERY_YEAR = "every_year"
    """The value of each year from the start year to the deadline: the worst one decides."""
    AVERAGE_GROWTH = "average_growth"
    """Average yearly growth from the base year, in percent."""
    CUMULATIVE = "cumulative"
    """The sum of the yearly values from the start year on (the level itself where the indicator is a stock)."""
    RANK = "rank"
    """The place among the peers."""
    RANGE = "range"
    """The value at the deadline lies between two bounds, both included."""
    MANUAL = "manual"
    """A clause that no number decides."""


class Comparator(Enum):
    """How the value is held against the target; the direction follows from it."""

    GE = ">="
    GT = ">"
    LE = "<="
    LT = "<"
    BETWEEN = "between"

    @property
    def direction(self) -> int:
        """+1 where more is better, -1 where less is better, 0 for a range."""
        return _DIRECTIONS[self._value_]


_DIRECTIONS = {">=": 1, ">": 1, "<=": -1, "<": -1, "between": 0}


class Mean(Enum):
    """How average growth is taken (National Bureau of Statistics, China Statistical Yearbook 2020, notes)."""

    GEOMETRIC = "geometric"
    """Level approach (水平法): (x_t / x_0) ** (1/n) - 1."""
    ARITHMETIC = "arithmetic"
    """Arithmetic mean of the year-on-year growth rates; not the official reading."""
    CUMULATIVE = "cumulative"
    """Cumulative approach (累计法, 方程法): the g with sum of (1+g)**i = sum of x_i / x_0, i = 1..n."""


class Rounding(Enum):
    """Which of the two ways of GB/T 8170-2008 compares value and target."""

    FULL = "full"
    """Full value: unrounded (全数值比较法); the default."""
    ROUNDED = "rounded"
    """Rounded value: the value is first rounded to the decimals of the target (修约值比较法)."""


class RegionKind(Enum):
    """What a region is to the plan."""

    HOME = "home"
    NATION = "nation"
    PEER = "peer"
    PART = "part"
    """A district of the home region."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Clause:
    """Where in the plan a target, task or milestone stands."""

    section: str
    """Section of the document, such as `二(二)`."""
    sentence: int | None
    """Number of the sentence in the section, from 1."""
    summary: Text
    """What it says, in our own words."""
    section_en: str | None = None
    """The section in English, where the plan gives it."""

    def __str__(self) -> str:
        """Return the short reference."""
        return self.section if self.sentence is None else f"{self.section}·{self.sentence}"

    @property
    def place(self) -> Text:
        """The reference in words: section and sentence."""
        section = Text(self.section, self.section_en or self.section)
        if self.sentence is None:
            return section
        return Text(f"{section.zh}第{self.sentence}句", f"{section.en}, sentence {self.sentence}")


@dataclass(frozen=True, slots=True)
class Region:
    """A region that the plan names."""

    id: str
    name: Text
    kind: RegionKind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ratio:
    """A derived indicator: numerator over denominator, times scale."""

    numerator: tuple[str, ...]
    """Indicator ids in order of preference: the first with a value for the year is used."""
    denominator: tuple[str, ...]
    """Likewise, for the year minus `lag`."""
    scale: Decimal = Decimal(1)
    """Factor on the quotient of the two *base unit* values: 10000 for per 10,000 people, 100 for percent."""
    lag: int = 0
    """How many years the denominator is older: 1 for the population at the end of the year before."""
    denominator_region: str | None = None
    """Region id of the denominator where it is not the region itself, such as the nation for a share."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A thing that is measured. With `ratio` it is derived; reported values may stand beside it."""

    id: str
    name: Text
    unit: Unit
    nature: Nature
    aliases: tuple[str, ...] = ()
    """Labels as tables really write them."""
    ratio: Ratio | None = None
    definition: Text | None = None
    source: Text | None = None
    """Who publishes it."""
    department: str | None = None
    decimals: int | None = None
    """Decimals it is usually printed with; None: as given."""

    @property
    def is_derived(self) -> bool:
        """Whether it is computed from other indicators."""
        return self.ratio is not None


@dataclass(frozen=True, slots=True)
class Convention:
    """One declared reading of a target. Fields that are None are as the target says."""

    id: str
    name: Text
    note: Text | None = None
    base_year: int | None = None
    mean: Mean | None = None
    lag: int | None = None
    numerator: tuple[str, ...] | None = None
    denominator: tuple[str, ...] | None = None
    indicator: str | None = None
    value: Decimal | None = None
    reported: bool | None = None
    """True: use the reported values of a derived indicator; False: compute only."""
    rounding: Rounding | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """Measure, comparator, value, deadline, clause, departments."""

    id: str
    number: int
    name: Text
    area: str
    """Area id."""
    measure: MeasureKind
    clause: Clause
    indicator: str | None = None
    """Indicator id; None only for `MANUAL`."""
    comparator: Comparator | None = None
    value: Decimal | None = None
    """In `unit`; the lower bound of a range."""
    upper: Decimal | None = None
    """The upper bound of a range, included."""
    unit: Unit | None = None
    """Unit of `value`: the indicator's, `%` for growth, `位` for ranks."""
    base_year: int = 0
    start_year: int = 0
    """First year that counts for `EVERY_YEAR` and `CUMULATIVE`."""
    deadline: int = 0
    """Year by whose end it must hold."""
    weight: Decimal = Decimal(1)
    mean: Mean = Mean.GEOMETRIC
    rounding: Rounding = Rounding.FULL
    conventions: tuple[Convention, ...] = ()
    """The first is the verdict; empty means the target's own fields are the only reading."""
    assumption: Text | None = None
    """How an ambiguous clause was read."""
    peers: tuple[str, ...] = ()
    """Region ids for a rank (the home region need not be among them)."""
    reported_rank: str | None = None
    """Indicator id of the published rank, used where peers' observations are missing."""
    departments: tuple[str, ...] = ()

    @property
    def is_manual(self) -> bool:
        """Whether a person, not a number, decides."""
        return self.measure is MeasureKind.MANUAL

    @property
    def is_growth(self) -> bool:
        """Whether the target is itself a rate of growth: pace and projection do not apply."""
        return self.measure is MeasureKind.AVERAGE_GROWTH


@dataclass(frozen=True, slots=True)
class Area:
    """A heading under which targets are grouped."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Task:
    """One of the plan's actions."""

    number: int
    title: Text
    programme: Text
    lead: tuple[str, ...]
    cooperating: tuple[str, ...]
    targets: tuple[str, ...]
    """Ids of the targets it serves."""
    clause: Clause


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated duty: once (`date`), or every year (`month_day`) within the plan."""

    id: str
    name: Text
    dates: tuple[str, ...]
    """ISO dates by which it is due, in order."""
    department: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class Department:
    """A unit of government that leads or cooperates; targets and tasks name it by its Chinese name."""

    name: Text
    """Full name."""
    aliases: tuple[str, ...] = ()
    """Other names by which people call it."""


@dataclass(frozen=True, slots=True)
class UnitAlias:
    """Other spellings of a unit, such as `patents` for `件`."""

    unit: Unit
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PacePreset:
    """Named thresholds of the pace ratio."""

    id: str
    name: Text
    on_track: Decimal
    """Ratio from which progress is on track."""
    slow: Decimal
    """Ratio from which progress is slow but real; below it is insufficient, below zero it goes the wrong way."""
    source: Text | None = None
    """Where the thresholds come from."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan with numbers in it."""

    id: str
    name: Text
    path: str
    """Where it was read from, as shown to the user."""
    start_year: int
    end_year: int
    base_year: int
    home: str
    """Region id that the plan is about."""
    regions: tuple[Region, ...]
    areas: tuple[Area, ...]
    indicators: tuple[Indicator, ...]
    targets: tuple[Target, ...]
    pace: PacePreset
    tasks: tuple[Task, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    units: tuple[UnitAlias, ...] = ()
    issuer: Text | None = None
    source: Text | None = None
    """The document the plan was encoded from."""
    checks: Checks = NO_CHECKS
    """What submissions are held against."""
    departments: tuple[Department, ...] = ()

    def department(self, name: str) -> Text:
        """Return the department's name in both languages, `name` itself in both where the plan does not declare it."""
        for candidate in self.departments:
            if name in (candidate.name.zh, candidate.name.en, *candidate.aliases):
                return candidate.name
        return Text(name, name)

    def indicator(self, indicator_id: str) -> Indicator:
        """Return the indicator with this id; `KeyError` if there is none."""
        for candidate in self.indicators:
            if candidate.id == indicator_id:
                return candidate
        raise KeyError(indicator_id)

    def target(self, target_id: str) -> Target:
        """Return the target with this id or number; `KeyError` if there is none."""
        for candidate in self.targets:
            if target_id in (candidate.id, str(candidate.number)):
                return candidate
        raise KeyError(target_id)

    def region(self, region_id: str) -> Region | None:
        """Return the region that the plan names by this id."""
        return next((region for region in self.regions if region.id == region_id), None)

    def area(self, area_id: str) -> Area:
        """Return the area with this id; `KeyError` if there is none."""
        for candidate in self.areas:
            if candidate.id == area_id:
                return candidate
        raise KeyError(area_id)
