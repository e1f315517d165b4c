"""Findings on standard error: two lines each, clickable, never wrapped, summarised when there are many."""

from __future__ import annotations

from dataclasses import replace

from builders import EXAMPLE_CODE, make_finding
from ipstrong.diagnostics import Location, Severity
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.subjects.findings import MANY, SHOWN, render_findings
from ipstrong.texts import Text


def test_two_lines_with_place_code_and_cure() -> None:
    assert render_findings([make_finding()], ReportOptions("en")) == (
        "data.xlsx[全市!C5]: error DATA999 not a number: 'n/a'\n  hint: write a number\n"
    )


def test_the_same_in_chinese() -> None:
    text = render_findings([make_finding()], ReportOptions("zh"))
    assert text.startswith("data.xlsx[全市!C5]: 错误 DATA999 不是数字")
    assert "建议" in text


def test_yaml_place_key_and_severity() -> None:
    finding = make_finding(
        Location("targets.yaml", line=41, column=12, key="targets[3].unit"), severity_override=Severity.WARNING
    )
    assert render_findings([finding], ReportOptions("en")).startswith(
        "targets.yaml:41:12: warning DATA999 not a number: 'n/a' (targets[3].unit)\n"
    )


def test_a_finding_about_the_run_names_the_program() -> None:
    finding = replace(make_finding(), location=Location())
    assert render_findings([finding], ReportOptions("en")).startswith("ipstrong: error DATA999")


def test_a_code_without_cure_has_one_line() -> None:
    finding = make_finding(code=replace(EXAMPLE_CODE, hint=Text("", "")))
    assert render_findings([finding], ReportOptions("en")).count("\n") == 1


def test_related_places_are_named() -> None:
    finding = make_finding(related=(Location("data.xlsx", "全市", "C9"), Location("b.csv", line=3)))
    assert "  see also: data.xlsx[全市!C9], b.csv:3\n" in render_findings([finding], ReportOptions("en"))


def test_colour_is_optional_and_data_cannot_steer_the_terminal() -> None:
    finding = make_finding(Location("\x1b[2J.xlsx", "s\n", "A1"), params={"text": "\u202e"})
    plain = render_findings([finding], ReportOptions("en"))
    assert "\x1b" not in plain
    assert "\u202e" not in plain
    assert plain.count("\n") == 2
    colored = render_findings([make_finding()], ReportOptions("en", color=True))
    assert "\x1b[1;31merror\x1b[0m" in colored


def test_many_of_one_code_are_summarised_and_others_are_not() -> None:
    many = [make_finding(Location("a.csv", line=number)) for number in range(1, MANY + 2)]
    other = make_finding(code=replace(EXAMPLE_CODE, id="DATA998"))
    lines = render_findings([*many, other], ReportOptions("en")).split("\n")
    assert sum("DATA999 not a number" in line for line in lines) == SHOWN
    assert lines[2 * SHOWN] == f"  {MANY + 1 - SHOWN} more DATA999: problem for tests"
    assert "DATA998" in lines[2 * SHOWN + 1]


def test_as_many_as_allowed_are_all_shown() -> None:
    many = [make_finding(Location("a.csv", line=number)) for number in range(1, MANY + 1)]
    assert render_findings(many, ReportOptions("en")).count("DATA999") == MANY


def test_nothing_is_nothing() -> None:
    assert render_findings([], ReportOptions("en")) == ""
