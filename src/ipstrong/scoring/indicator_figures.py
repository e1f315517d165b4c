"""Figures of indicators, observed or derived, for a region and a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, overload

from ipstrong.measures.level import level
from ipstrong.measures.ratio import ratio
from ipstrong.model.formula import Observed
from ipstrong.model.plan import Convention, Indicator, Plan, Ratio
from ipstrong.model.result import Figure, NotComputed, Reason
from ipstrong.model.unit import Unit
from ipstrong.scoring.observation_index import ObservationIndex
from ipstrong.texts import Text, same


class Variant(NamedTuple):
    """What a convention says of a derived indicator; None is as the indicator says."""

    lag: int | None = None
    numerator: tuple[str, ...] | None = None
    denominator: tuple[str, ...] | None = None
    reported: bool | None = None


AS_DECLARED = Variant()


def variant_of(convention: Convention | None) -> Variant:
    """Return the variant that a convention asks for."""
    if convention is None:
        return AS_DECLARED
    return Variant(convention.lag, convention.numerator, convention.denominator, convention.reported)


class Figures:
    """The figures of a plan's indicators; each is computed once."""

    def __init__(self, plan: Plan, index: ObservationIndex) -> None:
        """Keep the plan's names and the observations."""
        self._index = index
        self._indicators = {indicator.id: indicator for indicator in plan.indicators}
        self._region_names = {region.id: region.name for region in plan.regions}
        self._made: dict[tuple[str, Variant], IndicatorFigures] = {}

    def of(self, indicator_id: str, variant: Variant = AS_DECLARED) -> IndicatorFigures:
        """Return the figures of an indicator in a variant."""
        made = self._made.get((indicator_id, variant))
        if made is None:
            made = IndicatorFigures(self, self._indicators[indicator_id], variant)
            self._made[indicator_id, variant] = made
        return made

    def compute(self, indicator: Indicator, region: str, year: int, variant: Variant) -> Figure | NotComputed:
        """Return a figure, or why there is none."""
        if indicator.ratio is None:
            return self._observed(indicator, region, year)
        if variant.reported is True:
            return self._observed(indicator, region, year)
        computed = self._derived(indicator.ratio, region, year, variant)
        if isinstance(computed, Figure) or variant.reported is False:
            return computed
        reported = self._observed(indicator, region, year)
        return reported if isinstance(reported, Figure) else computed

    def _observed(self, indicator: Indicator, region: str, year: int) -> Figure | NotComputed:
        observation = self._index.get(indicator.id, region, year)
        if observation is None:
            return NotComputed(Reason.NO_DATA, self._name(indicator, region, year))
        return level(observation)

    def _derived(self, how: Ratio, region: str, year: int, variant: Variant) -> Figure | NotComputed:
        above = self._first(variant.numerator or how.numerator, region, year)
        if isinstance(above, NotComputed):
            return above._replace(reason=Reason.NO_NUMERATOR)
        lag = how.lag if variant.lag is None else variant.lag
        where = how.denominator_region or region
        below = self._first(variant.denominator or how.denominator, where, year - lag)
        if isinstance(below, NotComputed):
            return below._replace(reason=Reason.NO_DENOMINATOR)
        numerator, unit = above
        denominator, other_unit = below
        return ratio(numerator, denominator, how.scale * unit.factor / other_unit.factor)

    def _first(self, ids: tuple[str, ...], region: str, year: int) -> tuple[Figure, Unit] | NotComputed:
        """Return the figure, and its unit, of the first of the indicators that has one."""
        for indicator_id in ids:
            figure = self.of(indicator_id).get(region, year)
            if isinstance(figure, Figure):
                return figure, self._indicators[indicator_id].unit
        return NotComputed(Reason.NO_DATA, self._name(self._indicators[ids[0]], region, year))

    def _name(self, indicator: Indicator, region: str, year: int) -> Text:
        name = self._region_names.get(region) or same(region)
        return Text(f"{name.zh} {year} 年{indicator.name.zh}", f"{indicator.name.en}, {name.en}, {year}")


class IndicatorFigures:
    """The figures of one indicator in one variant, by region and year."""

    __slots__ = ("_by_region", "_figures", "indicator", "variant")

    def __init__(self, figures: Figures, indicator: Indicator, variant: Variant) -> None:
        """Compute figures with `figures.compute` when they are asked for."""
        self._figures = figures
        self.indicator = indicator
        self.variant = variant
        self._by_region: dict[str, dict[int, Figure | NotComputed]] = {}

    def get(self, region: str, year: int) -> Figure | NotComputed:
        """Return the figure, or why there is none."""
        years = self._by_region.get(region)
        if years is None:
            years = self._by_region[region] = {}
        figure = years.get(year)
        if figure is None:
            figure = years[year] = self._figures.compute(self.indicator, region, year, self.variant)
        return figure

    def is_substitute(self, figure: Figure) -> bool:
        """Return whether a published value takes the place of one that could not be computed."""
        return self.indicator.is_derived and self.variant.reported is None and isinstance(figure.formula, Observed)


class YearlyFigures(Sequence[Figure | NotComputed]):
    """The figures of an indicator for a region in some years, each computed when it is read."""

    __slots__ = ("_figures", "_region", "_years")

    def __init__(self, figures: IndicatorFigures, region: str, years: Sequence[int]) -> None:
        """Keep what names the figures."""
        self._figures = figures
        self._region = region
        self._years = years

    def __len__(self) -> int:
        """Return the number of years."""
        return len(self._years)

    @overload
    def __getitem__(self, position: int) -> Figure | NotComputed: ...
    @overload
    def __getitem__(self, position: slice) -> tuple[Figure | NotComputed, ...]: ...
    def __getitem__(self, position: int | slice) -> Figure | NotComputed | tuple[Figure | NotComputed, ...]:
        """Return the figure of the year at a position."""
        if isinstance(position, slice):
            return tuple(self._figures.get(self._region, year) for year in self._years[position])
        return self._figures.get(self._region, self._years[position])

    def __eq__(self, other: object) -> bool:
        """Whether the figures of all years are equal."""
        return tuple(self) == tuple(other) if isinstance(other, YearlyFigures) else NotImplemented

    def __hash__(self) -> int:
        """Return a hash of the figures, equal for equal ones."""
        return hash(tuple(self))
