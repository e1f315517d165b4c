"""OpenDocument spreadsheets to grids, in one pass over `content.xml`.

A cell or row may say that it is repeated a million times, which is harmless for blanks; repetitions of anything else are bounded
before they are made.
"""

from __future__ import annotations

import datetime as dt
import re

from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import data as codes
from ipstrong.model.unit import parse_unit
from ipstrong.readers.grid import CellFlaw, CellValue
from ipstrong.readers.options import ReadOptions, Refusal
from ipstrong.readers.package import Attributes, Package, XmlHandler
from ipstrong.readers.sheets import LONGEST_TEXT, SheetCells, WorkbookContent, choose_sheets

_PRINTED = re.compile(r"[^0-9−-]*(?P<number>[−-]?[0-9][0-9 ,\u00a0']*(?:\.(?P<decimals>[0-9]+))?)(?P<unit>[^0-9]*)")
_ERRORS = re.compile(r"(?:#[A-Z/0!?]+[!?A]|Err:[0-9]+)")
_SPAN = re.compile(r"(-?)PT([0-9]{1,7})H([0-9]{1,2})M([0-9]{1,2}(?:[.,][0-9]{1,9})?)S")
_MOST_REPEATS = 1_000_000
"""Cells with content that a sheet may have by repetition."""
_MOST_ROWS = 1 << 20
"""Rows of a sheet, as spreadsheets allow."""
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_IGNORED = frozenset({"table:tracked-changes", "office:annotation"})


def read_ods(path: str, package: Package, options: ReadOptions) -> WorkbookContent:
    """Return the sheets of an ods package.

    Raises:
        Refusal: when it is damaged, encrypted or beyond the limits.
    """
    manifest = package.find("META-INF/manifest.xml")
    if manifest is not None and b"encryption-data" in package.read(manifest):
        raise Refusal(Finding(codes.FILE_ENCRYPTED, Location(path)))
    document = _Document(path, options)
    package.parse("content.xml", document, local_names=False)
    content = WorkbookContent()
    names = [cells.name for cells in document.sheets]
    for index in choose_sheets(content, path, names, document.hidden, options):
        content.add(document.sheets[index])
    return content


