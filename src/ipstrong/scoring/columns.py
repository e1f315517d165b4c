"""Values of an indicator in doubles, one column a year and one row a region: what `quick` reads instead of figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import polars as pl

from ipstrong.measures.floats import Doubts, UnsureError, chosen, constant, present, sure
from ipstrong.model.dataset import Bound
from ipstrong.model.lines import PlaceColumn
from ipstrong.model.plan import Indicator, Plan
from ipstrong.scoring.book import Book
from ipstrong.scoring.figures import View


class Points(NamedTuple):
    """The values of a year, the lowest and the highest that would print like them; null where there is none."""

    value: pl.Series
    low: pl.Series
    high: pl.Series
    places: tuple[PlaceColumn, ...]
    """Where the values stand that each was made from."""

    @property
    def are_exact(self) -> bool:
        """Whether no value was printed rounded."""
        return self.low is self.value and self.high is self.value


class Found(NamedTuple):
    """Points as they were read, some of them hedged: about 120, more than 120."""

    points: Points
    hedged: pl.Series | None


class Panel:
    """What a book holds of the wanted regions, by indicator and year."""

    def __init__(self, cells: Cells, regions: Sequence[str]) -> None:
        """Look up `regions`, any number of times each; one that the book does not know has no values."""
        self._cells = cells
        numbers = cells.numbers
        self.regions = regions
        self._at = pl.Series([numbers.get(region) for region in regions], dtype=pl.UInt32)
        self._made: dict[tuple[str, int], Found | None] = {}
        self._empty: dict[str, pl.Series] = {}

    def of(self, regions: Sequence[str]) -> Panel:
        """Return a panel of the same book for other regions."""
        return Panel(self._cells, regions)

    def __len__(self) -> int:
        """Return the number of wanted regions."""
        return len(self.regions)

    def get(self, indicator: str, year: int) -> Found | None:
        """Return the values of a year, None where no region has one."""
        key = indicator, year
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]

    def is_empty(self, indicator: str) -> pl.Series:
        """Return which regions have not one value of the indicator, of whatever year."""
        known = self._empty.get(indicator)
        if known is None:
            groups = [group.get_column("at") for (name, _), group in self._cells.rows.items() if name == indicator]
            filled = constant(value=False, length=len(self._cells.numbers))
            for group in groups:
                filled = filled.scatter(group, values=True)
            known = self._empty[indicator] = ~sure(filled.gather(self._at))
        return known

    def _make(self, key: tuple[str, int]) -> Found | None:
        group = self._cells.rows.get(key)
        if group is None:
            return None
        # Scattered backwards, so that the first of several values for a year is the one that stays.
        blank = pl.Series([None], dtype=pl.UInt32).new_from_index(0, len(self._cells.numbers))
        rows = blank.scatter(group.get_column("at").reverse(), group.get_column("row").reverse()).gather(self._at)
        if rows.null_count() == len(rows):
            return None
        cells = self._cells.frame.select(pl.all().gather(rows))
        value, width = cells.get_column("value"), cells.get_column("width")
        is_wide = (width != 0.0).any()
        low, high = (value - width, value + width) if is_wide else (value, value)
        hedged = cells.get_column("hedged") if self._cells.has_hedges else None
        return Found(Points(value, low, high, (_places(cells),)), hedged)


class Cells:
    """The rows of a book as columns, for all panels that look into it."""

    def __init__(self, book: Book) -> None:
        """Group the rows by indicator and year."""
        self.numbers = book.regions()
        self.frame = book.frame.select(
            "file",
            "sheet",
            "row",
            "col",
            (pl.col("value") * pl.col("factor")).alias("value"),
            (pl.col("half_width") * pl.col("factor")).fill_null(0.0).alias("width"),
            (pl.col("bound") != Bound.EXACT.value).alias("hedged"),
        )
        self.has_hedges = bool(self.frame.get_column("hedged").any())
        rows = book.frame.select("indicator", "period", "at").with_row_index("row")
        groups = rows.partition_by("indicator", "period", as_dict=True, include_key=False)
        self.rows: dict[tuple[object, int], pl.DataFrame] = {
            (indicator, int(period)): group for (indicator, period), group in groups.items()
        }


def _places(cells: pl.DataFrame) -> PlaceColumn:
    rows, columns = cells.get_column("row"), cells.get_column("col")
    files, sheets = (_texts(cells.get_column(name), rows.null_count()) for name in ("file", "sheet"))
    return PlaceColumn(files, sheets, rows.to_list(), columns.to_list())


def _texts(column: pl.Series, n_blank: int) -> list[Any]:
    """Return texts; nearly always they are one file and one sheet, which stay one object."""
    distinct = column.unique().drop_nulls()
    if len(distinct) > 1 or column.null_count() not in {n_blank, len(column)}:
        return column.to_list()
    return [distinct[0] if len(distinct) else None] * len(column)


class Column(Protocol):
    """The values of one indicator under one view."""

    def is_empty(self) -> pl.Series | None:
        """Return which regions have no value that could enter; None where that is not known beforehand."""

    def get(self, year: int, doubts: Doubts, rows: pl.Series | None = None) -> Points | None:
        """Return the values of a year, None where there is none; what only figures can tell is a doubt, of `rows` alone."""


class Observed:
    """Values as they were read."""

    def __init__(self, panel: Panel, indicator: str) -> None:
        """Read `indicator` from `panel`."""
        self._panel = panel
        self._indicator = indicator

    def is_empty(self) -> pl.Series | None:
        """Return which regions have not one value."""
        return self._panel.is_empty(self._indicator)

    def get(self, year: int, doubts: Doubts, rows: pl.Series | None = None) -> Points | None:
        """Return the values of a year, None where there is none; a hedged value is a doubt."""
        found = self._panel.get(self._indicator, year)
        if found is None:
            return None
        if found.hedged is not None:
            doubts.add(found.hedged, rows)
        return found.points


class _Part(NamedTuple):
    """The values of the first indicators that have one, and how many base units each is."""

    points: Points
    hedged: pl.Series | None
    scale: pl.Series


class Divided:
    """Values of a ratio, computed."""

    def __init__(self, columns: Columns, indicator: Indicator, view: View) -> None:
        """Divide as the indicator's ratio says, under `view`."""
        how = indicator.ratio
        assert how is not None
        self._panel = panel = columns.panel
        elsewhere = how.denominator_region
        self._panel_below = panel if elsewhere is None else panel.of([elsewhere] * len(panel))
        above, below = view.numerator or how.numerator, view.denominator or how.denominator
        self._above = [(name, columns.factor(name) * float(how.scale)) for name in above]
        self._below = [(name, columns.factor(name)) for name in below]
        self._lag = how.lag if view.lag is None else view.lag
        self._reported = indicator.id if view.reported is None else None
        self._made: dict[int, tuple[Points | None, pl.Series]] = {}

    def is_empty(self) -> pl.Series | None:
        """Never known beforehand: a missing part has a reason of its own, which figures give."""
        return None

    def get(self, year: int, doubts: Doubts, rows: pl.Series | None = None) -> Points | None:
        """Return the values of a year, None where there is none.

        A published value that may stand in, and a part that is not positive, is a doubt.
        """
        if year not in self._made:
            own = Doubts()
            points = self._make(year, own)
            self._made[year] = points, own.rows(len(self._panel))
        points, mask = self._made[year]
        doubts.add(mask, rows)
        return points

    def _make(self, year: int, doubts: Doubts) -> Points | None:
        over, under = _first(self._panel, self._above, year), _first(self._panel_below, self._below, year - self._lag)
        for part in (over, under):
            if part is not None and part.hedged is not None:
                doubts.add(part.hedged)
        reported = None if self._reported is None else self._panel.get(self._reported, year)
        if over is None or under is None:
            if reported is not None:
                doubts.add(present(reported.points.value))
            return None
        (value, low, high, places), _, scale = over
        (divisor, least, most, others), _, unit = under
        scale /= unit
        quotient = value / divisor * scale
        has = present(quotient)
        if reported is not None:
            doubts.add(present(reported.points.value) & ~has)
        doubts.add(((low <= 0.0) | (least <= 0.0)) & has)
        used = (*places, *others)
        if quotient.null_count():
            used = tuple(place.only(has.to_list()) for place in used)
        if over.points.are_exact and under.points.are_exact:
            return Points(quotient, quotient, quotient, used)
        return Points(quotient, low / most * scale, high / least * scale, used)


