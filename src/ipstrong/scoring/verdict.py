"""One target under one reading: the value, whether it meets the target, and the status."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ipstrong.measures.compare import meets
from ipstrong.measures.cumulative import cumulative
from ipstrong.measures.growth import arithmetic_growth, cumulative_growth, geometric_growth
from ipstrong.measures.level import level
from ipstrong.measures.progress import gap, pace, quantities
from ipstrong.measures.rank import rank
from ipstrong.measures.yearly import worst_year
from ipstrong.model.derivations import Derivations, derivations
from ipstrong.model.evaluation import NO_QUANTITIES
from ipstrong.model.formula import Constant, Quantities
from ipstrong.model.period import year as year_period
from ipstrong.model.plan import Comparator, Convention, Mean, MeasureKind, Nature, Plan, Rounding, Target
from ipstrong.model.result import Figure, NotComputed, Pace, PaceClass, Reading, Reason, Status
from ipstrong.scoring.indicator_figures import Figures, IndicatorFigures, variant_of
from ipstrong.scoring.observation_index import ObservationIndex
from ipstrong.texts import Text

ZERO = Decimal(0)


class Interpretation(NamedTuple):
    """A target as one convention reads it."""

    convention: Convention | None
    figures: IndicatorFigures
    value: Decimal
    upper: Decimal | None
    comparator: Comparator
    base_year: int
    mean: Mean
    rounding: Rounding
    derivations: Derivations


class Value(NamedTuple):
    """What a measure found."""

    figure: Figure | NotComputed
    """The value that the verdict rests on."""
    base: Figure | NotComputed
    missing: tuple[int, ...] = ()
    """Years that the measure needs and that have no value."""
    notes: tuple[Text, ...] = ()


class Verdict(NamedTuple):
    """The outcome of a target under one interpretation."""

    reading: Reading
    by: Interpretation
    base: Figure | NotComputed
    reason: NotComputed | None
    given: Quantities
    """What the numbers next to the verdict are computed from."""
    notes: tuple[Text, ...]


def interpret(plan: Plan, figures: Figures, target: Target) -> list[Interpretation]:
    """Return the target as each of its conventions reads it, the verdict's first; empty for a manual target."""
    if target.is_manual:
        return []
    assert target.indicator is not None
    assert target.value is not None
    assert target.comparator is not None
    found = []
    for convention in target.conventions or (None,):
        indicator = plan.indicator((convention and convention.indicator) or target.indicator)
        found.append(
            Interpretation(
                convention,
                figures.of(indicator.id, variant_of(convention)),
                target.value if convention is None or convention.value is None else convention.value,
                target.upper,
                target.comparator,
                target.base_year if convention is None or convention.base_year is None else convention.base_year,
                (convention and convention.mean) or target.mean,
                (convention and convention.rounding) or target.rounding,
                derivations(
                    target.comparator.direction,
                    is_range=target.upper is not None,
                    in_points=indicator.unit.is_percent,
                ),
            )
        )
    return found


