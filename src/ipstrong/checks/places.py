"""From cells to findings: adjoining cells that share a defect are one finding that names their range, and shows its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

import polars as pl

from ipstrong.checks.panel import MENTIONED, Panel, same_as_before
from ipstrong.diagnostics import Code, Finding, Location, a1, split_a1
from ipstrong.model.dataset import (
    Bound,
    Observation,
    ValueStatus,
    half_place,
    in_indicator_unit,
    interval_of,
    printed_value,
)
from ipstrong.model.period import Period, PeriodKind, parse_period
from ipstrong.texts import Text, same

Row = Mapping[str, Any]
"""A row of `Panel.cells`, perhaps with further columns of the rule."""

MOST_APART = 5
"""So many ranges with one defect are reported one by one; more of them become one finding that names the first."""
MOST_CELLS = 12
"""So many cells that are compared with another are reported one by one."""
MOST_NAMED = 8
"""Ranges named in a sentence; the rest is counted."""
MOST_RELATED = 100
"""Ranges listed with a finding, so that a marked workbook can colour every cell."""

NOTHING = Text("", "")
_NO_PERIOD = Period(PeriodKind.YEAR, 1000)

_Params = Callable[[Row], Mapping[str, object]] | Mapping[str, object]
"""Message fields: those of a row, or the same for every row."""
NO_PARAMS: Mapping[str, object] = MappingProxyType({})


_NUMBERED = {"region": "reg", "label": "lab", "period": "per", "indicator": "ind"}
"""The columns of numbers that go with columns of names."""


class Patch(NamedTuple):
    """A rectangle of cells with the same defect; 0-based, ends included."""

    top: int
    left: int
    bottom: int
    right: int
    n_cells: int
    at: int
    """Number of its first cell."""


class Cluster(NamedTuple):
    """The rectangles of one sheet with one defect."""

    patches: list[Patch]
    """In the order of the sheet; of many, the first."""
    n_cells: int
    """Cells in all of them, also those that are not listed."""
    n_patches: int


def place(file: str, sheet: str | None, row: int, col: int) -> Location:
    """Return the location of a cell: sheet and A1 in workbooks, line and field in text files."""
    if sheet is None:
        return Location(file, line=row + 1, column=col + 1)
    return Location(file, sheet=sheet, cell=a1(row, col))


def place_of(cell: Row) -> Location:
    """Return the location of a row of `Panel.cells`."""
    return place(cell["file"], cell["sheet"], cell["row"], cell["col"])


def other_cell(row: Row) -> Row:
    """Return the cell with which a row of `Panel.with_other` is compared."""
    return {name: row[f"other_{name}"] for name in MENTIONED}


def short_place(cell: Row, seen_from: Row) -> Text:
    """Name a cell as briefly as it can be found by who looks at another: `D7`, `Sheet!D7` or with the file."""
    location = place_of(cell)
    if cell["file"] != seen_from["file"]:
        return same(str(location))
    if cell["sheet"] is None:
        return _lines(cell["row"], cell["row"], cell["col"])
    return same(location.cell or "" if cell["sheet"] == seen_from["sheet"] else f"{cell['sheet']}!{location.cell}")


def range_text(patch: Patch, sheet: str | None) -> Text:
    """Name a rectangle: `D7`, `D7:D12`, or the lines and field of a text file."""
    return _lines(patch.top, patch.bottom, patch.left) if sheet is None else same(_a1_range(patch))


def _a1_range(patch: Patch) -> str:
    start, end = a1(patch.top, patch.left), a1(patch.bottom, patch.right)
    return start if start == end else f"{start}:{end}"


def _lines(top: int, bottom: int, column: int) -> Text:
    if top == bottom:
        return Text(f"第 {top + 1} 行第 {column + 1} 列", f"line {top + 1} field {column + 1}")
    return Text(f"第 {top + 1}—{bottom + 1} 行第 {column + 1} 列", f"lines {top + 1}-{bottom + 1} field {column + 1}")


def location_of(patch: Patch, cell: Row) -> Location:
    """Return the location of a rectangle on the sheet of `cell`; a text file's is that of its first line."""
    if cell["sheet"] is None:
        return place(cell["file"], None, patch.top, patch.left)
    return Location(cell["file"], sheet=cell["sheet"], cell=_a1_range(patch))


