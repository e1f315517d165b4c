"""DATA codes of matching: what can be wrong while labels, units and regions are matched to the plan."""

from __future__ import annotations

from ipstrong.diagnostics.codes.layout import NAME_FROM_TABLE
from ipstrong.diagnostics.finding import error, note, warning

UNMATCHED = warning(
    "DATA120",
    "没有对应的指标 | no indicator of this name",
    "“{label}”不是方案中的指标{nearest}（{count}个数值） | "
    "'{label}' is no indicator of the plan{nearest} ({count} value(s))",
    "如果就是方案中的某个指标，请改用其名称，或在方案中把它加为别名 | "
    "if it is one of the plan's indicators, use its name, or add this one to its aliases",
    "名称与方案中指标的名称、别名都不相同。相近不等于相同，所以只提示、不套用。 | "
    "The label equals no name or alias in the plan. Near is not the same, so the nearest is named and not used.",
    "发明专利授权数",
)
UNMATCHED_FAR = note(
    "DATA121",
    "与方案无关的数据 | series the plan does not speak of",
    "“{label}”等{count}个序列与方案的指标无关 | {count} series, such as '{label}', have nothing near them in the plan",
    "可以不管；如果应当使用，请在方案中加为别名 | nothing to do; if one should count, add it to an indicator's aliases",
    "文件里有方案没有涉及的指标，已读出但不使用。 | "
    "The file holds indicators the plan does not speak of. They were read and are not used.",
    "地区生产总值",
)
LABEL_AMBIGUOUS = error(
    "DATA122",
    "一个名称对应几个指标 | label of several indicators",
    "“{label}”可以是{indicators} | '{label}' could be {indicators}",
    "写明是哪一个，或在方案中改掉重复的别名 | say which, or remove the shared alias from the plan",
    "同一名称在方案中属于几个指标，单位也不能区分。 | "
    "Several indicators of the plan have this name and the unit does not tell them apart.",
    "发明专利",
)
UNIT_MISMATCH = error(
    "DATA123",
    "单位不能换算 | unit cannot be converted",
    "“{label}”的单位是“{unit}”，指标“{indicator}”的单位是“{expected}”，不能换算 | "
    "'{label}' is in '{unit}', the indicator '{indicator}' is in '{expected}'; they do not convert",
    "改正单位；如果是另一个指标，请改正名称 | correct the unit, or the label if it is another indicator",
    "只在同类单位之间换算（件与万件），不同类的（件与家、百分比与百分点）拒绝换算；不认识的单位不能假定与指标的相同。 | "
    "Units convert within their kind (件 and 万件), never across kinds (件 and 家, percent and percentage points); an "
    "unknown unit is not assumed to be the indicator's.",
    "有效发明专利量 in 家",
)
UNIT_UNKNOWN = UNIT_MISMATCH.case(
    "DATA124",
    "“{label}”的单位“{unit}”不认识，不能换算为“{expected}” | "
    "the unit '{unit}' of '{label}' is not known and cannot be converted into '{expected}'",
    "改用常见写法，或在方案的units中把它写成别名 | use a common spelling, or add it to `units` in the plan",
)
UNIT_ASSUMED = note(
    "DATA125",
    "没有写单位 | unit missing",
    "“{label}”没有写单位，按指标的单位“{expected}”读取（{count}个数值） | "
    "'{label}' names no unit; '{expected}', the indicator's, was taken ({count} value(s))",
    "在标题、列名或单位列中写明单位 | name the unit in the title, the heading or a unit column",
    "表中找不到单位时按指标的单位读取。“其中”各行、缩进或下一级编号的各行随所属一行的单位；其他行空着，可能是漏填，程序不猜。 | "
    "Where a table names no unit, the indicator's is used. Rows that are part of another (of which, indented, numbered "
    "one level deeper) have its unit; any other blank may be forgotten and is not guessed.",
    "有效发明专利量 | 138534",
)
UNIT_BLANK = UNIT_ASSUMED.case(
    "DATA137",
    "“{label}”等{count}行的单位栏空着，没有随上一行 | "
    "{count} row(s), such as '{label}', leave the unit column blank; they were not taken for that of the row above",
    "逐行填上单位；与上一行相同的可以写“〃” | "
    "fill the units in, or write a ditto mark where the unit is that of the row above",
)
FRACTION_OR_PERCENT = warning(
    "DATA126",
    "可能是小数而不是百分数 | perhaps a fraction, not a percent",
    "“{label}”没有写单位，数值都不超过1，按百分数读取 | "
    "'{label}' names no unit and no value is above 1; they were read as percent",
    "写明“%”，或把单元格设为百分比格式 | write `%`, or give the cells a percent format",
    "0.2可能是0.2%，也可能是20%。没有单位时无从判断。 | 0.2 is 0.2 % or 20 %; without a unit nothing tells which.",
    "占比 | 0.2",
)
HEADING_IGNORED = NAME_FROM_TABLE.case(
    "DATA127",
    "分组“{group}”下的{count}个名称按最后一级对应到指标，例如“{part}”对应到“{indicator}” | "
    "{count} label(s) under '{group}' were matched without it, such as '{part}' to '{indicator}'",
    "如果分组改变了含义，请把完整名称写在一格里 | if the group changes the meaning, write the full name in one cell",
)
REGION_UNCLEAR = warning(
    "DATA128",
    "地区不明确 | region is not clear",
    "“{text}”中有几个地区：{regions}；数据没有归入任何一个 | "
    "'{text}' names several regions: {regions}; the data were given to none",
    "用“地区”列或单独的工作表区分地区 | tell regions apart by a column or by sheets of their own",
    "标题里提到几个地区，而表中没有地区列。 | The title names several regions and the table has no region column.",
    "深圳市与广州市主要指标",
)
REGION_ASSUMED = note(
    "DATA140",
    "没有写明地区 | no region named",
    "本表表题、工作表名、行列都没有写明可识别的地区；文件中这样的{count}个数值按本地区“{home}”读入 | "
    "neither title, sheet name, rows nor columns name a known region; {count} such figure(s) of the file are taken for "
    "the plan's own, '{home}'",
    "在表题、工作表名或“地区”一栏写明地区；确属“{home}”的可不改 | "
    "name the region in the title, the sheet's name or a column of regions, unless '{home}' is meant",
    "不少表只有指标和年份，不写地区。方案里的指标这时按本地区计算，并在此说明，以免下辖区或外地的数被当成本地区的数。 | "
    "Many tables hold indicators and years and name no region. Figures of the plan are then taken for its home region, "
    "which is reported here, so that those of a district or another city do not pass for it unseen.",
    "title: 2020年主要指标; 指标 | 2019年 | 2020年",
)
KEY_BLANK = warning(
    "DATA136",
    "时间、指标或地区栏空着 | blank period, label or region cells",
    "有{count}行的{what}栏空着，没有随上一行 | "
    "{count} row(s) leave the {what} column blank; they were not taken for that of the row above",
    "逐行填上；每组只写一次的，只在各组第一行写，或合并单元格 | "
    "fill the cells in; where one name covers a group of rows, print it in the first row of each group only, or "
    "merge the cells",
    "每组第一行填写、其余各行空着，或者单元格合并，空格随上一行；其他行都填、只有个别行空着，多半是漏填，程序不猜。空着的地区可能是漏填，也可能是本级。 | "
    "Where the first row of each group is filled and the others are not, or the cells are merged, a blank means the "
    "cell above. A blank among filled rows is more likely forgotten, and is not guessed; a blank region may also mean "
    "the whole.",
    "a long table with an empty cell under 年份",
)
REGION_BLANK = KEY_BLANK.case(
    "DATA133",
    "有{count}行的地区栏空着，没有随上一行，按整个表的地区读入；表上没有写明的，按本地区读入 | "
    "{count} row(s) leave the region column blank; taken for the region of the whole table, or for the plan's own "
    "where it names none, not for that of the row above",
    "把地区填上；确属本地区的写明地区名称 | fill the region in, also where it is the home region",
)
DUPLICATE_DIFFERENT = error(
    "DATA130",
    "同一数据出现两次且数值不同 | same figure twice, with different values",
    "{period}“{label}”（{region}）在{first}为{value}，在此处为{other}；采用前者（共{count}处） | "
    "{period} '{label}' ({region}) is {value} at {first} and {other} here; the first was kept ({count} such)",
    "核实后只保留正确的一个 | find out which is right and keep one",
    "同一指标、地区、时间有两个不同的数值，必有一个不对，或者口径不同而名称没有区分。 | "
    "One indicator, region and period has two values: one is wrong, or they differ in definition and the labels do not "
    "say so.",
    "2019 有效发明专利量: B4 = 138534, B9 = 138543",
)
DUPLICATE_SAME = note(
    "DATA131",
    "同一数据出现两次 | same figure twice",
    "“{label}”有{count}个数据与{first}等处重复，数值相同 | "
    "{count} figure(s) of '{label}' repeat earlier ones, such as {first}, with equal values",
    "可以不管 | nothing to do",
    "重复的数据数值一致，只计一次。 | The repeated figures agree and count once.",
    "two sheets with the same row",
)
ROWS_ALIKE = warning(
    "DATA132",
    "有几行无法区分 | rows that nothing tells apart",
    "“{label}”在同一时间和地区有{count}个不同数值，例如{first}和此处 | "
    "'{label}' has {count} further values for the same period and region, such as at {first} and here",
    "给这些行加上能区分它们的列，如类型、行业 | add a column that tells them apart, such as a type or industry",
    "这些数据没有对应到方案的指标，不影响评价。 | "
    "The series matches no indicator of the plan, so nothing is assessed with it.",
    "records of single events",
)
NOTHING_MATCHED = error(
    "DATA135",
    "没有一个数据与方案对应 | nothing in the file matches the plan",
    "读出{count}个数值，没有一个对应到方案的指标；看到的名称：{labels} | "
    "{count} value(s) were read and none matches an indicator of the plan; labels seen: {labels}",
    "用 ipstrong targets 查看指标名称，用 ipstrong inspect 查看读到的内容 | "
    "see the names with `ipstrong targets`, and what was read with `ipstrong inspect`",
    "文件可以读，但内容与方案无关，或名称都不相同。没有可评价的内容不等于达标。 | "
    "The file can be read but speaks of other things, or by other names. Nothing assessed is not success.",
    "another department's workbook",
)
