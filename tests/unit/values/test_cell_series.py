"""The column-wise parser says what the cell-wise one says, cell by cell."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grids import ListGrid
from ipstrong.readers.grid import CellNote, CellValue
from ipstrong.values.cell_series import parse_series, parse_table
from ipstrong.values.cells import parse_cell, parse_text

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


NUMBERS = (
    st.floats()
    | st.floats(-1e6, 1e6)
    | st.floats(-1e-3, 1e-3)
    | st.floats(1e13, 1e17)
    | st.integers(-(10**18), 10**18)
    | st.sampled_from(
        [0.1 + 0.2, 1 / 3, 2 / 3 * 1e14, 123456789012344.97, 0.99999999999999989, 1e15, -0.0, 13.0, 2019.0]
    )
)
FORMATS = st.sampled_from([None, "0.0%", "0.00", '0!.0,"万"', '0.0"万件"', "#,##0"])


@given(
    st.lists(st.tuples(st.none() | st.booleans() | NUMBERS | st.sampled_from(["12", "—", "x"]), FORMATS), max_size=12)
)
def test_cells_of_a_worksheet_say_what_each_says_alone(cells: list[tuple[CellValue, str | None]]) -> None:
    notes = {(row, 0): CellNote(number_format=shown) for row, (_, shown) in enumerate(cells) if shown}
    grid = ListGrid([[value] for value, _ in cells], notes=notes)
    frame = parse_table(grid, range(len(cells)), [0])
    for (value, shown), row in zip(cells, frame.iter_rows(named=True), strict=True):
        cell = parse_cell(value, shown)
        number = None if cell.number is None else float(cell.number)
        assert (row["value"], row["kind"], row["remarks"]) == (number, cell.kind.value, ";".join(cell.remarks))
        assert row["half_width"] == (None if cell.number is None else float(cell.half_width))
        assert row["unit"] == (cell.unit.text if cell.unit else None)
        if cell.number is not None and not isinstance(value, str):
            assert row["raw"] == f"{cell.number:f}{cell.unit.text if cell.unit else ''}"
