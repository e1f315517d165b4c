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


def derivations(direction: int, *, is_range: bool, in_points: bool) -> dict[str, Formula]:
    """Return the formula of each number next to a verdict, by its field of `Result`."""
    goal: Formula = TARGET
    gap: Formula = Operation("-", LATEST, TARGET)
    attainment: Formula = Operation("/", LATEST, TARGET)
    if is_range:
        goal = Choice(LATEST, UPPER, UPPER, TARGET)
        gap = Aggregate("min", (gap, Operation("-", UPPER, LATEST)))
        from_above = Choice(LATEST, UPPER, Operation("/", UPPER, LATEST), ONE)
        attainment = Choice(TARGET, LATEST, attainment, from_above)
    elif direction < 0:
        gap, attainment = Operation("-", TARGET, LATEST), Operation("/", TARGET, LATEST)
    rise, path, missing = Operation("-", LATEST, BASE), Operation("-", goal, BASE), Operation("-", goal, LATEST)
    growth = Operation("-", Power(Operation("/", LATEST, BASE), ONE, ELAPSED_YEARS), ONE)
    growth_needed = Operation("-", Power(Operation("/", goal, BASE), ONE, TOTAL_YEARS), ONE)
    progress = Operation("/", rise, path)
    yearly = Operation("/", rise, ELAPSED_YEARS)
    ratio = Operation("-", Operation("/", CURRENT, PREVIOUS), ONE)
    return {
        "gap": gap,
        "attainment": attainment,
        "progress": progress,
        "expected": Operation("+", BASE, Operation("/", Operation("*", path, ELAPSED_YEARS), TOTAL_YEARS)),
        "pace": Operation("/", progress, Operation("/", ELAPSED_YEARS, TOTAL_YEARS)),
        "growth_pace": Operation("/", growth, growth_needed),
        "needed_per_year": Operation("/", missing, REMAINING_YEARS),
        "projection": Operation("+", BASE, Operation("*", yearly, TOTAL_YEARS)),
        "growth_projection": Operation("*", BASE, Power(Operation("/", LATEST, BASE), TOTAL_YEARS, ELAPSED_YEARS)),
        "eta": Operation("+", LATEST_YEAR, Operation("/", missing, yearly)),
        "yoy": Operation("-", CURRENT, PREVIOUS) if in_points else ratio,
    }
