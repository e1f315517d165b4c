"""A workbook that is being written: typed cells, the sheets that take them, and where everything is.

Only `Sheet` writes cells, so that no text can become a formula on the way. Formulas refer to one another across sheets,
so the names of the sheets and the row of every result are fixed before a cell is written.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from ipstrong.diagnostics import a1
from ipstrong.model.plan import Area, Clause, Indicator
from ipstrong.model.result import Result, Scorecard, Status
from ipstrong.reports.xlsx.cells import cell_text, display_width, header_text, n_lines, quoted, sheet_name
from ipstrong.reports.xlsx.formulas import FormulaWriter
from ipstrong.reports.xlsx.styles import FAINT, FONTS, LINE_HEIGHT, NumberFormat, ResultFormats, Styles, result_formats
from ipstrong.reports.xlsx.words import HEADS, SHEETS
from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FEW_REGIONS = 6
"""Up to this many regions have a page each; more share one long table."""
MOST_COMMENTED = 400
"""Results up to which every mark of something not computed has a comment; the workings give the reasons anyway."""
PAGE_HEAD = 5
"""0-based row of the headings on a page for one region: title, remark, two rows of counts and a gap are above."""
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
    """A text; with a formula, one that the sheet computes."""

    text: str
    align: str = "left"
    bold: bool = False
    small: bool = False
    formula: str = ""


class NumberCell(NamedTuple):
    """A number; with a formula, one that the sheet computes and whose value is given."""

    value: Decimal
    shown: NumberFormat
    formula: str = ""
    bold: bool = False
    remark: str = ""
    """A comment on the cell."""
    align: str = "right"


class MissingCell(NamedTuple):
    """Not computed, and why."""

    reason: str = ""


class StatusCell(NamedTuple):
    """A status, as a word in its colour."""

    status: Status
    word: str
    formula: str = ""


SheetCell = TextCell | NumberCell | MissingCell | StatusCell


class SheetColumn(NamedTuple, Generic[T]):
    """A column of a table: its heading, the cell of each item, and the bounds of its width."""

    id: str
    cell: Callable[[T], SheetCell]
    least: float = 6.0
    most: float = 14.0
    """Texts wrap at this width; numbers never wrap."""
    name: Text | None = None
    """The heading, if it is not the one that `HEADS` holds for the id."""


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

    def merged_text(self, row: int, col: int, last_row: int, last_col: int, text: str, style: Format) -> None:
        """Write a text over several cells."""
        if (row, col) != (last_row, last_col):
            self.worksheet.merge_range(row, col, last_row, last_col, "", style)
        self.text(row, col, text, style)

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
        remark = formula = ""
        match cell:
            case TextCell(value, formula=formula):
                style = self.text_style(cell)
            case NumberCell(value, shown, formula, bold, remark, align):
                code = shown.cell_code if align == "right" else shown.code
                style = self.styles.number(code, align=align, **({"bold": True} if bold else {}))
            case MissingCell(remark):
                value, style = DASH, self.styles.dash()
            case StatusCell(status, value, formula):
                style = self.styles.status(status)
        if formula:
            self.formula(row, col, formula, value, style)
        elif isinstance(value, Decimal):
            self.number(row, col, value, style)
        else:
            self.text(row, col, value, style)
        if remark and comments:
            self.comment(row, col, remark)

    def text_style(self, cell: TextCell) -> Format:
        """Return the format of a text."""
        bold: dict[str, object] = {"bold": True} if cell.bold else {}
        small: dict[str, object] = {"font_size": 9, "font_color": FAINT} if cell.small else {}
        return self.styles.text(align=cell.align, **bold, **small)

    def table(
        self, first_row: int, columns: Sequence[SheetColumn[T]], items: Sequence[T | str], *, comments: bool = True
    ) -> list[float]:
        """Write headings and a row for each item, and return the widths of the columns.

        Args:
            first_row: 0-based row of the headings.
            columns: the columns, from A on.
            items: what the columns make their cells from, or texts that name the rows after them.
            comments: attach the reasons of what was not computed; off for very long tables.
        """
        rows = [item if isinstance(item, str) else [column.cell(item) for column in columns] for item in items]
        heads = [(column.name or HEADS[column.id]).get(self.lang) for column in columns]
        widths = [max(column.least, _head_width(head)) for column, head in zip(columns, heads, strict=True)]
        for row in rows:
            if not isinstance(row, str):
                for at, cell in enumerate(row):
                    widths[at] = max(widths[at], _needed(cell, columns[at].most))
        self.widths(widths)
        for at, head in enumerate(heads):
            self.text(first_row, at, head, self.styles.head())
        self.height(first_row, max(n_lines(head, width * 0.95) for head, width in zip(heads, widths, strict=True)))
        for here, row in enumerate(rows, first_row + 1):
            if isinstance(row, str):
                self._across(here, row, len(columns), self.styles.group())
                self.height(here, 1.15)
            else:
                for at, cell in enumerate(row):
                    self.cell(here, at, cell, comments=comments)
                self.height(here, max(1.15, *(_lines(cell, width) for cell, width in zip(row, widths, strict=True))))
        return widths

    def _across(self, row: int, text: str, n_columns: int, style: Format) -> None:
        for col in range(n_columns):
            self.text(row, col, "" if col else text, style)

    def title(self, title: str, remark: str) -> None:
        """Write the title of the sheet and the remark below it."""
        self.text(0, 0, title, self.styles.title())
        self.height(0, 1, size=17)
        self.text(1, 0, remark, self.styles.meta())

    def section(self, row: int, title: str, n_columns: int) -> None:
        """Write a heading inside the sheet, underlined over so many columns."""
        self._across(row, title, n_columns, self.styles.section())
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
        # A space keeps a text that begins with a digit from being read as part of the font size before it.
        sides = [f" {text}" if text[:1].isdigit() else text for text in (header_text(left), header_text(right, 60))]
        sheet.set_header(f"&L&9{sides[0]}&R&9{sides[1]}", {"margin": 0.3})
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
        case StatusCell(_, text):
            return min(most, display_width(cell_text(text)) * _DIGIT + 1.6)
        case MissingCell():
            return 0.0


def _lines(cell: SheetCell, width: float) -> int:
    """Return how many lines a cell takes in a column."""
    match cell:
        case TextCell(text, _, bold, small, formula):
            share = 0.92 if formula else 1.04 if small else 0.9 if bold else 0.95
            return n_lines(cell_text(text), width * share) if text else 1
        case StatusCell(_, text):
            return n_lines(cell_text(text), width * 0.92)
        case _:
            return 1


class RegionRows(NamedTuple):
    """The rows of one region, on the scorecard and in the workings."""

    region: str
    sheet: str
    first: int
    last: int
    first_working: int
    last_working: int


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything is."""

    names: Mapping[str, str]
    """Names of the sheets, by key of `SHEETS`."""
    pages: tuple[str, ...]
    """Names of the scorecards: one for each region where they are few, else one long table."""
    data: tuple[str, ...]
    """Names of the data sheets."""
    is_long: bool
    """One long table for many regions."""
    lines: tuple[tuple[Area | int, ...], ...]
    """The rows of each page, from the headings on: an area, or the number of a result."""
    spots: Mapping[int, tuple[str, int]]
    """The sheet and 0-based row of each result on the scorecard, by its number."""
    regions: tuple[RegionRows, ...]
    """In the order of the summaries."""

    @property
    def has_regions(self) -> bool:
        """Whether there are several."""
        return len(self.regions) > 1


