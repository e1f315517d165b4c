"""`ipstrong template`."""

from __future__ import annotations

from typing import Annotated

import typer

from ipstrong.cli import help as texts
from ipstrong.cli.exits import Exit
from ipstrong.cli.options import Department, Language, PlanFile, PlanRegions, named
from ipstrong.cli.output import refuse_overwriting, suffix_format, write_file
from ipstrong.cli.session import language_of


def template(
    context: typer.Context,
    *,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", callback=named, help=texts.TEMPLATE_OUTPUT.en)
    ],
    plan: PlanFile = None,
    department: Department = None,
    region: PlanRegions = None,
    year: Annotated[
        list[int] | None, typer.Option("--year", metavar="YEAR", min=1900, max=2200, help=texts.YEARS.en)
    ] = None,
    lang: Language = None,
) -> int:
    """Make a workbook to fill in from the plan."""
    del lang  # chosen before the options are parsed
    from ipstrong import pipeline
    from ipstrong.reports.template import render_template

    suffix_format(output, {".xlsx": "xlsx"})
    refuse_overwriting([output], [plan] if plan else [])
    known = pipeline.load_plan(plan)
    pipeline.check_filters(known, department=department)
    content = render_template(
        known,
        language_of(context),
        department=department,
        regions=pipeline.find_regions(known, region) if region else None,
        years=sorted(set(year)) if year else None,
    )
    write_file(output, content)
    return Exit.DONE
