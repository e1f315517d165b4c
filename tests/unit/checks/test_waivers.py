"""The waivers file: read strictly with a place for every complaint, applied exactly, judged on a given day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from checkplans import found
from datasets import across, cell
from ipstrong.checks.waivers import apply_waivers, covers, load_waivers, parse_waivers
from ipstrong.diagnostics import Finding, Location, Severity
from ipstrong.diagnostics.codes import series as codes
from ipstrong.diagnostics.codes import waivers as waiver_codes
from ipstrong.model.validation import Waiver

ENTRY = """\
- code: RULE042
  place: data.xlsx[企业!E5]
  reason: 普查修订
  who: 统计处
  expires: 2026-12-31
"""
JUMP = Finding(
    codes.JUMP, Location("data/data.xlsx", sheet="企业", cell="E5"), {"indicator": "firms", "label": "企业数"}
)
TODAY = dt.date(2026, 6, 30)


def waiver(**fields: object) -> Waiver:
    """Return the waiver of ENTRY with other fields."""
    (made,), findings = parse_waivers(ENTRY.encode(), "waivers.yaml")
    assert findings == ()
    return replace(made, **fields)  # type: ignore[arg-type]


def test_entry_is_read_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(f"# reviewed\n\n{ENTRY}", encoding="utf-8-sig")
    (made,), findings = load_waivers(path)
    assert findings == ()
    assert made == Waiver("RULE042", "data.xlsx[企业!E5]", None, "普查修订", "统计处", "2026-12-31", 3, str(path))


def test_series_alone_is_enough_and_an_empty_file_waives_nothing() -> None:
    made, findings = parse_waivers(ENTRY.replace("place: data.xlsx[企业!E5]", "series: firms").encode(), "w.yaml")
    assert (made[0].place, made[0].series, findings) == (None, "firms", ())
    assert parse_waivers(b"# none yet\n", "w.yaml") == ((), ())


def test_waiver_of_a_merged_code_is_one_of_the_code_that_it_is_part_of() -> None:
    (made,), findings = parse_waivers(ENTRY.replace("RULE042", "rule008").encode(), "w.yaml")
    assert (made.code, findings) == ("RULE007", ())


@pytest.mark.parametrize(
    ("text", "place", "code", "words"),
    [
        ("code: RULE042\n", "w.yaml:1:1", "RULE080", "expected a list"),
        ("- RULE042\n", "w.yaml:1:3", "RULE080", "expected an entry with keys"),
        (ENTRY + "  expire: 2026\n", "w.yaml:6:3", "RULE082", "unknown key 'expire'"),
        (ENTRY + "  who: someone\n", "w.yaml:6:3", "RULE082", "repeated key 'who'"),
        (ENTRY.replace("  who: 统计处\n", ""), "w.yaml:1:3", "RULE082", "the waiver lacks 'who'"),
        (ENTRY.replace("统计处", ""), "w.yaml:4:7", "RULE082", "the waiver lacks 'who'"),
        (ENTRY.replace("  place: data.xlsx[企业!E5]\n", ""), "w.yaml:1:3", "RULE082", "lacks 'place / series'"),
        (ENTRY.replace("2026-12-31", "next year"), "w.yaml:5:12", "RULE084", "'next year' is no value for 'expires'"),
        (ENTRY.replace("2026-12-31", "2026-02-30"), "w.yaml:5:12", "RULE084", "'2026-02-30'"),
        (ENTRY.replace("2026-12-31", "20261231"), "w.yaml:5:12", "RULE084", "'20261231'"),
        (ENTRY.replace("data.xlsx[企业!E5]", "[企业!E5]"), "w.yaml:2:10", "RULE084", "quote it"),
        (ENTRY.replace("RULE042", "RULE42"), "w.yaml:1:9", "RULE084", "there is no code 'RULE42'"),
        ("- code: RULE042\n  place: [", "w.yaml:2:11", "RULE080", "YAML syntax: a list or mapping is never finished"),
        ("- &a [*a]\n", "w.yaml:1:7", "RULE080", "aliases are not accepted"),
        ("- code: [[[x]]]\n", "w.yaml:1:10", "RULE080", "nested too deeply"),
        ("- code: \x07\n", "w.yaml:1:9", "RULE080", "control character U+0007"),
    ],
)
def test_every_complaint_has_its_place(text: str, place: str, code: str, words: str) -> None:
    made, findings = parse_waivers(text.encode(), "w.yaml")
    assert made == ()
    assert [(str(finding.location), finding.code.id) for finding in findings] == [(place, code)]
    assert words in findings[0].message("en")
    assert findings[0].severity is Severity.ERROR


def test_all_complaints_of_a_file_are_told_at_once() -> None:
    text = ENTRY + ENTRY.replace("RULE042", "RULE999").replace("2026-12-31", "soon") + "- {}\n"
    made, findings = parse_waivers(text.encode(), "w.yaml")
    assert len(made) == 1
    assert [finding.code.id for finding in findings] == ["RULE084", "RULE084", *["RULE082"] * 5]


def test_bytes_that_are_no_text_too_many_bytes_and_no_file(tmp_path: Path) -> None:
    for data in ("- 统计处的豁免".encode("gb18030"), b" " * 1_000_001):
        assert parse_waivers(data, "w.yaml")[1][0].code is waiver_codes.WAIVERS_UNREADABLE
    assert load_waivers(tmp_path / "absent.yaml")[1][0].code is waiver_codes.WAIVERS_UNREADABLE
    assert load_waivers(tmp_path)[1][0].code is waiver_codes.WAIVERS_UNREADABLE


def test_deep_nesting_ends_in_a_complaint_and_not_in_a_crash() -> None:
    made, findings = parse_waivers(b"[" * 100_000, "w.yaml")
    assert (made, findings[0].code) == ((), waiver_codes.WAIVERS_UNREADABLE)


@pytest.mark.parametrize(
    "place", ["data/data.xlsx[企业!E5]", "data.xlsx[企业!E5]", "[企业!E5]", "[企业!$E$5]", "data.xlsx[企业!D4:F9]"]
)
def test_place_covers_a_finding(place: str) -> None:
    assert covers(waiver(place=place), JUMP)


@pytest.mark.parametrize(
    "place",
    [
        "other.xlsx[企业!E5]",
        "xlsx[企业!E5]",
        "elsewhere/data.xlsx[企业!E5]",
        "data.xlsx[企业]",
        "data.xlsx",
        "[企业!E6]",
        "[其他!E5]",
        "data.xlsx:5",
    ],
)
def test_place_covers_nothing_else(place: str) -> None:
    assert not covers(waiver(place=place), JUMP)


def test_place_in_a_text_file_and_of_a_whole_file() -> None:
    at_line = replace(JUMP, location=Location("data.csv", line=14, column=3))
    assert covers(waiver(place="data.csv:14"), at_line)
    assert covers(waiver(place="data.csv:14:3"), at_line)
    assert not covers(waiver(place="data.csv:14:4"), at_line)
    assert not covers(waiver(place="data.csv:13"), at_line)
    assert not covers(waiver(place="data.csv"), at_line)
    assert covers(waiver(place="data.csv"), replace(JUMP, location=Location("in/data.csv")))


def test_code_series_and_place_must_all_fit() -> None:
    assert not covers(waiver(code="RULE041"), JUMP)
    assert covers(waiver(series="firms"), JUMP)
    assert covers(waiver(series="企业数", place=None), JUMP)
    assert not covers(waiver(series="permits"), JUMP)
    assert not covers(waiver(series="firms", place="[企业!A1]"), JUMP)


def test_one_cell_does_not_waive_the_many_cells_of_a_finding() -> None:
    rows = [
        cell(f"D{5 + 2 * n}", 1, indicator="firms", period=str(2000 + n), remarks="text_number", raw="1")
        for n in range(8)
    ]
    (finding,) = found(rows, "RULE020")
    first = waiver(code="RULE020", place="data.xlsx[Sheet1!D5]")
    assert str(finding.location) == "data.xlsx[Sheet1!D5]"
    assert not covers(first, finding)
    assert covers(replace(first, place="[Sheet1!D5:D19]"), finding)
    assert covers(replace(first, place=None, series="firms"), finding)


def test_series_of_a_required_figure_is_its_indicator() -> None:
    rows = across(5, "firms", {"2018": 1})
    (finding,) = found(rows, "RULE007", "required:\n  - {indicators: [permits], years: [2018]}")
    assert covers(waiver(code="RULE007", place=None, series="permits"), finding)
    assert covers(waiver(code="RULE007", place=None, series="许可量"), finding)


def test_waived_findings_are_set_apart() -> None:
    other = replace(JUMP, location=Location("data.xlsx", sheet="企业", cell="F5"))
    kept, waived, extra = apply_waivers([JUMP, other], [waiver()], TODAY)
    assert kept == (other,)
    assert [(entry.finding, entry.waiver.who) for entry in waived] == [(JUMP, "统计处")]
    assert extra == ()


def test_expired_waiver_is_an_error_and_covers_nothing() -> None:
    kept, waived, extra = apply_waivers([JUMP], [waiver(expires="2026-06-29")], TODAY)
    assert (kept, waived) == ((JUMP,), ())
    assert [(finding.code, finding.severity, str(finding.location)) for finding in extra] == [
        (waiver_codes.WAIVER_EXPIRED, Severity.ERROR, "waivers.yaml:1")
    ]
    assert extra[0].message("en") == "the waiver of RULE042 (data.xlsx[企业!E5]) expired on 2026-06-29"


def test_last_day_is_included() -> None:
    kept, waived, extra = apply_waivers([JUMP], [waiver(expires="2026-06-30")], TODAY)
    assert (kept, len(waived), extra) == ((), 1, ())


def test_unused_waiver_is_a_warning() -> None:
    kept, _, extra = apply_waivers([], [waiver()], TODAY)
    assert kept == ()
    assert [(finding.code, finding.severity) for finding in extra] == [(waiver_codes.WAIVER_UNUSED, Severity.WARNING)]


def test_second_waiver_of_the_same_finding_is_used_too() -> None:
    _, waived, extra = apply_waivers([JUMP], [waiver(), waiver(place="[企业!E5]")], TODAY)
    assert (len(waived), extra) == (1, ())
