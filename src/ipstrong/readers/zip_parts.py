"""The parts of a zip archive, with bounds: nothing is unpacked beyond what the directory declares and the limits allow.

The standard library's zipfile costs more on a small workbook than reading its cells; this reads the directory straight
and falls back on zipfile for archives in the large format.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import NamedTuple

from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import data as codes
from ipstrong.readers.options import Limits
from ipstrong.readers.refusal import Excess, Refusal, damaged, too_large
from ipstrong.texts import Text

_SIGNATURE = b"PK\x01\x02"
_LARGE = 0xFFFFFFFF
"""Stands where a number needs the large format."""
_END = b"PK\x05\x06"
_END_SIZE = 22
_END_FIELDS = struct.Struct("<4s6xH2LH")
_ENTRY_FORMAT = "<4s4x2H4x3L3H8xL"
_ENTRY = struct.Struct(_ENTRY_FORMAT)
_VARYING, _N_VARYING = "16x3L14xL", 4
"""The fields of an entry that differ between archives of the same parts: checksum, sizes and place."""
_FIXED = b"".join((b"\xff" * 12, bytes(16), b"\xff" * 14, bytes(4)))
"""Which bytes of an entry must be the same: all but these and the time."""
_LOCAL = struct.Struct("<4s22x2H")
_STORED, _DEFLATED = 0, 8
_RATIO_FROM = 64 << 20
_DEFLATE_AT_MOST = 1032
"""No deflate stream unpacks into more than this many times its size."""


class Part(NamedTuple):
    """One member of an archive, as its directory declares it."""

    method: int
    crc: int
    packed: int
    size: int
    offset: int


class ZipParts:
    """An archive in memory: its parts by name, and their bytes on demand."""

    def __init__(self, path: str, data: bytes, limits: Limits, parts: dict[str, Part] | None = None) -> None:
        """Read the directory, unless its `parts` are known, and hold it against the limits.

        Raises:
            Refusal: for a damaged or encrypted archive, and for one that would unpack beyond the limits.
        """
        self.path = path
        self.data = data
        self.limits = limits
        self.parts = _read_directory(path, data) if parts is None else parts
        total = packed = 0
        for part in self.parts.values():
            total += part.size
            packed += part.packed
        if total > limits.max_bytes:
            raise _too_big(path, total, limits)
        if total > max(_RATIO_FROM, packed * limits.max_ratio):
            raise too_large(
                path,
                Excess(Text("解压倍数", "compression ratio"), total // max(1, packed), limits.max_ratio, "--max-size"),
            )
        # A part may lie about its size; one that is small enough cannot hurt, the others are unpacked and counted.
        if packed * _DEFLATE_AT_MOST > limits.max_bytes:
            for name, part in self.parts.items():
                if part.packed * _DEFLATE_AT_MOST > limits.max_bytes and part.method == _DEFLATED:
                    self._count(name, part)

    def __contains__(self, name: str) -> bool:
        """Return whether there is such a part."""
        return name in self.parts

    def read(self, name: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            Refusal: when the part is missing, damaged, or longer than declared.
        """
        part = self.parts.get(name)
        if part is None:
            raise damaged(self.path, Text(f"缺少部件 {name}", f"part {name} is missing"))
        raw = self._raw(name, part)
        if part.method == _STORED:
            content = raw
        elif part.method == _DEFLATED:
            try:
                content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, part.size + 1)
            except zlib.error as error:
                raise self._broken(name) from error
        else:
            raise self._broken(name)
        if len(content) != part.size or zlib.crc32(content) != part.crc:
            raise self._broken(name)
        return content

    def head(self, name: str, size: int) -> bytes:
        """Return the first bytes of a part, or all where it is shorter, unchecked.

        Raises:
            Refusal: when it does not begin as its kind does.
        """
        part = self.parts[name]
        raw = self._raw(name, part)
        if part.method != _DEFLATED:
            return raw[:size]
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw[:size], size)
        except zlib.error as error:
            raise self._broken(name) from error

    def packed(self, name: str) -> bytes:
        """Return the bytes of a part as they stand in the archive.

        Raises:
            Refusal: when the part is not where the directory says.
        """
        return self._raw(name, self.parts[name])

    def _raw(self, name: str, part: Part) -> bytes:
        try:
            signature, n_name, n_extra = _LOCAL.unpack_from(self.data, part.offset)
        except struct.error as error:
            raise self._broken(name) from error
        start = part.offset + _LOCAL.size + n_name + n_extra
        raw = self.data[start : start + part.packed]
        if signature != b"PK\x03\x04" or len(raw) != part.packed:
            raise self._broken(name)
        return raw

    def _count(self, name: str, part: Part) -> None:
        """Unpack a part in pieces without keeping them, to see that it is as long as declared."""
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        pending, size = self._raw(name, part), 0
        try:
            while pending and not stream.eof:
                size += len(stream.decompress(pending, 1 << 20))
                if size > part.size:
                    raise self._broken(name)
                pending = stream.unconsumed_tail
        except zlib.error as error:
            raise self._broken(name) from error

    def _broken(self, name: str) -> Refusal:
        return damaged(self.path, Text(f"部件 {name} 校验不符", f"part {name} does not match its checksum or size"))


