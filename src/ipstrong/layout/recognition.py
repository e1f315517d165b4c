"""A sheet to tables: the one entry of the package."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ipstrong.diagnostics import Finding
from ipstrong.diagnostics.codes import layout as codes
from ipstrong.layout.blocks import Block, RowType, cut, row_type
from ipstrong.layout.context import Context, FindRegion, find_period, read_context
from ipstrong.layout.headings import read_headings, split_period
from ipstrong.layout.labels import split_unit, unit_line
from ipstrong.layout.marks import CellMark, Kind, MarkedGrid
from ipstrong.layout.relative_periods import Relative, grown_over
from ipstrong.layout.roles import IsRegion, Roles, find_roles
from ipstrong.layout.row_shapes import RowShapes
from ipstrong.layout.rowheads import read_rows
from ipstrong.layout.short_years import settle_short_years
from ipstrong.layout.table_findings import blank_findings, period_findings
from ipstrong.layout.tables import Rows, Table, ValueColumn
from ipstrong.layout.words import Role, role_of
from ipstrong.model.period import Period
from ipstrong.values.periods import read_period

_REAL = frozenset({Kind.NUMBER, Kind.YEAR, Kind.FLAW})


def recognise(sheet: MarkedGrid, is_region: IsRegion, find_region: FindRegion) -> tuple[list[Table], list[Finding]]:
    """Return the tables of a sheet, and the findings about numbers outside them."""
    if is_contents(sheet):
        return [], []
    settle_short_years(sheet)
    shapes = RowShapes(sheet)
    tables: list[Table] = []
    read: list[tuple[Block, Roles]] = []
    above: Context | None = None
    for block in cut(sheet, shapes):
        context = read_context(sheet, block.titles, block.first, block.last)
        _read_corner(sheet, block, context)
        if above is not None:
            _inherit(context, above)
        found = _table(sheet, shapes, block, context, is_region, find_region)
        if found is not None:
            tables.append(found[0])
            found[0].findings.extend(blank_findings(sheet, *found))
            read.append((block, found[1]))
        above = context
    return tables, _outside(sheet, shapes, read) if tables else []


def _outside(sheet: MarkedGrid, shapes: RowShapes, read: Sequence[tuple[Block, Roles]]) -> list[Finding]:
    """Return a note that counts the numbers outside all tables; item and note numbers before a text do not count."""
    found = [cell for span in {(block.first, block.last) for block, _ in read} for cell in _unread(shapes, read, span)]
    inside = {column for block, _ in read for column in range(block.first, block.last + 1)}
    rest = [column for column in range(sheet.width) if column not in inside]
    rows = shapes.rows_where(lambda shape: any(shape[column] & 15 == Kind.NUMBER for column in rest))
    found += [(row, column) for row in rows for column in rest if sheet.at(row, column).kind is Kind.NUMBER]
    found.sort()
    found = [(row, column) for row, column in found if row_type(sheet, row, column, sheet.width - 1) not in _WORDY]
    found = [cell for cell in found if row_type(sheet, cell[0], 0, sheet.width - 1) is not RowType.NUMBERING]
    if not found:
        return []
    params = {"count": len(found), "text": sheet.at(*found[0]).text}
    return [Finding(codes.NUMBERS_OUTSIDE, sheet.place(*found[0]), params)]


def _unread(shapes: RowShapes, read: Sequence[tuple[Block, Roles]], span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the numbers between two columns that are in no table there: not in its rows, its heading or its title."""
    first, last = span
    columns = range(first, last + 1)
    known = bytearray(len(shapes.ids))
    for block, roles in read:
        if (block.first, block.last) != span:
            continue
        for row in (*block.titles, *block.headings):
            known[row] = True
        others = [column for column in columns if column not in roles.of]
        with_others = {shape for shape in shapes.among(block.rows) if _has_number(shape, others)}
        for row in block.rows:
            known[row] = True
        for row in block.rows if with_others else ():
            shape = shapes.of[shapes.ids[row]]
            if shape in with_others:
                yield from ((row, column) for column in others if shape[column] & 15 == Kind.NUMBER)
    for row in shapes.rows_where(lambda shape: _has_number(shape, columns)):
        if not known[row]:
            shape = shapes.of[shapes.ids[row]]
            yield from ((row, column) for column in columns if shape[column] & 15 == Kind.NUMBER)


def _has_number(shape: bytes, columns: Iterable[int]) -> bool:
    return any(shape[column] & 15 == Kind.NUMBER for column in columns)


