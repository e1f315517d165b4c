"""A comparison as a workbook: numbers as numbers, texts never as formulas, the same bytes for the same input."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ipstrong.model.comparison import ChangeKind, Comparison, FigureChange
from ipstrong.reports.compare import lines
from ipstrong.reports.compare.markdown import FIGURE_HEADS, VERDICT_HEADS
from ipstrong.reports.xlsx.cells import n_lines
from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FONT = {"zh": "Microsoft YaHei", "en": "Arial"}
FILLS = {
    ChangeKind.REVISED: "#FFC7CE",
    ChangeKind.REMOVED: "#FFC7CE",
    ChangeKind.ADDED: "#C6EFCE",
    ChangeKind.REFINED: "#F1F4F7",
    ChangeKind.RESTATED: "#FFEB9C",
}
FIGURE_WIDTHS = (14, 34, 12, 12, 14, 16, 16, 16, 12, 34, 34)
VERDICT_WIDTHS = (7, 40, 12, 18, 18, 14, 14, 14)
LINE = 15
"""Points of a line of text; a row that wraps needs its height said, as not every program works it out."""
HEAD_ROW = 4
MEANING = Text("变动的含义", "What the kinds of change mean")
_EXACT = 10**15


class _Styles(NamedTuple):
    title: Format
    line: Format
    head: Format
    text: Format
    whole: Format
    number: Format
    signed_whole: Format
    signed: Format
    percent: Format
    kinds: dict[ChangeKind, Format]
    flip: Format


def render_workbook(comparison: Comparison, lang: Lang) -> bytes:
    """Return the comparison as an xlsx workbook."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    made = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - fixed: a clock would change the bytes
    workbook.set_properties({"title": lines.TITLE.get(lang), "author": "ipstrong", "created": made})
    page = _Page(comparison, lang, _styles(workbook, lang))
    page.write_figures(workbook.add_worksheet(lines.FIGURES.get(lang)))
    if comparison.as_of is not None:
        page.write_verdicts(workbook.add_worksheet(lines.VERDICTS.get(lang)))
    workbook.close()
    return buffer.getvalue()


def _styles(workbook: Workbook, lang: Lang) -> _Styles:
    base: dict[str, object] = {"font_name": FONT[lang], "font_size": 10, "valign": "top", "font_color": "#1F2933"}
    boxed = {**base, "border": 1, "border_color": "#B8C0C8", "text_wrap": True}

    def made(**properties: object) -> Format:
        return workbook.add_format({**boxed, **properties})

    return _Styles(
        title=workbook.add_format({**base, "bold": True, "font_size": 14}),
        line=workbook.add_format(base),
        head=made(bold=True, bg_color="#22405C", font_color="#FFFFFF"),
        text=made(),
        whole=made(num_format="#,##0"),
        number=made(num_format="#,##0.00####"),
        signed_whole=made(num_format="+#,##0;-#,##0;0"),
        signed=made(num_format="+#,##0.00####;-#,##0.00####;0"),
        percent=made(num_format="+0.0%;-0.0%;0.0%"),
        kinds={kind: made(bg_color=fill, bold=True) for kind, fill in FILLS.items()},
        flip=made(bg_color="#FFC7CE", bold=True),
    )


