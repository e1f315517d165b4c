"""Rules about single cells: how a number is written, its unit, its size, and what its marks say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import polars as pl

from ipstrong.checks.panel import Panel
from ipstrong.checks.places import Row, exact_amount, findings_by_place, other_cell, short_place
from ipstrong.diagnostics import Finding
from ipstrong.diagnostics.codes import rules as codes
from ipstrong.model.dataset import Bound, ValueStatus
from ipstrong.model.plan import Indicator, Nature
from ipstrong.model.unit import COUNTERS
from ipstrong.texts import Text

_COUNTED = frozenset((*COUNTERS, "人", "人次"))
"""Dimensions that come in ones."""
_SHARE_WORDS = ("占", "比重", "比例", "份额", "share", "proportion")
"""Words in an indicator's name that make a percentage a part of a whole."""
Range = tuple[Decimal | None, Decimal | None]
"""The least and the most a figure may be."""

_BARE = r"^[\s'’]*[-+(]?[\d,.\s]+[)%]?\s*$"
"""A text that is a number and nothing else."""
_NEAR = 1e-9
"""Relative distance from a bound below which exact decimals decide."""


_PEOPLE = "人"
_SCALED = 1000
"""Times by which a printed unit is larger than the plan's, and size of a figure, from which the two do not go together."""


def is_count(indicator: Indicator) -> bool:
    """Whether an indicator counts things one by one."""
    return indicator.nature in {Nature.STOCK, Nature.FLOW} and indicator.unit.dimension in _COUNTED


def is_share(indicator: Indicator) -> bool:
    """Whether an indicator is the part of a whole in percent, so that 100 is the most it can be."""
    if indicator.nature is not Nature.RATE or not indicator.unit.is_percent:
        return False
    names = (*indicator.name, *indicator.aliases)
    return indicator.ratio is not None or any(word in name.lower() for name in names for word in _SHARE_WORDS)


def check_text_numbers(panel: Panel) -> Iterable[Finding]:
    """Numbers that a workbook holds as text."""
    return findings_by_place(panel, codes.TEXT_NUMBER, _texts(panel).filter(pl.col("raw").str.contains(_BARE)))


def check_mixed_text(panel: Panel) -> Iterable[Finding]:
    """Numbers that share a cell with a unit or a remark; hedged ones have a rule of their own."""
    exact = pl.col("bound") == Bound.EXACT.value
    return findings_by_place(
        panel, codes.NUMBER_WITH_WORDS, _texts(panel).filter(~pl.col("raw").str.contains(_BARE), exact)
    )


def _texts(panel: Panel) -> pl.DataFrame:
    return panel.select(panel.has_remark("text_number"), ~panel.has_remark("full_width"))


def check_full_width(panel: Panel) -> Iterable[Finding]:
    """Digits in full-width characters."""
    cells = panel.select(panel.has_remark("full_width"), pl.col("value").is_not_null())
    return findings_by_place(panel, codes.FULL_WIDTH, cells)


_FAR = 49
"""Times apart from which a closer look pays; a little less than the fiftyfold that counts as a hundred."""


def check_magnitude(panel: Panel) -> Iterable[Finding]:
    """Figures 100 or 10,000 times off their neighbours: 万 next to ones, percents next to fractions."""
    times = (pl.col("amount") / pl.col("before_amount")).abs()
    if not panel.steps.select(((times >= _FAR) | (times <= 1 / _FAR)).any()).item():
        return ()
    ratio = (pl.col("amount") / pl.col("before_amount")).abs().log10()
    size = pl.when(ratio.abs().is_between(1.7, 2.3)).then(2).when(ratio.abs().is_between(3.7, 4.3)).then(4).otherwise(0)
    # Small whole numbers and changes of sign are what volatile figures do; a mistaken unit keeps digits and sign.
    smaller = pl.min_horizontal(pl.col("amount").abs(), pl.col("before_amount").abs())
    is_telling = (smaller >= 10) | (smaller != smaller.round())
    near = (
        (pl.col("order") - pl.col("before_order") <= 5) & (pl.col("amount") * pl.col("before_amount") > 0) & is_telling
    )
    step = pl.when(near.fill_null(value=False)).then(size * ratio.sign()).otherwise(0).fill_null(0).fill_nan(0)
    steps = panel.steps.with_columns(step.cast(pl.Int8).alias("step"))
    if (steps["step"] == 0).all():
        return ()
    linked = pl.col("before_number").is_not_null()
    after = pl.when(linked.shift(-1, fill_value=False)).then(pl.col("step").shift(-1)).otherwise(0)
    third_is_fine = linked.shift(-2, fill_value=False) & (pl.col("step").shift(-2) == 0)
    flagged = (
        steps.with_columns(after.alias("after"), third_is_fine.alias("third_is_fine"))
        # A spike goes there and back; the first of a series is off when what follows agrees among itself.
        .with_columns(((pl.col("step") != 0) & (pl.col("after") == -pl.col("step"))).alias("spike"))
        .with_columns(
            (~linked & (pl.col("after") != 0) & pl.col("third_is_fine")).alias("opening"),
            pl.col("spike").shift(fill_value=False).alias("spike_before"),
            pl.col("number").shift(-1).alias("after_number"),
        )
        .with_columns(pl.col("opening").shift(fill_value=False).alias("opening_before"))
        .filter(
            pl.col("opening")
            | ((pl.col("step") != 0) & ~(linked & (pl.col("spike_before") | pl.col("opening_before"))))
        )
        .with_columns(
            pl.when("opening").then(-pl.col("after")).otherwise(pl.col("step")).alias("step"),
            pl.when("opening").then(pl.col("after_number")).otherwise(pl.col("before_number")).alias("neighbour"),
        )
    )

    def params(row: Row) -> dict[str, object]:
        neighbour = other_cell(row)
        return {
            "region": panel.region_name(row["region"]),
            "neighbour": neighbour["raw"],
            "neighbour_place": short_place(neighbour, row),
            "factor": _FACTORS[row["step"]],
        }

    reported = panel.with_other(panel.whole(flagged), "neighbour")
    return findings_by_place(panel, codes.MAGNITUDE, reported, params, "label", "region")


