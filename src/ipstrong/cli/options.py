"""Options that commands share."""

from __future__ import annotations

from typing import Annotated, Literal, Optional

import typer

from ipstrong.cli import help as texts
from ipstrong.cli.exits import FailOn

Data = Annotated[list[str], typer.Argument(metavar="DATA...", help=texts.DATA.en, show_default=False)]
PlanFile = Annotated[Optional[str], typer.Option("--plan", metavar="FILE", help=texts.PLAN_FILE.en)]  # noqa: UP045
PlanArgument = Annotated[Optional[str], typer.Argument(metavar="[FILE]", help=texts.PLAN_FILE.en)]  # noqa: UP045
Language = Annotated[Optional[Literal["zh", "en"]], typer.Option("--lang", help=texts.LANG.en)]  # noqa: UP045
Regions = Annotated[Optional[list[str]], typer.Option("--region", "-r", metavar="NAME", help=texts.REGION.en)]  # noqa: UP045
AsOf = Annotated[Optional[str], typer.Option("--as-of", metavar="DATE", help=texts.AS_OF.en)]  # noqa: UP045
Sheets = Annotated[Optional[list[str]], typer.Option("--sheet", metavar="NAME", help=texts.SHEET.en)]  # noqa: UP045
Hidden = Annotated[bool, typer.Option("--include-hidden", help=texts.HIDDEN.en)]
MaxCells = Annotated[Optional[int], typer.Option("--max-cells", min=1, metavar="N", help=texts.MAX_CELLS.en)]  # noqa: UP045
MaxSize = Annotated[Optional[int], typer.Option("--max-size", min=1, metavar="MB", help=texts.MAX_SIZE.en)]  # noqa: UP045
Outputs = Annotated[Optional[list[str]], typer.Option("--output", "-o", metavar="FILE", help=texts.OUTPUT.en)]  # noqa: UP045
Output = Annotated[Optional[str], typer.Option("--output", "-o", metavar="FILE", help=texts.OUTPUT.en)]  # noqa: UP045
Width = Annotated[Optional[int], typer.Option("--width", min=40, max=1000, metavar="N", help=texts.WIDTH.en)]  # noqa: UP045
FailOnStatus = Annotated[FailOn, typer.Option("--fail-on", help=texts.FAIL_ON.en)]
FailOnSeverity = Annotated[Literal["error", "warning", "never"], typer.Option("--fail-on", help=texts.FAIL_ON_SEVERITY.en)]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help=texts.EXIT_ZERO.en)]
Department = Annotated[Optional[str], typer.Option("--department", metavar="NAME", help=texts.DEPARTMENT.en)]  # noqa: UP045
AreaName = Annotated[Optional[str], typer.Option("--area", metavar="NAME", help=texts.AREA.en)]  # noqa: UP045
Programme = Annotated[Optional[str], typer.Option("--programme", metavar="NAME", help=texts.PROGRAMME.en)]  # noqa: UP045
TableFormat = Annotated[Literal["table", "json", "csv", "md"], typer.Option("--format", "-f", help=texts.FORMAT.en)]
