"""Whether a figure meets a target: exactly, as printed precision allows, and under which convention of rounding."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from ipstrong.model.evaluation import CONTEXT, compare
from ipstrong.model.formula import Constant, Formula
from ipstrong.model.plan import Comparator, Rounding
from ipstrong.model.result import Figure


def meets(
    figure: Figure,
    comparator: Comparator,
    target: Decimal,
    upper: Decimal | None = None,
    rounding: Rounding = Rounding.FULL,
) -> bool | None:
    """Return whether the figure meets the target; None when its interval straddles the target.

    "以上", "以下" and both ends of a range include the number itself. By the full-value method (全数值比较法,
    GB/T 8170-2008, the default) 92.96 misses 93; by the rounded-value method (修约值比较法) the value is rounded once,
    half to even, to the decimals of the target, and 92.96 rounded to 93 meets it.
    """
    ends: tuple[Decimal, ...] = (figure.value,) if figure.is_exact else (figure.low, figure.value, figure.high)
    if rounding is Rounding.ROUNDED:
        exponent = target.as_tuple().exponent
        place = Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(1)
        ends = tuple(end if end.is_infinite() else end.quantize(place, ROUND_HALF_EVEN, CONTEXT) for end in ends)
    elif figure.is_exact:
        return _holds(figure.value, figure.formula, comparator, target, upper)
    verdicts = {_holds(end, Constant(end), comparator, target, upper) for end in ends}
    if upper is not None and ends[0] < target and ends[-1] > upper:
        return None  # both ends miss the range, though its middle meets it
    return verdicts.pop() if len(verdicts) == 1 else None


def _holds(value: Decimal, formula: Formula, comparator: Comparator, target: Decimal, upper: Decimal | None) -> bool:
    sign = compare(value, formula, target)
    match comparator:
        case Comparator.GE:
            return sign >= 0
        case Comparator.GT:
            return sign > 0
        case Comparator.LE:
            return sign <= 0
        case Comparator.LT:
            return sign < 0
        case Comparator.BETWEEN:
            return sign >= 0 and (upper is None or compare(value, formula, upper) <= 0)
