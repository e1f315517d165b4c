"""One path to grids: bytes, kind, reader. Whatever goes wrong comes back as a finding at the file; nothing is raised.

What a file is, its first bytes say, and for archives and compound files the names of their parts.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
from pathlib import Path
from typing import Literal

from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import data as codes
from ipstrong.diagnostics.reasons import system_reason
from ipstrong.diagnostics.suggest import suggestion
from ipstrong.model.dataset import SourceFile
from ipstrong.readers.grid import Grid, Opened
from ipstrong.readers.options import Limits, ReadOptions, Refusal, damaged, not_a_table, too_large
from ipstrong.texts import Text

_HEAD = 1000
"""Rows by which a text is taken for a table."""
_FIGURE = re.compile(r"\s*[-+]?\d[\d,. ]*\D{0,4}")
_TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".tab", ".prn", ""})
_FORMATS: dict[str, tuple[frozenset[str], Text]] = {
    "xlsx": (frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"}), Text("xlsx 工作簿", "an xlsx workbook")),
    "xls": (frozenset({".xls", ".xlt", ".et"}), Text("xls 工作簿", "an xls workbook")),
    "xlsb": (frozenset({".xlsb"}), Text("xlsb 工作簿", "an xlsb workbook")),
    "ods": (frozenset({".ods", ".ots"}), Text("ods 表格", "an ods spreadsheet")),
    "csv": (_TEXT_SUFFIXES, Text("CSV 文本", "CSV text")),
    "tsv": (_TEXT_SUFFIXES, Text("制表符分隔的文本", "tab-separated text")),
    "html": (frozenset({".html", ".htm", ".xhtml"}), Text("网页", "a web page")),
}
"""The suffixes and the name of each format that is read."""
_OTHER_KINDS: tuple[tuple[bytes, Text], ...] = (
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
_ARCHIVES = {
    "word/document.xml": Text("Word 文档", "a Word document"),
    "ppt/presentation.xml": Text("演示文稿", "a presentation"),
}
_BINARY = Text("无法识别的二进制数据", "binary data of no known kind")

_COMPOUND = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)
"""Starts of compound files (xls, encrypted workbooks, other old Office documents) and of bare streams of Excel 2 to 8."""
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style|script)\b", re.IGNORECASE)
_JSON = re.compile(rb"\s*[\[{]\s*[\"{\[}\]]")
_CONTROL = bytes([*range(9), 14, 15, *range(16, 26), 28, 29, 30, 31, 127])
"""Bytes that texts hold only in UTF-16, or by accident."""
_LOCK_SIZES = (165, 55)
"""Sizes of the owner files of Excel's workbooks."""


_Kind = Literal["zip", "compound", "html", "text", "lock"]


def open_source(
    path: str, options: ReadOptions, stdin: bytes | None = None
) -> tuple[SourceFile | None, list[Grid], list[Finding]]:
    """Return a file as read, its grids, and the findings on the way; never raises for what the file is or holds.

    Args:
        path: A file, or `-` for standard input.
        options: Sheets asked for, hidden sheets, limits.
        stdin: The bytes of standard input where the caller has read them already.

    Returns:
        The file (None when it could not be read), one grid a sheet or table, and findings, each at its place.
    """
    try:
        data = _read_bytes(path, options.limits, stdin)
        opened = read_content(path, data, options)
    except Refusal as refusal:
        return None, [], [refusal.finding]
    except MemoryError:
        return None, [], [damaged(path, Text("内存不足", "not enough memory")).finding]
    findings = opened.findings
    suffix = Path(path).suffix.lower()
    suffixes, format_name = _FORMATS[opened.kind]
    if path != "-" and suffix not in suffixes:
        if opened.kind in {"csv", "tsv"} and not any(map(_may_be_table, opened.grids)):
            kind = Text(f"不成表格的文字，而扩展名是 {suffix}", f"text that is no table, under the suffix {suffix}")
            return None, [], [not_a_table(path, kind).finding]
        name = Text(suffix or "（无）", suffix or "(none)")
        params = {"suffix": name, "kind": format_name}
        findings.insert(0, Finding(codes.WRONG_SUFFIX, Location(path), params))
    sheets = tuple(grid.sheet for grid in opened.grids if grid.sheet is not None)
    file = SourceFile(
        path, hashlib.sha256(data).hexdigest(), opened.kind, sheets, opened.skipped, opened.encoding, opened.delimiter
    )
    return file, opened.grids, findings


