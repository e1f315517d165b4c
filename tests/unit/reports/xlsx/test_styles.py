"""Number formats: what is shown, and that nothing is shown on the wrong side of a line."""

from __future__ import annotations

from decimal import Decimal

import pytest

import builders
from ipstrong.model.unit import PERCENT
from ipstrong.reports.xlsx.styles import (
    GROWTH,
    RATIO,
    SHARE,
    YEAR,
    NumberFormat,
    difference_format,
    format_for,
    usual_decimals,
)

D = Decimal


@pytest.mark.parametrize(
    ("shown", "code", "value", "text"),
    [
        (NumberFormat(), "#,##0", D(130000), "130,000"),
        (NumberFormat(2), "#,##0.00", D("92.96"), "92.96"),
        (NumberFormat(1, suffix="%"), '#,##0.0"%"', D("12.34"), "12.3%"),
        (NumberFormat(signed=True), "+#,##0;-#,##0;#,##0", D(-5), "-5"),
        (NumberFormat(signed=True), "+#,##0;-#,##0;#,##0", D(5), "+5"),
        (SHARE, "0.0%", D("0.5"), "50.0%"),
        (GROWTH, "+0.0%;-0.0%;0.0%", D("0.366"), "+36.6%"),
        (YEAR, "0", D(2021), "2021"),
        (NumberFormat(prefix='say "x"'), "\"say 'x'\"#,##0", D(1), 'say "x"1'),
        (RATIO, "#,##0.00", D("Infinity"), "∞"),
    ],
)
def test_code_and_what_it_shows(shown: NumberFormat, code: str, value: Decimal, text: str) -> None:
    assert shown.code == code
    assert shown.shown(value) == text


@pytest.mark.parametrize(
    ("value", "line", "decimals"),
    [
        ("0.5", "1", 1),
        ("0.9996", "1", 2),  # 99.96 %, not 100.0 %
        ("0.99996", "1", 3),
        ("1", "1", 1),
        ("1.0004", "1", 2),
    ],
)
def test_a_share_is_kept_apart_from_the_whole(value: str, line: str, decimals: int) -> None:
    assert SHARE.clear_of(D(value), D(line)).decimals == decimals


def test_decimals_end_somewhere() -> None:
    assert NumberFormat().clear_of(D("1.00000000000000000001"), D(1)).decimals == 8
    assert NumberFormat().clear_of(D("Infinity"), D(1)).decimals == 0


@pytest.mark.parametrize(
    ("values", "declared", "percent", "decimals"),
    [
        (["130000", "118872"], None, False, 0),
        (["0.123", "1"], None, False, 2),
        (["58.2", "45"], None, False, 1),
        (["93", "112.00123"], None, False, 1),
        (["486200.5"], None, False, 0),
        (["9.70636"], None, True, 1),
        (["9.70636"], 3, True, 3),
        ([], None, False, 0),
    ],
)
def test_decimals_of_a_row(values: list[str], declared: int | None, percent: bool, decimals: int) -> None:
    assert usual_decimals(map(D, values), declared, percent=percent) == decimals


def test_units_in_formats() -> None:
    assert format_for(PERCENT, 1, "en").code == '#,##0.0"%"'
    assert format_for(builders.unit("‰"), 1, "en").code == '#,##0.0"‰"'
    assert format_for(builders.unit("位"), 0, "zh").code == '"第"#,##0'
    assert format_for(builders.unit("件"), 0, "zh").code == "#,##0"
    assert format_for(None, 0, "en").code == "#,##0"
    assert difference_format(PERCENT, 1, "zh").shown(D("-0.3")) == "-0.3百分点"
    assert difference_format(builders.unit("件"), 0, "en").shown(D(7)) == "+7"


def test_a_cell_has_room_next_to_its_number() -> None:
    assert NumberFormat(signed=True).cell_code == "+#,##0_ ;-#,##0_ ;#,##0_ "
