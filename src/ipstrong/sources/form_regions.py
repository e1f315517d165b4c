"""The one region of a sheet that copies of a form differ in: what it is, and whether another may take its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from ipstrong.sources.grid import CellValue, Grid
from ipstrong.sources.layout.context import find_period, says_nothing
from ipstrong.sources.layout.labels import tidy
from ipstrong.sources.layout.marks import Kind, mark_of
from ipstrong.sources.layout.tables import Table
from ipstrong.sources.layout.words import Role, role_of
from ipstrong.sources.patterns import lazy
from ipstrong.sources.regions import RegionNames, WrittenRegion

_TOP = 6
"""Rows among which the heading of a column of regions stands."""
REGION = "\ud800"
"""Stands for the region in texts; half of a pair, which no text of a file can hold."""
_TELLING = lazy(
    r"[率年月日]|季度|半年|增长|增速|增幅|增减|比重|占比|[同环]比|比上年|指数|构成|[位名]次|排名|合计|[总小共]计|平均|其中"
    r"|单位|指标|来源|备注|备考|说明|出处|网址|注释|代码|编码"
    r"|\b(?:rates?|shares?|percent|growth|change|index|ratio|rank|total|units?|notes?|sources?|codes?)\b",
    re.IGNORECASE,
)
"""Words by which labels are read; a region whose name has one is no mere name in them, as 万年县 and 日照市 are none."""


class Told(NamedTuple):
    """The texts that may tell the region of a sheet."""

    sheet: str
    first: str
    """Its first cell; empty where that is no text."""
    column: str
    """What stands in every row of its column of regions; empty where there is no such column, or not one region."""

    def for_name(self, old: str, new: str) -> Told:
        """Return what a sheet would tell that has another name wherever this one has the old."""
        return Told(*(text.replace(old, new) for text in self)) if old else self


def told_by(sheet: str, values: Sequence[Sequence[CellValue]]) -> Told:
    """Return the texts of a sheet that may tell its region."""
    first = next((value for row in values[:1] for value in row if value), "")
    return Told(sheet, first if isinstance(first, str) else "", _column_told(values))


def _column_told(values: Sequence[Sequence[CellValue]]) -> str:
    """Return the one text below a heading such as `地区` or `region`."""
    for top, row in enumerate(values[:_TOP]):
        for column, heading in enumerate(row):
            if isinstance(heading, str) and heading and role_of(tidy(heading)) is Role.REGION:
                below = {line[column] for line in values[top + 1 :] if line[column] not in {None, ""}}
                text = below.pop() if len(below) == 1 else ""
                return text if isinstance(text, str) else ""
    return ""


class ToldBy(Enum):
    """What tells the region of a sheet; where another thing does, another sheet is no copy of it."""

    TITLE = auto()
    """Its name or first cell."""
    COLUMN = auto()
    NUMBER = auto()
    """Its name, which is none of a region, but a numbered one."""


def region_of(told: Told, regions: RegionNames) -> tuple[WrittenRegion, ToldBy] | None:
    """Return the one region that a sheet's name, or else its first cell, or else its column of regions names.

    A numbered name of a sheet stands for one where there is none; nothing on the sheet is then of a region by that name.
    """
    for text in (told.sheet, told.first):
        written = regions.written_in(text) if text else None
        if written is not None and _is_plain(written.text):
            return written, ToldBy.TITLE
    if told.column and _is_plain(told.column) and mark_of(told.column).kind is Kind.TEXT:
        return WrittenRegion(told.column, regions.known(told.column) or told.column), ToldBy.COLUMN
    # The name of a sheet with a number of its own, as `D017`: no region, and yet all that its copies differ in.
    if any(map(str.isdecimal, told.sheet)) and not says_nothing(told.sheet) and _is_free(told.sheet, regions):
        return WrittenRegion(told.sheet, told.sheet), ToldBy.NUMBER
    return None


def _is_free(name: str, regions: RegionNames) -> bool:
    """Whether a name tells nothing by which a table is read, such as a year, or a region however it is spelt."""
    is_word = _is_plain(name) and mark_of(name).kind is Kind.TEXT
    return is_word and find_period(name) is None and not regions.names_any(name)


def _is_plain(name: str) -> bool:
    """Whether a name is no word by which tables are read: a region called `County` looks like the heading of one."""
    is_mere = len(name) > 1 and tidy(name) == name  # a single character stands in too many words
    return is_mere and role_of(name) is None and not _TELLING.search(name)


def is_only_named(grid: Grid, region: WrittenRegion, tables: Sequence[Table], regions: RegionNames) -> bool:
    """Whether a region does no more on a sheet than to be named, always in the same words, so that another may take its place."""
    if any(region.text in table.title and table.region != region.name for table in tables):
        return False  # it is not told apart from what stands before it, which with a name of another length it may be
    texts = [text.replace(region.text, REGION) for text in _texts(grid)]
    return not regions.is_named_in(region, texts) and not any(_KEY_WITH_REGION.search(text) for text in texts)


_KEY_WITH_REGION = lazy(f"{REGION}[^:：]*[:：]")
"""The key of a line such as `填报单位：件` is known as one by its length."""


def _texts(grid: Grid) -> Iterator[str]:
    """Yield a sheet's name and its texts."""
    yield grid.sheet or ""
    for row in grid.rows():
        yield from (value for value in row if type(value) is str)
