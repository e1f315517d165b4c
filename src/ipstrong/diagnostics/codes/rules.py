"""RULE codes: what `ipstrong validate` says about a submission.

Numbers are grouped: 001 structure, 020 cells, 040 series, 060 cross-checks, 070 dates, 080 waivers. What the readers
find out themselves (hidden data, error values, unknown labels, missing units, figures that stand twice…) has DATA codes,
and `validate` shows both. `{count}` is empty for a single cell, else says how many cells there are and where.
"""

from __future__ import annotations

from ipstrong.diagnostics.finding import Code, Severity
from ipstrong.texts import Text

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

# --- Structure --------------------------------------------------------------------------------------------------------

NO_TABLE = Code(
    "RULE001",
    _E,
    Text("没有可识别的数据表", "no recognisable table"),
    Text("文件里没有读出任何数值", "not one figure was read from the file"),
    Text(
        "用 ipstrong inspect 查看读出了什么；或用 ipstrong template 生成的空表重新填报",
        "see what was understood with ipstrong inspect, or fill in the form that ipstrong template makes",
    ),
    Text(
        "文件能打开，但其中没有指标、时期和数值组成的表。没有数据就谈不上审核通过，所以这是错误。",
        "The file opens, but holds no table of indicators, periods and figures. Where there is nothing to judge, "
        "nothing has passed, so this is an error.",
    ),
    "a workbook that holds only a cover letter",
)
SHEET_MISSING = Code(
    "RULE002",
    _E,
    Text("缺少工作表", "missing sheet"),
    Text("缺少工作表“{sheet}”，现有：{present}", "sheet '{sheet}' is missing; there are: {present}"),
    Text(
        "补上该工作表；若只是名称不同（{nearest}），请改成方案要求的名称",
        "add the sheet; if it only bears another name ({nearest}), rename it",
    ),
    Text(
        "方案 checks.sheets 规定每个工作簿都要有这些工作表。缺表时绝不拿第一张表代替，以免审了别的表。",
        "The plan's checks.sheets names the sheets that every workbook must have. The first sheet is never taken "
        "instead: another table would be judged.",
    ),
    "checks.sheets: [企业]; the workbook has 企业数据 only",
)
REGION_UNKNOWN = Code(
    "RULE003",
    _W,
    Text("方案中没有的地区", "region that the plan does not name"),
    Text("方案中没有地区“{region}”{count}", "the plan names no region '{region}'{count}"),
    Text(
        "{nearest}改正名称，或在方案 regions 中加上这个地区或别名",
        "{nearest}correct the name, or add the region or an alias to the plan's regions",
    ),
    Text(
        "地区名称对不上时，数据不会计入任何目标。多一个字或用了简称都会这样。",
        "Figures of a region that the plan does not know count for no target. An abbreviation or one stray "
        "character is enough.",
    ),
    "地区: 东城去",
)
PERIOD_OUT_OF_PLAN = Code(
    "RULE004",
    _W,
    Text("时期超出方案年限", "period outside the plan's years"),
    Text(
        "时期“{period}”不在方案年限 {first}—{last} 之内{count}",
        "period '{period}' is not within {first} to {last}{count}",
    ),
    Text(
        "核对年份是否录错；确需更早或更晚的数据时，放宽 checks.years",
        "check the year; if it is meant, widen checks.years",
    ),
    Text(
        "方案 checks.years 写明数据应在哪些年份之内。超出的多半是年份录错，例如 2091 年。",
        "The plan's checks.years says which years data should be of. What lies outside is mostly a slip, such as 2091.",
    ),
    "2091年",
)
REQUIRED_INDICATOR = Code(
    "RULE007",
    _E,
    Text("缺少必报指标", "required indicator is absent"),
    Text(
        "缺少必报指标“{indicator}”（{region}），应报 {years}",
        "required indicator '{indicator}' ({region}) is absent; asked for: {years}",
    ),
    Text(
        "补报这一行；若表中已有而名称不同，改成方案的名称，或把它加为别名",
        "add it; if it is there under another name, use the plan's name or add an alias to the plan",
    ),
    Text(
        "方案 checks.required 列出的指标必须报送。整个指标一个数也没有读到。",
        "The plan's checks.required lists figures that must be handed in. Not one figure of this indicator was read.",
    ),
    "checks.required: - indicators: [firms]",
)
REQUIRED_YEAR = Code(
    "RULE008",
    _E,
    Text("缺少必报年份", "required year is absent"),
    Text("“{indicator}”（{region}）缺 {years}{cell}", "'{indicator}' ({region}) lacks {years}{cell}"),
    Text(
        "补上该年的数；确无数据的，说明原因并申请豁免",
        "give the figure; if there is none, say why and ask for a waiver",
    ),
    Text(
        "方案 checks.required 要求每个年份都有数。空格、“—”和“…”都不算数。",
        "The plan's checks.required asks for a figure of every year. A blank, a dash and an ellipsis are no figures.",
    ),
    "2018: 118868 | 2019: — | 2020: 160014",
)
MERGED_DATA = Code(
    "RULE010",
    _W,
    Text("数据单元格被合并", "merged data cells"),
    Text("数据单元格被合并：“{raw}”{count}", "data cells are merged: '{raw}'{count}"),
    Text("取消合并，每个时期、每个地区各填一格", "unmerge them and give every period and region a cell of its own"),
    Text(
        "合并后只有左上角一格有值，其余时期或地区为空；一个数究竟属于谁，机器与人都只能猜。",
        "Only the first cell of a merged range holds the value; for which of the periods or regions it stands can only "
        "be guessed.",
    ),
    "D7:E7 merged over 2019 and 2020",
)
TOTAL_AS_DATA = Code(
    "RULE011",
    _W,
    Text("合计行混入数据", "a total row taken for data"),
    Text("“{region}”像是合计：{why}{count}", "'{region}' looks like a total: {why}{count}"),
    Text("删去合计行，或在方案中说明它是哪个地区", "remove the total row, or say in the plan which region it is"),
    Text(
        "合计行若当作一个地区，求和会算两遍，排名也会错。名称是合计、总计之类，或数值恰为其余各地区之和的，都在此列。",
        "A total counted as a region doubles every sum and spoils every rank. Rows named total, and rows whose figures "
        "are exactly the sum of all others, are meant.",
    ),
    "合计 | 1,224 | 1,310",
)

