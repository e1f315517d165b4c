"""Formulas over observations: exact values, what print leaves open, and what is missing. Nothing is ever `eval`ed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from ipstrong.checks.observations import observe, period_of
from ipstrong.checks.panel import Panel, resolve_regions
from ipstrong.checks.places import Row
from ipstrong.checks.spans import DivisionByZeroError, Span, combine, exact, fold, span
from ipstrong.model.checks import Aggregate, Calculation, Constant, Formula, Shift, Symbol
from ipstrong.model.dataset import Observation
from ipstrong.model.period import Period, PeriodKind, year
from ipstrong.model.plan import Plan
from ipstrong.texts import Text

_PER_YEAR = {PeriodKind.HALF: 2, PeriodKind.QUARTER: 4, PeriodKind.MONTH: 12}


class MissingError(LookupError):
    """Figures that a formula needs are absent, or a divisor is zero."""

    def __init__(self, what: Text) -> None:
        """Keep what is missing."""
        super().__init__(what.en)
        self.what = what


class Figures:
    """Observations by indicator, region and period; where a figure stands twice, the first in reading order counts."""

    def __init__(self, panel: Panel, indicators: set[str], regions: set[str]) -> None:
        """Find the figures of these indicators and regions; each is made into an object when it is asked for."""
        wanted = (
            pl.col("value").is_finite()
            & panel.of_indicators(indicators)
            & panel.of_regions(regions)
            & pl.col("grain").is_not_null()
        )
        # A thousand copies of a form give every figure a thousand times.
        once = panel.select(wanted).unique(["ind", "reg", "per"], keep="first", maintain_order=True)
        self._cells: dict[tuple[str, str], dict[Period, Row]] = {}
        self._seen: dict[int, Observation] = {}
        for cell in panel.read(once).iter_rows(named=True):
            series = self._cells.setdefault((cell["indicator"], cell["region"]), {})
            series.setdefault(period_of(cell), cell)

    def get(self, indicator: str, region: str, period: Period) -> Observation | None:
        """Return the observation, or None."""
        cell = self._cells.get((indicator, region), _NO_CELLS).get(period)
        if cell is None:
            return None
        number = cell["number"]
        if number not in self._seen:
            self._seen[number] = observe(cell)
        return self._seen[number]

    def periods(self, indicators: set[str], regions: set[str]) -> list[Period]:
        """Return the periods in which any of the indicators was observed for any of the regions, in order."""
        found: set[Period] = set()
        for indicator in indicators:
            for region in regions:
                found.update(self._cells.get((indicator, region), ()))
        return sorted(found, key=lambda period: (period.sort_key(), str(period)))


_NO_CELLS: Mapping[Period, Row] = {}


@dataclass
class Evaluation:
    """The evaluation of formulas for one region and period; gathers the evidence as it goes."""

    plan: Plan
    figures: Figures
    region: str
    period: Period
    evidence: dict[int, Observation] = field(default_factory=dict)

    def afresh(self) -> Evaluation:
        """Return an evaluation of the same case without evidence."""
        return Evaluation(self.plan, self.figures, self.region, self.period)

    def value(self, formula: Formula) -> Span:
        """Return what a formula comes to.

        Raises:
            MissingError: when a figure is absent or a divisor is zero; names every absent figure of the formula.
        """
        missing = [symbol_text(self.plan, *key) for key in self._absent(formula)]
        if missing:
            raise MissingError(join_texts(missing))
        return self._compute(formula)

    def _compute(self, formula: Formula) -> Span:
        match formula:
            case Constant(value):
                return exact(value)
            case Symbol():
                (number,) = self._observed(formula)  # the plan's loader keeps groups inside aggregates
                return number
            case Calculation(sign, left, right):
                first, second = self._compute(left), self._compute(right)
                try:
                    return combine(sign, first, second)
                except DivisionByZeroError:
                    raise MissingError(Text("除数为零", "a divisor that is not zero")) from None
            case Aggregate(name, items):
                return fold(name, [number for item in items for number in self._items(item)])

    def _items(self, formula: Formula) -> list[Span]:
        """Return the operands that an item of an aggregate stands for: several where its region is a group."""
        return self._observed(formula) if isinstance(formula, Symbol) else [self._compute(formula)]

    def _observed(self, symbol: Symbol) -> list[Span]:
        spans = []
        for key in self.keys(symbol):
            seen = self.figures.get(*key)
            assert seen is not None, "absent figures were named before"
            self.evidence.setdefault(seen.number, seen)
            spans.append(span(seen.value, seen.low, seen.high))
        return spans

    def _absent(self, formula: Formula) -> Iterator[tuple[str, str, Period]]:
        told = set()
        for symbol in symbols_of(formula):
            for key in self.keys(symbol):
                if self.figures.get(*key) is None and key not in told:
                    told.add(key)
                    yield key

    def keys(self, symbol: Symbol) -> list[tuple[str, str, Period]]:
        """Return the indicator, region and period of each figure that a symbol stands for.

        Raises:
            MissingError: when there is no such period or region at all.
        """
        when = shifted(self.period, symbol)
        if when is None:
            raise MissingError(Text(f"{self.period} 的上一期", f"a period before {self.period}"))
        regions = (self.region,) if symbol.region is None else resolve_regions(self.plan, symbol.region)
        if not regions:
            raise MissingError(Text(f"地区 {symbol.region}", f"regions {symbol.region}"))
        return [(symbol.indicator, region, when) for region in regions]

    def is_observed(self, formula: Formula) -> bool:
        """Whether a formula has a figure, or needs none: only then is there something to check."""
        symbols = list(symbols_of(formula))
        if not symbols:
            return True
        return any(self._has_any(symbol) for symbol in symbols)

    def _has_any(self, symbol: Symbol) -> bool:
        try:
            return any(self.figures.get(*key) is not None for key in self.keys(symbol))
        except MissingError:
            return False


def symbols_of(formula: Formula) -> Iterator[Symbol]:
    """Yield the symbols of a formula from left to right."""
    match formula:
        case Symbol():
            yield formula
        case Calculation(_, left, right):
            yield from symbols_of(left)
            yield from symbols_of(right)
        case Aggregate(_, items):
            for item in items:
                yield from symbols_of(item)
        case Constant():
            pass


def shifted(period: Period, symbol: Symbol) -> Period | None:
    """Return the period that a symbol speaks of; None where there is none, as before a year's first month to date."""
    if symbol.shift is Shift.YEAR:
        return year(symbol.years)
    if symbol.shift is Shift.PREVIOUS:
        return previous(period)
    if not symbol.years:
        return period
    end = period.end - symbol.years if period.kind in {PeriodKind.FISCAL, PeriodKind.SPAN} else period.end
    return period._replace(year=period.year - symbol.years, end=end)


def previous(period: Period) -> Period | None:
    """Return the period of the same grain directly before."""
    if period.kind is PeriodKind.YEAR:
        return year(period.year - 1)
    if period.kind is PeriodKind.FISCAL:
        return period._replace(year=period.year - 1, end=period.end - 1)
    if period.kind is PeriodKind.YTD:
        return period._replace(part=period.part - 1) if period.part > 1 else None
    if period.kind in _PER_YEAR:
        if period.part > 1:
            return period._replace(part=period.part - 1)
        return period._replace(year=period.year - 1, part=_PER_YEAR[period.kind])
    return None


def symbol_text(plan: Plan, indicator: str, region: str, period: Period) -> Text:
    """Return `indicator (region, period)` with the plan's names."""
    name = plan.indicator(indicator).name
    found = plan.region(region)
    where = found.name if found else Text(region, region)
    return Text(f"{name.zh}（{where.zh}，{period}）", f"{name.en} ({where.en}, {period})")


def join_texts(texts: Sequence[Text]) -> Text:
    """Return the texts in a row."""
    return Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))
