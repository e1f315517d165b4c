"""From offending cells to findings: cells that adjoin and share a defect are one finding that names their range."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from ipstrong.checks.panel import same_as_before
from ipstrong.diagnostics import Code, Finding, Location, a1
from ipstrong.texts import Text, same

Row = Mapping[str, Any]
"""A row of `Panel.cells`, perhaps with further columns of the rule."""

MOST_APART = 5
"""So many ranges with one defect are told one by one; more of them become one finding that names the first."""
MOST_CELLS = 12
"""So many cells that are compared with another are told one by one."""
MOST_NAMED = 8
"""Ranges named in a sentence; the rest is counted."""
MOST_RELATED = 500
"""Ranges listed with a finding, so that a marked workbook can colour every cell."""

NOTHING = Text("", "")


class Patch(NamedTuple):
    """A rectangle of cells with the same defect; 0-based, ends included."""

    top: int
    left: int
    bottom: int
    right: int
    n_cells: int
    first: Row
    """The row of the top left cell."""


def place(file: str, sheet: str | None, row: int, col: int) -> Location:
    """Return the location of a cell: sheet and A1 in workbooks, line and field in text files."""
    if sheet is None:
        return Location(file, line=row + 1, column=col + 1)
    return Location(file, sheet=sheet, cell=a1(row, col))


def place_of(cell: Row) -> Location:
    """Return the location of a row of `Panel.cells`."""
    return place(cell["file"], cell["sheet"], cell["row"], cell["col"])


def short_place(cell: Row, seen_from: Row) -> Text:
    """Name a cell as briefly as it can be found by who looks at another: `D7`, `Sheet!D7` or with the file."""
    location = place_of(cell)
    if cell["file"] != seen_from["file"]:
        return same(str(location))
    if cell["sheet"] is None:
        return _lines(cell["row"], cell["row"], cell["col"])
    return same(location.cell or "" if cell["sheet"] == seen_from["sheet"] else f"{cell['sheet']}!{location.cell}")


def range_text(patch: Patch) -> Text:
    """Name a rectangle: `D7`, `D7:D12`, or the lines and field of a text file."""
    if patch.first["sheet"] is None:
        return _lines(patch.top, patch.bottom, patch.left)
    return same(_a1_range(patch))


def _a1_range(patch: Patch) -> str:
    start, end = a1(patch.top, patch.left), a1(patch.bottom, patch.right)
    return start if start == end else f"{start}:{end}"


def _lines(top: int, bottom: int, column: int) -> Text:
    if top == bottom:
        return Text(f"第 {top + 1} 行第 {column + 1} 列", f"line {top + 1} field {column + 1}")
    return Text(f"第 {top + 1}—{bottom + 1} 行第 {column + 1} 列", f"lines {top + 1}-{bottom + 1} field {column + 1}")


def location_of(patch: Patch) -> Location:
    """Return the location of a rectangle; a text file's is that of its first line."""
    first = patch.first
    if first["sheet"] is None:
        return place_of(first)
    return Location(first["file"], sheet=first["sheet"], cell=_a1_range(patch))


def patches_of(cells: pl.DataFrame, topic: Sequence[str] = ()) -> Iterator[list[Patch]]:
    """Yield the rectangles of each sheet and topic: cells below one another are joined first, then across.

    Args:
        cells: Rows of `Panel.cells`.
        topic: Columns that must agree within a finding, such as `indicator` where the message names it.
    """
    if cells.is_empty():
        return
    keys = ("file", "sheet", *topic)
    columns = cells.select(*keys, "row", "col", pl.int_range(pl.len(), dtype=pl.UInt32).alias("at")).sort(
        *keys, "col", "row", maintain_order=True
    )
    below = same_as_before(*keys, "col") & (pl.col("row") <= pl.col("row").shift() + 1)
    runs = (
        columns.with_columns((~below).cum_sum().alias("run"))
        .group_by("run", maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in (*keys, "col", "at")),
            pl.col("row").first().alias("top"),
            pl.col("row").last().alias("bottom"),
            pl.len().alias("n"),
        )
        .sort(*keys, "top", "bottom", "col")
    )
    beside = same_as_before(*keys, "top", "bottom") & (pl.col("col") == pl.col("col").shift() + 1)
    blocks = (
        runs.with_columns((~beside).cum_sum().alias("block"))
        .group_by("block", maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in (*keys, "top", "bottom", "at")),
            pl.col("col").first().alias("left"),
            pl.col("col").last().alias("right"),
            pl.col("n").sum(),
        )
    )
    yield from _grouped(blocks, cells, keys)