# --- Cells ------------------------------------------------------------------------------------------------------------

TEXT_NUMBER = Code(
    "RULE020",
    _W,
    Text("数字存成了文本", "number stored as text"),
    Text("数字存成了文本：“{raw}”{count}", "a number is stored as text: '{raw}'{count}"),
    Text("选中单元格，转换为数字", "select the cells and convert them to numbers"),
    Text(
        "Excel 求和、作图时会跳过文本，不作提示；合计因此偏小。单元格左上角的绿色三角就是这个意思。",
        "Excel leaves text out of sums and charts without a word, so totals come out too small. The green corner of a "
        "cell means this.",
    ),
    "'138534",
)
FULL_WIDTH = Code(
    "RULE021",
    _W,
    Text("全角数字", "full-width digits"),
    Text("数字是全角字符：“{raw}”{count}", "digits are full-width characters: '{raw}'{count}"),
    Text("切换到半角重新输入", "type it again in half-width characters"),
    Text(
        "全角数字在 Excel 里是文本，不参与计算；有的程序会悄悄接受，有的会丢掉。",
        "Full-width digits are text to Excel and take no part in sums; some programs accept them silently, others drop them.",
    ),
    "９３.２",
)
NUMBER_WITH_WORDS = Code(
    "RULE022",
    _N,
    Text("数字与文字写在一格", "number and words in one cell"),
    Text("数字与文字写在一格：“{raw}”{count}", "a number and words share a cell: '{raw}'{count}"),
    Text("单元格里只填数字，单位和说明另列", "put the number alone into the cell, unit and remarks beside it"),
    Text(
        "“12.98万”能读懂，但在 Excel 里是文本，求和时会漏掉。",
        "12.98万 is understood, but to Excel it is text and missing from every sum.",
    ),
    "12.98万",
)
MAGNITUDE = Code(
    "RULE023",
    _W,
    Text("数量级与相邻时期不符", "magnitude off its neighbours"),
    Text(
        "“{label}”{region} {period} 的“{raw}”约为相邻的“{neighbour}”（{neighbour_place}）的 {factor}{count}",
        "'{label}' {region} {period}: '{raw}' is about {factor} its neighbour '{neighbour}' ({neighbour_place}){count}",
    ),
    Text(
        "核对单位：万与个混用差 10,000 倍，百分数与小数混用差 100 倍",
        "check the unit: 万 and ones differ 10,000 times, percents and fractions 100 times",
    ),
    Text(
        "同一指标的相邻时期相差 100 倍或 10,000 倍，几乎总是单位写错，例如本年填“13.9”（万家）而上年填“138534”（家）。",
        "Neighbouring periods that differ 100 or 10,000 times nearly always mean a mistaken unit: 13.9 (万家) this year "
        "beside 138534 (家) last year.",
    ),
    "2018: 118868 | 2019: 13.85",
)
SCALE_OF_COUNT = Code(
    "RULE034",
    _W,
    Text("计量单位可能多写了“万”", "unit perhaps ten thousand times too large"),
    Text(
        "“{label}”的“{raw}”按“{unit}”读作 {amount} {base}；以万计的数很少是这样的整数{count}",
        "'{label}': '{raw}' in {unit} reads as {amount} {base}; figures in ten-thousands are rarely whole ones like this{count}",
    ),
    Text(
        "核对单位：若以“{base}”计，改单位；确实无误的可以不管",
        "check the unit: correct it if {base} is meant; ignore this if it is right",
    ),
    Text(
        "表上的单位比方案的单位大一千倍以上，而数值是四位以上的整数。这多半是单位栏填错：数值按“件”填写，单位却写成“万件”。"
        "整行都错时，与相邻时期比较看不出来。",
        "The printed unit is a thousand times the plan's or more, and the figures are whole numbers of four digits or more. "
        "Mostly the unit was filled in wrongly: figures in ones under 万件. Where the whole row is off, no neighbour shows it.",
    ),
    "PCT国际申请量 | 万件 | 18081 | 17459",
)
FRACTION_OF_COUNT = Code(
    "RULE024",
    _E,
    Text("计数指标出现小数", "decimals in a count"),
    Text("“{label}”以“{unit}”计数，不应有小数：“{raw}”{count}", "'{label}' counts {unit} and cannot be '{raw}'{count}"),
    Text("填写整数；若以万计，写明单位", "give a whole number; if it is in ten-thousands, state that unit"),
    Text(
        "件、家、人是一个一个数出来的。出现小数，不是单位写错，就是把平均数、估算数当作实数填了。",
        "Firms, people and permits come in ones. A fraction means a mistaken unit, or an average given for a count.",
    ),
    "118868.5 家",
)
TOO_MANY_DECIMALS = Code(
    "RULE025",
    _N,
    Text("小数位数超过方案规定", "more decimals than the plan has"),
    Text(
        "“{label}”保留 {decimals} 位小数，此处为“{raw}”{count}",
        "'{label}' has {decimals} decimals, here is '{raw}'{count}",
    ),
    Text(
        "按方案的位数修约后填写（四舍六入五成双，GB/T 8170）",
        "round it to the plan's decimals (half to even, GB/T 8170)",
    ),
    Text(
        "多出的位数通常是公式算出来的，不是公布的数；与公布数核对时会对不上。",
        "Extra decimals mostly come out of a formula and are not the published figure, so the two will not agree.",
    ),
    "106.347368 with decimals: 2",
)
NEGATIVE_COUNT = Code(
    "RULE026",
    _E,
    Text("计数指标为负", "negative count"),
    Text(
        "“{label}”以“{unit}”计数，不应为负：“{raw}”{count}",
        "'{label}' counts {unit} and cannot be negative: '{raw}'{count}",
    ),
    Text("核对数值；若填的是增减量，改填总量", "check the figure; if it is a change, give the amount itself"),
    Text(
        "数量不会小于零。负数多半是把比上年的增减量填进了总量一栏。",
        "There cannot be fewer than none. Mostly the change against last year was put where the amount belongs.",
    ),
    "-3069 家",
)
OUT_OF_RANGE = Code(
    "RULE027",
    _E,
    Text("超出方案规定的范围", "outside the plan's range"),
    Text(
        "“{label}”{region} {period} 的“{raw}”{range}{count}",
        "'{label}' {region} {period}: '{raw}' {range}{count}",
    ),
    Text(
        "核对数值和单位；若数值属实，放宽方案 checks.values 的范围",
        "check figure and unit; if it is right, widen the range in the plan's checks.values",
    ),
    Text(
        "方案 checks.values 给出了可信的范围，两端都包括在内。",
        "The plan's checks.values gives the believable range, both ends included.",
    ),
    "max: 1000000; the cell holds 13853400",
)
SHARE_ABOVE_100 = Code(
    "RULE028",
    _E,
    Text("比重超过 100%", "share above 100 %"),
    Text(
        "“{label}”{region} {period} 是比重，不应为“{raw}”{count}",
        "'{label}' {region} {period} is a share and cannot be '{raw}'{count}",
    ),
    Text("核对分子分母和单位", "check numerator, denominator and unit"),
    Text(
        "部分不会大于总体。超过 100%，不是单位写错（把 0.52 写成 5200%），就是分子分母口径不同。",
        "A part is never more than the whole. The unit is wrong (0.52 given as 5200 %), or the two are counted differently.",
    ),
    "占总量比重 | 348 %",
)
NOT_FINITE = Code(
    "RULE029",
    _E,
    Text("不是有限的数", "not a finite number"),
    Text("“{label}”的值是“{raw}”，不是有限的数{count}", "'{label}' has '{raw}', which is no finite number{count}"),
    Text("填写实际数值；没有数据就留空", "give the figure, or leave the cell blank"),
    Text(
        "NaN 和 inf 是程序计算失败留下的痕迹，例如除以零，不是统计数据。",
        "NaN and inf are what a failed calculation leaves behind, such as a division by zero; they are no statistics.",
    ),
    "nan",
)
FOOTNOTE = Code(
    "RULE030",
    _N,
    Text("数值带脚注", "figure with a footnote"),
    Text("数值带脚注：“{raw}”{count}", "the figure carries a footnote: '{raw}'{count}"),
    Text(
        "读一读脚注：口径有变的，在方案 checks.breaks 中登记",
        "read the note; if the definition changed, enter it in the plan's checks.breaks",
    ),
    Text(
        "脚注常说明口径、范围变了，或数据是初步数。数值照常使用，但比较前要看脚注。",
        "Footnotes often say that definition or coverage changed. The figure is used, but read the note before comparing.",
    ),
    "138534①",
)
NOT_FINAL = Code(
    "RULE031",
    _N,
    Text("初步数或估计数", "provisional or estimated figure"),
    Text("{status}：“{raw}”{count}", "{status}: '{raw}'{count}"),
    Text("正式数公布后重新报送", "hand it in again when the final figure is out"),
    Text(
        "初步数、估计数会修订。照常计算，但据此得出的结论不是最后的。",
        "Provisional figures and estimates get revised. They are computed with, but what follows from them is not final.",
    ),
    "160014(初步)",
)
NOT_EXACT = Code(
    "RULE032",
    _N,
    Text("数值不是确数", "figure is only a bound"),
    Text("“{raw}”不是确数{count}", "'{raw}' is no exact figure{count}"),
    Text("填写确切的数", "give the exact figure"),
    Text(
        "“约”“超过”“近”只给出范围。数值落在目标线附近时，结论会是“不确定”。",
        "About, more than and nearly give a range only. Near the line the verdict will be uncertain.",
    ),
    "超过13万家",
)
MARKED_BREAK = Code(
    "RULE033",
    _N,
    Text("数值标有口径变化或修订", "figure marked as revised or as a break"),
    Text("{what}：“{raw}”{count}", "{what}: '{raw}'{count}"),
    Text(
        "与以前报送的数比较时注意；口径有变的，在方案 checks.breaks 中登记",
        "mind it when comparing; enter a break in the plan's checks.breaks",
    ),
    Text(
        "标记说明该数已修订、可靠性低，或从此换了口径。",
        "The mark says that the figure was revised, is unreliable, or begins a new definition.",
    ),
    "1763.38 b",
)

