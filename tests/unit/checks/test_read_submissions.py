"""Rules on workbooks and text files as the readers really hand them over: the remarks that both sides have agreed on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from checkplans import plan_with
from ipstrong.checks import run_checks
from ipstrong.pipeline import read_data

HEAD: list[object] = ["指标", "单位", "2018", "2019", "2020"]


def codes_at(path: Path) -> dict[str, list[str]]:
    """Return the ids of the rules that a file breaks, by cell or line."""
    plan = plan_with("values:\n  - {indicator: firms, fall_pct: 0}")
    found: dict[str, list[str]] = {}
    for finding in run_checks(read_data([str(path)], plan=plan), plan)[0]:
        place = finding.location.cell or f"{finding.location.line}:{finding.location.column}"
        found.setdefault(place, []).append(finding.code.id)
    return found


def write(path: Path, rows: Sequence[Sequence[object]], merged: str | None = None) -> Path:
    """Write a workbook with one sheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    book.save(path)
    return path


def test_clean_workbook(tmp_path: Path) -> None:
    rows = [HEAD, ["企业数", "家", 100, 120, 140], ["许可量", "件", 5, 4, 6]]
    assert codes_at(write(tmp_path / "a.xlsx", rows)) == {}


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("120", ["RULE020"]),
        ("１２０", ["RULE020"]),
        ("0.012万", ["RULE022"]),
        ("约120", ["RULE031"]),
        ("120①", ["RULE022", "RULE030"]),
        ("120(初步)", ["RULE022", "RULE031"]),
        ("nan", ["RULE026"]),
        (120.5, ["RULE024"]),
        (-120, ["RULE026", "RULE041"]),
        (1_200_000, ["RULE023"]),
        (90, ["RULE041"]),
    ],
)
def test_cell_of_a_workbook(tmp_path: Path, value: object, codes: list[str]) -> None:
    path = write(tmp_path / "a.xlsx", [HEAD, ["企业数", "家", 100, value, 140]])
    assert codes_at(path).get("D2") == codes


def test_merged_cells_over_two_years_are_told_and_merged_labels_are_not(tmp_path: Path) -> None:
    rows = [HEAD, ["企业数", "家", 100, None, 140], ["许可量", "件", 5, 4, 6]]
    assert codes_at(write(tmp_path / "a.xlsx", rows, "C2:D2")) == {"C2": ["RULE010"]}
    assert codes_at(write(tmp_path / "b.xlsx", [["企业统计", None, None, None, None], *rows], "A1:E1")) == {}


def test_text_file_counts_its_own_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('指标,单位,2018,2019,2020\n企业数,家,100,１２０,140\n许可量,件,5,4,"6"\n', encoding="utf-8")
    assert codes_at(path) == {"2:4": ["RULE020"]}


@pytest.mark.parametrize(
    ("again", "code"), [(17443, "DATA131"), ("1.74万", "DATA131"), (17444, "DATA130"), ("1.75万", "DATA130")]
)
def test_figure_given_twice_is_a_contradiction_unless_print_explains_it(
    tmp_path: Path, again: object, code: str
) -> None:
    path = write(tmp_path / "a.xlsx", [HEAD[:3], ["企业数", "家", 17443], ["许可量", "件", 5], ["企业数", "家", again]])
    plan = plan_with()
    found = [finding.code.id for finding in read_data([str(path)], plan=plan).findings]
    assert [name for name in found if name in {"DATA130", "DATA131"}] == [code]
