"""Copies of long tables, whose region stands in a column: what is taken from them is what each of them alone gives."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from alone import assert_together_as_alone, opened_by_readers, rows_of
from ipstrong.sources import read_files

YEARS = (2017, 2018, 2019)
HEADINGS = {
    "english": ("region", "indicator", "year", "value"),
    "chinese": ("地区", "年份", "指标", "单位", "数值"),
    "label first": ("指标", "地区", "年份", "数值"),
}


def fill(path: Path, heading: Sequence[str], region: str, values: Sequence[float], title: str = "") -> str:
    """Write a long table of made-up figures: two labels, a value for each year."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    if title:
        sheet.append([title])
    sheet.append(list(heading))
    keys = [(label, year) for label in ("授权量", "注册量") for year in YEARS]
    for (label, year), value in zip(keys, values, strict=True):
        cells = {
            "region": region,
            "地区": region,
            "indicator": label,
            "指标": label,
            "year": year,
            "年份": year,
            "单位": "件",
        }
        sheet.append([cells.get(name, value) for name in heading])
    book.save(path)
    return str(path)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that went through the ordinary readers, in order."""
    return opened_by_readers(monkeypatch)


@pytest.mark.parametrize("name", HEADINGS)
def test_only_the_first_copy_goes_through_the_readers(tmp_path: Path, opened: list[str], name: str) -> None:
    regions = ("County 7", "County 70", "Seaside", "Bay")
    paths = [
        fill(tmp_path / f"{number}.xlsx", HEADINGS[name], region, [11 + number, 12, 13, 21.5, 22, 23])
        for number, region in enumerate(regions)
    ]
    dataset = read_files(paths)
    assert opened == paths[:1]
    last = [row for row in rows_of(dataset) if row["file"] == paths[1]]
    assert [(row["label"], row["region"], str(row["period"]), row["value"]) for row in last] == [
        ("授权量", "County 70", "2017", 12.0),
        ("授权量", "County 70", "2018", 12.0),
        ("授权量", "County 70", "2019", 13.0),
        ("注册量", "County 70", "2017", 21.5),
        ("注册量", "County 70", "2018", 22.0),
        ("注册量", "County 70", "2019", 23.0),
    ]
    assert_together_as_alone(paths)


@pytest.mark.parametrize("name", HEADINGS)
def test_values_that_could_be_years_are_values_under_their_heading(
    tmp_path: Path, opened: list[str], name: str
) -> None:
    figures = ([1999, 2005, 7, 201906, 2020, 1], [2018, 2019, 2020, 1950, 2100, 201912], [1, 2, 3, 4, 5, 6])
    paths = [
        fill(tmp_path / f"{number}.xlsx", HEADINGS[name], f"County {number}", values)
        for number, values in enumerate(figures)
    ]
    assert [row["value"] for row in rows_of(read_files(paths))] == [
        float(value) for values in figures for value in values
    ]
    assert opened == paths[:1]
    assert_together_as_alone(paths)


@pytest.mark.parametrize(
    "regions",
    [
        ("County 7", "指标"),  # a word that heads columns
        ("指标", "指标"),
        ("南山区", "County 7"),  # plainly a region, and not
        ("County 7", "合计"),
        ("County 7", "授权量"),  # a label
        ("County 7", "7"),
        ("County 7", "增长区"),
        ("County 7", "County 7 "),
    ],
)
@pytest.mark.parametrize("title", ["", "统计表", "County 7统计表", "南山区统计表"])
def test_odd_regions_are_read_as_if_alone(tmp_path: Path, regions: tuple[str, str], title: str) -> None:
    values = [1999, 2005, 7, 201906, 2020, 1]
    paths = [
        fill(tmp_path / f"{number}.xlsx", HEADINGS["english"], region, values, title)
        for number, region in enumerate((regions[0], *regions))
    ]
    assert_together_as_alone(paths)


def test_a_column_of_several_regions_is_part_of_the_form(tmp_path: Path, opened: list[str]) -> None:
    def mixed(number: int, other: str) -> str:
        path = fill(tmp_path / f"{number}.xlsx", HEADINGS["english"], "County 7", [number + 1, 2, 3, 4, 5, 6])
        book = openpyxl.load_workbook(path)
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        sheet["A4"] = other
        book.save(path)
        return path

    paths = [mixed(0, "County 8"), mixed(1, "County 8"), mixed(2, "County 9")]
    assert [row["region"] for row in rows_of(read_files(paths))][2::6] == ["County 8", "County 8", "County 9"]
    assert opened == [paths[0], paths[2]]
    assert_together_as_alone(paths)


def test_random_groups_are_read_as_if_alone(tmp_path: Path) -> None:
    chosen = random.Random(20)
    for group in range(25):
        heading = chosen.choice(list(HEADINGS.values()))
        title = chosen.choice(["", "统计表", "地区：County 7"])
        paths = []
        for number in range(3):
            values = [
                chosen.choice([chosen.randint(1900, 2100), chosen.randint(1, 10**6), 0, -5, 2.5]) for _ in range(6)
            ]
            region = chosen.choice(["County 7", "南山区", "北京", "County 12"])
            paths.append(fill(tmp_path / f"{group}-{number}.xlsx", heading, region, values, title))
        assert_together_as_alone(paths)
