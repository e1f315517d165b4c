"""The plan: what `targets.yaml` holds, as frozen pydantic models from the file to the report.

The models say what a file may write where; descriptions are those of the JSON Schema. What one part takes from another
(a deadline from the plan, a value in the unit of its indicator) is filled in once, when the plan is put together.
Whether the parts agree with one another is checked by `planfile`.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    Discriminator,
    Field,
    StrictBool,
    StrictInt,
    Tag,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from ipstrong.model.checks import Checks
from ipstrong.model.plan_values import (
    Aliases,
    Bilingual,
    DepartmentName,
    Filled,
    Id,
    Ids,
    Lag,
    Number,
    Part,
    Places,
    Positive,
    SerialNumber,
    UnitName,
    Words,
    Year,
    optional,
    written_as,
)
from ipstrong.model.unit import PERCENT, PLACE, Unit, conversion, normalise_unit, parse_unit, scale_of
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


class MeasureKind(StrEnum):
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


class Comparator(StrEnum):
    """How the value is compared with the target; the direction follows from it."""

    GE = ">="
    GT = ">"
    LE = "<="
    LT = "<"
    BETWEEN = "between"

    @property
    def direction(self) -> int:
        """+1 where more is better, -1 where less is better, 0 for a range."""
        return {">": 1, "<": -1}.get(self.value[0], 0)


Threshold = Literal[Comparator.GE, Comparator.GT, Comparator.LE, Comparator.LT]


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


def _given_by(default: Any, description: str) -> Any:  # noqa: ANN401 - as pydantic's own `Field`
    """Return a field that a file may leave out: another part of the plan, or the description, says what it is then."""
    return Field(default_factory=lambda: default, description=description)


# --- Header, clauses, regions, areas, departments, units -----------------------------------------------------------------------


class Header(Part):
    """What the plan is."""

    id: Id = Field(description="Id of the plan. 方案编号。")
    name: Bilingual = Field(description="Title of the plan. 方案名称。")
    issuer: Bilingual | None = optional("Who issued it. 发布机关。")
    source: Bilingual | None = optional("The document it was encoded from. 所依据的文件。")
    start_year: Year = Field(description="First year of the plan. 方案首年。")
    end_year: Year = Field(description="Last year of the plan. 方案末年。")
    base_year: Year = Field(description="Year that progress is measured from. 基期年。")
    home: Id = Field(description="Id of the region that the plan is about. 本地区编号。")


class Clause(Part):
    """Where in the document a statement is, and what it says in our own words."""

    section: Bilingual = Field(description="Section or paragraph of the document. 文件的章节或段落。")
    sentence: Annotated[StrictInt, Field(ge=1, le=999)] | None = optional(
        "Number of the sentence in it, from 1. 第几句，从 1 数起。"
    )
    summary: Bilingual = Field(description="What it says, in your own words. 用自己的话概括内容。")

    def __str__(self) -> str:
        """Return the short reference."""
        return self.section.zh if self.sentence is None else f"{self.section.zh}·{self.sentence}"

    @property
    def place(self) -> Text:
        """The reference in words: section and sentence."""
        if self.sentence is None:
            return self.section
        return Text(f"{self.section.zh}第{self.sentence}句", f"{self.section.en}, sentence {self.sentence}")


class Region(Part):
    """A region that the plan names."""

    id: Id = Field(description="Id of the region. 地区编号。")
    name: Bilingual = Field(description="Name. 名称。")
    kind: RegionKind = Field(
        description="home: the plan's own; nation: the whole for shares; peer: compared with for ranks; part: a district "
        "of home; other: known, kept apart. home 本地区，nation 全国，peer 可比地区，part 下辖区，other 其他口径。"
    )
    aliases: Aliases = ()


class Area(Part):
    """A heading under which targets are grouped."""

    id: Id = Field(description="Id of the area. 领域编号。")
    name: Bilingual = Field(description="Name. 名称。")


class Department(Part):
    """A unit of government that leads or cooperates; targets and tasks name it by its Chinese name."""

    name: Bilingual = Field(description="Full name. 全称。")
    aliases: Aliases = ()


class UnitAlias(Part):
    """A unit of the plan's own, or other spellings of a known one."""

    unit: UnitName = Field(description="The unit, such as 件. 单位，如 件。")
    aliases: Aliases = ()
    own: StrictBool = optional(
        "true: a unit that is unknown to the program and converts to nothing else. true 表示自成一类的新单位。", False
    )
    of: Words | None = optional("Unit it converts to. 可换算成的单位。")
    factor: Positive | None = optional("How many of `of` one unit is. 一个单位等于多少个 of。")

    @property
    def spellings(self) -> tuple[str, ...]:
        """The texts that mean the unit in this plan alone."""
        own = () if parse_unit(self.unit.text) else (self.unit.text,)
        return (*own, *map(normalise_unit, self.aliases))


