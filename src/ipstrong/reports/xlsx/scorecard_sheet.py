"""The page for the director: title, counts and score, one row a target under its area; or one long table.

Every computed cell of a row is a formula over the data sheets or over the row itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from ipstrong.model.plan import Area
from ipstrong.model.result import (
    DISPUTED_TEXT,
    GRADE_TEXTS,
    Figure,
    Grade,
    NotComputed,
    Pace,
    Reason,
    Result,
    Scorecard,
    Status,
    Summary,
)
from ipstrong.reports.formatting import SCORE_MARKS, format_interval, format_reason, format_unit, format_value, plain
from ipstrong.reports.labels import ASSUMED, NO_RESULTS
from ipstrong.reports.xlsx import styles, words
from ipstrong.reports.xlsx.formulas import Quantities, constant
from ipstrong.reports.xlsx.sheet import (
    LIST_HEAD,
    MOST_COMMENTED,
    PAGE_HEAD,
    Draft,
    MissingCell,
    NumberCell,
    RegionRows,
    Sheet,
    SheetCell,
    SheetColumn,
    StatusCell,
    TextCell,
    column_range,
)
from ipstrong.reports.xlsx.styles import GROUP_FILL, NUMBER_FONT, RULE, YEAR, NumberFormat, ResultFormats
from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter.format import Format

Shown = Callable[[Decimal], NumberFormat]
"""How a number is shown."""
_ONE, _ZERO = Decimal(1), Decimal(0)
_LABELS_ROW, _VALUES_ROW = 2, 3
_FIRST_STATUS = 5
"""0-based column of the first count: score, grade and weights are before it."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A result that is being written: on the scorecard, or on a sheet that refers to it."""

    draft: Draft
    number: int
    """Number of the result in the scorecard."""
    result: Result
    shown: ResultFormats
    quantities: Quantities
    """Where this row finds what its formulas are made from."""

    def missing(self, why: NotComputed | None) -> MissingCell:
        """Return the mark of something not computed."""
        return MissingCell(format_reason(why, self.draft.lang)) if why else MissingCell()

    def figure(self, figure: Figure | NotComputed, shown: Shown, *, bold: bool = False) -> SheetCell:
        """Return a figure as a formula over the data sheets."""
        if isinstance(figure, NotComputed):
            return self.missing(figure)
        return NumberCell(figure.value, shown(figure.value), self.draft.formulas.text(figure.formula), bold=bold)

    def derived(self, field: str, shown: Shown, *, bold: bool = False) -> SheetCell:
        """Return a number next to the verdict as a formula over the row of its result."""
        value = getattr(self.result, field)
        if isinstance(value, NotComputed):
            return self.missing(value)
        number = value.ratio if isinstance(value, Pace) else value
        return NumberCell(number, shown(number), self.formula(field), bold=bold)

    def formula(self, field: str) -> str:
        """Return the formula of a number next to the verdict."""
        return self.draft.formulas.text(getattr(self.result.derivations, field), self.quantities)

    def pace(self, value: Decimal) -> NumberFormat:
        """Return the format of a pace, kept apart from the thresholds of its classes."""
        preset = self.draft.scorecard.plan.pace
        return styles.RATIO.clear_of(value, preset.on_track, preset.slow, _ZERO)

    def units(self) -> str:
        """Return the target's unit, and below it the unit of the yearly values if that is another."""
        unit = format_unit(self.result.target.unit, self.draft.lang)
        yearly = format_unit(self.shown.series_unit, self.draft.lang)
        return f"{unit}\n({yearly})" if unit and yearly and yearly != unit else unit

    def year(self, position: int) -> SheetCell:
        """Return the value of a year."""
        if not self.result.series:
            return self.missing(self.result.reason or NotComputed(Reason.MANUAL))
        return self.figure(self.result.series[position], self.shown.series)

    def goal(self) -> SheetCell:
        """Return the target value."""
        value = self.result.target_value
        return self.missing(self.result.reason) if value is None else NumberCell(value, self.shown.goal(value))

    def expected(self, value: Decimal) -> NumberFormat:
        """Return the format of the value due by now, kept apart from the latest."""
        latest = self.result.latest
        return self.shown.derived(value, *((latest.value,) if isinstance(latest, Figure) else ()))

    def year_on_year(self) -> SheetCell:
        """Return the growth on the year before; a bare value if that year is not among those shown."""
        value = self.result.yoy
        if isinstance(value, NotComputed):
            return self.missing(value)
        shown = styles.GROWTH.clear_of(value, _ZERO)
        if self.result.yoy_in_points:
            shown = self.shown.gap(value)._replace(suffix="百分点" if self.draft.lang == "zh" else " pp")
        if self.quantities.keys() >= {"current", "previous"}:
            return NumberCell(value, shown, self.formula("yoy"))
        return NumberCell(value, shown, remark=self.draft.say(words.NOT_LISTED_YEAR))

    def note(self) -> str:
        """Return what a reader must know: why there is no verdict, what is disputed, what was assumed."""
        say, result, target = self.draft.say, self.result, self.result.target
        parts: list[str] = []
        if target.is_manual:
            parts.append(say(target.clause.summary))
        elif result.reason is not None:
            parts.append(format_reason(result.reason, self.draft.lang))
        for reading in result.readings[1:] if result.disputed else ():
            # A reading without a value disputes nothing; the sheet of conventions says why it has none.
            if reading.status is not result.status and isinstance(reading.value, Figure):
                name = say(reading.convention.name) if reading.convention else ""
                value = format_value(reading.value.value, target.unit, self.draft.lang, anchor=reading.target_value)
                parts.append(say(words.OTHER_READING, name=name, value=value, status=say(reading.status.text)))
        if result.status is Status.UNCERTAIN and isinstance(result.latest, Figure):
            low, high = result.latest.low, result.latest.high
            interval = format_interval(low, high, target.unit, self.draft.lang, result.target_value)
            parts.append(say(words.INTERVAL_NOTE, interval=interval))
        parts.extend(say(note) for note in result.notes)
        if target.assumption is not None and target.assumption not in result.notes:
            parts.append(say(ASSUMED, text=target.assumption))
        return "\n".join(dict.fromkeys(parts))