_WORDY = frozenset({RowType.WORDS, RowType.LONE, RowType.NOTE, RowType.NUMBERING})


def _read_corner(sheet: MarkedGrid, block: Block, context: Context) -> None:
    """Use a unit line in the corner of the heading as the unit of the table: `单位：件 | 2018 | 2019`."""
    corners = [sheet.at(row, block.first).text for row in block.headings]
    found = [unit for text in corners if _UNIT_CORNER.match(text) for unit in unit_line(text)]
    if not found:  # `指标（万件）`: the corner names the rows, so its unit is that of the values
        named = [split_unit(text) for text in corners if text]
        found = [name.unit for name in named if name.unit and role_of(name.label) in _CORNER_ROLES]
    if found and context.unit is None and not context.units:
        context.units = tuple(found)
        context.unit = found[0] if len(found) == 1 else None


_CORNER_ROLES = frozenset({Role.LABEL, Role.REGION, Role.PERIOD})
_UNIT_CORNER = re.compile(r"\s*[（(]?\s*(?:计量)?(?:单位|單位|units?\b)\s*[:：]", re.IGNORECASE)


def _inherit(context: Context, above: Context) -> None:
    """Let a table without lines of its own have those of the table before it; a continued one has its unit."""
    if context.is_continued and context.unit is None and not context.units:
        context.unit, context.units = above.unit, above.units
    if context.label is None and all(read_period(line) is not None for line in context.lines):
        context.title, context.label = above.title, above.label
        context.period = context.period or above.period
        context.region = context.region or above.region
        if not context.units:
            context.unit, context.units = context.unit or above.unit, above.units


def _table(
    sheet: MarkedGrid, shapes: RowShapes, block: Block, context: Context, is_region: IsRegion, find_region: FindRegion
) -> tuple[Table, Roles] | None:
    roles = find_roles(sheet, block, is_region)
    values, among = roles.values, shapes.among(block.rows)
    if not any(shape[column] & 15 in _REAL for shape in among for column in values):
        return None  # marks alone are no table
    if not roles.is_long and any(not any(shape[column] for column in values) for shape in among):
        # rows of which all values are empty, such as numbered headings, head groups
        is_empty = shapes.where(lambda shape: not any(shape[column] for column in values))
        empty = {row for row in block.rows if is_empty[row]}
        block.rows = [row for row in block.rows if row not in empty]
        block.sections = sorted({*block.sections, *empty})
    columns = read_headings(sheet, block, roles, is_region)
    if not roles.columns(Role.PERIOD, Role.YEAR_PART):
        _share_period(columns)
    rows = read_rows(sheet, block, roles, is_region)
    layout = _layout(roles, columns, rows)
    title = title_label(split_unit(context.label or context.title).label)
    name = sheet.grid.sheet or ""
    period = context.period or find_period(name) or split_period(name)[0]
    _settle_relative(columns, period, has_rows=bool(roles.columns(Role.PERIOD, Role.YEAR_PART)))
    doubtful = period_findings(sheet, block, columns, rows, roles)
    table = Table(
        layout,
        columns,
        rows,
        title=title,
        value_name=roles.heading.get(roles.values[0], "") if roles.is_long else "",
        unit=context.unit,
        units=context.units,
        region=context.region or find_region(name) or find_region(title),
        period=period,
        findings=doubtful,
    )
    return table, roles


def _settle_relative(columns: Sequence[ValueColumn], period: Period | None, *, has_rows: bool) -> None:
    """Turn `上年同期` and its like into periods; where the table names none, they stay part of the label."""
    _share_reach(columns)
    for column in columns:
        if column.relative is None:
            continue
        found = column.relative.of(period) if period is not None and not has_rows else None
        if found is not None:
            column.period = found
        elif column.relative_text:
            column.parts = (*column.parts, column.relative_text)


def _share_reach(columns: Sequence[ValueColumn]) -> None:
    """Let growth speak of the stretch of time that it names, or of the one before it: `本月 | 同比 | 累计 | 同比`."""
    last: Relative | None = None
    for column in columns:
        if column.relative is not None:
            last = column.relative
        elif column.period is None and column.part is None and column.parts and _GROWTH.search(column.parts[-1]):
            reach = grown_over(column.parts[-1]) or (last.reach if last else None)
            column.relative = Relative(reach, 0) if reach is not None else None
        elif column.period is not None or column.part is not None:
            last = None


