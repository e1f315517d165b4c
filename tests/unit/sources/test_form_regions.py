"""Copies of a form in which the region does more than to be named: none may get a name or unit of another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from alone import rows_of
from builders import make_plan
from grids import ListGrid
from ipstrong.model.dataset import Dataset
from ipstrong.model.plan import Plan
from ipstrong.sources.grid import CellNote, CellValue
from ipstrong.sources.read import Run
from ipstrong.texts import Text

Sheets = list[tuple[str, list[list[CellValue]]]]
TABLE: list[list[CellValue]] = [
    ["指标", "单位", "2018年", "2019年"],
    ["授权量", "件", 5.0, 6.0],
    ["户数", "户", 7.0, 8.0],
]


def plan_of(*names: str, home: str = "r0") -> Plan:
    """Return a plan with regions of these names; a name of three characters has one without its last as an alias."""
    plan = make_plan()
    regions = [
        replace(plan.regions[0], id=f"r{number}", name=Text(name, f"Region {number}"), aliases=(name[:-1],))
        for number, name in enumerate(names)
    ]
    return replace(plan, regions=tuple(regions), home=home)


def dataset_of(grids: Sequence[ListGrid], plan: Plan | None) -> Dataset:
    run = Run(plan)
    for grid in grids:
        run.read_grid(grid)
    return run.dataset()


def assert_as_without_forms(
    sheets: Sheets, plan: Plan | None = None, notes: Sequence[dict[tuple[int, int], CellNote]] = ()
) -> Dataset:
    """Hold sheets read in one run against the same run in which no sheet can be a copy."""
    grids = [
        ListGrid(rows, sheet=name, file=f"{number}.xlsx", notes=notes[number] if notes else None)
        for number, (name, rows) in enumerate(sheets)
    ]
    together = dataset_of(grids, plan)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ipstrong.sources.copies.copy_of", lambda *_: None)
        single = dataset_of(grids, plan)
    assert rows_of(together) == rows_of(single)
    assert [str(found) for found in together.findings] == [str(found) for found in single.findings]
    assert list(together.series) == list(single.series)
    assert together.region_names == single.region_names
    return together


def copies(*names: str, lines: Sequence[str], sheet: str = "{}") -> Sheets:
    """Return a sheet a name, with the lines over a table."""
    sheets: Sheets = []
    for name in names:
        head: list[list[CellValue]] = [[line.format(name)] for line in lines]
        sheets.append((sheet.format(name), head + TABLE))
    return sheets


@pytest.mark.parametrize("line", ["单位：{}", "填报单位：{}统计局"])
def test_a_region_that_stands_where_a_unit_does_is_each_copys_own(line: str) -> None:
    rows: list[list[CellValue]] = [["指标", "2018年", "2019年"], ["授权量", 5.0, 6.0]]
    assert_as_without_forms([(name, [[line.format(name)], *rows]) for name in ("南山区", "福田区", "盐田区")])


def test_a_region_of_the_plan_does_not_stand_for_one_that_it_lacks() -> None:
    # the title of the second names 广东省 before a district that the plan does not know
    plan = plan_of("河湾市", "南山区")
    for names in (("南山区", "盐田区"), ("盐田区", "南山区")):
        assert_as_without_forms(copies(*names, lines=["{}", "表1 广东省{}情况"], sheet="数据"), plan)


def test_a_region_behind_other_words_is_not_taken_for_that_of_a_copy() -> None:
    # with a short name the words before it pass for a part of it, with a long one they do not
    for names in (("内蒙古自治区", "南山区"), ("南山区", "内蒙古自治区")):
        assert_as_without_forms(copies(*names, lines=["{}", "表1 基本情况表{}"], sheet="数据"))


@pytest.mark.parametrize("name", ["来源县", "增长县", "同比区"])
def test_a_name_with_a_telling_word_is_no_mere_name(name: str) -> None:
    rows: list[list[CellValue]] = [["单位：亿元"], ["{}指标", "2018年"], ["{}产值", 5.0], ["{}收入", 7.0]]
    sheets: Sheets = [
        (region, [[str(cell).format(region) if type(cell) is str else cell for cell in row] for row in rows])
        for region in ("南山区", name, "福田区", name)
    ]
    for order in (sheets, sheets[::-1], sheets[1:]):
        assert_as_without_forms(order)


@pytest.mark.parametrize("title", ["南　山　区主要指标", "南山主要指标", "南 山 区"])
def test_a_name_left_from_the_template_in_other_words_stays(title: str) -> None:
    sheets: Sheets = [("数据", [[f"填报{name}"], [name], [title], *TABLE]) for name in ("南山区", "福田区")]
    lists: Sheets = [
        (
            name,
            [
                [f"{name}指标"],
                ["地区", "2018年", "2019年"],
                [title.removesuffix("主要指标"), 5.0, 6.0],
                ["海边市", 1.0, 2.0],
            ],
        )
        for name in ("南山区", "福田区")
    ]
    for plan in (None, plan_of("河湾市", "南山区", "福田区")):
        assert_as_without_forms(sheets, plan)
        assert_as_without_forms([(rows[1][0], rows[1:]) for _, rows in sheets if isinstance(rows[1][0], str)], plan)
        assert_as_without_forms(lists, plan)


def test_a_page_without_a_table_lends_its_region_to_none() -> None:
    plan = plan_of("河湾市", "南山区")
    page: list[list[CellValue]] = [["河湾市填报说明"], ["请按表填报。"]]
    sheets: Sheets = [("说明", page), ("数据", TABLE), ("说明", page)]
    assert set(assert_as_without_forms(sheets, plan).frame["region"]) == {""}


def test_a_copy_that_is_read_cell_by_cell_is_of_its_own_region() -> None:
    plan = plan_of("河湾市", "南山区")
    percent = {(2, 2): CellNote(number_format="0.0%")}
    dataset = assert_as_without_forms(copies("南山区", "河湾市", lines=["{}指标"]), plan, [{}, percent])
    assert set(dataset.frame["region"]) == {"r1", "r0"}


@pytest.mark.parametrize("text", ["\ue000", "\ue001"])
def test_private_characters_are_texts_like_others(text: str) -> None:
    sheets: Sheets = [
        (name, [TABLE[0], [f"{words}授权量", "件", figure, 6.0], TABLE[2]])
        for name, words, figure in (("南山区", "南山区", 5.0), ("福田区", text, 5.0), ("盐田区", "盐田区", text))
    ]
    assert_as_without_forms(sheets)
    assert_as_without_forms(sheets[::-1])
