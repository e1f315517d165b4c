"""Words that several reports share: headings, names of measures, and sentences around a verdict."""

from __future__ import annotations

from ipstrong.model.plan import MeasureKind
from ipstrong.model.result import MilestoneState
from ipstrong.texts import Text

NUMBER = Text("序号", "No.")
NAME = Text("指标", "Indicator")
GOAL = Text("目标值", "Target")
STATUS = Text("状态", "Status")

AS_OF = Text("截至 {date}", "as of {date}")
PLAN_USED = Text("方案", "Plan")
NO_RESULTS = Text("方案没有目标", "the plan has no targets")

ASSUMED = Text("假定：{text}", "assumed: {text}")


MEASURES: dict[MeasureKind, Text] = {
    MeasureKind.LEVEL: Text("水平", "level"),
    MeasureKind.EVERY_YEAR: Text("逐年", "every year"),
    MeasureKind.AVERAGE_GROWTH: Text("年均增速", "average growth"),
    MeasureKind.CUMULATIVE: Text("累计", "cumulative"),
    MeasureKind.RANK: Text("位次", "rank"),
    MeasureKind.RANGE: Text("区间", "range"),
    MeasureKind.MANUAL: Text("人工评定", "manual"),
}

MILESTONE_STATES: dict[MilestoneState, Text] = {
    MilestoneState.DUE: Text("已到期", "due"),
    MilestoneState.NOT_DUE: Text("未到期", "not due"),
}
