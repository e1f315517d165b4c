"""The generated pages are current, and every measure says what it has to."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from ipstrong.texts import LANGS


@pytest.fixture(scope="module")
def generator(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_docs", root / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["measures.md", "cli.md"])
def test_page_is_current(name: str, generator: ModuleType, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert (root / "docs" / name).read_text(encoding="utf-8") == generator.PAGES[name](), "run python docs/generate.py"


def test_every_measure_says_formula_needs_refusals_example_and_source(generator: ModuleType) -> None:
    for function in generator.measures():
        assert tuple(generator.parts_of(function)) == generator.PARTS, function.__qualname__


def test_every_measure_has_its_chinese_line(generator: ModuleType) -> None:
    assert {name for _, name, _ in generator.CHINESE} == {function.__name__ for function in generator.measures()}


def test_every_command_is_on_the_page_in_both_languages(generator: ModuleType) -> None:
    for command in generator.COMMANDS:
        for lang in LANGS:
            page = generator.help_of(command, lang)
            assert ("用法" if lang == "zh" else "Usage") in page, (command, lang)
            assert ("退出码" if lang == "zh" else "Exit codes") in page, (command, lang)