def _may_be_table(grid: Grid) -> bool:
    """Return whether a row of a text has a figure and another cell: prose and the remains of a damaged workbook have none."""
    rows = ([str(cell) for cell in row if cell not in {None, ""}] for row in grid.rows(0, _HEAD))
    return any(len(row) > 1 and any(map(_FIGURE.fullmatch, row)) for row in rows)


def _read_bytes(path: str, limits: Limits, stdin: bytes | None) -> bytes:
    size, limit = 0, limits.max_bytes
    if path == "-":
        data = stdin if stdin is not None else sys.stdin.buffer.read(limit + 1)
    else:
        try:
            with open(path, "rb") as stream:  # noqa: PTH123 - Path takes an empty name for the current folder
                status = os.fstat(stream.fileno())
                if stat.S_ISCHR(status.st_mode) or stat.S_ISBLK(status.st_mode):
                    raise not_a_table(path, Text("设备", "a device"))
                size = status.st_size
                data = b"" if size > limit else stream.read(-1 if size else limit + 1)  # pipes do not say their size
        except OSError as error:
            raise _unreadable(path, error) from error
        except ValueError as error:  # a NUL in the path
            raise Refusal(Finding(codes.FILE_MISSING, Location(path), {"path": path, "nearest": ""})) from error
    size = max(size, len(data))
    if size > limit:
        raise too_large(path, Text("字节数", "bytes"), size, limit, "--max-size")
    if not data[:4096].strip() and not data.strip():
        raise Refusal(Finding(codes.FILE_EMPTY, Location(path), {"size": len(data)}))
    return data


def _unreadable(path: str, error: OSError) -> Refusal:
    where = Location(path)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Refusal(Finding(codes.FILE_MISSING, where, {"path": path, "nearest": _nearest_file(path)}))
    if isinstance(error, IsADirectoryError) or os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for names too long
        return Refusal(Finding(codes.FILE_IS_FOLDER, where, {"path": path.rstrip("/") or path}))
    if isinstance(error, PermissionError):
        reason = Text("没有读取权限", "no permission to read it")
    else:
        reason = system_reason(error)
    return Refusal(Finding(codes.FILE_FORBIDDEN, where, {"path": path, "reason": reason}))


def _nearest_file(path: str) -> Text:
    try:
        names = sorted(entry.name for entry in os.scandir(Path(path).parent) if entry.is_file())
    except (OSError, ValueError):
        return Text("", "")
    return suggestion(Path(path).name, names[:1000])


# --- Kinds -----------------------------------------------------------------------------------------------------------


