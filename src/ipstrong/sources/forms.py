"""Sheets that differ in nothing but their numbers and the one region they are of: filled-in copies of one template.

A thousand districts hand in a thousand copies of a form. The first copy is read cell by cell; what that taught (which
number belongs to which series, period and unit) is kept as a `Form`, and of every further copy only the numbers are
taken, all of them together as columns at the end. A copy that differs in anything else is read on its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ipstrong.sources.extract import Cells, Extractor
from ipstrong.sources.form_copies import MANY, Copy, is_plain, odd_numbers, plain_formats
from ipstrong.sources.form_regions import REGION, is_only_named
from ipstrong.sources.grid import Grid
from ipstrong.sources.layout.labels import tidy
from ipstrong.sources.layout.tables import Table
from ipstrong.sources.layout.words import role_of
from ipstrong.sources.matching import Head
from ipstrong.sources.names import Names, SeriesHead, TableInfo
from ipstrong.sources.number_formats import read_number_format
from ipstrong.sources.regions import RegionNames, WrittenRegion
from ipstrong.texts import Text

if TYPE_CHECKING:
    import polars as pl

_LONG = "long"


class Reading(NamedTuple):
    """Where a sheet's share begins in all that is read cell by cell."""

    extractor: Extractor
    table: int
    head: int
    cell: int


class _Label(NamedTuple):
    """The label of a series of the form, with `REGION` in place of the region."""

    head: Head
    table: int
    unit: str
    names_region: bool
    """Whether the region stands in its label."""


class TakenSheet(NamedTuple):
    """A copy whose numbers are taken."""

    file: str
    name: str
    order: int
    """Its place in the order of reading."""
    region: WrittenRegion | None
    numbers: Sequence[float]
    formats: Mapping[int, str]
    """Number formats that matter, by place among the numbers."""


