"""Blank cells in a key column: whether the one above holds for them, because the sheet prints it once a group."""

from __future__ import annotations

from collections.abc import Sequence

Keys = Sequence[str]
"""What stands in the key columns of a row, from the left; empty for a blank."""


def is_grouped(rows: Sequence[Keys], position: int) -> bool:
    """Whether blanks in a key column plainly repeat the cell above.

    They do where the first row of each group is filled and no other: something to the right tells the rows of a group
    apart, nothing that is filled again repeats the row before it, and most groups have more than one row. A blank in a column
    that is otherwise filled in every row is a gap, and nobody knows what it hides.

    Args:
        rows: The key columns of every row: labels, regions, periods.
        position: Which of the columns has the blanks.
    """
    groups: list[int] = []
    left: Keys = ()
    group = ""
    for row in rows:
        own, right = row[position], tuple(row[position + 1 :])
        if not own:
            if not groups or not any(right) or any(text and text != old for text, old in _pairs(row, left, position)):
                return False
            groups[-1] += 1
            continue
        before = tuple(text or old for text, old in _pairs(row, left, position))
        if groups and own == group and before == left:
            return False
        left, group = before, own
        groups.append(1)
    return sum(n_rows > 1 for n_rows in groups) * 2 > len(groups)


def _pairs(row: Keys, left: Keys, position: int) -> list[tuple[str, str]]:
    """Return the cells left of a position with what holds there."""
    known = left or ("",) * position
    return list(zip(row[:position], known, strict=True))


def is_once_each(starts: Sequence[bool], marked: Sequence[bool]) -> bool:
    """Return whether every group has one marked row: starts of groups and marked rows take turns, and there are several."""
    turns = [is_start for is_start, is_marked in zip(starts, marked, strict=True) if is_start or is_marked]
    return len(turns) > 2 and len(turns) % 2 == 0 and turns == [True, False] * (len(turns) // 2)
