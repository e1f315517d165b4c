"""Styled lines wrapped to a width."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from ipstrong.reports.options import ReportOptions
from ipstrong.reports.table import Column, line, table
from ipstrong.reports.writers import terminal
from ipstrong.reports.writers.line_breaks import _TOKENS, breaks, text_width
from ipstrong.texts import same


def drawn(text: str, width: int, indent: int = 0) -> list[str]:
    return terminal.write([line(text, indent=indent)], ReportOptions("en", width)).split("\n")[:-1]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("exact fit", 9, ["exact fit"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("植树株数", 4, ["植树", "株数"]),
        ("植树株数", 5, ["植树", "株数"]),
        ("数12345值", 6, ["数", "12345", "值"]),  # numbers stay whole where they can
        ("甲乙，丙", 4, ["甲", "乙，", "丙"]),  # a comma does not begin a line
        ("增幅15.29%，低", 10, ["增幅", "15.29%，低"]),
        ("机构数 (家)", 9, ["机构数", "(家)"]),  # a unit in brackets stays whole
        ("每万人 (件/万人)", 12, ["每万人", "(件/万人)"]),
        ("safeguards (3), one", 14, ["safeguards", "(3), one"]),  # nor does one after a bracket
        ("指标 甲乙, 丙", 9, ["指标 甲", "乙, 丙"]),
        ("按“前三”", 4, ["按", "“前", "三”"]),  # an opening mark does not end a line
        ("", 10, [""]),
        ("  lead", 10, ["  lead"]),
    ],
)
def test_lines_break_after_blanks_and_around_chinese(text: str, width: int, expected: list[str]) -> None:
    assert drawn(text, width) == expected


def test_indent_holds_on_every_row() -> None:
    assert drawn("one two three", 9, indent=2) == ["  one two", "  three"]


def test_a_cut_line_has_one_row() -> None:
    assert terminal.write([line("one two three", is_cut=True)], ReportOptions("en", 7)) == "one two\n"


def test_styles_stay_with_their_text_over_a_break() -> None:
    text = terminal.write([line(("red one", "bold red"), " plain two")], ReportOptions("en", 10, color=True))
    assert text.splitlines() == ["\x1b[1;31mred one\x1b[0m", "plain two"]
    assert terminal.write([line(("a b", "dim"))], ReportOptions("en", 1, color=True)).splitlines() == [
        "\x1b[2ma\x1b[0m",
        "\x1b[2mb\x1b[0m",
    ]


@given(
    st.text(st.characters(exclude_categories=("C", "Z", "M")) | st.sampled_from(" ，。数a1"), max_size=80),
    st.integers(2, 30),
)
def test_nothing_is_lost_but_blanks_and_no_row_is_too_wide(text: str, width: int) -> None:
    rows = drawn(text, width)
    assert re.sub(r"\s", "", "".join(rows)) == re.sub(r"\s", "", text)
    assert all(cell_len(row) <= width for row in rows)


@pytest.mark.parametrize(("text", "room"), [("一二三15.29%，四五", 8), ("plain words here", 7)])
def test_cells_of_tables_break_where_lines_do(text: str, room: int) -> None:
    columns = [Column("text", same("-"))]
    rows = terminal.write([table(columns, [(line((text, "bold")),)])], ReportOptions("en", room)).splitlines()
    assert rows[2:] == drawn(text, room)


_ANY_TEXT = st.text(
    st.characters(codec="utf-8")
    | st.sampled_from("ab1 (%)，。“”《…\u3000\t\n\x1b值é\u0301\u0308😀👍🏽☺⚠\ufe0f\u200b\u200d│─ｆ"),
    max_size=60,
)


@given(_ANY_TEXT)
def test_a_text_is_as_wide_as_rich_says(text: str) -> None:
    assert text_width(text) == cell_len(text)


@given(_ANY_TEXT, st.integers(1, 24))
def test_rows_are_filled_token_by_token(text: str, room: int) -> None:
    assert list(breaks(text, room)) == list(_rows_token_by_token(text, room))


def _rows_token_by_token(text: str, room: int) -> Iterator[tuple[int, int]]:
    """The rule of `breaks`, step by step: a token joins the row if it fits, else it begins the next one."""
    start = end = 0
    for token in _TOKENS.finditer(text):
        if _size(text[start:end]) + _size(token.group()) <= room:
            end = token.end()
            continue
        if _size(text[start:end]):
            yield start, end
        start, end = token.span()
        if token.group().isspace():
            start = end
        while _size(text[start:end]) > room:
            cut = start + 1
            while _size(text[start : cut + 1]) <= room:
                cut += 1
            yield start, cut
            start = cut
    if _size(text[start:end]):
        yield start, end


def _size(text: str) -> int:
    return sum(cell_len(character) for character in text)
