"""Regular expressions that are compiled when they are first used.

Reading knows some two hundred of them and one file needs a few dozen; compiling all of them would take as long as reading a
small workbook.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, AnyStr, cast

_METHODS = ("fullmatch", "match", "search", "sub", "subn", "split", "findall", "finditer")


class LazyPattern:
    """Stands for a compiled pattern; from the first text that it may match, its methods are those of the pattern itself."""

    def __init__(self, pattern: str | bytes, flags: int, needs: str) -> None:
        """Keep what `re.compile` takes.

        Args:
            pattern: The expression.
            flags: Its flags.
            needs: Characters one of which stands in every text that it matches; empty where nothing is known.
        """
        self.pattern = pattern
        self.flags = flags
        self.needs = frozenset(needs)
        if needs:
            for name in ("fullmatch", "match", "search"):
                setattr(self, name, partial(self._look, name))
            self.sub = self._replace

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has
        if name not in _METHODS:
            raise AttributeError(name)
        return getattr(self._compiled(), name)

    def _compiled(self) -> re.Pattern[Any]:
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return compiled

    def _look(self, method: str, text: str) -> re.Match[str] | None:
        if self.needs.isdisjoint(text):
            return None
        found: re.Match[str] | None = getattr(self._compiled(), method)(text)
        return found

    def _replace(self, by: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        if self.needs.isdisjoint(text):
            return text
        replaced: str = self._compiled().sub(by, text, count=count)
        return replaced


def lazy(pattern: AnyStr, flags: int = 0, *, needs: str = "") -> re.Pattern[AnyStr]:
    """Return what `re.compile` would, but compile it only when it is used.

    Args:
        pattern: The expression.
        flags: Its flags.
        needs: Characters one of which stands in every text that it matches: it is not compiled for texts without them.
    """
    return cast("re.Pattern[AnyStr]", LazyPattern(pattern, flags, needs))
