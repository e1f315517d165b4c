"""The pages of the codes: complete, in both languages, within eighty columns, and equal to docs/diagnostics.md."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from ipstrong.cli.app import main as command_line
from ipstrong.diagnostics import Code, Severity
from ipstrong.diagnostics.codes import ALL_CODES, MERGED
from ipstrong.diagnostics.pages import AREAS, WIDTH, area_of, cases_of, main, page, render_markdown
from ipstrong.texts import LANGS, Lang, Text

CODE = Code(
    "RULE999",
    Severity.WARNING,
    Text("题目", "title"),
    Text("值“{raw}”不对", "'{raw}' is wrong"),
    Text("改正", "correct it"),
    Text("因为一。" * 30, "because " * 30),
    "one\ntwo",
)


def columns(text: str) -> int:
    """Return how wide a terminal shows a text."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def test_page_in_english() -> None:
    assert page(CODE, "en") == (
        "RULE999  title  [warning]\n"
        "\n" + ("because " * 10).strip() + "\n" + ("because " * 10).strip() + "\n" + ("because " * 10).strip() + "\n"
        "\n"
        "Says:\n"
        "    '{raw}' is wrong\n"
        "Fix:\n"
        "    correct it\n"
        "Example:\n"
        "    one\n"
        "    two\n"
    )


def test_page_in_chinese_breaks_between_characters_but_not_before_a_stop() -> None:
    lines = page(CODE, "zh").splitlines()
    assert lines[0] == "RULE999  题目  [警告]"
    # Ten times 因为一。 are eighty columns.
    assert lines[2:5] == ["因为一。" * 10] * 3
    assert "提示：" in lines


@pytest.mark.parametrize("lang", LANGS)
def test_pages_fit_a_terminal_and_say_everything(lang: Lang) -> None:
    for code in ALL_CODES.values():
        assert_complete(page(code, lang), code, lang)


def assert_complete(text: str, code: Code, lang: Lang) -> None:
    prose, _, _ = text.partition("例：" if lang == "zh" else "Example:")
    assert max(columns(line) for line in prose.splitlines()) <= WIDTH
    assert code.id in text
    assert code.example
    bare = re.sub(r"\s+", "", text)
    # A hint may begin with the name that it proposes; on the page there is none.
    cure = Text(*(side.removeprefix("{nearest}") for side in code.hint))
    assert "：{nearest}" not in bare
    assert "Fix:{nearest}" not in bare
    for part in (code.title, code.explanation, code.message, cure, *(case.message for case in cases_of(code))):
        assert re.sub(r"\s+", "", part.get(lang)) in bare


def test_line_does_not_begin_with_a_stop() -> None:
    long = Code(
        "RULE999",
        Severity.NOTE,
        Text("题", "t"),
        Text("字" * 38 + "。", "m"),
        Text("h", "h"),
        Text("字" * 40 + "。", "e"),
    )
    assert not any(line.strip().startswith("。") for line in page(long, "zh").splitlines())


def test_every_area_of_codes_has_a_heading() -> None:
    assert {area_of(code) for code in ALL_CODES.values()} == set(AREAS)


def test_markdown_has_a_row_and_a_section_for_every_code() -> None:
    text = render_markdown(ALL_CODES.values())
    for code in ALL_CODES:
        assert f"[{code}](#{code.lower()})" in text
        assert text.count(f"\n### {code}\n") == 1


def test_markup_in_messages_is_inert() -> None:
    code = Code("RULE999", Severity.NOTE, Text("a|b", "a*b"), Text("<b>", "x_y"), Text("h", "h"), Text("e", "e"))
    text = render_markdown([code])
    assert r"a\|b" in text
    assert r"\<b>" in text
    assert r"x\_y" in text


def test_page_is_written_to_a_file_or_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "diagnostics.md"
    assert main([str(target)]) == 0
    assert main([]) == 0
    assert target.read_text(encoding="utf-8") == capsys.readouterr().out == render_markdown(ALL_CODES.values())


def test_documentation_is_current(root: Path) -> None:
    written = (root / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    assert written == render_markdown(ALL_CODES.values()), (
        "run: python -m ipstrong.diagnostics.pages docs/diagnostics.md"
    )


def test_a_merged_code_leads_to_the_code_that_it_is_part_of(capsys: pytest.CaptureFixture[str]) -> None:
    for former, case in MERGED.items():
        assert former not in ALL_CODES
        assert case.id in ALL_CODES
        assert case.severity is ALL_CODES[case.id].severity
    assert command_line(["rule", "data002", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("DATA001  file cannot be opened  [error]\n")
    assert "Another case (formerly DATA002):\nSays:\n    '{path}' is a folder\n" in shown
