"""Write the generated pages: `python docs/generate.py`; the tests in `tests/docs` fail when a page is not current.

Pages: `measures.md` from the docstrings of the measures, `cli.md` from the help of every command, `diagnostics.md` from the
table of codes.
"""

from __future__ import annotations

import importlib
import inspect
import io
import os
import pkgutil
import re
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from types import FunctionType

import ipstrong.measures
from ipstrong.cli.app import main
from ipstrong.diagnostics import Code
from ipstrong.diagnostics.codes.all_codes import ALL_CODES, MERGED
from ipstrong.model.result import Status
from ipstrong.reports.subjects.codes import ALSO, EXAMPLE, FIX, SAYS, cases_of, fix_of
from ipstrong.texts import LANGS, Lang, Text

DOCS = Path(__file__).resolve().parent
PARTS = ("Formula", "Needs", "Not computed when", "Example", "Source")
"""What the docstring of a measure has to say, in this order."""

COMMANDS = (
    "",
    "check",
    "explain",
    "inspect",
    "validate",
    "template",
    "compare",
    "targets",
    "tasks",
    "milestones",
    "plan lint",
    "plan schema",
    "rules",
    "rule",
)


def measures() -> list[FunctionType]:
    """Return every measure: the public functions whose docstring holds a formula, by module and line."""
    found: list[FunctionType] = []
    for module_info in pkgutil.iter_modules(ipstrong.measures.__path__):
        module = importlib.import_module(f"ipstrong.measures.{module_info.name}")
        for function in vars(module).values():
            is_own = isinstance(function, FunctionType) and function.__module__ == module.__name__
            if is_own and "**Formula**" in (function.__doc__ or ""):
                found.append(function)
    return sorted(found, key=lambda function: (function.__module__, function.__code__.co_firstlineno))


def parts_of(function: FunctionType) -> dict[str, str]:
    """Return the parts of a measure's docstring by their names."""
    text = " ".join(inspect.getdoc(function).split()) if inspect.getdoc(function) else ""
    pieces = re.split(rf"\*\*({'|'.join(PARTS)})\*\*: ", text)
    return dict(zip(pieces[1::2], (piece.strip() for piece in pieces[2::2]), strict=True))


def measures_page() -> str:
    """Return `measures.md`."""
    lines = [
        "# Measures",
        "",
        "How every number is made. This page is written by `python docs/generate.py` from the docstrings in",
        "`src/ipstrong/measures/`. t is the latest year, t_0 the base year, T the deadline, n the years from t_0 to t.",
        "",
        "## Statuses",
        "",
        "| 状态 | status | 含义 | meaning |",
        "| --- | --- | --- | --- |",
        *(f"| {each.text.zh} | {each.text.en} | {each.meaning.zh} | {each.meaning.en} |" for each in Status),
        "",
        "## List of measures",
        "",
        "| 测度 | measure | 中文说明 |",
        "| --- | --- | --- |",
        *(f"| {zh} | [{name}](#{name}) | {what} |" for zh, name, what in CHINESE),
        "",
    ]
    for function in measures():
        summary = (inspect.getdoc(function) or "").splitlines()[0]
        lines += [f"## {function.__name__}", "", summary, ""]
        lines += [f"- **{name}**: {text}" for name, text in parts_of(function).items()]
        lines.append("")
    return "\n".join(lines)


CHINESE = (
    ("水平值", "level", "观测值本身,连同印刷精度所允许的区间"),
    ("比率", "ratio", "分子除以分母再乘倍数:每万人、占全国比重"),
    ("年均增长(水平法)", "geometric_growth", "几何平均,国家统计局口径"),
    ("年均增长(算术平均)", "arithmetic_growth", "各年同比的算术平均,非官方口径"),
    ("年均增长(累计法)", "cumulative_growth", "方程法,侧重全期总量"),
    ("逐年", "worst_year", "每年都要达到,以最差的一年为准"),
    ("累计", "cumulative", "自起始年起逐年相加"),
    ("位次", "rank", "比本地区更好的可比地区数加一,并列取较好位次"),
    ("缺口", "gap", "负数表示未达到"),
    ("完成率", "attainment", "实际值与目标值之比"),
    ("进程", "progress", "从基期到目标值已走完的份额"),
    ("序时进度", "expected", "直线进度上此时应达到的值"),
    ("进度比(直线)", "pace", "已走完的份额与已用时间份额之比"),
    ("进度比(增速)", "growth_pace", "实际年均增速与所需年均增速之比"),
    ("今后每年所需", "needed_per_year", "从现在起每年需要的变化量"),
    ("预测(直线)", "projection", "按年均变化量推到期限"),
    ("预测(增速)", "growth_projection", "按年均增速推到期限"),
    ("预计达标时间", "eta", "直线何时到达目标值"),
    ("同比", "year_on_year", "与上年相比;百分数相减为百分点"),
    ("加权得分", "weighted_score", "仅作概括,不代替各目标的结论"),
)


