"""Options that commands share."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from ipstrong.cli import help as texts
from ipstrong.cli.exits import FailOn

Data = Annotated[list[str], typer.Argument(metavar="DATA", help=texts.DATA.en, show_default=False)]
PlanFile = Annotated[str | None, typer.Option("--plan", metavar="FILE", help=texts.PLAN_FILE.en)]
PlanFiles = Annotated[list[str] | None, typer.Argument(metavar="FILE", help=texts.PLAN_FILE.en)]
Language = Annotated[Literal["zh", "en"] | None, typer.Option("--lang", help=texts.LANG.en)]
Regions = Annotated[list[str] | None, typer.Option("--region", "-r", metavar="NAME", help=texts.REGION.en)]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=texts.AS_OF.en)]
Sheets = Annotated[list[str] | None, typer.Option("--sheet", metavar="NAME", help=texts.SHEET.en)]
Hidden = Annotated[bool, typer.Option("--include-hidden", help=texts.HIDDEN.en)]
MaxCells = Annotated[int | None, typer.Option("--max-cells", min=1, metavar="N", help=texts.MAX_CELLS.en)]
MaxSize = Annotated[int | None, typer.Option("--max-size", min=1, metavar="MB", help=texts.MAX_SIZE.en)]
Outputs = Annotated[list[str] | None, typer.Option("--output", "-o", metavar="FILE", help=texts.OUTPUT.en)]
Output = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help=texts.OUTPUT.en)]
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
