"""Zip packages of workbooks, with limits: their parts, their relations, and the XML in them."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import NamedTuple
from xml.parsers import expat

from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import data as codes
from ipstrong.readers.options import Limits, Refusal, damaged, too_large
from ipstrong.texts import Text

_RATIO_FROM = 32 << 20
"""Unpacked bytes up to which any compression ratio is harmless."""
# NotImplementedError is a RuntimeError: zipfile raises it for compression methods that it does not know.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OverflowError, RuntimeError, OSError, LookupError)
"""What `zipfile` raises for archives that are not as they should be."""

Attributes = dict[str, str]
"""The attributes of an element, by local name."""


class Relationship(NamedTuple):
    """What one part of a package says of another."""

    kind: str
    """Last segment of the type: `worksheet`, `styles`."""
    target: str
    """Name of the part; for external targets the address as written."""


class Package:
    """A zip archive in memory. A part is never unpacked beyond the size that the directory declares."""

    def __init__(self, path: str, data: bytes, limits: Limits) -> None:
        """Read the directory and check it against the limits.

        Raises:
            Refusal: for a damaged or encrypted archive, and for one that would unpack beyond the limits.
        """
        self.path = path
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise damaged(path, Text("压缩包不完整", "the archive is cut off")) from error
        entries = self._archive.infolist()
        self._entries = {entry.filename.replace("\\", "/"): entry for entry in entries}
        self._names = {name.lower(): name for name in reversed(self._entries)}
        if len(self._entries) != len(entries):
            raise damaged(path, Text("压缩包中有同名部件", "two parts of the archive have the same name"))
        by_offset = sorted(entries, key=lambda entry: entry.header_offset)
        ends = [*(entry.header_offset for entry in by_offset[1:]), len(data)]
        if any(entry.header_offset + entry.compress_size > end for entry, end in zip(by_offset, ends, strict=False)):
            raise damaged(path, Text("压缩包的部件互相重叠", "parts of the archive overlap"))
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refusal(Finding(codes.FILE_ENCRYPTED, Location(path)))
        total, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
        if total > limits.max_bytes:
            raise too_large(path, Text("解压后的字节数", "bytes when unpacked"), total, limits.max_bytes, "--max-size")
        if total > max(_RATIO_FROM, packed * limits.max_ratio):
            ratio = total // max(1, packed)
            raise too_large(path, Text("解压倍数", "compression ratio"), ratio, limits.max_ratio, "--max-size")

    @property
    def names(self) -> list[str]:
        """The names of the parts."""
        return list(self._entries)

    def find(self, name: str) -> str | None:
        """Return the name of a part as the archive spells it; letter case is ignored as Office does."""
        return name if name in self._entries else self._names.get(name.lower())

    def read(self, name: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            Refusal: when the part is missing, damaged, or not as long as declared.
        """
        found = self.find(name)
        if found is None:
            raise damaged(self.path, Text(f"缺少部件 {name}", f"part {name} is missing"))
        entry, content = self._entries[found], None
        try:
            with self._archive.open(entry) as stream:
                content = stream.read(entry.file_size + 1)
        except _BROKEN:
            pass
        if content is None or len(content) != entry.file_size:
            reason = Text(f"部件 {found} 校验不符", f"part {found} does not match its checksum or size")
            raise damaged(self.path, reason)
        return content

    def parse(
        self,
        name: str,
        handler: XmlHandler,
        content: bytes | None = None,
        *,
        sheet: str | None = None,
        local_names: bool = True,
    ) -> None:
        """Pass the elements of a part to a handler.

        Args:
            name: The part.
            handler: What receives the elements.
            content: The XML where it is not the whole part.
            sheet: The sheet whose part it is, for the finding.
            local_names: Whether names come without their prefixes.

        Raises:
            Refusal: when the part is damaged, or declares entities.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        start, end = handler.start, handler.end
        parser.StartElementHandler, parser.EndElementHandler = start, end
        if local_names:
            parser.StartElementHandler = lambda name, attributes: start(
                _local(name) if ":" in name else name, _locals(attributes) if attributes else attributes
            )
            parser.EndElementHandler = lambda name: end(_local(name) if ":" in name else name)
        parser.CharacterDataHandler = handler.text
        parser.EntityDeclHandler = _refuse_entity
        try:
            parser.Parse(self.read(name) if content is None else content, True)
        except (
            expat.ExpatError,
            ValueError,
            LookupError,
        ) as error:  # not well formed, or in an encoding it cannot read
            reason = str(error)
            raise damaged(self.path, Text(f"部件 {name} 有误：{reason}", f"part {name}: {reason}"), sheet) from error

    def relations(self, part: str) -> dict[str, Relationship]:
        """Return the relations of a part by their id."""
        folder, name = posixpath.split(part)
        handler = _Relations(folder)
        rels = self.find(posixpath.join(folder, "_rels", f"{name}.rels"))
        if rels is not None:
            self.parse(rels, handler)
        return handler.found


class XmlHandler:
    """Receives the elements of an XML document."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Begin an element."""

    def end(self, name: str) -> None:
        """End an element."""

    def text(self, text: str) -> None:
        """Receive text."""


class _Relations(XmlHandler):
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.found: dict[str, Relationship] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            if attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", self.folder, target.replace("\\", "/"))).lstrip("/")
            self.found[attributes.get("Id", "")] = Relationship(attributes.get("Type", "").rpartition("/")[2], target)


def _local(name: str) -> str:
    return name[name.find(":") + 1 :]


def _locals(attributes: Attributes) -> Attributes:
    """Return attributes by local names; where two share one, the one without a prefix counts."""
    if ":" not in "".join(attributes):
        return attributes
    own = {name: text for name, text in attributes.items() if ":" not in name}
    return {_local(name): text for name, text in attributes.items()} | own


def _refuse_entity(*declaration: object) -> None:
    raise expat.ExpatError(f"entity declared: {declaration[0]}")
