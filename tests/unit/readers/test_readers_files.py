"""What is wrong with files as files: each is one located finding with its fix, and never an exception."""

from __future__ import annotations

import errno
import hashlib
import os
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.diagnostics import Finding
from ipstrong.readers.open_file import open_source
from ipstrong.readers.options import Limits, ReadOptions
from ipstrong.readers.package import Package
from ipstrong.texts import LANGS, Text
from packages import saved, worksheet, xlsx_bytes, zip_bytes

WORKBOOK = xlsx_bytes({"表": worksheet('<row r="1"><c r="A1"><v>1</v></c></row>')})


def findings_of(path: str, limits: Limits | None = None) -> list[Finding]:
    """Open a file that must not be readable."""
    file, grids, findings = open_source(path, ReadOptions(limits=limits or Limits()))
    assert (file, grids) == (None, [])
    assert [finding.location.path for finding in findings] == [path]
    for finding in findings:
        for lang in LANGS:
            assert "{" not in finding.message(lang) + finding.hint(lang)
    return findings


def id_of(path: str, limits: Limits | None = None) -> str:
    return findings_of(path, limits)[0].code.id


def test_a_missing_file_names_its_neighbour(tmp_path: Path) -> None:
    saved(tmp_path, "data.xlsx", WORKBOOK)
    finding = findings_of(str(tmp_path / "dta.xlsx"))[0]
    assert finding.code.id == "DATA001"
    assert finding.hint("en") == "did you mean 'data.xlsx'? check the folder and the name"
    assert id_of(str(tmp_path / "no" / "such.xlsx")) == "DATA001"
    assert id_of(str(tmp_path / "data.xlsx" / "x")) == "DATA001"
    assert id_of("a\0b.csv") == "DATA001"


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert id_of(str(tmp_path)) == "DATA001"


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    path = saved(tmp_path, "a.csv", b"a,b\n")
    monkeypatch.setattr("builtins.open", refused)  # the superuser who runs tests may read everything
    finding = findings_of(path)[0]
    assert (finding.code.id, finding.params["reason"]) == ("DATA001", Text("没有读取权限", "no permission to read it"))


def test_an_operating_system_error_is_a_finding(tmp_path: Path) -> None:
    assert id_of(str(tmp_path / ("x" * 300))) == "DATA001"


@pytest.mark.parametrize("content", [b"", b" \n\r\n\t ", b" " * 10_000])
def test_an_empty_file(content: bytes, tmp_path: Path) -> None:
    assert id_of(saved(tmp_path, "a.xlsx", content)) == "DATA007"


def test_lock_files_by_name_and_by_content(tmp_path: Path) -> None:
    owner = b"\x04Anne" + b" " * 50 + struct.pack("<H", 4) + "Anne".encode("utf-16-le")
    owner = owner.ljust(165, b" ")
    assert id_of(saved(tmp_path, "~$data.xlsx", owner)) == "DATA006"
    assert id_of(saved(tmp_path, "renamed.xlsx", owner)) == "DATA006"
    assert id_of(saved(tmp_path, "~$other.xls", b"\x02")) == "DATA006"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF document"),
        (b"Rar!\x1a\x07\x00", "a RAR archive"),
        (b"\x1f\x8b\x08\x00abc", "gzip-compressed data"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"PAR1abc", "Parquet data"),
        (b"{\\rtf1 a}", "an RTF document"),
        (b'{"a": 1}', "JSON data"),
        (b'<?xml version="1.0"?><a><b/></a>', "XML data"),
        (b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>', "a flat OpenDocument file"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "an XML Spreadsheet 2003"),
        (b"MIME-Version: 1.0\nContent-Type: text/html\n\n<table><tr><td>1</td></tr></table>", "a web archive (MHTML)"),
        (bytes(range(256)) * 4, "binary data of no known kind"),
        (b"\x81 \x8d \x9d abc\n" * 20, "binary data of no known kind"),
        (zip_bytes({"word/document.xml": "<w/>"}), "a Word document"),
        (zip_bytes({"ppt/presentation.xml": "<p/>"}), "a presentation"),
        (zip_bytes({"Index/Document.iwa": b"x"}), "a Numbers spreadsheet"),
        (zip_bytes({"a.txt": "x"}), "an archive"),
        (zip_bytes({}), "an empty archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), "a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "PowerPoint Document".encode("utf-16-le"), "a presentation"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Office document without a workbook"),
    ],
)  # fmt: skip
def test_files_that_hold_no_tables_are_named(content: bytes, kind: str, tmp_path: Path) -> None:
    finding = findings_of(saved(tmp_path, "a.xlsx", content))[0]
    assert finding.code.id == "DATA006"
    assert kind in finding.message("en")


