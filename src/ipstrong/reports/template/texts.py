"""Words of the template, in both languages."""

from __future__ import annotations

from ipstrong.model.dataset import ValueStatus
from ipstrong.texts import Text

DATA_SHEET = Text("填报", "Data")
HELP_SHEET = Text("填报说明", "How to fill in")
TITLE = Text("指标数据填报表", "Figures to fill in")
LEGEND = Text(
    "浅绿色格填数，深绿色格必填，灰色格不填；没有的数留空，不写“0”或“—”；单位见各行，不要改",
    "Fill in the light green cells; dark green ones must be filled, grey ones stay empty. Leave blank what there is not "
    "(no 0, no dash). Keep to the unit of the row",
)

INDICATOR = Text("指标", "Indicator")
REGION = Text("地区", "Region")
UNIT = Text("单位", "Unit")
YEAR = Text("{year}年", "{year}")
STATUS = Text("状态", "Status")
REMARK = Text("备注", "Remark")
DEFINITION = Text("指标解释", "Definition")
SOURCE = Text("数据来源", "Source")
DEPARTMENT = Text("责任部门", "Department")

STATUSES: dict[ValueStatus, Text] = {
    ValueStatus.FINAL: Text("最终", "final"),
    ValueStatus.PROVISIONAL: Text("初步", "provisional"),
    ValueStatus.ESTIMATE: Text("推算", "estimate"),
}
"""Words that the readers know."""

NOT_IN_LIST = Text("请从下拉列表中选择", "choose from the list")
RANGE_BOTH = Text("应在 {low} 与 {high} 之间", "between {low} and {high}")
RANGE_LOW = Text("不小于 {low}", "{low} or more")
RANGE_HIGH = Text("不大于 {high}", "{high} or less")
ANY_NUMBER = Text("填数字", "a number")
WHOLE = Text("整数", "a whole number")
IN_UNIT = Text("单位：{unit}", "unit: {unit}")
BAD_VALUE = Text("数值不符合要求", "value not accepted")

HELP: tuple[Text, ...] = (
    Text("怎样填报", "How to fill in this workbook"),
    Text(
        "1、在“{sheet}”表中填写：每行一个指标，每年一格；数按所列单位填，不带单位、逗号可有可无。",
        "1. Fill in the sheet {sheet}: a row for each indicator, a cell for each year. Write plain numbers in the unit shown.",
    ),
    Text(
        "2、每个数右边的“{status}”从列表中选：{statuses}；不选即为最终数。",
        "2. Choose the {status} to the right of a number from its list: {statuses}. None means final.",
    ),
    Text(
        "3、没有数的留空。不要写“0”、“—”或文字；需要解释的写在“{remark}”列。",
        "3. Leave blank what there is not; no zero, dash or words. Explanations go into the column {remark}.",
    ),
    Text(
        "4、深绿色格必填；灰色格不填；超出范围的数不能输入，确有其数的请与下发单位联系。",
        "4. Dark green cells must be filled, grey ones stay empty. Numbers out of range are refused: if one is right all the same, "
        "speak to whoever sent the template.",
    ),
    Text(
        "5、名称、单位和年份受保护，请勿增删行列；保护没有密码，只为防误改。",
        "5. Names, units and years are protected; do not add or remove rows or columns. There is no password: the protection "
        "is against slips only.",
    ),
    Text(
        "6、报送前自查：ipstrong validate 文件名.xlsx --marked 标注.xlsx",
        "6. Check before you hand in: ipstrong validate FILE.xlsx --marked marked.xlsx",
    ),
)
LIST_REGIONS = Text("可选地区", "Regions to choose from")
LIST_STATUSES = Text("可选状态", "Statuses to choose from")
PLAN = Text("方案：{name}", "Plan: {name}")
