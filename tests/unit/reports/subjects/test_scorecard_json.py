"""The JSON report: valid against the committed schema, unrounded, and with a reason for every null."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import builders
import report_cases
from ipstrong.model.dataset import Bound
from ipstrong.model.result import Reason
from ipstrong.reports.subjects.scorecard_json import FORMAT_VERSION
from ipstrong.reports.writers.json import write as json_text
from report_cases import rendered


@pytest.fixture(scope="module")
def schema(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root / "docs/scorecard.schema.json").read_text("utf-8"))
    return found


def parsed(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(rendered(report_cases.SCORECARDS[name](), "json", "en"), parse_float=Decimal)
    return found


def result_of(name: str, target: str) -> dict[str, Any]:
    return next(result for result in parsed(name)["results"] if result["target"] == target)


@pytest.mark.parametrize("name", report_cases.SCORECARDS)
def test_output_is_valid_against_the_schema(name: str, schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(
        json.loads(rendered(report_cases.SCORECARDS[name](), "json", "en"))
    )


def objects(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if node.get("type") == "object":
            yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from objects(value)


def test_schema_refuses_unknown_keys_and_asks_for_all_known_ones(schema: dict[str, Any]) -> None:
    found = list(objects(schema))
    assert len(found) > 10
    for node in found:
        if "properties" in node:
            assert node["additionalProperties"] is False
            assert node["required"] == list(node["properties"])
        else:
            assert "propertyNames" in node


def test_schema_names_the_version_and_every_reason_field(schema: dict[str, Any]) -> None:
    assert schema["properties"]["format_version"]["const"] == FORMAT_VERSION
    fields = schema["$defs"]["result"]["properties"]
    assert set(fields["reasons"]["propertyNames"]["enum"]) <= set(fields)


def test_numbers_are_unrounded() -> None:
    # 138,534 / 130,000 = 1.065646153846153846...
    assert result_of("final", "trees")["attainment_pct"] == Decimal("106.5646153846153846153846154")
    assert result_of("final", "share")["gap"] == Decimal("-0.04")
    # A change in percentage points stays as it is; a fraction becomes a percentage.
    assert (result_of("final", "share")["yoy"], result_of("final", "share")["yoy_unit"]) == (Decimal("-0.2"), "pp")
    assert (result_of("final", "trees")["yoy"], result_of("final", "trees")["yoy_unit"]) == (Decimal("11.4509"), "%")


def test_an_exact_tie_is_written_as_one() -> None:
    tie = result_of("final", "cases")
    assert (tie["latest"]["value"], tie["gap"], tie["attainment_pct"]) == (20, 0, 100)
    assert (tie["unit"], tie["base_unit"], tie["base"]["value"]) == ("%", "株", 100)


@pytest.mark.parametrize("name", ["final", "on-the-way"])
def test_every_null_of_a_computed_field_has_its_reason(name: str) -> None:
    for result in parsed(name)["results"]:
        fields = ("base", "latest", "gap", "attainment_pct", "progress_pct", "expected", "pace", "growth_pace")
        more = ("needed_per_year", "projection", "growth_projection", "eta", "yoy")
        for field in (*fields, *more):
            assert (result[field] is None) == (field in result["reasons"]), (result["target"], field)


def test_sources_say_file_sheet_cell_and_raw_text() -> None:
    sources = result_of("final", "trees-per-10k")["sources"]
    # The second reading's population is there as well.
    assert [(each["cell"], each["raw"], each["period"]) for each in sources] == [
        ("F6", "198,031", "2021"),
        ("E7", "1768.16万", "2020"),
        ("F7", "2150万", "2021"),
    ]


def test_cells_of_text_files_are_line_and_column() -> None:
    figure = builders.make_figure("120", file="a.csv", sheet=None, row=13, col=2)
    scorecard = builders.make_scorecard((builders.make_result(latest=figure),))
    source = json.loads(rendered(scorecard, "json", "en"))["results"][0]["sources"][0]
    assert (source["file"], source["sheet"], source["cell"]) == ("a.csv", None, "14:3")


def test_conventions_carry_both_numbers_and_verdicts() -> None:
    first, second = result_of("final", "trees-per-10k")["conventions"]
    assert (first["id"], first["met"], first["status"]) == ("before", True, "met")
    assert (second["id"], second["met"], second["status"]) == ("same-year", False, "missed")
    # 198,031 / 21,500,000 * 10,000
    assert str(second["value"]["value"]).startswith("92.10744186")


def test_an_open_end_is_null(schema: dict[str, Any]) -> None:
    figure = builders.make_figure("120", high="Infinity", bound=Bound.AT_LEAST)
    scorecard = builders.make_scorecard((builders.make_result(latest=figure),))
    document = json.loads(rendered(scorecard, "json", "en"))
    assert document["results"][0]["latest"]["high"] is None
    jsonschema.validate(document, schema)


def test_summary_counts_every_region() -> None:
    summary = parsed("regions")["summary"]
    assert (summary["n_results"], summary["counts"]["met"], summary["counts"]["missed"]) == (14, 7, 7)
    assert len(summary["regions"]) == 7


def test_a_manual_target_says_so() -> None:
    manual = result_of("final", "culture")
    assert (manual["status"], manual["reason"]["code"], manual["target_value"]) == ("manual", Reason.MANUAL.value, None)
    assert (manual["measure"], manual["comparator"], manual["unit"], manual["deadline"]) == ("manual", None, None, None)


def test_findings_stand_in_both_languages() -> None:
    finding = parsed("final")["findings"][0]
    assert finding["location"]["text"] == "data.xlsx[全市!C5]"
    assert set(finding["message"]) == {"zh", "en"}


def test_characters_that_steer_terminals_are_escaped_and_kept() -> None:
    text = rendered(report_cases.hostile(), "json", "en")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert json.loads(text)["results"][0]["name"]["zh"] == report_cases.HOSTILE


def test_output_is_the_same_each_time_and_ends_with_a_line_feed() -> None:
    first = rendered(report_cases.final_plan(), "json", "en")
    assert first == rendered(report_cases.final_plan(), "json", "en")
    assert first.endswith("}\n")


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    assert json.loads(json_text([text])) == [text]
    json_text([text]).encode("utf-8")


def test_a_lone_surrogate_is_escaped() -> None:
    assert json_text("\ud800") == '"\\ud800"\n'


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**25), max_value=10**25, places=3))
def test_decimals_come_back_unchanged(value: Decimal) -> None:
    assert json.loads(json_text({"x": value}), parse_float=Decimal)["x"] == value


def test_empty_containers_and_unknown_types() -> None:
    assert json_text({"a": [], "b": {}}) == '{\n  "a": [],\n  "b": {}\n}\n'
    with pytest.raises(TypeError, match="float"):
        json_text(1.5)


def test_a_region_without_a_name_in_the_plan_keeps_its_own() -> None:
    scorecard = builders.make_scorecard((replace(report_cases.met(), region="某区"),))
    assert json.loads(rendered(scorecard, "json", "en"))["regions"][0]["id"] == "某区"
