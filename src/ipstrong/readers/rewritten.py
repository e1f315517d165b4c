"""A workbook written anew where its bytes could be read in two ways.

calamine reads values and we read what stands beside them, each with its own parser. In an ordinary file both see the same
cells. Comments, prefixes, two addresses on a cell or two directories in one archive could show them different ones, and
calamine ends the process on what it finds there. Such a workbook is read with a strict parser and written in the plain form,
so that nothing but that form reaches calamine.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import Any, NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from ipstrong.diagnostics import a1
from ipstrong.readers.plain import NotPlainError, check_archive
from ipstrong.readers.refusal import Excess, damaged, too_large
from ipstrong.readers.zip_parts import ZipParts
from ipstrong.texts import Text

MAIN = "xl/workbook.xml"
"""The workbook part of what is written."""
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ADDRESS = re.compile(r"([A-Za-z]{1,9})([0-9]{1,9})")
_RANGE = re.compile(r"[A-Z]{1,3}[0-9]{1,7}(:[A-Z]{1,3}[0-9]{1,7})?")
_FOLDERS = frozenset({"chartsheets", "dialogsheets", "macrosheets"})
"""Folders of sheets without cells."""
_LAST_ROW, _LAST_COLUMN = 9_999_999, 18_278
"""The last ones that addresses of seven digits and three letters have."""
_BEYOND = 10**9
"""A row or column that no limit lets through."""


class _Sheet(NamedTuple):
    name: str
    state: str
    part: str | None


def rewritten(package: ZipParts, main: str) -> ZipParts:
    """Return a workbook in the plain form.

    Raises:
        Refusal: when a part is not well formed, or a sheet has none.
    """
    sheets, is_1904 = _sheets(package, main)
    own = {main, "[Content_Types].xml", "_rels/.rels", _rels_of(main), "xl/_rels/workbook.xml.rels"}
    parts: dict[str, bytes] = {}
    tags, targets = [], []
    for number, sheet in enumerate(sheets, start=1):
        folder = "worksheets" if sheet.part is None else posixpath.basename(posixpath.dirname(sheet.part)).lower()
        folder = folder if folder in _FOLDERS else "worksheets"
        if sheet.part is None:
            raise damaged(
                package.path, Text(f"工作表“{sheet.name}”没有内容", f"sheet '{sheet.name}' has no part"), sheet.name
            )
        own.add(sheet.part)
        parts[f"xl/{folder}/sheet{number}.xml"] = (
            _plain_sheet(package, sheet.part, sheet.name) if folder == "worksheets" else b"<sheet/>"
        )
        state = "" if sheet.state == "visible" else f" state={quoteattr(sheet.state)}"
        tags.append(f'<sheet name={quoteattr(sheet.name)} sheetId="{number}"{state} r:id="rId{number}"/>')
        kind = folder.removesuffix("s")
        targets.append(f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{folder}/sheet{number}.xml"/>')
    strings = _named(package, "sharedstrings.xml")
    if strings is not None:
        own.add(strings)
        parts["xl/sharedStrings.xml"] = _plain_strings(package, strings)
    styles = _named(package, "styles.xml")
    if styles is not None:
        own.add(styles)
        parts["xl/styles.xml"] = package.read(styles)
    epoch = '<workbookPr date1904="1"/>' if is_1904 else ""
    parts[MAIN] = (
        f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}">{epoch}<sheets>{"".join(tags)}</sheets></workbook>'
    ).encode()
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}">{"".join(targets)}</Relationships>'.encode()
    )
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{MAIN}"/></Relationships>'
    ).encode()
    taken = {name.lower() for name in (*parts, *own)}
    for name in package.parts:
        if name.lower() not in taken and not name.endswith("/") and "/worksheets/" not in name.lower():
            taken.add(name.lower())
            parts[name] = package.read(name)
    return packed(package, parts)


def _named(package: ZipParts, name: str) -> str | None:
    """Return the part of a file name, wherever the package keeps it."""
    return next((part for part in package.parts if posixpath.basename(part).lower() == name), None)


def packed(package: ZipParts, parts: dict[str, bytes]) -> ZipParts:
    """Return an archive of some parts, in place of another."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return ZipParts(package.path, data.getvalue(), package.limits)


