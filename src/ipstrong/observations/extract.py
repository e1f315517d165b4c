"""The cells of recognised tables, each with the names that its row, its column and its table give it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, NamedTuple

from ipstrong.diagnostics import Finding
from ipstrong.diagnostics.codes import layout as codes
from ipstrong.layout.tables import DataColumn, DataRow, Table
from ipstrong.model.dataset import ValueStatus
from ipstrong.model.period import Period
from ipstrong.observations.lost_numbers import MOST_CELLS, lost_numbers
from ipstrong.observations.names import Names
from ipstrong.observations.naming import Naming, join_unit
from ipstrong.observations.regions import RegionNames
from ipstrong.readers.grid import CellValue, Grid, place
from ipstrong.texts import Text
from ipstrong.values.cells import CellKind, ParsedCell, parse_cell, parse_text
from ipstrong.values.statuses import UnknownStatuses, is_status, status_of

if TYPE_CHECKING:
    import polars as pl


@dataclass(slots=True)
class Cells:
    """Cells as columns of plain lists; `frame` turns them into Polars at the end, once for all small tables."""

    row: list[int] = field(default_factory=list)
    col: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    region: list[int] = field(default_factory=list)
    period: list[int] = field(default_factory=list)
    unit: list[int] = field(default_factory=list)
    value: list[float | None] = field(default_factory=list)
    half_width: list[float | None] = field(default_factory=list)
    bound: list[str] = field(default_factory=list)
    status: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def since(self, start: int) -> Cells:
        """Return a copy of the cells from a number on."""
        return Cells(*(getattr(self, entry.name)[start:] for entry in fields(self)))

    def frame(self) -> pl.DataFrame:
        """Return the cells as a frame of the types of `frame.CELLS`."""
        import polars as pl

        from ipstrong.observations.frame import CELLS

        return pl.DataFrame({name: pl.Series(name, getattr(self, name), dtype=dtype) for name, dtype in CELLS.items()})


class _Complaint(NamedTuple):
    """What is wrong with some cells of a series; said once for all of them."""

    code: str
    label: str
    """Empty for what is told once a table."""


@dataclass(slots=True)
class _Tally:
    row: int
    column: int
    count: int = 0
    params: dict[str, object] = field(default_factory=dict)
    cells: list[tuple[int, int]] = field(default_factory=list)
    """The first of them."""
    texts: dict[str, None] = field(default_factory=dict)
    """What stands in them, in the order of reading."""


class Extractor:
    """Reads the values of tables into `Cells`."""

    def __init__(self, names: Names, regions: RegionNames, findings: list[Finding]) -> None:
        """Share the names and findings of the run."""
        self.names = names
        self.regions = regions
        self.findings = findings
        self.cells = Cells()
        self.default_regions: list[int] = []
        """Number of the region of every table read, for cells that name none."""

    def read(self, grid: Grid, table: Table, values: list[list[CellValue]]) -> int:
        """Add the cells of a table; return how many."""
        naming = Naming(grid, table, self.names, self.regions)
        self.default_regions.append(naming.default_region)
        reader = _TableReader(self.cells, grid, naming)
        before = len(self.cells.row)
        for row in table.rows:
            reader.read_row(row, values[row.row])
        self.findings.extend(table.findings)
        self.findings.extend(reader.complaints())
        return len(self.cells.row) - before


class _Slot(NamedTuple):
    """A column of values with what its cells share."""

    column: DataColumn
    kind: int
    """Columns of equal label levels and unit are of one kind: they share the series of a row."""
    period: tuple[int, str]
    """Number of the period, and what is wrong with it, in rows that name none."""
    is_timed: bool
    region: int | None


class _TableReader:
    """Reads one table; what every cell of a column or row shares is worked out once."""

    def __init__(self, cells: Cells, grid: Grid, naming: Naming) -> None:
        self.cells = cells
        self.grid = grid
        self.naming = naming
        self.names = naming.names
        self.table = naming.table
        self.has_formats = bool(grid.extras.notes or grid.extras.column_formats)
        self.is_text = grid.sheet is None
        self.tallies: dict[_Complaint, _Tally] = {}
        self.unknown_statuses = UnknownStatuses(grid)
        self.has_names = any(row.parts for row in self.table.rows)
        self.merged = _merged_over_values(grid, {column.column for column in self.table.columns})
        named = [column for column in self.table.columns if has_heading(column)]
        self.nameless = [column for column in self.table.columns if not has_heading(column)] if named else []
        """Columns without a heading beside columns that have one."""
        kinds: dict[tuple[tuple[str, ...], str | None], int] = {}
        self.slots = [self._slot(column, kinds) for column in named or self.table.columns]
        self.n_kinds = len(kinds)

    def _slot(self, column: DataColumn, kinds: dict[tuple[tuple[str, ...], str | None], int]) -> _Slot:
        kind = kinds.setdefault((column.parts, column.unit), len(kinds))
        is_timed = column.period is not None or column.part is not None
        region = self._region(column.region) if column.region else None
        return _Slot(column, kind, self._period(_NO_ROW, column), is_timed, region)

    def read_row(self, row: DataRow, values: list[CellValue]) -> None:
        """Add the cells of a row."""
        row_region = self._region(row.region) if row.region else None
        is_timed = row.period is not None or row.part is not None
        is_nameless = not (row.parts or row.region or is_timed)
        row_period = self._period(row, _NO_COLUMN) if is_timed else (0, "")
        series: list[tuple[int, int] | None] = [None] * self.n_kinds
        line = self.grid.line_of(row.row)
        place_row = row.row if line is None else line - 1
        for slot in self.slots:
            column = slot.column
            place_column = column.column
            parsed, raw = self._parse(
                row.row, place_column, values[place_column] if place_column < len(values) else None
            )
            if is_nameless and (_says_nothing(parsed) or not self._is_named_by_column(column)):
                self._leave_out(row, column, parsed)
                continue
            if not is_timed:
                period, trouble = slot.period
            elif not slot.is_timed:
                period, trouble = row_period
            else:
                period, trouble = self._period(row, column)
            if trouble == "conflict":
                self._conflict(row, column, parsed)
                continue
            known = series[slot.kind]
            if known is None or trouble:
                head = self.naming.head(row.parts, self._column_parts(row, column, trouble), column.unit or row.unit)
                known = (head, self.names.units.number(self.naming.unit(head)))
                series[slot.kind] = None if trouble else known
            head, unit = known
            if trouble and parsed.kind is CellKind.NUMBER:
                part = row.part or column.part
                self._tally(trouble, row, column, head, part.text if part else "")
            if parsed.kind is CellKind.TEXT and _FLAWS.isdisjoint(parsed.remarks):
                self._tally("text", row, column, head, raw)
            if parsed.unit is not None:
                unit = self.names.units.number(self._unit(row, column, head, parsed, raw))
            region = row_region if row_region is not None else slot.region
            place = (
                place_row,
                place_column,
                head,
                self.naming.default_region if region is None else region,
                period,
                unit,
            )
            self._append(place, row, column, parsed, raw)
        for column in self.nameless:
            value = values[column.column] if column.column < len(values) else None
            self._leave_out(row, column, self._parse(row.row, column.column, value)[0])

    def _append(
        self, place: tuple[int, int, int, int, int, int], row: DataRow, column: DataColumn, parsed: ParsedCell, raw: str
    ) -> None:
        cells = self.cells
        row_number, column_number, head, region, period, unit = place
        cells.row.append(row_number)
        cells.col.append(column_number)
        cells.head.append(head)
        cells.region.append(region)
        cells.period.append(period)
        cells.unit.append(unit)
        number = parsed.number
        cells.value.append(None if number is None else float(number))
        cells.half_width.append(None if number is None else float(parsed.half_width))
        cells.bound.append(parsed.bound.value)
        status = parsed.status
        if status is ValueStatus.FINAL:
            written = row.status_at(column.column)
            status = self._status(row, written, parsed) if written is not None and written[1] else column.status
        cells.status.append(status.value)
        cells.raw.append(raw)
        is_merged = number is not None and (row.row, column.column) in self.merged
        cells.remarks.append(";".join((*parsed.remarks, "merged") if is_merged else parsed.remarks))

    # --- parts of a cell -------------------------------------------------------------------------------------------------

    def _parse(self, row: int, column: int, value: CellValue) -> tuple[ParsedCell, str]:
        """Return what a cell says, and its raw text."""
        extras = self.grid.extras
        if self.has_formats:
            note = extras.notes.get((row, column))
            if note is not None and note.flaw is not None:
                return ParsedCell(CellKind.TEXT, remarks=(note.flaw.value,)), note.text
        if self.is_text and isinstance(value, str):
            return parse_text(value, decimal_comma=extras.decimal_comma), value
        number_format = extras.number_format(row, column) if self.has_formats else None
        parsed = parse_cell(value, number_format, decimal_comma=extras.decimal_comma)
        return parsed, _raw(value, parsed, number_format)

    def _column_parts(self, row: DataRow, column: DataColumn, trouble: str) -> tuple[str, ...]:
        """Return the heading levels; a part of a year without its year stays among them, to tell the values apart."""
        part = row.part or column.part
        return (*column.parts, part.text) if trouble == "no_year" and part is not None else column.parts

    def _region(self, text: str) -> int:
        return self.names.regions.number(self.naming.regions.resolve(text))

    def _period(self, row: DataRow, column: DataColumn) -> tuple[int, str]:
        """Return the number of a cell's period, and what is wrong with it: `conflict`, `no_year`, `no_period` or nothing."""
        period, trouble = settle_period(row, column, self.table.period)
        return self.names.periods.number(str(period) if period is not None else ""), trouble

    def _unit(self, row: DataRow, column: DataColumn, head: int, parsed: ParsedCell, raw: str) -> str:
        series = self.naming.unit(head)
        if parsed.unit is None:
            return series
        joined = join_unit(parsed.unit, series)
        if joined.is_doubtful:
            self._tally("scale", row, column, head, raw, unit=series)
        return joined.text

    # --- complaints ------------------------------------------------------------------------------------------------------

    def _status(self, row: DataRow, written: tuple[int, str], parsed: ParsedCell) -> ValueStatus:
        column, text = written
        if parsed.number is not None and not is_status(text):
            self.unknown_statuses.add(text, row.row, column)
        return status_of(text)

    def _tally(self, code: str, row: DataRow, column: DataColumn, head: int, detail: str, **params: object) -> None:
        label = self.naming.label(head)
        # words that are no numbers are told one by one for a series, other complaints once for a table
        key = _Complaint(code, label if code in {"text", "scale"} else "")
        tally = self.tallies.get(key)
        if tally is None:
            tally = self.tallies[key] = _Tally(row.row, column.column, 0, {"label": label, "text": detail, **params})
        tally.count += 1
        if code == "text":
            tally.texts[detail] = None
            if len(tally.cells) < MOST_CELLS:
                tally.cells.append((row.row, column.column))

    def _is_named_by_column(self, column: DataColumn) -> bool:
        """Whether a column alone says what its values are; a period does only where no row has a name, as page numbers have none."""
        return bool(column.parts) or (not self.has_names and self._is_placed(column))

    def _is_placed(self, column: DataColumn) -> bool:
        """Whether a column names a region or period, so that a title may name the indicator of a nameless row."""
        places = (column.region, column.period, column.part)
        return any(place is not None for place in places) or self.table.layout == "long"

    def _leave_out(self, row: DataRow, column: DataColumn, parsed: ParsedCell) -> None:
        if parsed.kind is not CellKind.EMPTY:
            self._count("nameless", row, column, {"reason": NAMELESS})

    def _conflict(self, row: DataRow, column: DataColumn, parsed: ParsedCell) -> None:
        if parsed.kind is not CellKind.EMPTY:
            self._count("conflict", row, column, {"row": str(row.period), "column": str(column.period)})

    def _count(self, code: str, row: DataRow, column: DataColumn, params: dict[str, object]) -> None:
        tally = self.tallies.setdefault(_Complaint(code, ""), _Tally(row.row, column.column, 0, params))
        tally.count += 1

    def complaints(self) -> list[Finding]:
        """Return what was found wrong, once a series or table."""
        found = [
            lost_numbers(self.grid, key.label, tally.cells, [*tally.texts], tally.count)
            if key.code == "text"
            else Finding(
                _CODES[key.code], place(self.grid, tally.row, tally.column), {**tally.params, "count": tally.count}
            )
            for key, tally in self.tallies.items()
        ]
        found.extend(self.unknown_statuses.findings())
        if self.naming.used_fallback and self.naming.fallback_source is not None:
            params = {"label": self.naming.fallback, "source": self.naming.fallback_source}
            row, column = self.table.rows[0], self.table.columns[0]
            found.append(Finding(codes.NAME_FROM_TABLE, place(self.grid, row.row, column.column), params))
        return found


