"""Write the generated pages: `python docs/generate.py`; the tests in `tests/docs` fail when a page is not current.

Pages: `measures.md` from the docstrings of the measures, `cli.md` from the help of every command.
"""

from __future__ import annotations

import importlib
import inspect
import io
import os
import pkgutil
import re
import sys
from contextlib import redirect_stdout
from pathlib import Path
from types import FunctionType

import ipstrong.measures
from ipstrong.cli.app import main
from ipstrong.texts import LANGS, Lang

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


PAGES = {"measures.md": measures_page, "cli.md": cli_page}


def write() -> None:
    """Write every page."""
    os.environ["COLUMNS"] = "100"
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        sys.stdout.write(f"docs/{name}\n")


if __name__ == "__main__":
    write()