def _first(panel: Panel, parts: list[tuple[str, float]], year: int) -> _Part | None:
    """Return for every region the value of the first indicator that has one, with its scale."""
    made: _Part | None = None
    for name, factor in parts:
        found = panel.get(name, year)
        if found is None:
            continue
        part = _Part(*found, constant(value=factor, length=len(panel)))
        made = part if made is None else _filled(made, part)
        if not made.points.value.null_count():
            break
    return made


def _filled(first: _Part, second: _Part) -> _Part:
    """Return the first part with its blanks filled from the second."""
    has = present(first.points.value)
    value, low, high = (chosen(has, one, two) for one, two in zip(first.points[:3], second.points[:3], strict=True))
    flags = has.to_list()
    places = (
        *(place.only(flags) for place in first.points.places),
        *(place.only([not flag for flag in flags]) for place in second.points.places),
    )
    hedged = first.hedged
    if first.hedged is not None and second.hedged is not None:
        hedged = chosen(has, first.hedged, second.hedged)
    return _Part(Points(value, low, high, places), hedged, chosen(has, first.scale, second.scale))


class Columns:
    """The columns of a plan over a panel; each is made once."""

    def __init__(self, plan: Plan, panel: Panel) -> None:
        """Keep plan and panel."""
        self.panel = panel
        self._plan = plan
        self._indicators = {indicator.id: indicator for indicator in plan.indicators}
        self._made: dict[tuple[str, View], Column] = {}

    def of(self, regions: Sequence[str]) -> Columns:
        """Return the columns of other regions."""
        return Columns(self._plan, self.panel.of(regions))

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
            return Observed(self.panel, indicator.id)
        named = (*(view.numerator or how.numerator), *(view.denominator or how.denominator))
        if any(self._indicators[name].is_derived for name in named):
            raise UnsureError
        return Divided(self, indicator, view)

    def factor(self, indicator_id: str) -> float:
        """Return how many base units the unit of an indicator is."""
        return float(self._indicators[indicator_id].unit.factor)
