"""The one module that rounds: numbers, percents, ranks, periods and units as people read them, and exact decimal text.

Everything before this module is unrounded. A rounded number printed here never contradicts a verdict: where rounding
would move a value onto or across its target, more decimals are shown. Rounding is half to even, as GB/T 8170-2008
section 3 has it (四舍六入五成双).
"""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal

from ipstrong.model.period import Period, PeriodKind
from ipstrong.model.plan import Comparator, PacePreset, Target
from ipstrong.model.result import NotComputed
from ipstrong.model.unit import MULTIPLIERS, Unit
from ipstrong.texts import Lang, Text

MAX_DECIMALS = 6
"""Decimals up to which a number is stretched to show on which side of a line it is."""
SIGNIFICANT_DIGITS = 28
"""Digits of exact decimal text: repeating fractions end there."""
SCORE_MARKS = (Decimal(60), Decimal(80), Decimal(90), Decimal(100))
"""Bounds of the grades: a printed score does not reach one that the score did not reach."""

_EXACT = Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_EVEN)
_WIDE = Context(prec=400, rounding=ROUND_HALF_EVEN, Emax=999999, Emin=-999999)
_ONE = Decimal(1)
_NEAR = Decimal("1e-30")
_TIDY = Context(prec=30, rounding=ROUND_HALF_EVEN)


