"""Copies of one form: read together they must give what each gives alone, whatever the districts write into them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from alone import REGIONS, assert_together_as_alone, findings_of, rows_of
from builders import make_plan
from grids import ListGrid, observe
from ipstrong.model.dataset import Dataset
from ipstrong.model.plan import Plan
from ipstrong.sources import ReadOptions, read_files
from ipstrong.sources import read as reading
from ipstrong.sources.forms import Form
from ipstrong.sources.grid import CellNote, CellValue
from ipstrong.sources.layout.recognise import recognise
from ipstrong.sources.read import Run

Cell = str | float | None
Rows = list[list[Cell]]


def template(region: str, *figures: Sequence[Cell], title: str = "主要指标") -> Rows:
    """Return a form filled in: three indicators down, three years across."""
    labels = (("发明专利授权量", "件"), ("商标注册量", "万件"), ("抽检合格率", "%"))
    rows: Rows = [[f"{region}{title}"], ["指标", "单位", "2017年", "2018年", "2019年"]]
    return rows + [[*label, *row] for label, row in zip(labels, figures, strict=True)]


def write(path: Path, sheet: str, rows: Rows, formats: dict[tuple[int, int], str] | None = None) -> str:
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(sheet)
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            number_format = (formats or {}).get((row, column))
            style = book.add_format({"num_format": number_format}) if number_format else None
            page.write(row, column, value, style)
    book.close()
    return str(path)


@pytest.fixture
def recognitions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sheets that were recognised cell by cell, in order."""
    seen: list[str] = []

    def counted(sheet: Any, *arguments: Any) -> Any:
        seen.append(sheet.grid.file)
        return recognise(sheet, *arguments)

    monkeypatch.setattr(reading, "recognise", counted)
    return seen


def figures(number: int) -> tuple[list[Cell], ...]:
    base = 311.0 + 97 * number
    return ([base, base + 12, base + 25], [1.25 + number, 1.5, 1.75], [91.2, 92.5 + number / 10, 93.0])


def test_only_the_first_copy_is_recognised(tmp_path: Path, recognitions: list[str]) -> None:
    paths = [
        write(tmp_path / f"{number}.xlsx", region, template(region, *figures(number)))
        for number, region in enumerate(REGIONS)
    ]
    dataset = read_files(paths)
    # a name with a code is no plain name of a region, so its copies are a form of their own
    assert recognitions == [paths[0], paths[3]]
    assert [file.path for file in dataset.files] == paths
    rows = rows_of(dataset)
    assert len(rows) == 9 * len(REGIONS)
    last = rows[-1]
    assert (last["file"], last["sheet"], last["region"]) == (paths[-1], "盐田区", "盐田区")
    assert (last["label"], last["unit"], last["period"]) == ("抽检合格率", "%", "2019")
    assert (last["row"], last["col"], last["value"], last["raw"]) == (4, 4, 93.0, "93")
    # 92.9 is printed to a tenth, so it may be 0.05 off; a whole number stands for itself
    assert (rows[-2]["raw"], rows[-2]["half_width"]) == ("92.9", 0.05)
    assert last["half_width"] == 0.0


def test_copies_read_together_are_what_they_are_alone(tmp_path: Path) -> None:
    sheets: list[Rows] = [template(region, *figures(number)) for number, region in enumerate(REGIONS)]
    assert_together_as_alone(
        [
            write(tmp_path / f"{n}.xlsx", region, rows)
            for n, (region, rows) in enumerate(zip(REGIONS, sheets, strict=True))
        ]
    )


def test_a_defect_in_one_copy_is_told_of_that_copy(tmp_path: Path, recognitions: list[str]) -> None:
    paths = []
    for number, region in enumerate(REGIONS):
        rows = template(region, *figures(number))
        if number == 2:
            rows[3][3] = "待查"
        if number == 3:
            rows[3][3] = "—"
        paths.append(write(tmp_path / f"{number}.xlsx", region, rows))
    dataset = assert_together_as_alone(paths)
    assert [finding.location.path for finding in dataset.findings] == [paths[2]]
    assert [row["value"] for row in rows_of(dataset) if row["raw"] == "—"] == [None]
    assert recognitions[:3] == [paths[0], paths[2], paths[3]]


