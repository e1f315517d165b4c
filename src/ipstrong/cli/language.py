"""The language of a run: `--lang`, else `IPSTRONG_LANG`, else the locale; help pages and complaints use it too.

What typer itself writes into help pages goes through gettext, and its Chinese is in `locale/`. Its complaints are English only; the Chinese
is made from the attributes of its exceptions.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
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


class WrongUsage(typer.TyperException):
    """The command line is wrong for a reason given in both languages."""

    def __init__(self, reason: Text, context: Any) -> None:  # noqa: ANN401 - see `format_usage`
        super().__init__(reason.en)
        self.reason, self.ctx = reason, context


class InvalidOption(typer.BadParameter):
    """The value of an option is refused for a reason given in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class _TranslatedHelp:
    """The parts of a help page that typer writes without gettext."""

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - classes of typer without a public name
        """Write the usage line."""
        pieces = [gettext.gettext(piece) for piece in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=gettext.gettext("Usage: "))


class Command(_TranslatedHelp, TyperCommand):
    """A command with its help page, and the complaint about surplus arguments, in the language of the run."""

    allow_extra_args = True  # so that they reach `parse_args`

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401 - see `format_usage`
        """Return the option `--help` with its help in the language of the run."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = gettext.gettext(option.help or "")
        return option

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - see `format_usage`
        """Parse the arguments and refuse those that the command does not have."""
        extra = super().parse_args(ctx, args)
        if extra and not ctx.resilient_parsing:
            listed = " ".join(extra)
            raise WrongUsage(Text(f"多余的参数：{listed}", f"Got unexpected extra argument(s) ({listed})"), ctx)
        return extra


class CommandGroup(_TranslatedHelp, TyperGroup):
    """A group of commands with its help page, and the complaint about unknown commands, in the language of the run."""

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401 - see `format_usage`
        """Return the option `--help` with its help in the language of the run."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = gettext.gettext(option.help or "")
        return option

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - see `format_usage`
        """Find the command; where there is none, name those that resemble it."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            near = ", ".join(map(repr, get_close_matches(name, self.list_commands(ctx))))
            unknown = Text(f"没有命令 {name!r}", f"No such command {name!r}")
            meant = Text(f"；是不是 {near}？", f". Did you mean {near}?") if near else Text("", "")
            raise WrongUsage(Text(unknown.zh + meant.zh, unknown.en + meant.en), ctx)
        return super().resolve_command(ctx, args)


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


def complaint(error: typer.TyperException) -> Text:
    """Return what is wrong with the command line, as one sentence."""
    if isinstance(error, WrongUsage):
        return error.reason
    english = " ".join(error.format_message().split()).removesuffix(".")
    # typer has no public names for the classes of these two; only an unknown option has possibilities.
    option = getattr(error, "option_name", None)
    if option is not None:
        if not hasattr(error, "possibilities"):
            return Text(f"选项 {option} 需要一个值", english)
        near = ", ".join(sorted(error.possibilities or ()))
        return Text(f"没有选项 {option}" + (f"；是不是 {near}？" if near else ""), english)
    parameter: Any = error.param if isinstance(error, typer.BadParameter) else None
    if parameter is None:
        return same(english)
    hint = parameter.get_error_hint()
    if isinstance(error, InvalidOption):
        return Text(f"{hint} {error.reason.zh}", english)
    if not error.message:
        return Text(f"缺少{'选项' if parameter.param_type_name == 'option' else '参数'} {hint}", english)
    # All else that typer checks are choices, with pydantic, which puts two words before its reason.
    cause: Any = error.__cause__
    given = cause.errors()[0]["input"]
    choices = "、".join(map(str, parameter.type_descriptor.choices or ()))
    return Text(f"{hint} 的值 {given!r} 不对，可用的有：{choices}", english.replace("Value error, ", "", 1))
