"""Did-you-mean for names that a person typed on the command line."""

from __future__ import annotations

from collections.abc import Iterable

from ipstrong.texts import Text

LIKENESS = 70
"""Likeness in percent from which a known name is worth proposing; unlike names would only puzzle."""
_CHINESE_LIKENESS = 50


def suggestion(name: str, known: Iterable[str]) -> Text:
    """Return `did you mean 'x'? ` for the known name nearest to `name`, nothing where none is like it."""
    from rapidfuzz import fuzz, process, utils

    names = list(dict.fromkeys(known))
    # WRatio also likes a name of which only a part was typed: 'valid' for 'valid-invention-patents'.
    found = process.extractOne(name, names, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=LIKENESS)
    if found is None and not name.isascii():
        # One wrong character of two is half of a Chinese name.
        found = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=_CHINESE_LIKENESS)
    return Text("", "") if found is None else Text(f"是不是“{found[0]}”？", f"did you mean '{found[0]}'? ")
