"""One sheet of the workbook: the only place that writes cells, so that no text can become a formula on the way."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ipstrong.reports.xlsx.cells import header_text, inert, n_lines
from ipstrong.reports.xlsx.styles import FONTS, LINE_HEIGHT, Styles
from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

A4 = 9
TALLEST_ROW = 400.0
"""Points; a row of a spreadsheet ends at 409."""

_PAGE_WIDTH_PIXELS = (11.69 - 0.8) * 96
_PAGE_HEIGHT_POINTS = (8.27 - 1.3) * 72
_NEARLY_ONE_PAGE = 1.25
"""Up to so many pages are shrunk to one: two rows alone on a second page help nobody."""
_FULL_ENOUGH = 0.55
"""Share of a page that must be filled before a page break."""

_PAGE = Text("第 &P 页，共 &N 页", "Page &P of &N")


class Span(NamedTuple):
    """Neighbouring cells: first row and column, last row and column, all 0-based."""

    row: int
    col: int
    last_row: int
    last_col: int


class Sheet:
    """A worksheet with the styles and language of its workbook."""

    def __init__(self, worksheet: Worksheet, name: str, styles: Styles, lang: Lang) -> None:
        self.worksheet = worksheet
        self.name = name
        self.styles = styles
        self.lang: Lang = lang
        self._heights: dict[int, float] = {}
        self._widths: list[float] = []

    def text(self, row: int, col: int, text: str, style: Format) -> None:
        """Write a text that stays a text whatever it begins with; an empty one leaves the cell styled and empty."""
        if text:
            self.worksheet.write_string(row, col, inert(text), style)
        else:
            self.worksheet.write_blank(row, col, None, style)

    def merged_text(self, span: Span, text: str, style: Format) -> None:
        """Write a text over several cells."""
        if (span.row, span.col) != (span.last_row, span.last_col):
            self.worksheet.merge_range(*span, "", style)
        self.text(span.row, span.col, text, style)

    def number(self, row: int, col: int, value: Decimal, style: Format) -> None:
        """Write a number; one too large for a spreadsheet is written in full as a text."""
        binary = float(value)
        if math.isfinite(binary):
            self.worksheet.write_number(row, col, binary, style)
        else:
            self.text(row, col, f"{value:f}" if value.is_finite() else "∞", style)

    def formula(self, row: int, col: int, formula: str, value: Decimal | str, style: Format) -> None:
        """Write a formula (without its equals sign) with the value that it has."""
        cached: float | str = inert(value) if isinstance(value, str) else float(value)
        if isinstance(cached, float) and not math.isfinite(cached):
            cached = "#NUM!"
        self.worksheet.write_formula(row, col, f"={formula}", style, cached)

    def comment(self, row: int, col: int, text: str) -> None:
        """Attach a remark to a cell."""
        shown = inert(text)
        options = {
            "author": "ipstrong",
            "font_name": FONTS[self.lang],
            "font_size": 9,
            "x_scale": 1.4,
            "y_scale": max(0.5, 0.24 * n_lines(shown, 30)),
        }
        self.worksheet.write_comment(row, col, shown, options)

    def widths(self, widths: list[float]) -> None:
        """Set the widths of the first columns, in digits."""
        self._widths = widths
        for col, width in enumerate(widths):
            self.worksheet.set_column(col, col, width)

    def height(self, row: int, lines: float, *, size: float = 10) -> None:
        """Set the height of a row to so many lines of text."""
        self._heights[row] = min(TALLEST_ROW, lines * LINE_HEIGHT[self.lang] * size / 10 + 4)
        self.worksheet.set_row(row, self._heights[row])

    @property
    def n_pages(self) -> float:
        """About how many printed pages the rows with a set height fill when the sheet is one page wide."""
        return sum(self._heights.values()) / self._page_points

    @property
    def _page_points(self) -> float:
        """The height of a page, in points of the sheet, when the sheet is shrunk to the width of a page."""
        pixels = sum(width * 7 + 5 for width in self._widths)
        scale = min(1.0, _PAGE_WIDTH_PIXELS / pixels) if pixels else 1.0
        return _PAGE_HEIGHT_POINTS / scale

    def break_before(self, rows: list[int], head: int) -> None:
        """Break pages before the groups that begin at `rows`, where that leaves no page half empty.

        A group whose name would stand at the foot of a page, or that would be cut, moves to the next page. Suites that
        ignore page breaks on a sheet shrunk to its width (Excel does) break where a page is full.
        """
        if self.n_pages < _NEARLY_ONE_PAGE:
            return
        full, head_points = self._page_points, self._heights.get(head, 0.0)
        breaks: list[int] = []
        filled, reached = 0.0, 0
        ends = [*rows[1:], max(self._heights) + 1]
        for row, end in zip(rows, ends, strict=True):
            filled += sum(self._heights.get(each, 0.0) for each in range(reached, row))
            size = sum(self._heights.get(each, 0.0) for each in range(row, end))
            if filled + size > full and filled > full * _FULL_ENOUGH:
                breaks.append(row)
                filled = head_points
            filled += size
            while filled > full:
                filled += head_points - full
            reached = end
        self.worksheet.set_h_pagebreaks(breaks)

    def page(self, left: str, right: str, *, repeat: int | None = None, fit: bool = True, shrink: bool = False) -> None:
        """Set the page up: A4 landscape, one page wide, headings repeated, page numbers.

        Args:
            left: what stands above every page on the left.
            right: likewise on the right.
            repeat: row of the headings that every page repeats.
            fit: shrink to the width of a page; a sheet of charts sets its own scale instead.
            shrink: shrink a little further where that saves a second page with few rows on it.
        """
        sheet = self.worksheet
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.set_header(f"&L&9{_spaced(header_text(left))}&R&9{_spaced(header_text(right, 60))}", {"margin": 0.3})
        sheet.set_footer(f"&L&9&A&C&9{_PAGE.get(self.lang)}", {"margin": 0.3})
        sheet.center_horizontally()
        if fit:
            sheet.fit_to_pages(1, 1 if shrink and self.n_pages < _NEARLY_ONE_PAGE else 0)
        if repeat is not None:
            sheet.repeat_rows(repeat)
        sheet.hide_gridlines(2)


def _spaced(text: str) -> str:
    """Keep a text that begins with a digit from being read as part of the font size before it."""
    return f" {text}" if text[:1].isdigit() else text
