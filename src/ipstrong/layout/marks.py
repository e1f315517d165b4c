"""Every cell of a sheet sorted by what it could be, before it is known what it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from ipstrong.diagnostics import Location
from ipstrong.layout.labels import indent_of, is_unit, tidy
from ipstrong.model.period import Period, PeriodKind
from ipstrong.readers.grid import CellFlaw, CellNote, CellValue, FrameGrid, Grid, place
from ipstrong.values.cell_marks import FOOTNOTE
from ipstrong.values.cells import CellKind, parse_text
from ipstrong.values.periods import read_period

_LEAP = 2000
"""A year to try parts of years with."""


class Kind(IntEnum):
    """What a cell could be."""

    BLANK = 0
    NUMBER = 1
    YEAR = 2
    """A plain number from 1900 to 2100: a year or a value, the surroundings decide."""
    PERIOD = 3
    """A text or date that can only be a period."""
    PART = 4
    """A month, quarter or half without its year."""
    MISSING = 5
    UNIT = 6
    TEXT = 7
    FLAW = 8
    """An error value, or a formula without a saved result."""


VALUES = frozenset({Kind.NUMBER, Kind.YEAR, Kind.MISSING, Kind.FLAW})
"""What values may be where there certainly is a table."""


class CellMark(NamedTuple):
    """One cell as sorted."""

    kind: Kind
    text: str = ""
    """Text on one line; the shortest decimal of a number."""
    period: Period | None = None
    """The period of YEAR, PERIOD; of PART in an arbitrary year."""
    indent: int = 0
    """Blanks before the text."""

    @property
    def is_numeric(self) -> bool:
        """Whether it could be a value: a number, a year-like number, a missing mark, or a cell whose value is lost."""
        return self.kind in _NUMERIC

    @property
    def is_timely(self) -> bool:
        """Whether it could name a period."""
        return self.kind in _TIMELY

    @property
    def is_wordy(self) -> bool:
        """Whether it is a word: text or a unit."""
        return self.kind is Kind.TEXT or self.kind is Kind.UNIT

    def in_year(self, year: int) -> Period | None:
        """Return the period of a PART in this year."""
        if self.period is None:
            return None
        return self.period._replace(year=year)


BLANK = CellMark(Kind.BLANK)
_NUMERIC = frozenset({Kind.NUMBER, Kind.YEAR, Kind.MISSING, Kind.FLAW})
_TIMELY = frozenset({Kind.YEAR, Kind.PERIOD, Kind.PART})


def mark_of(value: CellValue, *, decimal_comma: bool = False) -> CellMark:
    """Return what a cell could be."""
    if value is None or value == "":
        return BLANK
    if isinstance(value, str):
        return _mark_text(value, decimal_comma)
    if isinstance(value, bool):
        return CellMark(Kind.TEXT, str(value).upper())
    if isinstance(value, int | float):
        return _mark_number(value)
    if isinstance(value, dt.date):
        period = read_period(value)
        return CellMark(Kind.PERIOD if period else Kind.TEXT, str(value).removesuffix(" 00:00:00"), period)
    return CellMark(Kind.TEXT, str(value))


def _mark_number(value: float) -> CellMark:
    if _FIRST_MONTH <= value <= _LAST_MONTH and value == int(value):
        period = read_period(value)
        return CellMark(Kind.YEAR if period else Kind.NUMBER, str(int(value)), period)
    if 1900 <= value <= 2100 and value == int(value):
        return CellMark(Kind.YEAR, str(int(value)), Period(PeriodKind.YEAR, int(value)))
    return CellMark(Kind.NUMBER, str(value))


@lru_cache(maxsize=65536)
def _mark_text(value: str, decimal_comma: bool) -> CellMark:
    if _PLAIN_NUMBER.fullmatch(value) and not (decimal_comma and "." in value):
        return _year_in(value) or CellMark(Kind.NUMBER, value)
    text = tidy(value)
    if not text:  # `…` alone is no leader but a mark for a missing value
        return CellMark(Kind.MISSING, value.strip()) if value.strip(_BLANKS) else BLANK
    year = _year_in(text)
    if year is not None:
        return year
    period = read_period(value, numbers=False)
    if period is not None:
        return CellMark(Kind.PERIOD, text, period, indent_of(value))
    if text[0] in "(（" and text[-1] in ")）" and is_unit(text):
        return CellMark(Kind.UNIT, text, None, indent_of(value))
    parsed = parse_text(value, decimal_comma=decimal_comma)
    if parsed.kind is CellKind.NUMBER:
        return CellMark(Kind.NUMBER, text)
    if parsed.kind is CellKind.MISSING:
        return CellMark(Kind.MISSING, text)
    part = read_period(value, year=_LEAP, numbers=False) if len(text) > 1 else None
    if part is not None:
        return CellMark(Kind.PART, text, part, indent_of(value))
    if text in _WHOLE_YEAR:
        return CellMark(Kind.PART, text, Period(PeriodKind.YEAR, _LEAP), indent_of(value))
    if not {"error_value", "not_finite", "bad_grouping"}.isdisjoint(parsed.remarks) or (
        "scanned_digits" in parsed.remarks and _SPOILT.search(text)
    ):
        return CellMark(Kind.FLAW, text)
    return CellMark(Kind.UNIT if is_unit(text) else Kind.TEXT, text, None, indent_of(value))


def _year_in(text: str) -> CellMark | None:
    """Return the mark of a year, or of a month such as 201906, that is plain digits and could be a value as well."""
    digits = text.removesuffix(".0")  # a year that passed through a column of floating numbers
    if len(digits) == 6 and digits[0] in "(（" and digits[-1] in ")）":
        digits = digits[1:-1]  # `(2018)` over a column; among values it is a negative number
    elif digits[-1:] not in _DIGITS and digits[:1] in _DIGITS:
        digits = FOOTNOTE.sub("", digits)  # `2019①`
    # Longer digits are neither, and `int` refuses thousands of them.
    if len(digits) > len("201906") or not (digits.isascii() and digits.isdigit()):
        return None
    number = int(digits)
    if len(digits) == 4 and 1900 <= number <= 2100:
        return CellMark(Kind.YEAR, digits, Period(PeriodKind.YEAR, number))
    return _mark_number(number) if len(text) == 6 and _FIRST_MONTH <= number <= _LAST_MONTH else None


_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
_DIGITS = frozenset("0123456789")
_BLANKS = " \t\r\n\v\f\u00a0\u3000\u200b\ufeff"
_SPOILT = re.compile(r"\d|^[lLoOI|!]{2,6}$")
"""What tells spoilt digits from words of the same letters, such as names of places."""
_FIRST_MONTH, _LAST_MONTH = 195001, 204912
_WHOLE_YEAR = frozenset(
    {"全年", "全年累计", "全年合计", "全年数", "年度合计", "Annual", "Full year", "Whole year", "Year total"}
)


class MarkedGrid:
    """The sorted cells of a sheet, with merged ranges at hand. Rows are sorted when a cell of theirs is asked for."""

    def __init__(self, grid: Grid) -> None:
        """Sort nothing yet."""
        self.grid = grid
        self.height, self.width = grid.height, grid.width
        self._lines: list[list[CellMark] | None] = [None] * self.height
        self._values: list[list[CellValue]] = [[]] * self.height
        self._blank_line = [BLANK] * self.width
        self.settled: dict[int, dict[int, CellMark]] = {}
        """By row and column, cells that are not what their value says: flaws, and short years that their neighbours explain."""
        for (row, column), note in grid.extras.notes.items():
            if note.flaw is not None and row < self.height and column < self.width:
                self.settled.setdefault(row, {})[column] = _mark_flaw(note)
        self.merged = self._merged(grid.extras.merged)
        """The merged range of every cell that lies in one."""

    def _merged(self, spans: Iterable[tuple[int, int, int, int]]) -> dict[tuple[int, int], tuple[int, int, int, int]]:
        """Return the range of every cell in one; ranges do not overlap in a sound sheet, so more than it has cells are not read."""
        found: dict[tuple[int, int], tuple[int, int, int, int]] = {}
        left = self.height * self.width
        for span in spans:
            rows = range(span[0], min(span[2], self.height - 1) + 1)
            columns = range(span[1], min(span[3], self.width - 1) + 1)
            left -= len(rows) * len(columns)
            if left < 0:
                break
            found.update(((row, column), span) for row in rows for column in columns)
        return found

    def line(self, row: int) -> list[CellMark]:
        """Return the marks of a row."""
        line = self._lines[row]
        return line if line is not None else self._sort(row)

    def _sort(self, row: int) -> list[CellMark]:
        start = row - row % _CHUNK
        stop = min(start + _CHUNK, self.height)
        self._take(range(start, stop), self.grid.rows(start, stop))
        return self._lines[row] or self._blank_line

    def sort(self, rows: Sequence[int]) -> None:
        """Sort some rows together."""
        missing = [row for row in rows if self._lines[row] is None]
        if isinstance(self.grid, FrameGrid):
            self._take(missing, [[*values] for values in self.grid.frame[missing].rows()])
        else:
            lines = self.grid.rows()
            self._take(missing, [lines[row] for row in missing])

    def _take(self, rows: Sequence[int], values: Sequence[list[CellValue]]) -> None:
        comma = self.grid.extras.decimal_comma
        for row, cells in zip(rows, values, strict=True):
            # A cell far out makes millions of blank ones; a row of nothing else is recognised at once.
            is_blank = not any(cells) and cells.count(None) + cells.count("") == len(cells)
            line = self._blank_line if is_blank else [mark_of(value, decimal_comma=comma) for value in cells]
            if row in self.settled:
                line = [*line]
                for column, mark in self.settled[row].items():
                    line[column] = mark
            self._lines[row], self._values[row] = line, cells

    def settle(self, row: int, column: int, mark: CellMark) -> None:
        """Say what a cell is whose value alone does not say it."""
        self.settled.setdefault(row, {})[column] = mark
        self.line(row)[column] = mark

    def value(self, row: int, column: int) -> CellValue:
        """Return the value of a cell."""
        self.line(row)
        values = self._values[row]
        return values[column] if column < len(values) else None

    def place(self, row: int, column: int) -> Location:
        """Return the location of a cell."""
        return place(self.grid, row, column)

    def at(self, row: int, column: int) -> CellMark:
        """Return the mark of a cell; blank outside the sheet."""
        if 0 <= row < self.height:
            line = self._lines[row] or self._sort(row)
            if 0 <= column < len(line):
                return line[column]
        return BLANK

    def spread(self, row: int, column: int) -> CellMark:
        """Return the mark of a cell, or of the first cell of the merged range it lies in: for headings and labels only."""
        mark = self.at(row, column)
        if mark.kind is Kind.BLANK:
            span = self.merged.get((row, column))
            if span is not None:
                return self.at(span[0], span[1])
        return mark


_CHUNK = 32
"""Rows that are sorted together: a sample of a long sheet then sorts little more than itself."""


def _mark_flaw(note: CellNote) -> CellMark:
    lost = note.flaw is CellFlaw.NO_SAVED_VALUE
    return CellMark(Kind.FLAW, note.text or ("=" if lost else "#"))