def test_number_formats_are_each_copys_own(tmp_path: Path) -> None:
    formats: list[dict[tuple[int, int], str]] = [
        {},
        {(4, 2): "0.00", (2, 2): "0.0"},
        {(4, 2): "0.0%"},
        {(3, 3): '0.00"万件"'},
        {(3, 2): "#,##0.000"},
    ]
    paths = [
        write(tmp_path / f"{number}.xlsx", region, template(region, *figures(number)), formats[number])
        for number, region in enumerate(REGIONS)
    ]
    dataset = assert_together_as_alone(paths)
    printed = {(row["file"], row["row"], row["col"]): (row["raw"], row["half_width"]) for row in rows_of(dataset)}
    assert printed[paths[1], 4, 2] == ("91.20", 0.005)  # 91.2 shown with two decimals
    assert printed[paths[1], 2, 2] == ("408.0", 0.05)
    assert printed[paths[4], 3, 2] == ("5.250", 0.0005)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("a figure that could be a year", lambda rows: rows[2].__setitem__(3, 2018.0)),
        ("figures that could be years", lambda rows: rows[2].__setitem__(slice(2, 5), [2016.0, 2018.0, 2019.0])),
        ("years below one another", lambda rows: [rows[n].__setitem__(3, 1990.0 + n) for n in (2, 3)]),
        ("a figure that could be a month", lambda rows: rows[2].__setitem__(4, 201912.0)),
        ("years as numbers", lambda rows: rows[1].__setitem__(slice(2, 5), [2017, 2018, 2019])),
        ("other years", lambda rows: rows[1].__setitem__(slice(2, 5), ["2018年", "2019年", "2020年"])),
        ("another unit", lambda rows: rows[3].__setitem__(1, "件")),
        ("a note below", lambda rows: rows.append(["注：2019年为快报数。"])),
        ("a blank figure", lambda rows: rows[2].__setitem__(2, None)),
        ("a number as text", lambda rows: rows[2].__setitem__(2, "311")),
        ("a code beside the label", lambda rows: rows.insert(2, ["编号", 7.0, None, None, None])),
        ("a number outside", lambda rows: rows[0].extend([None, None, None, None, 17.0])),
        ("a number before the figures", lambda rows: rows.append([None, None, 3.0, "见说明"])),
        ("numbered columns", lambda rows: rows.insert(2, ["甲", "乙", 1.0, 2.0, 3.0])),
        ("another region in the title", lambda rows: rows[0].__setitem__(0, "福田区主要指标")),
        ("the region in a row", lambda rows: rows[4].__setitem__(0, "大鹏新区抽检合格率")),
        ("zero", lambda rows: rows[2].__setitem__(2, 0.0)),
        ("a negative figure", lambda rows: rows[2].__setitem__(2, -12.5)),
        ("a large figure", lambda rows: rows[2].__setitem__(2, 1.5e17)),
        ("a computed figure", lambda rows: rows[2].__setitem__(2, 1 / 3)),
        ("a truth value", lambda rows: rows[2].__setitem__(2, True)),
    ],
)
@pytest.mark.parametrize("where", [0, 2])
def test_a_copy_that_differs_is_read_for_itself(
    tmp_path: Path, name: str, change: Callable[[Rows], object], where: int
) -> None:
    del name
    paths = []
    for number, region in enumerate(REGIONS):
        rows = template(region, *figures(number))
        if number == where:
            change(rows)
        paths.append(write(tmp_path / f"{number}.xlsx", region, rows))
    assert_together_as_alone(paths)


def test_sheets_without_a_region_are_copies_too(tmp_path: Path, recognitions: list[str]) -> None:
    rows = [template("", *figures(number), title="全部指标") for number in range(3)]
    paths = [write(tmp_path / f"{number}.xlsx", "数据", each) for number, each in enumerate(rows)]
    read_files(paths)
    assert recognitions == paths[:1]
    recognitions.clear()
    assert_together_as_alone(paths)


