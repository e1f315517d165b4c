"""Rounding for display: GB/T 8170-2008, and never a printed number that contradicts a verdict."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import builders
from ipstrong.model.period import parse_period
from ipstrong.model.plan import Comparator, PacePreset
from ipstrong.model.result import NotComputed, Reason
from ipstrong.reports import formatting as f
from ipstrong.texts import Text

D = Decimal
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=8)


def rows(text: str) -> list[tuple[str, ...]]:
    """Return cases that are separated by semicolons, their values by blanks."""
    return [tuple(row.split()) for row in text.split(";")]


@pytest.mark.parametrize(
    ("value", "expected"),
    # 28 significant digits, the last rounded half to even.
    rows(
        "138534 138534; 138534.00 138534; 1.2E+3 1200; 1E-7 0.0000001; -0 0; -0.00 0; 0E+5 0; 100 100; "
        "0.10 0.1; 111.99834856574069565412179893222332820558320513980635 111.9983485657406956541217989; "
        "12345678901234567890123456789 12345678901234567890123456790; 1E-48 0"
    ),
)
def test_plain_is_exact_text_without_exponent(value: str, expected: str) -> None:
    assert f.plain(D(value)) == expected


@given(NUMBERS)
def test_plain_text_reads_back_as_the_same_number(value: Decimal) -> None:
    assert D(f.plain(value)) == value
    assert "E" not in f.plain(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    # Half to even, GB/T 8170-2008: 2.5 keeps the even digit before the five.
    # Fifty digits of a root: a hair below twenty is twenty.
    rows(
        "138534 138,534; 1300000 1,300,000; 111.9983 112.0; 92.96 92.96; 19.919 19.92; 9.5 9.5; "
        "0.0123 0.012; 0.00000004 >0; -0.00000004 <0; -1234.56 -1,234.56; 1234.567 1,234.6; 0 0; "
        "Infinity ∞; -Infinity -∞; 100.250001 100.3; 100.450 100.45; 0.125 0.12; 0.135 0.14; "
        "19.99999999999999999999999999999999999999999999999999 20"
    ),
)
def test_number_has_separators_and_the_decimals_of_its_size(value: str, expected: str) -> None:
    assert f.format_number(D(value)) == expected


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    rows(
        "92.96 93 92.96; 92.996 93 92.996; 129999.96 130000 129,999.96; 130000.04 130000 130,000.04; "
        "93.0000004 93 >93; 92.9999999 93 <93; 93 93 93; 0.996 1 0.996"
    ),
)
def test_number_never_reaches_a_target_it_did_not_reach(value: str, target: str, expected: str) -> None:
    assert f.format_number(D(value), anchor=D(target)) == expected


@given(NUMBERS, st.decimals(min_value=-1000, max_value=1000, places=2))
def test_printed_number_stands_on_its_side_of_the_target(value: Decimal, target: Decimal) -> None:
    text = f.format_number(value, anchor=target)
    if text.startswith(("<", ">")):
        assert (text[0] == "<") == (value < target)
    else:
        assert D(text.replace(",", "")).compare(target) == value.compare(target)


@pytest.mark.parametrize(
    ("value", "expected"),
    rows("8534 +8,534; -0.04 -0.04; 0 0; -1E-48 0; -0.00000001 -<0.000001"),
)
def test_sign_of_a_difference_is_always_visible(value: str, expected: str) -> None:
    assert f.format_signed(D(value)) == expected


def test_a_difference_gets_decimals_until_it_shows() -> None:
    assert f.format_signed(D("-0.004"), decimals=1) == "-0.004"
    assert f.format_signed(D("18.9983"), decimals=1) == "+19.0"


@pytest.mark.parametrize(
    ("ratio", "expected"),
    rows(
        "0.9996 99.9%; 0.99999999 99.9%; 1 100.0%; 1.0004 100.0%; 0.0004 <0.1%; -0.0004 >-0.1%; 0 0.0%; "
        "12.345 1,234.5%; 0.99999999999999999999999999999999999999 100.0%"
    ),
)
def test_percent_is_a_hundred_only_when_it_is(ratio: str, expected: str) -> None:
    assert f.format_percent(D(ratio)) == expected


@given(st.decimals(min_value=0, max_value=3, places=12))
def test_percent_below_one_never_prints_as_a_hundred(ratio: Decimal) -> None:
    text = f.format_percent(ratio)
    if text != "<0.1%":
        assert (D(text[:-1].replace(",", "")) >= 100) == (ratio >= 1)


@pytest.mark.parametrize(
    ("ratio", "expected"),
    rows("0.366 +36.6%; -0.2 -20.0%; 0.0001 +<0.1%; -0.0001 -<0.1%; 0 0.0%"),
)
def test_change_has_its_sign(ratio: str, expected: str) -> None:
    assert f.format_change(D(ratio)) == expected


@pytest.mark.parametrize(
    ("score", "expected"),
    rows("89.96 89.9; 90 90.0; 79.999 79.9; 55.55 55.6"),
)
def test_score_reaches_no_grade_it_did_not_reach(score: str, expected: str) -> None:
    assert f.format_score(D(score)) == expected


def test_pace_stays_in_its_class() -> None:
    preset = PacePreset(id="x", name=Text("甲", "x"), on_track=D("0.95"), slow=D("0.60"))
    assert f.format_pace(D("0.9496"), preset) == "0.9496"
    assert f.format_pace(D("0.95"), preset) == "0.95"
    assert f.format_pace(D("-0.001"), preset) == "-0.001"
    assert f.format_pace(D("1.369"), preset) == "1.37"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (112, "112th"),
    ],
)
def test_rank_in_both_languages(place: int, expected: str) -> None:
    assert f.format_rank(D(place), "en") == expected
    assert f.format_rank(D(place), "zh") == f"第{place}位"


def test_a_rank_that_is_no_place_prints_as_a_number() -> None:
    assert f.format_rank(D("1.5"), "zh") == "1.5"


@pytest.mark.parametrize(
    ("unit", "zh", "en"),
    [
        ("件/万人", "件/万人", "items per 10,000 people"),
        ("立方米/人", "立方米/人", "m³ per person"),
        ("亿元", "亿元", "100 million yuan"),
        ("%", "%", "%"),
        ("个百分点", "个百分点", "pp"),
        ("家", "家", "organisations"),
        ("", "", ""),
    ],
)
def test_unit_per_language(unit: str, zh: str, en: str) -> None:
    assert f.format_unit(builders.unit(unit), "zh") == zh
    assert f.format_unit(builders.unit(unit), "en") == en


def test_a_unit_without_translation_stays_as_written() -> None:
    assert f.format_unit(builders.unit("km2"), "en") == "km2"
    assert f.format_unit(None, "en") == ""


def test_value_with_its_unit() -> None:
    assert f.format_value(D(138534), builders.unit("件"), "zh") == "138,534件"
    assert f.format_value(D(138534), builders.unit("件"), "en") == "138,534 items"
    assert f.format_value(D("9.96"), builders.unit("%"), "en", anchor=D(10), with_unit=False) == "9.96%"
    assert f.format_value(D("13.05"), builders.unit("万件"), "en") == "13.05 × 10,000 items"
    assert f.format_value(D("13.05"), builders.unit("万件"), "zh") == "13.05万件"
    assert f.format_value(D(2), builders.unit("位"), "en") == "2nd"
    assert f.format_value(D(2), None, "en") == "2"


def test_difference_of_percents_is_in_points() -> None:
    assert f.format_difference(D("-0.04"), builders.unit("%"), "zh") == "-0.04个百分点"
    assert f.format_difference(D("-0.04"), builders.unit("%"), "en") == "-0.04 pp"
    assert f.format_difference(D(-1), builders.unit("位"), "zh") == "-1位"
    assert f.format_difference(D(-1), builders.unit("位"), "en") == "-1"
    assert f.format_difference(D(8), builders.unit("件"), "en") == "+8 items"
    assert f.format_difference(D(8), builders.unit("件"), "zh") == "+8件"


def test_interval_may_be_open() -> None:
    unit = builders.unit("件")
    assert f.format_interval(D(129500), D(130500), unit, "zh") == "129,500至130,500件"
    assert f.format_interval(D(129500), D(130500), unit, "en") == "129,500 to 130,500 items"
    assert f.format_interval(D(5), D("Infinity"), unit, "zh") == "5件以上"
    assert f.format_interval(D("-Infinity"), D(5), unit, "en") == "up to 5 items"
    assert f.format_interval(D(5), D("Infinity"), unit, "en") == "5 items or more"
    assert f.format_interval(D("-Infinity"), D(5), unit, "zh") == "5件以下"


def test_ends_of_an_interval_can_be_told_apart() -> None:
    unit = builders.unit("万人")
    assert f.format_interval(D("1768.155"), D("1768.165"), unit, "zh") == "1,768.155至1,768.165万人"
    assert f.format_interval(D("111.99803"), D("111.99866"), unit, "zh") == "111.998至111.999万人"
    assert f.format_interval(D("91.245"), D("91.255"), None, "en") == "91.245 to 91.255"  # not 91.24 to 91.26
    assert f.format_interval(D("1344.245"), D("1344.255"), None, "en") == "1,344.245 to 1,344.255"


def test_goal_says_what_is_asked() -> None:
    goal = builders.make_target(value=D(130000))
    assert f.format_goal(goal, D(130000), "zh") == "≥130,000株"
    rank = builders.make_target(comparator=Comparator.LE, unit=builders.unit("位"))
    assert [f.format_goal(rank, D(1), "zh"), f.format_goal(rank, D(3), "zh")] == ["第1位", "前3位"]
    assert [f.format_goal(rank, D(1), "en"), f.format_goal(rank, D(3), "en")] == ["1st", "top 3"]
    between = builders.make_target(comparator=Comparator.BETWEEN, upper=D(2), unit=builders.unit("个"))
    assert f.format_goal(between, D(1), "zh") == "1–2个"
    assert f.format_goal(goal, None, "zh") == ""


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2019", "2019年", "2019"),
        ("2019/20", "2019/20财年", "FY2019/20"),
        ("2019H2", "2019年下半年", "H2 2019"),
        ("2019Q3", "2019年三季度", "Q3 2019"),
        ("2019-09", "2019年9月", "Sep 2019"),
        ("2019-01..09", "2019年1-9月", "Jan-Sep 2019"),
        ("2010..2020", "2010-2020年", "2010-2020"),
        ("2019-06-30", "2019年6月30日", "30 Jun 2019"),
    ],
)
def test_period_per_language(text: str, zh: str, en: str) -> None:
    period = parse_period(text)
    assert period is not None
    assert (f.format_period(period, "zh"), f.format_period(period, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("time", "zh", "en"),
    [
        # In year-ends: 2021 is the end of 2021, 2021.5 the middle of 2022.
        ("2021", "2021年12月", "Dec 2021"),
        ("2021.5", "2022年6月", "Jun 2022"),
        ("2020.857142", "2021年11月", "Nov 2021"),
        ("2021.0001", "2022年1月", "Jan 2022"),
    ],
)
def test_eta_names_the_month(time: str, zh: str, en: str) -> None:
    assert (f.format_eta(D(time), "zh"), f.format_eta(D(time), "en")) == (zh, en)


def test_reason_has_no_colon_before_nothing() -> None:
    assert not f.format_reason(NotComputed(Reason.NO_DATA), "zh").endswith((":", ":"))
    assert f.format_reason(NotComputed(Reason.NO_DATA), "en") == "no data"


def test_exactness_is_said_by_the_sign_before_the_number() -> None:
    assert f.approximately(D("0.5"), D("0.5"), "50%") == "= 50%"
    assert f.approximately(D("0.51"), D("0.5"), "50%") == "≈ 50%"


def test_decimals_of_a_printed_number() -> None:
    assert [f.decimals_of(text) for text in ("1,234.50", "-3", "<93", "9.96%")] == [2, 0, None, 2]