# --- Series -----------------------------------------------------------------------------------------------------------

STOCK_FALLS = Code(
    "RULE041",
    _E,
    Text("不应下降的指标下降了", "a figure that must not fall falls"),
    Text(
        "“{label}”{region} 从 {before_period} 的“{before}”（{before_place}）降到 {period} 的“{raw}”，降幅 {change}，允许 {tolerance}{count}",
        "'{label}' {region} falls from '{before}' in {before_period} ({before_place}) to '{raw}' in {period}: by {change}, {tolerance} is allowed{count}",
    ),
    Text(
        "核对两期的数；确有下降的，说明原因并申请豁免",
        "check both figures; if it did fall, say why and ask for a waiver",
    ),
    Text(
        "方案 checks.values 的 fall_pct 声明该指标（如有效量）不应下降。印出精度之内的下降不算。",
        "The plan's fall_pct in checks.values says that this figure, such as a stock in force, does not fall. A fall "
        "within the printed precision does not count.",
    ),
    "2019: 138534 | 2020: 118868",
)
JUMP = Code(
    "RULE042",
    _W,
    Text("与上期相比变动过大", "jump against the previous period"),
    Text(
        "“{label}”{region} 从 {before_period} 的“{before}”（{before_place}）到 {period} 的“{raw}”，变动 {change}，超过 ±{tolerance}{count}",
        "'{label}' {region} goes from '{before}' in {before_period} ({before_place}) to '{raw}' in {period}: {change}, more than ±{tolerance}{count}",
    ),
    Text(
        "核对两期的数和单位；口径有变的，在方案 checks.breaks 中登记",
        "check both figures and the unit; enter a change of definition in the plan's checks.breaks",
    ),
    Text(
        "方案 checks.values 的 jump_pct 给出每期可信的最大变动；中间缺几期的，按复利放宽。已登记的口径变化处不作比较。",
        "The plan's jump_pct in checks.values is the largest believable change a period; over missing periods it is "
        "compounded. Across a declared break nothing is compared.",
    ),
    "2018: 1343.88 | 2019: 1763.38 with jump_pct: 20",
)
OUT_OF_LINE = Code(
    "RULE047",
    _W,
    Text("与前后两期都差数倍", "several times off both neighbours"),
    Text(
        "“{label}”{region} {period} 的“{raw}”是前一期“{before}”（{before_place}）的 {factor} 倍，与后一期也相差数倍{count}",
        "'{label}' {region} '{raw}' in {period} is {factor} times '{before}' before it ({before_place}), and as far off the one after{count}",
    ),
    Text(
        "核对口径：可能是普查或抽样比不同的年份，或单位不同；确实如此的，分开列示并加注",
        "check the definition: a census or another sampling fraction, or another unit; if so, set it apart with a note",
    ),
    Text(
        "一个数比前后两期都大（或小）五倍以上，往往是口径不同：例如抽样比为 1% 的年份夹在 1‰ 的年份之间，相差约 20 倍。20 以下的数不作此判断。",
        "A figure five times above, or below, both neighbours is often made in another way: a year with a one-per-cent sample "
        "among years with one per mille. Figures below 20 are not judged.",
    ),
    "2014: 17740 | 2015: 335775 | 2016: 18230",
)
YTD_FALLS = Code(
    "RULE043",
    _E,
    Text("年内累计数没有增长", "year-to-date does not grow"),
    Text(
        "“{label}”{region} 的累计数从 {before_period} 的“{before}”（{before_place}）降到 {period} 的“{raw}”{count}",
        "'{label}' {region}: the year-to-date falls from '{before}' in {before_period} ({before_place}) to '{raw}' in {period}{count}",
    ),
    Text("核对是否把当月数填成了累计数", "check whether a month's own figure was given for the year-to-date"),
    Text(
        "累计数只增不减，全年数不会小于前几个月的累计数。",
        "A year-to-date only grows, and the full year is not less than any part of it.",
    ),
    "1-6月: 70638 | 1-9月: 25120",
)
REPEATED_COLUMN = Code(
    "RULE044",
    _W,
    Text("整列与上期相同", "a column repeats the one before"),
    Text(
        "{period} 的 {n} 个数与 {before_period}（{before_place}）完全相同：“{raw}”等{count}",
        "all {n} figures of {period} equal those of {before_period} ({before_place}): '{raw}' and so on{count}",
    ),
    Text("核对是否复制了上期的列而没有更新", "check whether the earlier column was copied and not updated"),
    Text(
        "一列里所有数都与上期分毫不差，多半是复制后忘了改。至少三个非零的数都相同才会提示。",
        "When every figure of a period equals the one before to the last digit, the column was probably copied. It takes "
        "at least three figures other than zero.",
    ),
    "2019: 1224, 8, 120 | 2020: 1224, 8, 120",
)
DECLARED_BREAK = Code(
    "RULE045",
    _N,
    Text("序列跨越口径变化", "series crosses a break"),
    Text(
        "“{label}”{region} 从 {year} 年起口径有变：{reason}",
        "'{label}' {region} is counted differently from {year} on: {reason}",
    ),
    Text(
        "前后不要直接比较；需要比较的，换算成同一口径", "do not compare across it, or convert to one definition first"
    ),
    Text(
        "方案 checks.breaks 登记了这一变化。前后的差别不全是增减，其中一部分是口径。",
        "The plan's checks.breaks lists this break. Part of the difference is not growth but definition.",
    ),
    "2019: 1343.88 | 2020: 1763.38 (census revision)",
)
LABEL_CHANGES = Code(
    "RULE046",
    _N,
    Text("序列中途换了名称", "series goes on under another label"),
    Text(
        "“{indicator}”{region} 从 {period} 起名称由“{before}”（{before_place}）变为“{label}”{count}",
        "'{indicator}' {region}: from {period} on the label is '{label}', before it was '{before}' ({before_place}){count}",
    ),
    Text(
        "确认口径没有变；变了的，在方案 checks.breaks 中登记，或分作两个指标",
        "make sure the definition is the same; if not, enter a break in checks.breaks or make two indicators",
    ),
    Text(
        "名称变了往往是口径变了，例如由受理量改为申请量。两段都对上了同一个指标，会连成一条序列。",
        "A new name often means a new definition, such as applications received and applications filed. Both were matched "
        "to one indicator and form one series.",
    ),
    "受理件数 (2016) | 申请件数 (2017)",
)

