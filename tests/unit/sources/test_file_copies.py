"""Copies of a file known by their bytes: what is taken from them must be what reading each of them alone gives."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from alone import REGIONS, assert_together_as_alone, findings_of, opened_by_readers, rows_of
from ipstrong.planfile.load import load_plan
from ipstrong.sources import ReadOptions, copies, read, read_files
from ipstrong.sources.options import Limits
from ipstrong.sources.readers.open_file import read_small

Change = Callable[[Worksheet], object]
PLAIN = ("南山区", "福田区", "盐田区", "光明区")


def fill(path: Path, region: str, number: int, change: Change | None = None) -> str:
    """Write a submission as a program does: made-up figures, a few of them with a number format."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = region
    sheet.append([f"{region}主要指标"])
    sheet.append(["指标", "单位", "2017年", "2018年", "2019年"])
    sheet.append(["授权量", "件", 411 + number, 523 + number, 637 + number])
    sheet.append(["注册量", "万件", 1.25 + number, 1.5, 1.75])
    sheet.append(["合格率", "%", 91.2, 92.5, 93 + number / 10])
    sheet["C5"].number_format = "0.00"
    sheet["D3"].number_format = "#,##0"
    if change is not None:
        change(sheet)
    book.save(path)
    return str(path)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that went through the ordinary readers, in order."""
    return opened_by_readers(monkeypatch)


def test_only_the_first_copy_goes_through_the_readers(tmp_path: Path, opened: list[str]) -> None:
    paths = [fill(tmp_path / f"{number}.xlsx", region, number) for number, region in enumerate(PLAIN)]
    dataset = read_files(paths)
    assert opened == paths[:1]
    assert [(file.path, file.sheets, file.kind) for file in dataset.files] == [
        (path, (region,), "xlsx") for path, region in zip(paths, PLAIN, strict=True)
    ]
    last = [row for row in rows_of(dataset) if row["file"] == paths[3]]
    assert [row["value"] for row in last] == [414.0, 526.0, 640.0, 4.25, 1.5, 1.75, 91.2, 92.5, 93.3]
    assert {(row["sheet"], row["region"]) for row in last} == {("光明区", "光明区")}
    # 91.2 is shown as 91.20, so it is known to half a hundredth
    assert [(row["raw"], row["half_width"]) for row in last][6:] == [("91.20", 0.005), ("92.5", 0.05), ("93.3", 0.05)]
    assert_together_as_alone(paths)


def test_a_name_that_stands_in_the_cells_alone_is_met_there(tmp_path: Path, opened: list[str]) -> None:
    def untitled(sheet: Worksheet) -> None:
        sheet.title = "Sheet1"

    paths = [fill(tmp_path / f"{number}.xlsx", region, number, untitled) for number, region in enumerate(PLAIN)]
    dataset = read_files(paths)
    assert opened == paths[:1]
    assert {row["region"] for row in rows_of(dataset)} == set(PLAIN)
    assert_together_as_alone(paths)


def test_digests_are_each_files_own(tmp_path: Path) -> None:
    paths = [fill(tmp_path / f"{number}.xlsx", region, number) for number, region in enumerate(PLAIN)]
    digests = [file.sha256 for file in read_files(paths).files]
    assert digests == [hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in paths]


def set_cell(address: str, value: Any) -> Change:
    def change(sheet: Worksheet) -> None:
        sheet[address] = value

    return change


def style_cell(address: str, **style: Any) -> Change:
    def change(sheet: Worksheet) -> None:
        for name, value in style.items():
            setattr(sheet[address], name, value)

    return change


def hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[4].hidden = True


def comment_title(sheet: Worksheet) -> None:
    sheet["A1"].font = Font(bold=True)


def two_years(sheet: Worksheet) -> None:
    sheet["C4"] = sheet["D4"] = 2018


def another_sheet(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    sheet.parent.create_sheet("附表").append(["指标", "2019年"])


CHANGES: dict[str, Change] = {
    "a number": set_cell("D3", 77),
    "a negative number": set_cell("D3", -0.5),
    "a number like a year": set_cell("D4", 2018),
    "numbers like years": two_years,
    "a tiny number": set_cell("D4", 1e-12),
    "a huge number": set_cell("D4", 1.5e300),
    "a number as text": set_cell("D4", "523"),
    "a date": set_cell("D4", dt.date(2018, 3, 1)),
    "a truth value": set_cell("D4", True),
    "an error": set_cell("D4", "#DIV/0!"),
    "a formula without a value": set_cell("D4", "=C4*2"),
    "a blank": set_cell("D4", None),
    "a mark": set_cell("D4", "—"),
    "words": set_cell("D4", "待查"),
    "another year": set_cell("D2", "2016年"),
    "another unit": set_cell("B4", "件"),
    "another label": set_cell("A4", "申请量"),
    "another region in the title": set_cell("A1", "罗湖区主要指标"),
    "an escaped title": set_cell("A1", "主要指标 <甲&乙>"),
    "a percent format": style_cell("D5", number_format="0.0%"),
    "a format with a unit": style_cell("D5", number_format='0.0"万件"'),
    "a format with more decimals": style_cell("E5", number_format="0.000"),
    "a hidden row": hide_row,
    "another font": comment_title,
    "a merged cell": lambda sheet: sheet.merge_cells("C4:D4"),
    "a row more": lambda sheet: sheet.append(["申请量", "件", 1, 2, 3]),
    "another sheet": another_sheet,
    "a column hidden": lambda sheet: setattr(sheet.column_dimensions["D"], "hidden", True),
}


@pytest.mark.parametrize("where", [0, 2])
@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_copy_is_read_as_if_alone(tmp_path: Path, name: str, where: int) -> None:
    paths = [
        fill(tmp_path / f"{number}.xlsx", region, number, CHANGES[name] if number == where else None)
        for number, region in enumerate(PLAIN)
    ]
    assert_together_as_alone(paths)


@pytest.mark.parametrize("name", CHANGES)
def test_copies_changed_alike_are_read_as_if_alone(tmp_path: Path, name: str) -> None:
    paths = [fill(tmp_path / f"{number}.xlsx", region, number, CHANGES[name]) for number, region in enumerate(PLAIN)]
    assert_together_as_alone(paths)


def test_names_of_other_lengths_and_kinds(tmp_path: Path) -> None:
    names = [*REGIONS, "深圳市", "City & County", "全国", "数据"]
    assert_together_as_alone([fill(tmp_path / f"{n}.xlsx", region, n) for n, region in enumerate(names)])


def rewrite(path: str, part: str, change: Callable[[bytes], bytes]) -> str:
    """Change one part of a package and write it anew."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return path


