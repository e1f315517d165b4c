"""The Markdown report: golden files, and cells that stay cells."""

from __future__ import annotations

from pathlib import Path

import pytest

import builders
import report_cases
from golden import check_golden
from ipstrong.reports.table import Column, table
from ipstrong.reports.writers import markdown
from ipstrong.texts import LANGS, Lang, Text, same
from report_cases import rendered

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", report_cases.SCORECARDS)
def test_markdown_is_the_golden_file(name: str, lang: Lang) -> None:
    check_golden(GOLDEN / f"scorecard-{name}-{lang}.md", rendered(report_cases.SCORECARDS[name](), "md", lang))


@pytest.mark.parametrize("name", report_cases.SCORECARDS)
def test_every_row_of_a_table_has_as_many_cells(name: str) -> None:
    for lang in LANGS:
        lines = rendered(report_cases.SCORECARDS[name](), "md", lang).split("\n")
        bars = {line.replace("\\|", "").count("|") for line in lines if line.startswith("|")}
        assert bars == {12}


def test_names_are_no_markup() -> None:
    name = "a|b `c` <b>d</b> [e](http://f.example) *g* line\nbreak"
    target = builders.make_target(name=Text(name, name))
    text = rendered(builders.make_scorecard((builders.make_result(target),)), "md", "en")
    assert "<b>" not in text
    assert "http://f.example" not in text
    assert "a\\|b \\`c\\` &lt;b&gt;d" in text
    assert "line break" in text


def test_table_aligns_numbers() -> None:
    columns = (Column("a", same("a")), Column("b", same("b"), is_number=True))
    assert markdown.write([table(columns, [("x", 1)])], "en") == "| a | b |\n| --- | ---: |\n| x | 1 |\n"


def test_a_plan_without_targets_says_so() -> None:
    scorecard = builders.make_scorecard((), builders.make_plan(()), summaries=())
    assert "the plan has no targets" in rendered(scorecard, "md", "en")
