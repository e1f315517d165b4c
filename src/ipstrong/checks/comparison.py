"""Two submissions compared: which figures were added, withdrawn, revised, and which verdicts changed.

Figures are the same if series, region and period are; where they are in the files does not matter. Values are compared
exactly, in the indicator's unit, with the interval that print allows: `13.05万` and `130512` agree, `13.05万` and `130600`
do not. Scorecards in JSON, as `check -o scorecard.json` writes them, are compared by the observations they carry; the data
files need not exist any more, but figures that no target used are in neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

import polars as pl

from ipstrong.checks.places import observe
from ipstrong.diagnostics import Finding, IpstrongError, Location, split_a1
from ipstrong.diagnostics.codes import run as codes
from ipstrong.model.comparison import ChangeKind, Comparison, FigureChange, VerdictChange
from ipstrong.model.dataset import Bound, Dataset, Observation, SourceFile, ValueStatus
from ipstrong.model.evaluation import CONTEXT
from ipstrong.model.period import Period, PeriodKind, parse_period
from ipstrong.model.result import Figure, Result, Scorecard, Status
from ipstrong.model.unit import parse_unit
from ipstrong.texts import Text

_KEY = ("series", "is_matched", "region", "period")
_Key = tuple[str, bool, str, str]
_Side = dict[_Key, list[Observation]]
_EXACT_DIGITS = 15


def compare_datasets(old: Dataset, new: Dataset) -> Comparison:
    """Return how the figures of `new` differ from those of `old`. Missing marks are no figures."""
    before, after = _figures(old.frame), _figures(new.frame)
    same = _plainly_equal(before, after)
    was, now = (_side(frame.join(same, on=list(_KEY), how="anti")) for frame in (before, after))
    changes, n_unchanged = _changes(was, now)
    return Comparison(old.files, new.files, changes, same.height + n_unchanged)


def compare_scorecards(comparison: Comparison, old: Scorecard, new: Scorecard) -> Comparison:
    """Return the comparison with the verdicts that changed between two scorecards of the same plan."""
    sides = ([_verdict_of(result) for result in scorecard.results] for scorecard in (old, new))
    return replace(comparison, verdicts=tuple(_verdict_changes(*sides)), plan=new.plan, as_of=new.as_of.isoformat())


def compare_documents(old: object, new: object, paths: tuple[str, str]) -> Comparison:
    """Return what changed between two scorecards in JSON.

    Args:
        old: The parsed JSON; numbers with a fraction as `Decimal` (`json.loads(text, parse_float=Decimal)`).
        new: Likewise.
        paths: How the user named the two files, for complaints.

    Raises:
        IpstrongError: one of them is no scorecard of a known format.
    """
    before, after = _checked(old, paths[0]), _checked(new, paths[1])
    try:
        changes, n_unchanged = _changes(_side_of(before), _side_of(after))
        days = dict.fromkeys((str(before["as_of"]), str(after["as_of"])))
        verdicts = _verdict_changes(*([_verdict_in(result) for result in each["results"]] for each in (before, after)))
        return Comparison(_files(before), _files(after), changes, n_unchanged, tuple(verdicts), as_of=" → ".join(days))
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise IpstrongError([Finding(codes.NOT_A_SCORECARD, Location(path)) for path in paths]) from error


# --- Figures of datasets ----------------------------------------------------------------------------------------------


def _figures(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the figures with their key and an approximate amount in the unit they are compared in."""
    texts = [name for name, kind in frame.schema.items() if not kind.is_numeric()]
    numbered = (
        frame.with_row_index("number").filter(pl.col("value").is_finite()).with_columns(pl.col(texts).cast(pl.String))
    )
    # Series that no indicator gives a unit are compared in the base unit of the printed one.
    units = numbered["unit"].drop_nulls().unique().to_list()
    known = {text: float(parsed.factor) for text in units if (parsed := parse_unit(text)) is not None}
    base = pl.col("unit").replace_strict(known, default=1.0, return_dtype=pl.Float64) if known else pl.lit(1.0)
    is_matched = pl.col("indicator").is_not_null()
    return numbered.with_columns(
        pl.coalesce("indicator", "label").alias("series"),
        is_matched.alias("is_matched"),
        pl.col("region").fill_null(""),
        pl.col("period").fill_null(""),
        (pl.col("value") * pl.when(is_matched).then(pl.col("factor")).otherwise(base)).alias("amount"),
    )


