"""The scorecard as CSV: one line a result, unrounded numbers, flat columns; made to be fast for thousands of regions.

Text that a spreadsheet would run as a formula gets a leading apostrophe; numbers stay numbers. Lines end with a line
feed. The registry writes files with a byte order mark, without which Excel reads Chinese as another encoding; standard
output has none, because programs trip over it. In tables of more than fifty regions computed figures have ten digits.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from typing import NamedTuple

from ipstrong.diagnostics import a1
from ipstrong.model.dataset import Observation
from ipstrong.model.expr import Ref
from ipstrong.model.period import PeriodKind
from ipstrong.model.plan import Target
from ipstrong.model.result import CellPlace, Figure, Line, NotComputed, Pace, Result, Scorecard
from ipstrong.reports.escapes import csv_text
from ipstrong.reports.formatting import SIGNIFICANT_DIGITS, plain
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
    for start in range(0, len(scorecard.lines), _CHUNK):
        yield "".join([writer.short_line(line) for line in scorecard.lines[start : start + _CHUNK]])
    if scorecard.lines:
        return
    for start in range(0, len(scorecard.results), _CHUNK):
        # Operators round by the context in force; it is set around a chunk, never across a yield.
        with localcontext(_CONTEXT):
            lines = [writer.line(result) for result in scorecard.results[start : start + _CHUNK]]
        yield "".join(lines)


class _Target(NamedTuple):
    """The cells of a target, which are the same for every region."""

    before_region: str
    after_reason: str
    value: Decimal | None
    goal: str
    upper: str


def _target_cells(target: Target) -> _Target:
    first = [_text(target.id), str(target.number), _text(target.area), _text(target.name.zh), _text(target.name.en)]
    second = [
        target.measure.value,
        target.comparator.value if target.comparator else "",
        str(target.base_year or ""),
        str(target.deadline or ""),
        _text(target.unit.text if target.unit else ""),
    ]
    goal = "" if target.value is None else _number(target.value)
    upper = "" if target.upper is None else _number(target.upper)
    return _Target(",".join(first), ",".join(second), target.value, goal, upper)


def _region_cells(region: str, name: Text) -> str:
    return ",".join((_text(region), _text(name.zh), _text(name.en)))


class _Writer:
    """Writes lines; what does not change from region to region, or from target to target, is made once."""

    def __init__(self) -> None:
        self._targets: dict[str, _Target] = {}
        self._regions: dict[str, str] = {}
        self._sheets: dict[tuple[str, str | None], str] = {}
        self._letters: dict[int, str] = {}
        self._peers: tuple[CellPlace, ...] = ()
        self._peers_text = ""

    def line(self, result: Result) -> str:
        """Return the line of a result."""
        fixed = self._targets.get(result.target.id)
        if fixed is None:
            fixed = self._targets[result.target.id] = _target_cells(result.target)
        region = self._regions.get(result.region)
        if region is None:
            region = self._regions[result.region] = _region_cells(result.region, result.region_name)
        latest, base, reason, yoy = result.latest, result.base, result.reason, result.yoy
        pace, growth, goal, in_points = result.pace, result.growth_pace, result.target_value, result.yoy_in_points
        if type(latest) is Figure:
            when = latest.period
            period = str(when.year) if when.kind is PeriodKind.YEAR else str(when)
            value = low = high = _number(latest.value)
            if latest.low is not latest.high and latest.low != latest.high:
                low, high = _number(latest.low), _number(latest.high)
        else:
            period = value = low = high = ""
        return (
            f"{fixed.before_region},{region},{result.status._value_},{'true' if result.disputed else 'false'},"
            f"{'' if reason is None else reason.reason._value_},{fixed.after_reason},"
            f"{fixed.goal if goal is fixed.value else _number(goal)},{fixed.upper},"
            f"{_number(base.value) if type(base) is Figure else ''},{period},{value},{low},{high},{_number(result.gap)},"
            f"{_percent(result.attainment)},{_percent(result.progress)},{_number(result.expected)},"
            f"{_number(pace.ratio) if type(pace) is Pace else ''},"
            f"{_number(growth.ratio) if type(growth) is Pace else ''},"
            f"{_number(result.needed_per_year)},{_number(result.projection)},{_number(result.growth_projection)},"
            f"{_number(result.eta)},{_number(yoy) if in_points else _percent(yoy)},"
            f"{'' if type(yoy) is NotComputed else 'pp' if in_points else '%'},{self._sources(latest, base)}\n"
        )

    def short_line(self, line: Line) -> str:
        """Return the line of a result in short: observed values as they are, computed ones to ten digits."""
        (target, region, name, status, disputed, reason, goal, period, latest, low, high, base, gap, attainment, yoy,
         in_points, progress, expected, pace, growth, needed, way_on, grown, eta, places, peers) = line  # fmt: skip
        fixed = self._targets.get(target.id)
        if fixed is None:
            fixed = self._targets[target.id] = _target_cells(target)
        where = self._regions.get(region)
        if where is None:
            where = self._regions[region] = _region_cells(region, name)
        value = _given(latest)
        bounds = f"{value},{value}" if low == latest == high else f"{_given(low)},{_given(high)}"
        when = "" if period is None else str(period.year) if period.kind is PeriodKind.YEAR else str(period)
        return (
            f"{fixed.before_region},{where},{status._value_},{'true' if disputed else 'false'},"
            f"{'' if reason is None else reason._value_},{fixed.after_reason},"
            f"{fixed.goal if goal is fixed.value else _number(goal)},{fixed.upper},"
            f"{_given(base)},{when},{value},{bounds},{_given(gap)},"
            f"{'' if attainment is None else _made(attainment * 100)},"
            f"{'' if progress is None else _made(progress * 100)},"
            f"{_made(expected)},{_made(pace)},{_made(growth)},{_made(needed)},{_made(way_on)},{_made(grown)},"
            f"{_made(eta)},{'' if yoy is None else _made(yoy if in_points else yoy * 100)},"
            f"{'' if yoy is None else 'pp' if in_points else '%'},{self._short_sources(places, peers)}\n"
        )

    def _short_sources(self, places: tuple[CellPlace, ...], peers: tuple[CellPlace, ...]) -> str:
        text = self._joined(places)
        if peers:
            if peers is not self._peers:
                self._peers, self._peers_text = peers, self._joined(peers)
            text = f"{text} {self._peers_text}"
        return _quote(text) if "," in text or '"' in text else text

    def _joined(self, places: tuple[CellPlace, ...]) -> str:
        """Return places joined by blanks; most stand in the file and sheet of the one before."""
        last_file, last_sheet, before = None, None, ""
        texts = []
        for file, sheet, row, column in places:
            if file is not last_file or sheet is not last_sheet:
                last_file, last_sheet, before = file, sheet, self._before(file, sheet)
            texts.append(
                f"{before}{row + 1}:{column + 1}" if sheet is None else f"{before}{self._letter(column)}{row + 1}]"
            )
        return " ".join(texts)

    def _sources(self, latest: Figure | NotComputed, base: Figure | NotComputed) -> str:
        """Return the places of the inputs of both figures, each once."""
        if type(latest) is Figure and type(base) is Figure and type(latest.expr) is Ref and type(base.expr) is Ref:
            first, second = self._observed(latest.expr.observation), self._observed(base.expr.observation)
            text = first if first == second else f"{first} {second}"
        else:
            figures = [figure for figure in (latest, base) if type(figure) is Figure]
            found = [self._observed(observation) for figure in figures for observation in figure.observations]
            text = " ".join(dict.fromkeys(found))
        return _quote(text) if "," in text or '"' in text else text

    def _observed(self, observation: Observation) -> str:
        return self._place(observation.file, observation.sheet, observation.row, observation.col)

    def _place(self, file: str, sheet: str | None, row: int, column: int) -> str:
        before = self._before(file, sheet)
        return f"{before}{row + 1}:{column + 1}" if sheet is None else f"{before}{self._letter(column)}{row + 1}]"

    def _before(self, file: str, sheet: str | None) -> str:
        """Return what stands before the row and column of a place."""
        before = self._sheets.get((file, sheet))
        if before is None:
            before = self._sheets[file, sheet] = csv_text(f"{file}:" if sheet is None else f"{file}[{sheet}!")
        return before

    def _letter(self, column: int) -> str:
        letters = self._letters.get(column)
        if letters is None:
            letters = self._letters[column] = a1(0, column)[:-1]
        return letters


def _number(value: Decimal | NotComputed | None) -> str:
    # This runs a dozen times a line: `plain` is called only for texts that its fast way would not leave alone.
    if type(value) is not Decimal:
        return ""
    text = str(+value)
    last = text[-1]
    if (last == "0" and "." in text) or last == "y" or "E" in text:
        return plain(value) if value.is_finite() else ""
    return text


_LONG = 14
"""Characters of thirteen digits and a point: a double that needs more was computed, and its last digits are noise."""

_LEAST, _MOST = 1e-4, 1e10
"""Between these, ten digits are written without an exponent."""


def _given(value: float | None) -> str:
    """Return a value that was observed, or computed from observed ones, with the digits that it has."""
    if value is None:
        return ""
    text = f"{value:.15g}"
    if len(text) > _LONG:
        return _made(value)
    return _plainly(value, text) if "e" in text or text == "-0" or "n" in text else text


def _made(value: float | None) -> str:
    """Return a computed value to ten digits."""
    if value is None:
        return ""
    if _LEAST <= value < _MOST:
        return f"{value:.10g}"
    return _plainly(value, f"{value:.10g}")


def _plainly(value: float, text: str) -> str:
    """Return a number without exponent and without a sign before nothing; nothing for what is infinite."""
    if not math.isfinite(value):
        return ""
    return plain(Decimal(text)) if "e" in text or text == "-0" else text


def _percent(ratio: Decimal | NotComputed) -> str:
    return _number(ratio * _HUNDRED) if type(ratio) is Decimal else ""


def _text(text: str) -> str:
    """Return a cell of text: inert, no formula, quoted where it must be."""
    return _quote(csv_text(text))


def _quote(text: str) -> str:
    if '"' in text or "," in text:
        escaped = text.replace('"', '""')
        return f'"{escaped}"'
    return text