_FACTORS = {
    2: Text("100 倍", "100 times"),
    4: Text("10,000 倍", "10,000 times"),
    -2: Text("1/100", "1/100 of"),
    -4: Text("1/10,000", "1/10,000 of"),
}


def _counts(panel: Panel) -> pl.DataFrame:
    """Return the figures of indicators that count, with `base`: the number of things."""
    figures = panel.figures
    scale = panel.spread(
        figures, "scale", lambda entry: float(entry.unit.factor) if is_count(entry) else None, pl.Float64
    )
    counts = figures.with_columns(scale).filter(pl.col("scale").is_not_null())
    return counts.with_columns((pl.col("amount") * pl.col("scale")).alias("base"))


def _count_params(panel: Panel, row: Row) -> dict[str, object]:
    return {"unit": panel.indicators[row["indicator"]].unit.dimension}


def check_scale(panel: Panel) -> Iterable[Finding]:
    """Whole numbers of 1,000 and more under a unit a thousand times the plan's: ones, most likely, whose unit is wrong.

    People are left out: populations are printed so.
    """
    counted = [entry.id for entry in panel.indicators.values() if is_count(entry) and entry.unit.dimension != _PEOPLE]
    figures = (pl.col("value").is_finite(), pl.col("value") != 0)  # zero is whole in every unit
    cells = panel.select(panel.of_indicators(counted), pl.col("factor") >= _SCALED, *figures)
    if cells.is_empty():
        return ()
    series = ("where", "label", "region", "unit")
    is_whole = (pl.col("value") == pl.col("value").round()) & (pl.col("value").abs() >= _SCALED)
    cells = cells.filter(is_whole.all().over(series))

    def params(row: Row) -> dict[str, object]:
        amount = f"{row['value'] * row['factor']:,.0f}"
        return {"unit": row["unit"], "amount": amount, "base": panel.indicators[row["indicator"]].unit.text}

    return findings_by_place(panel, codes.SCALE_OF_COUNT, cells, params, "label", "region")


def check_fractions(panel: Panel) -> Iterable[Finding]:
    """Decimals in the figures of indicators that count."""
    off = (pl.col("base") - pl.col("base").round()).abs()
    cells = panel.whole(_counts(panel).filter(off > 1e-6 + pl.col("base").abs() * 1e-12))
    return findings_by_place(
        panel, codes.FRACTION_OF_COUNT, cells, lambda row: _count_params(panel, row), "label", "indicator"
    )


def check_negative_counts(panel: Panel) -> Iterable[Finding]:
    """Counts below zero."""
    cells = panel.whole(_counts(panel).filter(pl.col("base") < 0))
    return findings_by_place(
        panel, codes.NEGATIVE_COUNT, cells, lambda row: _count_params(panel, row), "label", "indicator"
    )


def check_decimals(panel: Panel) -> Iterable[Finding]:
    """More decimals than the plan prints, except in counts, where they are an error of their own."""
    wanted = {
        entry.indicator: entry.decimals
        for entry in panel.checks.expectations
        if entry.decimals is not None and not is_count(panel.indicators[entry.indicator])
    }
    if not wanted:
        return ()
    figures = panel.figures
    scale = panel.spread(
        figures, "scale", lambda entry: 10.0 ** wanted[entry.id] if entry.id in wanted else None, pl.Float64
    )
    shifted = pl.col("amount") * pl.col("scale")
    off = (shifted - shifted.round()).abs()
    cells = panel.whole(figures.with_columns(scale).filter(off > 1e-6 + shifted.abs() * 1e-12))
    return findings_by_place(
        panel, codes.TOO_MANY_DECIMALS, cells, lambda row: {"decimals": wanted[row["indicator"]]}, "label", "indicator"
    )


