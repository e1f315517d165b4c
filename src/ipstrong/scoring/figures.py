"""Figures of indicators: observed or derived, for a region and a year, under a reading."""

from __future__ import annotations

from typing import NamedTuple

from ipstrong.measures.level import level
from ipstrong.measures.ratio import ratio
from ipstrong.model.formula import Observed
from ipstrong.model.plan import Convention, Indicator, Plan, Ratio
from ipstrong.model.result import Figure, NotComputed, Reason
from ipstrong.scoring.book import Book
from ipstrong.texts import Text, same


class View(NamedTuple):
    """How derived indicators are read: what a convention says, or nothing."""

    lag: int | None = None
    numerator: tuple[str, ...] | None = None
    denominator: tuple[str, ...] | None = None
    reported: bool | None = None


PLAIN = View()


def view_of(convention: Convention | None) -> View:
    """Return the view that a convention asks for."""
    if convention is None:
        return PLAIN
    return View(convention.lag, convention.numerator, convention.denominator, convention.reported)


class Figures:
    """Figures by indicator, region, year and view; each is made once."""

    def __init__(self, plan: Plan, book: Book) -> None:
        """Keep plan and book."""
        self._plan = plan
        self._book = book
        self._indicators = {indicator.id: indicator for indicator in plan.indicators}
        self._strands: dict[tuple[str, View], Strand] = {}

    def get(self, indicator_id: str, region: str, year: int, view: View = PLAIN) -> Figure | NotComputed:
        """Return the figure, or why there is none."""
        return self.strand(indicator_id, view).get(region, year)

    def strand(self, indicator_id: str, view: View = PLAIN) -> Strand:
        """Return the figures of an indicator under a view."""
        strand = self._strands.get((indicator_id, view))
        if strand is None:
            strand = Strand(self, self._indicators[indicator_id], view)
            self._strands[indicator_id, view] = strand
        return strand

    def is_reported(self, indicator_id: str, figure: Figure) -> bool:
        """Return whether the figure of a derived indicator is a published value and not computed."""
        return self._indicators[indicator_id].is_derived and isinstance(figure.formula, Observed)

    def make(self, indicator: Indicator, region: str, year: int, view: View) -> Figure | NotComputed:
        """Return a figure that was not asked for before."""
        if indicator.ratio is None:
            return self._observed(indicator, region, year)
        computed: Figure | NotComputed = NotComputed(Reason.NOT_REPORTED)
        if view.reported is not True:
            computed = self._derived(indicator.ratio, region, year, view)
            if isinstance(computed, Figure) or view.reported is False:
                return computed
        reported = self._observed(indicator, region, year)
        if isinstance(reported, Figure) or view.reported is True:
            return reported
        return computed

    def _observed(self, indicator: Indicator, region: str, year: int) -> Figure | NotComputed:
        observation = self._book.get(indicator.id, region, year)
        if observation is None:
            return NotComputed(Reason.NO_DATA, self._what(indicator, region, year))
        return level(observation)

    def _derived(self, how: Ratio, region: str, year: int, view: View) -> Figure | NotComputed:
        numerator = self._first(view.numerator or how.numerator, region, year, Reason.NO_NUMERATOR)
        if isinstance(numerator, NotComputed):
            return numerator
        lag = how.lag if view.lag is None else view.lag
        below = how.denominator_region or region
        denominator = self._first(view.denominator or how.denominator, below, year - lag, Reason.NO_DENOMINATOR)
        if isinstance(denominator, NotComputed):
            return denominator
        over, above = numerator
        under, beneath = denominator
        scale = how.scale * above.unit.factor / beneath.unit.factor
        return ratio(over, under, scale)

    def _first(
        self, ids: tuple[str, ...], region: str, year: int, reason: Reason
    ) -> tuple[Figure, Indicator] | NotComputed:
        """Return the figure of the first of the indicators that has one."""
        for indicator_id in ids:
            figure = self.get(indicator_id, region, year)
            if isinstance(figure, Figure):
                return figure, self._indicators[indicator_id]
        return NotComputed(reason, self._what(self._indicators[ids[0]], region, year))

    def _what(self, indicator: Indicator, region: str, year: int) -> Text:
        known = self._plan.region(region)
        name = known.name if known else same(region)
        return Text(f"{name.zh} {year} 年{indicator.name.zh}", f"{indicator.name.en}, {name.en}, {year}")


class Strand:
    """The figures of one indicator under one view, by region and year."""

    __slots__ = ("_figures", "_indicator", "_made", "_view")

    def __init__(self, figures: Figures, indicator: Indicator, view: View) -> None:
        """Make figures with `figures.make`, when they are asked for."""
        self._figures = figures
        self._indicator = indicator
        self._view = view
        self._made: dict[str, dict[int, Figure | NotComputed]] = {}

    def get(self, region: str, year: int) -> Figure | NotComputed:
        """Return the figure, or why there is none."""
        years = self._made.get(region)
        if years is None:
            years = self._made[region] = {}
        made = years.get(year)
        if made is None:
            made = years[year] = self._figures.make(self._indicator, region, year, self._view)
        return made