class _Page:
    """Writes the sheets of one comparison."""

    def __init__(self, comparison: Comparison, lang: Lang, styles: _Styles) -> None:
        self.comparison = comparison
        self.lang: Lang = lang
        self.styles = styles

    def write_figures(self, sheet: Worksheet) -> None:
        """Write every change of a figure, and what the kinds of change mean."""
        comparison, lang, styles = self.comparison, self.lang, self.styles
        self._top(sheet, lines.FIGURES)
        self._heads(sheet, FIGURE_HEADS, FIGURE_WIDTHS, len(comparison.figures))
        row = HEAD_ROW
        for change in comparison.figures:
            row += 1
            self._figure(sheet, row, change)
        if not comparison.figures:
            row += 1
            sheet.write_string(row, 0, lines.NO_CHANGE.get(lang), styles.line)
        row += 2
        sheet.write_string(row, 0, MEANING.get(lang), styles.line)
        for kind, meaning in lines.MEANINGS.items():
            row += 1
            sheet.write_string(row, 0, lines.KINDS[kind].get(lang), styles.kinds[kind])
            sheet.write_string(row, 1, meaning.get(lang), styles.line)

    def write_verdicts(self, sheet: Worksheet) -> None:
        """Write every change of a verdict."""
        comparison, lang, styles = self.comparison, self.lang, self.styles
        self._top(sheet, lines.VERDICTS)
        sheet.write_string(3, 0, lines.AS_OF.format(date=comparison.as_of).get(lang), styles.line)
        self._heads(sheet, VERDICT_HEADS, VERDICT_WIDTHS, len(comparison.verdicts))
        if not comparison.verdicts:
            sheet.write_string(HEAD_ROW + 1, 0, lines.NO_VERDICTS.get(lang), styles.line)
        for row, change in enumerate(comparison.verdicts, start=HEAD_ROW + 1):
            line = lines.verdict_line(change, lang)
            sheet.write_number(row, 0, change.number, styles.text)
            for column, text in ((1, line.target), (2, line.region), (3, line.old), (7, line.unit)):
                sheet.write_string(row, column, text, styles.text)
            flip = f" ({lines.FLIPPED.get(lang)})" if line.is_flip else ""
            sheet.write_string(row, 4, line.new + flip, styles.flip if line.is_flip else styles.text)
            self._number(sheet, (row, 5), change.old_value, self._plain(change.old_value))
            self._number(sheet, (row, 6), change.new_value, self._plain(change.new_value))
            said = {1: line.target, 2: line.region, 3: line.old, 4: line.new + flip, 7: line.unit}
            _fit(sheet, row, said, VERDICT_WIDTHS)

    def _top(self, sheet: Worksheet, title: Text) -> None:
        lang, styles = self.lang, self.styles
        old, new = lines.files_text(self.comparison)
        colon = "：" if lang == "zh" else ": "
        sheet.set_row(0, 1.5 * LINE)
        sheet.write_string(0, 0, f"{lines.TITLE.get(lang)}{colon}{title.get(lang)}", styles.title)
        sheet.write_string(1, 0, f"{lines.OLD.get(lang)}{colon}{old}    {lines.NEW.get(lang)}{colon}{new}", styles.line)
        counts = f"{lines.history_text(self.comparison).get(lang)} ({lines.counts_text(self.comparison, lang)})"
        sheet.write_string(2, 0, counts, styles.line)

    def _heads(self, sheet: Worksheet, heads: Sequence[Text], widths: Sequence[int], n_rows: int) -> None:
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.write_string(HEAD_ROW, column, head.get(self.lang), self.styles.head)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(HEAD_ROW + 1, 2)
        sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(n_rows, 1), len(heads) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)

    def _figure(self, sheet: Worksheet, row: int, change: FigureChange) -> None:
        line, styles = lines.figure_line(change, self.comparison, self.lang), self.styles
        sheet.write_string(row, 0, line.kind, styles.kinds[change.kind])
        texts = ((1, line.series), (2, line.region), (3, line.period), (4, line.unit))
        for column, text in (*texts, (9, line.old_cell), (10, line.new_cell)):
            sheet.write_string(row, column, text, styles.text)
        for column, seen in ((5, change.old), (6, change.new)):
            value = seen.value if seen else None
            self._number(sheet, (row, column), value, self._plain(value))
        is_whole = change.change is not None and change.change == change.change.to_integral_value()
        self._number(sheet, (row, 7), change.change, styles.signed_whole if is_whole else styles.signed)
        self._number(sheet, (row, 8), change.relative, styles.percent)
        said = {0: line.kind, 1: line.series, 2: line.region, 4: line.unit, 9: line.old_cell, 10: line.new_cell}
        _fit(sheet, row, said, FIGURE_WIDTHS)

    def _plain(self, value: Decimal | None) -> Format:
        is_whole = value is not None and value.is_finite() and value == value.to_integral_value()
        return self.styles.whole if is_whole else self.styles.number

    def _number(self, sheet: Worksheet, cell: tuple[int, int], value: Decimal | None, style: Format) -> None:
        if value is None:
            sheet.write_blank(*cell, None, self.styles.text)
        elif value.is_finite() and abs(value) < _EXACT:
            sheet.write_number(*cell, float(value), style)
        else:
            sheet.write_string(*cell, str(value), self.styles.text)


def _fit(sheet: Worksheet, row: int, texts: Mapping[int, str], widths: Sequence[int]) -> None:
    """Make a row as high as its longest text needs."""
    # Letters are narrower than the digits that widths are counted in, Chinese characters as wide as two of them.
    needed = max(n_lines(text, widths[column] * (1.1 if text.isascii() else 1)) for column, text in texts.items())
    if needed > 1:
        sheet.set_row(row, needed * LINE)
