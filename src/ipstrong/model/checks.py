"""What a plan expects of a submission: bounds, required figures, and identities between figures (勾稽关系).

They are frozen pydantic models, as the rest of the plan.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StrictBool, ValidationInfo

from ipstrong.diagnostics import Severity
from ipstrong.model.formula import Statement
from ipstrong.model.formula_parser import FormulaError, parse_formula
from ipstrong.model.period import PeriodKind
from ipstrong.model.plan_values import (
    Bilingual,
    Id,
    Number,
    Part,
    Places,
    Words,
    Year,
    as_list,
    one_or_more,
    optional,
    written_as,
)

GROUPS = ("parts", "peers")
"""Region words of a formula that mean several regions; they are allowed inside an aggregate only."""

SINGLE_REGIONS = ("home", "nation")
"""Region words of a formula that mean the plan's home region and for the nation."""


RegionWord = Annotated[
    Id, Field(description="Region id, home, nation, parts or peers. 地区编号，或 home、nation、parts、peers。")
]
_Percent = Annotated[Number, Field(ge=0)]


def _read_statements(
    value: object, read: Callable[[object], tuple[str, ...]], _info: ValidationInfo
) -> tuple[Statement, ...]:
    if isinstance(value, tuple) and all(isinstance(item, Statement) for item in value):
        return value
    statements = []
    for text in read(value):
        with suppress(FormulaError):  # reported with its place by the loader
            statements.append(parse_formula(text)[0])
    return tuple(statements)


_Formulas = Annotated[
    tuple[Words, ...], BeforeValidator(as_list), Field(min_length=1), one_or_more({"type": "string", "minLength": 3})
]
Statements = Annotated[tuple[Statement, ...], written_as(_Formulas, _read_statements)]


_Grain = Literal[
    PeriodKind.YEAR, PeriodKind.FISCAL, PeriodKind.HALF, PeriodKind.QUARTER, PeriodKind.MONTH, PeriodKind.YTD
]


class Years(Part):
    """A run of years, both ends included."""

    first: Year | None = optional("First year. 首年。")
    last: Year | None = optional("Last year. 末年。")


class Expectation(Part):
    """What values of one indicator may be, in the indicator's unit; None where nothing is declared."""

    indicator: Id = Field(description="Id of the indicator. 指标编号。")
    minimum: Number | None = optional("Least value, included. 最小值，含本数。", alias="min")
    maximum: Number | None = optional("Largest value, included. 最大值，含本数。", alias="max")
    decimals: Places | None = optional("Most decimals. 最多几位小数。")
    jump_pct: _Percent | None = optional(
        "Largest believable change against the previous period, in percent. 与上期相比可信的最大变动，百分数。"
    )
    fall_pct: Annotated[Number, Field(ge=0, le=100)] | None = optional(
        "It must not fall by more than this many percent; 0: not at all. 降幅不得超过百分之几，0 表示不得下降。"
    )


class Required(Part):
    """Figures that a submission must hold: every indicator for every region and year."""

    indicators: Annotated[tuple[Id, ...], Field(min_length=1)] = Field(description="Ids of indicators. 指标编号。")
    regions: tuple[RegionWord, ...] = optional("Default: home. 地区，默认本地区。", ())
    years: Annotated[tuple[Year, ...], Field(min_length=1)] = Field(description="Years asked for. 应报年份。")
    severity: Severity = optional("Severity of a gap. 缺数的级别。", Severity.ERROR)


class Tolerance(Part):
    """By how much the sides of a cross-check may differ; the larger of the two amounts counts."""

    absolute: _Percent = Field(
        default_factory=Decimal, description="In the unit of the sides. 绝对容差，与两边同单位。"
    )
    relative_pct: _Percent = Field(
        default_factory=Decimal, description="In percent of the larger side. 相对容差，占较大一边的百分之几。"
    )
    printed: StrictBool = optional(
        "true: what rounding in print explains is a pass, else uncertain. true 表示修约能解释的差额算通过，否则为不确定。",
        False,
    )


class CrossRule(Part):
    """A declared identity or inequality between indicators, regions and periods."""

    id: Id = Field(description="Id of the check. 勾稽关系编号。")
    name: Bilingual = Field(description="What it says. 名称。")
    statements: Statements = Field(
        validation_alias="formula",
        description="Such as `per-10k * population = firms`; several: one that holds is enough. "
        "公式；写几个时，一个成立即可。",
    )
    """The accepted readings, in order of preference."""
    tolerance: Tolerance = Field(default_factory=Tolerance, description="Default: none. 容差，默认没有。")
    regions: tuple[RegionWord, ...] = optional(
        "Default: all that have figures on both sides. 地区，默认两边都有数的全部地区。", ()
    )
    years: Years = Field(default_factory=Years, description="Default: all. 年份，默认全部。")
    grains: Annotated[tuple[_Grain, ...], Field(min_length=1)] = Field(
        default=(PeriodKind.YEAR,),
        validation_alias="periods",
        description="Kinds of period; default: years. 时期种类，默认全年。",
    )
    severity: Severity = optional("Severity of a failure. 不成立时的级别。", Severity.ERROR)


class SeriesBreak(Part):
    """A year from which an indicator is counted differently."""

    indicator: Id = Field(description="Id of the indicator. 指标编号。")
    region: Id | None = optional("Default: every region. 地区，默认全部。")
    year: Year = Field(description="First year of the new definition. 新口径的首年。")
    reason: Bilingual = Field(description="What changed. 变化原因。")


class HandIn(Part):
    """The day by which the figures of a year must be handed in."""

    year: Year = Field(description="Year of the figures. 数据年份。")
    due: Words = Field(description='Last day, as "2021-12-15", in quotes. 截止日，须加引号。')


class Checks(Part):
    """What submissions are checked against."""

    years: Years = Field(default_factory=Years, description="Years that figures may be of. 数据应在的年份。")
    sheets: tuple[Words, ...] = optional("Sheets every workbook must have. 必备的工作表。", ())
    expectations: tuple[Expectation, ...] = optional("What values may be. 对数值的要求。", (), alias="values")
    required: tuple[Required, ...] = optional("Figures that must be there. 必报数据。", ())
    cross: tuple[CrossRule, ...] = optional("Relations between figures. 勾稽关系。", ())
    breaks: tuple[SeriesBreak, ...] = optional("Changes of definition. 口径变化。", ())
    hand_in: tuple[HandIn, ...] = optional("Deadlines of submission. 报送期限。", ())

    def expectation(self, indicator_id: str) -> Expectation | None:
        """Return what is expected of an indicator, None where nothing is."""
        return next((entry for entry in self.expectations if entry.indicator == indicator_id), None)


NO_CHECKS = Checks()
"""The checks of a plan that declares none."""
