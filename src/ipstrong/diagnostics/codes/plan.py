"""PLAN codes: what can be wrong in a plan file."""

from __future__ import annotations

from ipstrong.diagnostics.finding import Code, Severity
from ipstrong.texts import Text

_E, _W = Severity.ERROR, Severity.WARNING

# --- The file ---------------------------------------------------------------------------------------------------------

PLAN_NOT_FOUND = Code(
    "PLAN001",
    _E,
    Text("方案文件不存在", "plan file not found"),
    Text("方案文件不存在", "there is no such plan file"),
    Text("检查路径，或用 --plan 指定方案文件", "check the path, or name the plan with --plan"),
    Text(
        "没有方案就没有目标值可比。给出的路径下没有文件。",
        "Without a plan there is nothing to hold the figures against. No file stands at the path given.",
    ),
    "ipstrong check data.xlsx --plan tragets.yaml",
)
PLAN_NOT_A_FILE = Code(
    "PLAN002",
    _E,
    Text("方案路径不是文件", "plan path is not a file"),
    Text("这是文件夹或设备，不是方案文件", "this is a folder or a device, not a plan file"),
    Text("给出文件夹里的 YAML 文件名", "name the YAML file inside the folder"),
    Text("方案是一个 YAML 文本文件。", "A plan is one YAML text file."),
    "ipstrong plan lint plans/",
)
PLAN_UNREADABLE = Code(
    "PLAN003",
    _E,
    Text("方案文件无法读取", "plan file cannot be read"),
    Text("方案文件无法读取：{why}", "the plan file cannot be read: {why}"),
    Text("检查文件权限和磁盘", "check the file's permissions and the disk"),
    Text(
        "操作系统拒绝打开文件，通常是没有读权限。",
        "The operating system refused to open the file, most often for want of permission.",
    ),
    "chmod 000 targets.yaml",
)
UNKNOWN_UNIT = Code(
    "PLAN004",
    _E,
    Text("不认识的计量单位", "unknown unit"),
    Text("不认识的计量单位 '{unit}'", "unknown unit '{unit}'"),
    Text(
        "{suggestion}单位写法见 docs/plan-format.md",
        "{suggestion}docs/plan-format.md lists the units that are understood",
    ),
    Text(
        "单位决定能否换算：件与万件可以，件与家不可以。不认识的单位无法与数据核对，所以不猜。",
        "The unit decides what can be converted: 件 and 万件 can, 件 and 家 cannot. An unknown unit cannot be held "
        "against the data, so it is not guessed.",
    ),
    "unit: 万建",
)
PLAN_TOO_LARGE = Code(
    "PLAN005",
    _E,
    Text("方案文件过大", "plan file too large"),
    Text("方案文件有 {size} 字节，上限是 {limit}", "the plan file has {size} bytes, the limit is {limit}"),
    Text("确认这是方案而不是数据；数据请作为数据文件给出", "make sure that it is a plan; data belongs into data files"),
    Text(
        "方案由人书写，不会有几兆字节。上限防止误把数据文件或恶意文件当作方案。",
        "Plans are written by people and are never megabytes long. The limit guards against data files given by "
        "mistake and against hostile files.",
    ),
    "ipstrong check data.csv --plan data.csv",
)
PLAN_ENCODING = Code(
    "PLAN006",
    _E,
    Text("方案文件不是 UTF-8 文本", "plan file is not UTF-8 text"),
    Text("方案文件不是 UTF-8 文本{guess}", "the plan file is not UTF-8 text{guess}"),
    Text("用编辑器另存为 UTF-8", "save it as UTF-8 in the editor"),
    Text(
        "中文在不同编码下字节不同。方案只接受 UTF-8（有无 BOM 均可），以免名称变成乱码后仍被当作有效名称。",
        "The same characters have other bytes in other encodings. A plan is UTF-8 (with or without BOM), so that "
        "no garbled name passes for a name.",
    ),
    "targets.yaml (GB18030)",
)
PLAN_EMPTY = Code(
    "PLAN007",
    _E,
    Text("方案是空的", "plan is empty"),
    Text("方案里没有内容", "there is nothing in the plan"),
    Text(
        "从 examples/ 里的方案改起，格式见 docs/plan-format.md",
        "start from a plan in examples/; docs/plan-format.md has the format",
    ),
    Text("文件为空，或只有注释。", "The file is empty, or holds comments only."),
    "# only a comment",
)

