"""Formulas as arithmetic that a person can redo with a pocket calculator: values, formulas with numbers, steps."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

from ipstrong.model.evaluation import NO_QUANTITIES, value_of
from ipstrong.model.formula import (
    Aggregate,
    Choice,
    Constant,
    CumulativeRate,
    Formula,
    Observed,
    Operation,
    Place,
    Power,
    Quantities,
    Quantity,
    Symbol,
    observations_of,
)
from ipstrong.reports.formatting import plain, tidy
from ipstrong.texts import Lang, Text

SHOWN_DIGITS = 10
"""Significant digits of intermediate results: what a pocket calculator shows."""

_SIGNS = {"+": "+", "-": "-", "*": "×", "/": "÷"}
_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2}
_LOOSE, _TIGHT = 0, 3
_BETTER = Text("优于本地区的：{names}", "ahead: {names}")
_NOBODY = Text("无", "none")
_RATE = Text("满足 {sum} = {ratio} 的 g（方程法）", "the g with {sum} = {ratio} (cumulative approach)")


class Step(NamedTuple):
    """A line of arithmetic: what is computed, and what comes out."""

    formula: str
    value: Decimal


def shown(value: Decimal, anchor: Decimal | None = None) -> str:
    """Return an intermediate result with ten digits, more where it would seem to reach or cross `anchor`."""
    value = tidy(value)
    digits = SHOWN_DIGITS
    rounded = _digits(value, digits)
    while anchor is not None and rounded.compare(anchor) != value.compare(anchor) and digits < 28:
        digits += 1
        rounded = _digits(value, digits)
    return plain(rounded)


def _digits(value: Decimal, digits: int) -> Decimal:
    # Whole numbers are never shortened: digits behind the point are kept as far as there is room.
    whole = max(digits, value.adjusted() + 1) if value else digits
    return Context(prec=whole, rounding=ROUND_HALF_EVEN).plus(value)


def equals(value: Decimal, text: str) -> str:
    """Return `= text` where the text is the whole value, else `≈ text`."""
    return f"= {text}" if Decimal(text) == tidy(value) else f"≈ {text}"


def formula(
    expr: Formula,
    lang: Lang,
    names: dict[str, str],
    given: Quantities = NO_QUANTITIES,
    anchor: Decimal | None = None,
) -> str:
    """Return the formula with its numbers substituted, such as `198031 ÷ 17681600 × 10000`.

    Args:
        expr: The formula.
        lang: Language of the few words that some measures need.
        names: Region ids to names, for ranks.
        given: What the quantities in it are.
        anchor: A number that no shown quantity may seem to reach or cross.
    """
    return _Writer(lang, names, given, anchor).text(expr, _LOOSE)


class _Writer(NamedTuple):
    """Writes formulas, in brackets where what surrounds them binds more strongly."""

    lang: Lang
    names: dict[str, str]
    given: Quantities
    anchor: Decimal | None

    def text(self, expr: Formula, strength: int) -> str:
        match expr:
            case Constant(value):
                return plain(value)
            case Observed(observation):
                return plain(observation.value)
            case Quantity():
                return shown(value_of(expr, self.given), self.anchor)
            case Operation(sign, left, right):
                own = _STRENGTH[sign]
                after = own + 1 if sign in "-/" else own
                text = f"{self.text(left, own)} {_SIGNS[sign]} {self.text(right, after)}"
                return f"({text})" if own < strength else text
            case Power(base, above, below):
                text = self.text(base, _TIGHT)
                over, under = self.text(above, _TIGHT), self.text(below, _TIGHT)
                return text if over == under == "1" else f"{text} ^ ({over} ÷ {under})"
            case Aggregate("min" | "max" as name, items):
                return f"{name}({', '.join(self.text(item, _LOOSE) for item in items)})"
            case Aggregate(name, items):
                text, binding = " + ".join(self.text(item, 1) for item in items), 1
                if len(items) == 1:
                    binding = _TIGHT
                elif name == "mean":
                    text, binding = f"({text}) ÷ {len(items)}", 2
                return f"({text})" if strength > binding else text
            case CumulativeRate(ratio, years):
                powers = " + ".join(f"(1 + g) ^ {year}" for year in range(1, years + 1))
                text = _RATE.get(self.lang).format(sum=powers, ratio=self.text(ratio, 1))
                return f"({text})" if strength > _LOOSE else text
            case Choice(left, right, then, otherwise):
                is_greater = value_of(left, self.given) > value_of(right, self.given)
                return self.text(then if is_greater else otherwise, strength)
            case Place(own, peers, direction):
                mine = value_of(own)
                better = [peer for peer in peers if (value_of(peer) - mine) * direction > 0]
                listed = ("、" if self.lang == "zh" else ", ").join(
                    f"{self._owner(peer)} {shown(value_of(peer), mine)}" for peer in better
                )
                words = _BETTER.get(self.lang).format(names=listed or _NOBODY.get(self.lang))
                return f"1 + {len(better)} ({words})"
            case Symbol():
                raise ValueError("a symbol has no number before it is bound")

    def _owner(self, expr: Formula) -> str:
        region = next((found.region for found in observations_of(expr)), "")
        return self.names.get(region, region)


def steps(expr: Formula, lang: Lang, names: dict[str, str]) -> list[Step]:
    """Return the whole formula with its value, and before it the parts that one pass on a calculator cannot hold."""
    found: list[Step] = []
    _gather_steps(expr, lang, names, found, is_top=True)
    return found


def _gather_steps(expr: Formula, lang: Lang, names: dict[str, str], found: list[Step], *, is_top: bool) -> None:
    match expr:
        case Power(inner, _, _) | CumulativeRate(inner, _):
            _gather_steps(inner, lang, names, found, is_top=False)
            _add(inner, lang, names, found)
        case Operation(_, left, right):
            _gather_steps(left, lang, names, found, is_top=False)
            _gather_steps(right, lang, names, found, is_top=False)
            if isinstance(left, Power | CumulativeRate):
                _add(left, lang, names, found)
        case Aggregate(name, items):
            for item in items:
                _gather_steps(item, lang, names, found, is_top=False)
                if name in ("min", "max", "mean"):
                    _add(item, lang, names, found)
        case Place(own, peers, _):
            for item in (own, *peers):
                _add(item, lang, names, found)
        case _:
            pass
    if is_top:
        _add(expr, lang, names, found)


def _add(expr: Formula, lang: Lang, names: dict[str, str], found: list[Step]) -> None:
    if isinstance(expr, Constant | Observed):
        return
    step = Step(formula(expr, lang, names), value_of(expr))
    if step not in found:
        found.append(step)
