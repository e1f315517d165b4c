"""XML changed in place: elements are found with their byte positions, edits replace those bytes and nothing else.

A part that is parsed and written anew comes out different: prefixes, order, extensions. A part that is edited in place
stays byte for byte what it was outside the edits, which is what a marked copy promises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

_TAG = re.compile(rb"""<[^\s/>"']+(?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")
_RESERVED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class XmlError(ValueError):
    """The part is no well-formed XML, or declares a document type, which no workbook part may."""


class Edit(NamedTuple):
    """Bytes `start` to `end` become `text`."""

    start: int
    end: int
    text: bytes


class Node(NamedTuple):
    """An element with its place in the bytes."""

    name: str
    """Local name, without prefix."""
    tag: str
    """Name as written."""
    attributes: dict[str, str]
    start: int
    """Of the start tag."""
    opened: int
    """Behind the start tag."""
    closed: int
    """Of the end tag; equal to `opened` for an empty-element tag."""
    end: int
    """Behind the element."""
    parent: int
    """Index of the parent in the list; -1 for the root."""

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written `<name/>`."""
        return self.opened == self.end


def as_utf8(data: bytes) -> bytes:
    """Return the part in UTF-8 without byte order mark, its declaration saying so."""
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else None
    declared = _DECLARED.match(data)
    if encoding is None and declared is not None and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        encoding = declared[1].decode("ascii")
    if encoding is None:
        return data
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeDecodeError) as error:
        raise XmlError(str(error)) from error
    return re.sub(r"^<\?xml[^>]*\?>", '<?xml version="1.0" encoding="UTF-8"?>', text).encode()


def new_parser() -> expat.XMLParserType:
    """Return a parser that refuses document types, and with them entities."""
    parser = expat.ParserCreate("UTF-8")

    def refuse(*_: object) -> None:
        raise XmlError("a document type declaration")

    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    return parser


def local(tag: str) -> str:
    """Return a name without its prefix."""
    return tag.rsplit(":", 1)[-1]


def tag_end(data: bytes, start: int) -> int:
    """Return the position behind the tag that begins at `start`."""
    found = _TAG.match(data, start)
    if found is None:
        raise XmlError(f"no tag at byte {start}")
    return found.end()


def nodes_of(data: bytes) -> list[Node]:
    """Return every element in document order; for parts of modest size."""
    found: list[Node | None] = []
    stack: list[tuple[int, str, dict[str, str], int]] = []
    parser = new_parser()

    def started(tag: str, attributes: dict[str, str]) -> None:
        stack.append((len(found), tag, attributes, parser.CurrentByteIndex))
        found.append(None)

    def ended(_tag: str) -> None:
        index, tag, attributes, start = stack.pop()
        opened = tag_end(data, start)
        is_empty = data[opened - 2 : opened] == b"/>"
        closed = opened if is_empty else parser.CurrentByteIndex
        end = opened if is_empty else tag_close(data, closed)
        parent = stack[-1][0] if stack else -1
        found[index] = Node(local(tag), tag, attributes, start, opened, closed, end, parent)

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parse(parser, data)
    return [node for node in found if node is not None]


def parse(parser: expat.XMLParserType, data: bytes) -> None:
    """Run the parser over a part."""
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise XmlError(str(error)) from error


def tag_close(data: bytes, closed: int) -> int:
    """Return the position behind the end tag that begins at `closed`."""
    return data.index(b">", closed) + 1


def with_attributes(tag: bytes, values: Mapping[str, str | None]) -> bytes:
    """Return a start tag with attributes set, or removed where the value is None; the others stay as written."""
    wanted = dict(values)

    def changed(match: re.Match[bytes]) -> bytes:
        name = match[1].decode()
        if name not in wanted:
            return match[0]
        value = wanted.pop(name)
        return b"" if value is None else f" {name}={quoteattr(value)}".encode()

    made = _ATTRIBUTE.sub(changed, tag)
    added = "".join(f" {name}={quoteattr(value)}" for name, value in wanted.items() if value is not None).encode()
    ending = b"/>" if made.endswith(b"/>") else b">"
    return made[: -len(ending)].rstrip() + added + ending


def set_attributes(data: bytes, node: Node, values: Mapping[str, str | None]) -> Edit:
    """Return the edit that sets attributes of an element."""
    return Edit(node.start, node.opened, with_attributes(data[node.start : node.opened], values))


def append_child(
    data: bytes, node: Node, child: bytes, attributes: Mapping[str, str | None] | None = None
) -> list[Edit]:
    """Return the edits that put `child` last into an element, and set its attributes."""
    tag = with_attributes(data[node.start : node.opened], attributes or {})
    if node.is_empty_tag:
        opened = tag[:-2].rstrip() + b">"
        return [Edit(node.start, node.opened, opened + child + f"</{node.tag}>".encode())]
    return [Edit(node.start, node.opened, tag), Edit(node.closed, node.closed, child)]


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the bytes with the edits made; edits at the same place stay in the order given."""
    pieces: list[bytes] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        assert edit.start >= position, "edits overlap"
        pieces += (data[position : edit.start], edit.text)
        position = edit.end
    pieces.append(data[position:])
    return b"".join(pieces)


def text_xml(text: str) -> str:
    """Return text for an element of a workbook; `_x0041_`, which Excel would decode, is kept as it reads."""
    return escape(_RESERVED.sub("_x005F_", text))


def prefix_of(tag: str) -> str:
    """Return the prefix of a name with its colon, empty where there is none."""
    return tag[: tag.index(":") + 1] if ":" in tag else ""
