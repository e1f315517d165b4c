"""What a recognised table is: columns of values and rows of values, each with its share of the label."""

from __future__ import annotations

from dataclasses import dataclass, field

from ipstrong.diagnostics import Finding
from ipstrong.layout.marks import Mark
from ipstrong.layout.relative import Relative
from ipstrong.model.dataset import ValueStatus
from ipstrong.model.period import Period


@dataclass(slots=True)
class DataColumn:
    """A column of values and what its heading says."""

    column: int
    parts: tuple[str, ...] = ()
    """Heading levels from the top, units and periods taken out."""
    period: Period | None = None
    part: Mark | None = None
    """A part of a year that the rows or the title must complete."""
    relative: Relative | None = None
    """A period named by the table's: `上年同期`."""
    relative_text: str = ""
    unit: str | None = None
    region: str | None = None
    status: ValueStatus = ValueStatus.FINAL
    """What the heading says: `2020年(初步)`."""


@dataclass(slots=True)
class DataRow:
    """A row of values and what stands before them."""

    row: int
    parts: tuple[str, ...] = ()
    """Groups and labels from the outermost to the row's own."""
    period: Period | None = None
    part: Mark | None = None
    unit: str | None = None
    region: str | None = None
    status: tuple[int, str] | None = None
    """The column of the status that holds for the row, and its text."""
    statuses: tuple[tuple[int, str], ...] = ()
    """Where each value has a status of its own: columns of status and their texts, from the left."""

    def status_at(self, column: int) -> tuple[int, str] | None:
        """Return what the row says of the value in a column, and where: the next status to its right, else the row's own."""
        if not self.statuses:
            return self.status
        return next((status for status in self.statuses if status[0] > column), None)


@dataclass(slots=True)
class Table:
    """A table as understood."""

    layout: str
    columns: list[DataColumn]
    rows: list[DataRow]
    title: str = ""
    value_name: str = ""
    """Heading of the only column of values of a long table: `数值`, `Value`."""
    unit: str | None = None
    units: tuple[str, ...] = ()
    """All units of the unit line; `unit` is set only where there is one."""
    region: str | None = None
    period: Period | None = None
    findings: list[Finding] = field(default_factory=list)
