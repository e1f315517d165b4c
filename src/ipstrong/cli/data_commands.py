"""The commands that read data: `check`, `explain`, `inspect`, `validate` and `compare`."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ipstrong.cli import help as texts
from ipstrong.cli.exits import Exit, check_exit, findings_exit
from ipstrong.cli.options import (
    AsOf,
    Data,
    ExitZero,
    FailOnSeverity,
    FailOnStatus,
    Hidden,
    Language,
    Marked,
    MaxCells,
    MaxSize,
    NoPlan,
    Output,
    Outputs,
    PlanFile,
    Regions,
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
from ipstrong.diagnostics import Finding, IpstrongError, Location, has_errors
from ipstrong.diagnostics.codes import matching
from ipstrong.diagnostics.codes import run as codes
from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    from ipstrong.model.dataset import Dataset
    from ipstrong.model.plan import Plan
    from ipstrong.model.result import Scorecard
    from ipstrong.model.validation import Validation
    from ipstrong.pipeline import Progress
    from ipstrong.readers.options import ReadOptions
    from ipstrong.reports.marked import MarkedWorkbook
    from ipstrong.reports.options import ReportOptions

_FORMAT = typer.Option("--format", "-f", help=texts.FORMAT.en)
ScorecardFormat = Annotated[Literal["terminal", "json", "csv", "md", "xlsx"], _FORMAT]
InspectionFormat = Annotated[Literal["terminal", "csv", "json"], _FORMAT]
ValidationFormat = Annotated[
    Literal["terminal", "json", "csv", "md", "sarif", "junit", "github", "gitlab", "summary"], _FORMAT
]
ComparisonFormat = Annotated[Literal["terminal", "json", "md", "xlsx"], _FORMAT]


def check(
    data: Data,
    *,
    plan: PlanFile = None,
    region: Regions = None,
    as_of: AsOf = None,
    sheet: Sheets = None,
    include_hidden: Hidden = False,
    max_cells: MaxCells = None,
    max_size: MaxSize = None,
    format_: ScorecardFormat = "terminal",
    output: Outputs = None,
    fail_on: FailOnStatus = "missed",
    width: Width = None,
    lang: Language = "en",
) -> int:
    """Check data against the plan."""
    from ipstrong.reports.formats import render, render_file, suffixes

    outputs = [(path, suffix_format(path, suffixes("scorecard"))) for path in output or ()]
    refuse_overwriting([path for path, _ in outputs], [*data, *([plan] if plan else [])])
    options = read_options(sheet, include_hidden=include_hidden, max_cells=max_cells, max_size=max_size)
    scorecard, unread = _score(data, plan, region, as_of, options, lang)
    report = stdout_options(lang, width)
    # Files first: where one cannot be written, nothing is, and the complaint is not lost below a report.
    write_files([(path, render_file(scorecard, name, report)) for path, name in outputs])
    write_stdout(render(scorecard, format_, report), format_)
    # Notes are for `inspect` and `validate`; the report counts them.
    _show_notable(scorecard.findings, lang)
    return _exit(scorecard, check_exit(scorecard, fail_on), data, unread, lang)


def explain(
    target: Annotated[str, typer.Argument(metavar="TARGET", help=texts.TARGET.en)],
    data: Data,
    *,
    plan: PlanFile = None,
    region: Regions = None,
    as_of: AsOf = None,
    sheet: Sheets = None,
    include_hidden: Hidden = False,
    max_cells: MaxCells = None,
    max_size: MaxSize = None,
    width: Width = None,
    lang: Language = "en",
) -> int:
    """Explain one verdict."""
    from ipstrong.pipeline import find_target
    from ipstrong.reports.explain import render_explain

    options = read_options(sheet, include_hidden=include_hidden, max_cells=max_cells, max_size=max_size)
    scorecard, unread = _score(data, plan, region, as_of, options, lang)
    target_id = find_target(scorecard.plan, target)
    write_stdout(render_explain(scorecard, target_id, stdout_options(lang, width)), "terminal")
    show_findings([finding for finding in scorecard.findings if finding.severity.value == "error"], lang)
    return _exit(scorecard, Exit.DONE, data, unread, lang)


def _score(
    data: Sequence[str],
    plan_file: str | None,
    regions: list[str] | None,
    as_of: str | None,
    options: ReadOptions,
    lang: Lang,
) -> tuple[Scorecard, tuple[str, ...]]:
    """Return the scorecard, and the files that could not be read."""
    from ipstrong import pipeline

    day = pipeline.parse_as_of(as_of) if as_of is not None else None
    plan, complaints = pipeline.read_plan(plan_file)
    dataset = _read(data, plan, options, lang)
    if dataset.is_empty:
        # Nothing was read: a scorecard of blanks would hide the one message that matters.
        raise IpstrongError((*complaints, *dataset.findings))
    scorecard = pipeline.check(plan, dataset, as_of=day, regions=regions or None, findings=complaints)
    return scorecard, pipeline.unread_files(data, dataset)


def _exit(scorecard: Scorecard, verdict: Exit, data: Sequence[str], unread: Sequence[str], lang: Lang) -> Exit:
    """Return the exit code; what could not be read or assessed is worse than any verdict."""
    from ipstrong import pipeline

    if not pipeline.is_assessed(scorecard):
        if not has_errors(scorecard.findings):
            where = Location(data[0] if len(data) == 1 else "")
            show_findings([Finding(codes.NOTHING_ASSESSED, where)], lang)
        return Exit.CANNOT_RUN
    return Exit.CANNOT_RUN if unread else verdict


def inspect(
    data: Data,
    *,
    plan: PlanFile = None,
    no_plan: NoPlan = False,
    sheet: Sheets = None,
    include_hidden: Hidden = False,
    max_cells: MaxCells = None,
    max_size: MaxSize = None,
    format_: InspectionFormat = "terminal",
    output: Output = None,
    width: Width = None,
    lang: Language = "en",
) -> int:
    """Show what was understood of files."""
    from ipstrong import pipeline
    from ipstrong.reports.formats import render, render_file, suffixes

    name = suffix_format(output, suffixes("inspection")) if output else format_
    refuse_overwriting([output] if output else [], data)
    known = None if no_plan else pipeline.load_plan(plan)
    options = read_options(sheet, include_hidden=include_hidden, max_cells=max_cells, max_size=max_size)
    dataset = _read(data, known, options, lang)
    report = stdout_options(lang, width)
    if output:
        write_file(output, render_file(dataset, name, report))
    else:
        write_stdout(render(dataset, name, report), name)
    # To look at a file that has nothing to do with the plan is what the command is for.
    findings = [finding for finding in dataset.findings if finding.code is not matching.NOTHING_MATCHED]
    show_findings(findings, lang)
    if pipeline.unread_files(data, dataset) or dataset.is_empty:
        return Exit.CANNOT_RUN
    return findings_exit(findings)


def validate(
    data: Data,
    *,
    plan: PlanFile = None,
    no_plan: NoPlan = False,
    sheet: Sheets = None,
    include_hidden: Hidden = False,
    max_cells: MaxCells = None,
    max_size: MaxSize = None,
    format_: ValidationFormat = "terminal",
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
    now = dt.datetime.now(tz=dt.UTC).astimezone().date() if today is None else pipeline.parse_day(today, "--today")
    options = read_options(sheet, include_hidden=include_hidden, max_cells=max_cells, max_size=max_size)
    known, complaints = (None, ()) if no_plan else pipeline.read_plan(plan)
    dataset = _read(data, known, options, lang)
    validation = pipeline.validate(dataset, known, handed_in=day, waivers=waivers, today=now, findings=complaints)
    report = stdout_options(lang, width, fail_on)
    write_files([(path, render_file(validation, name, report)) for path, name in outputs])
    if marked:
        _write_marked(marked, data, validation, options, lang)
    write_stdout(render(validation, format_, report), format_)
    _speak_to_github(validation, format_, report)
    if pipeline.unread_files(data, dataset) or not validation.is_assessed:
        return Exit.CANNOT_RUN
    if exit_zero or fail_on == "never":
        return Exit.DONE
    return findings_exit(validation.findings, warnings_fail=fail_on == "warning")


def _write_marked(path: str, data: list[str], validation: Validation, options: ReadOptions, lang: Lang) -> None:
    """Write the marked copy of the one workbook that was given."""
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
    from ipstrong.reports.marked import SheetValues, UnmarkableError, mark_cells, mark_workbook

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
    sheets = [SheetValues(name, rows, lines) for name, rows, lines in pipeline.cells_of(path, options)]
    return mark_cells(sheets, validation.findings, lang, path=path, **reason)


def _speak_to_github(validation: Validation, format_: str, report: ReportOptions) -> None:
    """Inside GitHub Actions, annotate the files and append to the step summary without being asked."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return
    from ipstrong.reports.formats import render

    if format_ == "terminal":
        write_stdout(render(validation, "github", report), "github")
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        with Path(summary).open("a", encoding="utf-8") as stream:
            stream.write(str(render(validation, "summary", report)))


