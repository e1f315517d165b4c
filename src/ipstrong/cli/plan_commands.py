"""The commands that need no data: `plan lint`, `plan schema`, `template`, and the lists of the plan and of the diagnostic codes."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from ipstrong.cli import help as texts
from ipstrong.cli.exits import Exit, findings_exit
from ipstrong.cli.options import (
    AreaName,
    Department,
    Language,
    PlanFile,
    PlanFiles,
    PlanRegions,
    Programme,
    TableFormat,
    Width,
    Years,
    named,
)
from ipstrong.cli.output import (
    refuse_overwriting,
    show_findings,
    stdout_options,
    suffix_format,
    write_file,
    write_stdout,
)
from ipstrong.diagnostics import IpstrongError
from ipstrong.texts import Text

_FINE = Text(
    "{path}：没有问题（{n_targets} 个目标，{n_tasks} 项任务）",
    "{path}: no complaints ({n_targets} targets, {n_tasks} tasks)",
)


def lint(files: PlanFiles = None, *, lang: Language = "en") -> int:
    """Check plan files; every one is read, and the worst decides."""
    from ipstrong.pipeline import read_plan

    worst = Exit.DONE
    wanted: list[str | None] = [*files] if files else [None]
    for file in wanted:
        try:
            plan, findings = read_plan(file)
        except IpstrongError as error:
            show_findings(error.findings, lang)
            worst = Exit.CANNOT_RUN
            continue
        show_findings(findings, lang)
        worst = max(worst, findings_exit(findings))
        if not findings:
            line = _FINE.format(path=plan.path, n_targets=len(plan.targets), n_tasks=len(plan.tasks))
            write_stdout(line.get(lang), "text")
    return worst


def schema(*, lang: Language = "en") -> int:
    """Print the JSON Schema of plan files."""
    del lang  # the schema is the same in both languages
    from ipstrong.planfile import plan_schema

    write_stdout(json.dumps(plan_schema(), ensure_ascii=False, indent=2) + "\n", "json")
    return Exit.DONE


def template(
    *,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", callback=named, help=texts.TEMPLATE_OUTPUT.en)
    ],
    plan: PlanFile = None,
    department: Department = None,
    region: PlanRegions = None,
    year: Years = None,
    lang: Language = "en",
) -> int:
    """Make a workbook to fill in from the plan."""
    from ipstrong import pipeline
    from ipstrong.reports.template import render_template

    suffix_format(output, {".xlsx": "xlsx"})
    refuse_overwriting([output], [plan] if plan else [])
    known = pipeline.load_plan(plan)
    pipeline.check_filters(known, department=department)
    content = render_template(
        known,
        lang,
        department=department,
        regions=pipeline.find_regions(known, region) if region else None,
        years=sorted(set(year)) if year else None,
    )
    write_file(output, content)
    return Exit.DONE


def targets(
    *,
    plan: PlanFile = None,
    department: Department = None,
    area: AreaName = None,
    format_: TableFormat = "table",
    width: Width = None,
    lang: Language = "en",
) -> int:
    """List the targets of the plan."""
    from ipstrong.pipeline import check_filters, load_plan
    from ipstrong.reports.formats import render
    from ipstrong.reports.subjects.plan import list_targets

    known = load_plan(plan)
    check_filters(known, department=department, area=area)
    listing = list_targets(known, lang, department=department, area=area)
    write_stdout(render(listing, format_, stdout_options(lang, width)), format_)
    return Exit.DONE


def tasks(
    *,
    plan: PlanFile = None,
    department: Department = None,
    programme: Programme = None,
    format_: TableFormat = "table",
    width: Width = None,
    lang: Language = "en",
) -> int:
    """List the tasks of the plan."""
    from ipstrong.pipeline import check_filters, load_plan
    from ipstrong.reports.formats import render
    from ipstrong.reports.subjects.plan import list_tasks

    known = load_plan(plan)
    check_filters(known, department=department, programme=programme)
    listing = list_tasks(known, lang, department=department, programme=programme)
    write_stdout(render(listing, format_, stdout_options(lang, width)), format_)
    return Exit.DONE


def milestones(
    *, plan: PlanFile = None, format_: TableFormat = "table", width: Width = None, lang: Language = "en"
) -> int:
    """List the dated duties of the plan."""
    from ipstrong.pipeline import load_plan
    from ipstrong.reports.formats import render
    from ipstrong.reports.subjects.plan import list_milestones

    write_stdout(render(list_milestones(load_plan(plan), lang), format_, stdout_options(lang, width)), format_)
    return Exit.DONE


def rules(*, format_: TableFormat = "table", width: Width = None, lang: Language = "en") -> int:
    """List every diagnostic code."""
    from ipstrong.reports.formats import render
    from ipstrong.reports.subjects.codes import list_codes

    write_stdout(render(list_codes(lang), format_, stdout_options(lang, width)), format_)
    return Exit.DONE


def rule(code: Annotated[str, typer.Argument(metavar="CODE", help=texts.CODE.en)], *, lang: Language = "en") -> int:
    """Show the page of one diagnostic code."""
    from ipstrong.diagnostics.codes.all_codes import ALL_CODES
    from ipstrong.pipeline import find_code
    from ipstrong.reports.subjects.codes import page_of

    write_stdout(page_of(ALL_CODES[find_code(code)], lang), "text")
    return Exit.DONE
