"""The specification of a plan file, as pydantic models: what may stand where. Meaning is checked by `build`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, StrictBool, StrictInt, Tag

from ipstrong.planfile.spec_base import Aliases, ClauseSpec, Id, Ids, Number, Positive, Spec, TextSpec, Words, Year
from ipstrong.planfile.spec_checks import ChecksSpec
from ipstrong.planfile.spec_targets import AnyTargetSpec


class HeaderSpec(Spec):
    """What the plan is."""

    id: Id = Field(description="Id of the plan. 方案编号。")
    name: TextSpec = Field(description="Title of the plan. 方案名称。")
    issuer: TextSpec | None = Field(default=None, description="Who issued it. 发布机关。")
    source: TextSpec | None = Field(default=None, description="The document it was encoded from. 所依据的文件。")
    start_year: Year = Field(description="First year of the plan. 方案首年。")
    end_year: Year = Field(description="Last year of the plan. 方案末年。")
    base_year: Year = Field(description="Year that progress is measured from. 基期年。")
    home: Id = Field(description="Id of the region that the plan is about. 本地区编号。")


class RegionSpec(Spec):
    """A region that the plan names."""

    id: Id = Field(description="Id of the region. 地区编号。")
    name: TextSpec = Field(description="Name. 名称。")
    kind: Literal["home", "nation", "peer", "part", "other"] = Field(
        description="home: the plan's own; nation: the whole for shares; peer: compared with for ranks; part: a district "
        "of home; other: known, kept apart. home 本地区，nation 全国，peer 可比地区，part 下辖区，other 其他口径。"
    )
    aliases: Aliases = ()


class AreaSpec(Spec):
    """A heading under which targets are grouped."""

    id: Id = Field(description="Id of the area. 领域编号。")
    name: TextSpec = Field(description="Name. 名称。")


class DepartmentSpec(Spec):
    """A unit of government."""

    name: TextSpec = Field(description="Full name. 全称。")
    aliases: Aliases = ()


class UnitSpec(Spec):
    """A unit of the plan's own, or other spellings of a known one."""

    unit: Words = Field(description="The unit, such as 件. 单位，如 件。")
    aliases: Aliases = ()
    own: StrictBool = Field(
        default=False,
        description="true: a unit that is unknown to the program and converts to nothing else. true 表示自成一类的新单位。",
    )
    of: Words | None = Field(default=None, description="Known unit that it converts to. 可换算成的已知单位。")
    factor: Positive | None = Field(default=None, description="How many of `of` one unit is. 一个单位等于多少个 of。")


class RatioSpec(Spec):
    """How a derived indicator is computed."""

    numerator: Ids = Field(
        description="Indicator above the line; several in order of preference. 分子，可按优先次序列多个。"
    )
    denominator: Ids = Field(description="Indicator below the line, likewise. 分母，同上。")
    scale: Positive | None = Field(
        default=None,
        description="Factor on the quotient: 10000 for per 10,000, 100 for percent; default: what the unit needs. "
        "倍数：每万人 10000，百分比 100；默认按单位推定。",
    )
    lag: Annotated[StrictInt, Field(ge=0, le=20)] = Field(
        default=0, description="How many years the denominator is older. 分母滞后几年。"
    )
    denominator_region: Id | None = Field(
        default=None, description="Region of the denominator, such as the nation for a share. 分母所属地区。"
    )


class IndicatorSpec(Spec):
    """A thing that is measured."""

    id: Id = Field(description="Id of the indicator. 指标编号。")
    name: TextSpec = Field(description="Name; tables that use it are recognised. 名称，表中同名即认出。")
    unit: Words = Field(description="Unit that values are converted to. 计量单位。")
    nature: Literal["stock", "flow", "rate", "rank"] = Field(
        description="stock: counted at a point in time; flow: over a period; rate: a ratio or share; rank: a place. "
        "stock 时点数，flow 时期数，rate 比率，rank 位次。"
    )
    aliases: Aliases = ()
    ratio: RatioSpec | None = Field(default=None, description="How it is computed, if it is derived. 派生指标的算法。")
    definition: TextSpec | None = Field(default=None, description="What is counted. 指标解释。")
    source: TextSpec | None = Field(default=None, description="Who publishes it. 数据来源。")
    department: Words | None = Field(default=None, description="Unit that reports it. 报送单位。")
    decimals: Annotated[StrictInt, Field(ge=0, le=12)] | None = Field(
        default=None, description="Decimals it is usually printed with. 通常保留的小数位数。"
    )