def test_a_region_in_the_title_alone_is_each_copys_own(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / f"{number}.xlsx", "数据", template(region, *figures(number)))
        for number, region in enumerate(REGIONS)
    ]
    dataset = assert_together_as_alone(paths)
    regions = {row["file"]: row["region"] for row in rows_of(dataset)}
    assert [regions[path] for path in paths] == list(REGIONS)


def test_more_forms_than_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipstrong.sources.copies._MOST_FORMS", 1)
    paths = [
        write(tmp_path / f"{number}.xlsx", region, template(region, *figures(number), title=f"表{number % 2}"))
        for number, region in enumerate(REGIONS)
    ]
    assert_together_as_alone(paths)


def test_several_sheets_keep_the_order_of_reading(tmp_path: Path) -> None:
    paths = []
    for number in range(2):
        path = tmp_path / f"{number}.xlsx"
        book = xlsxwriter.Workbook(str(path))
        for region in REGIONS:
            page = book.add_worksheet(region)
            for row, cells in enumerate(template(region, *figures(number))):
                page.write_row(row, 0, cells)
        book.close()
        paths.append(str(path))
    dataset = assert_together_as_alone(paths)
    assert [row["sheet"] for row in rows_of(dataset)][::9] == [*REGIONS, *REGIONS]


# --- what two copies may not differ in without being read one by one ---------------------------------------------------------


def grid(number: int, rows: Sequence[Sequence[CellValue]], sheet: str, **extras: Any) -> ListGrid:
    return ListGrid(rows, sheet=sheet, file=f"{number}.xlsx", **extras)


def assert_pair(first: ListGrid, second: ListGrid, plan: Plan | None = None) -> Dataset:
    """Hold the second sheet, read after the first, against itself read alone."""
    together, alone = observe(first, second, plan=plan), observe(second, plan=plan)
    assert [row for row in rows_of(together) if row["file"] == second.file] == rows_of(alone)
    if plan is None:  # what does not match a plan is told once a run
        assert [found for found in findings_of(together) if found[1].startswith(second.file)] == findings_of(alone)
    return together


def test_years_that_head_columns_are_not_numbers_of_the_form() -> None:
    def rows(start: int) -> list[list[CellValue]]:
        return [
            ["指标", "单位", start, start + 1, start + 2],
            ["授权量", "件", 5.0, 6.0, 7.0],
            ["注册量", "件", 8.0, 9.0, 3.0],
        ]

    dataset = assert_pair(grid(1, rows(2016), "数据"), grid(2, rows(2018), "数据"))
    assert sorted(set(dataset.frame["period"])) == ["2016", "2017", "2018", "2019", "2020"]


def test_figures_like_years_below_a_heading_are_judged_together() -> None:
    def rows(*figures: float) -> list[list[CellValue]]:
        head: list[list[CellValue]] = [["2018年分类情况"], ["指标", "单位", "甲类", "乙类", "丙类"]]
        return [*head, ["户数", "户", *figures], ["人数", "人", 5.0, 6.0, 7.0]]

    # years in a row could be a second line of the heading, which is why such a row is part of the form
    assert_pair(grid(1, rows(1950, 2090, 2016), "数据"), grid(2, rows(2017, 2018, 2019), "数据"))


def test_years_that_head_rows_are_not_numbers_of_the_form() -> None:
    def rows(start: int) -> list[list[CellValue]]:
        values: list[list[CellValue]] = [["授权量", "件", start + n, 5.0 + n] for n in range(3)]
        return [["指标", "单位", "年份", "数值"], *values]

    dataset = assert_pair(grid(1, rows(2013), "数据"), grid(2, rows(2018), "数据"))
    assert dataset.frame["period"].to_list() == ["2013", "2014", "2015", "2018", "2019", "2020"]


def test_numbers_that_are_labels_are_not_numbers_of_the_form() -> None:
    def rows(kind: float) -> list[list[CellValue]]:
        return [
            ["指标", "单位", "类别", "2018年", "2019年"],
            ["授权量", "件", kind, 5.0, 6.0],
            ["授权量", "件", kind + 1, 7.0, 9.0],
            ["注册量", "件", kind + 4, 8.0, 3.0],
        ]

    assert_pair(grid(1, rows(1), "数据"), grid(2, rows(11), "数据"))


