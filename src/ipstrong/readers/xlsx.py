"""xlsx and xlsm packages to grids: each part is read once, by one parser.

Rows of the form that nearly every program writes are matched one after the other by a regular expression, without a gap, which
is five times faster than expat. The rest of such a sheet, every other part, and every sheet with anything else between its rows
or cells are read by expat.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from ipstrong.diagnostics import Finding, Location, a1
from ipstrong.diagnostics.codes import data as codes
from ipstrong.readers.grid import CellFlaw, CellValue, Grid
from ipstrong.readers.number_dates import BUILT_IN_FORMATS, is_date_format, is_number_format, moment
from ipstrong.readers.options import ReadOptions
from ipstrong.readers.package import Attributes, Package, XmlHandler
from ipstrong.readers.refusal import damaged
from ipstrong.readers.sheets import LONGEST_TEXT, SheetCells, WorkbookContent, choose_sheets
from ipstrong.texts import Text

_WITHOUT_CELLS = {
    "chartsheet": Text("图表工作表", "a chart"),
    "xlMacrosheet": Text("宏表", "a macro sheet"),
    "dialogsheet": Text("对话框表", "a dialogue"),
}
"""Kinds of sheets that hold no cells, by the type of the relation to their part."""
_BEYOND = 10**9
"""A row or column that no limit admits."""
_LAST_COLUMN = 16_384
_ADDRESS = re.compile(r"([A-Za-z]{1,9})([0-9]{1,9})")
_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")
_CALLS = re.compile(r"\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|DDE)\s*\(|\|\s*'", re.IGNORECASE)
_LINKS = re.compile(r"\[[^\[\]]+\][^\[\]!]*!")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = frozenset({"1", "true", "on"})


def read_xlsx(path: str, package: Package, main: str, options: ReadOptions) -> WorkbookContent:
    """Return the sheets of an xlsx or xlsm package, whose workbook part is `main`.

    Raises:
        Refusal: when it is damaged or beyond the limits.
    """
    content = WorkbookContent()
    links = _linked_files(path, package, content.findings)
    book = _Workbook()
    package.parse(main, book)
    if not book.sheets:
        raise damaged(path, Text("工作簿没有列出任何工作表", "the workbook lists no sheet"))
    relations = package.relations(main)
    worksheets = [name for name in package.names if "/worksheets/" in name.lower() and name.lower().endswith(".xml")]
    parts: list[str | None] = []
    kinds: dict[int, Text] = {}
    for index, (_, _, relation_id) in enumerate(book.sheets):
        relation = relations.get(relation_id)
        part = package.find(relation.target) if relation is not None else None
        if part is None and len(book.sheets) == len(worksheets) == 1:
            part = worksheets[0]
        parts.append(part)
        if relation is not None and relation.kind in _WITHOUT_CELLS:
            kinds[index] = _WITHOUT_CELLS[relation.kind]
    names = [name for name, _, _ in book.sheets]
    hidden = [state != "visible" for _, state, _ in book.sheets]
    targets = {relation.kind: relation.target for relation in relations.values()}
    shared = _Shared(package, _part(package, main, targets, "sharedStrings"))
    formats = _formats(package, _part(package, main, targets, "styles"))
    for index in choose_sheets(content, path, names, hidden, options, kinds):
        part, name = parts[index], names[index]
        if part is None:
            raise damaged(path, Text(f"工作表“{name}”没有内容", f"sheet '{name}' has no part"), name)
        cells = SheetCells(path, name, options.limits)
        reading = _Sheet(cells, shared, formats, is_1904=book.is_1904)
        reading.read(package, part)
        grid = content.add(reading.cells)
        content.findings += _formula_findings(grid, reading, links)
    return content


def main_part(package: Package) -> str | None:
    """Return the workbook part, wherever the package keeps it; None where it holds no Office document."""
    if package.find("xl/workbook.xml") is not None:
        return "xl/workbook.xml"
    found = [relation.target for relation in package.relations("").values() if relation.kind == "officeDocument"]
    return package.find(found[0]) if found else None


def _part(package: Package, main: str, targets: dict[str, str], kind: str) -> str | None:
    """Return the part that the workbook names for its strings or styles, or the one in the usual place."""
    usual = posixpath.join(posixpath.dirname(main), f"{kind}.xml")
    return package.find(targets.get(kind, usual)) or package.find(usual)


class _Workbook(XmlHandler):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        """Name, state and relation of each sheet."""
        self.is_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            fields = (attributes.get("name", ""), attributes.get("state", "visible"), attributes.get("id", ""))
            self.sheets.append(fields)
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904", "").lower() in _TRUE


# --- Strings and styles -----------------------------------------------------------------------------------------------


class _Texts(XmlHandler):
    """Gathers the text of rich-text runs, without the phonetic aids of East Asian names."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.pieces: list[str] | None = None
        """Text of the element that is open; None outside of those that hold text."""
        self.n_phonetic = 0

    def start(self, name: str, attributes: Attributes) -> None:
        del attributes
        if name == "t":
            self.pieces = []
        elif name == "rPh":
            self.n_phonetic += 1

    def text(self, text: str) -> None:
        if self.pieces is not None:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        if name == "t":
            text = self.taken()
            if not self.n_phonetic:
                self.runs.append(text)
        elif name == "rPh":
            self.n_phonetic -= 1

    def taken(self) -> str:
        """Return the text of the element that ends."""
        text, self.pieces = "".join(self.pieces or ()), None
        return text


