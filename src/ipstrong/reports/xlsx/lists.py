"""The lists: every observation with the cell that it comes from; findings; tasks, and milestones that fall due by formula.

Every observation that a figure uses is listed; of the others that were matched to an indicator, all up to
`MOST_UNUSED`. A sheet holds a million rows, so a longer list continues on a second one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ipstrong.diagnostics import Finding, Severity, a1
from ipstrong.model.dataset import Bound, ValueStatus
from ipstrong.model.period import parse_period
from ipstrong.model.plan import Task
from ipstrong.model.result import MilestoneState, Scorecard, Status
from ipstrong.reports.formatting import exact_decimals, format_period, format_unit
from ipstrong.reports.labels import AS_OF, MILESTONE_STATES
from ipstrong.reports.xlsx import words
from ipstrong.reports.xlsx.cells import n_lines
from ipstrong.reports.xlsx.formulas import VALUE_COLUMN
from ipstrong.reports.xlsx.sheet import (
    LIST_HEAD,
    Draft,
    MissingCell,
    NumberCell,
    Sheet,
    SheetCell,
    SheetColumn,
    StatusCell,
    TextCell,
)
from ipstrong.reports.xlsx.styles import YEAR, NumberFormat, format_for

MOST_UNUSED = 200_000
"""Matched observations beyond those used that are listed; a longer list helps nobody in a spreadsheet."""
ROWS_A_SHEET = 1_000_000
MOST_FINDINGS = 50_000
_SEVERITY_FILLS = {Severity.ERROR: "#F6C9B4", Severity.WARNING: "#FBE3B4", Severity.NOTE: "#EEF1F4"}

_EPOCH = dt.date(1899, 12, 30)
"""Day 0 of spreadsheets, for dates after February 1900."""
_DATE = "yyyy-mm-dd"
_MILESTONE_COLUMNS = {"number": 0, "milestone": 1, "date": 2, "department": 3, "clause": 4, "state": 6}
"""Columns in the table of tasks above; the clause takes two."""


def write_findings(draft: Draft) -> None:
    """Write the findings, in the order of the scorecard."""
    sheet, say = draft.sheet("findings"), draft.say
    columns: list[SheetColumn[Finding]] = [
        SheetColumn("severity", lambda finding: TextCell(say(finding.severity.text), align="center"), 8.5, 10),
        SheetColumn("code", lambda finding: TextCell(finding.code.id, align="center"), 10, 12),
        SheetColumn("place", lambda finding: TextCell(str(finding.location)), 24, 36),
        SheetColumn("message", lambda finding: TextCell(finding.message(draft.lang)), 44, 60),
        SheetColumn("hint", lambda finding: TextCell(finding.hint(draft.lang), small=True), 44, 60),
    ]
    findings = draft.scorecard.findings[:MOST_FINDINGS]
    sheet.table(LIST_HEAD, columns, findings)
    for row, finding in enumerate(findings, LIST_HEAD + 1):
        style = sheet.styles.text(align="center", bold=True, bg_color=_SEVERITY_FILLS[finding.severity])
        sheet.text(row, 0, say(finding.severity.text), style)
    if not findings:
        for col, column in enumerate(columns):
            sheet.cell(LIST_HEAD + 1, col, TextCell(say(words.NO_FINDINGS) if column.id == "message" else ""))
        sheet.height(LIST_HEAD + 1, 1.15)
    severities = [finding.severity for finding in draft.scorecard.findings]
    counts = {f"{severity.value}s": severities.count(severity) for severity in Severity}
    draft.finish_list(sheet, say(words.FINDINGS_META, **counts), 2)
    sheet.worksheet.autofilter(LIST_HEAD, 0, LIST_HEAD + max(1, len(findings)), len(columns) - 1)


TaskLine = tuple[Task, TextCell, SheetCell, bool]
"""A linked target of a task with its status; the last tells whether it is the task's first line, which describes it."""


