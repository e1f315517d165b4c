"""The Markdown report: golden files, and cells that stay cells."""

from __future__ import annotations

from pathlib import Path

import pytest

import builders
import report_cases
from golden import check_golden
from ipstrong.reports.markdown import render_markdown, table
from ipstrong.texts import LANGS, Lang, Text

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", report_cases.SCORECARDS)
def test_markdown_is_the_golden_file(name: str, lang: Lang) -> None:
    check_golden(GOLDEN / f"scorecard-{name}-{lang}.md", render_markdown(report_cases.SCORECARDS[name](), lang))


@pytest.mark.parametrize("name", report_cases.SCORECARDS)
def test_every_row_of_a_table_has_as_many_cells(name: str) -> None:
    for lang in LANGS:
        lines = render_markdown(report_cases.SCORECARDS[name](), lang).split("\n")
        bars = {line.replace("\\|", "").count("|") for line in lines if line.startswith("|")}
        assert bars == {12}


def test_names_are_no_markup() -> None:
    name = "a|b `c` <b>d</b> [e](http://f.example) *g* line\nbreak"
    target = builders.make_target(name=Text(name, name))
    text = render_markdown(builders.make_scorecard((builders.make_result(target),)), "en")
    assert "<b>" not in text
    assert "http://f.example" not in text
    assert "a\\|b \\`c\\` &lt;b&gt;d" in text
    assert "line break" in text


def test_table_aligns_numbers() -> None:
    assert table(["a", "b"], [["x", "1"]], numbers=[1]) == ["| a | b |", "| --- | ---: |", "| x | 1 |"]


def test_a_plan_without_targets_says_so() -> None:
    scorecard = builders.make_scorecard((), builders.make_plan(()), summaries=())
    assert "the plan has no targets" in render_markdown(scorecard, "en")
