"""xlsx and xlsm packages to grids: each part is read once, by one parser.

Rows of the form that nearly every program writes are matched one after the other by a regular expression, without a gap, which
is five times faster than expat. The rest of such a sheet, every other part, and every sheet with anything else between its rows
or cells are read by expat.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, repeat

from ipstrong.diagnostics import Finding, Location, a1
from ipstrong.diagnostics.codes import data as codes
from ipstrong.readers.grid import CellFlaw, CellValue, Grid
from ipstrong.readers.options import ReadOptions, damaged
from ipstrong.readers.package import Attributes, Package, XmlHandler
from ipstrong.readers.sheets import (
    BUILT_IN_FORMATS,
    LONGEST_TEXT,
    SheetCells,
    WorkbookContent,
    choose_sheets,
    is_date_format,
    is_number_format,
    moment,
)
from ipstrong.texts import Text

_WITHOUT_CELLS = {
    "chartsheet": Text("图表工作表", "a chart"),
    "xlMacrosheet": Text("宏表", "a macro sheet"),
    "dialogsheet": Text("对话框表", "a dialogue"),
}
"""Kinds of sheets that hold no cells, by the type of the relation to their part."""
_BEYOND = 10**9
"""A row or column that no limit admits."""
_LONGEST_FORMULA = 8192
"""Characters of a formula, as Excel allows."""
_ADDRESS = re.compile(r"([A-Za-z]{1,9})([0-9]{1,9})")
_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")
_CALLS = re.compile(r"\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|DDE)\s*\(|\|\s*'", re.IGNORECASE)
_LINKS = re.compile(r"\[[^\[\]]+\][^\[\]!]*!")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SPACES = " \t\r\n"
"""What Excel drops around texts that are not marked to keep it."""
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
    if not book.names:
        raise damaged(path, Text("工作簿没有列出任何工作表", "the workbook lists no sheet"))
    relations = package.relations(main)
    worksheets = [name for name in package.names if "/worksheets/" in name.lower() and name.lower().endswith(".xml")]
    parts: list[str | None] = []
    kinds: dict[int, Text] = {}
    for index, relation_id in enumerate(book.relations):
        relation = relations.get(relation_id)
        part = package.find(relation.target) if relation is not None else None
        if part is None and len(book.names) == len(worksheets) == 1:
            part = worksheets[0]
        if part is not None and part in parts:
            raise damaged(path, Text(f"两个工作表共用部件 {part}", f"two sheets share part {part}"))
        parts.append(part)
        if relation is not None and relation.kind in _WITHOUT_CELLS:
            kinds[index] = _WITHOUT_CELLS[relation.kind]
    targets = {relation.kind: relation.target for relation in relations.values()}
    strings = _Strings()
    if (part := _part(package, main, targets, "sharedStrings")) is not None:
        package.parse(part, strings)
    styles = _Styles()
    if (part := _part(package, main, targets, "styles")) is not None:
        package.parse(part, styles)
    formats = [styles.codes.get(number, "") for number in styles.numbers]
    for index in choose_sheets(content, path, book.names, book.hidden, options, kinds):
        part, name = parts[index], book.names[index]
        if part is None:
            raise damaged(path, Text(f"工作表“{name}”没有内容", f"sheet '{name}' has no part"), name)
        reading = _Sheet(SheetCells(path, name, options.limits), strings.texts, formats, is_1904=book.is_1904)
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
        self.names: list[str] = []
        self.hidden: list[bool] = []
        self.relations: list[str] = []
        self.is_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            self.names.append(attributes.get("name", ""))
            self.hidden.append(attributes.get("state", "visible") != "visible")
            self.relations.append(attributes.get("id", ""))
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
        self.keeps_spaces = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "t":
            self.pieces = []
            self.keeps_spaces = attributes.get("space") == "preserve"
        elif name == "rPh":
            self.n_phonetic += 1

    def text(self, text: str) -> None:
        if self.pieces is not None:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        if name == "t":
            text = self.taken()
            if not self.n_phonetic:
                self.runs.append(text if self.keeps_spaces else text.strip(_SPACES))
        elif name == "rPh":
            self.n_phonetic -= 1

    def taken(self) -> str:
        text, self.pieces = "".join(self.pieces or ()), None
        return text


class _Strings(_Texts):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self.runs = []
        else:
            super().start(name, attributes)

    def end(self, name: str) -> None:
        if name == "si":
            self.texts.append(_text("".join(self.runs)))
        else:
            super().end(name)


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
    rb"\s*+(?:<f(%b)(?:/>|>(%b)</f>)\s*+)?+(?:<v>(%b)</v>|<v\s*+/>|<is>\s*+<t(%b)(?:/>|>(%b)</t>)\s*+</is>)?+\s*+"
    % (_ATTRIBUTES, _TEXT, _TEXT, _ATTRIBUTES, _TEXT)
)
_MOST_COLUMNS = 200
"""Cells of a row up to which a pattern for its shape is worth compiling."""
_BATCH = 20_000
"""Cells of rows of one shape whose values are made together."""
_MANY_ROWS = 64
"""Rows of one shape from which a pattern for the shape pays."""


def _row_pattern(letters: Sequence[bytes], tags: Sequence[bytes]) -> re.Pattern[bytes]:
    """Return the pattern of rows whose cells have these columns and attributes and hold nothing but values."""
    cells = b"".join(
        rb'\s*+<c r="%b\1"%b>%b' % (name, re.escape(tag), b"()" if tag.endswith(b"/") else rb"<v>(%b)</v></c>" % _TEXT)
        for name, tag in zip(letters, tags, strict=True)
    )
    return re.compile(rb'\s*+<row r="([1-9][0-9]{0,6})"(%b)>%b\s*+</row>' % (_ATTRIBUTES, cells))


_NAMED = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_ATTRIBUTE = re.compile(rb'([A-Za-z0-9:]+)="([^"]*)"')
_UTF8 = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml(?![^<>]*encoding\s*=\s*[\"'](?!utf-8[\"']))[^<>]*\?>)?", re.IGNORECASE)
_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"


class _NotPlainError(Exception):
    """The rows of a sheet have another form than the regular expression knows."""


_Maker = Callable[[Sequence[bytes]], list[CellValue]]


@dataclass(slots=True)
class _Shape:
    """What rows have in common whose cells have the same columns and attributes."""

    columns: list[int]
    tags: list[Attributes | None]
    """Attributes of each cell; None for blank ones."""
    makers: list[_Maker] | None
    """What makes the values of each column of cells that hold nothing else; None where a cell needs a closer look."""
    pattern: re.Pattern[bytes] | None = None
    """A whole row of this shape, once there are many: one match yields all its values."""
    rows: list[int] = field(default_factory=list)
    """The numbers of the rows that hold nothing but values."""
    width: int = field(init=False)
    """Columns from the first to the last cell that is not blank."""
    has_gaps: bool = field(init=False)

    def __post_init__(self) -> None:
        filled = [column for column, tag in zip(self.columns, self.tags, strict=True) if tag is not None]
        self.width = filled[-1] + 1 if filled else 0
        self.has_gaps = self.columns != list(range(len(self.columns)))

    def lines(self, values: Sequence[Sequence[bytes]]) -> list[list[CellValue]]:
        """Return rows of values from the first column of the sheet on; raise for a blank, no number, and no shared string."""
        made = [make(column) for make, column in zip(self.makers or (), values, strict=True)]
        if self.has_gaps:
            blank: list[CellValue] = [None] * len(values[0])
            by_column = dict(zip(self.columns, made, strict=True))
            made = [by_column.get(column, blank) for column in range(self.width)]
        return [list(line) for line in zip(*made[: self.width], strict=True)]


class _Sheet(_Texts):
    """Reads one worksheet part."""

    def __init__(self, cells: SheetCells, strings: list[str], formats: list[str], *, is_1904: bool) -> None:
        super().__init__()
        self.cells = cells
        self.strings = strings
        self.formats = formats
        self.is_1904 = is_1904
        self.float: Callable[[bytes], float] = float
        self.int: Callable[[bytes], int] = int
        self.longest_string = max(map(len, strings), default=0)
        self.begin()

    def begin(self) -> None:
        """Begin with no cell."""
        self.cells = SheetCells(self.cells.path, self.cells.name, self.cells.limits)
        self.links: list[tuple[int, int, str]] = []
        """Cells whose formula refers to another workbook, with the formula."""
        self.calls: list[tuple[int, int, str]] = []
        """Cells whose formula reaches the network or starts a program."""
        self.formulas: dict[str, tuple[str, bool, bool]] = {}
        """Shared formulas by number: text, whether it refers to another workbook, whether it calls out."""
        self.row = self.column = -1
        self.in_rows = False
        self.cell: Attributes | None = None
        self.value: str | None = None
        self.formula: str | None = None
        self.formula_tag: Attributes = {}

    def read(self, package: Package, part: str) -> None:
        xml = package.read(part)
        start, end = xml.find(_OPEN), xml.rfind(_CLOSE)
        if 0 <= start < end:
            rest = xml[:start] + b"<sheetData/>" + xml[end + len(_CLOSE) :]
            declared = _UTF8.match(rest)
            body = rest[declared.end() if declared is not None else 0 :]
            if not any(mark in body for mark in (b"<!", b"<?", _OPEN, b":sheetData")):
                try:
                    if xml.find(b"_", start, end) >= 0:  # Python reads 1_0 as 10
                        self.float, self.int = _strict_float, _strict_int
                    self._match_rows(xml, start + len(_OPEN), end)
                except (_NotPlainError, UnicodeDecodeError):
                    self.begin()
                else:
                    xml = rest
        package.parse(part, self, xml, sheet=self.cells.name)

    # --- plain rows, by regular expression --------------------------------------------------------------------------------

    def _match_rows(self, xml: bytes, at: int, end: int) -> None:
        """Read rows of the plain form; raise where there is anything else."""
        shapes: dict[tuple[tuple[bytes, ...], tuple[bytes, ...]], _Shape] = {}
        before: _Shape | None = None
        alike: list[tuple[bytes, ...]] = []
        """Rows of one shape, that of the row before, whose cells hold nothing but values."""
        while (found := _ROW.match(xml, at, end)) is not None:
            at = found.end()
            parts = _CELL.findall(xml, *found.span(3)) if found[3] else []
            letters, tags, values, others = zip(*parts, strict=True) if parts else ((), (), (), ())
            shape = shapes.get((letters, tags)) or shapes.setdefault((letters, tags), self._shape(letters, tags))
            if shape is not before and before is not None:
                self._put_alike(before, alike)
                alike = []
            before = shape
            if shape.makers is None or any(others):
                self._put_alike(shape, alike)
                alike = []
                self._put_row(self._next_row(found[1], found[2]), shape, values, others)
                continue
            alike.append((found[1], found[2], *values))
            if len(alike) < _MANY_ROWS and len(alike) * len(letters) < _BATCH:
                continue
            if len(alike) == _MANY_ROWS and len(letters) <= _MOST_COLUMNS:
                pattern = shape.pattern = shape.pattern or _row_pattern(letters, tags)
                while (found := pattern.match(xml, at, end)) is not None:
                    at = found.end()
                    alike.append(found.groups())
                    if len(alike) * len(letters) >= _BATCH:
                        self._put_alike(shape, alike)
                        alike = []
            self._put_alike(shape, alike)
            alike = []
        if before is not None:
            self._put_alike(before, alike)
        if xml[at:end].strip():
            raise _NotPlainError
        for shape in shapes.values():
            for column, tag in zip(shape.columns, shape.tags, strict=True):
                if tag is not None and shape.rows and tag.get("t", "n") == "n":
                    number_format = self._format(tag)
                    if is_number_format(number_format):
                        self.cells.note_format(shape.rows, column, number_format)
        self.cells.longest_text = max(self.cells.longest_text, self.longest_string)

    def _next_row(self, number: bytes, attributes: bytes) -> int:
        row = int(number) - 1
        if row <= self.row:
            raise _NotPlainError
        self.row = row
        if b"hidden" in attributes and _tag(attributes).get("hidden") in _TRUE:
            self.cells.hidden_rows.add(row)
        return row

    def _shape(self, letters: tuple[bytes, ...], written: tuple[bytes, ...]) -> _Shape:
        columns = [_column(name.decode()) for name in letters]
        tags = [None if tag.endswith(b"/") else _tag(tag) for tag in written]
        if any(second <= first for first, second in pairwise(columns)) or any(tag and "r" in tag for tag in tags):
            raise _NotPlainError
        makers: list[_Maker] | None = []
        for tag in tags:
            kind = tag.get("t", "n") if tag is not None else None
            if makers is None or kind not in {None, "n", "s"}:
                makers = None
            elif tag is None:
                makers.append(lambda values: [None] * len(values))
            elif kind == "s":
                makers.append(self._texts)
            else:
                makers.append(self._numbers(self._format(tag)))
        return _Shape(columns, tags, makers)

    def _texts(self, values: Sequence[bytes]) -> list[CellValue]:
        numbers = list(map(self.int, values))
        if min(numbers) < 0:
            raise IndexError
        return [self.strings[number] for number in numbers]

    def _numbers(self, number_format: str) -> _Maker:
        if is_date_format(number_format):
            return lambda values: [moment(self.float(text), number_format, is_1904=self.is_1904) for text in values]
        return lambda values: list(map(self.float, values))

    def _put_alike(self, shape: _Shape, rows: list[tuple[bytes, ...]]) -> None:
        """Put rows of one shape whose cells hold nothing but values: number, attributes and values of each."""
        if not rows:
            return
        numbers, attributes, *values = zip(*rows, strict=True)
        try:
            lines = shape.lines(values)
        except (ValueError, IndexError):  # a blank, no number, or a number in an unusual spelling
            for number, tag, *written in rows:
                self._put_row(self._next_row(number, tag), shape, written, (b"",) * len(written))
            return
        for number, tag, line in zip(numbers, attributes, lines or repeat([]), strict=bool(lines)):
            row = self._next_row(number, tag)
            if line:
                self.cells.put_row(row, line)
                shape.rows.append(row)

    def _put_row(self, row: int, shape: _Shape, values: Sequence[bytes], others: Sequence[bytes]) -> None:
        """Put the cells of a row one by one."""
        for column, tag, written, other in zip(shape.columns, shape.tags, values, others, strict=True):
            if tag is None:
                continue
            value: bytes | None = written
            formula = None
            if other:
                found = _CELL_PARTS.fullmatch(other)
                if found is None:
                    raise _NotPlainError
                formula_tag, formula_text, value, inline_tag, inline = found.groups()
                if inline is not None:
                    value = inline if b"preserve" in inline_tag else inline.strip()
                if formula_tag is not None:
                    formula = self._formula(row, column, _tag(formula_tag), _unescaped(formula_text or b""))
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
        elif self.in_rows:
            if name == "c":
                self.column += 1
                address = attributes.get("r", "").strip()
                if (found := _ADDRESS.fullmatch(address)) is not None:
                    self.row, self.column = max(int(found[2]) - 1, 0), _column(found[1])
                elif address:
                    self.column = _BEYOND
                self.cell, self.value, self.formula = attributes, None, None
                self.runs.clear()
            elif name == "row":
                self.row = _count(attributes.get("r")) - 1 if _count(attributes.get("r")) else self.row + 1
                self.column = -1
                if attributes.get("hidden") in _TRUE:
                    self.cells.hidden_rows.add(self.row)
        elif name == "sheetData":
            self.in_rows = True
        elif name == "col" and attributes.get("hidden") in _TRUE:
            first, last = _count(attributes.get("min")), _count(attributes.get("max"))
            self.cells.hidden_columns.append((max(first, 1) - 1, last - 1))
        elif name == "mergeCell" and (found := _RANGE.fullmatch(attributes.get("ref", ""))) is not None:
            top, left, bottom, right = int(found[2]) - 1, _column(found[1]), int(found[4]) - 1, _column(found[3])
            self.cells.merged.append((top, left, bottom, right))

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
        number = tag.get("si")
        known = self.formulas.get(number) if number is not None else None
        if known is None:
            formula = "=" + written[:_LONGEST_FORMULA]
            known = formula, _LINKS.search(formula) is not None, _CALLS.search(formula) is not None
            if number is not None:
                self.formulas[number] = known
        formula, has_link, calls_out = known
        if has_link:
            self.links.append((row, column, formula))
        if calls_out:
            self.calls.append((row, column, formula))
        return formula

    def put(self, row: int, column: int, tag: Attributes, value: str | None, formula: str | None) -> None:
        """Put a cell by its type, with what is saved of its value and its formula."""
        cells, kind = self.cells, tag.get("t", "n")
        if kind == "e":
            cells.put_flaw(row, column, CellFlaw.ERROR, value or "")
        elif formula is not None and (value is None or (value == "" and kind != "str")):
            cells.put_flaw(row, column, CellFlaw.NO_SAVED_VALUE, formula)
        elif not value:
            pass
        elif kind == "s":
            written = value.strip()
            number = _count(written)
            if not written.isdigit() or number >= len(self.strings):
                shown = written[:20]
                raise damaged(cells.path, Text(f"共享字符串 {shown} 不存在", f"shared string {shown} is missing"))
            cells.put_text(row, column, self.strings[number])
        elif kind == "b":
            cells.put(row, column, value.strip().lower() in _TRUE)
        elif kind == "n":
            try:
                cells.put_number(
                    row, column, _strict_float(value.strip().encode()), self._format(tag), is_1904=self.is_1904
                )
            except ValueError:
                cells.put_text(row, column, value)
        elif kind == "d":
            try:
                cells.put(row, column, dt.datetime.fromisoformat(value.strip()))
            except ValueError:
                cells.put_text(row, column, value)
        else:
            cells.put_text(row, column, _text(value))


def _strict_float(text: bytes) -> float:
    return float(text.replace(b"_", b"?"))


def _strict_int(text: bytes) -> int:
    return int(text.replace(b"_", b"?"))


@lru_cache(maxsize=1024)
def _tag(written: bytes) -> Attributes:
    """Return the attributes of a tag of the plain form."""
    found = {name.decode(): text.decode() for name, text in _ATTRIBUTE.findall(written)}
    return {name: text for name, text in found.items() if ":" not in name}


def _unescaped(written: bytes) -> str:
    text = written.decode()
    if "&" in text:
        for name, character in _NAMED.items():
            text = text.replace(name, character)
    return text


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
