"""The `checks` section of a plan: what it becomes, and every complaint with its place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ipstrong.diagnostics import Severity
from ipstrong.model.checks import (
    NO_CHECKS,
    Expectation,
    HandIn,
    Required,
    SeriesBreak,
    Tolerance,
)
from ipstrong.model.formula import Operation, Relation, Symbol
from ipstrong.model.period import PeriodKind
from ipstrong.texts import Text
from plantexts import SMALL, load, plan_of

N_LINES = len(SMALL.splitlines())


def with_checks(*lines: str) -> str:
    """Return the small plan with a `checks` section; its first line is N_LINES + 2."""
    return SMALL + "checks:\n" + "".join(f"  {line}\n" for line in lines)


def cross(formula: str, *more: str) -> str:
    """Return the small plan with one cross-check, whose formula stands in line N_LINES + 5 from column 16."""
    return with_checks(
        "cross:",
        "  - id: one",
        "    name: {zh: 一, en: One}",
        f"    formula: {formula}",
        *(f"    {line}" for line in more),
    )


def test_plan_without_the_section_checks_nothing() -> None:
    assert plan_of(SMALL).checks == NO_CHECKS


def test_everything_that_can_be_declared() -> None:
    checks = plan_of(
        with_checks(
            "years: {first: 2000, last: 2035}",
            "sheets: [专利]",
            "values:",
            "  - {indicator: patents, min: 0, max: 1e0, decimals: 0, jump_pct: 50.5, fall_pct: 0}".replace(
                "1e0", "9.5"
            ),
            "required:",
            "  - {indicators: [patents], regions: [home, city, peers], years: [2018, 2019], severity: warning}",
            "cross:",
            "  - id: one",
            "    name: {zh: 一, en: One}",
            "    formula: per-10k * people = patents",
            "    tolerance: {absolute: 0.5, relative_pct: 1, printed: true}",
            "    regions: [home]",
            "    years: {first: 2018}",
            "    periods: [year, quarter]",
            "    severity: note",
            "breaks:",
            "  - {indicator: people, region: town, year: 2020, reason: {zh: 普查, en: census}}",
            "hand_in:",
            '  - {year: 2019, due: "2019-12-15"}',
        )
    ).checks
    assert (checks.years.first, checks.years.last, checks.sheets) == (2000, 2035, ("专利",))
    assert checks.expectation("patents") == Expectation(
        indicator="patents",
        minimum=Decimal(0),
        maximum=Decimal("9.5"),
        decimals=0,
        jump_pct=Decimal("50.5"),
        fall_pct=Decimal(0),
    )
    assert checks.required == (
        Required(
            indicators=("patents",), regions=("home", "city", "peers"), years=(2018, 2019), severity=Severity.WARNING
        ),
    )
    assert checks.breaks == (SeriesBreak(indicator="people", year=2020, reason=Text("普查", "census"), region="town"),)
    assert checks.hand_in == (HandIn(year=2019, due="2019-12-15"),)
    (rule,) = checks.cross
    assert rule.statements[0].left == Operation("*", Symbol("per-10k"), Symbol("people"))
    assert rule.statements[0].relation is Relation.EQUAL
    assert rule.tolerance == Tolerance(absolute=Decimal("0.5"), relative_pct=Decimal(1), printed=True)
    assert (rule.years.first, rule.years.last, rule.regions) == (2018, None, ("home",))
    assert (rule.grains, rule.severity) == ((PeriodKind.YEAR, PeriodKind.QUARTER), Severity.NOTE)


def test_defaults_of_a_cross_check() -> None:
    (rule,) = plan_of(cross("[patents = people, patents <= people]")).checks.cross
    assert [statement.text for statement in rule.statements] == ["patents = people", "patents <= people"]
    assert (rule.tolerance, rule.regions, rule.grains, rule.severity) == (
        Tolerance(),
        (),
        (PeriodKind.YEAR,),
        Severity.ERROR,
    )


CASES = [
    # (YAML, the words it points at, code, message)
    (with_checks("value: []"), "value: []", "PLAN023", "unknown key 'value'"),
    (
        with_checks("values:", "  - {indicator: patent, min: 0}"),
        "patent, min",
        "PLAN031",
        "the plan has no indicator 'patent'",
    ),
    (
        with_checks("values:", "  - {indicator: patents, min: 2, max: 1}"),
        "2, max",
        "PLAN039",
        "the lower bound 2 is above the upper bound 1",
    ),
    (
        with_checks("values:", "  - {indicator: patents}"),
        "{indicator",
        "PLAN041",
        "this entry expects nothing of 'patents'",
    ),
    (
        with_checks("values:", "  - {indicator: patents, min: 0}", "  - {indicator: patents, max: 9}"),
        "{indicator: patents, max",
        "PLAN009",
        f"checks.values already has an entry for 'patents', in line {N_LINES + 3}",
    ),
    (
        with_checks("values:", "  - {indicator: patents, jump_pct: -5}"),
        "-5}",
        "PLAN027",
        "-5 is out of bounds, it must be at least 0",
    ),
    (
        with_checks("years: {first: 2021, last: 2018}"),
        "{first",
        "PLAN039",
        "the first year 2021 is after the last year 2018",
    ),
    (
        with_checks("required:", "  - {indicators: [patents], regions: [towm], years: [2018]}"),
        "towm",
        "PLAN031",
        "the plan has no region 'towm'",
    ),
    (
        with_checks("hand_in:", '  - {year: 2019, due: "2019-02-30"}'),
        '"2019-02-30"',
        "PLAN029",
        "'2019-02-30' is not a date",
    ),
    (
        with_checks("breaks:", "  - {indicator: people, region: towm, year: 2020, reason: r}"),
        "towm",
        "PLAN031",
        "the plan has no region 'towm'",
    ),
    (cross("patents = peeple"), "peeple", "PLAN031", "the plan has no indicator 'peeple'"),
    (cross('"patents = peeple"'), "peeple", "PLAN031", "the plan has no indicator 'peeple'"),
    (cross(r'"patents\t= peeple"'), r'"patents\t', "PLAN031", "the plan has no indicator 'peeple'"),
    (cross("patents-people = 0"), "patents-people", "PLAN031", "the plan has no indicator 'patents-people'"),
    (cross("patents@moon = 0"), "patents@moon", "PLAN031", "the plan has no region 'moon'"),
    (
        cross("patents@peers = patents@home"),
        "patents@peers",
        "PLAN060",
        "'patents@peers' means several regions",
    ),
    (
        cross("sum(patents@peers * 2) = patents@home"),
        "patents@peers",
        "PLAN060",
        "'patents@peers' means several regions",
    ),
    (cross("1 + 1 = 2"), "1 + 1", "PLAN060", "the formula names no indicator"),
    (cross("patents + = 3"), "= 3", "PLAN060", "the formula cannot be read at '=': an indicator or a number"),
    (cross("patents ="), "", "PLAN060", "the formula cannot be read at 'the end'"),
    (cross("[patents = people, patents < 3]"), "< 3", "PLAN060", "there is no such comparison"),
    (cross("patents = people", "years: {first: 3000}"), "3000", "PLAN027", "3000 is out of bounds"),
    (cross("patents = people", "regions: [moon]"), "moon", "PLAN031", "the plan has no region 'moon'"),
    (
        cross("patents = people") + "    - {id: one, name: n, formula: patents = people}\n",
        "one, name",
        "PLAN030",
        "cross-check 'one' is repeated",
    ),
]


@pytest.mark.parametrize(("text", "words", "code", "message"), CASES)
def test_every_complaint_has_its_place(text: str, words: str, code: str, message: str) -> None:
    _, findings = load(text)
    assert [each.code.id for each in findings] == [code], [each.message("en") for each in findings]
    place = findings[0].location
    assert place.line is not None
    assert place.column is not None
    assert text.splitlines()[place.line - 1][place.column - 1 :].startswith(words)
    assert place.line > N_LINES
    assert message in findings[0].message("en")


def test_minus_without_blanks_is_explained() -> None:
    _, (finding,) = load(cross("patents-people = 0"))
    assert finding.hint("en").startswith("put blanks around the minus: patents - people")


def test_id_of_a_region_wins_over_a_word() -> None:
    text = cross("patents@peers = patents").replace("id: city", "id: peers")
    assert plan_of(text).checks.cross[0].statements[0].left == Symbol("patents", region="peers")
