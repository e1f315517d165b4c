"""`ipstrong compare OLD NEW`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ipstrong.cli import help as texts
from ipstrong.cli.exits import Exit
from ipstrong.cli.input import read
from ipstrong.cli.options import Hidden, Language, MaxCells, MaxSize, Outputs, PlanFile, Sheets, Width, read_options
from ipstrong.cli.output import (
    refuse_overwriting,
    show_findings,
    stdout_options,
    suffix_format,
    write_files,
    write_stdout,
)

if TYPE_CHECKING:
    from ipstrong.diagnostics import Finding
    from ipstrong.texts import Lang

Format = Annotated[Literal["terminal", "json", "md", "xlsx"], typer.Option("--format", "-f", help=texts.FORMAT.en)]


def compare(
    old: Annotated[str, typer.Argument(metavar="OLD", help=texts.OLD.en)],
    new: Annotated[str, typer.Argument(metavar="NEW", help=texts.NEW.en)],
    *,
    plan: PlanFile = None,
    sheet: Sheets = None,
    include_hidden: Hidden = False,
    max_cells: MaxCells = None,
    max_size: MaxSize = None,
    format_: Format = "terminal",
    output: Outputs = None,
    width: Width = None,
    lang: Language = "en",
) -> int:
    """Compare two submissions, or two scorecards in JSON; exit with 1 when history was revised."""
    from ipstrong import pipeline
    from ipstrong.reports.formats import render, render_file, suffixes

    outputs = [(path, suffix_format(path, suffixes("comparison"))) for path in output or ()]
    refuse_overwriting([path for path, _ in outputs], [old, new])
    findings: tuple[Finding, ...] = ()
    _refuse_unlike(old, new)
    if old.lower().endswith(".json"):
        comparison = pipeline.compare_scorecards(old, new)
    else:
        options = read_options(sheet, include_hidden=include_hidden, max_cells=max_cells, max_size=max_size)
        known, complaints = pipeline.read_plan(plan)
        before, after = (read([path], known, options, lang) for path in (old, new))
        findings = (*complaints, *before.findings, *after.findings)
        if before.is_empty or after.is_empty:
            # Compared with a file that was not read, every figure would look added or removed.
            _show(findings, lang)
            return Exit.CANNOT_RUN
        comparison = pipeline.compare(known, before, after)
    report = stdout_options(lang, width)
    write_files([(path, render_file(comparison, name, report)) for path, name in outputs])
    write_stdout(render(comparison, format_, report), format_)
    _show(findings, lang)
    return Exit.FAILED if comparison.is_history_revised else Exit.DONE


def _refuse_unlike(old: str, new: str) -> None:
    """Refuse a scorecard next to data: the two have nothing in common that could be compared."""
    for path, other in ((old, new), (new, old)):
        if path.lower().endswith(".json") and not other.lower().endswith(".json"):
            from ipstrong.diagnostics import Finding, IpstrongError, Location
            from ipstrong.diagnostics.codes import run as codes

            raise IpstrongError([Finding(codes.COMPARE_UNLIKE, Location(path), {"other": other})])


def _show(findings: tuple[Finding, ...], lang: Lang) -> None:
    show_findings([finding for finding in findings if finding.severity.value != "note"], lang)
