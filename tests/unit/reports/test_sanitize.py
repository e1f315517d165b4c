"""Text that steers nothing: terminals, CI logs, pages, spreadsheets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ci_readers import github_commands
from ipstrong.reports.sanitize import csv_text, inert, log_text, markdown_text, quoted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain 文字", "plain 文字"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\nb\tc\rd\u2028e", "a b c d e"),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("\x9b31m", "\\x9b31m"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("全\u3000角", "全\u3000角"),
        ("[bold]x[/]", "[bold]x[/]"),
    ],
)
def test_text_is_inert(text: str, expected: str) -> None:
    assert inert(text) == expected


@given(st.text())
def test_inert_text_has_nothing_hidden_and_stays_so(text: str) -> None:
    shown = inert(text)
    assert all(character.isprintable() or character.isspace() for character in shown)
    assert "\n" not in shown
    assert inert(shown) == shown


def test_quoted_text_shows_its_blanks() -> None:
    assert quoted(" 12 ") == "' 12 '"


def test_log_text_breaks_commands_wherever_a_line_may_break() -> None:
    assert github_commands(log_text("::error::x")) == []
    assert github_commands(log_text("a ##[add-mask]b")) == []
    assert log_text("10:30 完成") == "10:30 完成"


def test_markdown_text_leaves_addresses_unlinked_and_nobody_called() -> None:
    assert "://" not in markdown_text("http://evil.example")
    assert "www." not in markdown_text("www.evil.example")
    assert "@someone" not in markdown_text("@someone")
    assert markdown_text("1,234 @ 5%") == "1,234 @ 5%"


@pytest.mark.parametrize("start", list("=+-@＝＋－＠"))
def test_csv_text_is_never_a_formula(start: str) -> None:
    assert csv_text(f"{start}1+1") == f"'{start}1+1"
    assert csv_text(f"  {start}1+1").startswith("'")
    assert csv_text("a=1") == "a=1"


@pytest.mark.parametrize("text", ["-5.2", "+3%", "-", "－", " - 1,234.5", "＋5"])
def test_a_signed_number_or_a_bare_sign_is_no_formula(text: str) -> None:
    assert csv_text(text) == text
