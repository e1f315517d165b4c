"""What the parts of a plan must be to one another: header, pace, tasks and milestones; ratios and targets elsewhere."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from ipstrong.diagnostics.codes import plan_meaning as meaning
from ipstrong.planfile.context import Context, check_years
from ipstrong.planfile.nodes import Node
from ipstrong.planfile.positions import Document, KeyPath
from ipstrong.planfile.ratios import check_ratios
from ipstrong.planfile.spec import HeaderSpec, MilestoneSpec, TaskSpec
from ipstrong.planfile.target_checks import check_targets
from ipstrong.texts import Text, same


def check_relations(context: Context) -> None:
    """Add a finding for everything in the plan that contradicts something else in it."""
    if context.header is not None:
        _check_header(context, context.header)
    _check_pace(context)
    check_ratios(context)
    check_targets(context)
    for index, task in enumerate(context.spec.tasks):
        _check_task(context.document, task, context.locate("tasks", index))
    for index, milestone in enumerate(context.spec.milestones):
        _check_milestone(context, milestone, context.locate("milestones", index))


def _check_header(context: Context, header: HeaderSpec) -> None:
    check_years(
        context.document, ("plan", "end_year"), ("start_year", header.start_year), ("end_year", header.end_year)
    )
    check_years(
        context.document,
        ("plan", "base_year"),
        ("base_year", header.base_year),
        ("end_year", header.end_year),
        strict=True,
    )
    regions = context.document.node(("regions",))
    entries = regions.children if regions and isinstance(regions.children, list) else []
    ids = [_value(entry.child("id")) for entry in entries]
    kinds = [str(name) for name, entry in zip(ids, entries, strict=True) if _value(entry.child("kind")) == "home"]
    is_known = header.home in ids  # an unknown home is complained of as a reference
    if kinds != [header.home] and is_known:
        found = same(", ".join(kinds)) if kinds else Text("（没有）", "(none)")
        context.document.report(meaning.HOME_MISMATCH, ("plan", "home"), home=header.home, found=found)


def _value(node: Node | None) -> object:
    return None if node is None else node.value


def _check_pace(context: Context) -> None:
    pace = context.spec.pace
    if isinstance(pace, str):
        return  # whether the preset exists is checked where it is taken
    if not Decimal(0) < pace.slow < pace.on_track:
        context.document.report(meaning.PACE_MISMATCH, ("pace", "on_track"), on_track=pace.on_track, slow=pace.slow)


def _check_task(document: Document, task: TaskSpec, path: KeyPath) -> None:
    seen: set[str] = set()
    for key, names in (("lead", task.lead), ("cooperating", task.cooperating)):
        for index, name in enumerate(names):
            if name in seen:
                document.report(meaning.TASK_TWICE, (*path, key, index), name=name)
            seen.add(name)


_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _parse_date(text: str) -> date | None:
    """Return the day of `2021-05-31`; other ISO forms are not for people."""
    try:
        return date.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def _check_milestone(context: Context, milestone: MilestoneSpec, path: KeyPath) -> None:
    for index, text in enumerate(milestone.dates):
        place = (*path, "dates", index)
        day = _parse_date(text)
        if day is None:
            context.document.report(meaning.BAD_DATE, place, raw=text)
            continue
        header = context.header
        if header is not None and not header.start_year <= day.year <= header.end_year:
            context.document.report(
                meaning.MILESTONE_OUTSIDE, place, date=text, start=header.start_year, end=header.end_year
            )
