"""Words of the validation reports, in both languages."""

from __future__ import annotations

from ipstrong.diagnostics import Severity
from ipstrong.model.validation import Outcome
from ipstrong.texts import Text

TITLE = Text("数据校验报告", "Validation report")
WHOLE_RUN = Text("整次校验", "the run as a whole")
PLAN = Text("方案", "plan")
CURE = Text("改法", "cure")
SEE_ALSO = Text("另见", "see also")
MORE_PLACES = Text("另 {n} 处", "{n} more")
FINDINGS = Text("问题", "Findings")
CROSS_CHECKS = Text("勾稽关系", "Cross-checks")
WAIVED = Text("已豁免", "Waived")
NO_FINDINGS = Text("未发现问题", "no findings")
NOTHING_ASSESSED = Text("没有可校验的数值：这不等于通过", "there was no figure to assess: this is not a pass")

FILE = Text("文件", "file")
SHEET = Text("工作表", "sheet")
CELL = Text("单元格", "cell")
PLACE = Text("位置", "place")
LINE = Text("行", "row")
COLUMN = Text("列", "column")
SEVERITY = Text("级别", "severity")
CODE = Text("编号", "code")
MESSAGE = Text("问题", "problem")
NAME = Text("名称", "name")
REGION = Text("地区", "region")
PERIOD = Text("时期", "period")
LEFT = Text("左边", "left")
RIGHT = Text("右边", "right")
DIFFERENCE = Text("差额", "difference")
TOLERANCE = Text("容差", "tolerance")
OUTCOME = Text("结果", "outcome")
MISSING = Text("缺少", "missing")
EXPRESSION = Text("关系式", "relation")
EVIDENCE = Text("依据", "evidence")
REASON = Text("理由", "reason")
WHO = Text("批准人", "who")
EXPIRES = Text("有效期至", "expires")

OUTCOMES: dict[Outcome, Text] = {
    Outcome.PASS: Text("相符", "pass"),
    Outcome.FAIL: Text("不符", "fail"),
    Outcome.UNCERTAIN: Text("精度不足，不能确定", "uncertain"),
    Outcome.NOT_ASSESSABLE: Text("缺数，无法核对", "not assessable"),
}

N_VALUES = Text("{n} 个数值", "{n} values")
N_VALUES_ONE = Text("{n} 个数值", "{n} value")
N_FILES = Text("{n} 个文件", "{n} files")
N_FILES_ONE = Text("{n} 个文件", "{n} file")
N_RULES = Text("{n} 条规则", "{n} rules")
N_RULES_ONE = Text("{n} 条规则", "{n} rule")
N_WAIVED = Text("豁免 {n} 个", "{n} waived")
N_SEVERITY: dict[Severity, Text] = {
    Severity.ERROR: Text("错误 {n} 个", "{n} errors"),
    Severity.WARNING: Text("警告 {n} 个", "{n} warnings"),
    Severity.NOTE: Text("提示 {n} 个", "{n} notes"),
}
N_SEVERITY_ONE: dict[Severity, Text] = {
    Severity.ERROR: Text("错误 {n} 个", "{n} error"),
    Severity.WARNING: Text("警告 {n} 个", "{n} warning"),
    Severity.NOTE: Text("提示 {n} 个", "{n} note"),
}
N_OUTCOMES: dict[Outcome, Text] = {
    Outcome.PASS: Text("相符 {n} 项", "{n} passed"),
    Outcome.FAIL: Text("不符 {n} 项", "{n} failed"),
    Outcome.UNCERTAIN: Text("不能确定 {n} 项", "{n} uncertain"),
    Outcome.NOT_ASSESSABLE: Text("无法核对 {n} 项", "{n} not assessable"),
}
N_CROSS_CHECKS = Text("勾稽：{counts}", "cross-checks: {counts}")
SEPARATOR = Text("，", ", ")
SEMICOLON = Text("；", "; ")


def counted(many: Text, one: Text, n: int) -> Text:
    """Return the counted phrase, in the singular where the language has one; thousands are set off by commas."""
    return (one if n == 1 else many).format(n=f"{n:,}")
