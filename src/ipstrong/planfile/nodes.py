"""A YAML node with its place, and plain scalars as this program reads them.

Values come from the text of the scalar, never from a YAML library's guess: `0.1` is exactly `Decimal("0.1")`, and
whatever two versions of YAML would read differently (`no`, `010`, `1:30`, `130_000`, a bare date) is a `Trap`, which
no field accepts, so that it surfaces as a complaint wherever it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

MAX_DIGITS = 30
"""Digits of the longest number that is read; longer ones are slips or attacks."""


class Place(NamedTuple):
    """1-based line and column of a character."""

    line: int
    column: int


class Trap(Enum):
    """Why a plain scalar cannot be trusted."""

    BOOLEAN = "boolean"
    LEADING_ZERO = "leading_zero"
    DATE = "date"
    AMBIGUOUS = "ambiguous"
    NOT_FINITE = "not_finite"
    TOO_LONG = "too_long"


class TrappedScalar(NamedTuple):
    """Stands for the value of a trap; no field of a plan accepts it."""

    trap: Trap
    raw: str


@dataclass(slots=True)
class Node:
    """A mapping, list or scalar with the place where it begins."""

    place: Place
    value: object
    """`dict`, `list`, `str`, `int`, `Decimal`, `bool`, `None` or `TrappedScalar`."""
    children: dict[str, Node] | list[Node] | None = None
    keys: dict[str, Place] | None = None
    """Where each key of a mapping stands."""
    raw: str = ""
    """Text of a scalar as written."""

    @property
    def is_mapping(self) -> bool:
        """Whether it is a mapping."""
        return isinstance(self.children, dict)

    def child(self, part: str | int) -> Node | None:
        """Return the node below a key or index, None when there is none."""
        if isinstance(self.children, dict):
            return self.children.get(part) if isinstance(part, str) else None
        if isinstance(self.children, list) and isinstance(part, int) and 0 <= part < len(self.children):
            return self.children[part]
        return None


_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FRACTION = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+)")
_TRAPS = (
    (Trap.BOOLEAN, re.compile(r"(?i:yes|no|on|off)|True|TRUE|False|FALSE")),
    (Trap.LEADING_ZERO, re.compile(r"[-+]?(?:0[0-9_]+(?:\.[0-9_]*)?|0x[0-9a-fA-F_]+|0b[01_]+|0o[0-7_]+)")),
    (Trap.DATE, re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?")),
    (Trap.NOT_FINITE, re.compile(r"(?i:[-+]?\.inf|\.nan|[-+]?inf(?:inity)?|nan)")),
    (
        Trap.AMBIGUOUS,
        re.compile(
            r"[-+]?(?:[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?|(?:[0-9]+\.|\.[0-9])[0-9_]*_[0-9_]*"  # 130_000
            r"|(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][-+]?[0-9]+"  # 13e4
            r"|[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?)"  # 1:30
        ),
    ),
)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_SPECIAL = frozenset("0123456789+-.~yYnNtTfFoOiI")
"""First characters of every plain scalar that is not simply text."""


def read_plain(text: str) -> object:
    """Return the value of an unquoted scalar."""
    if text in _NULLS:
        return None
    if text[0] not in _SPECIAL:
        return text
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) <= MAX_DIGITS else TrappedScalar(Trap.TOO_LONG, text)
    if _FRACTION.fullmatch(text):
        return Decimal(text) if len(text) <= MAX_DIGITS else TrappedScalar(Trap.TOO_LONG, text)
    for trap, pattern in _TRAPS:
        if pattern.fullmatch(text):
            return TrappedScalar(trap, text)
    return text
