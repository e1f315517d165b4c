"""What all rows of a sheet look like at once: the kinds of their cells, and the distinct contents of a column.

Most rows of a table look alike, so that what a shape of row says is worked out once for each distinct shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

import polars as pl

from ipstrong.layout.marks import CellMark, Kind, MarkedGrid, mark_of
from ipstrong.layout.words import BARE_NOTE, NOTE_LINE, SURE_NOTE, Role, role_of
from ipstrong.readers.grid import CellValue, FrameGrid

_KIND = 15
_COMMENT, _META, _ITEM, _STUB = 16, 32, 64, 128
META_ROLES = frozenset({Role.CODE, Role.NOTE, Role.FREQUENCY, Role.STATUS, Role.UNIT})
STUB_ROLES = frozenset({Role.LABEL, Role.REGION, Role.PERIOD})
COLUMN_NAMES = frozenset((*"甲乙丙丁戊ABCDEFGH", "栏次", "代码"))
"""How official forms name their columns."""
ITEM_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})?")
LEAD_NUMBER = re.compile(r"[(（\[]?\d{1,2}(?:\.\d{1,2})?[)）\].．、:：]{0,2}|[①-⑳]")
_WORDY = frozenset({Kind.TEXT, Kind.UNIT, Kind.PERIOD, Kind.PART})
_SURE_NUMBER = (
    r"^(?:[1-9][0-9]{2,14}(?:\.[0-9]{1,15})?|-(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?|(?:0|[1-9][0-9]?)\.[0-9]{3,15})$"
)
"""Texts that are numbers and could number no item; those that could be years or months are left out by `_YEAR_LIKE`."""
_YEAR_LIKE = r"^(?:19|20|21)[0-9]{2}(?:[0-9]{2})?(?:\.0)?$"
_MOST_CODES = 4
"""Columns whose codes, of one byte each, are joined at a time."""


_LAST_YEAR, _FIRST_MONTH, _LAST_MONTH = 2100, 195001, 204912
"""Numbers from 0 to the last year, and of these months, may be more than values; all others are not."""


class Distinct(NamedTuple):
    """The contents of a column, each once."""

    ids: pl.Series
    """For every row, the place of its content in the lists."""
    marks: list[CellMark]
    values: list[CellValue]


def distinct(sheet: MarkedGrid, column: int, rows: Sequence[int] | None = None) -> Distinct:
    """Return the distinct contents of a column in some rows, or in all."""
    grid = sheet.grid
    if any(column in settled for settled in sheet.settled.values()):
        known: dict[tuple[CellMark, CellValue], int] = {}
        wanted = range(sheet.height) if rows is None else rows
        ids = [known.setdefault((sheet.at(row, column), sheet.value(row, column)), len(known)) for row in wanted]
        return Distinct(pl.Series(ids, dtype=pl.UInt32), [mark for mark, _ in known], [value for _, value in known])
    comma = grid.extras.decimal_comma
    if isinstance(grid, FrameGrid):
        texts = picked(grid.frame.to_series(column), rows).cast(pl.Categorical)
        found = texts.unique(maintain_order=True)
        words = found.cast(pl.String).to_list()
        marks = [mark_of(text, decimal_comma=comma) for text in words]
        return Distinct(_numbered(texts, found, range(len(found))), marks, words)
    lines = grid.rows()
    values = [lines[row][column] for row in rows] if rows is not None else [line[column] for line in lines]
    keys: list[Any] = values
    if len(set(map(type, values)) - {str, type(None)}) > 1:  # True, 1 and 1.0 are equal, and still three contents
        keys = list(zip(map(type, values), values, strict=True))
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    contents = list(numbers) if keys is values else [value for _, value in numbers]
    marks = [mark_of(value, decimal_comma=comma) for value in contents]
    return Distinct(pl.Series([numbers[key] for key in keys], dtype=pl.UInt32), marks, contents)


def picked(series: pl.Series, rows: Sequence[int] | None) -> pl.Series:
    """Return some rows of a series."""
    if rows is None:
        return series
    if len(rows) and rows[-1] - rows[0] + 1 == len(rows):
        return series.slice(rows[0], len(rows))
    return series[pl.Series(rows, dtype=pl.UInt32)]


def _numbered(texts: pl.Series, found: pl.Series, numbers: Sequence[int]) -> pl.Series:
    """Return for every categorical text the number of its like among the distinct texts."""
    places = found.to_physical()
    blank = next((number for text, number in zip(places, numbers, strict=True) if text is None), 0)
    known = pl.DataFrame({"place": places, "number": pl.Series(numbers, dtype=pl.UInt32)}).drop_nulls("place")
    table = pl.Series([blank], dtype=pl.UInt32).new_from_index(0, 2 + max(known["place"], default=0))
    table = table.scatter(known["place"], known["number"])
    return table[texts.to_physical().fill_null(len(table) - 1)]


class RowShapes:
    """The shape of every row: a byte for each cell, which holds its kind and what its text may do to a row."""

    def __init__(self, sheet: MarkedGrid) -> None:
        """Work out the shapes."""
        self.of: list[bytes] = []
        """The distinct shapes."""
        self._decimal_comma = sheet.grid.extras.decimal_comma
        grid = sheet.grid
        self.ids = self._of_frame(grid.frame) if isinstance(grid, FrameGrid) else self._of_rows(grid.rows())
        """For every row, the place of its shape."""
        if sheet.settled:
            known = {shape: number for number, shape in enumerate(self.of)}
            rows = sorted(sheet.settled)
            shapes = [bytes(map(code_of, sheet.line(row))) for row in rows]
            ids = [known.setdefault(shape, len(known)) for shape in shapes]
            self.of = list(known)
            self.ids = self.ids.scatter(rows, ids)
        counts = dict(self.ids.value_counts().iter_rows())
        self.counts = [counts.get(number, 0) for number in range(len(self.of))]

    def _of_rows(self, rows: Sequence[Sequence[CellValue]]) -> pl.Series:
        # A cell far out makes millions of blank ones; a row of nothing else is recognised at once.
        filled = [
            (number, row) for number, row in enumerate(rows) if any(row) or row.count(None) + row.count("") < len(row)
        ]
        columns = zip_longest(*(row for _, row in filled))
        known: dict[bytes, int] = {}
        ids = [known.setdefault(bytes(shape), len(known)) for shape in zip(*map(self._codes, columns), strict=True)]
        if len(filled) < len(rows):
            blank = known.setdefault(bytes(max(map(len, rows), default=0)), len(known))
            of_filled, ids = ids, [blank] * len(rows)
            for (number, _), own in zip(filled, of_filled, strict=True):
                ids[number] = own
        self.of = list(known)
        return pl.Series(ids, dtype=pl.UInt32)

    def _codes(self, values: Sequence[CellValue]) -> bytes:
        """Return the codes of a column, each distinct content coded once."""
        if bool in set(map(type, values)):  # True equals 1
            return bytes(map(self._code, values))
        codes = {value: self._code(value) for value in set(values)}
        return bytes(map(codes.__getitem__, values))

    def _of_frame(self, frame: pl.DataFrame) -> pl.Series:
        columns = [self._column_codes(column) for column in frame.iter_columns()]
        ids = pl.repeat(0, frame.height, dtype=pl.UInt64, eager=True)
        shapes = [b""]
        for start in range(0, len(columns), _MOST_CODES):
            group = columns[start : start + _MOST_CODES]
            joined = ids
            for codes in group:
                joined = joined * 256 + codes.cast(pl.UInt64)
            found = joined.unique().sort()
            width = len(group)
            shapes = [
                shapes[number >> 8 * width] + (number & (1 << 8 * width) - 1).to_bytes(width, "big")
                for number in found.to_list()
            ]
            ids = found.search_sorted(joined).cast(pl.UInt64)
        self.of = shapes
        return ids.cast(pl.UInt32)

    def _column_codes(self, texts: pl.Series) -> pl.Series:
        """Return the code of every text of a column; of numbers that can be nothing else without looking at each."""
        if texts.dtype == pl.String:
            is_sure = texts.str.contains(_SURE_NUMBER) & ~texts.str.contains(_YEAR_LIKE)
            if self._decimal_comma:
                is_sure &= ~texts.str.contains(".", literal=True)
            rest = ~is_sure.fill_null(value=False)
            codes = pl.Series([int(Kind.NUMBER)], dtype=pl.UInt32).new_from_index(0, len(texts))
            if not rest.any():
                return codes
            places = pl.int_range(len(texts), dtype=pl.UInt32, eager=True).filter(rest)
            return codes.scatter(places, self._text_codes(texts.filter(rest).cast(pl.Categorical)))
        return self._text_codes(texts)

    def _text_codes(self, texts: pl.Series) -> pl.Series:
        found = texts.unique()
        return _numbered(texts, found, [self._code(text) for text in found.cast(pl.String)])

    def _code(self, value: CellValue) -> int:
        is_sure = type(value) is float and (value < 0 or _LAST_YEAR < value < _FIRST_MONTH or value > _LAST_MONTH)
        return int(Kind.NUMBER) if is_sure else code_of(mark_of(value, decimal_comma=self._decimal_comma))

    def where(self, holds: Callable[[bytes], bool]) -> pl.Series:
        """Return for every row whether something holds of its shape."""
        return pl.Series([holds(shape) for shape in self.of], dtype=pl.Boolean)[self.ids]

    def rows_where(self, holds: Callable[[bytes], bool]) -> list[int]:
        """Return the rows of which something holds of their shape."""
        found = [holds(shape) for shape in self.of]
        if not any(found):
            return []
        if all(found):
            return [*range(len(self.ids))]
        return pl.Series(found, dtype=pl.Boolean)[self.ids].arg_true().to_list()

    def at(self, row: int) -> bytes:
        """Return the shape of a row."""
        return self.of[int(self.ids[row])]

    def among(self, rows: Sequence[int]) -> list[bytes]:
        """Return the shapes that some rows have."""
        return [self.of[number] for number in picked(self.ids, rows).unique().to_list()]


def code_of(mark: CellMark) -> int:
    """Return the kind of a cell with what its text may do to its row."""
    kind, text = mark.kind, mark.text
    if kind is Kind.BLANK:
        return 0
    code = int(kind)
    if text in COLUMN_NAMES or BARE_NOTE.fullmatch(text) is not None:
        code |= _COMMENT
    if kind in _WORDY:
        if kind is Kind.TEXT and (SURE_NOTE.match(text) or NOTE_LINE.match(text)):
            code |= _COMMENT
        role = role_of(text) if mark.is_wordy else None
        code |= _META if role in META_ROLES else _STUB if role in STUB_ROLES else 0
    if len(text) < 10 and LEAD_NUMBER.fullmatch(text):
        code |= _ITEM
    return code


def kinds_of(shape: bytes, first: int, last: int) -> list[int]:
    """Return the kinds of the cells of a row between two columns."""
    return [code & _KIND for code in shape[first : last + 1]]


def is_plain_data(shape: bytes, first: int, last: int, *, with_years: bool = False) -> bool:
    """Whether a row is certainly one of values, wherever it is below others: no note, heading or numbering.

    Args:
        shape: The row.
        first: Its first column.
        last: Its last column.
        with_years: Whether its only numbers may be years, as below a heading that it does not repeat.
    """
    cells = [code for code in shape[first : last + 1] if code]
    if not cells or any(code & _COMMENT for code in cells):
        return False
    lead, kinds = cells[0], [code & _KIND for code in cells]
    n_years = kinds.count(Kind.YEAR)
    if lead & _META or (Kind.NUMBER not in kinds and not (with_years and n_years)):
        return False
    if n_years >= 4 or (n_years and lead & _STUB):
        return False
    numbers_words = lead & _ITEM or kinds[0] == Kind.MISSING
    return not (numbers_words and (len(cells) <= 2 or not _WORDED.isdisjoint(kinds[1:])))


_WORDED = frozenset({int(Kind.TEXT), int(Kind.PERIOD), int(Kind.PART)})