def find_places(scorecard: Scorecard, lang: Lang, n_data_sheets: int) -> Places:
    """Return the places of everything."""
    by_region: dict[str, list[int]] = {}
    for number, result in enumerate(scorecard.results):
        by_region.setdefault(result.region, []).append(number)
    is_long = len(by_region) > FEW_REGIONS
    taken: set[str] = set()

    def name(text: str) -> str:
        made = sheet_name(text, taken)
        taken.add(made.lower())
        return made

    names = {key: name(text.get(lang)) for key, text in SHEETS.items()}
    pages: tuple[str, ...] = (names["scorecard"],)
    lines: list[tuple[Area | int, ...]] = [tuple(number for numbers in by_region.values() for number in numbers)]
    if not is_long:
        lines = [_by_area(scorecard, numbers) for numbers in by_region.values()] or [()]
        if len(by_region) > 1:
            region_names = {result.region: result.region_name.get(lang) for result in scorecard.results}
            pages = tuple(name(f"{names['scorecard']} {region}") for region in region_names.values())
    more = tuple(name(f"{names['data']} {number}") for number in range(2, n_data_sheets + 1))
    spots = {
        item: (page, row)
        for page, held in zip(pages, lines, strict=True)
        for row, item in enumerate(held, (LIST_HEAD if is_long else PAGE_HEAD) + 1)
        if isinstance(item, int)
    }
    regions = []
    for region, numbers in by_region.items():
        rows = [spots[number][1] for number in numbers]
        workings = working_row(numbers[0]), working_row(numbers[-1])
        regions.append(RegionRows(region, spots[numbers[0]][0], min(rows), max(rows), *workings))
    return Places(names, pages, (names["data"], *more), is_long, tuple(lines), spots, tuple(regions))