def _share_period(columns: Sequence[ValueColumn]) -> None:
    """Give columns without a period the only one that the others name; growth belongs to the latest of them.

    `2019年授权量 | 位次`, and `2019年 | 2018年 | 增长(%)`.
    """
    known = {column.period for column in columns if column.period is not None}
    if not known or any(column.part is not None for column in columns):
        return
    for index, column in enumerate(columns):
        if column.period is not None or not column.parts or _YEAR_LIKE.match(column.parts[-1]):
            continue
        if len(known) == 1:
            column.period = next(iter(known))
        elif _GROWTH.search(column.parts[-1]):
            column.period = _grown_to(columns[:index], known)


def _grown_to(before: Sequence[ValueColumn], known: set[Period]) -> Period | None:
    """Return the period a growth column speaks of: the latest of those right before it, as long as the last of them.

    `2018年 | 2019年 | 增长` and `2019年 | 2018年 | 增长` are of 2019; in `2018年 | 增长 | 2019年 | 增长` each is of its own year.
    """
    run: list[Period] = []
    for column in reversed(before):
        if column.period is not None and not (column.parts and _GROWTH.search(column.parts[-1])):
            run.append(column.period)
        elif run:
            break
    alike = [period for period in run if (period.kind, period.part) == (run[0].kind, run[0].part)]
    if not alike and len({period.kind for period in known}) == 1:
        alike = list(known)
    return max(alike, key=lambda period: period.sort_key(), default=None)


_YEAR_LIKE = re.compile(
    r"'?\d{1,5}\s*年?[度末底]?$|(?:19|20)\d{2}\s*年?\s*(?:(?:以|之)?[前后](?:$|[\s（(累合])|以来|起)"
)
"""A heading that means some period, but which is not known or has no end: it has not that of its neighbours."""
_GROWTH = re.compile(r"增长|增速|增幅|增减|同比|比上年|比去年|change|growth", re.IGNORECASE)


def title_label(title: str) -> str:
    """Return a title without the period it begins or ends with: `2019年地区生产总值`, `地区生产总值（2019年）`."""
    period, rest = split_period(title)
    label = rest if period is not None else title
    found = _LAST_BRACKET.search(label)
    if found is not None and found.start() > 0 and read_period(found["inside"]) is not None:
        label = label[: found.start()]
    return split_unit(label).label


_LAST_BRACKET = re.compile(r"\s*[（(](?P<inside>[^（）()]{4,16})[)）]\s*$")


def _layout(roles: Roles, columns: Sequence[ValueColumn], rows: Rows) -> str:
    if roles.is_long:
        return "long"
    if roles.columns(Role.PERIOD, Role.YEAR_PART):
        return "periods-down"
    if any(column.period or column.part for column in columns):
        return "periods-across"
    if any(column.region for column in columns):
        return "regions-across"
    if rows.region.any():
        return "regions-down"
    return "indicators-down" if rows.parts.any() else "indicators-across"


_TOP = 4
"""Rows in which the word may be."""
_NAMES = re.compile(
    r"(?:.{0,16}(?:目录|目錄|目次|目　录)|(?:table of |list of )?contents|list of (?:tables|figures|sheets)|index of (?:tables|sheets)|toc)",
    re.IGNORECASE,
)


def is_contents(sheet: MarkedGrid) -> bool:
    """Whether a sheet says that it is a table of contents and holds nothing but entries with their numbers and pages."""
    return _says_so(sheet) and all(_is_entry(sheet.line(row)) for row in range(sheet.height))


def _says_so(sheet: MarkedGrid) -> bool:
    if _NAMES.fullmatch((sheet.grid.sheet or "").strip()):
        return True
    for row in range(min(sheet.height, _TOP)):
        filled = [mark for mark in sheet.line(row) if mark.kind is not Kind.BLANK]
        if len(filled) == 1 and filled[0].kind is Kind.TEXT and _NAMES.fullmatch(filled[0].text.replace(" ", "")):
            return True
    return False


def _is_entry(row: list[CellMark]) -> bool:
    """Whether the numbers of a row can be those of an entry and a page: whole and small, or `1.1` in the first cell."""
    filled = [mark for mark in row if mark.kind is not Kind.BLANK]
    if filled and _CHAPTER.fullmatch(filled[0].text):
        filled = filled[1:]
    numbers = [mark.text for mark in filled if mark.is_numeric and mark.kind is not Kind.MISSING]
    return len(numbers) <= 2 and all(_PAGE.fullmatch(text) for text in numbers)


_PAGE = re.compile(r"\(?\d{1,4}\)?(?:\.0)?")
_CHAPTER = re.compile(r"\d{1,3}(?:[.-]\d{1,3})*")
