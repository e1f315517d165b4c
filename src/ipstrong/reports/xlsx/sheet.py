"""A sheet of typed cells: the only place that writes cells, so that no text can become a formula on the way."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from ipstrong.model.result import Status
from ipstrong.reports.xlsx.cells import cell_text, display_width, header_text, n_lines
from ipstrong.reports.xlsx.styles import FAINT, FONTS, LINE_HEIGHT, NumberFormat, Styles
from ipstrong.reports.xlsx.words import HEADS
from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

DASH = "—"
"""Shown in place of what was not computed."""

A4 = 9
LIST_HEAD = 2
"""0-based row of the headings of a list: title and remark are above."""
TALLEST_ROW = 400.0
"""Points; a row of a spreadsheet ends at 409."""

_DIGIT = 1.08
"""Widths are counted in digits of the default font; a printed one is a little wider."""
_CHINESE_HEAD = 8.0
"""Width of four characters: a Chinese heading is not broken into narrower pieces."""
_PAGE_WIDTH_PIXELS = (11.69 - 0.8) * 96
_PAGE_HEIGHT_POINTS = (8.27 - 1.3) * 72
_NEARLY_ONE_PAGE = 1.25
"""Up to this many pages are shrunk to one: two rows alone on a second page help nobody."""
_FULL_ENOUGH = 0.55
"""Share of a page that must be filled before a page break."""
_PAGE = Text("第 &P 页，共 &N 页", "Page &P of &N")

T = TypeVar("T")


class TextCell(NamedTuple):
    """A text."""

    text: str
    align: str = "left"
    bold: bool = False
    small: bool = False


class NumberCell(NamedTuple):
    """A number; with a formula, one that the sheet computes and whose value is given."""

    value: Decimal
    shown: NumberFormat
    formula: str = ""
    bold: bool = False
    remark: str = ""
    """A comment on the cell."""
    align: str = "right"


class FormulaCell(NamedTuple):
    """A text that the sheet computes."""

    text: str
    formula: str
    align: str = "left"


class MissingCell(NamedTuple):
    """Not computed, and why."""

    reason: str = ""


class StatusCell(NamedTuple):
    """A status, as a word in its colour."""

    status: Status
    word: str
    formula: str = ""


SheetCell = TextCell | NumberCell | FormulaCell | MissingCell | StatusCell


class GroupRow(NamedTuple):
    """A row that names the rows after it."""

    text: str


class SheetColumn(NamedTuple, Generic[T]):
    """A column of a table: its heading, the cell of each item, and the bounds of its width."""

    id: str
    cell: Callable[[T], SheetCell]
    least: float = 6.0
    most: float = 14.0
    """Texts wrap at this width; numbers never wrap."""
    name: Text | None = None
    """The heading, if it is not the one that `HEADS` holds for the id."""

    def head(self, lang: Lang) -> str:
        """Return the heading."""
        return (self.name or HEADS[self.id]).get(lang)


class CellRange(NamedTuple):
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
        self._widths: Sequence[float] = ()

    def text(self, row: int, col: int, text: str, style: Format) -> None:
        """Write a text that stays a text whatever it begins with; an empty one leaves the cell styled and empty."""
        if text:
            self.worksheet.write_string(row, col, cell_text(text), style)
        else:
            self.worksheet.write_blank(row, col, None, style)

    def merged_text(self, span: CellRange, text: str, style: Format) -> None:
        """Write a text over several cells."""
        if (span.row, span.col) != (span.last_row, span.last_col):
            self.worksheet.merge_range(*span, "", style)
        self.text(span.row, span.col, text, style)

    def number(self, row: int, col: int, value: Decimal, style: Format) -> None:
        """Write a number; one too large for a spreadsheet is written digit by digit as a text."""
        binary = float(value)
        if math.isfinite(binary):
            self.worksheet.write_number(row, col, binary, style)
        else:
            self.text(row, col, f"{value:f}" if value.is_finite() else "∞", style)

    def formula(self, row: int, col: int, formula: str, value: Decimal | str, style: Format) -> None:
        """Write a formula (without its equals sign) with the value that it has."""
        cached: float | str = cell_text(value) if isinstance(value, str) else float(value)
        if isinstance(cached, float) and not math.isfinite(cached):
            cached = "#NUM!"
        self.worksheet.write_formula(row, col, f"={formula}", style, cached)

    def comment(self, row: int, col: int, text: str) -> None:
        """Attach a remark to a cell."""
        shown = cell_text(text)
        options = {
            "author": "ipstrong",
            "font_name": FONTS[self.lang],
            "font_size": 9,
            "x_scale": 1.4,
            "y_scale": max(0.5, 0.24 * n_lines(shown, 30)),
        }
        self.worksheet.write_comment(row, col, shown, options)

    def cell(self, row: int, col: int, cell: SheetCell, *, comments: bool = True) -> None:
        """Write a typed cell; without `comments`, the reason of something not computed is left out."""
        styles = self.styles
        match cell:
            case TextCell(text):
                self.text(row, col, text, self.words_style(cell))
            case NumberCell(value, shown, formula, bold, remark, align):
                code = shown.cell_code if align == "right" else shown.code
                style = styles.number(code, align=align, **({"bold": True} if bold else {}))
                if formula:
                    self.formula(row, col, formula, value, style)
                else:
                    self.number(row, col, value, style)
                if remark and comments:
                    self.comment(row, col, remark)
            case FormulaCell(text, formula, align):
                self.formula(row, col, formula, text, styles.text(align=align))
            case MissingCell(reason):
                self.text(row, col, DASH, styles.dash())
                if comments and reason:
                    self.comment(row, col, reason)
            case StatusCell(status, word, formula):
                if formula:
                    self.formula(row, col, formula, word, styles.status(status))
                else:
                    self.text(row, col, word, styles.status(status))

    def words_style(self, cell: TextCell) -> Format:
        """Return the format of a text."""
        bold: dict[str, object] = {"bold": True} if cell.bold else {}
        small: dict[str, object] = {"font_size": 9, "font_color": FAINT} if cell.small else {}
        return self.styles.text(align=cell.align, **bold, **small)

    def table(
        self, first_row: int, columns: Sequence[SheetColumn[T]], items: Sequence[T | GroupRow], *, comments: bool = True
    ) -> list[float]:
        """Write headings and a row for each item, and return the widths of the columns.

        Args:
            first_row: 0-based row of the headings.
            columns: the columns, from A on.
            items: what the columns make their cells from, or groups.
            comments: attach the reasons of what was not computed; off for very long tables.
        """
        rows = [item if isinstance(item, GroupRow) else [column.cell(item) for column in columns] for item in items]
        heads = [column.head(self.lang) for column in columns]
        widths = [max(column.least, _head_width(head)) for column, head in zip(columns, heads, strict=True)]
        for row in rows:
            if not isinstance(row, GroupRow):
                for at, cell in enumerate(row):
                    widths[at] = max(widths[at], _needed(cell, columns[at].most))
        self.widths(widths)
        for at, head in enumerate(heads):
            self.text(first_row, at, head, self.styles.head())
        self.height(first_row, max(n_lines(head, width * 0.95) for head, width in zip(heads, widths, strict=True)))
        for here, row in enumerate(rows, first_row + 1):
            if isinstance(row, GroupRow):
                for at in range(len(columns)):
                    self.text(here, at, "" if at else row.text, self.styles.group())
                self.height(here, 1.15)
                continue
            for at, cell in enumerate(row):
                self.cell(here, at, cell, comments=comments)
            self.height(here, max(1.15, *(_lines(cell, width) for cell, width in zip(row, widths, strict=True))))
        return widths

    def title(self, title: str, remark: str) -> None:
        """Write the title of the sheet and the remark below it."""
        self.text(0, 0, title, self.styles.title())
        self.height(0, 1, size=17)
        self.text(1, 0, remark, self.styles.meta())

    def section(self, row: int, title: str, n_columns: int) -> None:
        """Write a heading inside the sheet, underlined over so many columns."""
        for col in range(n_columns):
            self.text(row, col, "" if col else title, self.styles.section())
        self.height(row, 1.2, size=12)

    def widths(self, widths: Sequence[float]) -> None:
        """Set the widths of the first columns, in digits."""
        self._widths = widths
        for col, width in enumerate(widths):
            self.worksheet.set_column(col, col, width)

    def height(self, row: int, lines: float, *, size: float = 10) -> None:
        """Set the height of a row to so many lines of text."""
        self._heights[row] = min(TALLEST_ROW, lines * LINE_HEIGHT[self.lang] * size / 10 + 4)
        self.worksheet.set_row(row, self._heights[row])

    @property
    def _page_points(self) -> float:
        """The height of a page, in points of the sheet, when the sheet is shrunk to the width of a page."""
        pixels = sum(width * 7 + 5 for width in self._widths)
        scale = min(1.0, _PAGE_WIDTH_PIXELS / pixels) if pixels else 1.0
        return _PAGE_HEIGHT_POINTS / scale

    @property
    def _is_nearly_one_page(self) -> bool:
        return sum(self._heights.values()) / self._page_points < _NEARLY_ONE_PAGE

    def break_before(self, rows: Sequence[int], head: int) -> None:
        """Break pages before the groups that begin at `rows`, if that leaves no page half empty.

        A group that would be cut moves to the next page. Programs that ignore page breaks on a sheet shrunk to its
        width (Excel does) break where a page is full.
        """
        if self._is_nearly_one_page:
            return
        full, head_points = self._page_points, self._heights.get(head, 0.0)
        breaks: list[int] = []
        filled, reached = 0.0, 0
        for row, end in zip(rows, [*rows[1:], max(self._heights) + 1], strict=True):
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
            left: printed above every page on the left.
            right: likewise on the right.
            repeat: row of the headings that every page repeats.
            fit: shrink to the width of a page; a sheet of charts sets its own scale instead.
            shrink: shrink a little further if that saves a second page with few rows on it.
        """
        sheet = self.worksheet
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.set_header(f"&L&9{_spaced(header_text(left))}&R&9{_spaced(header_text(right, 60))}", {"margin": 0.3})
        sheet.set_footer(f"&L&9&A&C&9{_PAGE.get(self.lang)}", {"margin": 0.3})
        sheet.center_horizontally()
        if fit:
            sheet.fit_to_pages(1, 1 if shrink and self._is_nearly_one_page else 0)
        if repeat is not None:
            sheet.repeat_rows(repeat)
        sheet.hide_gridlines(2)


