"""The lists: findings, and tasks with the statuses of their targets."""

from __future__ import annotations

from decimal import Decimal

from ipstrong.diagnostics import Finding, Severity
from ipstrong.model.plan import Task
from ipstrong.model.result import Status
from ipstrong.reports.xlsx import words
from ipstrong.reports.xlsx.cells import n_lines
from ipstrong.reports.xlsx.context import Context
from ipstrong.reports.xlsx.layout import LIST_HEAD
from ipstrong.reports.xlsx.milestones import write_milestones
from ipstrong.reports.xlsx.numbers import YEAR
from ipstrong.reports.xlsx.sheet import Sheet, Span
from ipstrong.reports.xlsx.table import (
    Amount,
    Cell,
    Column,
    Missing,
    Row,
    Verdict,
    Words,
    emphasis,
    write_cell,
    write_table,
)

MOST_FINDINGS = 50_000
_SEVERITY_FILLS = {Severity.ERROR: "#F6C9B4", Severity.WARNING: "#FBE3B4", Severity.NOTE: "#EEF1F4"}


def write_findings(context: Context) -> None:
    """Write the findings, in the order of the scorecard."""
    sheet = context.sheets[context.layout.names.findings]
    head = context.head
    columns = [
        Column("severity", head("severity"), 8.5, 10),
        Column("code", head("code"), 10, 12),
        Column("place", head("place"), 24, 36),
        Column("message", head("message"), 44, 60),
        Column("hint", head("hint"), 44, 60),
    ]
    findings = context.scorecard.findings[:MOST_FINDINGS]
    rows: list[Row] = [_finding(context, finding) for finding in findings]
    if not rows:
        rows = [[Words(""), Words(""), Words(""), Words(context.say(words.NO_FINDINGS)), Words("")]]
    widths = write_table(sheet, LIST_HEAD, columns, rows)
    for row, finding in enumerate(findings, LIST_HEAD + 1):
        style = sheet.styles.text(align="center", bold=True, bg_color=_SEVERITY_FILLS[finding.severity])
        sheet.text(row, 0, context.say(finding.severity.text), style)
    n_of = {
        severity: sum(finding.severity is severity for finding in context.scorecard.findings) for severity in Severity
    }
    remark = context.say(
        words.FINDINGS_META, errors=n_of[Severity.ERROR], warnings=n_of[Severity.WARNING], notes=n_of[Severity.NOTE]
    )
    _finish(context, sheet, remark)
    sheet.worksheet.autofilter(LIST_HEAD, 0, LIST_HEAD + len(rows), len(widths) - 1)
    sheet.worksheet.freeze_panes(LIST_HEAD + 1, 2)


def _finding(context: Context, finding: Finding) -> list[Cell]:
    return [
        Words(context.say(finding.severity.text), align="center"),
        Words(finding.code.id, align="center"),
        Words(str(finding.location)),
        Words(finding.message(context.lang)),
        Words(finding.hint(context.lang), small=True),
    ]


def _finish(context: Context, sheet: Sheet, remark: str) -> None:
    sheet.text(0, 0, sheet.name, sheet.styles.title())
    sheet.height(0, 1, size=17)
    sheet.text(1, 0, remark, sheet.styles.meta())
    sheet.page(context.say(context.scorecard.plan.name), str(context.scorecard.as_of), repeat=LIST_HEAD)


def write_tasks(context: Context) -> None:
    """Write the tasks, a line for each linked target, and the milestones below them."""
    sheet = context.sheets[context.layout.names.tasks]
    head = context.head
    columns = [
        Column("number", head("number"), 5.5, 6),
        Column("title", head("title"), 26, 34),
        Column("programme", head("programme"), 18, 26),
        Column("lead", head("lead"), 14, 20),
        Column("cooperating", head("cooperating"), 26, 36),
        Column("linked", head("linked"), 26, 34),
        Column("status", head("status"), 11, 12),
    ]
    groups = [_task(context, task) for task in context.scorecard.plan.tasks]
    rows: list[Row] = [row for group in groups for row in group]
    widths = write_table(sheet, LIST_HEAD, columns, rows)
    _join(sheet, groups, widths)
    region = context.scorecard.results[0].region_name if context.scorecard.results else ""
    _finish(context, sheet, context.say(words.TASKS_META, region=region))
    sheet.worksheet.freeze_panes(LIST_HEAD + 1, 2)
    write_milestones(context, sheet, LIST_HEAD + len(rows) + 2, widths)


def _task(context: Context, task: Task) -> list[list[Cell]]:
    """Return the lines of a task: the first says what it is, each names one linked target."""
    say, comma = context.say, "、" if context.lang == "zh" else ", "
    front: list[Cell] = [
        Amount(Decimal(task.number), YEAR, align="center"),
        Words(say(task.title), bold=True),
        Words(say(task.programme)),
        Words(comma.join(context.departments(task.lead))),
        Words(comma.join(context.departments(task.cooperating)), small=True),
    ]
    links = [_link(context, target_id) for target_id in task.targets]
    if not links:
        links = [[Words(say(words.NO_LINK), small=True), Missing("")]]
    blank: list[Cell] = [Words("") for _ in front]
    return [[*(blank if position else front), *link] for position, link in enumerate(links)]


def _link(context: Context, target_id: str) -> list[Cell]:
    """Return a linked target of the first region, with its status as it stands on the scorecard."""
    for number, result in enumerate(context.scorecard.results):
        if result.target.id == target_id:
            name = f"{result.target.number} {context.say(result.target.name)}"
            formula = context.score_cell(number, "status")
            return [Words(name), Verdict(result.status, context.say(result.status.text), formula)]
    return [Words(target_id), Verdict(Status.NO_DATA, context.say(Status.NO_DATA.text))]


def _join(sheet: Sheet, groups: list[list[list[Cell]]], widths: list[float]) -> None:
    """Merge what a task says over the lines of its targets, and give these lines the height that it needs."""
    row = LIST_HEAD + 1
    for group in groups:
        front = {col: cell for col, cell in enumerate(group[0][:5]) if isinstance(cell, Words)}
        needed = max(n_lines(cell.text, widths[col] * 0.97) for col, cell in front.items())
        for offset, line in enumerate(group):
            link = line[5]
            own = n_lines(link.text, widths[5] * 0.97) if isinstance(link, Words) else 1
            sheet.height(row + offset, max(1.15, own, needed / len(group) + 0.1))
        if len(group) > 1:
            last = row + len(group) - 1
            sheet.worksheet.merge_range(row, 0, last, 0, "", sheet.styles.number(YEAR.code, align="center"))
            write_cell(sheet, row, 0, group[0][0])
            for col, cell in front.items():
                style = sheet.styles.text(align=cell.align, **emphasis(cell))
                sheet.merged_text(Span(row, col, last, col), cell.text, style)
        row += len(group)
