"""How the numbers of one result are shown: the same decimals along a row, and never a number on the wrong side."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ipstrong.model.plan import Comparator, MeasureKind
from ipstrong.model.result import Figure, Result
from ipstrong.model.unit import Unit
from ipstrong.reports.formatting import comparator_sign, exact_decimals
from ipstrong.reports.xlsx.context import Context
from ipstrong.reports.xlsx.numbers import NumberFormat, difference_format, format_for, usual_decimals
from ipstrong.texts import Lang

_BIG = 1000
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Shown:
    """Formats for the figures of one result."""

    lang: Lang
    series_unit: Unit | None
    unit: Unit | None
    series_decimals: int
    decimals: int
    target: Decimal | None

    def series(self, value: Decimal) -> NumberFormat:
        """A yearly value of the indicator."""
        plain = format_for(self.series_unit, self.series_decimals, self.lang)
        if self.series_unit == self.unit and self.target is not None:
            return plain.clear_of(value, self.target)
        return plain

    def value(self, value: Decimal, *lines: Decimal) -> NumberFormat:
        """A value in the target's unit, kept apart from the target and from other lines."""
        marks = (*lines, self.target) if self.target is not None else lines
        return format_for(self.unit, self.decimals, self.lang).clear_of(value, *marks)

    def derived(self, value: Decimal, *lines: Decimal) -> NumberFormat:
        """A computed value in the target's unit: one more decimal where the row has none and the value is small."""
        plain = format_for(self.unit, self._finer(value), self.lang)
        marks = (*lines, self.target) if self.target is not None else lines
        return plain.clear_of(value, *marks)

    def gap(self, value: Decimal) -> NumberFormat:
        """A signed difference from the target."""
        return difference_format(self.unit, self.decimals, self.lang).clear_of(value, _ZERO)

    def need(self, value: Decimal) -> NumberFormat:
        """A signed change per year."""
        return difference_format(self.unit, self._finer(value), self.lang).clear_of(value, _ZERO)

    def _finer(self, value: Decimal) -> int:
        if value.is_finite() and value != value.to_integral_value() and abs(value) < _BIG:
            return max(self.decimals, 1)
        return self.decimals


def shown_for(context: Context, result: Result) -> Shown:
    """Return the formats for a result."""
    target, indicator = result.target, context.indicator_of(result)
    series_unit = indicator.unit if indicator else target.unit
    declared = indicator.decimals if indicator else None
    own = [figure.value for figure in (result.base, result.latest, *result.series) if isinstance(figure, Figure)]
    goal = [result.target_value] if result.target_value is not None else []
    percent = bool(series_unit and series_unit.is_percent)
    if target.measure in (MeasureKind.AVERAGE_GROWTH, MeasureKind.RANK):
        yearly = [figure.value for figure in result.series if isinstance(figure, Figure)]
        latest = [result.latest.value] if isinstance(result.latest, Figure) else []
        in_percent = bool(target.unit and target.unit.is_percent)
        decimals = usual_decimals([*latest, *goal], None, percent=in_percent)
        series_decimals = usual_decimals(yearly, declared, percent=percent)
    else:
        decimals = series_decimals = usual_decimals([*own, *goal], declared, percent=percent)
    return Shown(context.lang, series_unit, target.unit, series_decimals, decimals, result.target_value)


def goal_format(shown: Shown, result: Result, value: Decimal) -> NumberFormat:
    """Return the format of the target itself: with its sign, its upper bound, or as a place among the first."""
    target = result.target
    decimals = max(shown.decimals if value != value.to_integral_value() else 0, min(exact_decimals(value), 6))
    if target.measure is MeasureKind.RANK:
        first = ("前" if value > 1 else "第") if shown.lang == "zh" else ("top " if value > 1 else "")
        return NumberFormat(decimals, prefix=first)
    plain = format_for(target.unit, decimals, shown.lang)
    if target.comparator is Comparator.BETWEEN and target.upper is not None:
        return plain._replace(suffix=f"–{target.upper.normalize():f}{plain.suffix}")
    return plain._replace(prefix=comparator_sign(target.comparator) + plain.prefix)
