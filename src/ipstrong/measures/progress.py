"""The numbers next to a verdict: gap, attainment, progress, schedule, pace, need, projections, year on year.

Each is the formula of `model/derivations.py`, or the reason why there is none. All values are those of a year-end (a
stock at the end of year t, or the flow of year t), and time is counted in years.
"""

from __future__ import annotations

from decimal import Decimal

from ipstrong.model.derivations import Derivations
from ipstrong.model.evaluation import UndefinedError, compare, value_of
from ipstrong.model.formula import TARGET, Formula, Quantities
from ipstrong.model.plan import PacePreset
from ipstrong.model.result import Figure, NotComputed, Pace, PaceClass, Reason

_ZERO = Decimal(0)
_ONE = Decimal(1)

# The commonest refusals, made once.
_PASSED = NotComputed(Reason.DEADLINE_PASSED)
_TOO_FEW_POINTS = NotComputed(Reason.TOO_FEW_POINTS)
_BASE_MEETS_TARGET = NotComputed(Reason.BASE_MEETS_TARGET)


def quantities(
    latest: Figure,
    base: Figure | None,
    target: Decimal,
    upper: Decimal | None,
    deadline: int,
) -> Quantities:
    """Return what the numbers next to a verdict are computed from."""
    year, first = latest.period.year, base and base.period.year
    return Quantities(
        latest=latest.value,
        base=base and base.value,
        target=target,
        upper=upper,
        latest_year=Decimal(year),
        elapsed_years=None if first is None else Decimal(min(year, deadline) - first),
        total_years=None if first is None else Decimal(deadline - first),
        remaining_years=Decimal(deadline - year),
    )


def gap(given: Quantities, by: Derivations) -> Decimal:
    """Return the signed distance to the target: negative is short, zero meets it exactly.

    **Formula**: x_t - target where more is better, target - x_t where less is better; for a range the distance to the
    nearest bound, negative outside. For percents it is in percentage points.

    **Needs**: the latest value. **Not computed when**: there is none.

    **Example**: 198,031 against 130,000 or more is +68,031; 12 % against 10 % or less is -2 percentage points.

    **Source**: definition.
    """
    return value_of(by.gap, given)


def attainment(given: Quantities, by: Derivations) -> Decimal | NotComputed:
    """Return the share of the target that is reached, as a fraction.

    **Formula**: x_t / target where more is better, target / x_t where less is better; for a range 1 inside, x_t / lower
    bound below it, upper bound / x_t above it.

    **Needs**: the latest value.

    **Not computed when**: the target (or, where less is better, the latest value) is zero.

    **Example**: 160,014 of 130,000 is 123.09 %.

    **Source**: 完成率 as used in performance evaluation: value over target.
    """
    try:
        return value_of(by.attainment, given)
    except UndefinedError:
        return NotComputed(Reason.DENOMINATOR_IS_ZERO if by.direction < 0 or given.target else Reason.TARGET_IS_ZERO)


def progress(given: Quantities, by: Derivations) -> Decimal | NotComputed:
    """Return the share of the path from base to target that is done, as a fraction.

    **Formula**: (x_t - x_0) / (target - x_0).

    **Needs**: base and latest value.

    **Not computed when**: the base already meets the target, so that there is no path.

    **Example**: base 10, target 40, now 20: one third.

    **Source**: UN ESCAP Current Status Index, as a fraction.
    """
    return value_of(by.progress, given) if _leads_to_target(given, by) else _BASE_MEETS_TARGET


def expected(given: Quantities, by: Derivations) -> Decimal | NotComputed:
    """Return the value due by the latest year on the straight line from base to target.

    **Formula**: x_0 + (target - x_0) * (t - t_0) / (T - t_0).

    **Needs**: a base, and a deadline after the base year.

    **Not computed when**: there is no time between base and deadline.

    **Example**: base 10 in 2018, target 40 in 2021: 20 is due by 2019.

    **Source**: 序时进度, the straight-line schedule.
    """
    return value_of(by.expected, given) if _years(given.total_years) > 0 else _TOO_FEW_POINTS


def pace(given: Quantities, by: Derivations, preset: PacePreset) -> Pace | NotComputed:
    """Return progress made over time gone, with its class under the preset.

    **Formula**: ((x_t - x_0) / (target - x_0)) / ((t - t_0) / (T - t_0)).

    **Needs**: base, and a latest value after it.

    **Not computed when**: the base already meets the target, or no time has gone.

    **Example**: one third of the path in one third of the time is 1.00, on track; half the due progress is 0.50.

    **Source**: thresholds 0.95 / 0.60 / 0 as published by Statistics Canada (after Eurostat 2021); UN SDG Progress Chart
    for assessing against a straight line.
    """
    if _years(given.elapsed_years) <= 0:
        return _TOO_FEW_POINTS
    return _classified(by.pace, given, preset) if _leads_to_target(given, by) else _BASE_MEETS_TARGET


def growth_pace(given: Quantities, by: Derivations, preset: PacePreset) -> Pace | NotComputed:
    """Return the growth rate so far over the growth rate needed from the base, with its class.

    **Formula**: ((x_t / x_0) ** (1/(t-t_0)) - 1) / ((target / x_0) ** (1/(T-t_0)) - 1).

    **Needs**: positive base, latest and target.

    **Not computed when**: one of them is not positive, the base already meets the target, or no time has gone.

    **Example**: 10 to 40 over three years, 20 after one: (20/10 - 1) / (4 ** (1/3) - 1) = 1.70, while the straight line
    gives 1.00.

    **Source**: Eurostat SDG progress method with a quantitative target (ratio of actual to required CAGR).
    """
    if _years(given.elapsed_years) <= 0:
        return _TOO_FEW_POINTS
    refusal = _refuse_growth(given, _goal(given, by))
    if refusal is not None:
        return refusal
    return _classified(by.growth_pace, given, preset) if _leads_to_target(given, by) else _BASE_MEETS_TARGET


