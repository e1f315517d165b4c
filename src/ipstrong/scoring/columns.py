"""Values of one indicator as doubles, region after region: what `quick` reads instead of figures."""

from __future__ import annotations

from typing import Protocol

from ipstrong.measures.floats import UnsureError
from ipstrong.model.plan import Indicator, Plan
from ipstrong.scoring.book import Book
from ipstrong.scoring.figures import View

Point = tuple[float, float, float, tuple[int, ...]]
"""A value of a year, the lowest and the highest that would print like it, and the rows of the book it was made from.

A plain tuple: there are several for every line of a table of thousands.
"""


Doubles = tuple[list[float], list[float], list[bool]]
"""Values, half widths and hedges by row, from `Book.doubles`."""


class Column(Protocol):
    """The values of one indicator in the region that was entered last."""

    def enter(self, region: str) -> None:
        """Turn to a region."""

    @property
    def is_empty(self) -> bool:
        """Whether the region has not one value that could enter."""

    def get(self, year: int) -> Point | None:
        """Return the value of a year, None where there is none.

        Raises:
            UnsureError: where only figures can tell.
        """


class Observed:
    """Values as they were read."""

    def __init__(self, book: Book, doubles: Doubles, indicator: str) -> None:
        """Read `indicator` from `book`, whose numbers are `doubles`."""
        self._book = book
        self._indicator = indicator
        self._values, self._widths, self._hedged = doubles
        self._region: str | None = None
        self._rows: dict[int, int] = {}
        self._made: dict[int, Point | None] = {}

    def enter(self, region: str) -> None:
        """Turn to a region."""
        if region != self._region:
            self._region = region
            self._rows = self._book.years(self._indicator, region)
            self._made = {}

    @property
    def is_empty(self) -> bool:
        """Whether the region has not one value."""
        return not self._rows

    def get(self, year: int) -> Point | None:
        """Return the value of a year, None where there is none.

        Raises:
            UnsureError: for a hedged value, such as about 120 or more than 120.
        """
        made = self._made
        if year in made:
            return made[year]
        row = self._rows.get(year)
        point = None
        if row is not None:
            if self._hedged[row]:
                raise UnsureError
            value, width = self._values[row], self._widths[row]
            point = (value, value - width, value + width, (row,)) if width else (value, value, value, (row,))
        made[year] = point
        return point


class Divided:
    """Values of a ratio, computed."""

    def __init__(self, columns: Columns, indicator: Indicator, view: View) -> None:
        """Divide as the indicator's ratio says, under `view`."""
        how = indicator.ratio
        assert how is not None
        above, below = view.numerator or how.numerator, view.denominator or how.denominator
        self._above = [(columns.observed(name), columns.factor(name) * float(how.scale)) for name in above]
        self._below = [(columns.observed(name), columns.factor(name)) for name in below]
        self._lag = how.lag if view.lag is None else view.lag
        self._elsewhere = how.denominator_region
        self._reported = columns.observed(indicator.id) if view.reported is None else None
        if self._elsewhere is not None:
            for column, _ in self._below:
                column.enter(self._elsewhere)

    def enter(self, region: str) -> None:
        """Turn to a region."""
        for column, _ in self._above:
            column.enter(region)
        if self._elsewhere is None:
            for column, _ in self._below:
                column.enter(region)
        if self._reported is not None:
            self._reported.enter(region)

    @property
    def is_empty(self) -> bool:
        """Never known beforehand: a missing part has a reason of its own, which figures give."""
        return False

    def get(self, year: int) -> Point | None:
        """Return the value of a year, None where there is none.

        Raises:
            UnsureError: where a published value may stand in, or a part is not positive.
        """
        over = _first(self._above, year)
        under = _first(self._below, year - self._lag)
        if over is None or under is None:
            if self._reported is not None and self._reported.get(year) is not None:
                raise UnsureError
            return None
        (value, low, high, rows), scale = over
        (divisor, least, most, others), unit = under
        if low <= 0 or least <= 0:
            raise UnsureError
        scale /= unit
        quotient = value / divisor * scale
        if low == high and least == most:
            return quotient, quotient, quotient, rows + others
        return quotient, low / most * scale, high / least * scale, rows + others


def _first(columns: list[tuple[Observed, float]], year: int) -> tuple[Point, float] | None:
    """Return the value of the first column that has one, with its scale."""
    for column, scale in columns:
        point = column.get(year)
        if point is not None:
            return point, scale
    return None


class Columns:
    """The columns of a plan over a book; each is made once."""

    def __init__(self, plan: Plan, book: Book) -> None:
        """Keep plan and book."""
        self._book = book
        self._doubles = book.doubles()
        self._indicators = {indicator.id: indicator for indicator in plan.indicators}
        self._made: dict[tuple[str, View], Column] = {}

    def column(self, indicator_id: str, view: View) -> Column:
        """Return the column of an indicator under a view.

        Raises:
            UnsureError: for a ratio of ratios, which only figures follow.
        """
        made = self._made.get((indicator_id, view))
        if made is None:
            made = self._made[indicator_id, view] = self._make(self._indicators[indicator_id], view)
        return made

    def _make(self, indicator: Indicator, view: View) -> Column:
        how = indicator.ratio
        if how is None or view.reported is True:
            return self.observed(indicator.id)
        named = (*(view.numerator or how.numerator), *(view.denominator or how.denominator))
        if any(self._indicators[name].is_derived for name in named):
            raise UnsureError
        return Divided(self, indicator, view)

    def observed(self, indicator_id: str) -> Observed:
        """Return a new column of the values that were read."""
        return Observed(self._book, self._doubles, indicator_id)

    def factor(self, indicator_id: str) -> float:
        """Return how many base units the unit of an indicator is."""
        return float(self._indicators[indicator_id].unit.factor)
