"""`ipstrong validate`."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ipstrong.cli import help as texts
from ipstrong.cli.exits import Exit, findings_exit
from ipstrong.cli.input import read
from ipstrong.cli.options import (
    Data,
    ExitZero,
    FailOnSeverity,
    Hidden,
    Language,
    Marked,
    MaxCells,
    MaxSize,
    NoPlan,
    Outputs,
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
    write_files,
    write_stdout,
)

if TYPE_CHECKING:
    from ipstrong.model.validation import Validation
    from ipstrong.readers.options import ReadOptions
    from ipstrong.reports.marked import MarkedWorkbook
    from ipstrong.reports.options import ReportOptions
    from ipstrong.texts import Lang

Format = Annotated[
    Literal["terminal", "json", "csv", "md", "sarif", "junit", "github", "gitlab", "summary"],
    typer.Option("--format", "-f", help=texts.FORMAT.en),
]


def validate(
    data: Data,
    *,
    plan: PlanFile = None,
    no_plan: NoPlan = False,
    sheet: Sheets = None,
    include_hidden: Hidden = False,
    max_cells: MaxCells = None,
    max_size: MaxSize = None,
    format_: Format = "terminal",
    output: Outputs = None,
    marked: Marked = None,
    waivers: Annotated[str | None, typer.Option("--waivers", metavar="FILE", help=texts.WAIVERS.en)] = None,
    handed_in: Annotated[str | None, typer.Option("--handed-in", metavar="DATE", help=texts.HANDED_IN.en)] = None,
    today: Annotated[str | None, typer.Option("--today", metavar="DATE", help=texts.TODAY.en)] = None,
    fail_on: FailOnSeverity = "error",
    exit_zero: ExitZero = False,
    width: Width = None,
    lang: Language = "en",
) -> int:
    """Validate a submission."""
    from ipstrong import pipeline
    from ipstrong.reports.formats import render, render_file, suffixes

    outputs = [(path, suffix_format(path, suffixes("validation"))) for path in output or ()]
    refuse_overwriting([*(path for path, _ in outputs), *([marked] if marked else [])], data)
    day = pipeline.parse_day(handed_in, "--handed-in") if handed_in is not None else None
    judged_on = (
        pipeline.parse_day(today, "--today") if today is not None else dt.datetime.now(tz=dt.UTC).astimezone().date()
    )
    options = read_options(sheet, include_hidden=include_hidden, max_cells=max_cells, max_size=max_size)
    known, complaints = (None, ()) if no_plan else pipeline.read_plan(plan)
    dataset = read(data, known, options, lang)
    validation = pipeline.validate(dataset, known, handed_in=day, waivers=waivers, today=judged_on, findings=complaints)
    report = stdout_options(lang, width, fail_on)
    write_files([(path, render_file(validation, name, report)) for path, name in outputs])
    if marked:
        _write_marked(marked, data, validation, options, lang)
    write_stdout(render(validation, format_, report), format_)
    _speak_to_github(validation, format_, os.environ, report)
    if pipeline.unread_files(data, dataset) or not validation.is_assessed:
        return Exit.CANNOT_RUN
    if exit_zero or fail_on == "never":
        return Exit.DONE
    return findings_exit(validation.findings, warnings_fail=fail_on == "warning")


def _write_marked(path: str, data: list[str], validation: Validation, options: ReadOptions, lang: Lang) -> None:
    """Write the marked copy of the one workbook that was given."""
    from ipstrong.diagnostics import Finding, IpstrongError, Location
    from ipstrong.diagnostics.codes import run as codes

    if len(data) != 1 or data[0] == "-":
        raise IpstrongError([Finding(codes.MARKED_NEEDS_ONE_FILE, Location(path), {"count": len(data)})])
    copy = _marked_copy(data[0], validation, options, lang)
    if copy is None:
        # The findings already say why the file cannot be read; there is nothing to mark.
        return
    if not path.lower().endswith(copy.suffix):
        raise IpstrongError([Finding(codes.MARKED_SUFFIX, Location(path), {"suffix": copy.suffix})])
    write_file(path, copy.content)
    show_findings(copy.findings, lang)


def _marked_copy(path: str, validation: Validation, options: ReadOptions, lang: Lang) -> MarkedWorkbook | None:
    """Return the copy: of the workbook itself where openpyxl can open it, else a new one with the cells as read."""
    from ipstrong import pipeline
    from ipstrong.reports.marked import SheetCells, UnmarkableError, mark_cells, mark_workbook

    kind = next((file.kind for file in validation.dataset.files if file.path == path), None)
    if kind is None:
        return None
    reason = {}
    original = pipeline.package_of(path) if kind in {"xlsx", "xlsm"} else None
    if original is not None:
        try:
            return mark_workbook(original, validation.findings, lang, path=path)
        except UnmarkableError as error:
            reason = {"reason": error.reason}
    sheets = [SheetCells(name, rows, lines) for name, rows, lines in pipeline.cells_of(path, options)]
    return mark_cells(sheets, validation.findings, lang, path=path, **reason)


def _speak_to_github(
    validation: Validation, format_: str, environment: Mapping[str, str], report: ReportOptions
) -> None:
    """Inside GitHub Actions, annotate the files and append to the step summary without being asked."""
    if environment.get("GITHUB_ACTIONS") != "true":
        return
    from ipstrong.reports.formats import render

    if format_ == "terminal":
        write_stdout(render(validation, "github", report), "github")
    summary = environment.get("GITHUB_STEP_SUMMARY")
    if summary:
        with Path(summary).open("a", encoding="utf-8") as stream:
            stream.write(str(render(validation, "summary", report)))