def write_tasks(draft: Draft) -> None:
    """Write the tasks, a line for each linked target, and the milestones below them."""
    sheet, say = draft.sheet("tasks"), draft.say

    def about(id_: str, cell: Callable[[Task], SheetCell], least: float, most: float) -> SheetColumn[TaskLine]:
        return SheetColumn(id_, lambda line: cell(line[0]) if line[3] else TextCell(""), least, most)

    def departments(names: tuple[str, ...]) -> str:
        return draft.comma.join(draft.departments(names))

    columns: list[SheetColumn[TaskLine]] = [
        about("number", lambda task: NumberCell(Decimal(task.number), YEAR, align="center"), 5.5, 6),
        about("title", lambda task: TextCell(say(task.title), bold=True), 26, 34),
        about("programme", lambda task: TextCell(say(task.programme)), 18, 26),
        about("lead", lambda task: TextCell(departments(task.lead)), 14, 20),
        about("cooperating", lambda task: TextCell(departments(task.cooperating), small=True), 26, 36),
        SheetColumn("linked", lambda line: line[1], 26, 34),
        SheetColumn("status", lambda line: line[2], 11, 12),
    ]
    groups = [_task_lines(draft, task) for task in draft.scorecard.plan.tasks]
    widths = sheet.table(LIST_HEAD, columns, [line for group in groups for line in group])
    row = LIST_HEAD + 1
    for group in groups:
        # What a task says is merged over the lines of its targets, which share the height that it needs.
        number, *texts = (column.cell(group[0]) for column in columns[:-2])
        described = {col: cell for col, cell in enumerate(texts, 1) if isinstance(cell, TextCell)}
        needed = max(n_lines(cell.text, widths[col] * 0.97) for col, cell in described.items())
        for here, line in enumerate(group, row):
            own = n_lines(line[1].text, widths[-2] * 0.97)
            sheet.height(here, max(1.15, own, needed / len(group) + 0.1))
        last = row + len(group) - 1
        if last > row:
            sheet.worksheet.merge_range(row, 0, last, 0, "", sheet.styles.number(YEAR.code, align="center"))
            sheet.cell(row, 0, number)
            for col, cell in described.items():
                sheet.merged_text(row, col, last, col, cell.text, sheet.text_style(cell))
        row = last + 1
    region = draft.scorecard.results[0].region_name if draft.scorecard.results else ""
    draft.finish_list(sheet, say(words.TASKS_META, region=region), 2)
    _write_milestones(draft, sheet, row + 1, widths)


def _task_lines(draft: Draft, task: Task) -> list[TaskLine]:
    """Return the targets of a task, each with its status on the scorecard of the first region."""
    say, lines = draft.say, list[TaskLine]()
    results = {result.target.id: at for at, result in reversed(list(enumerate(draft.scorecard.results)))}
    for target_id in task.targets:
        link, status = TextCell(target_id), StatusCell(Status.NO_DATA, say(Status.NO_DATA.text))
        if (number := results.get(target_id)) is not None:
            result = draft.scorecard.results[number]
            link = TextCell(f"{result.target.number} {say(result.target.name)}")
            status = StatusCell(result.status, say(result.status.text), draft.score_cell(number, "status"))
        lines.append((task, link, status, not lines))
    return lines or [(task, TextCell(say(words.NO_LINK), small=True), MissingCell(), True)]


