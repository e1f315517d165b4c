"""Lists of the plan: targets, tasks and dated duties."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ipstrong.model.plan import Clause, Milestone, Plan, Target, Task
from ipstrong.model.result import MilestoneState
from ipstrong.reports import labels
from ipstrong.reports.formatting import format_goal
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.table import Block, Cell, Column, Heading, Table, line, table
from ipstrong.reports.writers.json import fields
from ipstrong.texts import Lang, Text

_DEPARTMENT = Text("责任部门", "Department")
_CLAUSE = Text("条款", "Clause")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list in one language: a table for people, and objects for programs."""

    title: str
    table: Table
    objects: Sequence[Mapping[str, object]]
    empty: Text
    """What a person reads where nothing is left."""


def page(listing: Listing, options: ReportOptions) -> Iterator[Block]:
    """Yield the page for a terminal."""
    yield Heading(listing.title)
    yield listing.table if listing.objects else line(listing.empty.get(options.lang))


def markdown(listing: Listing, _options: ReportOptions) -> Iterator[Block]:
    """Yield the page for Markdown."""
    yield Heading(listing.title)
    yield listing.table


def document(listing: Listing, _options: ReportOptions) -> Sequence[Mapping[str, object]]:
    """Return the objects for JSON."""
    return listing.objects


# --- Targets ----------------------------------------------------------------------------------------------------------


def list_targets(plan: Plan, lang: Lang, *, department: str | None = None, area: str | None = None) -> Listing:
    """Return the targets; `department` and `area` keep those whose names contain the words, in either language."""
    chosen = [
        target
        for target in plan.targets
        if _matches_department(plan, department, target.departments)
        and _matches(area, (target.area, *plan.area(target.area).name))
    ]
    columns = (
        Column("number", labels.NUMBER),
        Column("name", labels.NAME),
        Column("goal", labels.GOAL),
        Column("deadline", Text("期限", "Deadline")),
        Column("measure", Text("测度", "Measure"), rank=1),
        Column("area", Text("领域", "Area"), rank=2),
        Column("department", _DEPARTMENT),
        Column("clause", _CLAUSE, rank=3),
    )
    rows = [
        (
            target.number,
            target.name.get(lang),
            format_goal(target, target.value, lang),
            str(target.deadline or ""),
            labels.MEASURES[target.measure].get(lang),
            plan.area(target.area).name.get(lang),
            _names(plan, target.departments, lang),
            target.clause.place.get(lang),
        )
        for target in chosen
    ]
    objects = [_target(plan, target, lang) for target in chosen]
    return Listing(plan.name.get(lang), table(columns, rows), objects, Text("没有符合条件的目标", "no target matches"))


def _target(plan: Plan, target: Target, lang: Lang) -> dict[str, Any]:
    return {
        "id": target.id,
        "number": target.number,
        "name": target.name.get(lang),
        **_both("name", target.name),
        **fields(target, "area measure indicator comparator value upper"),
        "unit": target.unit.text if target.unit else None,
        "base_year": target.base_year or None,
        "start_year": target.start_year or None,
        "deadline": target.deadline or None,
        **fields(target, "weight departments"),
        "departments_en": [plan.department(name).en for name in target.departments],
        "conventions": [convention.id for convention in target.conventions],
        **_both("assumption", target.assumption),
        "clause": _clause(target.clause),
    }


# --- Tasks ------------------------------------------------------------------------------------------------------------


