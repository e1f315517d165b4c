"""The specification of targets: one model a measure, told apart by the key `measure`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from ipstrong.planfile.spec_base import ClauseSpec, Id, Ids, Number, Positive, Spec, TextSpec, Words, Year

MeanName = Literal["geometric", "arithmetic", "cumulative"]
RoundingName = Literal["full", "rounded"]
Lag = Annotated[StrictInt, Field(ge=0, le=20)]
Weight = Annotated[Positive, Field(le=1000)]
Comparison = Literal[">=", ">", "<=", "<"]


class ConventionSpec(Spec):
    """One reading of a target that officials dispute; keys left out are as the target says."""

    id: Id = Field(description="Short name of the reading. 口径编号。")
    name: TextSpec = Field(description="Name shown in reports. 报告中显示的名称。")
    note: TextSpec | None = Field(default=None, description="Why it is a reading to consider. 为何列出。")
    value: Number | None = Field(default=None, description="Another target value. 另一个目标值。")
    indicator: Id | None = Field(default=None, description="Another indicator. 另一个指标。")
    base_year: Year | None = Field(default=None, description="Another base year. 另一个基期。")
    mean: MeanName | None = Field(default=None, description="Another mean of growth. 另一种平均增速算法。")
    lag: Lag | None = Field(default=None, description="Another age of the denominator, in years. 分母滞后几年。")
    numerator: Ids | None = Field(default=None, description="Another numerator of the ratio. 另一个分子。")
    denominator: Ids | None = Field(default=None, description="Another denominator of the ratio. 另一个分母。")
    reported: StrictBool | None = Field(
        default=None,
        description="true: take the published ratio; false: compute it only. true 用公布值，false 只用计算值。",
    )
    rounding: RoundingName | None = Field(default=None, description="Another way to compare. 另一种比较方法。")


class TargetSpec(Spec):
    """What every target has."""

    id: Id = Field(description="Id of the target. 目标编号。")
    number: Annotated[StrictInt, Field(ge=1, le=9999)] = Field(description="Number, unique in the plan. 序号，不重复。")
    name: TextSpec = Field(description="Name. 名称。")
    area: Id = Field(description="Id of its area. 所属领域的编号。")
    clause: ClauseSpec = Field(description="Where the document says so. 文件出处。")
    assumption: TextSpec | None = Field(
        default=None,
        description="How an ambiguous clause was read; shown with the verdict. 对含糊条款的理解，随结论显示。",
    )
    departments: tuple[Words, ...] = Field(default=(), description="Names of the responsible units. 责任单位名称。")


class QuantitativeTargetSpec(TargetSpec):
    """What every target that a number decides has."""

    if TYPE_CHECKING:
        measure: str  # each kind of target narrows it to its own word, by which the kinds are told apart

    indicator: Id = Field(description="Id of the indicator. 指标编号。")
    deadline: Year | None = Field(
        default=None,
        description="Year by whose end it must hold; default: the plan's end year. 期限年，默认为方案末年。",
    )
    base_year: Year | None = Field(
        default=None, description="Year that progress is measured from; default: the plan's. 基期年，默认同方案。"
    )
    weight: Weight | None = Field(default=None, description="Weight in the summary score, 1 by default. 权重，默认 1。")
    rounding: RoundingName = Field(
        default="full",
        description="full compares the unrounded value, rounded the value rounded to the target's decimals "
        "(GB/T 8170-2008). full 全数值比较，rounded 修约值比较。",
    )
    conventions: tuple[ConventionSpec, ...] = Field(
        default=(), description="Disputed readings; the first is the verdict. 有争议的口径，第一个作结论。"
    )


class ThresholdTargetSpec(QuantitativeTargetSpec):
    """A value held against a threshold."""

    comparator: Comparison = Field(description='">=", ">", "<=" or "<", in quotes. 比较符，须加引号。')
    value: Number = Field(description="Target value, a plain number. 目标值，只写数。")
    unit: Words | None = Field(
        default=None, description="Unit of the value; default: the indicator's. 目标值的单位，默认同指标。"
    )


class LevelTargetSpec(ThresholdTargetSpec):
    """The value at the deadline."""

    measure: Literal["level"] = Field(description="The value at the deadline. 期末水平。")


class EveryYearTargetSpec(ThresholdTargetSpec):
    """The value of each year; the worst decides."""

    measure: Literal["every_year"] = Field(description="The value of each year. 逐年水平。")
    start_year: Year | None = Field(
        default=None, description="First year that counts; default: the plan's start year. 起算年，默认为方案首年。"
    )


class CumulativeTargetSpec(ThresholdTargetSpec):
    """The sum of the yearly values."""

    measure: Literal["cumulative"] = Field(description="The sum since the start year. 起算年以来的累计。")
    start_year: Year | None = Field(
        default=None, description="First year that counts; default: the plan's start year. 起算年，默认为方案首年。"
    )


class AverageGrowthTargetSpec(ThresholdTargetSpec):
    """Average yearly growth from the base year, in percent."""

    measure: Literal["average_growth"] = Field(description="Average yearly growth in percent. 年均增速，%。")
    mean: MeanName = Field(
        default="geometric",
        description="geometric (level approach), arithmetic, or cumulative. 水平法、算术平均、累计法。",
    )


class RankTargetSpec(QuantitativeTargetSpec):
    """The place among the peers."""

    measure: Literal["rank"] = Field(description="The place among the peers. 在可比地区中的位次。")
    comparator: Comparison = Field(description='"<=" (this place or better) or "<", in quotes. 比较符，须加引号。')
    value: Annotated[StrictInt, Field(ge=1, le=1000)] = Field(description="Place, 1 is best. 位次，1 为最好。")
    peers: Ids | None = Field(
        default=None, description="Region ids; default: every region of kind peer. 可比地区，默认为全部 peer 地区。"
    )
    reported_rank: Id | None = Field(
        default=None, description="Indicator of a published rank, used where peers have no data. 公布位次的指标。"
    )


class RangeTargetSpec(QuantitativeTargetSpec):
    """The value at the deadline lies between two bounds, both included."""

    measure: Literal["range"] = Field(description="The value lies between two bounds. 区间，含两端。")
    lower: Number = Field(description="Lower bound, included. 下限，含本数。")
    upper: Number = Field(description="Upper bound, included. 上限，含本数。")
    unit: Words | None = Field(
        default=None, description="Unit of the bounds; default: the indicator's. 单位，默认同指标。"
    )


class ManualTargetSpec(TargetSpec):
    """A clause that no number decides."""

    measure: Literal["manual"] = Field(description="A person decides. 由人评定。")


AnyTargetSpec = Annotated[
    LevelTargetSpec
    | EveryYearTargetSpec
    | CumulativeTargetSpec
    | AverageGrowthTargetSpec
    | RankTargetSpec
    | RangeTargetSpec
    | ManualTargetSpec,
    Field(discriminator="measure"),
]
