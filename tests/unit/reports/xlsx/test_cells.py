"""Texts made harmless and legal, and the room that they take."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.reports.xlsx.cells import MAX_TEXT, cell_text, display_width, header_text, n_lines, quoted, sheet_name

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 forbids (section 2.2)."""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("完成 100 %", "完成 100 %"),
        ("a\x07b", "a␇b"),
        ("\x00", "␀"),
        ("two\r\nlines\t!", "two\nlines\t!"),
        ("\r", "␍"),
        ("\x7f\x85", "␡<U+0085>"),
        ("abc\u202etxt", "abc<U+202E>txt"),
        ("\ud800", "<U+D800>"),
        ("\uffff", "<U+FFFF>"),
    ],
)
def test_control_characters_are_shown(text: str, shown: str) -> None:
    assert cell_text(text) == shown


@given(st.text(st.characters(codec=None), max_size=40))
def test_no_text_keeps_what_xml_forbids(text: str) -> None:
    assert not _ILLEGAL.search(cell_text(text))


def test_long_texts_are_cut_with_an_ellipsis() -> None:
    assert len(cell_text("长" * 40_000)) == MAX_TEXT
    assert cell_text("长" * 40_000).endswith("长…")
    assert len(cell_text("\x01" * 40_000)) == MAX_TEXT


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("深圳", "深圳"),
        ("a/b\\c[d]:*?", "a b c d"),
        ("'quoted'", "quoted"),
        ("", "-"),
        ("///", "-"),
        ("History", "History_"),
        ("x" * 40, "x" * 31),
        ("x" * 30 + "'y", "x" * 30),
    ],
)
def test_sheet_names_are_legal(text: str, name: str) -> None:
    assert sheet_name(text, set()) == name


def test_sheet_names_are_single_whatever_their_case() -> None:
    assert sheet_name("Data", {"data"}) == "Data (2)"
    assert sheet_name("Data", {"data", "data (2)"}) == "Data (3)"
    assert sheet_name("y" * 31, {"y" * 31}) == "y" * 27 + " (2)"


def test_a_sheet_name_is_quoted_for_formulas() -> None:
    assert quoted("it's") == "'it''s'"


def test_width_counts_chinese_twice() -> None:
    assert display_width("abc") == 3
    assert display_width("深圳2021") == 8
    assert display_width("e\u0301") == 1
    assert display_width("short\nlonger line") == 11
    assert display_width("") == 0


def test_lines_of_a_wrapped_text() -> None:
    assert n_lines("abc", 10) == 1
    assert n_lines("一二三四五六", 6.8) == 2  # twelve columns of text in six
    assert n_lines("one\ntwo", 20) == 2
    # Words move whole: "organisation" does not fit next to "an".
    assert n_lines("an organisation", 13.8) == 2
    assert n_lines("x" * 25, 10.8) == 3


def test_headers_hold_no_commands() -> None:
    assert header_text("R&D\nplan") == "R&&D plan"
    assert header_text("a" * 100, 10) == "a" * 9 + "…"