def test_the_unit_of_a_number_format_is_no_unit_of_the_form() -> None:
    rows: list[list[CellValue]] = [["指标", "2018年", "2019年"], ["合格率", None, 0.91], ["办结率", None, 0.92]]
    percent = {(1, 2): CellNote(number_format="0.0%")}
    dataset = assert_pair(grid(1, rows, "数据", notes=percent), grid(2, rows, "数据"))
    assert [(row["unit"], row["value"]) for row in rows_of(dataset) if row["raw"] in {"91.0%", "0.91"}] == [
        ("%", 91.0),
        (None, 0.91),
    ]


def test_the_home_region_is_not_taken_for_that_of_a_copy() -> None:
    # the first sheet names the home region, the second a neighbour: neither may get the region of the other
    def rows(region: str) -> list[list[CellValue]]:
        return [[f"地区：{region}"], ["指标", "单位", "2018年"], ["植树", "株", 5.0], ["浇水", "次", 6.0]]

    plan = make_plan()
    for regions in (("河湾市", "山前市"), ("山前市", "河湾市")):
        first, second = (grid(number, rows(region), region) for number, region in enumerate(regions))
        assert_pair(first, second, plan)


def test_regions_in_rows_are_not_renamed_with_the_sheet() -> None:
    def rows(region: str) -> list[list[CellValue]]:
        return [["地区", "2018年", "2019年"], [region, 5.0, 6.0], ["海边市", 7.0, 8.0]]

    for names in (("河湾市", "山前市"), ("海边市", "河湾市")):
        for plan in (None, make_plan()):
            first, second = (grid(number, rows(name), name) for number, name in enumerate(names))
            assert_pair(first, second, plan)


_FIGURES = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(min_value=-1e6, max_value=1e6).map(lambda value: round(value, 2)),
    st.integers(min_value=1900, max_value=2100).map(float),
    st.integers(min_value=195001, max_value=204912),
    st.integers(min_value=0, max_value=30),
    st.sampled_from([None, "—", "1,234", "约5", "5万", 0.0, -0.0, True]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_FIGURES, min_size=18, max_size=18), st.sampled_from([None, "0.0", "0.00%", "#,##0"]))
def test_whatever_is_filled_in_a_copy_is_read_as_if_alone(figures: list[CellValue], number_format: str | None) -> None:
    def rows(region: str, values: Sequence[CellValue]) -> list[list[CellValue]]:
        head: list[list[CellValue]] = [[f"{region}主要指标"], ["指标", "单位", "2017年", "2018年", "2019年"]]
        labels = (("授权量", "件"), ("注册量", "件"), ("合格率", "%"))
        return head + [[*label, *values[3 * n : 3 * n + 3]] for n, label in enumerate(labels)]

    notes = {(3, 3): CellNote(number_format=number_format)} if number_format else {}
    sheets: list[tuple[str, Sequence[CellValue]]] = [
        ("南山区", [float(n) + 0.5 for n in range(9)]),
        ("福田区", figures[:9]),
        ("盐田区", figures[9:]),
    ]
    grids = [grid(n, rows(*sheet), sheet[0], notes=notes) for n, sheet in enumerate(sheets)]
    assert_pair(grids[0], grids[1])
    assert_pair(grids[1], grids[2])


def test_forms_of_which_there_is_no_copy_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # a thousand sheets that differ from one another must not cost a thousand forms
    monkeypatch.setattr("ipstrong.sources.copies._MOST_FORMS", 2)
    monkeypatch.setattr("ipstrong.sources.copies._MOST_FILES", 1)
    run = Run(None)
    for number in range(9):
        rows: Rows = [["指标", "单位", "2018年"], [f"指标{number}", "件", 5.0]]
        run.read(write(tmp_path / f"{number}.xlsx", "数据", rows), ReadOptions())
    gc.collect()
    assert sum(isinstance(kept, Form) for kept in gc.get_objects()) <= 3
    assert run.dataset().frame.height == 9
