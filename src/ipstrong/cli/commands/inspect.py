"""`ipstrong inspect`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from ipstrong.cli import help as texts
from ipstrong.cli.exits import Exit, findings_exit
from ipstrong.cli.input import read
from ipstrong.cli.options import (
    Data,
    Hidden,
    Language,
    MaxCells,
    MaxSize,
    NoPlan,
    Output,
    PlanFile,
    Sheets,
    Width,
    read_options,
)
from ipstrong.cli.output import (
    refuse_overwriting,
    show_findings,
    stdout_options,
    suffix_format,
    write_file,
    write_stdout,
)

Format = Annotated[Literal["terminal", "csv", "json"], typer.Option("--format", "-f", help=texts.FORMAT.en)]


def inspect(
    data: Data,
    *,
    plan: PlanFile = None,
    no_plan: NoPlan = False,
    sheet: Sheets = None,
    include_hidden: Hidden = False,
    max_cells: MaxCells = None,
    max_size: MaxSize = None,
    format_: Format = "terminal",
    output: Output = None,
    width: Width = None,
    lang: Language = "en",
) -> int:
    """Show what was understood of files."""
    from ipstrong import pipeline
    from ipstrong.diagnostics.codes import matching as codes
    from ipstrong.reports.formats import render, render_file, suffixes

    name = suffix_format(output, suffixes("inspection")) if output else format_
    refuse_overwriting([output] if output else [], data)
    known = None if no_plan else pipeline.load_plan(plan)
    options = read_options(sheet, include_hidden=include_hidden, max_cells=max_cells, max_size=max_size)
    dataset = read(data, known, options, lang)
    report = stdout_options(lang, width)
    if output:
        write_file(output, render_file(dataset, name, report))
    else:
        write_stdout(render(dataset, name, report), name)
    # To look at a file that has nothing to do with the plan is what the command is for.
    findings = [finding for finding in dataset.findings if finding.code is not codes.NOTHING_MATCHED]
    show_findings(findings, lang)
    if pipeline.unread_files(data, dataset) or dataset.is_empty:
        return Exit.CANNOT_RUN
    return findings_exit(findings)