# --- Indicators -------------------------------------------------------------------------------------------------------


class Ratio(Part):
    """A derived indicator: numerator over denominator, times scale."""

    numerator: Ids = Field(
        description="Indicator above the line; several in order of preference. 分子，可按优先次序列多个。"
    )
    denominator: Ids = Field(description="Indicator below the line, likewise. 分母，同上。")
    scale: Positive = _given_by(
        Decimal(1),
        "Factor on the quotient: 10000 for per 10,000, 100 for percent; default: what the unit needs. "
        "倍数：每万人 10000，百分比 100；默认按单位推定。",
    )
    lag: Lag = optional("How many years the denominator is older. 分母滞后几年。", 0)
    denominator_region: Id | None = optional(
        "Region of the denominator, such as the nation for a share. 分母所属地区。"
    )


class Indicator(Part):
    """A thing that is measured. With `ratio` it is derived; reported values may exist as well."""

    id: Id = Field(description="Id of the indicator. 指标编号。")
    name: Bilingual = Field(description="Name; tables that use it are recognised. 名称，表中同名即认出。")
    unit: UnitName = Field(description="Unit that values are converted to. 计量单位。")
    nature: Nature = Field(
        description="stock: counted at a point in time; flow: over a period; rate: a ratio or share; rank: a place. "
        "stock 时点数，flow 时期数，rate 比率，rank 位次。"
    )
    aliases: Aliases = ()
    ratio: Ratio | None = optional("How it is computed, if it is derived. 派生指标的算法。")
    definition: Bilingual | None = optional("What is counted. 指标解释。")
    source: Bilingual | None = optional("Who publishes it. 数据来源。")
    department: DepartmentName | None = optional("Unit that reports it. 报送单位。")
    decimals: Places | None = optional("Decimals it is usually printed with. 通常保留的小数位数。")

    @field_validator("ratio")
    @classmethod
    def _fill_in_scale(cls, ratio: Ratio | None, info: ValidationInfo) -> Ratio | None:
        if ratio is None or "scale" in ratio.model_fields_set or "unit" not in info.data:
            return ratio
        return ratio.model_copy(update={"scale": scale_of(info.data["unit"])})

    @property
    def is_derived(self) -> bool:
        """Whether it is computed from other indicators."""
        return self.ratio is not None


# --- Targets ----------------------------------------------------------------------------------------------------------


class Convention(Part):
    """One reading of a target that officials dispute; keys left out are as the target says."""

    id: Id = Field(description="Short name of the reading. 口径编号。")
    name: Bilingual = Field(description="Name shown in reports. 报告中显示的名称。")
    note: Bilingual | None = optional("Why it is a reading to consider. 为何列出。")
    value: Number | None = optional("Another target value. 另一个目标值。")
    indicator: Id | None = optional("Another indicator. 另一个指标。")
    base_year: Year | None = optional("Another base year. 另一个基期。")
    mean: Mean | None = optional("Another mean of growth. 另一种平均增速算法。")
    lag: Lag | None = optional("Another age of the denominator, in years. 分母滞后几年。")
    numerator: Ids | None = optional("Another numerator of the ratio. 另一个分子。")
    denominator: Ids | None = optional("Another denominator of the ratio. 另一个分母。")
    reported: StrictBool | None = optional(
        "true: take the published ratio; false: compute it only. true 用公布值，false 只用计算值。"
    )
    rounding: Rounding | None = optional("Another way to compare. 另一种比较方法。")


