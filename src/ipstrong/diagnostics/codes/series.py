"""RULE codes 040 to 079: findings about more than one cell, that is series, cross-checks and dates."""

from __future__ import annotations

from ipstrong.diagnostics.finding import error, note, warning

STOCK_FALLS = error(
    "RULE041",
    "不应下降的指标下降了 | a figure that must not fall falls",
    "“{label}”{region} 从 {before_period} 的“{before}”（{before_place}）降到 {period} 的“{raw}”，降幅 {change}，允许 {tolerance}{count} | "
    "'{label}' {region} falls from '{before}' in {before_period} ({before_place}) to '{raw}' in {period}: by {change}, "
    "{tolerance} is allowed{count}",
    "核对两期的数；确有下降的，说明原因并申请豁免 | check both figures; if it did fall, say why and ask for a waiver",
    "方案 checks.values 的 fall_pct 声明该指标（如有效量）不应下降。印出精度之内的下降不算。 | "
    "The plan's fall_pct in checks.values says that this figure, such as a stock in force, does not fall. A fall "
    "within the printed precision does not count.",
    "2019: 138534 | 2020: 118868",
)
JUMP = warning(
    "RULE042",
    "与上期相比变动过大 | jump against the previous period",
    "“{label}”{region} 从 {before_period} 的“{before}”（{before_place}）到 {period} 的“{raw}”，变动 {change}，超过 ±{tolerance}{count} | "
    "'{label}' {region} goes from '{before}' in {before_period} ({before_place}) to '{raw}' in {period}: {change}, "
    "more than ±{tolerance}{count}",
    "核对两期的数和单位；口径有变的，在方案 checks.breaks 中登记 | "
    "check both figures and the unit; enter a change of definition in the plan's checks.breaks",
    "方案 checks.values 的 jump_pct 给出每期可信的最大变动；中间缺几期的，按复利放宽。已登记的口径变化处不作比较。 | "
    "The plan's jump_pct in checks.values is the largest believable change a period; over missing periods it is "
    "compounded. Across a declared break nothing is compared.",
    "2018: 1343.88 | 2019: 1763.38 with jump_pct: 20",
)
OUT_OF_LINE = warning(
    "RULE047",
    "与前后两期都差数倍 | several times off both neighbours",
    "“{label}”{region} {period} 的“{raw}”是前一期“{before}”（{before_place}）的 {factor} 倍，与后一期也相差数倍{count} | "
    "'{label}' {region} '{raw}' in {period} is {factor} times '{before}' before it ({before_place}), and as far off "
    "the one after{count}",
    "核对口径：可能是普查或抽样比不同的年份，或单位不同；确实如此的，分开列示并加注 | "
    "check the definition: a census or another sampling fraction, or another unit; if so, set it apart with a note",
    "一个数比前后两期都大（或小）五倍以上，往往是口径不同：例如抽样比为 1% 的年份夹在 1‰ 的年份之间，相差约 20 倍。20 以下的数不作此判断。 | "
    "A figure five times above, or below, both neighbours is often made in another way: a year with a one-per-cent "
    "sample among years with one per mille. Figures below 20 are not compared.",
    "2014: 17740 | 2015: 335775 | 2016: 18230",
)
YTD_FALLS = error(
    "RULE043",
    "年内累计数没有增长 | year-to-date does not grow",
    "“{label}”{region} 的累计数从 {before_period} 的“{before}”（{before_place}）降到 {period} 的“{raw}”{count} | "
    "'{label}' {region}: the year-to-date falls from '{before}' in {before_period} ({before_place}) to '{raw}' in "
    "{period}{count}",
    "核对是否把当月数填成了累计数 | check whether a month's own figure was given for the year-to-date",
    "累计数只增不减，全年数不会小于前几个月的累计数。 | "
    "A year-to-date only grows, and the full year is not less than any part of it.",
    "1-6月: 70638 | 1-9月: 25120",
)
REPEATED_COLUMN = warning(
    "RULE044",
    "整列与上期相同 | a column repeats the one before",
    "{period} 的 {n} 个数与 {before_period}（{before_place}）完全相同：“{raw}”等{count} | "
    "all {n} figures of {period} equal those of {before_period} ({before_place}): '{raw}' and so on{count}",
    "核对是否复制了上期的列而没有更新 | check whether the earlier column was copied and not updated",
    "一列里所有数都与上期分毫不差，多半是复制后忘了改。至少三个非零的数都相同才会提示。 | "
    "When every figure of a period equals the one before to the last digit, the column was probably copied. It takes "
    "at least three figures other than zero.",
    "2019: 1224, 8, 120 | 2020: 1224, 8, 120",
)
DECLARED_BREAK = note(
    "RULE045",
    "序列跨越口径变化 | series crosses a break",
    "“{label}”{region} 从 {year} 年起口径有变：{reason} | "
    "'{label}' {region} is counted differently from {year} on: {reason}",
    "前后不要直接比较；需要比较的，换算成同一口径 | do not compare across it, or convert to one definition first",
    "方案 checks.breaks 登记了这一变化。前后的差别不全是增减，其中一部分是口径。 | "
    "The plan's checks.breaks lists this break. Part of the difference is not growth but definition.",
    "2019: 1343.88 | 2020: 1763.38 (census revision)",
)
LABEL_CHANGES = note(
    "RULE046",
    "序列中途换了名称 | series goes on under another label",
    "“{indicator}”{region} 从 {period} 起名称由“{before}”（{before_place}）变为“{label}”{count} | "
    "'{indicator}' {region}: from {period} on the label is '{label}', before it was '{before}' ({before_place}){count}",
    "确认口径没有变；变了的，在方案 checks.breaks 中登记，或分作两个指标 | "
    "make sure the definition is the same; if not, enter a break in checks.breaks or make two indicators",
    "名称变了往往是口径变了，例如由受理量改为申请量。两段都对上了同一个指标，会连成一条序列。 | "
    "A new name often means a new definition, such as applications received and applications filed. Both were matched "
    "to one indicator and form one series.",
    "受理件数 (2016) | 申请件数 (2017)",
)
CROSS_FAILS = error(
    "RULE060",
    "勾稽关系不成立 | cross-check fails",
    "{name}（{region} {period}）：{expression} 不成立，左 {left}，右 {right}，差 {difference}，容差 {tolerance}{more} | "
    "{name} ({region} {period}): {expression} does not hold: left {left}, right {right}, difference {difference}, "
    "tolerance {tolerance}{more}",
    "逐一核对所涉单元格：{evidence} | check every cell involved: {evidence}",
    "方案 checks.cross 声明的指标间关系不成立，且差额不能用印出的精度解释。计算用精确小数，不作四舍五入。 | "
    "A relation between figures that the plan's checks.cross declares does not hold, and rounding in print does not "
    "explain the difference. The arithmetic is exact.",
    "per-10k * population = firms: 91.25 * 1302.66 against 138534",
)
CROSS_UNCERTAIN = warning(
    "RULE061",
    "勾稽关系不能确定 | cross-check is uncertain",
    "{name}（{region} {period}）：{expression} 在印出的精度内不能确定，左 {left}，右 {right}，差 {difference}，容差 {tolerance}{more} | "
    "{name} ({region} {period}): within printed precision {expression} is undecided: left {left}, right {right}, "
    "difference {difference}, tolerance {tolerance}{more}",
    "填写位数更多的数；或在方案中声明 tolerance 的 printed: true，视为成立 | "
    "give figures with more digits, or accept it with printed: true in the plan's tolerance",
    "差额超过容差，但没有超过各数修约可能带来的误差（13.05万 可以是 130450 到 130550）。既不能说对，也不能说错。 | "
    "The difference is above the tolerance, but not above what rounding of the figures can cause (13.05万 is anything "
    "from 130450 to 130550). It is neither right nor wrong.",
    "13.05万 against 130512",
)
CROSS_NOT_ASSESSABLE = note(
    "RULE062",
    "勾稽关系无法核对 | cross-check cannot be assessed",
    "{name}：{expression} 无法核对，缺{missing}{more} | "
    "{name}: {expression} cannot be assessed; missing: {missing}{more}",
    "补报所缺的数 | submit what is missing",
    "关系式中有的数没有报，或除数为零。无法核对不等于通过。 | "
    "A figure of the formula was not submitted, or a divisor is zero. What cannot be assessed has not passed.",
    "share = part / total * 100, without the total",
)
HANDED_IN_LATE = error(
    "RULE070",
    "逾期报送 | submitted late",
    "{year} 年数据应于 {due} 前报送，实际 {date}，逾期 {days} 天 | "
    "figures of {year} were due by {due}, submitted on {date}: {days} days late",
    "说明逾期原因；经同意的，申请豁免 | give the reason; if it was agreed, ask for a waiver",
    "方案 checks.hand_in 规定了各年数据的报送期限，当天报送不算逾期。报送日期由 --handed-in 给出，程序不看时钟。 | "
    "The plan's checks.hand_in says when the figures of a year are due, that day included. The date comes from the "
    "option, never from the clock.",
    "due: 2021-12-15; submitted on 2021-12-20",
)
PERIOD_NOT_OVER = warning(
    "RULE071",
    "报送时期尚未结束 | period not yet over",
    "{period} 在报送日 {date} 尚未结束，却没有标明是预计数：“{raw}”{count} | "
    "{period} was not over on {date}, yet the figure is not marked as an estimate: '{raw}'{count}",
    "标明“（预计）”，或改填累计数（如 1-11月） | mark it as an estimate, or give the year-to-date with its months",
    "年度没有结束就填了全年数，不是预计数，就是年份录错。 | "
    "A full-year figure before the year is over is a forecast, or belongs to another year.",
    "submitted on 2021-11-30: 2021 | 198031",
)
NO_DEADLINE = note(
    "RULE072",
    "该年没有规定报送期限 | no deadline declared for the year",
    "给出了报送日期 {date}，但方案没有规定 {year} 年数据的报送期限 | "
    "the date {date} was given, but the plan declares no deadline for the figures of {year}",
    "在方案 checks.hand_in 中加上该年的期限 | add the year to the plan's checks.hand_in",
    "没有期限就没有审核是否逾期。特此说明，以免误以为已经审过。 | "
    "Without a deadline, lateness was not checked; this note says so.",
    "ipstrong validate data.xlsx --handed-in 2022-01-10",
)
