"""Derived indicators: dimensions, scale and circles."""

from __future__ import annotations

from decimal import Decimal

from ipstrong.diagnostics.codes import plan_meaning as meaning
from ipstrong.model.unit import Unit
from ipstrong.planfile.context import NATURES, Context
from ipstrong.planfile.positions import KeyPath
from ipstrong.planfile.spec import IndicatorSpec, RatioSpec
from ipstrong.texts import Text

_PURE = ("", "倍")
"""Dimensions of a quotient of two like quantities, beside the percent."""


def check_ratios(context: Context) -> None:
    """Complain of derived indicators whose parts do not fit together."""
    for index, indicator in enumerate(context.spec.indicators):
        if indicator.ratio is not None:
            _check_ratio(context, indicator, indicator.ratio, context.locate("indicators", index))
    _check_circles(context)


def _check_ratio(context: Context, indicator: IndicatorSpec, ratio: RatioSpec, path: KeyPath) -> None:
    if indicator.nature != "rate":
        context.document.report(
            meaning.NATURE_MISMATCH,
            (*path, "nature"),
            measure=Text("比值", "a ratio"),
            indicator=indicator.id,
            nature=NATURES[indicator.nature],
            cure=Text("派生指标写 nature: rate", "write nature: rate for a derived indicator"),
        )
    unit = context.units.find(indicator.unit)
    if unit is None or not check_quotient(context, unit, ratio.numerator, ratio.denominator, (*path, "unit")):
        return
    expected = scale_of(unit)
    if ratio.scale is not None and ratio.scale != expected:
        context.document.report(
            meaning.SCALE_MISMATCH,
            (*path, "ratio", "scale"),
            scale=f"{ratio.scale:f}",
            unit=unit.text,
            expected=f"{expected.normalize():f}",
        )


def scale_of(unit: Unit) -> Decimal:
    """Return the factor that turns a quotient of base units into `unit`: 10000 for 件/万人, 100 for %."""
    return Decimal(100) / unit.factor if unit.is_percent else 1 / unit.factor


def check_quotient(
    context: Context, unit: Unit, numerators: tuple[str, ...], denominators: tuple[str, ...], path: KeyPath
) -> bool:
    """Complain where numerator over denominator is not of the unit's dimension; return whether all fit."""
    fits = True
    for above in numerators:
        for below in denominators:
            over, under = context.unit_of(above), context.unit_of(below)
            if over is None or under is None or _is_quotient(unit, over, under):
                continue
            fits = False
            context.document.report(
                meaning.RATIO_MISMATCH,
                path,
                numerator=Text(f"{over.text}('{above}')", f"'{above}' ({over.text})"),
                denominator=Text(f"{under.text}('{below}')", f"'{below}' ({under.text})"),
                unit=unit.text,
                cure=_quotient_cure(over, under),
            )
    return fits


def _is_quotient(unit: Unit, over: Unit, under: Unit) -> bool:
    if over.dimension == under.dimension:
        return unit.is_percent or unit.dimension in _PURE
    return unit.dimension == f"{over.dimension}/{under.dimension}"


def _quotient_cure(over: Unit, under: Unit) -> Text:
    wanted = "%" if over.dimension == under.dimension else f"{over.dimension}/{under.dimension}"
    return Text(
        f"单位应可换算成 '{wanted}'，或换分子、分母", f"use a unit that converts to '{wanted}', or other indicators"
    )


def _check_circles(context: Context) -> None:
    uses = {
        indicator.id: (*indicator.ratio.numerator, *indicator.ratio.denominator)
        for indicator in context.spec.indicators
        if indicator.ratio is not None
    }
    done: set[str] = set()
    for index, indicator in enumerate(context.spec.indicators):
        chain = _circle(indicator.id, uses, done)
        if chain is not None:
            done.update(chain)
            path = (*context.locate("indicators", index), "ratio")
            context.document.report(meaning.CIRCULAR_RATIO, path, chain=" -> ".join(chain))


def _circle(start: str, uses: dict[str, tuple[str, ...]], done: set[str]) -> list[str] | None:
    """Return the shortest way from an indicator back to itself, None when there is none."""
    if start in done or start not in uses:
        return None
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for used in uses.get(way[-1], ()):
            if used == start:
                return [*way, used]
            if used not in seen:
                seen.add(used)
                ways.append([*way, used])
    return None