class Target(Part):
    """What every target has; each measure adds the keys that a file may write for it."""

    id: Id = Field(description="Id of the target. 目标编号。")
    number: SerialNumber = Field(description="Number, unique in the plan. 序号，不重复。")
    name: Bilingual = Field(description="Name. 名称。")
    area: Id = Field(description="Id of its area. 所属领域的编号。")
    clause: Clause = Field(description="Where the document says so. 文件出处。")
    assumption: Bilingual | None = optional(
        "How an ambiguous clause was read; shown with the verdict. 对含糊条款的理解，随结论显示。"
    )
    departments: tuple[DepartmentName, ...] = optional("Names of the responsible units. 责任单位名称。", ())
    indicator: Filled[str | None] = None
    """Indicator id; None only for `MANUAL`."""
    deadline: Filled[int] = 0
    """Year by whose end it must hold."""
    base_year: Filled[int] = 0
    weight: Filled[Decimal] = Decimal(0)
    """No number, no share in the score."""
    rounding: Filled[Rounding] = Rounding.FULL
    conventions: Filled[tuple[Convention, ...]] = ()
    """The first is the verdict; empty means the target's own fields are the only reading."""
    comparator: Filled[Comparator | None] = None
    value: Filled[Decimal | None] = None
    """In `unit`; the lower bound of a range."""
    upper: Filled[Decimal | None] = None
    """The upper bound of a range, included."""
    unit: Filled[Unit | None] = None
    """Unit of `value`: the indicator's, `%` for growth, `位` for ranks."""
    start_year: Filled[int] = 0
    """First year that counts for `EVERY_YEAR` and `CUMULATIVE`."""
    mean: Filled[Mean] = Mean.GEOMETRIC
    peers: Filled[tuple[str, ...]] = ()
    """Region ids for a rank (the home region need not be among them)."""
    reported_rank: Filled[str | None] = None
    """Indicator id of the published rank, used where peers' observations are missing."""
    measure: MeasureKind

    @property
    def is_manual(self) -> bool:
        """Whether a person, not a number, decides."""
        return self.measure is MeasureKind.MANUAL

    @property
    def is_growth(self) -> bool:
        """Whether the target is itself a rate of growth: pace and projection do not apply."""
        return self.measure is MeasureKind.AVERAGE_GROWTH

    def filled_in(self, header: Header, measured: Unit | None, peers: tuple[str, ...]) -> Target:
        """Return the target with what it leaves to the plan, its values in the unit of what is measured.

        Args:
            header: the plan's, for the years.
            measured: the unit of the indicator, if it is known.
            peers: the regions that a rank is taken among, unless it names its own.
        """
        update: dict[str, object] = {
            "deadline": self.deadline or header.end_year,
            "base_year": self.base_year or header.base_year,
            "start_year": self.start_year or header.start_year,
        }
        if self.measure is MeasureKind.RANK:
            update["peers"] = self.peers or peers
            measured = PLACE
        elif self.is_growth:
            measured = PERCENT
        if not self.is_manual and measured is not None:
            update |= self._converted(measured)
        return self.model_copy(update=update)

    def _converted(self, measured: Unit) -> dict[str, object]:
        factor = None if self.unit is None else conversion(self.unit, measured)
        if self.unit is not None and factor is None:
            return {}  # units of different dimensions: reported by the loader
        update: dict[str, object] = {"unit": measured}
        if factor is not None:
            update |= {
                name: amount * factor
                for name, amount in (("value", self.value), ("upper", self.upper))
                if amount is not None
            }
            update["conventions"] = tuple(
                each if each.value is None else each.model_copy(update={"value": each.value * factor})
                for each in self.conventions
            )
        return update


