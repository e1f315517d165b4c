"""Period texts and cells to periods: headings as statistics tables write them, in Chinese and English.

A year-to-date never becomes a full year, a base such as `1978年=100` never becomes a period, and what is ambiguous on its
own (`2003-04`: April 2003, or the fiscal year 2003/04) is settled by the neighbours in `read_periods`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

from ipstrong.model.dataset import ValueStatus
from ipstrong.model.period import Period, PeriodKind
from ipstrong.model.script import CHINESE, is_chinese
from ipstrong.model.unit import parse_unit
from ipstrong.readers.grid import CellValue
from ipstrong.values import cell_marks as marks
from ipstrong.values.period_forms import FIRST_YEAR, LAST_YEAR, read_form

_LONGEST = 48
_PAIR = re.compile(r"([12][0-9]{3})\s*-\s*([0-9]{2})")
_DOTTED_MONTH = re.compile(r"([12][0-9]{3})\.([0-9]{1,2})")
_ONLY_DIGITS = re.compile(r"\s*(?:[0-9]+(?:\.[0-9]*)?|[(（][0-9]{4}[)）])\s*")
_IN_BRACKETS = re.compile(r"\(([12][0-9]{3}\s*年?)\)")
_FISCAL_WORD = re.compile(r"(?:fy|fiscal year)\s*")
_LEADING = re.compile(r"(?:截至|截止到|截止|calendar year|year ended|year|yr|cy)\s*(?=[0-9民一二])")
_TRAILING = re.compile(r"(?<=[年月度末底])(?:累计数|实际数|实际|实绩|数据|数值|数)$")
_WORLD_BANK = re.compile(r"\s*\[yr[0-9]{4}\]$")
_LETTER_FLAG = re.compile(r"(?<=^[0-9]{4})\s*[pefr]$")
_CHINESE_YEAR = re.compile("[一二][〇零○一二三四五六七八九]{3}(?=年)")
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_FOLD = {code: to for code, to in marks.FOLD.items() if code != ord("–")}
"""Like that of cells, but the en dash stays: it tells a fiscal year (2003–04) from a month (2003-04)."""
CHARACTERS = (
    "年度学月季半上下前个全末底终期累计至到日第份间平均民国國中华華截止实际数绩据值注〇零○一二三四五六七八九十两"
)
"""The Chinese characters of periods and of the words around them, brackets apart."""
_OTHER_WORD = re.compile(f"(?![{CHARACTERS}])[{CHINESE}]")
_BRACKET = re.compile(r"[(（\[［〔【]")
_FILLERS = frozenset({"年", "年度", "actual", "actuals", "人", "全年", "年末"})


def read_period(value: CellValue, *, year: int | None = None, numbers: bool = True) -> Period | None:
    """Return the period that a heading names, or None. Never raises.

    A date is a day (`regrain` turns a column of month ends into months). 2019, 2019.0 and `2019` are years; so is any plain
    number from 1900 to 2100, therefore pass `numbers=False` where the cell may be an ordinary value. Six digits such as
    201906 are a month only for the years 1950 to 2049, so that area codes are none. The end of December (`2019年12月末`)
    is the year; the first half (`上半年`) is a half, `1-6月` a year-to-date; `1-12月` is the year.

    Args:
        value: A cell.
        year: The year in force, for headings that leave it out: `1-9月`, `一季度`, `Q1`, `上半年`.
        numbers: Whether plain numbers, and texts that are plain numbers, may be years and months.
    """
    if isinstance(value, str):
        if len(value) > 2 * _LONGEST or (not numbers and _ONLY_DIGITS.fullmatch(marks.FOOTNOTE.sub("", value))):
            return None
        if _OTHER_WORD.search(value) and not _BRACKET.search(value):
            return None
        return _read_cached(value, year)
    if value is None or isinstance(value, bool | dt.time | dt.timedelta):
        return None
    if isinstance(value, dt.date):
        in_range = FIRST_YEAR <= value.year <= LAST_YEAR
        return Period(PeriodKind.DAY, value.year, value.month, value.day) if in_range else None
    if isinstance(value, int | float):
        is_period = numbers and 1900 <= value <= 21_000_000 and int(value) == value
        return _read_cached(str(int(value)), None) if is_period else None
    return None


@lru_cache(maxsize=65536)
def _read_cached(text: str, year: int | None) -> Period | None:
    body = _bare(text)
    if not body or len(body) > _LONGEST or "=" in body:
        return None
    without = _FISCAL_WORD.sub("", body, count=1) if body.startswith("f") else body
    return read_form(without, year, is_fiscal=without != body)


@lru_cache(maxsize=65536)
def _bare(text: str) -> str:
    """Return the text folded, in lower case, without footnotes, status words, units in brackets and filler around it."""
    body = text.translate(_FOLD).strip()
    if (whole := _IN_BRACKETS.fullmatch(body)) is not None:
        body = whole[1]
    for _ in range(4):
        before = body
        bracket = marks.END_BRACKET.search(body)
        if bracket is not None and bracket.start() > 0 and _is_filler(bracket["inside"].strip()):
            body = body[: bracket.start()]
        body = marks.FOOTNOTE.sub("", body).strip() or body
        if body == before:
            break
    body = body.lower()
    if body.endswith("]"):
        body = _WORLD_BANK.sub("", body)
    if any(map(str.isspace, body)):
        body = _drawn_together(body)
    body = _TRAILING.sub("", _LEADING.sub("", _LETTER_FLAG.sub("", body), count=1))
    return arabic_years(body).removeprefix("'").strip()


def arabic_years(text: str) -> str:
    """Return a text with its years in Arabic digits: `2019年` for `二〇一九年`."""
    if "年" not in text:
        return text
    return _CHINESE_YEAR.sub(lambda found: found[0].translate(_CHINESE_DIGITS), text)


def _drawn_together(body: str) -> str:
    """Return a text without the blanks next to Chinese characters."""
    out, *rest = re.split(r"(\s+)", body)
    for blank, after in zip(rest[::2], rest[1::2], strict=True):
        out += after if is_chinese(out[-1:]) or is_chinese(after[:1]) else blank + after
    return out


def _is_filler(inside: str) -> bool:
    return inside.lower() in marks.STATUS_WORDS or inside.lower() in _FILLERS or parse_unit(inside) is not None


def period_status(value: CellValue) -> ValueStatus:
    """Return how final a heading says its values are: `2020年(初步)` is provisional, `2021 (e)` an estimate."""
    if not isinstance(value, str) or len(value) > 2 * _LONGEST:
        return ValueStatus.FINAL
    body = marks.FOOTNOTE.sub("", value.translate(_FOLD).strip()).lower()
    word = ""
    if (bracket := marks.END_BRACKET.search(value.translate(_FOLD).strip().lower())) is not None:
        word = bracket["inside"].strip()
    elif (flag := _LETTER_FLAG.search(body)) is not None:
        word = flag[0].strip()
    return marks.STATUS_WORDS.get(word, (ValueStatus.FINAL, ""))[0]


def read_periods(values: Sequence[CellValue], *, year: int | None = None, numbers: bool = True) -> list[Period | None]:
    """Return the periods of a row or column of headings, settling by their neighbours what is ambiguous alone.

    `2003-04` is a fiscal year where all its neighbours of that form go on by one (`2003-04`, `2004-05`) or where an
    unmistakable fiscal year (`2003–04`, `2013-14`) is among them; otherwise a month. `2019.1` to `2019.12` are months
    where at least six of them occur together.
    """
    periods = [read_period(value, year=year, numbers=numbers) for value in values]
    texts = [_bare(value) if isinstance(value, str) and len(value) <= 2 * _LONGEST else "" for value in values]
    pairs = {index: match for index, text in enumerate(texts) if (match := _PAIR.fullmatch(text)) is not None}
    if pairs and _are_fiscal(list(pairs.values()), periods):
        for index, match in pairs.items():
            periods[index] = Period(PeriodKind.FISCAL, int(match[1]), 0, int(match[1]) + 1)
    _read_dotted(texts, periods)
    return periods


def _are_fiscal(pairs: Sequence[re.Match[str]], periods: Sequence[Period | None]) -> bool:
    if not all((int(pair[1]) + 1) % 100 == int(pair[2]) for pair in pairs):
        return False  # a real month among them
    return len({pair[1] for pair in pairs}) > 1 or any(p is not None and p.kind is PeriodKind.FISCAL for p in periods)


def _read_dotted(texts: Sequence[str], periods: list[Period | None]) -> None:
    dotted = {index: match for index, text in enumerate(texts) if (match := _DOTTED_MONTH.fullmatch(text)) is not None}
    if len({match[0] for match in dotted.values()}) < 6 or not all(
        1 <= int(match[2]) <= 12 for match in dotted.values()
    ):
        return
    for index, match in dotted.items():
        periods[index] = Period(PeriodKind.MONTH, int(match[1]), int(match[2]))


def regrain(periods: Sequence[Period | None]) -> list[Period | None]:
    """Return dates as the grain they mean: runs of year ends as years, of quarter ends as quarters, of month ends as months.

    All dates must be first days, or all last days, of their months, each month once; otherwise, and for a single date,
    nothing changes.
    """
    days = {period for period in periods if period is not None and period.kind is PeriodKind.DAY}
    if len(days) < 2 or not _at_month_edges(days) or len({(day.year, day.part) for day in days}) != len(days):
        return list(periods)
    at_start = all(day.end == 1 for day in days)
    parts = {day.part for day in days}
    if parts == ({1} if at_start else {12}):
        kind, size = PeriodKind.YEAR, 12
    elif len(parts) > 1 and parts <= ({1, 4, 7, 10} if at_start else {3, 6, 9, 12}):
        kind, size = PeriodKind.QUARTER, 3
    else:
        kind, size = PeriodKind.MONTH, 1
    return [_grained(period, kind, size) if period is not None else None for period in periods]


def _grained(period: Period, kind: PeriodKind, size: int) -> Period:
    if period.kind is not PeriodKind.DAY:
        return period
    return Period(kind, period.year, 0 if size == 12 else (period.part - 1) // size + 1)


def _at_month_edges(days: set[Period]) -> bool:
    if all(day.end == 1 for day in days):
        return True
    return all((day.last_day + dt.timedelta(days=1)).day == 1 for day in days)
