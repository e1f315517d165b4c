"""Where lines break, as Chinese punctuation asks: numbers stay whole, and no closing mark begins a line.

Widths are counted in cells: a Chinese character is two. rich breaks Chinese, which has no blanks, after any character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from rich.cells import cell_len

_TOKENS = re.compile(r"\s+|[“‘（《【]*(?:\([^()\s]{1,10}\)|[!-~]+|.)[，。；：、！？）》】”’…,.;:!?)]*", re.DOTALL)
"""Where a line may break: after blanks, around Chinese characters. Marks stay with what they open or close, and a unit in
brackets stays whole."""
_JOINING = ("\u200d", "\ufe0f")
"""A joiner and the mark that makes an emoji of a sign: only next to these is a text not as wide as its characters."""


def text_width(text: str) -> int:
    """Return how many cells a text needs: what rich says, but quicker."""
    if text.isascii() and text.isprintable():
        return len(text)
    if any(mark in text for mark in _JOINING):
        return cell_len(text)
    return sum(map(_character_width, text))


@lru_cache(maxsize=100_000)
def _character_width(character: str) -> int:
    return cell_len(character)


def widest(texts: Iterable[str]) -> int:
    """Return the cells of the widest text; 0 for none."""
    return max(map(text_width, texts), default=0)


@lru_cache(maxsize=1024)
def breaks(text: str, room: int) -> tuple[tuple[int, int], ...]:
    """Return the ranges of characters that make up the rows; blanks at a break belong to neither.

    Remembered, because hints are repeated as often as their findings.
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
    """Return the cells up to and including each character."""
    if text.isascii() and text.isprintable():
        return range(1, len(text) + 1)
    return list(accumulate(map(_character_width, text)))


def styled_rows(
    spans: Sequence[tuple[str, str]], room: int, *, is_cut: bool = False
) -> Iterator[list[tuple[str, str]]]:
    """Yield the rows of a styled line; without blanks at their ends."""
    whole = "".join(text for text, _ in spans)
    # No character is wider than two cells, so a short text need not be measured.
    fits = 2 * len(whole) <= room or text_width(whole) <= room
    ranges = [(0, len(whole))] if fits else breaks(whole, room)
    for start, end in ranges[:1] if is_cut else ranges:
        last = start + len(whole[start:end].rstrip())
        row, position = [], 0
        for text, style in spans:
            part = text[max(start - position, 0) : max(last - position, 0)]
            position += len(text)
            if part:
                row.append((part, style))
        yield row
