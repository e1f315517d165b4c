"""Run commands in fresh processes and take wall time and peak memory of each.

The runner itself stays small (no Polars, no Excel library): Linux counts the memory of the process that starts a
command into that command's peak, so a fat runner would hide what is measured.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ENVIRONMENT = {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": "120"}
"""What every measured process sees on top of the caller's environment, floors included."""


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of the measured processes.

    Modules are compiled once and kept, in a folder of the run, as an installation keeps them; whoever has told Python not
    to write them would measure the compiler.
    """
    given = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**given, **ENVIRONMENT, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


class Sample(NamedTuple):
    """One run of a command."""

    seconds: float
    """Wall time from start to exit."""
    peak_mib: float
    """Largest resident set, in MiB."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something to run."""

    name: str
    argv: tuple[str, ...]
    codes: tuple[int, ...] = (0,)
    """Exit codes that count as having done the work."""
    is_peer: bool = False
    """Whether it is measured for comparison only: once, in the last round, for peers take a hundred times as long."""


class CommandFailedError(Exception):
    """A measured command ended with an exit code that its case does not expect."""


def run_once(command: Command, cwd: Path) -> Sample:
    """Run `command` in a process of its own; its output is thrown away, its errors are shown if it fails."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command.argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            cwd=cwd,
            env=environment(cwd),
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in command.codes:
            errors.seek(0)
            tail = errors.read().decode(errors="replace")[-2000:]
            raise CommandFailedError(
                f"{command.name}: exit code {process.returncode}\n{' '.join(command.argv[:12])}\n{tail}"
            )
    return Sample(seconds, usage.ru_maxrss / 1024)


def run_interleaved(commands: Sequence[Command], rounds: int, cwd: Path) -> dict[str, Sample]:
    """Run all commands in turn, `rounds` times after one round to warm the caches, and take medians.

    Taking turns lets a slow minute of the machine fall on all of them alike. Peers run in the last round alone.
    """
    samples: dict[str, list[Sample]] = {command.name: [] for command in commands}
    for number in range(rounds + 1):
        for command in commands:
            if command.is_peer and number < rounds:
                continue
            sample = run_once(command, cwd)
            if number:
                samples[command.name].append(sample)
    return {
        name: Sample(
            statistics.median(sample.seconds for sample in taken),
            statistics.median(sample.peak_mib for sample in taken),
        )
        for name, taken in samples.items()
    }
