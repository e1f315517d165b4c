"""Results: what scoring says about every target and region, complete and sorted; reports read nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from ipstrong.diagnostics import Finding
from ipstrong.model.dataset import Dataset, Observation
from ipstrong.model.derivations import Derivations
from ipstrong.model.evaluation import NO_QUANTITIES, evaluate
from ipstrong.model.formula import Formula, Quantities, observations_of
from ipstrong.model.period import Period
from ipstrong.model.plan import Convention, Plan, Target
from ipstrong.texts import Text


class Status(Enum):
    """The verdict on a target."""

    MET = "met"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    MISSED = "missed"
    NOT_DUE = "not_due"
    UNCERTAIN = "uncertain"
    NO_DATA = "no_data"
    MANUAL = "manual"

    @property
    def text(self) -> Text:
        """The name of the status."""
        return STATUS_TEXTS[self]

    @property
    def meaning(self) -> Text:
        """What the status says, in a sentence."""
        return STATUS_MEANINGS[self]


STATUS_TEXTS: dict[Status, Text] = {
    Status.MET: Text("已达标", "met"),
    Status.ON_TRACK: Text("进度正常", "on track"),
    Status.BEHIND: Text("进度滞后", "behind"),
    Status.MISSED: Text("未达标", "missed"),
    Status.NOT_DUE: Text("未到期", "not due"),
    Status.UNCERTAIN: Text("不确定", "uncertain"),
    Status.NO_DATA: Text("无数据", "no data"),
    Status.MANUAL: Text("人工评定", "manual"),
}

STATUS_MEANINGS: dict[Status, Text] = {
    Status.MET: Text("最新值达到目标值。", "The latest value meets the target."),
    Status.ON_TRACK: Text(
        "尚未到期，进度比不低于“同步”界限；逐年目标已过各年均达到；增速目标按现有年份达到。",
        "Not due yet, and the pace is on track; yearly targets met in every year so far; growth targets met so far.",
    ),
    Status.BEHIND: Text("尚未到期，进度比低于“同步”界限。", "Not due yet, and the pace is below on track."),
    Status.MISSED: Text(
        "到期而未达目标值；逐年目标有一年未达即为未达标。",
        "The deadline has passed and the value falls short; a yearly target is missed in its first year below target.",
    ),
    Status.NOT_DUE: Text("尚未到期，现有数据不足以判断进度。", "Not due yet, and the data do not show the pace."),
    Status.UNCERTAIN: Text(
        "数据以四舍五入后的形式公布，真值可能落在目标值的任一侧。",
        "The inputs were printed rounded, and the true value may lie on either side of the target.",
    ),
    Status.NO_DATA: Text("没有可供判定的数据。", "There is no data to assess."),
    Status.MANUAL: Text("条款没有数量要求，由人评定。", "The clause has no number; a person decides."),
}

DISPUTED_TEXT = Text("口径有争议", "disputed")


SCORED = frozenset({Status.MET, Status.ON_TRACK, Status.BEHIND, Status.MISSED, Status.UNCERTAIN})
"""Statuses that rest on a value and so enter the weighted score."""


class Reason(Enum):
    """Why a number was not computed."""

    NO_DATA = "no_data"
    NO_BASE = "no_base"
    NO_DENOMINATOR = "no_denominator"
    NO_NUMERATOR = "no_numerator"
    NOT_REPORTED_YET = "not_reported_yet"
    MISSING_YEAR = "missing_year"
    BASE_IS_ZERO = "base_is_zero"
    BASE_IS_NEGATIVE = "base_is_negative"
    DENOMINATOR_IS_ZERO = "denominator_is_zero"
    NEGATIVE_RATIO = "negative_ratio"
    TARGET_IS_ZERO = "target_is_zero"
    BASE_MEETS_TARGET = "base_meets_target"
    TOO_FEW_POINTS = "too_few_points"
    IS_GROWTH = "is_growth"
    IS_RANK = "is_rank"
    IS_RANGE = "is_range"
    IS_EVERY_YEAR = "is_every_year"
    DEADLINE_PASSED = "deadline_passed"
    NEVER_AT_THIS_PACE = "never_at_this_pace"
    ALREADY_MET = "already_met"
    NO_PEERS = "no_peers"
    NOT_REPORTED = "not_reported"
    MANUAL = "manual"


REASON_TEXTS: dict[Reason, Text] = {
    Reason.NO_DATA: Text("没有数据：{what}", "no data: {what}"),
    Reason.NO_BASE: Text("缺基期数据：{what}", "no base value: {what}"),
    Reason.NO_DENOMINATOR: Text("缺分母：{what}", "no denominator: {what}"),
    Reason.NO_NUMERATOR: Text("缺分子：{what}", "no numerator: {what}"),
    Reason.NOT_REPORTED_YET: Text("到期年数据未见：{what}", "no value for the deadline year: {what}"),
    Reason.MISSING_YEAR: Text("缺年份：{what}", "years missing: {what}"),
    Reason.BASE_IS_ZERO: Text("基期为零", "the base is zero"),
    Reason.BASE_IS_NEGATIVE: Text("基期为负", "the base is negative"),
    Reason.DENOMINATOR_IS_ZERO: Text("分母为零", "the denominator is zero"),
    Reason.NEGATIVE_RATIO: Text("前后符号不同，不能开方", "the signs differ, so there is no root"),
    Reason.TARGET_IS_ZERO: Text("目标值为零", "the target is zero"),
    Reason.BASE_MEETS_TARGET: Text("基期已达到目标值", "the base already meets the target"),
    Reason.TOO_FEW_POINTS: Text("数据点不足", "too few points"),
    Reason.IS_GROWTH: Text("目标本身是增速，不再计算", "the target is itself a rate of growth"),
    Reason.IS_RANK: Text("位次不作此计算", "not computed for a rank"),
    Reason.IS_RANGE: Text("区间目标不作此计算", "not computed for a range"),
    Reason.IS_EVERY_YEAR: Text("逐年目标不作此计算", "not computed for a yearly target"),
    Reason.DEADLINE_PASSED: Text("已过期限", "the deadline has passed"),
    Reason.NEVER_AT_THIS_PACE: Text("按现有速度无法达到", "never at this pace"),
    Reason.ALREADY_MET: Text("已达到目标值", "already at the target"),
    Reason.NO_PEERS: Text("没有可比地区的数据", "no peer has data"),
    Reason.NOT_REPORTED: Text("没有公布值", "no reported value"),
    Reason.MANUAL: Text("由人评定", "decided by a person"),
}


class NotComputed(NamedTuple):
    """Not computed, with the reason why."""

    reason: Reason
    what: Text | None = None
    """What is missing, where the reason says so."""

    @property
    def text(self) -> Text:
        """The reason as a sentence."""
        if self.what is None:
            # "no data: {what}" says "no data" where nothing in particular is missing.
            return Text(*(side.format(what="").rstrip("：: ") for side in REASON_TEXTS[self.reason]))
        return REASON_TEXTS[self.reason].format(what=self.what)


class Figure(NamedTuple):
    """A computed number with the interval that printed precision allows, and how it was made."""

    period: Period
    value: Decimal
    low: Decimal
    high: Decimal
    formula: Formula
    """Over observations and constants."""

    @classmethod
    def computed(cls, period: Period, formula: Formula) -> Figure:
        """Return the figure that a formula makes."""
        value, low, high = evaluate(formula)
        return cls(period, value, low, high, formula)

    @property
    def is_exact(self) -> bool:
        """Whether no input was printed rounded."""
        value = self.value
        return (self.low is value and self.high is value) or self.low == value == self.high

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The observations it was made from."""
        return observations_of(self.formula)


