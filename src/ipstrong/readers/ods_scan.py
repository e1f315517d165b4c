"""A walk through an ods document for its bounds, before anything is laid out, and for what its values do not say.

One cell may say that it repeats a million times, which is harmless for blanks and ruinous for anything else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from ipstrong.model.unit import parse_unit
from ipstrong.readers.grid import CellFlaw, CellNote
from ipstrong.readers.sheet_scan import format_matters
from ipstrong.values.number_formats import read_number_format

_PRINTED = re.compile(r"[^0-9−-]*(?P<number>[−-]?[0-9][0-9 ,\u00a0']*(?:\.(?P<decimals>[0-9]+))?)(?P<unit>[^0-9]*)")
_ERRORS = re.compile(r"(?:#[A-Z/0!?]+[!?A]|Err:[0-9]+)")
_MOST_REPEATS = 100_000
"""Cells that one cell with something to note may stand for."""


@dataclass(slots=True)
class OdsTable:
    """One sheet of an ods document, without its values."""

    name: str
    is_hidden: bool = False
    height: int = 0
    """Last row with content, counted from 1."""
    width: int = 0
    notes: dict[tuple[int, int], CellNote] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    n_characters: int = 0
    """Characters in all its cells, repeated ones counted as often as they are repeated."""


class TooManyCellsError(Exception):
    """A sheet asks for more cells than the limit; carries the sheet's name and the number."""

    def __init__(self, name: str, cells: int) -> None:
        """Keep what the sheet asks for."""
        self.name = name
        self.cells = cells
        super().__init__(name, cells)


def scan_ods(content: bytes, most_cells: int) -> list[OdsTable]:
    """Return the sheets of `content.xml` in order.

    Raises:
        TooManyCellsError: when a sheet would have more than `most_cells` cells.
        expat.ExpatError: when the XML is not well-formed, or declares entities.
    """
    walker = _Walker(most_cells)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.characters
    parser.EntityDeclHandler = _refuse_entities
    parser.Parse(content, True)
    return walker.tables


def _refuse_entities(*declaration: object) -> None:
    raise expat.ExpatError(f"entity declared: {declaration[0]}")


class _Walker:
    """Keeps rows and columns while the document goes by."""

    def __init__(self, most_cells: int) -> None:
        self.most_cells = most_cells
        self.tables: list[OdsTable] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.depth = 0
        """Nesting of tables; those inside cells are not sheets."""
        self.ignored = 0
        """Nesting of tracked changes and notes, whose texts are not the sheet's."""
        self.row = self.column = 0
        self.n_rows = self.n_columns = 1
        self.cell: dict[str, str] = {}
        self.text: list[str] = []
        self.in_cell = False

    def start(self, name: str, fields: dict[str, str]) -> None:
        """Note where the walk stands."""
        match name:
            case "table:tracked-changes" | "office:annotation":
                self.ignored += 1
            case "style:style":
                self.style = fields.get("style:name", "")
            case "style:table-properties" if fields.get("table:display") == "false":
                self.hidden_styles.add(self.style)
            case _ if self.ignored:
                return
            case "table:table":
                self.depth += 1
                if self.depth == 1:
                    hidden = fields.get("table:style-name", "") in self.hidden_styles
                    self.tables.append(OdsTable(fields.get("table:name", ""), hidden))
                    self.row = self.column = 0
            case _ if self.depth != 1:
                return
            case "table:table-column":
                self._column(fields)
            case "table:table-row":
                self.n_rows = _count(fields.get("table:number-rows-repeated"))
                self.column = 0
                if fields.get("table:visibility", "visible") != "visible":
                    rows = range(self.row, self.row + min(self.n_rows, 1 << 20))
                    self.tables[-1].hidden_rows.update(rows)
            case "table:table-cell" | "table:covered-table-cell":
                self.n_columns = _count(fields.get("table:number-columns-repeated"))
                self.cell, self.text, self.in_cell = fields, [], True
            case _:
                pass

    def end(self, name: str) -> None:
        """Close what `start` opened."""
        if name in {"table:tracked-changes", "office:annotation"}:
            self.ignored -= 1
        elif self.ignored:
            return
        elif name == "table:table":
            self.depth -= 1
        elif self.depth != 1:
            return
        elif name == "table:table-row":
            self.row += self.n_rows
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._close_cell()

    def characters(self, text: str) -> None:
        """Gather the printed text of a cell."""
        if self.in_cell and not self.ignored and self.depth == 1:
            self.text.append(text)

    def _column(self, fields: dict[str, str]) -> None:
        count = _count(fields.get("table:number-columns-repeated"))
        if fields.get("table:visibility", "visible") != "visible":
            self.tables[-1].hidden_columns.update(range(self.column, self.column + min(count, 1 << 14)))
        self.column += count

    def _close_cell(self) -> None:
        self.in_cell = False
        table, text = self.tables[-1], "".join(self.text).strip()
        kind = self.cell.get("office:value-type")
        if text or kind or self.cell.get("table:formula"):
            table.height = max(table.height, self.row + self.n_rows)
            table.width = max(table.width, self.column + self.n_columns)
            if table.height * table.width > self.most_cells:
                raise TooManyCellsError(table.name, table.height * table.width)
            table.n_characters += len(text) * self.n_rows * self.n_columns
            note = _note(kind, text, self.cell)
            if note is not None:
                if self.n_rows * self.n_columns > _MOST_REPEATS:
                    raise TooManyCellsError(table.name, self.n_rows * self.n_columns)
                for row in range(self.row, self.row + self.n_rows):
                    for column in range(self.column, self.column + self.n_columns):
                        table.notes[row, column] = note
        self._merge(table)
        self.column += self.n_columns

    def _merge(self, table: OdsTable) -> None:
        columns = _count(self.cell.get("table:number-columns-spanned"))
        rows = _count(self.cell.get("table:number-rows-spanned"))
        if columns > 1 or rows > 1:
            table.merged.append((self.row, self.column, self.row + rows - 1, self.column + columns - 1))


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0 else 1


def _note(kind: str | None, text: str, cell: dict[str, str]) -> CellNote | None:
    formula = cell.get("table:formula", "")
    if formula and (kind == "error" or cell.get("calcext:value-type") == "error" or _ERRORS.fullmatch(text)):
        return CellNote(CellFlaw.ERROR, text or "#?")
    if formula and kind is None and not text:
        return CellNote(CellFlaw.NO_SAVED_VALUE, "=" + formula.partition(":=")[2])
    number_format = _number_format(kind, text, cell.get("office:value", ""))
    return CellNote(number_format=number_format) if number_format else None


def _number_format(kind: str | None, text: str, value: str) -> str | None:
    """Return the number format that the printed text shows, where it matters."""
    found = _PRINTED.fullmatch(text)
    if found is None or kind not in {"float", "percentage", "currency"}:
        return "0%" if kind == "percentage" else None
    decimals = len(found["decimals"] or "")
    pattern = "0." + "0" * decimals if decimals else "0"
    if kind == "percentage":
        return pattern + "%"
    try:
        stored = float(value)
        printed = float(re.sub(r"[^0-9.-]", "", found["number"].replace("−", "-")) or "nan")
    except ValueError:
        return None
    unit = found["unit"].strip()
    if unit and parse_unit(unit) is not None and abs(printed - stored) <= 0.5 * 10.0**-decimals:
        return f'{pattern}"{unit}"'
    shown = read_number_format(pattern)
    return pattern if shown is not None and format_matters(stored, shown) else None