# --- strict reading -------------------------------------------------------------------------------------------------------


class _Reader:
    """Collects what a part says; subclasses are told of elements by their local names."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text stands in an element."""


def _read(package: ZipParts, part: str, reader: _Reader) -> None:
    parser = expat.ParserCreate(namespace_separator="\n")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: reader.start(_local(name), attributes)
    parser.EndElementHandler = lambda name: reader.end(_local(name))
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_doctype(package.path, part)
    try:
        parser.Parse(package.read(part), True)
    except expat.ExpatError as error:
        reason = str(error)
        raise damaged(package.path, Text(f"部件 {part} 不完整：{reason}", f"part {part}: {reason}")) from error


def _refuse_doctype(path: str, part: str) -> None:
    raise damaged(path, Text(f"部件 {part} 带有文档类型声明", f"part {part} has a document type"))


def _local(name: str) -> str:
    """Return a name without namespace, and without a prefix that was not declared."""
    return name.rpartition("\n")[2].rpartition(":")[2]


class _Workbook(_Reader):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.is_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((text for key, text in attributes.items() if _local(key) == "id"), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", "visible"), relation))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904", "").lower() in {"1", "true", "on"}


class _Relations(_Reader):
    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _sheets(package: ZipParts, main: str) -> tuple[list[_Sheet], bool]:
    """Return the sheets in order with their parts, and whether dates count from 1904."""
    book, relations = _Workbook(), _Relations()
    _read(package, main, book)
    if (rels := _rels_of(main)) in package:
        _read(package, rels, relations)
    by_name = {name.lower(): name for name in reversed(package.parts)}
    sheets = [name for name in package.parts if "/worksheets/" in name.lower() and name.lower().endswith(".xml")]
    found = []
    for name, state, relation in book.sheets:
        target = relations.targets.get(relation)
        part = None
        if target is not None:
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(main), target)
            part = by_name.get(posixpath.normpath(path.replace("\\", "/")).lower())
        if part is None and len(book.sheets) == len(sheets) == 1:
            part = sheets[0]
        found.append(_Sheet(name, state, part))
    return found, book.is_1904


class _Texts(_Reader):
    """Keeps the text of `t` elements, without the reading aids of `rPh`."""

    def __init__(self) -> None:
        self.pieces: list[str] | None = None
        self.shown: list[str] = []
        self.aids = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name == "rPh":
            self.aids += 1
        elif name in {"t", "v", "f"}:
            self.pieces = []

    def text(self, text: str) -> None:
        if self.pieces is not None:
            self.pieces.append(text)

    def taken(self) -> str:
        """Return the text since the element began."""
        text, self.pieces = "".join(self.pieces or ()), None
        return text

    def end(self, name: str) -> None:
        if name == "rPh":
            self.aids -= 1
        elif name == "t":
            text = self.taken()
            if not self.aids:
                self.shown.append(text)


class _Strings(_Texts):
    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name == "si":
            self.shown = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            self.out.append(f'<si><t xml:space="preserve">{escape("".join(self.shown))}</t></si>')


def _plain_strings(package: ZipParts, part: str) -> bytes:
    reader = _Strings()
    _read(package, part, reader)
    return f'<sst xmlns="{_SPREADSHEET}">{"".join(reader.out)}</sst>'.encode()


