"""Units: a dimension and a power-of-ten factor. They convert within a dimension and refuse across dimensions.

Chinese counters are dimensions of their own (件 is not 家), percent and percentage points are two dimensions, and a
quotient such as 件/万人 has the dimension `件/人`.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit of measurement."""

    text: str
    """As written, normalised (full-width folded, blanks removed at the ends)."""
    dimension: str
    """What can be converted into each other: `件`, `人`, `元`, `%`, `pp`, `件/人`; empty for a pure number."""
    factor: Decimal
    """How many base units of the dimension one of this unit is."""

    def __str__(self) -> str:
        """Return the unit as written."""
        return self.text

    @property
    def is_percent(self) -> bool:
        """Whether it is a share or rate in percent (or per mille)."""
        return self.dimension == "%"


NO_UNIT = Unit("", "", Decimal(1))
PERCENT = Unit("%", "%", Decimal(1))
PERCENTAGE_POINT = Unit("个百分点", "pp", Decimal(1))
PLACE = Unit("位", "位", Decimal(1))

MULTIPLIERS: dict[str, Decimal] = {
    "万亿": Decimal(10**12),
    "千亿": Decimal(10**11),
    "百亿": Decimal(10**10),
    "十亿": Decimal(10**9),
    "亿": Decimal(10**8),
    "千万": Decimal(10**7),
    "百万": Decimal(10**6),
    "十万": Decimal(10**5),
    "万": Decimal(10**4),
    "千": Decimal(10**3),
    "百": Decimal(10**2),
    "十": Decimal(10),
}
"""Chinese number words that stand before a counter, longest first."""

_TRADITIONAL = str.maketrans({"萬": "万", "億": "亿", "個": "个", "戶": "户", "項": "项", "筆": "笔", "圓": "元"})

_ENGLISH_MULTIPLIERS = {
    "hundred": Decimal(100),
    "thousand": Decimal(10**3),
    "thousands": Decimal(10**3),
    "000s": Decimal(10**3),
    "million": Decimal(10**6),
    "millions": Decimal(10**6),
    "billion": Decimal(10**9),
    "billions": Decimal(10**9),
    "trillion": Decimal(10**12),
}

_PLAIN: dict[str, tuple[str, str]] = {
    # written form: (dimension, factor)
    "%": ("%", "1"),
    "percent": ("%", "1"),
    "per cent": ("%", "1"),
    "pct": ("%", "1"),
    "百分比": ("%", "1"),
    "‰": ("%", "0.1"),
    "千分比": ("%", "0.1"),
    "per mille": ("%", "0.1"),
    "个百分点": ("pp", "1"),
    "百分点": ("pp", "1"),
    "percentage points": ("pp", "1"),
    "percentage point": ("pp", "1"),
    "pp": ("pp", "1"),
    "元": ("元", "1"),
    "人民币元": ("元", "1"),
    "yuan": ("元", "1"),
    "cny": ("元", "1"),
    "rmb": ("元", "1"),
    "美元": ("美元", "1"),
    "usd": ("美元", "1"),
    "us$": ("美元", "1"),
    "us dollars": ("美元", "1"),
    "人": ("人", "1"),
    "persons": ("人", "1"),
    "person": ("人", "1"),
    "people": ("人", "1"),
    "口": ("人", "1"),
    "人次": ("人次", "1"),
    "名": ("人", "1"),
    "位次": ("位", "1"),
    "位": ("位", "1"),
    "名次": ("位", "1"),
    "rank": ("位", "1"),
    "倍": ("倍", "1"),
    "times": ("倍", "1"),
    "吨": ("吨", "1"),
    "t": ("吨", "1"),
    "tonnes": ("吨", "1"),
    "公斤": ("吨", "0.001"),
    "千克": ("吨", "0.001"),
    "平方公里": ("平方米", "1000000"),
    "平方千米": ("平方米", "1000000"),
    "平方米": ("平方米", "1"),
    "公顷": ("平方米", "10000"),
    "km2": ("平方米", "1000000"),
    "ha": ("平方米", "10000"),
    "公里": ("米", "1000"),
    "千米": ("米", "1000"),
    "km": ("米", "1000"),
    "米": ("米", "1"),
    "立方米": ("立方米", "1"),
    "m3": ("立方米", "1"),
    "千瓦时": ("千瓦时", "1"),
    "kwh": ("千瓦时", "1"),
    "吨标准煤": ("吨标准煤", "1"),
}

