"""The generated pages are current, and every measure says what it has to."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from ipstrong.diagnostics import Code, Severity
from ipstrong.diagnostics.codes.all_codes import ALL_CODES
from ipstrong.texts import LANGS, Text


@pytest.fixture(scope="module")
def generator(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_docs", root / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["measures.md", "cli.md", "diagnostics.md"])
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


def test_every_code_has_an_area_a_row_and_a_section(generator: ModuleType) -> None:
    text = generator.diagnostics_page()
    for code in ALL_CODES:
        assert f"[{code}](#{code.lower()})" in text
        assert text.count(f"\n### {code}\n") == 1


def test_markup_in_messages_of_codes_is_inert(generator: ModuleType) -> None:
    code = Code("RULE999", Severity.NOTE, Text("a|b", "a*b"), Text("<b>", "x_y"), Text("h", "h"), Text("e", "e"))
    text = generator.diagnostics_page([code])
    assert r"a\|b" in text
    assert r"\<b>" in text
    assert r"x\_y" in text
