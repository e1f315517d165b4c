"""XML Spreadsheet 2003 to grids: one XML file with sheets, which old systems export under the name .xls."""

from __future__ import annotations

import datetime as dt
from xml.parsers import expat

from ipstrong.readers.findings import flaw_findings, hidden_findings
from ipstrong.readers.grid import CellFlaw, CellNote, CellValue, GridExtras
from ipstrong.readers.grids import SheetGrid
from ipstrong.readers.ods_scan import TooManyCellsError
from ipstrong.readers.options import ReadOptions
from ipstrong.readers.refusal import Excess, damaged, too_large
from ipstrong.readers.sheet_choice import choose_sheets
from ipstrong.readers.sheet_scan import format_matters
from ipstrong.readers.workbooks import WorkbookContent
from ipstrong.texts import Text
from ipstrong.values.number_formats import read_number_format

_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet "
_NAMED_FORMATS = {"Percent": "0.00%", "Fixed": "0.00", "Standard": "#,##0.00"}


class _Sheet:
    """A sheet as it goes by: cells by place, and what is noted of them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_hidden = False
        self.cells: dict[tuple[int, int], CellValue] = {}
        self.notes: dict[tuple[int, int], CellNote] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.height = self.width = 0


class _Walker:
    """Fills sheets while the document goes by."""

    def __init__(self, most_cells: int) -> None:
        self.most_cells = most_cells
        self.sheets: list[_Sheet] = []
        self.formats: dict[str, str] = {}
        self.style = self.kind = self.formula = self.cell_style = ""
        self.row = self.column = -1
        self.listed_column = 0
        self.text: list[str] | None = None

    def start(self, name: str, fields: dict[str, str]) -> None:
        """Note where the walk stands."""
        own = {key.removeprefix(_NAMESPACE): value for key, value in fields.items()}
        match name.removeprefix(_NAMESPACE):
            case "Style":
                self.style = own.get("ID", "")
            case "NumberFormat":
                written = own.get("Format", "")
                self.formats[self.style] = _NAMED_FORMATS.get(written, written)
            case "Worksheet":
                self.sheets.append(_Sheet(own.get("Name", "")))
                self.row, self.listed_column = -1, 0
            case "Column" if self.sheets:
                self._column(own)
            case "Row" if self.sheets:
                self.row = _index(own, self.row + 1)
                self.column = -1
                if own.get("Hidden") == "1":
                    self.sheets[-1].hidden_rows.add(self.row)
            case "Cell" if self.sheets:
                self._cell(own)
            case "Data" if self.sheets:
                self.kind, self.text = own.get("Type", "String"), []
            case tag if tag.endswith("Visible") and self.sheets:
                self.text = []
            case _:
                pass

    def end(self, name: str) -> None:
        """Close what `start` opened."""
        if not self.sheets:
            return
        tag = name.rpartition(" ")[2]
        if tag == "Data" and self.text is not None:
            self._value("".join(self.text))
            self.text = None
        elif tag == "Visible" and self.text is not None:
            self.sheets[-1].is_hidden = "".join(self.text).startswith("Sheet")
            self.text = None
        elif tag == "Cell" and self.formula and (self.row, self.column) not in self.sheets[-1].cells:
            note = CellNote(CellFlaw.NO_SAVED_VALUE, self.formula)
            self.sheets[-1].notes.setdefault((self.row, self.column), note)
            self._reach(self.row, self.column)

    def characters(self, text: str) -> None:
        """Gather the text of a cell."""
        if self.text is not None:
            self.text.append(text)

    def _column(self, own: dict[str, str]) -> None:
        first = min(_index(own, self.listed_column), 16_384)
        last = first + min(_number(own.get("Span")), 16_384)
        if own.get("Hidden") == "1":
            self.sheets[-1].hidden_columns.update(range(first, last + 1))
        self.listed_column = last + 1

    def _cell(self, own: dict[str, str]) -> None:
        self.column = _index(own, self.column + 1)
        self.formula, self.cell_style = own.get("Formula", ""), own.get("StyleID", "Default")
        across, down = _number(own.get("MergeAcross")), _number(own.get("MergeDown"))
        if across or down:
            self.sheets[-1].merged.append((self.row, self.column, self.row + down, self.column + across))

    def _value(self, text: str) -> None:
        place, sheet = (self.row, self.column), self.sheets[-1]
        self._reach(*place)
        if self.kind == "Error":
            sheet.notes[place] = CellNote(CellFlaw.ERROR, text)
            sheet.cells[place] = None
            return
        value = _typed(self.kind, text)
        sheet.cells[place] = value
        shown = read_number_format(self.formats.get(self.cell_style, ""))
        if shown is not None and isinstance(value, float) and format_matters(value, shown):
            sheet.notes[place] = CellNote(number_format=self.formats[self.cell_style])

    def _reach(self, row: int, column: int) -> None:
        sheet = self.sheets[-1]
        sheet.height, sheet.width = max(sheet.height, row + 1), max(sheet.width, column + 1)
        if sheet.height * sheet.width > self.most_cells:
            raise TooManyCellsError(sheet.name, sheet.height * sheet.width)


def _number(text: str | None) -> int:
    """Return a count; one that no sheet can have stays too large for every limit."""
    return min(int(text[:20]), 10**9) if text and text.isascii() and text.isdigit() else 0


def _index(own: dict[str, str], following: int) -> int:
    return _number(own.get("Index")) - 1 if _number(own.get("Index")) else following


def _typed(kind: str, text: str) -> CellValue:
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "DateTime":
        try:
            return dt.datetime.fromisoformat(text.strip())
        except ValueError:
            return text
    return text


def read_spreadsheet_xml(path: str, data: bytes, options: ReadOptions) -> WorkbookContent:
    """Return the sheets of an XML Spreadsheet 2003 file.

    Raises:
        Refusal: when it is damaged, declares entities, or is beyond the limits.
    """
    walker = _Walker(options.limits.max_cells)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.characters
    parser.EntityDeclHandler = _refuse_entities
    try:
        parser.Parse(data, True)
    except TooManyCellsError as error:
        limit = options.limits.max_cells
        excess = Excess(Text("工作表的格数", "cells of the sheet"), error.cells, limit, "--max-cells")
        raise too_large(path, excess, error.name) from error
    except (expat.ExpatError, ValueError) as error:
        reason = str(error)
        raise damaged(path, Text(f"XML 有误：{reason}", f"the XML is broken: {reason}")) from error
    return _content(path, walker.sheets, options)


def _refuse_entities(*declaration: object) -> None:
    raise expat.ExpatError(f"entity declared: {declaration[0]}")


def _content(path: str, sheets: list[_Sheet], options: ReadOptions) -> WorkbookContent:
    content = WorkbookContent()
    names = [sheet.name for sheet in sheets]
    chosen = choose_sheets(path, names, [sheet.is_hidden for sheet in sheets], [None] * len(names), options)
    content.findings += chosen.findings
    content.skipped += chosen.skipped
    for index in chosen.indices:
        sheet = sheets[index]
        values: list[list[CellValue]] = [
            [sheet.cells.get((row, column)) for column in range(sheet.width)] for row in range(sheet.height)
        ]
        extras = GridExtras(
            tuple(sheet.merged), frozenset(sheet.hidden_rows), frozenset(sheet.hidden_columns), sheet.notes
        )
        grid = SheetGrid(path, sheet.name, values, extras=extras)
        content.grids.append(grid)
        content.findings += [*flaw_findings(grid), *hidden_findings(grid)]
    return content
