"""Rules about the day a submission was handed in. The day is given by the caller; no rule reads a clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import polars as pl

from ipstrong.checks.panel import Panel
from ipstrong.checks.places import findings_by_place
from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import series as codes
from ipstrong.model.dataset import ValueStatus
from ipstrong.model.period import parse_period


def _latest_year(panel: Panel) -> int | None:
    """Return the latest year of which the home region has figures: what the submission reports on."""
    asked = panel.cells.filter(pl.col("value").is_finite(), pl.col("ind").is_not_null())
    own = asked.filter(panel.of_regions([panel.home]))
    latest = (asked if own.is_empty() else own)["year"].max()
    return latest if isinstance(latest, int) else None


def _where(panel: Panel) -> Location:
    files = panel.dataset.files
    return Location(files[0].path if len(files) == 1 else "")


def check_deadline(panel: Panel) -> Iterator[Finding]:
    """Figures handed in after the day on which their year was due."""
    year = _latest_year(panel)
    if panel.handed_in is None or year is None:
        return
    for entry in panel.checks.hand_in:
        due = dt.date.fromisoformat(entry.due)
        if entry.year == year and panel.handed_in > due:
            yield Finding(
                codes.HANDED_IN_LATE,
                _where(panel),
                {"year": year, "due": entry.due, "date": panel.handed_in, "days": (panel.handed_in - due).days},
            )


def check_deadline_known(panel: Panel) -> Iterator[Finding]:
    """A day was given, but the plan says nothing about the year that was handed in."""
    year = _latest_year(panel)
    if panel.handed_in is None or year is None or not panel.plan:
        return
    if all(entry.year != year for entry in panel.checks.hand_in):
        yield Finding(codes.NO_DEADLINE, _where(panel), {"year": year, "date": panel.handed_in})


def check_period_over(panel: Panel) -> Iterable[Finding]:
    """Figures for periods that end after the day of hand-in and are not marked as estimates."""
    if panel.handed_in is None:
        return ()
    periods = [parse_period(name) for name in panel.periods]
    ahead = [at for at, period in enumerate(periods) if period is not None and period.last_day > panel.handed_in]
    asked = pl.col("ind").is_not_null() if panel.plan else pl.lit(value=True)
    is_final = pl.col("status") == ValueStatus.FINAL.value
    cells = panel.select(pl.col("value").is_finite(), asked, pl.col("per").is_in(ahead), is_final)
    return findings_by_place(
        panel, codes.PERIOD_NOT_OVER, cells, lambda _: {"date": panel.handed_in}, topic=("period",)
    )
