"""Charts of trends: the actual values of a target against the path that leads to it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ipstrong.model.plan import MeasureKind
from ipstrong.model.result import Figure, Result
from ipstrong.reports.xlsx import words
from ipstrong.reports.xlsx.cells import inert
from ipstrong.reports.xlsx.context import Context
from ipstrong.reports.xlsx.lines import upper_bound
from ipstrong.reports.xlsx.numbers import NumberFormat
from ipstrong.reports.xlsx.panels import Panel, chart_font
from ipstrong.reports.xlsx.sheet import Sheet
from ipstrong.reports.xlsx.shown import shown_for
from ipstrong.reports.xlsx.styles import ACTUAL_LINE, PATH_LINE, RULE

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

_FEWEST_POINTS = 2


def has_trend(result: Result) -> bool:
    """Return whether a result has points enough for a line, and a target to hold it against."""
    return len(_actual(result)) >= _FEWEST_POINTS and result.target_value is not None


def _actual(result: Result, years: Sequence[int] = ()) -> dict[int, tuple[str, Decimal]]:
    """Return by year the field and value of what is drawn: yearly values, or for a rank the first and the latest place.

    Args:
        result: the result.
        years: the years of the series; where there are none, they are numbered.
    """
    if result.target.measure is MeasureKind.RANK:
        ends = (("base", result.base), ("latest", result.latest))
        return {figure.period.year: (field, figure.value) for field, figure in ends if isinstance(figure, Figure)}
    named = years or range(len(result.series))
    pairs = zip(named, result.series, strict=False)
    return {year: (f"year{year}", figure.value) for year, figure in pairs if isinstance(figure, Figure)}


class Path(NamedTuple):
    """A required path: its name, and for each year the formula and the value, or None before it begins."""

    name: str
    points: list[tuple[str, Decimal] | None]


def trend_chart(context: Context, data: Sheet, row: int, number: int) -> Panel:
    """Write the rows of a trend and return the chart."""
    result, styles = context.scorecard.results[number], data.styles
    years = _chart_years(context, result)
    shown = shown_for(context, result)
    is_rank = result.target.measure is MeasureKind.RANK
    plotted_format = shown.value if is_rank else shown.series
    name = f"{result.target.number} {inert(context.say(result.target.name))}"
    title = f'{context.score_cell(number, "number")}&" "&{context.score_cell(number, "target")}'
    data.formula(row, 0, title, name, styles.section())
    for offset, year in enumerate(years, 1):
        data.number(row, offset, Decimal(year), styles.number("0", bold=True, align="center"))
    data.text(row + 1, 0, context.say(words.ACTUAL), styles.text())
    actual = _actual(result, context.scorecard.years)
    for year, (field, value) in actual.items():
        if year in years:
            offset = years.index(year) + 1
            style = styles.number(plotted_format(value).code)
            data.formula(row + 1, offset, context.score_cell(number, field), value, style)
    paths = _paths(context, number, result, years)
    for step, path in enumerate(paths, 2):
        data.text(row + step, 0, path.name, styles.text())
        for offset, point in enumerate(path.points, 1):
            if point is not None:
                code = plotted_format(point[1]).code
                data.formula(row + step, offset, point[0], point[1], styles.number(code))
    values = [value for _, value in actual.values()]
    drawn = [point[1] for path in paths for point in path.points if point is not None]
    axis: dict[str, object] = {"num_format": _axis_format(plotted_format(values[0]), [*values, *drawn])}
    if is_rank:
        worst = int(max(*values, result.target_value or values[0]))
        axis.update(reverse=True, crossing="max", min=1, max=worst + 1, major_unit=1 if worst < 10 else 5)
    chart = _line_chart(context, data, Block(row, len(years), len(paths)), axis)
    return Panel(chart, context.say(words.TREND_ALT, target=name), len(paths) + 2)


def _chart_years(context: Context, result: Result) -> list[int]:
    """Return the years on the axis: those shown, and on to the deadline."""
    years = context.scorecard.years
    return list(range(years[0], max(years[-1], result.target.deadline) + 1))


def _axis_format(plain: NumberFormat, values: Sequence[Decimal]) -> str:
    """Return the format of an axis: as many decimals as tell its steps apart."""
    spread = max(values) - min(values)
    decimals = 0 if spread >= 5 or plain.decimals == 0 else 1 if spread >= Decimal("0.5") else 2
    return plain._replace(decimals=decimals, prefix="").code


def _paths(context: Context, number: int, result: Result, years: Sequence[int]) -> list[Path]:
    """Return the required path of a target in the unit of its indicator.

    A straight line from base to target; for average growth the base grown at the target's rate; for yearly targets, and
    where there is no base, the target itself, as for a rank; for a range its two bounds.
    """
    target, say = result.target, context.say
    goal, cell = result.target_value, context.score_cell(number, "goal")
    if goal is None:
        return []
    if target.measure is MeasureKind.RANK:
        return [Path(say(words.REQUIRED), [(cell, goal) for _ in years])]
    bound = upper_bound(result)
    if target.measure is MeasureKind.RANGE and bound:
        assert target.upper is not None
        return [
            Path(say(words.LOWER_BOUND), [(cell, goal) for _ in years]),
            Path(say(words.UPPER_BOUND), [(bound, target.upper) for _ in years]),
        ]
    base = result.base
    if target.measure is MeasureKind.CUMULATIVE and isinstance(base, Figure) and not base.observations:
        return [_even_path(context, result, years, cell)]
    if target.measure is MeasureKind.EVERY_YEAR or not isinstance(base, Figure):
        flat = [(cell, goal) if year >= target.start_year else None for year in years]
        return [] if target.is_growth else [Path(say(words.REQUIRED), flat)]
    start = context.score_cell(number, "base")
    if target.is_growth:
        return [Path(say(words.REQUIRED), [_grown(base, goal, year, (start, cell)) for year in years])]
    return [Path(say(words.REQUIRED), [_on_line(base, goal, year, (start, cell), target.deadline) for year in years])]


def _even_path(context: Context, result: Result, years: Sequence[int], cell: str) -> Path:
    """Return the yearly amount that adds up to a cumulative target."""
    target, goal = result.target, result.target_value
    assert goal is not None
    n_years = target.deadline - target.start_year + 1
    point = (f"{cell}/{n_years}", goal / n_years)
    return Path(context.say(words.EVEN_SHARE), [point if year >= target.start_year else None for year in years])


Point = tuple[str, Decimal] | None
"""Formula and value; None where the path has not begun."""


def _grown(base: Figure, goal: Decimal, year: int, cells: tuple[str, str]) -> Point:
    """Return the base grown by the target's rate; `cells` are those of base and target."""
    gone, (start, cell) = year - base.period.year, cells
    if gone < 0:
        return None
    return f"{start}*(1+{cell}/100)^{gone}", base.value * (1 + goal / 100) ** gone


