"""A sheet to tables: the one entry of the package."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ipstrong.model.period import Period
from ipstrong.sources.grid import CellValue
from ipstrong.sources.layout.blocks import Block, cut
from ipstrong.sources.layout.context import Context, FindRegion, find_period, read_context
from ipstrong.sources.layout.headings import read_headings, split_period
from ipstrong.sources.layout.labels import split_unit
from ipstrong.sources.layout.marks import Kind, Sheet
from ipstrong.sources.layout.roles import IsRegion, Roles, find_roles
from ipstrong.sources.layout.rowheads import read_rows
from ipstrong.sources.layout.tables import DataColumn, DataRow, Table
from ipstrong.sources.layout.words import Role

_REAL = frozenset({Kind.NUMBER, Kind.YEAR, Kind.FLAW})


def recognise(sheet: Sheet, is_region: IsRegion, find_region: FindRegion) -> list[Table]:
    """Return the tables of a sheet."""
    tables: list[Table] = []
    above: Context | None = None
    for block in cut(sheet):
        context = read_context(sheet, block.titles, block.first, block.last)
        if above is not None:
            _inherit(context, above)
        found = _table(sheet, block, context, is_region, find_region)
        if found is not None:
            tables.append(found[0])
        above = context
    return tables


class TopTable(NamedTuple):
    """The only table of a long sheet, recognised by its first rows."""

    table: Table
    roles: Roles
    start: int
    """The first row of values."""


def recognise_top(
    sheet: Sheet, sample: Sequence[Sequence[CellValue]], is_region: IsRegion, find_region: FindRegion
) -> TopTable | None:
    """Return the table that begins in the first rows of a long sheet and goes on to its end; None if it is not so simple.

    Args:
        sheet: The first rows.
        sample: Rows from further down, to know the columns by.
        is_region: Whether a text is the name of a region.
        find_region: The region that a text names.
    """
    blocks = cut(sheet)
    if len(blocks) != 1 or not blocks[0].headings or blocks[0].sections:
        return None
    block = blocks[0]
    if len(block.rows) < (sheet.height - block.rows[0]) * 9 // 10:
        return None
    context = read_context(sheet, block.titles, block.first, block.last)
    block.rows.extend(sheet.append(sample))
    found = _table(sheet, block, context, is_region, find_region)
    if found is None:
        return None
    table, roles = found
    if roles.columns(Role.PERIOD) and any(column.period is not None for column in table.columns):
        return None
    return TopTable(table, roles, block.rows[0])


def _inherit(context: Context, above: Context) -> None:
    """Let a table without lines of its own have those of the table before it."""
    if not context.lines and context.label is None:
        context.title, context.label = above.title, above.label
        context.period = context.period or above.period
        context.region = context.region or above.region
        if not context.units:
            context.unit, context.units = context.unit or above.unit, above.units


def _table(
    sheet: Sheet, block: Block, context: Context, is_region: IsRegion, find_region: FindRegion
) -> tuple[Table, Roles] | None:
    roles = find_roles(sheet, block, is_region)
    if not any(sheet.at(row, column).kind in _REAL for row in block.rows for column in roles.values):
        return None  # marks alone are no table
    columns = read_headings(sheet, block, roles, is_region)
    rows = read_rows(sheet, block, roles, is_region)
    layout = _layout(roles, columns, rows)
    title = split_unit(context.label or context.title).label
    name = sheet.grid.sheet or ""
    table = Table(
        layout,
        columns,
        rows,
        title=title,
        value_name=roles.heading.get(roles.values[0], "") if roles.is_long else "",
        unit=context.unit,
        units=context.units,
        region=context.region or find_region(name) or find_region(title),
        period=context.period or _sheet_period(name),
    )
    return table, roles


def _sheet_period(name: str) -> Period | None:
    return find_period(name) or split_period(name)[0]


def _layout(roles: Roles, columns: Sequence[DataColumn], rows: Sequence[DataRow]) -> str:
    if roles.is_long:
        return "long"
    if roles.columns(Role.PERIOD, Role.YEAR_PART):
        return "periods-down"
    if any(column.period or column.part for column in columns):
        return "periods-across"
    if any(column.region for column in columns):
        return "regions-across"
    if any(row.region for row in rows):
        return "regions-down"
    return "indicators-down" if any(row.parts for row in rows) else "indicators-across"
