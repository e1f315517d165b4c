"""The terminal writer: bars, marks, columns of tables, and independence of the environment."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ipstrong.model.result import Status
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.table import Column, Marks, line, table
from ipstrong.reports.writers import markdown, terminal
from ipstrong.reports.writers.terminal import bar
from ipstrong.texts import same


def test_drawing_does_not_depend_on_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert terminal.write([line("word " * 12)], ReportOptions("en")) == "word " * 11 + "word\n"


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


def test_markdown_aligns_numbers() -> None:
    columns = (Column("a", same("a")), Column("b", same("b"), is_number=True))
    assert markdown.write([table(columns, [("x", 1)])], "en") == "| a | b |\n| --- | ---: |\n| x | 1 |\n"
