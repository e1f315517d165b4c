"""RUN codes: why a run could not start, finish or write."""

from ipstrong.diagnostics.finding import Code, Severity
from ipstrong.texts import Text

CANNOT_WRITE = Code(
    id="RUN001",
    severity=Severity.ERROR,
    title=Text("输出文件写不了", "output cannot be written"),
    message=Text("无法写入输出文件：{reason}", "cannot write the output: {reason}"),
    hint=Text(
        "换一个有写权限的文件夹，或先关闭正在打开该文件的程序",
        "choose a folder you may write to, or close the program that has the file open",
    ),
    explanation=Text(
        "输出先写入同一文件夹下的临时文件，成功后才改名；写入失败时不会留下半个文件，原有文件也不受影响。",
        "Outputs are written to a temporary file beside the target and renamed when complete, so a failure leaves no half "
        "file behind and the old file as it was.",
    ),
    example="ipstrong check data.xlsx -o /read-only/scorecard.xlsx",
)

UNKNOWN_SUFFIX = Code(
    id="RUN002",
    severity=Severity.ERROR,
    title=Text("看不出输出格式", "output format unknown"),
    message=Text("看不出输出格式：{reason}", "output format unknown: {reason}"),
    hint=Text("可用的后缀：{known}", "use one of: {known}"),
    explanation=Text("输出格式由文件后缀决定。", "The suffix of the output file decides its format."),
    example="ipstrong check data.xlsx -o scorecard.pdf",
)

UNKNOWN_TARGET = Code(
    id="RUN003",
    severity=Severity.ERROR,
    title=Text("方案里没有这个目标", "no such target in the plan"),
    message=Text("方案里没有目标 '{name}'", "the plan has no target '{name}'"),
    hint=Text(
        "{nearest}用 `ipstrong targets` 查看全部",
        "{nearest}`ipstrong targets` lists all",
    ),
    explanation=Text("目标用编号或标识指定。", "A target is named by its number or its id."),
    example="ipstrong explain 99 data.xlsx",
)

UNKNOWN_REGION = Code(
    id="RUN004",
    severity=Severity.ERROR,
    title=Text("数据里没有这个地区", "no such region"),
    message=Text("方案和数据里都没有地区 '{name}'", "neither plan nor data know the region '{name}'"),
    hint=Text(
        "{nearest}方案中的地区见方案文件的 regions，数据中的地区用 `ipstrong inspect` 查看",
        "{nearest}the plan file lists its regions under regions, `ipstrong inspect` those in the data",
    ),
    explanation=Text(
        "地区可用方案中的标识、名称、别名，或数据中的原文。",
        "A region is named by its id, name or alias in the plan, or as the data write it.",
    ),
    example="ipstrong check data.xlsx --region 申圳",
)

NOTHING_ASSESSED = Code(
    id="RUN005",
    severity=Severity.ERROR,
    title=Text("没有可评价的内容", "nothing could be assessed"),
    message=Text("没有一个目标能据此数据评价", "not one target could be assessed from these data"),
    hint=Text(
        "用 `ipstrong inspect` 查看读到了什么、为何没有匹配",
        "run `ipstrong inspect` to see what was read and why it did not match",
    ),
    explanation=Text(
        "什么都没有评价不等于通过，因此退出码为 2。", "Nothing assessed is not success: the exit code is 2."
    ),
    example="ipstrong check unrelated.xlsx",
)

BAD_AS_OF = Code(
    id="RUN006",
    severity=Severity.ERROR,
    title=Text("评价时点看不懂", "as-of date not understood"),
    message=Text("'{value}' 既不是年份也不是日期", "'{value}' is neither a year nor a date"),
    hint=Text("写成 2021 或 2021-05-31", "write 2021 or 2021-05-31"),
    explanation=Text(
        "评价时点区分“未到期”和“未达标”；默认取数据中最晚的时期，因此输出不随当天日期变化。",
        "The as-of date separates not due from missed; it defaults to the latest period in the data, so that output does "
        "not depend on today.",
    ),
    example="ipstrong check data.xlsx --as-of yesterday",
)

BAD_DAY = Code(
    id="RUN050",
    severity=Severity.ERROR,
    title=Text("日期看不懂", "date not understood"),
    message=Text("{option} 的“{value}”不是完整的日期", "{option}: '{value}' is not a full date"),
    hint=Text("写明年月日，如 2021-12-15", "write year, month and day, such as 2021-12-15"),
    explanation=Text(
        "报送日期和豁免的判断日期要与某一天比较；只写年份会把报送算作年底，可能误判为逾期。",
        "The day of submission, and the day on which waivers are judged, are compared with another day; a year alone would "
        "count as its last day and could make a submission late that was not.",
    ),
    example="ipstrong validate data.xlsx --handed-in 2021",
)

OUTPUT_IS_INPUT = Code(
    id="RUN007",
    severity=Severity.ERROR,
    title=Text("输出会覆盖输入", "output would overwrite an input"),
    message=Text("输出文件就是输入文件", "the output file is one of the inputs"),
    hint=Text("换一个输出文件名", "choose another name for the output"),
    explanation=Text("ipstrong 从不改动读入的文件。", "ipstrong never changes a file it has read."),
    example="ipstrong check data.xlsx -o data.xlsx",
)

