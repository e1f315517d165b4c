"""Extracted cells to the dataset: indicators and units by name, the home region, duplicates, a summary of each series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import polars as pl

from ipstrong.diagnostics import Code, Finding, Location, Severity
from ipstrong.diagnostics.codes import matching as codes
from ipstrong.model.dataset import COLUMNS, Dataset, Series, SourceFile
from ipstrong.model.period import parse_period
from ipstrong.model.plan import Indicator, Plan
from ipstrong.model.unit import Unit, conversion
from ipstrong.observations.matching import Head, IndicatorNames, fitting
from ipstrong.observations.names import Names
from ipstrong.texts import Text, listed, same
from ipstrong.values.cell_series import BOUND, STATUS

NO_INDICATOR = 2**32 - 1
"""Stands for no indicator where those of a plan are numbered."""

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "file": pl.Categorical,
    "sheet": pl.Categorical,
    "row": pl.UInt32,
    "col": pl.UInt32,
    "label": pl.Categorical,
    "region": pl.Categorical,
    "period": pl.Categorical,
    "value": pl.Float64,
    "unit": pl.Categorical,
    "factor": pl.Float64,
    "half_width": pl.Float64,
    "bound": BOUND,
    "status": STATUS,
    "indicator": pl.Categorical,
    "raw": pl.String,
    "remarks": pl.Categorical,
}
"""Type of every column of `COLUMNS`, in its order."""
if tuple(SCHEMA) != COLUMNS:  # the contract of the model, kept in step at import
    raise AssertionError("SCHEMA and COLUMNS differ")
_NEAR = 75.0
"""Likeness from which an unmatched label is reported with the nearest indicator."""
_LIKELY = 88.0
"""Likeness from which it is probably a misspelt one, which is a warning."""


@dataclass(slots=True)
class _Pair:
    """A series label in a unit: what is matched and converted as one."""

    head: int
    unit: int
    n_values: int
    largest: float | None
    row: int
    col: int
    indicator: Indicator | None = None
    factor: float = 1.0
    nearest: str | None = None


@dataclass(slots=True)
class _Matcher:
    """Settles indicators and factors, and says what could not be settled."""

    names: Names
    plan: Plan
    known: IndicatorNames
    findings: list[Finding] = field(default_factory=list)
    unmatched: dict[Head, list[_Pair]] = field(default_factory=lambda: defaultdict(list))
    by_part: dict[tuple[int, str], list[tuple[_Pair, str, Indicator]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """Series matched by a part of their label, by table and by what was left out."""

    def settle(self, pairs: Iterable[_Pair]) -> None:
        """Match and convert every pair, then report what is unmatched once a label."""
        heads = self.names.heads.names
        settled: dict[tuple[str, int], tuple[Indicator, float]] = {}
        for pair in pairs:
            label = heads[pair.head].head.label
            known = settled.get((label, pair.unit))
            if known is not None:  # as in each copy of a form
                pair.indicator, pair.factor = known
                continue
            self._settle(pair)
            if pair.unit and pair.indicator is not None and self.known.is_name(label):
                settled[label, pair.unit] = pair.indicator, pair.factor
        self._report_unmatched()
        for (_, group), matched in self.by_part.items():
            pair, part, indicator = matched[0]
            count = len({other.head for other, _, _ in matched})
            self._say(codes.HEADING_IGNORED, pair, part=part, indicator=indicator.name, group=group, count=count)

    def _settle(self, pair: _Pair) -> None:
        series = self.names.heads.names[pair.head]
        printed = self.names.units.names[pair.unit]
        match = self.known.match(series.head)
        unit = self.known.unit(printed) if printed else None
        if not match.indicators:
            found = self.known.nearest(series.head)
            pair.nearest = found[0].name.zh if found else None
            self.unmatched[series.head].append(pair)
            return
        if printed and unit is None:
            self._say(codes.UNIT_UNKNOWN, pair, unit=printed, expected=_unit_text(match.indicators[0]))
            return
        fit = fitting(match.indicators, unit)
        if not fit:
            first = match.indicators[0]
            self._say(codes.UNIT_MISMATCH, pair, unit=printed, indicator=first.name, expected=_unit_text(first))
        elif len(fit) > 1:
            self._say(codes.LABEL_AMBIGUOUS, pair, indicators=listed([indicator.name for indicator in fit]))
        else:
            self._use(pair, fit[0], unit, match.part)

    def _use(self, pair: _Pair, indicator: Indicator, unit: Unit | None, part: str | None) -> None:
        pair.indicator = indicator
        if unit is not None:
            pair.factor = float(conversion(unit, indicator.unit) or Decimal(1))
        elif pair.n_values and indicator.unit.dimension:
            count = pair.n_values
            if indicator.unit.is_percent and pair.largest is not None and 0 < pair.largest <= 1:
                self._say(codes.FRACTION_OR_PERCENT, pair)
            else:
                self._say(codes.UNIT_ASSUMED, pair, expected=_unit_text(indicator), count=count)
        if part is not None:
            series = self.names.heads.names[pair.head]
            group = " ".join(other for other in series.head.parts if other != part) or series.head.label
            self.by_part[series.table, group].append((pair, part, indicator))

    def _say(self, code: Code, pair: _Pair, **params: object) -> None:
        label = self.names.heads.names[pair.head].head.label
        self.findings.append(Finding(code, self._place(pair), {"label": label, **params}))

    def _place(self, pair: _Pair) -> Location:
        return self.names.tables[self.names.heads.names[pair.head].table].place(pair.row, pair.col)

    def _report_unmatched(self) -> None:
        """Tell near misses one by one, and all that is far from the plan together, once a file."""
        far: dict[str, list[tuple[str, _Pair]]] = defaultdict(list)
        for head, pairs in self.unmatched.items():
            label, first = head.label, pairs[0]
            found = self.known.nearest(head)
            if found is not None and found[1] >= _NEAR:
                name = found[0].name
                nearest = Text(f"，最接近“{name.zh}”", f"; the nearest is '{name.en}'")
                count = sum(pair.n_values for pair in pairs)
                severity = None if found[1] >= _LIKELY else Severity.NOTE
                params = {"label": label, "nearest": nearest, "count": count}
                self.findings.append(Finding(codes.UNMATCHED, self._place(first), params, severity))
            else:
                far[self.names.tables[self.names.heads.names[first.head].table].file].append((label, first))
        for labels in far.values():
            label, first = labels[0]
            self.findings.append(
                Finding(codes.UNMATCHED_FAR, self._place(first), {"label": label, "count": len(labels)})
            )


def _unit_text(indicator: Indicator) -> str:
    return indicator.unit.text or "1"


def assemble(
    cells: pl.DataFrame,
    names: Names,
    plan: Plan | None,
    files: Sequence[SourceFile],
    findings: list[Finding],
    region_names: Mapping[str, str],
) -> Dataset:
    """Return the dataset of all gathered cells.

    Args:
        cells: Columns of `extraction.CELLS`.
        names: What the numbers in them mean.
        plan: The plan to match to; None matches nothing.
        files: The files that were read.
        findings: What was found on the way; added to.
        region_names: Plan region id to the name by which findings call it.
    """
    if cells.is_empty():
        return Dataset(pl.DataFrame(schema=SCHEMA), tuple(files), (), tuple(findings))
    pairs = _pairs(cells)
    if plan is not None:
        matcher = _Matcher(names, plan, IndicatorNames(plan))
        matcher.settle(pairs.values())
        findings.extend(matcher.findings)
        findings.extend(_nothing_matched(cells, names, pairs))
    cells = _with_indicators(cells, pairs, plan)
    if plan is not None:
        cells, assumed = _at_home(cells, names, plan)
        findings.extend(assumed)
    findings.extend(_duplicates(cells, names, region_names))
    series = _series(cells, names, pairs, plan)
    return Dataset(_finished(cells, names, plan), tuple(files), series, tuple(findings))


def _pairs(cells: pl.DataFrame) -> dict[tuple[int, int], _Pair]:
    """Return every label with every unit it is printed in, with its first place."""
    # One key is grouped by in half the time of two.
    found = (
        cells.lazy()
        .group_by((pl.col("head").cast(pl.UInt64) * 2**32 + pl.col("unit")).alias("key"), maintain_order=True)
        .agg(
            pl.col("head").first(),
            pl.col("unit").first(),
            pl.col("value").count().alias("n_values"),
            pl.col("value").abs().max().alias("largest"),
            pl.col("row").first(),
            pl.col("col").first(),
        )
        .drop("key")
        .collect()
    )
    pairs = {(row[0], row[1]): _Pair(*row) for row in found.iter_rows()}
    with_values = {head for (head, _), pair in pairs.items() if pair.n_values}
    return {key: pair for key, pair in pairs.items() if pair.n_values or pair.head not in with_values or key[1] == 0}


def _with_indicators(cells: pl.DataFrame, pairs: dict[tuple[int, int], _Pair], plan: Plan | None) -> pl.DataFrame:
    """Add the number of the indicator in the plan (`NO_INDICATOR` for none) and the factor into its unit."""
    number = {indicator.id: index for index, indicator in enumerate(plan.indicators)} if plan is not None else {}
    settled = [pair for pair in pairs.values() if pair.indicator is not None]
    table = pl.DataFrame(
        {
            "head": [pair.head for pair in settled],
            "unit": [pair.unit for pair in settled],
            "indicator": [number[pair.indicator.id] for pair in settled if pair.indicator],
            "factor": [pair.factor for pair in settled],
        },
        schema={"head": pl.UInt32, "unit": pl.UInt32, "indicator": pl.UInt32, "factor": pl.Float64},
    )
    joined = cells.join(table, on=["head", "unit"], how="left", maintain_order="left")
    return joined.with_columns(pl.col("indicator").fill_null(NO_INDICATOR), pl.col("factor").fill_null(1.0))


def _nothing_matched(cells: pl.DataFrame, names: Names, pairs: dict[tuple[int, int], _Pair]) -> list[Finding]:
    """Return an error when no series of the whole run matches the plan."""
    if any(pair.indicator for pair in pairs.values()):
        return []
    labels = list(dict.fromkeys(names.heads.names[pair.head].head.label for pair in pairs.values()))
    shown = listed([same(label) for label in labels[:5]])
    if len(labels) > 5:
        shown = Text(f"{shown.zh}等{len(labels)}个", f"{shown.en} and {len(labels) - 5} more")
    count = cells["value"].count()
    files = {table.file for table in names.tables}
    return [
        Finding(codes.NOTHING_MATCHED, Location(file), {"count": count, "labels": shown}) for file in sorted(files)[:1]
    ]


def _series(
    cells: pl.DataFrame, names: Names, pairs: dict[tuple[int, int], _Pair], plan: Plan | None
) -> tuple[Series, ...]:
    """Return one summary for every label and region of a table."""
    order = _period_order(names.periods.names)
    rank = pl.Series("rank", order, dtype=pl.UInt32)[cells["period"]]
    summed = (
        cells.lazy()
        .with_columns(rank)
        .group_by("head", "region", maintain_order=True)
        .agg(
            pl.col("unit").first(),
            pl.col("indicator").first(),
            pl.col("row").min().alias("top"),
            pl.col("row").max().alias("bottom"),
            pl.col("col").min().alias("left"),
            pl.col("col").max().alias("right"),
            pl.col("rank").filter(pl.col("period") != 0).min().alias("start"),
            pl.col("rank").max().alias("end"),
            pl.col("value").count().alias("n_values"),
            pl.len().alias("n"),
        )
        .collect()
    )
    by_rank = {rank: name for name, rank in zip(names.periods.names, order, strict=True)}
    ids = [indicator.id for indicator in plan.indicators] if plan else []
    found: list[Series] = []
    for head, region, unit, indicator, top, bottom, left, right, start, end, n_values, n in summed.iter_rows():
        series = names.heads.names[head]
        table = names.tables[series.table]
        pair = pairs.get((head, unit))
        found.append(
            Series(
                table.file,
                table.sheet,
                series.head.label,
                names.regions.names[region],
                names.units.names[unit] or None,
                table.span(top, left, bottom, right),
                "" if start is None else by_rank[start],
                by_rank[end],
                n_values,
                n - n_values,
                ids[indicator] if indicator != NO_INDICATOR else None,
                pair.nearest if pair else None,
                table.layout,
            )
        )
    return tuple(found)


def _period_order(names: Sequence[str]) -> list[int]:
    """Return the rank of every period in time; unknown periods come first."""
    keys = []
    for name in names:
        period = parse_period(name)
        keys.append((period is not None, period.sort_key() if period is not None else None))
    ranks = sorted(range(len(names)), key=lambda index: (keys[index][0], keys[index][1] or (), names[index]))
    order = [0] * len(names)
    for rank, index in enumerate(ranks):
        order[index] = rank
    return order


def _finished(cells: pl.DataFrame, names: Names, plan: Plan | None) -> pl.DataFrame:
    """Return the frame with names for numbers."""
    heads = names.heads.names
    files = [names.tables[head.table].file for head in heads]
    sheets = [names.tables[head.table].sheet for head in heads]
    labels = [head.head.label for head in heads]
    units = [None, *names.units.names[1:]]
    ids: list[str | None] = [indicator.id for indicator in plan.indicators] if plan else []
    number = cells["indicator"]
    numbered = number.set(number == NO_INDICATOR, len(ids)) if len(number) else number
    columns = {
        "file": _named(files, cells["head"]),
        "sheet": _named(sheets, cells["head"]),
        "row": cells["row"],
        "col": cells["col"],
        "label": _named(labels, cells["head"]),
        "region": _named(names.regions.names, cells["region"]),
        "period": _named(names.periods.names, cells["period"]),
        "value": cells["value"],
        "unit": _named(units, cells["unit"]),
        "factor": cells["factor"],
        "half_width": cells["half_width"],
        "bound": cells["bound"],
        "status": cells["status"],
        "indicator": _named([*ids, None], numbered),
        "raw": cells["raw"],
        "remarks": cells["remarks"],
    }
    return pl.DataFrame(columns, schema=SCHEMA)


def _named(names: Sequence[str | None], numbers: pl.Series) -> pl.Series:
    distinct = set(names)
    if len(distinct) == 1:
        return pl.Series([*distinct], dtype=pl.Categorical).new_from_index(0, len(numbers))
    return pl.Series(names, dtype=pl.Categorical)[numbers]


_NOWHERE = 0
"""The number of no region in `Names.regions`."""


def _at_home(cells: pl.DataFrame, names: Names, plan: Plan) -> tuple[pl.DataFrame, list[Finding]]:
    """Return cells in which every figure of the plan has a region, and a note for each file that names none.

    In a table that names regions, a figure without one is its total, which goes without saying. Figures that the plan does
    not know keep no region.

    Args:
        cells: Columns of `extraction.CELLS`, and the number of the indicator.
        names: What the numbers in them mean; the home region is added.
        plan: Whose home region is meant.
    """
    is_nowhere = (cells["region"] == _NOWHERE) & (cells["indicator"] != NO_INDICATOR)
    if not is_nowhere.any():
        return cells, []
    home = names.regions.number(plan.home)
    region = cells["region"].set(is_nowhere, home)
    return cells.with_columns(region), _notes(cells, is_nowhere, names, plan)


def _notes(cells: pl.DataFrame, is_nowhere: pl.Series, names: Names, plan: Plan) -> list[Finding]:
    table = pl.Series([head.table for head in names.heads.names], dtype=pl.UInt32).gather(cells["head"])
    elsewhere = table.filter(cells["region"] != _NOWHERE).unique()
    reported = is_nowhere & ~table.is_in(elsewhere.implode()) & cells["value"].is_not_null()
    numbers = {file: number for number, file in enumerate(dict.fromkeys(info.file for info in names.tables))}
    file = pl.Series([numbers[info.file] for info in names.tables], dtype=pl.UInt32).gather(table)
    found = (
        pl.DataFrame({"file": file, "table": table, "row": cells["row"], "col": cells["col"]})
        .filter(reported)
        .group_by("file", maintain_order=True)
        .agg(pl.col("table", "row", "col").first(), pl.len())
    )
    home = next(region.name for region in plan.regions if region.id == plan.home)
    return [
        Finding(codes.REGION_ASSUMED, names.tables[number].place(row, col), {"home": home, "count": count})
        for _, number, row, col, count in found.iter_rows()
    ]


def _duplicates(cells: pl.DataFrame, names: Names, region_names: Mapping[str, str]) -> list[Finding]:
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
    tables = (names.tables[names.heads.names[cell["head"]].table] for cell in (here, first))
    where, origin = (table.place(cell["row"], cell["col"]) for table, cell in zip(tables, (here, first), strict=True))
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


def _short(place: Location) -> str:
    """Return a place inside its file."""
    return f"{place.sheet}!{place.cell}" if place.cell else f"{place.line}:{place.column}"
