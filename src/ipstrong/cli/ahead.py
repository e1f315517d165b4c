"""A long file begun to be opened before the command line is parsed, for parsing takes as long as a small run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ipstrong.sources.readers.ahead import OpenedAhead

_TAKING = frozenset({"check", "validate"})
"""The commands that take it."""
_OTHERWISE = ("-h", "--help", "--sheet", "--include-hidden", "--max-")
"""Options with which the file is not opened, or in another way."""
_MOST_WORDS = 20
"""Words that are looked at: who names a thousand files names no long one."""


def begin_to_open(arguments: Sequence[str]) -> OpenedAhead | None:
    """Begin to open the first long file that the arguments name; None where there is none, or where it may not be wanted.

    A file that turns out not to be wanted, or wanted with other options, is opened in its turn as if this had not been.
    """
    if not arguments or arguments[0] not in _TAKING or any(word.startswith(_OTHERWISE) for word in arguments):
        return None
    from ipstrong.sources.options import ReadOptions
    from ipstrong.sources.readers.ahead import open_ahead

    return open_ahead(arguments[1 : _MOST_WORDS + 1], ReadOptions())


def opened_ahead(context: Any) -> OpenedAhead | None:  # noqa: ANN401 - the context class of the library is private
    """Return the file that was begun to be opened for this run."""
    found: OpenedAhead | None = context.find_root().obj.get("ahead")
    return found
