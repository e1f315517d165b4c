"""The scorecard on a terminal and in Markdown: golden files in both languages, and what must hold of any of them."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import builders
import report_cases
from golden import check_golden
from ipstrong.model.plan import Rounding
from ipstrong.model.result import Status
from ipstrong.texts import LANGS, Lang, Text
from profiles import SLOW
from report_cases import rendered

GOLDEN = Path(__file__).parents[1] / "golden"


ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", report_cases.SCORECARDS)
def test_terminal_output_is_the_golden_file(name: str, lang: Lang, width: int) -> None:
    text = rendered(report_cases.SCORECARDS[name](), "terminal", lang, width)
    check_golden(GOLDEN / f"check-{name}-{lang}-{width}.txt", text)


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 240])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", report_cases.SCORECARDS)
def test_no_line_is_wider_than_the_terminal(name: str, lang: Lang, width: int, *, unicode: bool) -> None:
    text = rendered(report_cases.SCORECARDS[name](), "terminal", lang, width, unicode=unicode)
    assert max(cell_len(line) for line in text.split("\n")) <= width


@SLOW
@given(st.text(max_size=60), st.decimals(min_value=1, max_value=10**20, places=3), st.sampled_from(LANGS))
def test_any_name_and_number_fits_eighty_columns(name: str, value: Decimal, lang: Lang) -> None:
    target = builders.make_target(name=Text(name, name), value=value, assumption=Text(name, name))
    scorecard = builders.make_scorecard((builders.make_result(target, latest=str(value)),))
    text = rendered(scorecard, "terminal", lang, 80)
    assert max(cell_len(line) for line in text.split("\n")) <= 80


def test_colour_changes_nothing_but_colour() -> None:
    scorecard = report_cases.final_plan()
    colored = rendered(scorecard, "terminal", "zh", 80, color=True)
    assert "\x1b[" in colored
    stripped = "\n".join(line.rstrip() for line in ANSI.sub("", colored).split("\n"))
    assert stripped == rendered(scorecard, "terminal", "zh", 80)


def test_data_cannot_steer_the_terminal() -> None:
    for color in (True, False):
        text = ANSI.sub("", rendered(report_cases.hostile(), "terminal", "en", 140, color=color))
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "\\x1b[31m[red]=1+1\\u202e|`<b>" in text


def test_ascii_output_has_no_symbols_beyond_the_names() -> None:
    text = rendered(report_cases.final_plan(), "terminal", "en", 140, unicode=False)
    assert text.isascii()
    assert ">=130,000" in text
    assert "+ met!" in text


def test_met_and_missed_are_not_contradicted_by_the_number() -> None:
    text = rendered(report_cases.final_plan(), "terminal", "en", 140)
    share = next(line for line in text.split("\n") if "Share of the nation" in line)
    assert "9.96%" in share
    assert "-0.04 pp" in share
    assert "99.6%" in share
    assert "missed" in share


def test_a_dispute_shows_both_numbers_beneath() -> None:
    lines = rendered(report_cases.final_plan(), "terminal", "en", 140).split("\n")
    position = next(index for index, line in enumerate(lines) if "disputed:" in line)
    assert "112.0, met" in lines[position]
    assert "92.11, missed" in lines[position]


def test_a_narrow_terminal_keeps_what_matters_most() -> None:
    text = rendered(report_cases.on_the_way(), "terminal", "en", 60)
    assert "Status" in text
    assert "Projected" not in text


def test_five_regions_get_tables_and_six_share_one() -> None:
    assert "Summary" in rendered(report_cases.many_regions(5), "terminal", "en", 80)
    compact = rendered(report_cases.many_regions(6), "terminal", "en", 80)
    assert "Summary" not in compact
    assert "6 regions" in compact


def test_tables_of_regions_have_the_same_columns() -> None:
    long = builders.make_target(name=Text("名", "A name of a target that needs much more room than the other one"))
    results = [
        replace(builders.make_result(target), region=region, region_name=Text(region, region))
        for target, region in ((long, "first"), (builders.make_target(), "second"))
    ]
    lines = rendered(builders.make_scorecard(results), "terminal", "en", 100).splitlines()
    heads = [each for each in lines if each.startswith("No.")]
    assert len(heads) == 2
    assert heads[0] == heads[1]


def test_a_plan_without_targets_says_so() -> None:
    scorecard = builders.make_scorecard((), builders.make_plan(()), summaries=())
    assert "the plan has no targets" in rendered(scorecard, "terminal", "en")
    assert "the plan has no targets" in rendered(scorecard, "md", "en")


def test_files_beyond_three_are_counted() -> None:
    files = tuple(builders.make_file(f"{number}.xlsx") for number in range(5))
    scorecard = builders.make_scorecard(dataset=builders.make_dataset(files=files))
    expected = "Data  0.xlsx\n      1.xlsx\n      2.xlsx\n      and others, 5 files in all\n"
    assert expected in rendered(scorecard, "terminal", "en", 80)
    nothing = builders.make_scorecard(dataset=builders.make_dataset(files=()))
    assert "Data  none" in rendered(nothing, "terminal", "en", 80)


def test_a_rounded_comparison_is_said() -> None:
    target = builders.make_target(value=Decimal(93), rounding=Rounding.ROUNDED)
    result = builders.make_result(target, latest="92.96")
    scorecard = builders.make_scorecard((replace(result, status=Status.MET, met_now=True),))
    text = rendered(scorecard, "terminal", "en", 140)
    assert "92.96" in text
    assert "compared by rounded value" in text


def test_no_score_has_its_reason() -> None:
    scorecard = builders.make_scorecard((report_cases.missing(),))
    assert "not computed: no data" in rendered(scorecard, "terminal", "en", 80)


# --- Markdown ---------------------------------------------------------------------------------------------------------


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