def _write_milestones(draft: Draft, sheet: Sheet, first_row: int, widths: list[float]) -> None:
    """Write the dated duties of the plan in the columns of the tasks, in order of their dates."""
    milestones = draft.scorecard.plan.milestones
    if not milestones:
        return
    sheet.section(first_row, draft.say(words.MILESTONES_TITLE), len(widths))
    as_of_row, head_row = first_row + 1, first_row + 2
    sheet.text(as_of_row, 0, draft.say(AS_OF, date=""), sheet.styles.meta())
    as_of = draft.scorecard.as_of
    sheet.worksheet.write_number(as_of_row, 1, (as_of - _EPOCH).days, sheet.styles.get(num_format=_DATE, align="left"))
    sheet.height(as_of_row, 1.15)
    for field, col in _MILESTONE_COLUMNS.items():
        last = col + 1 if field == "clause" else col
        sheet.merged_text(head_row, col, head_row, last, draft.head(field), sheet.styles.head())
    sheet.height(head_row, 1.15)
    due, not_due = (draft.say(MILESTONE_STATES[state]) for state in (MilestoneState.DUE, MilestoneState.NOT_DUE))
    at = _MILESTONE_COLUMNS
    dated = [(dt.date.fromisoformat(date), milestone) for milestone in milestones for date in milestone.dates]
    for number, (day, milestone) in enumerate(sorted(dated, key=lambda pair: pair[0]), 1):
        row, name, clause = head_row + number, draft.say(milestone.name), draft.clause(milestone.clause)
        department = draft.say(draft.scorecard.plan.department(milestone.department))
        sheet.cell(row, at["number"], NumberCell(Decimal(number), YEAR, align="center"))
        sheet.cell(row, at["milestone"], TextCell(name, bold=True))
        sheet.worksheet.write_number(row, at["date"], (day - _EPOCH).days, sheet.styles.number(_DATE, align="center"))
        sheet.cell(row, at["department"], TextCell(department))
        sheet.merged_text(row, at["clause"], row, at["clause"] + 1, clause, sheet.styles.text(font_size=9))
        formula = f'IF({a1(row, at["date"])}<=$B${as_of_row + 1},"{due}","{not_due}")'
        state = due if day <= as_of else not_due
        sheet.cell(row, at["state"], TextCell(state, align="center", formula=formula))
        texts = ((clause, widths[4] + widths[5]), (name, widths[1] * 0.9), (department, widths[3] * 0.9))
        sheet.height(row, max(1.15, *(n_lines(text, width) for text, width in texts)))


Entry = dict[str, Any]
"""A row of the dataset's frame, with `used`, and `value`, `low` and `high` in the unit of the indicator."""


def list_data(scorecard: Scorecard) -> tuple[list[Entry], int]:
    """Return the observations to list, by indicator, region and period, and how many more were matched."""
    import polars as pl

    used = {observation.number: observation for result in scorecard.results for observation in result.observations}
    numbered = scorecard.dataset.frame.with_row_index("number")
    is_used = pl.col("number").is_in(list(used))
    unused = numbered.filter(pl.col("indicator").is_not_null() & ~is_used)
    entries = list(pl.concat([numbered.filter(is_used), unused.head(MOST_UNUSED)]).iter_rows(named=True))
    for entry in entries:
        value, low, high = entry["value"], None, None
        observation = entry["used"] = used.get(entry["number"])
        if observation is not None:
            value, low, high = observation.value, observation.low, observation.high
            entry |= {"indicator": observation.indicator, "period": str(observation.period)}
        elif value is not None:
            factor, bound = _decimal(entry["factor"]), Bound(entry["bound"])
            width = _decimal(entry["half_width"] or 0.0) * factor * (2 if bound is Bound.ABOUT else 1)
            value = _decimal(value) * factor
            low = None if bound is Bound.AT_MOST else value - width
            high = None if bound is Bound.AT_LEAST else value + width
        entry |= {"value": value, "low": low, "high": high}
    indicators = {indicator.id: position for position, indicator in enumerate(scorecard.plan.indicators)}
    regions = {region.id: position for position, region in enumerate(scorecard.plan.regions)}

    def order(entry: Entry) -> tuple[object, ...]:
        indicator, region, period = entry["indicator"], entry["region"], parse_period(entry["period"])
        return (
            indicators.get(indicator, len(indicators)),
            indicator,
            regions.get(region, len(regions)),
            region,
            period.sort_key() if period is not None else (),
            entry["file"],
            entry["sheet"] or "",
            *(entry[field] for field in ("row", "col", "number")),
        )

    return sorted(entries, key=order), max(0, unused.height - MOST_UNUSED)


def _decimal(value: float) -> Decimal:
    return Decimal(repr(value))


