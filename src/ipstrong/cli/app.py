"""The command line: the tree of commands, and the one place that catches what ends a run."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from ipstrong import __version__
from ipstrong.cli import data_commands, plan_commands
from ipstrong.cli import help as texts
from ipstrong.cli.exits import Exit
from ipstrong.cli.language import Command, CommandGroup, choose_language, complaint, install_catalogue, translate
from ipstrong.cli.options import Language
from ipstrong.cli.output import show_findings, silence_stdout
from ipstrong.diagnostics import Finding, IpstrongError
from ipstrong.diagnostics.codes import run as codes
from ipstrong.texts import Lang, Text

_SETTINGS = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(cls=CommandGroup, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=_SETTINGS)
_plan = typer.Typer(cls=CommandGroup, rich_markup_mode=None, context_settings=_SETTINGS)


def _show_version(value: bool) -> None:
    """Print the version and end, before a command is asked for."""
    if value:
        typer.echo(f"ipstrong {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True, help=texts.APP.en)
def _main(
    context: typer.Context,
    *,
    version: Annotated[
        bool, typer.Option("--version", help=texts.VERSION.en, is_eager=True, callback=_show_version)
    ] = False,
    lang: Language = "en",
) -> None:
    del version, lang  # their callbacks have run
    _show_help_without_command(context)


@_plan.callback(invoke_without_command=True)
def _show_help_without_command(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(Exit.CANNOT_RUN)


def _add(group: typer.Typer, name: str, function: Any, help_text: Text) -> None:  # noqa: ANN401 - any command
    group.command(name, cls=Command, help=help_text.en, context_settings=_SETTINGS)(function)


_add(app, "check", data_commands.check, texts.CHECK)
_add(app, "explain", data_commands.explain, texts.EXPLAIN)
_add(app, "inspect", data_commands.inspect, texts.INSPECT)
_add(app, "validate", data_commands.validate, texts.VALIDATE)
_add(app, "template", plan_commands.template, texts.TEMPLATE)
_add(app, "compare", data_commands.compare, texts.COMPARE)
_add(app, "targets", plan_commands.targets, texts.TARGETS)
_add(app, "tasks", plan_commands.tasks, texts.TASKS)
_add(app, "milestones", plan_commands.milestones, texts.MILESTONES)
_add(app, "rules", plan_commands.rules, texts.RULES)
_add(app, "rule", plan_commands.rule, texts.RULE)
_add(_plan, "lint", plan_commands.lint, texts.PLAN_LINT)
_add(_plan, "schema", plan_commands.schema, texts.PLAN_SCHEMA)
app.add_typer(_plan, name="plan", help=texts.PLAN.en)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; never raises, whatever the input is."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = choose_language(given, os.environ)
    install_catalogue(lang)
    _prepare_streams()
    try:
        command = typer.main.get_command(app)
        translate(command, lang)
        result = command.main(given, prog_name="ipstrong", standalone_mode=False, obj={"lang": lang})
        return int(result) if isinstance(result, int) else Exit.DONE
    except (KeyboardInterrupt, typer.Abort):
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader has gone, as with `| head`: nothing more to say, and nobody to say it to.
        silence_stdout()
        return Exit.DONE
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback ever reaches a user
        return _report(error, lang)


def _report(error: Exception, lang: Lang) -> Exit:
    """Say what ended the run, and return its exit code."""
    if isinstance(error, IpstrongError):
        show_findings(error.findings, lang)
        return Exit.CANNOT_RUN
    if isinstance(error, typer.TyperException):
        context = getattr(error, "ctx", None)
        command = context.command_path if context is not None else "ipstrong"
        show_findings([Finding(codes.USAGE, params={"detail": complaint(error), "command": command})], lang)
        return Exit.CANNOT_RUN
    if os.environ.get("IPSTRONG_DEBUG"):
        traceback.print_exception(error)
    detail = " ".join(str(error).split())[:300]
    show_findings([Finding(codes.DEFECT, params={"kind": type(error).__name__, "detail": detail})], lang)
    return Exit.DEFECT


def _prepare_streams() -> None:
    """Write UTF-8 whatever the locale, and never fail on a character: file names may hold any bytes."""
    # Python has None for a stream that was closed when the program began, as by `>&-`.
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - lives as long as the run
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = "utf-8" if (stream.encoding or "").lower() in {"ascii", "us-ascii", "ansi_x3.4-1968"} else None
            reconfigure(errors="backslashreplace", **({"encoding": encoding} if encoding else {}))
