"""The written forms of periods, once footnotes, status words and filler are gone: a grammar of small patterns.

A heading is a year and a part of it, in either order (`2019年1-9月`, `Q1 2019`), or a purely numeric form (`2019-06`,
`2003–04`, `2010-2020`). `periods` strips what surrounds a heading and settles what is ambiguous.
"""

from __future__ import annotations

import calendar
import re

from ipstrong.model.period import Period, PeriodKind, parse_period, year

FIRST_YEAR, LAST_YEAR = 1800, 2200
"""Years of texts that say they are one (`1978年`); plain numbers must lie between 1900 and 2100."""

_DASH = r"\s*(?:-|–|—|~|至|到|to|\.\.)+\s*"
_WORDS = {
    word: n
    for n, word in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], start=1)
}
_MONTH_NAMES = (
    "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|oct october|"
    "nov november|dec december"
)
_MONTHS = {name: n for n, names in enumerate(_MONTH_NAMES.split("|"), start=1) for name in names.split()}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_NUMBERS = {
    **{str(n): n for n in range(13)},
    **{f"{n:02d}": n for n in range(13)},
    **_WORDS,
    **_MONTHS,
    **_ORDINALS,
    "两": 2,
}

_M = "(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_NAME = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_IN_NAMES = "aeou"
"""Each name of a month has one of these letters."""
_AT_END = "(?:末|底|月末|月底|份末|份底|end)?"

_YEAR_FIRST = re.compile(r"([12][0-9]{3})\s*(年度|年|学年)?[\s,_-]*(.*)")
_MINGUO = re.compile(r"(?:中华|中華)?民[国國]\s*([0-9]{1,3})\s*年度?\s*(.*)")
_YEAR_LAST = re.compile(r"(.*?)[\s,_/'-]*([12][0-9]{3})")
_SHORT_YEAR_LAST = re.compile(_NAME + r"[\s'-]+([0-9]{2})")

_WHOLE = re.compile("(?:全年|末|底|终|年末|年底|年终|期末|全年累计|a|annual|end|end of|year end)?")
_HALF = re.compile(
    r"(?P<zh>[上下])半年(?:累计|末|底)?|[hs](?P<after>[12])|(?P<before>[12])h|(?P<word>first|second|1st|2nd) half",
)
_QUARTER = re.compile(
    rf"第?([一二三四1-4])季度?{_AT_END}|q(?:tr\s*)?([1-4])|([1-4])q|qtr\s*([1-4])|quarter ([1-4])|(first|second|third|fourth|1st|2nd|3rd|4th) quarter",
)
_QUARTERS_TO_DATE = re.compile(rf"前([二两三2-4四])个?季度|[一1](?:季度)?{_DASH}([二三四2-4])季度(?:累计)?")
_MONTH = re.compile(rf"{_M}月(?:份)?(?P<end>{_AT_END})|m(1[0-2]|0?[1-9])|{_NAME}")
_MONTHS_RANGE = re.compile(rf"{_M}(?:月份?)?{_DASH}{_M}月份?(?:累计|末|底)?|{_NAME}{_DASH}{_NAME}")
_MONTHS_TO_DATE = re.compile(rf"前{_M}个?月(?:累计)?|{_M}月(?:份)?累计")
_DAY = re.compile(
    r"(1[0-2]|0?[1-9])月([0-9]{1,2})日|"
    + _NAME
    + r"\s*([0-9]{1,2})(?:st|nd|rd|th)?,?|([0-9]{1,2})(?:st|nd|rd|th)?\s*"
    + _NAME,
)

_PLAIN_YEAR = re.compile(r"(19[0-9]{2}|20[0-9]{2}|2100)(?:\.0+)?")
_NUMERIC_DATE = re.compile(r"([12][0-9]{3})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[ t][0-9:.]+)?")
_NUMERIC_MONTH = re.compile(r"([12][0-9]{3})(?:[-/]([0-9]{1,2})|\.([01][0-9]))")
_DENSE = re.compile(r"(19[5-9][0-9]|20[0-4][0-9])(0[1-9]|1[0-2])([0-3][0-9])?")
_SPAN = re.compile(rf"([12][0-9]{{3}})年?(?:{_DASH}|/)([12][0-9]{{3}})年?(学年)?(?:期间|间|平均|年均)?")
_YEAR_TO_DATE = re.compile(r"([12][0-9]{3})[-/.]0?1[-–—~.]+(?:\1[-/.])?(1[0-2]|0?[1-9])")
_FISCAL = re.compile(r"([12][0-9]{3})\s*([-–—/])\s*([0-9]{2})(?:学年|年度|年)?")


def read_form(body: str, year_in_force: int | None, *, is_fiscal: bool) -> Period | None:
    """Return the period of a bare heading in lower case, or None.

    Args:
        body: The heading without marks.
        year_in_force: The year for headings that name only a part of one.
        is_fiscal: Whether the heading said FY, so that `2018-19` and even `2003-04` are fiscal years.
    """
    if (plain := _PLAIN_YEAR.fullmatch(body)) is not None:
        return year(int(plain[1]))
    if body.isdigit():
        return _dense(body)
    found = _fiscal(body, is_fiscal=is_fiscal) or _numeric(body)
    if found is not None:
        return found
    return _worded(body, year_in_force)


def _dense(body: str) -> Period | None:
    found = _DENSE.fullmatch(body)
    if found is None:
        return None
    if found[3] is None:
        return Period(PeriodKind.MONTH, int(found[1]), int(found[2]))
    return _day(int(found[1]), int(found[2]), int(found[3]))


