"""What a column of status says of its values, and the findings about words in it that are unknown."""

from __future__ import annotations

from ipstrong.diagnostics import Finding
from ipstrong.diagnostics.codes import layout as codes
from ipstrong.model.dataset import ValueStatus
from ipstrong.readers.grid import Grid, place
from ipstrong.texts import same
from ipstrong.values.cell_marks import FINAL_WORDS, FOLD, MISSING, STATUS_WORDS

_MOST = 5
"""Words of a table that are reported one by one; a column with more is hardly one of status and is reported as a whole."""
_SHOWN = "初步 快报 预计 推算 修订 最终 provisional estimate revised final"
"""The words that the hint proposes: one or two of each kind."""


def status_of(text: str) -> ValueStatus:
    """Return how final a status cell says its value is; final where it says nothing known."""
    return STATUS_WORDS.get(_folded(text), (ValueStatus.FINAL, ""))[0]


def is_status(text: str) -> bool:
    """Return whether a status cell is blank, a missing mark, or a word of which the meaning is known."""
    word = _folded(text)
    return not word or word in STATUS_WORDS or word in FINAL_WORDS or word in MISSING


def _folded(text: str) -> str:
    return text.translate(FOLD).strip().lower()


class UnknownStatuses:
    """The words in a table's columns of status that say nothing known, with the number of values next to each."""

    def __init__(self, grid: Grid) -> None:
        """Begin with none."""
        self._grid = grid
        self._words: dict[str, tuple[int, int, int]] = {}
        """First row, column, and count of the values."""

    def add(self, word: str, row: int, column: int, count: int = 1) -> None:
        """Note that a word in a status cell belongs to `count` values from a row on."""
        first = self._words.get(word, (row, column, 0))
        self._words[word] = (*min(first[:2], (row, column)), first[2] + count)

    def findings(self) -> list[Finding]:
        """Return a finding a word; one for all where there are many."""
        words = list(self._words.items())
        if len(words) > _MOST:
            shown = ", ".join([*self._words][:_MOST]) + ", …"
            words = [(shown, (*words[0][1][:2], sum(count for _, (_, _, count) in words)))]
        return [
            Finding(
                codes.STATUS_UNKNOWN,
                place(self._grid, row, column),
                {"word": word, "count": count, "known": same(_SHOWN)},
            )
            for word, (row, column, count) in words
        ]
