"""The sheet of charts: attainment of the targets of each area, and trends against the required path.

The charts read a sheet of formulas of their own, so that they follow the scorecard when a value is changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipstrong.reports.xlsx import words
from ipstrong.reports.xlsx.bar_charts import bar_chart, list_bars
from ipstrong.reports.xlsx.context import Context
from ipstrong.reports.xlsx.panels import Panel
from ipstrong.reports.xlsx.sheet import Sheet
from ipstrong.reports.xlsx.trend_charts import has_trend, trend_chart
from ipstrong.texts import Text

_SCALE = 92
_PAGE_ROWS = 36
"""Rows of a printed page at that scale: twice a title and a row of charts."""
_ROW_PIXELS = 20
_ROW_POINTS = 15
_PAGE_COLUMNS = 16
_COLUMN_PIXELS = 64
_WIDTH = _PAGE_COLUMNS * _COLUMN_PIXELS
_HEAD_ROWS = 3
_CHART_ROWS = 15
_BARS_A_ROW, _TRENDS_A_ROW = 2, 3
_MOST_TRENDS = 36


def write_charts(context: Context) -> None:
    """Write the charts of the first region and the data that they show."""
    data = context.sheets[context.layout.names.chart_data]
    sheet = context.sheets[context.layout.names.charts]
    data.text(0, 0, data.name, data.styles.title())
    data.text(1, 0, context.say(words.CHART_DATA_META), data.styles.meta())
    data.widths([44.0, *[13.0] * (len(context.scorecard.years) + 8)])
    own = _own_results(context)
    row = 3
    bars: list[Panel] = []
    for item in list_bars(context, own):
        bars.append(bar_chart(context, data, row, item))
        row += bars[-1].n_rows + 1
    trends: list[Panel] = []
    plotted = [number for number in own if has_trend(context.scorecard.results[number])]
    for number in plotted[:_MOST_TRENDS]:
        trends.append(trend_chart(context, data, row, number))
        row += trends[-1].n_rows + 1
    _place(context, sheet, bars, trends, len(plotted) - _MOST_TRENDS)
    data.page(context.say(context.scorecard.plan.name), str(context.scorecard.as_of))
    data.worksheet.freeze_panes(2, 1)


def _own_results(context: Context) -> list[int]:
    """Return the numbers of the results of the first region."""
    results = context.scorecard.results
    return [number for number, result in enumerate(results) if result.region == results[0].region]


def _place(context: Context, sheet: Sheet, bars: Sequence[Panel], trends: Sequence[Panel], n_more: int) -> None:
    """Put the charts on pages, two rows of charts a page: bars two beside one another, then trends three."""
    styles, say = sheet.styles, context.say
    scorecard = context.scorecard
    sheet.worksheet.set_column(0, _PAGE_COLUMNS - 1, 8.43)
    sheet.worksheet.set_default_row(_ROW_POINTS)
    region = scorecard.results[0].region_name if scorecard.results else ""
    meta = f"{say(scorecard.plan.name)} · {say(words.CHARTS_META, region=region, date=scorecard.as_of.isoformat())}"
    slots = [
        *_slots(words.BARS_SECTION, bars, _BARS_A_ROW),
        *_slots(words.TRENDS_SECTION, trends, _TRENDS_A_ROW),
    ]
    for position, (title, panels, a_row) in enumerate(slots):
        # A page is two slots high; every page, and every new section on it, has its title.
        row = position // 2 * _PAGE_ROWS + position % 2 * (_PAGE_ROWS // 2)
        is_new = position % 2 == 0 or title != slots[position - 1][0]
        if is_new:
            sheet.text(row, 0, say(title), styles.title())
            sheet.text(row + 1, 0, meta, styles.meta())
        _place_row(sheet, panels, row + _HEAD_ROWS - 1 if is_new else row, a_row)
    last = -(-len(slots) // 2) * _PAGE_ROWS
    if not slots:
        sheet.text(0, 0, say(words.NO_CHARTS), styles.title())
        last = 2
    if n_more > 0:
        sheet.text(last - 1, 0, say(words.MORE_TRENDS, n=n_more), styles.meta())
    sheet.page(say(scorecard.plan.name), str(scorecard.as_of), fit=False)
    sheet.worksheet.set_print_scale(_SCALE)
    sheet.worksheet.set_h_pagebreaks(list(range(_PAGE_ROWS, last, _PAGE_ROWS)))
    sheet.worksheet.print_area(0, 0, last - 1, _PAGE_COLUMNS - 1)


def _slots(title: Text, panels: Sequence[Panel], a_row: int) -> Iterator[tuple[Text, Sequence[Panel], int]]:
    """Yield rows of charts: the title of their section, the charts, and how many fit beside one another."""
    for start in range(0, len(panels), a_row):
        yield title, panels[start : start + a_row], a_row


def _place_row(sheet: Sheet, panels: Sequence[Panel], row: int, a_row: int) -> None:
    width = _WIDTH // a_row - 8
    for across, panel in enumerate(panels):
        panel.chart.set_size({"width": width, "height": _CHART_ROWS * _ROW_PIXELS - 8})
        col, rest = divmod(across * (width + 8), _COLUMN_PIXELS)
        place = {"x_offset": rest + 2, "y_offset": 4, "object_position": 2, "description": panel.alt}
        sheet.worksheet.insert_chart(row, col, panel.chart, place)
