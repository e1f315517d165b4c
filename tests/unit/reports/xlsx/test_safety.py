"""Text from plans and data stays text, whatever it says; the same scorecard gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import builders
import recalc
import xlsx_cards
import xlsx_reading
from ipstrong.diagnostics import Location
from ipstrong.model.result import Scorecard
from ipstrong.reports.xlsx import render_xlsx
from ipstrong.reports.xlsx.cells import cell_text
from ipstrong.texts import Text
from profiles import SLOW

DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://x.test","y")',
    "\t=1",
    "{=1+1}",
    "http://x.test",
    "1e5",
]


def _card(text: str) -> Scorecard:
    """Return a scorecard that holds a text wherever a text may come from a plan or a file."""
    both = Text(text, text)
    target = builders.make_target(name=both, departments=(text,), assumption=both)
    first = builders.make_figure("100", "2018", raw=text, file=text, sheet=text)
    latest = builders.make_figure("120", "2021", raw=text, file=text, sheet=text)
    result = builders.make_result(target, base=first, latest=latest, notes=(both,), region_name=both)
    plan = builders.make_plan(
        (target,),
        name=both,
        path=text,
        tasks=(builders.make_task(title=both, lead=(text,), cooperating=(text,)),),
        milestones=(builders.make_milestone(name=both, department=text),),
    )
    finding = builders.make_finding(Location(text, text, "C5"), params={"text": text})
    return builders.make_scorecard([result], plan, findings=(finding,))


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_is_never_a_formula_a_link_or_a_number(text: str) -> None:
    made = render_xlsx(_card(text), "en")
    read = xlsx_reading.read(made)
    held = [
        cell for sheet in read.formulas for row in sheet.iter_rows() for cell in row if cell.value == cell_text(text)
    ]
    # name (scorecard, workings, conventions), department, as printed, file, sheet, plan file, task, lead...
    assert len(held) >= 12
    assert {cell.data_type for cell in held} == {"s"}
    assert not any(cell.hyperlink for cell in held)
    made_formulas = recalc.formulas_of(made)
    assert not any(formula.lstrip("=") == text.lstrip("=") for formula in made_formulas.values())
    names = zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert not any("externalLink" in name or "vbaProject" in name for name in names)


def test_titles_of_charts_are_cells_and_not_formulas_from_the_plan() -> None:
    made = zipfile.ZipFile(io.BytesIO(render_xlsx(_card('=WEBSERVICE("http://x.test")'), "en")))
    charts = [made.read(name).decode() for name in made.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2
    for chart in charts:
        assert "<c:f>WEBSERVICE" not in chart
        assert "<c:f>'Chart data'!" in chart


@SLOW
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_text_gives_a_workbook_that_opens(text: str) -> None:
    read = xlsx_reading.read(render_xlsx(_card(text), "en"))
    table = read.table("Scorecard", "No.")
    assert table.value(table.row_of("No.", 1), "Latest") == 120


def test_very_long_texts_are_cut_and_not_lost() -> None:
    read = xlsx_reading.read(render_xlsx(_card("长文本" * 20_000), "zh"))
    table = read.table("记分卡", "序号")
    shown = table.value(table.row_of("序号", 1), "目标")
    assert shown.startswith("长文本长文本")
    assert len(shown) == 32_000


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_same_scorecard_gives_the_same_bytes(lang: str) -> None:
    first, second = (render_xlsx(xlsx_cards.make_card(), "zh" if lang == "zh" else "en") for _ in range(2))
    assert first == second


def test_the_bytes_hold_no_clock() -> None:
    made = zipfile.ZipFile(io.BytesIO(render_xlsx(_card("x"), "en")))
    assert {entry.date_time for entry in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "2021-12-31T00:00:00Z" in made.read("docProps/core.xml").decode()


def test_numbers_too_large_for_a_spreadsheet_are_written_in_words() -> None:
    target = builders.make_target(value=Decimal("1e400"))
    result = replace(builders.make_result(), target=target, target_value=Decimal("1e400"), gap=Decimal("-1e400"))
    read = xlsx_reading.read(render_xlsx(builders.make_scorecard([result]), "en"))
    table = read.table("Scorecard", "No.")
    row = table.row_of("No.", 1)
    assert table.value(row, "Target value") == "1" + "0" * 400
    assert table.is_formula(row, "Gap")
    assert table.value(row, "Gap") == "#NUM!"