class TaskSpec(Spec):
    """One of the plan's actions."""

    number: Annotated[StrictInt, Field(ge=1, le=9999)] = Field(description="Number in the document. 序号。")
    title: TextSpec = Field(description="Title. 标题。")
    programme: TextSpec = Field(description="Programme it belongs to. 所属工程。")
    lead: Annotated[tuple[Words, ...], Field(min_length=1)] = Field(
        description="Lead units, full names. 牵头单位，写全称。"
    )
    cooperating: tuple[Words, ...] = Field(default=(), description="Cooperating units, full names. 配合单位，写全称。")
    targets: tuple[Id, ...] = Field(default=(), description="Ids of the targets it serves. 所服务的目标。")
    clause: ClauseSpec = Field(description="Where the document says so. 文件出处。")


class MilestoneSpec(Spec):
    """A dated duty."""

    id: Id = Field(description="Id of the milestone. 里程碑编号。")
    name: TextSpec = Field(description="What is due. 事项。")
    dates: Annotated[tuple[Words, ...], Field(min_length=1)] = Field(
        description='Days by which it is due, as "2021-05-31", in quotes. 到期日，须加引号。'
    )
    department: Words = Field(description="Unit whose duty it is. 责任单位。")
    clause: ClauseSpec = Field(description="Where the document says so. 文件出处。")


class PaceSpec(Spec):
    """Own thresholds of the pace ratio."""

    id: Id = Field(default="own", description="Name of the thresholds. 阈值编号。")
    name: TextSpec | None = Field(default=None, description="Name shown in reports. 报告中显示的名称。")
    on_track: Number = Field(description="Ratio from which progress is on track, such as 0.95. 同步的下限。")
    slow: Number = Field(description="Ratio from which progress is slow but real, such as 0.60. 偏慢的下限。")
    source: TextSpec | None = Field(default=None, description="Where they come from. 阈值来源。")


def _pace_tag(value: object) -> str:
    return "preset" if isinstance(value, str) else "own"


Pace = Annotated[Annotated[Id, Tag("preset")] | Annotated[PaceSpec, Tag("own")], Discriminator(_pace_tag)]


class PlanSpec(Spec):
    """A plan file."""

    plan: HeaderSpec = Field(description="What the plan is. 方案概况。")
    pace: Pace = Field(
        default="linear-95-60", description="Name of a preset, or own thresholds. 序时进度阈值：预设名称或自定。"
    )
    units: tuple[UnitSpec, ...] = Field(default=(), description="Other spellings of units. 单位的其他写法。")
    regions: Annotated[tuple[RegionSpec, ...], Field(min_length=1)] = Field(description="Regions. 地区。")
    departments: tuple[DepartmentSpec, ...] = Field(default=(), description="Units of government. 部门和单位。")
    areas: Annotated[tuple[AreaSpec, ...], Field(min_length=1)] = Field(description="Headings of targets. 领域。")
    indicators: tuple[IndicatorSpec, ...] = Field(default=(), description="What is measured. 指标。")
    targets: Annotated[tuple[AnyTargetSpec, ...], Field(min_length=1)] = Field(description="Targets. 目标。")
    tasks: tuple[TaskSpec, ...] = Field(default=(), description="Actions. 重点任务。")
    milestones: tuple[MilestoneSpec, ...] = Field(default=(), description="Dated duties. 里程碑。")
    checks: ChecksSpec = Field(
        default_factory=ChecksSpec, description="What submissions are held against. 对报送数据的审核要求。"
    )