def clusters_of(cells: pl.DataFrame, topic: Sequence[str] = ()) -> list[Cluster]:
    """Return the rectangles of each sheet and topic: cells below one another are joined first, then across.

    Args:
        cells: Rows of `Panel.cells`.
        topic: Columns that must agree within a finding, such as `indicator` where the message names it.
    """
    if cells.is_empty():
        return []
    keys = ("where", *(_NUMBERED.get(name, name) for name in topic))
    columns = cells.select(*keys, "row", "col", "number").sort(*keys, "col", "row", maintain_order=True)
    below = same_as_before(*keys, "col") & (pl.col("row") <= pl.col("row").shift() + 1)
    runs = (
        columns.with_columns((~below).cum_sum().alias("run"))
        .group_by("run", maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in (*keys, "col", "number")),
            pl.col("row").first().alias("top"),
            pl.col("row").last().alias("bottom"),
            pl.len().alias("n"),
        )
        .sort(*keys, "top", "bottom", "col")
    )
    adjoining = same_as_before(*keys, "top", "bottom") & (pl.col("col") == pl.col("col").shift() + 1)
    blocks = (
        runs.with_columns((~adjoining).cum_sum().alias("block"))
        .group_by("block", maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in (*keys, "top", "bottom", "number")),
            pl.col("col").first().alias("left"),
            pl.col("col").last().alias("right"),
            pl.col("n").sum(),
        )
        .with_columns((~same_as_before(*keys)).cum_sum().alias("cluster"))
    )
    totals = blocks.group_by("cluster", maintain_order=True).agg(pl.col("n").sum().alias("n_cells"), pl.len())
    listed = blocks.group_by("cluster", maintain_order=True).head(MOST_RELATED + 1)
    patches: dict[int, list[Patch]] = {}
    for cluster, *patch in listed.select("cluster", "top", "left", "bottom", "right", "n", "number").iter_rows():
        patches.setdefault(cluster, []).append(Patch(*patch))
    return [Cluster(patches[cluster], n_cells, n_patches) for cluster, n_cells, n_patches in totals.iter_rows()]


def findings_by_place(
    panel: Panel, code: Code, cells: pl.DataFrame, params: _Params = NO_PARAMS, *topic: str, together: bool = False
) -> list[Finding]:
    """Return one finding for each range of offending cells, or one for all of them where they are many.

    Args:
        panel: Where the cells are from.
        code: What is wrong; its message has the fields `raw` and `count`, and what `params` adds.
        cells: Rows of `Panel.cells`.
        params: Fills the message from the first row of a range.
        topic: Columns that must agree within a finding.
        together: Whether the ranges of a topic are one finding even where they are few.
    """
    reported: list[Cluster] = []
    for cluster in clusters_of(cells, topic):
        if together or cluster.n_patches > MOST_APART:
            reported.append(cluster)
        else:
            reported += [Cluster([patch], patch.n_cells, 1) for patch in cluster.patches]
    return _findings(panel, code, cells, reported, params)


def findings_by_cell(panel: Panel, code: Code, cells: pl.DataFrame, params: _Params, *topic: str) -> list[Finding]:
    """Return one finding for each offending cell, or one for all of a topic where they are many.

    For rules whose message compares the cell with another one, so that each needs a sentence of its own.
    """
    n_cells = pl.len().over("where", *(_NUMBERED.get(name, name) for name in topic))
    few = cells.filter(n_cells <= MOST_CELLS).select("row", "col", "number")
    alone = [Cluster([Patch(row, col, row, col, 1, number)], 1, 1) for row, col, number in few.iter_rows()]
    return _findings(panel, code, cells, [*alone, *clusters_of(cells.filter(n_cells > MOST_CELLS), topic)], params)


def _findings(
    panel: Panel, code: Code, cells: pl.DataFrame, clusters: Sequence[Cluster], params: _Params
) -> list[Finding]:
    if not clusters:
        return []
    wanted = pl.DataFrame({"number": [cluster.patches[0].at for cluster in clusters]}, schema={"number": pl.UInt32})
    firsts = panel.read(cells.join(wanted, on="number", how="semi"))
    rows = {row["number"]: row for row in firsts.iter_rows(named=True)}
    return [_finding(code, cluster, rows[cluster.patches[0].at], params) for cluster in clusters]


