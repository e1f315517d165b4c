"""What a recognised table is: columns of values and rows of values, each with its share of the label."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

import polars as pl

from ipstrong.diagnostics import Finding
from ipstrong.layout.marks import CellMark
from ipstrong.layout.relative_periods import Relative
from ipstrong.model.dataset import ValueStatus
from ipstrong.model.period import Period


@dataclass(slots=True)
class ValueColumn:
    """A column of values and what its heading says."""

    column: int
    parts: tuple[str, ...] = ()
    """Heading levels from the top, units and periods taken out."""
    period: Period | None = None
    part: CellMark | None = None
    """A part of a year that the rows or the title must complete."""
    relative: Relative | None = None
    """A period named by the table's: `上年同期`."""
    relative_text: str = ""
    unit: str | None = None
    region: str | None = None
    status: ValueStatus = ValueStatus.FINAL
    """What the heading says: `2020年(初步)`."""


class ValueRow(NamedTuple):
    """A row of values and what precedes them."""

    row: int
    parts: tuple[str, ...] = ()
    """Groups and labels from the outermost to the row's own."""
    region: str | None = None
    period: Period | None = None
    part: CellMark | None = None
    unit: str | None = None
    statuses: Statuses = ()


Statuses = tuple[tuple[int, str], ...]
"""Columns of status and their texts, from the left. Where each value has a status of its own, it is the next to its right."""
Content = TypeVar("Content")
Other = TypeVar("Other")


class Keys(NamedTuple, Generic[Content]):
    """What the rows say under one heading: each distinct content once, and for every row its place in that list."""

    ids: pl.Series
    contents: list[Content]

    @classmethod
    def of(cls, contents: Iterable[Content]) -> Keys[Content]:
        """Return the keys of rows, of which the content is given row by row."""
        known: dict[Any, int] = {}
        ids = [known.setdefault(content, len(known)) for content in contents]
        return cls(pl.Series(ids, dtype=pl.UInt32), list(known))

    def to(self, change: Callable[[Content], Other]) -> Keys[Other]:
        """Return the keys with what each content is changed into."""
        return Keys(self.ids, [change(content) for content in self.contents])

    def where(self, holds: Callable[[Content], bool]) -> pl.Series:
        """Return for every row whether something holds of its content."""
        return gathered([holds(content) for content in self.contents], pl.Boolean, self.ids)

    def used(self) -> list[int]:
        """Return the places of the contents that some row has, in the order of the rows."""
        return self.ids.unique(maintain_order=True).to_list()

    def picked(self, rows: pl.Series) -> Keys[Content]:
        """Return the keys of some rows, which may come more than once."""
        ids = self.ids[rows] if len(self.contents) > 1 else self.ids.new_from_index(0, len(rows))
        return Keys(ids, self.contents)

    def any(self) -> bool:
        """Whether some row says anything."""
        return any(content is not None and content != () for content in self.contents)


def gathered(of_contents: Sequence[object], dtype: pl.DataType | type[pl.DataType], ids: pl.Series) -> pl.Series:
    """Return for every row what is known of its content."""
    known = pl.Series(of_contents, dtype=dtype)
    return known[ids] if len(known) > 1 else known.new_from_index(0, len(ids))


def joined_keys(left: Keys[Content], right: Keys[Other]) -> Keys[tuple[Content, Other]]:
    """Return two keys as one; where few contents can be joined, some of the pairs may be those of no row."""
    n_right = len(right.contents)
    if n_right == 1 or len(left.contents) == 1:
        ids = left.ids if n_right == 1 else right.ids
        return Keys(ids, [(one, other) for one in left.contents for other in right.contents])
    if len(left.contents) * n_right <= _FEW:
        ids = left.ids * n_right + right.ids
        return Keys(ids, [(one, other) for one in left.contents for other in right.contents])
    pairs = left.ids.cast(pl.UInt64) * n_right + right.ids
    found = pairs.unique(maintain_order=True)
    ids = pairs.replace_strict(found, pl.int_range(len(found), dtype=pl.UInt32, eager=True), return_dtype=pl.UInt32)
    places = [divmod(pair, n_right) for pair in found.to_list()]
    return Keys(ids, [(left.contents[one], right.contents[other]) for one, other in places])


_FEW = 1000


class Timing(NamedTuple):
    """The period of a row, or the part of a year that its table or column completes."""

    period: Period | None = None
    part: CellMark | None = None


@dataclass(slots=True)
class Rows:
    """The rows of values of a table and what precedes them, column by column."""

    numbers: pl.Series
    """The rows of the sheet."""
    parts: Keys[tuple[str, ...]]
    """Groups and labels from the outermost to the row's own."""
    region: Keys[str | None]
    timing: Keys[Timing]
    unit: Keys[str | None]
    statuses: Keys[Statuses]
    has_flags: bool = False
    """Whether each value has a status of its own, right of it."""

    @classmethod
    def of(cls, rows: Sequence[ValueRow], *, has_flags: bool = False) -> Rows:
        """Return rows that were read one after the other."""
        return cls(
            pl.Series([row.row for row in rows], dtype=pl.UInt32),
            Keys.of(row.parts for row in rows),
            Keys.of(row.region for row in rows),
            Keys.of(Timing(row.period, row.part) for row in rows),
            Keys.of(row.unit for row in rows),
            Keys.of(row.statuses for row in rows),
            has_flags,
        )

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.numbers)


@dataclass(slots=True)
class Table:
    """A table as understood."""

    layout: str
    columns: list[ValueColumn]
    rows: Rows
    title: str = ""
    value_name: str = ""
    """Heading of the only column of values of a long table: `数值`, `Value`."""
    unit: str | None = None
    units: tuple[str, ...] = ()
    """All units of the unit line; `unit` is set only where there is one."""
    region: str | None = None
    period: Period | None = None
    findings: list[Finding] = field(default_factory=list)
