"""Text from data and plans, made harmless: nothing in it can move the cursor, hide, reorder or run."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = {"\t": " ", "\n": " ", "\r": " ", "\v": " ", "\f": " ", "\u2028": " ", "\u2029": " ", "\x85": " "}
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")
"""Unicode categories that a reader cannot see, or that steer the terminal: controls, formats (bidi overrides,
zero-width), surrogates, private use, unassigned."""


def inert(text: str) -> str:
    """Return the text on one line, with every character that cannot be seen written as its number, as JSON does."""
    if text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if character in _BLANKS:
        return _BLANKS[character]
    if unicodedata.category(character) not in _HIDDEN:
        return character
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def quoted(text: str) -> str:
    """Return the inert text in quotes, so that blanks at its ends can be seen."""
    return f"'{inert(text)}'"


def without_commands(text: str) -> str:
    """Return a report for a log of GitHub Actions: no line of it is a command to the runner, its widths are kept.

    The runner obeys `::error::` at the beginning of a line, blanks aside, and `##[error]` anywhere in it.
    """
    if "::" not in text and "##[" not in text:
        return text
    lines = text.replace("##[", "##(").split("\n")
    return "\n".join(_COMMAND.sub(r"\1：", line) for line in lines)


def json_without_commands(text: str) -> str:
    """Return a JSON document that says the same and has no command to the runner; no line of one begins with `::`."""
    return text.replace("##[", "#\\u0023[")


def xml_without_commands(text: str) -> str:
    """Return an XML document that says the same and has no command to the runner."""
    if "::" not in text and "##[" not in text:
        return text
    lines = text.replace("##[", "#&#35;[").split("\n")
    return "\n".join(_XML_COMMAND.sub(r"\1&#58;:", line) for line in lines)


_XML_COMMAND = re.compile(r"^(\s*)::")
_COMMAND = re.compile(r"^((?:\x1b\[[0-9;]*m|\s)*)::")
