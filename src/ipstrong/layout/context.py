"""What the lines around a table say of the whole of it: title, unit, region, period."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import PurePath

from ipstrong.layout.labels import clean_unit, is_unit, split_unit, tidy, unit_line
from ipstrong.layout.marks import Kind, MarkedGrid
from ipstrong.layout.words import KEY_LINE, NOTE_LINE, Role, role_of
from ipstrong.model.period import Period, PeriodKind
from ipstrong.model.script import has_chinese
from ipstrong.values.periods import arabic_years, read_period

FindRegion = Callable[[str], str | None]
"""Returns the one region that a longer text names, or None."""


@dataclass(slots=True)
class Context:
    """The lines above a table, understood."""

    title: str = ""
    label: str | None = None
    """From a line such as `指标：地区生产总值(亿元)`."""
    unit: str | None = None
    units: tuple[str, ...] = ()
    region: str | None = None
    period: Period | None = None
    is_continued: bool = False
    """Whether a line says that the table goes on from the page before: `续表`."""
    lines: list[str] = field(default_factory=list)


def read_context(sheet: MarkedGrid, titles: Iterable[int], first: int, last: int) -> Context:
    """Return what the title rows over a table say."""
    context = Context()
    units: list[str] = []
    for row in titles:
        texts = [
            mark.text for column in range(first, last + 1) if (mark := sheet.at(row, column)).kind is not Kind.BLANK
        ]
        if len(texts) == 2 and role_of(texts[0]) is not None and not texts[1].startswith(("单位", "單位")):
            texts = [f"{texts[0].rstrip(':：')}：{texts[1]}"]
        for text in texts:
            _read_line(context, units, text)
        context.is_continued = context.is_continued or any(map(_CONTINUATION.search, texts))
    context.units = _in_one_language(tuple(dict.fromkeys(units)))
    context.unit = context.units[0] if len(context.units) == 1 else None
    context.title = _title(context.lines)
    if context.unit is None and not context.units:
        context.unit = split_unit(context.label or context.title).unit or _bracketed_unit(context.lines)
    if context.period is None:
        context.period = find_period(" ".join(context.lines))
    return context


def _read_line(context: Context, units: list[str], text: str) -> None:
    found = unit_line(text)
    if found and (len(found) > 1 or not context.lines or len(text) < 40):
        units.extend(found)
        if is_unit(text) or _SAYS_UNIT.match(text):
            return
    key = KEY_LINE.match(text)
    role = role_of(key["key"]) if key else None
    if key and role is Role.LABEL:
        context.label = key["value"]
    elif key and role is Role.REGION:
        context.region = tidy(key["value"])
    elif key and role is Role.PERIOD:
        period = read_period(key["value"])
        context.period = period if period is not None and period.kind is not PeriodKind.SPAN else None
    elif (
        _CONTINUED.fullmatch(text.strip())
        or NOTE_LINE.match(text)
        or (key and (role is not None or key["key"] in _KEYS))
    ):
        return
    else:
        context.lines.append(text)


def _in_one_language(units: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the English name of a unit next to its Chinese one: `单位：万人`, `(10 000 persons)`."""
    chinese = tuple(unit for unit in units if has_chinese(unit))
    foreign = [unit for unit in units if any(char.isascii() and char.isalpha() for char in unit)]
    return chinese if chinese and foreign and len(foreign) <= len(chinese) else units


def _bracketed_unit(lines: list[str]) -> str | None:
    """Return the one unit in brackets in the title lines."""
    found = {clean_unit(inner) for line in lines for inner in _BRACKETS.findall(line) if is_unit(inner)}
    return found.pop() if len(found) == 1 else None


