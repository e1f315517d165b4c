"""What the readers of workbooks share: which sheets are read, cells gathered to a grid within limits, and findings."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from ipstrong.diagnostics import Finding, Location, Severity, a1
from ipstrong.diagnostics.codes import data as codes
from ipstrong.diagnostics.suggest import suggestion
from ipstrong.readers.grid import CellFlaw, CellNote, CellValue, Grid, GridExtras, RowGrid
from ipstrong.readers.options import Limits, ReadOptions, too_large
from ipstrong.texts import Text

LONGEST_TEXT = 32_767
"""Characters of a cell, as Excel allows; what is beyond is cut off."""
_MANY = 1000
"""From this many cells of one number format on, a column is noted as a whole."""
_GENERAL = "General"
_WIDEST = 3
"""Bytes of a character, those of rare scripts apart."""

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
    41: "#,##0",
    42: "#,##0",
    43: "#,##0.00",
    44: "#,##0.00",
    **dict.fromkeys([*range(14, 18), *range(27, 32), 36, *range(50, 59)], "yyyy/m/d"),
    **dict.fromkeys([18, 19, 20, 21, *range(32, 36), 45, 47], "h:mm:ss"),
    22: "yyyy/m/d h:mm",
    46: "[h]:mm:ss",
}
"""Number formats that files refer to by number alone; of those that print dates only the kind counts."""
_LITERAL = re.compile(r'"[^"]*"?|[\\_*!].|\[(?![hms]+\])[^\]]*\]?', re.IGNORECASE | re.DOTALL)
_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_LONGEST_FORMAT = 255
"""Characters of a number format, as spreadsheets allow."""
_LAST_DAY = 2_958_465
"""9999-12-31 in the 1900 system."""
_DAYS_TO_1904 = 1462
_FIRST_OF_MARCH = 60
"""From here on days count from 1899-12-30: the 1900 system has a February 29 that never was."""
_DAY_MILLISECONDS = 86_400_000


@dataclass(slots=True)
class WorkbookContent:
    """The grids of a workbook, the sheets left out, and the findings on the way."""

    grids: list[Grid] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    """Name and the id of the code that says why."""
    findings: list[Finding] = field(default_factory=list)
    n_blank: int = 0
    """Blank cells in all grids."""

    def add(self, cells: SheetCells) -> RowGrid:
        """Add the grid of a sheet with the findings that its cells give."""
        self.n_blank += cells.height * cells.width - sum(map(len, cells.rows.values()))
        if self.n_blank > cells.limits.max_cells:
            raise cells.too_many(self.n_blank)
        grid = cells.grid()
        self.grids.append(grid)
        self.findings += [*_flaw_findings(grid), *_hidden_findings(grid)]
        return grid


# --- Which sheets are read --------------------------------------------------------------------------------------------


def choose_sheets(
    content: WorkbookContent,
    path: str,
    names: Sequence[str],
    hidden: Sequence[bool],
    options: ReadOptions,
    kinds: Mapping[int, Text] | None = None,
) -> list[int]:
    """Return which sheets to read, by index; add to the content what is said of the others.

    Args:
        content: What gathers findings and skipped sheets.
        path: The file, for the findings.
        names: Sheets in the workbook's order.
        hidden: Whether each is hidden.
        options: Sheets asked for, and whether hidden ones are read.
        kinds: What a sheet is that has no cells (a chart, a macro sheet), by index.
    """
    chosen: list[int] = []
    wanted = {name.strip() for name in options.sheets}
    for index, name in enumerate(names):
        where = Location(path, sheet=name)
        if wanted and name.strip() not in wanted:
            continue
        if kinds and index in kinds:
            severity = Severity.ERROR if wanted else None
            content.findings.append(
                Finding(codes.SHEET_NOT_CELLS, where, {"sheet": name, "kind": kinds[index]}, severity)
            )
            content.skipped.append((name, codes.SHEET_NOT_CELLS.id))
        elif hidden[index] and not options.include_hidden and not wanted:
            content.findings.append(Finding(codes.SHEET_HIDDEN, where, {"sheet": name}))
            content.skipped.append((name, codes.SHEET_HIDDEN.id))
        else:
            chosen.append(index)
            if hidden[index]:
                content.findings.append(Finding(codes.HIDDEN_SHEET_READ, where, {"sheet": name}))
    present = {name.strip() for name in names}
    listed = Text("、".join(names), ", ".join(names))
    for name in options.sheets:
        if name.strip() not in present:
            params = {"sheet": name, "present": listed, "nearest": suggestion(name, names)}
            content.findings.append(Finding(codes.SHEET_MISSING, Location(path), params))
    if not chosen and not options.sheets:
        content.findings.append(Finding(codes.NO_SHEET, Location(path)))
    return chosen


# --- Cells ------------------------------------------------------------------------------------------------------------


class SheetCells:
    """The cells of one sheet as a reader comes upon them; refuses a sheet whose area or text is beyond the limits."""

    def __init__(self, path: str, name: str, limits: Limits) -> None:
        self.path = path
        self.name = name
        self.limits = limits
        self.rows: dict[int, list[CellValue]] = {}
        """Rows with content by number, each as long as its last cell with content."""
        self.height = self.width = 0
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        """Ranges of hidden columns, ends included."""
        self.flaws: dict[tuple[int, int], CellNote] = {}
        self.formats: defaultdict[int, dict[str, list[int]]] = defaultdict(dict)
        """Rows of numbers by column and number format."""
        self.longest_text = 0

    def reach(self, row: int, column: int) -> None:
        """Widen the sheet's area to a cell."""
        if row >= self.height:
            self.height = row + 1
        if column >= self.width:
            self.width = column + 1
        if self.height * self.width > self.limits.max_cells:
            raise self.too_many(self.height * self.width)

    def put(self, row: int, column: int, value: CellValue) -> None:
        """Put a value into its cell."""
        if row >= self.height or column >= self.width:
            self.reach(row, column)
        line = self.rows.setdefault(row, [])
        if column < len(line):
            line[column] = value
            return
        line.extend([None] * (column - len(line)))
        line.append(value)

    def put_row(self, row: int, values: list[CellValue]) -> None:
        """Put the cells of a row from the first column on."""
        self.reach(row, len(values) - 1)
        self.rows[row] = values

    def put_text(self, row: int, column: int, text: str) -> None:
        """Put a text into its cell."""
        text = text[:LONGEST_TEXT]
        self.longest_text = max(self.longest_text, len(text))
        self.put(row, column, text)

    def put_flaw(self, row: int, column: int, flaw: CellFlaw, text: str) -> None:
        """Note that a cell holds an error, or a formula without a result."""
        self.put(row, column, None)
        self.flaws[row, column] = CellNote(flaw, text[:LONGEST_TEXT])

    def put_number(self, row: int, column: int, number: float, number_format: str, *, is_1904: bool) -> None:
        """Put a number, or the date that its format makes of it."""
        if is_date_format(number_format):
            self.put(row, column, moment(number, number_format, is_1904=is_1904))
            return
        self.put(row, column, number)
        if is_number_format(number_format):
            self.note_format((row,), column, number_format)

    def note_format(self, rows: Iterable[int], column: int, number_format: str) -> None:
        """Note the number format of numbers in a column."""
        self.formats[column].setdefault(number_format, []).extend(rows)

    def too_many(self, cells: int) -> Exception:
        """Return the refusal of a sheet with more cells than the limit."""
        what = Text("工作表的格数", "cells of the sheet")
        return too_large(self.path, what, cells, self.limits.max_cells, sheet=self.name)

    def grid(self) -> RowGrid:
        """Return the cells as a grid, from the first cell of the sheet to the last with content."""
        limit = self.limits.max_bytes
        if sum(map(len, self.rows.values())) * self.longest_text * _WIDEST > limit:
            texts = (value for line in self.rows.values() for value in line if isinstance(value, str))
            size = sum(len(text) if text.isascii() else len(text) * _WIDEST for text in texts)
            if size > limit:
                raise too_large(self.path, Text("文字的字节数", "bytes of text"), size, limit, "--max-size", self.name)
        width = self.width
        blank: list[CellValue] = [None] * width
        values = []
        for row in range(self.height):
            line = self.rows.get(row, blank)
            if len(line) < width:
                line.extend([None] * (width - len(line)))
            values.append(line)
        notes, column_formats = self._formats()
        for place, flaw in self.flaws.items():
            notes[place] = flaw
        hidden_columns: set[int] = set()
        following = 0
        for first, last in sorted(self.hidden_columns):  # however many ranges there are, each column is added once
            hidden_columns.update(range(max(first, following), min(last + 1, width)))
            following = max(following, last + 1)
        hidden_rows = frozenset(row for row in self.hidden_rows if row < self.height)
        extras = GridExtras(tuple(self.merged), hidden_rows, frozenset(hidden_columns), notes, column_formats)
        return RowGrid(self.path, self.name, values, width, extras)

    def _formats(self) -> tuple[dict[tuple[int, int], CellNote], dict[int, str]]:
        """Return number formats by cell, and those of long columns of one format."""
        notes: dict[tuple[int, int], CellNote] = {}
        column_formats: dict[int, str] = {}
        for column, formats in self.formats.items():
            commonest = max(formats, key=lambda code: len(formats[code]))
            if len(formats[commonest]) > _MANY:
                column_formats[column] = commonest
                formatted = set().union(*formats.values())
                plain = CellNote(number_format=_GENERAL)
                for row, line in self.rows.items():
                    if column < len(line) and isinstance(line[column], float) and row not in formatted:
                        notes[row, column] = plain
            for code, rows in formats.items():
                if code != column_formats.get(column):
                    note = CellNote(number_format=code)
                    notes.update(((row, column), note) for row in rows)
        return notes, column_formats


