"""DATA codes of readers: what can be wrong with files, sheets and cells."""

from __future__ import annotations

from ipstrong.diagnostics.finding import error, note, warning

FILE_MISSING = error(
    "DATA001",
    "文件打不开 | file cannot be opened",
    "找不到文件“{path}” | there is no file '{path}'",
    "{nearest}检查路径和文件名 | {nearest}check the folder and the name",
    "路径下没有这个文件（名称相近的会列出），或没有读权限。ipstrong 只读取明确列出的文件，不会自行到文件夹里挑选，以免误读旧稿或备份。 | "
    "Nothing is at that path (a similar name is shown), or it may not be read. ipstrong reads the files that are named "
    "and picks none from a folder, so that it reads no draft or backup.",
    "ipstrong check dta.xlsx",
)
FILE_IS_FOLDER = FILE_MISSING.case(
    "DATA002",
    "“{path}”是文件夹 | '{path}' is a folder",
    "给出文件夹里的文件，例如 {path}/*.xlsx | name the files in it, such as {path}/*.xlsx",
)
FILE_FORBIDDEN = FILE_MISSING.case(
    "DATA003",
    "无法打开“{path}”：{reason} | '{path}' cannot be opened: {reason}",
    "检查文件权限，并关闭正在使用它的程序 | check the file's permissions, and close programs that hold it",
)
FILE_DAMAGED = error(
    "DATA007",
    "文件已损坏或是空的 | file is damaged or empty",
    "文件损坏，无法读取：{reason} | the file is damaged and cannot be read: {reason}",
    "用 Excel 或 WPS 打开并另存，或重新下载 | open it in Excel or WPS and save it anew, or download it again",
    "下载中断、导出失败，结构不完整或校验不符。为避免读出错误的数字，损坏的文件一律不读取其中任何部分。 | "
    "A download was cut off, an export failed, the structure is incomplete or a checksum does not match. Nothing is "
    "read from a damaged file, so that no figure is wrong.",
    "a workbook whose download was cut off",
)
FILE_EMPTY = FILE_DAMAGED.case(
    "DATA004",
    "文件没有内容（{size} 字节） | the file holds nothing ({size} bytes)",
    "重新导出或重新下载该文件 | export or download the file again",
)
NOT_A_TABLE_FILE = error(
    "DATA006",
    "不是表格文件 | not a table file",
    "内容是{kind}，无法读取 | the content is {kind}, which cannot be read",
    "另存为 xlsx 或 CSV 后再读 | save the tables as xlsx or CSV and read those",
    "文件类型按内容而不按扩展名判断，可以读取 xlsx、xlsm、xls、xlsb、ods、CSV、制表符分隔文本和网页表格。登录失效后下载到的往往是没有表格的网页；“~$”开头的小文件由 Excel 在打开工作簿时生成。 | "
    "The kind of a file follows from its content, not its suffix: xlsx, xlsm, xls, xlsb, ods, CSV, tab-separated text "
    "and tables in web pages can be read. A download after a session has expired is often a web page; Excel keeps a "
    "small '~$' file next to an open workbook.",
    "report.pdf renamed to report.xlsx",
)
LOCK_FILE = NOT_A_TABLE_FILE.case(
    "DATA005",
    "这是 Excel 打开工作簿时生成的锁定文件，不含数据 | "
    "this is the owner file that Excel keeps next to an open workbook; it holds no data",
    "改用真正的工作簿：名称相同、开头没有“~$” | give the workbook itself: the same name without the '~$' in front",
)
NO_TABLE_INSIDE = NOT_A_TABLE_FILE.case(
    "DATA028",
    "文件是网页，其中没有表格 | the file is a web page without a table",
    "重新下载数据文件；网页可能是登录页或出错页 | download the data again; the page may be a login or an error page",
)
FILE_ENCRYPTED = error(
    "DATA008",
    "文件有密码 | file is encrypted",
    "文件设有打开密码 | the file needs a password to open",
    "在 Excel 或 WPS 中取消打开密码后另存 | remove the password in Excel or WPS and save",
    "工作簿用密码加密，没有密码无法读取。只用 Excel 内置默认密码加密的文件会自动打开，见 DATA009。 | "
    "The workbook is encrypted and cannot be read without its password. Files that carry nothing but Excel's own "
    "default password are opened; see DATA009.",
    "a workbook saved with a password to open",
)
DEFAULT_PASSWORD = note(
    "DATA009",
    "用默认密码打开 | opened with the default password",
    "文件用 Excel 的内置默认密码加密，已直接打开 | "
    "the file is encrypted with Excel's own default password and was opened",
    "",
    "只设了工作簿保护而没有打开密码时，Excel 会用公开的默认密码加密整个文件，年鉴下载文件常见。 | "
    "A workbook that is protected but has no password to open is encrypted by Excel with a password that everybody "
    "knows; downloads of yearbooks often are.",
    "a protected yearbook table",
)
TOO_LARGE = error(
    "DATA010",
    "超出读取上限 | beyond the limits",
    "{what}为 {size}，超过上限 {limit} | {what}: {size}, more than the limit of {limit}",
    "若文件可信，用 {option} 提高上限；否则删去数据区以外的内容后另存 | "
    "raise the limit with {option} if you trust the file; otherwise delete what lies outside the table and save",
    "很小的压缩文件可以展开成极大的内容，一个远处的单元格可以让一张表有上百亿格。上限使读取不会耗尽内存，拒绝发生在展开之前。 | "
    "A tiny archive can unpack into gigabytes, and one stray cell can give a sheet billions of cells. The limits keep "
    "reading from exhausting the memory; the refusal comes before anything is unpacked.",
    "a 1 kB ods file that asks for 17 billion cells",
)
WRONG_SUFFIX = warning(
    "DATA011",
    "扩展名与内容不符 | suffix does not fit the content",
    "扩展名是 {suffix}，内容却是{kind}；已按内容读取 | "
    "the suffix says {suffix}, the content is {kind}; read by its content",
    "改正扩展名，或另存为 xlsx | give the file the right suffix, or save it as xlsx",
    "不少系统把网页表格或 CSV 以 .xls 为名导出，Excel 会警告但能打开。ipstrong 按内容读取，并指出不符。 | "
    "Many systems export web pages or CSV under the name .xls; Excel warns but opens them. ipstrong goes by the "
    "content and says so.",
    "a CSV file named data.xlsx",
)
NO_SAVED_VALUE = error(
    "DATA012",
    "公式没有保存结果 | formula has no saved value",
    "公式没有保存计算结果：{formula} | formula has no saved value: {formula}",
    "用 Excel 或 WPS 打开、保存后再提交 | open the file in Excel or WPS, save it, and submit again",
    "工作簿由程序生成、从未计算过时，公式单元格里没有数值。ipstrong 不替人计算公式，也不把它当作空白或 0。 | "
    "A workbook made by a program and never calculated holds formulas without results. ipstrong does not calculate "
    "them, and takes them neither for blank nor for 0.",
    "=C7*1.1",
)
ERROR_VALUE = error(
    "DATA013",
    "单元格是错误值 | cell holds an error value",
    "单元格是错误值 {error} | the cell holds the error value {error}",
    "改正公式或被引用的单元格；确实没有数据时留空或填“—” | "
    "correct the formula or the cells it refers to; leave the cell blank or write '—' where there is no figure",
    "公式出错的单元格没有数值。许多读取工具会把它悄悄当作空白，ipstrong 会指出位置。 | "
    "A formula that failed has no value. Many readers silently hand it over as blank; ipstrong names the cell.",
    "#REF!",
)
SHEET_HIDDEN = warning(
    "DATA014",
    "隐藏的工作表未读取 | hidden sheet was left out",
    "工作表“{sheet}”是隐藏的，未读取 | sheet '{sheet}' is hidden and was left out",
    "需要其中数据时取消隐藏，或使用 --include-hidden；不需要时从文件中删除 | "
    "unhide it or use --include-hidden if its data count; otherwise delete it from the file",
    "隐藏的工作表往往是旧稿、下拉列表或中间计算，审阅者也看不到，因此默认不读取。 | "
    "Hidden sheets are mostly drafts, lists for drop-downs or intermediate results, and a reviewer does not see them; "
    "so they are not read unless asked for.",
    "a sheet set to 'very hidden'",
)
SHEET_NOT_CELLS = note(
    "DATA015",
    "不是数据表的工作表 | sheet without cells",
    "“{sheet}”是{kind}，没有单元格 | '{sheet}' is {kind} and has no cells",
    "",
    "图表工作表、宏表和对话框表没有可读的单元格。 | Chart, macro and dialogue sheets hold no cells to read.",
    "a chart on a sheet of its own",
)
MACROS = note(
    "DATA019",
    "工作簿含有宏 | workbook holds macros",
    "工作簿含有宏；宏不会运行 | the workbook holds macros; they are not run",
    "报送数据请另存为不含宏的 xlsx | save as xlsx without macros before submission",
    "ipstrong 只读取单元格的值，不运行任何宏。 | ipstrong reads the values of cells and runs no macro.",
    "data.xlsm with vbaProject.bin",
)
SHEET_MISSING = error(
    "DATA016",
    "没有要求的工作表 | requested sheet is missing",
    "没有工作表“{sheet}”；现有：{present} | there is no sheet '{sheet}'; there are: {present}",
    "{nearest}改正工作表名称 | {nearest}correct the name of the sheet",
    "指定的工作表不存在时不会改读第一张表：读错表比读不到更糟。 | "
    "Where a sheet that was asked for is missing, the first sheet is not taken instead: the wrong table is worse than "
    "none.",
    "--sheet 专利 on a workbook whose sheet is 专利情况",
)
HIDDEN_CELLS = warning(
    "DATA017",
    "隐藏的行或列中有数据 | hidden rows or columns hold data",
    "隐藏的{what}中有数据，已读取 | data in hidden {what} were read",
    "取消隐藏并核对；不该报送的请删除 | unhide and check them; delete what should not be submitted",
    "筛选或隐藏之后，看不见的行列仍在文件里。它们会被读取，所以要让审阅者知道。 | "
    "Rows and columns that a filter or a person has hidden are still in the file. They are read, and so must be known.",
    "rows 8-12 hidden by a filter",
)
NO_SHEET = error(
    "DATA018",
    "没有可读的工作表 | no sheet to read",
    "工作簿中没有可见的数据工作表 | the workbook has no visible sheet with cells",
    "取消隐藏含数据的工作表，或使用 --include-hidden | unhide the sheet that holds the data, or use --include-hidden",
    "所有工作表都是隐藏的、图表或宏表。 | Every sheet is hidden, a chart or a macro sheet.",
    "a workbook with a single hidden sheet",
)
EXTERNAL_LINK = warning(
    "DATA020",
    "公式引用文件以外的内容 | formula reaches outside the file",
    "公式引用了其他工作簿：{formula}{more} | a formula refers to another workbook: {formula}{more}",
    "把引用的结果粘贴为数值 | paste the results as values",
    "引用外部文件的公式，其值停留在上次保存时，收件人无法重新计算；WEBSERVICE、DDE 之类打开时可能联网或启动程序。ipstrong 不计算公式，只读取保存的值。 | "
    "The value of such a formula is from the last time it was saved, and nobody else can recalculate it; WEBSERVICE or "
    "DDE may even reach out when the file is opened. ipstrong calculates nothing and reads the saved value.",
    "='[2019年报.xlsx]专利'!D7",
)
CALLS_OUT = EXTERNAL_LINK.case(
    "DATA021",
    "公式会访问网络或启动程序：{formula} | a formula reaches the network or starts a program: {formula}",
    "删除该公式，填入数值 | delete the formula and enter the figure",
)
FORMATS_UNREAD = note(
    "DATA022",
    "数字格式未能读取 | number formats could not be read",
    "未能读取数字格式，百分比格式的单元格按存储的小数读取 | "
    "number formats could not be read: cells shown as percent count as the stored fraction",
    "另存为 xlsx 后再读 | save the file as xlsx and read that",
    "同一个 0.2，格式为百分比时显示为 20%。读不到格式时无法区分，因此在此说明。 | "
    "The same 0.2 shows as 20% in a cell with a percent format. Where formats cannot be read the two look alike, so it "
    "is reported here.",
    "a workbook in an old or incomplete format",
)
ENCODING_UNKNOWN = error(
    "DATA023",
    "文字编码无法识别 | text encoding is not recognised",
    "第 {line} 行起的字节不属于任何已知编码 | the bytes from line {line} on fit no known encoding",
    "另存为 UTF-8 编码的 CSV | save the file as CSV in UTF-8",
    "可识别 UTF-8、GB18030（含 GBK、GB2312）、Big5、UTF-16 和西欧编码。混用多种编码的文件不读取，以免出现乱码。 | "
    "Recognised are UTF-8, GB18030 (with GBK and GB2312), Big5, UTF-16 and Western European. A file that mixes "
    "encodings is not read, so that names do not turn into gibberish.",
    "two CSV files in different encodings, pasted together",
)
ENCODING_GUESSED = warning(
    "DATA024",
    "文字编码是推断的 | text encoding was inferred",
    "没有编码标记，按 {encoding} 读取 | the file does not say its encoding; read as {encoding}",
    "文字若有乱码，请另存为 UTF-8 | save the file as UTF-8 if names look wrong",
    "Big5、Shift-JIS、EUC-KR、西欧等编码没有标记，只能由字节的分布和所得文字是否常用推断；GB18030 读出的文字大多不常用时也会提示。 | "
    "Big5, Shift-JIS, EUC-KR and Western European texts carry no mark and can only be recognised by the distribution "
    "of their bytes and by how common the characters are that they give; GB18030 is reported too where it gives "
    "uncommon ones.",
    "a Big5 file",
)
DECIMAL_COMMA = note(
    "DATA025",
    "以逗号为小数点 | decimal comma",
    "数值以逗号为小数点（如 {example}），已按小数读取 | "
    "figures are written with a decimal comma ({example}) and read so",
    "",
    "分隔符不是逗号，而数字中的逗号后不是三位一组，因此逗号是小数点。 | "
    "The fields are not separated by commas, and the commas in figures do not group thousands: they are decimal "
    "points.",
    "AFG;1952;28,8",
)
CONTROL_CHARACTERS = warning(
    "DATA026",
    "文本中有控制字符 | control characters in the text",
    "文本中有控制字符（{example}），所在单元格不作为数值 | "
    "the text holds control characters ({example}); cells with them are not taken for figures",
    "重新导出该文件 | export the file again",
    "NUL 等控制字符说明文件在传输或导出中受损。 | "
    "NUL and other control characters show that the file was damaged on its way.",
    "1\\x0034",
)
QUOTE_SWALLOWS_LINES = error(
    "DATA027",
    "引号吞掉了后面的行 | quotation mark swallows lines",
    "这里的引号没有及时闭合，其后的 {count} 行并入了同一个单元格 | "
    "the quotation mark here is not closed in time; the {count} lines after it fell into one cell",
    "补上或删去该引号 | close or remove the quotation mark",
    "CSV 中没有闭合的引号会把后面的行并入一个单元格，这些行的数据就消失了。 | "
    "A quotation mark that is not closed swallows the lines after it into one cell, and their figures vanish.",
    'x,"y,z',
)
HIDDEN_SHEET_READ = note(
    "DATA029",
    "读取了隐藏的工作表 | hidden sheet was read",
    "工作表“{sheet}”是隐藏的，按要求已读取 | sheet '{sheet}' is hidden and was read as asked",
    "取消隐藏，让审阅者也能看到其中的数据 | unhide it, so that a reviewer sees what is counted",
    "使用 --include-hidden 或 --sheet 时，隐藏工作表中的数据也参与评价，而打开文件的人看不到它们。 | "
    "With --include-hidden or --sheet the data of hidden sheets count too, while a person who opens the file does not "
    "see them.",
    "a sheet set to 'very hidden', read with --include-hidden",
)