@pytest.mark.parametrize(
    "text", [b"1_0", b" 523", b"0x1F", b"nan", b"inf", b"1e400", b"", b"5,2", "５２３".encode(), b"+5", b".5", b"5e1"]
)
def test_odd_spellings_of_numbers_are_read_as_if_alone(tmp_path: Path, text: bytes) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    paths = [fill(tmp_path / f"{number}.xlsx", region, number) for number, region in enumerate(PLAIN)]
    for path in paths:
        rewrite(path, sheet, lambda xml: xml)  # all written by one program
    rewrite(paths[2], sheet, lambda xml: xml.replace(b"<v>525</v>", b"<v>" + text + b"</v>"))
    assert_together_as_alone(paths)


def test_attributes_in_another_order_are_read_as_if_alone(tmp_path: Path) -> None:
    paths = [fill(tmp_path / f"{number}.xlsx", region, number) for number, region in enumerate(PLAIN)]
    for path in paths:  # a reference to a text whose address comes last must not pass for a number
        rewrite(
            path,
            "xl/worksheets/sheet1.xml",
            lambda xml: xml.replace(b'<c r="A3" t="s">', b'<c t="s" r="A3">').replace(
                b'<c r="B3" t="s">', b'<c t="s" r="B3">'
            ),
        )
    assert_together_as_alone(paths)


def test_styles_of_another_meaning_are_the_copys_own(tmp_path: Path) -> None:
    # the sheet is the same to the byte; what its style prints is not: 0.00 became 0%
    paths = [fill(tmp_path / f"{number}.xlsx", region, number) for number, region in enumerate(PLAIN)]
    for path in paths:
        rewrite(path, "xl/styles.xml", lambda xml: xml)
    rewrite(paths[2], "xl/styles.xml", lambda xml: xml.replace(b'<xf numFmtId="2"', b'<xf numFmtId="9"'))
    dataset = assert_together_as_alone(paths)
    assert [row["raw"] for row in rows_of(dataset) if (row["row"], row["col"]) == (4, 2)] == [
        *("91.20", "91.20"),
        *("9120%", "91.20"),
    ]