class _Strings(_Texts):
    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self.runs = []
        else:
            super().start(name, attributes)

    def end(self, name: str) -> None:
        if name == "si":
            self.strings.append(_text("".join(self.runs)))
        else:
            super().end(name)


class _Shared(dict[bytes, str]):
    """The shared strings by their number as cells write it."""

    def __init__(self, package: Package, part: str | None) -> None:
        super().__init__()
        self._path = package.path
        handler = _Strings()
        if part is not None:
            package.parse(part, handler)
        self._strings = handler.strings
        self.longest = max(map(len, self._strings), default=0)

    def __missing__(self, key: bytes) -> str:
        if not key.strip():
            raise ValueError(key)
        number = int(key) if key.strip().isdigit() and len(key) < 20 else -1
        if not 0 <= number < len(self._strings):
            shown = key[:20].decode("ascii", "replace")
            raise damaged(self._path, Text(f"共享字符串 {shown} 不存在", f"shared string {shown} is missing"))
        text = self[key] = self._strings[number]
        return text


def _text(text: str) -> str:
    """Return a text as Excel shows it: control characters are escaped in files, and the length is bounded."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text[:LONGEST_TEXT]


class _Styles(XmlHandler):
    def __init__(self) -> None:
        self.codes = dict(BUILT_IN_FORMATS)
        self.numbers: list[int] = []
        """Number of the number format of each cell style."""
        self.in_cells = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            self.codes[_count(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.in_cells = True
        elif name == "xf" and self.in_cells:
            self.numbers.append(_count(attributes.get("numFmtId")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.in_cells = False


def _formats(package: Package, part: str | None) -> list[str]:
    """Return the number format of each cell style, empty for General."""
    handler = _Styles()
    if part is not None:
        package.parse(part, handler)
    return [handler.codes.get(number, "") for number in handler.numbers]


def _count(text: str | None) -> int:
    """Return a count as attributes write it; 0 for anything else."""
    return min(int(text[:20]), _BEYOND) if text and text.isascii() and text.isdigit() else 0


# --- Sheets -----------------------------------------------------------------------------------------------------------

_TEXT = rb"[^<&\r]*+(?:&(?:amp|lt|gt|quot|apos);[^<&\r]*+)*+"
_ATTRIBUTES = rb'(?:\s++[A-Za-z][A-Za-z0-9:]*+="[^"<>&]*+")*+\s*+'
_FORMULA = rb"<f(?:" + _ATTRIBUTES + rb")(?:/>|>" + _TEXT + rb"</f>)"
_INLINE = rb"<is>\s*+<t(?:" + _ATTRIBUTES + rb")(?:/>|>" + _TEXT + rb"</t>)\s*+</is>"
_OTHER = rb"\s*+(?:%b\s*+)?+(?:<v>%b</v>|<v\s*+/>|%b)?+\s*+" % (_FORMULA, _TEXT, _INLINE)
"""What a cell holds besides a lone value."""


def _cell(row: bytes, group: bytes) -> bytes:
    """Return the pattern of a cell whose address names a row, its parts in groups that begin in one way."""
    return rb'\s*+<c r="%b[A-Z]{1,3})%b"%b%b/?+)>(?:(?<=/>)|(?:<v>%b%b)</v>|%b%b))</c>)' % (
        group, row, group, _ATTRIBUTES, group, _TEXT, group, _OTHER,
    )  # fmt: skip


_ROW = re.compile(
    rb'\s*+<row r="([1-9][0-9]{0,6})"(%b)(?:/>|>((?:%b)*+)\s*+</row>)' % (_ATTRIBUTES, _cell(rb"\1", b"(?:"))
)
_CELL = re.compile(_cell(rb"[0-9]++", b"("))
_CELL_PARTS = re.compile(
    rb"\s*+(?:<f(%b)(?:/>|>(%b)</f>)\s*+)?+(?:<v>(%b)</v>|<v\s*+/>|<is>\s*+<t%b(?:/>|>(%b)</t>)\s*+</is>)?+\s*+"
    % (_ATTRIBUTES, _TEXT, _TEXT, _ATTRIBUTES, _TEXT)
)
_NAMED = {"&quot;": '"', "&apos;": "'"}
_ATTRIBUTE = re.compile(rb'([A-Za-z0-9:]+)="([^"]*)"')
_UTF8 = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml(?![^<>]*encoding\s*=\s*[\"'](?!utf-8[\"']))[^<>]*\?>)?", re.IGNORECASE)
_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"


class _NotPlainError(Exception):
    """The rows of a sheet have another form than the regular expression knows."""


class _Shape(NamedTuple):
    """What rows have in common whose cells have the same columns and attributes."""

    filled: list[int]
    """Which of the cells are not blank."""
    columns: list[int]
    """The columns of those."""
    tags: list[Attributes]
    makers: list[Callable[[bytes], CellValue]] | None
    """What makes the values of cells that hold nothing but a value; None where a cell needs a closer look."""
    is_compact: bool
    """Whether the columns follow one another from the first on, and all are filled."""
    rows: list[int]
    """The numbers of the rows."""


class _Sheet(_Texts):
    """Reads one worksheet part."""

    def __init__(self, cells: SheetCells, shared: _Shared, formats: list[str], *, is_1904: bool) -> None:
        super().__init__()
        self.cells = cells
        self.shared = shared
        self.formats = formats
        self.is_1904 = is_1904
        self.begin()

    def begin(self) -> None:
        """Begin with no cell."""
        self.cells = SheetCells(self.cells.path, self.cells.name, self.cells.limits)
        self.links: list[tuple[int, int, str]] = []
        """Cells whose formula refers to another workbook, with the formula."""
        self.calls: list[tuple[int, int, str]] = []
        """Cells whose formula reaches the network or starts a program."""
        self.formulas: dict[str, str] = {}
        """Shared formulas by number."""
        self.row = self.column = -1
        self.in_rows = False
        self.cell: Attributes | None = None
        self.value: str | None = None
        self.formula: str | None = None
        self.formula_tag: Attributes = {}

    def read(self, package: Package, part: str) -> None:
        """Read the part.

        Raises:
            Refusal: when it is damaged, or the sheet is beyond the limits.
        """
        xml = package.read(part)
        start, end = xml.find(_OPEN), xml.rfind(_CLOSE)
        if 0 <= start < end:
            rest = xml[:start] + b"<sheetData/>" + xml[end + len(_CLOSE) :]
            declared = _UTF8.match(rest)
            body = rest[declared.end() if declared is not None else 0 :]
            if not any(mark in body for mark in (b"<!", b"<?", _OPEN, b":sheetData")):
                try:
                    self._match_rows(xml, start + len(_OPEN), end)
                except (_NotPlainError, UnicodeDecodeError):
                    self.begin()
                else:
                    xml = rest
        package.parse(part, self, xml, sheet=self.cells.name)

    # --- plain rows, by regular expression --------------------------------------------------------------------------------

    def _match_rows(self, xml: bytes, at: int, end: int) -> None:
        """Read rows of the plain form.

        Raises:
            _NotPlainError: when there is anything else.
        """
        cells, match, findall = self.cells, _ROW.match, _CELL.findall
        shapes: dict[tuple[tuple[bytes, ...], tuple[bytes, ...]], _Shape] = {}
        as_float = _strict_float if b"_" in xml else float
        key, shape = None, None
        last = -1
        line: list[CellValue]
        while (found := match(xml, at, end)) is not None:
            at = found.end()
            row = int(found[1]) - 1
            if row <= last:
                raise _NotPlainError
            last = row
            if b"hidden" in found[2] and _tag(found[2]).get("hidden") in _TRUE:
                cells.hidden_rows.add(row)
            parts = findall(xml, *found.span(3)) if found[3] else ()
            if not parts:
                continue
            letters, tags, values, others = zip(*parts, strict=True)
            if (letters, tags) != key or shape is None:
                key = (letters, tags)
                shape = shapes.get(key) or shapes.setdefault(key, self._shape(letters, tags, as_float))
            if not shape.columns:
                continue
            if shape.makers is not None and not any(others):
                try:
                    if shape.is_compact:
                        line = [make(value) for make, value in zip(shape.makers, values, strict=True)]
                    else:
                        line = [None] * (shape.columns[-1] + 1)
                        for column, make, index in zip(shape.columns, shape.makers, shape.filled, strict=True):
                            line[column] = make(values[index])
                except ValueError:  # a blank, or no number
                    self._put_row(row, shape, values, others)
                else:
                    cells.put_row(row, line)
                    shape.rows.append(row)
            else:
                self._put_row(row, shape, values, others)
        if xml[at:end].strip():
            raise _NotPlainError
        for shape in shapes.values():
            for column, tag in zip(shape.columns, shape.tags, strict=True):
                number_format = self._format(tag)
                if shape.rows and tag.get("t", "n") == "n" and is_number_format(number_format):
                    cells.note_format(shape.rows, column, number_format)
        cells.longest_text = max(cells.longest_text, self.shared.longest if self.shared else 0)

    def _shape(self, letters: tuple[bytes, ...], tags: tuple[bytes, ...], as_float: Callable[[bytes], float]) -> _Shape:
        columns = [_column(name.decode()) for name in letters]
        if any(second <= first for first, second in pairwise(columns)):
            raise _NotPlainError
        filled = [index for index, tag in enumerate(tags) if not tag.endswith(b"/")]
        attributes = [_tag(tags[index]) for index in filled]
        if any("r" in tag for tag in attributes):
            raise _NotPlainError
        makers: list[Callable[[bytes], CellValue]] | None = []
        for tag in attributes:
            kind = tag.get("t", "n")
            if kind == "s" and makers is not None:
                makers.append(self.shared.__getitem__)
            elif kind == "n" and makers is not None:
                number_format = self._format(tag)
                makers.append(self._moments(number_format) if is_date_format(number_format) else as_float)
            else:
                makers = None
        used = [columns[index] for index in filled]
        return _Shape(filled, used, attributes, makers, used == list(range(len(letters))), [])

    def _moments(self, number_format: str) -> Callable[[bytes], CellValue]:
        return lambda text: moment(_strict_float(text), number_format, is_1904=self.is_1904)

    def _put_row(self, row: int, shape: _Shape, values: tuple[bytes, ...], others: tuple[bytes, ...]) -> None:
        """Put the cells of a row one by one."""
        for column, tag, index in zip(shape.columns, shape.tags, shape.filled, strict=True):
            value: bytes | None = values[index]
            formula = None
            if others[index]:
                found = _CELL_PARTS.fullmatch(others[index])
                if found is None:
                    raise _NotPlainError
                formula_tag, written, value, inline = found.groups()
                if inline is not None:
                    value = inline
                if formula_tag is not None:
                    formula = self._formula(row, column, _tag(formula_tag), _unescaped(written or b""))
            self.put(row, column, tag, None if value is None else _unescaped(value), formula)

    # --- any rows, by expat -----------------------------------------------------------------------------------------------

    def start(self, name: str, attributes: Attributes) -> None:
        if self.cell is not None:
            if name in {"v", "f"}:
                self.pieces = []
                if name == "f":
                    self.formula_tag = attributes
            else:
                super().start(name, attributes)
        elif name == "sheetData":
            self.in_rows = True
        elif name == "row" and self.in_rows:
            self.row = _count(attributes.get("r")) - 1 if _count(attributes.get("r")) else self.row + 1
            self.column = -1
            if attributes.get("hidden") in _TRUE:
                self.cells.hidden_rows.add(self.row)
        elif name == "c" and self.in_rows:
            self._place(attributes.get("r", "").strip())
            self.cell, self.value, self.formula, self.runs = attributes, None, None, []
        elif name == "col" and attributes.get("hidden") in _TRUE:
            first, last = _count(attributes.get("min")), _count(attributes.get("max"))
            self.cells.hidden_columns.update(range(max(first, 1) - 1, min(last, _LAST_COLUMN)))
        elif name == "mergeCell" and (found := _RANGE.fullmatch(attributes.get("ref", ""))) is not None:
            top, left, bottom, right = int(found[2]) - 1, _column(found[1]), int(found[4]) - 1, _column(found[3])
            self.cells.merged.append((top, left, bottom, right))

    def _place(self, address: str) -> None:
        found = _ADDRESS.fullmatch(address)
        if found is not None:
            self.row, self.column = max(int(found[2]) - 1, 0), _column(found[1])
        else:
            self.column = _BEYOND if address else self.column + 1

    def end(self, name: str) -> None:
        if self.cell is None:
            self.in_rows = self.in_rows and name != "sheetData"
        elif name == "v":
            text = self.taken()
            self.value = text if self.value is None else self.value
        elif name == "f":
            self.formula = self._formula(self.row, self.column, self.formula_tag, self.taken())
        elif name == "c":
            value = "".join(self.runs) if self.runs else self.value
            if value is not None or self.formula is not None:
                self.put(self.row, self.column, self.cell, value, self.formula)
            self.cell = None
        else:
            super().end(name)

    # --- cells ------------------------------------------------------------------------------------------------------------

    def _format(self, tag: Attributes) -> str:
        style = _count(tag.get("s"))
        return self.formats[style] if style < len(self.formats) else ""

    def _formula(self, row: int, column: int, tag: Attributes, written: str) -> str:
        """Return a cell's formula; the first cell of a shared formula spells it out for the others."""
        if "si" in tag:
            written = self.formulas.setdefault(tag["si"], written)
        formula = "=" + written[:LONGEST_TEXT]
        if _LINKS.search(formula):
            self.links.append((row, column, formula))
        if _CALLS.search(formula):
            self.calls.append((row, column, formula))
        return formula

    def put(self, row: int, column: int, tag: Attributes, value: str | None, formula: str | None) -> None:
        """Put a cell by its type.

        Args:
            row: Its row.
            column: Its column.
            tag: Its attributes.
            value: What is saved; None for nothing.
            formula: Its formula.
        """
        cells, kind = self.cells, tag.get("t", "n")
        if kind == "e":
            cells.put_flaw(row, column, CellFlaw.ERROR, value or "")
        elif formula is not None and (value is None or (value == "" and kind != "str")):
            cells.put_flaw(row, column, CellFlaw.NO_SAVED_VALUE, formula)
        elif not value:
            pass
        elif kind == "s":
            cells.put_text(row, column, self.shared[value.strip().encode("ascii", "replace")])
        elif kind == "b":
            cells.put(row, column, value.strip().lower() in _TRUE)
        elif kind == "n":
            self._put_number(row, column, value, self._format(tag))
        elif kind == "d":
            try:
                cells.put(row, column, dt.datetime.fromisoformat(value.strip()))
            except ValueError:
                cells.put_text(row, column, value)
        else:
            cells.put_text(row, column, _text(value))

    def _put_number(self, row: int, column: int, text: str, number_format: str) -> None:
        try:
            number = _strict_float(text.strip().encode())
        except ValueError:
            self.cells.put_text(row, column, text)
            return
        if is_date_format(number_format):
            self.cells.put(row, column, moment(number, number_format, is_1904=self.is_1904))
            return
        self.cells.put(row, column, number)
        if is_number_format(number_format):
            self.cells.note_format((row,), column, number_format)


