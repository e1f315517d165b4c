"""The language of a run: `--lang`, else `IPSTRONG_LANG`, else the locale; help pages and complaints use it too.

What typer itself says goes through gettext, and its Chinese is in `locale/`. typer formats a few complaints about options without
gettext ("No such option: --formt"); their wording stays English in both languages.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from ipstrong.cli import help as texts
from ipstrong.cli.exits import EXIT_CODES
from ipstrong.texts import Lang, Text, same

_LOCALE_VARIABLES = ("IPSTRONG_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
_HELP_TEXTS = {text.en: text for text in vars(texts).values() if isinstance(text, Text)}


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """Return the language, before options are parsed: help texts and complaints about options use it too.

    Of several `--lang` the last one counts.
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


def install_catalogue(lang: Lang) -> None:
    """Make gettext, and so typer, answer in `lang`."""
    os.environ["LANGUAGE"] = lang
    gettext.bindtextdomain("ipstrong", Path(__file__).with_name("locale"))
    gettext.textdomain("ipstrong")


class _TranslatedHelp:
    """The parts of a help page that typer writes without gettext."""

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - classes of typer without a public name
        """Write the usage line."""
        pieces = [gettext.gettext(piece) for piece in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=gettext.gettext("Usage: "))

    def get_help_option(self: Any, ctx: Any) -> Any:  # noqa: ANN401 - see `format_usage`
        """Return the option `--help`."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.help = gettext.gettext(option.help)
        return option


class Command(_TranslatedHelp, TyperCommand):
    """A command with its help page in the language of the run."""


class Group(_TranslatedHelp, TyperGroup):
    """A group of commands with its help page in the language of the run."""


def translate(command: Any, lang: Lang) -> None:  # noqa: ANN401 - see `format_usage`
    """Put the help texts of a command tree, written in English by the options, into `lang`."""
    for parameter in command.params:
        parameter.help = _translated(parameter.help, lang)
    command.help = _translated(command.help, lang)
    # The list of commands has room for the first clause.
    command.short_help = re.split(r"[:\uff1a]", command.help, maxsplit=1)[0].rstrip("。.")
    command.epilog = EXIT_CODES.get(lang)
    for child in getattr(command, "commands", {}).values():
        translate(child, lang)


def _translated(text: str | None, lang: Lang) -> str:
    ours = _HELP_TEXTS.get(text or "")
    return ours.get(lang) if ours else gettext.gettext(text or "")


class InvalidOption(typer.BadParameter):
    """The value of an option is refused for a reason given in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def complaint(error: typer.TyperException) -> Text:
    """Return what is wrong with the command line, as one sentence."""
    english = " ".join(error.format_message().split()).removesuffix(".")
    parameter = error.param if isinstance(error, typer.BadParameter) else None
    if not isinstance(error, typer.BadParameter) or parameter is None:
        return same(english)
    option = parameter.get_error_hint()
    if not error.message:
        return Text(f"缺少 {option}", english)
    if isinstance(error, InvalidOption):
        return Text(f"{option} {error.reason.zh}", english)
    # pydantic, with which typer checks choices, puts two words before its reason.
    reason = " ".join(error.message.split()).removesuffix(".").removeprefix("Value error, ")
    return Text(f"{option} 的值不对：{reason}", f"Invalid value for {option}: {reason}")
