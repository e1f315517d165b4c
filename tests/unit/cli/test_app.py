"""The outermost layer: what ends a run, and in which language it is said."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from ipstrong import __version__, pipeline
from ipstrong.cli import language
from ipstrong.cli.app import app, main
from ipstrong.cli.language import translate
from ipstrong.texts import Lang


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG", "IPSTRONG_LANG", "GITHUB_ACTIONS", "IPSTRONG_DEBUG"):
        monkeypatch.delenv(variable, raising=False)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"ipstrong {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "a.csv", "--width", "wide"], "'--width': a whole number is needed"),
        (["check", "a.csv", "--width", "9"], "'--width': 40 or more is needed"),
        (["check", "a.csv", "--width", "9", "--lang", "zh"], "'--width' 至少为 40"),
        (["check", "a.csv", "-o", ""], "'--output' / '-o': a file name is needed, it is empty"),
        (["validate", "a.csv", "-o", "a.json", "-o", " ", "--lang", "zh"], "'--output' / '-o' 需要文件名，不能为空"),
        (["inspect", "a.csv", "--output="], "a file name is needed"),
        (["compare", "a.csv", "b.csv", "-o", ""], "a file name is needed"),
        (["template", "-o", ""], "a file name is needed"),
        (["validate", "a.csv", "--marked", ""], "'--marked': a file name is needed"),
        (["validate", "a.csv", "--handed-in", ""], "--handed-in: '' is not a full date"),
        (["validate", "a.csv", "--handed-in", "2021"], "'2021' is not a full date"),
        (["validate", "a.csv", "--today", "2021-13-01", "--lang", "zh"], "--today 的“2021-13-01”不是完整的日期"),
    ],
)
def test_a_wrong_command_line_is_one_located_complaint(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert any(code in captured.err for code in ("RUN009", "RUN006", "RUN006"))
    assert "Traceback" not in captured.err


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (["chek"], "No such command 'chek'. Did you mean 'check'?", "没有命令 'chek'；是不是 'check'？"),
        (["plan", "nope"], "No such command 'nope'", "没有命令 'nope'"),
        (["check"], "Missing argument 'DATA'", "缺少参数 'DATA'"),
        (["template"], "Missing option '--output' / '-o'", "缺少选项 '--output' / '-o'"),
        (["rule", "a", "b", "c"], "Got unexpected extra argument(s) (b c)", "多余的参数：b c"),
        (["check", "a.csv", "--nope", "x"], "No such option: --nope", "没有选项 --nope"),
        (
            ["check", "--pln"],
            "No such option: --pln (Possible options: --lang, --plan)",
            "没有选项 --pln；是不是 --lang, --plan？",
        ),
        (["check", "a.csv", "-o"], "Option '-o' requires an argument", "选项 -o 需要一个值"),
        (
            ["validate", "a.csv", "--fail-on", "x"],
            "Invalid value for '--fail-on': 'x' is not one of 'error', 'warning', 'never'",
            "'--fail-on' 的值 'x' 不对，可用的有：error、warning、never",
        ),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_complaints_about_the_command_line_are_in_both_languages(
    arguments: list[str],
    english: str,
    chinese: str,
    lang: Lang,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("IPSTRONG_LANG", lang)
    assert main(arguments) == 2
    first = capsys.readouterr().err.splitlines()[0]
    assert first == (f"ipstrong: error RUN009 {english}" if lang == "en" else f"ipstrong: 错误 RUN009 {chinese}")


@pytest.mark.parametrize(
    ("lang", "promised", "not_promised"),
    [
        ("en", "The workbook to write", ("repeatable); the suffix", "all for every")),
        ("zh", "要写的工作簿", ("后缀决定", "all 为")),
    ],
)
def test_the_help_of_template_promises_what_it_does(
    lang: str, promised: str, not_promised: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["template", "--help", "--lang", lang]) == 0
    said = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert promised in said
    assert not any(words in said for words in not_promised)


def test_no_arguments_show_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "Commands:" in "".join(capsys.readouterr())


def _raise(error: BaseException) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_a_defect_is_said_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pipeline, "read_plan", _raise(RuntimeError("broken\nin two lines")))
    assert main(["targets"]) == 3
    captured = capsys.readouterr()
    assert "RUN008" in captured.err
    assert "RuntimeError: broken in two lines" in captured.err
    assert "Traceback" not in captured.err


def test_a_defect_shows_its_traceback_only_when_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pipeline, "read_plan", _raise(RuntimeError("broken")))
    monkeypatch.setenv("IPSTRONG_DEBUG", "1")
    assert main(["targets"]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupt_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "read_plan", _raise(KeyboardInterrupt()))
    assert main(["targets"]) == 130


def test_completion_knows_the_commands(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("_IPSTRONG_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "ipstrong te")
    monkeypatch.setenv("COMP_CWORD", "1")
    with pytest.raises(SystemExit):
        main([])
    assert capsys.readouterr().out.split() == ["template"]


def _helps(command: Any) -> list[str]:
    own = [command.help or "", *(getattr(parameter, "help", None) or "" for parameter in command.params)]
    return own + [text for child in getattr(command, "commands", {}).values() for text in _helps(child)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_help_text_speaks_the_language(lang: Lang) -> None:
    command = typer.main.get_command(app)
    translate(command, lang)
    library = re.compile(r"completion|^Show this message")
    texts = [text for text in _helps(command) if text and not library.search(text)]
    assert len(texts) > 40
    for text in texts:
        assert bool(re.search("[\u4e00-\u9fff]", text)) == (lang == "zh"), text


def test_the_compiled_catalogue_says_what_its_source_says() -> None:
    folder = Path(language.__file__).with_name("locale") / "zh" / "LC_MESSAGES"
    source = (folder / "ipstrong.po").read_text(encoding="utf-8")
    entries = dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', source, flags=re.MULTILINE))
    with (folder / "ipstrong.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    assert len(entries) == source.count("\nmsgid ") - 1
    assert {english: catalogue.gettext(english) for english in entries} == entries


def test_a_chinese_help_page_has_no_english_headings(capsys: pytest.CaptureFixture[str]) -> None:
    for page in (["--help"], ["check", "--help"], ["plan", "lint", "--help"]):
        assert main([*page, "--lang", "zh"]) == 0
        chinese = capsys.readouterr().out
        assert main([*page, "--lang", "en"]) == 0
        english = capsys.readouterr().out
        for words in ("Usage: ", "[OPTIONS]", "Options:", "this message and exit"):
            assert words in english
            assert words not in chinese
        assert chinese.startswith("用法：ipstrong")
        assert "\n选项:\n" in chinese


def test_a_comparison_with_a_file_that_was_not_read_says_only_that(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Every figure of the other file would look removed, or added.
    good = tmp_path / "good.csv"
    good.write_text("指标,2019年,2020年\n年末常住人口,1,2\n", encoding="utf-8")
    for pair in (["card.json", str(good)], [str(good), "card.JSON"]):
        assert main(["compare", *pair]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert f"error RUN046 this is a scorecard (JSON), while the other file '{good}' is data" in captured.err
        assert "both must be data, or both scorecards" in captured.err
    report = tmp_path / "changes.json"
    for pair in (["missing.csv", str(good)], [str(good), "missing.csv"]):
        assert main(["compare", *pair, "-o", str(report)]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert "missing.csv: error DATA001" in captured.err
        assert not report.exists()