class QuantitativeTarget(Target):
    """What every target that a number decides has."""

    indicator: Id = Field(description="Id of the indicator. 指标编号。")
    deadline: Year = _given_by(
        0, "Year by whose end it must hold; default: the plan's end year. 期限年，默认为方案末年。"
    )
    base_year: Year = _given_by(0, "Year that progress is measured from; default: the plan's. 基期年，默认同方案。")
    weight: Annotated[Positive, Field(le=1000)] = _given_by(
        Decimal(1), "Weight in the summary score, 1 by default. 权重，默认 1。"
    )
    rounding: Rounding = Field(
        default=Rounding.FULL,
        description="full compares the unrounded value, rounded the value rounded to the target's decimals "
        "(GB/T 8170-2008). full 全数值比较，rounded 修约值比较。",
    )
    conventions: tuple[Convention, ...] = optional(
        "Disputed readings; the first is the verdict. 有争议的口径，第一个作结论。", ()
    )


class ThresholdTarget(QuantitativeTarget):
    """A value compared with a threshold."""

    comparator: Threshold = Field(description='">=", ">", "<=" or "<", in quotes. 比较符，须加引号。')
    value: Number = Field(description="Target value, a plain number. 目标值，只写数。")
    unit: UnitName | None = optional("Unit of the value; default: the indicator's. 目标值的单位，默认同指标。")


class LevelTarget(ThresholdTarget):
    """The value at the deadline."""

    measure: Literal[MeasureKind.LEVEL] = Field(description="The value at the deadline. 期末水平。")


_START_YEAR = "First year that counts; default: the plan's start year. 起算年，默认为方案首年。"


class EveryYearTarget(ThresholdTarget):
    """The value of each year; the worst decides."""

    measure: Literal[MeasureKind.EVERY_YEAR] = Field(description="The value of each year. 逐年水平。")
    start_year: Year = _given_by(0, _START_YEAR)


class CumulativeTarget(ThresholdTarget):
    """The sum of the yearly values."""

    measure: Literal[MeasureKind.CUMULATIVE] = Field(description="The sum since the start year. 起算年以来的累计。")
    start_year: Year = _given_by(0, _START_YEAR)


class AverageGrowthTarget(ThresholdTarget):
    """Average yearly growth from the base year, in percent."""

    measure: Literal[MeasureKind.AVERAGE_GROWTH] = Field(description="Average yearly growth in percent. 年均增速，%。")
    mean: Mean = Field(
        default=Mean.GEOMETRIC,
        description="geometric (level approach), arithmetic, or cumulative. 水平法、算术平均、累计法。",
    )


_Rank = Annotated[
    Decimal, written_as(Annotated[StrictInt, Field(ge=1, le=1000)], lambda value, read, _info: Decimal(read(value)))
]


class RankTarget(QuantitativeTarget):
    """The place among the peers."""

    measure: Literal[MeasureKind.RANK] = Field(description="The place among the peers. 在可比地区中的位次。")
    comparator: Threshold = Field(description='"<=" (this place or better) or "<", in quotes. 比较符，须加引号。')
    value: _Rank = Field(description="Place, 1 is best. 位次，1 为最好。")
    peers: Ids = _given_by((), "Region ids; default: every region of kind peer. 可比地区，默认为全部 peer 地区。")
    reported_rank: Id | None = optional(
        "Indicator of a published rank, used where peers have no data. 公布位次的指标。"
    )


class RangeTarget(QuantitativeTarget):
    """The value at the deadline lies between two bounds, both included."""

    measure: Literal[MeasureKind.RANGE] = Field(description="The value lies between two bounds. 区间，含两端。")
    comparator: Filled[Comparator] = Comparator.BETWEEN
    value: Number = Field(validation_alias="lower", description="Lower bound, included. 下限，含本数。")
    upper: Number = Field(description="Upper bound, included. 上限，含本数。")
    unit: UnitName | None = optional("Unit of the bounds; default: the indicator's. 单位，默认同指标。")


class ManualTarget(Target):
    """A clause that no number decides."""

    measure: Literal[MeasureKind.MANUAL] = Field(description="A person decides. 由人评定。")


AnyTarget = Annotated[
    LevelTarget | EveryYearTarget | CumulativeTarget | AverageGrowthTarget | RankTarget | RangeTarget | ManualTarget,
    Field(discriminator="measure"),
]