# --- YAML -------------------------------------------------------------------------------------------------------------

YAML_SYNTAX = Code(
    "PLAN008",
    _E,
    Text("YAML 写法错误", "YAML syntax error"),
    Text("YAML 写法错误：{problem}", "YAML syntax error: {problem}"),
    Text("{cure}", "{cure}"),
    Text(
        "解析器在这一处无法继续，此后的内容没有检查；改好后再运行一次。",
        "The parser cannot go on from here, so what follows was not checked; mend it and run again.",
    ),
    "comparator: >= 93",
)
DUPLICATE_KEY = Code(
    "PLAN009",
    _E,
    Text("键重复", "duplicate key"),
    Text("键 '{key}' 重复，前一处在第 {first} 行", "key '{key}' is repeated; the first is in line {first}"),
    Text("删去其中一处", "remove one of the two"),
    Text(
        "YAML 解析器通常不声不响地取最后一个，先写的值就丢了。",
        "YAML readers usually keep the last one without a word, and the value written first is lost.",
    ),
    "value: 93\nvalue: 39",
)
ALIAS_REFUSED = Code(
    "PLAN010",
    _E,
    Text("YAML 别名过多或嵌套", "too many or nested YAML aliases"),
    Text("YAML 别名 '*{name}' 不能用：{why}", "YAML alias '*{name}' is refused: {why}"),
    Text("把内容直接写出来", "write the content out"),
    Text(
        "嵌套的别名可以让一个小文件展开成几十亿项（别名炸弹）。少量、不嵌套的别名可以用。",
        "Nested aliases let a small file unfold into billions of items (an alias bomb). A few plain ones are fine.",
    ),
    "b: &b [*a, *a, *a, *a]",
)
TOO_DEEP = Code(
    "PLAN011",
    _E,
    Text("嵌套过深", "nested too deeply"),
    Text("嵌套超过 {limit} 层", "nested more than {limit} levels deep"),
    Text("检查缩进和括号", "check indentation and brackets"),
    Text(
        "方案最多几层。更深的多半是括号写错，或是恶意文件。",
        "A plan is a few levels deep. More is a slip of brackets, or hostile.",
    ),
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
)
SEVERAL_DOCUMENTS = Code(
    "PLAN012",
    _E,
    Text("一个文件里有多份 YAML 文档", "several YAML documents in one file"),
    Text("'---' 之后又有一份文档", "another document follows after '---'"),
    Text("一个文件只写一份方案", "keep one plan in a file"),
    Text("只读第一份会悄悄丢掉其余，所以拒绝。", "Reading the first alone would drop the rest in silence."),
    "---\nplan: {}\n---\nplan: {}",
)
TAG_REFUSED = Code(
    "PLAN013",
    _E,
    Text("不接受 YAML 标签", "YAML tag refused"),
    Text("不接受 YAML 标签 '{tag}'", "YAML tag '{tag}' is refused"),
    Text("删去标签，直接写值", "remove the tag and write the value"),
    Text("标签可以让某些解析器执行代码；方案只是数据。", "Tags make some readers run code; a plan is data."),
    "name: !!python/object/apply:os.system [ls]",
)
KEY_NOT_TEXT = Code(
    "PLAN014",
    _E,
    Text("键不是文字", "key is not text"),
    Text("键 '{key}' 会被 YAML 读成{what}，不是文字", "key '{key}' is read by YAML as {what}, not as text"),
    Text("键写成英文名称", "write the key as its English name"),
    Text(
        "方案的键都是英文名称；数字、空值和 yes/no 不能作键。",
        "Keys of a plan are English names; numbers, nulls and yes/no are not.",
    ),
    "no: 93",
)
BOOLEAN_WORD = Code(
    "PLAN015",
    _E,
    Text("被当作是非值的词", "word read as a boolean"),
    Text("'{raw}' 会被 YAML 读成{what}", "'{raw}' is read by YAML as {what}"),
    Text("{cure}", "{cure}"),
    Text(
        "yes、no、on、off 在 YAML 1.1 里是是非值，在 1.2 里是文字（“挪威问题”）。文字要加引号；是非值只写 true 或 false。",
        "yes, no, on and off are booleans in YAML 1.1 and text in 1.2 (the Norway problem). Quote them where "
        "text is meant; booleans are written true or false only.",
    ),
    "id: no",
)
LEADING_ZERO = Code(
    "PLAN016",
    _E,
    Text("带前导零或进制前缀的数", "number with a leading zero or base prefix"),
    Text("'{raw}' 会被 YAML 按八进制、十六进制或二进制读", "'{raw}' is read by YAML as octal, hexadecimal or binary"),
    Text("数去掉前导零，编号加引号", "drop the leading zero of a number, quote a code"),
    Text("010 在 YAML 1.1 里是 8，在 1.2 里是 10。", "010 is 8 in YAML 1.1 and 10 in YAML 1.2."),
    "value: 010",
)
UNQUOTED_DATE = Code(
    "PLAN017",
    _E,
    Text("日期没有加引号", "date without quotes"),
    Text("'{raw}' 会被 YAML 读成日期", "'{raw}' is read by YAML as a date"),
    Text('写成 "{raw}"', 'write "{raw}"'),
    Text(
        "没有引号的日期在不同解析器里是日期、时间戳或文字。",
        "Without quotes it is a date, a time stamp or text, depending on the reader.",
    ),
    "date: 2021-05-31",
)
AMBIGUOUS_NUMBER = Code(
    "PLAN018",
    _E,
    Text("写法有歧义的数", "ambiguous number"),
    Text(
        "'{raw}' 在不同的 YAML 版本里读法不同{readings}",
        "'{raw}' means different things to different YAML readers{readings}",
    ),
    Text("{cure}", "{cure}"),
    Text(
        "1_000、13e4、1:30 在 YAML 1.1 与 1.2 里有的读成数，有的读成文字，1:30 甚至读成 90。目标值不能靠猜。",
        "1_000, 13e4 and 1:30 are numbers to some versions of YAML and text to others, and 1:30 is even 90. Target "
        "values are not guessed.",
    ),
    "value: 130_000",
)
NOT_FINITE = Code(
    "PLAN019",
    _E,
    Text("无穷大或非数", "infinity or not a number"),
    Text("'{raw}' 不是有限的数", "'{raw}' is not a finite number"),
    Text("写出数值；没有上限就不写这个键", "write the number; leave the key out where there is no bound"),
    Text("无穷大和 NaN 不能与统计数据比较。", "Infinity and NaN cannot be held against statistics."),
    "value: .inf",
)
NUMBER_FOR_TEXT = Code(
    "PLAN020",
    _E,
    Text("应为文字，写成了数", "number where text is meant"),
    Text("这里应为文字，'{raw}' 是{what}", "text is meant here, '{raw}' is {what}"),
    Text('加引号："{raw}"', 'quote it: "{raw}"'),
    Text(
        "不加引号时 YAML 把它读成数，原来的写法（如末尾的零）会丢。",
        "Without quotes YAML reads a number, and its spelling, such as trailing zeros, is lost.",
    ),
    "aliases: [2019]",
)
EMPTY_VALUE = Code(
    "PLAN021",
    _E,
    Text("值为空", "empty value"),
    Text("这里没有值", "there is no value here"),
    Text("写上值，或删去这个键", "write the value, or remove the key"),
    Text(
        "YAML 里冒号后什么都不写、~ 和 null 都是空值。",
        "In YAML nothing after the colon, ~ and null all mean no value.",
    ),
    "unit:",
)
TEXT_FOR_NUMBER = Code(
    "PLAN022",
    _E,
    Text("应为数，写成了文字", "text where a number is meant"),
    Text("这里应为数，'{raw}' 是文字", "a number is meant here, '{raw}' is text"),
    Text("{cure}", "{cure}"),
    Text(
        "目标值写成不带单位、不带引号、不带千分位的数，单位写在 unit。",
        "A value is written without unit, quotes or thousands separators; the unit goes into unit.",
    ),
    "value: 13万",
)