def test_a_text_whose_encoding_is_not_known_is_reported_as_one(tmp_path: Path) -> None:
    assert id_of(saved(tmp_path, "a.csv", b"\x81 \x8d \x9d abc\n" * 20)) == "DATA023"


def test_devices_are_not_read() -> None:
    assert id_of("/dev/zero") == "DATA006"


def test_a_pipe_is_read(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.write(writer, b"a,b\n1,2\n")
    os.close(writer)
    file, grids, _ = open_source(f"/dev/fd/{reader}", ReadOptions())
    os.close(reader)
    assert file is not None
    assert grids[0].rows() == [["a", "b"], ["1", "2"]]
    del tmp_path


# --- Damaged archives -------------------------------------------------------------------------------------------------


def broken_workbooks() -> dict[str, bytes]:
    middle = WORKBOOK.index(b"xl/worksheets/sheet1.xml") + 40
    flipped = WORKBOOK[:middle] + bytes([WORKBOOK[middle] ^ 0xFF]) + WORKBOOK[middle + 1 :]
    directory = WORKBOOK.index(b"PK\x01\x02")
    return {
        "cut off": WORKBOOK[: len(WORKBOOK) // 2],
        "cut off in the directory": WORKBOOK[: directory + 60] + WORKBOOK[-22:],
        "a part changed": flipped,
        "a directory entry changed": WORKBOOK[:directory] + b"XX" + WORKBOOK[directory + 2 :],
        "no sheet part": zip_bytes({"xl/workbook.xml": "<workbook><sheets><sheet name='a'/></sheets></workbook>"}),
        "broken XML": xlsx_bytes({"表": "<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></row>"}),
        "no XML at all": xlsx_bytes({"表": "1"}, {"xl/workbook.xml": "no"}),
    }


@pytest.mark.parametrize("name", list(broken_workbooks()))
def test_damaged_workbooks_are_refused(name: str, tmp_path: Path) -> None:
    assert id_of(saved(tmp_path, "a.xlsx", broken_workbooks()[name])) == "DATA007"


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    buffer = BytesIO(WORKBOOK)
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/worksheets/sheet1.xml", worksheet('<row r="1"><c r="A1"><v>2</v></c></row>'))
    assert id_of(saved(tmp_path, "a.xlsx", buffer.getvalue())) == "DATA007"


def test_archives_in_the_large_format_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 10)  # sizes and offsets go into the fields for large archives
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(WORKBOOK)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name), source.read(name))
    data = buffer.getvalue()
    assert b"\xff\xff\xff\xff" in data
    file, grids, findings = open_source(saved(tmp_path, "a.xlsx", data), ReadOptions())
    assert file is not None
    assert (grids[0].rows(), findings) == ([[1.0]], [])
    assert id_of(saved(tmp_path, "b.xlsx", data.replace(b"PK\x06\x06", b"PK\x06\x00"))) == "DATA007"


@pytest.mark.parametrize(
    ("field", "value"), [(10, 99), (20, 5000), (42, 1 << 20), (42, 7)], ids=["method", "size", "offset", "elsewhere"]
)
def test_a_directory_that_points_elsewhere_is_refused(field: int, value: int, tmp_path: Path) -> None:
    data = bytearray(WORKBOOK)
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<H" if field == 10 else "<L", data, entry + field, value)
    assert id_of(saved(tmp_path, "a.xlsx", bytes(data))) == "DATA007"


# --- Bombs ------------------------------------------------------------------------------------------------------------


def test_an_archive_that_unpacks_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    sheet = worksheet("<row/>" + " " * 200_000)
    path = saved(tmp_path, "a.xlsx", xlsx_bytes({"表": sheet}))
    finding = findings_of(path, Limits(max_bytes=100_000))[0]
    assert finding.code.id == "DATA010"
    assert "--max-size" in finding.hint("en")
    assert open_source(path, ReadOptions(limits=Limits(max_bytes=1 << 20)))[0] is not None


def test_an_archive_of_absurd_ratio_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.xlsx", zip_bytes({"xl/workbook.xml": b"<a/>", "b": bytes(70 << 20)}))
    assert findings_of(path)[0].message("en") == "compression ratio: 1,028, more than the limit of 64"
    assert findings_of(path, Limits().with_megabytes(1024))[0].code.id == "DATA007"  # let through, and no workbook


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(zip_bytes({"xl/workbook.xml": bytes(1 << 20)}))
    entry = data.index(b"PK\x01\x02")
    struct.pack_into("<L", data, entry + 24, 100)  # the directory says 100 bytes
    path = "-"
    file, _, findings = open_source(path, ReadOptions(limits=Limits(max_bytes=200_000)), stdin=bytes(data))
    assert (file, [finding.code.id for finding in findings]) == (None, ["DATA007"])