TARGET_KINDS: dict[MeasureKind, type[Target]] = {
    MeasureKind.LEVEL: LevelTarget,
    MeasureKind.EVERY_YEAR: EveryYearTarget,
    MeasureKind.CUMULATIVE: CumulativeTarget,
    MeasureKind.AVERAGE_GROWTH: AverageGrowthTarget,
    MeasureKind.RANK: RankTarget,
    MeasureKind.RANGE: RangeTarget,
    MeasureKind.MANUAL: ManualTarget,
}


# --- Tasks, milestones, pace ------------------------------------------------------------------------------------------


class Task(Part):
    """One of the plan's actions."""

    number: SerialNumber = Field(description="Number in the document. 序号。")
    title: Bilingual = Field(description="Title. 标题。")
    programme: Bilingual = Field(description="Programme it belongs to. 所属工程。")
    lead: Annotated[tuple[DepartmentName, ...], Field(min_length=1)] = Field(
        description="Lead units, full names. 牵头单位，写全称。"
    )
    cooperating: tuple[DepartmentName, ...] = optional("Cooperating units, full names. 配合单位，写全称。", ())
    targets: tuple[Id, ...] = optional("Ids of the targets it serves. 所服务的目标。", ())
    clause: Clause = Field(description="Where the document says so. 文件出处。")


class Milestone(Part):
    """A dated duty."""

    id: Id = Field(description="Id of the milestone. 里程碑编号。")
    name: Bilingual = Field(description="What is due. 事项。")
    dates: Annotated[tuple[Words, ...], Field(min_length=1), AfterValidator(lambda dates: tuple(sorted(dates)))] = (
        Field(description='Days by which it is due, as "2021-05-31", in quotes. 到期日，须加引号。')
    )
    """In order."""
    department: DepartmentName = Field(description="Unit whose duty it is. 责任单位。")
    clause: Clause = Field(description="Where the document says so. 文件出处。")


class PacePreset(Part):
    """Thresholds of the pace ratio (share of the path covered over share of the time passed)."""

    id: Id = optional("Name of the thresholds. 阈值编号。", "own")
    name: Bilingual = _given_by(Text("自定阈值", "own thresholds"), "Name shown in reports. 报告中显示的名称。")
    on_track: Number = Field(description="Ratio from which progress is on track, such as 0.95. 同步的下限。")
    slow: Number = Field(description="Ratio from which progress is slow but real, such as 0.60. 偏慢的下限。")
    """Below it progress is insufficient, below zero it goes the wrong way."""
    source: Bilingual | None = optional("Where they come from. 阈值来源。")


DEFAULT_PRESET = "linear-95-60"

PRESETS = {
    preset.id: preset
    for preset in (
        PacePreset(
            id=DEFAULT_PRESET,
            name=Text("直线序时进度 0.95/0.60/0", "straight line, 0.95 / 0.60 / 0"),
            on_track=Decimal("0.95"),
            slow=Decimal("0.60"),
            source=Text(
                "分档取自加拿大统计局可持续发展目标进展方法（仿欧盟统计局 2021），比值改按直线进度计算",
                "classes of Statistics Canada's SDG progress method (after Eurostat 2021), applied to the straight-line "
                "ratio",
            ),
        ),
        PacePreset(
            id="linear-100-80",
            name=Text("直线序时进度 1.00/0.80/0（从严）", "straight line, 1.00 / 0.80 / 0 (strict)"),
            on_track=Decimal("1.00"),
            slow=Decimal("0.80"),
            source=Text("进度须不落后于时间", "progress must not lag behind time at all"),
        ),
    )
}


def _read_preset(value: object, read: Callable[[object], str], _info: ValidationInfo) -> PacePreset:
    name = read(value)
    if name not in PRESETS:
        raise PydanticCustomError("plan_preset", "there is no such preset")
    return PRESETS[name]


