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
from ipstrong.measures.progress import Way, gap, pace
from ipstrong.measures.rank import rank
from ipstrong.measures.yearly import worst_year
from ipstrong.model.formula import Constant
from ipstrong.model.period import year as year_period
from ipstrong.model.plan import Comparator, Convention, Mean, MeasureKind, Nature, Plan, Rounding, Target
from ipstrong.model.result import Figure, NotComputed, Pace, PaceClass, Reason, Status
from ipstrong.scoring.book import Book
from ipstrong.scoring.figures import Figures, Strand, View, view_of
from ipstrong.texts import Text

ZERO = Decimal(0)


class Terms(NamedTuple):
    """A target as one convention reads it."""

    indicator: str
    view: View
    value: Decimal
    upper: Decimal | None
    comparator: Comparator
    direction: int
    base_year: int
    mean: Mean
    rounding: Rounding


class Value(NamedTuple):
    """What a measure found."""

    figure: Figure | NotComputed
    """The value that the verdict rests on."""
    base: Figure | NotComputed
    missing: tuple[int, ...] = ()
    """Years that the measure needs and that have no value."""
    notes: tuple[Text, ...] = ()


class Verdict(NamedTuple):
    """The outcome of a target under one reading."""

    terms: Terms
    figure: Figure | NotComputed
    base: Figure | NotComputed
    met: bool | None
    status: Status
    reason: NotComputed | None
    gap: Decimal | NotComputed
    notes: tuple[Text, ...]


def terms_of(target: Target, convention: Convention | None) -> Terms:
    """Return the target with what the convention changes; the target is not manual."""
    assert target.indicator is not None
    assert target.value is not None
    assert target.comparator is not None
    if convention is None:
        return Terms(
            target.indicator,
            view_of(None),
            target.value,
            target.upper,
            target.comparator,
            target.comparator.direction,
            target.base_year,
            target.mean,
            target.rounding,
        )
    return Terms(
        convention.indicator or target.indicator,
        view_of(convention),
        target.value if convention.value is None else convention.value,
        target.upper,
        target.comparator,
        target.comparator.direction,
        target.base_year if convention.base_year is None else convention.base_year,
        convention.mean or target.mean,
        convention.rounding or target.rounding,
    )


