"""Rows of the dataset as exact observations: decimals as they were printed, with the interval that print allows."""

from __future__ import annotations

import re
from decimal import Context, Decimal

from ipstrong.checks.places import Row
from ipstrong.model.dataset import Bound, Observation, ValueStatus
from ipstrong.model.period import Period, parse_period

CONTEXT = Context(prec=60, Emax=999999, Emin=-999999)
"""Enough digits for a product of two printed numbers to be exact."""

INFINITY = Decimal("Infinity")
_ZERO = Decimal(0)
_ONE = Decimal(1)
_TWO = Decimal(2)
_EXACT_DIGITS = 15
"""Decimals with up to this many digits come back unchanged from a binary double."""
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_NO_PERIOD = parse_period("1000")


def exact_value(cell: Row) -> Decimal:
    """Return the number of a cell as printed, in the printed unit."""
    number, raw = cell["value"], cell["raw"]
    if raw is not None and len(raw) > _EXACT_DIGITS:
        plain = raw.strip().replace(",", "")
        if _PLAIN_NUMBER.fullmatch(plain) and float(plain) == number:
            return Decimal(plain)
    if number.is_integer() and abs(number) < 2**53:
        return Decimal(int(number))
    return Decimal(repr(number))


def exact_amount(cell: Row) -> Decimal:
    """Return the number of a cell in the indicator's unit."""
    value = exact_value(cell)
    return value if cell["factor"] == 1 else CONTEXT.multiply(value, Decimal(repr(cell["factor"])))


def rounding_of(cell: Row) -> Decimal:
    """Return half the last printed place in the indicator's unit; 0 for a number in full."""
    width = Decimal(repr(cell["half_width"])) if cell["half_width"] else _ZERO
    return width if cell["factor"] == 1 else CONTEXT.multiply(width, Decimal(repr(cell["factor"])))


def period_of(cell: Row) -> Period:
    """Return the period of a cell; any for one without."""
    period: Period | None = parse_period(cell["period"]) or _NO_PERIOD
    assert period is not None
    return period


def observe(cell: Row) -> Observation:
    """Return a row of `Panel.cells` that holds a finite number as an observation."""
    value, width, bound = exact_amount(cell), rounding_of(cell), Bound(cell["bound"])
    low, high = _interval(value, width, bound)
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


def _interval(value: Decimal, width: Decimal, bound: Bound) -> tuple[Decimal, Decimal]:
    """Return the smallest and the largest true value that would be printed like this."""
    match bound:
        case Bound.EXACT:
            return CONTEXT.subtract(value, width), CONTEXT.add(value, width)
        case Bound.ABOUT:
            reach = CONTEXT.multiply(width, _TWO) if width else _last_digit(value)
            return CONTEXT.subtract(value, reach), CONTEXT.add(value, reach)
        case Bound.AT_LEAST:
            return CONTEXT.subtract(value, width), INFINITY
        case Bound.AT_MOST:
            # A count that is "under x" is still a count.
            return (_ZERO if value >= 0 else -INFINITY), CONTEXT.add(value, width)


def _last_digit(value: Decimal) -> Decimal:
    """Return one unit of the last digit that is not zero: 262,000 given as "about" is trusted to 1,000."""
    exponent = value.normalize().as_tuple().exponent
    return _ONE.scaleb(exponent) if isinstance(exponent, int) else _ZERO
