"""Options that commands share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ipstrong.cli import help as texts
from ipstrong.cli.exits import FailOn
from ipstrong.cli.language import InvalidOption
from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    from ipstrong.readers.options import ReadOptions

_NO_NAME = Text("需要文件名，不能为空", "a file name is needed, it is empty")
_NO_NUMBER = Text("需要整数", "a whole number is needed")
_TOO_SMALL = Text("至少为 {bound}", "{bound} or more is needed")
_TOO_LARGE = Text("至多为 {bound}", "{bound} or less is needed")


def named(value: list[str] | str | None) -> list[str] | str | None:
    """Refuse an empty name where a file is to be written: a script's unset variable must not pass for no option."""
    names = [value] if isinstance(value, str) else value or []
    if not all(name.strip() for name in names):
        raise InvalidOption(_NO_NAME)
    return value


def whole_number(*names: str, metavar: str, help: Text, min: int, max: int | None = None) -> Any:  # noqa: A002, ANN401
    """Return an option for a whole number within bounds; typer would complain about it in English alone."""

    def parse(value: str) -> int:
        try:
            number = int(value)
        except ValueError:
            raise InvalidOption(_NO_NUMBER) from None
        if number < min:
            raise InvalidOption(_TOO_SMALL.format(bound=min))
        if max is not None and number > max:
            raise InvalidOption(_TOO_LARGE.format(bound=max))
        return number

    return typer.Option(*names, metavar=metavar, help=help.en, parser=parse, min=min, max=max)


def _of_the_run(context: typer.Context) -> Lang:
    """Return the language of the run, which was chosen before options are parsed."""
    lang: Lang = context.find_root().obj["lang"]
    return lang


Data = Annotated[list[str], typer.Argument(metavar="DATA", help=texts.DATA.en, show_default=False)]
PlanFile = Annotated[str | None, typer.Option("--plan", metavar="FILE", help=texts.PLAN_FILE.en)]
PlanFiles = Annotated[list[str] | None, typer.Argument(metavar="FILE", help=texts.PLAN_FILE.en)]
NoPlan = Annotated[bool, typer.Option("--no-plan", help=texts.NO_PLAN.en)]
Marked = Annotated[str | None, typer.Option("--marked", metavar="FILE", callback=named, help=texts.MARKED.en)]
Language = Annotated[
    Literal["zh", "en"], typer.Option("--lang", callback=_of_the_run, help=texts.LANG.en, show_default=False)
]
Regions = Annotated[list[str] | None, typer.Option("--region", "-r", metavar="NAME", help=texts.REGION.en)]
PlanRegions = Annotated[list[str] | None, typer.Option("--region", "-r", metavar="NAME", help=texts.TEMPLATE_REGION.en)]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=texts.AS_OF.en)]
Sheets = Annotated[list[str] | None, typer.Option("--sheet", metavar="NAME", help=texts.SHEET.en)]
Hidden = Annotated[bool, typer.Option("--include-hidden", help=texts.HIDDEN.en)]
MaxCells = Annotated[int | None, whole_number("--max-cells", metavar="N", min=1, help=texts.MAX_CELLS)]
MaxSize = Annotated[int | None, whole_number("--max-size", metavar="MB", min=1, help=texts.MAX_SIZE)]
Outputs = Annotated[
    list[str] | None, typer.Option("--output", "-o", metavar="FILE", callback=named, help=texts.OUTPUT.en)
]
Output = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", callback=named, help=texts.OUTPUT.en)]
Width = Annotated[int | None, whole_number("--width", metavar="N", min=40, max=1000, help=texts.WIDTH)]
Years = Annotated[list[int] | None, whole_number("--year", metavar="YEAR", min=1900, max=2200, help=texts.YEARS)]
FailOnStatus = Annotated[FailOn, typer.Option("--fail-on", help=texts.FAIL_ON.en)]
FailOnSeverity = Annotated[
    Literal["error", "warning", "never"], typer.Option("--fail-on", help=texts.FAIL_ON_SEVERITY.en)
]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help=texts.EXIT_ZERO.en)]
Department = Annotated[str | None, typer.Option("--department", metavar="NAME", help=texts.DEPARTMENT.en)]
AreaName = Annotated[str | None, typer.Option("--area", metavar="NAME", help=texts.AREA.en)]
Programme = Annotated[str | None, typer.Option("--programme", metavar="NAME", help=texts.PROGRAMME.en)]
TableFormat = Annotated[Literal["table", "json", "csv", "md"], typer.Option("--format", "-f", help=texts.FORMAT.en)]


def read_options(
    sheets: Sequence[str] | None, *, include_hidden: bool, max_cells: int | None, max_size: int | None
) -> ReadOptions:
    """Return how files are read, from the options of a command."""
    from ipstrong.readers.options import Limits, ReadOptions

    limits = Limits()
    if max_cells is not None:
        limits = limits.with_cells(max_cells)
    if max_size is not None:
        limits = limits.with_megabytes(max_size)
    return ReadOptions(sheets=tuple(sheets or ()), include_hidden=include_hidden, limits=limits)