def _plainly_equal(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Return the keys of figures that are equal on both sides without exact arithmetic; nearly all, as a rule."""
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
    return joined.filter(
        *(pl.col(f"{name}_old").eq_missing(pl.col(f"{name}_new")) for name in compared),
        pl.col("n_old") + pl.col("n_new") == 2,
        pl.max_horizontal("long_old", "long_new").fill_null(0) <= _EXACT_DIGITS,
    ).select(_KEY)


def _side(frame: pl.DataFrame) -> _Side:
    found: _Side = {}
    for row in frame.iter_rows(named=True):
        found.setdefault((row["series"], row["is_matched"], row["region"], row["period"]), []).append(_observed(row))
    return found


def _observed(row: Mapping[str, Any]) -> Observation:
    """Return a row as an observation in the unit it is compared in."""
    seen = observe(row)
    if row["is_matched"]:
        return seen
    unit = parse_unit(row["unit"]) if row["unit"] else None
    if unit is None or unit.factor == 1:
        return seen._replace(indicator="")
    value, low, high = (
        CONTEXT.multiply(number, unit.factor) if number.is_finite() else number
        for number in (seen.value, seen.low, seen.high)
    )
    return seen._replace(indicator="", value=value, low=low, high=high)


# --- Figures of scorecards in JSON ------------------------------------------------------------------------------------

_FORMAT_VERSION = 1


def _checked(document: object, path: str) -> Mapping[str, Any]:
    is_one = isinstance(document, dict) and {"results", "as_of", "files"} <= set(document)
    if not is_one or not isinstance(document, dict) or document.get("format_version") != _FORMAT_VERSION:
        raise IpstrongError([Finding(codes.NOT_A_SCORECARD, Location(path))])
    return document


def _files(document: Mapping[str, Any]) -> tuple[SourceFile, ...]:
    return tuple(
        SourceFile(file["name"], file["sha256"], file["kind"], tuple(file["sheets"])) for file in document["files"]
    )


def _side_of(document: Mapping[str, Any]) -> _Side:
    """Return the observations of all results by what they are, each cell once."""
    found: _Side = {}
    for result in document["results"]:
        for source in result["sources"]:
            seen = _observation(source)
            same = found.setdefault((seen.indicator, True, seen.region, source["period"]), [])
            if seen not in same:
                same.append(seen)
    return found


def _observation(source: Mapping[str, Any]) -> Observation:
    value = _decimal(source["value"])
    assert value is not None
    low, high = _decimal(source["low"]), _decimal(source["high"])
    # `D7`, or `12:4` in a text file
    row, column = split_a1(source["cell"]) if source["sheet"] is not None else map(int, source["cell"].split(":"))
    return Observation(
        source["indicator"],
        source["region"],
        parse_period(source["period"]) or Period(PeriodKind.YEAR, 1),
        value,
        Decimal("-Infinity") if low is None else low,
        Decimal("Infinity") if high is None else high,
        ValueStatus(source["status"]),
        Bound(source["bound"]),
        source["file"],
        source["sheet"],
        row - 1,
        column - 1,
        source["raw"],
        source["raw_unit"],
        0,
    )


def _decimal(number: object) -> Decimal | None:
    if number is None:
        return None
    if isinstance(number, bool) or not isinstance(number, int | float | Decimal):
        raise TypeError(type(number))
    return Decimal(repr(number)) if isinstance(number, float) else Decimal(number)


# --- Changes of figures -----------------------------------------------------------------------------------------------


def _changes(was: _Side, now: _Side) -> tuple[tuple[FigureChange, ...], int]:
    """Return the changes by kind, worst first, then series, region and period; and how many figures did not change.

    A figure that is there twice on one side only is named where it comes first.
    """
    changes = [FigureChange(ChangeKind.REMOVED, *key, was[key][0], None, None, None) for key in was if key not in now]
    changes += [FigureChange(ChangeKind.ADDED, *key, None, now[key][0], None, None) for key in now if key not in was]
    common = [key for key in was if key in now]
    revised = [change for key in common if (change := _compare_figure(key, was[key], now[key])) is not None]
    return tuple(sorted((*changes, *revised), key=_sort_key)), len(common) - len(revised)


def _sort_key(change: FigureChange) -> tuple[object, ...]:
    period = parse_period(change.period)
    when = period.sort_key() if period is not None else ()
    return (tuple(ChangeKind).index(change.kind), change.series, change.region, when, change.period)


def _compare_figure(key: _Key, old: Sequence[Observation], new: Sequence[Observation]) -> FigureChange | None:
    """Return what became of a figure that both sides have, None if nothing did.

    Where it is there several times on a side, those that the other side has as well are set aside first.
    """
    left = [was for was in old if not any(_is_same(was, now) for now in new)]
    right = [now for now in new if not any(_is_same(was, now) for was in old)]
    was, now = (left or old)[0], (right or new)[0]
    if not agree(was, now):
        kind = ChangeKind.REVISED
    elif (was.value, was.low, was.high, was.bound) != (now.value, now.low, now.high, now.bound):
        kind = ChangeKind.REFINED
    elif was.status is not now.status:
        kind = ChangeKind.RESTATED
    else:
        return None
    change = CONTEXT.subtract(now.value, was.value)
    return FigureChange(kind, *key, was, now, change, change / was.value if was.value else None)


def _is_same(was: Observation, now: Observation) -> bool:
    return (was.value, was.low, was.high, was.status) == (now.value, now.low, now.high, now.status)


def agree(was: Observation, now: Observation) -> bool:
    """Return whether one true value could have been printed both ways; touching ends of intervals are not enough."""
    low, high = max(was.low, now.low), min(was.high, now.high)
    return low < high or (low == high and (was.is_exact or now.is_exact))


# --- Verdicts ---------------------------------------------------------------------------------------------------------


class _Verdict(NamedTuple):
    """What a scorecard says of a target and region."""

    target: str
    number: int
    name: Text
    region: str
    region_name: Text
    status: Status
    is_disputed: bool
    value: Decimal | None
    unit: str


def _verdict_of(result: Result) -> _Verdict:
    target = result.target
    value = result.latest.value if isinstance(result.latest, Figure) else None
    unit = target.unit.text if target.unit else ""
    places = (target.id, target.number, target.name, result.region, result.region_name)
    return _Verdict(*places, result.status, result.disputed, value, unit)


def _verdict_in(result: Mapping[str, Any]) -> _Verdict:
    """Return the verdict of a result in JSON."""
    return _Verdict(
        result["target"],
        result["number"],
        Text(result["name"]["zh"], result["name"]["en"]),
        result["region"],
        Text(result["region_name"]["zh"], result["region_name"]["en"]),
        Status(result["status"]),
        bool(result["disputed"]),
        _decimal(result["latest"]["value"]) if result["latest"] else None,
        result["unit"] or "",
    )


def _verdict_changes(old: Iterable[_Verdict], new: Iterable[_Verdict]) -> Iterator[VerdictChange]:
    """Yield the verdicts that changed, in the order of the new scorecard; those that are gone last."""
    before, after = ({(each.target, each.region): each for each in side} for side in (old, new))
    for key in (*after, *(key for key in before if key not in after)):
        was, now = before.get(key), after.get(key)
        known = now or was
        assert known is not None
        statuses = (was and was.status, now and now.status)
        disputed = (was is not None and was.is_disputed, now is not None and now.is_disputed)
        if statuses[0] is not statuses[1] or disputed[0] != disputed[1]:
            values = (was and was.value, now and now.value)
            yield VerdictChange(*known[:5], *statuses, *values, known.unit, *disputed)
