"""LibreOffice computes every formula anew and finds the values that the workbook has, on real and fictional data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import recalc
import xlsx_cards
from ipstrong import check, load_plan, read_data
from ipstrong.model.result import Scorecard
from ipstrong.reports.xlsx import formulas, render_xlsx
from ipstrong.texts import Lang

needs_soffice = pytest.mark.skipif(recalc.find_soffice() is None, reason="LibreOffice is not installed")

COMPLETE = (
    "examples/shenzhen-complete/fictional-shenzhen.xlsx",
    "examples/shenzhen-complete/fictional-nation-gb18030.csv",
    "examples/shenzhen-complete/fictional-services-utf16.tsv",
)


def _n_recalculated(card: Scorecard, lang: Lang, folder: Path) -> int:
    """Compare every formula cell with its recalculated value; return how many there are."""
    made = render_xlsx(card, lang)
    cached, computed = recalc.values_of(made), recalc.values_of(recalc.recalculate(made, folder))
    cells = recalc.formulas_of(made)
    for place, formula in cells.items():
        expected, found = cached.get(place), computed.get(place)
        if isinstance(expected, int | float):
            assert found == pytest.approx(expected, rel=1e-9, abs=1e-9), (place, formula)
        else:
            assert found == expected, (place, formula)
    return len(cells)


def test_values_are_taken_out_before_recalculation() -> None:
    made = render_xlsx(xlsx_cards.make_card(), "en")
    cells, left = recalc.formulas_of(made), recalc.values_of(recalc.without_cached_values(made))
    assert len(cells) > 300
    assert not set(cells) & set(left)


@needs_soffice
@pytest.mark.parametrize(
    ("files", "as_of", "at_least"), [(("data/shenzhen.xlsx",), "2021", 90), (COMPLETE, "2020", 400)]
)
def test_the_shipped_plan_recalculates(
    files: Sequence[str], as_of: str, at_least: int, root: Path, tmp_path: Path
) -> None:
    plan = load_plan(root / "targets.yaml")
    card = check(plan, read_data([root / file for file in files], plan), as_of=as_of)
    assert _n_recalculated(card, "en", tmp_path) > at_least


@needs_soffice
def test_every_measure_recalculates(midway_card: Scorecard, tmp_path: Path) -> None:
    assert _n_recalculated(midway_card, "en", tmp_path) > 300


@needs_soffice
def test_pages_of_several_regions_recalculate(tmp_path: Path) -> None:
    card = xlsx_cards.make_card(regions=("hewan", "shanqian", "haibin"))
    assert _n_recalculated(card, "zh", tmp_path) > 450


@needs_soffice
def test_the_long_table_and_long_formulas_recalculate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formulas, "MOST_ITEMS", 1)
    card = xlsx_cards.make_card(extra=xlsx_cards.many_regions(4), regions=())
    assert any(sheet == "分步计算" for sheet, _ in recalc.formulas_of(render_xlsx(card, "zh")))
    assert _n_recalculated(card, "zh", tmp_path) > 500
