"""Years that only their neighbours tell: `'17`, `17年`, and years of the Republic without its name: `99年 100年 101年`.

Alone such a cell is a number, a term or an age. In a heading row, or in a column headed as years, a run of them that goes on
by one is plain: two digits continue the full years next to them, three digits are years of the Republic of China.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ipstrong.layout.marks import CellMark, Kind, MarkedGrid
from ipstrong.layout.row_shapes import distinct
from ipstrong.layout.words import fold
from ipstrong.model.period import PeriodKind, year

_ROWS, _WIDTH, _COLUMNS = 30, 200, 4
"""Heading rows and how much of them, and how many label columns are looked at."""
_ENOUGH = 3
"""Years of a run without a full year next to them."""
_LONGEST = 6
_HEADING = 8
_EPOCH = 1911
"""The first year of the Republic is 1912."""
_SHORT = re.compile(r"(?:'(?P<two>[0-9]{2})|(?P<worded>[0-9]{2,3})\s*年[度底末]?)")
_BARE = re.compile(r"(?P<bare>[0-9]{2,3})(?:\.0)?")
_REPUBLIC = re.compile(r"民[国國]|中華民國")
_YEAR_HEADING = frozenset({"年", "年份", "年度", "年別", "年别", "年次", "民国年", "民國年", "year", "years"})
_TRADITIONAL = frozenset("區數別縣計臺總業產類額億萬項單資")


class _WrittenYear(NamedTuple):
    """A cell that may name a year."""

    place: tuple[int, int]
    number: int
    is_full: bool


def settle_short_years(sheet: MarkedGrid) -> None:
    """CellMark as periods the short years of a sheet that their neighbours make plain."""
    for row in range(min(sheet.height, _ROWS)):
        texts = [mark.text for mark in sheet.line(row)[:_WIDTH] if mark.period is None]
        if not any(2 < len(text) <= _LONGEST and (text[0] == "'" or text[-1] in "年度底末") for text in texts):
            continue
        cells = _cells(sheet, ((row, column) for column in range(min(sheet.width, _WIDTH))), bare=False)
        # An apostrophe only marks numbers kept as text where the rows below have it too.
        quoted = [cell.place[1] for cell in cells if sheet.at(*cell.place).text.startswith("'")]
        are_quoted_below = any(sheet.at(row + 1, column).text.startswith("'") for column in quoted)
        if any(not cell.is_full for cell in cells) and not are_quoted_below:
            _settle(sheet, cells, is_republic=_is_traditional(sheet.line(row)), is_headed=False)
    for column in range(min(sheet.width, _COLUMNS)):
        heading = _year_heading(sheet, column)
        if heading is not None and any(_number(mark.text) is not None for mark in distinct(sheet, column).marks):
            row, text = heading
            below = ((lower, column) for lower in range(row + 1, sheet.height))
            is_republic = bool(_REPUBLIC.search(text)) or _is_traditional(sheet.line(row))
            _settle(sheet, _cells(sheet, below, bare=True), is_republic=is_republic, is_headed=True)


def _number(text: str) -> int | None:
    """Return the number of a short year."""
    short = _SHORT.fullmatch(text) or _BARE.fullmatch(text) if len(text) <= _LONGEST else None
    return None if short is None else int(next(filter(None, short.groups())))


def _cells(sheet: MarkedGrid, places: Iterable[tuple[int, int]], *, bare: bool) -> list[_WrittenYear]:
    """Return the cells that name years in full or in short, in their order."""
    found: list[_WrittenYear] = []
    for row, column in places:
        mark = sheet.at(row, column)
        if mark.period is not None and mark.period.kind is PeriodKind.YEAR:
            found.append(_WrittenYear((row, column), mark.period.year, is_full=True))
        elif (mark.kind is Kind.TEXT or mark.kind is Kind.NUMBER) and len(mark.text) <= _LONGEST:
            short = _SHORT.fullmatch(mark.text) or (_BARE.fullmatch(mark.text) if bare else None)
            if short is not None:
                found.append(_WrittenYear((row, column), int(next(filter(None, short.groups()))), is_full=False))
    return found


def _year_heading(sheet: MarkedGrid, column: int) -> tuple[int, str] | None:
    """Return the row and text of the heading that makes a column one of years."""
    for row in range(min(sheet.height, _ROWS)):
        mark = sheet.at(row, column)
        if (
            mark.kind is Kind.TEXT
            and len(mark.text) <= _HEADING
            and (fold(mark.text) in _YEAR_HEADING or _REPUBLIC.fullmatch(mark.text))
        ):
            return row, mark.text
    return None


def _is_traditional(marks: Sequence[CellMark]) -> bool:
    return any(not _TRADITIONAL.isdisjoint(mark.text) for mark in marks)


def _settle(sheet: MarkedGrid, cells: Sequence[_WrittenYear], *, is_republic: bool, is_headed: bool) -> None:
    years = plain_years([(cell.number, cell.is_full) for cell in cells], is_republic=is_republic, is_headed=is_headed)
    for cell, number in zip(cells, years, strict=True):
        if number is not None and not cell.is_full:
            row, column = cell.place
            sheet.settle(row, column, CellMark(Kind.PERIOD, sheet.at(row, column).text, year(number)))


def plain_years(
    numbers: Sequence[tuple[int, bool]], *, is_republic: bool = False, is_headed: bool = False
) -> list[int | None]:
    """Return the years of a run of full and short ones; None for all of them where they are not plain.

    Args:
        numbers: Each with whether it is a year in full.
        is_republic: Whether the surroundings speak of the Republic, or are written in traditional characters.
        is_headed: Whether a heading says that these are years, so that two are enough.
    """
    short = [number for number, is_full in numbers if not is_full]
    unknown: list[int | None] = [None] * len(numbers)
    has_full = len(short) < len(numbers)
    if not short or (len(set(short)) < (2 if is_headed else _ENOUGH) and not has_full and max(short) < 100):
        return unknown
    republic = [number if is_full else _EPOCH + number for number, is_full in numbers]
    western = [number if is_full else number + (1900 if number >= 50 else 2000) for number, is_full in numbers]
    if max(short) >= 100:
        readings = [republic]  # three digits
    elif is_republic:
        readings = [republic, western]
    else:
        readings = [western]
    return next((list(reading) for reading in readings if _goes_on(reading)), unknown)


def _goes_on(years: Sequence[int]) -> bool:
    """Whether years go on by one, or back by one; a year may hold for several rows."""
    steps = {after - before for before, after in pairwise(years)} - {0}
    return steps in ({1}, {-1}) and max(years) <= 2100