class _Document(XmlHandler):
    """Gathers the cells of every sheet."""

    def __init__(self, path: str, options: ReadOptions) -> None:
        self.path = path
        self.options = options
        self.sheets: list[SheetCells] = []
        self.hidden: list[bool] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.depth = 0
        """Nesting of tables; those inside cells are not sheets."""
        self.n_ignored = 0
        """Nesting of tracked changes and annotations, whose texts are not the sheet's."""
        self.row = self.column = 0
        self.n_rows = self.n_columns = 1
        self.n_repeats = 0
        self.cell: Attributes = {}
        self.texts: list[str] | None = None
        """Pieces of text of the cell that is open."""
        self.n_characters = 0
        self.in_paragraph = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name in _IGNORED:
            self.n_ignored += 1
        elif self.n_ignored:
            return
        elif name == "table:table":
            self.depth += 1
            if self.depth == 1:
                self.sheets.append(SheetCells(self.path, attributes.get("table:name", ""), self.options.limits))
                self.hidden.append(attributes.get("table:style-name", "") in self.hidden_styles)
                self.row = self.column = self.n_repeats = 0
        elif name == "style:style":
            self.style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style)
        elif self.depth != 1:
            return
        elif name in _CELLS:
            self.n_columns = _count(attributes, "table:number-columns-repeated")
            self.cell, self.texts, self.n_characters = attributes, [], 0
        elif name == "table:table-row":
            self.n_rows = _count(attributes, "table:number-rows-repeated")
            self.column = 0
            if attributes.get("table:visibility", "visible") != "visible":
                self.sheets[-1].hidden_rows.update(range(self.row, min(self.row + self.n_rows, _MOST_ROWS)))
        elif name == "table:table-column":
            count = _count(attributes, "table:number-columns-repeated")
            if attributes.get("table:visibility", "visible") != "visible":
                self.sheets[-1].hidden_columns.append((self.column, self.column + count - 1))
            self.column += count
        elif name in {"text:p", "text:h"}:
            if self.texts:
                self.text("\n")
            self.in_paragraph = True
        elif name == "text:s":
            self.text(" " * min(_count(attributes, "text:c"), LONGEST_TEXT))
        elif name == "text:tab":
            self.text("\t")
        elif name == "text:line-break":
            self.text("\n")

    def text(self, text: str) -> None:
        if self.texts is not None and self.depth == 1 and not self.n_ignored and self.n_characters < LONGEST_TEXT:
            self.texts.append(text)
            self.n_characters += len(text)

    def end(self, name: str) -> None:
        if name in _IGNORED:
            self.n_ignored -= 1
        elif self.n_ignored:
            return
        elif name == "table:table":
            self.depth -= 1
        elif self.depth != 1:
            return
        elif name == "table:table-row":
            self.row += self.n_rows
        elif name in _CELLS:
            self._put(self.sheets[-1], "".join(self.texts or ()))
            self.texts = None

    def _put(self, cells: SheetCells, text: str) -> None:
        """Put the cell that ends, as often as it is repeated."""
        rows, columns = range(self.row, self.row + self.n_rows), range(self.column, self.column + self.n_columns)
        printed, kind = text.strip(), self.cell.get("office:value-type")
        formula = self.cell.get("table:formula", "")
        if printed or kind or formula:
            self.n_repeats += len(rows) * len(columns) - 1
            if self.n_repeats > _MOST_REPEATS or columns.stop > self.options.limits.max_columns:
                raise cells.too_many(max(self.n_repeats, rows.stop * columns.stop))
            cells.reach(rows[-1], columns[-1])
            flaw, note = None, ""
            is_error = kind == "error" or self.cell.get("calcext:value-type") == "error" or _ERRORS.fullmatch(printed)
            if formula and is_error:
                flaw, note = CellFlaw.ERROR, printed or "#?"
            elif formula and kind is None and not printed:
                flaw, note = CellFlaw.NO_SAVED_VALUE, "=" + formula.partition(":=")[2]
            value = _value(kind, text, self.cell)
            number_format = _number_format(kind, printed, value)
            for column in columns:
                for row in rows:
                    if flaw is not None:
                        cells.put_flaw(row, column, flaw, note)
                    elif isinstance(value, str):
                        cells.put_text(row, column, value)
                    else:
                        cells.put(row, column, value)
                if number_format and flaw is None:
                    cells.note_format(rows, column, number_format)
        across = _count(self.cell, "table:number-columns-spanned")
        down = _count(self.cell, "table:number-rows-spanned")
        if across > 1 or down > 1:
            cells.merged.append((self.row, self.column, self.row + down - 1, self.column + across - 1))
        self.column += self.n_columns


def _count(attributes: Attributes, name: str) -> int:
    text = attributes.get(name)
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0 else 1


def _value(kind: str | None, text: str, cell: Attributes) -> CellValue:
    """Return a cell's value by its type; its text where that is no value of the type."""
    try:
        if kind in {"float", "percentage", "currency"}:
            return float(cell.get("office:value", ""))
        if kind == "boolean":
            return cell.get("office:boolean-value") == "true"
        if kind == "date":
            written = cell.get("office:date-value", "")
            return dt.datetime.fromisoformat(written) if "T" in written else dt.date.fromisoformat(written)
    except ValueError:
        return text
    if kind == "time" and (found := _SPAN.fullmatch(cell.get("office:time-value", ""))) is not None:
        span = dt.timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=float(found[4].replace(",", ".")))
        return -span if found[1] else span
    return text or cell.get("office:string-value", "")


def _number_format(kind: str | None, printed: str, value: CellValue) -> str | None:
    """Return the number format that the printed text of a number shows."""
    if not isinstance(value, float):
        return None
    found = _PRINTED.fullmatch(printed)
    if found is None:
        return "0%" if kind == "percentage" else None
    decimals = len(found["decimals"] or "")
    pattern = "0." + "0" * decimals if decimals else "0"
    if kind == "percentage":
        return pattern + "%"
    if unit := found["unit"].strip():
        shown = float(re.sub(r"[^0-9.-]", "", found["number"].replace("−", "-")))
        if abs(shown - value) <= 0.5 * 10.0**-decimals and parse_unit(unit) is not None:
            return f'{pattern}"{unit}"'
    return pattern
