"""What a person reads: terminal, Markdown, CSV, and the excerpt with its caret."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len

from builders import make_dataset, make_file, make_observation
from ci_readers import github_commands
from ipstrong.diagnostics import Location
from ipstrong.diagnostics.codes.series import CROSS_FAILS
from ipstrong.reports.formats import RENDERERS
from ipstrong.reports.subjects.findings import pointed_row
from ipstrong.texts import LANGS, Lang
from report_cases import rendered
from validations import (
    HIDDEN,
    HOSTILE,
    ROW,
    at,
    clean_validation,
    empty_validation,
    finding,
    hostile_validation,
    make_validation,
)


def test_terminal_shows_row_caret_cure_related_place_and_counts() -> None:
    # The caret line is counted by hand: "5 │ " is 4 columns, 植树株数 8, " │ " 3, 株 2, " │ " 3: C5 begins at 4 + 4 + 16.
    text = rendered(make_validation(), "terminal", "en")
    assert text.splitlines()[:11] == [
        "data.xlsx  2 values, 1 error, 1 warning, 1 note",
        "  全市 note RULE903 a hidden row holds data",
        "  全市!C5 error RULE901 expected a number, found 'n/a'",
        "    5 │ 植树株数 │ 株 │ n/a │ 110 │ 115 │ 120",
        " " * (4 + 20) + "^^^",
        "    → replace 'n/a' by a number",
        "  全市!F5 warning RULE902 '120' is far from the year before",
        "    5 │ 植树株数 │ 株 │ n/a │ 110 │ 115 │ 120",
        " " * (4 + 38) + "^^^",
        "    see also 全市!E5",
        "    → check the source",
    ]
    assert text.rstrip().endswith("2 values in 1 file, 4 rules")


def test_terminal_says_what_is_waived_by_whom_and_until_when() -> None:
    text = rendered(make_validation(), "terminal", "zh", 120)
    assert "data.xlsx[全市!D5] RULE902 “110”比上年变动过大" in text
    assert "口径调整(虚构) (虚构审核人，有效期至 2022-12-31)" in text
    assert "豁免 1 个" in text


def test_terminal_lists_cross_checks_that_did_not_pass_and_counts_those_that_did() -> None:
    text = rendered(make_validation(), "terminal", "en", 120)
    assert text.count("trees * 2 = parks") == 2  # one failed, one uncertain; what is missing is a finding of its own
    assert "left 240, right 250, difference -10, tolerance 1" in text
    assert "missing parks for 2021" not in text
    assert "cross-checks: 1 passed, 1 failed, 1 uncertain, 1 not assessable" in text


def test_terminal_names_every_file_also_the_clean_one_and_the_run_as_a_whole() -> None:
    files = (make_file("a.xlsx"), make_file("b.xlsx"))
    dataset = make_dataset([make_observation(file="a.xlsx")], files=files)
    whole_run = finding(code=HIDDEN, location=Location())
    text = rendered(make_validation((whole_run,), dataset=dataset, waived=()), "terminal", "en")
    assert text.splitlines()[0] == "the run as a whole  1 note"
    assert "b.xlsx  0 values, no findings" in text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["terminal", "md", "summary", "github", "junit"])
def test_nothing_assessed_is_said_when_no_value_was_read(name: str, lang: Lang) -> None:
    said = {"zh": "这不等于通过", "en": "this is not a pass"}[lang]
    assert said in rendered(empty_validation(), name, lang, 200)
    assert said not in rendered(clean_validation(), name, lang, 200)


@pytest.mark.parametrize("name", RENDERERS["validation"])
def test_every_format_speaks_the_language_asked_for(name: str) -> None:
    chinese, english = (rendered(make_validation(), name, lang) for lang in LANGS)
    assert "不是数字" in chinese or "应为数字" in chinese
    assert "expected a number" in english
    assert "expected a number" not in chinese


@pytest.mark.parametrize("name", RENDERERS["validation"])
def test_every_format_is_complete_when_there_is_nothing_to_say(name: str) -> None:
    assert rendered(clean_validation(), name, "en").endswith("\n")


@pytest.mark.parametrize("name", RENDERERS["validation"])
def test_the_same_validation_gives_the_same_text(name: str) -> None:
    first, second = (rendered(make_validation(), name, "zh") for _ in range(2))
    assert first == second
    assert not re.search(r"\d\d:\d\d:\d\d", first)


def test_colour_is_used_only_when_asked_for() -> None:
    assert "\x1b[" not in rendered(make_validation(), "terminal", "zh", 80, color=False)
    assert "\x1b[1;31m" in rendered(make_validation(), "terminal", "zh", 80, color=True)


@pytest.mark.parametrize("width", [40, 80, 140])
def test_no_line_of_the_terminal_is_wider_than_asked(width: int) -> None:
    wide = finding(excerpt="\t".join(["名称很长的一个指标" * 4, "株", "n/a", *["1,234,567"] * 30]))
    text = rendered(make_validation((wide,)), "terminal", "zh", width)
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_caret_stays_under_the_cell_when_the_row_is_cut_on_both_sides() -> None:
    cells = [f"cell{number:02d}" for number in range(30)]
    place = finding(cell="P9", excerpt="\t".join(cells))
    shown = pointed_row(place, 60)
    assert shown is not None
    row, caret = shown
    assert cell_len(row) <= 60
    assert row.startswith("9 │ … │ ")
    assert row.endswith(" │ …")
    start = caret.index("^")
    assert row[start : start + caret.count("^")] == "cell15"


def test_caret_spans_every_cell_of_a_range() -> None:
    shown = pointed_row(finding(cell="C5:E5", excerpt=ROW), 80)
    assert shown is not None
    row, caret = shown
    assert caret.count("^") == len("n/a │ 110 │ 115")
    assert row.endswith("n/a │ 110 │ 115 │ 120")


def test_caret_of_a_csv_field_counts_fields_and_of_yaml_counts_characters() -> None:
    field = pointed_row(finding(location=Location("a.csv", line=3, column=2), excerpt="年\tx\t2"), 80)
    assert field == ("3 │ 年 │ x │ 2", " " * 9 + "^")
    plan_line = finding(
        location=Location("targets.yaml", line=41, column=9, key="targets[3].unit"), excerpt="  unit: 万建"
    )
    assert pointed_row(plan_line, 80) == ("41 │   unit: 万建", " " * 13 + "^")


def test_there_is_no_caret_where_the_cell_lies_outside_the_excerpt() -> None:
    assert pointed_row(finding(cell="Z5", excerpt=ROW), 80) == ("5 │ 植树株数 │ 株 │ n/a │ 110 │ 115 │ 120", "")
    assert pointed_row(finding(cell=None, excerpt=ROW), 80) == ("植树株数 │ 株 │ n/a │ 110 │ 115 │ 120", "")
    assert pointed_row(finding(), 80) is None


def test_many_related_places_are_counted() -> None:
    related = (at("A9", "other.xlsx"), *(at(f"C{row}") for row in range(10, 30)))
    text = rendered(make_validation((finding(related=related),)), "terminal", "en", 300)
    assert (
        "see also other.xlsx[全市!A9], 全市!C10, 全市!C11, 全市!C12, 全市!C13, 全市!C14, 全市!C15, 全市!C16, 13 more"
        in text
    )


def test_blank_cells_are_left_out_of_the_row_unless_they_are_meant() -> None:
    assert pointed_row(finding(cell="D5", excerpt="a\t\t\td\t\tf"), 80) == ("5 │ a │ d │ f", " " * 8 + "^")
    assert pointed_row(finding(cell="C5", excerpt="a\t\t\td"), 80) == ("5 │ a │  │ d", " " * 8 + "^")


def test_cross_checks_are_told_in_full_only_where_no_finding_tells_them() -> None:
    params = dict.fromkeys(("name", "region", "period", "expression", "left", "right", "difference", "tolerance"), "x")
    described = finding(code=CROSS_FAILS, params={**params, "more": "", "evidence": "F5"})
    assert "trees * 2 = parks" not in rendered(make_validation((described,)), "terminal", "en")
    shown = rendered(make_validation((described,)), "terminal", "en")
    assert shown.count("left 240, right 250") == 2
    assert "missing parks for 2021" not in shown
    assert "trees * 2 = parks" in rendered(make_validation(()), "terminal", "en")


def test_caret_of_a_row_with_one_cell() -> None:
    assert pointed_row(finding(cell="A2", excerpt="合计"), 80) == ("2 │ 合计", "    ^^^^")


def test_csv_has_one_row_a_finding_and_names_the_waiver() -> None:
    rows = list(csv.DictReader(io.StringIO(rendered(make_validation(), "csv", "en"))))
    assert [(row["cell"], row["code"], row["waived"]) for row in rows] == [
        ("", "RULE903", "no"),
        ("C5", "RULE901", "no"),
        ("F5", "RULE902", "no"),
        ("D5", "RULE902", "yes"),
    ]
    assert (rows[1]["row"], rows[1]["column"]) == ("5", "3")
    assert rows[2]["related"] == "data.xlsx[全市!E5]"
    assert (rows[3]["who"], rows[3]["expires"]) == ("虚构审核人", "2022-12-31")


def test_csv_is_its_heading_alone_when_there_is_nothing_to_say() -> None:
    assert rendered(clean_validation(), "csv", "en").count("\n") == 1


def test_markdown_table_has_cure_and_evidence() -> None:
    text = rendered(make_validation(), "md", "en")
    assert "| 全市!C5 | error | RULE901 | expected a number, found 'n/a' | replace 'n/a' by a number |" in text
    assert "(see also 全市!E5)" in text
    assert "| 240 | 250 | -10 | 1 | fail | data.xlsx\\[全市!F5\\] |" in text


# --- Text from data does nothing ----------------------------------------------------------------------------------


def test_terminal_prints_no_escape_no_reversal_and_no_ci_command() -> None:
    for width in (40, 57, 80, 120):
        text = rendered(hostile_validation(), "terminal", "en", width)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
        assert github_commands(text) == []


@pytest.mark.parametrize("name", ["md", "summary"])
def test_markdown_shows_markup_of_data_as_text(name: str) -> None:
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(rendered(hostile_validation(), name, "en"))
    assert "<script" not in html
    assert "<a " not in html
    assert "<code>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "**b**" in html


def test_markdown_table_keeps_its_columns_when_a_cell_holds_bars_and_line_ends() -> None:
    text = rendered(make_validation((finding("a|b\nc\\|d"),)), "md", "en")
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    first_table = html[html.index("<tbody>") : html.index("</tbody>")]
    assert first_table.count("<td") == 5
    assert "a|b c\\|d" in first_table


def test_csv_of_hostile_data_has_no_formula_and_no_extra_rows() -> None:
    rows = list(csv.reader(io.StringIO(rendered(hostile_validation(), "csv", "en"))))
    assert len(rows) == 3
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert rows[1][0].startswith("'=HYPERLINK")


@pytest.mark.parametrize("name", RENDERERS["validation"])
def test_text_that_no_file_can_hold_is_written_out(name: str) -> None:
    torn = make_validation((finding("a\ud800b", excerpt="a\ud800b\tc"),))
    rendered(torn, name, "zh").encode("utf-8")


def test_hostile_text_is_hostile() -> None:
    assert github_commands(HOSTILE)
    assert "\x1b" in HOSTILE
    assert at("C5") == replace(at("C4"), cell="C5")
