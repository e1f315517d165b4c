"""What every sheet needs to know: the scorecard, the language, and where everything is.

Formulas refer to one another across sheets, so the names of the sheets and the row of every result are fixed before a
cell is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ipstrong.diagnostics import a1
from ipstrong.model.plan import Area, Clause, Indicator
from ipstrong.model.result import NotComputed, Result, Scorecard
from ipstrong.reports.formatting import format_reason
from ipstrong.reports.xlsx.cells import quoted, sheet_name
from ipstrong.reports.xlsx.formulas import FormulaWriter
from ipstrong.reports.xlsx.sheet import LIST_HEAD, Sheet
from ipstrong.reports.xlsx.styles import ResultFormats, Styles, result_formats
from ipstrong.reports.xlsx.words import HEADS, SHEETS
from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

FEW_REGIONS = 6
"""Up to this many regions have a page each; more share one long table."""

MOST_COMMENTED = 400
"""Results up to which every mark of something not computed has a comment; the workings give the reasons anyway."""

PAGE_HEAD = 5
"""0-based row of the headings on a page for one region: title, remark, two rows of counts and a gap are above."""


class Spot(NamedTuple):
    """The sheet and 0-based row of a result on the scorecard."""

    sheet: str
    row: int


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
    spots: Mapping[int, Spot]
    """By number of the result."""
    regions: tuple[RegionRows, ...]
    """In the order of the summaries."""

    @property
    def has_regions(self) -> bool:
        """Whether there are several."""
        return len(self.regions) > 1

    @property
    def has_comments(self) -> bool:
        """Whether marks of something not computed have a comment."""
        return len(self.spots) <= MOST_COMMENTED


def find_places(scorecard: Scorecard, lang: Lang, n_data_sheets: int) -> Places:
    """Return the places of everything."""
    by_region: dict[str, list[int]] = {}
    for number, result in enumerate(scorecard.results):
        by_region.setdefault(result.region, []).append(number)
    is_long = len(by_region) > FEW_REGIONS
    names: dict[str, str] = {}
    taken: set[str] = set()

    def name(text: str) -> str:
        made = sheet_name(text, taken)
        taken.add(made.lower())
        return made

    for key, text in SHEETS.items():
        names[key] = name(text.get(lang))
    pages: tuple[str, ...] = (names["scorecard"],)
    lines: list[tuple[Area | int, ...]] = [tuple(number for numbers in by_region.values() for number in numbers)]
    if not is_long:
        lines = [_by_area(scorecard, numbers) for numbers in by_region.values()] or [()]
        if len(by_region) > 1:
            region_names = {result.region: result.region_name.get(lang) for result in scorecard.results}
            pages = tuple(name(f"{names['scorecard']} {region}") for region in region_names.values())
    more = tuple(name(f"{names['data']} {number}") for number in range(2, n_data_sheets + 1))
    spots = {
        item: Spot(page, row)
        for page, held in zip(pages, lines, strict=True)
        for row, item in enumerate(held, (LIST_HEAD if is_long else PAGE_HEAD) + 1)
        if isinstance(item, int)
    }
    regions = []
    for region, numbers in by_region.items():
        rows = [spots[number].row for number in numbers]
        workings = working_row(numbers[0]), working_row(numbers[-1])
        regions.append(RegionRows(region, spots[numbers[0]].sheet, min(rows), max(rows), *workings))
    return Places(names, pages, (names["data"], *more), is_long, tuple(lines), spots, tuple(regions))


def _by_area(scorecard: Scorecard, numbers: list[int]) -> tuple[Area | int, ...]:
    """Return the numbers under the areas of the plan; results of none of them come last."""
    lines: list[Area | int] = []
    for area in scorecard.plan.areas:
        own = [number for number in numbers if scorecard.results[number].target.area == area.id]
        if own:
            lines.extend((area, *own))
    known = {area.id for area in scorecard.plan.areas}
    lines.extend(number for number in numbers if scorecard.results[number].target.area not in known)
    return tuple(lines)


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

    def reason(self, why: NotComputed) -> str:
        """Return why something was not computed."""
        return format_reason(why, self.lang)

    def formats(self, result: Result) -> ResultFormats:
        """Return how the numbers of a result are shown."""
        convention = result.readings[0].convention if result.readings else None
        indicator = (convention.indicator if convention else None) or result.target.indicator
        return result_formats(result, self.indicators.get(indicator or ""), self.lang)

    def score_cell(self, number: int, field: str) -> str:
        """Return the address, with its sheet, of a field of a result on the scorecard."""
        return f"{quoted(self.places.spots[number].sheet)}!{self.own_cell(number, field)}"

    def own_cell(self, number: int, field: str) -> str:
        """Return the address of a field of a result within its sheet."""
        return a1(self.places.spots[number].row, self.columns[field])

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