def result_row(draft: Draft, number: int, cell: Callable[[str], str] | None = None) -> ResultRow:
    """Return the row of a result; `cell` gives the address of a field, within the row's own sheet by default."""
    result, cell = draft.scorecard.results[number], cell or partial(draft.own_cell, number)
    target, year, first = result.target, latest_year(result), base_year(result)
    quantities = {
        "latest": cell("latest"),
        "base": cell("base"),
        "target": cell("goal"),
        "latest_year": f"{year}",
        "elapsed_years": f"({year}-{first})",
        "total_years": f"({target.deadline}-{first})",
        "remaining_years": f"({target.deadline}-{year})",
    }
    if target.upper is not None:
        quantities["upper"] = constant(target.upper)
    years = dict(zip(draft.scorecard.years, result.series, strict=False))
    if all(isinstance(years.get(each), Figure) for each in (year, year - 1)):
        quantities |= {"current": cell(f"year{year}"), "previous": cell(f"year{year - 1}")}
    return ResultRow(draft, number, result, draft.formats(result), quantities)


def base_year(result: Result) -> int:
    """Return the year that a result starts from."""
    if isinstance(result.base, Figure):
        return result.base.period.year
    return result.readings[0].base_year if result.readings else result.target.base_year


def latest_year(result: Result) -> int:
    """Return the year of the latest value; the base year if there is none."""
    return result.latest.period.year if isinstance(result.latest, Figure) else base_year(result)


def year_cell(figure: Figure | NotComputed) -> SheetCell:
    """Return the year of a value."""
    return NumberCell(Decimal(figure.period.year), YEAR) if isinstance(figure, Figure) else MissingCell()


def target_name(row: ResultRow) -> SheetCell:
    """Return the name of the target."""
    return TextCell(row.draft.say(row.result.target.name), bold=True)


REGION: SheetColumn[ResultRow] = SheetColumn(
    "region", lambda row: TextCell(row.draft.say(row.result.region_name)), 8, 16
)
NUMBER: SheetColumn[ResultRow] = SheetColumn(
    "number", lambda row: NumberCell(Decimal(row.result.target.number), YEAR, align="center"), 4.5, 6
)


