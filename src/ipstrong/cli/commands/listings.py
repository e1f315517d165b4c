"""`ipstrong targets`, `tasks`, `milestones`, `rules` and `rule`: the plan and the diagnostic codes as tables."""

from __future__ import annotations

from typing import Annotated

import typer

from ipstrong.cli import help as texts
from ipstrong.cli.exits import Exit
from ipstrong.cli.options import AreaName, Department, Language, PlanFile, Programme, TableFormat, Width
from ipstrong.cli.output import stdout_options, write_stdout


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
    from ipstrong.diagnostics.codes import ALL_CODES
    from ipstrong.pipeline import find_code
    from ipstrong.reports.subjects.codes import page_of

    write_stdout(page_of(ALL_CODES[find_code(code)], lang), "text")
    return Exit.DONE