class Judge:
    """Judges targets of one plan over one index of observations, as of the end of one year."""

    def __init__(self, plan: Plan, index: ObservationIndex, as_of_year: int) -> None:
        """Keep what every verdict needs."""
        self._pace = plan.pace
        self._index = index
        self._as_of_year = as_of_year
        self._peers_known: dict[tuple[str, IndicatorFigures, int], list[tuple[str, Figure]]] = {}

    def judge(self, target: Target, by: Interpretation, region: str) -> Verdict:
        """Return the verdict on a target that is not manual."""
        value = self._value(target, by, region, min(self._as_of_year, target.deadline))
        figure, base = value.figure, value.base
        if isinstance(figure, NotComputed):
            status = self._status_without_value(target, base, figure)
            reading = Reading(by.convention, by.value, by.base_year, figure, None, status, figure)
            return Verdict(reading, by, base, figure, NO_QUANTITIES, value.notes)
        given = quantities(figure, base if isinstance(base, Figure) else None, by.value, by.upper, target.deadline)
        met = meets(figure, by.comparator, by.value, by.upper, by.rounding)
        status, reason, notes = self._status(target, by, value, figure, met, given)
        short = gap(given, by.derivations)
        reading = Reading(by.convention, by.value, by.base_year, figure, met, status, short)
        return Verdict(reading, by, base, reason, given, value.notes + notes)

    def _value(self, target: Target, by: Interpretation, region: str, last: int) -> Value:
        match target.measure:
            case MeasureKind.LEVEL | MeasureKind.RANGE:
                return self._level(by, region, last)
            case MeasureKind.EVERY_YEAR:
                return self._every_year(target, by, region, last)
            case MeasureKind.AVERAGE_GROWTH:
                return self._growth(by, region, last)
            case MeasureKind.CUMULATIVE:
                if by.figures.indicator.nature is not Nature.FLOW:
                    return self._level(by, region, last)
                return self._cumulative(target, by, region, last)
            case MeasureKind.RANK:
                return self._rank(target, by, region, last)
            case MeasureKind.MANUAL:
                raise ValueError("a manual target has no value")

    def _level(self, by: Interpretation, region: str, last: int) -> Value:
        base = _as_base(by.figures.get(region, by.base_year))
        missing: NotComputed | None = None
        for year in range(last, by.base_year, -1):
            figure = by.figures.get(region, year)
            if isinstance(figure, Figure):
                return Value(figure, base, notes=_reported_note(by, figure))
            missing = missing or figure
        return Value(missing or NotComputed(Reason.NO_DATA, by.figures.indicator.name), base)

    def _every_year(self, target: Target, by: Interpretation, region: str, last: int) -> Value:
        base = _as_base(by.figures.get(region, by.base_year))
        found, missing = _years(by.figures, region, target.start_year, last)
        if not found:
            return Value(self._absent(by, region, last), base)
        figure = worst_year(found, by.derivations.direction)
        return Value(figure, base, tuple(missing), (_worst_note(figure.period.year), *_missing_note(missing)))

    def _cumulative(self, target: Target, by: Interpretation, region: str, last: int) -> Value:
        start = Figure(year_period(target.start_year - 1), ZERO, ZERO, ZERO, Constant(ZERO))
        found, missing = _years(by.figures, region, target.start_year, last)
        if not found:
            return Value(self._absent(by, region, last), start)
        return Value(cumulative(found), start, tuple(missing), _missing_note(missing))

    def _growth(self, by: Interpretation, region: str, last: int) -> Value:
        base = _as_base(by.figures.get(region, by.base_year))
        for year in range(last, by.base_year, -1):
            latest = by.figures.get(region, year)
            if not isinstance(latest, Figure):
                continue
            if isinstance(base, NotComputed):
                return Value(base, base)
            return Value(_mean_growth(by, region, base, latest), base)
        return Value(self._absent(by, region, last), base)

    def _rank(self, target: Target, by: Interpretation, region: str, last: int) -> Value:
        base = self._rank_of(target, by.figures, region, by.base_year)
        missing: NotComputed | None = None
        for year in range(last, by.base_year, -1):
            value = self._rank_of(target, by.figures, region, year)
            if isinstance(value.figure, Figure):
                return Value(value.figure, _as_base(base.figure), notes=value.notes)
            missing = missing or value.figure
        missing = missing or NotComputed(Reason.NO_DATA, by.figures.indicator.name)
        return Value(missing, _as_base(base.figure))

    def _rank_of(self, target: Target, figures: IndicatorFigures, region: str, year: int) -> Value:
        """Return the place of a year: from the peers' observations where there are any, else as published."""
        own = figures.get(region, year)
        if isinstance(own, Figure):
            known = [figure for peer, figure in self._peers(target, figures, year) if peer != region]
            if known:
                note = _peers_note(year, len(target.peers) - (region in target.peers), len(known))
                return Value(rank(own, known), own, notes=(note,))
        if target.reported_rank is not None:
            published = self._index.get(target.reported_rank, region, year)
            if published is not None:
                note = Text(f"{year} 年采用公布的位次", f"{year}: the published rank is used")
                return Value(level(published), own, notes=(note,))
        if isinstance(own, Figure):
            return Value(NotComputed(Reason.NO_PEERS), own)
        return Value(own, own)

    def _peers(self, target: Target, figures: IndicatorFigures, year: int) -> list[tuple[str, Figure]]:
        """Return the peers that have a value of the year."""
        known = self._peers_known.get((target.id, figures, year))
        if known is None:
            found = [(peer, figures.get(peer, year)) for peer in target.peers]
            known = [(peer, figure) for peer, figure in found if isinstance(figure, Figure)]
            self._peers_known[target.id, figures, year] = known
        return known

    def _status_without_value(self, target: Target, base: Figure | NotComputed, missing: NotComputed) -> Status:
        # A base that rests on an observation shows that the series exists; the zero that a sum starts from does not.
        is_known = isinstance(base, Figure) and bool(base.observations)
        if self._as_of_year < target.deadline and is_known and missing.reason in _ABSENT:
            return Status.NOT_DUE
        return Status.NO_DATA

    def _absent(self, by: Interpretation, region: str, last: int) -> NotComputed:
        """Return what is missing of the last year."""
        figure = by.figures.get(region, last)
        return figure if isinstance(figure, NotComputed) else NotComputed(Reason.NO_DATA, by.figures.indicator.name)

    def _status(
        self, target: Target, by: Interpretation, value: Value, figure: Figure, met: bool | None, given: Quantities
    ) -> tuple[Status, NotComputed | None, tuple[Text, ...]]:
        due = self._as_of_year >= target.deadline
        match target.measure:
            case MeasureKind.EVERY_YEAR:
                return _yearly_status(value, due=due, met=met)
            case MeasureKind.CUMULATIVE if value.missing and due and met is not True:
                # The known years alone do not reach it, and the others may.
                return Status.NO_DATA, NotComputed(Reason.MISSING_YEAR, _list_years(value.missing)), ()
            case _:
                pass
        if due:
            if figure.period.year < target.deadline and not (target.measure is MeasureKind.CUMULATIVE and met):
                what = Text(f"{target.deadline} 年", f"{target.deadline}")
                return Status.NO_DATA, NotComputed(Reason.NOT_REPORTED_YET, what), _early_note(figure, met)
            return _FINAL[met], None, ()
        if met is None:
            return Status.UNCERTAIN, None, ()
        if target.is_growth:
            return (Status.ON_TRACK if met else Status.BEHIND), None, ()
        if met:
            return Status.MET, None, (_ahead_note(figure.period.year, target.deadline),)
        # A value that falls short before the deadline is judged by the straight line.
        if target.measure is MeasureKind.RANK:
            return Status.BEHIND, None, ()
        if isinstance(value.base, NotComputed):
            return Status.NOT_DUE, value.base, ()
        made = pace(given, by.derivations, self._pace)
        if isinstance(made, Pace):
            return (Status.ON_TRACK if made.grade is PaceClass.ON_TRACK else Status.BEHIND), None, ()
        # The base met the target and the latest value does not: it has fallen behind, and there is no line from the base.
        return (Status.BEHIND, None, ()) if made.reason is Reason.BASE_MEETS_TARGET else (Status.NOT_DUE, made, ())


