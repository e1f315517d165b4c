"""Roots and powers to fifty digits, held against the powers that undo them."""

from __future__ import annotations

from decimal import Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.measures.exact import power, root

WIDE = Context(prec=120, Emax=999999, Emin=-999999)
"""Wide enough that raising a root to its degree adds no error of its own."""

positive = st.decimals(min_value=Decimal("1e-20"), max_value=Decimal("1e25"), places=20)


@given(positive, st.integers(min_value=1, max_value=60))
def test_a_root_to_its_degree_gives_the_value_back(value: Decimal, degree: int) -> None:
    undone = WIDE.power(root(value, degree), degree)
    assert abs(WIDE.divide(undone, value) - 1) < degree * Decimal("1e-49")  # half a unit of the fiftieth digit, times n


@pytest.mark.parametrize(
    ("value", "degree", "expected"), [("1.728", 3, "1.2"), ("2.48832", 5, "1.2"), ("1e-30", 3, "1e-10")]
)
def test_perfect_powers_have_their_exact_root(value: str, degree: int, expected: str) -> None:
    assert root(Decimal(value), degree) == Decimal(expected)


@pytest.mark.parametrize("value", ["0", "Infinity"])
def test_root_of_nothing_and_of_everything(value: str) -> None:
    assert root(Decimal(value), 5) == Decimal(value)


def test_numbers_that_no_double_holds_have_roots() -> None:
    assert abs(root(Decimal("1e-5000"), 3) / Decimal("2.15443469003188372175929356651935e-1667") - 1) < Decimal("1e-30")


def test_power_of_a_quotient_of_whole_numbers() -> None:
    assert power(Decimal(8), 2, 3) == 4
    assert power(Decimal("1.44"), 3, 2) == Decimal("1.728")