DEFECT = Code(
    id="RUN008",
    severity=Severity.ERROR,
    title=Text("程序自身的缺陷", "a defect of ipstrong"),
    message=Text("程序出错：{kind}：{detail}", "ipstrong failed: {kind}: {detail}"),
    hint=Text(
        "这是程序的缺陷，不是数据的错；设置 IPSTRONG_DEBUG=1 重跑可得到报告缺陷所需的信息",
        "this is a defect of the program, not of your data; run again with IPSTRONG_DEBUG=1 for what a report needs",
    ),
    explanation=Text("退出码 3。", "The exit code is 3."),
    example="ipstrong check data.xlsx; echo $?   # 3",
)

USAGE = Code(
    id="RUN009",
    severity=Severity.ERROR,
    title=Text("命令行有误", "wrong command line"),
    message=Text("{detail}", "{detail}"),
    hint=Text("用 `{command} --help` 查看用法", "see `{command} --help`"),
    explanation=Text("命令、选项或参数写错。", "A command, option or argument is wrong."),
    example="ipstrong check --formt json data.xlsx",
)

DATE_BEFORE_DATA = Code(
    id="RUN010",
    severity=Severity.WARNING,
    title=Text("评价时点早于基期", "as-of date before the base year"),
    message=Text("评价时点 {as_of} 时基期 {base} 年尚未结束", "on {as_of} the base year {base} had not ended"),
    hint=Text("换一个较晚的评价时点", "choose a later date"),
    explanation=Text("此时没有任何年度数据可以评价。", "No yearly value counts yet."),
    example="ipstrong check data.xlsx --as-of 2010",
)

BINARY_ON_TERMINAL = Code(
    id="RUN011",
    severity=Severity.ERROR,
    title=Text("二进制格式不能写到终端", "binary format on standard output"),
    message=Text(
        "格式 '{format}' 是二进制的，不能写到标准输出的终端", "'{format}' is binary and standard output is a terminal"
    ),
    hint=Text("用 -o 指定文件", "name a file with -o"),
    explanation=Text("xlsx 等格式只能写入文件或管道。", "Formats such as xlsx go to a file or a pipe."),
    example="ipstrong check data.xlsx --format xlsx",
)

MARKED_NEEDS_ONE_FILE = Code(
    id="RUN012",
    severity=Severity.ERROR,
    title=Text("标记副本只能对应一个文件", "a marked copy is of one file"),
    message=Text(
        "--marked 需要恰好一个数据文件，这里有 {count} 个", "--marked needs exactly one data file, not {count}"
    ),
    hint=Text("每次只检查一个工作簿", "validate one workbook at a time"),
    explanation=Text(
        "标记写在所报送的那个工作簿的副本里。", "The marks are written into a copy of the workbook that was handed in."
    ),
    example="ipstrong validate a.xlsx b.xlsx --marked out.xlsx",
)

UNKNOWN_CODE = Code(
    id="RUN013",
    severity=Severity.ERROR,
    title=Text("没有这个问题代码", "no such code"),
    message=Text("没有问题代码 '{name}'", "there is no code '{name}'"),
    hint=Text("{nearest}用 `ipstrong rules` 查看全部", "{nearest}`ipstrong rules` lists all"),
    explanation=Text("每种问题都有固定的代码。", "Every kind of finding has a stable code."),
    example="ipstrong rule DATA999",
)

UNKNOWN_FILTER = Code(
    id="RUN014",
    severity=Severity.ERROR,
    title=Text("筛选条件没有对应的内容", "a filter names nothing in the plan"),
    message=Text("方案里没有 '{name}'", "the plan has no '{name}'"),
    hint=Text(
        "{nearest}用 `ipstrong targets` 和 `ipstrong tasks` 查看全部",
        "{nearest}`ipstrong targets` and `ipstrong tasks` list all",
    ),
    explanation=Text(
        "按单位、领域或工程筛选时，名称须与方案一致。", "A department, area or programme is named as in the plan."
    ),
    example="ipstrong tasks --department 市市场监督局",
)

CANNOT_MARK = Code(
    id="RUN040",
    severity=Severity.ERROR,
    title=Text("做不了标注副本", "no marked copy can be made"),
    message=Text("无法在副本上标注：{reason}", "cannot make a marked copy: {reason}"),
    hint=Text(
        "用 -o findings.csv 输出问题清单",
        "-o findings.csv lists the findings",
    ),
    explanation=Text(
        "标注副本是 xlsx 工作簿，行列数以 Excel 能容纳的为限。",
        "The marked copy is an xlsx workbook and holds no more rows and columns than Excel can.",
    ),
    example="ipstrong validate two-million-rows.csv --marked out.xlsx",
)

