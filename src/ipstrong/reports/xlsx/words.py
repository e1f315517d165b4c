"""The words of the workbook that no other report uses: sheet names, headings, remarks."""

from __future__ import annotations

from ipstrong.model.dataset import Bound, ValueStatus
from ipstrong.model.plan import Mean, MeasureKind, Rounding
from ipstrong.texts import Text

SHEETS: dict[str, Text] = {
    "scorecard": Text("记分卡", "Scorecard"),
    "regions": Text("地区比较", "Regions"),
    "charts": Text("图表", "Charts"),
    "workings": Text("测算", "Workings"),
    "conventions": Text("口径", "Conventions"),
    "data": Text("数据", "Data"),
    "findings": Text("问题", "Findings"),
    "tasks": Text("重点任务", "Tasks"),
    "methods": Text("方法", "Methods"),
    "chart_data": Text("图表数据", "Chart data"),
    "parts": Text("分步计算", "Parts"),
}

HEADS: dict[str, Text] = {
    "number": Text("序号", "No."),
    "region": Text("地区", "Region"),
    "area": Text("领域", "Area"),
    "target": Text("目标", "Target"),
    "department": Text("责任部门", "Department"),
    "unit": Text("单位", "Unit"),
    "base": Text("基期值", "Base"),
    "latest": Text("最新值", "Latest"),
    "latest_year": Text("数据\n年份", "Year of data"),
    "goal": Text("目标值", "Target value"),
    "gap": Text("缺口", "Gap"),
    "attainment": Text("完成率", "Attain-\nment"),
    "yoy": Text("同比\n增长", "Growth on year before"),
    "expected": Text("序时进度\n应达值", "Due by now"),
    "pace": Text("进度比", "Pace"),
    "needed": Text("今后年均\n需增", "Needed per year"),
    "projection": Text("到期\n预计", "Projec-\ntion"),
    "status": Text("状态", "Status"),
    "disputed": Text("口径\n争议", "Disputed"),
    "note": Text("说明", "Note"),
    "measure": Text("测度", "Measure"),
    "direction": Text("方向", "Better is"),
    "base_year": Text("基期", "Base year"),
    "deadline": Text("期限", "Deadline"),
    "time_share": Text("时间\n进度", "Time gone"),
    "progress": Text("进程", "Progress"),
    "grade": Text("分级", "Class"),
    "growth_grade": Text("分级", "Class"),
    "growth_pace": Text("增速比", "Growth pace"),
    "growth_projection": Text("按增速\n到期预计", "Projection by growth"),
    "eta": Text("预计达标\n（年）", "Reached in (year)"),
    "weight": Text("权重", "Weight"),
    "assessed": Text("计入\n权重", "Weight counted"),
    "contribution": Text("得分\n贡献", "Contri-\nbution"),
    "reasons": Text("未计算的原因", "Why not computed"),
    "convention": Text("口径", "Convention"),
    "role": Text("作用", "Role"),
    "demand": Text("要求", "Requirement"),
    "value": Text("数值", "Value"),
    "clause": Text("条款", "Clause"),
    "indicator": Text("指标", "Indicator"),
    "period": Text("时期", "Period"),
    "raw": Text("表中原文", "As printed"),
    "printed_unit": Text("原单位", "Printed unit"),
    "interval_low": Text("精度下限", "Lowest true value"),
    "interval_high": Text("精度上限", "Highest true value"),
    "bound": Text("界限", "Bound"),
    "finality": Text("数据状态", "Finality"),
    "used": Text("采用", "Used"),
    "label": Text("表中标签", "Label"),
    "file": Text("文件", "File"),
    "sheet": Text("工作表", "Sheet"),
    "cell": Text("单元格", "Cell"),
    "severity": Text("级别", "Severity"),
    "code": Text("代码", "Code"),
    "place": Text("位置", "Place"),
    "message": Text("问题", "What is wrong"),
    "hint": Text("处理办法", "Fix"),
    "title": Text("任务", "Task"),
    "programme": Text("工程", "Programme"),
    "lead": Text("牵头单位", "Lead"),
    "cooperating": Text("配合单位", "Cooperating"),
    "linked": Text("关联目标", "Linked target"),
    "milestone": Text("时间节点", "Milestone"),
    "date": Text("日期", "Date"),
    "state": Text("是否到期", "Due"),
    "score": Text("加权得分", "Weighted score"),
    "score_grade": Text("等级", "Grade"),
}

MEASURES: dict[MeasureKind, Text] = {
    MeasureKind.LEVEL: Text("期末水平", "level at the deadline"),
    MeasureKind.EVERY_YEAR: Text("逐年水平", "level of every year"),
    MeasureKind.AVERAGE_GROWTH: Text("年均增速", "average growth"),
    MeasureKind.CUMULATIVE: Text("累计", "cumulative"),
    MeasureKind.RANK: Text("位次", "rank"),
    MeasureKind.RANGE: Text("区间", "range"),
    MeasureKind.MANUAL: Text("人工评定", "decided by a person"),
}

DIRECTIONS: dict[int, Text] = {
    1: Text("越大越好", "more"),
    -1: Text("越小越好", "less"),
    0: Text("区间之内", "inside the range"),
}

MEANS: dict[Mean, Text] = {
    Mean.GEOMETRIC: Text("水平法（几何平均）", "geometric mean"),
    Mean.ARITHMETIC: Text("算术平均", "arithmetic mean"),
    Mean.CUMULATIVE: Text("累计法", "cumulative approach"),
}

ROUNDINGS: dict[Rounding, Text] = {
    Rounding.FULL: Text("全数值比较", "full value compared"),
    Rounding.ROUNDED: Text("修约值比较", "rounded value compared"),
}

