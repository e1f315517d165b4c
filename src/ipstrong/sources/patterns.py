"""Regular expressions that are compiled when they are first used.

Reading knows some two hundred of them and one file needs a few dozen; compiling all of them would take as long as reading a
small workbook.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("fullmatch", "match", "search", "sub", "subn", "split", "findall", "finditer")


class _LazyPattern:
    """Stands for a compiled pattern; from the first use on its methods are those of the pattern itself."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` would, but compile it only when it is used."""
    return cast("re.Pattern[str]", _LazyPattern(pattern, flags))