class PaceClass(Enum):
    """Class of the pace ratio under the plan's preset."""

    ON_TRACK = "on_track"
    SLOW = "slow"
    INSUFFICIENT = "insufficient"
    REVERSE = "reverse"


PACE_TEXTS: dict[PaceClass, Text] = {
    PaceClass.ON_TRACK: Text("同步", "on track"),
    PaceClass.SLOW: Text("偏慢", "slow"),
    PaceClass.INSUFFICIENT: Text("过慢", "insufficient"),
    PaceClass.REVERSE: Text("反向", "wrong way"),
}


class Pace(NamedTuple):
    """Progress made over progress due."""

    ratio: Decimal
    grade: PaceClass


class Reading(NamedTuple):
    """A target under one convention."""

    convention: Convention | None
    """None: the target declares none."""
    target_value: Decimal
    base_year: int
    value: Figure | NotComputed
    met: bool | None
    """Whether the value meets the target; None when it is not computed or straddles the line."""
    status: Status
    gap: Decimal | NotComputed


@dataclass(frozen=True, slots=True)
class Result:
    """One target for one region. Decimals are unrounded and in the target's unit; ratios are fractions (1 = 100 %)."""

    target: Target
    region: str
    """Plan region id, else the name in the data."""
    region_name: Text
    status: Status
    disputed: bool
    """Another declared convention would flip the verdict."""
    met_now: bool | None
    """Whether the latest value meets the target; None when unknown or uncertain."""
    base: Figure | NotComputed
    latest: Figure | NotComputed
    """The value the verdict rests on: the latest not after the deadline and the as-of date."""
    series: Sequence[Figure | NotComputed]
    """The measure's underlying value of each year in `Scorecard.years`, in the indicator's unit."""
    target_value: Decimal | None
    gap: Decimal | NotComputed
    """Signed so that negative is short; percentage points where the unit is a percent."""
    attainment: Decimal | NotComputed
    """Latest over target (target over latest where less is better), as a fraction."""
    progress: Decimal | NotComputed
    """Share of the path from base to target, as a fraction."""
    expected: Decimal | NotComputed
    """Value due by the latest period on the straight line from base to target."""
    pace: Pace | NotComputed
    """Straight line: progress over the share of time gone."""
    growth_pace: Pace | NotComputed
    """Growth rate so far over the growth rate needed from the base."""
    needed_per_year: Decimal | NotComputed
    """Change per year needed from the latest value to the target."""
    projection: Decimal | NotComputed
    """Value at the deadline if the mean yearly change since the base goes on."""
    growth_projection: Decimal | NotComputed
    """Value at the deadline if the mean growth rate since the base goes on."""
    eta: Decimal | NotComputed
    """When the straight line reaches the target, in year-ends: 2021 is the end of 2021, 2021.5 the middle of 2022."""
    yoy: Decimal | NotComputed
    """Latest over the year before, minus one, as a fraction; a difference in percentage points where `yoy_in_points`."""
    yoy_in_points: bool
    readings: tuple[Reading, ...]
    """Every declared convention, the first being the verdict's; one entry where none is declared."""
    reason: NotComputed | None
    """Why there is no verdict, for `no_data`, `not_due` and `manual`."""
    notes: tuple[Text, ...] = ()
    """Visible assumptions, substitutions, number of peers…"""
    derivations: Derivations | None = None
    """The formulas of the numbers next to the verdict; None for a manual target."""
    quantities: Quantities = NO_QUANTITIES
    """What the quantities of these formulas are."""

    @property
    def observations(self) -> tuple[Observation, ...]:
        """Every observation used, each once: latest first, then base, then the years, then the other readings."""
        figures = [self.latest, self.base, *self.series, *(reading.value for reading in self.readings)]
        found = {
            observation.number: observation
            for figure in figures
            if isinstance(figure, Figure)
            for observation in figure.observations
        }
        return tuple(found.values())


