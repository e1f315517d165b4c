"""Cross-checks (勾稽关系): the plan's identities and inequalities, evaluated exactly, and the rules that report them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Context, Decimal
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

import polars as pl

from ipstrong.checks.panel import Panel, resolve_regions
from ipstrong.checks.places import Row, and_more, observe, period_of, place
from ipstrong.diagnostics import Code, Finding, Location
from ipstrong.diagnostics.codes import series as codes
from ipstrong.model.checks import CrossRule
from ipstrong.model.dataset import Bound, Observation
from ipstrong.model.evaluation import Interval, UndefinedError, difference, evaluate_exactly
from ipstrong.model.formula import Formula, Relation, Shift, Statement, Symbol, bound, observations_of, symbols_of
from ipstrong.model.period import Period, PeriodKind, year
from ipstrong.model.plan import Plan
from ipstrong.model.validation import CrossCheck, Outcome
from ipstrong.texts import Text

_BEST_FIRST = (Outcome.PASS, Outcome.UNCERTAIN, Outcome.FAIL, Outcome.NOT_ASSESSABLE)
_MOST_EACH = 20
"""How many results of one check are reported one by one."""
_SHOWN = Context(prec=34, Emax=999999, Emin=-999999)
"""Digits of a quotient that has no finite decimal."""
_PARTS = {PeriodKind.HALF: 2, PeriodKind.QUARTER: 4, PeriodKind.MONTH: 12}

_Key = tuple[str, str, Period]
"""Indicator, region and period of a figure."""


def assess_cross_checks(panel: Panel) -> tuple[CrossCheck, ...]:
    """Return the outcome of every declared check, for every region and period that has figures on both sides.

    A check for which there is nothing at all is one result, not assessable, so that no declared check goes unmentioned.
    """
    plan, rules = panel.plan, panel.checks.cross
    if plan is None or not rules:
        return ()
    indicators = {symbol.indicator for rule in rules for symbol in _symbols(rule)}
    figures = _Figures(panel, indicators, {region.id for region in plan.regions})
    return tuple(result for rule in rules for result in _assess_rule(plan, rule, figures))


def _assess_rule(plan: Plan, rule: CrossRule, figures: _Figures) -> list[CrossCheck]:
    regions = _regions(plan, rule)
    cases = [
        _Case(plan, figures, region, period) for region in regions for period in _periods(plan, rule, figures, region)
    ]
    if cases:
        # The best outcome among the accepted readings counts; of equal ones the first.
        readings = ([_assess(rule, statement, case) for statement in rule.statements] for case in cases)
        return [min(results, key=lambda result: _BEST_FIRST.index(result.outcome)) for results in readings]
    names = [plan.indicator(name).name for name in dict.fromkeys(symbol.indicator for symbol in _symbols(rule))]
    missing = Text("两边同期的数：{names}", "figures of one period on both sides: {names}").format(names=_joined(names))
    return [_not_assessable(rule, regions[0] if regions else plan.home, "", rule.statements[0], (), missing)]


def _regions(plan: Plan, rule: CrossRule) -> tuple[str, ...]:
    """Return the regions under check: those declared, else all of the plan that the formula does not name itself.

    Where the formula names a region for every figure, there is one case: the home region.
    """
    if rule.regions:
        return tuple(dict.fromkeys(region for word in rule.regions for region in resolve_regions(plan, word)))
    words = {symbol.region for symbol in _symbols(rule)}
    if None not in words:
        return (plan.home,)
    named = {region for word in words if word is not None for region in resolve_regions(plan, word)}
    return tuple(region.id for region in plan.regions if region.id not in named)


def _symbols(rule: CrossRule) -> list[Symbol]:
    sides = [side for statement in rule.statements for side in (statement.left, statement.right)]
    return [symbol for side in sides for symbol in symbols_of(side)]


def _periods(plan: Plan, rule: CrossRule, figures: _Figures, region: str) -> Iterator[Period]:
    """Yield the periods of the rule in which a reading of it has a figure on both sides."""
    symbols = _symbols(rule)
    words = {symbol.region for symbol in symbols if symbol.region is not None}
    regions = {region, *(name for word in words for name in resolve_regions(plan, word))}
    for period in figures.periods({symbol.indicator for symbol in symbols}, regions):
        year_ = period.last_day.year
        if period.kind not in rule.grains or not (rule.years.first or year_) <= year_ <= (rule.years.last or year_):
            continue
        case = _Case(plan, figures, region, period)
        if any(case.is_observed(statement.left) and case.is_observed(statement.right) for statement in rule.statements):
            yield period


class _MissingError(LookupError):
    """Figures that a formula needs are absent, or a divisor is zero."""

    def __init__(self, what: Text) -> None:
        super().__init__(what.en)
        self.what = what


class _Figures:
    """Observations by indicator, region and period; of a figure given twice, the first in reading order counts."""

    def __init__(self, panel: Panel, indicators: set[str], regions: set[str]) -> None:
        """Find the figures of these indicators and regions; each is made into an object when it is asked for."""
        wanted = (
            pl.col("value").is_finite()
            & panel.of_indicators(indicators)
            & panel.of_regions(regions)
            & pl.col("grain").is_not_null()
        )
        once = panel.select(wanted).unique(["ind", "reg", "per"], keep="first", maintain_order=True)
        self._cells: dict[tuple[str, str], dict[Period, Row]] = {}
        self._seen: dict[int, Observation] = {}
        for cell in panel.read(once).iter_rows(named=True):
            series = self._cells.setdefault((cell["indicator"], cell["region"]), {})
            series.setdefault(period_of(cell), cell)

    def get(self, indicator: str, region: str, period: Period) -> Observation | None:
        """Return the observation, or None."""
        cell = self._cells.get((indicator, region), {}).get(period)
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


class _Case(NamedTuple):
    """A region and a period under check."""

    plan: Plan
    figures: _Figures
    region: str
    period: Period

    def bind(self, formula: Formula) -> Formula:
        """Return the formula with the observations of the case for its symbols.

        Raises:
            _MissingError: when a figure is absent; names every absent figure of the formula.
        """
        keys = dict.fromkeys(key for symbol in symbols_of(formula) for key in self._keys(symbol))
        absent = [self._name(key) for key in keys if self.figures.get(*key) is None]
        if absent:
            raise _MissingError(_joined(absent))
        return bound(formula, self._find)

    def _find(self, symbol: Symbol) -> tuple[Observation, ...]:
        found = (self.figures.get(*key) for key in self._keys(symbol))
        return tuple(seen for seen in found if seen is not None)

    def _keys(self, symbol: Symbol) -> list[_Key]:
        """Return the key of each figure that a symbol refers to; several for a group of regions."""
        when = shifted(self.period, symbol)
        if when is None:
            raise _MissingError(Text(f"{self.period} 的上一期", f"a period before {self.period}"))
        regions = (self.region,) if symbol.region is None else resolve_regions(self.plan, symbol.region)
        if not regions:
            raise _MissingError(Text(f"地区 {symbol.region}", f"regions {symbol.region}"))
        return [(symbol.indicator, region, when) for region in regions]

    def _name(self, key: _Key) -> Text:
        """Return `indicator (region, period)` with the plan's names."""
        indicator, region, period = key
        name, found = self.plan.indicator(indicator).name, self.plan.region(region)
        where = found.name if found else Text(region, region)
        return Text(f"{name.zh}（{where.zh}，{period}）", f"{name.en} ({where.en}, {period})")

    def is_observed(self, formula: Formula) -> bool:
        """Whether a formula has a figure, or needs none: only then is there something to check."""
        symbols = symbols_of(formula)
        for symbol in symbols:
            with suppress(_MissingError):
                if self._find(symbol):
                    return True
        return not symbols


