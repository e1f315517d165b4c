"""Rules about what a submission is made of: tables, sheets, regions, periods, required figures, merged cells, and its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

import polars as pl

from ipstrong.checks.panel import Panel, grain_number
from ipstrong.checks.places import NOTHING, Row, findings_by_place, place_of
from ipstrong.diagnostics import Finding, Location, Severity
from ipstrong.diagnostics.codes import rules as codes
from ipstrong.diagnostics.codes import series as series_codes
from ipstrong.diagnostics.suggest import suggestion
from ipstrong.model.dataset import ValueStatus
from ipstrong.model.period import PeriodKind, parse_period
from ipstrong.model.plan import RegionKind
from ipstrong.texts import Text

TOTAL_WORDS = frozenset(
    ("合计", "总计", "小计", "总和", "汇总", "合計", "總計", "小計", "total", "totals", "subtotal", "grandtotal", "sum")
)
"""Names, without blanks and in lower case, that say that a row is the sum of others."""

_FEWEST_PARTS = 3
"""A row counts as the sum of the others from this many others on: two figures may be equal by chance."""
_MOST_NAMES = 8


def join(names: Sequence[str]) -> Text:
    """Return names in a row, the first eight of them."""
    shown = names[:_MOST_NAMES]
    if len(names) <= _MOST_NAMES:
        return Text("、".join(shown), ", ".join(shown))
    return Text(f"{'、'.join(shown)}等 {len(names)} 个", f"{', '.join(shown)} and so on, {len(names)} in all")


def check_no_table(panel: Panel) -> Iterator[Finding]:
    """A file from which nothing was read, and of which no reader said why."""
    read = set(panel.cells["file"].unique().cast(pl.String))
    explained = {finding.location.path for finding in panel.dataset.findings if finding.severity is Severity.ERROR}
    for file in panel.dataset.files:
        if file.path not in read and file.path not in explained:
            yield Finding(codes.NO_TABLE, Location(file.path))


def check_sheets(panel: Panel) -> Iterator[Finding]:
    """Sheets that every workbook must have."""
    for file in panel.dataset.files:
        present = [*file.sheets, *(name for name, _ in file.skipped_sheets)]
        if file.delimiter is not None or not present:
            continue  # no workbook
        for sheet in panel.checks.sheets:
            if sheet not in present:
                params = {"sheet": sheet, "present": join(present), "nearest": suggestion(sheet, present)}
                yield Finding(codes.SHEET_MISSING, Location(file.path), params)


def check_regions(panel: Panel) -> Iterator[Finding]:
    """Regions that the plan does not name, among the figures of its indicators."""
    if panel.plan is None:
        return
    known = {region.id for region in panel.plan.regions} | {"", *_totals(panel)}
    unknown = panel.region_numbers(lambda name: name not in known)
    cells = panel.select(pl.col("ind").is_not_null(), pl.col("reg").is_in(unknown))
    if cells.is_empty():
        return
    sheets = cells.group_by("where", maintain_order=True).agg(pl.col("reg").unique(maintain_order=True))
    regions = {where: [panel.regions[number] for number in numbers] for where, numbers in sheets.iter_rows()}
    crowded = pl.col("where").is_in([where for where, names in regions.items() if len(names) > _MOST_NAMES])
    names = [name for region in panel.plan.regions for name in (*region.name, *region.aliases)]

    def all_of_sheet(row: Row) -> dict[str, object]:
        return {"region": join(regions[row["where"]]), "nearest": NOTHING}

    yield from findings_by_place(panel, codes.REGION_UNKNOWN, cells.filter(crowded), all_of_sheet, together=True)
    yield from findings_by_place(
        panel,
        codes.REGION_UNKNOWN,
        cells.filter(~crowded),
        lambda row: {"region": row["region"], "nearest": suggestion(row["region"], names)},
        "region",
    )


def check_periods(panel: Panel) -> Iterable[Finding]:
    """Periods outside the years of the plan."""
    first, last = panel.checks.years.first, panel.checks.years.last
    if first is None and last is None:
        return ()
    outside = ~pl.col("year").is_between(first or 0, last or 9999)
    cells = panel.select(pl.col("ind").is_not_null(), outside)
    shown = {"first": "…" if first is None else first, "last": "…" if last is None else last}
    return findings_by_place(panel, codes.PERIOD_OUT_OF_PLAN, cells, shown, "period")


def check_required_indicators(panel: Panel) -> Iterator[Finding]:
    """Required indicators of which there is not one yearly figure: one finding each, of the gravest severity asked for."""
    for key, years, is_absent in _gaps(panel) if panel.is_about_plan else ():
        if is_absent:
            severity = min(years.values(), key=_GRAVEST.index)
            params = _gap_params(panel, key, years)
            yield Finding(codes.REQUIRED_INDICATOR, panel.only_file, params, severity_override=severity)


def check_required_years(panel: Panel) -> Iterator[Finding]:
    """Required years that lack a figure, where other years have one: one finding for each severity."""
    for key, asked, is_absent in _gaps(panel):
        series = panel.select(panel.of_indicators(key[:1]), panel.of_regions(key[1:]))
        for severity in () if is_absent else _GRAVEST:
            years = [year for year, grave in asked.items() if grave is severity]
            if not years:
                continue
            is_blank = ~pl.col("value").is_finite().fill_null(value=False)
            blank = series.filter(pl.col("grain") == _YEARLY, pl.col("year").is_in(years), is_blank)
            marks = list(panel.read(blank).iter_rows(named=True))
            location, cell = panel.only_file, NOTHING
            for row in panel.read(series.head(1)).iter_rows(named=True):  # the sheet that holds the other years
                location = Location(row["file"], sheet=row["sheet"])
            if marks:
                location = place_of(marks[0])
                raw = marks[0]["raw"]
                cell = Text("：单元格为空", ": the cell is blank")
                cell = Text(f"：单元格为“{raw}”", f": the cell holds '{raw}'") if raw else cell
            related = tuple(place_of(mark) for mark in marks[1:])
            params = _gap_params(panel, key, years) | {"cell": cell}
            yield Finding(codes.REQUIRED_YEAR, location, params, severity_override=severity, related=related)


_GRAVEST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_YEARLY = grain_number(PeriodKind.YEAR)


def _gap_params(panel: Panel, key: tuple[str, str], years: Iterable[int]) -> dict[str, object]:
    indicator, region = key
    return {
        "indicator": panel.indicator_name(indicator, indicator),
        "region": panel.region_name(region),
        "series": indicator,
        "years": join([str(year) for year in sorted(years)]),
    }


def _gaps(panel: Panel) -> list[tuple[tuple[str, str], dict[int, Severity], bool]]:
    """Return what is missing, in the order of the plan's lists.

    That is the indicator and region, the years without a figure with the gravest severity that the plan gives them, and whether
    there is no yearly figure at all.
    """
    wanted = {indicator for entry in panel.checks.required for indicator in entry.indicators}
    if not wanted:
        return []
    yearly = panel.select(pl.col("value").is_finite(), pl.col("grain") == _YEARLY, panel.of_indicators(wanted))
    ids, regions = list(panel.indicators), panel.regions
    numbers = yearly.select("ind", "reg", "year").unique().rows()
    present = {(ids[ind], regions[reg], year) for ind, reg, year in numbers}
    known = {(indicator, region) for indicator, region, _ in present}
    gaps: dict[tuple[str, str], dict[int, Severity]] = {}
    for entry in panel.checks.required:
        for key in product(entry.indicators, panel.regions_of(entry.regions or ("home",))):
            years = gaps.setdefault(key, {})
            for year in entry.years:
                if (*key, year) not in present:
                    years[year] = min(entry.severity, years.get(year, entry.severity), key=_GRAVEST.index)
    return [(key, years, key not in known) for key, years in gaps.items() if years]


def check_merged(panel: Panel) -> Iterable[Finding]:
    """Figures in merged cells."""
    return findings_by_place(panel, codes.MERGED_DATA, panel.select(panel.has_remark("merged")))


def check_totals(panel: Panel) -> Iterator[Finding]:
    """Rows that are the total of the others, by their name or by their figures."""
    for cells, why in (
        (panel.select(panel.of_regions(_totals(panel))), Text("名称是合计", "it is named so")),
        (_summing_regions(panel), Text("数值恰为其余各地区之和", "its figures are the sum of all others")),
    ):

        def params(row: Row, why: Text = why) -> dict[str, object]:
            return {"region": panel.region_name(row["region"]), "why": why}

        yield from findings_by_place(panel, codes.TOTAL_AS_DATA, cells, params, "region")


def _totals(panel: Panel) -> list[str]:
    """Return the region names in the data that mean a sum, however they are spaced and capitalised."""
    return [name for name in panel.regions if "".join(name.split()).lower() in TOTAL_WORDS]


def _summing_regions(panel: Panel) -> pl.DataFrame:
    """Return the cells of regions whose every figure is the sum of the other regions' on its sheet."""
    above = (RegionKind.HOME, RegionKind.NATION)
    left_out = [region.id for region in panel.plan.regions if region.kind in above] if panel.plan else []
    own = ("where", "reg")
    group = ("where", "ind" if panel.plan else "lab", "grain", "order")
    figures = panel.figures.filter(pl.col("grain").is_not_null(), ~panel.of_regions([*left_out, *_totals(panel), ""]))
    on_sheet = figures.select(own).unique().group_by("where").len()["len"].max()
    # A group has no more parts than its sheet has regions.
    if not isinstance(on_sheet, int) or on_sheet <= _FEWEST_PARTS:
        return panel.whole(figures.clear())
    sums = (
        figures.group_by(group)
        .agg(pl.col("amount").sum().alias("total"), pl.len().alias("size"), pl.col("amount").abs().max().alias("most"))
        # What is the sum of the others is half of all; most groups have no figure as large.
        .filter(pl.col("most") >= pl.col("total").abs() * 0.499)
        .drop("most")
    )
    is_sum = (
        ((pl.col("amount") * 2 - pl.col("total")).abs() <= pl.col("total").abs() * 1e-9)
        & (pl.col("size") > _FEWEST_PARTS)
        & (pl.col("total") != 0)
    )
    candidates = figures.join(sums, on=group, how="inner", maintain_order="left").filter(is_sum)
    if candidates.is_empty():
        return panel.whole(figures.clear())
    rows = figures.group_by(own).agg(pl.len().alias("n_figures"))
    counted = candidates.group_by(own).agg(pl.len().alias("n_sums")).join(rows, on=own, how="left")
    totals = counted.filter((pl.col("n_sums") == pl.col("n_figures")) & (pl.col("n_sums") > 1))
    return panel.whole(candidates.join(totals, on=own, how="semi").select(figures.columns))


