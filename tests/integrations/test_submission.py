"""As a submitter would: fill the template with mistakes, validate, read the marked copy, mend, pass; then compare."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

LEVELS = {
    "供水总量": 50_000,
    "漏损水量": 6_000,
    "居民生活用水量": 20_000,
    "常住人口": 600,
    "再生水利用量": 8_000,
    "水质达标率": 90,
    "更新改造供水管网长度": 45,
    "水库年末蓄水率": 70,
    "绿色出行人次": 30_000,
    "纯电动公交车数": 400,
    "公共充电桩数": 900,
    "公交准点率": 88,
}
"""Invented levels for the invented city of the second example plan."""


@pytest.fixture
def plan(root: Path) -> Path:
    return root / "examples/riverton-water/targets.yaml"


def ipstrong(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    return subprocess.run(
        [sys.executable, "-m", "ipstrong", *arguments, "--lang", "zh"],
        cwd=folder,
        env={**kept, "NO_COLOR": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )


def fill(template: Path, target: Path, mistakes: Mapping[str, object] = {}) -> None:
    """Fill every open cell with a level that grows by one percent a year, then make the mistakes."""
    made = load_workbook(template)
    sheet = made.worksheets[0]
    for row in range(5, sheet.max_row + 1):
        level = LEVELS[str(sheet.cell(row, 1).value)]
        for step, column in enumerate(range(4, sheet.max_column, 2)):
            if sheet.cell(4, column + 1).value == "状态" and not sheet.cell(row, column).protection.locked:
                sheet.cell(row, column).value = level + level * step // 100
    for cell, value in mistakes.items():
        sheet[cell].value = value
    made.save(target)


def findings(path: Path) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["findings"]
    return loaded


def test_a_submission_is_filled_in_judged_marked_mended_and_accepted(tmp_path: Path, plan: Path) -> None:
    judge = ("validate", "--plan", str(plan))
    assert ipstrong(tmp_path, "template", "--plan", str(plan), "-o", "t.xlsx").returncode == 0
    mistakes = {"F6": "6l20", "H8": "=F8*1.1", "J9": "８３２０"}
    fill(tmp_path / "t.xlsx", tmp_path / "wrong.xlsx", mistakes)

    done = ipstrong(tmp_path, *judge, "wrong.xlsx", "--marked", "marked.xlsx", "-o", "wrong.json")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "填报!F6 错误" in done.stdout
    found = {entry["location"]["cell"]: entry["severity"] for entry in findings(tmp_path / "wrong.json")}
    assert (found["F6"], found["H8"], found["J9"]) == ("error", "error", "warning")

    marked = load_workbook(tmp_path / "marked.xlsx")
    assert marked.sheetnames == ["校验问题", "填报", "填报说明"]
    assert "6l20" in marked["填报"]["F6"].comment.text
    assert marked["填报"]["F6"].value == "6l20"
    listed = {marked["校验问题"].cell(row, 3).value for row in range(5, marked["校验问题"].max_row + 1)}
    assert {"填报!F6", "填报!H8", "填报!J9"} <= listed

    for cell, value in {"F6": 6120, "H8": 612, "J9": 8320}.items():
        marked["填报"][cell].value = value  # mended in the marked copy, as people do
    marked.save(tmp_path / "mended.xlsx")
    done = ipstrong(tmp_path, *judge, "mended.xlsx", "--fail-on", "warning")
    assert done.returncode == 0, done.stdout + done.stderr


def test_two_scorecards_are_compared_without_their_data(tmp_path: Path, plan: Path) -> None:
    assert ipstrong(tmp_path, "template", "--plan", str(plan), "-o", "t.xlsx").returncode == 0
    fill(tmp_path / "t.xlsx", tmp_path / "a.xlsx")
    fill(tmp_path / "t.xlsx", tmp_path / "b.xlsx", {"F5": 40_000})
    for name in ("a", "b"):
        ipstrong(tmp_path, "check", "--plan", str(plan), f"{name}.xlsx", "-o", f"{name}.json")
        (tmp_path / f"{name}.xlsx").unlink()
    done = ipstrong(tmp_path, "compare", "a.json", "b.json", "-o", "changes.json")
    assert done.returncode == 1, done.stdout + done.stderr
    (change,) = json.loads((tmp_path / "changes.json").read_text("utf-8"))["figures"]
    assert (change["kind"], change["old"]["cell"], change["new"]["value"]) == ("revised", "F5", 40_000)
    assert ipstrong(tmp_path, "compare", "a.json", "a.json").returncode == 0
    (tmp_path / "b.json").write_text("[]", "utf-8")
    refused = ipstrong(tmp_path, "compare", "a.json", "b.json")
    assert (refused.returncode, "RUN046" in refused.stderr) == (2, True)
    assert ipstrong(tmp_path, "compare", "a.json", "none.json").returncode == 2


def test_a_marked_copy_with_the_wrong_suffix_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("指标,2020年,2021年\n植树株数,1I5,120\n", "utf-8")
    done = ipstrong(tmp_path, "validate", "--no-plan", "a.csv", "--marked", "marked.xlsm")
    assert done.returncode == 2
    assert "RUN002" in done.stderr
    assert not (tmp_path / "marked.xlsm").exists()