def _reported_note(by: Interpretation, figure: Figure) -> tuple[Text, ...]:
    if not by.figures.is_substitute(figure):
        return ()
    year = figure.period
    note = Text(f"{year} 年缺计算所需数据，采用公布值", f"inputs for {year} are missing: the published value is used")
    return (note,)


def _years(figures: IndicatorFigures, region: str, first: int, last: int) -> tuple[list[Figure], list[int]]:
    """Return the figures of the years, and the years without one."""
    every = [(year, figures.get(region, year)) for year in range(first, last + 1)]
    found = [figure for _, figure in every if isinstance(figure, Figure)]
    return found, [] if len(found) == len(every) else [year for year, one in every if not isinstance(one, Figure)]


def _mean_growth(by: Interpretation, region: str, base: Figure, latest: Figure) -> Figure | NotComputed:
    year = latest.period.year
    if by.mean is Mean.GEOMETRIC:
        return geometric_growth(base, latest, year - by.base_year)
    found, missing = _years(by.figures, region, by.base_year + 1, year)
    if missing:
        return NotComputed(Reason.MISSING_YEAR, _list_years(missing))
    return arithmetic_growth([base, *found]) if by.mean is Mean.ARITHMETIC else cumulative_growth(base, found)


_ABSENT = frozenset({Reason.NO_DATA, Reason.NO_NUMERATOR, Reason.NO_DENOMINATOR, Reason.NOT_REPORTED})
"""Reasons that say no more than that a value is not there (yet)."""

