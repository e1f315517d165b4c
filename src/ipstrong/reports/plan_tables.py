"""The plan as tables: targets, tasks and dated duties, on a terminal, as JSON, CSV or Markdown."""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ipstrong.model.plan import Clause, Milestone, Plan, Target, Task
from ipstrong.model.result import MilestoneState
from ipstrong.reports import labels
from ipstrong.reports.escapes import csv_text, markdown_text
from ipstrong.reports.formatting import format_goal
from ipstrong.reports.inert import inert
from ipstrong.reports.json_text import json_text
from ipstrong.texts import Lang, Text


class PlanTable(NamedTuple):
    """A table of texts, with the same rows as objects for JSON."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    objects: Sequence[Mapping[str, object]]
    empty: str
    """What a person reads where no row is left."""
    optional: Sequence[int] = ()
    """Columns that a narrow terminal leaves out, the first to go first."""


def render_targets(
    plan: Plan,
    lang: Lang,
    format_: str,
    width: int,
    *,
    color: bool,
    unicode: bool = True,
    department: str | None = None,
    area: str | None = None,
) -> str:
    """Return the targets; `department` and `area` keep those whose names contain the words, in either language."""
    chosen = [
        target
        for target in plan.targets
        if _matches_department(plan, department, target.departments)
        and _matches(area, (target.area, *plan.area(target.area).name))
    ]
    headings = (labels.NUMBER, labels.NAME, labels.GOAL, labels.DEADLINE, labels.MEASURE, labels.AREA)
    more = (labels.DEPARTMENT, labels.CLAUSE)
    table = PlanTable(
        plan.name.get(lang),
        [heading.get(lang) for heading in (*headings, *more)],
        [_target_row(plan, target, lang) for target in chosen],
        [_target_object(plan, target, lang) for target in chosen],
        labels.NO_TARGET_MATCHES.get(lang),
        optional=(7, 5, 4),
    )
    return render_table(table, format_, width, color=color, unicode=unicode)


def _target_row(plan: Plan, target: Target, lang: Lang) -> list[str]:
    return [
        str(target.number),
        target.name.get(lang),
        format_goal(target, target.value, lang),
        str(target.deadline or ""),
        labels.MEASURES[target.measure].get(lang),
        plan.area(target.area).name.get(lang),
        _names(plan, target.departments, lang),
        target.clause.place.get(lang),
    ]


def _target_object(plan: Plan, target: Target, lang: Lang) -> dict[str, Any]:
    return {
        "id": target.id,
        "number": target.number,
        "name": target.name.get(lang),
        "name_zh": target.name.zh,
        "name_en": target.name.en,
        "area": target.area,
        "measure": target.measure.value,
        "indicator": target.indicator,
        "comparator": target.comparator.value if target.comparator else None,
        "value": target.value,
        "upper": target.upper,
        "unit": target.unit.text if target.unit else None,
        "base_year": target.base_year or None,
        "start_year": target.start_year or None,
        "deadline": target.deadline or None,
        "weight": target.weight,
        "departments": target.departments,
        "departments_en": [plan.department(name).en for name in target.departments],
        "conventions": [convention.id for convention in target.conventions],
        "assumption_zh": target.assumption.zh if target.assumption else None,
        "assumption_en": target.assumption.en if target.assumption else None,
        "clause": _clause(target.clause),
    }


def render_tasks(
    plan: Plan,
    lang: Lang,
    format_: str,
    width: int,
    *,
    color: bool,
    unicode: bool = True,
    department: str | None = None,
    programme: str | None = None,
) -> str:
    """Return the tasks; `department` matches leading and cooperating units, `programme` its name in either language."""
    chosen = [
        task
        for task in plan.tasks
        if _matches_department(plan, department, (*task.lead, *task.cooperating))
        and _matches(programme, tuple(task.programme))
    ]
    headings = (labels.NUMBER, labels.TITLE, labels.PROGRAMME, labels.LEAD, labels.COOPERATING, labels.TARGETS)
    table = PlanTable(
        plan.name.get(lang),
        [heading.get(lang) for heading in headings],
        [_task_row(plan, task, lang) for task in chosen],
        [_task_object(plan, task, lang) for task in chosen],
        labels.NO_TASK_MATCHES.get(lang),
        optional=(2,),
    )
    return render_table(table, format_, width, color=color, unicode=unicode)


def _task_row(plan: Plan, task: Task, lang: Lang) -> list[str]:
    numbers = [str(plan.target(target_id).number) for target_id in task.targets]
    return [
        str(task.number),
        task.title.get(lang),
        task.programme.get(lang),
        _names(plan, task.lead, lang),
        _names(plan, task.cooperating, lang),
        ", ".join(numbers),
    ]


def _task_object(plan: Plan, task: Task, lang: Lang) -> dict[str, Any]:
    return {
        "number": task.number,
        "title": task.title.get(lang),
        "title_zh": task.title.zh,
        "title_en": task.title.en,
        "programme": task.programme.get(lang),
        "programme_zh": task.programme.zh,
        "programme_en": task.programme.en,
        # Units are named as the plan names them, whatever the language: they are what programs look for.
        "lead": "、".join(task.lead),
        "lead_en": ", ".join(plan.department(name).en for name in task.lead),
        "cooperating": task.cooperating,
        "cooperating_en": [plan.department(name).en for name in task.cooperating],
        "targets": task.targets,
        "clause": _clause(task.clause),
    }


def render_milestones(
    plan: Plan,
    lang: Lang,
    format_: str,
    width: int,
    *,
    color: bool,
    unicode: bool = True,
    as_of: dt.date | None = None,
) -> str:
    """Return the dated duties, one row a date, in order; with `as_of`, whether each was due by then, that day included."""
    dated = sorted(
        ((date, milestone) for milestone in plan.milestones for date in milestone.dates),
        key=lambda pair: pair[0],
    )
    headings = [labels.DUE, labels.DUTY, labels.DEPARTMENT, labels.CLAUSE]
    if as_of is not None:
        headings.append(labels.STATUS)
    table = PlanTable(
        plan.name.get(lang),
        [heading.get(lang) for heading in headings],
        [_milestone_row(plan, date, milestone, as_of, lang) for date, milestone in dated],
        [_milestone_object(plan, date, milestone, as_of, lang) for date, milestone in dated],
        labels.NO_MILESTONES.get(lang),
    )
    return render_table(table, format_, width, color=color, unicode=unicode)


def milestone_state(date: str, as_of: dt.date) -> MilestoneState:
    """Return whether a duty of this ISO date was due by `as_of`."""
    return MilestoneState.DUE if dt.date.fromisoformat(date) <= as_of else MilestoneState.NOT_DUE


def _milestone_row(plan: Plan, date: str, milestone: Milestone, as_of: dt.date | None, lang: Lang) -> list[str]:
    row = [
        date,
        milestone.name.get(lang),
        plan.department(milestone.department).get(lang),
        milestone.clause.place.get(lang),
    ]
    if as_of is not None:
        row.append(labels.MILESTONE_STATES[milestone_state(date, as_of)].get(lang))
    return row


def _milestone_object(plan: Plan, date: str, milestone: Milestone, as_of: dt.date | None, lang: Lang) -> dict[str, Any]:
    return {
        "id": milestone.id,
        "date": date,
        "name": milestone.name.get(lang),
        "name_zh": milestone.name.zh,
        "name_en": milestone.name.en,
        "department": milestone.department,
        "department_en": plan.department(milestone.department).en,
        "state": None if as_of is None else milestone_state(date, as_of).value,
        "clause": _clause(milestone.clause),
    }


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "section": clause.section,
        "sentence": clause.sentence,
        "summary_zh": clause.summary.zh,
        "summary_en": clause.summary.en,
    }


def _names(plan: Plan, departments: Iterable[str], lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(plan.department(name).get(lang) for name in departments)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _matches(wanted: str | None, names: Iterable[str]) -> bool:
    return wanted is None or any(_folded(wanted) in _folded(name) for name in names)


def _matches_department(plan: Plan, wanted: str | None, departments: Iterable[str]) -> bool:
    if wanted is None:
        return True
    aliases = {entry.name: entry.aliases for entry in plan.departments}
    for department in departments:
        name: Text = plan.department(department)
        if _matches(wanted, (department, *name, *aliases.get(name, ()))):
            return True
    return False


def render_table(table: PlanTable, format_: str, width: int, *, color: bool, unicode: bool) -> str:
    """Return a table as `table` (for a terminal), `json`, `csv` or `md`; `KeyError` for another format."""
    match format_:
        case "json":
            return json_text(table.objects)
        case "csv":
            return _csv(table)
        case "md":
            return _markdown(table)
        case "table":
            return _drawn(table, width, color=color, unicode=unicode)
        case _:
            raise KeyError(format_)


def _csv(table: PlanTable) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([table.headings, *([csv_text(cell) for cell in row] for row in table.rows)])
    return buffer.getvalue()


def _markdown(table: PlanTable) -> str:
    from ipstrong.reports.markdown import table as lines

    return "\n".join([f"# {markdown_text(table.title)}", "", *lines(table.headings, table.rows)]) + "\n"


def _drawn(table: PlanTable, width: int, *, color: bool, unicode: bool) -> str:
    from rich.text import Text as Styled

    from ipstrong.reports.console import draw
    from ipstrong.reports.drawing import ascii_signs, fitted, fixed_table, heading, roomy, rule, total_width

    title = Styled(inert(table.title), style="bold")
    if not table.rows:
        return draw([title, Styled(table.empty)], width, color=color)
    rows = [[ascii_signs(inert(cell), unicode=unicode) for cell in row] for row in table.rows]
    shown = roomy(table.headings, rows, width, gap=2, optional=table.optional)
    rows = [[row[position] for position in shown] for row in rows]
    columns = fitted([table.headings[position] for position in shown], rows, width, gap=2)
    body = fixed_table(columns, [[Styled(cell) for cell in row] for row in rows], gap=2)
    line = rule(total_width(columns, 2), unicode=unicode)
    return draw([title, heading(columns, gap=2), line, body], width, color=color)
