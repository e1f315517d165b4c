"""Rules about figures compared with others of their series: contradictions, falls, jumps, copies, breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import polars as pl

from ipstrong.checks.panel import ROUNDING_NOISE, Panel, grain_number, same_as_before, with_before
from ipstrong.checks.places import Row, findings_by_cell, findings_by_place, other_cell, place_of, short_place
from ipstrong.diagnostics import Finding
from ipstrong.diagnostics.codes import series as codes
from ipstrong.model.checks import SeriesBreak
from ipstrong.model.period import PeriodKind
from ipstrong.model.plan import Nature

_FEWEST_COPIES = 3
"""A column counts as copied from this many equal figures other than zero on."""
_SPIKE = 5.0
"""How many times off both neighbours a figure is out of line: 20 for a one-per-cent sample among one-per-mille ones."""
_SMALL = 20
"""Figures below it are too volatile to be compared with their neighbours."""
_JUMP_GRAINS = (PeriodKind.YEAR, PeriodKind.FISCAL, PeriodKind.HALF, PeriodKind.QUARTER, PeriodKind.MONTH)
"""Periods whose successors can be compared directly; a year-to-date starts again every year."""


def _crosses(breaks: Iterable[SeriesBreak], panel: Panel) -> pl.Expr:
    """Whether a declared break lies between a figure and the one before it."""
    ids = list(panel.indicators)
    crossed = pl.lit(value=False)
    for entry in breaks:
        here = (pl.col("ind") == ids.index(entry.indicator)) & (pl.col("before_year") < entry.year)
        here &= pl.col("year") >= entry.year
        if entry.region is not None:
            here &= panel.of_regions([entry.region])
        crossed |= here.fill_null(value=False)
    return crossed


def _comparable(panel: Panel) -> pl.DataFrame:
    """Return the steps from one figure to the next that no declared break lies between."""
    return panel.steps.filter(pl.col("before_number").is_not_null() & ~_crosses(panel.checks.breaks, panel))


def _reported(panel: Panel, steps: pl.DataFrame) -> pl.DataFrame:
    """Return steps with all columns of their cells, and what is reported of the ones before them."""
    return panel.with_other(panel.whole(steps), "before_number")


def _step_params(panel: Panel, row: Row) -> dict[str, object]:
    before = other_cell(row)
    return {
        "region": panel.region_name(row["region"]),
        "before": before["raw"],
        "before_period": before["period"],
        "before_place": short_place(before, row),
        "related": place_of(before),
    }


def check_falls(panel: Panel) -> Iterable[Finding]:
    """Figures below the one before them, where the plan says that they must not fall."""
    allowed = {entry.indicator: entry.fall_pct for entry in panel.checks.expectations if entry.fall_pct is not None}
    if not allowed:
        return ()
    steps = _comparable(panel)
    kept = panel.spread(
        steps, "kept", lambda entry: 1 - float(allowed[entry.id]) / 100 if entry.id in allowed else None, pl.Float64
    )
    floor = pl.col("before_low") * pl.col("kept")
    fallen = steps.with_columns(kept).filter(pl.col("high") < floor - floor.abs() * ROUNDING_NOISE)

    def params(row: Row) -> dict[str, object]:
        fall = (1 - row["amount"] / row["before_amount"]) * 100 if row["before_amount"] else float("inf")
        # Two digits that count, and one decimal from ten on: `0.043%`, `223.8%`.
        change = "∞" if fall == float("inf") else f"{fall:,.1f}%" if abs(fall) >= 10 else f"{fall:.2g}%"
        return _step_params(panel, row) | {"change": change, "tolerance": f"{allowed[row['indicator']]}%"}

    return findings_by_cell(panel, codes.STOCK_FALLS, _reported(panel, fallen), params, "label", "indicator")


def check_jumps(panel: Panel) -> Iterable[Finding]:
    """Changes against the previous period beyond the plan's tolerance, compounded over missing periods."""
    allowed = {entry.indicator: entry.jump_pct for entry in panel.checks.expectations if entry.jump_pct is not None}
    if not allowed:
        return ()
    grains = [grain_number(kind) for kind in _JUMP_GRAINS]
    steps = _comparable(panel).filter(pl.col("grain").is_in(grains) & (pl.col("before_amount") > 0))
    jump = panel.spread(
        steps, "jump", lambda entry: float(allowed[entry.id]) / 100 if entry.id in allowed else None, pl.Float64
    )
    n_periods = pl.col("order") - pl.col("before_order")
    most = pl.col("before_high") * (1 + pl.col("jump")) ** n_periods
    least = pl.col("before_low") * pl.max_horizontal(1 - pl.col("jump"), pl.lit(0.0)) ** n_periods
    beyond = (pl.col("low") > most * (1 + ROUNDING_NOISE)) | (pl.col("high") < least * (1 - ROUNDING_NOISE))
    jumped = steps.with_columns(jump).filter(beyond)

    def params(row: Row) -> dict[str, object]:
        change = f"{row['amount'] / row['before_amount'] - 1:+.1%}"
        return _step_params(panel, row) | {"change": change, "tolerance": f"{allowed[row['indicator']]}%"}

    return findings_by_cell(panel, codes.JUMP, _reported(panel, jumped), params, "label", "indicator")