def _classified(formula: Formula, given: Quantities, preset: PacePreset) -> Pace:
    """Return a pace with its class; a ratio on a threshold belongs to the better class."""
    ratio = value_of(formula, given)
    classes = ((preset.on_track, PaceClass.ON_TRACK), (preset.slow, PaceClass.SLOW), (_ZERO, PaceClass.INSUFFICIENT))
    reached = (grade for least, grade in classes if compare(ratio, formula, least, given) >= 0)
    return Pace(ratio, next(reached, PaceClass.REVERSE))


def needed_per_year(given: Quantities, by: Derivations) -> Decimal | NotComputed:
    """Return the change per year that is needed from the latest value on.

    **Formula**: (target - x_t) / (T - t).

    **Needs**: a latest value before the deadline.

    **Not computed when**: the deadline has come.

    **Example**: 124,300 in 2020 against 130,000 in 2021 needs 5,700 a year.

    **Source**: definition.
    """
    return value_of(by.needed_per_year, given) if _years(given.remaining_years) > 0 else _PASSED


def projection(given: Quantities, by: Derivations) -> Decimal | NotComputed:
    """Return the value at the deadline if the mean yearly change since the base goes on.

    **Formula**: x_0 + (x_t - x_0) / (t - t_0) * (T - t_0).

    **Needs**: base, and a later value before the deadline.

    **Not computed when**: no time has gone, or the deadline has come.

    **Example**: 10 in 2018, 20 in 2019: 40 by 2021.

    **Source**: straight-line extrapolation (UN SDG Progress Chart 2023 uses the same share of the distance).
    """
    return _refuse_projection(given) or value_of(by.projection, given)


def growth_projection(given: Quantities, by: Derivations) -> Decimal | NotComputed:
    """Return the value at the deadline if the mean growth rate since the base goes on.

    **Formula**: x_0 * (x_t / x_0) ** ((T - t_0) / (t - t_0)).

    **Needs**: positive base and latest value, the latter before the deadline.

    **Not computed when**: one of them is not positive, no time has gone, or the deadline has come.

    **Example**: 10 in 2018, 20 in 2019: 80 by 2021.

    **Source**: extrapolation with the compound annual growth rate (UN SDG Progress Chart 2023).
    """
    return _refuse_projection(given) or _refuse_growth(given, _ONE) or value_of(by.growth_projection, given)


def eta(given: Quantities, by: Derivations) -> Decimal | NotComputed:
    """Return when the straight line through base and latest value reaches the target, in year-ends.

    **Formula**: t + (target - x_t) / ((x_t - x_0) / (t - t_0)).

    **Needs**: base, and a later value that falls short.

    **Not computed when**: the target is reached already, no time has gone, or the line does not lead there.

    **Example**: 10 at the end of 2018, 20 at the end of 2019, target 40: 2021, the end of 2021.

    **Source**: definition.
    """
    assert given.latest is not None
    assert given.base is not None
    direction = _direction(given, by)
    if (_goal(given, by) - given.latest) * direction <= 0:
        return NotComputed(Reason.ALREADY_MET)
    if _years(given.elapsed_years) <= 0:
        return _TOO_FEW_POINTS
    if (given.latest - given.base) * direction <= 0:
        return NotComputed(Reason.NEVER_AT_THIS_PACE)
    return value_of(by.eta, given)


def year_on_year(given: Quantities, by: Derivations, *, in_points: bool) -> Decimal | NotComputed:
    """Return the change on the year before: a fraction, or a difference in percentage points for percents.

    **Formula**: x_t / x_(t-1) - 1, or x_t - x_(t-1) in points.

    **Needs**: both years.

    **Not computed when**: the year before is zero or negative.

    **Example**: 1,224 after 896 is +36.6 %; 12.5 % after 10 % is +2.5 percentage points.

    **Source**: National Bureau of Statistics, 同比.
    """
    assert given.previous is not None
    if in_points or given.previous > 0:
        return value_of(by.yoy, given)
    return NotComputed(Reason.BASE_IS_NEGATIVE if given.previous else Reason.BASE_IS_ZERO)


def _years(count: Decimal | None) -> Decimal:
    assert count is not None
    return count


def _goal(given: Quantities, by: Derivations) -> Decimal:
    if by.goal is TARGET and given.target is not None:
        return given.target
    return value_of(by.goal, given)


def _direction(given: Quantities, by: Derivations) -> int:
    """Return which way the value has to go: for a range, towards the nearest bound."""
    if by.direction:
        return by.direction
    assert given.latest is not None
    return -1 if given.upper is not None and given.latest > given.upper else 1


def _leads_to_target(given: Quantities, by: Derivations) -> bool:
    """Whether the path from the base to the target runs in the direction that is asked for."""
    assert given.base is not None
    return (_goal(given, by) - given.base) * _direction(given, by) > 0


def _refuse_projection(given: Quantities) -> NotComputed | None:
    if _years(given.elapsed_years) <= 0:
        return _TOO_FEW_POINTS
    return None if _years(given.remaining_years) > 0 else _PASSED


def _refuse_growth(given: Quantities, goal: Decimal) -> NotComputed | None:
    assert given.latest is not None
    assert given.base is not None
    if given.base <= 0:
        return NotComputed(Reason.BASE_IS_NEGATIVE if given.base else Reason.BASE_IS_ZERO)
    return NotComputed(Reason.NEGATIVE_RATIO) if given.latest <= 0 or goal <= 0 else None
