"""Places, their order, and findings as values."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.diagnostics import (
    Code,
    Finding,
    IpstrongError,
    Location,
    Severity,
    a1,
    has_errors,
    sorted_findings,
    split_a1,
)
from ipstrong.diagnostics.codes.all_codes import ALL_CODES
from ipstrong.texts import Text

CODE = Code(
    "DATA000",
    Severity.ERROR,
    Text("题", "title"),
    Text("值 '{value}'", "value '{value}'"),
    Text("改 {what}", "mend {what}"),
    Text("因", "why"),
)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Location("data.xlsx", sheet="专利", cell="D7"), "data.xlsx[专利!D7]"),
        (Location("data.xlsx", sheet="专利"), "data.xlsx[专利]"),
        (Location("targets.yaml", line=41, column=12, key="targets[3].unit"), "targets.yaml:41:12"),
        (Location("data.csv", line=3), "data.csv:3"),
        (Location("data.csv"), "data.csv"),
        (Location(), ""),
    ],
)
def test_a_place_prints_as_something_to_click(place: Location, text: str) -> None:
    assert str(place) == text


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ((0, 0), "A1"),
        ((6, 3), "D7"),
        ((0, 25), "Z1"),
        ((9, 26), "AA10"),
        ((0, 701), "ZZ1"),
        ((0, 702), "AAA1"),
        ((1048575, 16383), "XFD1048576"),
    ],
)
def test_a1_addresses(cell: tuple[int, int], place: str) -> None:
    assert a1(*cell) == place
    assert split_a1(place) == (cell[0] + 1, cell[1] + 1)


def test_a_range_counts_by_its_first_corner_and_nonsense_by_nothing() -> None:
    assert split_a1("B3:D9") == (3, 2)
    assert split_a1("$B$3") == (3, 2)
    assert split_a1("表1") == split_a1("B") == split_a1("7") == (0, 0)


@given(st.integers(0, 2**20 - 1), st.integers(0, 2**14 - 1))
def test_addresses_round_trip(row: int, column: int) -> None:
    assert split_a1(a1(row, column)) == (row + 1, column + 1)


def test_findings_sort_by_row_then_column_and_drop_repetitions() -> None:
    cells = ["B10", "AA9", "B9", "B9", "Z9"]
    findings = [Finding(CODE, Location("d.xlsx", sheet="S", cell=cell), {"value": 1, "what": ""}) for cell in cells]
    assert [finding.location.cell for finding in sorted_findings(findings)] == ["B9", "Z9", "AA9", "B10"]


def test_a_finding_speaks_both_languages_and_so_do_its_parameters() -> None:
    finding = Finding(CODE, params={"value": "x", "what": Text("单位", "unit")})
    assert (finding.message("zh"), finding.hint("zh")) == ("值 'x'", "改 单位")
    assert (finding.message("en"), finding.hint("en")) == ("value 'x'", "mend unit")


def test_a_plan_may_lower_a_severity() -> None:
    note = Finding(CODE, params={"value": 1, "what": ""}, severity_override=Severity.NOTE)
    assert has_errors([Finding(CODE)])
    assert not has_errors([note])


def test_the_error_carries_sorted_findings() -> None:
    late, early = (Finding(CODE, Location("a", line=line), {"value": line, "what": ""}) for line in (9, 2))
    assert [finding.location.line for finding in IpstrongError([late, early]).findings] == [2, 9]


def test_every_code_fills_both_languages_alike() -> None:
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for code in ALL_CODES.values():
        assert fields(code.message.zh) == fields(code.message.en), code.id
        assert fields(code.hint.zh) == fields(code.hint.en), code.id
        for text in (code.title, code.message, code.explanation):
            assert text.zh.strip() or code.message.zh == "{detail}", code.id
            assert text.en.strip(), code.id
