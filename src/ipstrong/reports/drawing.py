"""Bars, status words and tables of fixed columns for terminals. Widths are counted in cells: a Chinese character is two."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text as Styled

from ipstrong.model.result import Status
from ipstrong.reports import labels
from ipstrong.reports.wrapped import breaks
from ipstrong.texts import Lang

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions

_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(fraction: Decimal, width: int, *, unicode: bool) -> str:
    """Return a bar of at most `width` cells: full only from 1 on, never empty above 0."""
    parts = 8 if unicode else 1
    steps = int((fraction * width * parts).to_integral_value(ROUND_FLOOR))
    steps = max(0, min(steps, width * parts))
    if fraction > 0 and not steps:
        steps = 1
    if not unicode:
        return "#" * steps + "." * (width - steps)
    full, rest = divmod(steps, 8)
    return "█" * full + (_EIGHTHS[rest] if rest else "")


def mark(status: Status, *, unicode: bool) -> str:
    """Return the mark of a status."""
    return labels.STATUS_MARKS[status][0 if unicode else 1]


def status_word(status: Status, lang: Lang, *, unicode: bool, disputed: bool = False) -> Styled:
    """Return mark and word of a status in its colour; a dispute adds its own mark."""
    text = Styled(f"{mark(status, unicode=unicode)} {status.text.get(lang)}", style=labels.STATUS_STYLES[status])
    if disputed:
        text.append("⚑" if unicode else "!", style="bold yellow")
    return text


def ascii_signs(text: str, *, unicode: bool) -> str:
    """Return the text with mathematical signs spelled in ASCII where the terminal has nothing else."""
    if unicode:
        return text
    return text.translate(_ASCII)


_ASCII = str.maketrans({"≥": ">=", "≤": "<=", "≈": "~", "–": "-", "∞": "inf", "×": "*", "÷": "/"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a fixed table."""

    title: str
    width: int
    is_number: bool = False


def widest(texts: Iterable[str]) -> int:
    """Return the cells of the widest text; 0 for none."""
    return max((cell_len(text) for text in texts), default=0)


