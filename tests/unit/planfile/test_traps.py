"""What YAML would read otherwise than the person meant: every trap where text or a number is meant."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.model.yaml_tree import Trap, TrappedScalar, read_plain
from plantexts import SMALL, load, plan_of


def with_name(raw: str) -> str:
    return SMALL.replace("en: All", f"en: {raw}")


def with_value(raw: str) -> str:
    return SMALL.replace("value: 130000", f"value: {raw}")


def said(text: str) -> tuple[str, str, str]:
    plan, findings = load(text)
    assert plan is None
    assert len(findings) == 1, [finding.message("en") for finding in findings]
    finding = findings[0]
    return finding.code.id, finding.message("en"), finding.hint("en")


@pytest.mark.parametrize("raw", ["no", "No", "NO", "off", "False", "false"])
def test_no_is_not_text(raw: str) -> None:
    assert said(with_name(raw)) == (
        "PLAN015",
        f"'{raw}' is read by YAML as the boolean false",
        f'quote it if it is text: "{raw}"',
    )


@pytest.mark.parametrize("raw", ["yes", "on", "True", "true", "ON"])
def test_yes_is_neither_text_nor_number(raw: str) -> None:
    message = f"'{raw}' is read by YAML as the boolean true"
    assert said(with_name(raw))[:2] == ("PLAN015", message)
    assert said(with_value(raw))[:2] == ("PLAN015", message)


def test_yes_for_a_boolean_is_told_to_be_true() -> None:
    text = SMALL + "units: [{unit: 班次, own: yes}]\n"
    code, _, hint = said(text)
    assert (code, hint) == ("PLAN015", "write true")


@pytest.mark.parametrize("raw", ["010", "0x1F", "0b101", "0o17", "-007", "00.5"])
def test_leading_zeros_and_bases(raw: str) -> None:
    expected = f"'{raw}' is read by YAML as octal, hexadecimal or binary"
    assert said(with_value(raw))[:2] == ("PLAN015", expected)
    assert said(with_name(raw))[:2] == ("PLAN015", expected)


@pytest.mark.parametrize("raw", ["2021-05-31", "2021-5-1", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43"])
def test_dates_without_quotes(raw: str) -> None:
    assert said(with_name(raw)) == ("PLAN015", f"'{raw}' is read by YAML as a date", f'write "{raw}"')


@pytest.mark.parametrize(
    ("raw", "fix"),
    [
        ("130_000", "write 130000"),
        ("13e4", "write 130000"),
        ("1.3e+5", "write 130000"),
        ("1.5e-3", "write 0.0015"),
        ("1_000.5", "write 1000.5"),
        (".5_0", "write 0.50"),
        ("1:30", 'quote it if it is text: "1:30"'),
        ("1e999999999", 'quote it if it is text: "1e999999999"'),
        ("1" * 31, f'quote it if it is text: "{"1" * 31}"'),
        ("0." + "1" * 31, f'quote it if it is text: "0.{"1" * 31}"'),
    ],
)
def test_numbers_that_readers_read_differently(raw: str, fix: str) -> None:
    code, message, hint = said(with_value(raw))
    assert (code, hint) == ("PLAN015", fix)
    assert raw in message


@pytest.mark.parametrize("raw", [".inf", "-.inf", ".nan", ".NaN", "+.INF", "inf", "NaN"])
def test_what_is_not_finite(raw: str) -> None:
    assert said(with_value(raw))[:2] == ("PLAN022", f"'{raw}' is not a finite number")


@pytest.mark.parametrize("raw", ["2019", "1.50", "-3"])
def test_numbers_where_text_is_meant(raw: str) -> None:
    assert said(with_name(raw)) == ("PLAN015", f"text is meant here, '{raw}' is a number", f'quote it: "{raw}"')


def test_number_for_a_name_that_may_be_a_mapping() -> None:
    assert said(SMALL.replace("{zh: 总体, en: All}", "2019"))[0] == "PLAN015"


@pytest.mark.parametrize("raw", ["", "~", "null", "Null", "NULL"])
@pytest.mark.parametrize("key", ["comparator", "unit", "value"])
def test_empty_values_even_of_optional_keys(raw: str, key: str) -> None:
    text = SMALL.replace("    value: 130000\n", f"    value: 130000\n    {key}: {raw}\n")
    if key != "unit":
        text = text.replace('    comparator: ">="\n' if key == "comparator" else "    value: 130000\n", "", 1)
    assert said(text) == ("PLAN021", "there is no value here", "write the value, or remove the key")


@pytest.mark.parametrize(
    ("raw", "fix"),
    [
        ("13万", "write 130000, and the unit apart"),
        ("13.05万件", "write 130500, and the unit apart"),
        ("1.2亿", "write 120000000, and the unit apart"),
        ("93件", "write 93, and the unit apart"),
        ("20%", "write 20, and the unit apart"),
        ('"93"', "write 93, and the unit apart"),
        ("130,000", "write 130000, and the unit apart"),
        ("-5%", "write -5, and the unit apart"),
        ("１３０", "write a number alone, such as 130000"),
        ("很多", "write a number alone, such as 130000"),
        ("约93", "write a number alone, such as 130000"),
    ],
)
def test_text_where_a_number_is_meant(raw: str, fix: str) -> None:
    code, _, hint = said(with_value(raw))
    assert (code, hint) == ("PLAN022", fix)


def test_traps_below_a_misspelt_key_are_told_as_well() -> None:
    text = SMALL.replace("    value: 130000\n", "    value: 130000\n    valeu: 010\n")
    assert [finding.code.id for finding in load(text)[1]] == ["PLAN023", "PLAN015"]


@pytest.mark.parametrize(
    ("raw", "value"),
    [("130000", "130000"), ("0.1", "0.1"), ("-3.50", "-3.50"), ("+7", "7"), ("99.5", "99.5"), ("0", "0")],
)
def test_plain_numbers_arrive_exactly(raw: str, value: str) -> None:
    found = plan_of(with_value(raw)).target("1").value
    assert found == Decimal(value)
    assert str(found) == value


@pytest.mark.parametrize(
    "raw", ["13万", "a-b", "1.2.3", "-", "+", ".", "1a", "yesterday", "y", "N", "v1", "2019年", "1-2"]
)
def test_words_stay_words(raw: str) -> None:
    assert read_plain(raw) == raw


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_every_plain_decimal_is_read_exactly(number: Decimal) -> None:
    found = read_plain(f"{number:f}")
    assert isinstance(found, Decimal)
    assert found == number
    assert f"{found:f}" == f"{number:f}"


@given(st.text(alphabet="0123456789+-._:eExobyYnNTtrue aflsinf", min_size=1, max_size=12))
def test_plain_scalars_are_text_numbers_or_traps(text: str) -> None:
    """Whatever PyYAML would make a number, a boolean or a date of is a number of the same value or a trap here."""
    import yaml

    try:
        other = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return
    mine = read_plain(text.strip()) if text.strip() else None
    if isinstance(other, str) or other is None or not isinstance(other, bool | int | float):
        return
    if isinstance(mine, TrappedScalar):
        assert mine.trap in Trap
    elif isinstance(other, bool):
        assert mine is other
    else:
        assert isinstance(mine, int | Decimal)
        assert float(mine) == float(other)