def score_columns(scorecard: Scorecard, lang: Lang, *, is_long: bool) -> list[SheetColumn[ResultRow]]:
    """Return the columns of the scorecard."""
    is_zh = lang == "zh"
    areas = {area.id: area.name.get(lang) for area in scorecard.plan.areas}
    front: list[SheetColumn[ResultRow]] = [
        REGION,
        SheetColumn("area", lambda row: TextCell(areas.get(row.result.target.area, ""), small=True), 8, 16),
    ]

    def base(row: ResultRow) -> SheetCell:
        return row.figure(row.result.base, row.shown.series if row.result.target.is_growth else row.shown.value)

    def departments(row: ResultRow) -> SheetCell:
        return TextCell("\n".join(row.draft.departments(row.result.target.departments)), small=True)

    def disputed(row: ResultRow) -> SheetCell:
        mark = words.DISPUTED_MARK.get(lang) if row.result.disputed else ""
        return TextCell(mark, align="center", bold=True)

    years: list[SheetColumn[ResultRow]] = [
        SheetColumn(f"year{year}", partial(ResultRow.year, position=at), 6.5, 14, words.YEAR_HEAD.format(year=year))
        for at, year in enumerate(scorecard.years)
    ]
    return [
        *(front if is_long else ()),
        NUMBER,
        SheetColumn("target", target_name, 16, 19),
        SheetColumn("department", departments, 9, 11 if is_zh else 17),
        SheetColumn("unit", lambda row: TextCell(row.units(), align="center", small=True), 5.5, 7.5 if is_zh else 12),
        SheetColumn("base", base, 7),
        *years,
        SheetColumn("latest", lambda row: row.figure(row.result.latest, row.shown.value, bold=True), 7.5),
        SheetColumn("latest_year", lambda row: year_cell(row.result.latest), 6, 8),
        SheetColumn("goal", ResultRow.goal, 8),
        SheetColumn("gap", lambda row: row.derived("gap", row.shown.gap, bold=True), 8),
        SheetColumn("attainment", lambda row: row.derived("attainment", attainment_format), 8),
        SheetColumn("yoy", ResultRow.year_on_year, 8),
        SheetColumn("expected", lambda row: row.derived("expected", row.expected), 8),
        SheetColumn("pace", lambda row: row.derived("pace", row.pace), 6.5),
        SheetColumn("needed", lambda row: row.derived("needed_per_year", row.shown.need), 7.5),
        SheetColumn("projection", lambda row: row.derived("projection", row.shown.derived), 7),
        SheetColumn(
            "status", lambda row: StatusCell(row.result.status, row.draft.say(row.result.status.text)), 9.5, 11
        ),
        SheetColumn("disputed", disputed, 6.5, 10.5),
        SheetColumn("note", lambda row: TextCell(row.note(), small=True), 22, 38),
    ]


def attainment_format(value: Decimal) -> NumberFormat:
    """Return the format of an attainment: never 100 % unless it is."""
    return styles.SHARE.clear_of(value, _ONE, _ZERO)