def help_of(command: str, lang: Lang) -> str:
    """Return the help page of a command as it is printed."""
    stream = io.StringIO()
    with redirect_stdout(stream):
        main(
            [*command.split(), "--lang", lang, "--help"]
            if not command
            else [*command.split(), "--help", "--lang", lang]
        )
    return stream.getvalue().rstrip()


def cli_page() -> str:
    """Return `cli.md`."""
    lines = [
        "# Command line",
        "",
        "The help of every command, in English and Chinese. Written by `python docs/generate.py`.",
        "",
    ]
    for command in COMMANDS:
        lines += [f"## ipstrong {command}".rstrip(), ""]
        for lang in LANGS[::-1]:
            lines += ["```text", help_of(command, lang), "```", ""]
    return "\n".join(lines)


AREAS: dict[str, Text] = {
    "PLAN": Text("方案文件", "the plan file"),
    "DATA": Text("读取数据", "reading data"),
    "RULE": Text("审核规则", "rules of validate"),
    "RUN": Text("运行", "running"),
}
"""Areas of codes by their letters, in the order of the pages."""


def diagnostics_page(chosen: Sequence[Code] = tuple(ALL_CODES.values())) -> str:
    """Return `diagnostics.md`: a table of all codes, then one section each, in both languages."""
    lines = [
        "# 诊断代码 / Diagnostic codes",
        "",
        "每个问题都有不变的代码、级别、位置和改正办法；终端里用 `ipstrong rule RULE042` 查看同样的内容，`ipstrong rules` 列出全部。",
        "改正办法相同的代码已经合并，末尾列出原来的代码；`ipstrong rule` 也认原来的代码。",
        "",
        "Every finding has a code that never changes, a severity, a place and a fix. `ipstrong rule RULE042` prints the same",
        "page in the terminal, `ipstrong rules` the list. Codes with the same fix were merged; the list of former codes is at the",
        "end, and `ipstrong rule` still finds them. This page is written by `python docs/generate.py`.",
        "",
    ]
    for letters, name in AREAS.items():
        of_area = [code for code in chosen if code.id.rstrip("0123456789") == letters]
        if of_area:
            lines += [
                f"## {letters}: {name.zh} / {name.en}",
                "",
                "| | 级别 severity | | |",
                "| --- | --- | --- | --- |",
            ]
            lines += [_table_row(code) for code in of_area]
            lines += ["", *(line for code in of_area for line in _section(code))]
    merged = [case for case in MERGED.values() if case.id in {code.id for code in chosen}]
    if merged:
        lines += ["## 合并的代码 / Merged codes", "", "| 原代码 former | 现代码 now | | |", "| --- | --- | --- | --- |"]
        for case in merged:
            cells = (case.former, f"[{case.id}](#{case.id.lower()})", _inert(case.message.zh), _inert(case.message.en))
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines).rstrip() + "\n"


def _table_row(code: Code) -> str:
    severity = code.severity.text
    cells = (f"[{code.id}](#{code.id.lower()})", f"{severity.zh} {severity.en}", code.title.zh, code.title.en)
    return f"| {' | '.join(_inert(cell) for cell in cells)} |"


def _section(code: Code) -> list[str]:
    severity = code.severity.text
    lines = [
        f"### {code.id}",
        "",
        f"**{_inert(code.title.zh)} / {_inert(code.title.en)}** ({severity.zh}, {severity.en})",
        "",
    ]
    for lang in LANGS:
        lines += [_inert(code.explanation.get(lang)), ""]
    for case in (code, *cases_of(code)):
        if case.former:
            lines += ["", "{0.zh} / {0.en}:".format(ALSO.format(former=case.former)), ""]
        for name, text in ((SAYS, case.message), (FIX, fix_of(case))):
            lines += [f"- {name.zh}：{_inert(text.zh)}", f"- {name.en}: {_inert(text.en)}"]
    if code.example:
        lines += ["", f"{EXAMPLE.zh} / {EXAMPLE.en}:", "", "```text", *code.example.splitlines(), "```"]
    return [*lines, ""]


def _inert(text: str) -> str:
    """Return a text in which markdown sees no markup of its own."""
    for mark in ("\\", "|", "*", "_", "<"):
        text = text.replace(mark, "\\" + mark)
    return text


PAGES = {"measures.md": measures_page, "cli.md": cli_page, "diagnostics.md": diagnostics_page}


def write() -> None:
    """Write every page."""
    os.environ["COLUMNS"] = "100"
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        sys.stdout.write(f"docs/{name}\n")


if __name__ == "__main__":
    write()
