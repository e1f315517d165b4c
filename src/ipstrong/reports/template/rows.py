"""Which figures a template asks for: indicators, regions and years, all from the plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ipstrong.diagnostics import Finding, IpstrongError, Location
from ipstrong.diagnostics.codes import run as codes
from ipstrong.diagnostics.suggest import suggestion
from ipstrong.model.checks import Expectation
from ipstrong.model.plan import Indicator, Plan, Region, RegionKind
from ipstrong.texts import Text

_KINDS = {"nation": RegionKind.NATION, "parts": RegionKind.PART, "peers": RegionKind.PEER}


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One row of the template: an indicator for a region."""

    indicator: Indicator
    region: Region
    years: frozenset[int]
    """Years that are asked for; the others stay shut."""
    required: frozenset[int]
    """Years that the plan's checks demand."""
    expectation: Expectation | None
    """What the plan's checks say of its values."""
    department: str | None


def asked_rows(
    plan: Plan,
    department: str | None = None,
    regions: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
) -> tuple[AskedRow, ...]:
    """Return the rows: every observed indicator, and derived ones whose reported values the plan's checks demand.

    They are ordered by region and then as in the plan.

    Args:
        plan: The plan.
        department: Only what this department reports, by its name or an alias.
        regions: Ids of regions; None: the home region, and other regions where a derived indicator needs them.
        years: The years asked for; None: from the first base year to the end of the plan, and a year earlier where a
            denominator is taken from the year before.

    Raises:
        IpstrongError: the plan knows no such department, or nothing is left to ask for.
    """
    wanted = [region for name in regions or () for region in plan.regions if region.id == name]
    demanded = {name for required in plan.checks.required for name in required.indicators}
    indicators = [each for each in plan.indicators if not each.is_derived or each.id in demanded]
    if department is not None:
        indicators = _of_department(plan, indicators, department)
    rows = []
    for region in wanted or _default_regions(plan):
        for indicator in indicators:
            if not wanted and region.id != plan.home and indicator.id not in _needed_in(plan, region.id):
                continue
            own = _department_of(plan, indicator)
            required = _required(plan, indicator, region)
            asked = frozenset(years) if years is not None else _years(plan, indicator) | required
            rows.append(
                AskedRow(indicator, region, asked, required & asked, plan.checks.expectation(indicator.id), own)
            )
    if not rows:
        raise IpstrongError([Finding(codes.EMPTY_TEMPLATE, Location(plan.path))])
    return tuple(rows)


def _of_department(plan: Plan, indicators: Iterable[Indicator], department: str) -> list[Indicator]:
    wanted = plan.department(department)
    reporting = [(indicator, own) for indicator in indicators if (own := _department_of(plan, indicator)) is not None]
    found = [indicator for indicator, own in reporting if plan.department(own) == wanted]
    if found:
        return found
    known = list(dict.fromkeys(own for _, own in reporting))
    named = {name for task in plan.tasks for name in (*task.lead, *task.cooperating)}
    named |= {name for target in plan.targets for name in target.departments}
    if wanted in {entry.name for entry in plan.departments} | {plan.department(name) for name in named}:
        others = [plan.department(name) for name in known]
        listed = Text("、".join(name.zh for name in others), ", ".join(name.en for name in others))
        problem = Finding(codes.NOTHING_TO_REPORT, Location(plan.path), {"name": department, "others": listed})
    else:
        params = {"name": department, "nearest": suggestion(department, known)}
        problem = Finding(codes.UNKNOWN_FILTER, Location(plan.path), params)
    raise IpstrongError([problem])


def _department_of(plan: Plan, indicator: Indicator) -> str | None:
    """Return who reports an indicator: its own department, else the first of a target that rests on it."""
    if indicator.department is not None:
        return indicator.department
    for target in plan.targets:
        named = {target.indicator, target.reported_rank, *(convention.indicator for convention in target.conventions)}
        for each in plan.indicators:
            if each.id in named and each.ratio is not None:
                named |= {*each.ratio.numerator, *each.ratio.denominator}
        if target.departments and indicator.id in named:
            return target.departments[0]
    return None


def _default_regions(plan: Plan) -> list[Region]:
    needed = [region for region in plan.regions if region.id == plan.home or _needed_in(plan, region.id)]
    return sorted(needed, key=lambda region: region.id != plan.home)


def _needed_in(plan: Plan, region: str) -> set[str]:
    """Return the indicators that a share needs of another region, such as the nation."""
    return {
        name
        for indicator in plan.indicators
        if indicator.ratio is not None and indicator.ratio.denominator_region == region
        for name in indicator.ratio.denominator
    }


def _years(plan: Plan, indicator: Indicator) -> frozenset[int]:
    """Return the years from the first base to the end, and those a ratio's oldest reading takes before the base."""
    conventions = [(target, convention) for target in plan.targets for convention in target.conventions]
    bases = [plan.base_year, *(target.base_year for target in plan.targets if target.base_year)]
    bases += [convention.base_year for _, convention in conventions if convention.base_year]
    lags = [0]
    for derived in plan.indicators:
        if derived.ratio is not None and indicator.id in derived.ratio.denominator:
            lags.append(derived.ratio.lag)
            lags += [
                each.lag for target, each in conventions if target.indicator == derived.id and each.lag is not None
            ]
    return frozenset(range(min(bases) - max(lags), plan.end_year + 1))


def _required(plan: Plan, indicator: Indicator, region: Region) -> frozenset[int]:
    def is_named(word: str) -> bool:
        return region.id == (plan.home if word == "home" else word) or _KINDS.get(word) is region.kind

    return frozenset(
        year
        for required in plan.checks.required
        if indicator.id in required.indicators and any(map(is_named, required.regions or ("home",)))
        for year in required.years
    )
