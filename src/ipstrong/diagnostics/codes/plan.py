"""PLAN codes: what can be wrong with a plan file, its YAML and the shape of its content."""

from __future__ import annotations

from ipstrong.diagnostics.finding import error

PLAN_NOT_FOUND = error(
    "PLAN001",
    "方案文件打不开 | plan file cannot be opened",
    "方案文件不存在 | there is no such plan file",
    "检查路径，或用 --plan 指定方案文件 | check the path, or name the plan with --plan",
    "没有方案就没有目标值可比。路径不对、给的是文件夹、没有读权限，都打不开。 | "
    "Without a plan there is nothing to compare the figures with. The path is wrong, names a folder, or may not be "
    "read.",
    "ipstrong check data.xlsx --plan tragets.yaml",
)
PLAN_NOT_A_FILE = PLAN_NOT_FOUND.case(
    "PLAN002",
    "这是文件夹或设备，不是方案文件 | this is a folder or a device, not a plan file",
    "给出文件夹里的 YAML 文件名 | name the YAML file inside the folder",
)
PLAN_UNREADABLE = PLAN_NOT_FOUND.case(
    "PLAN003",
    "方案文件无法读取：{why} | the plan file cannot be read: {why}",
    "检查文件权限和磁盘 | check the file's permissions and the disk",
)
UNKNOWN_UNIT = error(
    "PLAN004",
    "不认识的计量单位 | unknown unit",
    "不认识的计量单位 '{unit}' | unknown unit '{unit}'",
    "{suggestion}单位写法见 docs/plan-format.md | {suggestion}docs/plan-format.md lists the units that are understood",
    "单位决定能否换算：件与万件可以，件与家不可以。不认识的单位无法与数据核对，所以不猜。 | "
    "The unit decides what can be converted: 件 and 万件 can, 件 and 家 cannot. An unknown unit cannot be compared "
    "with the data, so it is not guessed.",
    "unit: 万建",
)
PLAN_TOO_LARGE = error(
    "PLAN005",
    "方案文件过大 | plan file too large",
    "方案文件有 {size} 字节，上限是 {limit} | the plan file has {size} bytes, the limit is {limit}",
    "确认这是方案而不是数据；数据请作为数据文件给出 | make sure that it is a plan; data belongs into data files",
    "方案由人书写，不会有几兆字节。上限防止误把数据文件或恶意文件当作方案。 | "
    "Plans are written by people and are never megabytes long. The limit guards against data files given by mistake "
    "and against hostile files.",
    "ipstrong check data.csv --plan data.csv",
)
PLAN_ENCODING = error(
    "PLAN006",
    "方案文件不是 UTF-8 文本 | plan file is not UTF-8 text",
    "方案文件不是 UTF-8 文本{guess} | the plan file is not UTF-8 text{guess}",
    "用编辑器另存为 UTF-8 | save it as UTF-8 in the editor",
    "中文在不同编码下字节不同。方案只接受 UTF-8（有无 BOM 均可），以免名称变成乱码后仍被当作有效名称。 | "
    "The same characters have other bytes in other encodings. A plan is UTF-8 (with or without BOM), so that no "
    "garbled name passes for a name.",
    "targets.yaml (GB18030)",
)
PLAN_EMPTY = error(
    "PLAN007",
    "方案是空的 | plan is empty",
    "方案里没有内容 | there is nothing in the plan",
    "从 examples/ 里的方案改起，格式见 docs/plan-format.md | "
    "start from a plan in examples/; docs/plan-format.md has the format",
    "文件为空，或只有注释。 | The file is empty, or holds comments only.",
    "# only a comment",
)
YAML_SYNTAX = error(
    "PLAN008",
    "YAML 写法错误 | YAML syntax error",
    "YAML 写法错误：{problem} | YAML syntax error: {problem}",
    "{fix} | {fix}",
    "解析器在这一处无法继续，此后的内容没有检查；改好后再运行一次。 | "
    "The parser cannot go on from here, so what follows was not checked; correct it and run again.",
    "comparator: >= 93",
)
DUPLICATE_KEY = error(
    "PLAN009",
    "同一内容写了两次 | written twice",
    "键 '{key}' 重复，前一处在第 {first} 行 | key '{key}' is repeated; the first is in line {first}",
    "删去其中一处 | remove one of the two",
    "YAML 解析器通常不声不响地取最后一个，先写的就丢了；同一指标的两条要求还可能互相矛盾。牵头单位不应再列为配合单位。 | "
    "YAML readers usually keep the last one without a word, and two entries may contradict each other. A lead unit is "
    "not also a cooperating one.",
    "value: 93\nvalue: 39",
)
ALIAS_REFUSED = error(
    "PLAN010",
    "方案用不到的 YAML 写法 | YAML that a plan does not need",
    "YAML 别名 '*{name}' 不能用：{why} | YAML alias '*{name}' is refused: {why}",
    "把内容直接写出来 | write the content out",
    "嵌套的别名可以让一个小文件展开成几十亿项，标签可以让某些解析器执行代码，一个文件里的第二份文档会被悄悄丢掉。方案只是几层数据。 | "
    "Nested aliases let a small file unfold into billions of items, tags make some readers run code, a second document "
    "would be dropped in silence. A plan is data, a few levels deep.",
    "b: &b [*a, *a, *a, *a]",
)
TOO_DEEP = ALIAS_REFUSED.case(
    "PLAN011",
    "嵌套超过 {limit} 层 | nested more than {limit} levels deep",
    "检查缩进和括号 | check indentation and brackets",
)
SEVERAL_DOCUMENTS = ALIAS_REFUSED.case(
    "PLAN012",
    "'---' 之后又有一份文档 | another document follows after '---'",
    "一个文件只写一份方案 | keep one plan in a file",
)
TAG_REFUSED = ALIAS_REFUSED.case(
    "PLAN013",
    "不接受 YAML 标签 '{tag}' | YAML tag '{tag}' is refused",
    "删去标签，直接写值 | remove the tag and write the value",
)
BOOLEAN_WORD = error(
    "PLAN015",
    "会被 YAML 读成别的值 | YAML reads something else here",
    "'{raw}' 会被 YAML 读成{what} | '{raw}' is read by YAML as {what}",
    "{fix} | {fix}",
    "yes、no、on、off、010、1_000、13e4、1:30 和没有引号的日期，在 YAML 1.1 和 1.2 里读法不同；不加引号的数会丢掉原来的写法。文字要加引号，是非值只写 true 或 false。 | "
    "yes, no, on, off, 010, 1_000, 13e4, 1:30 and dates without quotes mean different things in YAML 1.1 and 1.2, and "
    "a number without quotes loses its spelling. Quote text; write booleans as true or false.",
    "id: no",
)
KEY_NOT_TEXT = BOOLEAN_WORD.case(
    "PLAN014",
    "键 '{key}' 会被 YAML 读成{what}，不是文字 | key '{key}' is read by YAML as {what}, not as text",
    "键写成英文名称 | write the key as its English name",
)
LEADING_ZERO = BOOLEAN_WORD.case(
    "PLAN016",
    "'{raw}' 会被 YAML 按八进制、十六进制或二进制读 | '{raw}' is read by YAML as octal, hexadecimal or binary",
    "数去掉前导零，编号加引号 | drop the leading zero of a number, quote a code",
)
UNQUOTED_DATE = BOOLEAN_WORD.case(
    "PLAN017", "'{raw}' 会被 YAML 读成日期 | '{raw}' is read by YAML as a date", '写成 "{raw}" | write "{raw}"'
)
AMBIGUOUS_NUMBER = BOOLEAN_WORD.case(
    "PLAN018",
    "'{raw}' 在不同的 YAML 版本里读法不同{readings} | "
    "'{raw}' means different things to different YAML readers{readings}",
)
NUMBER_FOR_TEXT = BOOLEAN_WORD.case(
    "PLAN020",
    "这里应为文字，'{raw}' 是{what} | text is meant here, '{raw}' is {what}",
    '加引号："{raw}" | quote it: "{raw}"',
)
TEXT_FOR_NUMBER = error(
    "PLAN022",
    "这里应为数 | a number is needed",
    "这里应为数，'{raw}' 是文字 | a number is meant here, '{raw}' is text",
    "{fix} | {fix}",
    "目标值写成不带单位、不带引号、不带千分位的有限的数，单位写在 unit。 | "
    "A value is a finite number without unit, quotes or thousands separators; the unit goes into unit.",
    "value: 13万",
)
NOT_FINITE = TEXT_FOR_NUMBER.case(
    "PLAN019",
    "'{raw}' 不是有限的数 | '{raw}' is not a finite number",
    "写出数值；没有上限就不写这个键 | write the number; leave the key out where there is no bound",
)
EMPTY_VALUE = error(
    "PLAN021",
    "值为空 | empty value",
    "这里没有值 | there is no value here",
    "写上值，或删去这个键 | write the value, or remove the key",
    "YAML 里冒号后什么都不写、~ 和 null 都是空值。名称会印在每份报告上，空白或控制字符会弄乱输出。 | "
    "In YAML nothing after the colon, ~ and null all mean no value. Names are printed in every report; blanks and "
    "control characters garble it.",
    "unit:",
)
BLANK_TEXT = EMPTY_VALUE.case(
    "PLAN028",
    "文字为空或含有看不见的字符 | the text is blank or holds invisible characters",
    "写上可见的文字 | write visible text",
)
UNKNOWN_KEY = error(
    "PLAN023",
    "不认识的键 | unknown key",
    "不认识的键 '{key}' | unknown key '{key}'",
    "{suggestion}这里可用的键：{keys} | {suggestion}keys allowed here: {keys}",
    "写错的键若被忽略，它要说的话就不起作用了。 | If a misspelt key were ignored, what it says would have no effect.",
    "valeu: 93",
)
MISSING_KEY = error(
    "PLAN024",
    "缺少键 | missing key",
    "缺少键 '{key}' | key '{key}' is missing",
    "补上 '{key}'；格式见 docs/plan-format.md | add '{key}'; docs/plan-format.md has the format",
    "没有它就无法算出结论。 | Without it no verdict can be reached.",
    "targets: [{id: a}]",
)
WRONG_SHAPE = error(
    "PLAN025",
    "结构不对 | wrong shape",
    "这里应为{expected}，写的是{found} | {expected} is meant here, not {found}",
    "{fix} | {fix}",
    "列表每项以“- ”开头，映射写成“键: 值”。 | Items of a list begin with “- ”; a mapping is written “key: value”.",
    "regions: shenzhen",
)
NOT_A_CHOICE = error(
    "PLAN026",
    "不在可选值之内 | not one of the choices",
    "'{raw}' 不在可选值之内 | '{raw}' is not one of the choices",
    "{suggestion}可选：{choices} | {suggestion}choose from: {choices}",
    "只认列出的写法，拼错的词不当作默认值。 | "
    "Only the listed words count; a misspelt one is never taken for a default.",
    "nature: stok",
)
OUT_OF_BOUNDS = error(
    "PLAN027",
    "数超出允许的范围 | number out of bounds",
    "{raw} 超出范围，应{bound} | {raw} is out of bounds, it must be {bound}",
    "改成范围内的数 | write a number within the bounds",
    "年份、权重、时滞等各有合理的范围。 | Years, weights, lags and so on have bounds that make sense.",
    "weight: 0",
)
BAD_ID = error(
    "PLAN029",
    "写法不对 | malformed value",
    "编号 '{raw}' 写法不对 | id '{raw}' is malformed",
    "用小写英文字母、数字和连字符，以字母开头，如 valid-patents | "
    "use lower-case letters, digits and hyphens, beginning with a letter: valid-patents",
    "编号要在命令行、公式和文件里引用，写法须稳定；里程碑须有确定的日期。 | "
    "Ids are typed on command lines and used in formulas and files, so their form is fixed. A milestone needs a "
    "definite date.",
    "id: Valid Patents",
)
