"""Text from data and plans made harmless: nothing in it can move the cursor, hide, reorder, compute or run.

A cell may hold escape sequences, formulas, markup or commands of a CI log. Each writer passes every text through the
function for its format; what a person reads stays recognisable, and nothing is dropped silently.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BLANKS = {"\t": " ", "\n": " ", "\r": " ", "\v": " ", "\f": " ", "\u2028": " ", "\u2029": " ", "\x85": " "}
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")
"""Unicode categories that a reader cannot see, or that steer the terminal: controls, formats (bidi overrides,
zero-width), surrogates, private use, unassigned."""
_WORD_JOINER = "\u2060"
_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
"""First characters that make a spreadsheet program compute; the full-width ones do so in East Asian settings."""
_SIGNED = re.compile(r"\s*[+\-＋－]\s*[\d\s.,%]*")
_MARKDOWN = re.compile(r"([\\`*_\[\]|~$])")
_COMMAND = re.compile(r"^((?:\x1b\[[0-9;]*m|[^\S\n])*)::", re.MULTILINE)
_XML_COMMAND = re.compile(r"^([^\S\n]*)::", re.MULTILINE)


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


def log_text(text: str) -> str:
    """Return inert text that no CI runner reads as a command, wherever a line breaks.

    GitHub's runner reads `::name::` at the start of a line, after blanks, and `##[name]` anywhere.
    """
    return inert(text).replace("::", f":{_WORD_JOINER}:").replace("##[", f"##{_WORD_JOINER}[")


def markdown_text(text: str) -> str:
    """Return inert text that Markdown and HTML show as it is: no markup, link, mention or table bar."""
    escaped = inert(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = _MARKDOWN.sub(r"\\\1", escaped)
    escaped = escaped.replace("://", ":&#47;/")
    escaped = re.sub(r"(?i)\bwww\.", lambda found: f"{found.group()[:-1]}&#46;", escaped)
    return re.sub(r"@(?=\w)", f"@{_WORD_JOINER}", escaped)


@lru_cache(maxsize=16_384)
def csv_text(text: str) -> str:
    """Return inert text that a spreadsheet program shows and does not compute; a signed number or a bare sign is none."""
    shown = inert(text)
    is_formula = shown.lstrip(" ").startswith(_FORMULA_STARTS) and not _SIGNED.fullmatch(shown)
    return f"'{shown}" if is_formula else shown


def without_commands(text: str) -> str:
    """Return a report for a log of GitHub Actions in which no line is a command to the runner; widths are kept.

    The runner obeys `::error::` at the beginning of a line, blanks aside, and `##[error]` anywhere in it.
    """
    return _COMMAND.sub(r"\1：", text.replace("##[", "##("))


def json_without_commands(text: str) -> str:
    """Return an equal JSON document without a command to the runner; no line of JSON begins with `::`."""
    return text.replace("##[", "#\\u0023[")


def xml_without_commands(text: str) -> str:
    """Return an equal XML document without a command to the runner."""
    return _XML_COMMAND.sub(r"\1&#58;:", text.replace("##[", "#&#35;["))
