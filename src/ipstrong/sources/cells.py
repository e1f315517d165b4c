"""One cell's text or value to a number with its printed precision, bound, status and unit; never raises."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from ipstrong.model.dataset import Bound, ValueStatus
from ipstrong.model.unit import Unit


class CellKind(Enum):
    """What a cell turned out to be."""

    EMPTY = "empty"
    NUMBER = "number"
    MISSING = "missing"
    """A mark that says there is no value: `—`, `…`, `..`, `/`, `N/A`, `*`."""
    TEXT = "text"
    """Words, or a number that cannot be trusted (`477903S1.68`)."""


@dataclass(frozen=True, slots=True)
class ParsedCell:
    """A cell as understood. `number` is in the printed unit: `13.05万件` is 13.05 with unit 万件."""

    kind: CellKind
    number: Decimal | None = None
    unit: Unit | None = None
    """Unit glued to the number (`万件`, `%`, `个百分点`), None where the cell names none."""
    half_width: Decimal = Decimal(0)
    """Half the last printed place in the printed unit, for rounded numbers; 0 for integers in full."""
    bound: Bound = Bound.EXACT
    status: ValueStatus = ValueStatus.FINAL
    remarks: tuple[str, ...] = ()
    """Short ids of what was tolerated: `full_width`, `footnote`, `text_number`, `spaces`, `provisional`…"""
