"""`ipstrong plan lint` and `ipstrong plan schema`."""

from __future__ import annotations

import typer

from ipstrong.cli.exits import Exit, findings_exit
from ipstrong.cli.options import Language, PlanFiles
from ipstrong.cli.output import write_stdout
from ipstrong.cli.session import language_of, show_findings
from ipstrong.texts import Text

_FINE = Text(
    "{path}：没有问题（{n_targets} 个目标，{n_tasks} 项任务）",
    "{path}: no complaints ({n_targets} targets, {n_tasks} tasks)",
)


def lint(context: typer.Context, files: PlanFiles = None, *, lang: Language = None) -> int:
    """Check plan files; every one is read, and the worst decides."""
    del lang  # chosen before the options are parsed
    from ipstrong.diagnostics import IpstrongError
    from ipstrong.pipeline import read_plan

    language = language_of(context)
    worst = Exit.DONE
    wanted: list[str | None] = [*files] if files else [None]
    for file in wanted:
        try:
            plan, findings = read_plan(file)
        except IpstrongError as error:
            show_findings(error.findings, language)
            worst = Exit.CANNOT_RUN
            continue
        show_findings(findings, language)
        worst = max(worst, findings_exit(findings))
        if not findings:
            line = _FINE.format(path=plan.path, n_targets=len(plan.targets), n_tasks=len(plan.tasks))
            write_stdout(line.get(language), "text")
    return worst


def schema(context: typer.Context, *, lang: Language = None) -> int:
    """Print the JSON Schema of plan files."""
    del context, lang  # the schema speaks one language
    import json

    from ipstrong.planfile import plan_schema

    write_stdout(json.dumps(plan_schema(), ensure_ascii=False, indent=2) + "\n", "json")
    return Exit.DONE
