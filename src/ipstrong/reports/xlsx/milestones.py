"""The dated duties of the plan, below its tasks: whether each is due is a formula over its date."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from ipstrong.diagnostics import a1
from ipstrong.model.plan import Milestone
from ipstrong.reports.xlsx import words
from ipstrong.reports.xlsx.cells import n_lines
from ipstrong.reports.xlsx.context import Context
from ipstrong.reports.xlsx.numbers import YEAR
from ipstrong.reports.xlsx.sheet import Sheet, Span
from ipstrong.reports.xlsx.table import Amount, Words, write_cell

_EPOCH = dt.date(1899, 12, 30)
"""Day 0 of spreadsheets, as far as dates after February 1900 go."""

_DATE = "yyyy-mm-dd"
_FIELDS = {"number": 0, "milestone": 1, "date": 2, "department": 3, "clause": 4, "state": 6}
"""Columns in the table of tasks above; the clause takes two."""


def write_milestones(context: Context, sheet: Sheet, first_row: int, widths: list[float]) -> None:
    """Write the milestones in the columns of the tasks, in order of their dates."""
    milestones = context.scorecard.plan.milestones
    if not milestones:
        return
    styles = sheet.styles
    for col in range(len(widths)):
        sheet.text(first_row, col, context.say(words.MILESTONES_TITLE) if col == 0 else "", styles.section())
    sheet.height(first_row, 1.2, size=12)
    as_of_row, head_row = first_row + 1, first_row + 2
    sheet.text(as_of_row, 0, context.say(words.AS_OF, date=""), styles.meta())
    day = _serial(context.scorecard.as_of)
    sheet.worksheet.write_number(as_of_row, 1, day, styles.get(num_format=_DATE, align="left"))
    sheet.height(as_of_row, 1.15)
    for field, col in _FIELDS.items():
        last = col + 1 if field == "clause" else col
        sheet.merged_text(Span(head_row, col, head_row, last), context.head(field), styles.head())
    sheet.height(head_row, 1.15)
    dated = [(date, milestone) for milestone in milestones for date in milestone.dates]
    for number, (date, milestone) in enumerate(sorted(dated, key=lambda pair: pair[0]), 1):
        row = head_row + number
        _write_duty(context, sheet, row, milestone)
        write_cell(sheet, row, 0, Amount(Decimal(number), YEAR, align="center"))
        _write_due(context, sheet, row, dt.date.fromisoformat(date), f"$B${as_of_row + 1}")
        clause_lines = n_lines(context.clause(milestone.clause), widths[4] + widths[5])
        name_lines = n_lines(context.say(milestone.name), widths[1] * 0.9)
        unit_lines = n_lines(_department(context, milestone), widths[_FIELDS["department"]] * 0.9)
        sheet.height(row, max(1.15, clause_lines, name_lines, unit_lines))


def _write_duty(context: Context, sheet: Sheet, row: int, milestone: Milestone) -> None:
    write_cell(sheet, row, _FIELDS["milestone"], Words(context.say(milestone.name), bold=True))
    write_cell(sheet, row, _FIELDS["department"], Words(_department(context, milestone)))
    first = _FIELDS["clause"]
    sheet.merged_text(
        Span(row, first, row, first + 1), context.clause(milestone.clause), sheet.styles.text(font_size=9)
    )


def _write_due(context: Context, sheet: Sheet, row: int, day: dt.date, as_of_cell: str) -> None:
    """Write the date as a date, and whether it lies before the day of assessment."""
    styles, date_col = sheet.styles, _FIELDS["date"]
    sheet.worksheet.write_number(row, date_col, _serial(day), styles.number(_DATE, align="center"))
    due, not_due = context.say(words.MILESTONE_DUE), context.say(words.MILESTONE_NOT_DUE)
    value = due if day <= context.scorecard.as_of else not_due
    formula = f'IF({a1(row, date_col)}<={as_of_cell},"{due}","{not_due}")'
    sheet.formula(row, _FIELDS["state"], formula, value, styles.text(align="center"))


def _department(context: Context, milestone: Milestone) -> str:
    return context.say(context.scorecard.plan.department(milestone.department))


def _serial(day: dt.date) -> int:
    return (day - _EPOCH).days