def check_spikes(panel: Panel) -> Iterable[Finding]:
    """Figures several times above, or below, both the one before and the one after; needs no plan."""
    after = pl.when(pl.col("before_number").is_not_null().shift(-1, fill_value=False)).then(pl.col("amount").shift(-1))
    up, down = pl.col("amount") / pl.col("before_amount"), pl.col("amount") / pl.col("after_amount")
    steps = panel.steps.with_columns(after.alias("after_amount"))
    # What small figures do is no sign of another definition, nor is a change of sign.
    smallest = pl.min_horizontal(*(pl.col(name) for name in ("amount", "before_amount", "after_amount")))
    spikes = steps.filter(
        (smallest >= _SMALL)
        & (((up >= _SPIKE) & (down >= _SPIKE)) | ((up <= 1 / _SPIKE) & (down <= 1 / _SPIKE)))
        # 100 or 10,000 times off is a matter of units, which another rule reports.
        & ~up.log10().abs().is_between(1.7, 2.3)
        & ~up.log10().abs().is_between(3.7, 4.3)
        & ~_crosses(panel.checks.breaks, panel)
    )

    def params(row: Row) -> dict[str, object]:
        factor = row["amount"] / row["before_amount"]
        return {**_step_params(panel, row), "factor": f"{factor:.3g}"}

    return findings_by_place(panel, codes.OUT_OF_LINE, _reported(panel, spikes), params, "label", "period")


def check_year_to_date(panel: Panel) -> Iterable[Finding]:
    """Year-to-date figures of a flow below an earlier one of the same year; the full year is the last of them."""
    figures = panel.figures
    flow = panel.spread(figures, "flow", lambda entry: entry.nature is Nature.FLOW, pl.Boolean)
    # The first half, quarter or month of a year is a year-to-date too.
    n_a_year = {PeriodKind.YEAR: 1, PeriodKind.HALF: 2, PeriodKind.QUARTER: 4, PeriodKind.MONTH: 12}
    month = pl.coalesce(
        pl.when(pl.col("grain") == grain_number(PeriodKind.YTD)).then(pl.col("order") % 12 + 1),
        *(
            pl.when((pl.col("grain") == grain_number(kind)) & (pl.col("order") % n == 0)).then(12 // n)
            for kind, n in n_a_year.items()
        ),
    )
    within = (
        figures.with_columns(flow, month.alias("month"))
        .filter(pl.col("flow") & pl.col("month").is_not_null())
        .sort("series", "year", "month", "number")
    )
    # A month given twice is left to the rule on contradictions, not as a fall.
    steps = with_before(within.filter(~same_as_before("series", "year", "month")), "series", "year")
    fallen = steps.filter(pl.col("high") < pl.col("before_low") - pl.col("before_low").abs() * ROUNDING_NOISE)
    params = partial(_step_params, panel)
    return findings_by_cell(panel, codes.YTD_FALLS, _reported(panel, fallen), params, "label", "indicator")


def check_copies(panel: Panel) -> Iterator[Finding]:
    """Columns (or rows) of a period in which every figure equals that of the period before."""
    steps = panel.steps.filter(
        (pl.col("order") - pl.col("before_order") == 1) & pl.col("where").eq_missing(pl.col("before_where"))
    ).with_columns((pl.col("amount") == pl.col("before_amount")).alias("equal"))
    if not steps["equal"].any():
        return

    def params(row: Row) -> dict[str, object]:
        return _step_params(panel, row) | {"n": row["n_equal"]}

    by_region = _copied(steps, ("where", "reg", "grain", "order"))
    by_label = _copied(steps, ("where", "lab", "grain", "order")).join(by_region, on="number", how="anti")
    for copied, subject in ((by_region, "region"), (by_label, "label")):
        cells = _reported(panel, copied)
        yield from findings_by_place(panel, codes.REPEATED_COLUMN, cells, params, subject, "period", together=True)


def _copied(steps: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    """Return the steps of the groups in which all figures are equal to the ones before, and enough are not zero."""
    equal = steps.filter("equal")
    groups = (
        steps.join(equal.select(keys).unique(), on=keys, how="semi")
        .group_by(keys)
        .agg(
            pl.col("equal").all().alias("all_equal"),
            (pl.col("amount") != 0).sum().alias("n_telling"),
            pl.len().alias("n_equal"),
        )
    )
    copied = groups.filter(pl.col("all_equal") & (pl.col("n_telling") >= _FEWEST_COPIES))
    return equal.join(copied.select(*keys, "n_equal"), on=keys, how="inner")


def check_breaks(panel: Panel) -> Iterator[Finding]:
    """Series that cross a break that the plan declares."""
    for entry in panel.checks.breaks:
        crossing = panel.steps.filter(_crosses([entry], panel))
        firsts = panel.read(panel.whole(crossing).unique("series", keep="first", maintain_order=True))
        for row in firsts.iter_rows(named=True):
            params = {"label": row["label"], "indicator": row["indicator"], "region": panel.region_name(row["region"])}
            params |= {"year": entry.year, "reason": entry.reason}
            yield Finding(codes.DECLARED_BREAK, place_of(row), params)


def check_labels(panel: Panel) -> Iterable[Finding]:
    """Series that go on under another label on the same sheet."""
    if panel.plan is None:
        return ()
    changed = panel.steps.filter(
        (pl.col("lab") != pl.col("before_lab")) & pl.col("where").eq_missing(pl.col("before_where"))
    )

    def params(row: Row) -> dict[str, object]:
        name = panel.indicator_name(row["indicator"], row["label"])
        return _step_params(panel, row) | {"indicator": name, "before": other_cell(row)["label"]}

    return findings_by_cell(panel, codes.LABEL_CHANGES, _reported(panel, changed), params, "label", "indicator")
