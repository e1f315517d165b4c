"""Targets, tasks and dated duties as tables."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import builders
import report_cases
from golden import check_golden
from ipstrong.model.plan import Department, Plan
from ipstrong.reports.subjects.plan import Listing, list_milestones, list_targets, list_tasks
from ipstrong.texts import LANGS, Lang, Text
from report_cases import rendered

GOLDEN = Path(__file__).parents[1] / "golden"
Lister = Callable[..., Listing]
LISTERS: dict[str, Lister] = {"targets": list_targets, "tasks": list_tasks, "milestones": list_milestones}


def plan() -> Plan:
    targets = [result.target for result in report_cases.final_plan().results]
    tasks = (
        builders.make_task(1, targets=("trees", "street")),
        builders.make_task(
            2,
            title=Text("治理河道", "Clean up the river"),
            programme=Text("水务工程", "Water programme"),
            lead=("河湾市水务局",),
            cooperating=(),
        ),
    )
    departments = (
        Department(name=Text("河湾市园林局", "Rivertown Parks Bureau"), aliases=("市园林局",)),
        Department(name=Text("河湾市水务局", "Rivertown Water Bureau")),
        Department(name=Text("河湾市财政局", "Rivertown Finance Bureau"), aliases=("财政",)),
    )
    return builders.make_plan(targets, tasks=tasks, departments=departments)


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", LISTERS)
def test_table_is_the_golden_file_and_fits(name: str, lang: Lang, width: int) -> None:
    text = rendered(LISTERS[name](plan(), lang), "table", lang, width)
    assert max(cell_len(line) for line in text.split("\n")) <= width
    check_golden(GOLDEN / f"plan-{name}-{lang}-{width}.txt", text)


@pytest.mark.parametrize("name", LISTERS)
def test_csv_and_markdown_have_the_rows_of_the_json(name: str) -> None:
    listing = LISTERS[name](plan(), "en")
    objects = json.loads(rendered(listing, "json", "en"))
    lines = list(csv.reader(io.StringIO(rendered(listing, "csv", "en"))))
    table = [line for line in rendered(listing, "md", "en").split("\n") if line.startswith("|")]
    assert len(objects) == len(lines) - 1 == len(table) - 2 > 0
    assert {len(line) for line in lines} == {len(lines[0])}


def tasks(**filters: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(rendered(list_tasks(plan(), "zh", **filters), "json", "zh"))
    return found


def test_a_task_in_json_names_its_units_as_lists() -> None:
    first = tasks()[0]
    assert {"number", "title", "programme", "lead", "cooperating"} <= set(first)
    assert (first["number"], first["title"], first["title_en"]) == (1, "扩大城区绿地", "Extend green space in the city")
    assert first["lead"] == "河湾市园林局"
    assert first["lead_en"] == "Rivertown Parks Bureau"
    assert first["cooperating"] == ["河湾市财政局", "各区政府"]
    assert first["targets"] == ["trees", "street"]
    english = json.loads(rendered(list_tasks(plan(), "en"), "json", "en"))[0]
    assert (english["title"], english["programme"]) == ("Extend green space in the city", "Greening programme")
    assert english["lead"] == "河湾市园林局"


@pytest.mark.parametrize(
    ("names", "numbers"),
    [
        (("园林局", "市园林局", "parks bureau", "财政", "Finance", "各区政府"), [1]),
        (("WATER BUREAU",), [2]),
        (("河湾市",), [1, 2]),
        (("教育局",), []),
    ],
)
def test_tasks_by_department_leading_or_cooperating(names: tuple[str, ...], numbers: list[int]) -> None:
    for name in names:
        assert [task["number"] for task in tasks(department=name)] == numbers, name


@pytest.mark.parametrize(("name", "numbers"), [("水务", [2]), ("greening", [1]), ("programme", [1, 2]), ("x", [])])
def test_tasks_by_programme(name: str, numbers: list[int]) -> None:
    assert [task["number"] for task in tasks(programme=name)] == numbers


def targets(**filters: Any) -> list[dict[str, Any]]:
    text = rendered(list_targets(plan(), "en", **filters), "json", "en")
    found: list[dict[str, Any]] = json.loads(text, parse_float=Decimal)
    return found


@pytest.mark.parametrize("name", ["water", "水务", "Water"])
def test_targets_by_area_id_or_name(name: str) -> None:
    assert [target["number"] for target in targets(area=name)] == [8, 17, 18]


def test_targets_by_department() -> None:
    assert len(targets(department="Parks")) == 9
    assert targets(department="Water") == []


def test_a_target_in_json() -> None:
    target = next(each for each in targets() if each["id"] == "bases")
    assert (target["comparator"], target["value"], target["upper"], target["unit"]) == ("between", 1, 2, "个")
    manual = next(each for each in targets() if each["id"] == "culture")
    assert (manual["comparator"], manual["value"], manual["deadline"]) == (None, None, None)
    disputed = next(each for each in targets() if each["id"] == "trees-per-10k")
    assert disputed["conventions"] == ["before", "same-year"]


def test_no_match_says_so_to_people_and_is_empty_for_programs() -> None:
    assert "no task matches" in rendered(list_tasks(plan(), "en", department="x"), "table", "en")
    assert "没有符合条件的目标" in rendered(list_targets(plan(), "zh", area="x"), "table", "zh")
    empty = builders.make_plan(milestones=())
    assert "no dated duties" in rendered(list_milestones(empty, "en"), "table", "en")
    assert rendered(list_tasks(plan(), "en", department="x"), "json", "en") == "[]\n"


def test_milestones_are_dated_and_judged_by_the_day() -> None:
    text = rendered(list_milestones(plan(), "en", as_of=dt.date(2020, 12, 15)), "json", "en")
    assert [(each["date"], each["state"]) for each in json.loads(text)] == [
        ("2019-12-15", "due"),
        ("2020-12-15", "due"),
        ("2021-12-15", "not_due"),
    ]
    assert "not due" in rendered(list_milestones(plan(), "en", as_of=dt.date(2020, 12, 14)), "table", "en")
    assert json.loads(rendered(list_milestones(plan(), "en"), "json", "en"))[0]["state"] is None


def test_formulas_and_markup_in_names_do_not_run() -> None:
    task = builders.make_task(title=Text("=1+1", "<b>|\x1b"))
    hostile = builders.make_plan(tasks=(task,))
    assert "'=1+1" in rendered(list_tasks(hostile, "zh"), "csv", "zh")
    markdown = rendered(list_tasks(hostile, "en"), "md", "en")
    assert "<b>" not in markdown
    assert "\x1b" not in rendered(list_tasks(hostile, "en"), "table", "en")
    assert ">=110" in rendered(list_targets(hostile, "en"), "table", "en", unicode=False)
