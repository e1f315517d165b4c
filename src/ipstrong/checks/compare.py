"""Two submissions held against each other: which figures were added, withdrawn, revised, and which verdicts changed.

Figures are the same when series, region and period are; where they stand does not matter. Values are compared exactly,
in the indicator's unit, with the interval that print allows: `13.05万` and `130512` agree, `13.05万` and `130600` do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import polars as pl

from ipstrong.checks.observations import CONTEXT, observe
from ipstrong.model.comparison import ChangeKind, Comparison, FigureChange, VerdictChange
from ipstrong.model.dataset import Dataset, Observation
from ipstrong.model.period import parse_period
from ipstrong.model.result import Figure, Result, Scorecard
from ipstrong.model.unit import parse_unit

_KEY = ("series", "is_matched", "region", "period")
_EXACT_DIGITS = 15
_Key = tuple[str, bool, str, str]
_ORDER = {kind: rank for rank, kind in enumerate(ChangeKind)}


def compare_datasets(old: Dataset, new: Dataset) -> Comparison:
    """Return how the figures of `new` differ from those of `old`. Missing marks are no figures."""
    before, after = _figures(old.frame), _figures(new.frame)
    keys = list(_KEY)
    removed = before.join(after, on=keys, how="anti")
    added = after.join(before, on=keys, how="anti")
    suspects = _suspects(before, after)
    n_common = before.select(keys).unique().join(after.select(keys).unique(), on=keys).height
    changes = [
        *_one_sided(ChangeKind.REMOVED, removed),
        *_one_sided(ChangeKind.ADDED, added),
    ]
    common = list(_two_sided(before, after, suspects))
    changes += common
    return Comparison(old.files, new.files, sort_changes(changes), n_common - len(common))


def sort_changes(changes: Iterable[FigureChange]) -> tuple[FigureChange, ...]:
    """Return the changes in the order of a comparison: by kind, worst first, then series, region and period."""
    return tuple(sorted(changes, key=_sort_key))


def _sort_key(change: FigureChange) -> tuple[object, ...]:
    period = parse_period(change.period)
    when = period.sort_key() if period is not None else ()
    return (_ORDER[change.kind], change.series, change.region, when, change.period)


# --- Frames ---------------------------------------------------------------------------------------------------------


def _figures(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the figures with their key and an approximate amount in the unit they are compared in."""
    texts = [name for name, kind in frame.schema.items() if not kind.is_numeric()]
    numbered = frame.with_row_index("number").filter(pl.col("value").is_finite())
    numbered = numbered.with_columns(pl.col(texts).cast(pl.String))
    is_matched = pl.col("indicator").is_not_null()
    return numbered.with_columns(
        pl.coalesce("indicator", "label").alias("series"),
        is_matched.alias("is_matched"),
        pl.col("region").fill_null(""),
        pl.col("period").fill_null(""),
        (pl.col("value") * pl.when(is_matched).then(pl.col("factor")).otherwise(_base_factors(numbered))).alias(
            "amount"
        ),
    )


def _base_factors(frame: pl.DataFrame) -> pl.Expr:
    """Return the factor from the printed unit to its base unit, for series that no indicator gives a unit."""
    units = frame["unit"].drop_nulls().unique().to_list()
    known = {text: float(parsed.factor) for text in units if (parsed := parse_unit(text)) is not None}
    return pl.col("unit").replace_strict(known, default=1.0, return_dtype=pl.Float64) if known else pl.lit(1.0)


