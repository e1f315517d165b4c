"""Runs every folder under `cases/` through the command line and compares stdout, stderr, exit code and written files.

A case is a folder with `command` (one command line, without `ipstrong`), its input files (`stdin` is typed in), and `expected/` holding `stdout`,
`stderr` and `exit`. To add a case, add a folder and run `UPDATE_CASES=1 pytest tests/acceptance`; then read what was written:
it is the promise. Files named in `expected/files/` must have been written with the same content.
"""

from __future__ import annotations

import io
import os
import shlex
import shutil
from pathlib import Path

import pytest

from ipstrong.cli.app import main

CASES = Path(__file__).parent / "cases"
UPDATE = bool(os.environ.get("UPDATE_CASES"))


def all_cases() -> list[str]:
    return sorted(path.parent.name for path in CASES.glob("*/command"))


@pytest.mark.parametrize("name", all_cases())
def test_case(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = tmp_path / "case"
    shutil.copytree(CASES / name, folder, ignore=shutil.ignore_patterns("expected"))
    monkeypatch.chdir(folder)
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG", "IPSTRONG_LANG", "GITHUB_ACTIONS", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    typed = folder / "stdin"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed.read_bytes() if typed.exists() else b"")))
    command = (folder / "command").read_text(encoding="utf-8")
    code = main(shlex.split(command, comments=True))
    captured = capfdbinary.readouterr()
    found = {"stdout": captured.out, "stderr": captured.err, "exit": f"{int(code)}\n".encode()}
    expected = CASES / name / "expected"
    if UPDATE:
        expected.mkdir(exist_ok=True)
        for part, content in found.items():
            (expected / part).write_bytes(content)
    for part, content in found.items():
        assert content.decode() == (expected / part).read_bytes().decode(), f"{name}: {part} differs"
    for path in (expected / "files").glob("*"):
        assert (folder / path.name).read_bytes() == path.read_bytes(), f"{name}: {path.name} differs"


def test_every_case_is_complete() -> None:
    for path in CASES.iterdir():
        assert (path / "command").is_file(), path.name
        assert {"stdout", "stderr", "exit"} <= {part.name for part in (path / "expected").iterdir()}, path.name
