"""The CSV report: one line a result, unrounded numbers, text that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

import builders
import report_cases
from ipstrong.model.dataset import Bound
from ipstrong.model.result import Scorecard
from ipstrong.reports.formatting import plain
from ipstrong.reports.subjects.scorecard import RECORD_COLUMNS
from ipstrong.texts import Text
from report_cases import rendered


def rows(scorecard: Scorecard) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(rendered(scorecard, "csv", "en"))))


def row(target: str) -> dict[str, str]:
    return next(each for each in rows(report_cases.final_plan()) if each["target"] == target)


def test_every_line_has_every_column() -> None:
    lines = list(csv.reader(io.StringIO(rendered(report_cases.final_plan(), "csv", "en"))))
    assert lines[0] == [column.id for column in RECORD_COLUMNS]
    assert len(lines) == 1 + len(report_cases.final_plan().results)
    assert {len(line) for line in lines} == {len(RECORD_COLUMNS)}


def test_numbers_are_unrounded_and_plain() -> None:
    found = row("trees")
    assert found["latest"] == "138534"
    assert found["gap"] == "8534"
    # 138,534 / 130,000 = 1.0656461538461538...
    assert found["attainment_pct"] == "106.5646153846153846153846154"
    assert (found["yoy"], found["yoy_unit"]) == ("11.4509", "%")
    assert (row("share")["yoy"], row("share")["yoy_unit"]) == ("-0.2", "pp")


def test_numbers_of_the_way_there() -> None:
    first = rows(report_cases.on_the_way())[0]
    assert (first["expected"], first["pace"], first["needed_per_year"]) == ("120", "1.05", "19.5")
    assert (first["projection"], first["progress_pct"], first["status"]) == ("163", "35", "on_track")


def test_what_was_not_computed_is_empty_with_a_reason() -> None:
    found = row("street")
    assert (found["status"], found["reason"], found["latest"], found["gap"]) == ("no_data", "no_data", "", "")
    assert (row("culture")["target_value"], row("culture")["comparator"]) == ("", "")
    assert (row("bases")["target_value"], row("bases")["target_upper"]) == ("1", "2")


def test_an_exact_tie_is_one() -> None:
    assert (row("cases")["latest"], row("cases")["gap"], row("cases")["attainment_pct"]) == ("20", "0", "100")


def test_interval_and_its_open_end() -> None:
    assert (row("shrubs")["latest_low"], row("shrubs")["latest_high"]) == ("129500", "130500")
    figure = builders.make_figure("120", high="Infinity", bound=Bound.AT_LEAST)
    found = rows(builders.make_scorecard((builders.make_result(latest=figure),)))[0]
    assert (found["latest_low"], found["latest_high"]) == ("120", "")


def test_sources_name_each_cell_once() -> None:
    assert row("trees")["sources"] == "data.xlsx[全市!F5] data.xlsx[全市!C5]"
    assert row("trees-per-10k")["sources"] == "data.xlsx[全市!F6] data.xlsx[全市!E7]"
    figure = builders.make_figure("120", file="a.csv", sheet=None, row=13, col=2)
    both = builders.make_scorecard((builders.make_result(base=figure, latest=figure),))
    assert rows(both)[0]["sources"] == "a.csv:14:3"


def test_period_other_than_a_year() -> None:
    figure = builders.make_figure("120", "2021-01..09")
    assert rows(builders.make_scorecard((builders.make_result(latest=figure),)))[0]["latest_period"] == "2021-01..09"


def test_value_of_a_convention_is_the_one_that_was_used() -> None:
    result = replace(report_cases.met(), target_value=Decimal("131000.50"))
    assert rows(builders.make_scorecard((result,)))[0]["target_value"] == "131000.5"


def test_formulas_in_text_do_not_run() -> None:
    for start in ("=", "+", "-", "@", "＝"):
        name = f"{start}HYPERLINK(1)"
        target = builders.make_target(name=Text(name, name))
        found = rows(builders.make_scorecard((builders.make_result(target),)))[0]
        assert found["name_zh"] == f"'{name}"
    path = builders.make_figure("1", file="=cmd.csv", sheet=None)
    assert rows(builders.make_scorecard((builders.make_result(latest=path),)))[0]["sources"].startswith("'=cmd.csv")


def test_negative_numbers_stay_numbers() -> None:
    assert row("share")["gap"] == "-0.04"


def test_hostile_names_stay_in_their_cells() -> None:
    found = rows(report_cases.hostile())
    assert len(found) == 1
    assert found[0]["name_zh"] == "\\x1b[31m[red]=1+1\\u202e|`<b> "
    quotes = builders.make_target(name=Text('a "b", c', "x"))
    assert rows(builders.make_scorecard((builders.make_result(quotes),)))[0]["name_zh"] == 'a "b", c'


def test_numbers_are_plain_text() -> None:
    for text in ("130000", "1E+5", "0.10", "1E-7", "-0", "0.30", "100.0", "1E-48", "12345678901234567890123456789.5"):
        result = replace(report_cases.met(), gap=Decimal(text))
        found = rows(builders.make_scorecard((result,)))[0]["gap"]
        assert Decimal(found) == Decimal(plain(Decimal(text))), text
        assert "E" not in found
