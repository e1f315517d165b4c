"""A workbook as a package of parts: relationships, content types, and writing it back with few parts changed."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from ipstrong.reports.marked.xml_edit import append_child, apply_edits, as_utf8, nodes_of

TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
CONTENT_TYPES = "[Content_Types].xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_EMPTY_RELS = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_RELATIONSHIPS}"/>'
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    KeyError,
    ValueError,
    OverflowError,
    RuntimeError,  # of encrypted entries, and of compression by unknown methods
    EOFError,
    OSError,
)
"""What the zip library raises for a damaged archive."""
LARGEST_PART = 1 << 30
"""Bytes that one part may unpack to."""


class PackageError(ValueError):
    """The bytes are no workbook package."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another."""

    id: str
    kind: str
    """Last word of its type: `worksheet`, `comments`, `vmlDrawing`…"""
    target: str
    """Part name, resolved; the address itself for external targets."""


@dataclass(slots=True)
class Package:
    """The parts of a workbook, changed ones beside the original."""

    archive: zipfile.ZipFile
    changed: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, original: bytes) -> Package:
        """Open the bytes of a workbook.

        Raises:
            PackageError: they are no zip archive with a table of content types, or a part is too large.
        """
        try:
            archive = zipfile.ZipFile(io.BytesIO(original))
        except _UNREADABLE as error:
            raise PackageError(str(error)) from error
        if CONTENT_TYPES not in archive.namelist():
            raise PackageError(f"no {CONTENT_TYPES}")
        if any(info.file_size > LARGEST_PART for info in archive.infolist()):
            raise PackageError("a part is larger than 1 GiB")
        return cls(archive)

    def names(self) -> set[str]:
        """Return the names of all parts."""
        return {*self.archive.namelist(), *self.changed}

    def has(self, name: str) -> bool:
        """Return whether there is such a part."""
        return name in self.names()

    def read(self, name: str) -> bytes:
        """Return a part in UTF-8.

        Raises:
            PackageError: there is no such part, or it does not unpack.
        """
        if name not in self.changed:
            try:
                return as_utf8(self.archive.read(name))
            except _UNREADABLE as error:
                raise PackageError(f"{name}: {error}") from error
        return self.changed[name]

    def write(self, name: str, data: bytes) -> None:
        """Set a part."""
        self.changed[name] = data

    def relationships(self, part: str) -> list[Relationship]:
        """Return the links from a part (`""`: from the package)."""
        rels = rels_name(part)
        if not self.has(rels):
            return []
        found = []
        for node in nodes_of(self.read(rels)):
            if node.name == "Relationship":
                target = node.attributes.get("Target", "")
                if node.attributes.get("TargetMode") != "External":
                    target = _resolved(part, target)
                found.append(Relationship(node.attributes["Id"], node.attributes["Type"].rsplit("/", 1)[-1], target))
        return found

    def relate(self, part: str, kind: str, target: str, *, strict: bool = False) -> str:
        """Link a part to another and return the id of the link."""
        rels = rels_name(part)
        data = self.read(rels) if self.has(rels) else _EMPTY_RELS.encode()
        taken = {link.id.lower() for link in self.relationships(part)}
        number = next(n for n in range(1, len(taken) + 2) if f"ridips{n}" not in taken)
        link = (
            f'<Relationship Id="rIdIps{number}" Type="{STRICT if strict else TRANSITIONAL}/{kind}" '
            f"Target={quoteattr(f'/{target}')}/>"
        )
        root = nodes_of(data)[0]
        if root.tag != "Relationships":  # written with a prefix: say the namespace again
            link = link.replace("<Relationship ", f'<Relationship xmlns="{_RELATIONSHIPS}" ')
        self.write(rels, apply_edits(data, append_child(data, root, link.encode())))
        return f"rIdIps{number}"

    def declare(self, part: str, content_type: str) -> None:
        """Say what a new part holds."""
        self._declare(f"<Override PartName={quoteattr(f'/{part}')} ContentType={quoteattr(content_type)}/>")

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Say what parts with this extension hold, unless that is said already."""
        nodes = nodes_of(self.read(CONTENT_TYPES))
        known = {node.attributes.get("Extension", "").lower() for node in nodes if node.name == "Default"}
        if extension not in known:
            self._declare(f"<Default Extension={quoteattr(extension)} ContentType={quoteattr(content_type)}/>")

    def _declare(self, entry: str) -> None:
        data = self.read(CONTENT_TYPES)
        root = nodes_of(data)[0]
        if ":" in root.tag:
            entry = entry.replace(" ", ' xmlns="http://schemas.openxmlformats.org/package/2006/content-types" ', 1)
        self.write(CONTENT_TYPES, apply_edits(data, append_child(data, root, entry.encode())))

    def content_type(self, part: str) -> str:
        """Return what a part is declared to hold; empty where nothing is said of it by name."""
        for node in nodes_of(self.read(CONTENT_TYPES)):
            if node.name == "Override" and node.attributes.get("PartName", "").lstrip("/") == part:
                return node.attributes.get("ContentType", "")
        return ""

    def free_name(self, pattern: str) -> str:
        """Return the first name of the pattern, such as `xl/comments{}.xml`, that no part has."""
        taken = {name.lower() for name in self.names()}
        return next(name for n in range(1, len(taken) + 2) if (name := pattern.format(n)).lower() not in taken)

    def to_bytes(self) -> bytes:
        """Return the package: unchanged parts as they were, in their order and with their dates, new ones behind."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
            written = set()
            for info in self.archive.infolist():
                if info.filename in written or info.is_dir():
                    continue
                written.add(info.filename)
                entry = _entry(info.filename, info.date_time)
                out.writestr(entry, self.changed.get(info.filename) or self._raw(info))
            for name in self.changed:
                if name not in written:
                    out.writestr(_entry(name, (1980, 1, 1, 0, 0, 0)), self.changed[name])
        return buffer.getvalue()

    def _raw(self, info: zipfile.ZipInfo) -> bytes:
        try:
            return self.archive.read(info)
        except _UNREADABLE as error:
            raise PackageError(f"{info.filename}: {error}") from error


def _entry(name: str, date_time: tuple[int, int, int, int, int, int]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def rels_name(part: str) -> str:
    """Return the name of the part that holds the links of a part."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _resolved(part: str, target: str) -> str:
    path = unquote(target) if "%" in target else target
    if path.startswith("/"):
        return posixpath.normpath(path).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), path)).lstrip("/")
