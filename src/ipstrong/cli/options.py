"""Options that commands share."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from ipstrong.cli import help as texts
from ipstrong.cli.exits import FailOn


def named(value: list[str] | str | None) -> list[str] | str | None:
    """Refuse an empty name where a file is to be written: a script's unset variable must not pass for no option."""
    names = [value] if isinstance(value, str) else value or []
    if not all(name.strip() for name in names):
        raise typer.BadParameter(_NO_NAME)
    return value


_NO_NAME = "a file name is needed, it is empty"
"""Put into Chinese in `usage`."""

Data = Annotated[list[str], typer.Argument(metavar="DATA", help=texts.DATA.en, show_default=False)]
PlanFile = Annotated[str | None, typer.Option("--plan", metavar="FILE", help=texts.PLAN_FILE.en)]
PlanFiles = Annotated[list[str] | None, typer.Argument(metavar="FILE", help=texts.PLAN_FILE.en)]
Marked = Annotated[str | None, typer.Option("--marked", metavar="FILE", callback=named, help=texts.MARKED.en)]
Language = Annotated[Literal["zh", "en"] | None, typer.Option("--lang", help=texts.LANG.en)]
Regions = Annotated[list[str] | None, typer.Option("--region", "-r", metavar="NAME", help=texts.REGION.en)]
PlanRegions = Annotated[list[str] | None, typer.Option("--region", "-r", metavar="NAME", help=texts.TEMPLATE_REGION.en)]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=texts.AS_OF.en)]
Sheets = Annotated[list[str] | None, typer.Option("--sheet", metavar="NAME", help=texts.SHEET.en)]
Hidden = Annotated[bool, typer.Option("--include-hidden", help=texts.HIDDEN.en)]
MaxCells = Annotated[int | None, typer.Option("--max-cells", min=1, metavar="N", help=texts.MAX_CELLS.en)]
MaxSize = Annotated[int | None, typer.Option("--max-size", min=1, metavar="MB", help=texts.MAX_SIZE.en)]
Outputs = Annotated[
    list[str] | None, typer.Option("--output", "-o", metavar="FILE", callback=named, help=texts.OUTPUT.en)
]
Output = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", callback=named, help=texts.OUTPUT.en)]
Width = Annotated[int | None, typer.Option("--width", min=40, max=1000, metavar="N", help=texts.WIDTH.en)]
FailOnStatus = Annotated[FailOn, typer.Option("--fail-on", help=texts.FAIL_ON.en)]
FailOnSeverity = Annotated[
    Literal["error", "warning", "never"], typer.Option("--fail-on", help=texts.FAIL_ON_SEVERITY.en)
]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help=texts.EXIT_ZERO.en)]
Department = Annotated[str | None, typer.Option("--department", metavar="NAME", help=texts.DEPARTMENT.en)]
AreaName = Annotated[str | None, typer.Option("--area", metavar="NAME", help=texts.AREA.en)]
Programme = Annotated[str | None, typer.Option("--programme", metavar="NAME", help=texts.PROGRAMME.en)]
TableFormat = Annotated[Literal["table", "json", "csv", "md"], typer.Option("--format", "-f", help=texts.FORMAT.en)]
