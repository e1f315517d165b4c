"""Headings that name a period by another: `本年`, `上年同期`, `本月`, `本年累计`, `previous year`."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from ipstrong.layout.words import fold
from ipstrong.model.period import Period, PeriodKind


class Reach(Enum):
    """Which stretch of time a heading means, counted from the period of the table."""

    SAME = "same"
    MONTH = "month"
    TO_DATE = "to_date"


class Relative(NamedTuple):
    """A period named by the period of the table."""

    reach: Reach
    years: int
    """-1 for the year before."""

    def of(self, period: Period) -> Period | None:
        """Return the period meant; None where the table's period does not tell it."""
        base = period._replace(
            year=period.year + self.years, end=period.end + self.years if period.end > 31 else period.end
        )
        if self.reach is Reach.SAME:
            return base
        if base.kind not in {PeriodKind.MONTH, PeriodKind.YTD}:
            return None
        if self.reach is Reach.MONTH:
            return Period(PeriodKind.MONTH, base.year, base.part)
        if base.part == 12:
            return Period(PeriodKind.YEAR, base.year)
        return Period(PeriodKind.YTD, base.year, base.part) if base.part > 1 else Period(PeriodKind.MONTH, base.year, 1)


_TAIL = r"(?:数|值|量|实际|实际数|实绩|完成|完成数|合计)?"
_WORDS: tuple[tuple[re.Pattern[str], Relative], ...] = tuple(
    (re.compile(pattern), Relative(reach, years))
    for pattern, needs, reach, years in (
        (rf"(?:本年|当年|今年|本期|报告期|this year|current year|current period){_TAIL}", "本当今报hu", Reach.SAME, 0),
        (
            rf"(?:上年|去年|上年同期|去年同期|上一年|previous year|last year|prior year|previous period){_TAIL}",
            "上去pl",
            Reach.SAME,
            -1,
        ),
        (rf"(?:本月|当月|this month|current month){_TAIL}", "本当hu", Reach.MONTH, 0),
        (rf"(?:上年同月|去年同月|上年本月){_TAIL}", "上去", Reach.MONTH, -1),
        (
            r"(?:本年|今年|自年初|年初|年内|本月止|1-本月|本年止)?累计(?:数|值|实际|实际数|完成|完成数)?|1[-—–~至到]本月(?:累计|止)?|year to date",
            "累本y",
            Reach.TO_DATE,
            0,
        ),
        (r"(?:上年|去年)(?:同期)?累计(?:数|值|实际|实际数|完成)?", "累", Reach.TO_DATE, -1),
    )
)


@lru_cache(maxsize=4096)
def read_relative(text: str) -> Relative | None:
    """Return the period that a heading names by another, or None; a rate against it is none: `比上年增长`."""
    name = fold(text)
    if len(name) > 20:
        return None
    return next((relative for pattern, relative in _WORDS if pattern.fullmatch(name)), None)


_TO_DATE = re.compile(r"累计|自年初|年初至|本月止|year to date")
_OF_MONTH = re.compile(r"^(?:本月|当月|单月)")


def grown_over(text: str) -> Reach | None:
    """Return the stretch of time whose growth a heading names: `累计同比`, `当月增速`; None where it names none."""
    name = fold(text)
    if _TO_DATE.search(name):
        return Reach.TO_DATE
    return Reach.MONTH if _OF_MONTH.search(name) else None
