"""Units: a dimension and a power-of-ten factor. They convert within a dimension and refuse across dimensions.

Chinese counters are dimensions of their own (件 is not 家), percent and percentage points are two dimensions, and a
quotient such as 件/万人 has the dimension `件/人`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
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
PLACE = Unit("位", "位", Decimal(1))

_POWERS = {
    "万亿": 12,
    "千亿": 11,
    "百亿": 10,
    "十亿": 9,
    "亿": 8,
    "千万": 7,
    "百万": 6,
    "十万": 5,
    "万": 4,
    "千": 3,
    "百": 2,
    "十": 1,
}
MULTIPLIERS = {word: Decimal(10**power) for word, power in _POWERS.items()}
"""Chinese number words that precede a counter, longest first."""

_TRADITIONAL = str.maketrans({"萬": "万", "億": "亿", "個": "个", "戶": "户", "項": "项", "筆": "笔", "圓": "元"})

_ENGLISH_POWERS = {"hundred": 2, "thousand": 3, "000s": 3, "million": 6, "billion": 9, "trillion": 12}
_ENGLISH_MULTIPLIERS = {
    word: Decimal(10**power)
    for name, power in _ENGLISH_POWERS.items()
    for word in ((name, f"{name}s") if name in ("thousand", "million", "billion") else (name,))
}

_SPELLINGS = (
    ("%", "1", "%, percent, per cent, pct, 百分比"),
    ("%", "0.1", "‰, 千分比, per mille"),
    ("pp", "1", "个百分点, 百分点, percentage points, percentage point, pp"),
    ("元", "1", "元, 人民币元, yuan, cny, rmb"),
    ("美元", "1", "美元, usd, us$, us dollars"),
    ("人", "1", "人, persons, person, people, 口, 名"),
    ("人次", "1", "人次"),
    ("位", "1", "位次, 位, 名次, rank"),
    ("倍", "1", "倍, times"),
    ("吨", "1", "吨, t, tonnes"),
    ("吨", "0.001", "公斤, 千克"),
    ("平方米", "1", "平方米"),
    ("平方米", "10000", "公顷, ha"),
    ("平方米", "1000000", "平方公里, 平方千米, km2"),
    ("米", "1", "米"),
    ("米", "1000", "公里, 千米, km"),
    ("立方米", "1", "立方米, m3"),
    ("千瓦时", "1", "千瓦时, kwh"),
    ("吨标准煤", "1", "吨标准煤"),
)
"""Dimension, factor, and the names of units other than counters."""
_PLAIN = {name: (dimension, Decimal(factor)) for dimension, factor, names in _SPELLINGS for name in names.split(", ")}

COUNTERS = tuple("件家个项户笔单只台辆艘架所座幢套部册份张次起例条批宗处枚间株头")
"""Counters that are dimensions of their own."""


def normalise_unit(text: str) -> str:
    """Return the text folded to half width, traditional counters to simplified, blanks stripped."""
    folded = unicodedata.normalize("NFKC", text).translate(_TRADITIONAL)
    return re.sub(r"\s+", " ", folded).strip().strip("()[]").strip()


_NUMBERED = re.compile(r"(?P<number>100[ ,]000|10[ ,]000|10{1,5})\s+(?P<rest>[^\W\d].*)")
"""A power of ten in figures before a unit, as English tables print 万 and 亿: `10 000 persons`, `100 million yuan`."""


LONGEST_UNIT = 200
"""Characters of a unit: nobody writes more, and a scale may be repeated as often as a cell has room for."""


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit | None:
    """Return the unit that `text` names, or None when no known unit is in it. `""` is the pure number."""
    name = normalise_unit(text)
    if not name:
        return NO_UNIT
    if len(name) > LONGEST_UNIT:
        return None
    return _quotient(name, _parse_simple) if "/" in name else _parse_simple(name)


def _quotient(name: str, find: Callable[[str], Unit | None]) -> Unit | None:
    above, _, below = name.partition("/")
    numerator, denominator = find(above.strip()), find(below.strip())
    if numerator is None or denominator is None or not numerator.dimension or not denominator.dimension:
        return None
    return Unit(name, f"{numerator.dimension}/{denominator.dimension}", numerator.factor / denominator.factor)


def _parse_simple(name: str) -> Unit | None:
    lowered = name.lower()
    if lowered in _PLAIN:
        return Unit(name, *_PLAIN[lowered])
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
    return source.factor / target.factor if source.dimension == target.dimension else None


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
        return _quotient(name, self.find) if known is None and "/" in name else known
