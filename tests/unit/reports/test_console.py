"""What a stream can show, and text that nothing can steer."""

from __future__ import annotations

import io
import os
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.model.result import Status
from ipstrong.reports.options import ReportOptions, stream_options
from ipstrong.reports.sanitize import inert, quoted
from ipstrong.reports.table import Column, Marks, line, table
from ipstrong.reports.writers import terminal
from ipstrong.reports.writers.terminal import bar
from ipstrong.texts import same


class Stream(io.TextIOWrapper):
    """A stream that says what it is told to."""

    def __init__(self, *, terminal: bool, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def options(*, terminal: bool = True, encoding: str = "utf-8", **env: str) -> ReportOptions:
    return stream_options(Stream(terminal=terminal, encoding=encoding), env)


def test_a_terminal_has_colour_and_a_pipe_has_none() -> None:
    assert options(TERM="xterm").color
    assert not options(terminal=False, TERM="xterm").color


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb"), ("TERM", "unknown")])
def test_colour_is_refused(name: str, value: str) -> None:
    assert not stream_options(Stream(terminal=True), {name: value}).color


def test_no_color_counts_only_when_not_empty_and_wins_over_force() -> None:
    assert options(NO_COLOR="").color
    assert not options(NO_COLOR="1", FORCE_COLOR="1").color
    assert options(terminal=False, FORCE_COLOR="1").color
    assert not options(terminal=False, FORCE_COLOR="0").color


@pytest.mark.parametrize(
    ("columns", "expected"),
    [("140", 140), ("20", 40), ("9999", 240), ("x", 80), ("0", 80), ("²", 80), ("9" * 5000, 80)],
)
def test_width_follows_columns_within_bounds(columns: str, expected: int) -> None:
    assert options(terminal=False, COLUMNS=columns).width == expected


def test_width_of_a_terminal_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stream, "fileno", lambda _: 1)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((132, 40)))
    assert options().width == 132


def test_width_of_a_terminal_that_does_not_say_is_eighty() -> None:
    assert options().width == 80


def test_ascii_streams_and_dumb_terminals_get_no_unicode_marks() -> None:
    assert options().unicode
    assert not options(encoding="ascii").unicode
    assert not options(encoding="gbk").unicode
    assert not options(TERM="dumb").unicode


def test_drawing_does_not_depend_on_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert terminal.write([line("word " * 12)], ReportOptions("en")) == "word " * 11 + "word\n"


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


@pytest.mark.parametrize(
    ("fraction", "expected"),
    [("0", ""), ("0.001", "▏"), ("0.5", "██▌"), ("0.9999", "████▉"), ("1", "█████"), ("7", "█████"), ("-1", "")],
)
def test_bar_is_full_only_from_one_on(fraction: str, expected: str) -> None:
    assert bar(Decimal(fraction), 5, unicode=True) == expected


def test_bar_in_ascii() -> None:
    assert bar(Decimal("0.5"), 4, unicode=False) == "##.."
    assert bar(Decimal("0.01"), 4, unicode=False) == "#..."


def test_every_status_has_its_own_mark_in_both_sets() -> None:
    columns = [Column("marks", same("marks"))]
    for unicode in (True, False):
        page = [table(columns, [(Marks(tuple(Status)),)])]
        marks = terminal.write(page, ReportOptions("en", unicode=unicode)).splitlines()[-1]
        assert len(set(marks)) == len(Status)
        assert unicode or marks.isascii()


def columns_of(*widths: int, ranks: tuple[int, ...] = (0, 0, 0), width: int) -> list[int]:
    """Return the widths of the columns in which texts of the given widths are printed."""
    columns = [Column(f"{n}", same("x"), rank=ranks[n]) for n in range(len(widths))]
    rows = [tuple("m" * size for size in widths)]
    head, rule, *_ = terminal.write([table(columns, rows)], ReportOptions("en", width)).splitlines()
    starts = [position for position, character in enumerate(head) if character == "x"]
    return [after - before - 2 for before, after in zip(starts, [*starts[1:], len(rule) + 2], strict=True)]


def test_columns_are_narrowed_until_they_fit() -> None:
    assert columns_of(20, 10, width=80) == [20, 10]
    assert columns_of(60, 10, width=40) == [28, 10]


def test_optional_columns_go_last_to_first() -> None:
    assert len(columns_of(22, 22, 22, ranks=(0, 1, 2), width=80)) == 3
    assert len(columns_of(22, 22, 22, ranks=(0, 1, 2), width=60)) == 2
    assert len(columns_of(22, 22, 22, ranks=(0, 1, 2), width=40)) == 1


def test_cells_that_must_not_break_go_below_their_rows() -> None:
    columns = [Column("name", same("name")), Column("place", same("place"), is_rigid=True, is_whole=True)]
    page = [table(columns, [("one", "a" * 60)])]
    assert terminal.write(page, ReportOptions("en", 80)).splitlines()[-1] == f"one   {'a' * 60}"
    assert terminal.write(page, ReportOptions("en", 40)).splitlines()[2:] == ["one", "a" * 40, "a" * 20]
