"""The column-wise parser says what the cell-wise one says, cell by cell."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.values.cells import parse_series, parse_text

TEXTS = [
    "138534", "138,534", "13.05万", "", None, "—", "约5", "0.333333333333", "0.00333333333333", "1,234.5", "1e5", "-0",
    "-0.0", "01", "0.5", "123456789012.5", "1,23", "999,999,999.25", " 12", "2.1*", "20%", "12(初步)", "lo", "…", "-5.25",
    "12.30%", "-0.0%", "0%", "-12%", "01%", "1,234.5%", "99.123456789012345%", "123456789012345.25%", "1,234,5%", "%", "5%%", "5 %",
    "1234567890123456", "0.1234567890123456", "12345678901.5", "100.000000000000", "0.0000000000001",
]  # fmt: skip


def agree(texts: list[str | None], *, decimal_comma: bool = False) -> None:
    frame = parse_series(pl.Series(texts, dtype=pl.String), decimal_comma=decimal_comma)
    assert frame.columns == ["value", "half_width", "bound", "status", "unit", "kind", "remarks"]
    for text, row in zip(texts, frame.iter_rows(named=True), strict=True):
        cell = parse_text(text or "", decimal_comma=decimal_comma)
        expected = {
            "value": None if cell.number is None else float(cell.number),
            "half_width": None if cell.number is None else float(cell.half_width),
            "bound": cell.bound.value,
            "status": cell.status.value,
            "unit": cell.unit.text if cell.unit else None,
            "kind": cell.kind.value,
            "remarks": ";".join(cell.remarks),
        }
        assert row == expected, text


def test_columns_agree_with_cells() -> None:
    agree(TEXTS)


@given(
    st.lists(st.from_regex(r"\A-?[0-9]{1,4}(,[0-9]{3}){0,2}(\.[0-9]{1,17})?%?\Z"), min_size=1, max_size=8),
    st.booleans(),
)
def test_columns_agree_with_cells_on_numbers_however_dressed(texts: list[str], decimal_comma: bool) -> None:
    agree([*texts], decimal_comma=decimal_comma)


def test_columns_agree_with_cells_when_commas_are_decimal() -> None:
    agree(["78,1", "1.234,5", "12", "1.234", "78.1", "NA", "", None], decimal_comma=True)


@pytest.mark.parametrize("texts", [[], [None], ["1", "2.5"], ["x"], ["1,000", "2,000"]])
def test_uniform_columns_agree_with_cells(texts: list[str | None]) -> None:
    agree(texts)


@given(st.lists(st.one_of(st.none(), st.text(alphabet="0123456789.,-+e 万%*…x()", max_size=9)), max_size=12))
def test_columns_agree_with_cells_for_any_texts(texts: list[str | None]) -> None:
    agree(texts)
