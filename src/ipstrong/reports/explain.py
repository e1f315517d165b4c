"""One verdict explained: clause, convention, inputs with their cells, arithmetic, and what would flip it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ipstrong.model.dataset import Observation
from ipstrong.model.evaluation import CONTEXT, value_of
from ipstrong.model.formula import Constant, Formula, Operation, Power
from ipstrong.model.plan import Comparator, MeasureKind, Target
from ipstrong.model.result import Figure, NotComputed, Reading, Result, Scorecard
from ipstrong.reports import explain_texts as words
from ipstrong.reports.arithmetic import equals, formula, shown, steps
from ipstrong.reports.formatting import (
    approximately,
    comparator_sign,
    exact_decimals,
    format_change,
    format_difference,
    format_goal,
    format_interval,
    format_number,
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
from ipstrong.reports.progress import progress_lines
from ipstrong.reports.sanitize import quoted
from ipstrong.reports.sensitivity import Flip, flips
from ipstrong.reports.subjects.scorecard import anchor_of, gap_decimals, rounding_text
from ipstrong.reports.table import Block, Column, Group, Line, Row, Table, Verdict, line, pairs, verdict_line
from ipstrong.texts import Lang, Text

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
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
        self._letters = {each.number: _letter(position) for position, each in enumerate(self._observations)}

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
        yield from self._section(words.INPUTS, self._input_table())
        yield from self._section(words.ARITHMETIC, self._lines(self._arithmetic(self._result.latest)))
        yield from self._section(words.COMPARISON, self._lines(self._comparison()))
        yield from self._section(words.PRECISION, self._lines(self._precision()))
        yield from self._section(
            words.PROGRESS_SECTION, self._lines(progress_lines(self._scorecard, self._result, self._lang))
        )
        yield from self._section(words.OTHERS, self._lines(self._other_conventions()))
        yield from self._section(words.FLIP, self._lines(self._flips()))
        yield from self._section(words.NOTES, self._lines(note.get(self._lang) for note in self._result.notes))

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
        verdict = verdict_line(Verdict(result.status, result.disputed), self._lang)
        if result.reason is not None:
            verdict = line(*verdict.spans, (f"  {format_reason(result.reason, self._lang)}", "dim"))
        entries: list[tuple[Text, str | Line]] = [
            (words.CLAUSE, self._say(words.CLAUSE_LINE, place=clause.place, summary=clause.summary)),
            (words.DEMAND, self._demand()),
            (words.CONVENTION, self._convention()),
            (words.ASSUMPTION, target.assumption.get(self._lang) if target.assumption else ""),
            (words.DEPARTMENT, self._departments()),
            (PLAN_USED, self._scorecard.plan.path),
            (words.AS_OF, self._scorecard.as_of.isoformat()),
            (words.VERDICT, verdict),
        ]
        yield pairs(((self._say(label), text) for label, text in entries if text), "dim")

    def _demand(self) -> str:
        target, goal = self._target, self._result.target_value
        text = format_goal(target, goal, self._lang)
        if not text:
            return ""
        return self._say(words.BY, year=target.deadline, goal=text) if target.deadline else text

    def _convention(self) -> str:
        readings = self._result.readings
        if not readings or readings[0].convention is None:
            return ""
        convention = readings[0].convention
        text = convention.name.get(self._lang)
        if len(readings) > 1:
            text = self._say(words.FIRST_OF, name=text, count=len(readings))
        return self._say(words.BOTH, first=text, second=(convention.note.get(self._lang))) if convention.note else text

    def _departments(self) -> str:
        names = [(self._scorecard.plan.department(name).get(self._lang)) for name in self._target.departments]
        return ("、" if self._lang == "zh" else ", ").join(names)

    def _input_table(self) -> Iterator[Block]:
        if not self._observations:
            return
        columns = [
            Column("symbol", words.SYMBOL),
            Column("indicator", words.INDICATOR),
            Column("period", words.PERIOD),
            Column("value", words.VALUE),
            Column("raw", words.RAW),
            # Places are there to be copied.
            Column("place", words.PLACE, is_rigid=True, is_whole=True),
        ]
        groups = [Group("", [Row(self._input(each)) for each in self._observations])]
        yield Table(columns, groups, has_rule=False, indent=_INDENT)

    def _input(self, each: Observation) -> list[str]:
        name = self._name_of(each)
        unit = self._indicators[each.indicator].unit if each.indicator in self._indicators else None
        value = with_name(plain(each.value), format_unit(unit, self._lang), self._lang)
        marks = [table[key].get(self._lang) for table, key in _marks(each) if key in table]
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
            yield self._say(words.NOT_COMPUTED, reason=format_reason(figure, self._lang))
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
        yield self._say(words.AS_PRINTED, value=self._printed(figure, anchor))
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
                return self._say(words.WITHOUT_ROOT, check=f"{first}; {second}")
            case _:
                return None

    def _comparison(self) -> Iterator[str]:
        result, target = self._result, self._target
        figure, goal = result.latest, result.target_value
        if isinstance(figure, NotComputed) or goal is None:
            return
        anchor = anchor_of(target, figure.value, goal)
        holds = {True: words.HOLDS, False: words.FAILS, None: words.OPEN}[result.met_now]
        value = self._printed(figure, anchor)
        yield self._say(words.JUDGED, relation=_relation(target, value, goal, self._lang), verdict=holds)
        rounded = rounding_text(result, self._lang)
        if rounded is not None:
            yield rounded
        if isinstance(result.gap, Decimal):
            places = gap_decimals(result)
            gap = format_difference(result.gap, target.unit, self._lang, decimals=places)
            rounded_gap = result.gap if places is None else round_to(result.gap, places)
            text = f"{self._derivation('gap', goal)} {approximately(result.gap, rounded_gap, gap)}"
            yield self._say(words.LABELLED, label=words.GAP, text=text)
        if isinstance(result.attainment, Decimal) and target.measure not in (MeasureKind.RANK, MeasureKind.RANGE):
            percent = format_percent(result.attainment)
            text = f"{self._derivation('attainment', goal)} {approximately(result.attainment, round_to(result.attainment, 3), percent)}"
            yield self._say(words.LABELLED, label=words.ATTAINMENT, text=text)

    def _derivation(self, name: str, anchor: Decimal) -> str:
        """Return the formula of a number next to the verdict, with its numbers."""
        expression: Formula = getattr(self._result.derivations, name)
        return formula(expression, self._lang, self._regions, self._result.quantities, anchor)

    def _precision(self) -> Iterator[str]:
        figure = self._result.latest
        if isinstance(figure, NotComputed) or self._result.target_value is None:
            return
        if figure.is_exact:
            yield self._say(words.EXACT)
            return
        anchor = anchor_of(self._target, figure.value, self._result.target_value)
        interval = format_interval(figure.low, figure.high, self._target.unit, self._lang, anchor)
        side = words.STRADDLES if self._result.met_now is None else words.SAME_SIDE
        yield self._say(words.BOTH, first=words.INTERVAL.format(interval=interval), second=side)

    def _other_conventions(self) -> Iterator[str]:
        for reading in self._result.readings[1:]:
            yield from self._other(reading)

    def _other(self, reading: Reading) -> Iterator[str]:
        convention = reading.convention
        name = (convention.name.get(self._lang)) if convention else ""
        goal = format_goal(self._target, reading.target_value, self._lang)
        yield self._say(words.OTHER, name=name, goal=goal, verdict=reading.status.text)
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
            yield self._say(words.BY_CONVENTION, name=(convention.name.get(self._lang)))
        if not found and not others:
            yield self._say(words.NO_FLIP)

    def _flip(self, flip: Flip) -> str:
        each = flip.observation
        if flip.includes:
            where = words.AT_OR_BELOW if flip.falls else words.AT_OR_ABOVE
        else:
            where = words.BELOW if flip.falls else words.ABOVE
        change = format_signed(flip.change)
        if not flip.change:
            change = self._say(words.ANY_CHANGE)
        elif flip.relative is not None:
            change = f"{change}, {format_change(flip.relative)}"
        value = format_number(flip.value, decimals=exact_decimals(flip.value))
        name = f"{self._letters[each.number]} {self._name_of(each)} {format_period(each.period, self._lang)}"
        return self._say(words.FLIP_LINE, name=name, where=where.format(value=value), change=change)


def _inputs(result: Result) -> tuple[Observation, ...]:
    """Return the observations of the latest value, the base and the other readings, in this order, each once."""
    figures = [result.latest, result.base, *(reading.value for reading in result.readings)]
    found = {each.number: each for figure in figures if isinstance(figure, Figure) for each in figure.observations}
    return tuple(found.values())


def _letter(position: int) -> str:
    """Return a, b, ..., z, a1, b1, ..."""
    cycle, index = divmod(position, len(_LETTERS))
    return f"{_LETTERS[index]}{cycle or ''}"


def _marks(each: Observation) -> Sequence[tuple[dict[str, Text], str]]:
    return ((words.STATUSES, each.status.value), (words.BOUNDS, each.bound.value))


def _relation(target: Target, value: str, goal: Decimal, lang: Lang) -> str:
    if target.comparator is Comparator.BETWEEN and target.upper is not None:
        low, high = (
            format_value(bound, target.unit, lang, anchor=bound, with_unit=False) for bound in (goal, target.upper)
        )
        return f"{low} ≤ {value} ≤ {high}"
    return f"{value} {comparator_sign(target.comparator)} {format_value(goal, target.unit, lang, anchor=goal)}"
