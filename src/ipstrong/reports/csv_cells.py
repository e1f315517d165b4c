"""Cells of the CSV report: numbers, texts and places as they are written there, and what a target's lines share."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ipstrong.diagnostics import a1
from ipstrong.model.plan import Target
from ipstrong.model.result import CellPlace, NotComputed
from ipstrong.reports.escapes import csv_text
from ipstrong.reports.formatting import plain
from ipstrong.texts import Text

if TYPE_CHECKING:
    from ipstrong.model.lines import Numbers, PlaceColumn


class TargetCells(NamedTuple):
    """The cells of a target, which are the same for every region."""

    before_region: str
    after_reason: str
    value: Decimal | None
    goal: str
    upper: str


def target_cells(target: Target) -> TargetCells:
    """Return the cells of a target."""
    first = [
        text_cell(target.id),
        str(target.number),
        text_cell(target.area),
        text_cell(target.name.zh),
        text_cell(target.name.en),
    ]
    second = [
        target.measure.value,
        target.comparator.value if target.comparator else "",
        str(target.base_year or ""),
        str(target.deadline or ""),
        text_cell(target.unit.text if target.unit else ""),
    ]
    goal = "" if target.value is None else number(target.value)
    upper = "" if target.upper is None else number(target.upper)
    return TargetCells(",".join(first), ",".join(second), target.value, goal, upper)


def region_cells(region: str, name: Text) -> str:
    """Return the cells of a region."""
    return ",".join((text_cell(region), text_cell(name.zh), text_cell(name.en)))


class Places:
    """Writes where cells stand; what stands before row and column is made once a sheet."""

    def __init__(self) -> None:
        """Begin with nothing written."""
        self._sheets: dict[tuple[str, str | None], str] = {}
        self._letters: dict[int, str] = {}

    def text(self, file: str, sheet: str | None, row: int, column: int) -> str:
        """Return a place: `data.csv:12:4` or `book.xlsx[Sheet1!D12]`."""
        before = self._before(file, sheet)
        return f"{before}{row + 1}:{column + 1}" if sheet is None else f"{before}{self._letter(column)}{row + 1}]"

    def _before(self, file: str, sheet: str | None) -> str:
        """Return what stands before the row and column of a place."""
        before = self._sheets.get((file, sheet))
        if before is None:
            before = self._sheets[file, sheet] = csv_text(f"{file}:" if sheet is None else f"{file}[{sheet}!")
        return before

    def _letter(self, column: int) -> str:
        letters = self._letters.get(column)
        if letters is None:
            letters = self._letters[column] = a1(0, column)[:-1]
        return letters

    def joined(self, places: tuple[CellPlace, ...]) -> str:
        """Return places joined by blanks; most stand in the file and sheet of the one before."""
        last_file, last_sheet, before = None, None, ""
        texts = []
        for file, sheet, row, column in places:
            if file is not last_file or sheet is not last_sheet:
                last_file, last_sheet, before = file, sheet, self._before(file, sheet)
            texts.append(
                f"{before}{row + 1}:{column + 1}" if sheet is None else f"{before}{self._letter(column)}{row + 1}]"
            )
        return " ".join(texts)

    def column(self, places: PlaceColumn) -> list[str]:
        """Return the places of a column, blank where there is none."""
        files, sheets, rows, columns = places
        if len(set(files)) == 1 and len(set(sheets)) == 1 and len(set(columns)) == 1 and None not in rows:
            # One file, one sheet, one column and no blank: all but the row is the same.
            before, sheet, column = self._before(files[0], sheets[0]), sheets[0], columns[0]
            if sheet is None:
                after = f":{column + 1}"
                return [f"{before}{row + 1}{after}" for row in rows if row is not None]
            before += self._letter(column)
            return [f"{before}{row + 1}]" for row in rows if row is not None]
        return [
            "" if row is None else self.text(file, sheet, row, column)
            for file, sheet, row, column in zip(files, sheets, rows, columns, strict=True)
        ]


# --- numbers ----------------------------------------------------------------------------------------------------------


def number(value: Decimal | NotComputed | None) -> str:
    """Return an exact number; nothing where there is none."""
    # This runs a dozen times a line: `plain` is called only for texts that its fast way would not leave alone.
    if type(value) is not Decimal:
        return ""
    text = str(+value)
    last = text[-1]
    if (last == "0" and "." in text) or last == "y" or "E" in text:
        return plain(value) if value.is_finite() else ""
    return text


_LONG = 14
"""Characters of thirteen digits and a point: a double that needs more was computed, and its last digits are noise."""

_LEAST, _MOST = 1e-4, 1e10
"""Between these, ten digits are written without an exponent."""


def given(value: float | None) -> str:
    """Return a value that was observed, or computed from observed ones, with the digits that it has."""
    if value is None:
        return ""
    text = f"{value:.15g}"
    if len(text) > _LONG:
        return made(value)
    return _plainly(value, text) if "e" in text or text == "-0" or "n" in text else text


def made(value: float | None) -> str:
    """Return a computed value to ten digits."""
    if value is None:
        return ""
    if _LEAST <= value < _MOST:
        return f"{value:.10g}"
    return _plainly(value, f"{value:.10g}")


def _plainly(value: float, text: str) -> str:
    """Return a number without exponent and without a sign before nothing; nothing for what is infinite."""
    if not math.isfinite(value):
        return ""
    return plain(Decimal(text)) if "e" in text or text == "-0" else text


def given_column(values: Numbers) -> list[str] | str:
    """Return `given` of every value; one blank for no column."""
    if values is None:
        return ""
    # `given` and `made` spelt out for the plain cases: this runs for every number of every region.
    return [
        ""
        if value is None
        else text
        if (is_short := len(text := f"{value:.15g}") <= _LONG) and "e" not in text and "n" not in text and text != "-0"
        else f"{value:.10g}"
        if not is_short and (_LEAST <= value < _MOST or -_MOST < value <= -_LEAST)
        else given(value)
        for value in values
    ]


def made_column(values: Numbers, factor: float | None = None) -> list[str] | str:
    """Return `made` of every value, times a factor where there is one; one blank for no column."""
    if values is None:
        return ""
    if factor is not None:
        values = [None if value is None else value * factor for value in values]
    return [
        ""
        if value is None
        else f"{value:.10g}"
        if _LEAST <= value < _MOST or -_MOST < value <= -_LEAST
        else made(value)
        for value in values
    ]


# --- texts ------------------------------------------------------------------------------------------------------------


def text_cell(text: str) -> str:
    """Return a cell of text: inert, no formula, quoted where it must be."""
    return quote(csv_text(text))


def quote(text: str) -> str:
    """Return a cell, quoted where it must be."""
    if '"' in text or "," in text:
        escaped = text.replace('"', '""')
        return f'"{escaped}"'
    return text
