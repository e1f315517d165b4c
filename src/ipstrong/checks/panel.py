"""The dataset arranged for the rules: every cell with its series and the order of its period, as columns.

Rules run once over all files together, never file by file, and never touch a file: what only a reader can see is in the remarks
of a cell.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import polars as pl

from ipstrong.diagnostics import Location
from ipstrong.model.checks import NO_CHECKS, Checks
from ipstrong.model.dataset import COLUMNS, Bound, Dataset
from ipstrong.model.period import Period, PeriodKind, parse_period
from ipstrong.model.plan import Indicator, Plan, RegionKind
from ipstrong.model.validation import CrossCheck
from ipstrong.texts import Text, same

GRAINS = tuple(PeriodKind)
"""The number of a grain in the column `grain` is its place in this tuple."""

ROUNDING_NOISE = 1e-12
"""Relative error below which two binary fractions are the same decimal."""

_TEXT_COLUMNS = ("file", "sheet", "label", "region", "period", "unit", "bound", "status", "indicator", "raw", "remarks")
_NUMBER_TYPES: dict[str, Any] = {
    "row": pl.UInt32,
    "col": pl.UInt32,
    **dict.fromkeys(("value", "factor", "half_width"), pl.Float64),
}
MENTIONED = ("file", "sheet", "row", "col", "label", "period", "raw")
"""Columns of a cell that a finding at another cell mentions."""
_PERIODS_A_YEAR = {PeriodKind.HALF: 2, PeriodKind.QUARTER: 4, PeriodKind.MONTH: 12, PeriodKind.YTD: 12}


def grain_number(kind: PeriodKind) -> int:
    """Return the number by which the column `grain` calls this kind of period."""
    return GRAINS.index(kind)


def period_order(period: Period) -> int:
    """Return a number that grows by one from a period to the next of its grain."""
    if period.kind in _PERIODS_A_YEAR:
        return period.year * _PERIODS_A_YEAR[period.kind] + period.part - 1
    if period.kind is PeriodKind.DAY:
        return period.last_day.toordinal()
    return period.end or period.year


@dataclass
class Panel:
    """What a rule sees: the cells, what the plan expects of them, and the day of submission."""

    dataset: Dataset
    plan: Plan | None
    handed_in: dt.date | None = None
    cross_checks: tuple[CrossCheck, ...] = ()
    """Results of the declared cross-checks, for the rules that report them."""

    @property
    def checks(self) -> Checks:
        """What the plan's `checks` section declares; nothing without a plan."""
        return self.plan.checks if self.plan else NO_CHECKS

    @property
    def only_file(self) -> Location:
        """The file that was submitted; the run as a whole where there are several."""
        files = self.dataset.files
        return Location(files[0].path if len(files) == 1 else "")

    @property
    def home(self) -> str:
        """The plan's home region: figures that name no region belong to it."""
        return self.plan.home if self.plan else ""

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The plan's indicators by id."""
        return {entry.id: entry for entry in self.plan.indicators} if self.plan else {}

    def indicator_name(self, indicator: str | None, label: str) -> Text:
        """Return the plan's name of an indicator, or the label where the plan has none."""
        found = self.indicators.get(indicator or "")
        return found.name if found else same(label)

    def region_name(self, region: str) -> Text:
        """Return the plan's name of a region, or the name as written."""
        found = self.plan.region(region) if self.plan else None
        return found.name if found else same(region)

    def regions_of(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return the ids that region ids, region words (`home`, `nation`) and groups (`parts`, `peers`) mean."""
        if self.plan is None:
            return ()
        found: dict[str, None] = {}
        for word in words:
            found.update(dict.fromkeys(resolve_regions(self.plan, word)))
        return tuple(found)

    @cached_property
    def cells(self) -> pl.DataFrame:
        """Every cell of the dataset, in reading order, with numbers in place of names.

        In addition to the columns of `COLUMNS`: `number` (row number in the dataset's frame), `ind`, `reg`, `lab`, `per`, `rem`
        (indicator, region, label, period and remarks by number; see `regions`, `periods` and `remarks`), `where` (a
        sheet of a file), `series` (equal for cells of one series), and `grain`, `order` and `year` of the period. `ind` is
        null where nothing matched, `grain` where there is no period.
        """
        frame = self.dataset.frame
        if not frame.width:
            frame = pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String) | _NUMBER_TYPES)
        codes = self._codes
        periods = [parse_period(name) for name in codes["period"].names]
        numbers = codes["period"].numbers
        return frame.with_row_index("number").with_columns(
            _spread("grain", [period and grain_number(period.kind) for period in periods], numbers, pl.Int8),
            _spread("order", [period and period_order(period) for period in periods], numbers, pl.Int32),
            _spread("year", [period and (period.end or period.year) for period in periods], numbers, pl.Int32),
            *self._series_columns(frame),
            *(codes[name].numbers.alias(name[:3]) for name in ("region", "label", "period", "remarks")),
        )

    @cached_property
    def _codes(self) -> dict[str, _Codes]:
        frame = self.dataset.frame
        names = ("region", "label", "period", "remarks", "unit", "sheet", "file", "indicator")
        codes = {name: _codes(frame[name]) if frame.width else _Codes(_NO_NUMBERS, []) for name in names}
        codes["region"] = _renamed(codes["region"], "", self.home)
        return codes

    @cached_property
    def is_about_plan(self) -> bool:
        """Whether any figure is of the plan: where none is, that is the one thing to say, not each thing that is missing."""
        return bool(self.cells["ind"].is_not_null().any())

    @property
    def regions(self) -> list[str]:
        """The regions in the data, by their number in `reg`; cells without a region have the home region."""
        return self._codes["region"].names

    @property
    def periods(self) -> list[str]:
        """The periods in the data, by their number in `per`."""
        return self._codes["period"].names

    @property
    def remarks(self) -> list[str]:
        """The remarks on cells, joined by `;`, by their number in `rem`."""
        return self._codes["remarks"].names

    def region_numbers(self, keep: Callable[[str], bool]) -> list[int]:
        """Return the numbers of the regions in the data that `keep` accepts."""
        return [number for number, name in enumerate(self.regions) if keep(name)]

    def has_remark(self, *ids: str) -> pl.Expr:
        """Whether the reader left one of these remarks on a cell."""
        wanted = set(ids)
        return pl.col("rem").is_in(
            [number for number, text in enumerate(self.remarks) if wanted.intersection(text.split(";"))]
        )

    def of_indicators(self, ids: Iterable[str]) -> pl.Expr:
        """Whether a cell belongs to one of these indicators of the plan."""
        wanted = set(ids)
        return pl.col("ind").is_in([number for number, name in enumerate(self.indicators) if name in wanted])

    def of_regions(self, ids: Iterable[str]) -> pl.Expr:
        """Whether a cell belongs to one of these regions."""
        wanted = set(ids)
        return pl.col("reg").is_in(self.region_numbers(lambda name: name in wanted))

    def _series_columns(self, frame: pl.DataFrame) -> list[pl.Series]:
        """Number the series: a plan indicator for a region, else a label of a sheet for a region, in its unit."""
        codes = self._codes
        place = {name: number for number, name in enumerate(self.indicators)}
        known = [place.get(name) for name in codes["indicator"].names]
        matched = _spread("ind", known, codes["indicator"].numbers, pl.UInt32)
        other = pl.zeros(len(frame), pl.UInt64, eager=True)
        for name in ("region", "label", "unit", "sheet", "file"):
            other = other * max(1, len(codes[name].names)) + codes[name].numbers.cast(pl.UInt64)
        n_regions = max(1, len(self.regions))
        own = matched.cast(pl.UInt64) * n_regions + codes["region"].numbers.cast(pl.UInt64)
        series = own.fill_null(other + len(place) * n_regions)
        where = codes["file"].numbers * max(1, len(codes["sheet"].names)) + codes["sheet"].numbers
        return [series.alias("series"), matched, where.alias("where")]

    def read(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Return rows of `cells` with their names as plain text; only for the few that are reported."""
        named = [name for name in _TEXT_COLUMNS if cells.schema[name] != pl.String]
        return cells.with_columns(
            *(pl.col(name).cast(pl.String) for name in named if name != "region"),
            _spread("region", list(self.regions), cells["reg"], pl.String),
        )

    def select(self, *conditions: pl.Expr) -> pl.DataFrame:
        """Return the cells that meet all conditions, in reading order."""
        return self.cells.filter(*conditions)

    @cached_property
    def figures(self) -> pl.DataFrame:
        """The cells with a finite number that are checked, by series, grain and period, then in reading order.

        Under a plan only figures of its indicators are checked; without one, all. Only numbers, for comparing: `number`, `series`, `grain`, `order`, `year`, `ind`,
        `reg`, `lab`, `where`, `amount` (in the indicator's unit), and `low` and `high`, between which the true value lies as far as
        print tells. `whole` adds the rest.
        """
        amount = pl.col("value") * pl.col("factor")
        width = pl.col("half_width") * pl.col("factor")
        reach = pl.when(pl.col("bound") == Bound.ABOUT.value).then(width * 2).otherwise(width)
        checked = pl.col("ind").is_not_null() if self.plan else pl.lit(value=True)
        at_most, at_least = pl.col("bound") == Bound.AT_MOST.value, pl.col("bound") == Bound.AT_LEAST.value
        return (
            self.cells.lazy()
            .filter(pl.col("value").is_finite() & checked)
            .select(
                *("number", "series", "grain", "order", "year", "ind", "reg", "lab", "where"),
                amount.alias("amount"),
                pl.when(at_most).then(pl.lit(float("-inf"))).otherwise(amount - reach).alias("low"),
                pl.when(at_least).then(pl.lit(float("inf"))).otherwise(amount + reach).alias("high"),
            )
            .sort("series", "grain", "order", "number")
            .collect()
        )

    @cached_property
    def steps(self) -> pl.DataFrame:
        """The figures once a series and period, each with the one before it in the same series and grain.

        `before_number`, `before_amount` and so on are null for the first of a series. Periods are of one grain; spans and days are left out.
        """
        grains = [grain_number(kind) for kind in (PeriodKind.SPAN, PeriodKind.DAY)]
        once = self.figures.filter(pl.col("grain").is_not_null() & ~pl.col("grain").is_in(grains)).filter(
            ~same_as_before("series", "grain", "order")
        )
        return with_before(once, "series", "grain")

    def spread(self, frame: pl.DataFrame, name: str, value: Callable[[Indicator], Any], dtype: Any) -> pl.Series:  # noqa: ANN401 - a Polars type
        """Return a column for `frame` with a fact about each row's indicator; null where it has none."""
        return _spread(name, [value(entry) for entry in self.indicators.values()], frame["ind"], dtype)

    def whole(self, figures: pl.DataFrame) -> pl.DataFrame:
        """Return rows of `figures` with all columns of their cells, in reading order."""
        chosen = figures.sort("number")
        cells = self.cells[chosen["number"]]
        return cells.hstack([chosen[name] for name in chosen.columns if name not in cells.columns])

    def with_other(self, cells: pl.DataFrame, column: str) -> pl.DataFrame:
        """Add what is reported of the cells whose numbers are in `column`: `other_file`, `other_raw` and so on.

        All at once, for thousands of findings compare a cell with another one.
        """
        others = self.cells.select(pl.col(MENTIONED).gather(cells[column]).name.prefix("other_"))
        return cells.hstack(others.get_columns())


def same_as_before(*columns: str) -> pl.Expr:
    """Whether a row has the same values in these columns as the row above it; False in the first row."""
    same_values = pl.lit(value=True)
    for column in columns:
        same_values &= pl.col(column).eq_missing(pl.col(column).shift())
    return same_values & (pl.int_range(pl.len()) > 0)


_BEFORE = ("number", "amount", "low", "high", "order", "year", "lab", "where")


def with_before(frame: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """Set the figure before, within equal `keys`, next to every figure of a sorted frame."""
    linked = same_as_before(*keys)
    return frame.with_columns(pl.when(linked).then(pl.col(name).shift()).alias(f"before_{name}") for name in _BEFORE)


def resolve_regions(plan: Plan, word: str) -> tuple[str, ...]:
    """Return the ids of the regions that a region id, a region word or a group means; an id wins."""
    if plan.region(word) is not None:
        return (word,)
    kinds = {"parts": RegionKind.PART, "peers": RegionKind.PEER, "nation": RegionKind.NATION}
    if word == "home":
        return (plan.home,)
    if word in kinds:
        return tuple(region.id for region in plan.regions if region.kind is kinds[word])
    return (word,)


class _Codes(NamedTuple):
    """A column of names as numbers."""

    numbers: pl.Series
    """From 0, in order of appearance."""
    names: list[str]
    """What each number means; a null counts as an empty text."""


_NO_NUMBERS = pl.Series([], dtype=pl.UInt32)


def _codes(column: pl.Series) -> _Codes:
    """Number the texts of a column, whichever encoding a reader chose."""
    filled = column.cast(pl.String).fill_null("")
    names = filled.unique(maintain_order=True).to_list()
    return _Codes(filled.cast(pl.Enum(names)).to_physical().cast(pl.UInt32), names)


def _renamed(codes: _Codes, old: str, new: str) -> _Codes:
    """Return the codes with one name for two, where both are there."""
    if old not in codes.names or old == new:
        return codes
    place = codes.names.index(old)
    if new not in codes.names:
        return _Codes(codes.numbers, [new if name == old else name for name in codes.names])
    merged = codes.names.index(new)
    return _Codes(codes.numbers.replace(place, merged), codes.names)


def _spread(name: str, values: list[Any], codes: pl.Series, dtype: Any) -> pl.Series:  # noqa: ANN401 - a Polars type
    """Return one value for each code; null for a null code."""
    if not values:
        return pl.Series(name, [None] * len(codes), dtype=dtype)
    return pl.Series(name, values, dtype=dtype).gather(codes).alias(name)