def shifted(period: Period, symbol: Symbol) -> Period | None:
    """Return the period that a symbol refers to; None where there is none, as before a year's first month to date."""
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
    if period.kind in _PARTS:
        if period.part > 1:
            return period._replace(part=period.part - 1)
        return period._replace(year=period.year - 1, part=_PARTS[period.kind])
    return None


def _joined(texts: Sequence[Text]) -> Text:
    return Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))


# --- outcomes ---------------------------------------------------------------------------------------------------------


def _assess(rule: CrossRule, statement: Statement, case: _Case) -> CrossCheck:
    sides: list[Interval[Fraction]] = []
    missing: list[Text] = []
    evidence: dict[int, Observation] = {}
    for formula in (statement.left, statement.right):
        try:
            side = case.bind(formula)
            evidence |= {seen.number: seen for seen in observations_of(side) if seen.number not in evidence}
            sides.append(evaluate_exactly(side))
        except _MissingError as error:
            missing.append(error.what)
        except UndefinedError:
            missing.append(Text("除数为零", "a divisor that is not zero"))
    seen = tuple(evidence.values())
    if missing:
        return _not_assessable(rule, case.region, str(case.period), statement, seen, _joined(missing))
    left, right = sides
    distance = difference(left, right)
    relative = Fraction(rule.tolerance.relative_pct) / 100 * max(abs(left.value), abs(right.value))
    tolerance = max(Fraction(rule.tolerance.absolute), relative)
    return CrossCheck(
        rule.id,
        rule.name,
        case.region,
        str(case.period),
        statement.text,
        _outcome(statement.relation, distance, tolerance, seen, printed=rule.tolerance.printed),
        _decimal(left.value),
        _decimal(right.value),
        _decimal(distance.value),
        _decimal(tolerance),
        seen,
    )


