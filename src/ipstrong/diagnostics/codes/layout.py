"""DATA codes of layouts: what can be wrong while tables are recognised and their cells read."""

from __future__ import annotations

from ipstrong.diagnostics.finding import error, note, warning

NO_TABLE = error(
    "DATA100",
    "没有可识别的统计表 | no recognisable table",
    "没有找到统计表；看到的是：{seen} | no table of statistics was found; seen: {seen}",
    "表中应有一行标题（指标、地区或年份）和数值；列名可写“指标、地区、年份、数值、单位” | "
    "a table needs a heading row (indicators, regions or years) over numbers; columns may be named indicator, region, "
    "year, value, unit",
    "一张表至少要有数值，以及说明数值含义的行名、列名或时间。整个文件都没有这样的表时，不能当作“没有问题”。 | "
    "A table needs numbers and, next to or above them, names or periods that say what they are. A file without any is "
    "not a file without faults.",
    "a sheet that holds a letter",
)
NUMBERS_OUTSIDE = note(
    "DATA109",
    "表外的内容没有读入 | content outside tables",
    "表外有{count}个数字没有读入，例如“{text}” | {count} number(s) outside the tables were not read, such as '{text}'",
    "页码、编号可以不管；如果是数据，请放到有标题的行和列中 | "
    "ignore page and item numbers; data belong under a heading, next to a label",
    "这些内容不在任何一张表的数据区内，例如目录、说明、注释、页码，或夹在分组行中的数字。 | "
    "It is in no table's rows and columns of values: contents, notes, page numbers, or numbers in a row that heads a "
    "group.",
    "a page number below the table",
)
SHEET_LEFT_OUT = NUMBERS_OUTSIDE.case(
    "DATA101",
    "本表没有读出数据：{seen} | nothing was read from this sheet: {seen}",
    "如果本表有数据，请检查标题行 | if it holds data, check its heading row",
)
NUMBERS_LEFT_OUT = warning(
    "DATA102",
    "有数字没有读入 | numbers left out",
    "{count}个数字没有读入，因为{reason} | {count} number(s) were left out because {reason}",
    "给这些数字加上行名和列名；如不是数据，可以不管 | "
    "give these numbers a row label and a heading; ignore this if they are no data",
    "数字旁边没有可以说明其含义的名称，读入就只能靠猜。 | "
    "Nothing next to these numbers says what they are, and they could only be read by guessing.",
    "B7 = 1234, row and column without a name",
)
PERIOD_UNKNOWN = warning(
    "DATA103",
    "找不到所属时间 | no period found",
    "“{label}”等{count}个数值找不到所属时间 | no period was found for {count} value(s), such as '{label}'",
    "在标题、表名或单独一列中写明年份，如“2019年” | "
    "name the year in the title, the sheet's name or a column of its own, such as 2019",
    "标题、列名、行名和工作表名都没有写明唯一的年份；只有月份、季度也不行。这些数值可以查看，但不参与评价。 | "
    "Neither title, headings, labels nor sheet name give one year, and a month or quarter alone is not enough. The "
    "values can be inspected but are not assessed.",
    "地区 | GDP, with no year anywhere",
)
YEAR_UNKNOWN = PERIOD_UNKNOWN.case(
    "DATA104",
    "“{text}”没有年份，{count}个数值的时间不明 | '{text}' has no year, so the period of {count} value(s) is unknown",
    "在标题或上一行写明年份 | name the year in the title or in the row above",
)
PERIOD_AMBIGUOUS = warning(
    "DATA105",
    "时间有两种读法 | period can be read in two ways",
    "“{text}”按{read}读取，也可能是{other} | '{text}' was read as {read}, it could also be {other}",
    "写成“2010年11月”或“2010/11财年” | write 2010-11-01 or November 2010 for the month, FY2010/11 for the fiscal year",
    "“2010-11”既可以是2010年11月，也可以是2010/11财政年度；旁边没有别的年份可以判断。 | "
    "`2010-11` is November 2010 or the fiscal year 2010/11, and nothing next to it tells which.",
    "Reporting_period = 2010-11",
)
PERIODS_CONFLICT = error(
    "DATA106",
    "行和列的时间不一致 | row and column name different periods",
    "行为{row}，列为{column}，{count}个数值没有读入 | "
    "the row says {row}, the column {column}; {count} value(s) were left out",
    "只在行或列的一处写明时间 | name the period in the row or in the column, not in both",
    "同一个数值不能属于两个时间。 | One value cannot belong to two periods.",
    "row 2019, column 2020年",
)
YEAR_BREAKS_RUN = warning(
    "DATA138",
    "年份不连续 | year breaks the run",
    "“{text}”夹在连续的年份之间，应为{expected} | '{text}' is in a run of years where {expected} is expected",
    "核对这一年；确实无误的可以不管 | check this year; ignore this if it is meant",
    "其余年份都逐年相连，只有这一个不是，多半是录入错误；数值按所写的年份读入。 | "
    "All other years go on by one and this does not, so it is probably a slip. The values were read for the year as "
    "written.",
    "2015 | 2016 | 2071 | 2018 | 2019",
)
STATUS_UNKNOWN = warning(
    "DATA139",
    "数据状态无法识别 | status unknown",
    "状态“{word}”无法识别，旁边的{count}个数值按最终数读入 | "
    "the status '{word}' is unknown; {count} value(s) next to it are read as final",
    "改用认识的写法：{known}；如果这一列不是数据状态，请换一个列名 | "
    "use a word that is known: {known}; give the column another heading if it holds no status",
    "初步数、预计数要与最终数分开。认不出的写法按最终数读入，可能把初步数当成定案；留空、“-”或“最终”即为最终数。 | "
    "Provisional and estimated figures are distinguished from final ones. A word that is unknown may have meant "
    "either; a blank, `-` or `final` says that the value is final.",
    "状态 = 乱写",
)
NAME_FROM_TABLE = note(
    "DATA107",
    "指标名称不完整 | incomplete name of an indicator",
    "行和列都没有指标名称，以{source}“{label}”为名 | "
    "neither row nor column names an indicator; '{label}' was taken from {source}",
    "在列名或标题行写明指标 | name the indicator in the heading or in a line `指标：…` above the table",
    "行和列都没有指标名称时用标题、工作表名或文件名；行名上面的分组只起归类作用，不改变指标的含义。 | "
    "Without a name in row or column, the title or the name of the sheet or file is used; the group above a label "
    "sorts it and was read not to change its meaning.",
    "地区 | 2019年 | 2020年",
)
DATES_READ_AS = note(
    "DATA108",
    "日期按月、季或年读取 | dates read as months, quarters or years",
    "{first}至{last}的日期按{grain}读取 | dates from {first} to {last} were read as {grain}",
    "如果确实是某一天的数值，请在列名中写明 | if they are single days, say so in the heading",
    "一列日期全是月末或月初、每月至多一个，通常代表整个时期。 | "
    "A run of dates that are all first or last days of their months means whole periods.",
    "2018-03-31, 2018-06-30",
)
NOT_A_NUMBER = error(
    "DATA110",
    "数值格中不是数字 | not a number",
    "{texts}不是数字（“{label}”，共{count}处） | {texts}: not a number ('{label}', {count} cell(s))",
    "改为数字；没有数据时留空或填“—” | write a number; where there is none leave the cell empty or write `—`",
    "应为数值的单元格里是文字，或是扫描、录入造成的残缺数字。ipstrong不会去猜它原来是多少。 | "
    "A cell among values holds words, or digits spoilt by scanning or typing. ipstrong does not guess what they were.",
    "477903S1.68",
)
SCALE_TWICE = warning(
    "DATA111",
    "单元格和表头都写了“万”“亿”等 | the cell and its heading both name a scale",
    "“{text}”带有数量级，表头单位又是“{unit}”，按单元格读取（“{label}”，共{count}处） | "
    "'{text}' carries a scale and the heading says '{unit}'; the cell's was used ('{label}', {count} cell(s))",
    "只在一处写明数量级 | name the scale in one place only",
    "表头为“万件”而单元格又写“13万”时，可能是13万件，也可能是13万万件，相差一万倍。 | "
    "With a heading in 万件, a cell `13万` is 130,000 or 1,300,000,000: ten thousand times apart.",
    "单位：万件, cell 13万",
)
