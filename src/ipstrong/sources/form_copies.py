"""A sheet as one copy of a form: what of it is part of the form, and which of its numbers are not."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ipstrong.sources.form_regions import REGION, Told, ToldBy, region_of, told_by
from ipstrong.sources.grid import CellValue, Grid
from ipstrong.sources.layout.words import Role, role_of
from ipstrong.sources.number_formats import read_number_format
from ipstrong.sources.regions import RegionNames, WrittenRegion

_LARGEST = 4000
"""Cells up to which a sheet is held against the forms before it."""
_NUMBER, _YEAR_LIKE = "\ud801", "\ud802"
"""Stand for a number, and for one that could be a year; halves of pairs, which no text of a file can hold."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_FIRST_MONTH, _LAST_MONTH = 195001, 204912
MANY = 4
"""Numbers in a row from which one of them that could be a year is taken for no more than a number."""
_TINY, _HUGE = 1e-9, 1e15
"""Beyond these a number is not printed as plain digits; it is read by itself."""
_TOP = 6
"""Rows among which the heading of a column stands."""
_SMALL_STEP = 3


class Copy(NamedTuple):
    """A sheet as one copy of a form."""

    form: Hashable
    """All that stands on the sheet except numbers that may differ, and its region."""
    region: WrittenRegion | None
    """The region that the sheet names; None where it names none, or several."""
    numbers: list[float]
    places: list[tuple[int, int]]
    """Row and column of each number."""
    years: frozenset[int]
    """Which of the numbers the form knows as one that could be a year."""
    told: Told
    """The texts that may tell the region."""
    told_by: ToldBy | None
    """Which of them does."""


def copy_of(grid: Grid, values: Sequence[Sequence[CellValue]], regions: RegionNames) -> Copy | None:
    """Return a sheet as a copy of a form; None for what is always read on its own: text tables, large and flawed sheets."""
    extras = grid.extras
    if grid.sheet is None or len(values) * grid.width > _LARGEST or extras.column_formats:
        return None
    if extras.notes and any(note.flaw is not None for note in extras.notes.values()):
        return None
    told = told_by(grid.sheet, values)
    written, told_by_what = region_of(told, regions) or (None, None)
    region = None if written is None else written.text
    fixed = _fixed_columns(values, grid.width)
    numbers: list[float] = []
    places: list[tuple[int, int]] = []
    years: list[int] = []
    rows: list[Sequence[object]] = []
    for row, cells in enumerate(values):
        line, found = _form_of_row(cells, region, fixed)
        years_here = [column for column, value in found if could_be_time(value)]
        if len(years_here) > 1:  # perhaps a heading, which only the years themselves can tell
            rows.append(cells)
            continue
        if years_here and len(found) < MANY:  # among more numbers, one that could be a year is a number like them
            line[years_here[0]] = _YEAR_LIKE
            years.append(len(numbers) + [column for column, _ in found].index(years_here[0]))
        rows.append(tuple(line))
        for column, value in found:
            numbers.append(value)
            places.append((row, column))
    form = (
        grid.sheet if region is None else grid.sheet.replace(region, REGION),
        extras.merged,
        told_by_what,
        written is not None and regions.stands_for(written),
        *map(tuple, rows),
        *_other_formats(grid, places),
    )
    return Copy(form, written, numbers, places, frozenset(years), told, told_by_what)


def _fixed_columns(values: Sequence[Sequence[CellValue]], width: int) -> frozenset[int]:
    """Return the columns whose numbers are part of the form: the first, years and months, and running numbers or codes."""
    numbers: list[list[float]] = [[] for _ in range(width)]
    for row in values:
        for column, value in enumerate(row):
            if type(value) is float or type(value) is int:
                numbers[column].append(value)
    times = {index for index, found in enumerate(numbers) if len(found) > 1 and all(map(could_be_time, found))}
    second = {1} if width > 1 and (_is_rising(numbers[1]) or _is_headed_as_code(values, 1)) else set[int]()
    return frozenset({0, *times, *second})


def _is_rising(numbers: Sequence[float]) -> bool:
    """Whether numbers go up by small whole steps, as the numbers of rows do."""
    return len(numbers) > 1 and all(0 < after - before <= _SMALL_STEP for before, after in pairwise(numbers))


def _is_headed_as_code(values: Sequence[Sequence[CellValue]], column: int) -> bool:
    headings = (row[column] for row in values[:_TOP])
    return any(isinstance(text, str) and role_of(text) in {Role.CODE, Role.RUNNING} for text in headings)


def _form_of_row(
    cells: Sequence[CellValue], region: str | None, fixed: frozenset[int]
) -> tuple[list[object], list[tuple[int, float]]]:
    """Return what of a row is part of the form, and the numbers that may differ with their columns."""
    line: list[object] = []
    numbers: list[tuple[int, float]] = []
    is_led = False
    for column, value in enumerate(cells):
        if type(value) is str:
            line.append(value if region is None else value.replace(region, REGION))
            is_led = is_led or value != ""
        elif value is None:
            line.append(None)
        elif (type(value) is float or type(value) is int) and column not in fixed and is_led and is_plain(value):
            line.append(_NUMBER)
            numbers.append((column, value))
        else:
            line.append((type(value), value))  # True is no 1
            is_led = True
    return line, numbers


def _other_formats(grid: Grid, places: Sequence[tuple[int, int]]) -> list[tuple[tuple[int, int], str]]:
    """Return the number formats of the cells whose numbers are part of the form."""
    notes = grid.extras.notes
    return sorted((place, notes[place].number_format or "") for place in notes.keys() - set(places)) if notes else []


def is_plain(value: float) -> bool:
    """Whether a number is printed as plain digits."""
    return _TINY < value < _HUGE or value == 0 or -_HUGE < value < -_TINY


def could_be_time(value: float) -> bool:
    """Whether a number could be a year (2019) or a month (201906) by itself."""
    return (_FIRST_YEAR <= value <= _LAST_YEAR or _FIRST_MONTH <= value <= _LAST_MONTH) and value == int(value)


def odd_numbers(numbers: Sequence[float]) -> list[int]:
    """Return which numbers could be a year or a month, or are not printed as plain digits."""
    return [
        index
        for index, value in enumerate(numbers)  # the first comparisons settle most
        if not (_TINY < value < _FIRST_YEAR or _LAST_YEAR < value < _FIRST_MONTH)
        and (not is_plain(value) or could_be_time(value))
    ]


def plain_formats(grid: Grid, copy: Copy) -> dict[int, str] | None:
    """Return the number formats of a copy that matter, by number; None where one scales, or names a unit."""
    if not grid.extras.notes:
        return {}
    formats: dict[int, str] = {}
    for index, place in enumerate(copy.places):
        number_format = grid.extras.number_format(*place)
        if number_format is not None:
            shown = read_number_format(number_format)
            if shown is not None:
                if shown.percent or shown.exponent or shown.unit:
                    return None
                formats[index] = number_format
    return formats
