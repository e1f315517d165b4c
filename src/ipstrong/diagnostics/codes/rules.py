"""RULE codes: what `ipstrong validate` reports on structure (001) and cells (020).

The module `series` has series (040), cross-checks (060) and dates (070), `waivers` has 080. What readers and matching find has DATA codes,
and `validate` shows both. `{count}` is empty for a single cell, else says how many cells there are and where.
"""

from __future__ import annotations

from ipstrong.diagnostics.finding import error, note, warning

NO_TABLE = error(
    "RULE001",
    "没有可识别的数据表 | no recognisable table",
    "文件里没有读出任何数值 | not one figure was read from the file",
    "用 ipstrong inspect 查看读出了什么；或用 ipstrong template 生成的空表重新填报 | "
    "see what was understood with ipstrong inspect, or fill in the form that ipstrong template makes",
    "文件能打开，但其中没有指标、时期和数值组成的表。没有数据就谈不上审核通过，所以这是错误。 | "
    "The file opens, but holds no table of indicators, periods and figures. Where there is nothing to check, nothing "
    "has passed, so this is an error.",
    "a workbook that holds only a cover letter",
)
SHEET_MISSING = error(
    "RULE002",
    "缺少工作表 | missing sheet",
    "缺少工作表“{sheet}”，现有：{present} | sheet '{sheet}' is missing; there are: {present}",
    "{nearest}补上该工作表；若只是名称不同，请改名 | {nearest}add the sheet, or rename it if it has another name",
    "方案 checks.sheets 规定每个工作簿都要有这些工作表。缺表时绝不拿第一张表代替，以免审了别的表。 | "
    "The plan's checks.sheets names the sheets that every workbook must have. The first sheet is never taken instead: "
    "another table would be checked.",
    "checks.sheets: [企业]; the workbook has 企业数据 only",
)
REGION_UNKNOWN = warning(
    "RULE003",
    "方案中没有的地区 | region that the plan does not name",
    "方案中没有地区“{region}”{count} | the plan names no region '{region}'{count}",
    "{nearest}改正名称，或在方案 regions 中加上这个地区或别名 | "
    "{nearest}correct the name, or add the region or an alias to the plan's regions",
    "地区名称对不上时，数据不会计入任何目标。多一个字或用了简称都会这样。 | "
    "Figures of a region that the plan does not know count for no target. An abbreviation or one stray character is "
    "enough.",
    "地区: 东城去",
)
PERIOD_OUT_OF_PLAN = warning(
    "RULE004",
    "时期超出方案年限 | period outside the plan's years",
    "时期“{period}”不在方案年限 {first}—{last} 之内{count} | period '{period}' is not within {first} to {last}{count}",
    "核对年份是否录错；确需更早或更晚的数据时，放宽 checks.years | check the year; if it is meant, widen checks.years",
    "方案 checks.years 写明数据应在哪些年份之内。超出的多半是年份录错，例如 2091 年。 | "
    "The plan's checks.years says which years data should be of. What lies outside is mostly a slip, such as 2091.",
    "2091年",
)
REQUIRED_INDICATOR = error(
    "RULE007",
    "缺少必报数据 | required figure is absent",
    "缺少必报指标“{indicator}”（{region}），应报 {years} | "
    "required indicator '{indicator}' ({region}) is absent; asked for: {years}",
    "补报这一行；若表中已有而名称不同，改成方案的名称，或把它加为别名 | "
    "add it; if it is there under another name, use the plan's name or add an alias to the plan",
    "方案 checks.required 列出的指标每年都必须报送。空格、“—”和“…”都不算数。 | "
    "The plan's checks.required lists figures that must be submitted for every year. A blank, a dash and an ellipsis "
    "are no figures.",
    "checks.required: - indicators: [firms]",
)
REQUIRED_YEAR = REQUIRED_INDICATOR.case(
    "RULE008",
    "“{indicator}”（{region}）缺 {years}{cell} | '{indicator}' ({region}) lacks {years}{cell}",
    "补上该年的数；确无数据的，说明原因并申请豁免 | give the figure; if there is none, say why and ask for a waiver",
)
MERGED_DATA = warning(
    "RULE010",
    "数据单元格被合并 | merged data cells",
    "数据单元格被合并：“{raw}”{count} | data cells are merged: '{raw}'{count}",
    "取消合并，每个时期、每个地区各填一格 | unmerge them and give every period and region a cell of its own",
    "合并后只有左上角一格有值，其余时期或地区为空；一个数究竟属于谁，机器与人都只能猜。 | "
    "Only the first cell of a merged range holds the value; which of the periods or regions it belongs to can only be "
    "guessed.",
    "D7:E7 merged over 2019 and 2020",
)
TOTAL_AS_DATA = warning(
    "RULE011",
    "合计行混入数据 | a total row taken for data",
    "“{region}”像是合计：{why}{count} | '{region}' looks like a total: {why}{count}",
    "删去合计行，或在方案中说明它是哪个地区 | remove the total row, or say in the plan which region it is",
    "合计行若当作一个地区，求和会算两遍，排名也会错。名称是合计、总计之类，或数值恰为其余各地区之和的，都在此列。 | "
    "A total counted as a region doubles every sum and spoils every rank. Rows named total, and rows whose figures are "
    "exactly the sum of all others, are meant.",
    "合计 | 1,224 | 1,310",
)
TEXT_NUMBER = warning(
    "RULE020",
    "数字存成了文本 | number stored as text",
    "数字存成了文本：“{raw}”{count} | a number is stored as text: '{raw}'{count}",
    "选中单元格，转换为数字 | select the cells and convert them to numbers",
    "Excel 求和、作图时会跳过文本（全角数字也是文本），不作提示；合计因此偏小。单元格左上角的绿色三角就是这个意思。 | "
    "Excel leaves text, full-width digits too, out of sums and charts without a word, so totals come out too small. "
    "The green corner of a cell means this.",
    "'138534",
)
FULL_WIDTH = TEXT_NUMBER.case(
    "RULE021",
    "数字是全角字符：“{raw}”{count} | digits are full-width characters: '{raw}'{count}",
    "切换到半角重新输入 | type it again in half-width characters",
)
NUMBER_WITH_WORDS = note(
    "RULE022",
    "数字与文字写在一格 | number and words in one cell",
    "数字与文字写在一格：“{raw}”{count} | a number and words share a cell: '{raw}'{count}",
    "单元格里只填数字，单位和说明另列 | put the number alone into the cell, unit and remarks next to it",
    "“12.98万”能读懂，但在 Excel 里是文本，求和时会漏掉。 | "
    "12.98万 is understood, but to Excel it is text and missing from every sum.",
    "12.98万",
)
MAGNITUDE = warning(
    "RULE023",
    "数量级不符 | magnitude is off",
    "“{label}”{region} {period} 的“{raw}”约为相邻的“{neighbour}”（{neighbour_place}）的 {factor}{count} | "
    "'{label}' {region} {period}: '{raw}' is about {factor} its neighbour '{neighbour}' ({neighbour_place}){count}",
    "核对单位：万与个混用差 10,000 倍，百分数与小数混用差 100 倍 | "
    "check the unit: 万 and ones differ 10,000 times, percents and fractions 100 times",
    "同一指标的相邻时期相差 100 倍或 10,000 倍，几乎总是单位写错，例如本年填“13.9”（万家）而上年填“138534”（家）。表上的单位比方案的大一千倍以上而数值是四位以上的整数，多半是按“件”填写却写成“万件”；整行都错时，与相邻时期比较看不出来。 | "
    "Neighbouring periods that differ 100 or 10,000 times nearly always mean a mistaken unit: 13.9 (万家) this year "
    "after 138534 (家) last year. A unit a thousand times the plan's over whole numbers of four digits mostly means "
    "figures in ones under 万件; where a whole row is off, no neighbour shows it.",
    "2018: 118868 | 2019: 13.85",
)
SCALE_OF_COUNT = MAGNITUDE.case(
    "RULE034",
    "“{label}”的“{raw}”按“{unit}”读作 {amount} {base}；以“{unit}”计的数很少是这样的整数{count} | "
    "'{label}': '{raw}' in {unit} reads as {amount} {base}; figures in {unit} are rarely whole ones like this{count}",
    "核对单位：若以“{base}”计，改单位；确实无误的可以不管 | "
    "check the unit: correct it if {base} is meant; ignore this if it is right",
)
FRACTION_OF_COUNT = error(
    "RULE024",
    "计数指标出现小数 | decimals in a count",
    "“{label}”以“{unit}”计数，不应有小数：“{raw}”{count} | '{label}' counts {unit} and cannot be '{raw}'{count}",
    "填写整数；若以万计，写明单位 | give a whole number; if it is in ten-thousands, state that unit",
    "件、家、人是一个一个数出来的。出现小数，不是单位写错，就是把平均数、估算数当作实数填了。 | "
    "Firms, people and permits come in ones. A fraction means a mistaken unit, or an average given for a count.",
    "118868.5 家",
)
TOO_MANY_DECIMALS = note(
    "RULE025",
    "小数位数超过方案规定 | more decimals than the plan has",
    "“{label}”保留 {decimals} 位小数，此处为“{raw}”{count} | '{label}' has {decimals} decimals, here is '{raw}'{count}",
    "按方案的位数修约后填写（四舍六入五成双，GB/T 8170） | round it to the plan's decimals (half to even, GB/T 8170)",
    "多出的位数通常是公式算出来的，不是公布的数；与公布数核对时会对不上。 | "
    "Extra decimals mostly come out of a formula and are not the published figure, so the two will not agree.",
    "106.347368 with decimals: 2",
)
NEGATIVE_COUNT = error(
    "RULE026",
    "不可能的数值 | impossible value",
    "“{label}”以“{unit}”计数，不应为负：“{raw}”{count} | "
    "'{label}' counts {unit} and cannot be negative: '{raw}'{count}",
    "核对数值；若填的是增减量，改填总量 | check the figure; if it is a change, give the amount itself",
    "数量不会小于零，负数多半是把比上年的增减量填进了总量一栏；部分不会大于总体；NaN 和 inf 是程序计算失败留下的痕迹。 | "
    "There cannot be fewer than none (mostly the change against last year was given), a part is never more than the "
    "whole, and NaN and inf are what a failed calculation leaves behind.",
    "-3069 家",
)
SHARE_ABOVE_100 = NEGATIVE_COUNT.case(
    "RULE028",
    "“{label}”{region} {period} 是比重，不应为“{raw}”{count} | "
    "'{label}' {region} {period} is a share and cannot be '{raw}'{count}",
    "核对分子分母和单位 | check numerator, denominator and unit",
)
NOT_FINITE = NEGATIVE_COUNT.case(
    "RULE029",
    "“{label}”的值是“{raw}”，不是有限的数{count} | '{label}' has '{raw}', which is no finite number{count}",
    "填写实际数值；没有数据就留空 | give the figure, or leave the cell blank",
)
OUT_OF_RANGE = error(
    "RULE027",
    "超出方案规定的范围 | outside the plan's range",
    "“{label}”{region} {period} 的“{raw}”{range}{count} | '{label}' {region} {period}: '{raw}' {range}{count}",
    "核对数值和单位；若数值属实，放宽方案 checks.values 的范围 | "
    "check figure and unit; if it is right, widen the range in the plan's checks.values",
    "方案 checks.values 给出了可信的范围，两端都包括在内。 | "
    "The plan's checks.values gives the believable range, both ends included.",
    "max: 1000000; the cell holds 13853400",
)
FOOTNOTE = note(
    "RULE030",
    "数值带脚注或标记 | figure with a footnote or a mark",
    "数值带脚注：“{raw}”{count} | the figure carries a footnote: '{raw}'{count}",
    "读一读脚注：口径有变的，在方案 checks.breaks 中登记 | "
    "read the note; if the definition changed, enter it in the plan's checks.breaks",
    "脚注和标记常说明口径、范围变了，数已修订或可靠性低。数值照常使用，但比较前要看脚注。 | "
    "Footnotes and marks often say that definition or coverage changed, or that the figure was revised or is "
    "unreliable. It is used, but read the note before comparing.",
    "138534①",
)
MARKED_BREAK = FOOTNOTE.case(
    "RULE033",
    "{what}：“{raw}”{count} | {what}: '{raw}'{count}",
    "与以前报送的数比较时注意；口径有变的，在方案 checks.breaks 中登记 | "
    "mind it when comparing; enter a break in the plan's checks.breaks",
)
NOT_FINAL = note(
    "RULE031",
    "不是正式的确数 | figure is not final or not exact",
    "{status}：“{raw}”{count} | {status}: '{raw}'{count}",
    "正式数公布后重新报送 | submit it again when the final figure is out",
    "初步数、估计数会修订；“约”“超过”“近”只给出范围。照常计算，但据此得出的结论不是最后的，在目标线附近会是“不确定”。 | "
    "Provisional figures and estimates get revised; about, more than and nearly give a range. They are computed with, "
    "but the verdict is not final, and uncertain near the line.",
    "160014(初步)",
)
NOT_EXACT = NOT_FINAL.case(
    "RULE032", "“{raw}”不是确数{count} | '{raw}' is no exact figure{count}", "填写确切的数 | give the exact figure"
)
