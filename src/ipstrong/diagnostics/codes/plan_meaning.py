"""PLAN codes: what the parts of a plan file must be to one another: names, references, dimensions, years."""

from __future__ import annotations

from ipstrong.diagnostics.finding import Code, Severity
from ipstrong.texts import Text

_E, _W = Severity.ERROR, Severity.WARNING

DUPLICATE_ID = Code(
    "PLAN030",
    _E,
    Text("编号重复", "duplicate id"),
    Text("{what} '{id}' 重复，前一处在第 {first} 行", "{what} '{id}' is repeated; the first is in line {first}"),
    Text("改成不同的编号", "give each its own"),
    Text("编号相同就分不清引用的是哪一个。", "With the same id nobody can tell which one is meant."),
    "id: valid-patents (twice)",
)
UNKNOWN_REFERENCE = Code(
    "PLAN031",
    _E,
    Text("引用的对象不存在", "unknown reference"),
    Text("方案里没有{what} '{id}'", "the plan has no {what} '{id}'"),
    Text("{suggestion}可用的见 {section}", "{suggestion}those declared are under {section}"),
    Text("引用的编号必须在方案里声明。", "An id that is referred to must be declared in the plan."),
    "indicator: valid-patent",
)
DUPLICATE_ALIAS = Code(
    "PLAN032",
    _E,
    Text("同一名称指两个对象", "one name for two things"),
    Text(
        "名称 '{alias}' 已属于 '{owner}'（第 {first} 行）",
        "the name '{alias}' already belongs to '{owner}' (line {first})",
    ),
    Text("删去其中一处", "remove one of the two"),
    Text(
        "数据表里出现这个名称时，无法判断指哪一个。", "When a table uses the name, nobody can tell which one is meant."
    ),
    "aliases: [专利授权量] (under two indicators)",
)
COMPARATOR_MISMATCH = Code(
    "PLAN033",
    _E,
    Text("比较符与测度不符", "comparator does not fit the measure"),
    Text("测度 {measure} 不能用比较符 '{comparator}'", "measure {measure} cannot use comparator '{comparator}'"),
    Text("可用：{choices}", "choose from: {choices}"),
    Text("位次越小越好，所以只能用 <= 或 <。", "A smaller place is better, so a rank is held with <= or < only."),
    'measure: rank\ncomparator: ">="',
)
UNIT_MISMATCH = Code(
    "PLAN034",
    _E,
    Text("单位与指标不符", "unit does not fit the indicator"),
    Text("单位 '{unit}' 不能换算成 '{other}'", "unit '{unit}' cannot be converted to '{other}'"),
    Text("{cure}", "{cure}"),
    Text(
        "目标值须与指标同一量纲；增速用 %，位次用 位。",
        "A target value is of its indicator's dimension; growth is in %, a rank in 位.",
    ),
    "unit: 家 (for an indicator in 件)",
)
RATIO_MISMATCH = Code(
    "PLAN035",
    _E,
    Text("派生指标的量纲不符", "dimensions of a ratio do not fit"),
    Text("{numerator} 除以 {denominator} 的单位不是 '{unit}'", "{numerator} over {denominator} is not in '{unit}'"),
    Text("{cure}", "{cure}"),
    Text(
        "派生指标的单位须等于分子单位除以分母单位。",
        "The unit of a derived indicator is the numerator's unit over the denominator's.",
    ),
    "unit: 件/万人, numerator in 家",
)
SCALE_MISMATCH = Code(
    "PLAN036",
    _E,
    Text("派生指标的倍数与单位不符", "scale does not fit the unit"),
    Text(
        "倍数 {scale} 与单位 '{unit}' 不符，应为 {expected}",
        "scale {scale} does not fit unit '{unit}', it should be {expected}",
    ),
    Text("改成 scale: {expected}，或改单位", "write scale: {expected}, or change the unit"),
    Text(
        "每万人用 10000，百分比用 100。倍数错了，结果会差成百上千倍。",
        "Per 10,000 people takes 10000, a percent takes 100. A wrong scale is off by powers of ten.",
    ),
    "unit: 件/万人\nscale: 1000",
)
CIRCULAR_RATIO = Code(
    "PLAN037",
    _E,
    Text("派生指标互相引用", "circular derived indicators"),
    Text("派生指标互相引用：{chain}", "derived indicators refer to each other: {chain}"),
    Text("分子、分母改用观测指标", "use observed indicators above and below"),
    Text("互相引用的指标永远算不出来。", "Indicators that need each other can never be computed."),
    "a: a / b, b: b / a",
)
RANK_WITHOUT_PEERS = Code(
    "PLAN038",
    _E,
    Text("位次没有可比地区", "rank without peers"),
    Text("位次目标既没有可比地区，也没有公布的位次", "the rank has neither peers nor a reported rank"),
    Text(
        "在 regions 里声明 kind: peer 的地区，或写 reported_rank",
        "declare regions of kind: peer, or give reported_rank",
    ),
    Text("只有自己一家，就总是第一。", "Whoever runs alone is always first."),
    "measure: rank",
)
YEARS_OUT_OF_ORDER = Code(
    "PLAN039",
    _E,
    Text("年份次序不对", "years out of order"),
    Text("{earlier} 不应{relation} {later}", "{earlier} must not be {relation} {later}"),
    Text("检查 base_year、start_year、end_year 和 deadline", "check base_year, start_year, end_year and deadline"),
    Text(
        "基期在前，期限在后；增长至少要隔一年。",
        "The base comes first, the deadline last; growth needs a year between.",
    ),
    "base_year: 2022\ndeadline: 2021",
)
REVERSED_RANGE = Code(
    "PLAN040",
    _E,
    Text("区间上下限颠倒", "bounds of a range reversed"),
    Text("下限 {lower} 大于上限 {upper}", "the lower bound {lower} is above the upper bound {upper}"),
    Text("交换两个数", "swap the two"),
    Text("没有数能落在这样的区间里。", "No number lies in such a range."),
    "lower: 2\nupper: 1",
)
IDLE_CONVENTION = Code(
    "PLAN041",
    _W,
    Text("口径没有改变任何东西", "convention changes nothing"),
    Text("口径 '{id}' 与口径 '{other}' 的算法完全相同", "convention '{id}' computes exactly as '{other}' does"),
    Text("写出它不同的地方，或删去", "say what differs, or remove it"),
    Text(
        "口径是另一种算法；若没有不同，列出来只会让人以为核对过两遍。",
        "A convention is another way to compute; without a difference it only seems to be a second check.",
    ),
    "conventions: [{id: a, mean: geometric}, {id: b}]",
)
CONVENTION_MISMATCH = Code(
    "PLAN042",
    _E,
    Text("口径不适用于此测度", "convention does not apply to the measure"),
    Text("'{key}' 不适用于此处：{why}", "'{key}' does not apply here: {why}"),
    Text("删去 '{key}'", "remove '{key}'"),
    Text("不起作用的设置会让人误以为已经按它计算。", "A setting without effect makes people believe it was followed."),
    "measure: level, convention: {mean: arithmetic}",
)
NATURE_MISMATCH = Code(
    "PLAN043",
    _E,
    Text("测度与指标性质不符", "measure does not fit the indicator's nature"),
    Text(
        "{measure} 不能用于性质为 {nature} 的指标 '{indicator}'",
        "{measure} cannot be taken of '{indicator}', whose nature is {nature}",
    ),
    Text("{cure}", "{cure}"),
    Text(
        "比率和位次不能逐年累加，位次不能再排位次或求增长。",
        "Rates and ranks do not add up over years; a rank is not ranked again and has no growth.",
    ),
    "measure: cumulative (of a share)",
)
HOME_MISMATCH = Code(
    "PLAN044",
    _E,
    Text("本地区声明不对", "home region declared wrongly"),
    Text(
        "plan.home 是 '{home}'，而 kind: home 的地区是 {found}",
        "plan.home is '{home}', but the regions of kind: home are {found}",
    ),
    Text(
        "恰好一个地区写 kind: home，并与 plan.home 一致",
        "give exactly one region kind: home, the one that plan.home names",
    ),
    Text("方案只考核一个本地区。", "A plan is about one home region."),
    "home: shenzhen (declared as peer)",
)
BAD_DATE = Code(
    "PLAN045",
    _E,
    Text("日期不存在", "no such date"),
    Text("'{raw}' 不是日期", "'{raw}' is not a date"),
    Text('写成 "2021-05-31"（年-月-日）', 'write "2021-05-31" (year-month-day)'),
    Text("里程碑须有确定的日期。", "A milestone needs a definite date."),
    'dates: ["2021-02-30"]',
)
PACE_MISMATCH = Code(
    "PLAN046",
    _E,
    Text("序时进度阈值不对", "pace thresholds out of order"),
    Text(
        "on_track {on_track} 应大于 slow {slow}，且两者大于 0",
        "on_track {on_track} must be above slow {slow}, and both above 0",
    ),
    Text("按“同步 0.95、偏慢 0.60”这样的次序写", "write them in order, such as on_track: 0.95, slow: 0.60"),
    Text("阈值次序颠倒时，有的档永远用不到。", "With thresholds out of order a class can never be reached."),
    "pace: {on_track: 0.6, slow: 0.95}",
)
SELF_ALIAS = Code(
    "PLAN047",
    _W,
    Text("别名重复", "alias repeated"),
    Text(
        "别名 '{alias}' 与本条的名称或别名相同",
        "the alias '{alias}' repeats the name or another alias of the same entry",
    ),
    Text("删去这个别名", "remove the alias"),
    Text("全角、半角和大小写不同的写法算同一个。", "Full width, half width and letter case make no difference."),
    "name: {zh: 深圳, en: Shenzhen}\naliases: [深圳]",
)
UNIT_ALIAS_CLASH = Code(
    "PLAN048",
    _E,
    Text("单位别名已有别的意思", "unit alias already means something else"),
    Text("'{alias}' 已是单位 '{owner}' 的写法", "'{alias}' is already a spelling of the unit '{owner}'"),
    Text("换一个别名", "choose another alias"),
    Text("同一写法若指两个单位，换算就会出错。", "A spelling for two units would convert wrongly."),
    "units: [{unit: 件, aliases: [家]}]",
)
MILESTONE_OUTSIDE = Code(
    "PLAN049",
    _W,
    Text("里程碑在方案期外", "milestone outside the plan's years"),
    Text("{date} 不在方案期 {start} 至 {end} 之内", "{date} is outside the plan's years {start} to {end}"),
    Text("核对日期或方案的起止年份", "check the date, or the plan's first and last year"),
    Text("多半是年份写错。", "Most likely a slip in the year."),
    'dates: ["2012-12-15"]  (plan 2019-2021)',
)
TASK_TWICE = Code(
    "PLAN050",
    _E,
    Text("同一单位列了两次", "unit listed twice"),
    Text("'{name}' 在同一项任务里列了两次", "'{name}' is listed twice in the same task"),
    Text("删去一处", "remove one"),
    Text("牵头单位不应再列为配合单位。", "A lead unit is not also a cooperating one."),
    "lead: [市财政局]\ncooperating: [市财政局]",
)
