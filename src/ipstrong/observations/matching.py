"""Labels and region names to the plan's indicators and regions: by name or alias, never by likeness."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from ipstrong.layout.words import TOTALS, fold
from ipstrong.model.plan import Indicator, Plan
from ipstrong.model.script import has_chinese, simplified
from ipstrong.model.unit import LONGEST_UNIT, Unit, conversion, normalise_unit, parse_unit, split_scale

# --- Normal form ----------------------------------------------------------------------------------------------------------

_NUMBERING = re.compile(
    r"^(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2}(?:\.\d{1,2})*)[)）]?\s*[、.．:：)）]\s*(?=\D)|[①-⑳]\s*|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]\s*"
    r"|[·•●■◆▪\-–—*]+\s*)+"
)
_OF_WHICH = re.compile(
    r"^(?:其中|其他|#)?\s*[:：]\s*|^(?:其中)(?=[^:：])|^#\s*|^of which\s*[:：]?\s*|^(?:including|incl\.)\s*[:：]?\s*",
    re.IGNORECASE,
)
_FOOT_MARKS = re.compile(
    r"(?:\s*(?:[*†‡§¹²³⁰⁴-⁹①-⑳※]|\[[\d注a-z]{1,3}\]|[（(]?注\s*\d{0,2}[)）]?|[（(][\d]{1,2}[)）]))+$"
)
_SPACES = re.compile(r"[\s\u3000\u200b\ufeff]+")
_BRACKETS = str.maketrans("（）［］【】〔〕：，、／－–—“”’", '()[][][]:,,/---""\'', "《》")


@lru_cache(maxsize=65536)
def normalise(label: str) -> str:
    """Return the form in which labels are compared.

    Width, case, blanks, brackets' shape, numbering (`一、`, `1.`), `其中：`, footnote marks and traditional characters do not
    distinguish labels. What is in brackets does: `(年内累计)`, `(月末)`, `(受理口径)` change the meaning.
    """
    text = _FOOT_MARKS.sub("", label.strip())  # before folding, which makes ① a plain 1
    text = unicodedata.normalize("NFKC", text).strip()
    for _ in range(3):
        before = text
        text = _OF_WHICH.sub("", _NUMBERING.sub("", text)).strip()
        if text == before:
            break
    text = simplified(text.translate(_BRACKETS)).lower()
    text = _SPACES.sub("", text) if has_chinese(text) else _SPACES.sub(" ", text).strip()
    return text.rstrip(":.,;")


_BILINGUAL = re.compile(r"^(?P<zh>[^A-Za-z]+)(?P<en>[A-Za-z][A-Za-z0-9 ,.'’()&/%\-]*)$")


def languages(label: str) -> tuple[str, ...]:
    """Return the Chinese and the English half of a bilingual label such as `合计 Total`; empty when it has one language."""
    found = _BILINGUAL.match(label)
    if found is None or len(found["en"]) < 4 or not has_chinese(found["zh"]):
        return ()
    return (found["zh"].strip(), found["en"].strip())


# --- Indicators -----------------------------------------------------------------------------------------------------------

MEANINGFUL = re.compile(
    r"累计|月末|口径|统计|增长|增速|同比|环比|比上|比重|占比|占|构成|其中|预测|目标|计划|任务|上年|去年|平均|人均|每|排名|名次|位次|率|不含|不包括|除外|"
    r"国外|境外|当月|本月|季度|半年|规模以上|企业|个人|高校|高等|科研|机关|职务|外资|港澳台|"
    r"growth|change|share|percent|rate|per\b|rank|target|plan|cumulative|average|excluding|of which|forecast",
    re.IGNORECASE,
)
"""Words in a group's name that change what a label below it means."""


_ONE_SLIP = 95.0
"""Likeness of labels that differ in one character, however short they are."""


class Head(NamedTuple):
    """The label of a series with what matching may look at."""

    label: str
    parts: tuple[str, ...]
    """Heading levels and row labels, in the order of the label."""
    title: str = ""


class Match(NamedTuple):
    """What a label was matched to."""

    indicators: tuple[Indicator, ...]
    """Empty: none; more than one: ambiguous."""
    part: str | None = None
    """The part of the label that was matched, where it was not the whole."""


