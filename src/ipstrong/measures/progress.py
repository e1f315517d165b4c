"""What stands beside a verdict: gap, attainment, progress, schedule, pace, need, projections, year on year.

All functions take the value of a year-end (a stock at the end of year t, or the flow of year t) and count time in years.
Direction is +1 where more is better and -1 where less is better; for a range it is 0.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ipstrong.model.evaluation import CONTEXT, power, root
from ipstrong.model.plan import PacePreset
from ipstrong.model.result import NotComputed, Pace, PaceClass, Reason

ONE = Decimal(1)
ZERO = Decimal(0)

# The commonest refusals, made once.
_PASSED = NotComputed(Reason.DEADLINE_PASSED)
_REACHED = NotComputed(Reason.ALREADY_MET)
_NO_WAY_TO_GO = NotComputed(Reason.BASE_MEETS_TARGET)


class Way(NamedTuple):
    """The way from base to target: values and the years they belong to."""

    base: Decimal
    base_year: int
    latest: Decimal
    latest_year: int
    target: Decimal
    deadline: int


def gap(latest: Decimal, target: Decimal, direction: int, upper: Decimal | None = None) -> Decimal:
    """Return the signed distance to the target: negative is short, zero meets it exactly.

    **Formula**: x_t - target where more is better, target - x_t where less is better; for a range the distance to the
    nearest bound, negative outside. For percents it is in percentage points.

    **Needs**: the latest value. **Not computed when**: there is none.

    **Example**: 198,031 against 130,000 or more is +68,031; 12 % against 10 % or less is -2 percentage points.

    **Source**: definition.
    """
    if direction > 0:
        return CONTEXT.subtract(latest, target)
    if direction < 0:
        return CONTEXT.subtract(target, latest)
    below = CONTEXT.subtract(latest, target)
    return below if upper is None else min(below, CONTEXT.subtract(upper, latest))


def attainment(latest: Decimal, target: Decimal, direction: int, upper: Decimal | None = None) -> Decimal | NotComputed:
    """Return the share of the target that is reached, as a fraction.

    **Formula**: x_t / target where more is better, target / x_t where less is better; for a range 1 inside, x_t / lower
    bound below it, upper bound / x_t above it.

    **Needs**: the latest value.

    **Not computed when**: the target (or, where less is better, the latest value) is zero.

    **Example**: 160,014 of 130,000 is 123.09 %.

    **Source**: 完成率 as used in performance evaluation: value over target.
    """
    if direction == 0:
        if upper is not None and latest > upper:
            return CONTEXT.divide(upper, latest)
        direction = 1
        if latest >= target:
            return ONE
    over, under = (latest, target) if direction > 0 else (target, latest)
    if under == 0:
        return NotComputed(Reason.TARGET_IS_ZERO if direction > 0 else Reason.DENOMINATOR_IS_ZERO)
    return CONTEXT.divide(over, under)


def progress(base: Decimal, latest: Decimal, target: Decimal, direction: int) -> Decimal | NotComputed:
    """Return the share of the way from base to target that is done, as a fraction.

    **Formula**: (x_t - x_0) / (target - x_0).

    **Needs**: base and latest value.

    **Not computed when**: the base already meets the target, so that there is no way to go.

    **Example**: base 10, target 40, now 20: one third.

    **Source**: UN ESCAP Current Status Index, as a fraction.
    """
    way = CONTEXT.subtract(target, base)
    if way * direction <= 0:
        return _NO_WAY_TO_GO
    return CONTEXT.divide(CONTEXT.subtract(latest, base), way)


def expected(way: Way) -> Decimal | NotComputed:
    """Return the value due by the latest year on the straight line from base to target.

    **Formula**: x_0 + (target - x_0) * (t - t_0) / (T - t_0), at most the target.

    **Needs**: a base, and a deadline after the base year.

    **Not computed when**: there is no time between base and deadline.

    **Example**: base 10 in 2018, target 40 in 2021: 20 is due by 2019.

    **Source**: 序时进度, the straight-line schedule.
    """
    if way.deadline <= way.base_year:
        return NotComputed(Reason.TOO_FEW_POINTS)
    share = min(ONE, CONTEXT.divide(Decimal(way.latest_year - way.base_year), Decimal(way.deadline - way.base_year)))
    return CONTEXT.add(way.base, CONTEXT.multiply(CONTEXT.subtract(way.target, way.base), share))


def pace(way: Way, direction: int, preset: PacePreset) -> Pace | NotComputed:
    """Return progress made over time gone, with its class under the preset.

    **Formula**: ((x_t - x_0) / (target - x_0)) / ((t - t_0) / (T - t_0)).

    **Needs**: base, and a latest value after it.

    **Not computed when**: the base already meets the target, or no time has gone.

    **Example**: one third of the way in one third of the time is 1.00, on track; half the due progress is 0.50.

    **Source**: thresholds 0.95 / 0.60 / 0 as published by Statistics Canada (after Eurostat 2021); UN SDG Progress Chart
    for assessing against a straight line.
    """
    if way.latest_year <= way.base_year or way.deadline <= way.base_year:
        return NotComputed(Reason.TOO_FEW_POINTS)
    done = progress(way.base, way.latest, way.target, direction)
    if isinstance(done, NotComputed):
        return done
    elapsed, whole = Decimal(way.latest_year - way.base_year), Decimal(way.deadline - way.base_year)
    ratio = CONTEXT.divide(CONTEXT.multiply(done, whole), min(elapsed, whole))
    return Pace(ratio, classify(ratio, preset))


def growth_pace(way: Way, direction: int, preset: PacePreset) -> Pace | NotComputed:
    """Return the growth rate so far over the growth rate needed from the base, with its class.

    **Formula**: ((x_t / x_0) ** (1/(t-t_0)) - 1) / ((target / x_0) ** (1/(T-t_0)) - 1).

    **Needs**: positive base, latest and target.

    **Not computed when**: one of them is not positive, the base already meets the target, or no time has gone.

    **Example**: 10 to 40 over three years, 20 after one: (20/10 - 1) / (4 ** (1/3) - 1) = 1.70, while the straight line
    gives 1.00.

    **Source**: Eurostat SDG progress method with a quantitative target (ratio of actual to required CAGR).
    """
    years, whole = way.latest_year - way.base_year, way.deadline - way.base_year
    if years <= 0 or whole <= 0:
        return NotComputed(Reason.TOO_FEW_POINTS)
    if way.base == 0:
        return NotComputed(Reason.BASE_IS_ZERO)
    if way.base < 0:
        return NotComputed(Reason.BASE_IS_NEGATIVE)
    if way.latest <= 0 or way.target <= 0:
        return NotComputed(Reason.NEGATIVE_RATIO)
    if (way.target - way.base) * direction <= 0:
        return _NO_WAY_TO_GO
    actual = _mean_factor(way.latest, way.base, years) - ONE
    needed = _mean_factor(way.target, way.base, whole) - ONE
    ratio = CONTEXT.divide(actual, needed)
    return Pace(ratio, classify(ratio, preset))


def _mean_factor(over: Decimal, under: Decimal, years: int) -> Decimal:
    return root(CONTEXT.divide(over, under), years)


def classify(ratio: Decimal, preset: PacePreset) -> PaceClass:
    """Return the class of a pace ratio; a ratio on a threshold belongs to the better class."""
    if ratio >= preset.on_track:
        return PaceClass.ON_TRACK
    if ratio >= preset.slow:
        return PaceClass.SLOW
    return PaceClass.INSUFFICIENT if ratio >= 0 else PaceClass.REVERSE


def needed_per_year(way: Way) -> Decimal | NotComputed:
    """Return the change per year that is needed from the latest value on.

    **Formula**: (target - x_t) / (T - t).

    **Needs**: a latest value before the deadline.

    **Not computed when**: the deadline has come.

    **Example**: 124,300 in 2020 against 130,000 in 2021 needs 5,700 a year.

    **Source**: definition.
    """
    if way.latest_year >= way.deadline:
        return _PASSED
    return CONTEXT.divide(CONTEXT.subtract(way.target, way.latest), Decimal(way.deadline - way.latest_year))


def projection(way: Way) -> Decimal | NotComputed:
    """Return the value at the deadline if the mean yearly change since the base goes on.

    **Formula**: x_0 + (x_t - x_0) / (t - t_0) * (T - t_0).

    **Needs**: base, and a later value before the deadline.

    **Not computed when**: no time has gone, or the deadline has come.

    **Example**: 10 in 2018, 20 in 2019: 40 by 2021.

    **Source**: straight-line extrapolation (UN SDG Progress Chart 2023 uses the same share of the distance).
    """
    refusal = _refuse_projection(way)
    if refusal is not None:
        return refusal
    change = CONTEXT.multiply(CONTEXT.subtract(way.latest, way.base), Decimal(way.deadline - way.base_year))
    return CONTEXT.add(way.base, CONTEXT.divide(change, Decimal(way.latest_year - way.base_year)))


def growth_projection(way: Way) -> Decimal | NotComputed:
    """Return the value at the deadline if the mean growth rate since the base goes on.

    **Formula**: x_0 * (x_t / x_0) ** ((T - t_0) / (t - t_0)).

    **Needs**: positive base and latest value, the latter before the deadline.

    **Not computed when**: one of them is not positive, no time has gone, or the deadline has come.

    **Example**: 10 in 2018, 20 in 2019: 80 by 2021.

    **Source**: extrapolation with the compound annual growth rate (UN SDG Progress Chart 2023).
    """
    refusal = _refuse_projection(way)
    if refusal is not None:
        return refusal
    if way.base == 0:
        return NotComputed(Reason.BASE_IS_ZERO)
    if way.base < 0:
        return NotComputed(Reason.BASE_IS_NEGATIVE)
    if way.latest <= 0:
        return NotComputed(Reason.NEGATIVE_RATIO)
    whole, elapsed = way.deadline - way.base_year, way.latest_year - way.base_year
    return CONTEXT.multiply(way.base, power(CONTEXT.divide(way.latest, way.base), whole, elapsed))


def _refuse_projection(way: Way) -> NotComputed | None:
    if way.latest_year <= way.base_year:
        return NotComputed(Reason.TOO_FEW_POINTS)
    return _PASSED if way.latest_year >= way.deadline else None


def eta(way: Way, direction: int) -> Decimal | NotComputed:
    """Return when the straight line through base and latest value reaches the target, in year-ends.

    **Formula**: t + (target - x_t) / ((x_t - x_0) / (t - t_0)).

    **Needs**: base, and a later value that falls short.

    **Not computed when**: the target is reached already, no time has gone, or the line does not lead there.

    **Example**: 10 at the end of 2018, 20 at the end of 2019, target 40: 2021, the end of 2021.

    **Source**: definition.
    """
    missing = CONTEXT.subtract(way.target, way.latest)
    if missing * direction <= 0:
        return _REACHED
    if way.latest_year <= way.base_year:
        return NotComputed(Reason.TOO_FEW_POINTS)
    change = CONTEXT.subtract(way.latest, way.base)
    if change * direction <= 0:
        return NotComputed(Reason.NEVER_AT_THIS_PACE)
    years = Decimal(way.latest_year - way.base_year)
    return CONTEXT.add(Decimal(way.latest_year), CONTEXT.divide(CONTEXT.multiply(missing, years), change))


def year_on_year(latest: Decimal, before: Decimal, *, in_points: bool) -> Decimal | NotComputed:
    """Return the change on the year before: a fraction, or a difference in percentage points for percents.

    **Formula**: x_t / x_(t-1) - 1, or x_t - x_(t-1) in points.

    **Needs**: both years.

    **Not computed when**: the year before is zero or negative.

    **Example**: 1,224 after 896 is +36.6 %; 12.5 % after 10 % is +2.5 percentage points.

    **Source**: National Bureau of Statistics, 同比.
    """
    if in_points:
        return CONTEXT.subtract(latest, before)
    if before == 0:
        return NotComputed(Reason.BASE_IS_ZERO)
    if before < 0:
        return NotComputed(Reason.BASE_IS_NEGATIVE)
    return CONTEXT.subtract(CONTEXT.divide(latest, before), ONE)
