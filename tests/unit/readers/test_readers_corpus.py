"""Every file of the reference material opens or ends in a finding; some must do exactly one of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ipstrong.readers.open_file import open_source
from ipstrong.readers.options import ReadOptions


def test_every_file_ends_in_grids_or_in_a_finding(shared: Path) -> None:
    paths = [path for path in sorted((shared / "corpus").rglob("*.*")) if path.suffix != ".json"]
    assert len(paths) > 40
    for path in paths:
        file, grids, findings = open_source(str(path), ReadOptions())
        assert grids or findings, path
        assert (file is None) == (not grids), path
        for grid in grids:
            rows = grid.rows()
            assert len(rows) == grid.height
            assert all(len(row) == grid.width for row in rows), path


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("calamine_pass_protected.xlsx", ["DATA008"]),
        ("calamine_issue252_bad_zip.xlsx", ["DATA007"]),
        ("calamine_594_repeat_bomb.ods", ["DATA010"]),
        ("calamine_issue174_hugedim.xlsx", []),
        ("calamine_minimal_package.xlsx", []),
        ("calamine_any_sheets.xlsx", ["DATA014", "DATA014", "DATA015"]),
        ("calamine_covered.ods", []),
        ("pycalamine_empty_file.xlsx", ["DATA007"]),
        ("openpyxl_null_archive.xlsx", ["DATA006"]),
        ("openpyxl_formulae.xlsx", ["DATA013"]),
        ("readxl_missing_v_node.xlsx", ["DATA012"]),
        ("unpivotr_lockfile.xlsx", ["DATA006"]),
        ("calamine_errors.xlsx", [*["DATA013"] * 7, "DATA020"]),
    ],
)
def test_odd_files_end_as_they_must(shared: Path, name: str, codes: list[str]) -> None:
    _, _, findings = open_source(str(shared / "corpus/lib" / name), ReadOptions())
    assert [finding.code.id for finding in findings] == codes


def test_dates_of_the_1904_system_are_not_four_years_off(shared: Path) -> None:
    _, grids, _ = open_source(str(shared / "corpus/lib/calamine_date_1904.xlsx"), ReadOptions())
    # stored as 42735 and 42736 days after 1904-01-01; the 1900 system would say 2017
    assert [row[0] for row in grids[0].rows(0, 2)] == [dt.date(2021, 1, 1), dt.date(2021, 1, 2)]


def test_a_text_table_named_xlsx_is_read_with_a_warning(shared: Path) -> None:
    file, grids, findings = open_source(str(shared / "corpus/west/eurostat_csv_named_xlsx.xlsx"), ReadOptions())
    assert file is not None
    assert (file.kind, grids[0].height) == ("csv", 3305)
    assert [finding.code.id for finding in findings] == ["DATA011", "DATA025"]