def _grouped(blocks: pl.DataFrame, cells: pl.DataFrame, keys: Sequence[str]) -> Iterator[list[Patch]]:
    group: list[Patch] = []
    last: tuple[object, ...] | None = None
    firsts = cells[blocks["at"]].iter_rows(named=True)
    for block, first in zip(blocks.iter_rows(named=True), firsts, strict=True):
        key = tuple(block[name] for name in keys)
        if group and key != last:
            yield group
            group = []
        last = key
        group.append(Patch(block["top"], block["left"], block["bottom"], block["right"], block["n"], first))
    yield group


def findings_by_place(
    code: Code,
    cells: pl.DataFrame,
    params: Callable[[Row], Mapping[str, object]] | None = None,
    *,
    topic: Sequence[str] = (),
    together: bool = False,
) -> list[Finding]:
    """Return one finding for each range of offending cells, or one for all of them where they are many.

    Args:
        code: What is wrong; its message has the fields `raw` and `count`, and what `params` adds.
        cells: Rows of `Panel.cells`.
        params: Fills the message from the first row of a range.
        topic: Columns that must agree within a finding.
        together: Whether the ranges of a topic are one finding even where they are few.
    """
    found = []
    for patches in patches_of(cells, topic):
        groups = [patches] if together or len(patches) > MOST_APART else [[patch] for patch in patches]
        found += [_finding(code, group, params) for group in groups]
    return found


def findings_by_cell(
    code: Code,
    cells: pl.DataFrame,
    params: Callable[[Row], Mapping[str, object]],
    *,
    topic: Sequence[str] = (),
) -> list[Finding]:
    """Return one finding for each offending cell, or one for all of a topic where they are many.

    For rules whose message compares the cell with another one, so that each needs a sentence of its own.
    """
    found = []
    for patches in patches_of(cells, topic):
        if sum(patch.n_cells for patch in patches) > MOST_CELLS:
            found.append(_finding(code, patches, params))
            continue
        inside = [(patch.first["file"], patch.first["sheet"], patch) for patch in patches]
        for file, sheet, patch in inside:
            rows = cells.filter(
                (pl.col("file") == file)
                & pl.col("sheet").eq_missing(sheet)
                & pl.col("row").is_between(patch.top, patch.bottom)
                & pl.col("col").is_between(patch.left, patch.right)
            )
            for row in rows.iter_rows(named=True):
                alone = Patch(row["row"], row["col"], row["row"], row["col"], 1, row)
                found.append(_finding(code, [alone], params))
    return found


def _finding(code: Code, group: Sequence[Patch], params: Callable[[Row], Mapping[str, object]] | None) -> Finding:
    first = group[0].first
    filled = {**series_params(first), "raw": first["raw"], "count": _count(group)}
    related: tuple[Location, ...] = tuple(location_of(patch) for patch in group[1 : MOST_RELATED + 1])
    if related:
        filled["parts"] = related
    if params is not None:
        filled.update(params(first))
        other = filled.pop("related", None)
        related = (other, *related) if isinstance(other, Location) else related
    return Finding(code, location_of(group[0]), filled, related=related)


def always(**params: object) -> Callable[[Row], Mapping[str, object]]:
    """Return a function that gives the same message fields for every row."""
    return lambda _: params


def series_params(cell: Row) -> dict[str, object]:
    """Return the fields that say which series a cell belongs to; waivers match on them too."""
    return {
        "indicator": cell["indicator"] or "",
        "label": cell["label"],
        "region": cell["region"],
        "period": cell["period"],
    }


def _count(group: Sequence[Patch]) -> Text:
    total = sum(patch.n_cells for patch in group)
    if total == 1:
        return NOTHING
    named = [range_text(patch) for patch in group[:MOST_NAMED]]
    dots = "…" if len(group) > MOST_NAMED else ""
    return Text(
        f"（共 {total} 格：{'、'.join(text.zh for text in named)}{dots}）",
        f" ({total} cells: {', '.join(text.en for text in named)}{dots})",
    )


def and_more(n_others: int) -> Text:
    """Return the tail of a sentence that stands for `n_others` like it; empty for none."""
    if not n_others:
        return NOTHING
    return Text(f"；另有 {n_others} 处", f"; and {n_others} more")