# --- Number formats --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def is_date_format(number_format: str) -> bool:
    """Return whether a number format prints dates, times or spans of time."""
    return len(number_format) <= _LONGEST_FORMAT and _DATE.search(_LITERAL.sub("", number_format)) is not None


@lru_cache(maxsize=1024)
def is_number_format(number_format: str) -> bool:
    """Return whether a number format may say more of a number than its value does: not General, text, or a date."""
    return bool(number_format) and number_format.lower() not in {"general", "@"} and not is_date_format(number_format)


def moment(serial: float, number_format: str, *, is_1904: bool) -> CellValue:
    """Return the date, time or span that a number is in a date format; the number itself where no calendar has it."""
    if _ELAPSED.search(number_format):
        return dt.timedelta(milliseconds=round(serial * _DAY_MILLISECONDS)) if abs(serial) <= _LAST_DAY else serial
    days = serial + _DAYS_TO_1904 if is_1904 else serial
    if not 0 <= days < _LAST_DAY + 1:
        return serial
    start = dt.datetime(1899, 12, 30 if days >= _FIRST_OF_MARCH else 31)  # noqa: DTZ001 - cells have no time zone
    found = start + dt.timedelta(milliseconds=round(days * _DAY_MILLISECONDS))
    if serial < 1:
        return found.time()
    return found.date() if found.time() == dt.time() else found


