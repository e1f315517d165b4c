"""JSON: decimals as exact JSON numbers.

The standard encoder turns numbers into binary floats; here a `Decimal` is written digit by digit, so that a reader who
parses decimals gets the very number (up to 28 significant digits, where repeating fractions end), and one who parses
floats gets the nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from ipstrong.model.period import Period
from ipstrong.model.result import NotComputed
from ipstrong.reports.formatting import plain
from ipstrong.texts import Text

_UNSEEN = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\ufffb]")


def fields(source: object, names: str) -> dict[str, Any]:
    """Return attributes of an object by their names, which are given with blanks between."""
    return {name: getattr(source, name) for name in names.split()}


def write(value: object) -> str:
    """Return mappings, sequences, texts and numbers as indented JSON with a line feed at the end.

    Members of an enumeration are written as their values, both languages of a text under `zh` and `en`, periods and
    dates as texts, what was not computed as null. Characters that cannot be seen, or that would steer a terminal, are
    written as escapes: the value is the same.
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
    elif isinstance(value, Text):
        _write(value._asdict(), newline, out)
    elif isinstance(value, NotComputed):
        out.append("null")
    elif isinstance(value, Period | date):
        out.append(_string(str(value)))
    elif isinstance(value, list | tuple):
        _write_items((("", item) for item in value), "[]", newline, out)
    elif isinstance(value, bool):
        out.append("true" if value else "false")
    elif isinstance(value, int):
        out.append(str(value))
    elif isinstance(value, Enum):
        _write(value.value, newline, out)
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
