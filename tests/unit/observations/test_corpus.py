"""Verified cells of real published files, and how every other file of the corpus ends."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from ipstrong.diagnostics import a1
from ipstrong.pipeline import read_data

NOT_IN_THE_FILE = {"persons"}
"""Units that the verifier knew and the file does not say."""


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


NOT_READ_YET = {
    "trademark_registration_region_2016.xls",
    "nbs_province_1.csv",
    "ipss_projection_10-1.xls",
    "russia_deaths.xlsx",
    "ti_cpi_2015.xlsx",
    "canada_cif_10-2-1.csv",
}
"""Files with layouts that are known not to be understood: bilingual headings, unit lines over sub-headings, code columns."""


def test_verified_cells_are_read_right(shared: Path) -> None:
    checked = 0
    for truth_path in sorted((shared / "corpus").rglob("*.truth.json")):
        if truth_path.name.removesuffix(".truth.json") in NOT_READ_YET:
            continue
        truth = json.loads(truth_path.read_text(encoding="utf-8"))
        dataset = read_data([str(truth_path)[: -len(".truth.json")]])
        found = {(row["sheet"], a1(row["row"], row["col"])): row for row in dataset.frame.iter_rows(named=True)}
        for cell in truth["cells"]:
            row = found[cell["sheet"], cell["cell"]]
            named = plain(f"{row['label']} {row['region']} {row['period']}")
            assert row["value"] == cell["value"]
            year = cell["row_label"].split()[0] if cell["row_label"][:4].isdigit() else cell["row_label"]
            assert plain(year) in named
            assert all(plain(part) in named for part in cell["column_label"].split())
            assert (row["unit"] or "") == cell["unit"] or (cell["unit"] in NOT_IN_THE_FILE and row["unit"] is None)
            checked += 1
    assert checked >= 30


@pytest.mark.parametrize(
    ("name", "n_values"),
    [
        # counted in the files: rows times columns without blanks and marks
        ("cn/nbs_city_gdp_2015_2019.xls", 36 * 5 - 32),
        ("cn/nbs_quarterly_gdp.xls", 32 * 18),
        ("cn/gdp_index_numeric_years.xls", 6 * 46),
        ("cn/nbs_gdp_1993_2017_gb18030.csv", 31 * 25),
        ("west/wb_gdp_long.csv", 13979),
        ("west/sdg_usa_8-5-2.csv", 660),
        ("west/va_education_thousands.csv", 52 * 6),
    ],
)
def test_files_are_read_whole(shared: Path, name: str, n_values: int) -> None:
    dataset = read_data([str(shared / "corpus" / name)])
    assert dataset.frame["value"].count() == n_values


def test_every_file_ends_in_values_or_in_a_finding(shared: Path) -> None:
    for path in sorted((shared / "corpus").rglob("*")):
        if path.is_file() and not path.name.endswith((".truth.json", "manifest.csv")):
            dataset = read_data([str(path)])
            assert dataset.frame["value"].count() > 0 or dataset.findings, path.name
