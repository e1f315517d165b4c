"""What changed between two submissions, in every format."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from openpyxl import Workbook, load_workbook
from rich.cells import cell_len

from builders import make_file, make_observation, make_plan
from ci_readers import github_commands
from ipstrong.model.comparison import ChangeKind, Comparison, FigureChange, VerdictChange
from ipstrong.model.dataset import ValueStatus
from ipstrong.model.result import Status
from ipstrong.reports.formats import RENDERERS, render
from ipstrong.reports.options import ReportOptions
from ipstrong.texts import LANGS, Lang, Text
from report_cases import rendered
from validations import HOSTILE

OLD = make_observation("120", "2021", file="old.xlsx", status=ValueStatus.PROVISIONAL)
NEW = make_observation("118.5", "2021", file="new.csv", sheet=None, row=7, col=3)
REVISED = FigureChange(
    ChangeKind.REVISED, "trees", True, "hewan", "2021", OLD, NEW, Decimal("-1.5"), Decimal("-0.0125")
)
REMOVED = FigureChange(
    ChangeKind.REMOVED, "公园数", False, "", "2019-01..09", OLD._replace(unit="万个"), None, None, None
)
ADDED = FigureChange(ChangeKind.ADDED, "trees", True, "hewan", "2022", None, NEW, None, None)
FLIP = VerdictChange(
    "trees", 1, Text("植树株数", "Trees planted"), "hewan", Text("河湾市", "Rivertown"), Status.MET, Status.MISSED,
    Decimal(120), Decimal("118.5"), "株",
)  # fmt: skip


def comparison(**fields: Any) -> Comparison:
    given: dict[str, Any] = {
        "old_files": (make_file("old.xlsx"),),
        "new_files": (make_file("new.csv", sheets=()),),
        "figures": (REVISED, REMOVED, ADDED),
        "n_unchanged": 1234,
        "verdicts": (FLIP, replace(FLIP, number=2, old=None, new=Status.BEHIND, old_value=None, new_disputed=True)),
        "plan": make_plan(),
        "as_of": "2021-12-31",
    }
    return Comparison(**{**given, **fields})


def text(found: Comparison, name: str = "terminal", lang: Lang = "en", width: int = 100) -> str:
    return rendered(found, name, lang, width)


def workbook(found: Comparison, lang: Lang = "en") -> Workbook:
    content = render(found, "xlsx", ReportOptions(lang))
    assert isinstance(content, bytes)
    return load_workbook(io.BytesIO(content))


def test_terminal_shows_both_values_the_change_and_both_cells() -> None:
    assert text(comparison()).splitlines() == [
        "old old.xlsx",
        "new new.csv",
        "",
        "revised 1",
        "  Trees planted Rivertown 2021  120 (provisional) → 118.5 plants  -1.5 (-1.2%)",
        "    old.xlsx[全市!F5] → new.csv:8:4",
        "",
        "withdrawn 1",
        "  公园数 Jan-Sep 2019  120 (provisional) units",
        "    old.xlsx[全市!F5]",
        "",
        "added 1",
        "  Trees planted Rivertown 2022  118.5 plants",
        "    new.csv:8:4",
        "",
        "Verdicts  as of 2021-12-31",
        "  1 Trees planted (Rivertown) met → missed flipped  120 → 118.5 plants",
        "  2 Trees planted (Rivertown) — → behind (disputed)  — → 118.5 plants",
        "",
        "history was revised: 1 changed, 1 withdrawn (1 revised, 1 withdrawn, 1 added, 1,234 unchanged)",
    ]


def test_nothing_changed_is_said() -> None:
    same = comparison(figures=(), verdicts=())
    assert text(same).splitlines()[-1] == "history was not revised (1,234 unchanged)"
    assert "no verdict changed" in text(same)
    assert "数值没有变动" in text(same, "md", "zh")


def test_many_added_figures_are_counted_and_revised_ones_all_listed() -> None:
    many = comparison(figures=(REVISED,) * 80 + (ADDED,) * 80)
    shown = text(many)
    assert shown.count("new.csv:8:4") == 80 + 50
    assert "… 30" in shown


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_asked(width: int) -> None:
    assert max(cell_len(line) for line in text(comparison(), "terminal", "zh", width).splitlines()) <= width


def test_json_fits_the_committed_schema_and_is_exact(root: Path) -> None:
    schema = json.loads((root / "docs/comparison.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    endless = replace(REVISED, new=NEW._replace(high=Decimal("Infinity")))
    for found in (comparison(), comparison(figures=(), verdicts=(), as_of=None), comparison(figures=(endless,))):
        document = json.loads(text(found, "json"), parse_float=Decimal)
        Draft202012Validator(schema).validate(document)
    first = json.loads(text(comparison(), "json"), parse_float=Decimal)["figures"][0]
    assert (first["change"], first["relative"], first["new"]["cell"]) == (Decimal("-1.5"), Decimal("-0.0125"), "8:4")
    assert json.loads(text(comparison(), "json"))["history_revised"] is True


def test_markdown_has_a_row_a_change() -> None:
    shown = text(comparison(), "md", "zh")
    assert (
        "| 改变 | 植树株数 | 河湾市 | 2021年 | 株 | 120（初步） | 118.5 | -1.5 | -1.2% | old.xlsx\\[全市!F5\\] | new.csv:8:4 |"
        in shown
    )
    assert "未达标 (结论翻转)" in shown


def test_workbook_holds_numbers_as_numbers() -> None:
    made = workbook(comparison(), "zh")
    assert made.sheetnames == ["数值变动", "结论变动"]
    row = [cell.value for cell in made["数值变动"][6]]
    assert row[:5] == ["改变", "植树株数", "河湾市", "2021年", "株"]
    assert row[5:] == [120, 118.5, -1.5, -0.0125, "old.xlsx[全市!F5]", "new.csv:8:4"]
    assert made["数值变动"]["F7"].value == 120
    assert made["数值变动"]["G7"].value is None
    assert [cell.value for cell in made["结论变动"][6]][:5] == [1, "植树株数", "河湾市", "已达标", "未达标 (结论翻转)"]


def test_rows_of_the_workbook_are_as_high_as_their_texts() -> None:
    long = replace(FLIP, name=Text("某市" * 30, "Rivertown " * 12))
    for lang in LANGS:
        sheet = workbook(comparison(verdicts=(FLIP, long)), lang).worksheets[1]
        assert sheet.row_dimensions[6].height is None  # one line: as high as every row
        assert sheet.row_dimensions[7].height == 15 * (4 if lang == "zh" else 3)  # 120 in columns of 40 and 44
        assert sheet.row_dimensions[1].height > 14  # the points of the title


def test_workbook_without_verdicts_has_no_sheet_for_them() -> None:
    made = workbook(comparison(as_of=None, verdicts=(), figures=()))
    assert made.sheetnames == ["Figures"]
    assert made["Figures"]["A6"].value == "no figure changed"


@pytest.mark.parametrize("name", RENDERERS["comparison"])
@pytest.mark.parametrize("lang", LANGS)
def test_the_same_comparison_gives_the_same_report(name: str, lang: Lang) -> None:
    first, second = (render(comparison(), name, ReportOptions(lang)) for _ in range(2))
    assert first == second


def hostile() -> Comparison:
    seen = OLD._replace(file=HOSTILE, sheet=HOSTILE, raw=HOSTILE)
    change = FigureChange(ChangeKind.REVISED, HOSTILE, False, HOSTILE, HOSTILE, seen, seen, Decimal(0), None)
    verdict = replace(FLIP, name=Text(HOSTILE, HOSTILE), region_name=Text(HOSTILE, HOSTILE), unit=HOSTILE)
    return comparison(figures=(change,), verdicts=(verdict,), old_files=(make_file(HOSTILE),))


def test_hostile_text_does_nothing() -> None:
    for width in (40, 80, 200):
        shown = text(hostile(), "terminal", "en", width)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)
        assert github_commands(shown) == []
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text(hostile(), "md"))
    assert "<script" not in html
    assert "<a " not in html
    cells = [cell for sheet in workbook(hostile()).worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
