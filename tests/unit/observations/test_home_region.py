"""Figures of the plan that name no region are the home region's, which is said once a file; others keep none."""

from __future__ import annotations

import pytest

from builders import HOME, make_indicator, make_plan
from grids import ListGrid, table
from ipstrong.diagnostics import Finding
from ipstrong.layout.marks import MarkedGrid
from ipstrong.model.dataset import Dataset
from ipstrong.observations.dataset_builder import DatasetBuilder
from ipstrong.texts import Text

PLAN = make_plan(indicators=(make_indicator("trees", name=Text("植树株数", "Trees planted")),))
PLAIN = "指标|单位|2019年|2020年\n植树株数|株|5|6\n户数|户|7|8"


def read_all(*texts: str) -> Dataset:
    run = DatasetBuilder(PLAN)
    for number, text in enumerate(texts):
        run.add_sheet(MarkedGrid(ListGrid(table(text), file=f"{number}.xlsx")))
    return run.dataset()


def told(dataset: Dataset) -> list[Finding]:
    return [found for found in dataset.findings if found.code.id == "DATA140"]


def regions(dataset: Dataset) -> list[str]:
    return dataset.frame["region"].cast(str).to_list()


def test_a_table_without_a_region_is_told_at_its_first_figure_of_the_plan() -> None:
    dataset = read_all("指标|单位|2019年|2020年\n户数|户|7|8\n植树株数|株|-|6")
    assert regions(dataset) == ["", "", HOME, HOME]
    (found,) = told(dataset)
    assert str(found.location) == "0.xlsx[表1!D3]"  # C3 is missing, and the first row is not of the plan
    assert found.params["count"] == 1
    assert "“河湾市”" in found.message("zh")
    assert "'Rivertown'" in found.message("en")


@pytest.mark.parametrize(
    "text",
    [
        f"河湾市绿化情况\n{PLAIN}",
        f"山前市绿化情况\n{PLAIN}",
        "地区|指标|单位|2019年\n河湾市|植树株数|株|5",
        "地区|指标|单位|2019年\n山前市|植树株数|株|5\n|植树株数|株|6\n海滨市|植树株数|株|7",
        "指标|单位|2019年\n户数|户|7",
    ],
)
def test_nothing_is_told_where_a_region_is_named_or_no_figure_is_of_the_plan(text: str) -> None:
    assert not told(read_all(text))


def test_each_file_is_told_once_also_copies_of_a_form() -> None:
    other = PLAIN.replace("5|6", "15|16")
    dataset = read_all(PLAIN, f"山前市\n{PLAIN}", other, PLAIN.replace("5|6", "25|26"))
    assert [(found.location.path, found.params["count"]) for found in told(dataset)] == [
        ("0.xlsx", 2),
        ("2.xlsx", 2),
        ("3.xlsx", 2),
    ]


def test_a_title_whose_place_is_not_known_as_a_region_is_told() -> None:
    (found,) = told(read_all(f"样本新城绿化情况\n{PLAIN}"))
    assert found.location.cell == "C3"


def test_an_assumed_figure_is_held_against_one_of_the_named_home_region() -> None:
    dataset = read_all(PLAIN, "河湾市\n指标|单位|2019年\n植树株数|株|9")
    (found,) = [found for found in dataset.findings if found.code.id == "DATA130"]
    assert str(found.location) == "1.xlsx[表1!C3]"
    assert found.params["region"] == "河湾市"
