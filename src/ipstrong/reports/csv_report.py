"""The scorecard as CSV: one line a result, unrounded numbers, flat columns; made to be fast for thousands of regions.

Text that a spreadsheet would run as a formula gets a leading apostrophe; numbers stay numbers. Lines end with a line
feed. The registry writes files with a byte order mark, without which Excel reads Chinese as another encoding; standard
output has none, because programs trip over it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Context, Decimal

from ipstrong.diagnostics import a1
from ipstrong.model.dataset import Observation
from ipstrong.model.expr import Ref
from ipstrong.model.plan import Target
from ipstrong.model.result import Figure, NotComputed, Pace, Result, Scorecard
from ipstrong.reports.formatting import SIGNIFICANT_DIGITS, plain
from ipstrong.reports.inert import inert
from ipstrong.texts import Text

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

_CONTEXT = Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_EVEN)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render_csv(scorecard: Scorecard) -> str:
    """Return the whole report."""
    return "".join(csv_lines(scorecard))


def csv_lines(scorecard: Scorecard) -> Iterator[str]:
    """Yield the heading and one line a result, each with its line feed."""
    yield ",".join(COLUMNS) + "\n"
    # What does not change from region to region, or from target to target, is written once.
    targets: dict[str, tuple[str, str]] = {}
    regions: dict[str, str] = {}
    files: dict[str, str] = {}
    for result in scorecard.results:
        target = result.target
        fixed = targets.get(target.id)
        if fixed is None:
            fixed = targets[target.id] = _target_cells(target)
        region = regions.get(result.region)
        if region is None:
            region = regions[result.region] = _region_cells(result.region, result.region_name)
        yield _line(result, fixed, region, files)


def _target_cells(target: Target) -> tuple[str, str]:
    first = [_text(target.id), str(target.number), _text(target.area), _text(target.name.zh), _text(target.name.en)]
    second = [
        target.measure.value,
        target.comparator.value if target.comparator else "",
        str(target.base_year or ""),
        str(target.deadline or ""),
        _text(target.unit.text if target.unit else ""),
    ]
    return ",".join(first), ",".join(second)


def _region_cells(region: str, name: Text) -> str:
    return ",".join((_text(region), _text(name.zh), _text(name.en)))


def _line(result: Result, fixed: tuple[str, str], region: str, files: dict[str, str]) -> str:
    latest, base, pace, growth = result.latest, result.base, result.pace, result.growth_pace
    yoy = result.yoy
    upper = result.target.upper
    if type(latest) is Figure:
        period = str(latest.period.year) if latest.period.is_year else str(latest.period)
        value = _number(latest.value)
        is_exact = latest.low == latest.high
        low, high = (value, value) if is_exact else (_number(latest.low), _number(latest.high))
    else:
        period = value = low = high = ""
    return ",".join(
        (
            fixed[0],
            region,
            result.status._value_,
            "true" if result.disputed else "false",
            "" if result.reason is None else result.reason.reason._value_,
            fixed[1],
            "" if result.target_value is None else _number(result.target_value),
            "" if upper is None else _number(upper),
            _number(base.value) if type(base) is Figure else "",
            period,
            value,
            low,
            high,
            _number(result.gap),
            _percent(result.attainment),
            _percent(result.progress),
            _number(result.expected),
            _number(pace.ratio) if type(pace) is Pace else "",
            _number(growth.ratio) if type(growth) is Pace else "",
            _number(result.needed_per_year),
            _number(result.projection),
            _number(result.growth_projection),
            _number(result.eta),
            _number(yoy) if result.yoy_in_points else _percent(yoy),
            "" if type(yoy) is NotComputed else "pp" if result.yoy_in_points else "%",
            _sources(latest, base, files) + "\n",
        )
    )


def _number(value: Decimal | NotComputed) -> str:
    if type(value) is not Decimal:
        return ""
    text = str(value)
    # Short texts without point or exponent are by far the most frequent, and already plain.
    if len(text) <= SIGNIFICANT_DIGITS and text.isdecimal():
        return text
    return plain(value) if value.is_finite() else ""


def _percent(ratio: Decimal | NotComputed) -> str:
    return "" if type(ratio) is not Decimal else plain(_CONTEXT.scaleb(ratio, 2))


def _sources(latest: Figure | NotComputed, base: Figure | NotComputed, files: dict[str, str]) -> str:
    places = [*_places(latest, files), *_places(base, files)]
    return _quote(" ".join(dict.fromkeys(places)))


def _places(figure: Figure | NotComputed, files: dict[str, str]) -> list[str]:
    if type(figure) is not Figure:
        return []
    expr = figure.expr
    if type(expr) is Ref:
        return [_place(expr.observation, files)]
    return [_place(observation, files) for observation in figure.observations]


def _place(observation: Observation, files: dict[str, str]) -> str:
    file = observation.file
    name = files.get(file)
    if name is None:
        name = files[file] = inert(file)
    if observation.sheet is None:
        return f"{name}:{observation.row + 1}:{observation.col + 1}"
    sheet = files.get(observation.sheet)
    if sheet is None:
        sheet = files[observation.sheet] = inert(observation.sheet)
    return f"{name}[{sheet}!{a1(observation.row, observation.col)}]"


def _text(text: str) -> str:
    """Return a cell of text: inert, no formula, quoted where it must be."""
    if text.startswith(_FORMULA_STARTS):
        text = f"'{text}"
    return _quote(inert(text))


def _quote(text: str) -> str:
    if '"' in text or "," in text:
        escaped = text.replace('"', '""')
        return f'"{escaped}"'
    return text