def _strict_float(text: bytes) -> float:
    """Return a number; Python's own underscores between digits make none."""
    if b"_" in text:
        raise ValueError(text)
    return float(text)


def _tag(written: bytes) -> Attributes:
    """Return the attributes of a tag of the plain form."""
    found = {name.decode(): text.decode() for name, text in _ATTRIBUTE.findall(written)}
    return {name: text for name, text in found.items() if ":" not in name}


def _unescaped(written: bytes) -> str:
    text = written.decode()
    if "&" not in text:
        return text
    from xml.sax.saxutils import unescape  # loads urllib and ssl, which few runs need

    return unescape(text, _NAMED)


def _column(letters: str) -> int:
    """Return the 0-based number of a column."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


# --- Findings ---------------------------------------------------------------------------------------------------------


def _linked_files(path: str, package: Package, findings: list[Finding]) -> dict[str, str]:
    """Return the other workbooks that formulas may refer to, by their number; note macros and programs on the way."""
    links: dict[str, str] = {}
    if package.find("xl/vbaProject.bin") is not None:
        findings.append(Finding(codes.MACROS, Location(path)))
    for name in package.names:
        if name.startswith("xl/externalLinks/externalLink") and name.endswith(".xml"):
            number = name.removeprefix("xl/externalLinks/externalLink").removesuffix(".xml")
            relation = next(iter(package.relations(name).values()), None)
            links[number] = (relation.target.rpartition("/")[2] if relation is not None else "") or number
            if b"ddeLink" in package.read(name):
                findings.append(Finding(codes.CALLS_OUT, Location(path), {"formula": "DDE"}))
    return links


def _formula_findings(grid: Grid, sheet: _Sheet, links: dict[str, str]) -> list[Finding]:
    """Return a finding for the sheet's links to other workbooks, and one for each formula that calls out."""
    findings = []
    if sheet.links:
        row, column, formula = sheet.links[0]
        for number, name in links.items():
            formula = formula.replace(f"[{number}]", f"[{name}]")
        count = len(sheet.links)
        more = Text(f"（本表共 {count} 处）", f" ({count} cells of this sheet)") if count > 1 else ""
        where = Location(grid.file, sheet=grid.sheet, cell=a1(row, column))
        findings.append(Finding(codes.EXTERNAL_LINK, where, {"formula": formula, "more": more}))
    for row, column, formula in sheet.calls:
        where = Location(grid.file, sheet=grid.sheet, cell=a1(row, column))
        findings.append(Finding(codes.CALLS_OUT, where, {"formula": formula}))
    return findings
