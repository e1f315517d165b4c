"""Words of `explain`."""

from __future__ import annotations

from ipstrong.texts import Text

CLAUSE = Text("条款", "Clause")
DEMAND = Text("要求", "Demand")
CONVENTION = Text("口径", "Convention")
ASSUMPTION = Text("假定", "Assumption")
DEPARTMENT = Text("责任部门", "Department")
VERDICT = Text("结论", "Verdict")
INPUTS = Text("所用数据", "Inputs")
ARITHMETIC = Text("计算", "Arithmetic")
COMPARISON = Text("比较", "Comparison")
PROGRESS_SECTION = Text("进度", "Progress")
PRECISION = Text("精度", "Precision")
OTHERS = Text("其他口径", "Other conventions")
FLIP = Text("何时改判", "What would flip it")
NOTES = Text("说明", "Notes")

CLAUSE_LINE = Text("{place}\uff1a{summary}", "{place}: {summary}")
JUDGED = Text("{relation}\uff1a{verdict}", "{relation}: {verdict}")
OTHER = Text("{name}\uff08{goal}\uff09\uff1a{verdict}", "{name} ({goal}): {verdict}")
BOTH = Text("{first}\uff1b{second}", "{first}; {second}")
AS_OF = Text("截至", "As of")
BY = Text("{year}年：{goal}", "by {year}: {goal}")
FIRST_OF = Text("{name}（共{count}种口径，以此为准）", "{name} (the first of {count}, which decides)")
AS_PRINTED = Text("即 {value}", "that is {value}")
HOLDS = Text("成立", "holds")
FAILS = Text("不成立", "does not hold")
OPEN = Text("无法判定", "cannot be decided")
GAP = Text("缺口", "gap")
ATTAINMENT = Text("完成率", "attainment")
PROGRESS = Text("从基期到目标的进程", "share of the path from base to target")
EXPECTED = Text("序时应达值", "due by now")
PACE = Text("进度比（直线）", "pace (straight line)")
GROWTH_PACE = Text("进度比（增速）", "pace (growth rate)")
NEEDED = Text("此后每年需变动", "needed per year from here")
PROJECTION = Text("到期预计（直线）", "projected (straight line)")
GROWTH_PROJECTION = Text("到期预计（增速）", "projected (growth rate)")
ETA = Text("直线达到目标", "straight line reaches the target")
YOY = Text("同比", "on the year before")
POINTS = Text("{value}个百分点", "{value} pp")
NOT_COMPUTED = Text("未计算：{reason}", "not computed: {reason}")
WITHOUT_ROOT = Text("不开方验算\uff1a{check}", "without the root: {check}")
INTERVAL = Text("印刷精度允许真值在{interval}之间", "printed precision allows {interval}")
EXACT = Text("各项数据均为完整数字，没有精度区间", "all inputs are printed in full: no interval")
STRADDLES = Text("区间跨越目标值，结论不确定", "the interval straddles the target: uncertain")
SAME_SIDE = Text(
    "整个区间在目标值同一侧，结论不变", "the whole interval lies on one side of the target: the verdict is the same"
)
BELOW = Text("低于 {value}", "below {value}")
ABOVE = Text("高于 {value}", "above {value}")
AT_OR_BELOW = Text("降至 {value} 或更低", "at or below {value}")
AT_OR_ABOVE = Text("升至 {value} 或更高", "at or above {value}")
FLIP_LINE = Text("{name} {where}\uff08{change}\uff09", "{name} {where} ({change})")
BY_CONVENTION = Text("改用口径“{name}”", 'reading it by "{name}"')
ANY_CHANGE = Text("稍有变动即改判", "any change does")
LABELLED = Text("{label}\uff1a{text}", "{label}: {text}")
NO_FLIP = Text("单独改动任何一项数据都不会改判", "no single input can flip it alone")
VALUE = Text("数值", "Value")
RAW = Text("原文", "As printed")
PLACE = Text("出处", "Where")
SYMBOL = Text("代号", "Id")
INDICATOR = Text("指标", "Indicator")
PERIOD = Text("时期", "Period")
REGION = Text("地区", "Region")
STATUSES = {
    "provisional": Text("初步", "provisional"),
    "estimate": Text("估计", "estimate"),
}
BOUNDS = {
    "about": Text("约数", "about"),
    "at_least": Text("下限", "at least"),
    "at_most": Text("上限", "at most"),
}
