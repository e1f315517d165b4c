"""Values of a sheet's column as printed text, column-wise: what `parse_series` reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from math import isfinite
from typing import NamedTuple

import polars as pl

from ipstrong.readers.grid import CellValue, GridExtras
from ipstrong.values.cells import decimal_of, parse_cell
from ipstrong.values.number_formats import ShownAs, read_number_format

_SAFE_LENGTH = 16
"""Shortest decimals up to this length have at most 15 digits; longer ones may carry binary noise."""


class Parts(NamedTuple):
    """A column's cells: a number, or a word, or nothing, in each row."""

    numbers: pl.Series | None
    """`Float64`, null where there is no number; None where the column has none."""
    words: pl.Series | None
    """`String` or `Date`, null where there is none; None where the column has none."""

    def slice(self, start: int) -> Parts:
        """Return the cells from row `start` on."""
        return Parts(*(None if part is None else part.slice(start) for part in self))

    def value(self, row: int) -> CellValue:
        """Return the value of a row."""
        number: float | None = None if self.numbers is None else self.numbers[row]
        if number is not None:
            return number
        word: CellValue = None if self.words is None else self.words[row]
        return word


def printed_column(values: Sequence[CellValue], extras: GridExtras, column: int, start: int) -> pl.Series:
    """Return the values as text: null for empty, `20.0%` for a percent-formatted 0.2.

    Args:
        values: The column from row `start` on.
        extras: What is known of the sheet's number formats.
        column: The column's number, for the notes.
        start: The row of the first value.
    """
    return printed_parts(parts_of(values), len(values), extras, column, start)


def printed_parts(parts: Parts, length: int, extras: GridExtras, column: int, start: int) -> pl.Series:
    """Return what `printed_column` returns, from the parts of the column."""
    texts = _texts(parts, length, read_number_format(extras.column_formats.get(column, "")))
    changed = {
        row - start: note.number_format
        for (row, of_column), note in extras.notes.items()
        if of_column == column and note.number_format is not None and start <= row < start + length
    }
    if not changed:
        return texts
    rows = sorted(changed)
    printed = [_printed(parts.value(row), changed[row]) for row in rows]
    return texts.scatter(rows, pl.Series(printed, dtype=pl.String))


def parts_of(values: Sequence[CellValue]) -> Parts:
    """Return the parts of a column; what is neither number nor text becomes text."""
    kinds = set(map(type, values))
    if kinds <= {str, type(None)}:
        return Parts(None, _words(values))
    if kinds == {float}:
        return Parts(pl.Series(values, dtype=pl.Float64), None)
    numbers = pl.Series([value if type(value) is float else None for value in values], dtype=pl.Float64)
    if kinds <= {float, str, type(None)}:
        return Parts(numbers, _words([value if type(value) is str else None for value in values]))
    others = [None if type(value) is float else text_of(value) for value in values]
    return Parts(numbers, _words(others))


def _words(values: Sequence[CellValue]) -> pl.Series:
    words = pl.Series(values, dtype=pl.String)
    return words.set(words == "", None) if len(words) else words


def _texts(parts: Parts, length: int, shown: ShownAs | None) -> pl.Series:
    numbers, words = parts
    texts = None if words is None else words.cast(pl.String)
    if numbers is None:
        return pl.Series([None], dtype=pl.String).new_from_index(0, length) if texts is None else texts
    printed = number_texts(numbers, shown)
    return printed if texts is None else printed.zip_with(texts.is_null(), texts)


def number_texts(numbers: pl.Series, shown: ShownAs | None) -> pl.Series:
    """Return numbers as their shortest decimals, or as a number format prints them."""
    if shown is not None and shown.exponent:
        numbers = numbers * 10.0**shown.exponent
    texts = _shortest(numbers)
    if shown is None:
        return texts
    if shown.decimals:
        texts = _padded(texts, shown.decimals)
    unit = "%" if shown.percent else shown.unit
    return texts + unit if unit else texts


def _shortest(numbers: pl.Series) -> pl.Series:
    """Return shortest decimals at 15 significant digits, without exponent and without `.0`."""
    whole = numbers.cast(pl.Int64, strict=False)
    is_whole = ((whole == numbers) & (numbers.abs() < 1e15)).fill_null(value=False)
    if is_whole.all():
        return whole.cast(pl.String)
    texts = numbers.cast(pl.String)
    odd = (texts.str.len_bytes() > _SAFE_LENGTH) | texts.str.contains("[eEn]") | (numbers.abs() >= 1e15)
    rows = (odd.fill_null(value=False) & ~is_whole).arg_true()
    if len(rows):
        shorter = [_shortened(number) for number in numbers.gather(rows).to_list()]
        texts = texts.scatter(rows, pl.Series(shorter, dtype=pl.String))
    return whole.cast(pl.String).zip_with(is_whole, texts)


def _shortened(number: float) -> str | None:
    """Return what `text_of` returns, without a decimal where the text of the float is one already."""
    text = format(number, ".15g")
    return text_of(number) if "e" in text or "n" in text else text


def _padded(texts: pl.Series, decimals: int) -> pl.Series:
    """Fill decimals up with zeros: 13 shown with one decimal is `13.0`."""
    point = texts.str.find(".", literal=True)
    missing = decimals - (texts.str.len_bytes() - point - 1).cast(pl.Int32).fill_null(0)
    with_point = texts.zip_with(point.is_not_null() | texts.is_null(), texts + ".")
    zeros = pl.Series(["0" * count for count in range(decimals + 1)])
    return with_point + zeros.gather(missing.clip(0, decimals).cast(pl.UInt32))


def _printed(value: CellValue, number_format: str) -> str | None:
    parsed = parse_cell(value, number_format) if isinstance(value, int | float) else None
    if parsed is None or parsed.number is None:
        return text_of(value)
    return format(parsed.number, "f") + (parsed.unit.text if parsed.unit else "")


def text_of(value: CellValue) -> str | None:
    """Return a cell value as text: numbers as their shortest decimal, dates as ISO, None for empty."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    if isinstance(value, int | float):
        return format(decimal_of(value), "f")
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    return str(value)