def compare(
    old: Annotated[str, typer.Argument(metavar="OLD", help=texts.OLD.en)],
    new: Annotated[str, typer.Argument(metavar="NEW", help=texts.NEW.en)],
    *,
    plan: PlanFile = None,
    sheet: Sheets = None,
    include_hidden: Hidden = False,
    max_cells: MaxCells = None,
    max_size: MaxSize = None,
    format_: ComparisonFormat = "terminal",
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
        before, after = (_read([path], known, options, lang) for path in (old, new))
        findings = (*complaints, *before.findings, *after.findings)
        if before.is_empty or after.is_empty:
            # Compared with a file that was not read, every figure would look added or removed.
            _show_notable(findings, lang)
            return Exit.CANNOT_RUN
        comparison = pipeline.compare(known, before, after)
    report = stdout_options(lang, width)
    write_files([(path, render_file(comparison, name, report)) for path, name in outputs])
    write_stdout(render(comparison, format_, report), format_)
    _show_notable(findings, lang)
    return Exit.FAILED if comparison.is_history_revised else Exit.DONE


def _refuse_unlike(old: str, new: str) -> None:
    """Refuse a scorecard next to data: the two have nothing in common that could be compared."""
    for path, other in ((old, new), (new, old)):
        if path.lower().endswith(".json") and not other.lower().endswith(".json"):
            raise IpstrongError([Finding(codes.COMPARE_UNLIKE, Location(path), {"other": other})])


def _show_notable(findings: Iterable[Finding], lang: Lang) -> None:
    show_findings([finding for finding in findings if finding.severity.value != "note"], lang)


# --- Reading -------------------------------------------------------------------------------------------------------------

_PATIENCE_SECONDS = 1.0
"""How long a run stays silent before it says what it is doing."""

_READING = Text("读取 {done}/{total}：{name}", "reading {done}/{total}: {name}")


def _read(paths: Sequence[str], plan: Plan | None, options: ReadOptions, lang: Lang) -> Dataset:
    """Return the data of the files; `-` is standard input."""
    from ipstrong.pipeline import read_data

    stdin = sys.stdin.buffer.read() if "-" in paths else None
    return read_data(paths, plan, options=options, stdin=stdin, progress=_progress(lang))


def _progress(lang: Lang) -> Progress | None:
    """Return a callback that shows progress on standard error once a run is long; None where nobody would see it."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return None
    from ipstrong.reports.sanitize import inert

    started = time.monotonic()

    def show(name: str, done: int, total: int) -> None:
        if time.monotonic() - started < _PATIENCE_SECONDS and done < total:
            return
        line = "" if done >= total else _READING.get(lang).format(done=done + 1, total=total, name=inert(name))
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()

    return show