@dataclass(slots=True)
class Form:
    """What the first copy taught of all of them, and the numbers of the copies since."""

    tables: list[Table]
    region: WrittenRegion | None
    """The region of the first copy."""
    layouts: list[str]
    labels: list[_Label]
    titles: frozenset[str]
    """The titles in them."""
    cells: Cells
    """The cells of the first copy, head numbers counted from 0."""
    number_of: list[int | None]
    """For each cell the place of its number among the copy's numbers; None where it is the same in all copies."""
    is_of_region: bool
    """Whether any of its tables is of the region that the sheet names."""
    names_in_rows: bool
    """Whether any of its rows is of that region because it is named there."""
    is_long: bool
    """Whether all its tables have one value a row, under a heading that says so."""
    follows_region: list[bool]
    """For each cell whether it belongs to the copy's own region, not to the one in `cells`."""
    seen: Text
    """What was seen on a sheet without a table."""
    rows: list[int]
    """The row of each number."""
    years: frozenset[int]
    """Which of the numbers could be a year."""
    sheets: list[int] = field(default_factory=list)
    """Of each copy taken: its place in the reading order,"""
    heads: list[int] = field(default_factory=list)
    """the number of its first head,"""
    regions: list[int] = field(default_factory=list)
    """the number of its own region,"""
    numbers: list[float] = field(default_factory=list)
    """and its numbers."""
    formats: dict[int, str] = field(default_factory=dict)
    """Number formats that matter, by place in `numbers`."""

    def fits(self, numbers: Sequence[float]) -> bool:
        """Return whether a sheet that differs in nothing but these numbers is a copy."""
        odd = odd_numbers(numbers)
        if self.is_long:  # there a value is one by its heading, whatever number it is
            return all(is_plain(numbers[index]) for index in odd)
        if not odd:
            return not self.years
        rows = [self.rows[index] for index in odd]
        if len(set(rows)) < len(rows) or not all(is_plain(numbers[index]) for index in odd):
            return False
        return self.years == {index for index in odd if self.rows.count(self.rows[index]) < MANY}

    def take(self, sheet: TakenSheet, names: Names, regions: RegionNames) -> None:
        """Take the numbers of a copy."""
        first_table = len(names.tables)
        names.tables.extend(TableInfo(sheet.file, sheet.name, layout) for layout in self.layouts)
        self.heads.append(len(names.heads))
        region = sheet.region
        text = "" if region is None else region.text
        titles = {title: title.replace(REGION, text) for title in self.titles}
        names.heads.extend(
            [
                SeriesHead(
                    Head(label, parts, titles[title])
                    if not names_region
                    else _for_region(Head(label, parts, titles[title]), text),
                    first_table + table,
                    unit,
                )
                for (label, parts, title), table, unit, names_region in self.labels
            ]
        )
        self.sheets.append(sheet.order)
        own = regions.use(region) if region is not None and self.is_of_region else ""
        if region is not None and self.names_in_rows:
            own = regions.resolve(region.text)
        self.regions.append(names.regions.number(own))
        start = len(self.numbers)
        self.numbers.extend(sheet.numbers)
        for index, number_format in sheet.formats.items():
            self.formats[start + index] = number_format

    def tables_for(self, copy: Copy) -> list[Table]:
        """Return the tables of a copy that is to be read cell by cell after all."""
        if self.region is None or copy.region is None or self.region == copy.region:
            return self.tables
        return [_renamed(table, self.region, copy.region) for table in self.tables]

    def frame(self) -> pl.DataFrame:
        """Return the cells of all copies taken, with the columns of `frame.CELLS` and `sheet`."""
        import polars as pl

        n_cells, n_copies = len(self.number_of), len(self.sheets)
        index = pl.int_range(n_cells * n_copies, eager=True)
        cell, copy = index % n_cells, index // n_cells
        place = pl.Series(self.number_of, dtype=pl.Int64).gather(cell) + copy * len(self.rows)
        first = self.cells.frame()
        own = pl.Series(self.follows_region, dtype=pl.Boolean).gather(cell)
        tiled = first.select(pl.all().gather(cell)) if n_cells else first
        region = pl.Series(self.regions, dtype=pl.UInt32).gather(copy)
        parsed = self._parsed()
        is_number = place.is_not_null()
        printed = {
            name: parsed[name].gather(place).zip_with(is_number, tiled[name].cast(parsed[name].dtype))
            for name in ("value", "half_width", "raw")
        }
        return tiled.with_columns(
            (pl.Series(self.heads, dtype=pl.UInt32).gather(copy) + tiled["head"]).alias("head"),
            region.zip_with(own, tiled["region"]).alias("region"),
            *(column.alias(name) for name, column in printed.items()),
            pl.Series(self.sheets, dtype=pl.UInt32).gather(copy).alias("sheet"),
        )

    def _parsed(self) -> pl.DataFrame:
        import polars as pl

        from ipstrong.sources.cell_series import parse_series
        from ipstrong.sources.readers.printed import number_texts

        numbers = pl.Series(self.numbers, dtype=pl.Float64)
        texts = number_texts(numbers, None)
        n_decimals = (texts.str.len_bytes() - texts.str.find(".", literal=True) - 1).fill_null(0)
        stored_in_full: list[int] = []
        for number_format in sorted(set(self.formats.values())):
            shown = read_number_format(number_format)
            rows = [row for row, own in self.formats.items() if own == number_format]
            texts = texts.scatter(rows, number_texts(numbers.gather(rows), shown))
            # more is stored than shown: then the stored value is the exact one, as in `cells`
            shown_decimals = 0 if shown is None else shown.decimals
            stored_in_full += [
                row for row, count in zip(rows, n_decimals.gather(rows), strict=True) if count > shown_decimals
            ]
        parsed = parse_series(texts).with_columns(texts.alias("raw"))
        return parsed.with_columns(parsed["half_width"].scatter(stored_in_full, 0.0)) if stored_in_full else parsed