class _Cells(_Texts):
    """Writes the cells of a worksheet, each with its address."""

    def __init__(self) -> None:
        super().__init__()
        self.farthest = 0
        """Row times column of the cell with content that is farthest out of every grid; 0 for none."""
        self.out: list[str] = []
        self.columns: list[str] = []
        self.merges: list[str] = []
        self.row = self.column = self.written_row = 0
        self.cell: dict[str, str] | None = None
        self.value: str | None = None
        self.formula = ""
        self.formula_tag: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, Any]) -> None:
        super().start(name, attributes)
        if name == "row":
            self.row, self.column = _count(attributes.get("r")) or self.row + 1, 0
            hidden = ' hidden="1"' if attributes.get("hidden") in {"1", "true"} else ""
            self.out.append(f'<row r="{self.row}"{hidden}>')
            self.written_row = self.row
        elif name == "c":
            self._place(attributes.get("r", ""))
            self.cell, self.value, self.formula, self.shown = attributes, None, "", []
        elif name == "f":
            self.formula_tag = {key: text for key, text in attributes.items() if key in {"t", "ref", "si"}}
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = _count(attributes.get("min")), _count(attributes.get("max"))
            self.columns.append(f'<col min="{first}" max="{min(last, 16_384)}" hidden="1"/>')
        elif name == "mergeCell" and _RANGE.fullmatch(attributes.get("ref", "")):
            self.merges.append(f'<mergeCell ref="{attributes["ref"]}"/>')

    def _place(self, address: str) -> None:
        found = _ADDRESS.fullmatch(address.strip())
        if found is None:
            self.column = self.column + 1 if not address.strip() else _BEYOND
            return
        number = 0
        for letter in found[1].upper():
            number = number * 26 + ord(letter) - 64
        self.column, self.row = number, int(found[2])

    def end(self, name: str) -> None:
        super().end(name)
        if name == "row":
            self.out.append("</row>")
        elif name == "v":
            text = self.taken()
            self.value = text if self.value is None else self.value
        elif name == "f":
            attributes = "".join(f" {key}={quoteattr(text)}" for key, text in self.formula_tag.items())
            self.formula = f"<f{attributes}>{escape(self.taken())}</f>"
        elif name == "c" and self.cell is not None:
            self._write(self.cell)
            self.cell = None

    def _write(self, cell: dict[str, str]) -> None:
        kind = cell.get("t", "n")
        content = self.formula
        if kind == "inlineStr":
            content += f'<is><t xml:space="preserve">{escape("".join(self.shown))}</t></is>'
        elif self.value is not None:
            value = self.value if kind == "str" else self.value.strip()
            content += f"<v>{escape(value)}</v>"
        if not content:
            return
        if self.row > _LAST_ROW or self.column > _LAST_COLUMN:
            self.farthest = max(self.farthest, self.row * self.column)
            return
        if self.row != self.written_row:  # its address names another row than the one it stands in
            self.out.append(f'</row><row r="{self.row}">')
            self.written_row = self.row
        style = f' s="{_count(cell["s"])}"' if "s" in cell else ""
        kind = "" if kind == "n" else f" t={quoteattr(kind)}"
        self.out.append(f'<c r="{a1(self.row - 1, self.column - 1)}"{style}{kind}>{content}</c>')


def _count(text: str | None) -> int:
    return min(int(text[:20]), _BEYOND) if text and text.isascii() and text.isdigit() else 0


def _plain_sheet(package: ZipParts, part: str, sheet: str) -> bytes:
    reader = _Cells()
    _read(package, part, reader)
    if reader.farthest:
        excess = Excess(
            Text("工作表的格数", "cells of the sheet"), reader.farthest, package.limits.max_cells, "--max-cells"
        )
        raise too_large(package.path, excess, sheet)
    columns = f"<cols>{''.join(reader.columns)}</cols>" if reader.columns else ""
    merges = f"<mergeCells>{''.join(reader.merges)}</mergeCells>" if reader.merges else ""
    rows = "".join(reader.out)
    return f'<worksheet xmlns="{_SPREADSHEET}">{columns}<sheetData>{rows}</sheetData>{merges}</worksheet>'.encode()


def as_plain_archive(package: ZipParts) -> ZipParts:
    """Return a package of another kind in an archive that can be read in one way only.

    Raises:
        Refusal: when a part is damaged, or two have one name.
    """
    try:
        check_archive(package)
    except NotPlainError:
        names = {name.lower(): name for name in package.parts}
        if len(names) != len(package.parts):
            raise damaged(package.path, Text("压缩包中有同名部件", "two parts of the archive bear one name")) from None
        parts = {name: package.read(name) for name in package.parts if not name.endswith("/")}
        return packed(package, parts)
    return package
