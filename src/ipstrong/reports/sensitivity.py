"""What would flip a verdict: the value that each input would have to take, all others unchanged."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, DivisionByZero, InvalidOperation
from typing import NamedTuple

from ipstrong.model.dataset import Observation
from ipstrong.model.evaluation import CONTEXT, UndefinedError, geometric_sum, power, value_of
from ipstrong.model.formula import (
    Aggregate,
    CumulativeRate,
    Formula,
    Observed,
    Operation,
    Place,
    Power,
    observations_of,
)
from ipstrong.model.plan import Comparator, Rounding
from ipstrong.model.result import Figure, Result
from ipstrong.reports.formatting import exact_decimals, round_to, tidy


class Flip(NamedTuple):
    """One input, and where it flips the verdict."""

    observation: Observation
    value: Decimal
    """The line, in the indicator's unit, rounded away from the present value: reaching it is enough."""
    includes: bool
    """Whether the verdict flips on the line itself, not only beyond it."""
    falls: bool
    """Whether the input would have to fall."""

    @property
    def change(self) -> Decimal:
        """By how much the input would have to change."""
        return CONTEXT.subtract(self.value, self.observation.value)

    @property
    def relative(self) -> Decimal | None:
        """The change as a fraction of the input; None for an input of zero."""
        return CONTEXT.divide(self.change, abs(self.observation.value)) if self.observation.value else None


def flips(result: Result) -> tuple[Flip, ...]:
    """Return where each input of the latest value would flip the verdict; inputs that cannot alone are left out.

    Empty where there is no verdict to flip: nothing computed, or uncertain.
    """
    figure, goal = result.latest, result.target_value
    if not isinstance(figure, Figure) or goal is None or result.met_now is None:
        return ()
    # A value on the line meets "at least" and misses "more than": met flips on the line only in the second case.
    on_line_is_met = result.target.comparator not in (Comparator.GT, Comparator.LT)
    includes = on_line_is_met != result.met_now
    found = []
    for observation in observations_of(figure.formula):
        for line, must_fall in _lines(result, figure.value, goal):
            try:
                value = solve(figure.formula, observation, line)
                direction = slope(figure.formula, observation)
            except (DivisionByZero, InvalidOperation, UndefinedError):
                continue
            if value is not None and direction:
                falls = must_fall == (direction > 0)
                rounded = _away(tidy(value), observation.value, falls=falls)
                found.append(Flip(observation, rounded, includes, falls))
    return tuple(found)


def _lines(result: Result, value: Decimal, goal: Decimal) -> tuple[tuple[Decimal, bool], ...]:
    """Return the values on which the verdict turns, each with whether the value would have to fall to it.

    A value within a range can leave it at either bound; one outside comes in at the nearer one.
    """
    upper = result.target.upper
    if upper is not None:
        if result.met_now:
            return ((goal, True), (upper, False))
        return ((upper, True),) if value > upper else ((goal, False),)
    direction = result.target.comparator.direction if result.target.comparator else 1
    return ((_line(result, goal), (direction > 0) == bool(result.met_now)),)


def _line(result: Result, goal: Decimal) -> Decimal:
    """Return the target, or the limit from which a value is rounded to it."""
    convention = result.readings[0].convention if result.readings else None
    rounding = (convention and convention.rounding) or result.target.rounding
    if rounding is Rounding.FULL:
        return goal
    half = Decimal(5).scaleb(-exact_decimals(goal) - 1)
    direction = result.target.comparator.direction if result.target.comparator else 1
    return goal - half if direction > 0 else goal + half


def _away(value: Decimal, present: Decimal, *, falls: bool) -> Decimal:
    """Round away from the present value to its own decimals, one more where it has any, so that reaching it is enough."""
    decimals = exact_decimals(present)
    places = decimals + 1 if decimals or abs(present) < 10 else 0
    if exact_decimals(value) <= places:
        return value
    return round_to(value, places, ROUND_FLOOR if falls else ROUND_CEILING)


def slope(expr: Formula, observation: Observation) -> int:
    """Return 1 where the value rises with the input, -1 where it falls, 0 where it stays."""
    match expr:
        case Observed(found):
            return int(found.number == observation.number)
        case Operation(sign, left, right):
            first, second = slope(left, observation), slope(right, observation)
            if sign in "+-":
                return first or (second if sign == "+" else -second)
            if first:
                return first * _sign(value_of(right))
            return second * _sign(value_of(left)) * (1 if sign == "*" else -1)
        case Power(inner, _, _) | CumulativeRate(inner, _):
            return slope(inner, observation)
        case Aggregate(_, items):
            return next((each for item in items if (each := slope(item, observation))), 0)
        case Place(own, _, direction):
            return -direction * slope(own, observation)
        case _:
            return 0


def _sign(value: Decimal) -> int:
    return (value > 0) - (value < 0)


def solve(expr: Formula, observation: Observation, goal: Decimal) -> Decimal | None:
    """Return the value of `observation` at which `expr` equals `goal`; None where it cannot get there alone.

    None for an input that appears in the formula more than once.
    """
    match expr:
        case Observed(found):
            return goal if found.number == observation.number else None
        case Operation(sign, left, right):
            return _solve_operation(sign, left, right, observation, goal)
        case Power(inner, above, below):
            needed = None if goal < 0 else power(goal, int(value_of(below)), int(value_of(above)))
            return None if needed is None else solve(inner, observation, needed)
        case CumulativeRate(inner, years):
            factor = goal + 1
            return None if factor < 0 else solve(inner, observation, geometric_sum(factor, years))
        case Aggregate():
            return _solve_fold(expr, observation, goal)
        case Place():
            return _solve_place(expr, observation, goal)
        case _:
            return None


def _holds(expr: Formula, observation: Observation) -> bool:
    return any(found.number == observation.number for found in observations_of(expr))


def _solve_operation(
    sign: str, left: Formula, right: Formula, observation: Observation, goal: Decimal
) -> Decimal | None:
    in_left, in_right = _holds(left, observation), _holds(right, observation)
    if in_left == in_right:
        return None
    other = value_of(right if in_left else left)
    match sign:
        case "+":
            inner = CONTEXT.subtract(goal, other)
        case "-":
            inner = CONTEXT.add(goal, other) if in_left else CONTEXT.subtract(other, goal)
        case "*":
            inner = CONTEXT.divide(goal, other)
        case _:
            inner = CONTEXT.multiply(goal, other) if in_left else CONTEXT.divide(other, goal)
    return solve(left if in_left else right, observation, inner)


def _solve_fold(fold: Aggregate, observation: Observation, goal: Decimal) -> Decimal | None:
    holders = [item for item in fold.items if _holds(item, observation)]
    if len(holders) != 1:
        return None
    others = [value_of(item) for item in fold.items if item is not holders[0]]
    match fold.name:
        case "min":
            return None if any(value < goal for value in others) else solve(holders[0], observation, goal)
        case "max":
            return None if any(value > goal for value in others) else solve(holders[0], observation, goal)
        case name:
            whole = goal * len(fold.items) if name == "mean" else goal
            return solve(holders[0], observation, CONTEXT.subtract(whole, sum(others, Decimal(0))))


def _solve_place(place: Place, observation: Observation, goal: Decimal) -> Decimal | None:
    """Return the value of the peer at the last place that is asked for: a tie with it is enough."""
    position = int(goal) - 1
    values = sorted((value_of(peer) for peer in place.peers), reverse=place.direction > 0)
    if not 0 <= position < len(values) or not _holds(place.own, observation):
        return None
    return solve(place.own, observation, values[position])