def _on_line(base: Figure, goal: Decimal, year: int, cells: tuple[str, str], deadline: int) -> Point:
    """Return the point of the straight line from base to target; `cells` are those of base and target."""
    whole, gone, (start, cell) = deadline - base.period.year, year - base.period.year, cells
    if gone < 0 or whole <= 0:
        return None
    gone = min(gone, whole)
    return f"{start}+({cell}-{start})*{gone}/{whole}", base.value + (goal - base.value) * gone / whole


class Block(NamedTuple):
    """The rows of a trend on the data sheet: years, actual values, paths."""

    row: int
    n_years: int
    n_paths: int


def _line_chart(context: Context, data: Sheet, block: Block, axis: dict[str, object]) -> Chart:
    row, n_years, n_paths = block
    chart = context.workbook.add_chart({"type": "line"})
    categories = [data.name, row, 1, row, n_years]
    for step in range(1, n_paths + 2):
        is_actual = step == 1
        line = {"color": ACTUAL_LINE if is_actual else PATH_LINE, "width": 2.25 if is_actual else 1.75}
        marker: dict[str, object] = {"type": "none"}
        if is_actual:
            marker = {"type": "circle", "size": 7, "fill": {"color": ACTUAL_LINE}, "border": {"color": ACTUAL_LINE}}
        chart.add_series(
            {
                "name": [data.name, row + step, 0],
                "categories": categories,
                "values": [data.name, row + step, 1, row + step, n_years],
                "line": line if is_actual else {**line, "dash_type": "dash"},
                "marker": marker,
            }
        )
    font = chart_font(context.lang)
    chart.set_title({"name": [data.name, row, 0], "name_font": {**font, "size": 10.5, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_y_axis(
        {
            **axis,
            "num_font": font,
            "major_gridlines": {"visible": True, "line": {"color": "#DDE2E6", "width": 0.5}},
            "line": {"none": True},
        }
    )
    # On an axis that runs down, "low" is the top; negative values want their labels below them.
    labels = "next_to" if axis.get("reverse") else "low"
    chart.set_x_axis({"num_font": font, "num_format": "0", "line": {"color": RULE}, "label_position": labels})
    chart.show_blanks_as("span")
    chart.set_chartarea({"border": {"color": RULE}})
    return chart
