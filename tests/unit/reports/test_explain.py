"""Explanations: golden files in both languages, arithmetic worked out by hand, and what flips a verdict."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import builders
import report_cases
from builders import make_observation, make_root
from golden import check_golden
from ipstrong.model.evaluation import value_of
from ipstrong.model.formula import Aggregate, Constant, CumulativeRate, Formula, Observed, Operation, Place
from ipstrong.model.plan import Comparator, Rounding
from ipstrong.model.result import Figure, Result
from ipstrong.reports.arithmetic import equals, formula, shown, steps
from ipstrong.reports.explain import render_explain
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.sensitivity import flips, slope, solve
from ipstrong.texts import LANGS, Lang

D = Decimal
GOLDEN = Path(__file__).parent / "golden"
TARGETS = [result.target.id for result in report_cases.final_plan().results]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("target", TARGETS)
def test_explanation_is_the_golden_file(target: str, lang: Lang) -> None:
    text = render_explain(report_cases.final_plan(), target, ReportOptions(lang, 80, color=False))
    check_golden(GOLDEN / f"explain-{target}-{lang}.txt", text)


@pytest.mark.parametrize("lang", LANGS)
def test_explanation_of_a_target_on_its_way(lang: Lang) -> None:
    text = render_explain(report_cases.on_the_way(), "1", ReportOptions(lang, 80, color=False))
    check_golden(GOLDEN / f"explain-on-the-way-{lang}.txt", text)


@pytest.mark.parametrize("width", [40, 80, 140])
@pytest.mark.parametrize("target", TARGETS)
def test_no_line_is_wider_than_the_terminal(target: str, width: int) -> None:
    for lang in LANGS:
        text = render_explain(report_cases.final_plan(), target, ReportOptions(lang, width, color=False))
        assert max(cell_len(line) for line in text.split("\n")) <= width


def test_data_cannot_steer_the_terminal() -> None:
    text = render_explain(report_cases.hostile(), "trees", ReportOptions("en", 140, color=False))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "'\\x1b[31m[red]=1+1\\u202e|`<b> '" in text


def test_ascii_terminals_get_ascii_signs() -> None:
    text = render_explain(report_cases.final_plan(), "cases", ReportOptions("en", 80, color=False, unicode=False))
    words = text.replace("河湾市园林局", "").replace("二(二)", "").replace("全市", "")
    assert words.isascii()
    assert "172.8 / 100 = 1.728" in text


def test_every_region_is_explained_and_an_unknown_target_refused() -> None:
    text = render_explain(report_cases.many_regions(2), "trees", ReportOptions("en", 80, color=False))
    assert text.count("Arithmetic") == 2
    with pytest.raises(KeyError):
        render_explain(report_cases.final_plan(), "nothing", ReportOptions("en", 80, color=False))


A, B, C = (make_observation(value, row=4 + index) for index, value in enumerate(("120", "100", "80")))
PER_TEN = Operation("*", Operation("/", Observed(A), Observed(B)), Constant(D(10)))
GROWTH = Operation(
    "*", Operation("-", make_root(Operation("/", Observed(A), Observed(B)), 2), Constant(D(1))), Constant(D(100))
)


@pytest.mark.parametrize(
    ("expr", "text", "value"),
    [
        (PER_TEN, "120 ÷ 100 × 10", "12"),
        (Operation("/", Observed(A), Operation("/", Observed(B), Observed(C))), "120 ÷ (100 ÷ 80)", "96"),
        (Operation("-", Observed(A), Operation("-", Observed(B), Observed(C))), "120 - (100 - 80)", "100"),
        (Operation("*", Operation("+", Observed(A), Observed(B)), Observed(C)), "(120 + 100) × 80", "17600"),
        (Aggregate("sum", (Observed(A), Observed(B), Observed(C))), "120 + 100 + 80", "300"),
        (Operation("/", Aggregate("sum", (Observed(A), Observed(C))), Observed(B)), "(120 + 80) ÷ 100", "2"),
        (Aggregate("mean", (Observed(A), Observed(B), Observed(C))), "(120 + 100 + 80) ÷ 3", "100"),
        (Aggregate("min", (Observed(A), Observed(B))), "min(120, 100)", "100"),
        (Aggregate("max", (Observed(A), Observed(B))), "max(120, 100)", "120"),
        (Place(Observed(B), (Observed(A), Observed(C)), 1), "1 + 1 (ahead: Rivertown 120)", "2"),
        (Place(Observed(B), (Observed(A), Observed(C)), -1), "1 + 1 (ahead: Rivertown 80)", "2"),
        (Place(Observed(A), (Observed(B),), 1), "1 + 0 (ahead: none)", "1"),
        (make_root(Observed(A), 1), "120", "120"),
        # 2.64 = 1.2 + 1.44, so the rate is exactly 20 %.
        (
            CumulativeRate(Constant(D("2.64")), 2),
            "the g with (1 + g) ^ 1 + (1 + g) ^ 2 = 2.64 (cumulative approach)",
            "0.2",
        ),
    ],
)
def test_formula_and_value(expr: Formula, text: str, value: str) -> None:
    assert formula(expr, "en", {builders.HOME: "Rivertown"}) == text
    assert abs(value_of(expr) - D(value)) < D("1e-40")


def test_growth_is_shown_in_steps() -> None:
    # sqrt(1.2) = 1.0954451150...
    found = [(step.formula, shown(step.value)) for step in steps(GROWTH, "en", {})]
    assert found == [
        ("120 ÷ 100", "1.2"),
        ("(120 ÷ 100) ^ (1 ÷ 2)", "1.095445115"),
        ("((120 ÷ 100) ^ (1 ÷ 2) - 1) × 100", "9.544511501"),
    ]


def test_parts_of_folds_and_ranks_are_steps() -> None:
    mean = Aggregate("mean", (Operation("/", Observed(A), Observed(B)), Operation("/", Observed(B), Observed(C))))
    assert [step.formula for step in steps(mean, "en", {})] == ["120 ÷ 100", "100 ÷ 80", "(120 ÷ 100 + 100 ÷ 80) ÷ 2"]
    place = Place(PER_TEN, (Observed(C),), 1)
    assert [shown(step.value) for step in steps(place, "en", {})] == ["12", "2"]
    assert steps(Observed(A), "en", {}) == []


def test_shown_digits_do_not_cross_the_line() -> None:
    assert shown(D("92.99999999999")) == "93"
    assert shown(D("92.99999999999"), D(93)) == "92.99999999999"
    assert shown(D("123456789012.6")) == "123456789013"
    assert equals(D("0.5"), "0.5") == "= 0.5"
    assert equals(D(1) / D(3), "0.3333333333") == "≈ 0.3333333333"


@pytest.mark.parametrize(
    ("expr", "goal", "observation", "expected"),
    [
        # 120 ÷ 100 × 10 = 9 needs 90 above, or 133.33 below.
        (PER_TEN, "9", A, "90"),
        (PER_TEN, "15", B, "80"),
        (GROWTH, "10", A, "121"),
        (Operation("-", Observed(A), Observed(B)), "5", B, "115"),
        (Operation("-", Observed(A), Observed(B)), "5", A, "105"),
        (Operation("+", Observed(A), Observed(B)), "300", B, "180"),
        (Aggregate("sum", (Observed(A), Observed(B), Observed(C))), "400", C, "180"),
        (Aggregate("mean", (Observed(A), Observed(B), Observed(C))), "110", C, "110"),
        (Aggregate("min", (Observed(A), Observed(C))), "90", C, "90"),
        (Aggregate("max", (Observed(A), Observed(C))), "130", C, "130"),
        (Aggregate("max", (Observed(A), Observed(C))), "110", C, None),
        (Aggregate("max", (Observed(C), Observed(B))), "100", C, "100"),
        (Aggregate("min", (Observed(C), Observed(C))), "90", C, None),
        (Aggregate("min", (Observed(A), Observed(C))), "90", A, None),
        (Place(Observed(C), (Observed(A), Observed(B)), 1), "1", C, "120"),
        (Place(Observed(C), (Observed(A), Observed(B)), 1), "2", C, "100"),
        (Place(Observed(C), (Observed(A), Observed(B)), 1), "5", C, None),
        (Place(Observed(C), (Observed(A), Observed(B)), 1), "1", A, None),
        # g = 20 % over two years wants a ratio of 2.64.
        (CumulativeRate(Operation("/", Observed(A), Observed(B)), 2), "0.2", A, "264"),
        (CumulativeRate(Operation("/", Observed(A), Observed(B)), 2), "-3", A, None),
        (make_root(Observed(A), 2), "-1", A, None),
        (Operation("/", Observed(A), Observed(A)), "2", A, None),
        (Constant(D(1)), "2", A, None),
        (PER_TEN, "9", C, None),
    ],
)
def test_solving_for_one_input(expr: Formula, goal: str, observation: object, expected: str | None) -> None:
    found = solve(expr, observation, D(goal))  # type: ignore[arg-type]
    assert found == (None if expected is None else D(expected))


@given(
    st.integers(1, 10**6),
    st.integers(1, 10**6),
    st.decimals(min_value=1, max_value=500, places=2),
    st.sampled_from(["ratio", "growth", "sum"]),
)
def test_an_input_on_its_line_gives_the_goal(first: int, second: int, goal: Decimal, kind: str) -> None:
    above, below = make_observation(str(first), row=4), make_observation(str(second), row=5)

    def expression(value: Decimal) -> Formula:
        top = Observed(above._replace(value=value))
        made: dict[str, Formula] = {
            "ratio": Operation("*", Operation("/", top, Observed(below)), Constant(D(100))),
            "growth": Operation(
                "*",
                Operation("-", make_root(Operation("/", top, Observed(below)), 3), Constant(D(1))),
                Constant(D(100)),
            ),
            "sum": Aggregate("sum", (top, Observed(below))),
        }
        return made[kind]

    line = solve(expression(above.value), above, goal)
    assert line is not None
    if line > 0:
        assert abs(value_of(expression(line)) - goal) < D("1e-30")


@pytest.mark.parametrize(
    ("expr", "observation", "expected"),
    [
        (PER_TEN, A, 1),
        (PER_TEN, B, -1),
        (PER_TEN, C, 0),
        (Operation("-", Observed(A), Observed(B)), B, -1),
        (Operation("+", Observed(A), Observed(B)), B, 1),
        (Operation("*", Observed(A), Constant(D(-1))), A, -1),
        (Operation("*", Constant(D(2)), Observed(A)), A, 1),
        (GROWTH, B, -1),
        (Aggregate("sum", (Observed(A), Observed(B))), B, 1),
        (CumulativeRate(Observed(A), 2), A, 1),
        (Place(Observed(A), (Observed(B),), 1), A, -1),
        (Constant(D(1)), A, 0),
    ],
)
def test_slope(expr: Formula, observation: object, expected: int) -> None:
    assert slope(expr, observation) == expected  # type: ignore[arg-type]


def only_flip(result: Result) -> tuple[str, bool, bool]:
    (flip,) = flips(result)
    return (str(flip.value), flip.includes, flip.falls)


def level(value: str, comparator: Comparator, goal: str, *, met: bool) -> Result:
    target = builders.make_target(comparator=comparator, value=D(goal))
    return replace(builders.make_result(target, latest=value), met_now=met)


@pytest.mark.parametrize(
    ("value", "comparator", "goal", "met", "expected"),
    [
        ("120", Comparator.GE, "110", True, ("110", False, True)),
        ("100", Comparator.GE, "110", False, ("110", True, False)),
        ("120", Comparator.GT, "110", True, ("110", True, True)),
        ("110", Comparator.GT, "110", False, ("110", False, False)),
        ("100", Comparator.LE, "110", True, ("110", False, False)),
        ("120", Comparator.LE, "110", False, ("110", True, True)),
        ("110", Comparator.GE, "110", True, ("110", False, True)),
    ],
)
def test_flip_of_a_level(
    value: str, comparator: Comparator, goal: str, *, met: bool, expected: tuple[str, bool, bool]
) -> None:
    assert only_flip(level(value, comparator, goal, met=met)) == expected


@pytest.mark.parametrize(
    ("value", "met", "expected"),
    [
        # From outside by the nearer bound, which counts; from within beyond either.
        ("0", False, [("1", True, False)]),
        ("3", False, [("2", True, True)]),
        ("1.2", True, [("1", False, True), ("2", False, False)]),
        ("2", True, [("1", False, True), ("2", False, False)]),
    ],
)
def test_flip_of_a_range(value: str, *, met: bool, expected: list[tuple[str, bool, bool]]) -> None:
    target = builders.make_target(comparator=Comparator.BETWEEN, value=D(1), upper=D(2))
    result = replace(builders.make_result(target, latest=builders.make_figure(value)), met_now=met)
    assert [(str(flip.value), flip.includes, flip.falls) for flip in flips(result)] == expected


def test_flip_under_rounded_comparison_is_at_half_a_place() -> None:
    target = builders.make_target(value=D(93), rounding=Rounding.ROUNDED)
    assert only_flip(replace(builders.make_result(target, latest="92.96"), met_now=True)) == ("92.5", False, True)


def test_flips_are_rounded_away_so_that_reaching_them_is_enough() -> None:
    result = report_cases.disputed()
    found = {flip.observation.indicator: flip for flip in flips(result)}
    # 93 * 17,681,600 / 10,000 = 164,438.88: at 164,438 the target is missed.
    assert found["trees"].value == 164438
    # 198,031 * 10,000 / 93 = 21,293,655.9: at 21,293,656 people it is missed.
    assert found["population"].value == 21293656
    assert found["population"].change == 21293656 - 17681600
    relative = found["population"].relative
    assert relative is not None
    assert round(relative, 4) == D("0.2043")


def test_nothing_flips_without_a_verdict() -> None:
    assert flips(report_cases.uncertain()) == ()
    assert flips(report_cases.missing()) == ()
    assert flips(report_cases.manual()) == ()


def test_an_input_of_zero_has_no_relative_change() -> None:
    (flip,) = flips(level("0", Comparator.GE, "5", met=False))
    assert flip.relative is None
    text = render_explain(
        builders.make_scorecard((level("0", Comparator.GE, "5", met=False),)), "trees", ReportOptions("en")
    )
    assert "at or above 5 (+5)" in text


def test_an_input_that_would_divide_by_zero_is_left_out() -> None:
    zero = make_observation("0", row=6)
    expr = Operation("*", Observed(A), Observed(zero))
    figure = Figure(builders.period("2021"), D(0), D(0), D(0), expr)
    found = flips(replace(builders.make_result(latest=figure), met_now=False))
    assert [flip.observation.number for flip in found] == [zero.number]


def test_when_no_single_input_flips_it_that_is_said() -> None:
    expr = Operation("/", Observed(A), Observed(A))
    figure = Figure(builders.period("2021"), D(1), D(1), D(1), expr)
    result = replace(builders.make_result(builders.make_target(value=D(1)), latest=figure), met_now=True)
    text = render_explain(builders.make_scorecard((result,)), "trees", ReportOptions("en", 80, color=False))
    assert "no single input can flip it alone" in text


def test_many_inputs_keep_distinct_letters() -> None:
    items = tuple(Observed(make_observation("1", row=4 + index)) for index in range(30))
    figure = Figure(builders.period("2021"), D(30), D(30), D(30), Aggregate("sum", items))
    text = render_explain(builders.make_scorecard((builders.make_result(latest=figure),)), "trees", ReportOptions("en"))
    assert "  z   Trees planted" in text
    assert "  a1  Trees planted" in text
