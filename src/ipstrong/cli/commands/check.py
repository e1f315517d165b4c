"""`ipstrong check` and `ipstrong explain`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ipstrong.cli import help as texts
from ipstrong.cli.exits import Exit, check_exit
from ipstrong.cli.input import read
from ipstrong.cli.options import (
    AsOf,
    Data,
    FailOnStatus,
    Hidden,
    Language,
    MaxCells,
    MaxSize,
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
    write_files,
    write_stdout,
)

if TYPE_CHECKING:
    from ipstrong.model.result import Scorecard
    from ipstrong.readers.options import ReadOptions
    from ipstrong.texts import Lang

Format = Annotated[
    Literal["terminal", "json", "csv", "md", "xlsx"], typer.Option("--format", "-f", help=texts.FORMAT.en)
]


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
    format_: Format = "terminal",
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
    show_findings([finding for finding in scorecard.findings if finding.severity.value != "note"], lang)
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
    from ipstrong.diagnostics import IpstrongError

    day = pipeline.parse_as_of(as_of) if as_of is not None else None
    plan, complaints = pipeline.read_plan(plan_file)
    dataset = read(data, plan, options, lang)
    if dataset.is_empty:
        # Nothing was read: a scorecard of blanks would hide the one message that matters.
        raise IpstrongError((*complaints, *dataset.findings))
    scorecard = pipeline.check(plan, dataset, as_of=day, regions=regions or None, findings=complaints)
    return scorecard, pipeline.unread_files(data, dataset)


def _exit(scorecard: Scorecard, verdict: Exit, data: Sequence[str], unread: Sequence[str], lang: Lang) -> Exit:
    """Return the exit code; what could not be read or assessed is worse than any verdict."""
    from ipstrong import pipeline
    from ipstrong.diagnostics import has_errors

    if not pipeline.is_assessed(scorecard):
        if not has_errors(scorecard.findings):
            show_findings([pipeline.not_assessed(data)], lang)
        return Exit.CANNOT_RUN
    return Exit.CANNOT_RUN if unread else verdict