MARKED_AS_READ = Code(
    id="RUN041",
    severity=Severity.NOTE,
    title=Text("标注副本是新建的工作簿", "marked copy is a new workbook"),
    message=Text(
        "{reason}：副本按原来的行列重建，不含格式、公式和图表",
        "{reason}: the copy has the same cells at the same addresses, without formats, formulas and charts",
    ),
    hint=Text("改正时请改原文件", "correct the original, not the copy"),
    explanation=Text(
        "xls、xlsb、ods、网页和文本文件，以及太大、已损坏或结构不寻常的工作簿不能直接标注，因此标注在新建的 xlsx 里，单元格地址与原文件相同。",
        "Old .xls, .xlsb, .ods, HTML and text files, and workbooks that are too large, damaged or of an unusual structure, "
        "cannot be marked themselves. The marks are in a new xlsx workbook at the addresses of the original.",
    ),
    example="ipstrong validate data.csv --marked out.xlsx",
)

MARKED_SUFFIX = Code(
    id="RUN042",
    severity=Severity.ERROR,
    title=Text("标注副本的后缀不对", "wrong suffix for the marked copy"),
    message=Text("标注副本的后缀应为 '{suffix}'", "the marked copy must be named with '{suffix}'"),
    hint=Text("例如 --marked out{suffix}", "for example --marked out{suffix}"),
    explanation=Text(
        "Excel 拒绝打开后缀与内容不符的工作簿：含宏的须为 .xlsm。宏原样保留，从不运行。",
        "Excel refuses a workbook whose suffix does not fit: one with macros must be .xlsm. Macros are kept as they are and "
        "never run.",
    ),
    example="ipstrong validate macros.xlsm --marked out.xlsx",
)

SIGNATURE_BROKEN = Code(
    id="RUN044",
    severity=Severity.NOTE,
    title=Text("数字签名对副本无效", "signature does not hold for the copy"),
    message=Text(
        "原工作簿有数字签名，对标注副本无效", "the original is signed; the signature does not hold for the marked copy"
    ),
    hint=Text("改正原文件后重新签名", "mend the original and sign it again"),
    explanation=Text("任何改动都会使签名失效，加批注也不例外。", "Any change breaks a signature, a comment too."),
    example="a signed workbook with --marked",
)

EMPTY_TEMPLATE = Code(
    id="RUN045",
    severity=Severity.ERROR,
    title=Text("模板没有可填的指标", "nothing to ask for in a template"),
    message=Text("方案没有需要填报的指标", "the plan has no observed indicator to ask for"),
    hint=Text(
        "检查方案的 indicators，至少要有一个不带 ratio 的指标",
        "check the plan's indicators: at least one must have no ratio",
    ),
    explanation=Text(
        "由其他指标算出的指标不用填报；方案里只有这样的指标时，模板是空的。",
        "Derived indicators are computed, not reported; a plan with nothing else leaves the template empty.",
    ),
    example="indicators: [{id: share, ratio: {…}}]",
)

NOTHING_TO_REPORT = Code(
    id="RUN047",
    severity=Severity.ERROR,
    title=Text("该单位没有填报任务", "a department reports nothing"),
    message=Text("“{name}”没有需要填报的指标", "'{name}' has no indicator to report"),
    hint=Text("有填报任务的单位：{others}", "departments that report: {others}"),
    explanation=Text(
        "指标由其 department 填报，没有写的由用到它的目标的第一个责任部门填报。只参与任务的单位没有可填的指标。",
        "An indicator is reported by its department, or else by the first one of a target that rests on it. A department "
        "that only takes part in tasks has nothing to fill in.",
    ),
    example="ipstrong template --department 市司法局 -o t.xlsx",
)

NOT_A_SCORECARD = Code(
    id="RUN046",
    severity=Severity.ERROR,
    title=Text("不是评价结果文件", "not a scorecard"),
    message=Text("不是 ipstrong 写出的评价结果 (JSON)", "no scorecard in JSON as ipstrong writes it"),
    hint=Text(
        "用 `ipstrong check 数据 -o scorecard.json` 生成；比较两次报送时直接给出数据文件",
        "make one with `ipstrong check DATA -o scorecard.json`; to compare submissions, name the data files themselves",
    ),
    explanation=Text(
        "比较两份评价结果时，两个文件都须是同一格式版本的 JSON。",
        "To compare two scorecards, both files must be JSON of a known format version.",
    ),
    example="ipstrong compare notes.json scorecard.json",
)

COMPARE_UNLIKE = Code(
    id="RUN051",
    severity=Severity.ERROR,
    title=Text("评价结果与数据不能相比", "a scorecard against data"),
    message=Text(
        "这是评价结果 (JSON)，另一个文件“{other}”却是数据",
        "this is a scorecard (JSON), while the other file '{other}' is data",
    ),
    hint=Text(
        "两个文件须同为数据，或同为评价结果；可先用 `ipstrong check 数据 -o scorecard.json` 生成评价结果",
        "both must be data, or both scorecards; `ipstrong check DATA -o scorecard.json` makes one",
    ),
    explanation=Text(
        "评价结果里没有逐格的数据，数据里没有结论，两者无从比较。",
        "A scorecard holds no cells and data hold no verdicts, so there is nothing to hold against each other.",
    ),
    example="ipstrong compare scorecard.json data.xlsx",
)
