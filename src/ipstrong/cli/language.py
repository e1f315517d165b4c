"""Which language the output speaks: `--lang`, else `IPSTRONG_LANG`, else the locale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ipstrong.texts import Lang

_LOCALE_VARIABLES = ("IPSTRONG_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """Return the language, before options are parsed: help texts and complaints about options speak it too.

    Of several `--lang` the last holds.
    """
    for position in reversed(range(len(arguments))):
        name, separator, value = arguments[position].partition("=")
        if name == "--lang":
            if not separator:
                value = arguments[position + 1] if position + 1 < len(arguments) else ""
            return _language(value)
    for variable in _LOCALE_VARIABLES:
        if environment.get(variable):
            return _language(environment[variable])
    return "en"


def _language(name: str) -> Lang:
    return "zh" if name.lower().startswith("zh") else "en"
