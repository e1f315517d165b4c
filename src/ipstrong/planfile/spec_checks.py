"""The specification of a plan's `checks` section: what submissions are held against."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, WithJsonSchema

from ipstrong.planfile.spec_base import Id, Number, Spec, TextSpec, Words, Year

Severity = Literal["error", "warning", "note"]

RegionWord = Annotated[
    Id, Field(description="Region id, home, nation, parts or peers. 地区编号，或 home、nation、parts、peers。")
]
Percent = Annotated[Number, Field(ge=0)]


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Formulas = Annotated[
    tuple[Words, ...],
    BeforeValidator(_as_list),
    Field(min_length=1),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 3},
                {"type": "array", "items": {"type": "string", "minLength": 3}, "minItems": 1},
            ],
        },
    ),
]


class YearsSpec(Spec):
    """A run of years, both ends included."""

    first: Year | None = Field(default=None, description="First year. 首年。")
    last: Year | None = Field(default=None, description="Last year. 末年。")


class ExpectationSpec(Spec):
    """What values of one indicator may be, in the indicator's unit."""

    indicator: Id = Field(description="Id of the indicator. 指标编号。")
    min: Number | None = Field(default=None, description="Least value, included. 最小值，含本数。")
    max: Number | None = Field(default=None, description="Largest value, included. 最大值，含本数。")
    decimals: Annotated[StrictInt, Field(ge=0, le=12)] | None = Field(
        default=None, description="Most decimals. 最多几位小数。"
    )
    jump_pct: Percent | None = Field(
        default=None,
        description="Largest believable change against the previous period, in percent. 与上期相比可信的最大变动，百分数。",
    )
    fall_pct: Annotated[Number, Field(ge=0, le=100)] | None = Field(
        default=None,
        description="It must not fall by more than this many percent; 0: not at all. 降幅不得超过百分之几，0 表示不得下降。",
    )


class RequiredSpec(Spec):
    """Figures that a submission must hold."""

    indicators: Annotated[tuple[Id, ...], Field(min_length=1)] = Field(description="Ids of indicators. 指标编号。")
    regions: tuple[RegionWord, ...] = Field(default=(), description="Default: home. 地区，默认本地区。")
    years: Annotated[tuple[Year, ...], Field(min_length=1)] = Field(description="Years asked for. 应报年份。")
    severity: Severity = Field(default="error", description="Severity of a gap. 缺数的级别。")


class ToleranceSpec(Spec):
    """By how much the sides of a cross-check may differ; the larger of the two amounts counts."""

    absolute: Percent | None = Field(default=None, description="In the unit of the sides. 绝对容差，与两边同单位。")
    relative_pct: Percent | None = Field(
        default=None, description="In percent of the larger side. 相对容差，占较大一边的百分之几。"
    )
    printed: StrictBool = Field(
        default=False,
        description="true: what rounding in print explains is a pass, else uncertain. true 表示修约能解释的差额算通过，否则为不确定。",
    )


class CrossSpec(Spec):
    """An identity or inequality between figures."""

    id: Id = Field(description="Id of the check. 勾稽关系编号。")
    name: TextSpec = Field(description="What it says. 名称。")
    formula: Formulas = Field(
        description="Such as `per-10k * population = firms`; several: one that holds is enough. "
        "公式；写几个时，一个成立即可。"
    )
    tolerance: ToleranceSpec = Field(default_factory=ToleranceSpec, description="Default: none. 容差，默认没有。")
    regions: tuple[RegionWord, ...] = Field(
        default=(), description="Default: all that have figures on both sides. 地区，默认两边都有数的全部地区。"
    )
    years: YearsSpec = Field(default_factory=YearsSpec, description="Default: all. 年份，默认全部。")
    periods: Annotated[
        tuple[Literal["year", "fiscal", "half", "quarter", "month", "ytd"], ...], Field(min_length=1)
    ] = Field(default=("year",), description="Kinds of period; default: years. 时期种类，默认全年。")
    severity: Severity = Field(default="error", description="Severity of a failure. 不成立时的级别。")


class BreakSpec(Spec):
    """A year from which an indicator is counted differently."""

    indicator: Id = Field(description="Id of the indicator. 指标编号。")
    region: Id | None = Field(default=None, description="Default: every region. 地区，默认全部。")
    year: Year = Field(description="First year of the new definition. 新口径的首年。")
    reason: TextSpec = Field(description="What changed. 变化原因。")


class HandInSpec(Spec):
    """The day by which the figures of a year must be handed in."""

    year: Year = Field(description="Year of the figures. 数据年份。")
    due: Words = Field(description='Last day, as "2021-12-15", in quotes. 截止日，须加引号。')


class ChecksSpec(Spec):
    """What submissions are held against."""

    years: YearsSpec = Field(default_factory=YearsSpec, description="Years that figures may be of. 数据应在的年份。")
    sheets: tuple[Words, ...] = Field(default=(), description="Sheets every workbook must have. 必备的工作表。")
    values: tuple[ExpectationSpec, ...] = Field(default=(), description="What values may be. 对数值的要求。")
    required: tuple[RequiredSpec, ...] = Field(default=(), description="Figures that must be there. 必报数据。")
    cross: tuple[CrossSpec, ...] = Field(default=(), description="Relations between figures. 勾稽关系。")
    breaks: tuple[BreakSpec, ...] = Field(default=(), description="Changes of definition. 口径变化。")
    hand_in: tuple[HandInSpec, ...] = Field(default=(), description="Deadlines of submission. 报送期限。")