class Grade(Enum):
    """Grade of the weighted score: 优 90, 良 80, 中 60, 差 below."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


GRADE_TEXTS: dict[Grade, Text] = {
    Grade.EXCELLENT: Text("优", "excellent"),
    Grade.GOOD: Text("良", "good"),
    Grade.FAIR: Text("中", "fair"),
    Grade.POOR: Text("差", "poor"),
}


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts and the weighted score of one region; shown next to the statuses, never instead of them."""

    region: str
    region_name: Text
    counts: dict[Status, int]
    """Every status, zeros included."""
    n_disputed: int
    score: Decimal | NotComputed
    """0 to 100: weighted mean of min(attainment, 1), over the targets that could be assessed."""
    grade: Grade | None
    weight_assessed: Decimal
    weight_total: Decimal


class MilestoneState(Enum):
    """Whether a dated duty lies before or after the as-of date; whether it was done is for a person to say."""

    DUE = "due"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The complete result. Reports see this and nothing else."""

    plan: Plan
    as_of: dt.date
    years: tuple[int, ...]
    """Years shown: the base year to the last year not after the deadline and the as-of date."""
    results: tuple[Result, ...]
    """By region in the order asked for, then in the plan's order."""
    summaries: tuple[Summary, ...]
    """One a region, in the same order."""
    dataset: Dataset
    findings: tuple[Finding, ...]
    """All findings of plan, data and scoring, sorted by place."""
