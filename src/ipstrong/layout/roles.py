"""What each column of a table holds, by its heading first and by its contents second."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ipstrong.layout.blocks import Block
from ipstrong.layout.labels import is_name_too, is_unit, split_unit
from ipstrong.layout.marks import CellMark, Kind, MarkedGrid
from ipstrong.layout.words import TOTALS, Role, fold, is_the_value, role_of
from ipstrong.model.script import has_chinese
from ipstrong.values.cell_marks import STATUS_WORDS

IsRegion = Callable[[str], bool]
"""Whether a text is the name of a region."""

_RUNNING_WORDS = frozenset({"序号", "行次", "项次", "項次", "序", "栏次", "页码", "页次", "頁碼", "頁次", "page"})
_CORNER_ROLES = frozenset({Role.LABEL, Role.REGION, Role.PERIOD})
"""What a corner may be headed as, though years are below it: `指标 | 产值 | 人口`."""
_ENOUGH_YEARS = 4
"""Rows from which a column of years with an unknown heading is taken for periods and not for values."""
_STEP = 5
"""Years that follow each other in a table are rarely further apart."""
_RUN = 5
"""Years in a run that one odd cell does not make values."""
_SAMPLE = 400
_CODE = re.compile(r"[-+]?[A-Z0-9][A-Z0-9._\-]{2,19}")
_WORDY_ROLES = frozenset({Role.UNIT, Role.STATUS, Role.NOTE, Role.FREQUENCY})


@dataclass(slots=True)
class Roles:
    """The columns of a table by what they hold."""

    of: dict[int, Role]
    heading: Mapping[int, str]
    """The lowest heading text of each column."""

    def columns(self, *roles: Role) -> list[int]:
        """Return the columns with one of these roles, left to right."""
        return [column for column, role in sorted(self.of.items()) if role in roles]

    @property
    def values(self) -> list[int]:
        """The columns of values."""
        return self.columns(Role.VALUE)

    @property
    def is_long(self) -> bool:
        """Whether one column is headed as *the* value: one observation a row."""
        values = self.values
        sure = [column for column in values if is_the_value(self.heading.get(column, ""))]
        if len(sure) == 1:
            return bool(self.columns(Role.LABEL, Role.REGION, Role.PERIOD, Role.DIMENSION, Role.YEAR_PART))
        named = [column for column in values if role_of(self.heading.get(column, "")) is Role.VALUE]
        return len(named) == len(values) == 1 and bool(self.columns(Role.PERIOD)) and bool(self.columns(Role.LABEL))


class _Stats:
    """How many cells of each kind a column has in the data rows."""

    def __init__(self, marks: Sequence[CellMark]) -> None:
        counts = Counter(mark.kind for mark in marks)
        self.marks = marks
        self.n = len(marks)
        self.filled = self.n - counts[Kind.BLANK]
        self.numbers = counts[Kind.NUMBER] + counts[Kind.FLAW]
        self.missing = counts[Kind.MISSING]
        self.years = counts[Kind.YEAR]
        self.periods = counts[Kind.PERIOD]
        self.parts = counts[Kind.PART]
        self.units = counts[Kind.UNIT]
        self.words = counts[Kind.TEXT] + counts[Kind.UNIT]

    @property
    def timely(self) -> int:
        return self.years + self.periods + self.parts

    def is_mostly(self, count: int) -> bool:
        """Whether at least three in five filled cells are so."""
        return self.filled > 0 and count * 5 >= self.filled * 3

    @property
    def is_numeric(self) -> bool:
        """Whether the column holds numbers rather than words."""
        return self.filled > 0 and self.numbers + self.years + self.missing > self.words + self.periods + self.parts


def find_roles(sheet: MarkedGrid, block: Block, is_region: IsRegion) -> Roles:
    """Return what the columns of a block hold."""
    rows = block.rows if len(block.rows) <= _SAMPLE else block.rows[:: len(block.rows) // _SAMPLE]
    sheet.sort(rows)
    columns = range(block.first, block.last + 1)
    stats = {column: _Stats([sheet.spread(row, column) for row in rows]) for column in columns}
    own = {column: _Stats([sheet.at(row, column) for row in rows]) for column in columns}
    heading = {column: _lowest_heading(sheet, block, column) for column in columns}
    roles: dict[int, Role] = {}
    for column in columns:
        role = _by_heading(stats[column], heading[column])
        if role is not None:
            roles[column] = role
    numeric = [column for column in columns if roles.get(column, Role.VALUE) is Role.VALUE and own[column].is_numeric]
    if not numeric:  # the only value below a period may be lost in most rows
        timely = [column for column in columns if column not in roles and _heads_period(sheet, block, column)]
        numeric = [column for column in timely if own[column].numbers]
    found = Roles(roles, heading)
    _settle_numbers(sheet, block, found, own, numeric)
    _settle_spoilt(sheet, block, found)
    first_value = min(found.values, default=block.last + 1)
    _settle_words(found, stats, first_value, columns, is_region)
    _settle_blanks(sheet, block, found, own)
    return found


def _lowest_heading(sheet: MarkedGrid, block: Block, column: int) -> str:
    for row in reversed(block.headings):
        mark = sheet.spread(row, column)
        if mark.kind is not Kind.BLANK:
            return mark.text
    return ""


def _by_heading(stats: _Stats, heading: str) -> Role | None:
    role = role_of(heading) if heading else None
    if role is None or not stats.filled:
        return None
    if stats.is_mostly(stats.periods + stats.parts):
        return Role.YEAR_PART if stats.parts > stats.years + stats.periods else Role.PERIOD
    if role is Role.NOTE:
        return role
    if role is Role.UNIT and all(is_unit(mark.text) for mark in stats.marks if mark.kind is not Kind.BLANK):
        return role  # `10,000 persons` could also be a count
    if role in _WORDY_ROLES:
        return role if not stats.is_mostly(stats.numbers) else None
    if role is Role.LABEL and stats.is_mostly(stats.units):
        units = [mark.text for mark in stats.marks if mark.kind is Kind.UNIT]
        if not all(map(is_name_too, units)):  # `Patents` below a heading of names is one
            return Role.UNIT
    if role in {Role.LABEL, Role.REGION, Role.DIMENSION}:
        return role if stats.words > 0 and not stats.is_mostly(stats.numbers + stats.timely) else None
    if role in {Role.PERIOD, Role.YEAR_PART}:
        if not stats.is_mostly(stats.timely):
            return None
        return Role.YEAR_PART if stats.parts > stats.years + stats.periods else Role.PERIOD
    if role is Role.RUNNING:
        sure = fold(heading) in _RUNNING_WORDS
        return role if sure or _is_running(stats.marks) or not stats.is_numeric else None
    if role is Role.CODE:
        return role
    return role if stats.is_numeric or (is_the_value(heading) and stats.numbers + stats.years > 0) else None


def _settle_numbers(sheet: MarkedGrid, block: Block, found: Roles, own: dict[int, _Stats], numeric: list[int]) -> None:
    """Tell values from running numbers and years among the numeric columns."""
    roles, heading = found.of, found.heading
    has_period = Role.PERIOD in roles.values()
    for column in numeric:
        if roles.get(column) is Role.VALUE:
            continue
        stats = own[column]
        later = [other for other in numeric if other > column]
        if not heading[column] and column == block.first and _is_running(stats.marks):
            roles[column] = Role.RUNNING
        elif (
            _are_years(stats)
            and later
            and (not heading[column] or (column == numeric[0] and _may_head_years(heading[column], stats)))
            and not has_period
            and not _heads_period(sheet, block, column)
            and (not heading[column] or stats.filled >= _ENOUGH_YEARS or role_of(heading[column]) in _CORNER_ROLES)
        ):
            roles[column] = Role.PERIOD
            has_period = True
        elif (later and _is_sparse_year(stats, own, column)) or (
            stats.years == stats.filled and not heading[column] and later
        ):
            roles[column] = Role.PERIOD
        else:
            roles[column] = Role.VALUE


def _may_head_years(heading: str, stats: _Stats) -> bool:
    """Whether years below an unknown heading are periods and no counts: it names no unit, and they go on in small steps."""
    years = [int(mark.text) for mark in stats.marks if mark.kind is Kind.YEAR]
    small = sum(abs(after - before) <= _STEP for before, after in pairwise(years))
    return split_unit(heading).unit is None and small * 2 >= len(years) - 1


def _are_years(stats: _Stats) -> bool:
    """Whether a column holds years, all of them or all but one in a run of years."""
    if stats.years == stats.filled:
        return True
    if stats.years < _RUN or stats.filled - stats.years > 1:
        return False
    years = [int(mark.text) for mark in stats.marks if mark.kind is Kind.YEAR]
    steps = [after - before for before, after in pairwise(years)]
    return all(0 < step <= 2 for step in steps) or all(-2 <= step < 0 for step in steps)


def _heads_period(sheet: MarkedGrid, block: Block, column: int) -> bool:
    return any(sheet.spread(row, column).is_timely for row in block.headings)


def _is_running(marks: Sequence[CellMark]) -> bool:
    numbers = [mark.text.removesuffix(".0") for mark in marks if mark.kind is not Kind.BLANK]
    if len(numbers) < 2 or not all(number.isdigit() for number in numbers):
        return False
    values = [int(number) for number in numbers]
    steps = [after - before for before, after in pairwise(values)]
    return values[0] <= 1 and min(steps) > 0 and steps.count(1) * 5 >= len(steps) * 4


def _settle_words(
    found: Roles, stats: dict[int, _Stats], first_value: int, columns: range, is_region: IsRegion
) -> None:
    """Give the columns of words and periods their roles."""
    roles = found.of
    for column in columns:
        if column in roles or not stats[column].filled:
            continue
        kinds = stats[column]
        before = column < first_value
        if (kinds.is_mostly(kinds.timely) or _is_sparse_year(kinds, stats, column)) and (
            before or not found.columns(Role.PERIOD, Role.YEAR_PART)
        ):
            roles[column] = Role.YEAR_PART if kinds.parts > kinds.years + kinds.periods else Role.PERIOD
        elif kinds.is_mostly(kinds.units) and kinds.filled * 2 >= kinds.n:
            roles[column] = Role.UNIT
        elif not found.heading[column] and all(
            mark.text.lower() in STATUS_WORDS for mark in kinds.marks if mark.kind is not Kind.BLANK
        ):
            roles[column] = Role.STATUS
        elif before or found.is_long:
            roles[column] = Role.LABEL
    for column in found.columns(Role.LABEL):
        _refine_label(found, column, stats[column], is_region)
    if not found.columns(Role.LABEL, Role.REGION, Role.PERIOD, Role.YEAR_PART, Role.DIMENSION):
        rest = [column for column in columns if column not in roles and stats[column].words]
        if rest:
            roles[rest[0]] = Role.LABEL
            _refine_label(found, rest[0], stats[rest[0]], is_region)
        else:  # names that are also units, such as `Applications`
            units = [column for column in found.columns(Role.UNIT) if role_of(found.heading[column]) is Role.LABEL]
            roles.update(dict.fromkeys(units[:1], Role.LABEL))
    _drop_translation(found, stats)


def _settle_spoilt(sheet: MarkedGrid, block: Block, found: Roles) -> None:
    """Take words under a period for lost values where other periods head values: `指标 | 2018年 | 2019年` over `产值 | 待补 | 12`."""
    if found.is_long or not any(_heads_period(sheet, block, column) for column in found.values):
        return
    for column in range(block.first + 1, max(found.values)):
        if column not in found.of and any(sheet.at(row, column).is_timely for row in block.headings):
            found.of[column] = Role.VALUE


def _is_sparse_year(kinds: _Stats, stats: dict[int, _Stats], column: int) -> bool:
    """Whether a column names the year in the first row of its months, which are in the next column."""
    after = stats.get(column + 1)
    return kinds.years + kinds.periods > 1 and after is not None and after.parts * 2 > after.filled


def _refine_label(found: Roles, column: int, stats: _Stats, is_region: IsRegion) -> None:
    """Tell regions and codes from other labels."""
    texts = [mark.text for mark in stats.marks if mark.kind is Kind.TEXT and fold(mark.text) not in TOTALS]
    heading_role = role_of(found.heading.get(column, ""))
    if heading_role is Role.LABEL or not texts:
        return
    if sum(map(is_region, texts)) * 5 >= len(texts) * 3:
        found.of[column] = Role.REGION
        return
    others = found.columns(Role.LABEL, Role.REGION)
    codes = sum(_CODE.fullmatch(text) is not None for text in texts)
    if not found.heading.get(column) and any(other < column for other in others) and codes * 10 >= len(texts) * 9:
        found.of[column] = Role.CODE


def _drop_translation(found: Roles, stats: dict[int, _Stats]) -> None:
    """Leave out a second label column that repeats the first in English."""
    labels = found.columns(Role.LABEL, Role.REGION)
    said = {role_of(found.heading.get(column, "")) for column in labels} - {None}
    if len(labels) != 2 or len(said) > 1:  # 指标 and 地区 head two things, whatever their languages
        return
    texts = [[mark.text for mark in stats[column].marks if mark.kind in {Kind.TEXT, Kind.UNIT}] for column in labels]
    chinese = [bool(column) and sum(map(has_chinese, column)) * 5 >= len(column) * 4 for column in texts]
    foreign = [bool(column) and not any(map(has_chinese, column)) for column in texts]
    if not found.is_long and abs(len(texts[0]) - len(texts[1])) * 5 <= len(texts[0]):
        for own, other in ((0, 1), (1, 0)):
            if chinese[own] and foreign[other]:
                found.of[labels[other]] = Role.NOTE


def _settle_blanks(sheet: MarkedGrid, block: Block, found: Roles, own: dict[int, _Stats]) -> None:
    """Take empty columns under a heading for values that are missing throughout, and words under a period for lost values."""
    values = found.values
    if not values or found.is_long:
        return
    for column in range(block.first, block.last + 1):
        if column in found.of or not block.headings:
            continue
        lowest = next(
            (sheet.at(row, column) for row in reversed(block.headings) if sheet.at(row, column).kind is not Kind.BLANK),
            None,
        )
        if lowest is None or role_of(lowest.text) in _WORDY_ROLES:  # a column of status or remarks left blank
            continue
        is_period = lowest.is_timely and any(sheet.at(row, column).is_timely for row in block.headings)
        inside = min(values) < column < max(values) and sheet.at(block.headings[-1], column).kind is not Kind.BLANK
        is_other = own[column].filled > 0 and not (lowest.is_timely and min(values) < column)
        if (is_period or inside) and not is_other:
            found.of[column] = Role.VALUE
