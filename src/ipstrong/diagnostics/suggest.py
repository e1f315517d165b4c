"""Did-you-mean: the known name that a mistyped one most resembles."""

from __future__ import annotations

from collections.abc import Iterable

from ipstrong.texts import Text

LIKENESS = 70
"""Likeness in percent from which a known name is worth proposing; unlike names would only puzzle."""
_SHORT_LIKENESS = 0.5
"""One wrong character of two is half of a Chinese name, or of a sign such as `=>`."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name nearest to `name`; None if none is like it."""
    from rapidfuzz import fuzz, process, utils
    from rapidfuzz.distance import OSA

    names = list(dict.fromkeys(known))
    found = None
    if not (name.isascii() and any(map(str.isalnum, name))):
        found = process.extractOne(name, names, scorer=OSA.normalized_similarity, score_cutoff=_SHORT_LIKENESS)
    # WRatio also likes a name of which only a part was typed: 'valid' for 'valid-invention-patents'.
    found = found or process.extractOne(
        name, names, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=LIKENESS
    )
    return found[0] if found else None


def suggestion(name: str, known: Iterable[str]) -> Text:
    """Return `did you mean 'x'? ` for the known name nearest to `name`; nothing if none is like it."""
    found = nearest(name, known)
    return Text(f"是不是“{found}”？", f"did you mean '{found}'? ") if found else Text("", "")
