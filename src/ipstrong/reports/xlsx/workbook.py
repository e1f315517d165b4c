"""The workbook: sheets in their order, the same bytes for the same scorecard."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipstrong.diagnostics import a1
from ipstrong.model.result import Scorecard
from ipstrong.reports.xlsx.cells import header_text, new_workbook, quoted
from ipstrong.reports.xlsx.charts import write_charts
from ipstrong.reports.xlsx.data_sheets import list_data, write_data
from ipstrong.reports.xlsx.draft import Draft, Places, find_places
from ipstrong.reports.xlsx.formulas import FormulaWriter
from ipstrong.reports.xlsx.lists import write_findings, write_tasks
from ipstrong.reports.xlsx.methods import write_methods
from ipstrong.reports.xlsx.scorecard_sheet import score_columns, write_regions, write_scorecards
from ipstrong.reports.xlsx.sheet import Sheet
from ipstrong.reports.xlsx.styles import DEFAULT_ROW_PIXELS, FONT_SIZE, NUMBER_FONT, Styles
from ipstrong.reports.xlsx.workings import working_columns, write_conventions, write_workings
from ipstrong.texts import Lang

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet


def render(scorecard: Scorecard, lang: Lang) -> bytes:
    """Return the workbook of a scorecard."""
    buffer = io.BytesIO()
    workbook = new_workbook(
        buffer,
        header_text(scorecard.plan.name.get(lang), 200),
        scorecard.as_of,
        default_format_properties={"font_name": NUMBER_FONT, "font_size": FONT_SIZE},
        default_row_height=DEFAULT_ROW_PIXELS,
        default_column_width=64,
    )
    listing = list_data(scorecard)
    places = find_places(scorecard, lang, listing.n_sheets)
    styles = Styles(workbook, lang)
    sheets = {name: Sheet(_add(workbook, name, tab), name, styles, lang) for name, tab in _order(places)}
    parts = _Parts(workbook, places.names["parts"])
    columns = score_columns(scorecard, lang, is_long=places.is_long)
    draft = Draft(
        scorecard=scorecard,
        lang=lang,
        workbook=workbook,
        styles=styles,
        places=places,
        formulas=FormulaWriter(listing.cells(places.data), parts.write),
        sheets=sheets,
        indicators={indicator.id: indicator for indicator in scorecard.plan.indicators},
        columns={column.id: at for at, column in enumerate(columns)},
        working_columns={column.id: at for at, column in enumerate(working_columns(has_regions=places.has_regions))},
    )
    write_scorecards(draft)
    write_regions(draft)
    write_workings(draft)
    write_conventions(draft)
    write_data(draft, listing)
    write_findings(draft)
    write_tasks(draft)
    write_methods(draft)
    write_charts(draft)
    workbook.close()
    return buffer.getvalue()


def _order(places: Places) -> list[tuple[str, str]]:
    """Return the sheets in their order, each with the colour of its tab, if any."""
    names = places.names
    return [
        *([(names["regions"], "#22405C")] if places.has_regions else ()),
        *((page, "#22405C") for page in places.pages),
        (names["charts"], "#0072B2"),
        (names["tasks"], ""),
        (names["findings"], "#D55E00"),
        (names["conventions"], ""),
        (names["workings"], ""),
        *((name, "") for name in places.data),
        (names["methods"], ""),
        (names["chart_data"], ""),
    ]


def _add(workbook: Workbook, name: str, tab: str) -> Worksheet:
    worksheet = workbook.add_worksheet(name)
    if tab:
        worksheet.set_tab_color(tab)
    return worksheet


class _Parts:
    """A sheet for the parts of formulas that are too long for a cell; added with the first part."""

    def __init__(self, workbook: Workbook, name: str) -> None:
        self._workbook = workbook
        self._name = name
        self._sheet: Worksheet | None = None
        self._col = -1

    def write(self, formulas: Sequence[tuple[str, float]]) -> str:
        """Write formulas below one another in a column of their own and return their range."""
        self._sheet = self._sheet or self._workbook.add_worksheet(self._name)
        self._col += 1
        for row, (formula, value) in enumerate(formulas):
            self._sheet.write_formula(row, self._col, f"={formula}", None, value)
        return f"{quoted(self._name)}!{a1(0, self._col)}:{a1(len(formulas) - 1, self._col)}"