def test_parts_are_read_to_their_declared_size_only() -> None:
    package = Package("a", zip_bytes({"a": b"x" * 1000, "b": ""}), Limits())
    assert (package.read("a"), package.read("b")) == (b"x" * 1000, b"")
    assert package.find("c") is None


def test_deflate_never_exceeds_the_ratio_that_the_check_relies_on() -> None:
    assert len(bytes(10 << 20)) <= 1032 * len(zlib.compress(bytes(10 << 20), 9))


# --- Encrypted files --------------------------------------------------------------------------------------------------


def encrypted(password: str) -> bytes:
    # msoffcrypto writes packages below 4 kB in a way that no reader understands, so pad it with what does not compress
    padding = {"docProps/padding.bin": hashlib.shake_256(b"padding").digest(8192)}
    workbook = xlsx_bytes({"表": worksheet('<row r="1"><c r="A1"><v>1</v></c></row>')}, padding)
    target = BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(BytesIO(workbook)).encrypt(password, target)
    return target.getvalue()


def test_excels_own_password_opens_the_file(tmp_path: Path) -> None:
    file, grids, findings = open_source(saved(tmp_path, "a.xlsx", encrypted("VelvetSweatshop")), ReadOptions())
    assert file is not None
    assert (file.kind, grids[0].rows()) == ("xlsx", [[1.0]])
    assert [finding.code.id for finding in findings] == ["DATA009"]


def test_a_real_password_is_asked_for(tmp_path: Path) -> None:
    assert id_of(saved(tmp_path, "a.xlsx", encrypted("secret"))) == "DATA008"


def test_an_archive_with_encrypted_parts_is_refused(tmp_path: Path) -> None:
    data = bytearray(WORKBOOK)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert id_of(saved(tmp_path, "a.xlsx", bytes(data))) == "DATA008"


# --- Wrong suffixes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.xlsx", b"a,b\n1,2\n", "csv"),
        ("a.xls", b"a\tb\n1\t2\n", "tsv"),
        ("a.csv", WORKBOOK, "xlsx"),
        ("a.xls", WORKBOOK, "xlsx"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "html"),
    ],
)
def test_content_counts_and_a_wrong_suffix_is_reported(name: str, content: bytes, kind: str, tmp_path: Path) -> None:
    file, grids, findings = open_source(saved(tmp_path, name, content), ReadOptions())
    assert file is not None
    assert file.kind == kind
    assert len(grids) == 1
    assert [finding.code.id for finding in findings] == ["DATA011"]


@pytest.mark.parametrize(("name", "content"), [("a.xlsm", WORKBOOK), ("a.txt", b"a,b\n1,2\n"), ("a", b"a,b\n1,2\n")])
def test_fitting_suffixes_are_fine(name: str, content: bytes, tmp_path: Path) -> None:
    assert open_source(saved(tmp_path, name, content), ReadOptions())[2] == []


# --- Anything ---------------------------------------------------------------------------------------------------------


@given(st.integers(0, len(WORKBOOK) - 1), st.integers(1, 255), st.integers(0, len(WORKBOOK)))
def test_no_damage_to_a_workbook_makes_the_reader_raise(at: int, change: int, end: int) -> None:
    data = bytearray(WORKBOOK)
    data[at] ^= change
    for content in (bytes(data), WORKBOOK[:end]):
        file, grids, findings = open_source("-", ReadOptions(), stdin=content)
        assert file is not None or findings
        if file is not None and file.kind == "xlsx" and grids and not findings:
            assert grids[0].rows() in ([[1.0]], [])


@pytest.mark.parametrize(
    "content",
    [
        b"what is left of a download\nof a workbook, 2019 and so on\n",
        b"UEsDBBQABgAIAAAAIQ\nA0nqGEgQEAAIwEAAATAAgC\n",
        "指标\n产值\n".encode(),
    ],
)
def test_a_text_without_figures_under_the_suffix_of_a_workbook_is_one_error(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    path.write_bytes(content)
    file, grids, findings = open_source(str(path), ReadOptions())
    assert (file, grids) == (None, [])
    assert [finding.code.id for finding in findings] == ["DATA006"]
    assert ".xlsx" in findings[0].message("zh")
    assert "save" in findings[0].hint("en")


# --- Limits -----------------------------------------------------------------------------------------------------------


def test_limits_are_raised_together_so_that_no_other_bound_is_in_the_way() -> None:
    for cells, rows, columns in ((10**9, 10**9, 10**9), (100, Limits().max_rows, Limits().max_columns)):
        limits = Limits().with_cells(cells)
        assert (limits.max_cells, limits.max_rows, limits.max_columns) == (cells, rows, columns)
    limits = Limits().with_megabytes(2)
    assert (limits.max_bytes, limits.max_ratio) == (2 * 1024 * 1024, 1032)