COUNTERS = tuple("件家个项户笔单只台辆艘架所座幢套部册份张次起例条批宗处枚间株头")
"""Counters that are dimensions of their own."""


def normalise_unit(text: str) -> str:
    """Return the text folded to half width, traditional counters to simplified, blanks stripped."""
    folded = unicodedata.normalize("NFKC", text).translate(_TRADITIONAL)
    return re.sub(r"\s+", " ", folded).strip().strip("()[]").strip()


_NUMBERED = re.compile(r"(?P<number>100[ ,]000|10[ ,]000|10{1,5})\s+(?P<rest>[^\W\d].*)")
"""A power of ten in figures before a unit, as English tables print 万 and 亿: `10 000 persons`, `100 million yuan`."""


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit | None:
    """Return the unit that `text` names, or None when no known unit is in it. `""` is the pure number."""
    name = normalise_unit(text)
    if not name:
        return NO_UNIT
    if "/" in name:
        return _parse_quotient(name)
    return _parse_simple(name)


def _parse_quotient(name: str) -> Unit | None:
    above, _, below = name.partition("/")
    numerator, denominator = _parse_simple(above.strip()), _parse_simple(below.strip())
    if numerator is None or denominator is None or not numerator.dimension or not denominator.dimension:
        return None
    return Unit(name, f"{numerator.dimension}/{denominator.dimension}", numerator.factor / denominator.factor)


def _parse_simple(name: str) -> Unit | None:
    lowered = name.lower()
    if lowered in _PLAIN:
        dimension, scale = _PLAIN[lowered]
        return Unit(name, dimension, Decimal(scale))
    if name in COUNTERS:
        return Unit(name, name, Decimal(1))
    scaled = split_scale(name)
    if scaled is None:
        return None
    factor, rest = scaled
    if not rest:
        return Unit(name, "", factor)
    base = _parse_simple(rest)
    return base and Unit(name, base.dimension, base.factor * factor)


def split_scale(name: str) -> tuple[Decimal, str] | None:
    """Return the power of ten that a unit begins with, and what it counts: `万件`, `10,000 patents`, `ten thousand firms`."""
    for word, factor in MULTIPLIERS.items():
        if name.startswith(word):
            return factor, name[len(word) :].strip()
    lowered = name.lower()
    counted = _NUMBERED.fullmatch(lowered)
    if counted is not None:
        return Decimal(re.sub(r"\D", "", counted["number"])), counted["rest"]
    word, _, rest = lowered.partition(" ")
    if word == "ten" and rest.startswith(("thousand", "million", "billion")):
        return Decimal(10), rest
    if word in _ENGLISH_MULTIPLIERS:
        return _ENGLISH_MULTIPLIERS[word], rest.removeprefix("of ")
    return None


def conversion(source: Unit, target: Unit) -> Decimal | None:
    """Return the factor that turns a value in `source` into `target`; None across dimensions."""
    if source.dimension != target.dimension:
        return None
    return source.factor / target.factor


def scale_of(unit: Unit) -> Decimal:
    """Return the factor that turns a quotient of base units into `unit`: 10000 for 件/万人, 100 for %."""
    return Decimal(100) / unit.factor if unit.is_percent else 1 / unit.factor


class UnitNames:
    """Finds units by any spelling that the program knows or that a plan declares."""

    def __init__(self) -> None:
        self.declared: dict[str, Unit] = {}
        """Units of the plan's own by their spellings."""

    def find(self, text: str) -> Unit | None:
        """Return the unit that a text names, None when nobody knows it."""
        name = normalise_unit(text)
        declared = self.declared.get(name) or self.declared.get(name.lower())
        if declared is not None:
            return declared
        known = parse_unit(text)
        if known is not None or "/" not in name:
            return known
        above, _, below = name.partition("/")
        numerator, denominator = self.find(above), self.find(below)
        if numerator is None or denominator is None or not numerator.dimension or not denominator.dimension:
            return None
        return Unit(name, f"{numerator.dimension}/{denominator.dimension}", numerator.factor / denominator.factor)