def _fiscal(body: str, *, is_fiscal: bool) -> Period | None:
    found = _FISCAL.fullmatch(body)
    if found is None or (int(found[1]) + 1) % 100 != int(found[3]):
        return None
    may_be_month = found[2] == "-" and 1 <= int(found[3]) <= 12
    if may_be_month and not is_fiscal and body[-1].isdigit():
        return None
    return Period(PeriodKind.FISCAL, int(found[1]), 0, int(found[1]) + 1)


def _numeric(body: str) -> Period | None:
    if (date := _NUMERIC_DATE.fullmatch(body)) is not None:
        return _day(int(date[1]), int(date[3]), int(date[4]))
    if (to_date := _YEAR_TO_DATE.fullmatch(body)) is not None:
        return _months(int(to_date[1]), 1, int(to_date[2]))
    if (month := _NUMERIC_MONTH.fullmatch(body)) is not None:
        number = int(month[2] or month[3])
        is_month = 1 <= number <= 12 and FIRST_YEAR <= int(month[1]) <= LAST_YEAR
        return Period(PeriodKind.MONTH, int(month[1]), number) if is_month else None
    if (span := _SPAN.fullmatch(body)) is not None:
        first, last = int(span[1]), int(span[2])
        if span[3] and last == first + 1:
            return Period(PeriodKind.FISCAL, first, 0, last)
        return Period(PeriodKind.SPAN, first, 0, last) if FIRST_YEAR <= first < last <= LAST_YEAR else None
    canonical = parse_period(body)
    return canonical if canonical is not None and FIRST_YEAR <= canonical.year <= LAST_YEAR else None


def _worded(body: str, year_in_force: int | None) -> Period | None:
    if (minguo := _MINGUO.fullmatch(body)) is not None:
        return _part(minguo[2], 1911 + int(minguo[1]), says_year=True)
    if (first := _YEAR_FIRST.fullmatch(body)) is not None:
        start = int(first[1])
        if not FIRST_YEAR <= start <= LAST_YEAR:
            return None
        return _part(first[3], start, says_year=first[2] is not None)
    if (last := _YEAR_LAST.fullmatch(body)) is not None and FIRST_YEAR <= int(last[2]) <= LAST_YEAR:
        return _part(last[1], int(last[2]), says_year=False)
    if (short := _SHORT_YEAR_LAST.fullmatch(body)) is not None:
        century = 1900 if int(short[2]) >= 50 else 2000
        return Period(PeriodKind.MONTH, century + int(short[2]), _MONTHS[short[1]])
    return _part(body, year_in_force, says_year=True) if year_in_force is not None and body else None


def _part(rest: str, start: int, *, says_year: bool) -> Period | None:
    """Return the part of the year `start` that `rest` names."""
    if (_WHOLE.fullmatch(rest)) is not None:
        return year(start) if says_year or rest else None
    if (half := _HALF.fullmatch(rest)) is not None:
        if half["zh"]:
            return Period(PeriodKind.HALF, start, 1 if half["zh"] == "上" else 2)
        return Period(PeriodKind.HALF, start, _number(half["after"] or half["before"] or half["word"]))
    if (quarter := _QUARTER.fullmatch(rest)) is not None:
        return Period(PeriodKind.QUARTER, start, _number(_matched(quarter)))
    if (quarters := _QUARTERS_TO_DATE.fullmatch(rest)) is not None:
        return _months(start, 1, 3 * _number(_matched(quarters)))
    if (to_date := _MONTHS_TO_DATE.fullmatch(rest)) is not None:
        return _months(start, 1, _number(_matched(to_date)))
    if (range_ := _MONTHS_RANGE.fullmatch(rest)) is not None:
        first, last = range_.group(1, 2) if range_[1] else range_.group(3, 4)
        return _western_months(start, first, last) if range_[3] else _months(start, _number(first), _number(last))
    if (month := _MONTH.fullmatch(rest)) is not None:
        number = _number(month[1] or month[3] or month[4])
        return year(start) if number == 12 and month["end"] else Period(PeriodKind.MONTH, start, number)
    if (day := _DAY.fullmatch(rest)) is not None:
        words = [group for group in day.groups() if group]
        month_word, day_word = (words[1], words[0]) if day[5] else (words[0], words[1])
        return _day(start, _number(month_word), int(day_word))
    return None


def _matched(found: re.Match[str]) -> str:
    return next(group for group in found.groups() if group)


def _number(word: str) -> int:
    return _NUMBERS[word]


def _months(start: int, first: int, last: int) -> Period | None:
    """Return a range of months: from January the year to date (or the year), otherwise a whole quarter or half."""
    if first == 1 and last == 12:
        return year(start)
    if first == 1:
        return Period(PeriodKind.YTD, start, last) if last > 1 else Period(PeriodKind.MONTH, start, 1)
    if (last - first, first % 3) == (2, 1):
        return Period(PeriodKind.QUARTER, start, last // 3)
    return Period(PeriodKind.HALF, start, 2) if (first, last) == (7, 12) else None


def _western_months(start: int, first: str, last: str) -> Period | None:
    """Return `Jan-Mar` as a quarter, as Western releases mean it, and longer ranges from January as year to date."""
    if (_number(first), _number(last)) == (1, 3):
        return Period(PeriodKind.QUARTER, start, 1)
    return _months(start, _number(first), _number(last))


def _day(start: int, month: int, day: int) -> Period | None:
    if not (FIRST_YEAR <= start <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(start, month)[1]):
        return None
    return Period(PeriodKind.DAY, start, month, day)
