"""Region names: which texts are regions, which region a title names, and which of the plan's they are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ipstrong.model.plan import Plan
from ipstrong.model.script import has_chinese, is_chinese, simplified
from ipstrong.observations.matching import languages

_PROVINCE_NAMES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 "
    "内蒙古 广西 西藏 宁夏 新疆 香港 澳门 全国 中国 内蒙 新疆兵团 新疆生产建设兵团"
)
_PROVINCES = frozenset(_PROVINCE_NAMES.split())
_KINDS = ("省", "市", "自治区", "特别行政区", "自治州", "自治县", "地区", "盟", "区", "县", "旗", "新区")
"""What names of regions end in."""
_LONGEST_STEM = 10
_ABBREVIATED = re.compile(r"(?P<stem>.{2,6})\((?:省|市|区|县)\)")
_GENERIC = re.compile(
    r"^(?:[各我该每其某]|全(?![椒州南])|本(?!溪)|分(?!宜)|两(?![当江])|主要|其他|其它|所有|有关|部分|重点|一线|中心|副省级|计划单列|大中|城市|省会|非|按"
    r"|经济|工业|行政|建成|示范|保税|开发)"
    r"|^(?:片|园|校|社|牧|林|市|(?:主|老|旧|中心|核心)?城|(?:[东西南北中]部|贫困|偏远|边远|高寒)?山)区$"
    r"|城市$|市区$|辖区$|园区$|地区$(?<!大兴安岭地区)(?<!阿里地区)(?<!阿克苏地区)(?<!喀什地区)(?<!和田地区)(?<!塔城地区)(?<!阿勒泰地区)"
    r"|(?:示范|开发|高新|自贸|保税|功能|居住|市辖|郊|市|景|校|社|片|厂|矿)区$"
    r"|上市$|超市$|都市$|股市$|大中城市|^县$|^区$|^市$"
)
_LEADING = re.compile(
    r"^((?P<stem>.{2,7}?)(?:省|市|自治区|自治州|特别行政区|区|县)(?:0\d{2,}(?![\d年月日季号.\-—–~至到]))?)"
    r"(?!级|场|值|政|民|属|辖|域|划|别)",
)
"""A number that begins with zero and has three digits or more is a running code and part of the name: `样本县0501`."""
_ENGLISH_KIND = re.compile(r"\s+(?:total|province|city|municipality|district)$", re.IGNORECASE)
"""What English names of regions end in where Chinese ones do not: `全国 National Total`."""
_PREFIX = re.compile(
    r"^(?:(?:19|20)\d{2}\s*年?(?:[-—–~至到]\s*(?:19|20)?\d{2}\s*年?)?度?|表?[\d.\-—]+|其中[:：]?|[一二三四五六七八九十]+[、.])\s*"
)


@lru_cache(maxsize=4096)
def fold_region(text: str) -> str:
    """Return the form in which region names are compared: width, case, blanks and traditional characters do not count."""
    folded = unicodedata.normalize("NFKC", text).strip().strip("*#:：").lower()
    squeezed = re.sub(r"\s+", "" if has_chinese(folded) else " ", folded)
    return simplified(squeezed)


class RegionNames:
    """Knows the plan's regions by all their names, and what region names look like in general."""

    def __init__(self, plan: Plan | None) -> None:
        """Index the names and aliases of the plan's regions."""
        self._ids: dict[str, str] = {}
        self.names: dict[str, str] = {}
        """Plan region id to the name by which people know it here: as the files first write it, else as the plan does."""
        self._written: set[str] = set()
        for region in plan.regions if plan else ():
            self.names[region.id] = region.name.zh
            for name in (region.id, region.name.zh, region.name.en, *region.aliases):
                if name.strip():
                    self._ids.setdefault(fold_region(name), region.id)
        self._longest_first = sorted(
            (name for name in self._ids if len(name) > 1 + name.isascii()), key=len, reverse=True
        )
        self._is_region: dict[str, bool] = {}

    def is_region(self, text: str) -> bool:
        """Whether a text is the name of a region."""
        known = self._is_region.get(text)
        if known is None:
            known = self._is_region[text] = self._looks_like_region(text)
        return known

    def _looks_like_region(self, text: str) -> bool:
        halves = languages(text)
        if halves:
            return self._looks_like_region(halves[0])
        name = fold_region(_PREFIX.sub("", text))
        if not name or len(name) > 40:
            return False
        if name in self._ids or name in _PROVINCES:
            return True
        short = _ABBREVIATED.fullmatch(name)
        if short is not None and _all_chinese(short["stem"]):
            return True
        stems = (len(name) - len(kind) for kind in _KINDS if name.endswith(kind))
        has_kind = any(1 <= stem <= _LONGEST_STEM for stem in stems) and _all_chinese(name)
        return has_kind and not _GENERIC.search(name)

    def resolve(self, text: str) -> str:
        """Return the plan's id of a region, or the name as written."""
        found = self.known(text)
        if found is None:
            return text
        if found not in self._written and text.strip() != found:
            self._written.add(found)
            self.names[found] = text.strip()
        return found

    def known(self, text: str) -> str | None:
        """Return the plan's id of a region name, None where the plan has no such region."""
        name = fold_region(text)
        found = self._ids.get(name)
        if found is None:
            bare = re.sub(r"\((省|市|区|县)\)$", r"\1", name)
            for other in (bare, f"{bare}市", f"{bare}省", bare[:-1] if bare[-1:] in "市省" and len(bare) > 2 else ""):
                if other and other in self._ids:
                    return self._ids[other]
            halves = languages(text)
            if halves:  # `北京 Beijing`: both must name the same one, for `深圳 Nanshan District` is another
                chinese = self._ids.get(fold_region(halves[0]))
                english = self._ids.get(fold_region(_ENGLISH_KIND.sub("", halves[1])))
                return chinese if chinese == english else None
        return found

    def named_in(self, text: str) -> list[str]:
        """Return the regions that a longer text names: the plan's by id, else one at its beginning as written."""
        found = self._named_in(text)
        self._written.update(found)
        return found

    def _named_in(self, text: str) -> list[str]:
        name = fold_region(_PREFIX.sub("", text.strip()))
        if not name:
            return []
        if name in self._ids:
            return [self._ids[name]]
        found: dict[str, None] = {}
        rest = name
        for alias in [alias for alias in self._longest_first if alias in name]:
            if _stands_in(alias, rest):
                found[self._ids[alias]] = None
                rest = rest.replace(alias, "\n")
        if found:
            return list(found)
        if name in _PROVINCES:
            return [text.strip()]
        leading = _LEADING.match(name)
        if leading is not None and _all_chinese(leading["stem"]) and not _GENERIC.search(leading[1]):
            return [leading[1]]
        return []


def _all_chinese(text: str) -> bool:
    """Whether all characters of a text are Chinese."""
    return all(map(is_chinese, text))


def _stands_in(alias: str, text: str) -> bool:
    """Whether a text contains a name; Latin names only as whole words, ids never."""
    if alias not in text:
        return False
    if alias.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(alias)}(?![a-z0-9])", text) is not None
    return True
