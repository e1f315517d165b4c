"""Text tables: CSV and its kin, in whatever encoding and with whatever separator, to a grid.

Long regular files become Polars columns; short or ragged ones, and all that Polars refuses, go through the csv module.
Both keep the 1-based line of every row.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import data as codes
from ipstrong.readers.encodings import decode, encoding_of
from ipstrong.readers.grid import CellValue, FrameGrid, Grid, GridExtras, Opened, RowGrid
from ipstrong.readers.options import Limits, Refusal, too_large
from ipstrong.texts import Text

if TYPE_CHECKING:
    import polars as pl

_LONG = 1 << 20
"""Texts of at least this many bytes are tried with Polars, whose import then pays."""
_SAMPLE_LINES = 200
_SAMPLE_BYTES = 1 << 16
_SAMPLE_CELLS = 20_000
_RECURRING = 10
"""Rows of the sample for each distinct text from which a column is kept as a list of its texts."""
_SEPARATORS = ("\t", ";", "|", ",")
_SEPARATOR_LINE = re.compile(r'"?sep=(?P<separator>.)"?\s*', re.IGNORECASE)
_COMMA_DECIMAL = re.compile(r"\s*[-+]?[0-9]+(?:[. ][0-9]{3})*,[0-9]+\s*%?\s*")
_COMMA_THOUSANDS = re.compile(r"\s*[-+]?[0-9]{1,3}(?:,[0-9]{3})+\s*%?\s*")
_POINT_DECIMAL = re.compile(r"\s*[-+]?[0-9][0-9, ]*\.[0-9]+\s*%?\s*")
_POINT_THOUSANDS = re.compile(r"\s*[-+]?[0-9]{1,3}(?:\.[0-9]{3})+\s*%?\s*")
_ENCODING_NAMES = {
    "big5hkscs": "Big5",
    "cp1252": "Windows-1252",
    "cp932": "Shift-JIS",
    "cp949": "EUC-KR",
    "euc_jp": "EUC-JP",
}
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def read_text_table(path: str, data: bytes, limits: Limits) -> Opened:
    """Return the table in the bytes of a text file.

    Raises:
        Refusal: when no encoding fits or a limit is exceeded.
    """
    if len(data) >= _LONG:
        table = _read_long(path, data, limits)
        if table is not None:
            return table
    decoded = decode(data)
    if decoded.text is None:
        line = data.count(b"\n", 0, decoded.bad_at) + 1
        raise Refusal(Finding(codes.ENCODING_UNKNOWN, Location(path, line=line), {"line": line}))
    findings = []
    if decoded.is_guess:
        encoding = _ENCODING_NAMES.get(decoded.encoding, decoded.encoding.upper())
        findings.append(Finding(codes.ENCODING_GUESSED, Location(path), {"encoding": encoding}))
    text = decoded.text.removeprefix("\ufeff")
    separator = _separator_of(text)
    frame = _frame(text.encode(), separator, limits, path) if len(data) >= _LONG else None
    if frame is not None:
        return _opened(_frame_grid(path, frame, findings), decoded.encoding, separator, findings)
    return _opened(_rows_grid(path, text, separator, limits, findings), decoded.encoding, separator, findings)


def _opened(grid: Grid, encoding: str, separator: str, findings: list[Finding]) -> Opened:
    kind = "tsv" if separator == "\t" else "csv"
    return Opened(kind, [grid], findings, encoding=encoding, delimiter=separator)


# --- Long files -------------------------------------------------------------------------------------------------------


def _read_long(path: str, data: bytes, limits: Limits) -> Opened | None:
    """Return a long UTF-8 table without ever making one text of it; None where another way must be tried."""
    head = data[:_SAMPLE_BYTES]
    head = head[: head.rfind(b"\n") + 1]
    encoding = encoding_of(head) if head else None
    if encoding not in {"utf-8", "utf-8-sig"}:
        return None
    separator = _separator_of(head.decode(encoding, errors="replace"))
    frame = _frame(data, separator, limits, path)
    if frame is None:
        return None
    findings = [_control_finding(path, data)] if b"\0" in data else []
    return _opened(_frame_grid(path, frame, findings), encoding, separator, findings)


def _frame(data: bytes, separator: str, limits: Limits, path: str) -> pl.DataFrame | None:
    """Return the bytes as columns of text; None when the file is ragged, or its rows are not its lines."""
    import polars as pl

    sample = data[:_SAMPLE_BYTES]
    lines = sample[: sample.rfind(b"\n") + 1].decode("utf-8", errors="replace").splitlines()
    if not lines or lines[0].lower().startswith(("sep=", '"sep=')):
        return None
    rows = list(csv.reader(lines, delimiter=separator))
    widths = [len(fields) for fields in rows]
    width = max(widths, default=0)
    n_lines = data.count(b"\n") + (not data.endswith(b"\n"))
    _check_size(path, n_lines, width, limits)
    names = [f"column_{number}" for number in range(width)]
    recurring = {name for name, texts in zip(names, zip_longest(*rows), strict=True) if _recurs(texts)}
    if widths[0] != width:  # Polars derives the number of columns from the first line
        data = separator.join(names).encode() + b"\n" + data.removeprefix(b"\xef\xbb\xbf")
    has_quotes = b'"' in data
    try:
        frame = pl.read_csv(
            data,
            separator=separator,
            has_header=widths[0] != width,
            schema={name: pl.Categorical if name in recurring else pl.String for name in names},
            quote_char='"' if has_quotes else None,
        )
    except pl.exceptions.PolarsError:
        return None
    if frame.height != n_lines:
        return None
    if has_quotes and b'""' in data:
        return frame.with_columns(pl.when(pl.all() != "").then(pl.all()))
    return frame


def _recurs(texts: Sequence[str | None]) -> bool:
    """Return whether texts are mostly the same few: regions, labels and periods are kept as numbers of a list, values are not."""
    return len(set(texts)) * _RECURRING < len(texts)


def _frame_grid(path: str, frame: pl.DataFrame, findings: list[Finding]) -> FrameGrid:
    sample = frame.head(max(1, _SAMPLE_CELLS // max(1, frame.width)))
    return FrameGrid(path, frame, GridExtras(decimal_comma=_decimal_comma(path, sample.iter_rows(), findings)))


# --- Other files ------------------------------------------------------------------------------------------------------


def _rows_grid(path: str, text: str, separator: str, limits: Limits, findings: list[Finding]) -> RowGrid:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[list[CellValue]] = []
    lines: list[int] = []
    start = 1

    def swallowed(count: int) -> Finding:
        return Finding(codes.QUOTE_SWALLOWS_LINES, Location(path, line=start), {"count": count})

    try:
        for row in reader:
            if reader.line_num > start and _swallows(row, reader.line_num - start, separator):
                findings.append(swallowed(reader.line_num - start))
            rows.append([*row])
            lines.append(start)
            start = reader.line_num + 1
            if len(rows) > limits.max_rows:
                _check_size(path, len(rows), 0, limits)
    except csv.Error:  # a field beyond the csv module's own limit: a quotation mark that is never closed
        findings.append(swallowed(text.count("\n") + 1 - start))
    if rows and _SEPARATOR_LINE.fullmatch(text.split("\n", 1)[0]):
        rows[0] = []
    width = max(map(len, rows), default=0)
    _check_size(path, len(rows), width, limits)
    decimal_comma = _decimal_comma(path, rows[:_SAMPLE_CELLS], findings)
    if _CONTROL.search(text):
        findings.append(_control_finding(path, text.encode("utf-8", "replace")))
    for line in rows:
        if len(line) < width:
            line.extend([""] * (width - len(line)))
    return RowGrid(path, None, rows, width, GridExtras(decimal_comma=decimal_comma), lines)


def _swallows(row: Sequence[str], n_lines: int, separator: str) -> bool:
    """Return whether a cell that spans lines holds whole rows: a heading broken over two lines does not."""
    return any(
        field.count("\n") >= n_lines and sum(separator in line for line in field.split("\n")[1:]) * 2 >= n_lines
        for field in row
    )


def _control_finding(path: str, data: bytes) -> Finding:
    found = re.search(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]", data)
    position = found.start() if found else 0
    line = data.count(b"\n", 0, position) + 1
    return Finding(codes.CONTROL_CHARACTERS, Location(path, line=line), {"example": f"\\x{data[position]:02x}"})


def _check_size(path: str, n_rows: int, width: int, limits: Limits) -> None:
    for what, size, limit in (
        (Text("行数", "rows"), n_rows, limits.max_rows),
        (Text("列数", "columns"), width, limits.max_columns),
        (Text("单元格数", "cells"), n_rows * width, limits.max_cells),
    ):
        if size > limit:
            raise too_large(path, what, size, limit)


# --- Separator and decimal mark ---------------------------------------------------------------------------------------


def _separator_of(text: str) -> str:
    """Return the separator of a text.

    Tab, semicolon and bar come first: in a file separated by commas they are not equally frequent on most rows,
    whereas commas in a file separated by semicolons are decimal points.
    """
    lines = text[:_SAMPLE_BYTES].splitlines()[:_SAMPLE_LINES]
    if lines and (named := _SEPARATOR_LINE.fullmatch(lines[0])) is not None:
        return named["separator"]
    scores = {separator: _regularity(lines, separator) for separator in _SEPARATORS}
    for separator in _SEPARATORS[:-1]:
        if scores[separator] >= 0.6:
            return separator
    best = max(_SEPARATORS, key=lambda separator: (scores[separator], separator == ","))
    return best if scores[best] > 0 else ","


def _regularity(lines: Sequence[str], separator: str) -> float:
    """Return the share of the lines that have the commonest number of fields above one."""
    if not any(separator in line for line in lines):
        return 0.0
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
    except csv.Error:
        widths = [line.count(separator) + 1 for line in lines if line]
    several = [width for width in widths if width > 1]
    if not several:
        return 0.0
    commonest = max(set(several), key=several.count)
    return several.count(commonest) / len(widths)


def _decimal_comma(path: str, rows: Iterable[Sequence[CellValue]], findings: list[Finding]) -> bool:
    """Return whether figures are written with a decimal comma, and say so.

    A comma that cannot group thousands (`28,8`) must occur, and a point that cannot (`28.8`) must not.
    """
    example = ""
    cells = (cell for row in rows for cell in row if isinstance(cell, str))
    for cell in islice(cells, _SAMPLE_CELLS):
        if "," in cell and not example and _COMMA_DECIMAL.fullmatch(cell) and not _COMMA_THOUSANDS.fullmatch(cell):
            example = cell.strip()
        elif "." in cell and _POINT_DECIMAL.fullmatch(cell) and not _POINT_THOUSANDS.fullmatch(cell):
            return False
    if example:
        findings.append(Finding(codes.DECIMAL_COMMA, Location(path), {"example": example}))
    return bool(example)
