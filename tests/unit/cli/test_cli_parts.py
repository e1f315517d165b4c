"""Language, exit codes and writing, without a command."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from builders import make_finding, make_result, make_scorecard
from ipstrong.cli.exits import Exit, FailOn, check_exit
from ipstrong.cli.language import choose_language
from ipstrong.cli.output import for_log, refuse_overwriting, suffix_format, write_file, write_files
from ipstrong.diagnostics import IpstrongError
from ipstrong.model.result import Status
from ipstrong.texts import Text


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "zh"),
        ([], {"IPSTRONG_LANG": "en", "LANG": "zh_CN"}, "en"),
        (["check", "--lang", "zh"], {"LANG": "en_US"}, "zh"),
        (["--lang=en", "check"], {"LANG": "zh_CN"}, "en"),
        (["check", "--lang"], {"LANG": "zh_CN"}, "en"),
        (["--lang=zh", "check", "--lang=en"], {"LANG": "zh_CN"}, "en"),
        (["check", "--lang", "en", "--lang", "zh"], {}, "zh"),
    ],
)
def test_language(arguments: list[str], environment: dict[str, str], lang: str) -> None:
    assert choose_language(arguments, environment) == lang


@pytest.mark.parametrize(
    ("status", "failing"),
    [
        (Status.MET, set()),
        (Status.ON_TRACK, set()),
        (Status.NOT_DUE, set()),
        (Status.MANUAL, set()),
        (Status.MISSED, {"missed", "behind", "uncertain", "no_data"}),
        (Status.BEHIND, {"behind", "uncertain", "no_data"}),
        (Status.UNCERTAIN, {"uncertain", "no_data"}),
        (Status.NO_DATA, {"no_data"}),
    ],
)
@pytest.mark.parametrize("fail_on", ["missed", "behind", "uncertain", "no_data", "never"])
def test_what_fails_a_check(status: Status, failing: set[str], fail_on: FailOn) -> None:
    card = make_scorecard([make_result(status=status)])
    assert check_exit(card, fail_on) == (Exit.FAILED if fail_on in failing else Exit.DONE)


def test_an_error_always_counts() -> None:
    card = make_scorecard([make_result(status=Status.MET)], findings=(make_finding(),))
    assert card.findings[0].severity.value == "error"
    assert check_exit(card, "never") == Exit.FAILED


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old")
    target.chmod(0o640)
    write_file(str(target), "新")
    assert target.read_text(encoding="utf-8") == "新"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    link.symlink_to(real)
    write_file(str(link), b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.parametrize("name", ["missing/out.txt", ".", "bad\0name"])
def test_what_cannot_be_written_says_so_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    with pytest.raises(IpstrongError) as caught:
        write_file(str(tmp_path / name), "text")
    assert caught.value.findings[0].code.id == "RUN001"
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_is_an_input_is_refused_under_any_name(tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    data.write_text("x")
    alias = tmp_path / "alias.csv"
    os.link(data, alias)
    refuse_overwriting([str(tmp_path / "other.csv")], [str(data), "-"])
    for path in (data, alias, tmp_path / "." / "data.csv"):
        with pytest.raises(IpstrongError) as caught:
            refuse_overwriting([str(path)], [str(data)])
        assert caught.value.findings[0].code.id == "RUN001"


def test_the_suffix_decides_the_format() -> None:
    known = {".xlsx": "xlsx", ".md": "md"}
    assert suffix_format("a/B.XLSX", known) == "xlsx"
    for path in ("scorecard.pdf", "scorecard", ".xlsx"):
        with pytest.raises(IpstrongError) as caught:
            suffix_format(path, known)
        assert caught.value.findings[0].code.id == "RUN002"


def test_a_name_without_a_format_says_why(tmp_path: Path) -> None:
    (tmp_path / "cards.d").mkdir()
    for path, zh, en in (
        (str(tmp_path), "这是文件夹，", "this is a folder; "),
        (str(tmp_path / "cards.d"), "这是文件夹，", "this is a folder; "),
        (str(tmp_path / "card"), "文件名没有后缀", "the name has no suffix"),
        (str(tmp_path / "card.PDF"), "后缀 '.pdf' 不对应", "no format belongs to the suffix '.pdf'"),
    ):
        with pytest.raises(IpstrongError) as caught:
            suffix_format(path, {".md": "md"})
        [finding] = caught.value.findings
        assert finding.message("zh").startswith(f"看不出输出格式：{zh}")
        assert finding.message("en").startswith(f"output format unknown: {en}")
        assert ".md" in finding.hint("en")


def test_a_missing_folder_is_told_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(IpstrongError) as caught:
        write_file(str(tmp_path / "missing" / "a.csv"), "a")
    assert caught.value.findings[0].params["reason"] == Text("没有这个文件或文件夹", "no such file or folder")


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("::error::pwn", "：error::pwn"),
        ("  ::add-mask::x", "  ：add-mask::x"),
        ("\x1b[1m::set-output name=x::y", "\x1b[1m：set-output name=x::y"),
        ("a ##[error]b ##[debug]c", "a ##(error]b ##(debug]c"),
        ("data.xlsx[专利!D7]: error::x", "data.xlsx[专利!D7]: error::x"),
    ],
)
def test_a_log_of_github_actions_obeys_no_text_of_the_data(
    line: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The runner trims a line before it looks for `::`, and finds `##[` anywhere (actions/runner, ActionCommand.cs).
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert for_log(f"first\n{line}\n") == f"first\n{shown}\n"
    monkeypatch.delenv("GITHUB_ACTIONS")
    assert for_log(line) == line


@pytest.mark.parametrize("name", ["json", "sarif", "gitlab"])
def test_json_in_a_log_of_github_actions_says_the_same_without_commands(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {"label": "::error::a ##[error]b \\##[x"}
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    shown = for_log(json.dumps(data, indent=1), name)
    assert json.loads(shown) == data
    assert "##[" not in shown
    assert not any(line.lstrip().startswith("::") for line in shown.split("\n"))


def test_xml_in_a_log_of_github_actions_says_the_same_without_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    document = '<a b="##[error]x">first\n  ::error::y\nz ##[debug]</a>'
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    shown = for_log(document, "junit")
    assert "##[" not in shown
    assert not any(line.lstrip().startswith("::") for line in shown.split("\n"))
    before, after = ET.fromstring(document), ET.fromstring(shown)
    assert (after.text, after.attrib) == (before.text, before.attrib)
    assert for_log("<a/>", "junit") == "<a/>"


def test_csv_is_never_changed_for_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert for_log("::error::a,##[error]", "csv") == "::error::a,##[error]"


def test_several_files_are_written_all_or_none(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "missing" / "bad.txt"
    good.write_text("old", encoding="utf-8")
    with pytest.raises(IpstrongError) as caught:
        write_files([(str(good), "new"), (str(bad), "new")])
    assert caught.value.findings[0].location.path == str(bad)
    assert good.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [good]
    write_files([(str(good), "new"), (str(tmp_path / "other.txt"), b"too")])
    assert (good.read_text(encoding="utf-8"), (tmp_path / "other.txt").read_bytes()) == ("new", b"too")


@pytest.mark.skipif(os.name != "posix", reason="needs a shell that can close a stream")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_run_with_a_closed_stream_ends_without_a_traceback(closed: str) -> None:
    command = f'"{sys.executable}" -m ipstrong rules --lang en {closed}'
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (done.stdout == "") == closed.startswith(">")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_under_standard_output_is_reported() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ipstrong", "rules", "--lang", "en"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("ipstrong: error RUN001 cannot write the output: ")
    assert "Exception ignored" not in done.stderr
