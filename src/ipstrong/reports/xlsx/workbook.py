"""The workbook: sheets in their order, the same bytes for the same scorecard."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipstrong.diagnostics import a1
from ipstrong.model.result import Scorecard
from ipstrong.reports.xlsx.cells import header_text, quoted
from ipstrong.reports.xlsx.charts import write_charts
from ipstrong.reports.xlsx.context import Context
from ipstrong.reports.xlsx.conventions_sheet import write_conventions
from ipstrong.reports.xlsx.data_sheet import write_data
from ipstrong.reports.xlsx.expressions import FormulaWriter
from ipstrong.reports.xlsx.layout import Layout, Names, plan_layout
from ipstrong.reports.xlsx.lines import column_positions, score_columns
from ipstrong.reports.xlsx.lists import write_findings, write_tasks
from ipstrong.reports.xlsx.methods_sheet import write_methods
from ipstrong.reports.xlsx.observations import index_observations, list_entries, n_sheets
from ipstrong.reports.xlsx.regions_sheet import write_regions
from ipstrong.reports.xlsx.scorecard_sheet import write_scorecards
from ipstrong.reports.xlsx.sheet import Sheet
from ipstrong.reports.xlsx.styles import DEFAULT_ROW_PIXELS, FONT_SIZE, NUMBER_FONT, Styles
from ipstrong.reports.xlsx.workings_sheet import working_columns, write_workings
from ipstrong.texts import Lang

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_TABS = {"scorecards": "#22405C", "regions": "#22405C", "charts": "#0072B2", "findings": "#D55E00"}


def render(scorecard: Scorecard, lang: Lang) -> bytes:
    """Return the workbook of a scorecard."""
    import xlsxwriter

    buffer = io.BytesIO()
    # Text is written as text always; no option of the library may read a cell's text as a formula, a number or a link.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": NUMBER_FONT, "font_size": FONT_SIZE},
        "default_row_height": DEFAULT_ROW_PIXELS,
        "default_column_width": 64,
    }
    workbook = xlsxwriter.Workbook(buffer, options)
    # The day of assessment stands for the day of making: a clock would change the bytes.
    workbook.set_properties(
        {
            "title": header_text(scorecard.plan.name.get(lang), 200),
            "author": "ipstrong",
            "created": dt.datetime(
                scorecard.as_of.year, scorecard.as_of.month, scorecard.as_of.day, tzinfo=dt.UTC
            ).replace(tzinfo=None),
        }
    )
    entries, n_left_out = list_entries(scorecard)
    layout = plan_layout(scorecard, lang, n_sheets(entries))
    styles = Styles(workbook, lang)
    sheets = _add_sheets(workbook, layout, styles, lang)
    observations = index_observations(entries, n_left_out, layout.names.data)
    parts = _Parts(workbook, layout.names.parts, styles, lang)
    context = Context(
        scorecard=scorecard,
        lang=lang,
        workbook=workbook,
        styles=styles,
        layout=layout,
        observations=observations,
        formulas=FormulaWriter(observations, parts.write),
        sheets=sheets,
        indicators={indicator.id: indicator for indicator in scorecard.plan.indicators},
        columns={},
        working_columns={},
    )
    context.columns.update(column_positions(score_columns(context)))
    context.working_columns.update(column_positions(working_columns(context)))
    for write in (
        write_scorecards,
        write_regions,
        write_workings,
        write_conventions,
        write_data,
        write_findings,
        write_tasks,
        write_methods,
        write_charts,
    ):
        write(context)
    workbook.close()
    return buffer.getvalue()


def _order(names: Names) -> list[tuple[str, str]]:
    """Return kind and name of every sheet in the order in which they stand."""
    regions = [("regions", names.regions)] if names.regions else []
    return [
        *regions,
        *(("scorecards", name) for name in names.scorecards),
        ("charts", names.charts),
        ("tasks", names.tasks),
        ("findings", names.findings),
        ("conventions", names.conventions),
        ("workings", names.workings),
        *(("data", name) for name in names.data),
        ("methods", names.methods),
        ("chart_data", names.chart_data),
    ]


def _add_sheets(workbook: Workbook, layout: Layout, styles: Styles, lang: Lang) -> dict[str, Sheet]:
    sheets = {}
    for kind, name in _order(layout.names):
        worksheet = workbook.add_worksheet(name)
        if kind in _TABS:
            worksheet.set_tab_color(_TABS[kind])
        sheets[name] = Sheet(worksheet, name, styles, lang)
    return sheets


class _Parts:
    """A sheet for the parts of formulas that are too long for a cell; made when the first part is written."""

    def __init__(self, workbook: Workbook, name: str, styles: Styles, lang: Lang) -> None:
        self._workbook = workbook
        self._name = name
        self._styles = styles
        self._lang: Lang = lang
        self._sheet: Sheet | None = None
        self._col = 0

    def write(self, formulas: Sequence[tuple[str, float]]) -> str:
        """Write formulas below one another in a column of their own and return their range."""
        if self._sheet is None:
            self._sheet = Sheet(self._workbook.add_worksheet(self._name), self._name, self._styles, self._lang)
        col, self._col = self._col, self._col + 1
        for row, (formula, value) in enumerate(formulas):
            self._sheet.worksheet.write_formula(row, col, f"={formula}", None, value)
        first, last = a1(0, col), a1(len(formulas) - 1, col)
        return f"{quoted(self._name)}!{first}:{last}"