Pace = Annotated[
    Annotated[PacePreset, written_as(Id, _read_preset), Tag("preset")] | Annotated[PacePreset, Tag("own")],
    Discriminator(lambda value: "preset" if isinstance(value, str) else "own"),
]


# --- The plan ---------------------------------------------------------------------------------------------------------


class Plan(Part):
    """A plan with numbers in it."""

    header: Header = Field(validation_alias="plan", description="What the plan is. 方案概况。")
    pace: Pace = Field(
        default_factory=lambda: PRESETS[DEFAULT_PRESET],
        json_schema_extra={"default": DEFAULT_PRESET},
        description="Name of a preset, or own thresholds. 序时进度阈值：预设名称或自定。",
    )
    units: tuple[UnitAlias, ...] = optional("Other spellings of units. 单位的其他写法。", ())
    regions: Annotated[tuple[Region, ...], Field(min_length=1)] = Field(description="Regions. 地区。")
    departments: tuple[Department, ...] = optional("Units of government. 部门和单位。", ())
    areas: Annotated[tuple[Area, ...], Field(min_length=1)] = Field(description="Headings of targets. 领域。")
    indicators: tuple[Indicator, ...] = optional("What is measured. 指标。", ())
    targets: Annotated[tuple[AnyTarget, ...], Field(min_length=1)] = Field(description="Targets. 目标。")
    tasks: tuple[Task, ...] = optional("Actions. 重点任务。", ())
    milestones: tuple[Milestone, ...] = optional("Dated duties. 里程碑。", ())
    checks: Checks = Field(
        default_factory=Checks, description="What submissions are checked against. 对报送数据的审核要求。"
    )
    path: Filled[str] = ""
    """Where it was read from, as shown to the user."""

    @field_validator("targets")
    @classmethod
    def _fill_in_targets(cls, targets: tuple[AnyTarget, ...], info: ValidationInfo) -> tuple[Target, ...]:
        header = info.data.get("header")
        if header is None:
            return targets
        units = {indicator.id: indicator.unit for indicator in info.data.get("indicators", ())}
        peers = tuple(region.id for region in info.data.get("regions", ()) if region.kind is RegionKind.PEER)
        return tuple(target.filled_in(header, units.get(target.indicator or ""), peers) for target in targets)

    @property
    def id(self) -> str:
        """Id of the plan."""
        return self.header.id

    @property
    def name(self) -> Text:
        """Title of the plan."""
        return self.header.name

    @property
    def start_year(self) -> int:
        """First year of the plan."""
        return self.header.start_year

    @property
    def end_year(self) -> int:
        """Last year of the plan."""
        return self.header.end_year

    @property
    def base_year(self) -> int:
        """Year that progress is measured from."""
        return self.header.base_year

    @property
    def home(self) -> str:
        """Id of the region that the plan is about."""
        return self.header.home

    @cached_property
    def regions_by_id(self) -> dict[str, Region]:
        """The regions that the plan names."""
        return {region.id: region for region in self.regions}

    @cached_property
    def indicators_by_id(self) -> dict[str, Indicator]:
        """What is measured."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def department_names(self) -> dict[str, Text]:
        """The full name of every department, by any of its names."""
        return {
            name: department.name
            for department in reversed(self.departments)
            for name in (*department.name, *department.aliases)
        }

    def department(self, name: str) -> Text:
        """Return the department's name in both languages, `name` itself in both if the plan does not declare it."""
        return self.department_names.get(name) or Text(name, name)

    def indicator(self, indicator_id: str) -> Indicator:
        """Return the indicator with this id; `KeyError` if there is none."""
        return self.indicators_by_id[indicator_id]

    def target(self, target_id: str) -> Target:
        """Return the target with this id or number; `KeyError` if there is none."""
        for candidate in self.targets:
            if target_id in (candidate.id, str(candidate.number)):
                return candidate
        raise KeyError(target_id)

    def region(self, region_id: str) -> Region | None:
        """Return the region that the plan names by this id."""
        return self.regions_by_id.get(region_id)

    def area(self, area_id: str) -> Area:
        """Return the area with this id; `KeyError` if there is none."""
        return {area.id: area for area in self.areas}[area_id]
