"""Help texts of the command line; options hold the English side, `language.translate` puts in the other."""

from __future__ import annotations

from ipstrong.texts import Text

APP = Text(
    "指标计算器：方案写成 YAML，统计表原样读入，给出每个目标的结论、差距、进度，并注明出自哪个单元格。",
    "Indicator calculator: a plan in YAML and the statistics as they come, in; verdict, gap and pace of every target, "
    "with the cell each number comes from, out.",
)
CHECK = Text(
    "对照方案评价数据：达标没有、差多少、快不快、出自哪个单元格。",
    "Check data against the plan: met or not, how far off, how fast, and from which cell.",
)
EXPLAIN = Text(
    "说明一个目标的结论：条款、口径、每个输入的出处、算式、什么会使结论改变。",
    "Explain one verdict: clause, convention, every input with its cell, the arithmetic, and what would change it.",
)
INSPECT = Text(
    "显示从文件中读懂了什么：每个序列、位置、单位、匹配的指标，以及略去了什么、为什么。",
    "Show what was understood of files: each series, its place, unit and indicator, and what was left out and why.",
)
TARGETS = Text("列出方案的目标。", "List the targets of the plan.")
TASKS = Text("列出方案的重点任务及牵头、配合单位。", "List the plan's tasks with lead and cooperating units.")
MILESTONES = Text("列出方案中有日期的职责。", "List the dated duties of the plan.")
PLAN = Text("检查方案文件，或输出其 JSON Schema。", "Lint a plan file, or print its JSON Schema.")
PLAN_LINT = Text("检查方案文件，列出全部问题及行列。", "Check a plan file: every complaint with its line and column.")
PLAN_SCHEMA = Text("输出方案文件的 JSON Schema，供编辑器使用。", "Print the JSON Schema of plan files, for editors.")
VALIDATE = Text(
    "检查报送数据：哪个单元格有什么问题、怎样改正。",
    "Validate a submission: what is wrong, in which cell, and how to fix it.",
)
RULES = Text("列出全部问题代码。", "List every diagnostic code.")
RULE = Text("显示一个问题代码的说明。", "Show the page of one diagnostic code.")
TEMPLATE = Text("由方案生成供填报的工作簿。", "Make a workbook to fill in from the plan.")
COMPARE = Text(
    "比较两次报送：新增、删除、修订的数据，以及改变的结论。",
    "Compare two submissions: figures added, removed, revised, and verdicts that changed.",
)

DATA = Text(
    "数据文件：xlsx xlsm xls xlsb ods csv tsv；- 为标准输入的 CSV。",
    "Data files: xlsx xlsm xls xlsb ods csv tsv; - for CSV on stdin.",
)
PLAN_FILE = Text(
    "方案文件；默认用当前文件夹的 targets.yaml，没有则用自带的方案。",
    "Plan file; default: targets.yaml here, else the plan that comes with the package.",
)
LANG = Text("输出语言：zh 或 en；默认随系统。", "Language of the output: zh or en; default: the locale.")
REGION = Text("地区（可重复）；all 为数据中的全部地区。", "Region (repeatable); all for every region in the data.")
TEMPLATE_OUTPUT = Text("要写的工作簿（.xlsx）。", "The workbook to write (.xlsx).")
TEMPLATE_REGION = Text(
    "方案中的地区（可重复）；默认为本地区及计算比重所需的地区。",
    "Region of the plan (repeatable); default: its own, and those that shares need.",
)
AS_OF = Text(
    "评价时点：年份或日期；默认为数据中最晚的时期。",
    "Year or date of assessment; default: the latest period in the data.",
)
SHEET = Text("只读此工作表（可重复）。", "Read only this sheet (repeatable).")
HIDDEN = Text("也读隐藏的工作表、行和列。", "Read hidden sheets, rows and columns too.")
MAX_CELLS = Text("单个文件的单元格上限。", "Largest number of cells in a file.")
MAX_SIZE = Text("单个文件解压后的上限（MB）。", "Largest unpacked size of a file, in MB.")
FORMAT = Text("标准输出的格式。", "Format on standard output.")
OUTPUT = Text("写入文件（可重复），后缀决定格式。", "Write to a file (repeatable); the suffix decides the format.")
FAIL_ON = Text("出现此状态（或更差）时退出码为 1。", "Exit with 1 when this status, or a worse one, occurs.")
FAIL_ON_SEVERITY = Text(
    "出现此级别（或更重）的问题时退出码为 1。", "Exit with 1 when a finding of this severity, or a worse one, occurs."
)
EXIT_ZERO = Text(
    "有问题也以 0 退出（推行初期用）；无法运行时仍为 2。",
    "Exit with 0 whatever is found, for roll-out; 2 if the run fails.",
)
DEPARTMENT = Text("只看此单位（牵头或配合）。", "Only this unit, lead or cooperating.")
AREA = Text("只看此领域。", "Only this area.")
PROGRAMME = Text("只看此工程。", "Only this programme.")
TARGET = Text("目标的编号、标识或名称。", "Number, id or name of the target.")
WIDTH = Text("输出宽度（列）；默认随终端。", "Width of the output in columns; default: the terminal's.")
VERSION = Text("显示版本。", "Show the version and exit.")
WAIVERS = Text("已审定的豁免清单（YAML）。", "Reviewed list of accepted findings (YAML).")
HANDED_IN = Text("报送日期（ISO），与方案的期限比较。", "Date of submission (ISO), compared with the plan's deadlines.")
TODAY = Text("豁免是否过期按此日期判断；默认为今天。", "Day on which waivers must be valid; default: today.")
MARKED = Text("写一份标出问题的副本。", "Write a copy of the workbook with the findings marked.")
NO_PLAN = Text("不对照方案，只检查表格本身。", "Check the tables alone, without a plan.")
CODE = Text("问题代码，如 DATA012。", "Code of a finding, such as DATA012.")
YEARS = Text("填报年份（可重复）。", "Year to ask for (repeatable).")
OLD = Text("原报送文件，或 JSON 评价结果。", "The old data file, or scorecard in JSON.")
NEW = Text(
    "新报送文件，或 JSON 评价结果；两个须是同一种。",
    "The new data file, or scorecard in JSON; both must be of one kind.",
)
