"""What stands beside a verdict, as arithmetic: progress, schedule, pace, need, projections, year on year.

A formula is printed only where it gives the figure that scoring gave, so that explanation and verdict cannot part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ipstrong.model.evaluation import CONTEXT, value_of
from ipstrong.model.formula import Constant, Formula, Operation
from ipstrong.model.result import PACE_TEXTS, Figure, Pace, Result, Scorecard
from ipstrong.reports import explain_texts as words
from ipstrong.reports.arithmetic import equals, formula, shown
from ipstrong.reports.formatting import (
    approximately,
    format_change,
    format_eta,
    format_pace,
    format_percent,
    format_signed,
)
from ipstrong.texts import Lang, Text

_CLOSE = Decimal("1e-20")


class _Sum(NamedTuple):
    """A formula with its numbers in place, and its value to fifty digits."""

    text: str
    value: Decimal


def beside_lines(scorecard: Scorecard, result: Result, lang: Lang) -> Iterator[str]:
    """Yield a line for each figure beside the verdict that was computed."""
    for label, text in _figures(scorecard, result, lang):
        yield words.LABELLED.format(label=label, text=text).get(lang)


def _figures(scorecard: Scorecard, result: Result, lang: Lang) -> Iterator[tuple[Text, str]]:
    ways = _Ways(scorecard, result)
    if isinstance(result.progress, Decimal):
        yield words.PROGRESS, _with(ways.progress(), result.progress, format_percent(result.progress))
    if isinstance(result.expected, Decimal):
        yield words.EXPECTED, _with(ways.expected(), result.expected)
    for label, pace, sum_ in ((words.PACE, result.pace, ways.pace()), (words.GROWTH_PACE, result.growth_pace, None)):
        if isinstance(pace, Pace):
            text = _with(sum_, pace.ratio, format_pace(pace.ratio, scorecard.plan.pace))
            yield label, f"{text} ({PACE_TEXTS[pace.grade].get(lang)})"
    if isinstance(result.needed_per_year, Decimal):
        yield words.NEEDED, _with(ways.needed(), result.needed_per_year, format_signed(result.needed_per_year))
    if isinstance(result.projection, Decimal):
        yield words.PROJECTION, _with(ways.projection(), result.projection)
    if isinstance(result.growth_projection, Decimal):
        yield words.GROWTH_PROJECTION, _with(ways.growth_projection(), result.growth_projection)
    if isinstance(result.eta, Decimal):
        yield words.ETA, f"{_with(ways.eta(), result.eta)} ({format_eta(result.eta, lang)})"
    if isinstance(result.yoy, Decimal):
        text = format_change(result.yoy)
        if result.yoy_in_points:
            text = words.POINTS.get(lang).format(value=format_signed(result.yoy))
        yield words.YOY, _with(ways.year_on_year(), result.yoy, text)


def _with(sum_: _Sum | None, value: Decimal, text: str | None = None) -> str:
    """Return the formula and what it gives; the figure alone where the formula would give another."""
    result = shown(value)
    if sum_ is None or abs(CONTEXT.subtract(sum_.value, value)) > _CLOSE * max(abs(value), Decimal(1)):
        return text or result
    return f"{sum_.text} {_approximately(value, text) if text else equals(value, result)}"


def _approximately(value: Decimal, text: str) -> str:
    """Return the printed number behind `=` or, where it was rounded, behind `≈`."""
    found = re.search(r"[-+]?[\d,]+(?:\.\d+)?", text)
    if found is None or "<" in text:
        return f"≈ {text}"
    number = Decimal(found[0].replace(",", ""))
    return approximately(value, number / 100 if text.endswith("%") else number, text)


class _Ways:
    """Formulas over base, latest value, target and the years between them; None where a part is missing."""

    def __init__(self, scorecard: Scorecard, result: Result) -> None:
        self._result = result
        self._series = dict(zip(scorecard.years, result.series, strict=False))
        self._latest = result.latest if isinstance(result.latest, Figure) else None
        self._base = result.base if isinstance(result.base, Figure) else None
        goal, upper = result.target_value, result.target.upper
        if upper is not None and self._latest is not None and self._latest.value > upper:
            goal = upper
        self._goal = goal
        self._deadline = result.target.deadline

    def progress(self) -> _Sum | None:
        """Return (latest - base) / (target - base)."""
        way = self._way()
        return None if way is None else _sum(Operation("/", _minus(way.latest, way.base), _minus(way.goal, way.base)))

    def expected(self) -> _Sum | None:
        """Return base + (target - base) * years gone / years in all."""
        way = self._way()
        if way is None:
            return None
        share = Operation(
            "/", Operation("*", _minus(way.goal, way.base), Constant(Decimal(way.gone))), Constant(Decimal(way.whole))
        )
        return _sum(Operation("+", Constant(way.base), share))

    def pace(self) -> _Sum | None:
        """Return progress / (years gone / years in all)."""
        way = self._way()
        if way is None:
            return None
        done = Operation("/", _minus(way.latest, way.base), _minus(way.goal, way.base))
        return _sum(Operation("/", done, Operation("/", Constant(Decimal(way.gone)), Constant(Decimal(way.whole)))))

    def needed(self) -> _Sum | None:
        """Return (target - latest) / years left."""
        if self._latest is None or self._goal is None or self._deadline <= self._latest.period.year:
            return None
        left = self._deadline - self._latest.period.year
        return _sum(Operation("/", _minus(self._goal, self._latest.value), Constant(Decimal(left))))

    def projection(self) -> _Sum | None:
        """Return base + (latest - base) / years gone * years in all."""
        way = self._way()
        if way is None:
            return None
        step = Operation("/", _minus(way.latest, way.base), Constant(Decimal(way.gone)))
        return _sum(Operation("+", Constant(way.base), Operation("*", step, Constant(Decimal(way.whole)))))

    def growth_projection(self) -> _Sum | None:
        """Return base * (latest / base) ** (years in all / years gone)."""
        way = self._way()
        if way is None or way.base <= 0 or way.latest <= 0:
            return None
        factor = CONTEXT.divide(way.latest, way.base)
        power = CONTEXT.power(factor, CONTEXT.divide(Decimal(way.whole), Decimal(way.gone)))
        base, latest = shown(way.base), shown(way.latest)
        text = f"{base} × ({latest} ÷ {base}) ^ ({way.whole} ÷ {way.gone})"
        return _Sum(text, CONTEXT.multiply(way.base, power))

    def eta(self) -> _Sum | None:
        """Return year + (target - latest) / ((latest - base) / years gone), in year-ends."""
        way = self._way()
        if way is None or way.latest == way.base or self._latest is None:
            return None
        step = Operation("/", _minus(way.latest, way.base), Constant(Decimal(way.gone)))
        rest = Operation("/", _minus(way.goal, way.latest), step)
        return _sum(Operation("+", Constant(Decimal(self._latest.period.year)), rest))

    def year_on_year(self) -> _Sum | None:
        """Return latest / year before - 1, or the difference for percents."""
        if self._latest is None:
            return None
        now, before = (self._series.get(self._latest.period.year - back) for back in (0, 1))
        if not isinstance(now, Figure) or not isinstance(before, Figure) or not before.value:
            return None
        if self._result.yoy_in_points:
            return _sum(_minus(now.value, before.value))
        return _sum(Operation("-", Operation("/", Constant(now.value), Constant(before.value)), Constant(Decimal(1))))

    def _way(self) -> _Way | None:
        if self._latest is None or self._base is None or self._goal is None or self._goal == self._base.value:
            return None
        start = self._base.period.year
        gone, whole = self._latest.period.year - start, self._deadline - start
        if not 0 < gone <= whole:
            return None
        return _Way(self._base.value, self._latest.value, self._goal, gone, whole)


class _Way(NamedTuple):
    base: Decimal
    latest: Decimal
    goal: Decimal
    gone: int
    whole: int


def _minus(left: Decimal, right: Decimal) -> Formula:
    return Operation("-", Constant(left), Constant(right))


def _sum(expr: Formula) -> _Sum:
    return _Sum(formula(_shortened(expr), "en", {}), value_of(expr))


def _shortened(expr: Formula) -> Formula:
    """Return the expression with its numbers as a calculator shows them; the value is computed from the full ones."""
    match expr:
        case Constant(value):
            return Constant(Decimal(shown(value)))
        case Operation(sign, left, right):
            return Operation(sign, _shortened(left), _shortened(right))
        case _:
            return expr
