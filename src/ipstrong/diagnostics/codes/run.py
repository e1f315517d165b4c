"""RUN codes: why a run could not start, finish or write."""

from __future__ import annotations

from ipstrong.diagnostics.finding import error, note, warning

CANNOT_WRITE = error(
    "RUN001",
    "输出文件写不了 | output cannot be written",
    "无法写入输出文件：{reason} | cannot write the output: {reason}",
    "换一个有写权限的文件夹，或先关闭正在打开该文件的程序 | "
    "choose a folder you may write to, or close the program that has the file open",
    "输出先写入同一文件夹下的临时文件，成功后才改名；写入失败时不会留下半个文件，原有文件也不受影响。ipstrong 从不改动读入的文件。 | "
    "Outputs are written to a temporary file next to the target and renamed when complete, so a failure leaves no half "
    "file behind and the old file as it was. ipstrong never changes a file it has read.",
    "ipstrong check data.xlsx -o /read-only/scorecard.xlsx",
)
OUTPUT_IS_INPUT = CANNOT_WRITE.case(
    "RUN007",
    "输出文件就是输入文件 | the output file is one of the inputs",
    "换一个输出文件名 | choose another name for the output",
)
UNKNOWN_SUFFIX = error(
    "RUN002",
    "输出格式与文件名不符 | file name does not give the output format",
    "看不出输出格式：{reason} | output format unknown: {reason}",
    "可用的后缀：{known} | use one of: {known}",
    "输出格式由文件后缀决定；xlsx 等格式只能写入文件或管道。Excel 拒绝打开后缀与内容不符的工作簿：含宏的须为 .xlsm。宏原样保留，从不运行。 | "
    "The suffix of the output file decides its format; formats such as xlsx go to a file or a pipe. Excel refuses a "
    "workbook whose suffix does not fit: one with macros must be .xlsm. Macros are kept as they are and never run.",
    "ipstrong check data.xlsx -o scorecard.pdf",
)
MARKED_SUFFIX = UNKNOWN_SUFFIX.case(
    "RUN042",
    "标注副本的后缀应为 '{suffix}' | the marked copy must be named with '{suffix}'",
    "例如 --marked out{suffix} | for example --marked out{suffix}",
)
BINARY_ON_TERMINAL = UNKNOWN_SUFFIX.case(
    "RUN011",
    "格式 '{format}' 是二进制的，不能写到标准输出的终端 | '{format}' is binary and standard output is a terminal",
    "用 -o 指定文件 | name a file with -o",
)
UNKNOWN_TARGET = error(
    "RUN003",
    "没有这个名称 | no such name",
    "方案里没有目标 '{name}' | the plan has no target '{name}'",
    "{nearest}用 `ipstrong targets` 查看全部 | {nearest}`ipstrong targets` lists all",
    "目标用编号、标识或名称指定，地区用标识、名称、别名或数据中的原文，单位、领域和工程用方案中的名称，问题用代码。 | "
    "A target is named by its number, id or name; a region by its id, name or alias, or as the data write it; a "
    "department, area or programme as in the plan; a finding by its code.",
    "ipstrong explain 99 data.xlsx",
)
UNKNOWN_REGION = UNKNOWN_TARGET.case(
    "RUN004",
    "方案和数据里都没有地区 '{name}' | neither plan nor data know the region '{name}'",
    "{nearest}方案中的地区见方案文件的 regions，数据中的地区用 `ipstrong inspect` 查看 | "
    "{nearest}the plan file lists its regions under regions, `ipstrong inspect` those in the data",
)
UNKNOWN_CODE = UNKNOWN_TARGET.case(
    "RUN013",
    "没有问题代码 '{name}' | there is no code '{name}'",
    "{nearest}用 `ipstrong rules` 查看全部 | {nearest}`ipstrong rules` lists all",
)
UNKNOWN_FILTER = UNKNOWN_TARGET.case(
    "RUN014",
    "方案里没有 '{name}' | the plan has no '{name}'",
    "{nearest}用 `ipstrong targets` 和 `ipstrong tasks` 查看全部 | "
    "{nearest}`ipstrong targets` and `ipstrong tasks` list all",
)
NOTHING_ASSESSED = error(
    "RUN005",
    "没有可评价的内容 | nothing could be assessed",
    "没有一个目标能据此数据评价 | not one target could be assessed from these data",
    "用 `ipstrong inspect` 查看读到了什么、为何没有匹配 | "
    "run `ipstrong inspect` to see what was read and why it did not match",
    "什么都没有评价不等于通过，因此退出码为 2。 | Nothing assessed is not success: the exit code is 2.",
    "ipstrong check unrelated.xlsx",
)
BAD_AS_OF = error(
    "RUN006",
    "日期看不懂 | date not understood",
    "'{value}' 既不是年份也不是日期 | '{value}' is neither a year nor a date",
    "写成 2021 或 2021-05-31 | write 2021 or 2021-05-31",
    "评价时点区分“未到期”和“未达标”，默认取数据中最晚的时期，因此输出不随当天日期变化。报送日期和豁免的判断日期要与某一天比较，须写明年月日。 | "
    "The as-of date separates not due from missed; it defaults to the latest period in the data, so that output does "
    "not depend on today. The day of submission, and the day for waivers, are compared with another day and need year, "
    "month and day.",
    "ipstrong check data.xlsx --as-of yesterday",
)
BAD_DAY = BAD_AS_OF.case(
    "RUN050",
    "{option} 的“{value}”不是完整的日期 | {option}: '{value}' is not a full date",
    "写明年月日，如 2021-12-15 | write year, month and day, such as 2021-12-15",
)
DEFECT = error(
    "RUN008",
    "程序自身的缺陷 | a defect of ipstrong",
    "程序出错：{kind}：{detail} | ipstrong failed: {kind}: {detail}",
    "这是程序的缺陷，不是数据的错；设置 IPSTRONG_DEBUG=1 重跑可得到报告缺陷所需的信息 | "
    "this is a defect of the program, not of your data; run again with IPSTRONG_DEBUG=1 for what a report needs",
    "退出码 3。 | The exit code is 3.",
    "ipstrong check data.xlsx; echo $?   # 3",
)
USAGE = error(
    "RUN009",
    "命令行有误 | wrong command line",
    "{detail} | {detail}",
    "用 `{command} --help` 查看用法 | see `{command} --help`",
    "命令、选项或参数写错。标记写在所报送的那一个工作簿的副本里。 | "
    "A command, option or argument is wrong. Marks are written into a copy of the one workbook that was submitted.",
    "ipstrong check --formt json data.xlsx",
)
MARKED_NEEDS_ONE_FILE = USAGE.case(
    "RUN012",
    "--marked 需要恰好一个数据文件，这里有 {count} 个 | --marked needs exactly one data file, not {count}",
    "每次只检查一个工作簿 | validate one workbook at a time",
)
DATE_BEFORE_DATA = warning(
    "RUN010",
    "评价时点早于基期 | as-of date before the base year",
    "评价时点 {as_of} 时基期 {base} 年尚未结束 | on {as_of} the base year {base} had not ended",
    "换一个较晚的评价时点 | choose a later date",
    "此时没有任何年度数据可以评价。 | No yearly value counts yet.",
    "ipstrong check data.xlsx --as-of 2010",
)
CANNOT_MARK = error(
    "RUN040",
    "做不了标注副本 | no marked copy can be made",
    "无法在副本上标注：{reason} | cannot make a marked copy: {reason}",
    "用 -o findings.csv 输出问题清单 | -o findings.csv lists the findings",
    "标注副本是 xlsx 工作簿，行列数以 Excel 能容纳的为限。 | "
    "The marked copy is an xlsx workbook and holds no more rows and columns than Excel can.",
    "ipstrong validate two-million-rows.csv --marked out.xlsx",
)
MARKED_AS_READ = note(
    "RUN041",
    "标注副本与原文件不同 | marked copy differs from the original",
    "{reason}：副本按原来的行列重建，不含格式、公式和图表 | "
    "{reason}: the copy has the same cells at the same addresses, without formats, formulas and charts",
    "改正时请改原文件 | correct the original, not the copy",
    "xls、xlsb、ods、网页和文本文件，以及太大、已损坏或结构不寻常的工作簿不能直接标注，因此标注在新建的 xlsx 里，单元格地址与原文件相同。任何改动都会使签名失效。 | "
    "Old .xls, .xlsb, .ods, HTML and text files, and workbooks that are too large, damaged or of an unusual structure, "
    "cannot be marked themselves: the marks are in a new xlsx workbook at the addresses of the original. Any change "
    "breaks a signature.",
    "ipstrong validate data.csv --marked out.xlsx",
)
SIGNATURE_BROKEN = MARKED_AS_READ.case(
    "RUN044",
    "原工作簿有数字签名，对标注副本无效 | the original is signed; the signature does not hold for the marked copy",
    "改正原文件后重新签名 | correct the original and sign it again",
)
EMPTY_TEMPLATE = error(
    "RUN045",
    "没有可填报的指标 | nothing to ask for",
    "方案没有需要填报的指标 | the plan has no observed indicator to ask for",
    "检查方案的 indicators，至少要有一个不带 ratio 的指标 | "
    "check the plan's indicators: at least one must have no ratio",
    "由其他指标算出的指标不用填报。指标由其 department 填报，没有写的由用到它的目标的第一个责任部门填报；只参与任务的单位没有可填的指标。 | "
    "Derived indicators are computed, not reported. An indicator is reported by its department, or else by the first "
    "one of a target that rests on it; a department that only takes part in tasks has nothing to fill in.",
    "indicators: [{id: share, ratio: {…}}]",
)
NOTHING_TO_REPORT = EMPTY_TEMPLATE.case(
    "RUN047",
    "“{name}”没有需要填报的指标 | '{name}' has no indicator to report",
    "有填报任务的单位：{others} | departments that report: {others}",
)
NOT_A_SCORECARD = error(
    "RUN046",
    "不能这样比较 | cannot be compared",
    "不是 ipstrong 写出的评价结果 (JSON) | no scorecard in JSON as ipstrong writes it",
    "用 `ipstrong check 数据 -o scorecard.json` 生成；比较两次报送时直接给出数据文件 | "
    "make one with `ipstrong check DATA -o scorecard.json`; to compare submissions, name the data files themselves",
    "比较两份评价结果时，两个文件都须是同一格式版本的 JSON。评价结果里没有逐格的数据，数据里没有结论，两者无从比较。 | "
    "To compare two scorecards, both files must be JSON of a known format version. A scorecard holds no cells and data "
    "hold no verdicts, so one cannot be compared with the other.",
    "ipstrong compare notes.json scorecard.json",
)
COMPARE_UNLIKE = NOT_A_SCORECARD.case(
    "RUN051",
    "这是评价结果 (JSON)，另一个文件“{other}”却是数据 | "
    "this is a scorecard (JSON), while the other file '{other}' is data",
    "两个文件须同为数据，或同为评价结果；可先用 `ipstrong check 数据 -o scorecard.json` 生成评价结果 | "
    "both must be data, or both scorecards; `ipstrong check DATA -o scorecard.json` makes one",
)