_FINAL = {True: Status.MET, False: Status.MISSED, None: Status.UNCERTAIN}
_FAVOURABLE = {Status.MET: True, Status.ON_TRACK: True, Status.BEHIND: False, Status.MISSED: False}
_NO_VERDICT = frozenset({Status.NO_DATA, Status.NOT_DUE})


def differs(one: Reading, other: Reading) -> bool:
    """Return whether another reading turns the verdict over; where one of them has none, nothing is turned."""
    if one.status in _NO_VERDICT or other.status in _NO_VERDICT:
        return False
    if one.met is not None and other.met is not None and one.met != other.met:
        return True
    good, other_good = _FAVOURABLE.get(one.status), _FAVOURABLE.get(other.status)
    return good is not None and other_good is not None and good != other_good


def _as_base(figure: Figure | NotComputed) -> Figure | NotComputed:
    """Return the figure as a base, reporting a missing one as a missing base."""
    if isinstance(figure, NotComputed):
        return NotComputed(Reason.NO_BASE, figure.what or figure.text)
    return figure


def _yearly_status(value: Value, *, due: bool, met: bool | None) -> tuple[Status, NotComputed | None, tuple[Text, ...]]:
    """Judge a yearly target: one bad year decides for good, a missing one only once the deadline has come."""
    if met is False:
        return Status.MISSED, None, ()
    if due and value.missing:
        return Status.NO_DATA, NotComputed(Reason.MISSING_YEAR, _list_years(value.missing)), ()
    if met is None:
        return Status.UNCERTAIN, None, ()
    return (Status.MET if due else Status.ON_TRACK), None, ()


# Notes are the same for thousands of regions, and are made once.


@lru_cache(maxsize=256)
def _worst_note(year: int) -> Text:
    return Text(f"逐年考核，以最差年份 {year} 年为准", f"every year counts; the worst, {year}, decides")


@lru_cache(maxsize=256)
def _peers_note(year: int, n_peers: int, n_known: int) -> Text:
    return Text(
        f"{year} 年按 {n_peers} 个可比地区中有数据的 {n_known} 个排位",
        f"{year}: ranked among the {n_known} of {n_peers} peers with data",
    )


def _list_years(years: Sequence[int]) -> Text:
    return Text("、".join(f"{year} 年" for year in years), ", ".join(str(year) for year in years))


def _missing_note(years: Sequence[int]) -> tuple[Text, ...]:
    what = _list_years(years)
    return (Text(f"缺 {what.zh}数据", f"no value for {what.en}"),) if years else ()


def _early_note(figure: Figure, met: bool | None) -> tuple[Text, ...]:
    if met is None:
        return ()
    year = figure.period.year
    if met:
        return (Text(f"{year} 年的值已达目标值", f"the value of {year} met it"),)
    return (Text(f"{year} 年的值未达目标值", f"the value of {year} fell short"),)


@lru_cache(maxsize=256)
def _ahead_note(year: int, deadline: int) -> Text:
    return Text(f"{year} 年提前达到；期限为 {deadline} 年", f"met as of {year}; the deadline is {deadline}")
