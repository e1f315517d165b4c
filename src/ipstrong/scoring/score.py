"""From plan and dataset to the scorecard: results in the plan's order, totals made once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from ipstrong.diagnostics import Finding, sorted_findings
from ipstrong.measures.score import grade, weighted_score
from ipstrong.model.dataset import Dataset
from ipstrong.model.period import parse_period
from ipstrong.model.plan import Plan, RegionKind
from ipstrong.model.result import SCORED, NotComputed, Reason, Result, Scorecard, Status, Summary
from ipstrong.scoring.indicator_figures import Figures
from ipstrong.scoring.observation_index import ObservationIndex
from ipstrong.scoring.results import Scorer


def latest_day(dataset: Dataset) -> dt.date | None:
    """Return the last day of the latest period that has a matched value; None when there is none."""
    matched = pl.col("indicator").is_not_null() & pl.col("value").is_not_null()
    names = dataset.frame.select(pl.col("period").filter(matched).unique()).get_column("period")
    periods = (parse_period(name) for name in names.to_list() if name is not None)
    return max((period.last_day for period in periods if period is not None), default=None)


def score(
    plan: Plan,
    dataset: Dataset,
    *,
    as_of: dt.date,
    regions: Sequence[str] | None = None,
    findings: Sequence[Finding] = (),
) -> Scorecard:
    """Return the scorecard of a plan over a dataset.

    Args:
        plan: the plan.
        dataset: what was read.
        as_of: the day of assessment; yearly values count once their year has ended by then.
        regions: plan region ids or names in the data, in the order wanted; None for the plan's home region; an empty
            sequence for every region that has data, the nation excepted.
        findings: findings of the plan, added to those of the data.

    A figure that cannot be computed carries its reason; nothing here raises for what the data lack.
    """
    wants_all = regions is not None and not regions
    index = ObservationIndex(dataset, None if wants_all else _needed_regions(plan, regions))
    as_of_year = as_of.year if (as_of.month, as_of.day) == (12, 31) else as_of.year - 1
    years = tuple(range(plan.base_year, min(as_of_year, plan.end_year) + 1)) or (plan.base_year,)
    scorer = Scorer(plan, index, Figures(plan, index), as_of_year, years)
    wanted = _all_regions(plan, index) if wants_all else list(regions or [plan.home])
    results = tuple(result for region in wanted for result in scorer.results(region))
    every_finding = sorted_findings((*dataset.findings, *findings))
    return Scorecard(plan, as_of, years, results, _summaries(plan, results), dataset, every_finding)


def _needed_regions(plan: Plan, regions: Sequence[str] | None) -> set[str]:
    """Return the regions whose values can enter a result: those asked for, and every region of the plan that is not a part of another."""
    needed = {region.id for region in plan.regions if region.kind is not RegionKind.PART} | {plan.home}
    return needed.union(regions or ())


def _all_regions(plan: Plan, index: ObservationIndex) -> list[str]:
    """Return the regions with data: the plan's in its order, then the others as they appear; no nation."""
    present = set(index.regions)
    named = [region.id for region in plan.regions if region.kind is not RegionKind.NATION and region.id in present]
    known = {region.id for region in plan.regions}
    return named + [region for region in index.regions if region not in known]


def _summaries(plan: Plan, results: Sequence[Result]) -> tuple[Summary, ...]:
    """Return a summary a region; `results` holds the targets of one region after those of another."""
    n_targets = len(plan.targets)
    whole = sum((target.weight for target in plan.targets if not target.is_manual), Decimal(0))
    starts = range(0, len(results), n_targets or 1)
    return tuple(_summarise(results[start : start + n_targets], whole) for start in starts)


def _summarise(results: Sequence[Result], whole: Decimal) -> Summary:
    statuses = [result.status for result in results]
    parts = [
        (result.target.weight, result.attainment)
        for result in results
        if result.status in SCORED and isinstance(result.attainment, Decimal)
    ]
    made = weighted_score(parts)
    return Summary(
        region=results[0].region,
        region_name=results[0].region_name,
        counts={status: statuses.count(status) for status in Status},
        n_disputed=sum(result.disputed for result in results),
        score=NotComputed(Reason.NO_DATA) if made is None else made,
        grade=None if made is None else grade(made),
        weight_assessed=sum((weight for weight, _ in parts), Decimal(0)),
        weight_total=whole,
    )
