"""Cells of the CSV report: numbers, texts and places as they are written there, and what a target's lines share."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ipstrong.diagnostics import a1
from ipstrong.model.plan import Target
from ipstrong.model.result import NotComputed
from ipstrong.reports.escapes import csv_text
from ipstrong.reports.formatting import plain
from ipstrong.texts import Text


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
