"""What `inspect` shows: the terminal, one CSV row a value, and JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest

from builders import make_indicator, make_plan
from grids import ListGrid, observe, table
from ipstrong.model.dataset import Dataset
from ipstrong.reports.subjects.inspection import RECORD_COLUMNS, box_of
from ipstrong.reports.writers.line_breaks import text_width
from ipstrong.texts import LANGS, Lang, Text
from report_cases import rendered

PLAN = make_plan(indicators=(make_indicator("trees", name=Text("植树株数", "Trees planted")),))


def dataset() -> Dataset:
    workbook = ListGrid(table("指标|单位|2019年|2020年\n植树株数|万株|1.5|—\n植树株树|株|5|6"), sheet="绿化")
    text = ListGrid(table("地区|2019年|2020年\n北京|12|13\n上海|14|15"), sheet=None, file="产值.csv")
    return observe(workbook, text, plan=PLAN)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_has_one_row_a_value_with_exactly_these_columns() -> None:
    text = rendered(dataset(), "csv", "en", 80)
    assert text.splitlines()[0] == "file,sheet,cell,label,region,period,value,unit,indicator,raw"
    rows = rows_of(text)
    assert list(rows[0]) == [column.id for column in RECORD_COLUMNS]
    assert list(rows[0].values()) == [
        "data.xlsx",
        "绿化",
        "C2",
        "植树株数",
        "河湾市",
        "2019",
        "1.5",
        "万株",
        "trees",
        "1.5",
    ]
    assert (rows[1]["cell"], rows[1]["value"], rows[1]["raw"]) == ("D2", "", "—")
    assert list(rows[4].values()) == ["产值.csv", "", "B2", "产值", "北京", "2019", "12", "", "", "12"]


def test_csv_numbers_are_plain_decimals() -> None:
    values = [413679.0, 35371.28, 1e-7, 1.5e18, -0.5, 0.1, 6.1e-05, 123456789012.25]
    rows: list[list[str | float]] = [[f"指标{n}", value] for n, value in enumerate(values)]
    found = observe(ListGrid([["指标", "2019年"], *rows]))
    expected = "413679 35371.28 0.0000001 1500000000000000000 -0.5 0.1 0.000061 123456789012.25"
    assert [row["value"] for row in rows_of(rendered(found, "csv", "en"))] == expected.split()


def test_csv_makes_formulas_of_labels_inert_and_leaves_signs_of_numbers() -> None:
    found = observe(ListGrid(table("指标|2019年|2020年\n=HYPERLINK(1)|-5.2|-\n@x|6|7")))
    rows = rows_of(rendered(found, "csv", "en", 80))
    assert [row["label"][:2] for row in rows] == ["'=", "'=", "'@", "'@"]
    assert [row["raw"] for row in rows] == ["-5.2", "-", "6", "7"]


def test_csv_of_nothing_is_its_heading() -> None:
    assert rendered(observe(), "csv", "zh", 80) == ",".join(column.id for column in RECORD_COLUMNS) + "\n"


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "label|region|indicator|periods across|trees|none (nearest: 植树株数)|line 2-3 col 2-3|1 missing"),
        ("zh", "名称|地区|对应指标|时间在列|trees|无（最接近：植树株数）|2-3行2-3列|1个空缺"),
    ],
)
def test_terminal_shows_every_series_with_place_unit_and_match(lang: Lang, words: str) -> None:
    text = rendered(dataset(), "terminal", lang, 140)
    for word in [*words.split("|"), "万株", "C2:D2", "2019–2020", "北京 +1", "产值.csv"]:
        assert word in text
    assert "\x1b" not in text


def test_terminal_fits_its_width() -> None:
    text = rendered(dataset(), "terminal", "zh", 80)
    widths = [sum(2 if ord(char) > 0x2E80 else 1 for char in line) for line in text.splitlines()]
    assert max(widths) <= 80


@pytest.mark.parametrize("width", [40, 52, 79])
@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_lost_where_a_table_has_no_room(lang: Lang, width: int) -> None:
    wide, narrow = (rendered(dataset(), "terminal", lang, columns) for columns in (200, width))
    assert max(text_width(line) for line in narrow.splitlines()) <= width
    assert "──" not in narrow
    shown = re.sub(r"\n +|\n", " ", narrow)
    for series in dataset().series:
        assert f" {series.place} " in shown if series.sheet else "2-3" in shown
        assert series.label in shown
        assert f" {series.unit} " in shown if series.unit else True
    assert narrow.count("2019–2020") == wide.count("2019–2020") == 3
    assert "trees" in narrow
    assert "北京 +1" in narrow


@pytest.mark.parametrize("lang", LANGS)
def test_places_stand_whole_in_a_narrow_terminal(lang: Lang) -> None:
    # `C10` cut from `C10:M10` would name another cell.
    read = dataset()
    name = "一、知识产权创造 国内发明专利申请量全国大中城市排名"
    wide = [
        replace(entry, label=name, nearest=name, place=f"C{row}:M{row}") for row, entry in enumerate(read.series, 10)
    ]
    text = rendered(replace(read, series=tuple(wide)), "terminal", lang, 80)
    assert f" {wide[0].place}\n" in text


def test_terminal_says_what_was_left_out_and_that_nothing_was_read() -> None:
    found = observe(ListGrid(table("1|2\n3|4\n5|6")))
    text = rendered(found, "terminal", "en", 100)
    assert "Not one value was read." in text
    assert "data.xlsx[表1!A1]" in text
    assert "number(s) were left out" in text


def test_terminal_shows_a_part_of_many_series() -> None:
    rows = "指标|2019年\n" + "\n".join(f"指标甲{index}|{index}" for index in range(100))
    text = rendered(observe(ListGrid(table(rows))), "terminal", "en", 100)
    assert "指标甲59" in text
    assert "指标甲60" not in text
    assert "40 more; all with --format csv" in text


def test_control_characters_of_labels_are_shown_inert() -> None:
    found = observe(ListGrid([["指标", "2019年"], ["a\x1b[31mb", 5.0]]))
    assert "\x1b" not in rendered(found, "terminal", "en", 80)
    assert "\x1b" not in rendered(found, "csv", "en", 80)


def test_json_holds_files_series_values_and_findings() -> None:
    found = json.loads(rendered(dataset(), "json", "en", 80))
    assert found["format_version"] == 1
    assert found["series"][0]["label"] == "植树株数"
    assert found["series"][0]["indicator"] == "trees"
    assert found["values"][0]["value"] == 1.5
    assert found["values"][1]["value"] is None
    assert {finding["code"] for finding in found["findings"]} >= {"DATA120"}
    assert json.loads(rendered(observe(), "json", "zh", 80))["values"] == []


def test_box_of_places_holds_them_all() -> None:
    assert box_of(["B2:D2", "B5:C9"]) == "B2:D9"
    assert box_of(["line 2-4, column 3", "line 9, column 2-5"]) == "line 2-9, column 2-5"
    assert box_of(["AA10"]) == "AA10"


def test_regions_are_shown_as_written_and_an_assumed_one_only_for_what_is_of_the_plan() -> None:
    rows = rows_of(rendered(dataset(), "csv", "en", 80))
    shown = {(row["label"], row["region"]) for row in rows}
    assert ("植树株数", "河湾市") in shown  # matched: the plan's home was assumed
    assert ("植树株树", "") in shown  # not of the plan: nothing is assumed
    assert {region for label, region in shown if not label.startswith("植树")} == {"北京", "上海"}


def test_a_region_of_the_plan_keeps_the_name_that_the_file_gives_it() -> None:
    grid = ListGrid(table("地区|2019年\n河湾|5\n山前市|6"), sheet="植树株数")
    rows = rows_of(rendered(observe(grid, plan=PLAN), "csv", "en", 80))
    assert [row["region"] for row in rows] == ["河湾", "山前市"]
