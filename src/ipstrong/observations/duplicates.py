"""Figures given more than once: the same twice, two that differ, rows of one name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import matching as codes
from ipstrong.observations.frame import NO_INDICATOR
from ipstrong.observations.names import Names


def duplicates(cells: pl.DataFrame, names: Names, region_names: Mapping[str, str]) -> list[Finding]:
    """Return what is given more than once: of matched series over all files, of others within their table."""
    n_heads, n_regions, n_periods = len(names.heads), len(names.regions), len(names.periods)
    series = pl.when(pl.col("indicator") == NO_INDICATOR).then(pl.col("head")).otherwise(pl.col("indicator") + n_heads)
    key = (series.cast(pl.UInt64) * n_regions + pl.col("region")) * n_periods + pl.col("period")
    keyed = cells.lazy().filter(pl.col("value").is_not_null()).select(key.alias("key")).collect()["key"]
    if keyed.n_unique() == len(keyed):
        return []
    again = (
        cells.lazy()
        .with_row_index("number")
        .filter(pl.col("value").is_not_null())
        .with_columns(key.alias("key"))
        .filter(pl.col("key").is_duplicated())
        .with_columns(
            (pl.col("value") * pl.col("factor")).alias("amount"),
            (pl.col("half_width") * pl.col("factor")).alias("width"),
        )
        .with_columns(
            pl.col("number").first().over("key").alias("first"),
            pl.col("amount").first().over("key").alias("base"),
            pl.col("width").first().over("key").alias("base_width"),
        )
        .filter(pl.col("number") != pl.col("first"))
        # 1.74万 and 17443 are one figure, printed twice; 1.1 and 1.2 are two, though their intervals touch.
        .with_columns(
            (
                (pl.col("amount") - pl.col("base")).abs()
                <= pl.max_horizontal("width", "base_width") + pl.col("base").abs() * 1e-12
            ).alias("agrees")
        )
        .group_by("head", "indicator", "agrees", maintain_order=True)
        .agg(pl.len().alias("count"), pl.col("number").first().alias("number"), pl.col("first").first().alias("first"))
        .collect()
    )
    wanted = cells.select("head", "region", "period", "row", "col", "raw")
    pairs = zip(*(wanted[again[name]].iter_rows(named=True) for name in ("number", "first")), strict=True)
    return [
        _duplicate(names, region_names, row, here, first)
        for row, (here, first) in zip(again.iter_rows(named=True), pairs, strict=True)
    ]


def _duplicate(
    names: Names, region_names: Mapping[str, str], row: dict[str, int], here: dict[str, Any], first: dict[str, Any]
) -> Finding:
    head = names.heads.names[here["head"]]
    where, origin = (_cell_place(names, cell) for cell in (here, first))
    code = codes.DUPLICATE_SAME if row["agrees"] else codes.DUPLICATE_DIFFERENT
    if row["indicator"] == NO_INDICATOR and not row["agrees"]:
        code = codes.ROWS_ALIKE
    region = names.regions.names[here["region"]]
    params = {
        "label": head.head.label,
        "region": region_names.get(region, region) or "-",
        "period": names.periods.names[here["period"]] or "-",
        "first": str(origin) if origin.path != where.path else _short(origin),
        "value": first["raw"].strip(),
        "other": here["raw"].strip(),
        "count": row["count"],
    }
    return Finding(code, where, params, related=(origin,))


def _cell_place(names: Names, cell: dict[str, int]) -> Location:
    return names.tables[names.heads.names[cell["head"]].table].place(cell["row"], cell["col"])


def _short(place: Location) -> str:
    """Return a place inside its file."""
    return f"{place.sheet}!{place.cell}" if place.cell else f"{place.line}:{place.column}"
