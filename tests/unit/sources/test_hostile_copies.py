"""Files made to pass for copies of another: none may get figures or names that reading it alone does not give."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from alone import assert_together_as_alone, opened_by_readers
from ipstrong.sources import read_files

NAMES = ("南山区", "福田区", "盐田区")
SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
Bytes = Callable[[bytes, int], bytes]
"""Changes the bytes of a part in the file of this number."""


def fill(path: Path, region: str, number: int) -> str:
    """Write a submission with a table of texts; figures are made up."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet(region)
    rows = (
        [f"{region}主要指标"],
        ["指标", "单位", "2017年", "2018年", "2019年"],
        ["授权量", "件", 411 + number, 523 + number, 637 + number],
        ["注册量", "万件", 1.25 + number, 1.5, 1.75],
    )
    for row, cells in enumerate(rows):
        sheet.write_row(row, 0, cells)
    sheet.write(3, 4, 1.75, book.add_format({"num_format": "0.00"}))
    book.close()
    return str(path)


def made(folder: Path, part: str, change: Bytes, extra: dict[str, bytes] | None = None) -> list[str]:
    """Return three submissions with one part changed in each, all packed alike."""
    paths = [fill(folder / f"{number}.xlsx", name, 3 * number) for number, name in enumerate(NAMES)]
    for number, path in enumerate(paths):
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()} | (extra or {})
        parts[part] = change(parts[part], number)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return paths


def test_these_submissions_are_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = made(tmp_path, SHEET, lambda xml, _: b"\xef\xbb\xbf" + xml)
    seen = opened_by_readers(monkeypatch)
    assert_together_as_alone(paths)
    seen.clear()
    read_files(paths)
    assert seen == paths[:1]


def replaced(old: str, new: bytes) -> Callable[[bytes], bytes]:
    def change(xml: bytes) -> bytes:
        changed = re.sub(old.encode(), lambda _: new, xml)
        assert changed != xml
        return changed

    return change


def with_decoy(before: bytes, after: bytes, where: str) -> Bytes:
    """Let C4 keep its value in a spelling of its own, while a cell like it stands where nobody reads it."""

    def change(xml: bytes, number: int) -> bytes:
        hidden = b'<c r="C4"><v>' + (b"77" if number else b"1.25") + b"</v></c>"
        xml = replaced('<c r="C4"[^>]*><v>[^<]*</v>', b'<c r="C4"><v >1.25</v >')(xml)
        return replaced(where, before + hidden + after + where.encode())(xml)

    return change


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        (b"<!-- ", b" -->", "</sheetData>"),
        (b"<![CDATA[", b"]]>", "</sheetData>"),
        (b"<?note> ", b"?>", "</sheetData>"),
        (b"<other>", b"</other>", "<sheetData>"),
        (b"<other text='>", b"'/>", "<sheetData>"),
        (b"", b'<c r="C4"><v >1.25</v ></c>', '<c r="D4"'),
    ],
)
def test_a_cell_that_is_none_is_not_taken_for_one(tmp_path: Path, before: bytes, after: bytes, where: str) -> None:
    assert_together_as_alone(made(tmp_path, SHEET, with_decoy(before, after, where)))


@pytest.mark.parametrize(
    "tags", [(b"x=' r=\"D3\"' r='C3'", b"x=' r=\"C3\"' r='D3'"), (b'r="D3" r="C3"', b'r="C3" r="D3"')]
)
def test_addresses_are_read_where_they_stand(tmp_path: Path, tags: tuple[bytes, bytes]) -> None:
    def swapped(xml: bytes, number: int) -> bytes:
        figures = (b"5", b"5") if number == 0 else (b"1", b"2")
        cells = b"".join(b"<c " + tag + b"><v>" + text + b"</v></c>" for tag, text in zip(tags, figures, strict=True))
        return replaced('<c r="C3".*?</c><c r="D3".*?</c>', cells)(xml)

    assert_together_as_alone(made(tmp_path, SHEET, swapped))


