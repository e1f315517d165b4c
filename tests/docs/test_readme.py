"""Runs the commands of the README and of `docs/` and compares what they print.

In a ```console block a line that begins with `$ ipstrong` is run from the top of the repository; the lines below it are
its output, standard output before standard error. A line `...` stands for any lines. A command that is followed by
`# exit N` has to end with that code, any other with 0.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from ipstrong.cli.app import main

PAGES = ("README.md", "docs/ci.md", "docs/reading.md", "examples/README.md")
_EXIT = re.compile(r"\s+#\s*exit (\d+)\s*$")


class Example(NamedTuple):
    page: str
    line: int
    command: str
    output: str
    code: int


def examples_of(page: str, root: Path) -> list[Example]:
    found: list[Example] = []
    path = root / page
    if not path.is_file():
        return found
    inside = False
    command, start, code = "", 0, 0
    output: list[str] = []

    def close() -> None:
        if command:
            found.append(Example(page, start, command, "\n".join(output).rstrip(), code))

    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            if inside:
                close()
            command, output = "", []
            inside = line == "```console"
        elif inside and line.startswith("$ "):
            close()
            said = _EXIT.search(line)
            command, start, output = _EXIT.sub("", line[2:]), number, []
            code = int(said[1]) if said else 0
        elif inside:
            output.append(line)
    return found


ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = [example for page in PAGES for example in examples_of(page, ROOT) if example.command.startswith("ipstrong ")]


def matches(expected: str, found: str) -> bool:
    """Return whether `found` is `expected`, where a line `...` stands for any lines."""
    pattern = r"\n".join(r"(?:.*\n)*?.*" if line == "..." else re.escape(line) for line in expected.split("\n"))
    return re.fullmatch(pattern, found) is not None


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the commands read, so that what they write stays out of the repository."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("data", "examples"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "targets.yaml", folder)
    return folder


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.page}:{example.line}")
def test_command_prints_what_the_page_says(
    example: Example, copy: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(copy)
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG", "IPSTRONG_LANG", "GITHUB_ACTIONS", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    code = main(shlex.split(example.command)[1:])
    captured = capfd.readouterr()
    lines = [line.rstrip() for line in (captured.out + captured.err).rstrip().splitlines()]
    found = "\n".join(lines)
    assert matches(example.output, found), f"{example.command}\n--- found ---\n{found}"
    assert code == example.code


def test_the_readme_shows_commands() -> None:
    assert sum(example.page == "README.md" for example in EXAMPLES) >= 5


def test_the_readme_opens_with_the_two_commands(root: Path) -> None:
    lines = (root / "README.md").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines[:25] if line.startswith("python3 -m venv")]
    assert len(commands) == 2
    assert "check data/shenzhen.xlsx" in commands[0]
    assert "pytest" in commands[1]


def test_the_python_example_prints_a_number_or_a_sentence_for_every_target(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(copy)
    [code] = re.findall(
        r"^```python\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    exec(compile(code, "README.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 29
    # 2021: 198,031 valid invention patents of 130,000 that target 4 asks for
    assert lines[3] == "4 met 68031.00"
    assert lines[1] == "2 no_data no peer has data"
    assert not any("(" in line for line in lines)
