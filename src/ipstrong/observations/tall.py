"""Long tables column by column: what a row shares is mapped once for each distinct text, never row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import polars as pl

from ipstrong.diagnostics import Finding
from ipstrong.diagnostics.codes import layout as codes
from ipstrong.diagnostics.codes import matching as matching_codes
from ipstrong.layout.grouped import is_grouped, is_once_each
from ipstrong.layout.labels import clean_unit, is_rate, split_unit, tidy
from ipstrong.layout.roles import Roles
from ipstrong.layout.short_years import short_periods
from ipstrong.layout.tables import DataColumn, Table
from ipstrong.layout.words import NOTE_LINE, WHOLES, Role, fold
from ipstrong.model.dataset import ValueStatus
from ipstrong.model.period import Period, parse_period
from ipstrong.model.unit import parse_unit
from ipstrong.observations.extract import NAMELESS, has_heading
from ipstrong.observations.frame import CELLS, STATUS
from ipstrong.observations.lost_numbers import MOST_CELLS, lost_numbers
from ipstrong.observations.naming import Naming, join_unit
from ipstrong.observations.numbered import gathered, mapped
from ipstrong.readers.grid import Grid, place
from ipstrong.texts import Text
from ipstrong.values.cell_series import parse_series
from ipstrong.values.cells import CellKind
from ipstrong.values.periods import read_period, read_periods, regrain
from ipstrong.values.statuses import UnknownStatuses, is_status, status_of

_MANY = 1000
Mapped = TypeVar("Mapped")


@dataclass(slots=True)
class TallTable:
    """A table whose heading was recognised at the top of a long sheet."""

    grid: Grid
    table: Table
    """Columns and context; its rows are not used."""
    roles: Roles
    start: int
    """First data row."""


def read_tall(tall: TallTable, naming: Naming) -> tuple[list[pl.DataFrame], list[Finding]]:
    """Return the cells of a long table, a frame for each column of values, and what was found wrong."""
    reader = _Reader(tall, naming)
    named = [column for column in tall.table.columns if has_heading(column)]
    frames = [reader.read_column(column) for column in named or tall.table.columns]
    if named and len(named) < len(tall.table.columns):
        reader.findings.append(_left_out(tall))
    frames = [_on_lines(frame, tall.grid) for frame in frames]
    return frames, [*tall.table.findings, *reader.findings, *reader.unknown_statuses.findings()]


def _on_lines(frame: pl.DataFrame, grid: Grid) -> pl.DataFrame:
    """Return cells with the lines of their file in place of rows, which are fewer where a quoted text holds line feeds."""
    if grid.line_of(grid.height - 1) in {None, grid.height}:
        return frame
    lines = pl.Series("row", [(grid.line_of(row) or 1) - 1 for row in range(grid.height)], dtype=pl.UInt32)
    return frame.with_columns(lines.gather(frame["row"]))


def _left_out(tall: TallTable) -> Finding:
    """Return what is said of columns without a heading."""
    columns = [column.column for column in tall.table.columns if not has_heading(column)]
    texts = [tall.grid.text_column(column, tall.start) for column in columns]
    count = sum(len(column) - column.null_count() for column in texts)
    return Finding(
        codes.NUMBERS_LEFT_OUT, place(tall.grid, tall.start, columns[0]), {"count": count, "reason": NAMELESS}
    )


class _Reader:
    """What the rows of a long table share, worked out once."""

    def __init__(self, tall: TallTable, naming: Naming) -> None:
        self.tall = tall
        self.grid = tall.grid
        self.naming = naming
        self.names = naming.names
        self.findings: list[Finding] = []
        self._columns: dict[int, pl.Series] = {}
        self._combinations: list[tuple[tuple[str, ...], str | None]] = [((), None)]
        roles = tall.roles
        self.combination = self._labels(roles.columns(Role.LABEL, Role.DIMENSION))
        self.region = self._regions(roles.columns(Role.REGION))
        self.period, self.part = self._periods(roles.columns(Role.PERIOD), roles.columns(Role.YEAR_PART))
        self.unit = self._first_of(roles.columns(Role.UNIT), lambda text: self.names.units.number(clean_unit(text)))
        self.unknown_statuses = UnknownStatuses(tall.grid)
        self._odd_statuses: tuple[int, pl.Series] | None = None
        """The column of status with its texts, where some of them are unknown; null in the rows of the others."""
        self.status = self._statuses(roles.columns(Role.STATUS))
        self.is_note = self._notes()
        self._tell_blank_units(roles.columns(Role.UNIT))

    def _column(self, column: int) -> pl.Series:
        """Return the texts of a column that rows share, as numbers of a list of its texts."""
        known = self._columns.get(column)
        if known is None:
            texts = self.grid.text_column(column, self.tall.start)
            known = self._columns[column] = texts if texts.dtype == pl.Categorical else texts.cast(pl.Categorical)
        return known

    # --- rows ------------------------------------------------------------------------------------------------------------

    def _labels(self, columns: Sequence[int]) -> pl.Series | None:
        """Return the number of every row's combination of labels."""
        if not columns:
            return None
        frame = pl.DataFrame({str(column): self._column(column) for column in columns})
        if not self.tall.roles.is_long and len(columns) > 1:
            frame = frame.with_columns(pl.col(frame.columns[:-1]).forward_fill())
        frame = self._held_down(frame)
        distinct = frame.unique(maintain_order=True)
        self._combinations = [_parts_of(row) for row in distinct.iter_rows()]
        if len(columns) == 1:
            return mapped(frame.to_series(), distinct.to_series(), range(distinct.height))
        numbered = distinct.with_row_index("combination")
        joined = frame.join(numbered, on=frame.columns, how="left", nulls_equal=True, maintain_order="left")
        return joined["combination"]

    def _held_down(self, labels: pl.DataFrame) -> pl.DataFrame:
        """Return the labels with blanks filled where they are printed once a group; tell of those that are not."""
        for name in labels.columns:
            column = labels[name]
            n_blank = column.null_count()
            if not n_blank or n_blank == len(column):
                continue
            if self._holds_down(int(name)):
                labels = labels.with_columns(pl.col(name).forward_fill())
        timed = self.tall.roles.columns(Role.PERIOD, Role.YEAR_PART)
        if timed and all(labels[name].null_count() for name in labels.columns):
            blank = labels.select(pl.all_horizontal(pl.all().is_null()).alias("blank"))["blank"]
            named = pl.DataFrame({str(column): self._column(column) for column in timed})
            blank &= named.select(pl.any_horizontal(pl.all().is_not_null()).alias("named"))["named"]
            self._tell_blank(blank, int(labels.columns[0]), Text("指标", "label"))
        return labels

    def _holds_down(self, column: int) -> bool:
        """Return whether a key column is filled in the first row of each group only, as `rowheads` has it for short tables."""
        roles = (Role.LABEL, Role.DIMENSION, Role.REGION, Role.PERIOD, Role.YEAR_PART)
        columns = self.tall.roles.columns(*roles)
        if len(columns) < 2:
            return False
        keys = pl.DataFrame({str(key): self._column(key).fill_null("") for key in columns})
        return is_grouped(keys.rows(), columns.index(column))

    def _tell_blank(self, blank: pl.Series, column: int, what: Text) -> None:
        first = blank.arg_max()
        if blank.any() and not blank.all() and first is not None:
            spot = place(self.grid, self.tall.start + first, column)
            self.findings.append(Finding(matching_codes.KEY_BLANK, spot, {"what": what, "count": blank.sum()}))

    def _tell_blank_units(self, columns: Sequence[int]) -> None:
        """Say where units are left blank that nothing else names, as `recognise` does for short tables."""
        table = self.tall.table
        if self.unit is None or self.combination is None or not self.unit.null_count():
            return
        if table.unit is not None or any(column.unit for column in table.columns):
            return
        bare = [
            number
            for number, (parts, unit) in enumerate(self._combinations)
            if parts and unit is None and not is_rate(parts[-1], "件")
        ]
        blank = self.unit.is_null() & self.combination.is_in(bare).fill_null(value=False)
        first = blank.arg_max()
        if blank.any() and first is not None and self.unit.null_count() < len(self.unit):
            label = " ".join(self._combinations[self.combination[first]][0])
            spot = place(self.grid, self.tall.start + first, columns[0])
            self.findings.append(Finding(matching_codes.UNIT_BLANK, spot, {"label": label, "count": blank.sum()}))

    def _regions(self, columns: Sequence[int]) -> pl.Series | None:
        def number(text: str) -> int:
            return self.names.regions.number(self.naming.regions.resolve(tidy(text)))

        found = self._first_of(columns[::-1], number)
        if found is None or not found.null_count():
            return found
        if self.tall.roles.is_long:
            first = found.is_null().arg_max() or 0
            if found.null_count() < len(found):
                params = {"count": found.null_count()}
                spot = place(self.grid, self.tall.start + first, columns[0])
                self.findings.append(Finding(matching_codes.REGION_BLANK, spot, params))
            return found
        return found.zip_with(found.is_not_null() | ~self._is_filled_down(min(columns)), found.forward_fill())

    def _is_filled_down(self, first: int) -> pl.Series:
        """Return for every row whether the region above holds where it names none, as `rowheads` has it for short tables."""
        n_rows = self.grid.height - self.tall.start
        stubs = self.tall.roles.columns(Role.LABEL, Role.DIMENSION, Role.PERIOD, Role.YEAR_PART)
        texts = pl.DataFrame({str(column): self._column(column) for column in stubs})
        totals = {text for column in texts for text in column.unique().drop_nulls() if fold(text) in WHOLES}
        if totals and self._has_total_each(texts, totals):
            totals = set()
        right = [pl.col(str(column)).is_not_null() for column in stubs if column > first]
        against = [pl.col(str(column)).is_not_null() for column in stubs if column < first]
        against += [pl.col(str(column)).is_in(sorted(totals)).fill_null(value=False) for column in stubs]
        holds = pl.any_horizontal(pl.lit(value=False), *right) & ~pl.any_horizontal(pl.lit(value=False), *against)
        return texts.select(holds.alias("holds"))["holds"] if stubs else pl.repeat(value=False, n=n_rows, eager=True)

    def _has_total_each(self, stubs: pl.DataFrame, totals: set[str]) -> bool:
        """Return whether totals without a region come once a region."""
        regions = self.tall.roles.columns(Role.REGION)
        frame = pl.DataFrame({f"region {column}": self._column(column) for column in regions})
        named = frame.select(pl.any_horizontal(pl.all().is_not_null()).alias("named"))["named"]
        total = stubs.select(pl.any_horizontal(pl.all().is_in(sorted(totals)).fill_null(value=False)).alias("total"))
        return is_once_each(named.to_list(), (total["total"] & ~named).to_list())

    def _first_of(self, columns: Sequence[int], number: Callable[[str], int]) -> pl.Series | None:
        """Return the number of the first filled column of every row; null where none is filled."""
        found: pl.Series | None = None
        for column in columns:
            texts = self._column(column)
            distinct = texts.drop_nulls().unique(maintain_order=True)
            numbers = mapped(texts, distinct, [number(text) for text in distinct])
            found = numbers if found is None else found.zip_with(found.is_not_null(), numbers)
        return found

    def _periods(self, wholes: Sequence[int], parts: Sequence[int]) -> tuple[pl.Series | None, pl.Series | None]:
        """Return the numbers of the rows' periods, and the texts of parts of years that no column completes."""
        whole: pl.Series | None = None
        for column in wholes:
            texts = self._column(column)
            distinct = texts.drop_nulls().unique(maintain_order=True)
            read = regrain(read_periods(distinct.to_list()))
            if None in read:
                read = short_periods(distinct.to_list(), list(self.tall.roles.heading.values()), read)
            numbers = [None if period is None else self.names.periods.number(str(period)) for period in read]
            found = mapped(texts, distinct, numbers)
            whole = found if whole is None else whole.zip_with(whole.is_not_null(), found)
        if whole is not None and whole.null_count() and (parts or self.combination is not None):
            if parts or self._holds_down(wholes[0]):
                whole = whole.forward_fill()
            else:
                self._tell_blank(whole.is_null() & self._are_blank(wholes), wholes[0], Text("时间", "period"))
        if not parts:
            return whole, None
        text = self._column(parts[0])
        if whole is None:
            return None, text
        return self._joined_parts(whole, text), None

    def _are_blank(self, columns: Sequence[int]) -> pl.Series:
        """Return which rows have labels or regions, and leave these columns blank."""
        stubs = self.tall.roles.columns(Role.LABEL, Role.DIMENSION, Role.REGION)
        frame = pl.DataFrame({str(column): self._column(column) for column in (*stubs, *columns)})
        named = pl.any_horizontal(pl.lit(value=False), *(pl.col(str(column)).is_not_null() for column in stubs))
        blank = pl.all_horizontal(pl.col(str(column)).is_null() for column in columns)
        return frame.select((named & blank).alias("blank"))["blank"]

    def _joined_parts(self, whole: pl.Series, text: pl.Series) -> pl.Series:
        """Return the periods that years and their parts make together."""
        pairs = pl.DataFrame({"whole": whole, "part": text})
        distinct = pairs.unique()
        numbers: list[int | None] = []
        for number, part in distinct.iter_rows():
            base = None if number is None else parse_period(self.names.periods.names[number])
            period = base if part is None else None if base is None else read_period(part, year=base.year)
            numbers.append(None if period is None else self.names.periods.number(str(period)))
        table = distinct.with_columns(pl.Series("number", numbers, dtype=pl.UInt32))
        return pairs.join(table, on=["whole", "part"], how="left", nulls_equal=True, maintain_order="left")["number"]

    def _statuses(self, columns: Sequence[int]) -> pl.Series | None:
        if not columns:
            return None
        texts = self._column(columns[0])
        distinct = texts.drop_nulls().unique()
        found = [status_of(text) for text in distinct]
        odd = [None if is_status(text) else number for number, text in enumerate(distinct)]
        if any(number is not None for number in odd):
            words = pl.Series(distinct.cast(pl.String))
            self._odd_statuses = (columns[0], words.gather(mapped(texts, distinct, odd)))
        if all(status is ValueStatus.FINAL for status in found):
            return None
        kinds = list(ValueStatus)
        names = pl.Series([kind.value for kind in kinds], dtype=STATUS)
        return names.gather(mapped(texts, distinct, [kinds.index(status) for status in found]))

    def _notes(self) -> pl.Series | None:
        """Return which rows are notes: their first cell begins like one."""
        columns = sorted(column for column, role in self.tall.roles.of.items() if role is not Role.VALUE)
        if not columns:
            return None
        texts = self._column(columns[0])
        tail = texts.tail(_MANY)
        noted = [text is not None and NOTE_LINE.match(text) is not None for text in tail]
        if not any(noted):
            return None
        return pl.Series([False] * (len(texts) - len(noted)) + noted, dtype=pl.Boolean)

    # --- columns ---------------------------------------------------------------------------------------------------------

    def read_column(self, column: DataColumn) -> pl.DataFrame:
        """Return the cells of a column of values."""
        texts = self.grid.text_column(column.column, self.tall.start)
        texts = texts if texts.dtype == pl.String else texts.cast(pl.String)
        parsed = parse_series(texts, decimal_comma=self.grid.extras.decimal_comma)
        heads = [self.naming.head(parts, column.parts, column.unit or unit) for parts, unit in self._combinations]
        combination = self.combination
        frame = pl.DataFrame(
            {
                "row": pl.int_range(self.tall.start, self.tall.start + len(texts), dtype=pl.UInt32, eager=True),
                "head": gathered(heads, combination, len(texts)),
                "raw": texts,
                "value": parsed["value"],
                "half_width": parsed["half_width"],
                "bound": parsed["bound"],
                "status": parsed["status"],
                "remarks": parsed["remarks"],
                "kind": parsed["kind"],
            }
        ).with_columns(
            pl.lit(column.column, pl.UInt32).alias("col"),
            self._region_of(column),
            self._period_of(column),
            self._unit_of(column, heads, parsed["unit"]),
        )
        if self.status is not None:
            frame = frame.with_columns(pl.coalesce(self.status, pl.col("status")).alias("status"))
        kept = frame.select(self._kept(column).alias("kept"))["kept"]
        if not kept.all():
            frame = frame.filter(kept)
        self._report(frame, column)
        if frame["raw"].null_count():
            frame = frame.with_columns(pl.col("raw").fill_null(""))
        return frame.select(pl.col(name).cast(dtype) for name, dtype in CELLS.items())

    def _kept(self, column: DataColumn) -> pl.Expr:
        """Return which rows hold a value, or a blank where one belongs; repeated headings and notes do not."""
        named = [series.is_not_null() for series in (self.region, self.period, self.part) if series is not None]
        if self.combination is not None:
            blank = [number for number, (parts, _) in enumerate(self._combinations) if not parts]
            named.append(~self.combination.is_in(blank) if blank else self.combination.is_not_null())
        kept = pl.col("kind") != CellKind.EMPTY.value
        if named:
            kept |= pl.all_horizontal(named)
        heading = self.tall.roles.heading.get(column.column, "")
        if heading:
            kept &= (pl.col("raw") != heading).fill_null(value=True)
        if self.is_note is not None:
            kept &= ~self.is_note
        return kept

    def _region_of(self, column: DataColumn) -> pl.Expr:
        own = self.naming.regions.resolve(column.region) if column.region else None
        default = self.names.regions.number(own) if own is not None else self.naming.default_region
        if self.region is None:
            return pl.lit(default, pl.UInt32).alias("region")
        return pl.lit(self.region).fill_null(default).cast(pl.UInt32).alias("region")

    def _period_of(self, column: DataColumn) -> pl.Expr:
        table = column.period or self.tall.table.period
        if self.part is not None:
            return pl.lit(self._parts_in(self.part, table)).fill_null(0).cast(pl.UInt32).alias("period")
        if self.period is None:
            period = table
            if column.part is not None:
                period = column.part.in_year(table.year) if table is not None else None
            return pl.lit(self.names.periods.number(str(period or "")), pl.UInt32).alias("period")
        if column.part is None:
            return pl.lit(self.period).fill_null(0).cast(pl.UInt32).alias("period")
        distinct = self.period.drop_nulls().unique()
        bases = [parse_period(self.names.periods.names[number]) for number in distinct]
        numbers = [
            self.names.periods.number(str(column.part.in_year(base.year) or "")) if base is not None else 0
            for base in bases
        ]
        return pl.lit(mapped(self.period, distinct, numbers)).fill_null(0).cast(pl.UInt32).alias("period")

    def _parts_in(self, texts: pl.Series, year: Period | None) -> pl.Series:
        distinct = texts.drop_nulls().unique()
        read = [read_period(text, year=year.year) if year is not None else None for text in distinct]
        return mapped(texts, distinct, [self.names.periods.number(str(period)) if period else 0 for period in read])

    def _unit_of(self, column: DataColumn, heads: Sequence[int], own: pl.Series) -> pl.Expr:
        """Return the units: the cell's own, the column's, the row's, the label's, or the table's."""
        by_label = [self.names.units.number(self.naming.unit(head)) for head in heads]
        series = gathered(by_label, self.combination, len(own))
        if self.unit is not None and column.unit is None:
            series = self.unit.zip_with(self.unit.is_not_null(), series)
        if own.null_count() == len(own):
            return pl.lit(series).cast(pl.UInt32).alias("unit")
        pairs = pl.DataFrame({"own": own, "series": series})
        distinct = pairs.drop_nulls("own").unique()
        numbers: list[int] = []
        for text, number in distinct.iter_rows():
            unit = parse_unit(text)
            joined = join_unit(unit, self.names.units.names[number]).text if unit is not None else text
            numbers.append(self.names.units.number(joined))
        table = distinct.with_columns(pl.Series("number", numbers, dtype=pl.UInt32))
        joined_numbers = pairs.join(table, on=["own", "series"], how="left", maintain_order="left")["number"]
        return pl.lit(joined_numbers.zip_with(joined_numbers.is_not_null(), series)).cast(pl.UInt32).alias("unit")

    def _report(self, frame: pl.DataFrame, column: DataColumn) -> None:
        """Tell texts among the values once a label, and missing periods once a column."""
        texts = frame.filter(pl.col("kind") == CellKind.TEXT.value)
        texts = texts.filter(~pl.col("remarks").cast(pl.String).str.contains("error_value"))
        if texts.height:
            told = texts.group_by("head", maintain_order=True).agg(
                pl.col("row").head(MOST_CELLS), pl.col("raw").unique(maintain_order=True), pl.len()
            )
            for head, rows, raw, count in told.iter_rows():
                cells = [(row, column.column) for row in rows]
                self.findings.append(lost_numbers(self.grid, self.naming.label(head), cells, raw, count))
        self._tell_statuses(frame)
        lost = frame.filter((pl.col("period") == 0) & pl.col("value").is_not_null())
        if lost.height:
            row, head = lost["row"][0], lost["head"][0]
            params = {"label": self.naming.label(head), "count": lost.height}
            self.findings.append(Finding(codes.PERIOD_UNKNOWN, place(self.grid, row, column.column), params))

    def _tell_statuses(self, frame: pl.DataFrame) -> None:
        """Count the values of a column beside words of status that are unknown."""
        if self._odd_statuses is None:
            return
        column, words = self._odd_statuses
        rows = frame.filter(pl.col("value").is_not_null())["row"]
        beside = pl.DataFrame({"row": rows, "word": words.gather(rows - self.tall.start)}).drop_nulls("word")
        told = beside.group_by("word", maintain_order=True).agg(pl.col("row").first(), pl.len())
        for word, row, count in told.iter_rows():
            self.unknown_statuses.add(word, row, column, count)


def _parts_of(row: Sequence[str | None]) -> tuple[tuple[str, ...], str | None]:
    """Return the label texts of a combination, and the unit that stands in them."""
    parts: list[str] = []
    unit: str | None = None
    for text in row:
        if text is None or not text.strip():
            continue
        named = split_unit(text)
        unit = named.unit or unit
        if not parts or parts[-1] != named.label:
            parts.append(named.label)
    return tuple(parts), unit