def _head_width(head: str) -> float:
    """Return the width that the longest word of a heading needs; Chinese breaks anywhere."""
    words = head.replace("\n", " ").split(" ")
    widths = [display_width(word) if word.isascii() else min(display_width(word), _CHINESE_HEAD) for word in words]
    return max(widths, default=0.0) * _DIGIT + 1.4


def _needed(cell: SheetCell, most: float) -> float:
    """Return the width that a cell needs."""
    match cell:
        case NumberCell(value, shown):
            return shown.width(value) * _DIGIT + 1.5
        case TextCell(text, _, bold, small):
            size = 0.92 if small else 1.06 if bold else 1.0
            return min(most, display_width(cell_text(text)) * _DIGIT * size + 1.6)
        case FormulaCell(text) | StatusCell(_, text):
            return min(most, display_width(cell_text(text)) * _DIGIT + 1.6)
        case MissingCell():
            return 0.0


def _lines(cell: SheetCell, width: float) -> int:
    """Return how many lines a cell takes in a column."""
    match cell:
        case TextCell(text, _, bold, small):
            return n_lines(cell_text(text), width * (1.04 if small else 0.9 if bold else 0.95)) if text else 1
        case FormulaCell(text) | StatusCell(_, text):
            return n_lines(cell_text(text), width * 0.92)
        case _:
            return 1


def _spaced(text: str) -> str:
    """Keep a text that begins with a digit from being read as part of the font size before it."""
    return f" {text}" if text[:1].isdigit() else text
