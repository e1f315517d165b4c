"""The pages of the codes: complete, in both languages, within eighty columns."""

from __future__ import annotations

import re
import unicodedata

import pytest

from ipstrong.cli.app import main as command_line
from ipstrong.diagnostics import Code, Severity
from ipstrong.diagnostics.codes.all_codes import ALL_CODES, MERGED
from ipstrong.reports.subjects.codes import PAGE_WIDTH, cases_of, page_of
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
    assert page_of(CODE, "en") == (
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
    lines = page_of(CODE, "zh").splitlines()
    assert lines[0] == "RULE999  题目  [警告]"
    # Ten times 因为一。 are eighty columns.
    assert lines[2:5] == ["因为一。" * 10] * 3
    assert "提示：" in lines


@pytest.mark.parametrize("lang", LANGS)
def test_pages_fit_a_terminal_and_say_everything(lang: Lang) -> None:
    for code in ALL_CODES.values():
        assert_complete(page_of(code, lang), code, lang)


def assert_complete(text: str, code: Code, lang: Lang) -> None:
    prose, _, _ = text.partition("例：" if lang == "zh" else "Example:")
    assert max(columns(line) for line in prose.splitlines()) <= PAGE_WIDTH
    assert code.id in text
    assert code.example
    bare = re.sub(r"\s+", "", text)
    # A hint may begin with the name that it proposes; on the page there is none.
    fix = Text(*(side.removeprefix("{nearest}") for side in code.hint))
    assert "：{nearest}" not in bare
    assert "Fix:{nearest}" not in bare
    for part in (code.title, code.explanation, code.message, fix, *(case.message for case in cases_of(code))):
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
    assert not any(line.strip().startswith("。") for line in page_of(long, "zh").splitlines())


def test_a_merged_code_leads_to_the_code_that_it_is_part_of(capsys: pytest.CaptureFixture[str]) -> None:
    for former, case in MERGED.items():
        assert former not in ALL_CODES
        assert case.id in ALL_CODES
        assert case.severity is ALL_CODES[case.id].severity
    assert command_line(["rule", "data002", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("DATA001  file cannot be opened  [error]\n")
    assert "Another case (formerly DATA002):\nSays:\n    '{path}' is a folder\n" in shown