class Judge:
    """Judges targets of one plan over one book, as of the end of one year."""

    def __init__(self, plan: Plan, book: Book, figures: Figures, as_of_year: int) -> None:
        """Keep what every verdict needs."""
        self._plan = plan
        self._book = book
        self._figures = figures
        self._as_of_year = as_of_year
        self._natures = {indicator.id: indicator.nature for indicator in plan.indicators}
        self._names = {indicator.id: indicator.name for indicator in plan.indicators}
        self._peers_known: dict[tuple[str, Strand, int], list[tuple[str, Figure]]] = {}

    def judge(self, target: Target, terms: Terms, region: str) -> Verdict:
        """Return the verdict on a target that is not manual."""
        last = min(self._as_of_year, target.deadline)
        strand = self._figures.strand(terms.indicator, terms.view)
        value = self._value(target, terms, strand, region, last)
        figure = value.figure
        if isinstance(figure, NotComputed):
            empty = self._status_without_value(target, value, figure)
            return Verdict(terms, figure, value.base, None, empty, figure, figure, value.notes)
        met = meets(figure, terms.comparator, terms.value, terms.upper, terms.rounding)
        distance = gap(figure.value, terms.value, terms.direction, terms.upper)
        status, reason, notes = self._status(target, terms, value, figure, met)
        return Verdict(terms, figure, value.base, met, status, reason, distance, value.notes + notes)

    def _value(self, target: Target, terms: Terms, strand: Strand, region: str, last: int) -> Value:
        match target.measure:
            case MeasureKind.LEVEL | MeasureKind.RANGE:
                return self._level(terms, strand, region, last)
            case MeasureKind.EVERY_YEAR:
                return self._every_year(target, terms, strand, region, last)
            case MeasureKind.AVERAGE_GROWTH:
                return self._growth(terms, strand, region, last)
            case MeasureKind.CUMULATIVE:
                if self._natures[terms.indicator] is not Nature.FLOW:
                    return self._level(terms, strand, region, last)
                return self._cumulative(target, terms, strand, region, last)
            case MeasureKind.RANK:
                return self._rank(target, terms, strand, region, last)
            case MeasureKind.MANUAL:
                raise ValueError("a manual target has no value")

    def _level(self, terms: Terms, strand: Strand, region: str, last: int) -> Value:
        base = _as_base(strand.get(region, terms.base_year))
        missing: NotComputed | None = None
        for year in range(last, terms.base_year, -1):
            figure = strand.get(region, year)
            if isinstance(figure, Figure):
                return Value(figure, base, notes=self._reported_note(terms, figure))
            missing = missing or figure
        return Value(missing or NotComputed(Reason.NO_DATA, self._names[terms.indicator]), base)

    def _reported_note(self, terms: Terms, figure: Figure) -> tuple[Text, ...]:
        if terms.view.reported is None and self._figures.is_reported(terms.indicator, figure):
            return (
                Text(
                    f"{figure.period} 年缺计算所需数据，采用公布值",
                    f"inputs for {figure.period} are missing: the published value is used",
                ),
            )
        return ()

    def _every_year(self, target: Target, terms: Terms, strand: Strand, region: str, last: int) -> Value:
        base = _as_base(strand.get(region, terms.base_year))
        found, missing = _years(strand, region, target.start_year, last)
        if not found:
            return Value(self._absent(terms, strand, region, last), base)
        figure = worst_year(found, terms.direction)
        notes = (
            (_worst_note(figure.period.year), _missing_note(missing)) if missing else (_worst_note(figure.period.year),)
        )
        return Value(figure, base, tuple(missing), notes)

    def _cumulative(self, target: Target, terms: Terms, strand: Strand, region: str, last: int) -> Value:
        start = Figure(year_period(target.start_year - 1), ZERO, ZERO, ZERO, Constant(ZERO))
        found, missing = _years(strand, region, target.start_year, last)
        if not found:
            return Value(self._absent(terms, strand, region, last), start)
        return Value(cumulative(found), start, tuple(missing), (_missing_note(missing),) if missing else ())

    def _growth(self, terms: Terms, strand: Strand, region: str, last: int) -> Value:
        base = _as_base(strand.get(region, terms.base_year))
        for year in range(last, terms.base_year, -1):
            latest = strand.get(region, year)
            if not isinstance(latest, Figure):
                continue
            if isinstance(base, NotComputed):
                return Value(base, base)
            return Value(_mean_growth(terms, strand, region, base, latest), base)
        return Value(self._absent(terms, strand, region, last), base)

    def _rank(self, target: Target, terms: Terms, strand: Strand, region: str, last: int) -> Value:
        base = self._rank_of(target, strand, region, terms.base_year)
        missing: NotComputed | None = None
        for year in range(last, terms.base_year, -1):
            value = self._rank_of(target, strand, region, year)
            if isinstance(value.figure, Figure):
                return Value(value.figure, _as_base(base.figure), notes=value.notes)
            missing = missing or value.figure
        missing = missing or NotComputed(Reason.NO_DATA, self._names[terms.indicator])
        return Value(missing, _as_base(base.figure))

    def _rank_of(self, target: Target, strand: Strand, region: str, year: int) -> Value:
        """Return the place of a year: from the peers' observations where there are any, else as published."""
        own = strand.get(region, year)
        if isinstance(own, Figure):
            known = [figure for peer, figure in self._peers(target, strand, year) if peer != region]
            if known:
                note = _peers_note(year, len(target.peers) - (region in target.peers), len(known))
                return Value(rank(own, known), own, notes=(note,))
        if target.reported_rank is not None:
            published = self._book.get(target.reported_rank, region, year)
            if published is not None:
                note = Text(f"{year} 年采用公布的位次", f"{year}: the published rank is used")
                return Value(level(published), own, notes=(note,))
        if isinstance(own, Figure):
            return Value(NotComputed(Reason.NO_PEERS), own)
        return Value(own, own)

    def _peers(self, target: Target, strand: Strand, year: int) -> list[tuple[str, Figure]]:
        """Return the peers that have a value of the year."""
        known = self._peers_known.get((target.id, strand, year))
        if known is None:
            figures = [(peer, strand.get(peer, year)) for peer in target.peers]
            known = [(peer, figure) for peer, figure in figures if isinstance(figure, Figure)]
            self._peers_known[target.id, strand, year] = known
        return known

    def _status_without_value(self, target: Target, value: Value, missing: NotComputed) -> Status:
        # A base that rests on an observation shows that the series exists; the zero that a sum starts from does not.
        is_known = isinstance(value.base, Figure) and bool(value.base.observations)
        if self._as_of_year < target.deadline and is_known and missing.reason in _ABSENT:
            return Status.NOT_DUE
        return Status.NO_DATA

    def _absent(self, terms: Terms, strand: Strand, region: str, last: int) -> NotComputed:
        """Return what is missing of the last year."""
        figure = strand.get(region, last)
        return figure if isinstance(figure, NotComputed) else NotComputed(Reason.NO_DATA, self._names[terms.indicator])

    def _status(
        self, target: Target, terms: Terms, value: Value, figure: Figure, met: bool | None
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
            return _final(met), None, ()
        if met is None:
            return Status.UNCERTAIN, None, ()
        if target.is_growth:
            return (Status.ON_TRACK if met else Status.BEHIND), None, ()
        if met:
            return Status.MET, None, (_ahead_note(figure.period.year, target.deadline),)
        return (*self._on_the_way(target, terms, value, figure), ())

    def _on_the_way(
        self, target: Target, terms: Terms, value: Value, figure: Figure
    ) -> tuple[Status, NotComputed | None]:
        """Judge a value that falls short before the deadline by the straight line."""
        if target.measure is MeasureKind.RANK:
            return Status.BEHIND, None
        if isinstance(value.base, NotComputed):
            return Status.NOT_DUE, value.base
        made = pace(way_of(target, terms, value.base, figure), way_direction(terms, figure), self._plan.pace)
        if isinstance(made, Pace):
            return (Status.ON_TRACK if made.grade is PaceClass.ON_TRACK else Status.BEHIND), None
        # The base met the target and the latest value does not: it has fallen behind, with no line to hold it against.
        return (Status.BEHIND, None) if made.reason is Reason.BASE_MEETS_TARGET else (Status.NOT_DUE, made)


def _years(strand: Strand, region: str, first: int, last: int) -> tuple[list[Figure], list[int]]:
    """Return the figures of the years, and the years without one."""
    found: list[Figure] = []
    missing: list[int] = []
    for year in range(first, last + 1):
        figure = strand.get(region, year)
        if isinstance(figure, Figure):
            found.append(figure)
        else:
            missing.append(year)
    return found, missing


def _mean_growth(terms: Terms, strand: Strand, region: str, base: Figure, latest: Figure) -> Figure | NotComputed:
    year = latest.period.year
    if terms.mean is Mean.GEOMETRIC:
        return geometric_growth(base, latest, year - terms.base_year)
    found, missing = _years(strand, region, terms.base_year + 1, year)
    if missing:
        return NotComputed(Reason.MISSING_YEAR, _list_years(missing))
    return arithmetic_growth([base, *found]) if terms.mean is Mean.ARITHMETIC else cumulative_growth(base, found)


_ABSENT = frozenset({Reason.NO_DATA, Reason.NO_NUMERATOR, Reason.NO_DENOMINATOR, Reason.NOT_REPORTED})
"""Reasons that say no more than that a value is not there (yet)."""

_NO_VERDICT = frozenset({Status.NO_DATA, Status.NOT_DUE})


def differs(met: bool | None, status: Status, other_met: bool | None, other_status: Status) -> bool:
    """Return whether another reading turns the verdict over; where one of them has none, nothing is turned."""
    if status in _NO_VERDICT or other_status in _NO_VERDICT:
        return False
    if met is not None and other_met is not None and met != other_met:
        return True
    good, other_good = is_good(status), is_good(other_status)
    return good is not None and other_good is not None and good != other_good


def is_good(status: Status) -> bool | None:
    """Return whether a status is favourable; None where it is neither."""
    if status is Status.MET or status is Status.ON_TRACK:
        return True
    return False if status is Status.BEHIND or status is Status.MISSED else None


def way_of(target: Target, terms: Terms, base: Figure, latest: Figure) -> Way:
    """Return the way from base to target that progress and projections are measured on."""
    goal = terms.value
    if terms.comparator is Comparator.BETWEEN and terms.upper is not None and latest.value > terms.upper:
        goal = terms.upper
    return Way(base.value, base.period.year, latest.value, latest.period.year, goal, target.deadline)


def way_direction(terms: Terms, latest: Figure) -> int:
    """Return which way the value has to go: for a range, towards the nearest bound."""
    if terms.comparator is not Comparator.BETWEEN:
        return terms.direction
    return -1 if terms.upper is not None and latest.value > terms.upper else 1


def _as_base(figure: Figure | NotComputed) -> Figure | NotComputed:
    """Return the figure as a base, with a missing one said to be a missing base."""
    if isinstance(figure, NotComputed):
        return NotComputed(Reason.NO_BASE, figure.what or figure.text)
    return figure


def _final(met: bool | None) -> Status:
    if met is None:
        return Status.UNCERTAIN
    return Status.MET if met else Status.MISSED


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


def _missing_note(years: Sequence[int]) -> Text:
    what = _list_years(years)
    return Text(f"缺 {what.zh}数据", f"no value for {what.en}")


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