class IndicatorNames:
    """The names and aliases of a plan's indicators."""

    def __init__(self, plan: Plan) -> None:
        """Index every name and alias in its normal form."""
        self._by_name: dict[str, dict[str, Indicator]] = {}
        self._spoken: dict[str, Indicator] = {}
        for indicator in plan.indicators:
            for name in (indicator.name.zh, indicator.name.en, indicator.id, *indicator.aliases):
                if name.strip():
                    self._by_name.setdefault(normalise(name), {})[indicator.id] = indicator
                    self._spoken.setdefault(normalise(name), indicator)
        self._units = {_counted(alias): entry.unit for entry in plan.units for alias in entry.spellings}
        self._by_label: dict[str, Match] = {}
        """What labels match that are a name by themselves, whatever is around them."""
        self._matched: dict[Head, Match] = {}
        self._nearest: dict[str, tuple[Indicator, float] | None] = {}

    def match(self, head: Head) -> Match:
        """Return the indicators whose name or alias a label is."""
        known = self._by_label.get(head.label)
        if known is not None:
            return known
        if head not in self._matched:
            self._matched[head] = self._match(head)
        return self._matched[head]

    def is_name(self, label: str) -> bool:
        """Whether a label has been matched by itself, so that it always means the same."""
        return label in self._by_label

    def _match(self, head: Head) -> Match:
        found = self._by_name.get(normalise(head.label))
        if found:
            return self._by_label.setdefault(head.label, Match(tuple(found.values())))
        for label in _whole_names(head):
            found = self._by_name.get(normalise(label))
            if found:
                return Match(tuple(found.values()))
        for part, rest in _part_names(head):
            found = self._by_name.get(normalise(part))
            if found and not any(MEANINGFUL.search(other) for other in rest):
                return Match(tuple(found.values()), part)
        return Match(())

    def nearest(self, head: Head) -> tuple[Indicator, float] | None:
        """Return the indicator with the nearest name and the likeness from 0 to 100; None when nothing is near."""
        names = {normalise(head.label), *(normalise(part) for part in head.parts[-1:])}
        found = [near for name in sorted(names) if (near := self._nearest_to(name)) is not None]
        return max(found, key=lambda near: near[1], default=None)

    def _nearest_to(self, name: str) -> tuple[Indicator, float] | None:
        from rapidfuzz import fuzz, process
        from rapidfuzz.distance import Levenshtein

        if name not in self._nearest:
            found = process.extractOne(name, self._spoken.keys(), scorer=fuzz.ratio, score_cutoff=55)
            if found is None:
                self._nearest[name] = None
            else:
                slip = Levenshtein.distance(name, found[0], score_cutoff=1) <= 1 and len(name) > 2
                self._nearest[name] = (self._spoken[found[0]], _ONE_SLIP if slip else float(found[1]))
        return self._nearest[name]

    def unit(self, text: str) -> Unit | None:
        """Return the unit that a text names, by the plan's own spellings first, `10,000 patents` by that of `patents`."""
        if len(text) > LONGEST_UNIT:
            return None
        known = self._units.get(_counted(text)) or parse_unit(text)
        scaled = None if known is not None else split_scale(normalise_unit(text))
        if scaled is None or not scaled[1]:
            return known
        own = self.unit(scaled[1])
        return own and own._replace(text=text.strip(), factor=own.factor * scaled[0])


def _counted(unit: str) -> str:
    """Return the normal form of a unit's name, English ones in the singular: `Companies`, `case(s)`."""
    name = normalise(unit).removesuffix("(s)")
    if len(name) < 4 or not name.isascii():
        return name
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def _whole_names(head: Head) -> Iterable[str]:
    """Return the other texts that may mean the whole label."""
    if len(head.parts) > 1:
        yield "".join(head.parts)
        yield head.parts[0] + "(" + "".join(head.parts[1:]) + ")"
    yield from languages(head.label)
    if head.title and head.label != head.title:
        yield head.title + head.label
        if all(fold(part) in TOTALS for part in head.parts):
            yield from _title_names(head.title)
    if head.label == head.title:
        yield from _title_names(head.title)


_YEARS = re.compile(r"(?:19|20)\d{2}\s*年?(?:\s*[-—–~至到]\s*(?:19|20)?\d{2}\s*年?)?(?:度|末|底)?")
_SPREAD_WORDS = re.compile(
    r"^(?:历年|分地区|各地区|各省市|各省区市|各省|各市|各区|各县|分省|分市|分区|全国各省|主要城市|分年度?|近年来?|年度|年末)+|(?:情况表?|统计表|一览表|汇总表|表)$"
)


def _title_names(title: str) -> Iterable[str]:
    """Return what a title names once years and words for its layout are taken out."""
    bare = _YEARS.sub("", title).strip()
    yield title
    yield bare
    yield _SPREAD_WORDS.sub("", bare).strip()


def _part_names(head: Head) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Return the parts that may mean the whole, each with the parts that are then left out."""
    if len(head.parts) < 2:
        return
    for index in (len(head.parts) - 1, 0):
        rest = head.parts[:index] + head.parts[index + 1 :]
        for name in (head.parts[index], *languages(head.parts[index])):
            yield name, rest
    for start in range(1, len(head.parts) - 1):
        yield "".join(head.parts[start:]), head.parts[:start]


def fitting(indicators: Sequence[Indicator], unit: Unit | None) -> tuple[Indicator, ...]:
    """Return those indicators whose unit a printed unit converts into; all of them where none is printed."""
    if unit is None:
        return tuple(indicators)
    return tuple(indicator for indicator in indicators if conversion(unit, indicator.unit) is not None)