def write_scorecards(draft: Draft) -> None:
    """Write the page of every region, or the long table."""
    places, plan = draft.places, draft.scorecard.plan
    head = LIST_HEAD if places.is_long else PAGE_HEAD
    columns = score_columns(draft.scorecard, draft.lang, is_long=places.is_long)
    last_col = len(columns) - 1
    meta = {"date": draft.scorecard.as_of.isoformat(), "base": plan.base_year, "deadline": plan.end_year}
    for page, lines in zip(places.pages, places.lines, strict=True):
        sheet = draft.sheets[page]
        if not places.regions:
            _title(draft, sheet, draft.say(NO_RESULTS))
            return
        items = [result_row(draft, item) if isinstance(item, int) else draft.say(item.name) for item in lines]
        widths = sheet.table(head, columns, items, comments=len(places.spots) <= MOST_COMMENTED)
        last = head + len(items)
        if places.is_long:
            _title(draft, sheet, draft.say(words.LONG_META, n=len(places.regions), path=plan.path, **meta))
            draft.page(sheet, repeat=head)
            sheet.worksheet.autofilter(head, 0, last, last_col)
        else:
            last += 1
            region = next(region for region in places.regions if region.sheet == page)
            summary = _summary(draft, region)
            _title(draft, sheet, draft.say(words.SCORECARD_META, region=summary.region_name, path=plan.path, **meta))
            _tiles(draft, sheet, region, summary, widths)
            text = draft.say(words.FOOTNOTE, workings=places.names["workings"], data=places.names["data"])
            sheet.merged_text(last, 0, last, last_col, text, sheet.styles.get(font_size=9, text_wrap=True))
            sheet.height(last, 2)
            right = f"{draft.say(summary.region_name)} {draft.scorecard.as_of}"
            sheet.page(draft.say(plan.name), right, repeat=head, shrink=True)
            sheet.break_before([head + 1 + at for at, item in enumerate(lines) if isinstance(item, Area)], head)
        sheet.worksheet.print_area(0, 0, last, last_col)
        sheet.worksheet.freeze_panes(head + 1, draft.columns["target"] + 1)


def _title(draft: Draft, sheet: Sheet, meta: str) -> None:
    sheet.title(draft.say(draft.scorecard.plan.name), meta)
    sheet.height(1, 1)


def _summary(draft: Draft, region: RegionRows) -> Summary:
    return next(summary for summary in draft.scorecard.summaries if summary.region == region.region)


@dataclass(frozen=True, slots=True)
class Totals:
    """The counts and the score of a region, as formulas over its rows."""

    draft: Draft
    region: RegionRows
    summary: Summary
    score_address: str
    """Where the score is written."""

    def count(self, field: str, text: Text, n: int) -> NumberCell:
        """Return how many results have a text in a column."""
        cells = column_range(self.region.sheet, self.draft.columns[field], self.region.first, self.region.last)
        formula = f'COUNTIF({cells},"{self.draft.say(text)}")'
        return NumberCell(Decimal(n), NumberFormat(), formula)

    def with_status(self, status: Status) -> NumberCell:
        """Return how many results have a status."""
        return self.count("status", status.text, self.summary.counts.get(status, 0))

    def disputed(self) -> NumberCell:
        """Return how many results are disputed."""
        return self.count("disputed", words.DISPUTED_MARK, self.summary.n_disputed)

    def score(self) -> SheetCell:
        """Return the weighted score."""
        score = self.summary.score
        if isinstance(score, NotComputed):
            return MissingCell(format_reason(score, self.draft.lang))
        formula = f"100*SUM({self._workings('contribution')})/SUM({self._workings('assessed')})"
        return NumberCell(score, NumberFormat(1).clear_of(score, *SCORE_MARKS), formula, bold=True)

    def grade(self) -> SheetCell:
        """Return the grade of the score."""
        if self.summary.grade is None:
            return MissingCell()
        first, second, third, last = (f'"{self.draft.say(GRADE_TEXTS[grade])}"' for grade in Grade)
        score = self.score_address
        formula = f"IF({score}>=90,{first},IF({score}>=80,{second},IF({score}>=60,{third},{last})))"
        return TextCell(self.draft.say(GRADE_TEXTS[self.summary.grade]), align="center", formula=formula)

    def weight(self, field: str = "weight") -> NumberCell:
        """Return the whole weight, or the part that was assessed."""
        value = self.summary.weight_assessed if field == "assessed" else self.summary.weight_total
        is_whole = all(
            weight == weight.to_integral_value() for weight in (self.summary.weight_assessed, self.summary.weight_total)
        )
        return NumberCell(value, NumberFormat(0 if is_whole else 2), f"SUM({self._workings(field)})")

    def _workings(self, field: str) -> str:
        """Return a column of the workings for the region's rows."""
        name, col = self.draft.places.names["workings"], self.draft.working_columns[field]
        return column_range(name, col, self.region.first_working, self.region.last_working)