def _not_assessable(
    rule: CrossRule, region: str, period: str, statement: Statement, evidence: tuple[Observation, ...], missing: Text
) -> CrossCheck:
    outcome, tolerance = Outcome.NOT_ASSESSABLE, rule.tolerance.absolute
    return CrossCheck(
        rule.id, rule.name, region, period, statement.text, outcome, None, None, None, tolerance, evidence, missing
    )


def _outcome(
    relation: Relation,
    distance: Interval[Fraction],
    tolerance: Fraction,
    evidence: Iterable[Observation],
    *,
    printed: bool,
) -> Outcome:
    """Return whether a difference of two sides is what the relation allows.

    Printed figures that satisfy it within the tolerance pass. Where they do not, it is uncertain as long as rounding
    in print can explain it (a pass where the plan accepts that), else it fails. A figure that is only a bound (about,
    more than) has no value to go by: then every possible value must satisfy it.
    """
    hedged = any(seen.bound is not Bound.EXACT for seen in evidence)
    value, low, high = distance
    match relation:
        case Relation.EQUAL:
            holds = abs(value) <= tolerance
            possible = low <= tolerance and high >= -tolerance
            certain = -tolerance <= low and high <= tolerance
        case Relation.AT_MOST:
            holds, possible, certain = value <= tolerance, low <= tolerance, high <= tolerance
        case Relation.AT_LEAST:
            holds, possible, certain = value >= -tolerance, high >= -tolerance, low >= -tolerance
    if certain or (holds and not hedged):
        return Outcome.PASS
    if not possible:
        return Outcome.FAIL
    return Outcome.PASS if printed and not hedged else Outcome.UNCERTAIN


def _decimal(value: Fraction) -> Decimal:
    """Return a fraction as a decimal: exact where it has one, else to 34 digits."""
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        return _SHOWN.divide(Decimal(value.numerator), Decimal(value.denominator))
    wide = Context(prec=max(34, len(str(abs(value.numerator))) + value.denominator.bit_length()))
    number = wide.divide(Decimal(value.numerator), Decimal(value.denominator))
    # Without an exponent above zero, and without trailing zeros behind the point.
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if number == whole and abs(whole) < 10**27 else number.normalize()


def _show(number: Decimal) -> str:
    """Return a number for a sentence: with separators, twelve significant digits at most, no trailing zeros."""
    short = Context(prec=12).plus(number)
    text = format(short, ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text


# --- rules ------------------------------------------------------------------------------------------------------------


def check_failures(panel: Panel) -> Iterator[Finding]:
    """Cross-checks that fail."""
    severities = {rule.id: rule.severity for rule in panel.checks.cross}
    for finding in _report(panel, codes.CROSS_FAILS, Outcome.FAIL):
        severity = severities[str(finding.params["series"])]
        yield replace(finding, severity_override=None if severity is finding.code.severity else severity)


def check_uncertain(panel: Panel) -> Iterator[Finding]:
    """Cross-checks that printed precision leaves undecided."""
    yield from _report(panel, codes.CROSS_UNCERTAIN, Outcome.UNCERTAIN)


def _report(panel: Panel, code: Code, outcome: Outcome) -> Iterator[Finding]:
    for results in _by_rule(panel, outcome):
        shown = results[:_MOST_EACH]
        for result in shown:
            places = [place(seen.file, seen.sheet, seen.row, seen.col) for seen in result.evidence]
            numbers = {name: getattr(result, name) for name in ("left", "right", "difference", "tolerance")}
            params = {
                **{name: _show(number) for name, number in numbers.items()},
                "name": result.name,
                "region": panel.region_name(result.region),
                "period": result.period,
                "expression": result.expression,
                "evidence": ", ".join(f"{at} {seen.raw}" for at, seen in zip(places, result.evidence, strict=True)),
                "series": result.id,
                "more": and_more(len(results) - len(shown) if result is shown[-1] else 0),
            }
            yield Finding(code, places[0] if places else Location(), params, related=tuple(places[1:]))


def check_not_assessable(panel: Panel) -> Iterator[Finding]:
    """Cross-checks for which figures are missing: one finding a check."""
    for first, *others in _by_rule(panel, Outcome.NOT_ASSESSABLE) if panel.is_about_plan else ():
        seen = next(iter(first.evidence), None)
        params = {
            "name": first.name,
            "expression": first.expression,
            "missing": first.missing or Text("", ""),
            "more": and_more(len(others)),
            "series": first.id,
        }
        location = place(seen.file, seen.sheet, seen.row, seen.col) if seen else panel.only_file
        yield Finding(codes.CROSS_NOT_ASSESSABLE, location, params)


def _by_rule(panel: Panel, outcome: Outcome) -> Iterator[list[CrossCheck]]:
    wanted = (result for result in panel.cross_checks if result.outcome is outcome)
    for _, results in groupby(wanted, key=lambda result: result.id):
        yield list(results)
