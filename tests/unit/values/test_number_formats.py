"""Number formats: what they print of a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.values.number_formats import ShownAs, read_number_format


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("0", ShownAs(0, percent=False, exponent=0, unit="")),
        ("#,##0", ShownAs(0, percent=False, exponent=0, unit="")),
        ("#,##0.00_);[Red](#,##0.00)", ShownAs(2, percent=False, exponent=0, unit="")),
        ("0.0%", ShownAs(1, percent=True, exponent=2, unit="")),
        ('0.00"万件"', ShownAs(2, percent=False, exponent=0, unit="万件")),
        ('0"件";-0"件"', ShownAs(0, percent=False, exponent=0, unit="件")),
        ('0!.0,"万"', ShownAs(1, percent=False, exponent=-4, unit="万")),
        ('0\\.0000"万"', ShownAs(4, percent=False, exponent=-4, unit="万")),
        ("0.0,,", ShownAs(1, percent=False, exponent=-6, unit="")),
        ("[$¥-804]#,##0.00", ShownAs(2, percent=False, exponent=0, unit="")),
        ('¥"x"0.0', ShownAs(1, percent=False, exponent=0, unit="")),
        ('[=0]"—";0.0%', ShownAs(1, percent=True, exponent=2, unit="")),
        ('[>=10000]0!.0,"万";0', ShownAs(1, percent=False, exponent=-4, unit="万")),
        ('0.0"%"', ShownAs(1, percent=False, exponent=0, unit="%")),
    ],
)
def test_formats_that_print_numbers(code: str, expected: ShownAs) -> None:
    assert read_number_format(code) == expected


@pytest.mark.parametrize(
    "code",
    [
        "",
        "General",
        "@",
        "yyyy-mm-dd",
        "h:mm:ss",
        "0.00E+00",
        "# ?/?",
        '"text"',
        ";;;",
        '0.0,"万"',
        "0" + "," * 200,
        "0." + "0" * 200,
        "0" * 300,
    ],
)
def test_formats_that_say_nothing_of_a_number(code: str) -> None:
    assert read_number_format(code) is None


@given(st.text(alphabet='0#?.,%;"!\\_*[]()万件 -yEeG', max_size=16))
def test_no_format_makes_the_reader_raise(code: str) -> None:
    shown = read_number_format(code)
    assert shown is None or shown.decimals >= 0
