"""`ipstrong rules` and `ipstrong rule CODE`: the table of codes."""

from __future__ import annotations

from typing import Annotated

import typer

from ipstrong.cli import help as texts
from ipstrong.cli.exits import Exit
from ipstrong.cli.options import Language, TableFormat, Width
from ipstrong.cli.output import write_stdout
from ipstrong.cli.session import language_of, stdout_options


def rules(context: typer.Context, *, format_: TableFormat = "table", width: Width = None, lang: Language = None) -> int:
    """List every diagnostic code."""
    del lang  # chosen before the options are parsed
    from ipstrong.reports.code_tables import render_codes

    console = stdout_options(width)
    write_stdout(render_codes(language_of(context), format_, console.width, color=console.color), format_)
    return Exit.DONE


def rule(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=texts.CODE.en)],
    *,
    lang: Language = None,
) -> int:
    """Show the page of one diagnostic code."""
    del lang  # chosen before the options are parsed
    from ipstrong.diagnostics.codes import ALL_CODES
    from ipstrong.diagnostics.pages import page
    from ipstrong.pipeline import find_code

    write_stdout(page(ALL_CODES[find_code(code)], language_of(context)), "text")
    return Exit.DONE