def check_range(panel: Panel) -> Iterable[Finding]:
    """Figures outside the plan's range, both ends included."""
    ranges = {
        entry.indicator: (entry.minimum, entry.maximum)
        for entry in panel.checks.expectations
        if entry.minimum is not None or entry.maximum is not None
    }
    if not ranges:
        return ()
    cells = _beyond(panel, ranges)

    def params(row: Row) -> dict[str, object]:
        unit = panel.indicators[row["indicator"]].unit.text
        return {"region": panel.region_name(row["region"]), "range": _range_text(*ranges[row["indicator"]], unit)}

    return findings_by_place(panel, codes.OUT_OF_RANGE, cells, params, "label", "indicator")


def _range_text(minimum: Decimal | None, maximum: Decimal | None, unit: str) -> Text:
    """Return in words on which side of an open range, or outside which closed one, a figure lies."""
    if maximum is None:
        return Text(f"小于 {minimum} {unit}", f"is below {minimum} {unit}")
    if minimum is None:
        return Text(f"大于 {maximum} {unit}", f"is above {maximum} {unit}")
    return Text(f"不在 {minimum} 至 {maximum} {unit}之间", f"is not within {minimum} to {maximum} {unit}")


def check_shares(panel: Panel) -> Iterable[Finding]:
    """Shares of a whole above 100 %."""
    whole = Decimal(100)
    shares = {entry.id: (None, whole / entry.unit.factor) for entry in panel.indicators.values() if is_share(entry)}
    return findings_by_place(
        panel,
        codes.SHARE_ABOVE_100,
        _beyond(panel, shares),
        lambda row: {"region": panel.region_name(row["region"])},
        "label",
        "indicator",
    )


def _beyond(panel: Panel, ranges: Mapping[str, Range]) -> pl.DataFrame:
    """Return the cells outside the range of their indicator: doubles decide far from a bound, decimals near it."""
    figures = panel.figures
    least = panel.spread(figures, "least", lambda entry: _as_float(ranges.get(entry.id, _OPEN)[0]), pl.Float64)
    most = panel.spread(figures, "most", lambda entry: _as_float(ranges.get(entry.id, _OPEN)[1]), pl.Float64)
    below, above = pl.col("least") - pl.col("amount"), pl.col("amount") - pl.col("most")
    doubt = pl.max_horizontal(pl.col("amount").abs(), pl.lit(1e-300)) * _NEAR
    cells = panel.whole(figures.with_columns(least, most).filter((below > -doubt) | (above > -doubt)))
    if cells.is_empty():
        return cells
    certain = cells.select(((below > doubt) | (above > doubt)).fill_null(value=False)).to_series().to_list()
    keep = [
        sure or _is_beyond(exact_amount(row), *ranges[row["indicator"]])
        for sure, row in zip(certain, panel.read(cells).iter_rows(named=True), strict=True)
    ]
    return cells.filter(pl.Series(keep, dtype=pl.Boolean))


_OPEN: Range = (None, None)


def _as_float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _is_beyond(value: Decimal, least: Decimal | None, most: Decimal | None) -> bool:
    return (least is not None and value < least) or (most is not None and value > most)


def check_finite(panel: Panel) -> Iterable[Finding]:
    """NaN and infinity."""
    infinite = pl.col("value").is_not_null() & ~pl.col("value").is_finite()
    return findings_by_place(panel, codes.NOT_FINITE, panel.select(infinite | panel.has_remark("not_finite")))


def _judged(panel: Panel, condition: pl.Expr) -> pl.DataFrame:
    """Return the cells with a number that the plan asks about, or all with a number where there is no plan."""
    asked = pl.col("ind").is_not_null() if panel.plan else pl.lit(value=True)
    return panel.select(condition, pl.col("value").is_not_null(), asked)


def check_footnotes(panel: Panel) -> Iterable[Finding]:
    """Figures with a footnote mark or a comment in brackets."""
    return findings_by_place(panel, codes.FOOTNOTE, _judged(panel, panel.has_remark("footnote", "comment")))


_STATUS_TEXTS = {
    ValueStatus.PROVISIONAL.value: Text("初步数", "provisional figure"),
    ValueStatus.ESTIMATE.value: Text("估计数", "estimate"),
}


def check_status(panel: Panel) -> Iterable[Finding]:
    """Provisional figures and estimates."""
    cells = _judged(panel, pl.col("status").is_in(list(_STATUS_TEXTS)))
    return findings_by_place(
        panel, codes.NOT_FINAL, cells, lambda row: {"status": _STATUS_TEXTS[row["status"]]}, "status"
    )


def check_bounds(panel: Panel) -> Iterable[Finding]:
    """Figures that only say about, more than, or fewer than."""
    return findings_by_place(panel, codes.NOT_EXACT, _judged(panel, pl.col("bound") != Bound.EXACT.value))


_MARK_TEXTS = {
    "break": Text("口径变化", "break in the series"),
    "revised": Text("修订数", "revised figure"),
    "low_reliability": Text("可靠性低", "low reliability"),
}


def check_marks(panel: Panel) -> Iterator[Finding]:
    """Figures marked as revised, unreliable, or as the first of a new definition."""
    for remark, what in _MARK_TEXTS.items():
        params = {"what": what}
        cells = _judged(panel, panel.has_remark(remark))
        yield from findings_by_place(panel, codes.MARKED_BREAK, cells, params)