# --- Shape ------------------------------------------------------------------------------------------------------------

UNKNOWN_KEY = Code(
    "PLAN023",
    _E,
    Text("不认识的键", "unknown key"),
    Text("不认识的键 '{key}'", "unknown key '{key}'"),
    Text("{suggestion}这里可用的键：{keys}", "{suggestion}keys allowed here: {keys}"),
    Text(
        "写错的键若被忽略，它要说的话就不起作用了。",
        "If a misspelt key were ignored, what it says would have no effect.",
    ),
    "valeu: 93",
)
MISSING_KEY = Code(
    "PLAN024",
    _E,
    Text("缺少键", "missing key"),
    Text("缺少键 '{key}'", "key '{key}' is missing"),
    Text("补上 '{key}'；格式见 docs/plan-format.md", "add '{key}'; docs/plan-format.md has the format"),
    Text("没有它就无法算出结论。", "Without it no verdict can be reached."),
    "targets: [{id: a}]",
)
WRONG_SHAPE = Code(
    "PLAN025",
    _E,
    Text("结构不对", "wrong shape"),
    Text("这里应为{expected}，写的是{found}", "{expected} is meant here, not {found}"),
    Text("{cure}", "{cure}"),
    Text(
        "列表每项以“- ”开头，映射写成“键: 值”。", "Items of a list begin with “- ”; a mapping is written “key: value”."
    ),
    "regions: shenzhen",
)
NOT_A_CHOICE = Code(
    "PLAN026",
    _E,
    Text("不在可选值之内", "not one of the choices"),
    Text("'{raw}' 不在可选值之内", "'{raw}' is not one of the choices"),
    Text("{suggestion}可选：{choices}", "{suggestion}choose from: {choices}"),
    Text(
        "只认列出的写法，拼错的词不当作默认值。",
        "Only the listed words count; a misspelt one is never taken for a default.",
    ),
    "nature: stok",
)
OUT_OF_BOUNDS = Code(
    "PLAN027",
    _E,
    Text("数超出允许的范围", "number out of bounds"),
    Text("{raw} 超出范围，应{bound}", "{raw} is out of bounds, it must be {bound}"),
    Text("改成范围内的数", "write a number within the bounds"),
    Text("年份、权重、时滞等各有合理的范围。", "Years, weights, lags and so on have bounds that make sense."),
    "weight: 0",
)
BLANK_TEXT = Code(
    "PLAN028",
    _E,
    Text("文字为空或含控制字符", "text is blank or holds control characters"),
    Text("文字为空或含有看不见的字符", "the text is blank or holds invisible characters"),
    Text("写上可见的文字", "write visible text"),
    Text(
        "名称会印在每份报告上，空白或控制字符会弄乱输出。",
        "Names are printed in every report; blanks and control characters garble it.",
    ),
    'name: {zh: " ", en: GDP}',
)
BAD_ID = Code(
    "PLAN029",
    _E,
    Text("编号写法不对", "malformed id"),
    Text("编号 '{raw}' 写法不对", "id '{raw}' is malformed"),
    Text(
        "用小写英文字母、数字和连字符，以字母开头，如 valid-patents",
        "use lower-case letters, digits and hyphens, beginning with a letter: valid-patents",
    ),
    Text(
        "编号要在命令行、公式和文件里引用，写法须稳定。",
        "Ids are typed on command lines and used in formulas and files, so their form is fixed.",
    ),
    "id: Valid Patents",
)

# --- Meaning ----------------------------------------------------------------------------------------------------------

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
