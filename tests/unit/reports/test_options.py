"""What a stream can show."""

from __future__ import annotations

import io
import os

import pytest

from ipstrong.reports.options import ReportOptions, stream_options


class Stream(io.TextIOWrapper):
    """A stream that is a terminal, or is not."""

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
