"""JSON: decimals as exact JSON numbers.

The standard encoder turns numbers into binary floats; here a `Decimal` is written digit by digit, so that a reader who
parses decimals gets the very number (up to 28 significant digits, where repeating fractions end), and one who parses
floats gets the nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring

from ipstrong.reports.formatting import plain

_UNSEEN = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\ufffb]")


def write(value: object) -> str:
    """Return mappings, sequences, texts and numbers as indented JSON with a line feed at the end.

    Characters that cannot be seen, or that would steer a terminal, are written as escapes: the value is the same.
    """
    out: list[str] = []
    _write(value, "\n", out)
    out.append("\n")
    return "".join(out)


def _write(value: object, newline: str, out: list[str]) -> None:
    # One list is filled, the most frequent types first: a national panel has millions of values.
    if isinstance(value, str):
        out.append(_string(value))
    elif value is None:
        out.append("null")
    elif isinstance(value, Decimal):
        out.append(plain(value) if value.is_finite() else "null")
    elif isinstance(value, Mapping):
        _write_items(((f"{_key(key)}: ", item) for key, item in value.items()), "{}", newline, out)
    elif isinstance(value, list | tuple):
        _write_items((("", item) for item in value), "[]", newline, out)
    elif isinstance(value, bool):
        out.append("true" if value else "false")
    elif isinstance(value, int):
        out.append(str(value))
    else:
        raise TypeError(f"no JSON for {type(value).__name__}")


def _write_items(items: Iterable[tuple[str, object]], brackets: str, newline: str, out: list[str]) -> None:
    inner = f"{newline}  "
    before = start = f"{brackets[0]}{inner}"
    for key, item in items:
        out.append(f"{before}{key}")
        _write(item, inner, out)
        before = f",{inner}"
    out.append(brackets if before is start else f"{newline}{brackets[1]}")


def _string(text: str) -> str:
    written = encode_basestring(text)
    return written if text.isprintable() else _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


@lru_cache(maxsize=1024)
def _key(text: str) -> str:
    return _string(text)
