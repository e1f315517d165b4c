"""Label texts: drawn together, freed of leader dots, split from their unit."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ipstrong.model.script import CHINESE, has_chinese, is_chinese
from ipstrong.model.unit import parse_unit

_WRAP = re.compile(rf"(?<=[{CHINESE}])\s*[\r\n]+\s*(?=[{CHINESE}])")
_LEADER = re.compile(r"(?:[.．·]{3,}|…+|_{3,})\s*$")
_BLANKS = re.compile(r"[\s\u00a0\u3000\u200b\ufeff]+")


@lru_cache(maxsize=65536)
def tidy(text: str) -> str:
    """Return a label on one line: wrapped and spread Chinese joined (`合　计`), blanks single, leader dots gone."""
    joined = text.strip()
    if "\n" in joined or "\r" in joined:
        joined = _WRAP.sub("", joined)
    joined = _LEADER.sub("", joined)
    joined = _BLANKS.sub(" ", joined).strip()
    return _draw_together(_SPREAD_YEAR.sub(_year_together, joined)) if " " in joined else joined


_SPREAD_YEAR = re.compile(r"(?<![\d.])([12１２]) (\d) (\d) (\d)(?= ?年)")
"""A year that typography set apart: `2 0 1 9 年`."""


def _year_together(found: re.Match[str]) -> str:
    return "".join(found.groups())


def _draw_together(text: str) -> str:
    """Join Chinese characters that typography set apart: single characters between blanks."""
    pieces = text.split(" ")
    out = pieces[0]
    for before, after in pairwise(pieces):
        spread = is_chinese(before[-1:]) and is_chinese(after[:1]) and (_lone(before) or _lone(after))
        out += after if spread else f" {after}"
    return out


def _lone(piece: str) -> bool:
    """Whether a piece is one Chinese character, brackets behind it not counted: `數（人）`."""
    return len(re.split(r"[（(\[【]", piece, maxsplit=1)[0]) == 1


_INDENT = re.compile(r"^[\s\u00a0\u3000]*")


def indent_of(text: str) -> int:
    """Return how many blanks precede the text; an ideographic blank counts for two."""
    lead = _INDENT.match(text)
    return sum(2 if char == "\u3000" else 1 for char in lead.group()) if lead else 0


_MAGNITUDE = r"(?:thousands?|millions?|billions?|trillions?|hundreds?|'?000'?s?|mn|bn|m|k)"
_CURRENCY = r"(?:£|\$|€|¥|₩|₹|us\$|a\$|au\$|c\$|nz\$|hk\$|nt\$|s\$|usd|eur|gbp|aud|cad|jpy|rmb|cny|yuan|dollars?|euros?|pounds?)"
_THING = (
    r"(?:persons?|people|inhabitants|households?|families|cases?|pieces?|units?|items?|sets?|tonnes?|tons?|kg|km2?|hectares?|"
    r"hours?|days?|years?|visits?|nights?|trips?|passengers?|vehicles?|students?|pupils?|patents?|applications?|firms?|"
    r"enterprises?|companies|jobs|kwh|mwh|gwh|barrels?|litres?|index|index numbers?|index points?|percent|per ?cent|percentage)"
)
_WESTERN = re.compile(
    rf"(?:{_CURRENCY}\s*{_MAGNITUDE}?|{_MAGNITUDE}(?:\s+(?:of\s+)?(?:{_CURRENCY}|{_THING}))?|{_THING}"
    rf"|{_CURRENCY}\s*{_MAGNITUDE}?\s*(?:per|/)\s*[a-z]+|(?:per|/)\s*[\d,.]*\s*[a-z]*\s*{_THING}|{_THING}\s*per\s+[\w ,]+"
    rf"|\d[\d ,]*\s*(?:{_THING}|{_CURRENCY})|percentage points?|ppts?|pp)",
    re.IGNORECASE,
)
_SCALE_WORDS = "万亿 千亿 百亿 十亿 亿 千万 百万 十万 万 千 百 十 億 萬"
_SCALES = ("", *_SCALE_WORDS.split())
_COUNTED_WORDS = (
    "美金 日元 欧元 英镑 件 家 个 個 项 項 户 戶 笔 单 只 台 辆 艘 架 架次 所 座 幢 套 部 册 份 张 次 起 例 条 批 宗 处 枚 间 株 头 人 口 名 位 人次 "
    "人天 人日 车次 班次 种 种次 床 张床 天 日 小时 分钟 秒 岁 年 月 公里 千米 米 厘米 毫米 平方公里 平方千米 平方米 平方厘米 立方米 立方公里 公顷 亩 公斤 "
    "千克 克 吨 吨标准煤 吨标煤 公吨 吨公里 人公里 千瓦 千瓦时 千瓦小时 度 瓦 兆瓦 升 毫升 标准箱 标箱 箱 瓶 盒 包 匹 双 对 支 根 片 块 颗 粒 重量箱 量 场 "
    "场次 届 期 篇 本 字 点 分 分贝 毫克 微克 摄氏度 ℃ 倍 百分点 个百分点 ‰ % ％ TEU"
)
_COUNTED = frozenset(_COUNTED_WORDS.split()) | frozenset(
    f"{whose}{coin}{of}"
    for whose in ("", "人民币", "美", "日", "欧", "港", "新台币", "英镑", "新臺幣")
    for coin in "元圆圓"
    for of in ("", "人民币")
)
_CROWDS = frozenset({"百人", "千人", "百户", "周", *(f"{scale}人口" for scale in _SCALES)})
"""What may follow a stroke and is no unit by itself."""
_STROKES = frozenset("/每／")


@lru_cache(maxsize=16384)
def is_unit(text: str) -> bool:
    """Whether a text is a unit and nothing else, as statistics print it: `亿元`, `件/万人`, `£ million`, `Percent`.

    `% of GDP` and `% change` are none: they say what is measured, and stay in its label.
    """
    name = unicodedata.normalize("NFKC", text).strip().strip("()[]").strip()
    if not name or len(name) > 30 or name.isdigit():
        return False
    if parse_unit(name) is not None:
        return name.lower() not in {"rank", "times", "t", "十", "百"}
    if len(name) == 1 and name.isascii() and name.isalpha():
        return False
    if _is_counted(name) or _is_quotient(name):
        return True
    is_western = (name[0].isascii() or name[0] in "£€¥₩₹") and not (
        has_chinese(name) and _WORDS_MAY_FOLLOW.isdisjoint(name)
    )
    return is_western and bool(_WESTERN.fullmatch(name))


_WORDS_MAY_FOLLOW = frozenset("eE")
"""Any words may follow `per` in a western unit, even Chinese ones."""


def _is_counted(name: str) -> bool:
    """Whether a name is a Chinese unit, with or without a scale: `件`, `亿元`."""
    return any(name.startswith(scale) and name[len(scale) :] in _COUNTED for scale in _SCALES)


def _is_quotient(name: str) -> bool:
    """Whether a name is one unit over another: `件/万人`, `元每平方米`."""
    return any(
        char in _STROKES
        and _is_counted(name[:place])
        and (_is_counted(name[place + 1 :]) or name[place + 1 :] in _CROWDS)
        for place, char in enumerate(name)
    )


def is_name_too(text: str) -> bool:
    """Whether a unit is as well the name of a thing: `Patents`, `Enterprises`; never `persons` or `%`."""
    return parse_unit(text) is None and text.replace(" ", "").isascii() and text.replace(" ", "").isalpha()


def clean_unit(text: str) -> str:
    """Return a unit as printed, half width and without brackets; words for percent become `%`."""
    name = _BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).strip()
    if name[:1] in "([" and name[-1:] in ")]":
        name = name[1:-1].strip()
    unit = parse_unit(name)
    if unit is not None and unit.is_percent and unit.factor == 1:
        return "%"
    return name


class Named(NamedTuple):
    """A label and the unit that was written in it."""

    label: str
    unit: str | None


_TAIL_BRACKET = re.compile(
    r"^(?P<head>.*?)\s*[（(\[【](?P<inner>[^（）()\[\]【】]*(?:[（(][^（）()]*[)）][^（）()\[\]【】]*)?)[)）\]】](?P<tail>[^（）()\[\]【】]{0,24})$",
    re.DOTALL,
)
_TWIN_BRACKETS = re.compile(
    rf"^(?P<head>[^（(]*)[（(](?P<unit>[^（）()]+)[)）](?P<between>[^（）(){CHINESE}]*)[（(](?P<other>[^（）(){CHINESE}]+)[)）]$"
)
"""A name and its translation, each with the unit behind it: `申请量(件) Applications (piece)`, `(件) (piece)`."""
_FOOT = re.compile(r"^[\s\d*†‡①-⑳ⅠⅡⅢⅳiaⅰbc、,]{0,4}$")
_SUFFIX = re.compile(r"^(?P<head>.*\S)[_＿](?P<unit>[^_＿]+)$", re.DOTALL)
_GROUPING = r"(?<=\d),(?=\d{3}(?!\d))"
"""The comma within `10,000 people`, which parts no name from its unit."""
_COMMA = re.compile(
    rf"^(?P<head>.*\S)\s*(?:(?!{_GROUPING})[，,;；:：]|—|--)\s*(?P<unit>(?:[^，,;；:：]|{_GROUPING})+)$", re.DOTALL
)
_PERCENT_TAIL = re.compile(r"^(?P<head>.*[^\d\s±+\-_＿,，;；(（/])\s*[±+\-]{0,3}\s*(?P<sign>[%％‰])$", re.DOTALL)
_UNIT_WORD = re.compile(r"^(?:计量)?(?:单位|單位|units?)\s*[:：]?\s*", re.IGNORECASE)


@lru_cache(maxsize=65536)
def split_unit(text: str) -> Named:
    """Return the label without the unit in its last brackets, or after a low line or comma.

    Brackets that hold anything else stay part of the label: `(1978年=100)`, `(年内累计)`.
    """
    label = tidy(text)
    twin = _TWIN_BRACKETS.match(label) if label.count("(") + label.count("（") > 1 else None
    if twin is not None and has_chinese(twin["unit"]) and is_unit(twin["unit"]) and is_unit(twin["other"]):
        return Named(tidy(f"{twin['head']} {twin['between']}"), clean_unit(twin["unit"]))
    found = _TAIL_BRACKET.match(label)
    if found is not None:
        named = _bracket_unit(found["head"], found["inner"], found["tail"])
        if named is not None:
            return named
    percent = _PERCENT_TAIL.match(label)
    if percent is not None:
        return Named(percent["head"].strip(), "%" if percent["sign"] in "%％" else "‰")
    suffix = _SUFFIX.match(label)
    if suffix is not None and is_unit(suffix["unit"]):
        return Named(suffix["head"].strip(), clean_unit(suffix["unit"]))
    comma = _COMMA.match(label)
    if comma is not None and is_unit(comma["unit"]) and not comma["unit"].strip().isdigit():
        return Named(comma["head"].strip(), clean_unit(comma["unit"]))
    return Named(label, None)


_COMMAS = str.maketrans("，;；、", ",,,,")


def _bracket_unit(head: str, inner: str, tail: str) -> Named | None:
    bare = _UNIT_WORD.sub("", inner).strip().lstrip("±")
    if is_unit(bare):
        rest = "" if _FOOT.match(tail) else tail
        label = (
            head if not rest else f"{head}{rest}" if not rest[:1].isalnum() or is_chinese(rest[0]) else f"{head} {rest}"
        )
        return Named(tidy(label), clean_unit(bare)) if label.strip() else None
    parts = [part.strip() for part in bare.translate(_COMMAS).split(",")]
    units = [part for part in parts if is_unit(part)]
    if len(parts) > 1 and len(units) == 1:
        kept = (
            "，".join(part for part in parts if part != units[0])
            if has_chinese(bare)
            else ", ".join(part for part in parts if part != units[0])
        )
        return Named(f"{head}({kept}){tail}".strip(), clean_unit(units[0]))
    return None


_UNIT_LINE = re.compile(
    r"(?:计量单位|单位|單位|units?(?: of measure(?:ment)?)?)\s*[:：]\s*(?P<units>[^\n]+)", re.IGNORECASE
)
_UNIT_SPLIT = re.compile(rf"[;；、，,]|\s{{2,}}|\s+(?=[{CHINESE}%‰])")


@lru_cache(maxsize=4096)
def unit_line(text: str) -> tuple[str, ...]:
    """Return the units of a line such as `单位：人；‰` or `（单位：万元）`; empty when it is no unit line."""
    found = _UNIT_LINE.search(text)
    if found is None:
        bare = text.strip()
        return (clean_unit(bare),) if bare and is_unit(bare) else ()
    inner = found["units"].strip().rstrip(")）]】").strip()
    if is_unit(inner):
        return (clean_unit(inner),)
    units = [piece.strip() for piece in _UNIT_SPLIT.split(inner) if piece.strip()]
    return tuple(clean_unit(unit) for unit in units if is_unit(unit)) or (
        (clean_unit(inner),) if len(inner) <= 12 else ()
    )


_RATES = re.compile(
    r"增长|增速|比重|占比|同比|环比|比上年|指数|构成|率|位次|名次|排名|每[十百千]?万人"
    r"|\b(?:rates?|shares?|per ?cent|percentage|growth|change|index|ratio|rank(?:ing)?)\b",
    re.IGNORECASE,
)


def is_rate(label: str, unit: str) -> bool:
    """Whether a label speaks of a rate or share, to which a unit line such as `单位：亿元` does not apply."""
    parsed = parse_unit(unit)
    if parsed is None or parsed.dimension in {"%", "pp", ""}:
        return False
    return _RATES.search(label) is not None
