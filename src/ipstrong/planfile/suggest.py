"""Did-you-mean: the nearest of the words that would have been right."""

from __future__ import annotations

from collections.abc import Iterable

from ipstrong.texts import Text

NOTHING = Text("", "")


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice nearest to `word`, None when none is near."""
    from rapidfuzz import fuzz, process, utils

    known = list(dict.fromkeys(choices))
    if not word or not known:
        return None
    found = process.extractOne(word, known, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=60)
    if found is None and not word.isascii():
        # One wrong character of two is half of a Chinese word.
        found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=50)
    return None if found is None else str(found[0])


def did_you_mean(word: str, choices: Iterable[str]) -> Text:
    """Return `did you mean 'x'? `, or nothing when no choice is near."""
    found = nearest(word, choices)
    return NOTHING if found is None else Text(f"是不是 '{found}'?", f"did you mean '{found}'? ")
