"""Results in short for many regions: by `quick` where it is sure, else from the result in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from ipstrong.measures.floats import Doubts, UnsureError
from ipstrong.model.lines import Block, Lines
from ipstrong.model.plan import Plan
from ipstrong.model.result import CellPlace, Figure, Line, NotComputed, Pace, Result, Status
from ipstrong.scoring.blocks import make_block, manual_block
from ipstrong.scoring.book import Book
from ipstrong.scoring.columns import Cells, Columns, Panel
from ipstrong.scoring.figures import Figures
from ipstrong.scoring.results import Scorer


def make_lines(
    scorer: Scorer, plan: Plan, book: Book, figures: Figures, regions: Sequence[str], as_of_year: int
) -> Lines:
    """Return the results of many regions in short, by region and then in the plan's order."""
    columns = Columns(plan, Panel(Cells(book), regions))
    blocks: list[Block] = []
    in_full: dict[int, list[int]] = defaultdict(list)
    for number, (target, readings) in enumerate(scorer.terms):
        if target.is_manual:
            blocks.append(manual_block(target, len(regions)))
            continue
        doubts = Doubts()
        try:
            block = make_block(plan, columns, target, [terms for _, terms in readings], as_of_year, doubts)
            rows = doubts.rows(len(regions)).arg_true().to_list()
        except (UnsureError, ValueError):
            block, rows = Block(target, [Status.NO_DATA] * len(regions)), [*range(len(regions))]
        blocks.append(block)
        for row in rows:
            in_full[row].append(number)
    # Region by region, so that what was made for one can be dropped before the next.
    for row, numbers in sorted(in_full.items()):
        for number in numbers:
            blocks[number].replace(row, line_of(scorer.result(number, regions[row])))
        figures.forget(regions[row])
    return Lines(regions, [scorer.name(region) for region in regions], blocks)


def line_of(result: Result) -> Line:
    """Return a result in short."""
    latest = result.latest if isinstance(result.latest, Figure) else None
    base = result.base if isinstance(result.base, Figure) else None
    return Line(
        target=result.target,
        region=result.region,
        region_name=result.region_name,
        status=result.status,
        disputed=result.disputed,
        reason=None if result.reason is None else result.reason.reason,
        target_value=result.target_value,
        period=None if latest is None else latest.period,
        latest=None if latest is None else float(latest.value),
        low=None if latest is None else float(latest.low),
        high=None if latest is None else float(latest.high),
        base=None if base is None else float(base.value),
        gap=_float(result.gap),
        attainment=_float(result.attainment),
        yoy=_float(result.yoy),
        yoy_in_points=result.yoy_in_points,
        progress=_float(result.progress),
        expected=_float(result.expected),
        pace=_float(result.pace),
        growth_pace=_float(result.growth_pace),
        needed_per_year=_float(result.needed_per_year),
        projection=_float(result.projection),
        growth_projection=_float(result.growth_projection),
        eta=_float(result.eta),
        places=_places(latest, base),
    )


def _float(value: Decimal | Pace | NotComputed) -> float | None:
    if isinstance(value, NotComputed):
        return None
    return float(value.ratio if isinstance(value, Pace) else value)


def _places(*figures: Figure | None) -> tuple[CellPlace, ...]:
    found = [observation for figure in figures if figure is not None for observation in figure.observations]
    return tuple(dict.fromkeys((each.file, each.sheet, each.row, each.col) for each in found))
