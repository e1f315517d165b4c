"""One verdict explained: clause, convention, inputs with their cells, arithmetic, and what would flip it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import count
from string import ascii_lowercase

from ipstrong.model.dataset import Observation
from ipstrong.model.evaluation import CONTEXT, value_of
from ipstrong.model.formula import Constant, Formula, Operation, Power, Quantity, leaves
from ipstrong.model.plan import Comparator, MeasureKind, Target
from ipstrong.model.result import PACE_TEXTS, Figure, NotComputed, Pace, Result, Scorecard
from ipstrong.reports.arithmetic import equals, formula, shown, steps
from ipstrong.reports.formatting import (
    approximately,
    comparator_sign,
    exact_decimals,
    format_change,
    format_difference,
    format_eta,
    format_goal,
    format_interval,
    format_number,
    format_pace,
    format_percent,
    format_period,
    format_reason,
    format_signed,
    format_unit,
    format_value,
    plain,
    round_to,
    with_name,
)
from ipstrong.reports.labels import PLAN_USED, location_of
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.sanitize import quoted
from ipstrong.reports.sensitivity import Flip, flips
from ipstrong.reports.subjects.scorecard import anchor_of, gap_decimals, rounding_text
from ipstrong.reports.table import Block, Column, Group, Line, Row, Table, VerdictCell, line, pairs, verdict_line
from ipstrong.texts import Lang, Text

CLAUSE = Text("条款", "Clause")
DEMAND = Text("要求", "Demand")
CONVENTION = Text("口径", "Convention")
ASSUMPTION = Text("假定", "Assumption")
DEPARTMENT = Text("责任部门", "Department")
VERDICT = Text("结论", "Verdict")
INPUTS = Text("所用数据", "Inputs")
ARITHMETIC = Text("计算", "Arithmetic")
COMPARISON = Text("比较", "Comparison")
PROGRESS_SECTION = Text("进度", "Progress")
PRECISION = Text("精度", "Precision")
OTHERS = Text("其他口径", "Other conventions")
FLIP = Text("何时改判", "What would flip it")
NOTES = Text("说明", "Notes")

CLAUSE_LINE = Text("{place}\uff1a{summary}", "{place}: {summary}")
JUDGED = Text("{relation}\uff1a{verdict}", "{relation}: {verdict}")
OTHER = Text("{name}\uff08{goal}\uff09\uff1a{verdict}", "{name} ({goal}): {verdict}")
BOTH = Text("{first}\uff1b{second}", "{first}; {second}")
AS_OF = Text("截至", "As of")
BY = Text("{year}年：{goal}", "by {year}: {goal}")
FIRST_OF = Text("{name}（共{count}种口径，以此为准）", "{name} (the first of {count}, which decides)")
AS_PRINTED = Text("即 {value}", "that is {value}")
HOLDS = Text("成立", "holds")
FAILS = Text("不成立", "does not hold")
OPEN = Text("无法判定", "cannot be decided")
GAP = Text("缺口", "gap")
ATTAINMENT = Text("完成率", "attainment")
PROGRESS = Text("从基期到目标的进程", "share of the path from base to target")
EXPECTED = Text("序时应达值", "due by now")
PACE = Text("进度比（直线）", "pace (straight line)")
GROWTH_PACE = Text("进度比（增速）", "pace (growth rate)")
NEEDED = Text("此后每年需变动", "needed per year from here")
PROJECTION = Text("到期预计（直线）", "projected (straight line)")
GROWTH_PROJECTION = Text("到期预计（增速）", "projected (growth rate)")
ETA = Text("直线达到目标", "straight line reaches the target")
YOY = Text("同比", "on the year before")
POINTS = Text("{value}个百分点", "{value} pp")
NOT_COMPUTED = Text("未计算：{reason}", "not computed: {reason}")
WITHOUT_ROOT = Text("不开方验算\uff1a{check}", "without the root: {check}")
INTERVAL = Text("印刷精度允许真值在{interval}之间", "printed precision allows {interval}")
EXACT = Text("各项数据均为完整数字，没有精度区间", "all inputs are printed in full: no interval")
STRADDLES = Text("区间跨越目标值，结论不确定", "the interval straddles the target: uncertain")
SAME_SIDE = Text(
    "整个区间在目标值同一侧，结论不变", "the whole interval lies on one side of the target: the verdict is the same"
)
BELOW = Text("低于 {value}", "below {value}")
ABOVE = Text("高于 {value}", "above {value}")
AT_OR_BELOW = Text("降至 {value} 或更低", "at or below {value}")
AT_OR_ABOVE = Text("升至 {value} 或更高", "at or above {value}")
FLIP_LINE = Text("{name} {where}\uff08{change}\uff09", "{name} {where} ({change})")
BY_CONVENTION = Text("改用口径“{name}”", 'reading it by "{name}"')
ANY_CHANGE = Text("稍有变动即改判", "any change does")
LABELLED = Text("{label}\uff1a{text}", "{label}: {text}")
NO_FLIP = Text("单独改动任何一项数据都不会改判", "no single input can flip it alone")
VALUE = Text("数值", "Value")
RAW = Text("原文", "As printed")
PLACE = Text("出处", "Where")
SYMBOL = Text("代号", "Id")
INDICATOR = Text("指标", "Indicator")
PERIOD = Text("时期", "Period")
REGION = Text("地区", "Region")
STATUSES = {
    "provisional": Text("初步", "provisional"),
    "estimate": Text("估计", "estimate"),
}
BOUNDS = {
    "about": Text("约数", "about"),
    "at_least": Text("下限", "at least"),
    "at_most": Text("上限", "at most"),
}

_INDENT = 2


def render_explain(scorecard: Scorecard, target_id: str, options: ReportOptions) -> str:
    """Return the explanation of a target for every region of the scorecard.

    Raises:
        KeyError: the plan has no target of this id or number.
    """
    from ipstrong.reports.writers import terminal

    target = scorecard.plan.target(target_id)
    results = [result for result in scorecard.results if result.target.id == target.id]
    parts: list[Block] = []
    for position, result in enumerate(results):
        parts += [line()] if position else []
        parts += _Explanation(scorecard, result, options.lang).document()
    return terminal.write(parts, options)


class _Explanation:
    """The explanation of one result."""

    def __init__(self, scorecard: Scorecard, result: Result, lang: Lang) -> None:
        self._scorecard = scorecard
        self._result = result
        self._target = result.target
        self._lang: Lang = lang
        self._regions = {region.id: (region.name.get(lang)) for region in scorecard.plan.regions}
        self._indicators = {each.id: each for each in scorecard.plan.indicators}
        self._observations = _inputs(result)
        # a, b, ..., z, a1, b1, ...
        symbols = (f"{letter}{cycle or ''}" for cycle in count() for letter in ascii_lowercase)
        self._letters = {each.number: symbol for each, symbol in zip(self._observations, symbols, strict=False)}

    def _say(self, sentence: Text, /, **params: object) -> str:
        return sentence.format(**params).get(self._lang)

    @staticmethod
    def _line(text: str) -> Line:
        # What is nested stays nested where it wraps.
        inner = text.lstrip(" ")
        return line(inner, indent=_INDENT + len(text) - len(inner))

    def document(self) -> Iterator[Block]:
        """Yield the parts from top to bottom."""
        yield from self._head()
        yield from self._section(INPUTS, self._input_table())
        yield from self._section(ARITHMETIC, self._lines(self._arithmetic(self._result.latest)))
        yield from self._section(COMPARISON, self._lines(self._comparison()))
        yield from self._section(PRECISION, self._lines(self._precision()))
        yield from self._section(
            PROGRESS_SECTION, self._lines(_progress_lines(self._scorecard, self._result, self._lang))
        )
        yield from self._section(OTHERS, self._lines(self._other_conventions()))
        yield from self._section(FLIP, self._lines(self._flips()))
        yield from self._section(NOTES, self._lines(note.get(self._lang) for note in self._result.notes))

    def _section(self, title: Text, body: Iterable[Block]) -> Iterator[Block]:
        parts = list(body)
        if parts:
            yield line()
            yield line((self._say(title), "bold cyan"))
            yield from parts

    def _lines(self, lines: Iterable[str]) -> Iterator[Block]:
        return (self._line(line) for line in lines)

    def _head(self) -> Iterator[Block]:
        target, result = self._target, self._result
        yield line(
            (f"{target.number}  {target.name.get(self._lang)}", "bold"), f"  {result.region_name.get(self._lang)}"
        )
        clause = target.clause
        verdict = verdict_line(VerdictCell(result.status, result.disputed), self._lang)
        if result.reason is not None:
            verdict = line(*verdict.spans, (f"  {format_reason(result.reason, self._lang)}", "dim"))
        entries: list[tuple[Text, str | Line]] = [
            (CLAUSE, self._say(CLAUSE_LINE, place=clause.place, summary=clause.summary)),
            (DEMAND, self._demand()),
            (CONVENTION, self._convention()),
            (ASSUMPTION, target.assumption.get(self._lang) if target.assumption else ""),
            (DEPARTMENT, self._departments()),
            (PLAN_USED, self._scorecard.plan.path),
            (AS_OF, self._scorecard.as_of.isoformat()),
            (VERDICT, verdict),
        ]
        yield pairs(((self._say(label), text) for label, text in entries if text), "dim")

    def _demand(self) -> str:
        target, goal = self._target, self._result.target_value
        text = format_goal(target, goal, self._lang)
        if not text:
            return ""
        return self._say(BY, year=target.deadline, goal=text) if target.deadline else text

    def _convention(self) -> str:
        readings = self._result.readings
        if not readings or readings[0].convention is None:
            return ""
        convention = readings[0].convention
        text = convention.name.get(self._lang)
        if len(readings) > 1:
            text = self._say(FIRST_OF, name=text, count=len(readings))
        return self._say(BOTH, first=text, second=(convention.note.get(self._lang))) if convention.note else text

    def _departments(self) -> str:
        names = [(self._scorecard.plan.department(name).get(self._lang)) for name in self._target.departments]
        return ("、" if self._lang == "zh" else ", ").join(names)

    def _input_table(self) -> Iterator[Block]:
        if not self._observations:
            return
        columns = [
            Column("symbol", SYMBOL),
            Column("indicator", INDICATOR),
            Column("period", PERIOD),
            Column("value", VALUE),
            Column("raw", RAW),
            # Places are there to be copied.
            Column("place", PLACE, is_rigid=True, is_whole=True),
        ]
        groups = [Group("", [Row(self._input(each)) for each in self._observations])]
        yield Table(columns, groups, has_rule=False, indent=_INDENT)

    def _input(self, each: Observation) -> list[str]:
        name = self._name_of(each)
        unit = self._indicators[each.indicator].unit if each.indicator in self._indicators else None
        value = with_name(plain(each.value), format_unit(unit, self._lang), self._lang)
        said = (STATUSES.get(each.status.value), BOUNDS.get(each.bound.value))
        marks = [mark.get(self._lang) for mark in said if mark is not None]
        if not each.is_exact:
            marks.append(format_interval(each.low, each.high, None, self._lang))
        return [
            self._letters[each.number],
            name,
            format_period(each.period, self._lang),
            (f"{value} ({', '.join(marks)})" if marks else value),
            quoted(each.raw),
            str(location_of(each)),
        ]

    def _name_of(self, each: Observation) -> str:
        known = self._indicators.get(each.indicator)
        name = known.name.get(self._lang) if known else each.indicator
        if each.region == self._result.region:
            return name
        return f"{name} ({self._regions.get(each.region, (each.region))})"

    def _arithmetic(self, figure: Figure | NotComputed, goal: Decimal | None = None) -> Iterator[str]:
        if isinstance(figure, NotComputed):
            yield self._say(NOT_COMPUTED, reason=format_reason(figure, self._lang))
            return
        goal = self._result.target_value if goal is None else goal
        anchor = anchor_of(self._target, figure.value, goal)
        made = steps(figure.formula, self._lang, self._regions)
        if not made:
            yield self._printed(figure, anchor)
            return
        for step in made[:-1]:
            yield f"{step.formula} {equals(step.value, shown(step.value))}"
        text = shown(figure.value, anchor)
        yield f"{made[-1].formula} {equals(figure.value, text)}"
        yield self._say(AS_PRINTED, value=self._printed(figure, anchor))
        check = self._without_root(figure.formula, goal)
        if check:
            yield check

    def _printed(self, figure: Figure, anchor: Decimal | None) -> str:
        return format_value(figure.value, self._target.unit, self._lang, anchor=anchor)

    def _without_root(self, expr: Formula, goal: Decimal | None) -> str | None:
        """Return how a growth target can be checked by multiplication alone, which also shows exact ties."""
        match expr:
            case Operation("*", Operation("-", Power(inner, _, Constant(years)), Constant()), Constant()) if (
                goal is not None and years > 1
            ):
                degree = int(years)
                limit = CONTEXT.power(CONTEXT.add(Decimal(1), CONTEXT.divide(goal, Decimal(100))), degree)
                value = value_of(inner)
                first = f"(1 + {plain(goal)} ÷ 100) ^ {degree} {equals(limit, shown(limit, value))}"
                second = f"{formula(inner, self._lang, self._regions)} {equals(value, shown(value, limit))}"
                return self._say(WITHOUT_ROOT, check=f"{first}; {second}")
            case _:
                return None

    def _comparison(self) -> Iterator[str]:
        result, target = self._result, self._target
        figure, goal = result.latest, result.target_value
        if isinstance(figure, NotComputed) or goal is None:
            return
        anchor = anchor_of(target, figure.value, goal)
        holds = {True: HOLDS, False: FAILS, None: OPEN}[result.met_now]
        value = self._printed(figure, anchor)
        yield self._say(JUDGED, relation=_relation(target, value, goal, self._lang), verdict=holds)
        rounded = rounding_text(result, self._lang)
        if rounded is not None:
            yield rounded
        if isinstance(result.gap, Decimal):
            places = gap_decimals(result)
            gap = format_difference(result.gap, target.unit, self._lang, decimals=places)
            rounded_gap = result.gap if places is None else round_to(result.gap, places)
            text = f"{self._derivation('gap', goal)} {approximately(result.gap, rounded_gap, gap)}"
            yield self._say(LABELLED, label=GAP, text=text)
        if isinstance(result.attainment, Decimal) and target.measure not in (MeasureKind.RANK, MeasureKind.RANGE):
            percent = format_percent(result.attainment)
            text = f"{self._derivation('attainment', goal)} {approximately(result.attainment, round_to(result.attainment, 3), percent)}"
            yield self._say(LABELLED, label=ATTAINMENT, text=text)

    def _derivation(self, name: str, anchor: Decimal) -> str:
        """Return the formula of a number next to the verdict, with its numbers."""
        expression: Formula = getattr(self._result.derivations, name)
        return formula(expression, self._lang, self._regions, self._result.quantities, anchor)

    def _precision(self) -> Iterator[str]:
        figure = self._result.latest
        if isinstance(figure, NotComputed) or self._result.target_value is None:
            return
        if figure.is_exact:
            yield self._say(EXACT)
            return
        anchor = anchor_of(self._target, figure.value, self._result.target_value)
        interval = format_interval(figure.low, figure.high, self._target.unit, self._lang, anchor)
        side = STRADDLES if self._result.met_now is None else SAME_SIDE
        yield self._say(BOTH, first=INTERVAL.format(interval=interval), second=side)

    def _other_conventions(self) -> Iterator[str]:
        for reading in self._result.readings[1:]:
            convention = reading.convention
            name = convention.name.get(self._lang) if convention else ""
            goal = format_goal(self._target, reading.target_value, self._lang)
            yield self._say(OTHER, name=name, goal=goal, verdict=reading.status.text)
            if convention is not None and convention.note is not None:
                yield f"  {convention.note.get(self._lang)}"
            for sentence in self._arithmetic(reading.value, reading.target_value):
                yield f"  {sentence}"

    def _flips(self) -> Iterator[str]:
        result = self._result
        if isinstance(result.latest, NotComputed) or result.met_now is None:
            return
        found = flips(result)
        for flip in found:
            yield self._flip(flip)
        others = [
            reading.convention
            for reading in result.readings[1:]
            if reading.convention is not None and reading.met is not None and reading.met != result.met_now
        ]
        for convention in others:
            yield self._say(BY_CONVENTION, name=(convention.name.get(self._lang)))
        if not found and not others:
            yield self._say(NO_FLIP)

    def _flip(self, flip: Flip) -> str:
        each = flip.observation
        where = {
            (True, True): AT_OR_BELOW,
            (True, False): AT_OR_ABOVE,
            (False, True): BELOW,
            (False, False): ABOVE,
        }[flip.includes, flip.falls]
        change = format_signed(flip.change)
        if not flip.change:
            change = self._say(ANY_CHANGE)
        elif flip.relative is not None:
            change = f"{change}, {format_change(flip.relative)}"
        value = format_number(flip.value, decimals=exact_decimals(flip.value))
        name = f"{self._letters[each.number]} {self._name_of(each)} {format_period(each.period, self._lang)}"
        return self._say(FLIP_LINE, name=name, where=where.format(value=value), change=change)


def _inputs(result: Result) -> tuple[Observation, ...]:
    """Return the observations of the latest value, the base and the other readings, in this order, each once."""
    figures = [result.latest, result.base, *(reading.value for reading in result.readings)]
    found = {each.number: each for figure in figures if isinstance(figure, Figure) for each in figure.observations}
    return tuple(found.values())


def _relation(target: Target, value: str, goal: Decimal, lang: Lang) -> str:
    if target.comparator is Comparator.BETWEEN and target.upper is not None:
        low, high = (
            format_value(bound, target.unit, lang, anchor=bound, with_unit=False) for bound in (goal, target.upper)
        )
        return f"{low} ≤ {value} ≤ {high}"
    return f"{value} {comparator_sign(target.comparator)} {format_value(goal, target.unit, lang, anchor=goal)}"


def _progress_lines(scorecard: Scorecard, result: Result, lang: Lang) -> Iterator[str]:
    """Yield a line for each number next to the verdict that was computed: label, formula with its numbers, value."""
    by = result.derivations
    if by is None:
        return

    def year_on_year(value: Decimal) -> str:
        in_points = result.yoy_in_points
        return POINTS.get(lang).format(value=format_signed(value)) if in_points else format_change(value)

    def pace(ratio: Decimal) -> str:
        return format_pace(ratio, scorecard.plan.pace)

    for label, number, expression, style in (
        (PROGRESS, result.progress, by.progress, format_percent),
        (EXPECTED, result.expected, by.expected, None),
        (PACE, result.pace, by.pace, pace),
        (GROWTH_PACE, result.growth_pace, by.growth_pace, pace),
        (NEEDED, result.needed_per_year, by.needed_per_year, format_signed),
        (PROJECTION, result.projection, by.projection, None),
        (GROWTH_PROJECTION, result.growth_projection, by.growth_projection, None),
        (ETA, result.eta, by.eta, None),
        (YOY, result.yoy, by.yoy, year_on_year),
    ):
        if isinstance(number, NotComputed):
            continue
        value = number.ratio if isinstance(number, Pace) else number
        text = shown(value) if style is None else style(value)
        if all(
            getattr(result.quantities, leaf.name) is not None
            for leaf in leaves(expression)
            if isinstance(leaf, Quantity)
        ):
            arithmetic = formula(expression, lang, {}, result.quantities)
            text = f"{arithmetic} {equals(value, text) if style is None else _approximately(value, text)}"
        if isinstance(number, Pace):
            text += f" ({PACE_TEXTS[number.grade].get(lang)})"
        elif label is ETA:
            text += f" ({format_eta(value, lang)})"
        yield LABELLED.format(label=label, text=text).get(lang)


def _approximately(value: Decimal, text: str) -> str:
    """Return the printed number behind `=` or, where it was rounded, behind `≈`."""
    found = re.search(r"[-+]?[\d,]+(?:\.\d+)?", text)
    if found is None or "<" in text:
        return f"≈ {text}"
    number = Decimal(found[0].replace(",", ""))
    return approximately(value, number / 100 if text.endswith("%") else number, text)