def write_data(draft: Draft, entries: list[Entry], n_left_out: int) -> None:
    """Write the data sheets."""
    columns = _data_columns(draft)
    assert columns[VALUE_COLUMN].id == "value"
    remark = draft.say(words.DATA_META, n=f"{len(entries):,}")
    if n_left_out:
        remark += " " + draft.say(words.DATA_LEFT_OUT, n=f"{n_left_out:,}")
    for at, name in enumerate(draft.places.data):
        sheet, before = draft.sheets[name], at * ROWS_A_SHEET
        listed = list(enumerate(entries[before : before + ROWS_A_SHEET], before + 1))
        sheet.table(LIST_HEAD, columns, listed, comments=False)
        draft.finish_list(sheet, remark, 3)
        last = LIST_HEAD + max(1, len(listed))
        sheet.worksheet.autofilter(LIST_HEAD, 0, last, len(columns) - 1)
        sheet.worksheet.ignore_errors({"number_stored_as_text": f"A1:{a1(last, len(columns) - 1)}"})


def _data_columns(draft: Draft) -> list[SheetColumn[tuple[int, Entry]]]:
    """Return the columns of the observations, which come with their numbers."""
    say, lang, indicators = draft.say, draft.lang, draft.indicators
    regions = {region.id: say(region.name) for region in draft.scorecard.plan.regions}

    def text(
        id_: str, least: float, most: float, shown: Callable[[Entry], str], align: str = "left"
    ) -> SheetColumn[tuple[int, Entry]]:
        return SheetColumn(id_, lambda item: TextCell(shown(item[1]), align=align), least, most)

    def number(id_: str, field: str) -> SheetColumn[tuple[int, Entry]]:
        """Return a column of numbers; an end of the interval is empty if the printed value leaves none."""

        def cell(item: tuple[int, Entry]) -> SheetCell:
            entry = item[1]
            value, indicator = entry[field], indicators.get(entry["indicator"])
            is_exact = field != "value" and entry["low"] == entry["value"] == entry["high"]
            if value is None or is_exact or not value.is_finite():
                return TextCell("")
            shown = format_for(indicator.unit if indicator else None, min(exact_decimals(value), 6), lang)
            return NumberCell(value, shown._replace(prefix=""))

        return SheetColumn(id_, cell, 10)

    def name(entry: Entry) -> str:
        indicator = indicators.get(entry["indicator"])
        return say(indicator.name) if indicator else str(entry["indicator"])

    def unit(entry: Entry) -> str:
        indicator = indicators.get(entry["indicator"])
        return format_unit(indicator.unit, lang) if indicator else ""

    def period(entry: Entry) -> str:
        parsed = parse_period(entry["period"])
        return format_period(parsed, lang) if parsed else str(entry["period"])

    return [
        SheetColumn("number", lambda item: NumberCell(Decimal(item[0]), NumberFormat()), 5.5),
        text("indicator", 18, 38, name),
        text("region", 9, 18, lambda entry: regions.get(entry["region"]) or entry["region"]),
        text("period", 8, 14, period, "center"),
        text("used", 6.5, 14, lambda entry: say(words.USED) if entry["used"] else "", "center"),
        number("value", "value"),
        text("unit", 7, 18, unit, "center"),
        text("raw", 10, 18, lambda entry: entry["raw"], "right"),
        text("printed_unit", 8, 12, lambda entry: entry["unit"] or "", "center"),
        text("finality", 8.5, 12, lambda entry: say(words.FINALITIES[ValueStatus(entry["status"])]), "center"),
        text("bound", 6.5, 9, lambda entry: say(words.BOUNDS[Bound(entry["bound"])]), "center"),
        number("interval_low", "low"),
        number("interval_high", "high"),
        text("label", 14, 28, lambda entry: entry["label"] or ""),
        text("file", 12, 26, lambda entry: entry["file"]),
        text("sheet", 9, 26, lambda entry: entry["sheet"] or ""),
        text("cell", 7.5, 10, lambda entry: a1(entry["row"], entry["col"]), "center"),
    ]
