"""PLAN codes: how the parts of a plan must fit together: names, references, dimensions, years, formulas."""

from __future__ import annotations

from ipstrong.diagnostics.codes.plan import BAD_ID, DUPLICATE_KEY
from ipstrong.diagnostics.finding import error, warning

DUPLICATE_ID = error(
    "PLAN030",
    "编号重复 | duplicate id",
    "{what} '{id}' 重复，前一处在第 {first} 行 | {what} '{id}' is repeated; the first is in line {first}",
    "改成不同的编号 | give each its own",
    "编号相同就分不清引用的是哪一个。 | With the same id nobody can tell which one is meant.",
    "id: valid-patents (twice)",
)
UNKNOWN_REFERENCE = error(
    "PLAN031",
    "引用的对象不存在 | unknown reference",
    "方案里没有{what} '{id}' | the plan has no {what} '{id}'",
    "{suggestion}可用的见 {section} | {suggestion}those declared are under {section}",
    "引用的编号必须在方案里声明。 | An id that is referred to must be declared in the plan.",
    "indicator: valid-patent",
)
DUPLICATE_ALIAS = error(
    "PLAN032",
    "同一名称指两个对象 | one name for two things",
    "名称 '{alias}' 已属于 '{owner}'（第 {first} 行） | the name '{alias}' already belongs to '{owner}' (line {first})",
    "删去其中一处 | remove one of the two",
    "数据表里出现这个名称或单位时，无法判断指哪一个。 | "
    "When a table uses the name or the unit, nobody can tell which one is meant.",
    "aliases: [专利授权量] (under two indicators)",
)
UNIT_ALIAS_CLASH = DUPLICATE_ALIAS.case(
    "PLAN048",
    "'{alias}' 已是单位 '{owner}' 的写法 | '{alias}' is already a spelling of the unit '{owner}'",
    "换一个别名 | choose another alias",
)
NATURE_MISMATCH = error(
    "PLAN043",
    "测度用不上 | measure does not fit",
    "{measure} 不能用于性质为 {nature} 的指标 '{indicator}' | "
    "{measure} cannot be taken of '{indicator}', whose nature is {nature}",
    "{fix} | {fix}",
    "比率和位次不能逐年累加；位次不能再排位次或求增长，越小越好，只能用 <= 或 <。 | "
    "Rates and ranks do not add up over years. A rank is not ranked again and has no growth; a smaller one is better, "
    "so it takes <= or < only.",
    "measure: cumulative (of a share)",
)
COMPARATOR_MISMATCH = NATURE_MISMATCH.case(
    "PLAN033",
    "测度 {measure} 不能用比较符 '{comparator}' | measure {measure} cannot use comparator '{comparator}'",
    "可用：{choices} | choose from: {choices}",
)
UNIT_MISMATCH = error(
    "PLAN034",
    "单位不符 | units do not fit",
    "单位 '{unit}' 不能换算成 '{other}' | unit '{unit}' cannot be converted to '{other}'",
    "{fix} | {fix}",
    "目标值须与指标同一量纲；增速用 %，位次用 位。派生指标的单位等于分子单位除以分母单位，倍数也由单位而定：每万人用 10000，百分比用 100。 | "
    "A target value has its indicator's dimension; growth is in %, a rank in 位. A derived indicator's unit is the "
    "numerator's over the denominator's, and sets the scale: 10000 for per 10,000 people, 100 for a percent.",
    "unit: 家 (for an indicator in 件)",
)
RATIO_MISMATCH = UNIT_MISMATCH.case(
    "PLAN035", "{numerator} 除以 {denominator} 的单位不是 '{unit}' | {numerator} over {denominator} is not in '{unit}'"
)
SCALE_MISMATCH = UNIT_MISMATCH.case(
    "PLAN036",
    "倍数 {scale} 与单位 '{unit}' 不符，应为 {expected} | "
    "scale {scale} does not fit unit '{unit}', it should be {expected}",
    "改成 scale: {expected}，或改单位 | write scale: {expected}, or change the unit",
)
CIRCULAR_RATIO = error(
    "PLAN037",
    "派生指标互相引用 | circular derived indicators",
    "派生指标互相引用：{chain} | derived indicators refer to each other: {chain}",
    "分子、分母改用观测指标 | use observed indicators above and below",
    "互相引用的指标永远算不出来。 | Indicators that need each other can never be computed.",
    "a: a / b, b: b / a",
)
RANK_WITHOUT_PEERS = error(
    "PLAN038",
    "位次没有可比地区 | rank without peers",
    "位次目标既没有可比地区，也没有公布的位次 | the rank has neither peers nor a reported rank",
    "在 regions 里声明 kind: peer 的地区，或写 reported_rank | declare regions of kind: peer, or give reported_rank",
    "只有自己一家，就总是第一。 | Whoever runs alone is always first.",
    "measure: rank",
)
YEARS_OUT_OF_ORDER = error(
    "PLAN039",
    "次序颠倒 | values in the wrong order",
    "{earlier} 不应{relation} {later} | {earlier} must not be {relation} {later}",
    "检查 base_year、start_year、end_year 和 deadline | check base_year, start_year, end_year and deadline",
    "基期在前，期限在后，增长至少要隔一年；下限不大于上限；偏慢的阈值小于同步的阈值。 | "
    "The base comes first, the deadline last, and growth needs a year between; a lower bound is not above the upper "
    "one, slow is below on_track.",
    "base_year: 2022\ndeadline: 2021",
)
REVERSED_RANGE = YEARS_OUT_OF_ORDER.case(
    "PLAN040",
    "下限 {lower} 大于上限 {upper} | the lower bound {lower} is above the upper bound {upper}",
    "交换两个数 | swap the two",
)
PACE_MISMATCH = YEARS_OUT_OF_ORDER.case(
    "PLAN046",
    "on_track {on_track} 应大于 slow {slow}，且两者大于 0 | "
    "on_track {on_track} must be above slow {slow}, and both above 0",
    "按“同步 0.95、偏慢 0.60”这样的次序写 | write them in order, such as on_track: 0.95, slow: 0.60",
)
YEARS_REVERSED = YEARS_OUT_OF_ORDER.case(
    "PLAN065",
    "首年 {first} 晚于末年 {last} | the first year {first} is after the last year {last}",
    "交换两个年份 | swap the two",
)
IDLE_CONVENTION = warning(
    "PLAN041",
    "没有作用的条目 | entry without an effect",
    "口径 '{id}' 与口径 '{other}' 的算法完全相同 | convention '{id}' computes exactly as '{other}' does",
    "写出它不同的地方，或删去 | say what differs, or remove it",
    "口径是另一种算法，没有不同只会让人以为核对过两遍。没有要求就什么也不审核。别名不分全角、半角和大小写。 | "
    "A convention is another way to compute; without a difference it only seems to be a second check. An entry without "
    "an expectation checks nothing. Aliases ignore full width, half width and letter case.",
    "conventions: [{id: a, mean: geometric}, {id: b}]",
)
SELF_ALIAS = IDLE_CONVENTION.case(
    "PLAN047",
    "别名 '{alias}' 与本条的名称或别名相同 | the alias '{alias}' repeats the name or another alias of the same entry",
    "删去这个别名 | remove the alias",
)
EXPECTATION_EMPTY = IDLE_CONVENTION.case(
    "PLAN063",
    "这一条没有对 '{id}' 提出要求 | this entry expects nothing of '{id}'",
    "写上 min、max、decimals、jump_pct 或 fall_pct，或删去这一条 | "
    "give min, max, decimals, jump_pct or fall_pct, or remove the entry",
)
CONVENTION_MISMATCH = error(
    "PLAN042",
    "口径不适用于此测度 | convention does not apply to the measure",
    "'{key}' 不适用于此处：{why} | '{key}' does not apply here: {why}",
    "删去 '{key}' | remove '{key}'",
    "不起作用的设置会让人误以为已经按它计算。 | A setting without effect makes people believe it was followed.",
    "measure: level, convention: {mean: arithmetic}",
)
HOME_MISMATCH = error(
    "PLAN044",
    "本地区声明不对 | home region declared wrongly",
    "plan.home 是 '{home}'，而 kind: home 的地区是 {found} | "
    "plan.home is '{home}', but the regions of kind: home are {found}",
    "恰好一个地区写 kind: home，并与 plan.home 一致 | give exactly one region kind: home, the one that plan.home names",
    "方案只考核一个本地区。 | A plan is about one home region.",
    "home: shenzhen (declared as peer)",
)
BAD_DATE = BAD_ID.case(
    "PLAN045",
    "'{raw}' 不是日期 | '{raw}' is not a date",
    '写成 "2021-05-31"（年-月-日） | write "2021-05-31" (year-month-day)',
)
MILESTONE_OUTSIDE = warning(
    "PLAN049",
    "里程碑在方案期外 | milestone outside the plan's years",
    "{date} 不在方案期 {start} 至 {end} 之内 | {date} is outside the plan's years {start} to {end}",
    "核对日期或方案的起止年份 | check the date, or the plan's first and last year",
    "多半是年份写错。 | Most likely a slip in the year.",
    'dates: ["2012-12-15"]  (plan 2019-2021)',
)
TASK_TWICE = DUPLICATE_KEY.case(
    "PLAN050", "'{name}' 在同一项任务里列了两次 | '{name}' is listed twice in the same task", "删去一处 | remove one"
)
FORMULA_SYNTAX = error(
    "PLAN060",
    "公式用不了 | formula cannot be used",
    "公式在“{near}”处读不下去：{problem} | the formula cannot be read at '{near}': {problem}",
    "{fix}写法：a * b / 10000 = c，x[t-1]，x[prev]，x[2018]，x@nation，sum(x@parts)；见 docs/plan-format.md | "
    "{fix}write a * b / 10000 = c, x[t-1], x[prev], x[2018], x@nation, sum(x@parts); see docs/plan-format.md",
    "勾稽关系是一个等式或不等式，两边由指标编号、数和四则运算组成；多个地区（parts、peers）的数先汇成一个，汇总函数里直接写指标。公式只作解析，从不执行。编号里可以有连字符，所以减号两边要有空格。 | "
    "A cross-check is an equation or inequality of indicator ids, numbers and the four operations; several regions "
    "(parts, peers) are first made one number by a function of the indicator itself. It is parsed, never executed. Ids "
    "hold hyphens, so a minus sign needs a blank on both sides.",
    "formula: per-10k * population =",
)
GROUP_OUTSIDE_SUM = FORMULA_SYNTAX.case(
    "PLAN061",
    "'{symbol}' 是多个地区的数，要放在 sum、mean、min 或 max 里 | "
    "'{symbol}' means several regions and belongs into sum, mean, min or max",
    "写成 sum({symbol}) | write sum({symbol})",
)
FORMULA_WITHOUT_FIGURES = FORMULA_SYNTAX.case(
    "PLAN064",
    "公式里没有指标，无从核对 | the formula names no indicator, so there is nothing to check",
    "写上要核对的指标编号 | name the indicators that are to be checked",
)
EXPECTATION_TWICE = DUPLICATE_KEY.case(
    "PLAN062",
    "指标 '{id}' 在 checks.values 里已有一条，在第 {first} 行 | "
    "checks.values already has an entry for '{id}', in line {first}",
    "并成一条 | make them one",
)