def replaced(xml: bytes, *, old: bytes, new: bytes) -> bytes:
    return xml.replace(old, new)


def test_two_cells_at_one_address_are_read_as_if_alone(tmp_path: Path) -> None:
    paths = [fill(tmp_path / f"{number}.xlsx", region, number) for number, region in enumerate(PLAIN)]
    for number, path in enumerate(paths):
        old = b'<c r="D4" t="n"><v>1.5</v></c>'
        twice = old + old.replace(b"1.5", b"7.5") if number == 2 else old + old
        rewrite(path, "xl/worksheets/sheet1.xml", partial(replaced, old=old, new=twice))
        with zipfile.ZipFile(path) as package:
            assert package.read("xl/worksheets/sheet1.xml").count(b'r="D4"') == 2
    assert_together_as_alone(paths)


def test_a_name_that_is_no_plain_region_makes_rows_of_another_kind(tmp_path: Path) -> None:
    def rows(region: str) -> Change:
        def change(sheet: Worksheet) -> None:
            sheet.delete_rows(1, 5)
            for row in ([None, "2018年", "2019年"], [region, 5.5, 6.5], ["海边市", 7.5, 8.5]):
                sheet.append(row)

        return change

    for names in (("福田区", "海边县0501", "盐田区"), ("海边县0501", "福田区", "海边县0502")):
        paths = [fill(tmp_path / f"{n}{names[0]}.xlsx", region, n, rows(region)) for n, region in enumerate(names)]
        assert_together_as_alone(paths)


def test_texts_inside_the_sheet_are_the_copys_own(tmp_path: Path, opened: list[str]) -> None:
    # as report writers do it: texts stand in the sheet, not in a table of their own
    def inline(region: str) -> Callable[[bytes], bytes]:
        title = f'<c r="A1" t="inlineStr"><is><t>{region}主要指标</t></is></c>'.encode()
        return lambda xml: xml.replace(b'<c r="A1" t="s"><v>0</v></c>', title)

    paths = [fill(tmp_path / f"{number}.xlsx", region, number) for number, region in enumerate(PLAIN)]
    for path, region in zip(paths, PLAIN, strict=True):
        rewrite(path, "xl/worksheets/sheet1.xml", inline(region))
    read_files(paths)
    assert opened == paths[:1]
    assert_together_as_alone(paths)


def test_a_damaged_copy_is_told(tmp_path: Path) -> None:
    paths = [fill(tmp_path / f"{number}.xlsx", region, number) for number, region in enumerate(PLAIN)]
    data = bytearray(Path(paths[2]).read_bytes())
    with zipfile.ZipFile(paths[2]) as package:
        info = package.getinfo("xl/worksheets/sheet1.xml")
    data[info.header_offset + 30 + len(info.filename) + 40] ^= 0xFF
    Path(paths[2]).write_bytes(data)
    dataset = assert_together_as_alone(paths)
    assert [file.path for file in dataset.files] == [paths[0], paths[1], paths[3]]
    assert [found[0] for found in findings_of(dataset)] == [found[0] for found in findings_of(read_files([paths[2]]))]


def test_a_copy_under_another_suffix_is_told(tmp_path: Path) -> None:
    paths = [fill(tmp_path / f"{number}.xlsx", region, number) for number, region in enumerate(PLAIN)]
    wrong = Path(paths[2]).rename(tmp_path / "2.csv")
    dataset = assert_together_as_alone([*paths[:2], str(wrong), paths[3]])
    assert [found[1] for found in findings_of(dataset)] == [str(wrong)]


