"""The one region of a sheet that copies of a form differ in: what it is, and whether another may take its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ipstrong.sources.grid import CellValue, Grid
from ipstrong.sources.layout.labels import tidy
from ipstrong.sources.layout.tables import Table
from ipstrong.sources.patterns import lazy
from ipstrong.sources.regions import RegionNames, WrittenRegion

REGION = "\ud800"
"""Stands for the region in texts; half of a pair, which no text of a file can hold."""
_TELLING = lazy(
    r"[率年月日]|季度|半年|增长|增速|增幅|增减|比重|占比|[同环]比|比上年|指数|构成|[位名]次|排名|合计|[总小共]计|平均|其中"
    r"|单位|指标|来源|备注|备考|说明|出处|网址|注释|代码|编码"
    r"|\b(?:rates?|shares?|percent|growth|change|index|ratio|rank|total|units?|notes?|sources?|codes?)\b",
    re.IGNORECASE,
)
"""Words by which labels are read; a region whose name has one is no mere name in them, as 万年县 and 日照市 are none."""


def region_of(sheet: str, first: CellValue, regions: RegionNames) -> WrittenRegion | None:
    """Return the one region that a sheet's name, or else its first cell, names."""
    for text in (sheet, first):
        if isinstance(text, str) and text:
            written = regions.written_in(text)
            if written is not None and tidy(written.text) == written.text and not _TELLING.search(written.text):
                return written
    return None


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
