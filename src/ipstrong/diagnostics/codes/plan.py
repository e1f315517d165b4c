"""PLAN codes: what can be wrong with a plan file, its YAML and the shape of what it holds."""

from __future__ import annotations

from ipstrong.diagnostics.finding import Code, Severity
from ipstrong.texts import Text

_E = Severity.ERROR

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