_SAYS_UNIT = re.compile(r"^\s*[（(]?\s*(?:计量)?(?:单位|單位|units?\b)", re.IGNORECASE)
_BRACKETS = re.compile(r"[（(\[]([^（）()\[\]]{1,24})[)）\]]")
_KEY_WORDS = "数据库 数据集 频率 表号 制定机关 制表机关 批准机关 批准文号 文号 有效期至 填报单位 综合机关名称"
_KEYS = frozenset(_KEY_WORDS.split())
_TABLE_NUMBER = re.compile(
    r"^\s*(?:(?:续?附?表|table)\s*[\d一二三四五六七八九十]+(?:[-.．－—]\d+)*|\d{1,2}(?:[-.．－—]\d{1,2}){1,3}(?=\D))[\s:：.、—–-]*",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"[（(]?(?:续表?|continued|cont'?d)[\s\d一二三四]*[)）]?\s*$", re.IGNORECASE)


_CONTINUATION = re.compile(
    r"^\s*[（(]?续|[（(]\s*(?:续表?|continued|cont'?d)[\s\d一二三四.]*[)）]\s*$|续表\s*\d*\s*$",
    re.IGNORECASE,
)


def _title(lines: list[str]) -> str:
    """Return the line with a table number, else the first that says something; without the number."""
    for line in sorted(lines, key=lambda line: _TABLE_NUMBER.match(line) is None):
        bare = _CONTINUED.sub("", _TABLE_NUMBER.sub("", line)).strip()
        if (
            len(bare) > 1 + (not has_chinese(bare))
            and not _NUMBER.fullmatch(bare)
            and not is_unit(bare)
            and read_period(bare) is None
        ):
            return tidy(bare)
    return ""


_NUMBER = re.compile(r"[\d.\s]+")
_PERIODS = re.compile(
    r"(?<!\d)(?:19|20)\d{2}\s*年\s*(?:\d{1,2}\s*月?\s*[-—–~至到]\s*\d{1,2}\s*月|\d{1,2}\s*月[末底]?|第?[一二三四1-4]\s*季度|前[一二三]季度|[上下]半年)?"
    r"|(?<![\d.])(?:19|20)\d{2}(?:Q[1-4]|H[12])?(?![\d.年=＝])|民[国國]\s*\d{1,3}\s*年"
)
_RUN = re.compile(
    r"(?:19|20)\d{2}\s*年?\s*(?:[-—–~至到]|to)\s*(?:19|20)\d{2}|(?:19|20)\d{2}\s*年?\s*[=＝]\s*100|(?:19|20)\d{2}\s*年?\s*(?:不变价|可比价|以来)",
    re.IGNORECASE,
)


def find_period(text: str) -> Period | None:
    """Return the one period that a title names; None where it names several, a run of years or a price base."""
    bare = _RUN.sub(" ", arabic_years(text.translate(_NARROW)))
    if _LOOSE_PART.search(_PERIODS.sub(" ", bare)):
        return None
    found = {period for match in _PERIODS.findall(bare) if (period := read_period(match)) is not None}
    years = {period.year for period in found}
    if len(years) != 1:
        return None
    finer = [period for period in found if period.kind is not PeriodKind.YEAR]
    if len(finer) > 1:
        return None
    return finer[0] if finer else next(iter(found))


_NARROW = {0xFF10 + digit: ord("0") + digit for digit in range(10)}
_LOOSE_PART = re.compile(
    r"[一二三四\d]\s*季度|\d\s*月|半年|\b(?:quarter|half|q[1-4]|january|february|march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
"""A part of a year that was not read together with its year: the whole year would be wrong."""
_DEFAULT_SHEET = re.compile(
    r"^(?:sheet|feuil|tabelle|hoja|лист|工作表|表|page|data|数据|chart)\s*[\d._-]*$", re.IGNORECASE
)


def says_nothing(sheet: str) -> bool:
    """Whether the name of a sheet is one that programs give: `Sheet1`."""
    return _DEFAULT_SHEET.match(sheet.strip()) is not None


def name_of(file: str, sheet: str | None) -> str:
    """Return the name a table has where no title says it: its sheet's, else its file's."""
    if sheet and not says_nothing(sheet):
        return tidy(sheet)
    return "" if file == "-" else PurePath(file).stem