class Directory:
    """The directory of an archive, by which others with the same parts in the same order are read in one step.

    What must be the same in them is everything but times, sizes, checksums and places; these are masked out of the bytes.
    """

    def __init__(self, package: ZipParts) -> None:
        """Learn the directory of an archive.

        Raises:
            struct.error: when the archive has a comment, or is in the large format.
        """
        data = package.data
        _, count, size, start, n_comment = _END_FIELDS.unpack_from(data, len(data) - _END_SIZE)
        self._end, self._size = data[-_END_SIZE:-6], size
        formats, masks, at = [_ENTRY_FORMAT[:1]], bytearray(), start
        for _ in range(count):
            n_name, n_extra, n_more = _ENTRY.unpack_from(data, at)[6:9]
            rest = n_name + n_extra + n_more
            formats.append(f"{_VARYING}{rest}x")
            masks += _FIXED + b"\xff" * rest
            at += _ENTRY.size + rest
        if n_comment or at != start + size or at + _END_SIZE != len(data):
            raise struct.error("the directory does not end where it should")
        self._entries = struct.Struct("".join(formats))
        self._names = list(package.parts)
        self._methods = [part.method for part in package.parts.values()]
        self._mask = int.from_bytes(masks, "little")
        self._same = int.from_bytes(data[start : start + size], "little") & self._mask

    def parts_of(self, data: bytes) -> dict[str, Part] | None:
        """Return the parts of another archive; None where its directory differs in more than sizes and places."""
        end = len(data) - _END_SIZE
        start = end - self._size
        if start < 0 or data[end:] != self._end + start.to_bytes(6, "little"):  # where it starts, and no comment
            return None
        if int.from_bytes(data[start:end], "little") & self._mask != self._same:
            return None
        fields = self._entries.unpack_from(data, start)
        if _LARGE in fields:
            return None
        columns = (fields[number::_N_VARYING] for number in range(_N_VARYING))
        return dict(zip(self._names, map(Part, self._methods, *columns), strict=True))


def _too_big(path: str, total: int, limits: Limits) -> Refusal:
    return too_large(path, Excess(Text("解压后的字节数", "bytes when unpacked"), total, limits.max_bytes, "--max-size"))


def _read_directory(path: str, data: bytes) -> dict[str, Part]:
    end = data.rfind(_END, max(0, len(data) - _END_SIZE - 0xFFFF))
    if end < 0 or end + _END_SIZE > len(data):
        raise damaged(path, Text("压缩包不完整", "the archive is cut off"))
    count, size, start = struct.unpack_from("<H2L", data, end + 10)
    if count == 0xFFFF or _LARGE in (size, start):
        return _large_directory(path, data)
    parts: dict[str, Part] = {}
    at = start
    unpack = _ENTRY.unpack_from
    try:
        for _ in range(count):
            signature, flags, method, crc, packed, unpacked, n_name, n_extra, n_comment, offset = unpack(data, at)
            if signature != _SIGNATURE or flags & 1 or _LARGE in (packed, unpacked, offset):
                break
            at += 46
            end = at + n_name
            parts[data[at:end].decode("utf-8", "replace")] = Part(method, crc, packed, unpacked, offset)
            at = end + n_extra + n_comment
        else:
            return _distinct(path, parts, count)
    except struct.error as error:
        raise damaged(path, Text("压缩包目录不完整", "the archive's directory is cut off")) from error
    if signature != _SIGNATURE:
        raise damaged(path, Text("压缩包目录有误", "the archive's directory is broken"))
    if flags & 1:
        raise Refusal(Finding(codes.FILE_ENCRYPTED, Location(path)))
    return _large_directory(path, data)


def _large_directory(path: str, data: bytes) -> dict[str, Part]:
    parts: dict[str, Part] = {}
    try:
        infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, EOFError) as error:
        raise damaged(path, Text("压缩包目录有误", "the archive's directory is broken")) from error
    for info in infos:
        part = Part(info.compress_type, info.CRC, info.compress_size, info.file_size, info.header_offset)
        parts[info.filename] = part
    return _distinct(path, parts, len(infos))


def _distinct(path: str, parts: dict[str, Part], count: int) -> dict[str, Part]:
    """Return the parts; two of one name would let two readers see two different workbooks."""
    if "\\" in "".join(parts):
        parts = {name.replace("\\", "/"): part for name, part in parts.items()}
    if len(parts) != count:
        raise damaged(path, Text("压缩包中有同名部件", "two parts of the archive bear one name"))
    return parts
