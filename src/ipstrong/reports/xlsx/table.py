"""Tables: typed cells in columns, sized so that nothing is cut off, written below their headings."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from ipstrong.model.result import Status
from ipstrong.reports.xlsx.cells import display_width, inert, n_lines
from ipstrong.reports.xlsx.numbers import NumberFormat
from ipstrong.reports.xlsx.sheet import Sheet
from ipstrong.reports.xlsx.styles import FAINT

DASH = "—"
"""What stands where nothing was computed."""

_DIGIT = 1.08
"""Widths are counted in digits of the default font; a printed one is a little wider."""
_CHINESE_HEAD = 8.0
"""Width of four characters: what a Chinese heading is not broken below."""


class Words(NamedTuple):
    """A text."""

    text: str
    align: str = "left"
    bold: bool = False
    small: bool = False


class Amount(NamedTuple):
    """A number; with a formula, one that the sheet computes and whose value is given."""

    value: Decimal
    shown: NumberFormat
    formula: str = ""
    bold: bool = False
    remark: str = ""
    """A comment on the cell."""
    align: str = "right"


class Derived(NamedTuple):
    """A text that the sheet computes."""

    text: str
    formula: str
    align: str = "left"


class Missing(NamedTuple):
    """Not computed, and why."""

    reason: str


class Verdict(NamedTuple):
    """A status, as a word in its colour."""

    status: Status
    word: str
    formula: str = ""


Cell = Words | Amount | Derived | Missing | Verdict


class Column(NamedTuple):
    """A column: its heading and the range within which its width may lie."""

    id: str
    head: str
    least: float = 6.0
    most: float = 14.0


class Group(NamedTuple):
    """A row that names what follows."""

    text: str


Row = Sequence[Cell] | Group


def column_widths(columns: Sequence[Column], rows: Sequence[Row]) -> list[float]:
    """Return widths in which every number fits on one line; texts wrap within the column's bounds."""
    widths = [max(column.least, _head_width(column.head)) for column in columns]
    for row in rows:
        if isinstance(row, Group):
            continue
        for position, cell in enumerate(row):
            widths[position] = max(widths[position], _needed(cell, columns[position].most))
    return widths


def _head_width(head: str) -> float:
    """Return the width that the longest word of a heading needs; Chinese breaks anywhere, best where it is told to."""
    words = head.replace("\n", " ").split(" ")
    widths = [display_width(word) if word.isascii() else min(display_width(word), _CHINESE_HEAD) for word in words]
    return max(widths, default=0.0) * _DIGIT + 1.4


def _needed(cell: Cell, most: float) -> float:
    match cell:
        case Amount(value, shown):
            return shown.width(value) * _DIGIT + 1.5
        case Words(text, _, bold, small):
            size = 0.92 if small else 1.06 if bold else 1.0
            return min(most, display_width(inert(text)) * _DIGIT * size + 1.6)
        case Derived(text) | Verdict(_, text):
            return min(most, display_width(inert(text)) * _DIGIT + 1.6)
        case Missing():
            return 0.0


def write_table(
    sheet: Sheet,
    first_row: int,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    comments: bool = True,
) -> list[float]:
    """Write headings and rows from `first_row` on and return the widths of the columns.

    Args:
        sheet: where to write.
        first_row: 0-based row of the headings.
        columns: the columns, from A on.
        rows: rows of cells, one a column, or groups.
        comments: say on each mark of something not computed why it was not; off for very long tables.
    """
    fitted = column_widths(columns, rows)
    sheet.widths(fitted)
    for position, column in enumerate(columns):
        sheet.text(first_row, position, column.head, sheet.styles.head())
    sheet.height(first_row, max(n_lines(column.head, fitted[at] * 0.95) for at, column in enumerate(columns)))
    for offset, row in enumerate(rows, first_row + 1):
        if isinstance(row, Group):
            _write_group(sheet, offset, len(columns), row)
        else:
            _write_row(sheet, offset, row, fitted, comments=comments)
    return fitted


def _write_group(sheet: Sheet, row: int, n_columns: int, group: Group) -> None:
    sheet.text(row, 0, group.text, sheet.styles.group())
    for position in range(1, n_columns):
        sheet.text(row, position, "", sheet.styles.group())
    sheet.height(row, 1.15)


def _write_row(sheet: Sheet, row: int, cells: Sequence[Cell], widths: Sequence[float], *, comments: bool) -> None:
    lines = 1
    for position, cell in enumerate(cells):
        lines = max(lines, _lines(cell, widths[position]))
        write_cell(sheet, row, position, cell, comments=comments)
    sheet.height(row, max(lines, 1.15))


def _lines(cell: Cell, width: float) -> int:
    match cell:
        case Words(text, _, bold, small):
            return n_lines(inert(text), width * (1.04 if small else 0.9 if bold else 0.95)) if text else 1
        case Derived(text) | Verdict(_, text):
            return n_lines(inert(text), width * 0.92)
        case _:
            return 1


def write_cell(sheet: Sheet, row: int, col: int, cell: Cell, *, comments: bool = True) -> None:
    """Write one cell."""
    styles = sheet.styles
    match cell:
        case Words(text, align):
            sheet.text(row, col, text, styles.text(align=align, **emphasis(cell)))
        case Amount(value, shown, formula):
            style = styles.number(
                shown.cell_code if cell.align == "right" else shown.code,
                align=cell.align,
                **({"bold": True} if cell.bold else {}),
            )
            if formula:
                sheet.formula(row, col, formula, value, style)
            else:
                sheet.number(row, col, value, style)
            if cell.remark and comments:
                sheet.comment(row, col, cell.remark)
        case Derived(text, formula, align):
            sheet.formula(row, col, formula, text, styles.text(align=align))
        case Missing(reason):
            sheet.text(row, col, DASH, styles.dash())
            if comments and reason:
                sheet.comment(row, col, reason)
        case Verdict(status, word, formula):
            style = styles.status(status)
            if formula:
                sheet.formula(row, col, formula, word, style)
            else:
                sheet.text(row, col, word, style)


def emphasis(cell: Words) -> dict[str, Any]:
    """Return the properties of a bold or small text."""
    made: dict[str, Any] = {}
    if cell.bold:
        made["bold"] = True
    if cell.small:
        made.update(font_size=9, font_color=FAINT)
    return made