def _finding(code: Code, cluster: Cluster, first: Row, params: _Params) -> Finding:
    # Waivers match on the fields that say which series a cell belongs to.
    filled: dict[str, object] = {name: first[name] for name in ("label", "region", "period", "raw")}
    filled |= {"indicator": first["indicator"] or "", "count": _count(cluster, first["sheet"])}
    related: tuple[Location, ...] = tuple(location_of(patch, first) for patch in cluster.patches[1:])
    if related:
        filled["parts"] = related
    filled |= params(first) if callable(params) else params
    other = filled.pop("related", None)
    related = (other, *related) if isinstance(other, Location) else related
    return Finding(code, location_of(cluster.patches[0], first), filled, related=related)


def _count(cluster: Cluster, sheet: str | None) -> Text:
    if cluster.n_cells == 1:
        return NOTHING
    named = [range_text(patch, sheet) for patch in cluster.patches[:MOST_NAMED]]
    dots = "…" if cluster.n_patches > MOST_NAMED else ""
    return Text(
        f"（共 {cluster.n_cells} 格：{'、'.join(text.zh for text in named)}{dots}）",
        f" ({cluster.n_cells} cells: {', '.join(text.en for text in named)}{dots})",
    )


def and_more(n_others: int) -> Text:
    """Return the tail of a sentence that speaks for `n_others` like it; empty for none."""
    if not n_others:
        return NOTHING
    return Text(f"；另有 {n_others} 处", f"; and {n_others} more")


# --- Exact numbers ------------------------------------------------------------------------------------------------------


def exact_amount(cell: Row) -> Decimal:
    """Return the number of a cell as printed, in the indicator's unit."""
    return in_indicator_unit(printed_value(cell["value"], cell["raw"]), cell["factor"])


def period_of(cell: Row) -> Period:
    """Return the period of a cell; any for one without."""
    return parse_period(cell["period"]) or _NO_PERIOD


def observe(cell: Row) -> Observation:
    """Return a row of `Panel.cells` that holds a finite number as an observation."""
    value, bound = exact_amount(cell), Bound(cell["bound"])
    low, high = interval_of(value, half_place(cell["half_width"], cell["factor"]), bound)
    return Observation(
        cell["indicator"] or "",
        cell["region"],
        period_of(cell),
        value,
        low,
        high,
        ValueStatus(cell["status"]),
        bound,
        *(cell[name] for name in ("file", "sheet", "row", "col", "raw", "unit", "number")),
    )


# --- The row around a finding ------------------------------------------------------------------------------------------

_MOST_EXCERPTS = 2000
"""So many findings get their row; nobody reads more."""
_WIDEST = 64
"""Columns of a row that are shown; cells further right stay without an excerpt."""

_RowKey = tuple[str, str | None, int]


def with_excerpts(panel: Panel, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings, each at a cell with the row around it: the label and the values, each in its own column."""
    keys = [_row_of(finding.location) for finding in findings[:_MOST_EXCERPTS]]
    rows = _excerpts(panel, {key for key in keys if key is not None})
    shown = [
        finding if key is None or key not in rows else replace(finding, excerpt=rows[key])
        for key, finding in zip(keys, findings[:_MOST_EXCERPTS], strict=True)
    ]
    return [*shown, *findings[_MOST_EXCERPTS:]]


def _row_of(location: Location) -> _RowKey | None:
    row, column = split_a1(location.cell) if location.cell else (location.line or 0, location.column or 0)
    return (location.path, location.sheet, row - 1) if row and 0 < column <= _WIDEST else None


def _excerpts(panel: Panel, keys: set[_RowKey]) -> dict[_RowKey, str]:
    if not keys:
        return {}
    wanted = pl.DataFrame(list(keys), schema={"file": pl.String, "sheet": pl.String, "row": pl.UInt32}, orient="row")
    rows = panel.cells.filter(pl.col("row").is_in(wanted["row"].unique().implode()))
    around = panel.read(rows).join(wanted, on=["file", "sheet", "row"], how="semi", nulls_equal=True)
    grouped = around.sort("col").group_by("file", "sheet", "row").agg("col", "label", "raw")
    return {
        (file, sheet, row): _excerpt(columns, labels[0], raws)
        for file, sheet, row, columns, labels, raws in grouped.iter_rows()
    }


def _excerpt(columns: Sequence[int], label: str, raws: Sequence[str | None]) -> str:
    cells = [""] * (min(max(columns), _WIDEST - 1) + 1)
    for column, raw in zip(columns, raws, strict=True):
        if column < _WIDEST:
            cells[column] = " ".join((raw or "").split())
    if columns[0] > 0:
        cells[0] = " ".join(label.split())
    return "\t".join(cells)
