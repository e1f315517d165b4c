"""The marks around numbers in statistics tables: folding, missing marks, footnotes, bounds, status words.

Everything here is a table or a pattern; `cells` decides what they mean together. All patterns are linear and ASCII-only
where digits are concerned, so that no cell text can make them slow or let foreign digits in.
"""

from __future__ import annotations

import re

from ipstrong.model.dataset import Bound, ValueStatus

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width ASCII, `！` to `～`."""
_WIDE_EXTRA = {ord("￥"): "¥", ord("﹣"): "-", ord("﹪"): "%", ord("﹐"): ",", ord("﹒"): "."}
_BLANKS = dict.fromkeys(
    map(ord, "\u3000\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\t\n\r\v\f"),
    " ",
)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
_ALIKE = {ord("−"): "-", ord("‐"): "-", ord("‑"): "-", ord("‒"): "-", ord("–"): "-", ord("’"): "'", ord("‘"): "'"}

FOLD = {**_WIDE, **_WIDE_EXTRA, **_BLANKS, **_INVISIBLE, **_ALIKE}
"""Translation to half width, plain blanks, plain hyphens and no invisible characters. Circled digits stay circled."""

HAS_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ，．％＋－﹣﹪﹐﹒]")
"""Full-width digits and what belongs to a number; full-width brackets are ordinary Chinese typography."""
HAS_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
HAS_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")

_MISSING_WORDS = "无 空 缺 缺失 暂无 暂缺 未公布 未统计 不详 无数据 不适用 暂无数据 无资料 待公布 待定 無 不詳 未公佈"
MISSING: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("-", "--", "---", "----", "—", "——", "———", "/", "//", "\\", "*", "**", "x", "×", "#", "~"), ()),
    **dict.fromkeys(("n/a", "na", "n.a.", "n.a", "n/a.", "n.d.", "nd", "np", "nya", "nil", "none", "null", "void"), ()),
    **dict.fromkeys(("..", ".", "...", "....", ":", ": z", ": c", ": u", ":z", ":c", ":u", "?"), ()),
    **dict.fromkeys(_MISSING_WORDS.split(), ()),
    **dict.fromkeys(("not available", "not applicable", "missing"), ()),
    **dict.fromkeys(("…", "……", "………"), ("below_half_unit",)),
    **dict.fromkeys(("[x]", "[z]", "(x)", "(z)", "(na)", "(n/a)", "[na]"), ()),
    **dict.fromkeys(("[c]", "(c)", "(d)", "[d]", "suppressed", "confidential"), ("suppressed",)),
    **dict.fromkeys(("nan", "#nan"), ("not_finite",)),
    "#n/a": ("error_value",),
}
"""Marks, folded and in lower case, that say there is no value; with what they additionally say."""

ERROR_VALUES = frozenset(
    {"#ref!", "#div/0!", "#value!", "#name?", "#num!", "#null!", "#spill!", "#calc!", "#getting_data"}
)
NOT_FINITE = frozenset({"inf", "-inf", "+inf", "infinity", "-infinity", "∞", "-∞"})

FOOTNOTE = re.compile(
    r"(?:\s*(?:\[[^\[\]]{1,4}\]|〔[^〔〕]{1,4}〕|【[^【】]{1,4}】|\((?:[0-9]{1,2}|[a-zA-Z注])\)|(?<=[0-9%\s)])注[0-9]{0,2}"
    r"|[*†‡§¶※★☆#①-⑳⑴-⒇❶-❿⓪¹²³⁰⁴-⁹ᵃ-ᶻ⁽⁾]))+\s*$"
)
"""Footnote marks at the end of a cell."""

LONE_FOOTNOTE = re.compile(r"(?:\[[0-9]{1,2}\]|[†‡§¶※①-⑳⑴-⒇¹²³⁰⁴-⁹])+")
"""A cell that holds a footnote mark and nothing else: the note says why there is no value."""

_STATUS_WORDS: tuple[tuple[str, ValueStatus, str], ...] = (
    (
        "初步|初步数|初步核算|初步核算数|初步统计|初步統計|快报|快报数|快報|暂定|暫定|p|prov|provisional|prelim|preliminary",
        ValueStatus.PROVISIONAL,
        "provisional",
    ),
    (
        "预计|预计数|預計|估计|估计数|估計|估算|估算数|推算|推算数|第三方|第三方统计|第三方估计|预测|预测数|預測|e|est|estimate|estimated|f|forecast",
        ValueStatus.ESTIMATE,
        "estimate",
    ),
    ("修订|修订数|修正|修正数|修訂|r|rev|revised", ValueStatus.FINAL, "revised"),
    ("b|break", ValueStatus.FINAL, "break"),
    ("u|low reliability", ValueStatus.FINAL, "low_reliability"),
)
STATUS_WORDS: dict[str, tuple[ValueStatus, str]] = {
    word: (status, remark) for words, status, remark in _STATUS_WORDS for word in words.split("|")
}
"""Words in brackets that say how final a value is, with the remark they leave."""

_FINAL_WORDS = (
    "最终|最终数|最終|最终核实|最终核实数|正式|正式数|定案|定案数|定案數|核定|核定数|核实|核实数|已核实|年报|年报数|实际|实际数|"
    "正常|确定|确认|已确认|公布|公布数|已公布|已发布|a|d|actual|confirmed|definite|definitive|final|normal|official|published"
)
FINAL_WORDS = frozenset(_FINAL_WORDS.split("|"))
"""Words of a status column, in lower case, that say a value is final; `A` (normal) and `D` (definition differs) are SDMX's."""