@pytest.mark.parametrize(
    "change",
    [
        replaced("<v>1.5</v>", b"<v>5</6</v>"),
        lambda xml: replaced("<v>1.75</v>", b"<v>6</7</v>")(replaced("<v>1.5</v>", b"<v>5v>")(xml)),
        lambda xml: xml + b"v>5</",
    ],
    ids=["a value too many", "values shifted", "a value behind the end"],
)
def test_broken_values_are_told(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    dataset = assert_together_as_alone(made(tmp_path, SHEET, lambda xml, n: change(xml) if n == 1 else xml))
    assert [finding.code.id for finding in dataset.findings] == ["DATA007"]


ESCAPED = "".join(f"&#{ord(char)};" for char in NAMES[0]).encode()


@pytest.mark.parametrize(
    ("part", "change"),
    [
        (STRINGS, lambda xml, _: replaced("授权量", ESCAPED + "授权量".encode())(xml)),
        (STRINGS, lambda xml, _: replaced("<t>授权量</t>", "<r><t>南山</t></r><r><t>区人口</t></r>".encode())(xml)),
        (STRINGS, lambda xml, _: replaced("<t>授权量</t>", "<t><![CDATA[南山]]>区人口</t>".encode())(xml)),
        (
            BOOK,
            lambda xml, n: (
                replaced(f'name="{NAMES[n]}"', b'name="' + ESCAPED + b'"')(xml) + f"<!--{NAMES[n]}-->".encode()
            ),
        ),
    ],
)
def test_a_name_that_stays_is_not_renamed(tmp_path: Path, part: str, change: Bytes) -> None:
    assert_together_as_alone(made(tmp_path, part, change))


def test_a_name_that_stays_in_a_part_of_its_own_is_not_renamed(tmp_path: Path) -> None:
    with zipfile.ZipFile(fill(tmp_path / "first.xlsx", NAMES[0], 0)) as package:
        strings = package.read(STRINGS)
    paths = made(tmp_path, SHEET, lambda xml, _: xml, {"xl/strings2.xml": strings})
    assert_together_as_alone(paths)
    assert len(read_files(paths).files) == len(NAMES)


def entry_of(data: bytes | bytearray, part: str) -> int:
    """Return where the directory's entry of a part begins."""
    at = int.from_bytes(data[-6:-2], "little")
    while data[at + 46 : at + 46 + len(part)] != part.encode():
        at += 46 + sum(struct.unpack_from("<3H", data, at + 28))
    return at


@pytest.mark.parametrize("offset", [16, 24], ids=["checksum", "size"])
def test_a_part_that_does_not_match_its_checksum_is_told(tmp_path: Path, offset: int) -> None:
    paths = made(tmp_path, SHEET, lambda xml, _: xml)
    data = bytearray(Path(paths[2]).read_bytes())
    data[entry_of(data, "xl/styles.xml") + offset] ^= 1
    Path(paths[2]).write_bytes(data)
    dataset = assert_together_as_alone(paths)
    assert [finding.code.id for finding in dataset.findings] == ["DATA007"]


@pytest.mark.parametrize("offset", [4, 6, 8, 20])
def test_an_end_of_the_directory_that_lies_is_told(tmp_path: Path, offset: int) -> None:
    paths = made(tmp_path, SHEET, lambda xml, _: xml)
    data = bytearray(Path(paths[2]).read_bytes())
    data[len(data) - 22 + offset] ^= 1
    Path(paths[2]).write_bytes(data)
    assert_together_as_alone(paths)


def test_a_part_that_bears_another_name_beside_its_own_is_no_copy(tmp_path: Path) -> None:
    # the field 0x7075 names a part anew; two parts of equal length exchange their names in the last file
    other = SHEET.replace("sheet1", "sheetA")
    with zipfile.ZipFile(fill(tmp_path / "first.xlsx", NAMES[0], 90)) as package:
        sheet = package.read(SHEET)
    paths = made(tmp_path, SHEET, lambda xml, _: xml, {other: sheet})
    for number, path in enumerate(paths):
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        with zipfile.ZipFile(path, "w") as package:
            for name, content in parts.items():
                info = zipfile.ZipInfo(name)
                if name in {SHEET, other}:
                    named = name if number < 2 else other if name == SHEET else SHEET
                    field = struct.pack("<BL", 1, zlib.crc32(name.encode())) + named.encode()
                    info.extra = struct.pack("<HH", 0x7075, len(field)) + field
                package.writestr(info, content, zipfile.ZIP_DEFLATED)
    assert_together_as_alone(paths)


def test_directories_of_the_same_size_that_begin_before_the_file_are_refused(tmp_path: Path) -> None:
    paths = made(tmp_path, SHEET, lambda xml, _: xml)
    data = Path(paths[2]).read_bytes()
    Path(paths[2]).write_bytes(b"PK" + data[-22:])
    dataset = assert_together_as_alone(paths)
    assert [finding.location.path for finding in dataset.findings] == paths[2:]


def test_standard_input_has_no_suffix_that_copies_could_share(tmp_path: Path) -> None:
    named = Path(fill(tmp_path / "1.xlsx", "福田区", 3)).rename(tmp_path / "copy")
    first = Path(fill(tmp_path / "0.xlsx", "南山区", 0)).read_bytes()
    together = read_files(["-", str(named)], stdin=first)
    assert [found.code.id for found in together.findings] == [
        found.code.id for found in read_files([str(named)]).findings
    ]
    assert together.findings