_NO_ROW = DataRow(-1)
_NO_COLUMN = DataColumn(-1)
_FLAWS = frozenset({"error", "no_saved_value", "error_value"})
"""Remarks of cells that the readers complained of."""
_CODES = {
    "nameless": codes.NUMBERS_LEFT_OUT,
    "scale": codes.SCALE_TWICE,
    "no_year": codes.YEAR_UNKNOWN,
    "no_period": codes.PERIOD_UNKNOWN,
    "conflict": codes.PERIODS_CONFLICT,
}


NAMELESS = Text("所在的列（或行和列）没有名称", "their column, or both row and column, have no name")


def _says_nothing(parsed: ParsedCell) -> bool:
    """Whether a cell is blank or holds words; a cell whose value is lost says that there was one."""
    return parsed.kind is CellKind.EMPTY or (parsed.kind is CellKind.TEXT and _FLAWS.isdisjoint(parsed.remarks))


def _merged_over_values(grid: Grid, columns: set[int]) -> frozenset[tuple[int, int]]:
    """Return the first cells of merged ranges that take in the place of another value, not only blank columns."""
    return frozenset(
        (top, left)
        for top, left, bottom, right in grid.extras.merged
        if left in columns and (bottom > top or not columns.isdisjoint(range(left + 1, right + 1)))
    )


def has_heading(column: DataColumn) -> bool:
    """Whether anything over a column says what it holds."""
    return bool(column.parts or column.period or column.part or column.region or column.unit)


def settle_period(row: DataRow, column: DataColumn, table: Period | None) -> tuple[Period | None, str]:
    """Return the period of a cell from its row, column and table, and what is wrong with it."""
    own = row.period or column.period
    if row.period is not None and column.period is not None and row.period != column.period:
        return None, "conflict"
    part = row.part or column.part
    if part is not None:
        base = own or table
        if base is None:
            return None, "no_year"
        return part.in_year(base.year), ""
    period = own or table
    return period, "" if period is not None else "no_period"


def _raw(value: CellValue, parsed: ParsedCell, number_format: str | None) -> str:
    """Return the text of a cell as printed where its format is known, else as stored."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if parsed.number is not None and isinstance(value, int | float):
        if number_format is not None and parsed.unit is not None:
            return f"{parsed.number:f}{parsed.unit.text}"
        return f"{parsed.number:f}"
    return str(value).removesuffix(" 00:00:00")