def _suspects(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Return the keys on both sides that exact arithmetic must look at: all that are not plainly equal."""
    compared = ("amount", "half_width", "bound", "status", "unit")
    sides = [
        frame.group_by(_KEY).agg(
            pl.len().alias(f"n_{side}"),
            *(pl.col(name).first().alias(f"{name}_{side}") for name in compared),
            pl.col("raw").str.len_chars().max().alias(f"long_{side}"),
        )
        for frame, side in ((before, "old"), (after, "new"))
    ]
    joined = sides[0].join(sides[1], on=list(_KEY))
    differ = [pl.col(f"{name}_old").ne_missing(pl.col(f"{name}_new")) for name in compared]
    return joined.filter(
        pl.any_horizontal(*differ)
        | (pl.col("n_old") + pl.col("n_new") > 2)
        | (pl.max_horizontal("long_old", "long_new") > _EXACT_DIGITS)
    ).select(_KEY)


def _observed(row: Mapping[str, Any]) -> Observation:
    """Return a row as an observation in the unit it is compared in."""
    seen = observe(row)
    if row["is_matched"]:
        return seen
    unit = parse_unit(row["unit"]) if row["unit"] else None
    if unit is None or unit.factor == 1:
        return seen._replace(indicator="")
    value, low, high = (_times(number, unit.factor) for number in (seen.value, seen.low, seen.high))
    return seen._replace(indicator="", value=value, low=low, high=high)


def _times(number: Decimal, factor: Decimal) -> Decimal:
    return number if not number.is_finite() else CONTEXT.multiply(number, factor)


def _key(row: Mapping[str, Any]) -> _Key:
    return (row["series"], row["is_matched"], row["region"], row["period"])


def _one_sided(kind: ChangeKind, frame: pl.DataFrame) -> Iterator[FigureChange]:
    """Yield one change a key; a figure that stands twice is named where it stands first."""
    firsts = frame.unique(subset=list(_KEY), keep="first", maintain_order=True)
    for row in firsts.iter_rows(named=True):
        seen = _observed(row)
        old, new = (seen, None) if kind is ChangeKind.REMOVED else (None, seen)
        yield FigureChange(kind, *_key(row), old, new, None, None)


def _two_sided(before: pl.DataFrame, after: pl.DataFrame, keys: pl.DataFrame) -> Iterator[FigureChange]:
    sides: list[dict[_Key, list[Observation]]] = []
    for frame in (before, after):
        grouped: dict[_Key, list[Observation]] = {}
        for row in frame.join(keys, on=list(_KEY), how="semi").iter_rows(named=True):
            grouped.setdefault(_key(row), []).append(_observed(row))
        sides.append(grouped)
    for key, old in sides[0].items():
        change = compare_figure(key, old, sides[1][key])
        if change is not None:
            yield change


# --- One figure -------------------------------------------------------------------------------------------------------


def compare_figure(key: _Key, old: Sequence[Observation], new: Sequence[Observation]) -> FigureChange | None:
    """Return what became of a figure that both sides have, None where nothing did.

    Where it stands several times on a side, those that the other side has as well are set aside first.
    """
    was, now = _unpaired(old, new)
    if agree(was, now):
        if (was.value, was.low, was.high, was.bound) != (now.value, now.low, now.high, now.bound):
            kind = ChangeKind.REFINED
        elif was.status is not now.status:
            kind = ChangeKind.RESTATED
        else:
            return None
    else:
        kind = ChangeKind.REVISED
    change = CONTEXT.subtract(now.value, was.value)
    return FigureChange(kind, *key, was, now, change, change / was.value if was.value else None)


def _unpaired(old: Sequence[Observation], new: Sequence[Observation]) -> tuple[Observation, Observation]:
    left = [was for was in old if not any(_is_same(was, now) for now in new)]
    right = [now for now in new if not any(_is_same(was, now) for was in old)]
    return (left or old)[0], (right or new)[0]


def _is_same(was: Observation, now: Observation) -> bool:
    return (was.value, was.low, was.high, was.status) == (now.value, now.low, now.high, now.status)


def agree(was: Observation, now: Observation) -> bool:
    """Return whether one true value could have been printed both ways; touching ends of intervals are not enough."""
    low, high = max(was.low, now.low), min(was.high, now.high)
    return low < high or (low == high and (was.is_exact or now.is_exact))


# --- Verdicts ---------------------------------------------------------------------------------------------------------


def compare_scorecards(comparison: Comparison, old: Scorecard, new: Scorecard) -> Comparison:
    """Return the comparison with the verdicts that changed between two scorecards of the same plan."""
    before = {(result.target.id, result.region): result for result in old.results}
    after = {(result.target.id, result.region): result for result in new.results}
    pairs = [(before.get(key), result) for key, result in after.items()]
    gone = [(result, None) for key, result in before.items() if key not in after]
    found = [change for was, now in (*pairs, *gone) if (change := _verdict(was, now)) is not None]
    return replace(comparison, verdicts=tuple(found), plan=new.plan, as_of=new.as_of.isoformat())


def _verdict(was: Result | None, now: Result | None) -> VerdictChange | None:
    known = now or was
    assert known is not None
    old, new = (result.status if result else None for result in (was, now))
    disputed = tuple(result is not None and result.disputed for result in (was, now))
    if old is new and disputed[0] == disputed[1]:
        return None
    target = known.target
    return VerdictChange(
        target.id,
        target.number,
        target.name,
        known.region,
        known.region_name,
        old,
        new,
        _value(was),
        _value(now),
        target.unit.text if target.unit else "",
        *disputed,
    )


def _value(result: Result | None) -> Decimal | None:
    return result.latest.value if result is not None and isinstance(result.latest, Figure) else None