def learn(grid: Grid, copy: Copy, tables: list[Table], first: Reading, seen: Text) -> Form | None:
    """Return the form of a copy that was read cell by cell; None where its cells tell more than their numbers say.

    Args:
        grid: The sheet.
        copy: The same as a copy.
        tables: What was recognised on it.
        first: Where its share of what was read begins.
        seen: What stands on a sheet without a table.
    """
    cells, start, names = first.extractor.cells, first.cell, first.extractor.names
    default_regions = first.extractor.default_regions[-len(tables) :] if tables else []
    places = {place: number for number, place in enumerate(copy.places)}
    count = len(cells.row) - start
    number_of = [places.pop((cells.row[i], cells.col[i]), None) for i in range(start, start + count)]
    if plain_formats(grid, copy) is None:  # its units are not those of the others
        return None
    if places or bool(tables) != bool(count):  # a number that is no value could be anything, a code for one
        return None
    if copy.region is not None and not is_only_named(grid, copy.region, tables, first.extractor.regions):
        return None
    labels = [_label(head, first.table, copy.region) for head in names.heads.names[first.head :]]
    if copy.region is not None and any(copy.region.text in label.unit for label in labels):
        return None
    follows = [copy.region is not None and table.region == copy.region.name for table in tables]
    named = _rows_naming(copy.region, tables)
    names_in_rows = False
    follows_region: list[bool] = []
    for index, number in zip(range(start, start + count), number_of, strict=True):
        table = labels[cells.head[index] - first.head].table
        is_named = (table, cells.row[index]) in named
        names_in_rows = names_in_rows or is_named
        is_own = is_named or (follows[table] and cells.region[index] == default_regions[table])
        follows_region.append(is_own)
        if copy.region is not None:
            fixed = (
                "" if is_own else names.regions.names[cells.region[index]],
                cells.raw[index] if number is None else "",
            )
            if copy.region.name in fixed or any(copy.region.text in text for text in fixed):
                return None
    taught = cells.since(start)
    taught.head = [head - first.head for head in taught.head]
    return Form(
        tables=tables,
        region=copy.region,
        layouts=[table.layout for table in tables],
        labels=labels,
        titles=frozenset(label.head.title for label in labels),
        cells=taught,
        number_of=number_of,
        is_of_region=any(follows),
        names_in_rows=names_in_rows,
        is_long=bool(tables) and all(_is_surely_long(grid, table) for table in tables),
        follows_region=follows_region,
        seen=seen,
        rows=[row for row, _ in copy.places],
        years=copy.years,
    )


def _label(series: SeriesHead, first_table: int, region: WrittenRegion | None) -> _Label:
    head = series.head
    if region is None:
        return _Label(head, series.table - first_table, series.unit, names_region=False)
    label, parts, title = head
    open_head = Head(
        label.replace(region.text, REGION),
        tuple(part.replace(region.text, REGION) for part in parts),
        title.replace(region.text, REGION),
    )
    return _Label(
        open_head,
        series.table - first_table,
        series.unit,
        names_region=open_head.parts != parts or open_head.label != label,
    )


def _is_surely_long(grid: Grid, table: Table) -> bool:
    """Whether no number in a table can make a row of it look like a heading, as one with years that begins with `指标` does."""
    if table.layout != _LONG:
        return False
    rows = grid.rows()
    leads = (next((value for value in rows[row.row] if isinstance(value, str) and value), "") for row in table.rows)
    return not any(lead and role_of(tidy(lead)) is not None for lead in leads)


def _rows_naming(region: WrittenRegion | None, tables: Sequence[Table]) -> set[tuple[int, int]]:
    """Return the tables and rows that are of a region because they name it, where no column is of another."""
    if region is None:
        return set()
    return {
        (number, row.row)
        for number, table in enumerate(tables)
        if not any(column.region for column in table.columns)
        for row in table.rows
        if row.region == region.text
    }


def _for_region(head: Head, region: str) -> Head:
    return head._replace(
        label=head.label.replace(REGION, region), parts=tuple(part.replace(REGION, region) for part in head.parts)
    )


def _renamed(table: Table, old: WrittenRegion, new: WrittenRegion) -> Table:
    """Return a table for another region than the one it was recognised for."""

    def swapped(text: str) -> str:
        return text.replace(old.text, new.text)

    def both(parts: tuple[str, ...], region: str | None) -> dict[str, Any]:
        return {"parts": tuple(map(swapped, parts)), "region": None if region is None else swapped(region)}

    return replace(
        table,
        rows=[replace(row, **both(row.parts, row.region)) for row in table.rows],
        columns=[replace(column, **both(column.parts, column.region)) for column in table.columns],
        title=swapped(table.title),
        value_name=swapped(table.value_name),
        region=new.name if table.region == old.name else table.region,
    )
