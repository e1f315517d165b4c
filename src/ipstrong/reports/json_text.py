"""Python values as JSON text, with decimals as exact JSON numbers.

The standard encoder turns numbers into binary floats; here a `Decimal` is written digit by digit, so that a reader who
parses decimals gets the very number (up to 28 significant digits, where repeating fractions end), and one who parses
floats gets the nearest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from ipstrong.reports.formatting import plain

_UNSEEN = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\ufffb]")


def json_text(value: object) -> str:
    """Return the value as indented JSON with a line feed at the end.

    Characters that cannot be seen, or that would steer a terminal, are written as escapes: the value is the same.
    """
    return "".join(_write(value, "\n")) + "\n"


def _write(value: object, newline: str) -> Iterator[str]:
    match value:
        case None:
            yield "null"
        case bool():
            yield "true" if value else "false"
        case int():
            yield str(value)
        case Decimal():
            yield plain(value) if value.is_finite() else "null"
        case str():
            yield _string(value)
        case Mapping():
            pairs = ((f"{_string(str(key))}: ", item) for key, item in value.items())
            yield from _write_many("{}", pairs, newline)
        case list() | tuple():
            yield from _write_many("[]", (("", item) for item in value), newline)
        case _:
            raise TypeError(f"no JSON for {type(value).__name__}")


def _write_many(brackets: str, items: Iterator[tuple[str, object]], newline: str) -> Iterator[str]:
    inner = f"{newline}  "
    is_first = True
    for key, item in items:
        yield f"{brackets[0] if is_first else ','}{inner}{key}"
        yield from _write(item, inner)
        is_first = False
    yield brackets if is_first else f"{newline}{brackets[1]}"


def _string(text: str) -> str:
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
