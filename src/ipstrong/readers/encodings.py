"""Bytes to text: marks first, then strict UTF-8, then the distribution of the bytes."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from ipstrong.readers.plausibility import is_sure, readings

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_PAIR = re.compile(rb"[\x81-\xfe]([\x40-\x7e\x80-\xfe])")


_MEANINGLESS = re.compile("[\ue000-\uf8ff]")


class Decoded(NamedTuple):
    """A text, and how it was read."""

    text: str | None
    """None when no encoding fits."""
    encoding: str
    is_guess: bool
    """Whether nothing but the distribution of the bytes spoke for the encoding."""
    bad_at: int = 0
    """Offset of the first byte that does not fit, where no encoding does."""


def encoding_of(data: bytes) -> str | None:
    """Return `utf-8` or `utf-8-sig` when the bytes are valid UTF-8, the encoding that a mark names, else None."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    if data.isascii():
        return _utf16_by_zeros(data) or "utf-8"
    try:
        codecs.decode(data, "utf-8")
    except UnicodeDecodeError:
        return _utf16_by_zeros(data)
    return _utf16_by_zeros(data) or "utf-8"


def decode(data: bytes) -> Decoded:
    """Return the bytes as text."""
    encoding = encoding_of(data)
    if encoding is not None:
        try:
            return Decoded(data.decode(encoding), encoding, is_guess=False)
        except UnicodeDecodeError as error:
            return Decoded(None, encoding, is_guess=False, bad_at=error.start)
    bad_at = 0
    for name, is_guess in (("utf-8", False), *_candidates(data[:_SAMPLE])):
        try:
            text = data.decode(name)
            # Characters without a meaning are what another encoding, or two in one file, look like.
            return Decoded(text, name, is_guess=is_guess or _MEANINGLESS.search(text) is not None)
        except UnicodeDecodeError as error:
            bad_at = max(bad_at, error.start)
    return Decoded(None, "", is_guess=True, bad_at=bad_at)


def _utf16_by_zeros(data: bytes) -> str | None:
    """Return UTF-16 where many bytes of one parity are zero, line ends among them; ordinary text has no zero byte."""
    sample = data[:4096]
    n_zeros = sample.count(0)
    if n_zeros < 4 or n_zeros * 50 < len(sample):
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 4 * min(even, odd):
        return None
    name, line_end = ("utf-16-le", b"\n\0") if odd > even else ("utf-16-be", b"\0\n")
    return name if line_end in sample or n_zeros * 4 >= len(sample) else None


def _candidates(sample: bytes) -> tuple[tuple[str, bool], ...]:
    """Return encodings to try, the likeliest first, and whether each is only a guess.

    Western letters stand alone between ASCII; those of East Asia are two bytes each and stand together. Simplified Chinese is
    what tables without a mark are in, so it alone may be more than a guess.
    """
    runs = _HIGH_RUN.findall(sample)
    n_high = sum(map(len, runs))
    n_alone = sum(1 for run in runs if len(run) == 1)
    found = readings(sample)
    is_eastern = bool(found) and is_sure(found)
    if n_high and n_alone > 0.6 * n_high and not is_eastern and not _looks_like_big5(sample):
        return (("cp1252", True), ("gb18030", True))
    names = [reading.encoding for reading in found]
    names += [name for name in ("gb18030", "big5hkscs", "cp1252") if name not in names]
    return tuple((name, not (name == "gb18030" and is_eastern)) for name in names)


def _looks_like_big5(sample: bytes) -> bool:
    """Return whether the sample decodes as Big5 into nothing but common characters."""
    text = sample.decode("big5hkscs", errors="ignore")
    wide = [character for character in text if ord(character) > 0x7F]
    common = sum(1 for character in wide if 0x4E00 <= ord(character) <= 0x9FFF or 0x3000 <= ord(character) <= 0x303F)
    pairs = _PAIR.findall(sample)
    n_letters = sum(1 for second in pairs if second.isalpha() and second.islower())
    return bool(wide) and common >= 0.95 * len(wide) and n_letters < 0.5 * len(pairs)
