"""Cell texts and values to numbers: expected values are written out by hand from the table of forms in the docstring."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.model.dataset import Bound, ValueStatus
from ipstrong.values.cells import CellKind, ParsedCell, decimal_of, parse_cell, parse_text

NO_UNIT_NAMED = None


def number(text: str, *, decimal_comma: bool = False) -> tuple[str, str | None, str]:
    """Number, unit and half width of a text that must be a number."""
    parsed = parse_text(text, decimal_comma=decimal_comma)
    assert parsed.kind is CellKind.NUMBER, parsed
    assert parsed.number is not None
    return format(parsed.number, "f"), parsed.unit.text if parsed.unit else None, format(parsed.half_width, "f")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("138534", ("138534", None, "0")),
        ("138,534", ("138534", None, "0")),
        ("1,234.50", ("1234.50", None, "0.005")),
        ("138 534", ("138534", None, "0")),
        ("138\u2009534", ("138534", None, "0")),
        ("138\u00a0534.5", ("138534.5", None, "0.05")),
        ("138'534", ("138534", None, "0")),
        ("91.25", ("91.25", None, "0.005")),
        (".5", ("0.5", None, "0.05")),
        ("0.0", ("0.0", None, "0.05")),
        ("-0", ("0", None, "0")),
        ("13.05万", ("13.05", "万", "0.005")),
        ("130万件", ("130", "万件", "0.5")),
        ("13.0万件", ("13.0", "万件", "0.05")),
        ("1.2亿", ("1.2", "亿", "0.05")),
        ("1.2亿元", ("1.2", "亿元", "0.05")),
        ("138534件", ("138534", "件", "0")),
        ("3千克", ("3", "千克", "0")),
        ("5千件", ("5", "千件", "0.5")),
        ("1.5 million", ("1.5", "million", "0.05")),
        ("112件/万人", ("112", "件/万人", "0")),
        ("20%", ("20", "%", "0")),
        ("20.5%", ("20.5", "%", "0.05")),
        ("12.5(%)", ("12.5", "%", "0.05")),
        ("10个百分点", ("10", "个百分点", "0")),
        ("+12.5%", ("12.5", "%", "0.05")),
        ("－5.2", ("-5.2", None, "0.05")),
        ("−5.2", ("-5.2", None, "0.05")),
        ("—5.2", ("-5.2", None, "0.05")),
        ("(1,234)", ("-1234", None, "0")),
        ("（12.5%）", ("-12.5", "%", "0.05")),
        ("(12.5)%", ("-12.5", "%", "0.05")),
        ("1.2E+05", ("120000", None, "5000")),
        ("2.57e3", ("2570", None, "5")),
        ("1.25e1", ("12.5", None, "0.05")),
        ("5E-3", ("0.005", None, "0.0005")),
        ("0.333333333333", ("0.333333333333", None, "0")),
        ("¥138.5", ("138.5", "元", "0.05")),
        ("US$ 12.5 million", ("12.5", "million", "0.05")),
        ("￥1.2亿", ("1.2", "亿元", "0.05")),
        ("第3位", ("3", "位", "0")),
        ("第一", ("1", "位", "0")),
        ("第三名", ("3", "位", "0")),
        ("'1234", ("1234", None, "0")),
        ("１３８，５３４", ("138534", None, "0")),
        ("２０％", ("20", "%", "0")),
        (" 12.0 \n", ("12.0", None, "0.05")),
        ("12\u200b34", ("1234", None, "0")),
    ],
)
def test_number_unit_and_precision_are_read(text: str, expected: tuple[str, str | None, str]) -> None:
    assert number(text) == expected


@pytest.mark.parametrize(
    ("text", "value", "bound"),
    [
        ("约13.8万件", "13.8", Bound.ABOUT),
        ("大约 5.0", "5.0", Bound.ABOUT),
        ("12.5左右", "12.5", Bound.ABOUT),
        ("about 12.5", "12.5", Bound.ABOUT),
        ("超过120家", "120", Bound.AT_LEAST),
        ("120家以上", "120", Bound.AT_LEAST),
        ("≥120", "120", Bound.AT_LEAST),
        (">=5", "5", Bound.AT_LEAST),
        ("＞5", "5", Bound.AT_LEAST),
        ("130多万件", "130", Bound.AT_LEAST),
        ("13万余件", "13", Bound.AT_LEAST),
        ("100多", "100", Bound.AT_LEAST),
        ("more than 12", "12", Bound.AT_LEAST),
        ("不足10%", "10", Bound.AT_MOST),
        ("近14万", "14", Bound.AT_MOST),
        ("5以下", "5", Bound.AT_MOST),
        ("<5", "5", Bound.AT_MOST),
        ("fewer than 10", "10", Bound.AT_MOST),
        ("12", "12", Bound.EXACT),
    ],
)
def test_bounds_are_read(text: str, value: str, bound: Bound) -> None:
    parsed = parse_text(text)
    assert (parsed.number, parsed.bound) == (Decimal(value), bound)


@pytest.mark.parametrize(("text", "half_width"), [("约138000", "500"), ("约5", "0.5"), ("约13.8万", "0.05")])
def test_trailing_zeros_are_not_trusted_when_the_number_is_about_right(text: str, half_width: str) -> None:
    assert parse_text(text).half_width == Decimal(half_width)


@pytest.mark.parametrize(
    ("text", "status", "remark"),
    [
        ("12.5(初步)", ValueStatus.PROVISIONAL, "provisional"),
        ("12.5（初步数）", ValueStatus.PROVISIONAL, "provisional"),
        ("12.5 (p)", ValueStatus.PROVISIONAL, "provisional"),
        ("12.5p", ValueStatus.PROVISIONAL, "provisional"),
        ("13.05万件(快报数)", ValueStatus.PROVISIONAL, "provisional"),
        ("12.5（预计）", ValueStatus.ESTIMATE, "estimate"),
        ("12.5 e", ValueStatus.ESTIMATE, "estimate"),
        ("12.5(r)", ValueStatus.FINAL, "revised"),
        ("12.5 b", ValueStatus.FINAL, "break"),
        ("2.1*", ValueStatus.FINAL, "footnote"),
        ("2.1①", ValueStatus.FINAL, "footnote"),
        ("2.1[1]", ValueStatus.FINAL, "footnote"),
        ("2.1²", ValueStatus.FINAL, "footnote"),
        ("2.1(1)", ValueStatus.FINAL, "footnote"),
        ("13.05万件（含PCT）", ValueStatus.FINAL, "comment"),
        ("１2", ValueStatus.FINAL, "full_width"),
        ("12 ", ValueStatus.FINAL, "spaces"),
        ("12 345", ValueStatus.FINAL, "blank_thousands"),
        ("12'345", ValueStatus.FINAL, "apostrophe"),
        ("'12", ValueStatus.FINAL, "text_prefix"),
        ("1.2e5", ValueStatus.FINAL, "scientific"),
        ("(12)", ValueStatus.FINAL, "accounting_negative"),
        ("—12", ValueStatus.FINAL, "odd_minus"),
        ("$12", ValueStatus.FINAL, "currency"),
        ("第2名", ValueStatus.FINAL, "ordinal"),
        ("1\u200b2", ValueStatus.FINAL, "invisible"),
    ],
)
def test_marks_around_a_number_are_remarked_and_do_not_change_it(text: str, status: ValueStatus, remark: str) -> None:
    parsed = parse_text(text)
    assert parsed.kind is CellKind.NUMBER
    assert parsed.status is status
    assert remark in parsed.remarks


def test_full_width_brackets_are_ordinary_typography() -> None:
    assert parse_text("12.5（初步）").remarks == ("provisional",)


def test_footnote_digits_never_join_the_number() -> None:
    # NFKC would turn 2.1① into 2.11 and 2.1² into 2.12
    assert [parse_text(text).number for text in ("2.1①", "2.1²", "2.1¹⁾")] == [Decimal("2.1")] * 3


@pytest.mark.parametrize(
    "text",
    [
        "—",
        "-",
        "－",
        "…",
        "..",
        "...",
        "/",
        "N/A",
        "NA",
        "n.a.",
        "*",
        "**",
        "x",
        "X",
        "×",
        "#",
        ":",
        "null",
        "None",
        "无",
        "暂无",
        "不详",
        "未公布",
        "[x]",
        "[c]",
        "[1]",
        "①",
        "nan",
        "NaN",
        "#N/A",
        "np",
    ],
)
def test_missing_marks(text: str) -> None:
    assert parse_text(text).kind is CellKind.MISSING


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("…", "below_half_unit"),
        ("[c]", "suppressed"),
        ("nan", "not_finite"),
        ("①", "footnote"),
        ("#N/A", "error_value"),
    ],
)
def test_missing_marks_say_why(text: str, remark: str) -> None:
    assert remark in parse_text(text).remarks


@pytest.mark.parametrize("text", ["", " ", "\u3000\u00a0", "\n", "\ufeff"])
def test_blanks_are_empty(text: str) -> None:
    assert parse_text(text).kind is CellKind.EMPTY


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("477903S1.68", "scanned_digits"),
        ("732l06.51", "scanned_digits"),
        ("368633!", "scanned_digits"),
        ("lo", "scanned_digits"),
        ("1O5", "scanned_digits"),
        ("1,23,4", "bad_grouping"),
        ("1,234,5", "bad_grouping"),
        ("78,1", "bad_grouping"),
        ("0,123", "bad_grouping"),
        ("12 34", "bad_grouping"),
        ("01", "leading_zero"),
        ("0086.5", "leading_zero"),
        ("12岁", "unknown_unit"),
        ("2019-06-30", "date"),
        ("2018-05", "date"),
        ("2019年6月", "date"),
        ("2019/6", "date"),
        ("#REF!", "error_value"),
        ("#DIV/0!", "error_value"),
        ("inf", "not_finite"),
        ("-Infinity", "not_finite"),
    ],
)
def test_what_nearly_is_a_number_is_text_with_a_reason(text: str, remark: str) -> None:
    parsed = parse_text(text)
    assert (parsed.kind, parsed.number) == (CellKind.TEXT, None)
    assert remark in parsed.remarks


@pytest.mark.parametrize(
    "text",
    [
        "1978年=100",
        "深圳",
        "16 + ",
        "15-64",
        "10~20",
        "3/4",
        "1.2.3",
        "12 (3.5)",
        "(初步)",
        "1\x0034",
        "٣٤",
        "13.05*万件",
        "5.",
        "--5",
        "1e9999",
        "12件以上万",
        "9" * 81,
        "第一产业",
        "'01234",
        "1,234.5,6",
    ],
)
def test_other_texts_are_never_numbers(text: str) -> None:
    assert parse_text(text).kind is CellKind.TEXT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("78,1", "78.1"),
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        ("12", "12"),
        ("1 234,50", "1234.50"),
        ("-5,2%", "-5.2"),
    ],
)
def test_decimal_comma_only_when_the_file_says_so(text: str, expected: str) -> None:
    assert number(text, decimal_comma=True)[0] == expected


def test_a_decimal_point_is_refused_where_commas_are_decimal() -> None:
    assert parse_text("78.1", decimal_comma=True).kind is CellKind.TEXT


# --- Values of workbooks ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (138534.0, None, ("138534", None, "0")),
        (138534, None, ("138534", None, "0")),
        (13.05, None, ("13.05", None, "0.005")),
        (13.05, "0.00", ("13.05", None, "0.005")),
        (13.0, "0.0", ("13.0", None, "0.05")),
        (13.05, "0", ("13.05", None, "0")),
        (13.0512, "0.0", ("13.0512", None, "0")),
        (0.2, "0%", ("20", "%", "0")),
        (0.2, "0.0%", ("20.0", "%", "0.05")),
        (0.20345, "0.0%", ("20.345", "%", "0")),
        (0.07, "0%", ("7", "%", "0")),
        (14075.000000000002, None, ("14075", None, "0")),
        (4.3999999999999995, None, ("4.4", None, "0.05")),
        (0.1 + 0.2, None, ("0.3", None, "0.05")),
        (1 / 3, None, ("0.333333333333333", None, "0")),
        (138534.0, '0!.0,"万"', ("13.8534", "万", "0")),
        (138000.0, '0!.0,"万"', ("13.8", "万", "0.05")),
        (138000.0, '0\\!.0,"万"', ("13.8", "万", "0.05")),
        (13.0, '0.0"万件"', ("13.0", "万件", "0.05")),
        (1385340000.0, "0.0,,", ("1385.34", None, "0")),
        (138534.0, '0.0,"万"', ("138534", None, "0")),  # the format divides by a thousand and says ten thousand
        (1234.5, "#,##0.00_);(#,##0.00)", ("1234.50", None, "0.005")),
        (2019.0, '0"年"', ("2019", None, "0")),
        (5.5, "@", ("5.5", None, "0.05")),
        (43466.0, "yyyy-mm-dd", ("43466", None, "0")),
    ],
)
def test_stored_numbers_are_read_with_their_format(
    value: float, number_format: str | None, expected: tuple[str, str | None, str]
) -> None:
    parsed = parse_cell(value, number_format)
    assert parsed.number is not None
    unit = parsed.unit.text if parsed.unit else None
    assert (format(parsed.number, "f"), unit, format(parsed.half_width, "f")) == expected


def test_a_scaled_format_is_remarked() -> None:
    assert parse_cell(138000.0, '0!.0,"万"').remarks == ("scaled_format",)


@pytest.mark.parametrize(
    ("value", "kind", "remarks"),
    [
        (None, CellKind.EMPTY, ()),
        ("", CellKind.EMPTY, ()),
        (True, CellKind.TEXT, ("boolean",)),
        (dt.datetime(2019, 6, 30, tzinfo=None), CellKind.TEXT, ("date",)),  # noqa: DTZ001 - cells have no time zone
        (dt.date(2019, 6, 30), CellKind.TEXT, ("date",)),
        (dt.timedelta(hours=25), CellKind.TEXT, ("date",)),
        (float("nan"), CellKind.TEXT, ("not_finite",)),
        (float("-inf"), CellKind.TEXT, ("not_finite",)),
        ("138,534", CellKind.NUMBER, ("text_number",)),
        ("深圳", CellKind.TEXT, ()),
    ],
)
def test_other_values(value: object, kind: CellKind, remarks: tuple[str, ...]) -> None:
    parsed = parse_cell(value)  # type: ignore[arg-type]  # one table for values of many types
    assert (parsed.kind, parsed.remarks) == (kind, remarks)


# --- Properties -------------------------------------------------------------------------------------------------------


@given(st.text(max_size=90), st.booleans())
def test_no_text_makes_the_parser_raise(text: str, decimal_comma: bool) -> None:
    parsed = parse_text(text, decimal_comma=decimal_comma)
    assert isinstance(parsed, ParsedCell)
    assert (parsed.number is not None) == (parsed.kind is CellKind.NUMBER)


@given(st.text(alphabet="0123456789.,，。-－—()（）[]%％万亿件约超多余以上eE+ '*①²年\u3000\u2009pSlO!#/…", max_size=14))
def test_no_near_number_makes_the_parser_raise(text: str) -> None:
    parsed = parse_text(text)
    assert parsed.half_width >= 0
    if parsed.number is not None:
        assert parsed.number.is_finite()


@given(
    st.one_of(st.floats(), st.integers(), st.booleans(), st.none(), st.dates(), st.datetimes(), st.text(max_size=20)),
    st.one_of(st.none(), st.sampled_from(["0%", "0.00", '0!.0,"万"', "General", "yyyy", ""]), st.text(max_size=12)),
)
def test_no_value_makes_the_parser_raise(value: object, number_format: str | None) -> None:
    parsed = parse_cell(value, number_format)  # type: ignore[arg-type]  # one property for values of many types
    assert (parsed.number is not None) == (parsed.kind is CellKind.NUMBER)


@given(
    st.decimals(min_value=-(10**11), max_value=10**11, allow_nan=False, places=2),
    st.sampled_from(["", "万", "万件", "%"]),
)
def test_formatted_numbers_are_read_back(value: Decimal, unit: str) -> None:
    assert parse_text(f"{value:,}{unit}").number == value
    assert parse_text(f"{value}{unit}").number == value
    assert parse_text(f"{value:,}".replace(",", "\u2009") + unit).number == value


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_stored_numbers_keep_fifteen_digits(value: float) -> None:
    assert float(decimal_of(value)) == pytest.approx(value, rel=1e-14)
