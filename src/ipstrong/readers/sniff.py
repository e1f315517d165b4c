"""What a file is, by its first bytes and, for archives and compound files, by the names of its parts."""

from __future__ import annotations

import re
from enum import Enum

from ipstrong.texts import Text


class FileKind(Enum):
    """Kinds of content that are read in different ways."""

    ZIP = "zip"
    OLE = "ole"
    """A compound file: xls, an encrypted workbook, or another old Office document."""
    BIFF = "biff"
    """A bare worksheet stream of Excel 2 to 4."""
    HTML = "html"
    TEXT = "text"
    LOCK = "lock"
    OTHER = "other"


OTHER_KINDS: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text("PDF 文档", "a PDF document")),
    (b"Rar!", Text("RAR 压缩包", "a RAR archive")),
    (b"7z\xbc\xaf\x27\x1c", Text("7z 压缩包", "a 7z archive")),
    (b"\x1f\x8b", Text("gzip 压缩文件", "gzip-compressed data")),
    (b"\xfd7zXZ", Text("xz 压缩文件", "xz-compressed data")),
    (b"BZh", Text("bzip2 压缩文件", "bzip2-compressed data")),
    (b"\x89PNG", Text("图片", "an image")),
    (b"\xff\xd8\xff", Text("图片", "an image")),
    (b"GIF8", Text("图片", "an image")),
    (b"PAR1", Text("Parquet 数据", "Parquet data")),
    (b"SQLite format 3", Text("SQLite 数据库", "an SQLite database")),
    (b"{\\rtf", Text("RTF 文档", "an RTF document")),
    (b"\x7fELF", Text("程序", "a program")),
    (b"MZ\x90", Text("程序", "a program")),
)
BINARY = Text("无法识别的二进制数据", "binary data of no known kind")
JSON = Text("JSON 数据", "JSON data")
XML = Text("XML 数据", "XML data")
MHTML = Text("单文件网页（mht）", "a web archive (MHTML)")
SPREADSHEET_XML = Text("XML 表格 2003", "an XML Spreadsheet 2003")

_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style|script)\b", re.IGNORECASE)
_JSON = re.compile(rb"\s*[\[{]\s*[\"{\[}\]]")
_CONTROL = bytes([*range(9), 14, 15, *range(16, 26), 28, 29, 30, 31, 127])
"""Bytes that texts hold only in UTF-16, or by accident."""
_LOCK_SIZES = (165, 55)
"""Sizes of the owner files of Excel's workbooks."""


def sniff(name: str, data: bytes) -> tuple[FileKind, Text | None]:
    """Return the kind of the content and, where it is no table file, what it is.

    Args:
        name: The file's own name: `~$` in front marks a lock file.
        data: The whole content, not empty.
    """
    if data.startswith(b"PK"):
        return FileKind.ZIP, None
    if data.startswith(_OLE):
        return FileKind.OLE, None
    if _is_lock(name, data):
        return FileKind.LOCK, None
    if data.startswith(_BIFF):
        return FileKind.BIFF, None
    for magic, kind in OTHER_KINDS:
        if data.startswith(magic):
            return FileKind.OTHER, kind
    return _sniff_text(data)


def _is_lock(name: str, data: bytes) -> bool:
    """Return whether it is an owner file: the length of a user's name, the name, and blanks up to a fixed size."""
    if len(data) not in _LOCK_SIZES:
        return name.startswith("~$") and len(data) < 1024
    length = data[0]
    padding = data[1 + length : 54]
    return 0 < length <= 54 and data[1 : 1 + length].strip(b"\0") != b"" and padding.strip(b" \0") == b""


def _sniff_text(data: bytes) -> tuple[FileKind, Text | None]:
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    elif len(head) - len(head.translate(None, _CONTROL)) > max(8, len(head) // 50):
        return _sniff_zeros(head)
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare[:1] == b"<":
        return _sniff_markup(bare)
    if bare[:13].lower() == b"mime-version:" or b"\nMIME-Version:" in head or bare[:5] == b"From:":
        return FileKind.OTHER, MHTML
    if _JSON.match(bare):
        return FileKind.OTHER, JSON
    return FileKind.TEXT, None


def _sniff_zeros(head: bytes) -> tuple[FileKind, Text | None]:
    """Tell UTF-16 without a mark from binary data: one half of its bytes are zero far more often than the other."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < max(2, 4 * min(even, odd), len(head) // 100):
        return FileKind.OTHER, BINARY
    return FileKind.TEXT, None


def _sniff_markup(bare: bytes) -> tuple[FileKind, Text | None]:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in bare and b"<html" not in bare.lower():
        return FileKind.OTHER, SPREADSHEET_XML
    if b"urn:oasis:names:tc:opendocument" in bare:
        return FileKind.OTHER, Text("OpenDocument 单文件 XML", "a flat OpenDocument file")
    if _HTML.search(bare):
        return FileKind.HTML, None
    if bare.startswith(b"<?xml"):
        return FileKind.OTHER, XML
    return FileKind.HTML if b"</" in bare else FileKind.TEXT, None