# --- Cross-checks -----------------------------------------------------------------------------------------------------

CROSS_FAILS = Code(
    "RULE060",
    _E,
    Text("勾稽关系不成立", "cross-check fails"),
    Text(
        "{name}（{region} {period}）：{expression} 不成立，左 {left}，右 {right}，差 {difference}，容差 {tolerance}{more}",
        "{name} ({region} {period}): {expression} does not hold: left {left}, right {right}, difference {difference}, "
        "tolerance {tolerance}{more}",
    ),
    Text("逐一核对所涉单元格：{evidence}", "check every cell involved: {evidence}"),
    Text(
        "方案 checks.cross 声明的指标间关系不成立，且差额不能用印出的精度解释。计算用精确小数，不作四舍五入。",
        "A relation between figures that the plan's checks.cross declares does not hold, and rounding in print does not "
        "explain the difference. The arithmetic is exact.",
    ),
    "per-10k * population = firms: 91.25 * 1302.66 against 138534",
)
CROSS_UNCERTAIN = Code(
    "RULE061",
    _W,
    Text("勾稽关系不能确定", "cross-check is uncertain"),
    Text(
        "{name}（{region} {period}）：{expression} 在印出的精度内不能确定，左 {left}，右 {right}，差 {difference}，容差 {tolerance}{more}",
        "{name} ({region} {period}): within printed precision {expression} is undecided: left {left}, right {right}, "
        "difference {difference}, tolerance {tolerance}{more}",
    ),
    Text(
        "填写位数更多的数；或在方案中声明 tolerance 的 printed: true，视为成立",
        "give figures with more digits, or accept it with printed: true in the plan's tolerance",
    ),
    Text(
        "差额超过容差，但没有超过各数修约可能带来的误差（13.05万 可以是 130450 到 130550）。既不能说对，也不能说错。",
        "The difference is above the tolerance, but not above what rounding of the figures can cause (13.05万 is anything "
        "from 130450 to 130550). It is neither right nor wrong.",
    ),
    "13.05万 against 130512",
)
CROSS_NOT_ASSESSABLE = Code(
    "RULE062",
    _N,
    Text("勾稽关系无法核对", "cross-check cannot be assessed"),
    Text(
        "{name}：{expression} 无法核对，缺{missing}{more}",
        "{name}: {expression} cannot be assessed; missing: {missing}{more}",
    ),
    Text("补报所缺的数", "hand in what is missing"),
    Text(
        "关系式中有的数没有报，或除数为零。无法核对不等于通过。",
        "A figure of the formula was not handed in, or a divisor is zero. What cannot be assessed has not passed.",
    ),
    "share = part / total * 100, without the total",
)

