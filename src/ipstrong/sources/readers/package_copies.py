"""Xlsx packages that differ in nothing but numbers and one name: filled-in copies of a file, told by their bytes.

What such a copy holds is known once the first was read: only its numbers are taken, straight from the sheets' XML.
Whatever else differs (a style, a text, a formula, a cell more) makes it a file of its own, which is read as usual.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from operator import itemgetter
from typing import NamedTuple

from ipstrong.diagnostics import split_a1
from ipstrong.sources.number_formats import ShownAs
from ipstrong.sources.patterns import lazy
from ipstrong.sources.readers.plain import NotPlainError, check_archive
from ipstrong.sources.readers.refusal import Refusal
from ipstrong.sources.readers.sheet_scan import number_matters
from ipstrong.sources.readers.xlsx_parts import main_part, sheet_parts, telling_formats
from ipstrong.sources.readers.zip_parts import Directory, ZipParts

_WITHOUT_CONTENT = ("docProps/", "xl/theme/", "xl/printerSettings/", "customXml/")
"""Folders of parts that say nothing of cells."""
_TAG_END = b"v>"
"""Splits the XML of a sheet so that every second piece is a value; much faster than any pattern."""
_AFTER = b"</"
"""What is then left behind a value."""
_AFTER_EACH = b"</>"
"""The same where values are joined with `>`, which none of them holds."""
_CELL_WITH_VALUE = lazy(rb"<c\s([^<>]*)>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?<v>([^<]*)</v>")
_ADDRESS = lazy(rb'(?:^|\s)r="([A-Z]{1,3}[0-9]{1,7})"')
_STYLE = lazy(rb'(?:^|\s)s="([0-9]{1,6})"')
_PLAIN_TAG = lazy(rb"""<[/A-Za-z][^<>"']*(?:"[^<>"]*"[^<>"']*)*>""")
_VALUE_TAG = lazy(rb"<(?:[^<>\s/:]+:)?v[\s/>]")
_TAG = lazy(rb"<[^<>]*>")
_DIGITS = b"0123456789.eE+-"
_ESCAPED = frozenset("&<>\"'")


class SheetNumbers(NamedTuple):
    """Where the numbers of a sheet stand that may differ from copy to copy."""

    name: str
    places: Sequence[tuple[int, int]]
    """0-based row and column of each, in the order in which they are wanted."""
    values: Sequence[float]
    """What they are in the first copy."""


class Filled(NamedTuple):
    """What a copy holds."""

    name: str | None
    """The one name that differs; None where none may."""
    numbers: list[list[float]]
    """For each sheet its numbers, in the order of `SheetNumbers.places`."""
    formats: list[dict[int, str]]
    """For each sheet the number formats that matter, by place among its numbers."""


class _Around(NamedTuple):
    """What stands around the name in some bytes."""

    pieces: list[bytes]
    """A single one where the name does not occur."""
    as_references: bool
    """Whether the name is spelt in character references, as some writers do beyond ASCII."""

    @classmethod
    def split(cls, content: bytes, name: str) -> _Around:
        """Take the bytes apart where the name stands; an empty name stands nowhere."""
        spellings = [_spelt(name, as_references=False), _spelt(name, as_references=True)]
        as_references = bool(name) and spellings[0] not in content and spellings[1] in content
        return cls(content.split(spellings[as_references]) if name else [content], as_references)

    def filled(self, name: str) -> bytes:
        """Return the bytes for another name."""
        return _spelt(name, as_references=self.as_references).join(self.pieces)

    def name_in(self, content: bytes) -> str | None:
        """Return the name in other bytes; empty where none is wanted, None where anything else differs."""
        if len(self.pieces) == 1:
            return "" if content == self.pieces[0] else None
        length, rest = divmod(len(content) - sum(map(len, self.pieces)), len(self.pieces) - 1)
        if length <= 0 or rest:
            return None
        start = len(self.pieces[0])
        name = content[start : start + length].decode("utf-8", "replace")
        name = unescape(name) if self.as_references else name
        return name if _ESCAPED.isdisjoint(name) and self.filled(name) == content else None


def _spelt(name: str, *, as_references: bool) -> bytes:
    return name.encode("ascii", "xmlcharrefreplace") if as_references else name.encode("utf-8", "replace")


class _Sheet(NamedTuple):
    """What a sheet of a copy holds."""

    name: str
    """The name that differs; empty where it has not been met."""
    numbers: list[float]
    formats: dict[int, str]


@dataclass(slots=True)
class _SheetTemplate:
    part: str
    pieces: list[bytes]
    """The XML around all values."""
    named: list[tuple[int, _Around]]
    """Which of the pieces hold the name, and what stands around it."""
    fixed: list[bytes]
    """Values that are the same in all copies: references to texts, headings, codes."""
    pick_fixed: Callable[[list[bytes]], Iterable[bytes]]
    """Picks these among all values."""
    pick_numbers: Callable[[list[bytes]], Iterable[bytes]]
    """Picks the wanted numbers."""
    formats: list[tuple[int, str, ShownAs]]
    """Those whose number format may matter, with it."""

    def read(self, package: ZipParts, name: str) -> _Sheet | None:
        """Return what a sheet of a copy holds, None where it is none; an empty `name` is not yet known."""
        parts = package.read(self.part).split(_TAG_END)
        pieces, values = parts[::2], parts[1::2]
        for index, around in self.named:
            name = name or (index < len(pieces) and around.name_in(pieces[index])) or ""
            if not name or index >= len(pieces) or pieces[index] != around.filled(name):
                return None
            pieces[index] = self.pieces[index]
        if len(parts) != 2 * len(self.pieces) - 1 or pieces != self.pieces:
            return None
        if list(self.pick_fixed(values)) != self.fixed:
            return None
        texts = b">".join((*self.pick_numbers(values), b"")).split(_AFTER_EACH)
        if texts.pop() or b"".join(texts).translate(None, _DIGITS):  # so each is followed by `</` and by nothing else
            return None
        try:
            numbers = [float(text) for text in texts]
        except ValueError:
            return None
        formats = {index: code for index, code, shown in self.formats if number_matters(texts[index], shown)}
        return _Sheet(name, numbers, formats)


@dataclass(slots=True)
class PackageTemplate:
    """The first of a file's copies, as far as the others must equal it."""

    directory: Directory
    equal: list[tuple[str, tuple[int, int, int], bytes]]
    """Parts that must be the same to the byte, as packed, with their declared checksum and sizes."""
    named: list[tuple[str, _Around]]
    """Parts in which only the name may differ."""
    has_name: bool
    sheets: list[_SheetTemplate]

    def read(self, package: ZipParts) -> Filled | None:
        """Return what a copy holds; None where the package is none.

        Args:
            package: With the parts that `directory` found in it.

        Raises:
            Refusal: when a part is damaged.
        """
        for part, declared, packed in self.equal:
            if package.parts[part][1:4] != declared or package.packed(part) != packed:
                return None
        name = ""
        for part, around in self.named:
            found = around.name_in(package.read(part))
            if found is None or (name and found and found != name):
                return None
            name = found or name
        numbers: list[list[float]] = []
        formats: list[dict[int, str]] = []
        for sheet in self.sheets:
            read = sheet.read(package, name)
            if read is None:
                return None
            name = read.name
            numbers.append(read.numbers)
            formats.append(read.formats)
        return Filled(name if self.has_name else None, numbers, formats)


def template_of(package: ZipParts, name: str | None, sheets: Sequence[SheetNumbers]) -> PackageTemplate | None:
    """Return what copies of a package must equal; None where its bytes do not show plainly where the numbers stand.

    Args:
        package: The first copy, which was read without a finding.
        name: The text that may differ wherever it stands, such as the name of a district.
        sheets: All sheets of the workbook with their numbers.
    """
    main = main_part(package)
    if main is None or (name is not None and _ESCAPED.intersection(name)):
        return None
    try:
        check_archive(package)
        parts = sheet_parts(package, main, len(sheets))
        formats = telling_formats(package, main)
        own = name or ""
        read = [_sheet_template(package, part, sheet, formats, own) for part, sheet in zip(parts, sheets, strict=True)]
        templates = [sheet for sheet in read if sheet is not None]
        if len(templates) != len(sheets):
            return None
        varying = [main, f"{main.rpartition('/')[0]}/sharedStrings.xml".lstrip("/")]
        named = [(part, _Around.split(package.read(part), own)) for part in varying if part in package]
        apart = {*parts, *varying}
        equal = [
            (part, package.parts[part][1:4], package.packed(part))
            for part in package.parts
            if part not in apart and not part.startswith(_WITHOUT_CONTENT)
        ]
        if any(_names(package.read(part), own) for part, _, _ in equal):
            return None
        directory = Directory(package)
    except (Refusal, NotPlainError, struct.error):
        return None
    if any(_names(b"\n".join(around.pieces), own) for _, around in named):
        return None
    has_name = any(len(around.pieces) > 1 for _, around in named) or any(sheet.named for sheet in templates)
    if has_name != (name is not None):
        return None
    return PackageTemplate(directory, equal, named, has_name, templates)


def _names(content: bytes, name: str) -> bool:
    """Whether a part may name what differs from copy to copy in bytes that are the same in all of them.

    So it does in other references than elsewhere, or in pieces: `<r><t>南山</t></r><r><t>区</t></r>`.
    """
    if not name:
        return False
    if b"<!" in content or b"rPh" in content:
        return True
    texts = (unescape(text.decode("utf-8", "replace")) for text in (content, _TAG.sub(b"", content)))
    return any(name in text for text in texts)


def _sheet_template(
    package: ZipParts, part: str | None, sheet: SheetNumbers, formats: dict[int, tuple[str, ShownAs]], name: str
) -> _SheetTemplate | None:
    if part is None:
        return None
    xml = package.read(part)
    pieces = xml.split(_TAG_END)
    values = pieces[1::2]
    cells = _CELL_WITH_VALUE.findall(xml)
    if [text + _AFTER for _, text in cells] != values or len(pieces) % 2 == 0 or not _is_plain(xml, len(values)):
        return None
    by_place: dict[tuple[int, int], int] = {}
    styles: list[int] = []
    for index, (tag, _) in enumerate(cells):
        addresses, style = _ADDRESS.findall(tag), _STYLE.search(tag)
        if len(addresses) != 1:
            return None
        row, column = split_a1(addresses[0].decode())
        by_place[row - 1, column - 1] = index
        styles.append(int(style[1]) if style else -1)
    chosen = [by_place.get(place, -1) for place in sheet.places]
    if len(by_place) != len(cells) or -1 in chosen:
        return None
    told: list[tuple[int, str, ShownAs]] = []
    for number, (index, value) in enumerate(zip(chosen, sheet.values, strict=True)):
        text = cells[index][1]
        if not text or text.translate(None, _DIGITS) or float(text) != value:
            return None
        if styles[index] in formats:
            told.append((number, *formats[styles[index]]))
    pick_fixed = _picker(sorted(set(range(len(values))).difference(chosen)))
    between = pieces[::2]
    split = [(index, _Around.split(piece, name)) for index, piece in enumerate(between)]
    named = [(index, around) for index, around in split if len(around.pieces) > 1]
    if _names(b"\n".join(piece for _, around in split for piece in around.pieces), name):
        return None
    return _SheetTemplate(part, between, named, list(pick_fixed(values)), pick_fixed, _picker(chosen), told)


def _is_plain(xml: bytes, n_values: int) -> bool:
    """Whether all tags are what they look like, with no other value among them; comments and odd quotes can hide cells."""
    head = xml.find(b"?>") + 2 if b"<?xml" in xml[:8] else 0
    return b"<" not in _PLAIN_TAG.sub(b"", xml[head:]) and len(_VALUE_TAG.findall(xml)) == n_values


def _picker(indices: Sequence[int]) -> Callable[[list[bytes]], Iterable[bytes]]:
    """Return a function that picks these items of a list."""
    if len(indices) < 2:
        return lambda values: [values[index] for index in indices]
    return itemgetter(*indices)
