"""The numbers next to a verdict as arithmetic: progress, schedule, pace, need, projections, year on year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ipstrong.model.formula import Quantity, leaves
from ipstrong.model.result import PACE_TEXTS, NotComputed, Pace, Result, Scorecard
from ipstrong.reports import explain_texts as words
from ipstrong.reports.arithmetic import equals, formula, shown
from ipstrong.reports.formatting import (
    approximately,
    format_change,
    format_eta,
    format_pace,
    format_percent,
    format_signed,
)
from ipstrong.texts import Lang


def progress_lines(scorecard: Scorecard, result: Result, lang: Lang) -> Iterator[str]:
    """Yield a line for each number next to the verdict that was computed: label, formula with its numbers, value."""
    by = result.derivations
    if by is None:
        return

    def year_on_year(value: Decimal) -> str:
        in_points = result.yoy_in_points
        return words.POINTS.get(lang).format(value=format_signed(value)) if in_points else format_change(value)

    def pace(ratio: Decimal) -> str:
        return format_pace(ratio, scorecard.plan.pace)

    for label, number, expression, style in (
        (words.PROGRESS, result.progress, by.progress, format_percent),
        (words.EXPECTED, result.expected, by.expected, None),
        (words.PACE, result.pace, by.pace, pace),
        (words.GROWTH_PACE, result.growth_pace, by.growth_pace, pace),
        (words.NEEDED, result.needed_per_year, by.needed_per_year, format_signed),
        (words.PROJECTION, result.projection, by.projection, None),
        (words.GROWTH_PROJECTION, result.growth_projection, by.growth_projection, None),
        (words.ETA, result.eta, by.eta, None),
        (words.YOY, result.yoy, by.yoy, year_on_year),
    ):
        if isinstance(number, NotComputed):
            continue
        value = number.ratio if isinstance(number, Pace) else number
        text = shown(value) if style is None else style(value)
        if all(
            getattr(result.quantities, leaf.name) is not None
            for leaf in leaves(expression)
            if isinstance(leaf, Quantity)
        ):
            arithmetic = formula(expression, lang, {}, result.quantities)
            text = f"{arithmetic} {equals(value, text) if style is None else _approximately(value, text)}"
        if isinstance(number, Pace):
            text += f" ({PACE_TEXTS[number.grade].get(lang)})"
        elif label is words.ETA:
            text += f" ({format_eta(value, lang)})"
        yield words.LABELLED.format(label=label, text=text).get(lang)


def _approximately(value: Decimal, text: str) -> str:
    """Return the printed number behind `=` or, where it was rounded, behind `≈`."""
    found = re.search(r"[-+]?[\d,]+(?:\.\d+)?", text)
    if found is None or "<" in text:
        return f"≈ {text}"
    number = Decimal(found[0].replace(",", ""))
    return approximately(value, number / 100 if text.endswith("%") else number, text)
