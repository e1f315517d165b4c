"""A long file begun to be opened before the command line is parsed: whenever it is, nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipstrong.cli import app
from ipstrong.cli.ahead import begin_to_open
from ipstrong.sources.options import ReadOptions
from ipstrong.sources.readers import ahead

ROOT = Path(__file__).resolve().parents[3]
DATA = str(ROOT / "data" / "shenzhen.xlsx")


@pytest.fixture(autouse=True)
def every_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_LEAST", 1)


@pytest.mark.parametrize("command", ["check", "validate"])
def test_a_file_is_begun_where_the_command_takes_it(command: str) -> None:
    begun = begin_to_open([command, "--format", "csv", DATA])
    assert begun is not None
    assert begun.take(DATA, ReadOptions()) is not None


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["check"],
        ["inspect", DATA],
        ["check", DATA, "--help"],
        ["check", DATA, "--sheet", "专利"],
        ["check", DATA, "--include-hidden"],
        ["check", "--max-cells=5", DATA],
        ["check", *["x"] * 20, DATA],
    ],
)
def test_nothing_is_begun_otherwise(arguments: list[str]) -> None:
    assert begin_to_open(arguments) is None


@pytest.mark.parametrize("command", ["check", "validate"])
@pytest.mark.parametrize("more", [[], ["--sheet", "没有这张表"], ["--plan", "missing.yaml"], ["--no-such-option"]])
def test_a_run_says_the_same_with_and_without(
    command: str, more: list[str], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = [command, DATA, "--format", "csv", *more]
    status = app.main(arguments)
    said = capfd.readouterr()
    monkeypatch.setattr(app, "begin_to_open", lambda _: None)
    assert app.main(arguments) == status
    assert capfd.readouterr() == said
