"""Which observations the data sheets list, in what order, and in which cell each value stands.

Every observation that a figure rests on is listed; of the others that were matched to an indicator, all up to
`MOST_UNUSED`. A sheet holds a million rows, so a larger list goes on to a second one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from ipstrong.diagnostics import a1
from ipstrong.model.dataset import Bound, Observation, ValueStatus
from ipstrong.model.period import parse_period
from ipstrong.model.plan import Plan
from ipstrong.model.result import Scorecard
from ipstrong.reports.xlsx.cells import quoted

MOST_UNUSED = 200_000
"""Matched observations beyond those used that are listed; a longer list helps nobody in a spreadsheet."""

ROWS_A_SHEET = 1_000_000

FIRST_ROW = 3
"""0-based row of the first observation: title, remark and headings stand above."""

VALUE_COLUMN = 5


class Entry(NamedTuple):
    """One line of the data sheet."""

    number: int
    """Row number in the dataset's frame."""
    used: bool
    indicator: str
    region: str
    period: str
    value: Decimal | None
    """In the indicator's unit; None for a missing mark."""
    low: Decimal | None
    high: Decimal | None
    status: ValueStatus
    bound: Bound
    raw: str
    unit: str | None
    label: str
    file: str
    sheet: str | None
    cell: str
    row: int
    col: int


class Place(NamedTuple):
    """A cell of a data sheet."""

    sheet: int
    """0-based number of the data sheet."""
    row: int
    """0-based."""


@dataclass(frozen=True, slots=True)
class Observations:
    """The lines of the data sheets, and where each observation's value stands."""

    entries: tuple[Entry, ...]
    n_left_out: int
    """Matched observations that are not listed."""
    sheet_names: tuple[str, ...]
    _places: Mapping[int, Place]

    def place(self, observation: Observation) -> Place:
        """Return where the value of an observation stands."""
        return self._places[observation.number]

    def address(self, place: Place) -> str:
        """Return the absolute address of a value, with its sheet."""
        return f"{quoted(self.sheet_names[place.sheet])}!${a1(0, VALUE_COLUMN)[:-1]}${place.row + 1}"

    def range_address(self, first: Place, last: Place) -> str:
        """Return the absolute address of a run of values in one sheet."""
        return f"{self.address(first)}:${a1(0, VALUE_COLUMN)[:-1]}${last.row + 1}"


def n_sheets(entries: tuple[Entry, ...]) -> int:
    """Return how many sheets the lines take; one even where there is none."""
    return max(1, -(-len(entries) // ROWS_A_SHEET))


def index_observations(entries: tuple[Entry, ...], n_left_out: int, sheet_names: tuple[str, ...]) -> Observations:
    """Return the lines with their places."""
    places = {
        entry.number: Place(position // ROWS_A_SHEET, FIRST_ROW + position % ROWS_A_SHEET)
        for position, entry in enumerate(entries)
    }
    return Observations(entries, n_left_out, sheet_names, places)


def list_entries(scorecard: Scorecard) -> tuple[tuple[Entry, ...], int]:
    """Return the lines, sorted by indicator, region and period, and how many matched ones are left out."""
    used = {observation.number: observation for result in scorecard.results for observation in result.observations}
    entries = [_used_entry(observation) for observation in used.values()]
    rows, n_left_out = _other_rows(scorecard, used)
    labels = {}
    for number, row in rows:
        labels[number] = row["label"] or ""
        if number not in used:
            entries.append(_unused_entry(number, row))
    labelled = [entry._replace(label=labels.get(entry.number, "")) for entry in entries]
    return tuple(sorted(labelled, key=_order(scorecard.plan))), n_left_out


def _used_entry(found: Observation) -> Entry:
    return Entry(
        number=found.number,
        used=True,
        indicator=found.indicator,
        region=found.region,
        period=str(found.period),
        value=found.value,
        low=found.low,
        high=found.high,
        status=found.status,
        bound=found.bound,
        raw=found.raw,
        unit=found.unit,
        label="",
        file=found.file,
        sheet=found.sheet,
        cell=a1(found.row, found.col),
        row=found.row,
        col=found.col,
    )


def _other_rows(scorecard: Scorecard, used: Mapping[int, Observation]) -> tuple[list[tuple[int, dict[str, Any]]], int]:
    """Return the rows of the frame that are used or matched, with their numbers, and how many are left out."""
    import polars as pl

    numbered = scorecard.dataset.frame.with_row_index("number")
    is_used = pl.col("number").is_in(list(used))
    unused = numbered.filter(pl.col("indicator").is_not_null() & ~is_used)
    left_out = max(0, unused.height - MOST_UNUSED)
    kept = pl.concat([numbered.filter(is_used), unused.head(MOST_UNUSED)])
    return [(row["number"], row) for row in kept.iter_rows(named=True)], left_out


def _unused_entry(number: int, row: Mapping[str, Any]) -> Entry:
    value = None if row["value"] is None else _decimal(row["value"]) * _decimal(row["factor"])
    width = _decimal(row["half_width"] or 0.0) * _decimal(row["factor"])
    bound = Bound(row["bound"])
    low, high = (None, None) if value is None else _interval(value, width, bound)
    return Entry(
        number=number,
        used=False,
        indicator=row["indicator"],
        region=row["region"],
        period=row["period"],
        value=value,
        low=low,
        high=high,
        status=ValueStatus(row["status"]),
        bound=bound,
        raw=row["raw"],
        unit=row["unit"],
        label="",
        file=row["file"],
        sheet=row["sheet"],
        cell=a1(row["row"], row["col"]),
        row=row["row"],
        col=row["col"],
    )


def _interval(value: Decimal, width: Decimal, bound: Bound) -> tuple[Decimal | None, Decimal | None]:
    """Return the smallest and the largest true value; None for an end that is open."""
    match bound:
        case Bound.AT_LEAST:
            return value - width, None
        case Bound.AT_MOST:
            return None, value + width
        case Bound.ABOUT:
            return value - 2 * width, value + 2 * width
        case Bound.EXACT:
            return value - width, value + width


def _decimal(value: float) -> Decimal:
    return Decimal(repr(value))


def _order(plan: Plan) -> Callable[[Entry], tuple[object, ...]]:
    indicators = {indicator.id: position for position, indicator in enumerate(plan.indicators)}
    regions = {region.id: position for position, region in enumerate(plan.regions)}

    def key(entry: Entry) -> tuple[object, ...]:
        period = parse_period(entry.period)
        return (
            indicators.get(entry.indicator, len(indicators)),
            entry.indicator,
            regions.get(entry.region, len(regions)),
            entry.region,
            period.sort_key() if period is not None else (),
            entry.file,
            entry.sheet or "",
            entry.row,
            entry.col,
            entry.number,
        )

    return key


def runs(places: Iterable[Place]) -> list[tuple[Place, Place]]:
    """Return the places as runs of neighbouring rows, in the order given."""
    found: list[tuple[Place, Place]] = []
    for place in places:
        if found and found[-1][1].sheet == place.sheet and found[-1][1].row + 1 == place.row:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found