def write_regions(draft: Draft) -> None:
    """Write the comparison of regions, a row each; a scorecard of one region has none."""
    if not draft.places.has_regions:
        return
    sheet = draft.sheet("regions")
    statuses: list[SheetColumn[Totals]] = [
        SheetColumn(status.value, partial(Totals.with_status, status=status), 9.5, 14, status.text) for status in Status
    ]
    columns: list[SheetColumn[Totals]] = [
        SheetColumn("region", lambda at: TextCell(draft.say(at.summary.region_name), bold=True), 14, 24),
        SheetColumn("score", Totals.score, 10),
        SheetColumn("score_grade", Totals.grade, 8),
        *statuses,
        SheetColumn("disputed", Totals.disputed, 9.5, 14, words.DISPUTED_COUNT),
        SheetColumn("assessed", partial(Totals.weight, field="assessed"), 9),
        SheetColumn("weight", Totals.weight, 9),
    ]
    items = [
        Totals(draft, region, _summary(draft, region), f"B{LIST_HEAD + 2 + at}")
        for at, region in enumerate(draft.places.regions)
    ]
    sheet.table(LIST_HEAD, columns, items)
    title = f"{draft.say(draft.scorecard.plan.name)} · {sheet.name}"
    draft.finish_list(sheet, draft.say(words.REGIONS_META), 1, title=title)


def _tiles(draft: Draft, sheet: Sheet, region: RegionRows, summary: Summary, widths: Sequence[float]) -> None:
    """Write score, grade and the count of every status above the table."""
    totals = Totals(draft, region, summary, f"$A${_VALUES_ROW + 1}")
    assessed, whole = totals.weight("assessed"), totals.weight()
    weights = TextCell(
        f"{plain(assessed.value)} / {plain(whole.value)}", formula=f'{assessed.formula}&" / "&{whole.formula}'
    )
    last = len(widths) - 1
    box: dict[str, object] = {"align": "center", "border": 1, "border_color": RULE}
    plain_head = sheet.styles.get(font_size=9, text_wrap=True, bg_color=GROUP_FILL, **box)
    tiles: list[tuple[int, int, Text, SheetCell, Format]] = [
        (0, 1, words.SCORE_LABEL, totals.score(), plain_head),
        (2, 2, words.SCORE_GRADE_LABEL, totals.grade(), plain_head),
        (3, 4, words.SCORE_WEIGHTS_LABEL, weights, plain_head),
        *(
            (*span, status.text, totals.with_status(status), sheet.styles.status(status, font_size=9))
            for status, span in zip(Status, _spans(widths[:last], _FIRST_STATUS, len(Status)), strict=True)
        ),
        (last, last, DISPUTED_TEXT, totals.disputed(), plain_head),
    ]
    big = {**box, "font_size": 15, "bold": True, "font_name": NUMBER_FONT}
    for first, end, label, cell, head in tiles:
        sheet.merged_text(_LABELS_ROW, first, _LABELS_ROW, end, draft.say(label), head)
        sheet.merged_text(_VALUES_ROW, first, _VALUES_ROW, end, "", sheet.styles.get(**big))
        match cell:
            case NumberCell(value, shown, formula):
                sheet.formula(_VALUES_ROW, first, formula, value, sheet.styles.get(num_format=shown.code, **big))
            case TextCell(text, formula=formula):
                sheet.formula(_VALUES_ROW, first, formula, text, sheet.styles.get(**{**big, "font_size": 12}))
            case _:
                sheet.cell(_VALUES_ROW, first, cell)
    sheet.height(_LABELS_ROW, 1.9)
    sheet.height(_VALUES_ROW, 1.1, size=15)
    sheet.height(_VALUES_ROW + 1, 0.25)


def _spans(widths: Sequence[float], first: int, n: int) -> list[tuple[int, int]]:
    """Split the columns from `first` on into `n` groups of about the same width; each has at least one column."""
    spans: list[tuple[int, int]] = []
    for left in range(n, 0, -1):
        share = sum(widths[first:]) / left
        last, held = first, widths[first]
        while len(widths) - last - 1 > left - 1 and held + widths[last + 1] / 2 <= share:
            last += 1
            held += widths[last]
        if left == 1:
            last = len(widths) - 1
        spans.append((first, last))
        first = last + 1
    return spans
