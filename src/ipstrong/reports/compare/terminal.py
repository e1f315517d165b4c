"""A comparison on the terminal: what was revised, with both values and both cells, then verdicts, then one line of sums."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

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
from ipstrong.reports.escapes import log_text
from ipstrong.reports.wrapped import Line, Span, draw_lines, line
from ipstrong.texts import Lang

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
    return draw_lines(_parts(comparison, lang), width, color=color)


def _parts(comparison: Comparison, lang: Lang) -> Iterator[Line]:
    old, new = (log_text(names) for names in files_text(comparison))
    yield line((f"{OLD.get(lang)} {old}", "dim"))
    yield line((f"{NEW.get(lang)} {new}", "dim"))
    yield line()
    for kind, changes in groupby(comparison.figures, key=lambda change: change.kind):
        yield from _kind_parts(kind, list(changes), comparison, lang)
    if comparison.as_of is not None:
        yield from _verdict_parts(comparison, lang)
    style = "bold red" if comparison.is_history_revised else "bold green"
    yield line((history_text(comparison).get(lang), style), f" ({counts_text(comparison, lang)})")


def _kind_parts(kind: ChangeKind, changes: list[FigureChange], comparison: Comparison, lang: Lang) -> Iterator[Line]:
    yield line((f"{KINDS[kind].get(lang)} {len(changes):,}", STYLES[kind]))
    shown = changes[:MOST_ADDED] if kind is ChangeKind.ADDED else changes
    for change in shown:
        yield from _figure_parts(change, comparison, lang)
    if len(changes) > len(shown):
        yield line((f"… {len(changes) - len(shown):,}", "dim"), indent=2)
    yield line()


def _figure_parts(change: FigureChange, comparison: Comparison, lang: Lang) -> Iterator[Line]:
    words = FigureLine(*(log_text(part) for part in figure_line(change, comparison, lang)))
    where = " ".join(part for part in (words.region, words.period) if part)
    unit = f" {words.unit}" if words.unit else ""
    head: list[Span] = [(words.series, "bold"), (f" {where}  ", "")]
    if change.old is not None and change.new is not None:
        head.append((f"{words.old} → {words.new}{unit}", ""))
        if change.change:
            relative = f" ({words.relative})" if words.relative != NOTHING else ""
            head.append((f"  {words.change}{relative}", "bold"))
        cells = f"{words.old_cell} → {words.new_cell}"
    else:
        is_old = change.old is not None
        head.append((f"{words.old if is_old else words.new}{unit}", ""))
        cells = words.old_cell if is_old else words.new_cell
    yield line(*head, indent=2)
    yield line((cells, "dim"), indent=4)


def _verdict_parts(comparison: Comparison, lang: Lang) -> Iterator[Line]:
    as_of = AS_OF.format(date=comparison.as_of).get(lang)
    yield line((VERDICTS.get(lang), "bold"), (f"  {as_of}", "dim"))
    if not comparison.verdicts:
        yield line(NO_VERDICTS.get(lang), indent=2)
    for change in comparison.verdicts:
        words = verdict_line(change, lang)
        row: list[Span] = [
            (f"{words.number} {log_text(words.target)} ", ""),
            (f"({log_text(words.region)}) ", "dim"),
            (f"{words.old} → {words.new}", "bold red" if words.is_flip else "bold"),
        ]
        if words.is_flip:
            row.append((f" {FLIPPED.get(lang)}", "bold red"))
        if words.old_value != words.new_value:
            row.append((f"  {words.old_value} → {words.new_value} {log_text(words.unit)}".rstrip(), ""))
        yield line(*row, indent=2)
    yield line()