# --- Findings ---------------------------------------------------------------------------------------------------------


def _flaw_findings(grid: Grid) -> Iterator[Finding]:
    """Yield a finding for every error value and every formula without a saved value, runs down a column as ranges."""
    notes = grid.extras.notes
    places = sorted((column, row) for (row, column), note in notes.items() if note.flaw is not None)

    def run(numbered: tuple[int, tuple[int, int]]) -> tuple[int, int, CellFlaw | None, str]:
        index, (column, row) = numbered
        note = notes[row, column]
        return column, row - index, note.flaw, note.text if note.flaw is CellFlaw.ERROR else ""

    for (column, _, flaw, error), cells in groupby(enumerate(places), run):
        rows = [row for _, (_, row) in cells]
        address = a1(rows[0], column) + (f":{a1(rows[-1], column)}" if len(rows) > 1 else "")
        where = Location(grid.file, sheet=grid.sheet, cell=address)
        if flaw is CellFlaw.ERROR:
            yield Finding(codes.ERROR_VALUE, where, {"error": error or "#?"})
        else:
            yield Finding(codes.NO_SAVED_VALUE, where, {"formula": notes[rows[0], column].text})


def _hidden_findings(grid: Grid) -> Iterator[Finding]:
    """Yield a finding for hidden rows and one for hidden columns that hold values."""
    extras = grid.extras
    if not extras.hidden_rows and not extras.hidden_columns:
        return
    values = grid.rows()
    rows = [row for row in sorted(extras.hidden_rows) if _any(values[row])]
    columns = [column for column in sorted(extras.hidden_columns) if _any(line[column] for line in values)]
    for kind, zh, names, first in (
        ("row", "第 {} 行", [str(row + 1) for row in rows], ((rows or [0])[0], 0)),
        ("column", " {} 列", [a1(0, column)[:-1] for column in columns], (0, (columns or [0])[0])),
    ):
        if names:
            listed = _listed(names)
            what = Text(zh.format(listed.zh), f"{kind}s {listed.en}" if len(names) > 1 else f"{kind} {listed.en}")
            yield Finding(codes.HIDDEN_CELLS, Location(grid.file, sheet=grid.sheet, cell=a1(*first)), {"what": what})


def _any(cells: Iterable[CellValue]) -> bool:
    return any(cell is not None and cell != "" for cell in cells)


def _listed(names: list[str]) -> Text:
    """Return names with commas, at most six of them."""
    if len(names) <= 6:
        return Text("、".join(names), ", ".join(names))
    return Text("、".join(names[:5]) + f" 等 {len(names)}", ", ".join(names[:5]) + f" and {len(names) - 5} more")