# --- Dates ------------------------------------------------------------------------------------------------------------

HANDED_IN_LATE = Code(
    "RULE070",
    _E,
    Text("逾期报送", "handed in late"),
    Text(
        "{year} 年数据应于 {due} 前报送，实际 {date}，逾期 {days} 天",
        "figures of {year} were due by {due}, handed in on {date}: {days} days late",
    ),
    Text("说明逾期原因；经同意的，申请豁免", "give the reason; if it was agreed, ask for a waiver"),
    Text(
        "方案 checks.hand_in 规定了各年数据的报送期限，当天报送不算逾期。报送日期由 --handed-in 给出，程序不看时钟。",
        "The plan's checks.hand_in says when the figures of a year are due, that day included. The date comes from the "
        "option, never from the clock.",
    ),
    "due: 2021-12-15; handed in on 2021-12-20",
)
PERIOD_NOT_OVER = Code(
    "RULE071",
    _W,
    Text("报送时期尚未结束", "period not yet over"),
    Text(
        "{period} 在报送日 {date} 尚未结束，却没有标明是预计数：“{raw}”{count}",
        "{period} was not over on {date}, yet the figure is not marked as an estimate: '{raw}'{count}",
    ),
    Text(
        "标明“（预计）”，或改填累计数（如 1-11月）", "mark it as an estimate, or give the year-to-date with its months"
    ),
    Text(
        "年度没有结束就填了全年数，不是预计数，就是年份录错。",
        "A full-year figure before the year is over is a forecast, or belongs to another year.",
    ),
    "handed in on 2021-11-30: 2021 | 198031",
)
NO_DEADLINE = Code(
    "RULE072",
    _N,
    Text("该年没有规定报送期限", "no deadline declared for the year"),
    Text(
        "给出了报送日期 {date}，但方案没有规定 {year} 年数据的报送期限",
        "the date {date} was given, but the plan declares no deadline for the figures of {year}",
    ),
    Text("在方案 checks.hand_in 中加上该年的期限", "add the year to the plan's checks.hand_in"),
    Text(
        "没有期限就没有审核是否逾期。特此说明，以免误以为已经审过。",
        "Without a deadline, lateness was not judged. This says so, lest it be taken for a pass.",
    ),
    "ipstrong validate data.xlsx --handed-in 2022-01-10",
)

