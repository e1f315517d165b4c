"""Words that several reports share: headings, names of measures, and sentences around a verdict."""

from __future__ import annotations

from ipstrong.model.plan import MeasureKind
from ipstrong.model.result import MilestoneState
from ipstrong.texts import Text

NUMBER = Text("序号", "No.")
NAME = Text("指标", "Indicator")
AREA = Text("领域", "Area")
REGION = Text("地区", "Region")
BASE = Text("基期", "Base")
LATEST = Text("最新值", "Latest")
PERIOD = Text("时期", "Period")
YEAR = Text("年份", "Year")
GOAL = Text("目标值", "Target")
GAP = Text("缺口", "Gap")
ATTAINMENT = Text("完成率", "Attained")
PROGRESS = Text("进程", "Progress")
EXPECTED = Text("序时应达", "Due by now")
PACE = Text("进度比", "Pace")
NEEDED = Text("年均需增", "Needed/yr")
PROJECTION = Text("到期预计", "Projected")
YOY = Text("同比", "On year")
STATUS = Text("状态", "Status")
DEPARTMENT = Text("责任部门", "Department")
CLAUSE = Text("条款", "Clause")
MEASURE = Text("测度", "Measure")
DEADLINE = Text("期限", "Deadline")
SCORE = Text("得分", "Score")
TITLE = Text("任务", "Task")
PROGRAMME = Text("工程", "Programme")
LEAD = Text("牵头单位", "Lead")
COOPERATING = Text("配合单位", "Cooperating")
TARGETS = Text("相关目标", "Targets")
DUTY = Text("事项", "Duty")
DUE = Text("期限", "Due")
VERDICTS = Text("各项结论", "Verdicts")
N_MET = Text("达标数", "Met")

AS_OF = Text("截至 {date}", "as of {date}")
PLAN_USED = Text("方案", "Plan")
DATA_USED = Text("数据", "Data")
SUMMARY = Text("小结", "Summary")
WEIGHTED = Text("加权得分", "Weighted score")
REMARKS = Text("说明", "Notes")
FINDINGS = Text("问题", "Findings")
NOTES_SHOWN = Text("（提示见 ipstrong inspect）", " (ipstrong inspect shows the notes)")
NO_FILES = Text("无", "none")
NO_RESULTS = Text("方案没有目标", "the plan has no targets")
MORE_FILES = Text("等 {count} 个文件", "and others, {count} files in all")
SCORE_NOTE = Text(
    "已评权重 {assessed}/{total}；得分只作小结，不代替各项状态",
    "weight assessed {assessed} of {total}; a summary, never instead of the statuses",
)
NO_SCORE = Text("未计算：{reason}", "not computed: {reason}")
REGION_LEGEND = Text(
    "{count}个地区；每格一个目标，按序号排列", "{count} regions; one mark a target, in order of number"
)

N_DISPUTED = Text("{count}项有争议", "{count} disputed")
READING = Text("按“{name}”为{value}，{verdict}", "{name}: {value}, {verdict}")
"""One convention: its name, its number, its verdict."""
DISPUTE = Text("有争议：{readings}", "disputed: {readings}")
WITHIN = Text(
    "印刷精度允许真值在{interval}之间，目标值{goal}在其中",
    "printed precision allows {interval}, and {goal} lies within",
)
ASSUMED = Text("假定：{text}", "assumed: {text}")
ROUNDED = Text(
    "按修约值比较（GB/T 8170-2008）：先修约到目标值的位数",
    "compared by rounded value (GB/T 8170-2008): rounded to the decimals of the target first",
)
OWN_READING = Text("本目标", "as the target says")


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

NO_TARGET_MATCHES = Text("没有符合条件的目标", "no target matches")
NO_TASK_MATCHES = Text("没有符合条件的任务", "no task matches")
NO_MILESTONES = Text("方案没有时间节点", "the plan has no dated duties")
