"""One path to grids: bytes, kind, reader. Whatever goes wrong comes back as a finding at the file; nothing is raised."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
from pathlib import Path
from typing import NamedTuple

from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import data as codes
from ipstrong.diagnostics.reasons import system_reason
from ipstrong.diagnostics.suggest import suggestion
from ipstrong.model.dataset import SourceFile
from ipstrong.readers.grid import Grid
from ipstrong.readers.options import Limits, ReadOptions
from ipstrong.readers.refusal import Excess, Refusal, damaged, not_a_table, too_large
from ipstrong.readers.sniff import BINARY, FileKind, sniff
from ipstrong.texts import Text

_HEAD = 1000
"""Rows by which a text is taken for a table."""
_TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".tab", ".prn", ""})
_SUFFIXES: dict[str, frozenset[str]] = {
    "xlsx": frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"}),
    "xls": frozenset({".xls", ".xlt", ".et"}),
    "xlsb": frozenset({".xlsb"}),
    "ods": frozenset({".ods", ".ots"}),
    "csv": _TEXT_SUFFIXES,
    "tsv": _TEXT_SUFFIXES,
    "html": frozenset({".html", ".htm", ".xhtml"}),
}
_KIND_NAMES: dict[str, Text] = {
    "xlsx": Text("xlsx 工作簿", "an xlsx workbook"),
    "xls": Text("xls 工作簿", "an xls workbook"),
    "xlsb": Text("xlsb 工作簿", "an xlsb workbook"),
    "ods": Text("ods 表格", "an ods spreadsheet"),
    "csv": Text("CSV 文本", "CSV text"),
    "tsv": Text("制表符分隔的文本", "tab-separated text"),
    "html": Text("网页", "a web page"),
}


class Opened(NamedTuple):
    """What a reader made of a file."""

    kind: str
    grids: list[Grid]
    findings: list[Finding]
    skipped: tuple[tuple[str, str], ...] = ()
    encoding: str | None = None
    delimiter: str | None = None


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
    data, findings = read_file(path, options.limits, stdin)
    return (None, [], findings) if data is None else open_bytes(path, data, options)


def read_file(path: str, limits: Limits, stdin: bytes | None = None) -> tuple[bytes | None, list[Finding]]:
    """Return the bytes of a file, or of standard input for `-`; None and a finding where it cannot be read."""
    try:
        return _read_bytes(path, limits, stdin), []
    except Refusal as refusal:
        return None, [refusal.finding]
    except MemoryError:
        return None, [_no_memory(path)]


def open_bytes(path: str, data: bytes, options: ReadOptions) -> tuple[SourceFile | None, list[Grid], list[Finding]]:
    """Return what `open_source` does, of bytes that are read already."""
    try:
        opened = read_content(path, data, options)
    except Refusal as refusal:
        return None, [], [refusal.finding]
    except MemoryError:
        return None, [], [_no_memory(path)]
    findings = opened.findings
    suffix = Path(path).suffix.lower()
    if path != "-" and suffix not in _SUFFIXES[opened.kind]:
        if opened.kind in {"csv", "tsv"} and not any(map(_may_be_table, opened.grids)):
            kind = Text(f"不成表格的文字，而扩展名是 {suffix}", f"text that is no table, under the suffix {suffix}")
            return None, [], [not_a_table(path, kind).finding]
        name = Text(suffix or "（无）", suffix or "(none)")
        params = {"suffix": name, "kind": _KIND_NAMES[opened.kind]}
        findings.insert(0, Finding(codes.WRONG_SUFFIX, Location(path), params))
    sheets = tuple(grid.sheet for grid in opened.grids if grid.sheet is not None)
    file = SourceFile(
        path, hashlib.sha256(data).hexdigest(), opened.kind, sheets, opened.skipped, opened.encoding, opened.delimiter
    )
    return file, opened.grids, findings


def _no_memory(path: str) -> Finding:
    return damaged(path, Text("内存不足", "not enough memory")).finding


def _may_be_table(grid: Grid) -> bool:
    """Return whether a row of a text has a figure and another cell: prose and the remains of a damaged workbook have none."""
    rows = ([str(cell) for cell in row if cell not in {None, ""}] for row in grid.rows(0, _HEAD))
    return any(len(row) > 1 and any(map(_FIGURE.fullmatch, row)) for row in rows)


_FIGURE = re.compile(r"\s*[-+]?\d[\d,. ]*\D{0,4}")


def _read_bytes(path: str, limits: Limits, stdin: bytes | None) -> bytes:
    if path == "-":
        data = stdin if stdin is not None else sys.stdin.buffer.read(limits.max_bytes + 1)
    else:
        try:
            descriptor = os.open(path, _READ_ONLY)  # a file object costs more than the read
            try:
                data = _read_open(path, descriptor, limits)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise _unreadable(path, error) from error
        except ValueError as error:  # a NUL in the path
            raise Refusal(Finding(codes.FILE_MISSING, Location(path), {"path": path, "nearest": ""})) from error
    if len(data) > limits.max_bytes:
        raise too_large(path, Excess(Text("字节数", "bytes"), len(data), limits.max_bytes, "--max-size"))
    if not data[:4096].strip() and not data.strip():
        raise Refusal(Finding(codes.FILE_EMPTY, Location(path), {"size": len(data)}))
    return data


_READ_ONLY = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def _read_open(path: str, descriptor: int, limits: Limits) -> bytes:
    """Read a file or pipe to its end, or to just beyond the limit."""
    mode = os.fstat(descriptor)
    if stat.S_ISDIR(mode.st_mode):
        raise IsADirectoryError(path)
    if stat.S_ISCHR(mode.st_mode) or stat.S_ISBLK(mode.st_mode):
        raise not_a_table(path, Text("设备", "a device"))
    if mode.st_size > limits.max_bytes:
        raise too_large(path, Excess(Text("文件字节数", "bytes"), mode.st_size, limits.max_bytes, "--max-size"))
    # One byte more than there should be, so that a single read shows that there is no more.
    data = os.read(descriptor, mode.st_size + 1)
    if len(data) == mode.st_size > 0:
        return data
    pieces, size = [data], len(data)
    while size <= limits.max_bytes and (piece := os.read(descriptor, _PIECE)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


_PIECE = 1 << 20
"""Bytes of a pipe, which does not say how many it holds, that are read at a time."""


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


def read_content(path: str, data: bytes, options: ReadOptions) -> Opened:
    """Return what the bytes hold.

    Raises:
        Refusal: when they cannot be read.
    """
    kind, other = sniff(Path(path).name, data)
    match kind:
        case FileKind.ZIP:
            return _read_zip(path, data, options)
        case FileKind.TEXT:
            return _read_text(path, data, options)
        case FileKind.OLE | FileKind.BIFF:
            from ipstrong.readers.xls import read_compound

            return read_compound(path, data, options)
        case FileKind.HTML:
            from ipstrong.readers.html import read_html

            grids, encoding = read_html(path, data, options.limits)
            return Opened("html", grids, [], encoding=encoding)
        case FileKind.LOCK:
            raise Refusal(Finding(codes.LOCK_FILE, Location(path)))
        case FileKind.OTHER:
            raise not_a_table(path, other or BINARY)


def _read_text(path: str, data: bytes, options: ReadOptions) -> Opened:
    from ipstrong.readers.text import read_text_table

    try:
        table = read_text_table(path, data, options.limits)
    except Refusal as refusal:
        is_text = Path(path).suffix.lower() in _TEXT_SUFFIXES
        if refusal.finding.code is codes.ENCODING_UNKNOWN and not is_text:
            raise not_a_table(path, BINARY) from refusal
        raise
    kind = "tsv" if table.separator == "\t" else "csv"
    return Opened(kind, [table.grid], table.findings, encoding=table.encoding, delimiter=table.separator)


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
        raise not_a_table(path, _archive_kind(set(package.names)))
    return Opened(kind, content.grids, content.findings, tuple(content.skipped))


def _archive_kind(names: set[str]) -> Text:
    if not names:
        return Text("空的压缩包", "an empty archive")
    if "word/document.xml" in names:
        return Text("Word 文档", "a Word document")
    if "ppt/presentation.xml" in names:
        return Text("演示文稿", "a presentation")
    if any(name.endswith(".iwa") for name in names):
        return Text("Numbers 表格", "a Numbers spreadsheet")
    return Text("压缩包", "an archive")
