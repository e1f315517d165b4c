"""The scorecard that LibreOffice recalculates says what the JSON says, cell by cell, on real and fictional data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import recalc
import xlsx_reading
from ipstrong import check, load_plan, read_data
from ipstrong.reports.xlsx import render_xlsx
from report_cases import rendered

pytestmark = pytest.mark.skipif(recalc.find_soffice() is None, reason="LibreOffice is not installed")

COMPLETE = (
    "examples/shenzhen-complete/fictional-shenzhen.xlsx",
    "examples/shenzhen-complete/fictional-nation-gb18030.csv",
    "examples/shenzhen-complete/fictional-services-utf16.tsv",
)


def numbers_of(result: dict[str, Any], years: Sequence[int]) -> dict[str, float | None]:
    """Return what the JSON gives for the columns of the sheet; percentages there are fractions here."""
    shown: dict[str, float | None] = {
        "Base": result["base"] and result["base"]["value"],
        "Latest": result["latest"] and result["latest"]["value"],
        "Gap": result["gap"],
        "Attainment": None if result["attainment_pct"] is None else result["attainment_pct"] / 100,
        "Due by now": result["expected"],
        "Pace": result["pace"] and result["pace"]["ratio"],
        "Needed per year": result["needed_per_year"],
        "Projection": result["projection"],
    }
    for entry in result["series"]:
        if entry["year"] in years:
            shown[str(entry["year"])] = entry["figure"] and entry["figure"]["value"]
    return shown


@pytest.mark.parametrize(
    ("files", "as_of", "at_least"),
    [(("data/shenzhen.xlsx",), "2021", 25), (COMPLETE, "2020", 90), (COMPLETE, "2021", 90)],
)
def test_every_number_of_the_json_stands_in_the_recalculated_sheet(
    files: Sequence[str], as_of: str, at_least: int, root: Path, tmp_path: Path
) -> None:
    plan = load_plan(root / "targets.yaml")
    card = check(plan, read_data([root / file for file in files], plan), as_of=as_of)
    document = json.loads(rendered(card, "json", "en"))
    again = recalc.recalculate(render_xlsx(card, "en"), tmp_path)
    table = xlsx_reading.read(again).table("Scorecard", "No.")
    n_compared = 0
    for result in document["results"]:
        row = table.row_of("No.", result["number"])
        assert str(table.value(row, "Status")).lower() == result["status"].replace("_", " "), result["target"]
        for head, expected in numbers_of(result, document["years"]).items():
            found = table.value(row, head)
            if expected is None:
                assert not isinstance(found, int | float), (result["target"], head, found)
            else:
                assert found == pytest.approx(expected, rel=1e-9, abs=1e-9), (result["target"], head)
                n_compared += 1
    assert n_compared >= at_least
