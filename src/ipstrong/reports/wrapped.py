"""Styled lines wrapped to a width.

For reports of many thousand lines, where a layout engine would take longer than the work it reports on. Widths are
counted in cells; a Chinese character is two.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from rich.cells import cell_len

_TOKENS = re.compile(r"\s+|[“‘（《【]*(?:\([^()\s]{1,10}\)|[!-~]+|.)[，。；：、！？）》】”’…,.;:!?)]*", re.DOTALL)
"""Where a line may break: after blanks, around Chinese characters. Marks stay with what they open or close, and a unit in
brackets stays whole."""
_CODES = {"bold": "1", "dim": "2", "underline": "4", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}

_JOINING = ("\u200d", "\ufe0f")
"""A joiner and the mark that makes an emoji of a sign: only beside these is a text not as wide as its characters."""

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


class _Widths(dict[str, int]):
    """The cells of single characters, each measured once."""

    def __missing__(self, character: str) -> int:
        width = self[character] = cell_len(character)
        return width


_WIDTHS = _Widths()


def text_width(text: str) -> int:
    """Return how many cells a text takes: what rich says, but quicker."""
    if text.isascii() and text.isprintable():
        return len(text)
    if any(mark in text for mark in _JOINING):
        return cell_len(text)
    return sum(map(_WIDTHS.__getitem__, text))


def draw_lines(lines: Iterable[Line], width: int, *, color: bool) -> str:
    """Return the lines wrapped to `width` cells, with ANSI styles where `color` is set."""
    return "".join(f"{text}\n" for each in lines for text in _rows(each, width, color=color))


def _rows(each: Line, width: int, *, color: bool) -> Iterator[str]:
    text = "".join([span[0] for span in each.spans])
    room = max(width - each.indent, 1)
    margin = " " * each.indent if text else ""
    # No character is wider than two cells, so a short text need not be measured.
    if 2 * len(text) <= room or text_width(text) <= room:
        yield (margin + _styled(each.spans, text, 0, len(text), color=color)).rstrip()
        return
    for start, end in breaks(text, room):
        yield (margin + _styled(each.spans, text, start, end, color=color)).rstrip()
        if each.is_cut:
            return


def _styled(spans: Iterable[Span], whole: str, start: int, end: int, *, color: bool) -> str:
    """Return the characters `start` to `end` of the spans, which together are the `whole`."""
    if not color:
        return whole[start:end]
    parts = []
    position = 0
    for text, style in spans:
        part = text[max(start - position, 0) : max(end - position, 0)]
        position += len(text)
        if part and style:
            codes = ";".join(_CODES[word] for word in style.split())
            part = f"\x1b[{codes}m{part}\x1b[0m"
        parts.append(part)
    return "".join(parts)


@lru_cache(maxsize=1024)
def breaks(text: str, room: int) -> tuple[tuple[int, int], ...]:
    """Return the ranges of characters that make up the rows; blanks at a break belong to neither.

    Kept, because the cure of a defect is told as often as the defect.
    """
    rows: list[tuple[int, int]] = []
    ends = list(accumulate(map(len, _TOKENS.findall(text))))
    filled = _filled(text)
    start = 0
    while start < len(text):
        before = filled[start - 1] if start else 0
        fitting = bisect_right(filled, before + room)
        n_tokens = bisect_right(ends, fitting)
        end = ends[n_tokens - 1] if n_tokens else 0
        next_end = ends[n_tokens] if n_tokens < len(ends) else end
        if end > start:
            if filled[end - 1] > before:  # a row of what has no width is none
                rows.append((start, end))
            start = next_end if text[end:next_end].isspace() else end
        elif end == start and text[start:next_end].isspace():
            start = next_end
        else:  # a token that is wider than the room is cut; at least one character fits
            cut = max(fitting, start + 1)
            rows.append((start, cut))
            start = cut
    return tuple(rows)


def _filled(text: str) -> Sequence[int]:
    """Return the cells up to and with each character."""
    if text.isascii() and text.isprintable():
        return range(1, len(text) + 1)
    return list(accumulate(map(_WIDTHS.__getitem__, text)))