def _by_area(scorecard: Scorecard, numbers: list[int]) -> tuple[Area | int, ...]:
    """Return the numbers under the areas of the plan; results of none of them come last."""
    areas = {area.id: area for area in scorecard.plan.areas}
    by_area: dict[str | None, list[int]] = {area: [] for area in (*areas, None)}
    for number in numbers:
        area = scorecard.results[number].target.area
        by_area[area if area in areas else None].append(number)
    return tuple(item for area, own in by_area.items() if own for item in ([areas[area]] if area else []) + own)


def working_row(number: int) -> int:
    """Return the 0-based row of a result in the workings, which keep the order of the scorecard's results."""
    return LIST_HEAD + 1 + number


@dataclass(frozen=True, slots=True)
class Draft:
    """The workbook that is being written."""

    scorecard: Scorecard
    lang: Lang
    workbook: Workbook
    styles: Styles
    places: Places
    formulas: FormulaWriter
    sheets: Mapping[str, Sheet]
    """By name."""
    indicators: Mapping[str, Indicator]
    columns: Mapping[str, int]
    """0-based column of each field of the scorecard."""
    working_columns: Mapping[str, int]
    """0-based column of each field of the workings."""

    def sheet(self, key: str) -> Sheet:
        """Return a sheet by its key in `SHEETS`."""
        return self.sheets[self.places.names[key]]

    def say(self, text: Text, /, **params: object) -> str:
        """Return a text in the language of the workbook."""
        return (text.format(**params) if params else text).get(self.lang)

    def head(self, key: str) -> str:
        """Return a column heading on one line."""
        return HEADS[key].get(self.lang).replace("-\n", "").replace("\n", "")

    @property
    def comma(self) -> str:
        """The mark between the items of a list."""
        return "、" if self.lang == "zh" else ", "

    def departments(self, names: Iterable[str]) -> list[str]:
        """Return the names of departments; as written in the plan if it does not declare them."""
        return [self.say(self.scorecard.plan.department(name)) for name in names]

    def clause(self, clause: Clause) -> str:
        """Return the place of a clause and what it says."""
        return f"{self.say(clause.place)}{'：' if self.lang == 'zh' else ': '}{self.say(clause.summary)}"

    def formats(self, result: Result) -> ResultFormats:
        """Return how the numbers of a result are shown."""
        convention = result.readings[0].convention if result.readings else None
        indicator = (convention.indicator if convention else None) or result.target.indicator
        return result_formats(result, self.indicators.get(indicator or ""), self.lang)

    def score_cell(self, number: int, field: str) -> str:
        """Return the address, with its sheet, of a field of a result on the scorecard."""
        return f"{quoted(self.places.spots[number][0])}!{self.own_cell(number, field)}"

    def own_cell(self, number: int, field: str) -> str:
        """Return the address of a field of a result within its sheet."""
        return a1(self.places.spots[number][1], self.columns[field])

    def finish_list(self, sheet: Sheet, remark: str, frozen: int, *, title: str = "") -> None:
        """Write title and remark of a list, set up its pages, and freeze its headings and first columns."""
        sheet.title(title or sheet.name, remark)
        self.page(sheet, repeat=LIST_HEAD)
        sheet.worksheet.freeze_panes(LIST_HEAD + 1, frozen)

    def page(self, sheet: Sheet, *, repeat: int | None = None, fit: bool = True) -> None:
        """Set up the pages of a sheet: the plan and the day of assessment above each."""
        sheet.page(self.say(self.scorecard.plan.name), str(self.scorecard.as_of), repeat=repeat, fit=fit)


def column_range(sheet: str, col: int, first_row: int, last_row: int) -> str:
    """Return the absolute address of cells below one another."""
    letters = a1(0, col)[:-1]
    return f"{quoted(sheet)}!${letters}${first_row + 1}:${letters}${last_row + 1}"
