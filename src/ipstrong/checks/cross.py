"""Cross-checks (勾稽关系): the plan's identities and inequalities, evaluated exactly, and the rules that report them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import groupby

from ipstrong.checks.evaluate import Evaluation, Figures, MissingError, join_texts, symbols_of
from ipstrong.checks.panel import Panel, resolve_regions
from ipstrong.checks.places import and_more, place
from ipstrong.checks.spans import Span, combine, show, to_decimal
from ipstrong.diagnostics import Code, Finding, Location
from ipstrong.diagnostics.codes import series as codes
from ipstrong.model.checks import CrossRule, Relation, Statement, Symbol, Tolerance
from ipstrong.model.dataset import Bound, Observation
from ipstrong.model.period import Period
from ipstrong.model.plan import Plan
from ipstrong.model.validation import CrossCheck, Outcome
from ipstrong.texts import Text

_BEST_FIRST = (Outcome.PASS, Outcome.UNCERTAIN, Outcome.FAIL, Outcome.NOT_ASSESSABLE)
_MOST_EACH = 20
"""So many results of one check are told one by one."""


def assess_cross_checks(panel: Panel) -> tuple[CrossCheck, ...]:
    """Return the outcome of every declared check, for every region and period that has figures on both sides.

    A check for which there is nothing at all is one result, not assessable, so that no declared check goes unmentioned.
    """
    plan, rules = panel.plan, panel.checks.cross
    if plan is None or not rules:
        return ()
    indicators = {symbol.indicator for rule in rules for symbol in _symbols(rule)}
    figures = Figures(panel, indicators, {region.id for region in plan.regions})
    return tuple(result for rule in rules for result in _assess_rule(plan, rule, figures))


def _assess_rule(plan: Plan, rule: CrossRule, figures: Figures) -> list[CrossCheck]:
    results = [
        _assess(rule, Evaluation(plan, figures, region, period))
        for region in _regions(plan, rule)
        for period in _periods(plan, rule, figures, region)
    ]
    return results or [_nothing_to_assess(plan, rule)]


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


def _periods(plan: Plan, rule: CrossRule, figures: Figures, region: str) -> Iterator[Period]:
    """Yield the periods of the rule in which a reading of it has a figure on both sides."""
    symbols = _symbols(rule)
    words = {symbol.region for symbol in symbols if symbol.region is not None}
    regions = {region, *(name for word in words for name in resolve_regions(plan, word))}
    for period in figures.periods({symbol.indicator for symbol in symbols}, regions):
        year = period.last_day.year
        if period.kind not in rule.grains:
            continue
        if (rule.first_year or year) > year or (rule.last_year or year) < year:
            continue
        seen = Evaluation(plan, figures, region, period)
        if any(seen.is_observed(statement.left) and seen.is_observed(statement.right) for statement in rule.statements):
            yield period


def _assess(rule: CrossRule, case: Evaluation) -> CrossCheck:
    """Return the best outcome among the accepted readings; the first of equals."""
    results = [_assess_reading(rule, statement, case.afresh()) for statement in rule.statements]
    return min(results, key=lambda result: _BEST_FIRST.index(result.outcome))


def _assess_reading(rule: CrossRule, statement: Statement, case: Evaluation) -> CrossCheck:
    sides: list[Span] = []
    missing: list[Text] = []
    for formula in (statement.left, statement.right):
        try:
            sides.append(case.value(formula))
        except MissingError as error:
            missing.append(error.what)
    result = CrossCheck(
        rule.id,
        rule.name,
        case.region,
        str(case.period),
        statement.text,
        Outcome.NOT_ASSESSABLE,
        None,
        None,
        None,
        rule.tolerance.absolute,
        tuple(case.evidence.values()),
        join_texts(missing),
    )
    if missing:
        return result
    left, right = sides
    tolerance = _tolerance(rule.tolerance, left, right)
    difference = combine("-", left, right)
    return replace(
        result,
        outcome=judge(statement.relation, difference, tolerance, result.evidence, printed=rule.tolerance.printed),
        left=to_decimal(left.point),
        right=to_decimal(right.point),
        difference=to_decimal(difference.point),
        tolerance=to_decimal(tolerance),
        missing=None,
    )


def _tolerance(declared: Tolerance, left: Span, right: Span) -> Fraction:
    larger = max(abs(left.point), abs(right.point))
    return max(Fraction(declared.absolute), Fraction(declared.relative_pct) / 100 * larger)


def judge(
    relation: Relation, difference: Span, tolerance: Fraction, evidence: Iterable[Observation], *, printed: bool
) -> Outcome:
    """Return whether a difference of two sides is what the relation allows.

    Printed figures that satisfy it within the tolerance pass. Where they do not, it is uncertain as long as rounding
    in print can explain it (a pass where the plan accepts that), else it fails. A figure that is only a bound (about,
    more than) has no point to go by: then every possible value must satisfy it.
    """
    hedged = any(seen.bound is not Bound.EXACT for seen in evidence)
    low, high = difference.low, difference.high
    match relation:
        case Relation.EQUAL:
            holds = abs(difference.point) <= tolerance
            possible = (low is None or low <= tolerance) and (high is None or high >= -tolerance)
            certain = low is not None and high is not None and -tolerance <= low and high <= tolerance
        case Relation.AT_MOST:
            holds = difference.point <= tolerance
            possible = low is None or low <= tolerance
            certain = high is not None and high <= tolerance
        case Relation.AT_LEAST:
            holds = difference.point >= -tolerance
            possible = high is None or high >= -tolerance
            certain = low is not None and low >= -tolerance
    if certain or (holds and not hedged):
        return Outcome.PASS
    if not possible:
        return Outcome.FAIL
    return Outcome.PASS if printed and not hedged else Outcome.UNCERTAIN


def _nothing_to_assess(plan: Plan, rule: CrossRule) -> CrossCheck:
    names = [plan.indicator(name).name for name in dict.fromkeys(symbol.indicator for symbol in _symbols(rule))]
    both = Text("两边同期的数：", "figures of one period on both sides: ")
    found = join_texts(names)
    return CrossCheck(
        rule.id,
        rule.name,
        _regions(plan, rule)[0] if _regions(plan, rule) else plan.home,
        "",
        rule.statements[0].text,
        Outcome.NOT_ASSESSABLE,
        None,
        None,
        None,
        rule.tolerance.absolute,
        (),
        Text(both.zh + found.zh, both.en + found.en),
    )


def check_failures(panel: Panel) -> Iterator[Finding]:
    """Cross-checks that fail."""
    yield from _report(panel, codes.CROSS_FAILS, Outcome.FAIL)


def check_uncertain(panel: Panel) -> Iterator[Finding]:
    """Cross-checks that printed precision leaves undecided."""
    yield from _report(panel, codes.CROSS_UNCERTAIN, Outcome.UNCERTAIN)


def _report(panel: Panel, code: Code, outcome: Outcome) -> Iterator[Finding]:
    severities = {rule.id: rule.severity for rule in panel.checks.cross}
    for rule_id, results in _by_rule(panel, outcome):
        shown = results if len(results) <= _MOST_EACH else results[:_MOST_EACH]
        for at, result in enumerate(shown):
            left_out = len(results) - len(shown) if at == len(shown) - 1 else 0
            severity = severities[rule_id] if outcome is Outcome.FAIL else None
            yield Finding(
                code,
                _location(result.evidence),
                {**_params(panel, result), "more": and_more(left_out)},
                severity_override=None if severity is code.severity else severity,
                related=tuple(_place(seen) for seen in result.evidence[1:]),
            )


def check_not_assessable(panel: Panel) -> Iterator[Finding]:
    """Cross-checks for which figures are missing: one finding a check."""
    if not panel.is_about_plan:
        return
    for _, results in _by_rule(panel, Outcome.NOT_ASSESSABLE):
        first = results[0]
        yield Finding(
            codes.CROSS_NOT_ASSESSABLE,
            _location(first.evidence) if first.evidence else _submission(panel),
            {
                "name": first.name,
                "expression": first.expression,
                "missing": first.missing or Text("", ""),
                "more": and_more(len(results) - 1),
                "series": first.id,
            },
        )


def _by_rule(panel: Panel, outcome: Outcome) -> Iterator[tuple[str, list[CrossCheck]]]:
    wanted = [result for result in panel.cross_checks if result.outcome is outcome]
    for rule_id, results in groupby(wanted, key=lambda result: result.id):
        yield rule_id, list(results)


def _params(panel: Panel, result: CrossCheck) -> dict[str, object]:
    assert result.left is not None
    assert result.right is not None
    assert result.difference is not None
    evidence = ", ".join(f"{_place(seen)} {seen.raw}" for seen in result.evidence)
    return {
        "name": result.name,
        "region": panel.region_name(result.region),
        "period": result.period,
        "expression": result.expression,
        "left": show(result.left),
        "right": show(result.right),
        "difference": show(result.difference),
        "tolerance": show(result.tolerance),
        "evidence": evidence,
        "series": result.id,
    }


def _place(seen: Observation) -> Location:
    return place(seen.file, seen.sheet, seen.row, seen.col)


def _submission(panel: Panel) -> Location:
    files = panel.dataset.files
    return Location(files[0].path if len(files) == 1 else "")


def _location(evidence: tuple[Observation, ...]) -> Location:
    return _place(evidence[0]) if evidence else Location()
