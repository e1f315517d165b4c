"""A comparison as a workbook: numbers as numbers, texts never as formulas, the same bytes for the same input."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipstrong.model.comparison import ChangeKind, Comparison
from ipstrong.reports.labels import prefix
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.sanitize import inert
from ipstrong.reports.subjects import comparison as subject
from ipstrong.reports.table import Cell, Number, Table
from ipstrong.reports.xlsx.cells import n_lines, new_workbook
from ipstrong.reports.xlsx.styles import HEAD_FILL, PAPER, RULE, Styles
from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_FILLS = {
    ChangeKind.REVISED: "#FFC7CE",
    ChangeKind.REMOVED: "#FFC7CE",
    ChangeKind.ADDED: "#C6EFCE",
    ChangeKind.REFINED: "#F1F4F7",
    ChangeKind.RESTATED: "#FFEB9C",
}
_FIGURE_WIDTHS = (14, 34, 12, 12, 14, 16, 16, 16, 12, 34, 34)
_VERDICT_WIDTHS = (7, 40, 12, 18, 18, 14, 14, 14)
_LINE = 15
"""Points of a line of text; a row that wraps needs its height said, as not every program works it out."""
_HEAD_ROW = 4
_MEANING = Text("变动的含义", "What the kinds of change mean")
_EXACT = 10**15
"""From here on a double does not hold every digit, and numbers are written as texts."""


def render(comparison: Comparison, options: ReportOptions) -> bytes:
    """Return the comparison as an xlsx workbook."""
    lang = options.lang
    buffer = io.BytesIO()
    workbook = new_workbook(buffer, subject.TITLE.get(lang), dt.date(2000, 1, 1))
    styles = _styles(workbook, lang)

    table = subject.figure_table(comparison, lang)
    marks = [(0, styles[change.kind.value]) for change in comparison.figures]
    sheet = _sheet(workbook, comparison, subject.FIGURES, styles, lang)
    below = _write_table(sheet, table, _FIGURE_WIDTHS, marks, subject.NO_CHANGE, styles, lang) + 1
    sheet.write_string(below, 0, _MEANING.get(lang), styles["line"])
    for row, (kind, meaning) in enumerate(subject.MEANINGS.items(), start=below + 1):
        sheet.write_string(row, 0, subject.KINDS[kind].get(lang), styles[kind.value])
        sheet.write_string(row, 1, meaning.get(lang), styles["line"])

    if comparison.as_of is not None:
        table = subject.verdict_table(comparison, lang)
        marks = [(4, styles["flip" if change.is_flip else "text"]) for change in comparison.verdicts]
        sheet = _sheet(workbook, comparison, subject.VERDICTS, styles, lang)
        sheet.write_string(3, 0, subject.AS_OF.format(date=comparison.as_of).get(lang), styles["line"])
        _write_table(sheet, table, _VERDICT_WIDTHS, marks, subject.NO_VERDICTS, styles, lang)
    workbook.close()
    return buffer.getvalue()


def _styles(workbook: Workbook, lang: Lang) -> dict[str, Format]:
    base: dict[str, object] = {"valign": "top"}
    boxed = {**base, "border": 1, "border_color": RULE, "text_wrap": True}
    properties: dict[str, dict[str, object]] = {
        "title": {**base, "bold": True, "font_size": 14},
        "line": base,
        "head": {**boxed, "bold": True, "bg_color": HEAD_FILL, "font_color": PAPER},
        "text": boxed,
        "whole": {**boxed, "num_format": "#,##0"},
        "number": {**boxed, "num_format": "#,##0.00####"},
        "signed whole": {**boxed, "num_format": "+#,##0;-#,##0;0"},
        "signed number": {**boxed, "num_format": "+#,##0.00####;-#,##0.00####;0"},
        "percent": {**boxed, "num_format": "+0.0%;-0.0%;0.0%"},
        "flip": {**boxed, "bg_color": "#FFC7CE", "bold": True},
        **{kind.value: {**boxed, "bg_color": fill, "bold": True} for kind, fill in _FILLS.items()},
    }
    styles = Styles(workbook, lang)
    return {name: styles.get(**given) for name, given in properties.items()}


def _sheet(workbook: Workbook, comparison: Comparison, title: Text, styles: dict[str, Format], lang: Lang) -> Worksheet:
    """Return a new sheet with its title, the files of both sides and the counts above its table."""
    sheet = workbook.add_worksheet(title.get(lang))
    old, new = map(inert, subject.files_text(comparison))
    sheet.set_row(0, 1.5 * _LINE)
    sheet.write_string(0, 0, f"{prefix(subject.TITLE, lang)}{title.get(lang)}", styles["title"])
    names = f"{prefix(subject.OLD, lang)}{old}    {prefix(subject.NEW, lang)}{new}"
    sheet.write_string(1, 0, names, styles["line"])
    counts = f"{subject.history_text(comparison).get(lang)} ({subject.counts_text(comparison, lang)})"
    sheet.write_string(2, 0, counts, styles["line"])
    return sheet


def _write_table(
    sheet: Worksheet,
    table: Table,
    widths: Sequence[int],
    marks: Sequence[tuple[int, Format]],
    empty: Text,
    styles: dict[str, Format],
    lang: Lang,
) -> int:
    """Write a table with a head, one marked cell a row, and return the row after its last."""
    for column, (head, width) in enumerate(zip(table.columns, widths, strict=True)):
        sheet.write_string(_HEAD_ROW, column, head.title.get(lang), styles["head"])
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_HEAD_ROW + 1, 2)
    sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + max(len(table.rows), 1), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    for row, (given, (marked, style)) in enumerate(zip(table.rows, marks, strict=True), start=_HEAD_ROW + 1):
        needed = 1
        for column, cell in enumerate(given.cells):
            if isinstance(cell, str):
                text = inert(cell)
                if table.columns[column].is_number:
                    sheet.write_blank(row, column, None, styles["text"])
                    continue
                sheet.write_string(row, column, text, style if column == marked else styles["text"])
                # Letters are narrower than the digits that widths are counted in, Chinese characters as wide as two.
                needed = max(needed, n_lines(text, widths[column] * (1.1 if text.isascii() else 1)))
            else:
                _write_number(sheet, row, column, cell, table.columns[column].id, styles)
        if needed > 1:
            sheet.set_row(row, needed * _LINE)
    if not table.rows:
        sheet.write_string(_HEAD_ROW + 1, 0, empty.get(lang), styles["line"])
    return _HEAD_ROW + 1 + max(len(table.rows), 1)


def _write_number(sheet: Worksheet, row: int, column: int, cell: Cell, id_: str, styles: dict[str, Format]) -> None:
    if not isinstance(cell, Number):
        sheet.write(row, column, cell, styles["text"])
        return
    value = cell.value
    if not value.is_finite() or abs(value) >= _EXACT:
        sheet.write_string(row, column, str(value), styles["text"])
        return
    kind = "whole" if value == value.to_integral_value() else "number"
    name = "percent" if id_ == "relative" else f"signed {kind}" if id_ == "change" else kind
    sheet.write_number(row, column, float(value), styles[name])
