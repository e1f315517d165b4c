"""The scorecard as CSV: one line a result, unrounded numbers, flat columns.

Text that a spreadsheet would run as a formula gets a leading apostrophe; numbers stay numbers. Lines end with a line
feed. The registry writes files with a byte order mark, without which Excel reads Chinese as another encoding; standard
output has none, because programs trip over it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

from ipstrong.model.dataset import Observation
from ipstrong.model.formula import Observed
from ipstrong.model.period import PeriodKind
from ipstrong.model.result import Figure, NotComputed, Pace, Result, Scorecard
from ipstrong.reports.csv_cells import Places, TargetCells, number, quote, region_cells, target_cells
from ipstrong.reports.formatting import SIGNIFICANT_DIGITS

COLUMNS = (
    "target",
    "number",
    "area",
    "name_zh",
    "name_en",
    "region",
    "region_zh",
    "region_en",
    "status",
    "disputed",
    "reason",
    "measure",
    "comparator",
    "base_year",
    "deadline",
    "unit",
    "target_value",
    "target_upper",
    "base",
    "latest_period",
    "latest",
    "latest_low",
    "latest_high",
    "gap",
    "attainment_pct",
    "progress_pct",
    "expected",
    "pace",
    "growth_pace",
    "needed_per_year",
    "projection",
    "growth_projection",
    "eta",
    "yoy",
    "yoy_unit",
    "sources",
)
"""Columns in order. `yoy` is in percent, or in percentage points where `yoy_unit` says `pp`; `sources` are the places of
the latest value's inputs and of the base, joined by blanks."""

_CHUNK = 1000
_HUNDRED = Decimal(100)
_CONTEXT = Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_EVEN)


def render_csv(scorecard: Scorecard) -> str:
    """Return the whole report."""
    return "".join(csv_chunks(scorecard))


def csv_chunks(scorecard: Scorecard) -> Iterator[str]:
    """Yield the heading, then the lines by the thousand, each with its line feed."""
    yield ",".join(COLUMNS) + "\n"
    writer = _Writer()
    for start in range(0, len(scorecard.results), _CHUNK):
        # Operators round by the context in force; it is set around a chunk, never across a yield.
        with localcontext(_CONTEXT):
            lines = [writer.line(result) for result in scorecard.results[start : start + _CHUNK]]
        yield "".join(lines)


class _Writer:
    """Writes lines; what does not change from region to region, or from target to target, is made once."""

    def __init__(self) -> None:
        self._targets: dict[str, TargetCells] = {}
        self._regions: dict[str, str] = {}
        self._places = Places()

    def line(self, result: Result) -> str:
        """Return the line of a result."""
        fixed = self._targets.get(result.target.id)
        if fixed is None:
            fixed = self._targets[result.target.id] = target_cells(result.target)
        region = self._regions.get(result.region)
        if region is None:
            region = self._regions[result.region] = region_cells(result.region, result.region_name)
        latest, base, reason, yoy = result.latest, result.base, result.reason, result.yoy
        pace, growth, goal, in_points = result.pace, result.growth_pace, result.target_value, result.yoy_in_points
        if type(latest) is Figure:
            when = latest.period
            period = str(when.year) if when.kind is PeriodKind.YEAR else str(when)
            value = low = high = number(latest.value)
            if latest.low is not latest.high and latest.low != latest.high:
                low, high = number(latest.low), number(latest.high)
        else:
            period = value = low = high = ""
        return (
            f"{fixed.before_region},{region},{result.status._value_},{'true' if result.disputed else 'false'},"
            f"{'' if reason is None else reason.reason._value_},{fixed.after_reason},"
            f"{fixed.goal if goal is fixed.value else number(goal)},{fixed.upper},"
            f"{number(base.value) if type(base) is Figure else ''},{period},{value},{low},{high},{number(result.gap)},"
            f"{_percent(result.attainment)},{_percent(result.progress)},{number(result.expected)},"
            f"{number(pace.ratio) if type(pace) is Pace else ''},"
            f"{number(growth.ratio) if type(growth) is Pace else ''},"
            f"{number(result.needed_per_year)},{number(result.projection)},{number(result.growth_projection)},"
            f"{number(result.eta)},{number(yoy) if in_points else _percent(yoy)},"
            f"{'' if type(yoy) is NotComputed else 'pp' if in_points else '%'},{self._sources(latest, base)}\n"
        )

    def _sources(self, latest: Figure | NotComputed, base: Figure | NotComputed) -> str:
        """Return the places of the inputs of both figures, each once."""
        if (
            type(latest) is Figure
            and type(base) is Figure
            and type(latest.formula) is Observed
            and type(base.formula) is Observed
        ):
            first, second = self._observed(latest.formula.observation), self._observed(base.formula.observation)
            text = first if first == second else f"{first} {second}"
        else:
            figures = [figure for figure in (latest, base) if type(figure) is Figure]
            found = [self._observed(observation) for figure in figures for observation in figure.observations]
            text = " ".join(dict.fromkeys(found))
        return quote(text) if "," in text or '"' in text else text

    def _observed(self, observation: Observation) -> str:
        return self._places.text(observation.file, observation.sheet, observation.row, observation.col)


def _percent(ratio: Decimal | NotComputed) -> str:
    return number(ratio * _HUNDRED) if type(ratio) is Decimal else ""
