"""Styled lines wrapped to a width.

For reports of many thousand lines, where a layout engine would take longer than the work it reports on. Widths are
counted in cells; a Chinese character is two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len

_TOKENS = re.compile(r"\s+|[“‘（《【]*(?:\([^()\s]{1,10}\)|[!-~]+|.)[，。；：、！？）》】”’…]*", re.DOTALL)
"""Where a line may break: after blanks, around Chinese characters. Marks stay with what they open or close, and a unit in
brackets stays whole."""
_CODES = {"bold": "1", "dim": "2", "underline": "4", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}

Span = tuple[str, str]
"""Text and style: words such as `bold red`, empty for plain."""


class Line(NamedTuple):
    """A line with its indent; what does not fit goes on below, indented as well."""

    spans: tuple[Span, ...]
    indent: int = 0
    is_cut: bool = False
    """Whether what does not fit is left out instead, as in a drawing."""


def line(*spans: Span | str, indent: int = 0, is_cut: bool = False) -> Line:
    """Return a line of texts, plain or with a style."""
    return Line(tuple((span, "") if isinstance(span, str) else span for span in spans), indent, is_cut)


def draw_lines(lines: Iterable[Line], width: int, *, color: bool) -> str:
    """Return the lines wrapped to `width` cells, with ANSI styles where `color` is set."""
    return "".join(f"{text}\n" for each in lines for text in _rows(each, width, color=color))


def _rows(each: Line, width: int, *, color: bool) -> Iterator[str]:
    text = "".join(span[0] for span in each.spans)
    room = max(width - each.indent, 1)
    margin = " " * each.indent if text else ""
    if (text.isascii() and len(text) <= room) or cell_len(text) <= room:
        yield (margin + _styled(each.spans, 0, len(text), color=color)).rstrip()
        return
    for start, end in breaks(text, room):
        yield (margin + _styled(each.spans, start, end, color=color)).rstrip()
        if each.is_cut:
            return


def _styled(spans: Iterable[Span], start: int, end: int, *, color: bool) -> str:
    """Return the characters `start` to `end` of the spans put together."""
    parts = []
    position = 0
    for text, style in spans:
        part = text[max(start - position, 0) : max(end - position, 0)]
        position += len(text)
        if part and color and style:
            codes = ";".join(_CODES[word] for word in style.split())
            part = f"\x1b[{codes}m{part}\x1b[0m"
        parts.append(part)
    return "".join(parts)


def breaks(text: str, room: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of characters that make up the rows; blanks at a break belong to neither."""
    start = end = filled = 0
    for token in _TOKENS.finditer(text):
        size = cell_len(token.group())
        if filled + size <= room:
            end, filled = token.end(), filled + size
            continue
        if token.group().isspace():
            if filled:
                yield start, end
            start = end = token.end()
            filled = 0
            continue
        if filled:
            yield start, end
        start, end, filled = token.start(), token.end(), size
        while filled > room:
            cut = _fitting(text, start, end, room)
            yield start, cut
            start = cut
            filled = cell_len(text[start:end])
    if filled:
        yield start, end


def _fitting(text: str, start: int, end: int, room: int) -> int:
    """Return where a token that is wider than the room must be cut; at least one character fits."""
    filled = 0
    for position in range(start, end):
        filled += cell_len(text[position])
        if filled > room and position > start:
            return position
    return end
