"""PLAN codes of the `checks` section: formulas, and expectations that contradict themselves."""

from __future__ import annotations

from ipstrong.diagnostics.finding import Code, Severity
from ipstrong.texts import Text

_E, _W = Severity.ERROR, Severity.WARNING

FORMULA_SYNTAX = Code(
    "PLAN060",
    _E,
    Text("公式写法错误", "formula cannot be read"),
    Text("公式在“{near}”处读不下去：{problem}", "the formula cannot be read at '{near}': {problem}"),
    Text(
        "{cure}写法：a * b / 10000 = c，x[t-1]，x[prev]，x[2018]，x@nation，sum(x@parts)；见 docs/plan-format.md",
        "{cure}write a * b / 10000 = c, x[t-1], x[prev], x[2018], x@nation, sum(x@parts); see docs/plan-format.md",
    ),
    Text(
        "勾稽关系是一个等式或不等式，两边由指标编号、数和四则运算组成。公式只作解析，从不当作程序执行。"
        "编号里可以有连字符，所以减号两边要有空格。",
        "A cross-check is an equation or inequality of indicator ids, numbers and the four operations. It is parsed, never "
        "executed. Ids hold hyphens, so a minus sign needs a blank on both sides.",
    ),
    "formula: per-10k * population =",
)
GROUP_OUTSIDE_SUM = Code(
    "PLAN061",
    _E,
    Text("多个地区没有汇总", "several regions without a sum"),
    Text(
        "'{symbol}' 是多个地区的数，要放在 sum、mean、min 或 max 里",
        "'{symbol}' stands for several regions and belongs into sum, mean, min or max",
    ),
    Text("写成 sum({symbol})", "write sum({symbol})"),
    Text(
        "parts 是本地区的各个下辖区，peers 是各可比地区。几个数要先汇成一个，才能与别的数比较；汇总函数里直接写指标，不写算式。",
        "parts are the districts of home, peers the regions compared with. Several numbers must become one before they are "
        "compared; inside the function stands the indicator itself, not a calculation.",
    ),
    "formula: firms@parts = firms@home",
)
EXPECTATION_TWICE = Code(
    "PLAN062",
    _E,
    Text("同一指标的要求写了两次", "an indicator's expectations stand twice"),
    Text(
        "指标 '{id}' 在 checks.values 里已有一条，在第 {first} 行",
        "checks.values already has an entry for '{id}', in line {first}",
    ),
    Text("并成一条", "make them one"),
    Text(
        "两条要求可能互相矛盾，不知道该用哪一条。",
        "Two entries may contradict each other; which of them counts would be a guess.",
    ),
    "- {indicator: firms, min: 0}\n- {indicator: firms, max: 10}",
)
EXPECTATION_EMPTY = Code(
    "PLAN063",
    _W,
    Text("没有写任何要求", "entry without an expectation"),
    Text("这一条没有对 '{id}' 提出要求", "this entry expects nothing of '{id}'"),
    Text(
        "写上 min、max、decimals、jump_pct 或 fall_pct，或删去这一条",
        "give min, max, decimals, jump_pct or fall_pct, or remove the entry",
    ),
    Text("没有要求就什么也不审核。", "Without an expectation nothing is judged."),
    "- {indicator: firms}",
)
FORMULA_WITHOUT_FIGURES = Code(
    "PLAN064",
    _E,
    Text("公式里没有指标", "formula without an indicator"),
    Text("公式里没有指标，无从核对", "the formula names no indicator, so there is nothing to check"),
    Text("写上要核对的指标编号", "name the indicators that are to be checked"),
    Text("两边都是常数的式子与数据无关。", "A statement about constants says nothing about the data."),
    "formula: 1 + 1 = 2",
)
YEARS_REVERSED = Code(
    "PLAN065",
    _E,
    Text("首年晚于末年", "first year after the last"),
    Text("首年 {first} 晚于末年 {last}", "the first year {first} is after the last year {last}"),
    Text("交换两个年份", "swap the two"),
    Text("没有哪一年在这样的年限之内。", "No year lies in such a run."),
    "years: {first: 2021, last: 2018}",
)
