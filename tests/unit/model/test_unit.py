"""Units convert within a dimension and refuse across dimensions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.model.unit import MULTIPLIERS, conversion, parse_unit


@pytest.mark.parametrize(
    ("written", "wanted", "factor"),
    [
        ("万件", "件", "10000"),
        ("件", "万件", "0.0001"),
        ("亿元", "万元", "10000"),
        ("万亿元", "亿元", "10000"),
        ("百万人", "万人", "100"),
        ("件/百万人", "件/万人", "0.01"),
        ("‰", "%", "0.1"),
        ("%", "％", "1"),
        ("million persons", "万人", "100"),
        ("thousand persons", "人", "1000"),
        ("萬人", "万人", "1"),
        ("（万件）", "件", "10000"),
        ("平方公里", "公顷", "100"),
        ("公斤", "吨", "0.001"),
        ("10 000 persons", "万人", "1"),
        ("10,000 persons", "人", "10000"),
        ("100 million yuan", "亿元", "1"),
        ("1000 tonnes", "吨", "1000"),
    ],
)
def test_conversion_within_a_dimension(written: str, wanted: str, factor: str) -> None:
    source, target = parse_unit(written), parse_unit(wanted)
    assert source is not None
    assert target is not None
    assert conversion(source, target) == Decimal(factor)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("件", "家"), ("%", "个百分点"), ("人", "人次"), ("件/万人", "件"), ("元", "美元"), ("件/万人", "家/万人")],
)
def test_conversion_across_dimensions_is_refused(written: str, wanted: str) -> None:
    source, target = parse_unit(written), parse_unit(wanted)
    assert source is not None
    assert target is not None
    assert conversion(source, target) is None


@pytest.mark.parametrize(
    "text", ["万建", "件/", "/万人", "件/万/人", "furlongs", "1978年=100", "100", "2019", "10 furlongs", "件/万"]
)
def test_what_is_no_unit(text: str) -> None:
    assert parse_unit(text) is None


def test_no_unit_is_the_pure_number() -> None:
    found = parse_unit("  ")
    assert found is not None
    assert found.dimension == ""
    assert parse_unit("万") == ("万", "", Decimal(10000))


@given(st.text(max_size=10))
def test_parsing_never_raises(text: str) -> None:
    parse_unit(text)


@given(st.sampled_from(sorted(MULTIPLIERS)), st.sampled_from(sorted(MULTIPLIERS)))
def test_conversions_are_inverse(one: str, other: str) -> None:
    first, second = parse_unit(f"{one}件"), parse_unit(f"{other}件")
    assert first is not None
    assert second is not None
    there, back = conversion(first, second), conversion(second, first)
    assert there is not None
    assert back is not None
    assert there * back == 1


def test_a_scale_repeated_without_end_is_no_unit() -> None:
    assert parse_unit("万" * 10_000 + "件") is None