class Block(ABC):
    """Lines that are laid out already: rich would measure and wrap every cell anew, which takes as long as a small file."""

    @abstractmethod
    def pieces(self) -> Iterator[list[str | Styled]]:
        """Yield what the lines are put together from."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Styled]:
        """Yield the lines for a console."""
        for pieces in self.pieces():
            yield Styled.assemble(*pieces, no_wrap=True, overflow="ignore")


class FixedTable(Block):
    """Columns of given widths side by side; what is too long is wrapped, never cut."""

    def __init__(self, columns: Sequence[Column], rows: Iterable[Sequence[Styled]], gap: int) -> None:
        """Keep the columns, the cells of every row, and how many blanks part two columns."""
        self._columns = columns
        self._rows = rows
        self._gap = gap

    def pieces(self) -> Iterator[list[str | Styled]]:
        """Yield the lines, every cell filled up to the width of its column."""
        for row in self._rows:
            cells = [_lines(cell, column.width) for cell, column in zip(row, self._columns, strict=True)]
            for number in range(max(map(len, cells))):
                line: list[str | Styled] = []
                filling = 0
                for lines, column in zip(cells, self._columns, strict=True):
                    part = lines[number] if number < len(lines) else _NOTHING
                    free = column.width - cell_len(part.plain)
                    before, after = (free, 0) if column.is_number else (0, free)
                    line += (" " * (filling + before), part)
                    filling = after + self._gap
                yield line


class Indented(Block):
    """Another block, some cells from the edge."""

    def __init__(self, block: Block, left: int) -> None:
        """Keep the block and the cells before it."""
        self._block = block
        self._margin = " " * left

    def pieces(self) -> Iterator[list[str | Styled]]:
        """Yield the lines of the block behind the margin."""
        return ([self._margin, *pieces] for pieces in self._block.pieces())


_NOTHING = Styled("")


def _lines(text: Styled, room: int) -> Sequence[Styled]:
    """Return the lines of a text that has so many cells."""
    if cell_len(text.plain) <= room and "\n" not in text.plain:
        return [text]
    return list(wrapped(text, room).split("\n", allow_blank=True))


def plain_lines(part: Styled | Block, width: int) -> Iterator[str]:
    """Yield the lines of a part of a page of `width` cells, without styles."""
    if isinstance(part, Styled):
        yield from (line.plain.rstrip() for line in _lines(part, width))
        return
    for pieces in part.pieces():
        yield "".join(piece if isinstance(piece, str) else piece.plain for piece in pieces).rstrip()


def fixed_table(columns: Sequence[Column], rows: Iterable[Sequence[Styled]], *, gap: int = 1) -> FixedTable:
    """Return a table whose columns have the given widths."""
    return FixedTable(columns, rows, gap)


def heading(columns: Sequence[Column], *, gap: int = 1) -> FixedTable:
    """Return the heading row of a fixed table."""
    return fixed_table(columns, [[Styled(column.title, style="bold") for column in columns]], gap=gap)


def total_width(columns: Sequence[Column], gap: int = 1) -> int:
    """Return the cells that the table takes."""
    return sum(column.width for column in columns) + gap * (len(columns) - 1)


def rule(width: int, *, unicode: bool, style: str = "dim") -> Styled:
    """Return a line across."""
    return Styled(("─" if unicode else "-") * width, style=style)


def indented(text: Styled, left: int, width: int) -> Indented:
    """Return the text as a block that starts `left` cells from the edge of a page of `width` cells."""
    room = width - left
    return Indented(fixed_table([Column("", room)], [[text]]), left)


def wrapped(text: Styled, room: int) -> Styled:
    """Return the text with line feeds where it has to break: numbers stay whole, and no closing mark begins a line.

    rich breaks Chinese, which has no blanks, after any character.
    """
    if cell_len(text.plain) <= room:
        return text
    rows = []
    for paragraph in text.split("\n", allow_blank=True):
        if cell_len(paragraph.plain) <= room:
            rows.append(paragraph)
        else:
            rows.extend(paragraph[start:end] for start, end in breaks(paragraph.plain, max(room, 1)))
    for row in rows:
        row.rstrip()
    return Styled("\n", style=text.style).join(rows)


_COMFORT = 22
"""Cells beyond which a column of words does not become easier to read by much."""
_LONG_WORD = 36


def roomy(
    titles: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, gap: int, optional: Sequence[int]
) -> list[int]:
    """Return the positions of the columns to show: `optional` ones go, in this order, until the rest stands with ease."""
    sizes = [min(_COMFORT, size) for size in _sizes(titles, rows)]
    shown = list(range(len(titles)))
    for position in optional:
        if sum(sizes[each] for each in shown) + gap * (len(shown) - 1) <= width:
            break
        shown.remove(position)
    return shown


def fitted(titles: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, gap: int) -> list[Column]:
    """Return columns as wide as their texts, the widest made narrower until they fit, long words kept whole if they can."""
    sizes = _sizes(titles, rows)
    words = [widest(word for row in rows for word in row[position].split()) for position in range(len(titles))]
    least = [
        min(size, max(8, cell_len(title), min(word, _LONG_WORD)))
        for size, title, word in zip(sizes, titles, words, strict=True)
    ]
    excess = sum(sizes) + gap * (len(sizes) - 1) - width
    while excess > 0:
        position = max(range(len(sizes)), key=lambda each: sizes[each] - least[each])
        if sizes[position] <= least[position]:
            position = max(range(len(sizes)), key=lambda each: sizes[each])
        if sizes[position] <= 2:
            break
        sizes[position] -= 1
        excess -= 1
    return [Column(title, size) for title, size in zip(titles, sizes, strict=True)]


def _sizes(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    return [widest([title, *(row[position] for row in rows)]) for position, title in enumerate(titles)]