def list_tasks(plan: Plan, lang: Lang, *, department: str | None = None, programme: str | None = None) -> Listing:
    """Return the tasks; `department` matches leading and cooperating units, `programme` its name in either language."""
    chosen = [
        task
        for task in plan.tasks
        if _matches_department(plan, department, (*task.lead, *task.cooperating))
        and _matches(programme, tuple(task.programme))
    ]
    columns = (
        Column("number", labels.NUMBER),
        Column("title", Text("任务", "Task")),
        Column("programme", Text("工程", "Programme"), rank=1),
        Column("lead", Text("牵头单位", "Lead")),
        Column("cooperating", Text("配合单位", "Cooperating")),
        Column("targets", Text("相关目标", "Targets")),
    )
    rows = [
        (
            task.number,
            task.title.get(lang),
            task.programme.get(lang),
            _names(plan, task.lead, lang),
            _names(plan, task.cooperating, lang),
            ", ".join(str(plan.target(target_id).number) for target_id in task.targets),
        )
        for task in chosen
    ]
    objects = [_task(plan, task, lang) for task in chosen]
    return Listing(plan.name.get(lang), table(columns, rows), objects, Text("没有符合条件的任务", "no task matches"))


def _task(plan: Plan, task: Task, lang: Lang) -> dict[str, Any]:
    return {
        "number": task.number,
        "title": task.title.get(lang),
        **_both("title", task.title),
        "programme": task.programme.get(lang),
        **_both("programme", task.programme),
        # Units are named as the plan names them, whatever the language: programs look for these names.
        "lead": "、".join(task.lead),
        "lead_en": ", ".join(plan.department(name).en for name in task.lead),
        "cooperating": task.cooperating,
        "cooperating_en": [plan.department(name).en for name in task.cooperating],
        "targets": task.targets,
        "clause": _clause(task.clause),
    }


# --- Milestones -------------------------------------------------------------------------------------------------------


def list_milestones(plan: Plan, lang: Lang, *, as_of: dt.date | None = None) -> Listing:
    """Return the dated duties, one row a date, in order; with `as_of`, whether each was due by then, that day included."""
    dated = sorted(
        ((date, milestone) for milestone in plan.milestones for date in milestone.dates), key=lambda pair: pair[0]
    )
    columns = [
        Column("date", Text("期限", "Due")),
        Column("name", Text("事项", "Duty")),
        Column("department", _DEPARTMENT),
        Column("clause", _CLAUSE),
    ]
    rows: list[list[Cell]] = [
        [
            date,
            milestone.name.get(lang),
            plan.department(milestone.department).get(lang),
            milestone.clause.place.get(lang),
        ]
        for date, milestone in dated
    ]
    if as_of is not None:
        columns.append(Column("state", labels.STATUS))
        for row, (date, _) in zip(rows, dated, strict=True):
            row.append(labels.MILESTONE_STATES[milestone_state(date, as_of)].get(lang))
    objects = [_milestone(plan, date, milestone, as_of, lang) for date, milestone in dated]
    return Listing(
        plan.name.get(lang), table(columns, rows), objects, Text("方案没有时间节点", "the plan has no dated duties")
    )


def milestone_state(date: str, as_of: dt.date) -> MilestoneState:
    """Return whether a duty of this ISO date was due by `as_of`."""
    return MilestoneState.DUE if dt.date.fromisoformat(date) <= as_of else MilestoneState.NOT_DUE


def _milestone(plan: Plan, date: str, milestone: Milestone, as_of: dt.date | None, lang: Lang) -> dict[str, Any]:
    return {
        "id": milestone.id,
        "date": date,
        "name": milestone.name.get(lang),
        **_both("name", milestone.name),
        "department": milestone.department,
        "department_en": plan.department(milestone.department).en,
        "state": None if as_of is None else milestone_state(date, as_of).value,
        "clause": _clause(milestone.clause),
    }


def _both(name: str, text: Text | None) -> dict[str, str | None]:
    return {f"{name}_zh": text.zh if text else None, f"{name}_en": text.en if text else None}


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "section": clause.section.zh,
        "sentence": clause.sentence,
        **_both("summary", clause.summary),
    }


# --- Names and filters ------------------------------------------------------------------------------------------------


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
    names = ((department, plan.department(department)) for department in departments)
    return any(_matches(wanted, (department, *name, *aliases.get(name, ()))) for department, name in names)