STATUS_FLAG = re.compile(r"(?<=[0-9%])(?:\s+(?P<spaced>[pefrbu])|(?P<glued>[per]))$")
"""A letter flag after the number as Eurostat writes it: `2.1 p`, `2.1p`."""

END_BRACKET = re.compile(r"\s*\((?P<inside>[^()]{1,40})\)$")

_BOUND_WORDS = {
    Bound.ABOUT: "约|约为|約|大约|大約|大概|≈|~|about |approx. |approx |circa |ca. |c. ",
    Bound.AT_MOST: "近|接近|将近|將近|不足|不到|少于|低于|不超过|至多|小于|<|<=|≤|≦|under |less than |fewer than |up to |at most |nearly ",
    Bound.AT_LEAST: "超过|超過|超|逾|突破|多于|高于|大于|不少于|不低于|至少|>|>=|≥|≧|over |more than |at least ",
}
BOUND_PREFIXES: tuple[tuple[str, Bound], ...] = tuple(
    sorted(
        ((word, bound) for bound, words in _BOUND_WORDS.items() for word in words.split("|")),
        key=lambda pair: -len(pair[0]),
    )
)
"""Words before a number, longest first. 近 promises an upper end only; 约 is loose on both sides."""

BOUND_SUFFIXES: tuple[tuple[str, Bound], ...] = (
    ("以上", Bound.AT_LEAST),
    ("以下", Bound.AT_MOST),
    ("以内", Bound.AT_MOST),
    ("左右", Bound.ABOUT),
    ("上下", Bound.ABOUT),
)

MORE = re.compile(r"(?<=[0-9])\s*[多余餘](?=.)|(?<=[0-9])\s*[多余餘]$|(?<=[十百千万萬亿億])[多余餘]")
"""`130多万件`, `13万余件`: more than the number."""

CURRENCIES: dict[str, str | None] = {
    **dict.fromkeys(("¥", "rmb", "cny"), "元"),
    **dict.fromkeys(("us$", "usd"), "美元"),
    **dict.fromkeys("$€£", None),
}
"""Signs before an amount, with the unit they name; `$` alone names none, for it is many countries' sign."""

SCANNED = re.compile(
    r"(?=[0-9.,\s-]*[SsOolIBZzGgqQ|!¦])[0-9SsOolIBZzGgqQ|!¦.,\s-]*[0-9loO!][0-9SsOolIBZzGgqQ|!¦.,\s-]*"
)
"""Digits as a scanner misreads them: `477903S1.68`, `732l06.51`, `368633!`, `lo`. They are never numbers."""

LOOKS_LIKE_DATE = re.compile(
    r"[12][0-9]{3}(?:[-/.][0-9]{1,2}){1,2}(?:[ T][0-9:.]+)?|[12][0-9]{3}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?"
    r"|[0-9]{1,2}/[0-9]{1,2}/[12][0-9]{3}"
)
