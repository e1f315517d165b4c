"""The command line: the tree of commands, and the one place that catches what ends a run."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from ipstrong import __version__
from ipstrong.cli import help as texts
from ipstrong.cli.commands import check, compare, inspect, lists, plans, rules, template, validate
from ipstrong.cli.exits import Exit
from ipstrong.cli.language import choose_language
from ipstrong.cli.options import Language
from ipstrong.cli.output import silence_stdout
from ipstrong.cli.usage import Command, Group, complaint, is_usage_error, speak
from ipstrong.texts import Lang

_SETTINGS = {"help_option_names": ["-h", "--help"]}


def build(only: str | None = None) -> typer.Typer:
    """Return the tree of commands; help texts are English until `speak` puts them into the language of the run.

    Args:
        only: the one command that is wanted, where it is known; the others are then left out, for each costs as much time
            as a small report. An unknown name leaves out none, so that the complaint can suggest one.
    """
    commands = (
        ("check", check.check, texts.CHECK),
        ("explain", check.explain, texts.EXPLAIN),
        ("inspect", inspect.inspect, texts.INSPECT),
        ("validate", validate.validate, texts.VALIDATE),
        ("template", template.template, texts.TEMPLATE),
        ("compare", compare.compare, texts.COMPARE),
        ("targets", lists.targets, texts.TARGETS),
        ("tasks", lists.tasks, texts.TASKS),
        ("milestones", lists.milestones, texts.MILESTONES),
        ("rules", rules.rules, texts.RULES),
        ("rule", rules.rule, texts.RULE),
    )
    is_known = any(name == only for name, _, _ in commands)
    app = typer.Typer(
        cls=Group,
        no_args_is_help=True,
        add_completion=not is_known,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=_SETTINGS,
    )
    app.callback(help=texts.APP.en)(_main)
    for name, function, text in commands:
        if is_known and name != only:
            continue
        app.command(name, cls=Command, help=text.en, context_settings=_SETTINGS)(function)
    if is_known:
        return app
    plan = typer.Typer(cls=Group, no_args_is_help=True, rich_markup_mode=None, context_settings=_SETTINGS)
    plan.command("lint", cls=Command, help=texts.PLAN_LINT.en, context_settings=_SETTINGS)(plans.lint)
    plan.command("schema", cls=Command, help=texts.PLAN_SCHEMA.en, context_settings=_SETTINGS)(plans.schema)
    app.add_typer(plan, name="plan", help=texts.PLAN.en)
    return app


def _show_version(value: bool) -> None:
    """Print the version and end, before a command is asked for."""
    if value:
        typer.echo(f"ipstrong {__version__}")
        raise typer.Exit


def _main(
    *,
    version: Annotated[
        bool, typer.Option("--version", help=texts.VERSION.en, is_eager=True, callback=_show_version)
    ] = False,
    lang: Language = None,
) -> None:
    del version, lang  # done when they are parsed


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; never raises, whatever the input is."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = choose_language(given, os.environ)
    _prepare_streams()
    try:
        return _invoke(given, lang)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader has gone, as with `| head`: nothing more to say, and nobody to say it to.
        silence_stdout()
        return Exit.DONE
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback ever reaches a user
        return _report(error, lang)


def _invoke(arguments: list[str], lang: Lang) -> int:
    command: Any = typer.main.get_command(build(arguments[0] if arguments else None))
    speak(command, lang)
    result = command.main(arguments, prog_name="ipstrong", standalone_mode=False, obj={"lang": lang})
    return int(result) if isinstance(result, int) else Exit.DONE


def _report(error: Exception, lang: Lang) -> int:
    """Say what ended the run, and return its exit code."""
    from ipstrong.cli.session import show_findings
    from ipstrong.diagnostics import Finding, IpstrongError
    from ipstrong.diagnostics.codes import run as codes

    if isinstance(error, IpstrongError):
        show_findings(error.findings, lang)
        return Exit.CANNOT_RUN
    if isinstance(error, typer.Abort):
        return Exit.INTERRUPTED
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(f"{error}\n")
        return Exit.CANNOT_RUN
    if is_usage_error(error):
        context = getattr(error, "ctx", None)
        command = context.command_path if context is not None else "ipstrong"
        show_findings([Finding(codes.USAGE, params={"detail": complaint(error, lang), "command": command})], lang)
        return Exit.CANNOT_RUN
    if os.environ.get("IPSTRONG_DEBUG"):
        import traceback

        traceback.print_exception(error)
    detail = " ".join(str(error).split())[:300]
    show_findings([Finding(codes.DEFECT, params={"kind": type(error).__name__, "detail": detail})], lang)
    return Exit.DEFECT


def _prepare_streams() -> None:
    """Write UTF-8 whatever the locale, and never fail on a character: file names may hold any bytes."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = "utf-8" if (stream.encoding or "").lower() in {"ascii", "us-ascii", "ansi_x3.4-1968"} else None
            reconfigure(errors="backslashreplace", **({"encoding": encoding} if encoding else {}))
