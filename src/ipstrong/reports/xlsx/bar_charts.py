"""Charts of attainment: a bar a target, the targets of an area together, with a heavy line at 100 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ipstrong.diagnostics import a1
from ipstrong.model.plan import Area
from ipstrong.model.result import Result
from ipstrong.reports.xlsx import words
from ipstrong.reports.xlsx.cells import inert
from ipstrong.reports.xlsx.context import Context
from ipstrong.reports.xlsx.lines import attainment_format
from ipstrong.reports.xlsx.numbers import NumberFormat
from ipstrong.reports.xlsx.panels import Panel, chart_font
from ipstrong.reports.xlsx.sheet import Sheet
from ipstrong.reports.xlsx.styles import INK, RULE, TONES

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

_CAP = Decimal("1.5")
"""Longer bars end here; the label says the value."""
_MOST_BARS = 5
"""Bars whose labels fit into one chart; an area with more targets gets charts of about the same size."""


class Bars(NamedTuple):
    """A chart of attainment: its area, and the numbers of its results."""

    area: str
    numbers: tuple[int, ...]


def list_bars(context: Context, own: Sequence[int]) -> Iterator[Bars]:
    """Yield the charts of attainment; an area without a single value has none."""
    results = context.scorecard.results
    areas: list[Area | None] = [*context.scorecard.plan.areas, None]
    known = {area.id for area in context.scorecard.plan.areas}
    for area in areas:
        held = [
            number
            for number in own
            if (results[number].target.area == area.id if area else results[number].target.area not in known)
            and isinstance(results[number].attainment, Decimal)
        ]
        n_charts = -(-len(held) // _MOST_BARS)
        for part in range(n_charts):
            first, end = (len(held) * each // n_charts for each in (part, part + 1))
            yield Bars(context.say(area.name) if area else "", tuple(held[first:end]))


def bar_chart(context: Context, data: Sheet, row: int, bars: Bars) -> Panel:
    """Write the rows of a chart of attainment and return the chart."""
    styles = data.styles
    data.text(row, 0, bars.area, styles.section())
    data.text(row + 1, 0, context.say(words.CHART_DATA_LABEL), styles.head())
    data.text(row + 1, 1, context.head("attainment").replace("-\n", ""), styles.head())
    data.text(row + 1, 2, context.say(words.CHART_DATA_PLOTTED), styles.head())
    first = row + 2
    is_cut = False
    for offset, number in enumerate(bars.numbers):
        result = context.scorecard.results[number]
        assert isinstance(result.attainment, Decimal)
        here, value = first + offset, result.attainment
        source = context.score_cell(number, "attainment")
        data.formula(here, 1, source, value, styles.number("0.0%"))
        plotted = max(Decimal(0), min(value, _CAP))
        is_cut = is_cut or plotted != value
        data.formula(here, 2, f"MAX(0,MIN({a1(here, 1)},{_CAP}))", plotted, styles.number("0.0%"))
        label, formula = _label(context, number, result, a1(here, 1))
        data.formula(here, 0, formula, label, styles.text())
        data.height(here, 2)
    last = first + len(bars.numbers) - 1
    chart = context.workbook.add_chart({"type": "bar"})
    statuses = [context.scorecard.results[number].status for number in bars.numbers]
    chart.add_series(
        {
            "name": [data.name, row, 0],
            "categories": [data.name, first, 0, last, 0],
            "values": [data.name, first, 2, last, 2],
            "points": [{"fill": {"color": TONES[status].solid}, "border": {"color": INK}} for status in statuses],
            "gap": {1: 260, 2: 130}.get(len(bars.numbers), 55),
        }
    )
    title = words.ATTAINMENT_CUT if is_cut else words.ATTAINMENT_TITLE
    _stylelist_bars(context, chart, (data.name, row, 0), context.say(title, cap=f"{_CAP:%}".replace(".0", "")))
    return Panel(chart, context.say(words.BARS_ALT, area=inert(bars.area)), len(bars.numbers) + 2)


def _label(context: Context, number: int, result: Result, cell: str) -> tuple[str, str]:
    """Return number, name, status and attainment of a target, and the formula that makes them."""
    name = f"{result.target.number} {inert(context.say(result.target.name))}"
    assert isinstance(result.attainment, Decimal)
    status = context.say(result.status.text)
    shown = attainment_format(result.attainment)
    parts = [context.score_cell(number, field) for field in ("number", "target", "status")]
    formula = f'{parts[0]}&" "&{parts[1]}&CHAR(10)&{parts[2]}&" "&TEXT({_kept_below(cell, shown)},"{shown.code}")'
    return f"{name}\n{status} {shown.shown(result.attainment)}", formula


def _kept_below(cell: str, shown: NumberFormat) -> str:
    """Return a formula that cuts instead of rounding where rounding would reach 100 %, now or after a correction."""
    places = shown.decimals + 2
    return f"IF(AND({cell}<1,ROUND({cell},{places})>=1),ROUNDDOWN({cell},{places}),{cell})"


def _stylelist_bars(context: Context, chart: Chart, title: tuple[str, int, int], axis_title: str) -> None:
    font = chart_font(context.lang)
    chart.set_title({"name": list(title), "name_font": {**font, "size": 12, "bold": True}, "overlay": False})
    chart.set_legend({"none": True})
    # The one major grid line inside the axis is the line of 100 %.
    chart.set_x_axis(
        {
            "min": 0,
            "max": float(_CAP),
            "major_unit": 1,
            "minor_unit": 0.25,
            "num_format": "0%",
            "major_gridlines": {"visible": True, "line": {"color": INK, "width": 2.25}},
            "minor_gridlines": {"visible": True, "line": {"color": "#DDE2E6", "width": 0.5}},
            "num_font": font,
            "name": axis_title,
            "name_font": {**font, "bold": False},
        }
    )
    chart.set_y_axis(
        {
            "reverse": True,
            "crossing": "max",
            "num_font": font,
            "line": {"color": RULE},
            "major_tick_mark": "none",
            "interval_unit": 1,
        }
    )
    chart.set_chartarea({"border": {"color": RULE}})
