"""The workbook: sheets in their order, the same bytes for the same scorecard."""

from __future__ import annotations

import io
from collections.abc import Sequence

from ipstrong.diagnostics import a1
from ipstrong.model.result import Scorecard
from ipstrong.reports.xlsx import lists
from ipstrong.reports.xlsx.cells import header_text, new_workbook, quoted
from ipstrong.reports.xlsx.charts import write_charts
from ipstrong.reports.xlsx.formulas import DataCell, FormulaWriter
from ipstrong.reports.xlsx.methods import write_methods
from ipstrong.reports.xlsx.scorecard_sheet import score_columns, write_regions, write_scorecards
from ipstrong.reports.xlsx.sheet import LIST_HEAD, Draft, Places, Sheet, find_places
from ipstrong.reports.xlsx.styles import DEFAULT_ROW_PIXELS, FONT_SIZE, NUMBER_FONT, Styles
from ipstrong.reports.xlsx.workings import working_columns, write_conventions, write_workings
from ipstrong.texts import Lang


def render_xlsx(scorecard: Scorecard, lang: Lang) -> bytes:
    """Return the scorecard as an xlsx workbook; the same scorecard and language give the same bytes.

    Sheets: the scorecard (one page a region where they are few, one long table where they are many), the comparison of
    regions, charts, tasks and milestones, findings, conventions, workings, data, methods, and the data of the charts.
    """
    buffer = io.BytesIO()
    workbook = new_workbook(
        buffer,
        header_text(scorecard.plan.name.get(lang), 200),
        scorecard.as_of,
        default_format_properties={"font_name": NUMBER_FONT, "font_size": FONT_SIZE},
        default_row_height=DEFAULT_ROW_PIXELS,
        default_column_width=64,
    )
    entries, n_left_out = lists.list_data(scorecard)
    places = find_places(scorecard, lang, max(1, -(-len(entries) // lists.ROWS_A_SHEET)))
    cells = {
        entry["number"]: DataCell(places.data[at // lists.ROWS_A_SHEET], LIST_HEAD + 1 + at % lists.ROWS_A_SHEET)
        for at, entry in enumerate(entries)
    }
    styles, sheets = Styles(workbook, lang), dict[str, Sheet]()
    for name, tab in _order(places):
        sheets[name] = Sheet(workbook.add_worksheet(name), name, styles, lang)
        if tab:
            sheets[name].worksheet.set_tab_color(tab)
    parts = places.names["parts"]
    n_spilled = 0

    def spill(formulas: Sequence[tuple[str, float]]) -> str:
        """Write formulas below one another in a column of their own, on a sheet that is added with the first."""
        nonlocal n_spilled
        sheet, col = workbook.get_worksheet_by_name(parts) or workbook.add_worksheet(parts), n_spilled
        for row, (formula, value) in enumerate(formulas):
            sheet.write_formula(row, col, f"={formula}", None, value)
        n_spilled += 1
        return f"{quoted(parts)}!{a1(0, col)}:{a1(len(formulas) - 1, col)}"

    columns = score_columns(scorecard, lang, is_long=places.is_long)
    draft = Draft(
        scorecard=scorecard,
        lang=lang,
        workbook=workbook,
        styles=styles,
        places=places,
        formulas=FormulaWriter(cells, spill),
        sheets=sheets,
        indicators={indicator.id: indicator for indicator in scorecard.plan.indicators},
        columns={column.id: at for at, column in enumerate(columns)},
        working_columns={column.id: at for at, column in enumerate(working_columns(has_regions=places.has_regions))},
    )
    write_scorecards(draft)
    write_regions(draft)
    write_workings(draft)
    write_conventions(draft)
    lists.write_data(draft, entries, n_left_out)
    lists.write_findings(draft)
    lists.write_tasks(draft)
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
