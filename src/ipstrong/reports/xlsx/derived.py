"""The figures that stand beside a verdict, as formulas: gap, attainment, progress, schedule, pace, need, projections.

One function a figure. Each takes addresses of cells and years, and returns the formula without its equals sign; the
definitions are those of the model's `Result` and are printed, in words, on the methods sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ipstrong.model.plan import Comparator
from ipstrong.model.result import Figure, Result


@dataclass(frozen=True, slots=True)
class Way:
    """The cells and years that the figures of one target are made from."""

    base: str
    base_year: int
    latest: str
    latest_year: int
    target: str
    """The cell of the target; of the lower bound where the target is a range."""
    deadline: int
    direction: int
    """+1 where more is better, -1 where less is better, 0 for a range."""
    upper: str = ""
    """The upper bound of a range, as a constant."""

    @property
    def goal(self) -> str:
        """The end of the way: the target, or the bound of a range that is nearest from outside."""
        if self.direction == 0 and self.upper:
            return f"IF({self.latest}>{self.upper},{self.upper},{self.target})"
        return self.target

    @property
    def time_share(self) -> str:
        """The share of the time from base to deadline that is gone."""
        return f"({min(self.latest_year, self.deadline)}-{self.base_year})/({self.deadline}-{self.base_year})"


def way_of(result: Result, cell: Callable[[str], str]) -> Way:
    """Return the cells and years of a result; `cell` gives the address of a field of its line."""
    target = result.target
    base_year = (
        result.base.period.year
        if isinstance(result.base, Figure)
        else (result.readings[0].base_year if result.readings else target.base_year)
    )
    return Way(
        base=cell("base"),
        base_year=base_year,
        latest=cell("latest"),
        latest_year=result.latest.period.year if isinstance(result.latest, Figure) else base_year,
        target=cell("goal"),
        deadline=target.deadline,
        direction=target.comparator.direction if target.comparator else 1,
        upper=upper_bound(result),
    )


def upper_bound(result: Result) -> str:
    """Return the upper bound of a range as a constant; empty for every other target."""
    target = result.target
    return f"{target.upper:f}" if target.comparator is Comparator.BETWEEN and target.upper is not None else ""


def gap(way: Way) -> str:
    """Latest minus target, signed so that negative is short; for a range the distance to the nearest bound."""
    if way.direction > 0:
        return f"{way.latest}-{way.target}"
    if way.direction < 0:
        return f"{way.target}-{way.latest}"
    return f"MIN({way.latest}-{way.target},{way.upper}-{way.latest})" if way.upper else f"{way.latest}-{way.target}"


def attainment(way: Way) -> str:
    """Latest over target; target over latest where less is better; 1 inside a range."""
    if way.direction > 0:
        return f"{way.latest}/{way.target}"
    if way.direction < 0:
        return f"{way.target}/{way.latest}"
    above = f"IF({way.latest}>{way.upper},{way.upper}/{way.latest},1)" if way.upper else "1"
    return f"IF({way.latest}<{way.target},{way.latest}/{way.target},{above})"


def progress(way: Way) -> str:
    """Share of the way from base to target that is done."""
    return f"({way.latest}-{way.base})/({way.goal}-{way.base})"


def expected(way: Way) -> str:
    """The value due by now on the straight line from base to target."""
    return f"{way.base}+({way.goal}-{way.base})*{way.time_share}"


def pace(way: Way) -> str:
    """Progress over the share of time gone."""
    return f"{progress(way)}/({way.time_share})"


def growth_pace(way: Way) -> str:
    """Growth rate so far over the growth rate needed from the base."""
    so_far = f"(({way.latest}/{way.base})^(1/({way.latest_year}-{way.base_year}))-1)"
    needed = f"(({way.goal}/{way.base})^(1/({way.deadline}-{way.base_year}))-1)"
    return f"{so_far}/{needed}"


def needed_per_year(way: Way) -> str:
    """Change per year needed from the latest value to the target."""
    return f"({way.goal}-{way.latest})/({way.deadline}-{way.latest_year})"


def projection(way: Way) -> str:
    """Value at the deadline if the mean yearly change since the base goes on."""
    change = f"({way.latest}-{way.base})/({way.latest_year}-{way.base_year})"
    return f"{way.base}+{change}*({way.deadline}-{way.base_year})"


def growth_projection(way: Way) -> str:
    """Value at the deadline if the mean growth rate since the base goes on."""
    exponent = f"({way.deadline}-{way.base_year})/({way.latest_year}-{way.base_year})"
    return f"{way.base}*({way.latest}/{way.base})^({exponent})"


def eta(way: Way) -> str:
    """The time at which the straight line through base and latest value reaches the target."""
    change = f"(({way.latest}-{way.base})/({way.latest_year}-{way.base_year}))"
    return f"{way.latest_year}+({way.goal}-{way.latest})/{change}"


def year_on_year(latest: str, before: str, *, in_points: bool) -> str:
    """Latest over the year before minus one; the difference in percentage points for percents."""
    return f"{latest}-{before}" if in_points else f"{latest}/{before}-1"


def contribution(attainment_cell: str, weight: str) -> str:
    """Weight times attainment, which counts from 0 to 1."""
    return f"{weight}*MAX(0,MIN({attainment_cell},1))"


def score(contributions: str, weights: str) -> str:
    """The weighted mean of the attainments, 0 to 100."""
    return f"100*SUM({contributions})/SUM({weights})"


def grade(score_cell: str, names: tuple[str, str, str, str]) -> str:
    """The grade of a score, best first."""
    first, second, third, last = (f'"{name}"' for name in names)
    return f"IF({score_cell}>=90,{first},IF({score_cell}>=80,{second},IF({score_cell}>=60,{third},{last})))"
