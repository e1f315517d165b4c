"""LibreOffice computes every formula anew and finds the values that the workbook carries."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import recalc
import xlsx_cards
import xlsx_reading
from ipstrong.model.result import Figure, Scorecard
from ipstrong.reports.xlsx import formulas, render_xlsx

needs_soffice = pytest.mark.skipif(recalc.find_soffice() is None, reason="LibreOffice is not installed")


def _assert_same(made: bytes, again: bytes) -> int:
    """Compare every formula cell; return how many there are."""
    cached, computed, formulas = recalc.values_of(made), recalc.values_of(again), recalc.formulas_of(made)
    for place, formula in formulas.items():
        expected, found = cached.get(place), computed.get(place)
        if isinstance(expected, int | float):
            assert found == pytest.approx(expected, rel=1e-9, abs=1e-9), (place, formula)
        else:
            assert found == expected, (place, formula)
    return len(formulas)


def test_values_are_taken_out_before_recalculation() -> None:
    made = render_xlsx(xlsx_cards.make_card(), "en")
    formulas, left = recalc.formulas_of(made), recalc.values_of(recalc.without_cached_values(made))
    assert len(formulas) > 300
    assert not set(formulas) & set(left)


@needs_soffice
def test_pages_of_several_regions_recalculate(tmp_path: Path) -> None:
    card = xlsx_cards.make_card(regions=("hewan", "shanqian", "haibin"))
    made = render_xlsx(card, "zh")
    assert _assert_same(made, recalc.recalculate(made, tmp_path)) > 450


@needs_soffice
def test_the_long_table_and_long_formulas_recalculate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formulas, "MOST_ITEMS", 1)
    card = xlsx_cards.make_card(extra=xlsx_cards.many_regions(4), regions=())
    made = render_xlsx(card, "zh")
    assert any(sheet == "分步计算" for sheet, _ in recalc.formulas_of(made))
    assert _assert_same(made, recalc.recalculate(made, tmp_path)) > 500


@needs_soffice
def test_recalculated_cells_equal_the_results(midway_card: Scorecard, tmp_path: Path) -> None:
    made = render_xlsx(midway_card, "en")
    again = recalc.recalculate(made, tmp_path)
    assert _assert_same(made, again) > 300
    table = xlsx_reading.read(again).table("Scorecard", "No.")
    fields = {
        "Gap": "gap",
        "Attainment": "attainment",
        "Due by now": "expected",
        "Projection": "projection",
        "Needed per year": "needed_per_year",
    }
    n_compared = 0
    for result in midway_card.results:
        row = table.row_of("No.", result.target.number)
        if isinstance(result.latest, Figure):
            assert table.value(row, "Latest") == pytest.approx(float(result.latest.value), rel=1e-12)
        for head, field in fields.items():
            value = getattr(result, field)
            if isinstance(value, Decimal):
                assert table.value(row, head) == pytest.approx(float(value), rel=1e-9), (result.target.id, head)
                n_compared += 1
    assert n_compared > 35
