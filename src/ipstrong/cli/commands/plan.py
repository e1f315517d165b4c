"""`ipstrong plan lint`, `plan schema` and `template`."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from ipstrong.cli import help as texts
from ipstrong.cli.exits import Exit, findings_exit
from ipstrong.cli.options import Department, Language, PlanFile, PlanFiles, PlanRegions, Years, named
from ipstrong.cli.output import refuse_overwriting, show_findings, suffix_format, write_file, write_stdout
from ipstrong.texts import Text

_FINE = Text(
    "{path}：没有问题（{n_targets} 个目标，{n_tasks} 项任务）",
    "{path}: no complaints ({n_targets} targets, {n_tasks} tasks)",
)


def lint(files: PlanFiles = None, *, lang: Language = "en") -> int:
    """Check plan files; every one is read, and the worst decides."""
    from ipstrong.diagnostics import IpstrongError
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
