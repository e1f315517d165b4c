"""The columns of a long worksheet, told apart: which cells are numbers, which are words.

A column of one kind of value comes as it is. Numbers that stand among texts come as text of nine decimals, so those are read from
the sheet's XML and held against that text.
"""

from __future__ import annotations

import datetime as dt
import re

import fastexcel
import polars as pl

from ipstrong.diagnostics import a1
from ipstrong.readers.column_grid import ColumnGrid
from ipstrong.readers.grid import GridExtras
from ipstrong.readers.grids import SheetGrid
from ipstrong.readers.long_sheets import Loaded
from ipstrong.values.text_columns import Parts

_NUMBER_LIKE = r"^-?[0-9]+(?:\.[0-9]+)?$|^NaN$|^-?inf$|^-?[0-9]{4,6}-[0-9]{2}-[0-9]{2} "
"""How numbers and dates look where they come back as text."""
_NUMBER = (
    rb'<c r="(%s)([0-9]+)"(?![^<>]*\bt="(?!n"))[^<>]*>\s*'
    rb"(?:<f[^<>]*?/>|<f[^<>]*>[^<]*</f>)?\s*<v(?:\s[^<>]*)?>([^<]+)</v>"
)
_WORD = rb'<c r="(%s)([0-9]+)"[^<>]*\bt="(s|str|inlineStr)"'
_FIRST_DAY = dt.datetime(1900, 3, 1)  # noqa: DTZ001 - spreadsheets know no time zones
"""Days before it are times of day, or off by the day that 1900 did not have."""
_TOLERANCE = 1e-8
"""Of a number that is printed with nine decimals."""


def long_grid(path: str, name: str, loaded: Loaded, xml: bytes, extras: GridExtras) -> ColumnGrid | None:
    """Return the grid of a long sheet, or None where its cells cannot be told for certain."""
    last = loaded.top + len(loaded.head) - 1
    try:
        frame = loaded.columns.to_polars()
    except fastexcel.FastExcelError:
        return None
    missing = frame.width - len(loaded.head[0])
    # A head that is narrower than the sheet lacks columns on the right only where there can be none on its left.
    if missing < 0 or (missing and loaded.left) or frame.height != loaded.columns.total_height - last:
        return None
    below = _columns(frame, xml, last, loaded.left)
    head = [row + [""] * missing for row in loaded.head]
    # The head's last row was read both ways; it proves that the rows and columns of both are the same.
    if below is None or [parts.value(0) for parts in below] != [None if cell == "" else cell for cell in head[-1]]:
        return None
    top = SheetGrid(path, name, head, loaded.top, loaded.left, extras)
    return ColumnGrid(top, [parts.slice(1) for parts in below], frame.height - 1)


def _columns(frame: pl.DataFrame, xml: bytes, first: int, left: int) -> list[Parts] | None:
    """Return the columns of a frame whose first row is the sheet's row `first`; None where one cannot be told."""
    columns: list[Parts] = []
    mixed: dict[bytes, int] = {}
    for number, series in enumerate(frame.iter_columns()):
        match series.dtype:
            case pl.Float64:
                columns.append(Parts(series, None))
            case pl.String:
                words = series.set(series == "", None)
                columns.append(Parts(None, words if words.null_count() < len(words) else None))
                if words.str.contains(_NUMBER_LIKE).any():
                    mixed[a1(0, left + number)[:-1].encode()] = number
            case pl.Datetime:
                if not ((series.dt.time() == dt.time()) & (series >= _FIRST_DAY)).all():
                    return None
                columns.append(Parts(None, series.cast(pl.Date)))
            case pl.Null:
                columns.append(Parts(None, None))
            case _:
                return None
    return columns if not mixed or _tell_apart(columns, mixed, xml, first) else None


def _tell_apart(columns: list[Parts], mixed: dict[bytes, int], xml: bytes, first: int) -> bool:
    """Put the numbers of columns that mix them with texts in their place; return whether every cell could be told.

    Args:
        columns: The columns, of which the mixed ones hold all cells as words.
        mixed: The mixed ones by their letters.
        xml: The sheet.
        first: The sheet's row on which the columns begin.
    """
    letters = b"|".join(mixed)
    numbers = _cells(re.compile(_NUMBER % letters), xml, first)
    for letter, column in mixed.items():
        words = columns[column].words
        rows, texts = numbers.get(letter, ([], []))
        if words is None or not rows:
            continue
        values = pl.Series(texts, dtype=pl.Binary).cast(pl.String).cast(pl.Float64, strict=False)
        printed = words.gather(rows).cast(pl.Float64, strict=False)
        # What does not agree with what was printed, such as a date, is not the number that the XML shows.
        if not ((printed - values).abs() <= _TOLERANCE * (1 + values.abs())).fill_null(value=False).all():
            return False
        blank = pl.Series([None], dtype=pl.Float64).new_from_index(0, len(words))
        columns[column] = Parts(blank.scatter(rows, values), words.scatter(rows, None))
    left = {letter: _number_like(columns[column].words) for letter, column in mixed.items()}
    if not any(left.values()):
        return True
    words_at = _cells(re.compile(_WORD % letters), xml, first)
    return all(rows <= set(words_at.get(letter, ([], []))[0]) for letter, rows in left.items())


def _number_like(words: pl.Series | None) -> set[int]:
    """Return the rows of words that look like numbers."""
    return set() if words is None else set(words.str.contains(_NUMBER_LIKE).arg_true().to_list())


def _cells(pattern: re.Pattern[bytes], xml: bytes, first: int) -> dict[bytes, tuple[list[int], list[bytes]]]:
    """Return the cells that a pattern finds from a row on: by the letters of their column, rows and contents."""
    found: dict[bytes, tuple[list[int], list[bytes]]] = {}
    for letters, digits, content in pattern.findall(xml):
        row = int(digits) - 1 - first
        if row >= 0:
            rows, contents = found.setdefault(letters, ([], []))
            rows.append(row)
            contents.append(content)
    return found
