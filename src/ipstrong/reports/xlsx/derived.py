"""The numbers next to a verdict as formulas over the quantities of a result."""

from __future__ import annotations

from ipstrong.model.formula import (
    BASE,
    CURRENT,
    ELAPSED_YEARS,
    LATEST,
    LATEST_YEAR,
    ONE,
    PREVIOUS,
    REMAINING_YEARS,
    TARGET,
    TOTAL_YEARS,
    UPPER,
    Aggregate,
    Choice,
    Formula,
    Operation,
    Power,
)
from ipstrong.model.result import Result

TIME_SHARE = Operation("/", ELAPSED_YEARS, TOTAL_YEARS)


def formula_of(result: Result, field: str) -> Formula:
    """Return the formula of a number next to a verdict."""
    target = result.target
    direction = target.comparator.direction if target.comparator else 1
    is_range = direction == 0 and target.upper is not None
    goal: Formula = Choice(LATEST, UPPER, UPPER, TARGET) if is_range else TARGET
    rise = Operation("-", LATEST, BASE)
    way = Operation("-", goal, BASE)
    missing = Operation("-", goal, LATEST)
    match field:
        case "gap":
            if is_range:
                return Aggregate("min", (Operation("-", LATEST, TARGET), Operation("-", UPPER, LATEST)))
            return Operation("-", TARGET, LATEST) if direction < 0 else Operation("-", LATEST, TARGET)
        case "attainment":
            if is_range:
                inside = Choice(LATEST, UPPER, Operation("/", UPPER, LATEST), ONE)
                return Choice(TARGET, LATEST, Operation("/", LATEST, TARGET), inside)
            return Operation("/", TARGET, LATEST) if direction < 0 else Operation("/", LATEST, TARGET)
        case "progress":
            return Operation("/", rise, way)
        case "expected":
            return Operation("+", BASE, Operation("*", way, TIME_SHARE))
        case "pace":
            return Operation("/", Operation("/", rise, way), TIME_SHARE)
        case "growth_pace":
            return Operation(
                "/",
                Operation("-", Power(Operation("/", LATEST, BASE), ONE, ELAPSED_YEARS), ONE),
                Operation("-", Power(Operation("/", goal, BASE), ONE, TOTAL_YEARS), ONE),
            )
        case "needed_per_year":
            return Operation("/", missing, REMAINING_YEARS)
        case "projection":
            return Operation("+", BASE, Operation("*", Operation("/", rise, ELAPSED_YEARS), TOTAL_YEARS))
        case "growth_projection":
            return Operation("*", BASE, Power(Operation("/", LATEST, BASE), TOTAL_YEARS, ELAPSED_YEARS))
        case "eta":
            return Operation("+", LATEST_YEAR, Operation("/", missing, Operation("/", rise, ELAPSED_YEARS)))
        case "yoy":
            if result.yoy_in_points:
                return Operation("-", CURRENT, PREVIOUS)
            return Operation("-", Operation("/", CURRENT, PREVIOUS), ONE)
        case _:
            raise ValueError(field)