def sniff(name: str, data: bytes) -> _Kind | Text:
    """Return the kind of the content, or what it is where it holds no tables.

    Args:
        name: The file's own name: `~$` in front marks a lock file.
        data: The whole content, not empty.
    """
    if data.startswith(b"PK"):
        return "zip"
    if data.startswith(_COMPOUND[0]):
        return "compound"
    if _is_lock(name, data):
        return "lock"
    if data.startswith(_COMPOUND):
        return "compound"
    for magic, kind in _OTHER_KINDS:
        if data.startswith(magic):
            return kind
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    elif len(head) - len(head.translate(None, _CONTROL)) > max(8, len(head) // 50):
        # In UTF-16 without a mark, one half of the bytes are zero far more often than the other.
        even, odd = head[::2].count(0), head[1::2].count(0)
        return _BINARY if max(even, odd) < max(2, 4 * min(even, odd), len(head) // 100) else "text"
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare[:1] == b"<":
        return _sniff_markup(bare)
    if bare[:13].lower() == b"mime-version:" or b"\nMIME-Version:" in head or bare[:5] == b"From:":
        return Text("单文件网页（mht）", "a web archive (MHTML)")
    return Text("JSON 数据", "JSON data") if _JSON.match(bare) else "text"


def _is_lock(name: str, data: bytes) -> bool:
    """Return whether it is an owner file: the length of a user's name, the name, and blanks up to a fixed size."""
    if len(data) not in _LOCK_SIZES:
        return name.startswith("~$") and len(data) < 1024
    length = data[0]
    padding = data[1 + length : 54]
    return 0 < length <= 54 and data[1 : 1 + length].strip(b"\0") != b"" and padding.strip(b" \0") == b""


def _sniff_markup(bare: bytes) -> _Kind | Text:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in bare and b"<html" not in bare.lower():
        return Text("XML 表格 2003", "an XML Spreadsheet 2003")
    if b"urn:oasis:names:tc:opendocument" in bare:
        return Text("OpenDocument 单文件 XML", "a flat OpenDocument file")
    if _HTML.search(bare):
        return "html"
    if bare.startswith(b"<?xml"):
        return Text("XML 数据", "XML data")
    return "html" if b"</" in bare else "text"


# --- Readers ---------------------------------------------------------------------------------------------------------


def read_content(path: str, data: bytes, options: ReadOptions) -> Opened:
    """Return what the bytes hold.

    Raises:
        Refusal: when they cannot be read.
    """
    match sniff(Path(path).name, data):
        case "zip":
            return _read_zip(path, data, options)
        case "text":
            return _read_text(path, data, options)
        case "compound":
            from ipstrong.readers.xls import decrypted, read_compound

            opened = read_compound(path, data, options)
            if opened is not None:
                return opened
            content = decrypted(data)
            if content is None:
                raise Refusal(Finding(codes.FILE_ENCRYPTED, Location(path)))
            opened = read_content(path, content, options)
            opened.findings.insert(0, Finding(codes.DEFAULT_PASSWORD, Location(path)))
            return opened
        case "html":
            from ipstrong.readers.html import read_html

            grids, encoding = read_html(path, data, options.limits)
            return Opened("html", grids, [], encoding=encoding)
        case "lock":
            raise Refusal(Finding(codes.LOCK_FILE, Location(path)))
        case other:
            raise not_a_table(path, other)


def _read_text(path: str, data: bytes, options: ReadOptions) -> Opened:
    from ipstrong.readers.text import read_text_table

    try:
        return read_text_table(path, data, options.limits)
    except Refusal as refusal:
        is_text = Path(path).suffix.lower() in _TEXT_SUFFIXES
        if refusal.finding.code is codes.ENCODING_UNKNOWN and not is_text:
            raise not_a_table(path, _BINARY) from refusal
        raise


def _read_zip(path: str, data: bytes, options: ReadOptions) -> Opened:
    from ipstrong.readers.package import Package
    from ipstrong.readers.xlsx import main_part, read_xlsx

    package = Package(path, data, options.limits)
    main = main_part(package)
    if main is not None and main.endswith(".bin"):
        from ipstrong.readers.xlsb import read_xlsb

        kind, content = "xlsb", read_xlsb(path, package, main, options)
    elif main is not None and not main.startswith(("word/", "ppt/")):
        kind, content = "xlsx", read_xlsx(path, package, main, options)
    elif package.find("content.xml") is not None:
        from ipstrong.readers.ods import read_ods

        kind, content = "ods", read_ods(path, package, options)
    else:
        names = set(package.names)
        found = next((text for part, text in _ARCHIVES.items() if part in names), Text("压缩包", "an archive"))
        if not names:
            found = Text("空的压缩包", "an empty archive")
        elif any(name.endswith(".iwa") for name in names):
            found = Text("Numbers 表格", "a Numbers spreadsheet")
        raise not_a_table(path, found)
    return Opened(kind, content.grids, content.findings, tuple(content.skipped))