def plain(value: Decimal) -> str:
    """Return exact decimal text for machines: no exponent, no trailing zeros, at most 28 significant digits.

    What is smaller than the digits of a root can be trusted (1e-30) is written as zero.
    """
    text = str(value)
    if len(text) <= SIGNIFICANT_DIGITS and "E" not in text:
        if "." not in text:
            return text if text != "-0" else "0"
        if text[-1] != "0":
            return text
    if not tidy(value):
        return "0"
    text = format(_EXACT.plus(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def round_to(value: Decimal, decimals: int, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """Return `value` rounded to `decimals` places, half to even by default."""
    return value.quantize(_ONE.scaleb(-decimals), rounding=rounding, context=_WIDE)


def times(value: Decimal, factor: int) -> Decimal:
    """Return the product without rounding."""
    return _WIDE.multiply(value, Decimal(factor))


def tidy(value: Decimal) -> Decimal:
    """Return the value without the last digits of fifty-digit arithmetic, where roots differ from the truth."""
    if not value.is_finite():
        return value
    return _TIDY.plus(value) if value.copy_abs() > _NEAR else Decimal(0)


def exact_decimals(value: Decimal) -> int:
    """Return how many decimals the number needs to be written exactly."""
    exponent = value.normalize(_WIDE).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def usual_decimals(value: Decimal) -> int:
    """Return the decimals that suit a number: all of them up to two, for figures are published like that.

    Longer numbers get one decimal from 100 on, two below, and two significant digits below 0.1.
    """
    wanted = exact_decimals(value)
    size = value.copy_abs()
    if wanted <= 2:
        return wanted
    if size >= 100:
        return 1
    return 2 if size >= Decimal("0.1") else min(MAX_DECIMALS, 1 - size.adjusted(), wanted)


def format_number(value: Decimal, *, decimals: int | None = None, anchor: Decimal | None = None) -> str:
    """Return the number with thousands separators.

    Args:
        value: Any decimal; an infinite one is an open end.
        decimals: Decimals to show; by default those that suit the size.
        anchor: A number, usually the target, on whose side the printed number must stay: more decimals are shown
            until it does, and where six do not suffice, `<93` or `>93` is.
    """
    value = tidy(value)
    if not value.is_finite():
        return "∞" if value > 0 else "-∞"
    places = usual_decimals(value) if decimals is None else decimals
    line = Decimal(0) if anchor is None else anchor
    side = value.compare(line)
    while (shown := round_to(value, places)).compare(line) != side:
        if places >= max(MAX_DECIMALS, exact_decimals(line)):
            return f"{'<' if side < 0 else '>'}{_grouped(line, exact_decimals(line))}"
        places += 1
    return _grouped(shown, places)


def _grouped(value: Decimal, places: int) -> str:
    shown = round_to(value, places)
    return f"{shown or shown.copy_abs():,f}"


def decimals_of(text: str) -> int | None:
    """Return how many decimals a printed number shows; None where it shows only a side (`<93`)."""
    found = re.search(r"^-?[\d,]+(?:\.(\d+))?", text)
    return None if found is None else len(found[1] or "")


def format_signed(value: Decimal, *, decimals: int | None = None) -> str:
    """Return the number with its sign; a difference that is not zero never prints as zero."""
    value = tidy(value)
    text = format_number(value, decimals=decimals)
    if text.startswith(("<", ">")):
        return f"{'-' if value < 0 else '+'}<{_ONE.scaleb(-MAX_DECIMALS):f}"
    return f"+{text}" if value > 0 else text


def format_percent(ratio: Decimal, decimals: int = 1) -> str:
    """Return a fraction as a percentage; below one it is never printed as 100 %, and not zero never as 0 %."""
    value = times(tidy(ratio), 100)
    shown = round_to(value, decimals)
    step = _ONE.scaleb(-decimals)
    if not shown and value:
        return f"<{step}%" if value > 0 else f">-{step}%"
    if shown == 100 and value < 100:
        shown = round_to(value, decimals, ROUND_DOWN)
    return f"{_grouped(shown, decimals)}%"


def format_change(ratio: Decimal, decimals: int = 1) -> str:
    """Return a fraction as a signed percentage; a change that is not zero never prints as zero."""
    change = tidy(ratio)
    text = format_percent(change.copy_abs(), decimals)
    return f"{'-' if change < 0 else '+' if change else ''}{text}"


def format_score(score: Decimal) -> str:
    """Return a score of 0 to 100 with one decimal that reaches no grade which the score did not reach."""
    score = tidy(score)
    shown = round_to(score, 1)
    if any(score < mark <= shown for mark in SCORE_MARKS):
        shown = round_to(score, 1, ROUND_FLOOR)
    return _grouped(shown, 1)


def format_pace(ratio: Decimal, preset: PacePreset) -> str:
    """Return a pace ratio with two decimals, more where it would seem to reach or leave its class."""
    nearest = min((preset.on_track, preset.slow, Decimal(0)), key=lambda mark: abs(ratio - mark))
    return format_number(ratio, decimals=2, anchor=nearest)


def approximately(value: Decimal, shown: Decimal, text: str) -> str:
    """Return the printed number behind `=`, or behind `≈` where it was rounded."""
    return f"{'=' if tidy(value) == shown else '≈'} {text}"


def format_rank(value: Decimal, lang: Lang) -> str:
    """Return a place: 第1位, 1st."""
    if exact_decimals(value):
        return format_number(value)
    place = int(value)
    if lang == "zh":
        return f"第{place}位"
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def _names(table: str) -> dict[str, str]:
    return dict(entry.split("=") for entry in table.split(", "))


_ENGLISH_UNITS = _names(
    "%=%, ‰=‰, 个百分点=pp, 百分点=pp, 人=people, 名=people, 人次=person-times, 元=yuan, 人民币元=yuan, "
    "美元=US dollars, 位=place, 位次=place, 名次=place, 倍=times, 吨=tonnes, 公斤=kg, 千克=kg, "
    "吨标准煤=tonnes of coal equivalent, 平方公里=km², 平方千米=km², 平方米=m², 立方米=m³, 公顷=ha, 公里=km, "
    "千米=km, 米=m, 千瓦时=kWh, 件=items, 家=organisations, 个=units, 项=items, 户=households, 宗=cases, "
    "批=batches, 次=times, 株=plants, 间=rooms, 处=sites, 条=items, 例=cases, 起=cases, 辆=vehicles, 套=sets, "
    "幢=buildings, 座=buildings, 所=institutions, 枚=pieces, 张=sheets, 份=copies, 册=volumes, 部=works, "
    "台=sets, 艘=ships, 架=aircraft, 只=pieces, 头=head, 笔=transactions, 单=orders, 宗数=cases"
)
_ENGLISH_ONES = _names("人=person, 件=item, 家=organisation, 个=unit, 户=household, 次=time, 吨=tonne, 辆=vehicle")
"""Units below a fraction: m³ per person."""
_ENGLISH_MULTIPLES = _names(
    "万亿=trillion, 千亿=100 billion, 百亿=10 billion, 十亿=billion, 亿=100 million, 千万=10 million, "
    "百万=million, 十万=100,000, 万=10,000, 千=1,000, 百=100, 十=10"
)


def format_unit(unit: Unit | None, lang: Lang) -> str:
    """Return the name of the unit: 件/万人, `items per 10,000 people`. Names without a translation stay as written."""
    if unit is None or not unit.text:
        return ""
    if lang == "zh":
        return unit.text
    above, slash, below = unit.text.partition("/")
    return f"{_english(above)} per {_ENGLISH_ONES.get(below) or _english(below)}" if slash else _english(above)


def _english(name: str) -> str:
    if name in _ENGLISH_UNITS:
        return _ENGLISH_UNITS[name]
    for word in MULTIPLIERS:
        if name.startswith(word):
            return f"{_ENGLISH_MULTIPLES[word]} {_english(name[len(word) :])}".rstrip()
    return name


def with_name(text: str, unit: str, lang: Lang) -> str:
    """Return a printed number and the name of its unit: 5件, 5 items, 5%, `5 × 10,000 people`."""
    if lang == "zh" or unit in ("", "%"):
        return f"{text}{unit}"
    return f"{text} × {unit}" if unit[0].isdigit() else f"{text} {unit}"


def is_rank(unit: Unit | None) -> bool:
    """Whether values in this unit are places in an order."""
    return unit is not None and unit.dimension == "位"


def format_value(
    value: Decimal,
    unit: Unit | None,
    lang: Lang,
    *,
    anchor: Decimal | None = None,
    decimals: int | None = None,
    with_unit: bool = True,
) -> str:
    """Return the value as read in its unit: `138,534件`, `9.96%`, `第1位`; percents keep their sign without `with_unit`."""
    if is_rank(unit):
        return format_rank(value, lang)
    text = format_number(value, anchor=anchor, decimals=decimals)
    if unit is not None and unit.text in ("%", "‰"):
        return f"{text}{unit.text}"
    return with_name(text, format_unit(unit, lang) if with_unit else "", lang)


def format_difference(
    value: Decimal, unit: Unit | None, lang: Lang, *, decimals: int | None = None, with_unit: bool = True
) -> str:
    """Return a signed difference: percents differ in percentage points, ranks in places."""
    text = format_signed(value, decimals=decimals)
    if unit is not None and unit.is_percent:
        return f"{text}个百分点" if lang == "zh" else f"{text} pp"
    if is_rank(unit):
        return f"{text}位" if lang == "zh" else text
    return with_name(text, format_unit(unit, lang) if with_unit else "", lang)


def format_interval(low: Decimal, high: Decimal, unit: Unit | None, lang: Lang, anchor: Decimal | None = None) -> str:
    """Return the interval within which the true value lies; its ends are rounded outwards only where they must be."""
    places = _distinct_decimals(low, high)
    first = format_value(low, unit, lang, anchor=anchor, decimals=places, with_unit=not high.is_finite())
    last = format_value(high, unit, lang, anchor=anchor, decimals=places)
    if not low.is_finite():
        return f"{last}以下" if lang == "zh" else f"up to {last}"
    if not high.is_finite():
        return f"{first}以上" if lang == "zh" else f"{first} or more"
    return f"{first}至{last}" if lang == "zh" else f"{first} to {last}"


def _distinct_decimals(low: Decimal, high: Decimal) -> int | None:
    """Return the decimals at which the two ends differ visibly; None where the usual ones suffice."""
    if not low.is_finite() or not high.is_finite() or low == high:
        return None
    places = max(usual_decimals(tidy(low)), usual_decimals(tidy(high)))
    width = high - low
    # Rounding may pull the ends apart as well as together: 91.245 to 91.255 is not 91.24 to 91.26.
    while places < MAX_DECIMALS and not width / 2 <= round_to(high, places) - round_to(low, places) < 2 * width:
        places += 1
    return places


_SIGNS = {Comparator.GE: "≥", Comparator.GT: ">", Comparator.LE: "≤", Comparator.LT: "<", Comparator.BETWEEN: ""}


def comparator_sign(comparator: Comparator | None) -> str:
    """Return the mathematical sign; empty for a range."""
    return _SIGNS[comparator] if comparator else ""


def format_goal(target: Target, value: Decimal | None, lang: Lang, *, with_unit: bool = True) -> str:
    """Return what is asked: `≥130,000件`, `1–2个`; empty where no number decides."""
    if value is None:
        return ""
    if is_rank(target.unit) and target.comparator is Comparator.LE:
        if value == 1:  # the first place, or the first so many
            return format_rank(value, lang)
        return f"前{format_number(value)}位" if lang == "zh" else f"top {format_number(value)}"
    text = format_value(value, target.unit, lang, with_unit=with_unit and target.upper is None, anchor=value)
    if target.upper is not None:
        return f"{text}–{format_value(target.upper, target.unit, lang, with_unit=with_unit, anchor=target.upper)}"
    return f"{comparator_sign(target.comparator)}{text}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PERIODS: dict[PeriodKind, Text] = {
    PeriodKind.YEAR: Text("{year}年", "{year}"),
    PeriodKind.FISCAL: Text("{period}财年", "FY{period}"),
    PeriodKind.HALF: Text("{year}年{half}半年", "H{half} {year}"),
    PeriodKind.QUARTER: Text("{year}年{quarter}季度", "Q{quarter} {year}"),
    PeriodKind.MONTH: Text("{year}年{month}月", "{month} {year}"),
    PeriodKind.YTD: Text("{year}年1-{month}月", "Jan-{month} {year}"),
    PeriodKind.SPAN: Text("{year}-{end}年", "{year}-{end}"),
    PeriodKind.DAY: Text("{year}年{month}月{end}日", "{end} {month} {year}"),
}


def format_period(period: Period, lang: Lang) -> str:
    """Return the period as people write it: 2019年1-9月, Jan-Sep 2019."""
    part = period.part
    form = _PERIODS[period.kind].get(lang)
    half, quarter, month = (
        ("下上"[part % 2], "四一二三"[part % 4], part) if lang == "zh" else (part, part, _MONTHS[(part - 1) % 12])
    )
    return form.format(period=period, year=period.year, end=period.end, half=half, quarter=quarter, month=month)


def format_eta(time: Decimal, lang: Lang) -> str:
    """Return the month in which a point of time in year-ends falls: 2021 is December 2021, 2021.5 is June 2022."""
    months = int((times(time, 12) + 12).to_integral_value(ROUND_CEILING)) - 1
    year, month = divmod(months, 12)
    return f"{year}年{month + 1}月" if lang == "zh" else f"{_MONTHS[month]} {year}"


def format_reason(reason: NotComputed, lang: Lang) -> str:
    """Return why a number was not computed, without a colon before nothing."""
    return re.sub(r"[\s::]+$", "", reason.text.get(lang))
