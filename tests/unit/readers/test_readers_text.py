"""Text tables: encodings, separators, lines, and the traps of CSV."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.diagnostics import Finding
from ipstrong.model.dataset import SourceFile
from ipstrong.readers import text as text_tables
from ipstrong.readers.grid import CellValue, FrameGrid, Grid, RowGrid, place
from ipstrong.readers.open_file import open_source
from ipstrong.readers.options import Limits, ReadOptions
from packages import saved

CHINESE = "地区,指标,年份,数值\n深圳市,有效发明专利,2019年,138534\n广州市,注册商标,2019年,52.1万\n"
TRADITIONAL = "縣市,出生數,年份\n臺北市,有效發明專利,民國99年\n臺中市,註冊商標,統計單位：人；%\n" * 3
WESTERN = "Région,Année,Valeur\nQuébec,2019,12\nÎle-de-France,2019,5\nRhône-Alpes,2019,7\nNoël,2019,1\n"


def column_of(grid: Grid, column: int, start: int = 0) -> list[CellValue]:
    return [row[column] or None for row in grid.rows(start)]


def read(
    content: str | bytes, tmp_path: Path, name: str = "a.csv", limits: Limits | None = None
) -> tuple[SourceFile | None, Grid | None, list[Finding]]:
    data = content.encode() if isinstance(content, str) else content
    file, grids, findings = open_source(saved(tmp_path, name, data), ReadOptions(limits=limits or Limits()))
    return file, grids[0] if grids else None, findings


def rows_of(content: str | bytes, tmp_path: Path) -> list[list[object]]:
    _, grid, findings = read(content, tmp_path)
    assert findings == []
    assert grid is not None
    return [list(row) for row in grid.rows()]


# --- Encodings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "encoding", "reported", "guessed"),
    [
        (CHINESE, "utf-8", "utf-8", False),
        (CHINESE, "utf-8-sig", "utf-8-sig", False),
        (CHINESE, "gb18030", "gb18030", False),
        (CHINESE, "gb2312", "gb18030", False),
        (CHINESE, "utf-16", "utf-16", False),
        (CHINESE, "utf-16-le", "utf-16-le", False),
        (CHINESE, "utf-16-be", "utf-16-be", False),
        (CHINESE, "utf-32", "utf-32", False),
        (TRADITIONAL, "big5", "big5hkscs", True),
        (TRADITIONAL, "utf-8", "utf-8", False),
        (WESTERN, "cp1252", "cp1252", True),
        (WESTERN, "utf-16-le", "utf-16-le", False),
        ("a,b\n1,2\n", "ascii", "utf-8", False),
    ],
)
def test_encodings_are_recognised(text: str, encoding: str, reported: str, guessed: bool, tmp_path: Path) -> None:
    file, grid, findings = read(text.encode(encoding), tmp_path)
    assert file is not None
    assert grid is not None
    assert file.encoding == reported
    assert [",".join(str(cell) for cell in row) for row in grid.rows()] == text.split("\n")[:-1]
    assert [finding.code.id for finding in findings] == (["DATA024"] if guessed else [])


def test_a_file_of_two_encodings_is_refused_at_its_line(tmp_path: Path) -> None:
    both = CHINESE.encode("utf-8") + b"\xff\xff,\x81\x20,\xfe\n"
    file, grid, findings = read(both, tmp_path)
    assert (file, grid) == (None, None)
    assert [(finding.code.id, finding.location.line) for finding in findings] == [("DATA023", 4)]


# --- Separators and shapes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "separator", "kind"),
    [
        ("a,b,c\n1,2,3\n", ",", "csv"),
        ("a\tb\n1\t2\n", "\t", "tsv"),
        ("a;b;c\n1;2;3\n", ";", "csv"),
        ("a|b\n1|2\n", "|", "csv"),
        ("geo;year;v\nAL;2018;78,1\nAT;2019;81,8\n", ";", "csv"),
        ('"x;y",b\n"1;2",3\n', ",", "csv"),
        ("sep=;\na;b\n1;2\n", ";", "csv"),
        ("指标\n深圳\n", ",", "csv"),
        ("数据库：年度数据\n指标：人口（人）\n地区,2019,2018\n北京,1,2\n天津,3,4\n注：1,234\n", ",", "csv"),
    ],
)
def test_separators_are_recognised(content: str, separator: str, kind: str, tmp_path: Path) -> None:
    file, _, _ = read(content, tmp_path)
    assert file is not None
    assert (file.delimiter, file.kind) == (separator, kind)


def test_ragged_rows_are_filled_up_and_keep_their_lines(tmp_path: Path) -> None:
    content = '标题\n\na,"b\nB",c\n1,2\n,"x"\n'
    _, grid, _ = read(content, tmp_path)
    assert grid is not None
    assert grid.rows() == [["标题", "", ""], ["", "", ""], ["a", "b\nB", "c"], ["1", "2", ""], ["", "x", ""]]
    assert [grid.line_of(row) for row in range(5)] == [1, 2, 3, 5, 6]
    assert str(place(grid, 3, 1)).endswith("a.csv:5:2")
    assert column_of(grid, 1) == [None, None, "b\nB", "2", "x"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_understood(end: str, tmp_path: Path) -> None:
    assert rows_of(f"a,b{end}1,2{end}", tmp_path) == [["a", "b"], ["1", "2"]]


def test_an_excel_separator_line_is_no_data(tmp_path: Path) -> None:
    assert rows_of("sep=;\na;b\n", tmp_path) == [["", ""], ["a", "b"]]


def test_decimal_commas_are_reported(tmp_path: Path) -> None:
    _, grid, findings = read("geo;v;w\nAL;78,1;1.234,5\nAT;81,8;2.000\n", tmp_path)
    assert grid is not None
    assert grid.extras.decimal_comma
    assert [finding.message("en") for finding in findings] == [
        "figures are written with a decimal comma (78,1) and read so"
    ]


@pytest.mark.parametrize(
    "content", ['a;"1,234"\nb;"5,678"\n', "a;1,234\nb;5.5\n", "a;1,5\nb;5.25\n", "a;5.5\nb;1,5\n", "a,b\n1,2\n"]
)
def test_commas_that_may_group_thousands_are_no_decimal_commas(content: str, tmp_path: Path) -> None:
    _, grid, findings = read(content, tmp_path)
    assert grid is not None
    assert not grid.extras.decimal_comma
    assert findings == []


# --- Traps ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "count"),
    [
        ('a,b\n1,"2\n3,4\n5,6\n7,8\n', 4),
        ('a,b\n1,"2\n3,4\n5,6\n7,8"\n9,10\n', 3),
        ('a,b\n1,"' + "2,3\n" * 50_000, 50_000),
    ],
)
def test_a_quotation_mark_that_swallows_lines_is_located(content: str, count: int, tmp_path: Path) -> None:
    _, _, findings = read(content, tmp_path)
    assert [(finding.code.id, finding.location.line) for finding in findings] == [("DATA027", 2)]
    assert abs(int(str(findings[0].params["count"])) - count) <= 1


def test_a_heading_over_two_lines_swallows_nothing(tmp_path: Path) -> None:
    assert rows_of('"合 计\nTotal",b\n1,2\n', tmp_path) == [["合 计\nTotal", "b"], ["1", "2"]]


def test_control_characters_are_reported_at_their_line(tmp_path: Path) -> None:
    _, grid, findings = read(b"a,b\n1,2\n3,4\x005\n", tmp_path)
    assert grid is not None
    assert [(finding.code.id, finding.location.line) for finding in findings] == [("DATA026", 3)]
    assert findings[0].params["example"] == "\\x00"


def test_limits_on_rows_columns_and_cells(tmp_path: Path) -> None:
    content = "a,b,c\n" + "1,2,3\n" * 9
    for limits in (Limits(max_rows=9), Limits(max_columns=2), Limits(max_cells=29), Limits(max_bytes=20)):
        file, _, findings = read(content, tmp_path, limits=limits)
        assert (file, [finding.code.id for finding in findings]) == (None, ["DATA010"])
    assert read(content, tmp_path, limits=Limits(max_rows=10, max_columns=3, max_cells=30))[2] == []


# --- Long files -------------------------------------------------------------------------------------------------------


@pytest.fixture
def everything_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_tables, "_LONG", 1)


@pytest.mark.usefixtures("everything_is_long")
@pytest.mark.parametrize(
    "content",
    [
        "地区,数值\n深圳,138534\n广州,\n",
        "标题\n地区,数值\n深圳,138534\n\n注\n",
        "\ufeff地区;数值\n深圳;78,1\n",
        "a\tb\r\n1\t2\r\n3\t4",
        'a,"b,c"\n1,"2,345"\n"",3\n',
    ],
)
def test_long_files_become_columns_with_the_same_cells(content: str, tmp_path: Path) -> None:
    _, grid, _ = read(content, tmp_path)
    assert isinstance(grid, FrameGrid)
    (tmp_path / "short").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_tables, "_LONG", 1 << 20)
        _, short, _ = read(content, tmp_path / "short")
    assert isinstance(short, RowGrid)
    assert [[cell or "" for cell in row] for row in grid.rows()] == short.rows()
    assert (grid.height, grid.width, grid.extras) == (short.height, short.width, short.extras)
    assert [grid.line_of(row) for row in range(grid.height)] == list(short.lines)
    assert grid.rows(1, 2) == grid.rows()[1:2]


@pytest.mark.usefixtures("everything_is_long")
@pytest.mark.parametrize(
    "content", ['a,"b\nB"\n1,2\n', 'a,b"x\n1,2\n', "sep=;\na;b\n", "a,b\r1,2\r", "a,b\n1,2\n" * 20_000 + "1,2,3\n"]
)
def test_irregular_long_files_are_read_row_by_row(content: str, tmp_path: Path) -> None:
    file, grid, _ = read(content, tmp_path)
    assert isinstance(grid, RowGrid)
    assert file is not None


@pytest.mark.usefixtures("everything_is_long")
def test_long_files_in_other_encodings_become_columns(tmp_path: Path) -> None:
    for encoding in ("gb18030", "utf-16"):
        _, grid, _ = read(CHINESE.encode(encoding), tmp_path)
        assert isinstance(grid, FrameGrid)
        assert column_of(grid, 0) == ["地区", "深圳市", "广州市"]


@pytest.mark.usefixtures("everything_is_long")
def test_texts_that_recur_in_long_files_are_kept_once(tmp_path: Path) -> None:
    content = "地区,指标,数值\n" + "".join(f'"县{n % 3}","{"甲" if n % 2 else ""}",{n}\n' for n in range(100))
    _, grid, _ = read(content, tmp_path)
    assert isinstance(grid, FrameGrid)
    assert grid.frame.dtypes == [pl.Categorical, pl.Categorical, pl.String]
    assert column_of(grid, 0, 1) == [f"县{n % 3}" for n in range(100)]
    assert column_of(grid, 1, 1) == ["甲" if n % 2 else None for n in range(100)]
    assert grid.rows(1, 3) == [["县0", None, "0"], ["县1", "甲", "1"]]


@pytest.mark.usefixtures("everything_is_long")
def test_decimal_commas_of_long_files_are_reported(tmp_path: Path) -> None:
    _, grid, findings = read("geo;v\nAL;78,1\n", tmp_path)
    assert isinstance(grid, FrameGrid)
    assert grid.extras.decimal_comma
    assert [finding.code.id for finding in findings] == ["DATA025"]


@pytest.mark.usefixtures("everything_is_long")
def test_long_files_with_control_characters_are_reported(tmp_path: Path) -> None:
    _, _, findings = read(b"a,b\n1,2\n3,4\x005\n" + b"1,2\n" * 100, tmp_path)
    assert [(finding.code.id, finding.location.line) for finding in findings] == [("DATA026", 3)]


# --- Standard input, and any bytes ------------------------------------------------------------------------------------


def test_standard_input_is_a_file_named_with_a_dash() -> None:
    file, grids, findings = open_source("-", ReadOptions(), stdin=b"a,b\n1,2\n")
    assert file is not None
    assert (file.path, grids[0].file, findings) == ("-", "-", [])
    assert str(place(grids[0], 1, 0)) == "-:2:1"


def test_empty_standard_input_is_a_finding() -> None:
    file, _, findings = open_source("-", ReadOptions(), stdin=b"")
    assert (file, [finding.code.id for finding in findings]) == (None, ["DATA007"])


@given(st.one_of(st.binary(max_size=200), st.text(max_size=120).map(str.encode)))
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    file, grids, findings = open_source("-", ReadOptions(), stdin=data)
    assert file is not None or findings
    for grid in grids:
        rows = grid.rows()
        assert len(rows) == grid.height
        assert all(len(row) == grid.width for row in rows)
