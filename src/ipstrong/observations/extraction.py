"""The cells of recognised tables, each with the names that its row, its column and its table give it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import polars as pl

from ipstrong.diagnostics import Code, Finding
from ipstrong.diagnostics.codes import layout as codes
from ipstrong.layout.marks import MarkedGrid
from ipstrong.layout.tables import Content, Keys, Table, Timing, ValueColumn, gathered, joined_keys
from ipstrong.model.dataset import ValueStatus
from ipstrong.model.period import Period
from ipstrong.model.unit import parse_unit
from ipstrong.observations.names import Names, Naming, join_unit
from ipstrong.observations.regions import RegionNames
from ipstrong.texts import Text, listed, same
from ipstrong.values.cell_series import BOUND, STATUS, parse_table
from ipstrong.values.cells import CellKind
from ipstrong.values.statuses import UnknownStatuses, is_status, status_of

CELLS: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.UInt32,
    "col": pl.UInt32,
    "head": pl.UInt32,
    "region": pl.UInt32,
    "period": pl.UInt32,
    "unit": pl.UInt32,
    "value": pl.Float64,
    "half_width": pl.Float64,
    "bound": BOUND,
    "status": STATUS,
    "raw": pl.String,
    "remarks": pl.Categorical,
}
"""Cells before names are settled: `head`, `region`, `period` and `unit` are numbers in `Names`."""
_KINDS = list(CellKind)
_FLAWS = "error|no_saved_value|error_value"
"""Remarks of cells that the readers complained of."""
NAMELESS = Text("所在的列（或行和列）没有名称", "their column, or both row and column, have no name")


class Extractor:
    """Reads the values of tables."""

    def __init__(self, names: Names, regions: RegionNames, findings: list[Finding]) -> None:
        """Share the names and findings of the run."""
        self.names = names
        self.regions = regions
        self.findings = findings
        self.frames: list[pl.DataFrame] = []
        """The cells of each table read, with the columns of `CELLS`."""

    def read(self, sheet: MarkedGrid, table: Table) -> int:
        """Read the cells of a table; return how many."""
        naming = Naming(sheet, table, self.names, self.regions)
        reader = _TableReader(sheet, naming)
        frame = reader.frame()
        self.frames.append(frame)
        self.findings.extend(table.findings)
        self.findings.extend(reader.findings)
        return frame.height


class _Settled(NamedTuple):
    """The period of some cells, and what is wrong with it: `conflict`, `no_year`, `no_period` or nothing."""

    period: Period | None
    trouble: str
    part: str = ""
    """The part of a year without its year."""


class _TableReader:
    """Reads one table; what its cells share is worked out once for each distinct content."""

    def __init__(self, sheet: MarkedGrid, naming: Naming) -> None:
        self.sheet = sheet
        self.grid = sheet.grid
        self.naming = naming
        self.names = naming.names
        self.table = naming.table
        self.findings: list[Finding] = []
        named = [column for column in self.table.columns if _has_heading(column)]
        self.columns = named or self.table.columns
        self.nameless = [column for column in self.table.columns if not _has_heading(column)] if named else []
        """Columns without a heading next to columns that have one."""
        self.numbers = self.table.rows.numbers.to_list()
        n_cells = len(self.numbers) * len(self.columns)
        places = pl.int_range(n_cells, dtype=pl.UInt32, eager=True)
        self.column_at = places % len(self.columns)
        self.row_at = ((places - self.column_at) / len(self.columns)).cast(pl.UInt32)
        """For every cell, the place of its row."""
        self.kind = pl.Series([], dtype=pl.UInt8)
        """For every cell, the place of its kind in `_KINDS`."""
        self.kept: pl.Series | None = None
        """The cells that are read; None for all."""

    def frame(self) -> pl.DataFrame:
        """Return the cells with the columns of `CELLS`."""
        cells = parse_table(self.grid, self.numbers, [column.column for column in self.columns])
        self.kind = cells["kind"].to_physical()
        rows = self.table.rows
        timing = joined_keys(
            self._of_rows(rows.timing), self._of_columns([Timing(each.period, each.part) for each in self.columns])
        ).to(lambda pair: _settle_period(*pair, self.table.period))
        self._leave_out(cells, timing)
        if self.kept is not None:
            cells, self.kind = cells.filter(self.kept), self.kind.filter(self.kept)
            self.row_at, self.column_at = self.row_at.filter(self.kept), self.column_at.filter(self.kept)
            timing = Keys(timing.ids.filter(self.kept), timing.contents)
        row = rows.numbers[self.row_at]
        column = pl.Series([each.column for each in self.columns], dtype=pl.UInt32)[self.column_at]
        region = joined_keys(self._of_rows(rows.region), self._of_columns([each.region for each in self.columns]))
        first_head = len(self.names.heads)
        cells = cells.hstack(
            [
                row.alias("row"),
                column.alias("col"),
                _gathered(region, self._region).alias("region"),
                _gathered(timing, lambda settled: self.names.periods.number(str(settled.period or ""))).alias("period"),
                self._heads(timing).alias("head"),
            ]
        )
        cells = self._with_units(cells, first_head)
        cells = self._with_statuses(cells)
        cells = self._with_merged(cells)
        self._report_texts(cells)
        self._report_periods(cells, timing)
        if self.naming.used_fallback and self.naming.fallback_source is not None:
            params = {"label": self.naming.fallback, "source": self.naming.fallback_source}
            self._say(codes.NAME_FROM_TABLE, (self.numbers[0], self.table.columns[0].column), **params)
        cells = self._on_lines(cells)
        return pl.DataFrame([cells[name].cast(dtype) for name, dtype in CELLS.items()])

    def _of_rows(self, keys: Keys[Content]) -> Keys[Content]:
        is_each_once = len(self.columns) == 1 and self.kept is None
        return keys if is_each_once else keys.picked(self.row_at)

    def _of_columns(self, contents: Sequence[Content]) -> Keys[Content]:
        return Keys.of(contents).picked(self.column_at)

    def _region(self, pair: tuple[str | None, str | None]) -> int:
        text = pair[0] or pair[1]
        return self.names.regions.number(self.naming.regions.resolve(text)) if text else self.naming.default_region

    # --- cells that are not read ------------------------------------------------------------------------------------------

    def _leave_out(self, cells: pl.DataFrame, timing: Keys[_Settled]) -> None:
        """Leave out the cells that nothing names, and those whose row and column name two periods."""
        rows = self.table.rows
        filled = self.kind != _KINDS.index(CellKind.EMPTY)
        left = pl.Series([False]).new_from_index(0, len(filled))
        is_nameless = left
        if () in rows.parts.contents and Timing() in rows.timing.contents:
            is_nameless = ~(
                rows.parts.where(bool) | rows.region.where(bool) | rows.timing.where(lambda timing: timing != Timing())
            )
        if is_nameless.any():
            has_names = rows.parts.any()
            by_column = [bool(column.parts) or (not has_names and self._is_placed(column)) for column in self.columns]
            says_nothing = ~filled | ((self.kind == _KINDS.index(CellKind.TEXT)) & ~_has_flaw(cells))
            is_named = pl.Series(by_column, dtype=pl.Boolean)[self.column_at]
            left = is_nameless[self.row_at] & (says_nothing | ~is_named)
        count = int((left & filled).sum())
        first = (left & filled).arg_max() or 0
        lost = [(self.numbers[self.row_at[first]], self.columns[self.column_at[first]].column)] if count else []
        if self.nameless:
            others = parse_table(self.grid, self.numbers, [column.column for column in self.nameless])
            places = (others["kind"] != CellKind.EMPTY.value).arg_true()
            count += len(places)
            if len(places):
                at, width = int(places[0]), len(self.nameless)
                lost.append((self.numbers[at // width], self.nameless[at % width].column))
        if count:
            spot = min(lost, key=lambda cell: cell[0])
            self._say(codes.NUMBERS_LEFT_OUT, spot, reason=NAMELESS, count=count)
        if any(settled.trouble == "conflict" for settled in timing.contents):
            conflict = timing.where(lambda settled: settled.trouble == "conflict") & ~left
            if (conflict & filled).any():
                at = (conflict & filled).arg_max() or 0
                row, column = int(self.row_at[at]), self.columns[self.column_at[at]]
                own = rows.timing.contents[rows.timing.ids[row]].period
                spot = (self.numbers[row], column.column)
                count = int((conflict & filled).sum())
                self._say(codes.PERIODS_CONFLICT, spot, row=str(own), column=str(column.period), count=count)
            left |= conflict
        self.kept = ~left if left.any() else None

    def _is_placed(self, column: ValueColumn) -> bool:
        """Whether a column names a region or period, so that a title may name the indicator of a nameless row."""
        places = (column.region, column.period, column.part)
        return any(place is not None for place in places) or self.table.layout == "long"

    # --- names ------------------------------------------------------------------------------------------------------------

    def _heads(self, timing: Keys[_Settled]) -> pl.Series:
        """Return the numbers of the cells' series; a part of a year without its year stays in the label, to tell the values apart."""
        rows = self.table.rows
        of_row = joined_keys(self._of_rows(rows.parts), self._of_rows(rows.unit))
        of_column = self._of_columns([(column.parts, column.unit) for column in self.columns])
        loose = timing.to(lambda settled: settled.part if settled.trouble == "no_year" else "")
        named = joined_keys(joined_keys(of_row, of_column), loose)

        def number(
            content: tuple[tuple[tuple[tuple[str, ...], str | None], tuple[tuple[str, ...], str | None]], str],
        ) -> int:
            ((row_parts, row_unit), (column_parts, column_unit)), part = content
            return self.naming.head(row_parts, (*column_parts, part) if part else column_parts, column_unit or row_unit)

        return _gathered(named, number)

    def _with_units(self, cells: pl.DataFrame, first: int) -> pl.DataFrame:
        """Add the units: that of the series, unless a cell names its own. The table's series are numbered from `first` on."""
        by_head = [self.names.units.number(self.naming.unit(head)) for head in range(first, len(self.names.heads))]
        unit = pl.Series("unit", by_head, dtype=pl.UInt32)[cells["head"] - first]
        own = cells["unit"]
        if own.null_count() == len(own):
            return cells.replace_column(cells.get_column_index("unit"), unit)
        pairs = cells.select("unit", "head").filter(own.is_not_null()).unique(maintain_order=True)
        numbers: list[int] = []
        doubtful: list[bool] = []
        for text, head in pairs.iter_rows():
            named = parse_unit(text)
            series = self.naming.unit(head)
            joined = join_unit(named, series) if named is not None else None
            numbers.append(self.names.units.number(joined.text if joined is not None else text))
            doubtful.append(joined is not None and joined.is_doubtful)
        known = pairs.with_columns(
            pl.Series("number", numbers, pl.UInt32), pl.Series("is_doubtful", doubtful, pl.Boolean)
        )
        found = cells.join(known, on=["unit", "head"], how="left", maintain_order="left")
        if any(doubtful):
            self._report_scales(found.filter("is_doubtful"))
        return cells.with_columns(pl.coalesce(found["number"], unit).alias("unit"))

    def _report_scales(self, cells: pl.DataFrame) -> None:
        """Report once a series that both its cells and its heading name a scale."""
        for label, those in self._by_label(cells):
            first = those.row(0, named=True)
            params = {"label": label, "text": first["raw"], "unit": self.naming.unit(first["head"])}
            self._say(codes.SCALE_TWICE, (first["row"], first["col"]), **params, count=those.height)

    def _with_statuses(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Take the status of the row or the heading where the cell has none of its own."""
        rows, columns = self.table.rows, self.columns
        if not rows.statuses.any() and all(column.status is ValueStatus.FINAL for column in columns):
            return cells
        keys = joined_keys(
            self._of_rows(rows.statuses), self._of_columns([(column.column, column.status) for column in columns])
        )
        written = keys.to(lambda pair: _status_at(pair[0], pair[1][0], has_flags=rows.has_flags))
        kinds = [
            status_of(text[1]) if text is not None and text[1] else pair[1][1]
            for text, pair in zip(written.contents, keys.contents, strict=True)
        ]
        named = pl.Series([kind.value for kind in kinds], dtype=STATUS)[keys.ids]
        is_open = cells["status"] == ValueStatus.FINAL.value
        unknown = UnknownStatuses(self.grid)
        odd = [text is not None and not is_status(text[1]) for text in written.contents]
        if any(odd):
            reported = pl.Series(odd, dtype=pl.Boolean)[keys.ids] & is_open & cells["value"].is_not_null()
            found = pl.DataFrame({"id": keys.ids.filter(reported), "row": cells["row"].filter(reported)})
            for number, row, count in (
                found.group_by("id", maintain_order=True).agg(pl.col("row").first(), pl.len()).iter_rows()
            ):
                text = written.contents[number]
                if text is not None:
                    unknown.add(text[1], row, text[0], count)
        self.findings.extend(unknown.findings())
        return cells.with_columns(cells["status"].zip_with(~is_open, named).alias("status"))

    def _with_merged(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Remark on numbers in the first cell of a merged range that covers the place of another value."""
        columns = {column.column for column in self.table.columns}
        merged = [
            (top, left)
            for top, left, bottom, right in self.grid.extras.merged
            if left in columns and (bottom > top or not columns.isdisjoint(range(left + 1, right + 1)))
        ]
        if not merged:
            return cells
        spans = pl.DataFrame(merged, schema={"row": pl.UInt32, "col": pl.UInt32}, orient="row").unique()
        found = cells.join(spans.with_columns(is_merged=True), on=["row", "col"], how="left", maintain_order="left")
        is_merged = found["is_merged"].fill_null(value=False) & cells["value"].is_not_null()
        remarks = cells["remarks"].cast(pl.String)
        noted = (remarks + ";merged").str.strip_chars_start(";")
        return cells.with_columns(noted.zip_with(is_merged, remarks).cast(pl.Categorical).alias("remarks"))

    def _on_lines(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Return cells with the lines of their file in place of rows, which are fewer where a quoted text holds line feeds."""
        last = self.numbers[-1]
        if self.grid.line_of(last) in {None, last + 1}:
            return cells
        lines = [(self.grid.line_of(row) or 1) - 1 for row in self.numbers]
        return cells.with_columns(pl.Series("row", lines, dtype=pl.UInt32)[self.row_at])

    # --- findings ---------------------------------------------------------------------------------------------------------

    def _say(self, code: Code, spot: tuple[int, int], **params: object) -> None:
        self.findings.append(Finding(code, self.sheet.place(*spot), params))

    def _by_label(self, cells: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
        """Return cells by the label of their series."""
        labels = {head: self.naming.label(head) for head in cells["head"].unique()}
        labelled = cells.with_columns(
            cells["head"].replace_strict(labels, return_dtype=pl.String).alias("label"), pl.col("raw")
        )
        return [(str(key[0]), those) for key, those in labelled.group_by("label", maintain_order=True)]

    def _report_texts(self, cells: pl.DataFrame) -> None:
        """Report once a series the words in place of numbers."""
        is_text = self.kind == _KINDS.index(CellKind.TEXT)
        if not is_text.any():
            return
        lost = cells.filter(is_text & ~_has_flaw(cells))
        for label, those in self._by_label(lost) if lost.height else ():
            spots = those.select("row", "col").head(_MOST_CELLS).rows()
            texts = those["raw"].unique(maintain_order=True).to_list()
            self.findings.append(_lost_numbers(self.sheet, label, spots, texts, those.height))

    def _report_periods(self, cells: pl.DataFrame, timing: Keys[_Settled]) -> None:
        """Report once a table that values have no year, or no period."""
        is_number = self.kind == _KINDS.index(CellKind.NUMBER)
        for trouble, code in (("no_year", codes.YEAR_UNKNOWN), ("no_period", codes.PERIOD_UNKNOWN)):
            of_trouble = [settled.trouble == trouble for settled in timing.contents]
            if not any(of_trouble):
                continue
            lost = pl.Series(of_trouble, dtype=pl.Boolean)[timing.ids] & is_number
            if lost.any():
                at = lost.arg_max() or 0
                row, column, head = cells.select("row", "col", "head").row(at)
                part = timing.contents[timing.ids[at]].part
                self._say(code, (row, column), label=self.naming.label(head), text=part, count=int(lost.sum()))


def _gathered(keys: Keys[Content], number: Callable[[Content], int]) -> pl.Series:
    """Return the numbers of what the cells say, of each content in use once, in the order of reading."""
    numbers = [0] * len(keys.contents)
    for used in keys.used():
        numbers[used] = number(keys.contents[used])
    return gathered(numbers, pl.UInt32, keys.ids)


def _has_flaw(cells: pl.DataFrame) -> pl.Series:
    return cells["remarks"].cast(pl.String).str.contains(f"(?:^|;)(?:{_FLAWS})(?:;|$)")


def _status_at(statuses: tuple[tuple[int, str], ...], column: int, *, has_flags: bool) -> tuple[int, str] | None:
    """Return what a row says of the value in a column, and where: the next status to its right, else the row's own."""
    if has_flags:
        return next((status for status in statuses if status[0] > column), None)
    return statuses[0] if statuses else None


def _has_heading(column: ValueColumn) -> bool:
    """Whether anything over a column says what it holds."""
    return bool(column.parts or column.period or column.part or column.region or column.unit)


def _settle_period(row: Timing, column: Timing, table: Period | None) -> _Settled:
    """Return the period of a cell from its row, column and table, and what is wrong with it."""
    if row.period is not None and column.period is not None and row.period != column.period:
        return _Settled(None, "conflict")
    own = row.period or column.period
    part = row.part or column.part
    if part is not None:
        base = own or table
        return _Settled(part.in_year(base.year), "") if base is not None else _Settled(None, "no_year", part.text)
    period = own or table
    return _Settled(period, "" if period is not None else "no_period")


_MOST_CELLS = 100
"""Cells of a series that are named with it; the rest is counted."""
_MOST_TEXTS = 3


def _lost_numbers(
    sheet: MarkedGrid, label: str, cells: Sequence[tuple[int, int]], texts: Sequence[str], count: int
) -> Finding:
    """Return the finding of a series.

    Args:
        sheet: The sheet.
        label: The name of the series.
        cells: Row and column of its cells, the first `_MOST_CELLS` of them.
        texts: Their contents, each text once.
        count: How many cells there are.
    """
    shown = listed([same(text) for text in texts[:_MOST_TEXTS]])
    if len(texts) > _MOST_TEXTS:
        shown = Text(f"{shown.zh}等", f"{shown.en}, …")
    first, *others = (sheet.place(row, column) for row, column in cells)
    params: dict[str, object] = {"texts": shown, "label": label, "count": count}
    if others:
        params["parts"] = tuple(others)
    return Finding(codes.NOT_A_NUMBER, first, params, related=tuple(others))