FINALITIES: dict[ValueStatus, Text] = {
    ValueStatus.FINAL: Text("正式", "final"),
    ValueStatus.PROVISIONAL: Text("初步", "provisional"),
    ValueStatus.ESTIMATE: Text("估计", "estimate"),
}

BOUNDS: dict[Bound, Text] = {
    Bound.EXACT: Text("", ""),
    Bound.ABOUT: Text("约", "about"),
    Bound.AT_LEAST: Text("以上", "at least"),
    Bound.AT_MOST: Text("以下", "at most"),
}

DISPUTED_MARK = Text("◆ 争议", "◆ disputed")
DISPUTED_COUNT = Text("口径有争议", "disputed")
YEAR_HEAD = Text("{year}年", "{year}")
SCORECARD_META = Text(
    "{region} · 截至 {date} · 基期 {base} 年 · 期限 {deadline} 年 · 方案 {path}",
    "{region} · as of {date} · base {base} · deadline {deadline} · plan {path}",
)
LONG_META = Text(
    "{n} 个地区 · 截至 {date} · 基期 {base} 年 · 期限 {deadline} 年 · 方案 {path}",
    "{n} regions · as of {date} · base {base} · deadline {deadline} · plan {path}",
)
SCORE_LABEL = Text("加权得分（满分100）", "Weighted score (of 100)")
SCORE_GRADE_LABEL = Text("等级", "Grade")
SCORE_WEIGHTS_LABEL = Text("已评权重 / 总权重", "Weight assessed / total")
FOOTNOTE = Text(
    "缺口为负表示未达。“—”表示未计算，原因见批注和“{workings}”表。每个计算值都是公式，可点开追到“{data}”表的原始单元格。得分只作概览，不代替判定。",
    "A negative gap is short of the target. “—” means not computed; the comment and the sheet “{workings}” say why. Every computed figure is a formula that leads "
    "to its source cells on the sheet “{data}”. The score is a summary only and never replaces a status.",
)
OTHER_READING = Text("另一口径“{name}”：{value}，{status}", "under “{name}”: {value}, {status}")
INTERVAL_NOTE = Text("按表中精度，真值在{interval}之间", "within the printed precision the true value is {interval}")
REASON_ITEM = Text("{figure}：{reason}", "{figure}: {reason}")
VERDICT_ROLE = Text("判定口径", "decides")
OTHER_ROLE = Text("对照口径", "compared")
OWN_READING = Text("方案原文口径", "as the plan says")
NOT_LISTED_YEAR = Text(
    "上一年不在所列年份之内，此处为数值", "the year before is not among those shown; this is a value"
)
USED = Text("采用", "used")

WORKINGS_META = Text(
    "记分卡背后的逐步计算；公式的文字说明见“{methods}”表。",
    "The steps behind the scorecard; the sheet “{methods}” gives the formulas in words.",
)
CONVENTIONS_META = Text(
    "每个目标逐一列出口径、两种口径下的数值和状态。第一种口径为准，另一口径使判定翻转的标为争议。",
    "Every reading of every target with its value and verdict. The first decides; if another would change the verdict, "
    "the target is marked disputed.",
)
DATA_META = Text(
    "共 {n} 个数据。数值已换算为指标单位；“表中原文”与文件一致。标“采用”的进入了计算。",
    "{n} values. Values are in the unit of the indicator; “As printed” is the text in the file. Those marked “used” enter a "
    "figure.",
)
DATA_LEFT_OUT = Text(
    "另有 {n} 个已识别而未采用的数据未列出，可用 ipstrong inspect --format csv 查看。",
    "Another {n} matched values that no figure uses are not listed; see ipstrong inspect --format csv.",
)
FINDINGS_META = Text(
    "错误 {errors} 个，警告 {warnings} 个，提示 {notes} 个。", "{errors} errors, {warnings} warnings, {notes} notes."
)
NO_FINDINGS = Text("没有发现问题", "nothing found")
TASKS_META = Text(
    "方案的重点任务及其关联目标的状态（{region}）。", "The plan's tasks and the status of their targets ({region})."
)
NO_LINK = Text("无关联目标", "no linked target")
MILESTONES_TITLE = Text("时间节点", "Milestones")
REGIONS_META = Text("各地区各状态个数与加权得分。", "Statuses and weighted score by region.")

CHARTS_META = Text("{region} · 截至 {date}", "{region} · as of {date}")
ATTAINMENT_TITLE = Text("完成率（粗竖线为100%）", "Attainment (heavy line: 100 %)")
ATTAINMENT_CUT = Text(
    "完成率（粗竖线为100%；长于{cap}的截至{cap}）", "Attainment (heavy line: 100 %; bars end at {cap})"
)
BARS_SECTION = Text("各领域目标完成率", "Attainment by area")
TRENDS_SECTION = Text("走势与应有进度", "Trends and the required path")
ACTUAL = Text("实际", "actual")
REQUIRED = Text("应有进度", "required path")
EVEN_SHARE = Text("年均应有量", "even yearly share")
LOWER_BOUND = Text("下限", "lower bound")
UPPER_BOUND = Text("上限", "upper bound")
NO_CHARTS = Text("没有可以作图的数据", "there is nothing to plot yet")
BARS_ALT = Text("{area}各目标的完成率", "Attainment of the targets of {area}")
TREND_ALT = Text("{target}的实际值与应有进度", "Actual values of {target} and the required path")
CHART_DATA_META = Text("图表所用数据，均为公式。", "The data of the charts; all formulas.")
CHART_DATA_LABEL = Text("标签", "Label")
CHART_DATA_PLOTTED = Text("作图值", "Plotted")
MORE_TRENDS = Text("另有 {n} 个目标的走势未作图。", "{n} more trends are not shown.")