# --- Waivers ----------------------------------------------------------------------------------------------------------

WAIVERS_UNREADABLE = Code(
    "RULE080",
    _E,
    Text("豁免清单无法读取", "waivers file cannot be read"),
    Text("豁免清单无法读取：{problem}", "the waivers file cannot be read: {problem}"),
    Text("检查路径、编码（UTF-8）和 YAML 写法", "check the path, the encoding (UTF-8) and the YAML"),
    Text(
        "豁免清单读不出来时，不能当作没有豁免，更不能当作全部豁免，所以是错误。",
        "A waivers file that cannot be read is neither an empty one nor a full pardon, so this is an error.",
    ),
    "- code: RULE042\n   place: [",
)
WAIVERS_NOT_A_LIST = Code(
    "RULE081",
    _E,
    Text("豁免清单结构不对", "waivers file has the wrong shape"),
    Text("这里应为{expected}", "expected {expected} here"),
    Text(
        "写成列表，每项有 code、place 或 series、reason、who、expires",
        "write a list whose entries have code, place or series, reason, who and expires",
    ),
    Text("清单是一个列表，一项豁免一个条目。", "The file is a list with one entry a waiver."),
    "code: RULE042",
)
WAIVER_KEY = Code(
    "RULE082",
    _E,
    Text("豁免条目有未知或重复的键", "unknown or repeated key in a waiver"),
    Text("{problem}“{key}”", "{problem} '{key}'"),
    Text(
        "{nearest}可用的键：code、place、series、reason、who、expires",
        "{nearest}the keys are: code, place, series, reason, who, expires",
    ),
    Text(
        "写错的键若被忽略，豁免的范围或期限就与本意不同。",
        "A misspelt key that is ignored would change what is waived, or for how long.",
    ),
    "expire: 2026-12-31",
)
WAIVER_FIELD_MISSING = Code(
    "RULE083",
    _E,
    Text("豁免条目不完整", "incomplete waiver"),
    Text("豁免条目缺少“{key}”", "the waiver lacks '{key}'"),
    Text("补上“{key}”", "add '{key}'"),
    Text(
        "每项豁免都要写明豁免什么（code）、在哪里（place 或 series）、为什么（reason）、谁批准（who）、到哪天为止（expires）。不限定位置的豁免会掩盖以后的错误，不予接受。",
        "Every waiver says what (code), where (place or series), why (reason), who agreed (who) and until when (expires). "
        "One without a place or series would hide errors yet to come and is refused.",
    ),
    "- code: RULE042",
)
WAIVER_VALUE = Code(
    "RULE084",
    _E,
    Text("豁免条目的值不对", "bad value in a waiver"),
    Text("“{key}”的值“{value}”不对：应为{expected}", "'{value}' is no value for '{key}': expected {expected}"),
    Text("改正这个值", "correct the value"),
    Text(
        "日期写成 2026-12-31，代码写成 RULE042，其余为文字。",
        "Dates are written 2026-12-31, codes RULE042, all else is text.",
    ),
    "expires: next year",
)
WAIVER_CODE_UNKNOWN = Code(
    "RULE085",
    _E,
    Text("豁免的代码不存在", "waiver for an unknown code"),
    Text("没有代码“{value}”", "there is no code '{value}'"),
    Text("{nearest}用 ipstrong rules 查看全部代码", "{nearest}ipstrong rules lists all codes"),
    Text(
        "代码写错的豁免永远不会生效。",
        "A waiver for a code that does not exist would never take effect.",
    ),
    "code: RULE42",
)
WAIVER_EXPIRED = Code(
    "RULE086",
    _E,
    Text("豁免已过期", "expired waiver"),
    Text("{waived} 的豁免（{where}）已于 {expires} 到期", "the waiver of {waived} ({where}) expired on {expires}"),
    Text(
        "改正数据并删去这一条；仍需豁免的，由 {who} 重新审批并更新 expires",
        "mend the data and remove the entry, or have {who} renew it with a new date",
    ),
    Text(
        "豁免有期限，到期当日仍有效。过期的豁免不再生效，所豁免的问题会重新出现。",
        "Waivers end; the last day is included. An expired one no longer covers anything, and its findings are back.",
    ),
    "expires: 2021-12-31",
)
WAIVER_UNUSED = Code(
    "RULE087",
    _W,
    Text("豁免没有用到", "unused waiver"),
    Text("{waived} 的豁免（{where}）没有对应的问题", "the waiver of {waived} ({where}) covers nothing"),
    Text(
        "问题已解决的，删去这一条；否则核对 place 或 series",
        "remove it if the matter is settled, else check place or series",
    ),
    Text(
        "没有用到的豁免，要么问题已经改好，要么位置写错。留着它会掩盖将来同一位置的错误。",
        "Either the data was mended or the place is wrong. Left in the file it would hide the next error at that place.",
    ),
    "place: data.xlsx[企业!D8]",
)
