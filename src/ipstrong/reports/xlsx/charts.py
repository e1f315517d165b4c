"""Charts: attainment of the targets of each area, and trends with the required path.

The charts read a sheet of formulas of their own, so that they follow the scorecard when a value is changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from ipstrong.diagnostics import a1
from ipstrong.model.plan import MeasureKind
from ipstrong.model.result import Figure, Result
from ipstrong.reports.xlsx import words
from ipstrong.reports.xlsx.cells import cell_text
from ipstrong.reports.xlsx.formulas import constant
from ipstrong.reports.xlsx.scorecard_sheet import attainment_format
from ipstrong.reports.xlsx.sheet import Draft, Sheet
from ipstrong.reports.xlsx.styles import ACTUAL_LINE, FONTS, INK, PATH_LINE, RULE, TONES, NumberFormat
from ipstrong.texts import Text

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

_SCALE = 92
_PAGE_ROWS = 36
"""Rows of a printed page at that scale: twice a title and a row of charts."""
_ROW_PIXELS = 20
_ROW_POINTS = 15
_PAGE_COLUMNS = 16
_COLUMN_PIXELS = 64
_HEAD_ROWS = 3
_CHART_ROWS = 15
_BARS_A_ROW, _TRENDS_A_ROW = 2, 3
MOST_TRENDS = 36
_FEWEST_POINTS = 2
_CAP = Decimal("1.5")
"""Longer bars end here; the label says the value."""
_MOST_BARS = 5
"""Bars whose labels fit into one chart; an area with more targets gets charts of about the same size."""
_FAINT_GRID = {"visible": True, "line": {"color": "#DDE2E6", "width": 0.5}}


ReadyChart = tuple["Chart", str, int]
"""A chart to be placed, its description for those who cannot see it, and the rows that its data take."""


def write_charts(draft: Draft) -> None:
    """Write the charts of the first region and the data that they show."""
    data, results = draft.sheet("chart_data"), draft.scorecard.results
    data.text(0, 0, data.name, data.styles.title())
    data.text(1, 0, draft.say(words.CHART_DATA_META), data.styles.meta())
    data.widths([44.0, *[13.0] * (len(draft.scorecard.years) + 8)])
    own = [number for number, result in enumerate(results) if result.region == results[0].region]
    row = 3
    bars: list[ReadyChart] = []
    for area, numbers in _bars(draft, own):
        bars.append(_bar_chart(draft, data, row, area, numbers))
        row += bars[-1][2] + 1
    trends: list[ReadyChart] = []
    plotted = [number for number in own if _has_trend(results[number])]
    for number in plotted[:MOST_TRENDS]:
        trends.append(_trend_chart(draft, data, row, number))
        row += trends[-1][2] + 1
    _place(draft, bars, trends, len(plotted) - MOST_TRENDS)
    draft.page(data)
    data.worksheet.freeze_panes(2, 1)


def _place(draft: Draft, bars: Sequence[ReadyChart], trends: Sequence[ReadyChart], n_more: int) -> None:
    """Put the charts on pages, two rows of charts a page: two bar charts in a row, then three trends in a row."""
    sheet, say, scorecard = draft.sheet("charts"), draft.say, draft.scorecard
    sheet.worksheet.set_column(0, _PAGE_COLUMNS - 1, 8.43)
    sheet.worksheet.set_default_row(_ROW_POINTS)
    region = scorecard.results[0].region_name if scorecard.results else ""
    meta = f"{say(scorecard.plan.name)} · {say(words.CHARTS_META, region=region, date=scorecard.as_of.isoformat())}"
    rows: list[tuple[Text, Sequence[ReadyChart], int]] = [
        (title, charts[start : start + a_row], a_row)
        for title, charts, a_row in (
            (words.BARS_SECTION, bars, _BARS_A_ROW),
            (words.TRENDS_SECTION, trends, _TRENDS_A_ROW),
        )
        for start in range(0, len(charts), a_row)
    ]
    for at, (title, charts, a_row) in enumerate(rows):
        row = at // 2 * _PAGE_ROWS + at % 2 * (_PAGE_ROWS // 2)
        # Every page, and every new section on it, has its title.
        if at % 2 == 0 or title != rows[at - 1][0]:
            sheet.text(row, 0, say(title), sheet.styles.title())
            sheet.text(row + 1, 0, meta, sheet.styles.meta())
            row += _HEAD_ROWS - 1
        width = _PAGE_COLUMNS * _COLUMN_PIXELS // a_row - 8
        for across, (chart, alt, _) in enumerate(charts):
            chart.set_size({"width": width, "height": _CHART_ROWS * _ROW_PIXELS - 8})
            col, rest = divmod(across * (width + 8), _COLUMN_PIXELS)
            place = {"x_offset": rest + 2, "y_offset": 4, "object_position": 2, "description": alt}
            sheet.worksheet.insert_chart(row, col, chart, place)
    last = -(-len(rows) // 2) * _PAGE_ROWS
    if not rows:
        sheet.text(0, 0, say(words.NO_CHARTS), sheet.styles.title())
        last = 2
    if n_more > 0:
        sheet.text(last - 1, 0, say(words.MORE_TRENDS, n=n_more), sheet.styles.meta())
    draft.page(sheet, fit=False)
    sheet.worksheet.set_print_scale(_SCALE)
    sheet.worksheet.set_h_pagebreaks(list(range(_PAGE_ROWS, last, _PAGE_ROWS)))
    sheet.worksheet.print_area(0, 0, last - 1, _PAGE_COLUMNS - 1)


def _font(draft: Draft) -> dict[str, object]:
    return {"name": FONTS[draft.lang], "size": 9, "color": INK}


def _bars(draft: Draft, own: Sequence[int]) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield the charts of attainment: name of the area and results; an area without a single value has none."""
    results, areas = draft.scorecard.results, draft.scorecard.plan.areas
    names = {area.id: draft.say(area.name) for area in areas}
    for area in (*names, None):
        held = [
            number
            for number in own
            if (results[number].target.area if results[number].target.area in names else None) == area
            and isinstance(results[number].attainment, Decimal)
        ]
        n_charts = -(-len(held) // _MOST_BARS)
        for part in range(n_charts):
            first, end = (len(held) * each // n_charts for each in (part, part + 1))
            yield names[area] if area else "", held[first:end]


def _bar_chart(draft: Draft, data: Sheet, row: int, area: str, numbers: Sequence[int]) -> ReadyChart:
    """Write the rows of a chart of attainment and return the chart: a bar a target, a heavy line at 100 %."""
    styles, results = data.styles, [draft.scorecard.results[number] for number in numbers]
    data.text(row, 0, area, styles.section())
    for col, head in enumerate(
        (draft.say(words.CHART_DATA_LABEL), draft.head("attainment"), draft.say(words.CHART_DATA_PLOTTED))
    ):
        data.text(row + 1, col, head, styles.head())
    first, is_cut = row + 2, False
    for here, (number, result) in enumerate(zip(numbers, results, strict=True), first):
        value = result.attainment
        assert isinstance(value, Decimal)
        data.formula(here, 1, draft.score_cell(number, "attainment"), value, styles.number("0.0%"))
        plotted = max(Decimal(0), min(value, _CAP))
        is_cut = is_cut or plotted != value
        data.formula(here, 2, f"MAX(0,MIN({a1(here, 1)},{_CAP}))", plotted, styles.number("0.0%"))
        label, formula = _bar_label(draft, number, value, a1(here, 1))
        data.formula(here, 0, formula, label, styles.text())
        data.height(here, 2)
    last = first + len(numbers) - 1
    chart = draft.workbook.add_chart({"type": "bar"})
    tones = [TONES[result.status] for result in results]
    chart.add_series(
        {
            "name": [data.name, row, 0],
            "categories": [data.name, first, 0, last, 0],
            "values": [data.name, first, 2, last, 2],
            "points": [{"fill": {"color": tone.solid}, "border": {"color": INK}} for tone in tones],
            "gap": {1: 260, 2: 130}.get(len(numbers), 55),
        }
    )
    font = _font(draft)
    title_font = {**font, "size": 12, "bold": True}
    chart.set_title({"name": [data.name, row, 0], "name_font": title_font, "overlay": False})
    chart.set_legend({"none": True})
    axis_title = words.ATTAINMENT_CUT if is_cut else words.ATTAINMENT_TITLE
    # The one major grid line inside the axis is the line of 100 %.
    chart.set_x_axis(
        {
            "min": 0,
            "max": float(_CAP),
            "major_unit": 1,
            "minor_unit": 0.25,
            "num_format": "0%",
            "major_gridlines": {"visible": True, "line": {"color": INK, "width": 2.25}},
            "minor_gridlines": _FAINT_GRID,
            "num_font": font,
            "name": draft.say(axis_title, cap=f"{_CAP:%}".replace(".0", "")),
            "name_font": {**font, "bold": False},
        }
    )
    look = {"num_font": font, "line": {"color": RULE}, "major_tick_mark": "none", "interval_unit": 1}
    chart.set_y_axis({"reverse": True, "crossing": "max", **look})
    chart.set_chartarea({"border": {"color": RULE}})
    return chart, draft.say(words.BARS_ALT, area=cell_text(area)), len(numbers) + 2


def _bar_label(draft: Draft, number: int, attainment: Decimal, cell: str) -> tuple[str, str]:
    """Return number, name, status and attainment of a target, and the formula that makes them."""
    result, shown = draft.scorecard.results[number], attainment_format(attainment)
    parts = [draft.score_cell(number, field) for field in ("number", "target", "status")]
    # Cut instead of rounding if rounding would reach 100 %, now or after a correction.
    places = shown.decimals + 2
    kept_below = f"IF(AND({cell}<1,ROUND({cell},{places})>=1),ROUNDDOWN({cell},{places}),{cell})"
    formula = f'{parts[0]}&" "&{parts[1]}&CHAR(10)&{parts[2]}&" "&TEXT({kept_below},"{shown.code}")'
    return f"{_target_name(draft, result)}\n{draft.say(result.status.text)} {shown.shown(attainment)}", formula


def _target_name(draft: Draft, result: Result) -> str:
    return f"{result.target.number} {cell_text(draft.say(result.target.name))}"


def _has_trend(result: Result) -> bool:
    """Return whether a result has points enough for a line, and a target to compare it with."""
    return result.target_value is not None and len(_actual(result, range(len(result.series)))) >= _FEWEST_POINTS


def _actual(result: Result, years: Sequence[int]) -> dict[int, tuple[str, Decimal]]:
    """Return by year the field and value to draw: yearly values, or for a rank the first and the latest place."""
    if result.target.measure is MeasureKind.RANK:
        ends = (("base", result.base), ("latest", result.latest))
        return {figure.period.year: (field, figure.value) for field, figure in ends if isinstance(figure, Figure)}
    pairs = zip(years, result.series, strict=False)
    return {year: (f"year{year}", figure.value) for year, figure in pairs if isinstance(figure, Figure)}


Point = tuple[str, Decimal] | None
"""Formula and value of a path in a year; None before the path begins."""


def _trend_chart(draft: Draft, data: Sheet, row: int, number: int) -> ReadyChart:
    """Write the rows of a trend (years, actual values, paths) and return the chart."""
    result, styles, shown_years = draft.scorecard.results[number], data.styles, draft.scorecard.years
    years = list(range(shown_years[0], max(shown_years[-1], result.target.deadline) + 1))
    formats = draft.formats(result)
    is_rank = result.target.measure is MeasureKind.RANK
    plotted_format = formats.value if is_rank else formats.series
    name = _target_name(draft, result)
    title = f'{draft.score_cell(number, "number")}&" "&{draft.score_cell(number, "target")}'
    data.formula(row, 0, title, name, styles.section())
    for offset, year in enumerate(years, 1):
        data.number(row, offset, Decimal(year), styles.number("0", bold=True, align="center"))
    actual = _actual(result, shown_years)
    points = {year: (draft.score_cell(number, field), value) for year, (field, value) in actual.items()}
    paths = {words.ACTUAL: [points.get(year) for year in years], **_paths(draft, number, result, years)}
    for step, (label, path) in enumerate(paths.items(), 1):
        data.text(row + step, 0, draft.say(label), styles.text())
        for offset, point in enumerate(path, 1):
            if point is not None:
                data.formula(row + step, offset, *point, styles.number(plotted_format(point[1]).code))
    values = [value for _, value in actual.values()]
    drawn = [point[1] for path in paths.values() for point in path if point is not None]
    axis: dict[str, object] = {"num_format": axis_format(plotted_format(values[0]), [*values, *drawn])}
    if is_rank:
        worst = int(max(*values, result.target_value or values[0]))
        axis.update(reverse=True, crossing="max", min=1, max=worst + 1, major_unit=1 if worst < 10 else 5)
    chart = _line_chart(draft, data, row, len(years), len(paths), axis)
    return chart, draft.say(words.TREND_ALT, target=name), len(paths) + 1


def axis_format(plain: NumberFormat, values: Sequence[Decimal]) -> str:
    """Return the format of an axis: as many decimals as tell its steps apart."""
    spread = max(values) - min(values)
    decimals = 0 if spread >= 5 or plain.decimals == 0 else 1 if spread >= Decimal("0.5") else 2
    return plain._replace(decimals=decimals, prefix="").code


def _paths(draft: Draft, number: int, result: Result, years: Sequence[int]) -> dict[Text, list[Point]]:
    """Return the required path of a target in the unit of its indicator.

    A straight line from base to target; for average growth the base grown at the target's rate; for yearly targets, and
    where there is no base, the target itself, as for a rank; for a range its two bounds; for a sum from nothing the
    even share of each year.
    """
    target, base, goal = result.target, result.base, result.target_value
    cell = draft.score_cell(number, "goal")
    if goal is None:
        return {}
    if target.measure is MeasureKind.RANK:
        return {words.REQUIRED: [(cell, goal) for _ in years]}
    if target.measure is MeasureKind.RANGE and target.upper is not None:
        bounds = {words.LOWER_BOUND: (cell, goal), words.UPPER_BOUND: (constant(target.upper), target.upper)}
        return {name: [point for _ in years] for name, point in bounds.items()}
    if target.measure is MeasureKind.CUMULATIVE and isinstance(base, Figure) and not base.observations:
        n_years = target.deadline - target.start_year + 1
        share = (f"{cell}/{n_years}", goal / n_years)
        return {words.EVEN_SHARE: [share if year >= target.start_year else None for year in years]}
    if target.measure is MeasureKind.EVERY_YEAR or not isinstance(base, Figure):
        if target.is_growth:
            return {}
        return {words.REQUIRED: [(cell, goal) if year >= target.start_year else None for year in years]}
    start, whole = draft.score_cell(number, "base"), target.deadline - base.period.year
    path: list[Point] = []
    for year in years:
        gone = year - base.period.year
        if gone < 0 or (whole <= 0 and not target.is_growth):
            path.append(None)
        elif target.is_growth:
            path.append((f"{start}*(1+{cell}/100)^{gone}", base.value * (1 + goal / 100) ** gone))
        else:
            gone = min(gone, whole)
            value = base.value + (goal - base.value) * gone / whole
            path.append((f"{start}+({cell}-{start})*{gone}/{whole}", value))
    return {words.REQUIRED: path}


def _line_chart(draft: Draft, data: Sheet, row: int, n_years: int, n_lines: int, axis: dict[str, object]) -> Chart:
    """Return the chart of the actual values, in the first row below the years, and of the paths below them."""
    chart = draft.workbook.add_chart({"type": "line"})
    actual = {
        "line": {"color": ACTUAL_LINE, "width": 2.25},
        "marker": {"type": "circle", "size": 7, "fill": {"color": ACTUAL_LINE}, "border": {"color": ACTUAL_LINE}},
    }
    path = {"line": {"color": PATH_LINE, "width": 1.75, "dash_type": "dash"}, "marker": {"type": "none"}}
    for step in range(1, n_lines + 1):
        chart.add_series(
            {
                "name": [data.name, row + step, 0],
                "categories": [data.name, row, 1, row, n_years],
                "values": [data.name, row + step, 1, row + step, n_years],
                **(actual if step == 1 else path),
            }
        )
    font = _font(draft)
    title_font = {**font, "size": 10.5, "bold": True}
    chart.set_title({"name": [data.name, row, 0], "name_font": title_font, "overlay": False})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_y_axis({**axis, "num_font": font, "major_gridlines": _FAINT_GRID, "line": {"none": True}})
    # On an axis that runs down, "low" is the top; negative values want their labels below them.
    labels = "next_to" if axis.get("reverse") else "low"
    chart.set_x_axis({"num_font": font, "num_format": "0", "line": {"color": RULE}, "label_position": labels})
    chart.show_blanks_as("span")
    chart.set_chartarea({"border": {"color": RULE}})
    return chart
