"""Whether a figure meets a target: exactly, as printed precision allows, and under which way of rounding."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from ipstrong.measures.exact import CONTEXT, sign_against
from ipstrong.model.expr import Expr, Num
from ipstrong.model.plan import Comparator, Rounding
from ipstrong.model.result import Figure


def meets(
    figure: Figure,
    comparator: Comparator,
    target: Decimal,
    upper: Decimal | None = None,
    rounding: Rounding = Rounding.FULL,
) -> bool | None:
    """Return whether the figure meets the target; None when its interval straddles the line.

    "以上", "以下" and both ends of a range include the number itself. By the full-value method (全数值比较法,
    GB/T 8170-2008, the default) 92.96 misses 93; by the rounded-value method (修约值比较法) the value is rounded once,
    half to even, to the decimals of the target, and 92.96 rounded to 93 meets it.
    """
    if rounding is Rounding.ROUNDED:
        figure = _rounded(figure, target)
    if figure.is_exact:
        return _holds(figure.value, figure.expr, comparator, target, upper)
    ends = {_holds(end, Num(end), comparator, target, upper) for end in (figure.low, figure.value, figure.high)}
    if comparator is Comparator.BETWEEN and _spans(figure, target, upper):
        return None
    return ends.pop() if len(ends) == 1 else None


def _holds(value: Decimal, expr: Expr, comparator: Comparator, target: Decimal, upper: Decimal | None) -> bool:
    sign = sign_against(value, expr, target)
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
            over = upper is not None and sign_against(value, expr, upper) > 0
            return sign >= 0 and not over


def _spans(figure: Figure, lower: Decimal, upper: Decimal | None) -> bool:
    """Whether the interval reaches over the whole range, so that its two ends agree though its middle differs."""
    return upper is not None and figure.low < lower and figure.high > upper


def _rounded(figure: Figure, target: Decimal) -> Figure:
    exponent = target.as_tuple().exponent
    place = Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(1)
    value, low, high = (
        end if end.is_infinite() else end.quantize(place, ROUND_HALF_EVEN, CONTEXT)
        for end in (figure.value, figure.low, figure.high)
    )
    if figure.is_exact:
        return Figure(figure.period, value, value, value, Num(value))
    return Figure(figure.period, value, low, high, Num(value))
