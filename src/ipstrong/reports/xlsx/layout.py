"""Where everything stands: the names of the sheets, and the row of every result, before a cell is written.

Formulas refer to one another across sheets, so places are fixed first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ipstrong.model.plan import Area
from ipstrong.model.result import Result, Scorecard
from ipstrong.reports.xlsx.cells import quoted, sheet_name
from ipstrong.reports.xlsx.words import SHEETS
from ipstrong.texts import Lang

FEW_REGIONS = 6
"""Up to so many regions have a page each; more share one long table."""

MOST_COMMENTED = 400
"""Results up to which every mark of something not computed carries a comment; the workings give the reasons anyway."""

PAGE_HEAD = 5
"""0-based row of the headings on a page for one region: title, remark, two rows of counts and a gap stand above."""

LIST_HEAD = 2
"""0-based row of the headings of every other sheet: title and remark stand above."""


class Spot(NamedTuple):
    """The sheet and 0-based row of a result."""

    sheet: str
    row: int


class Block(NamedTuple):
    """The results of one region: where they stand on the scorecard, and where in the workings."""

    region: str
    sheet: str
    first_row: int
    last_row: int
    first_working: int
    last_working: int


class Names(NamedTuple):
    """Names of the sheets, in the order in which they stand."""

    scorecards: tuple[str, ...]
    """One a region where they are few, else the long table."""
    regions: str
    """The comparison of regions; empty where there is one region."""
    charts: str
    workings: str
    conventions: str
    data: tuple[str, ...]
    findings: str
    tasks: str
    methods: str
    chart_data: str
    parts: str
    """Parts of long formulas; the sheet is made only where there are any."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Places of all results."""

    names: Names
    is_long: bool
    """One long table for many regions."""
    lines: tuple[tuple[Area | int, ...], ...]
    """For each page what its rows hold from the headings on: an area's name, or the number of a result."""
    spots: tuple[Spot, ...]
    """By number of the result."""
    blocks: tuple[Block, ...]
    """By region, in the order of the summaries."""

    @property
    def has_regions(self) -> bool:
        """Whether there are several."""
        return len(self.blocks) > 1

    @property
    def has_comments(self) -> bool:
        """Whether marks of something not computed carry a comment."""
        return len(self.spots) <= MOST_COMMENTED


def plan_layout(scorecard: Scorecard, lang: Lang, n_data_sheets: int) -> Layout:
    """Return the places of everything."""
    numbers = _by_region(scorecard)
    is_long = len(numbers) > FEW_REGIONS
    names = _names(scorecard, lang, n_data_sheets, is_long=is_long)
    lines: list[tuple[Area | int, ...]] = []
    if is_long:
        lines.append(tuple(number for region in numbers for number in region))
    else:
        lines.extend(_grouped(scorecard, region) for region in numbers or [[]])
    spots: dict[int, Spot] = {}
    head = LIST_HEAD if is_long else PAGE_HEAD
    for sheet, held in zip(names.scorecards, lines, strict=True):
        for row, item in enumerate(held, head + 1):
            if isinstance(item, int):
                spots[item] = Spot(sheet, row)
    blocks = []
    working = LIST_HEAD + 1
    for region in numbers:
        rows = [spots[number].row for number in region]
        last = working + len(region) - 1
        name = scorecard.results[region[0]].region
        blocks.append(Block(name, spots[region[0]].sheet, min(rows), max(rows), working, last))
        working = last + 1
    return Layout(names, is_long, tuple(lines), tuple(spots[number] for number in sorted(spots)), tuple(blocks))


def working_row(number: int) -> int:
    """Return the 0-based row of a result in the workings, where results stand in the order of the scorecard."""
    return LIST_HEAD + 1 + number


def _by_region(scorecard: Scorecard) -> list[list[int]]:
    """Return the numbers of the results of each region; results of a region stand together."""
    found: dict[str, list[int]] = {}
    for number, result in enumerate(scorecard.results):
        found.setdefault(result.region, []).append(number)
    return list(found.values())


def _grouped(scorecard: Scorecard, numbers: list[int]) -> tuple[Area | int, ...]:
    """Return the numbers under the areas of the plan; what belongs to none of them comes last."""
    known = {area.id for area in scorecard.plan.areas}
    lines: list[Area | int] = []
    for area in scorecard.plan.areas:
        own = [number for number in numbers if scorecard.results[number].target.area == area.id]
        if own:
            lines.extend((area, *own))
    lines.extend(number for number in numbers if scorecard.results[number].target.area not in known)
    return tuple(lines)


def _names(scorecard: Scorecard, lang: Lang, n_data_sheets: int, *, is_long: bool) -> Names:
    taken: set[str] = set()

    def name(text: str) -> str:
        made = sheet_name(text, taken)
        taken.add(made.lower())
        return made

    fixed = {key: name(text.get(lang)) for key, text in SHEETS.items()}
    base = fixed["scorecard"]
    regions = {result.region: result.region_name.get(lang) for result in scorecard.results}
    pages = (base,) if is_long or len(regions) <= 1 else tuple(name(f"{base} {region}") for region in regions.values())
    more = tuple(name(f"{fixed['data']} {number}") for number in range(2, n_data_sheets + 1))
    return Names(
        scorecards=pages,
        regions=fixed["regions"] if len(regions) > 1 else "",
        charts=fixed["charts"],
        workings=fixed["workings"],
        conventions=fixed["conventions"],
        data=(fixed["data"], *more),
        findings=fixed["findings"],
        tasks=fixed["tasks"],
        methods=fixed["methods"],
        chart_data=fixed["chart_data"],
        parts=fixed["parts"],
    )


def area_name(scorecard: Scorecard, result: Result, lang: Lang) -> str:
    """Return the name of the area of a result; empty where the plan names none."""
    for area in scorecard.plan.areas:
        if area.id == result.target.area:
            return area.name.get(lang)
    return ""


def column_range(sheet: str, column: str, first_row: int, last_row: int) -> str:
    """Return the absolute address of cells below one another."""
    return f"{quoted(sheet)}!${column}${first_row + 1}:${column}${last_row + 1}"