def test_several_sheets_of_a_file_are_copied_together(tmp_path: Path, opened: list[str]) -> None:
    def with_nation(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        other = sheet.parent.create_sheet("全国")
        other.append(["指标", "单位", "2018年", "2019年"])
        other.append(["授权量", "件", 345678, 456789])

    for regions in (PLAIN, ("福田区",) * 3):
        paths = [fill(tmp_path / f"{n}{len(regions)}.xlsx", region, n, with_nation) for n, region in enumerate(regions)]
        assert_together_as_alone(paths)
    opened.clear()
    read_files(paths)
    assert opened == paths[:1]


def test_a_page_of_instructions_is_told_of_every_copy(tmp_path: Path, opened: list[str]) -> None:
    def with_instructions(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.create_sheet("填报说明").append(["请填写黄色单元格"])

    paths = [fill(tmp_path / f"{n}.xlsx", region, n, with_instructions) for n, region in enumerate(PLAIN)]
    dataset = read_files(paths)
    assert opened == paths[:1]
    assert [found[:2] for found in findings_of(dataset)] == [("DATA101", f"{path}[填报说明]") for path in paths]
    assert_together_as_alone(paths)

    # instructions that name the district are the copy's own, so they are not left as the first copy had them
    def with_own_instructions(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.create_sheet("填报说明").append(["请填写", f"{sheet.title}统计局", 2019])

    paths = [fill(tmp_path / f"{n}b.xlsx", region, n, with_own_instructions) for n, region in enumerate(PLAIN)]
    assert_together_as_alone(paths)


def test_only_so_many_files_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "_MOST_FILES", 1)
    other = CHANGES["another label"]
    paths = [
        fill(tmp_path / f"{number}.xlsx", region, number, other if number % 2 else None)
        for number, region in enumerate((*PLAIN, *PLAIN))
    ]
    assert_together_as_alone(paths)


def test_limits_and_sheets_asked_for_hold_for_copies(tmp_path: Path) -> None:
    paths = [fill(tmp_path / f"{number}.xlsx", region, number) for number, region in enumerate(PLAIN)]
    dataset = read_files(paths, options=ReadOptions(sheets=("南山区",)))
    assert [file.sheets for file in dataset.files] == [("南山区",), (), (), ()]
    assert {row["file"] for row in rows_of(dataset)} == {paths[0]}


def test_files_that_change_between_two_looks_are_read_as_they_are_in_their_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies are looked at before their turn; what is none then, is left to it."""
    paths = [fill(tmp_path / f"{number}.xlsx", f"样本县{number:04}", number) for number in range(70)]
    Path(paths[40]).write_bytes(b"")
    Path(paths[41]).unlink()
    Path(paths[66]).write_bytes(Path(paths[66]).read_bytes()[:-30])
    found = read_files(paths)
    assert len(found.files) == 67
    assert {finding.code.id: str(finding.location) for finding in found.findings} == {
        "DATA004": paths[40],
        "DATA001": paths[41],
        "DATA007": paths[66],
    }
    monkeypatch.setattr(read, "_TOGETHER", 10**9)
    assert rows_of(read_files(paths)) == rows_of(found)


def test_a_file_named_twice_is_read_twice(tmp_path: Path) -> None:
    paths = [fill(tmp_path / f"{number}.xlsx", f"样本县{number:04}", number) for number in range(40)]
    found = read_files([*paths, *paths[32:]])
    assert [file.path for file in found.files] == [*paths, *paths[32:]]
    values = [row["value"] for row in rows_of(found)]
    assert values[-72:] == values[32 * 9 : 40 * 9]


def test_later_files_are_looked_at_together_and_not_each_at_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [fill(tmp_path / f"{number}.xlsx", f"样本县{number:04}", number) for number in range(100)]
    asked: list[str] = []
    ordinary = copies.Copies.take_file

    def counted(self: copies.Copies, path: str, *rest: Any) -> Any:
        asked.append(path)
        return ordinary(self, path, *rest)

    monkeypatch.setattr(copies.Copies, "take_file", counted)
    read_files(paths)
    assert asked == paths[:32]


def test_pipes_are_not_looked_at_before_their_turn(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.xlsx"
    os.mkfifo(pipe)
    assert read_small(str(pipe), Limits()) is None
    assert read_small(str(tmp_path), Limits()) is None
    assert read_small(str(tmp_path / "missing.xlsx"), Limits()) is None
    assert read_small("a\0b", Limits()) is None


def narrow(path: Path, sheet_name: str, rows: list[list[Any]]) -> str:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = sheet_name
    for row in rows:
        sheet.append(row)
    book.save(path)
    return str(path)


def test_values_in_the_second_column_are_taken(tmp_path: Path, opened: list[str]) -> None:
    paths = [
        narrow(
            tmp_path / f"{number}.xlsx",
            "Sheet1",
            [["指标", 2018, 2019, 2020], ["授权量", 400 + number, 500, 600], ["注册量", 70, 80.5 + number, 90]],
        )
        for number in range(4)
    ]
    dataset = read_files(paths)
    assert opened == paths[:1]
    assert [row["value"] for row in rows_of(dataset)][-6:] == [403, 500, 600, 70, 83.5, 90]
    assert_together_as_alone(paths)


@pytest.mark.parametrize(
    "rows",
    [
        [["指标", "序号", "2019年"], ["授权量", 1, 500], ["注册量", 2, 600]],
        [["指标", "代码", "2019年"], ["授权量", 4401, 500], ["注册量", 3302, 600]],
        [["指标", "行次", "2019年"], ["授权量", 7, 500], ["注册量", 9, 600]],
    ],
)
def test_running_numbers_and_codes_in_the_second_column_are_part_of_the_form(
    tmp_path: Path, opened: list[str], rows: list[list[Any]]
) -> None:
    def changed(number: int) -> list[list[Any]]:
        return [rows[0], *([*row[:2], row[2] + number] for row in rows[1:])]

    paths = [narrow(tmp_path / f"{number}.xlsx", "Sheet1", changed(number)) for number in range(3)]
    others = [[*row] for row in changed(3)]
    others[2][1] = 77
    paths.append(narrow(tmp_path / "3.xlsx", "Sheet1", others))
    assert [row["value"] for row in rows_of(read_files(paths))] == [500, 600, 501, 601, 502, 602, 503, 603]
    assert opened == [paths[0], paths[3]]
    assert_together_as_alone(paths)


@pytest.mark.parametrize(
    ("names", "n_read"),
    [
        (("D001", "D002", "D017"), 1),
        (("D001", "2019年", "Q3"), 3),
        (("D001", "D2019Q1"), 2),
        (("D001", "南山区1", "表2"), 3),
    ],
)
def test_numbered_names_of_sheets_are_no_regions_and_may_differ(
    tmp_path: Path, opened: list[str], names: tuple[str, ...], n_read: int
) -> None:
    rows: list[list[Any]] = [["指标", "2018年", "2019年"], ["授权量", 4, 5], ["注册量", 7, 8]]
    paths = [narrow(tmp_path / f"{number}.xlsx", name, rows) for number, name in enumerate(names)]
    dataset = read_files(paths)
    assert len(opened) == n_read
    assert [file.sheets for file in dataset.files] == [(name,) for name in names]
    assert_together_as_alone(paths)


@pytest.mark.parametrize(
    "names",
    [
        ("SHENZHEN-1", "GUANGZHOU-2"),
        ("廣州1", "D001"),
        ("D001", "廣州1"),
        ("D001", "Shen zhen 2"),
        ("D001", "SHENZHEN-1"),
    ],
)
def test_a_numbered_name_that_names_a_region_in_another_spelling_is_its_own(
    tmp_path: Path, names: tuple[str, ...], root: Path
) -> None:
    rows: list[list[Any]] = [
        ["指标", "单位", "2018年", "2019年"],
        ["PCT国际专利申请量", "件", 5, 6],
        ["户数", "户", 7, 8],
    ]
    paths = [narrow(tmp_path / f"{number}.xlsx", name, rows) for number, name in enumerate(names)]
    plan, _ = load_plan(root / "targets.yaml")
    assert plan is not None
    assert_together_as_alone(paths, plan)


@pytest.mark.parametrize(
    "names",
    [
        ("D001", "海边县0501"),
        ("海边县0501", "D001"),
        ("D001", "D002", "海边县0501"),
        ("海边县0501", "海边县0502", "D001", "D002"),
    ],
)
@pytest.mark.parametrize("title", [[], [["海边县0501统计表"]]])
def test_a_numbered_name_is_no_copy_of_a_numbered_region(
    tmp_path: Path, names: tuple[str, ...], title: list[list[Any]]
) -> None:
    rows: list[list[Any]] = [*title, ["指标", "2018年", "2019年"], ["授权量", 4, 5], ["注册量", 7, 8]]
    paths = [narrow(tmp_path / f"{number}.xlsx", name, rows) for number, name in enumerate(names)]
    assert_together_as_alone(paths)
