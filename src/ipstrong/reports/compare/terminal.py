"""A comparison on the terminal: what was revised, with both values and both cells, then verdicts, then one line of sums."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from ipstrong.model.comparison import ChangeKind, Comparison, FigureChange
from ipstrong.reports.compare.lines import (
    AS_OF,
    FLIPPED,
    KINDS,
    NEW,
    NO_VERDICTS,
    NOTHING,
    OLD,
    VERDICTS,
    FigureLine,
    counts_text,
    figure_line,
    files_text,
    history_text,
    verdict_line,
)
from ipstrong.reports.console import draw
from ipstrong.reports.escapes import log_text
from ipstrong.texts import Lang

if TYPE_CHECKING:
    from rich.console import RenderableType

STYLES = {
    ChangeKind.REVISED: "bold red",
    ChangeKind.REMOVED: "bold red",
    ChangeKind.ADDED: "bold green",
    ChangeKind.REFINED: "bold",
    ChangeKind.RESTATED: "bold",
}
MOST_ADDED = 50
"""Added figures that are listed: a new year brings many, and none of them revises anything."""


def render_terminal(comparison: Comparison, lang: Lang, width: int, *, color: bool) -> str:
    """Return the comparison for a terminal of `width` columns."""
    return draw(_parts(comparison, lang), width, color=color)


def _parts(comparison: Comparison, lang: Lang) -> Iterator[RenderableType]:
    from rich.text import Text as Line

    old, new = (log_text(names) for names in files_text(comparison))
    yield Line(f"{OLD.get(lang)} {old}", style="dim")
    yield Line(f"{NEW.get(lang)} {new}", style="dim")
    yield Line()
    for kind, changes in groupby(comparison.figures, key=lambda change: change.kind):
        yield from _kind_parts(kind, list(changes), comparison, lang)
    if comparison.as_of is not None:
        yield from _verdict_parts(comparison, lang)
    style = "bold red" if comparison.is_history_revised else "bold green"
    yield Line.assemble((history_text(comparison).get(lang), style), f" ({counts_text(comparison, lang)})")


def _kind_parts(
    kind: ChangeKind, changes: list[FigureChange], comparison: Comparison, lang: Lang
) -> Iterator[RenderableType]:
    from rich.text import Text as Line

    yield Line(f"{KINDS[kind].get(lang)} {len(changes):,}", style=STYLES[kind])
    shown = changes[:MOST_ADDED] if kind is ChangeKind.ADDED else changes
    for change in shown:
        yield from _figure_parts(change, comparison, lang)
    if len(changes) > len(shown):
        yield _indented(Line(f"… {len(changes) - len(shown):,}", style="dim"), 2)
    yield Line()


def _figure_parts(change: FigureChange, comparison: Comparison, lang: Lang) -> Iterator[RenderableType]:
    from rich.text import Text as Line

    line = FigureLine(*(log_text(part) for part in figure_line(change, comparison, lang)))
    head = Line.assemble((line.series, "bold"), f" {' '.join(part for part in (line.region, line.period) if part)}  ")
    unit = f" {line.unit}" if line.unit else ""
    if change.old is not None and change.new is not None:
        head.append(f"{line.old} → {line.new}{unit}")
        if change.change:
            head.append(f"  {line.change}" + (f" ({line.relative})" if line.relative != NOTHING else ""), style="bold")
        cells = f"{line.old_cell} → {line.new_cell}"
    else:
        is_old = change.old is not None
        head.append(f"{line.old if is_old else line.new}{unit}")
        cells = line.old_cell if is_old else line.new_cell
    yield _indented(head, 2)
    yield _indented(Line(cells, style="dim"), 4)


def _verdict_parts(comparison: Comparison, lang: Lang) -> Iterator[RenderableType]:
    from rich.text import Text as Line

    as_of = AS_OF.format(date=comparison.as_of).get(lang)
    yield Line.assemble((VERDICTS.get(lang), "bold"), (f"  {as_of}", "dim"))
    if not comparison.verdicts:
        yield _indented(Line(NO_VERDICTS.get(lang)), 2)
    for change in comparison.verdicts:
        seen = verdict_line(change, lang)
        line = seen._replace(target=log_text(seen.target), region=log_text(seen.region), unit=log_text(seen.unit))
        row = Line(f"{line.number} {line.target} ")
        row.append(f"({line.region}) ", style="dim")
        row.append(f"{line.old} → {line.new}", style="bold red" if line.is_flip else "bold")
        if line.is_flip:
            row.append(f" {FLIPPED.get(lang)}", style="bold red")
        if line.old_value != line.new_value:
            row.append(f"  {line.old_value} → {line.new_value} {line.unit}".rstrip())
        yield _indented(row, 2)
    yield Line()


def _indented(line: RenderableType, indent: int) -> RenderableType:
    from rich.padding import Padding

    return Padding(line, (0, 0, 0, indent), expand=False)
