"""Sheets that differ in nothing but their numbers and the one region they are of: filled-in copies of one template.

A thousand districts hand in a thousand copies of a form. The first copy is read cell by cell; what that taught (which
number belongs to which series, period and unit) is kept as a `Form`, and of every further copy only the numbers are
taken, all of them together as columns at the end. A copy that differs in anything else is read on its own.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ipstrong.sources.extract import Cells, Extractor
from ipstrong.sources.form_regions import REGION, is_only_named, region_of
from ipstrong.sources.grid import CellValue, Grid
from ipstrong.sources.layout.tables import Table
from ipstrong.sources.matching import Head
from ipstrong.sources.names import Names, SeriesHead, TableInfo
from ipstrong.sources.number_formats import read_number_format
from ipstrong.sources.regions import RegionNames, WrittenRegion
from ipstrong.texts import Text

if TYPE_CHECKING:
    import polars as pl

_LARGEST = 4000
"""Cells up to which a sheet is held against the forms before it."""
_NUMBER, _YEAR_LIKE = "\ud801", "\ud802"
"""Stand for a number, and for one that could be a year; halves of pairs, which no text of a file can hold."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_FIRST_MONTH, _LAST_MONTH = 195001, 204912
_MANY = 4
"""Numbers in a row from which one of them that could be a year is taken for no more than a number."""
_TINY, _HUGE = 1e-9, 1e15
"""Beyond these a number is not printed as plain digits; it is read by itself."""
_LABELS = 2
"""Columns from the left in which numbers may be running or item numbers and are part of the form."""


class Copy(NamedTuple):
    """A sheet as one copy of a form."""

    form: Hashable
    """All that stands on the sheet except numbers that may differ, and its region."""
    region: WrittenRegion | None
    """The region that the sheet names; None where it names none, or several."""
    numbers: list[float]
    places: list[tuple[int, int]]
    """Row and column of each number."""
    years: frozenset[int]
    """Which of the numbers the form knows as one that could be a year."""


def copy_of(grid: Grid, values: Sequence[Sequence[CellValue]], regions: RegionNames) -> Copy | None:
    """Return a sheet as a copy of a form; None for what is always read on its own: text tables, large and flawed sheets."""
    extras = grid.extras
    if grid.sheet is None or len(values) * grid.width > _LARGEST or extras.column_formats:
        return None
    if extras.notes and any(note.flaw is not None for note in extras.notes.values()):
        return None
    first = next((value for row in values[:1] for value in row if value), "")
    written = region_of(grid.sheet, first, regions)
    region = None if written is None else written.text
    numbers: list[float] = []
    places: list[tuple[int, int]] = []
    years: list[int] = []
    rows: list[Sequence[object]] = []
    for row, cells in enumerate(values):
        line, found = _form_of_row(cells, region)
        years_here = [column for column, value in found if _could_be_time(value)]
        if len(years_here) > 1:  # perhaps a heading, which only the years themselves can tell
            rows.append(cells)
            continue
        if years_here and len(found) < _MANY:  # among more numbers, one that could be a year is a number like them
            line[years_here[0]] = _YEAR_LIKE
            years.append(len(numbers) + [column for column, _ in found].index(years_here[0]))
        rows.append(tuple(line))
        for column, value in found:
            numbers.append(value)
            places.append((row, column))
    form = (
        grid.sheet if region is None else grid.sheet.replace(region, REGION),
        extras.merged,
        written is not None and regions.stands_for(written),
        *map(tuple, rows),
        *_other_formats(grid, places),
    )
    return Copy(form, written, numbers, places, frozenset(years))


def _form_of_row(cells: Sequence[CellValue], region: str | None) -> tuple[list[object], list[tuple[int, float]]]:
    """Return what of a row is part of the form, and the numbers that may differ with their columns."""
    line: list[object] = []
    numbers: list[tuple[int, float]] = []
    is_led = False
    for column, value in enumerate(cells):
        if type(value) is str:
            line.append(value if region is None else value.replace(region, REGION))
            is_led = is_led or value != ""
        elif value is None:
            line.append(None)
        elif (type(value) is float or type(value) is int) and column >= _LABELS and is_led and _is_plain(value):
            line.append(_NUMBER)
            numbers.append((column, value))
        else:
            line.append((type(value), value))  # True is no 1
            is_led = True
    return line, numbers


def _other_formats(grid: Grid, places: Sequence[tuple[int, int]]) -> list[tuple[tuple[int, int], str]]:
    """Return the number formats of the cells whose numbers are part of the form."""
    notes = grid.extras.notes
    return sorted((place, notes[place].number_format or "") for place in notes.keys() - set(places)) if notes else []


def _is_plain(value: float) -> bool:
    return _TINY < value < _HUGE or value == 0 or -_HUGE < value < -_TINY


def _could_be_time(value: float) -> bool:
    """Whether a number could be a year (2019) or a month (201906) by itself."""
    return (_FIRST_YEAR <= value <= _LAST_YEAR or _FIRST_MONTH <= value <= _LAST_MONTH) and value == int(value)


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
        odd = [
            index
            for index, value in enumerate(numbers)  # the first comparisons settle most
            if not (_TINY < value < _FIRST_YEAR or _LAST_YEAR < value < _FIRST_MONTH)
            and (not _is_plain(value) or _could_be_time(value))
        ]
        if not odd:
            return not self.years
        rows = [self.rows[index] for index in odd]
        if len(set(rows)) < len(rows) or not all(_is_plain(numbers[index]) for index in odd):
            return False
        return self.years == {index for index in odd if self.rows.count(self.rows[index]) < _MANY}

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
    follows_region: list[bool] = []
    for index, number in zip(range(start, start + count), number_of, strict=True):
        table = labels[cells.head[index] - first.head].table
        is_own = follows[table] and cells.region[index] == default_regions[table]
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


def plain_formats(grid: Grid, copy: Copy) -> dict[int, str] | None:
    """Return the number formats of a copy that matter, by number; None where one scales, or names a unit."""
    if not grid.extras.notes:
        return {}
    formats: dict[int, str] = {}
    for index, place in enumerate(copy.places):
        number_format = grid.extras.number_format(*place)
        if number_format is not None:
            shown = read_number_format(number_format)
            if shown is not None:
                if shown.percent or shown.exponent or shown.unit:
                    return None
                formats[index] = number_format
    return formats


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
