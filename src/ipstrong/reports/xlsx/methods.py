"""The methods: every formula in words, what the statuses and classes mean, the plan, and the files with their hashes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ipstrong.model.derivations import derivations
from ipstrong.model.result import GRADE_TEXTS, PACE_TEXTS, Grade, PaceClass, Status
from ipstrong.reports.formatting import plain
from ipstrong.reports.xlsx.cells import cell_text, n_lines
from ipstrong.reports.xlsx.formulas import TIME_SHARE
from ipstrong.reports.xlsx.sheet import Draft
from ipstrong.reports.xlsx.styles import LINE_HEIGHT
from ipstrong.texts import Text, pick

_NONE = Text("", "")


Entry = tuple[Text, ...]
"""Name, formula, and a remark if there is one."""

MEASURE_FORMULAS: tuple[Entry, ...] = (
    (Text("期末水平", "Level"), Text("期限内最近一年的数值", "value of the latest year not after the deadline")),
    (
        Text("逐年水平", "Every year"),
        Text("起始年以来最差一年的数值", "worst yearly value since the start year"),
        Text("越大越好取最小值，越小越好取最大值", "the smallest where more is better, else the largest"),
    ),
    (
        Text("累计", "Cumulative"),
        Text("起始年以来各年之和", "sum of the yearly values since the start year"),
        Text("时点指标不相加，取期末数", "stocks are not summed; their level counts"),
    ),
    (
        Text("年均增速：水平法", "Average growth, geometric"),
        Text("[(最新值 ÷ 基期值)^(1 ÷ 年数) - 1] × 100", "((latest ÷ base) ^ (1 ÷ years) - 1) × 100"),
        Text("国家统计局《中国统计年鉴》平均增长速度，水平法", "National Bureau of Statistics, level approach"),
    ),
    (
        Text("年均增速：算术平均", "Average growth, arithmetic"),
        Text("各年同比增速的算术平均", "mean of the year-on-year rates"),
        Text("非官方口径，供对照", "not the official reading; for comparison"),
    ),
    (
        Text("年均增速：累计法", "Average growth, cumulative"),
        Text("满足 Σ(1+g)^i = Σ(各年值 ÷ 基期值) 的 g", "the g with sum of (1+g)^i = sum of value ÷ base"),
        Text(
            "国家统计局《中国统计年鉴》累计法；表中用 RATE 函数", "National Bureau of Statistics; by the function RATE"
        ),
    ),
    (
        Text("位次", "Rank"),
        Text("1 + 数值更优的地区个数", "1 + number of regions that are better"),
        Text("数值相同位次相同，取较好的位次", "equal values share the better rank"),
    ),
    (
        Text("比率", "Ratio"),
        Text("分子 ÷ 分母 × 倍数", "numerator ÷ denominator × scale"),
        Text("分母的年份和口径见“口径”表", "the sheet on conventions says which denominator"),
    ),
)

NUMBERS: dict[str, Entry] = {
    "gap": (
        Text("缺口", "Gap"),
        Text(
            "越小越好的两者对调；负数表示未达；百分比之差为百分点；区间为到最近界限的距离，区间外为负",
            "swapped where less is better; negative is short; percents differ in percentage points; for a range the "
            "distance to the nearest bound",
        ),
    ),
    "attainment": (
        Text("完成率", "Attainment"),
        Text("越小越好的两者对调；区间之内为 100%", "swapped where less is better; 100 % inside a range"),
    ),
    "yoy": (
        Text("同比增长", "Growth on the year before"),
        Text("百分比指标为两年之差，单位百分点", "the difference in percentage points for percents"),
    ),
    "progress": (
        Text("进程", "Progress"),
        Text("基期已达目标值的不计算", "not computed where the base meets the target"),
    ),
    "time_share": (Text("时间进度", "Time gone"), Text("从基期到期限", "from the base to the deadline")),
    "expected": (
        Text("序时进度应达值", "Due by now"),
        Text("从基期到目标值的直线", "the straight line from base to target"),
    ),
    "pace": (
        Text("进度比", "Pace"),
        Text(
            "进程与时间进度之比；增速、位次和逐年目标不计算",
            "progress over time gone; not for growth, ranks and yearly targets",
        ),
    ),
    "growth_pace": (Text("增速比", "Growth pace"), Text("与进度比并列，供对照", "for comparison with the pace")),
    "needed_per_year": (Text("今后年均需增", "Needed per year"),),
    "projection": (
        Text("到期预计", "Projection"),
        Text("按基期以来的年均增量外推", "if the mean yearly change since the base continues"),
    ),
    "growth_projection": (
        Text("按增速到期预计", "Projection by growth"),
        Text("按基期以来的年均增速外推", "if the mean growth rate since the base continues"),
    ),
    "eta": (Text("预计达标", "Reached in"), Text("2022.0 指 2022 年末的数据", "2022.0 is the end of 2022")),
}
"""Name, and remark if there is one, of each number next to a verdict; its formula is written from the tree."""

SCORE: Entry = (
    Text("加权得分", "Weighted score"),
    Text("100 × Σ 权重 × min(完成率, 1) ÷ Σ 权重", "100 × sum of weight × min(attainment, 1) ÷ sum of weights"),
    Text("只计可评的目标；完成率低于 0 的按 0 计", "over the targets that could be assessed; never below 0"),
)
RULES: tuple[Entry, ...] = (
    (
        Text("比较", "Comparison"),
        Text(
            "默认按全数值比较，不先修约；“以上”“以下”含本数。",
            "Full values are compared, unrounded; bounds are included.",
        ),
        Text("GB/T 8170-2008", "GB/T 8170-2008"),
    ),
    (
        Text("显示", "Display"),
        Text(
            "单元格保存全部位数，只在显示时取位；未达 100% 的不显示为 100%。",
            "Cells hold every digit; only the display is rounded, and never up to a target that is missed.",
        ),
    ),
    (
        Text("口径争议", "Disputed"),
        Text(
            "方案申报的另一口径会使判定翻转；判定仍以第一种口径为准。",
            "Another declared convention would change the verdict; the first one still decides.",
        ),
    ),
    (
        Text("精度", "Precision"),
        Text(
            "“13.0万”指 129,500 至 130,500；区间随计算传递，跨过目标值的判为不确定。",
            "“13.0万” means 129,500 to 130,500; the interval is carried through, and a target inside it makes the verdict uncertain.",
        ),
    ),
)

QUANTITIES: dict[str, Text] = {
    "latest": Text("最新值", "latest"),
    "base": Text("基期值", "base"),
    "target": Text("目标值", "target"),
    "latest_year": Text("数据年份", "year of data"),
    "elapsed_years": Text("已过年数", "years gone"),
    "total_years": Text("总年数", "all years"),
    "remaining_years": Text("剩余年数", "years left"),
    "current": Text("最新年值", "value of the latest year"),
    "previous": Text("上年值", "year before"),
}
_SIGNS = str.maketrans({"+": " + ", "-": " - ", "*": " × ", "/": " ÷ ", "^": " ^ "})

PACE_CLASSES: dict[PaceClass, Text] = {
    PaceClass.ON_TRACK: Text("进度比 ≥ {on_track}", "pace >= {on_track}"),
    PaceClass.SLOW: Text("{slow} ≤ 进度比 < {on_track}", "{slow} <= pace < {on_track}"),
    PaceClass.INSUFFICIENT: Text("0 ≤ 进度比 < {slow}", "0 <= pace < {slow}"),
    PaceClass.REVERSE: Text("进度比 < 0", "pace < 0"),
}

SCORE_RULE = Text("得分只作概览，不代替判定", "the score is a summary and never replaces a status")

_WIDTHS = (22.0, 66.0, 64.0)
_SCALE = 90
"""Percent at which the three columns fill the width of a page."""
_PAGE_POINTS = 6.9 * 72 * 100 / _SCALE
"""Height of a printed page at that scale."""


class Section(NamedTuple):
    """A table of the sheet: its title, its headings, its lines of up to three texts, and the statuses of these lines."""

    title: Text
    heads: tuple[Text, Text, Text]
    lines: Sequence[tuple[Text | str, ...]]
    statuses: Sequence[Status] = ()


def write_methods(draft: Draft) -> None:
    """Write the methods."""
    sheet, styles = draft.sheet("methods"), draft.styles
    sheet.widths(_WIDTHS)
    sheet.title(sheet.name, draft.say(draft.scorecard.plan.name))
    row, breaks, filled = 3, [], 60.0
    for section in _sections(draft):
        lines = [[str(pick(text, draft.lang)) for text in (*line, "", "")[:3]] for line in section.lines]
        spaces = [max(1.15, _n_lines(*line)) for line in lines]
        height = 60 + sum(space * LINE_HEIGHT[draft.lang] + 4 for space in spaces)
        if filled + height > _PAGE_POINTS and filled > 60:
            breaks.append(row)
            filled = 0.0
        filled += height
        sheet.section(row, draft.say(section.title), len(_WIDTHS))
        for col, head in enumerate(section.heads):
            sheet.text(row + 1, col, draft.say(head), styles.head())
        sheet.height(row + 1, 1.15)
        row += 2
        for at, ((name, text, remark), space) in enumerate(zip(lines, spaces, strict=True)):
            sheet.text(
                row, 0, name, styles.status(section.statuses[at]) if section.statuses else styles.text(bold=True)
            )
            if remark:
                sheet.text(row, 1, text, styles.text())
                sheet.text(row, 2, remark, styles.text())
            else:
                sheet.merged_text(row, 1, row, 2, text, styles.text())
            sheet.height(row, space)
            row += 1
        row += 1
    draft.page(sheet, fit=False)
    sheet.worksheet.set_print_scale(_SCALE)
    sheet.worksheet.set_h_pagebreaks(breaks)


def _n_lines(name: str, text: str, remark: str) -> int:
    widths = (_WIDTHS[0], _WIDTHS[1] if remark else _WIDTHS[1] + _WIDTHS[2], _WIDTHS[2])
    return max(n_lines(cell_text(each), width * 0.95) for each, width in zip((name, text, remark), widths, strict=True))


def _sections(draft: Draft) -> list[Section]:
    # The formulas of the numbers next to a verdict, in words, where more is better.
    names = {key: draft.say(name) for key, name in QUANTITIES.items()}
    formulas = {**derivations(1, is_range=False, in_points=False)._asdict(), "time_share": TIME_SHARE}
    numbers: list[tuple[Text | str, ...]] = [
        (name, draft.formulas.text(formulas[field], names).translate(_SIGNS), *remark)
        for field, (name, *remark) in NUMBERS.items()
    ]
    formula_heads = (Text("名称", "Name"), Text("公式", "Formula"), Text("说明", "Remark"))
    files = [
        (file.path, file.sha256, draft.comma.join(file.sheets) or file.kind) for file in draft.scorecard.dataset.files
    ]
    return [
        Section(Text("方案", "Plan"), (Text("项目", "Item"), Text("内容", "Value"), _NONE), _plan(draft)),
        Section(
            Text("数据文件", "Data files"),
            (Text("文件", "File"), Text("校验值（SHA-256）", "SHA-256"), Text("读取的工作表", "Sheets read")),
            files,
        ),
        Section(
            Text("状态", "Statuses"),
            (Text("状态", "Status"), Text("含义", "Meaning"), _NONE),
            [(status.text, status.meaning) for status in Status],
            tuple(Status),
        ),
        Section(
            Text("分级界限", "Thresholds"),
            (Text("等级", "Class"), Text("界限", "Bounds"), Text("说明", "Remark")),
            _thresholds(draft),
        ),
        Section(Text("测度：数值怎样得来", "Measures: how a value is made"), formula_heads, MEASURE_FORMULAS),
        Section(Text("与状态并列的各项数值", "Numbers next to the verdict"), formula_heads, [*numbers, SCORE]),
        Section(Text("规则", "Rules"), (Text("规则", "Rule"), Text("内容", "Content"), Text("依据", "Source")), RULES),
    ]


def _thresholds(draft: Draft) -> list[tuple[Text | str, ...]]:
    preset = draft.scorecard.plan.pace
    bounds = {"on_track": plain(preset.on_track), "slow": plain(preset.slow)}
    classes = [(PACE_TEXTS[grade], text.format(**bounds)) for grade, text in PACE_CLASSES.items()]
    marks = ("≥ 90", "≥ 80, < 90", "≥ 60, < 80", "< 60")
    grades = [(GRADE_TEXTS[grade], mark) for grade, mark in zip(Grade, marks, strict=True)]
    return [(*classes[0], preset.name), *classes[1:], (*grades[0], SCORE_RULE), *grades[1:]]


def _plan(draft: Draft) -> list[tuple[Text, Text | str]]:
    plan = draft.scorecard.plan
    items: list[tuple[Text, Text | str | None]] = [
        (Text("名称", "Name"), plan.name),
        (Text("发布机关", "Issued by"), plan.header.issuer),
        (Text("来源", "Source"), plan.header.source),
        (Text("方案文件", "Plan file"), plan.path),
        (Text("评估日期", "As of"), draft.scorecard.as_of.isoformat()),
        (
            Text("基期年 / 方案年份", "Base year / years of the plan"),
            f"{plan.base_year} / {plan.start_year}–{plan.end_year}",
        ),
    ]
    return [(name, value) for name, value in items if value and pick(value, draft.lang)]
