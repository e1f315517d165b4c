"""Help and complaints about the command line, in the language of the run."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from ipstrong.cli import help as texts
from ipstrong.cli.exits import EXIT_CODES
from ipstrong.cli.lean import taken_as_given
from ipstrong.texts import Lang, Text

_CHINESE = {text.en: text.zh for text in vars(texts).values() if isinstance(text, Text)}

_PHRASES: tuple[tuple[str, str], ...] = (
    (r"^Usage: ", "用法："),
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 [参数]..."),
    (r"^Arguments:", "参数："),
    (r"^Options:", "选项："),
    (r"^Commands:", "命令："),
    (r"\[required\]", "[必填]"),
    (r"; required\]", "；必填]"),
    (r"\[default: ", "[默认："),
    (r"; default: ", "；默认："),
    (r"Show this message and exit\.", texts.HELP.zh),
    (r"Install completion for the current shell\.", "为当前 shell 安装命令补全。"),
    (
        r"Show completion for the current shell, to copy it or\s+customize the installation\.",
        "显示当前 shell 的补全脚本。",
    ),
)

_VALIDATION: tuple[tuple[str, str], ...] = (
    (r"Input should be a valid integer.*", "a whole number is needed"),
    (r"Input should be greater than or equal to (\S+)", r"\1 or more is needed"),
    (r"Input should be less than or equal to (\S+)", r"\1 or less is needed"),
)
"""What the library that checks values says, in the words of a command line."""

_COMPLAINTS: tuple[tuple[str, str], ...] = (
    (r"No such option: (.+?) Did you mean (.+?)\?", r"没有选项 \1；是不是 \2？"),
    (r"No such option: (.+?) \(Possible options: (.+?)\)", r"没有选项 \1；是不是 \2？"),
    (r"No such option: (.+)", r"没有选项 \1"),
    (r"No such command (.+?)\. Did you mean (.+?)\?", r"没有命令 \1；是不是 \2？"),
    (r"No such command (.+?)\.", r"没有命令 \1"),
    (r"Missing command\.", "缺命令"),
    (r"Missing argument (.+?)\.", r"缺参数 \1"),
    (r"Missing option (.+?)\.", r"缺选项 \1"),
    (r"Got unexpected extra arguments? \((.+)\)", r"多余的参数：\1"),
    (r"Option (.+?) requires an argument\.", r"选项 \1 需要一个值"),
    (r"Option (.+?) does not take a value\.", r"选项 \1 不带值"),
    (r"Invalid value for (.+?): (.+?) is not one of (.+?)\.", r"\1 的值 \2 不对，可用的有：\3"),
    (r"Invalid value for (.+?): (.+?) is not a valid (?:integer|int).*", r"\1 的值 \2 不是整数"),
    (r"Invalid value for (.+?): (.+?) is not in the range (.+?)\.", r"\1 的值 \2 不在范围 \3 内"),
    (r"Invalid value for (.+?): a whole number is needed", r"\1 需要整数"),
    (r"Invalid value for (.+?): a file name is needed, it is empty", r"\1 需要文件名，不能为空"),
    (r"Invalid value for (.+?): (.+?) or more is needed", r"\1 至少为 \2"),
    (r"Invalid value for (.+?): (.+?) or less is needed", r"\1 至多为 \2"),
    (r"Invalid value for (.+?): (.+)", r"\1 的值不对：\2"),
)


def translate_help(text: str, lang: Lang) -> str:
    """Return a help page in `lang`; phrases of the library are few and known."""
    if lang == "en":
        return text
    for pattern, replacement in _PHRASES:
        text = re.sub(pattern, replacement, text, flags=re.MULTILINE)
    return text


def complaint(error: Exception, lang: Lang) -> str:
    """Return what is wrong with the command line, as one sentence in `lang`."""
    message = str(error.format_message()) if hasattr(error, "format_message") else str(error)
    message = " ".join(message.split()).replace("Value error, ", "")
    for pattern, replacement in _VALIDATION:
        message = re.sub(pattern, replacement, message)
    if lang == "zh":
        for pattern, replacement in _COMPLAINTS:
            changed, count = re.subn(rf"^{pattern}$", replacement, message)
            if count:
                return changed
    return message.removesuffix(".")


def speak(command: Any, lang: Lang) -> None:  # noqa: ANN401 - the command classes of the library are private
    """Put a command tree into `lang`: every help text has its other side in `help.py`."""
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = _side(parameter.help, lang)
    command.help = _side(command.help or "", lang)
    # The list of commands has room for the first clause.
    command.short_help = re.split(r"[:\uff1a]", command.help, maxsplit=1)[0].rstrip("。.")
    command.epilog = EXIT_CODES.get(lang)
    for child in getattr(command, "commands", {}).values():
        speak(child, lang)


def _side(text: str, lang: Lang) -> str:
    return _CHINESE.get(text, text) if lang == "zh" else text


class Command(TyperCommand):
    """A command whose help page speaks the language of the run."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401 - see `get_help`
        """Return the options and arguments."""
        return taken_as_given(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - the context class of the library is private
        """Return the help page."""
        return translate_help(super().get_help(ctx), _language(ctx))


class Group(TyperGroup):
    """A group whose help page speaks the language of the run."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401 - see `Command.get_help`
        """Return the options and arguments."""
        return taken_as_given(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - see `Command.get_help`
        """Return the help page."""
        return translate_help(super().get_help(ctx), _language(ctx))


def is_usage_error(error: Exception) -> bool:
    """Return whether the library complains about the command line."""
    base = typer.BadParameter.__mro__[2]
    return isinstance(error, base)


def _language(ctx: Any) -> Lang:  # noqa: ANN401 - see `Command.get_help`
    lang: Lang = (ctx.find_root().obj or {}).get("lang", "en")
    return lang
