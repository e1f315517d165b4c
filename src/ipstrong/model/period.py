"""Periods: years, fiscal years, halves, quarters, months, year-to-date, spans and days, and their order.

A year-to-date (`2019-01..09`) is never equal to, or mixed with, the full year.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class PeriodKind(StrEnum):
    """The grain of a period."""

    YEAR = "year"
    FISCAL = "fiscal"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    YTD = "ytd"
    SPAN = "span"
    DAY = "day"


class Period(NamedTuple):
    """A period; its text form is canonical and parses back to the same period.

    | kind | text | part | end |
    | --- | --- | --- | --- |
    | YEAR | `2019` | 0 | 0 |
    | FISCAL | `2019/20` | 0 | the year it ends in |
    | HALF | `2019H1` | 1-2 | 0 |
    | QUARTER | `2019Q3` | 1-4 | 0 |
    | MONTH | `2019-09` | 1-12 | 0 |
    | YTD | `2019-01..09` | last month 1-11 | 0 |
    | SPAN | `2010..2020` | 0 | last year |
    | DAY | `2019-06-30` | month | day |
    """

    kind: PeriodKind
    year: int
    part: int = 0
    end: int = 0

    def __str__(self) -> str:
        """Return the canonical text."""
        return _FORMS[self.kind].format(self, fiscal_end=self.end % 100)

    @property
    def is_year(self) -> bool:
        """Whether it is a full calendar year."""
        return self.kind is PeriodKind.YEAR

    @property
    def last_day(self) -> dt.date:
        """The last day of the period."""
        match self.kind:
            case PeriodKind.YEAR:
                return dt.date(self.year, 12, 31)
            case PeriodKind.FISCAL | PeriodKind.SPAN:
                return dt.date(self.end, 12, 31)
            case PeriodKind.HALF | PeriodKind.QUARTER | PeriodKind.MONTH | PeriodKind.YTD:
                month = self.part * {PeriodKind.HALF: 6, PeriodKind.QUARTER: 3}.get(self.kind, 1)
                return dt.date(self.year, month, calendar.monthrange(self.year, month)[1])
            case PeriodKind.DAY:
                return dt.date(self.year, self.part, self.end)

    def sort_key(self) -> tuple[dt.date, int, int]:
        """Order by last day, the shorter period first."""
        return (self.last_day, _LENGTH[self.kind], self.year)


_LENGTH = {kind: rank for rank, kind in enumerate(["day", "month", "quarter", "half", "ytd", "year", "fiscal", "span"])}
"""The kinds of period, the shortest first."""


_FORMS = {
    PeriodKind.YEAR: "{0.year}",
    PeriodKind.FISCAL: "{0.year}/{fiscal_end:02d}",
    PeriodKind.HALF: "{0.year}H{0.part}",
    PeriodKind.QUARTER: "{0.year}Q{0.part}",
    PeriodKind.MONTH: "{0.year}-{0.part:02d}",
    PeriodKind.YTD: "{0.year}-01..{0.part:02d}",
    PeriodKind.SPAN: "{0.year}..{0.end}",
    PeriodKind.DAY: "{0.year}-{0.part:02d}-{0.end:02d}",
}


@lru_cache(maxsize=4096)
def year(value: int) -> Period:
    """Return the calendar year `value`."""
    return Period(PeriodKind.YEAR, value)


def is_iso_date(text: str) -> bool:
    """Return whether it is a day such as `2021-05-31`; other ISO forms are not for people."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


_CANONICAL = re.compile(
    r"(?P<year>[12]\d{3})"
    r"(?:/(?P<fiscal>\d{2})|H(?P<half>[12])|Q(?P<quarter>[1-4])|\.\.(?P<span>[12]\d{3})"
    r"|-(?P<month>\d{2})(?:\.\.(?P<ytd>\d{2})|-(?P<day>\d{2}))?)?"
)


@lru_cache(maxsize=65536)
def parse_period(text: str) -> Period | None:
    """Return the period that a *canonical* text names, or None. Texts of real tables are read by `sources`."""
    found = _CANONICAL.fullmatch(text)
    if found is None:
        return None
    start = int(found["year"])
    if found["fiscal"]:
        end = start + 1
        return Period(PeriodKind.FISCAL, start, 0, end) if end % 100 == int(found["fiscal"]) else None
    if found["half"]:
        return Period(PeriodKind.HALF, start, int(found["half"]))
    if found["quarter"]:
        return Period(PeriodKind.QUARTER, start, int(found["quarter"]))
    if found["span"]:
        return Period(PeriodKind.SPAN, start, 0, int(found["span"])) if int(found["span"]) > start else None
    if not found["month"]:
        return Period(PeriodKind.YEAR, start)
    month = int(found["month"])
    if not 1 <= month <= 12:
        return None
    if found["ytd"]:
        last = int(found["ytd"])
        return Period(PeriodKind.YTD, start, last) if month == 1 and 1 <= last <= 11 else None
    if found["day"]:
        day = int(found["day"])
        return Period(PeriodKind.DAY, start, month, day) if 1 <= day <= calendar.monthrange(start, month)[1] else None
    return Period(PeriodKind.MONTH, start, month)
