"""`ipstrong targets`, `tasks` and `milestones`: the plan as tables."""

from __future__ import annotations

import typer

from ipstrong.cli.exits import Exit
from ipstrong.cli.options import AreaName, Department, Language, PlanFile, Programme, TableFormat, Width
from ipstrong.cli.output import write_stdout
from ipstrong.cli.session import language_of, stdout_options


def targets(
    context: typer.Context,
    *,
    plan: PlanFile = None,
    department: Department = None,
    area: AreaName = None,
    format_: TableFormat = "table",
    width: Width = None,
    lang: Language = None,
) -> int:
    """List the targets of the plan."""
    del lang  # chosen before the options are parsed
    from ipstrong.pipeline import check_filters, load_plan
    from ipstrong.reports.plan_tables import render_targets

    console = stdout_options(width)
    known = load_plan(plan)
    check_filters(known, department=department, area=area)
    text = render_targets(
        known,
        language_of(context),
        format_,
        console.width,
        color=console.color,
        unicode=console.unicode,
        department=department,
        area=area,
    )
    write_stdout(text, format_)
    return Exit.DONE


def tasks(
    context: typer.Context,
    *,
    plan: PlanFile = None,
    department: Department = None,
    programme: Programme = None,
    format_: TableFormat = "table",
    width: Width = None,
    lang: Language = None,
) -> int:
    """List the tasks of the plan."""
    del lang  # chosen before the options are parsed
    from ipstrong.pipeline import check_filters, load_plan
    from ipstrong.reports.plan_tables import render_tasks

    console = stdout_options(width)
    known = load_plan(plan)
    check_filters(known, department=department, programme=programme)
    text = render_tasks(
        known,
        language_of(context),
        format_,
        console.width,
        color=console.color,
        unicode=console.unicode,
        department=department,
        programme=programme,
    )
    write_stdout(text, format_)
    return Exit.DONE


def milestones(
    context: typer.Context,
    *,
    plan: PlanFile = None,
    format_: TableFormat = "table",
    width: Width = None,
    lang: Language = None,
) -> int:
    """List the dated duties of the plan."""
    del lang  # chosen before the options are parsed
    from ipstrong.pipeline import load_plan
    from ipstrong.reports.plan_tables import render_milestones

    console = stdout_options(width)
    text = render_milestones(
        load_plan(plan), language_of(context), format_, console.width, color=console.color, unicode=console.unicode
    )
    write_stdout(text, format_)
    return Exit.DONE