# --- The day of submission, which the caller gives -----------------------------------------------------------------------


def _latest_year(panel: Panel) -> int | None:
    """Return the latest year of which the home region has figures: what the submission reports on."""
    asked = panel.cells.filter(pl.col("value").is_finite(), pl.col("ind").is_not_null())
    own = asked.filter(panel.of_regions([panel.home]))
    latest = (asked if own.is_empty() else own)["year"].max()
    return latest if isinstance(latest, int) else None


def check_deadline(panel: Panel) -> Iterator[Finding]:
    """Figures submitted after the day on which their year was due."""
    year, day = _latest_year(panel), panel.handed_in
    for entry in panel.checks.hand_in if day else ():
        due = dt.date.fromisoformat(entry.due)
        if entry.year == year and day and day > due:
            params = {"year": year, "due": entry.due, "date": day, "days": (day - due).days}
            yield Finding(series_codes.HANDED_IN_LATE, panel.only_file, params)


def check_deadline_known(panel: Panel) -> Iterator[Finding]:
    """A day was given, but the plan has no deadline for the year that was submitted."""
    year = _latest_year(panel)
    is_declared = any(entry.year == year for entry in panel.checks.hand_in)
    if panel.plan and panel.handed_in and year is not None and not is_declared:
        yield Finding(series_codes.NO_DEADLINE, panel.only_file, {"year": year, "date": panel.handed_in})


def check_period_over(panel: Panel) -> Iterable[Finding]:
    """Figures for periods that end after the day of submission and are not marked as estimates."""
    if panel.handed_in is None:
        return ()
    periods = [parse_period(name) for name in panel.periods]
    ahead = [at for at, period in enumerate(periods) if period is not None and period.last_day > panel.handed_in]
    asked = pl.col("ind").is_not_null() if panel.plan else pl.lit(value=True)
    is_final = pl.col("status") == ValueStatus.FINAL.value
    cells = panel.select(pl.col("value").is_finite(), asked, pl.col("per").is_in(ahead), is_final)
    return findings_by_place(panel, series_codes.PERIOD_NOT_OVER, cells, {"date": panel.handed_in}, "period")
