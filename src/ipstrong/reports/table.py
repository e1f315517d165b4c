"""What subjects make and writers print: lines, headings, lists, and tables of typed cells. Nothing here knows a format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from ipstrong.diagnostics import Location
from ipstrong.model.period import Period
from ipstrong.model.result import NotComputed, Status
from ipstrong.texts import Lang, Text, same

NOTHING = "-"
"""Printed where no number was computed; the reason is below the row or in the JSON."""

Span = tuple[str, str]
"""Text and style: words such as `bold red`, empty for plain."""


class Line(NamedTuple):
    """A line of styled texts; what does not fit continues below, indented as well."""

    spans: tuple[Span, ...]
    indent: int = 0
    is_cut: bool = False
    """Whether what does not fit is left out instead, as in a drawing."""

    @property
    def text(self) -> str:
        """The line without styles."""
        return "".join(text for text, _ in self.spans)


def line(*spans: Span | str, indent: int = 0, is_cut: bool = False) -> Line:
    """Return a line of texts, plain or with a style."""
    return Line(tuple((span, "") if isinstance(span, str) else span for span in spans), indent, is_cut)


class Heading(NamedTuple):
    """A heading of a page."""

    text: str
    level: int = 1


class Bullets(NamedTuple):
    """A list of lines."""

    lines: Sequence[Line]


class Number(NamedTuple):
    """A number: exact for programs, rounded once for people."""

    value: Decimal
    printed: str
    style: str = ""
    share: Decimal | None = None
    """A fraction that a terminal with room draws as a bar."""


class VerdictCell(NamedTuple):
    """A status, and whether another declared convention would change it."""

    status: Status
    is_disputed: bool = False


class Marks(NamedTuple):
    """Statuses in a row, one mark each."""

    statuses: tuple[Status, ...]


Cell = (
    str | int | Line | Number | VerdictCell | Marks | Decimal | Period | dt.date | Location | NotComputed | Enum | None
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for programs and for people, and how a terminal shares out its width."""

    id: str
    title: Text
    is_number: bool = False
    """Whether cells are aligned to the right."""
    rank: int = 0
    """Order in which optional columns get what room there is; 0 is always shown."""
    leaves: int = 22
    """An optional column is shown if each flexible one keeps so many cells, or all it needs."""
    is_rigid: bool = False
    """Whether the column keeps its width while flexible ones can give way."""
    most: int = 10_000
    """Cells that the widest content gets; longer content is wrapped."""
    is_whole: bool = False
    """Whether its cells must not be broken: where there is no room, they are printed below their rows."""
    bars: tuple[tuple[int, int], ...] = ()
    """Widths of bars, each with the cells that flexible columns must then keep."""


def named_columns(ids: str) -> tuple[Column, ...]:
    """Return columns for programs, from their ids with blanks between."""
    return tuple(Column(id_, same(id_)) for id_ in ids.split())


class Row(NamedTuple):
    """Cells, and sentences printed below them."""

    cells: Sequence[Cell]
    details: Sequence[str] = ()
    detail_style: str = "dim"


class Group(NamedTuple):
    """Rows under a heading of their own."""

    title: str
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and typed rows."""

    columns: Sequence[Column]
    groups: Sequence[Group]
    has_head: bool = True
    """Without a head, a table aligns labels and their texts."""
    has_rule: bool = True
    """Whether a terminal draws a rule below the head."""
    gap: int = 2
    """Blanks between columns of a terminal."""
    indent: int = 0
    siblings: Sequence[Row] = ()
    """Rows of other tables whose columns a terminal makes as wide."""

    @property
    def rows(self) -> list[Row]:
        """The rows of all groups."""
        return [row for group in self.groups for row in group.rows]


def table(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, gap: int = 2) -> Table:
    """Return a table without groups and details."""
    return Table(columns, [Group("", [Row(cells) for cells in rows])], gap=gap)


def pairs(entries: Iterable[tuple[str, str | Line]], style: str, *, gap: int = 2) -> Table:
    """Return labels and texts side by side; the texts wrap under themselves."""
    columns = [Column("label", same(""), is_rigid=True), Column("text", same(""))]
    rows = [Row((line((label, style)), text)) for label, text in entries]
    return Table(columns, [Group("", rows)], has_head=False, gap=gap)


Block = Line | Heading | Bullets | Table
"""A part of a page."""

STATUS_MARKS: dict[Status, str] = {
    Status.MET: "✓",
    Status.ON_TRACK: "↗",
    Status.BEHIND: "↘",
    Status.MISSED: "✗",
    Status.NOT_DUE: "○",
    Status.UNCERTAIN: "?",
    Status.NO_DATA: "–",
    Status.MANUAL: "✎",
}
DISPUTE_MARK = "⚑"

STATUS_STYLES: dict[Status, str] = {
    Status.MET: "green",
    Status.ON_TRACK: "cyan",
    Status.BEHIND: "yellow",
    Status.MISSED: "bold red",
    Status.NOT_DUE: "blue",
    Status.UNCERTAIN: "magenta",
    Status.NO_DATA: "dim",
    Status.MANUAL: "dim",
}
"""Colour of each status; mark and word say the same without it."""


def verdict_line(verdict: VerdictCell, lang: Lang) -> Line:
    """Return mark and word of a status in its colour; a dispute adds its own mark."""
    status = verdict.status
    word = (f"{STATUS_MARKS[status]} {status.text.get(lang)}", STATUS_STYLES[status])
    return Line((word, (DISPUTE_MARK, "bold yellow"))) if verdict.is_disputed else Line((word,))


def printed(cell: Cell, lang: Lang) -> Line:
    """Return a cell as people read it."""
    match cell:
        case str():
            return Line(((cell, ""),))
        case Line():
            return cell
        case Number(_, text, style, _):
            return Line(((text, style),))
        case VerdictCell():
            return verdict_line(cell, lang)
        case None | NotComputed():
            return Line(((NOTHING, ""),))
        case Marks(statuses):
            return Line(tuple((STATUS_MARKS[status], STATUS_STYLES[status]) for status in statuses))
        case _:
            return Line(((str(cell), ""),))
