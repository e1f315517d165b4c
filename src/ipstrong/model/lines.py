"""Results in short as columns: what a table of thousands of regions is written from, without an object a cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple, overload

from ipstrong.model.period import year as year_period
from ipstrong.model.plan import Target
from ipstrong.model.result import CellPlace, Line, Reason, Status
from ipstrong.texts import Text

Numbers = Sequence[float | None] | None
"""One number a region; None where there is none for any."""


class PlaceColumn(NamedTuple):
    """Cells, one a region; the row is None where there is none."""

    files: Sequence[str]
    sheets: Sequence[str | None]
    rows: Sequence[int | None]
    columns: Sequence[int]

    def only(self, kept: Sequence[bool]) -> PlaceColumn:
        """Return the places that are kept, the others being none."""
        rows = [row if keep else None for row, keep in zip(self.rows, kept, strict=True)]
        return PlaceColumn(self.files, self.sheets, rows, self.columns)

    def get(self, number: int) -> CellPlace | None:
        """Return the place of a region."""
        row = self.rows[number]
        return None if row is None else (self.files[number], self.sheets[number], row, self.columns[number])


@dataclass(slots=True)
class Block:
    """The lines of one target, region after region; the fields are those of `Line`."""

    target: Target
    status: list[Status]
    reason: Reason | None = None
    """Of the lines without a value."""
    disputed: Sequence[bool] | None = None
    """None: not one."""
    target_value: Decimal | None = None
    year: Sequence[int | None] | None = None
    latest: Numbers = None
    low: Numbers = None
    high: Numbers = None
    base: Numbers = None
    gap: Numbers = None
    attainment: Numbers = None
    yoy: Numbers = None
    yoy_in_points: bool = False
    progress: Numbers = None
    expected: Numbers = None
    pace: Numbers = None
    growth_pace: Numbers = None
    needed_per_year: Numbers = None
    projection: Numbers = None
    growth_projection: Numbers = None
    eta: Numbers = None
    places: tuple[PlaceColumn, ...] = ()
    peers: tuple[CellPlace, ...] = ()
    others: dict[int, Line] = field(default_factory=dict)
    """Lines that were made from the result in full, by the number of the region; of the columns, only `status`
    holds for them."""

    def replace(self, number: int, line: Line) -> None:
        """Put a line that was made otherwise in the place of a region's."""
        self.others[number] = line
        self.status[number] = line.status

    def line(self, number: int, region: str, name: Text) -> Line:
        """Return the line of a region."""
        other = self.others.get(number)
        if other is not None:
            return other
        year = None if self.year is None else self.year[number]
        has = year is not None
        places = [place.get(number) for place in self.places] if has else []

        def at(numbers: Numbers) -> float | None:
            return None if numbers is None or not has else numbers[number]

        return Line(
            self.target,
            region,
            name,
            self.status[number],
            disputed=self.disputed is not None and self.disputed[number],
            reason=None if has else self.reason,
            target_value=self.target_value,
            period=None if year is None else year_period(year),
            latest=at(self.latest),
            low=at(self.low),
            high=at(self.high),
            base=at(self.base),
            gap=at(self.gap),
            attainment=at(self.attainment),
            yoy=at(self.yoy),
            yoy_in_points=self.yoy_in_points and has,
            progress=at(self.progress),
            expected=at(self.expected),
            pace=at(self.pace),
            growth_pace=at(self.growth_pace),
            needed_per_year=at(self.needed_per_year),
            projection=at(self.projection),
            growth_projection=at(self.growth_projection),
            eta=at(self.eta),
            places=tuple(dict.fromkeys(place for place in places if place is not None)),
            peers=self.peers if has else (),
        )


class Lines(Sequence[Line]):
    """The lines of all targets, by region and then in the plan's order; each is made when it is asked for."""

    def __init__(self, regions: Sequence[str], names: Sequence[Text], blocks: Sequence[Block]) -> None:
        """Keep regions and their names, and a block a target."""
        self.regions = regions
        self.names = names
        self.blocks = blocks

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self.regions) * len(self.blocks)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | Sequence[Line]:
        """Return a line, or several."""
        numbers = range(len(self))[index]
        return [self._line(number) for number in numbers] if isinstance(numbers, range) else self._line(numbers)

    def __iter__(self) -> Iterator[Line]:
        """Make one line after the other."""
        return map(self._line, range(len(self)))

    def __eq__(self, other: object) -> bool:
        """Whether the lines are those of another sequence."""
        return [*self] == [*other] if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        """Return the hash of the lines as a tuple, to which the sequence is equal."""
        return hash(tuple(self))

    def statuses(self) -> set[Status]:
        """Return every status that occurs."""
        return {status for block in self.blocks for status in set(block.status)}

    def _line(self, number: int) -> Line:
        region, target = divmod(number, len(self.blocks))
        return self.blocks[target].line(region, self.regions[region], self.names[region])
