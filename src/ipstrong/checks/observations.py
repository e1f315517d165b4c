"""Rows of the dataset as exact observations: decimals as they were printed, with the interval that print allows."""

from __future__ import annotations

from decimal import Decimal

from ipstrong.checks.places import Row
from ipstrong.model.dataset import (
    Bound,
    Observation,
    ValueStatus,
    half_place,
    in_indicator_unit,
    interval_of,
    printed_value,
)
from ipstrong.model.period import Period, parse_period

_NO_PERIOD = parse_period("1000")


def exact_value(cell: Row) -> Decimal:
    """Return the number of a cell as printed, in the printed unit."""
    return printed_value(cell["value"], cell["raw"])


def exact_amount(cell: Row) -> Decimal:
    """Return the number of a cell in the indicator's unit."""
    return in_indicator_unit(exact_value(cell), cell["factor"])


def rounding_of(cell: Row) -> Decimal:
    """Return half the last printed place in the indicator's unit; 0 for a number printed in full."""
    return half_place(cell["half_width"], cell["factor"])


def period_of(cell: Row) -> Period:
    """Return the period of a cell; any for one without."""
    period: Period | None = parse_period(cell["period"]) or _NO_PERIOD
    assert period is not None
    return period


def observe(cell: Row) -> Observation:
    """Return a row of `Panel.cells` that holds a finite number as an observation."""
    value, bound = exact_amount(cell), Bound(cell["bound"])
    low, high = interval_of(value, rounding_of(cell), bound)
    return Observation(
        cell["indicator"] or "",
        cell["region"],
        period_of(cell),
        value,
        low,
        high,
        ValueStatus(cell["status"]),
        bound,
        cell["file"],
        cell["sheet"],
        cell["row"],
        cell["col"],
        cell["raw"],
        cell["unit"],
        cell["number"],
    )
