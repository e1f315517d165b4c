"""The lists: findings; tasks with the statuses of their targets; and milestones, which fall due by formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from ipstrong.diagnostics import Finding, Severity, a1
from ipstrong.model.plan import Task
from ipstrong.model.result import MilestoneState, Status
from ipstrong.reports.labels import AS_OF, MILESTONE_STATES
from ipstrong.reports.xlsx import words
from ipstrong.reports.xlsx.cells import n_lines
from ipstrong.reports.xlsx.draft import Draft
from ipstrong.reports.xlsx.sheet import (
    LIST_HEAD,
    CellRange,
    FormulaCell,
    MissingCell,
    NumberCell,
    Sheet,
    SheetCell,
    SheetColumn,
    StatusCell,
    TextCell,
)
from ipstrong.reports.xlsx.styles import YEAR

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


class TaskRow(NamedTuple):
    """A line of a task: the first says what it is, each names one linked target."""

    task: Task
    link: TextCell
    status: SheetCell
    is_first: bool


def write_tasks(draft: Draft) -> None:
    """Write the tasks, a line for each linked target, and the milestones below them."""
    sheet, say = draft.sheet("tasks"), draft.say

    def departments(names: tuple[str, ...]) -> str:
        return draft.comma.join(draft.departments(names))

    about: list[SheetColumn[Task]] = [
        SheetColumn("number", lambda task: NumberCell(Decimal(task.number), YEAR, align="center"), 5.5, 6),
        SheetColumn("title", lambda task: TextCell(say(task.title), bold=True), 26, 34),
        SheetColumn("programme", lambda task: TextCell(say(task.programme)), 18, 26),
        SheetColumn("lead", lambda task: TextCell(departments(task.lead)), 14, 20),
        SheetColumn("cooperating", lambda task: TextCell(departments(task.cooperating), small=True), 26, 36),
    ]
    columns: list[SheetColumn[TaskRow]] = [
        *(SheetColumn(column.id, _on_first_line(column.cell), column.least, column.most) for column in about),
        SheetColumn("linked", lambda line: line.link, 26, 34),
        SheetColumn("status", lambda line: line.status, 11, 12),
    ]
    groups = [_task_lines(draft, task) for task in draft.scorecard.plan.tasks]
    lines = [line for group in groups for line in group]
    widths = sheet.table(LIST_HEAD, columns, lines)
    row = LIST_HEAD + 1
    for group in groups:
        _join(sheet, row, group, [column.cell(group[0].task) for column in about], widths)
        row += len(group)
    region = draft.scorecard.results[0].region_name if draft.scorecard.results else ""
    draft.finish_list(sheet, say(words.TASKS_META, region=region), 2)
    _write_milestones(draft, sheet, LIST_HEAD + len(lines) + 2, widths)


def _on_first_line(cell: Callable[[Task], SheetCell]) -> Callable[[TaskRow], SheetCell]:
    return lambda line: cell(line.task) if line.is_first else TextCell("")


def _task_lines(draft: Draft, task: Task) -> list[TaskRow]:
    links = [_link(draft, target_id) for target_id in task.targets]
    if not links:
        links = [(TextCell(draft.say(words.NO_LINK), small=True), MissingCell())]
    return [TaskRow(task, *link, is_first=at == 0) for at, link in enumerate(links)]


def _link(draft: Draft, target_id: str) -> tuple[TextCell, SheetCell]:
    """Return a linked target of the first region, with its status on the scorecard."""
    for number, result in enumerate(draft.scorecard.results):
        if result.target.id == target_id:
            name = f"{result.target.number} {draft.say(result.target.name)}"
            formula = draft.score_cell(number, "status")
            return TextCell(name), StatusCell(result.status, draft.say(result.status.text), formula)
    return TextCell(target_id), StatusCell(Status.NO_DATA, draft.say(Status.NO_DATA.text))


def _join(sheet: Sheet, row: int, lines: list[TaskRow], about: list[SheetCell], widths: list[float]) -> None:
    """Merge what a task says over the lines of its targets, and give these lines the height that it needs."""
    texts = {col: cell for col, cell in enumerate(about) if isinstance(cell, TextCell)}
    needed = max(n_lines(cell.text, widths[col] * 0.97) for col, cell in texts.items())
    for offset, line in enumerate(lines):
        own = n_lines(line.link.text, widths[len(about)] * 0.97)
        sheet.height(row + offset, max(1.15, own, needed / len(lines) + 0.1))
    last = row + len(lines) - 1
    if last > row:
        sheet.worksheet.merge_range(row, 0, last, 0, "", sheet.styles.number(YEAR.code, align="center"))
        sheet.cell(row, 0, about[0])
        for col, cell in texts.items():
            sheet.merged_text(CellRange(row, col, last, col), cell.text, sheet.words_style(cell))


def _write_milestones(draft: Draft, sheet: Sheet, first_row: int, widths: list[float]) -> None:
    """Write the dated duties of the plan in the columns of the tasks, in order of their dates."""
    milestones = draft.scorecard.plan.milestones
    if not milestones:
        return
    sheet.section(first_row, draft.say(words.MILESTONES_TITLE), len(widths))
    as_of_row, head_row = first_row + 1, first_row + 2
    sheet.text(as_of_row, 0, draft.say(AS_OF, date=""), sheet.styles.meta())
    as_of = _serial(draft.scorecard.as_of)
    sheet.worksheet.write_number(as_of_row, 1, as_of, sheet.styles.get(num_format=_DATE, align="left"))
    sheet.height(as_of_row, 1.15)
    for field, col in _MILESTONE_COLUMNS.items():
        last = col + 1 if field == "clause" else col
        sheet.merged_text(CellRange(head_row, col, head_row, last), draft.head(field), sheet.styles.head())
    sheet.height(head_row, 1.15)
    due, not_due = (draft.say(MILESTONE_STATES[state]) for state in (MilestoneState.DUE, MilestoneState.NOT_DUE))
    dated = [(dt.date.fromisoformat(date), milestone) for milestone in milestones for date in milestone.dates]
    for number, (day, milestone) in enumerate(sorted(dated, key=lambda pair: pair[0]), 1):
        row, name, clause = head_row + number, draft.say(milestone.name), draft.clause(milestone.clause)
        department = draft.say(draft.scorecard.plan.department(milestone.department))
        at = _MILESTONE_COLUMNS
        sheet.cell(row, at["number"], NumberCell(Decimal(number), YEAR, align="center"))
        sheet.cell(row, at["milestone"], TextCell(name, bold=True))
        sheet.worksheet.write_number(row, at["date"], _serial(day), sheet.styles.number(_DATE, align="center"))
        sheet.cell(row, at["department"], TextCell(department))
        span = CellRange(row, at["clause"], row, at["clause"] + 1)
        sheet.merged_text(span, clause, sheet.styles.text(font_size=9))
        formula = f'IF({a1(row, at["date"])}<=$B${as_of_row + 1},"{due}","{not_due}")'
        state = due if day <= draft.scorecard.as_of else not_due
        sheet.cell(row, at["state"], FormulaCell(state, formula, align="center"))
        texts = ((clause, widths[4] + widths[5]), (name, widths[1] * 0.9), (department, widths[3] * 0.9))
        sheet.height(row, max(1.15, *(n_lines(text, width) for text, width in texts)))


def _serial(day: dt.date) -> int:
    return (day - _EPOCH).days
