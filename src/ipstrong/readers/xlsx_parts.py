"""What the small parts of an xlsx package say: which part is which sheet, and which number formats matter."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from functools import lru_cache
from html import unescape

from ipstrong.readers.plain import NotPlainError, check_xml
from ipstrong.readers.refusal import damaged
from ipstrong.readers.zip_parts import ZipParts
from ipstrong.texts import Text
from ipstrong.values.number_formats import ShownAs, read_number_format

_ATTRIBUTE = re.compile(rb'(?<![\w:])([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^<>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^<>]*)>")
_NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^<>]*)>")
_CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf\s[^<>]*?\bnumFmtId=[\"']([0-9]{1,9})[\"']")
_STRING_TABLE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*>)?\s*<sst((?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)/?>"
)
_STRING_COUNT = re.compile(rb"uniqueCount\s*=\s*[\"']\s*\+?(\d+)")
_SHARED_STRINGS = "xl/sharedstrings.xml"
"""In lower case, for calamine finds the part however it is written."""
_ROUNDABOUT = re.compile(rb"\.\./|\./|//(?!schemas|purl|www)|%|\\\\")
"""A target that two readers may follow to two parts."""
_SHARED = re.compile(rb'\st="s"[^<>]*>\s*<v>([0-9]{1,9})<')
_HEAD = 4096
_HARMLESS = 1_000_000
"""Strings for which there is always room."""
_LONGEST_TAG = 4096
"""Bytes of a tag that are looked at; the tags that matter are far shorter."""

BUILT_IN_FORMATS = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    43: "#,##0.00",
    44: "#,##0.00",
}
"""Number formats that files refer to by number alone, as far as they print numbers."""


def attributes(tag: bytes) -> dict[str, str]:
    """Return the attributes of a tag, names without prefix."""
    return {
        name.rpartition(b":")[2].decode("ascii", "replace"): unescape((double or single).decode("utf-8", "replace"))
        for name, double, single in _ATTRIBUTE.findall(tag[:_LONGEST_TAG])
    }


def small_number(text: str | None) -> int | None:
    """Return a count as attributes write it; None for anything else."""
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdigit() else None


def main_part(package: ZipParts) -> str | None:
    """Return the workbook part, wherever the package keeps it; None where it holds no Office document."""
    if "xl/workbook.xml" in package:
        return "xl/workbook.xml"
    if "_rels/.rels" not in package:
        return None
    for tag in _RELATION.findall(package.read("_rels/.rels")):
        fields = attributes(tag)
        if fields.get("Type", "").endswith("/officeDocument"):
            target = posixpath.normpath(fields.get("Target", "").lstrip("/"))
            return target if target in package else None
    return None


def check_form(package: ZipParts, name: str) -> None:
    """Refuse a part whose bytes are not those of its checksum or, where it is XML, not well formed.

    Raises:
        Refusal: for such a part.
    """
    content = package.read(name)
    if not name.endswith((".xml", ".rels")):
        return
    from xml.parsers import expat

    try:
        expat.ParserCreate().Parse(content, True)
    except expat.ExpatError as error:
        reason = str(error)
        raise damaged(package.path, Text(f"部件 {name} 不完整：{reason}", f"part {name}: {reason}")) from error


def check_string_count(package: ZipParts) -> None:
    """Refuse a workbook whose table of shared strings declares more of them than it has room for.

    calamine makes room for as many as it declares, and ends the process where there is none.

    Raises:
        Refusal: for such a table.
        NotPlainError: for one that may be read in two ways.
    """
    for name in package.parts:
        if name.lower() != _SHARED_STRINGS:
            continue
        size = package.parts[name].size
        head = package.head(name, _HEAD)
        check_xml(head)
        tag = _STRING_TABLE.match(head)
        if tag is None:
            raise NotPlainError
        for count in _STRING_COUNT.findall(tag[0]):
            if int(count[:20]) > max(_HARMLESS, size // len("<si/>")):
                number = count[:20].decode()
                reason = Text(
                    f"共享字符串表声明有{number}条，部件 {name} 里放不下",
                    f"its table of shared strings declares {number} entries, more than part {name} can hold",
                )
                raise damaged(package.path, reason)


def sheet_parts(package: ZipParts, main: str, n_sheets: int) -> list[str]:
    """Return the part of every sheet in the workbook's order.

    Raises:
        NotPlainError: where it is not certain that calamine reads the same parts.
    """
    workbook = package.read(main)
    check_xml(workbook)
    rels = "xl/_rels/workbook.xml.rels"
    if main != "xl/workbook.xml" or rels not in package:
        raise NotPlainError
    listed = package.read(rels)
    check_xml(listed)
    targets = relations(package, main)
    found = [targets.get(attributes(tag).get("id", "")) for tag in _SHEET.findall(workbook)]
    parts = [part for part in found if part is not None and part in package]
    if len(parts) != n_sheets or _ROUNDABOUT.search(listed):
        raise NotPlainError
    return parts


def text_size(package: ZipParts, xml: bytes, limit: int) -> int:
    """Return how many bytes the shared strings of a sheet's cells take, or a bound of it that is within the limit."""
    part = next((name for name in package.parts if name.lower() == _SHARED_STRINGS), None)
    count = xml.count(b't="s"') if part is not None else 0
    if part is None or count * package.parts[part].size <= limit:
        return 0
    sizes = [len(string) for string in package.read(part).split(b"<si")[1:]]
    if count * max(sizes, default=0) <= limit:
        return 0
    used = Counter(map(int, _SHARED.findall(xml)))
    return sum(times * sizes[number] for number, times in used.items() if number < len(sizes))


def relations(package: ZipParts, part: str) -> dict[str, str]:
    """Return the targets of a part's relations by their id, as part names; external ones as written."""
    folder, _, name = part.rpartition("/")
    prefix = f"{folder}/" if folder else ""
    rels = f"{prefix}_rels/{name}.rels"
    if rels not in package:
        return {}
    targets = {}
    for tag in _RELATION.findall(package.read(rels)):
        fields = attributes(tag)
        target = fields.get("Target", "")
        if fields.get("TargetMode") != "External":
            target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{prefix}{target}")
        targets[fields.get("Id", "")] = target
    return targets


def telling_formats(package: ZipParts, main: str) -> dict[int, tuple[str, ShownAs]]:
    """Return the number formats that print numbers, by the style id that cells carry.

    Raises:
        Refusal: when the styles are damaged.
    """
    part = main.rpartition("/")[0] + "/styles.xml" if "/" in main else "styles.xml"
    return _formats_of(package.read(part)) if part in package else {}


@lru_cache(maxsize=32)
def _formats_of(styles: bytes) -> dict[int, tuple[str, ShownAs]]:
    """Read a styles part; the workbooks of one submission mostly share theirs."""
    start = styles.find(b"cellXfs")
    end = styles.find(b"cellXfs>", start + 8)
    if start < 0 or end < 0:
        return {}
    ids = [int(number) for number in _CELL_FORMAT.findall(styles[start:end])]
    if not any(ids):
        return {}
    codes = dict(BUILT_IN_FORMATS)
    for tag in _NUMBER_FORMAT.findall(styles):
        fields = attributes(tag)
        number_id = small_number(fields.get("numFmtId"))
        if number_id is not None:
            codes[number_id] = fields.get("formatCode", "")
    telling = {}
    for style, number in enumerate(ids):
        shown = read_number_format(codes.get(number, ""))
        if shown is not None:
            telling[style] = (codes[number], shown)
    return telling
