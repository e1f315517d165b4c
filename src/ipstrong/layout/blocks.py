"""A sheet cut into tables: side by side first, then one below the other; each with its title, heading and data rows."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from ipstrong.layout.marks import VALUES, CellMark, Kind, MarkedGrid
from ipstrong.layout.row_shapes import (
    COLUMN_NAMES,
    ITEM_NUMBER,
    LEAD_NUMBER,
    META_ROLES,
    STUB_ROLES,
    RowShapes,
    is_plain_data,
    kinds_of,
)
from ipstrong.layout.words import BARE_NOTE, NOTE_LINE, SURE_NOTE, Role, role_of

_Span = tuple[int, int]
"""First and last column of a strip."""
_PLAIN_NUMBERS = frozenset({Kind.NUMBER})
_HARD_VALUES = frozenset({Kind.NUMBER, Kind.MISSING, Kind.FLAW})


class RowType(Enum):
    """What a row of a strip looks like on its own."""

    BLANK = "blank"
    DATA = "data"
    YEARS = "years"
    """Its only numbers could be years."""
    WORDS = "words"
    """Two or more cells, none a number."""
    LONE = "lone"
    """One cell, a text."""
    NOTE = "note"
    NUMBERING = "numbering"
    """Column numbers under a heading: `甲 乙 1 2 3`."""


@dataclass(slots=True)
class Block:
    """One table: which columns it spans and which rows are its title, heading and data."""

    first: int
    last: int
    titles: list[int] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    """Rows with values."""
    sections: list[int] = field(default_factory=list)
    """Rows between them that hold words only: headings of groups of rows."""
    breaks: list[int] = field(default_factory=list)
    """Rows between them that are notes: they end a group."""


def cut(sheet: MarkedGrid, shapes: RowShapes) -> list[Block]:
    """Return the tables of a sheet, left to right and top to bottom."""
    return [block for first, last in strips(sheet, shapes) for block in _stack(sheet, shapes, first, last)]


def _stack(sheet: MarkedGrid, shapes: RowShapes, first: int, last: int) -> list[Block]:
    """Return the tables of a strip: a new one begins where a heading lies between data rows."""
    blocks: list[Block] = []
    pending: list[tuple[int, RowType]] = []
    values: set[int] = set()
    numbered: set[int] = set()
    has_words = False  # whether a row of words is pending
    others = [*shapes.rows_where(lambda shape: not is_plain_data(shape, first, last)), sheet.height]
    odd = [*shapes.rows_where(lambda shape: not is_plain_data(shape, first, last, with_years=True)), sheet.height]
    blank = frozenset(shapes.rows_where(lambda shape: not any(shape[first : last + 1])))
    ends = others  # the rows that need a look of their own below the heading in force
    row = 0
    while row < sheet.height:
        end = ends[bisect_left(ends, row)]
        if blocks and not pending and row < end:  # nothing but rows of values up to there
            plain = range(row, end)
            blocks[-1].rows.extend(plain)
            for shape in shapes.among(plain):
                kinds = kinds_of(shape, first, last)
                values.update(first + place for place, kind in enumerate(kinds) if kind in _HARD_VALUES)
                numbered.update(first + place for place, kind in enumerate(kinds) if kind == Kind.NUMBER)
            row = plain.stop
            continue
        kind = RowType.BLANK if row in blank else row_type(sheet, row, first, last)
        if kind is RowType.YEARS:
            kind = (
                RowType.WORDS
                if _is_year_heading(sheet, row, (first, last), pending, blocks[-1] if blocks else None)
                else RowType.DATA
            )
        if blocks and kind in _DOUBTED and not has_words:
            kind = _doubted(sheet, row, kind, blocks[-1], values, numbered)
        if kind is RowType.WORDS and blocks and not pending and _is_like(sheet, row, blocks[-1], values):
            kind = RowType.DATA
        if kind is not RowType.DATA:
            pending.append((row, kind))
            has_words = has_words or kind is RowType.WORDS
            row += 1
            continue
        if not blocks or _begins_table(sheet, pending, blocks[-1], values):
            block = Block(first, last)
            values = _numbers_in(sheet, row, first, last)
            block.rows = _first_rows(sheet, pending, row, block, values)
            numbered = {
                column
                for above in block.rows
                for column in _numbers_in(sheet, above, first, last, kinds=_PLAIN_NUMBERS)
            }
            over = values or _numbers_in(sheet, row, first, last, kinds=VALUES)  # a row of values that look like years
            block.headings, block.titles, block.sections = _heading_band(sheet, pending, first, last, over)
            blocks.append(block)
            # Years under a heading are values, unless the heading itself is one of years and comes again.
            has_years = any(Kind.YEAR in kinds_of(shapes.at(above), first, last) for above in block.headings)
            ends = odd if block.headings and not has_years else others
        else:
            blocks[-1].breaks += [row for row, kind in pending if kind is RowType.NOTE]
            blocks[-1].sections += [row for row, kind in pending if kind in {RowType.LONE, RowType.WORDS}]
        blocks[-1].rows.append(row)
        numbered.update(_numbers_in(sheet, row, first, last, kinds=_PLAIN_NUMBERS))
        values.update(_numbers_in(sheet, row, first, last))
        pending, has_words = [], False
        row += 1
    if blocks:
        blocks[-1].breaks.extend(row for row, kind in pending if kind is not RowType.BLANK)
    return blocks


def _doubted(sheet: MarkedGrid, row: int, kind: RowType, block: Block, values: set[int], numbered: set[int]) -> RowType:
    """Return what a row is below values: its numbers may number notes, and no columns are numbered there."""
    (first, lead), *rest = _filled(sheet, row, block.first, block.last)
    if not rest:
        return kind
    if BARE_NOTE.fullmatch(lead.text):
        return RowType.NOTE
    is_item = kind is not RowType.WORDS and lead.kind is not Kind.FLAW and LEAD_NUMBER.fullmatch(lead.text) is not None
    over_values = any(mark.kind in _WORDED and column in values for column, mark in rest)
    if is_item and over_values and first not in numbered:
        return RowType.NOTE
    return RowType.DATA if kind is RowType.NUMBERING and len(rest) == 1 else kind


_DOUBTED = frozenset({RowType.DATA, RowType.NUMBERING, RowType.WORDS})
_WORDED = frozenset({Kind.TEXT, Kind.PERIOD, Kind.PART})


def _numbers_in(
    sheet: MarkedGrid,
    row: int,
    first: int,
    last: int,
    *,
    kinds: frozenset[Kind] = _HARD_VALUES,
) -> set[int]:
    return {column for column in range(first, last + 1) if sheet.at(row, column).kind in kinds}


def _filled(sheet: MarkedGrid, row: int, first: int, last: int) -> list[tuple[int, CellMark]]:
    marks = ((column, sheet.at(row, column)) for column in range(first, last + 1))
    return [(column, mark) for column, mark in marks if mark.kind is not Kind.BLANK]


def row_type(sheet: MarkedGrid, row: int, first: int, last: int) -> RowType:
    """Return what the row looks like within a strip."""
    cells = _filled(sheet, row, first, last)
    if not cells:
        return RowType.BLANK
    lead = cells[0][1]
    if lead.kind is Kind.TEXT and SURE_NOTE.match(lead.text):
        return RowType.NOTE
    if lead.kind is Kind.TEXT and NOTE_LINE.match(lead.text) and not any(mark.is_numeric for _, mark in cells[1:]):
        return RowType.NOTE
    numeric = [mark for _, mark in cells if mark.is_numeric]
    if _is_numbering([mark for _, mark in cells]):
        return RowType.NUMBERING
    if not numeric or _is_numbered_text([mark for _, mark in cells]):
        return RowType.LONE if len(cells) == 1 else RowType.WORDS
    if len(cells) > 1 and lead.is_wordy and role_of(lead.text) in META_ROLES:
        return RowType.WORDS
    if all(mark.kind is Kind.YEAR for mark in numeric) or _has_one_odd_year(cells):
        return RowType.YEARS
    return RowType.DATA


def _has_one_odd_year(cells: list[tuple[int, CellMark]]) -> bool:
    """Whether all numbers of a row but one are years that go on column by column: `2016 | 20l7 | 2018` is no row of values."""
    numeric = [(column, mark) for column, mark in cells if mark.is_numeric]
    years = [(column, int(mark.text)) for column, mark in numeric if mark.kind is Kind.YEAR]
    if len(years) < _ENOUGH_YEARS or len(numeric) - len(years) > 1:
        return False
    rising = Counter(year - column for column, year in years).most_common(1)[0][1]
    falling = Counter(year + column for column, year in years).most_common(1)[0][1]
    return max(rising, falling) >= _ENOUGH_YEARS and max(rising, falling) + 1 == len(numeric)


_ENOUGH_YEARS = 4


def _is_numbered_text(cells: list[CellMark]) -> bool:
    """Whether a number or mark only numbers the text behind it: `1 | When downloading …`, `* | Estimates …`."""
    lead, *rest = cells
    if not rest:
        return lead.kind is Kind.MISSING
    small = lead.kind is Kind.MISSING or (lead.kind is Kind.NUMBER and ITEM_NUMBER.fullmatch(lead.text) is not None)
    return small and all(mark.kind is Kind.TEXT for mark in rest) and len(rest) == 1


def _is_numbering(cells: list[CellMark]) -> bool:
    """Whether the cells are the letters and numbers of the columns, as official forms print them."""
    names = [mark for mark in cells if mark.text in COLUMN_NAMES]
    numbers = [mark.text.strip("()（）").removesuffix(".0") for mark in cells if mark not in names]
    return (
        bool(names)
        and len(numbers) >= 1
        and all(number.isdigit() for number in numbers)
        and [int(number) for number in numbers] == list(range(int(numbers[0]), int(numbers[0]) + len(numbers)))
        and int(numbers[0]) <= 3
    )


def _is_year_heading(
    sheet: MarkedGrid, row: int, span: _Span, pending: list[tuple[int, RowType]], block: Block | None
) -> bool:
    """Whether year-like numbers head columns rather than being values."""
    cells = _filled(sheet, row, *span)
    years = [int(mark.text) for _, mark in cells if mark.kind is Kind.YEAR]
    words = [mark for _, mark in cells if mark.kind is not Kind.YEAR]
    if any(mark.kind in {Kind.MISSING, Kind.FLAW} for mark in words) and not _has_one_odd_year(cells):
        return False
    above = [kind for _, kind in pending if kind in {RowType.WORDS, RowType.NUMBERING}]
    names_rows = cells[0][1].is_wordy and role_of(cells[0][1].text) in STUB_ROLES
    if block is not None and block.headings and not pending and not names_rows:
        return any(_same_row(sheet, row, heading, *span) for heading in block.headings)
    if block is not None and _is_row_of_group(sheet, cells[0], pending, block):
        return False
    columns = [column for column, mark in cells if mark.kind is Kind.YEAR]
    headings = [row for row, kind in pending if kind is RowType.WORDS]
    is_headed = any(all(sheet.spread(row, column).is_timely for column in columns) for row in headings)
    if above and (is_headed or _is_row_of_list(sheet, pending, cells)):
        return False
    if len(cells) == 1:
        return columns[0] > span[0] and (block is None or bool(pending))
    if cells[0][1].kind is Kind.YEAR and len(years) == 1:
        return False
    if len(years) == 1:
        return len(words) >= 1 and not above and all(mark.is_wordy for mark in words)
    if _has_one_odd_year(cells):
        return True
    steps = {after - before for before, after in pairwise(years)}
    runs = all(step > 0 for step in steps) or all(step < 0 for step in steps)
    return runs or (len(set(years)) > 1 and max(abs(step) for step in steps) <= 10)


def _is_row_of_group(
    sheet: MarkedGrid, lead: tuple[int, CellMark], pending: list[tuple[int, RowType]], block: Block
) -> bool:
    """Whether years below the heading of a group are its values: a label of its own leads them, no corner of a heading."""
    column, mark = lead
    groups = [(row, kind) for row, kind in pending if kind is not RowType.BLANK]
    return (
        mark.is_wordy
        and role_of(mark.text) is None
        and bool(groups)
        and all(kind is RowType.LONE and _names_group(sheet, row, block) for row, kind in groups)
        and all(sheet.at(heading, column).text != mark.text for heading in block.headings)
    )


def _names_group(sheet: MarkedGrid, row: int, block: Block) -> bool:
    """Whether a row of one cell is where the labels are, right below values or with a number such as `二、`."""
    return sheet.at(row, block.first).kind is not Kind.BLANK and (
        row - 1 == block.rows[-1] or _GROUP_NUMBER.match(sheet.at(row, block.first).text) is not None
    )


_GROUP_NUMBER = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）])")


def _is_row_of_list(sheet: MarkedGrid, pending: list[tuple[int, RowType]], cells: list[tuple[int, CellMark]]) -> bool:
    """Whether a row fills what the heading right above fills, so that its years are values or name its own period.

    For example a period below a heading of periods, a year below one of values, or a name such as 福田区 below the heading
    of names.
    """
    row = next(row for row, kind in reversed(pending) if kind in {RowType.WORDS, RowType.NUMBERING})
    heading = [column for column in range(sheet.width) if sheet.at(row, column).kind is not Kind.BLANK]
    lead_column, lead = cells[0]
    inside = [column for column in heading if lead_column <= column <= cells[-1][0]]
    if lead_column not in inside or not {column for column, _ in cells} <= set(inside):
        return False
    if lead.kind is Kind.TEXT and role_of(lead.text) is None and role_of(sheet.at(row, lead_column).text) in STUB_ROLES:
        return True
    return any(role_of(sheet.at(row, column).text) in _LIST_ROLES for column, mark in cells if mark.is_timely)


_LIST_ROLES = frozenset({Role.PERIOD, Role.VALUE})


def _same_row(sheet: MarkedGrid, row: int, other: int, first: int, last: int) -> bool:
    return all(sheet.at(row, column).text == sheet.at(other, column).text for column in range(first, last + 1))


def _is_like(sheet: MarkedGrid, row: int, block: Block, values: set[int]) -> bool:
    """Whether a row of words is a data row whose values are lost: blank, or spoilt digits."""
    before = block.rows[-1]
    others = [column for column in range(block.first, block.last + 1) if column not in values]
    pairs = [(sheet.at(row, column), sheet.at(before, column)) for column in others]
    if any(own.is_timely != last.is_timely for own, last in pairs):
        return False
    if any(last.is_wordy for _, last in pairs) and not any(own.is_wordy for own, _ in pairs):
        return False
    alike = sum((own.kind is Kind.BLANK) == (last.kind is Kind.BLANK) for own, last in pairs)
    if alike * 5 < len(pairs) * 3:
        return False
    lost = [mark for column in values if (mark := sheet.at(row, column)).kind is not Kind.BLANK]
    if any(mark.is_timely for mark in lost):
        return False  # periods below values comment on them
    if any(own.is_timely for own, _ in pairs):
        return True
    return any(any(map(str.isdigit, mark.text)) for mark in lost) or (bool(lost) and _has_label_and_unit(pairs))


def _has_label_and_unit(pairs: list[tuple[CellMark, CellMark]]) -> bool:
    """Whether a row names a unit where a row of values does, and begins with words as that does; no heading names one.

    Args:
        pairs: The cells of both next to the values, in the order of the columns.
    """
    names = [(own, other) for own, other in pairs if Kind.BLANK not in {own.kind, other.kind}]
    has_unit = any(own.kind is other.kind is Kind.UNIT for own, other in names)
    return has_unit and names[0][0].kind is names[0][1].kind is Kind.TEXT


def _first_rows(
    sheet: MarkedGrid, pending: list[tuple[int, RowType]], row: int, block: Block, values: set[int]
) -> list[int]:
    """Take the rows right above the first row of values that are like it, but hold words in place of a value."""
    others = [column for column in range(block.first, block.last + 1) if column not in values]
    taken: list[int] = []
    while len(pending) > 1 and pending[-1][1] is RowType.WORDS:
        above = pending[-1][0]
        pairs = [(sheet.at(above, column), sheet.at(row, column)) for column in others]
        is_worded = any(sheet.at(above, column).kind is Kind.TEXT for column in values)
        if not is_worded or not _has_label_and_unit(pairs):
            break
        taken.insert(0, pending.pop()[0])
    return taken


def _begins_table(sheet: MarkedGrid, pending: list[tuple[int, RowType]], block: Block, values: set[int]) -> bool:
    """Whether the rows since the last data row hold a heading."""
    for index, (row, kind) in enumerate(pending):
        if kind is not RowType.WORDS:
            continue
        if any(_same_row(sheet, row, heading, block.first, block.last) for heading in block.headings):
            return True
        over = [column for column in values if sheet.at(row, column).kind is not Kind.BLANK]
        has_stub = any(
            sheet.at(row, column).kind is not Kind.BLANK
            for column in range(block.first, min(values, default=block.first))
        )
        if over and len(over) * 2 >= len(values) and (index or has_stub):
            return True
    return False


def _heading_band(
    sheet: MarkedGrid, pending: list[tuple[int, RowType]], first: int, last: int, values: set[int]
) -> tuple[list[int], list[int], list[int]]:
    """Return the heading rows above the data, the title rows above them, and the rows of words below the heading."""
    lowest = None  # the last row of words over at least half of the columns with numbers
    for row, kind in pending:
        over = sum(sheet.spread(row, column).kind is not Kind.BLANK for column in values)
        if kind is RowType.WORDS and over and over * 2 >= len(values):
            lowest = row
    band: list[int] = []
    titles: list[int] = []
    sections: list[int] = []
    for row, kind in reversed(pending):
        if kind is RowType.BLANK or kind is RowType.NUMBERING:
            continue
        if lowest is not None and row > lowest and not _heads_columns(sheet, row, (first, last), [lowest], values):
            sections.append(row)
        elif titles or kind is RowType.NOTE:
            titles.append(row)
        elif (kind is RowType.WORDS and not _is_title_pair(sheet, row, first, last, bool(band))) or (
            kind is RowType.LONE and _heads_columns(sheet, row, (first, last), band, values)
        ):
            band.append(row)
        else:
            titles.append(row)
    return band[::-1], titles[::-1], sections[::-1]


def _is_title_pair(sheet: MarkedGrid, row: int, first: int, last: int, has_band: bool) -> bool:
    """Whether a row of two cells is a title line: a title with its unit, or a name with its value."""
    cells = _filled(sheet, row, first, last)
    if len(cells) != 2 or not has_band:
        return False
    (_, left), (right_column, right) = cells
    if right.kind is Kind.UNIT or "单位" in right.text[:4] or "單位" in right.text[:4]:
        return right_column > first + 1 or left.kind is Kind.TEXT
    is_key = left.kind is Kind.TEXT and role_of(left.text) in {Role.NOTE, Role.CODE}
    return (right_column == first + 1 and is_key and last - first >= 3) or left.text.endswith((":", "："))


def _heads_columns(sheet: MarkedGrid, row: int, span: _Span, band: list[int], values: set[int]) -> bool:
    """Whether a row of one cell belongs to the heading: it spans some columns, or names a year over its parts."""
    first, last = span
    column = next(column for column in range(first, last + 1) if sheet.at(row, column).kind is not Kind.BLANK)
    mark = sheet.at(row, column)
    if column == first or mark.kind is Kind.UNIT:
        return False
    merged = sheet.merged.get((row, column))
    if merged is not None and merged[3] > merged[1]:
        return bool(band) and merged[1] > first
    if not band:  # a single cell over the data: the heading of the only column, or a period
        return mark.is_timely or values == {column} or last - first <= 1
    if any(
        (group := sheet.merged.get((above, column))) and first < group[1] < group[3] for above in (row - 1, row - 2)
    ):
        return True  # it is in the middle of a group
    return mark.is_timely and any(sheet.at(band[-1], right).kind is Kind.PART for right in range(column, last + 1))


def strips(sheet: MarkedGrid, shapes: RowShapes) -> list[tuple[int, int]]:
    """Return the column ranges of side-by-side tables."""
    segments: list[list[int]] = []
    filled = [any(shape[column : column + 1] > b"\0" for shape in shapes.of) for column in range(sheet.width)]
    for column, is_filled in enumerate(filled):
        if is_filled and column and filled[column - 1] and segments:
            segments[-1][1] = column
        elif is_filled:
            segments.append([column, column])
    ranges: list[list[int]] = []
    for first, last in segments:
        if ranges and not (_stands_alone(shapes, first, last) and _has_values(shapes, *ranges[-1])):
            ranges[-1][1] = last
        else:
            ranges.append([first, last])
    return [piece for first, last in ranges for piece in _split_repeated(sheet, shapes, first, last)]


_NUMBERS = frozenset({Kind.NUMBER})


def _has_values(shapes: RowShapes, first: int, last: int, *, kinds: frozenset[Kind] = _NUMBERS) -> bool:
    return any(not kinds.isdisjoint(kinds_of(shape, first, last)) for shape in shapes.of)


def _stands_alone(shapes: RowShapes, first: int, last: int, *, kinds: frozenset[Kind] = _NUMBERS) -> bool:
    """Whether a range of columns has values and, before them, labels of its own."""
    if first == last:
        return False
    n_rows = n_named = 0
    for shape, count in zip(shapes.of, shapes.counts, strict=True):
        found = kinds_of(shape, first, last)
        if not kinds.isdisjoint(found):
            n_rows += count
            n_named += count * (found[0] in _NAMES)
    return n_rows > 0 and n_named * 10 >= n_rows * 6


_NAMES = frozenset({Kind.TEXT, Kind.UNIT, Kind.YEAR, Kind.PERIOD, Kind.PART})


def _split_repeated(sheet: MarkedGrid, shapes: RowShapes, first: int, last: int) -> list[tuple[int, int]]:
    """Split where the heading over the labels comes again: `地区 | 数值 | 地区 | 数值`."""
    for row in range(min(sheet.height, 40)):
        stub = sheet.at(row, first)
        if not stub.is_wordy:
            continue
        starts = [
            column
            for column in range(first + 2, last)
            if sheet.at(row, column).text == stub.text
            and (
                ((after := sheet.at(row, first + 1)).is_wordy and after.text == sheet.at(row, column + 1).text)
                or _stands_alone(shapes, column, last, kinds=VALUES)
            )
        ]
        starts = [start for start in starts if _has_values(shapes, first, start - 1, kinds=VALUES)]
        if starts:
            edges = [first, *starts, last + 1]
            return [(left, right - 1) for left, right in pairwise(edges)]
    return [(first, last)]
