"""Measure ipstrong against the bare libraries: `python benchmarks/run.py [--quick] [--only NAME]`.

Inputs are written to a temporary folder. Every command runs in a process of its own, in turn with the floors it is held
against, once to warm the caches and then several times; medians are compared within one run only. Prints a Markdown
table; exits with 1 when a bound is passed.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.cases import CASES, Case, Row
from benchmarks.measure import CommandFailedError, run_interleaved

PACKAGES = ("ipstrong", "polars", "python-calamine", "typer", "pydantic", "frictionless", "pandas", "openpyxl")


def _machine() -> str:
    """Return cores, memory, system and versions in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    versions = []
    for package in PACKAGES:
        try:
            versions.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            versions.append(f"{package} absent")
    return (
        f"{cores} cores, {memory:.0f} GiB memory, {platform.system()} {platform.machine()}, "
        f"CPython {platform.python_version()}; {', '.join(versions)}"
    )


def _write_inputs(folder: Path, cases: list[Case]) -> None:
    writer = Path(__file__).resolve().parent / "inputs.py"
    for name in sorted({name for case in cases for name in case.inputs}):
        print(f"writing {name}", file=sys.stderr)
        subprocess.run([sys.executable, str(writer), str(folder), name], check=True)


def _cells(row: Row) -> str:
    verdict = {None: "", True: "holds", False: "**MISSED**"}[row.holds]
    bound = "" if row.bound is None else f"{row.bound:g}"
    if row.floor is None:
        return f"| {row.what} | {row.measured:.1f} {row.unit} | | {row.ratio:.1f} | {bound} | {verdict} |"
    digits = 3 if row.unit == "s" else 0
    return (
        f"| {row.what} | {row.measured:.{digits}f} {row.unit} | {row.floor:.{digits}f} {row.unit} "
        f"| {row.ratio:.2f} | {bound} | {verdict} |"
    )


def main() -> int:
    """Run the cases asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round each, slow peers left out")
    parser.add_argument("--only", action="append", choices=[case.name for case in CASES], help="may be repeated")
    options = parser.parse_args()
    cases = [case for case in CASES if not options.only or case.name in options.only]
    missed = 0
    with tempfile.TemporaryDirectory(prefix="ipstrong-bench-") as name:
        folder = Path(name)
        _write_inputs(folder, cases)
        print(f"Machine: {_machine()}\n")
        print("| what | measured | against | ratio | bound | |\n| --- | ---: | ---: | ---: | ---: | --- |")
        for case in cases:
            print(f"measuring {case.name}: {case.title}", file=sys.stderr)
            rounds = 1 if options.quick else case.rounds
            try:
                taken = run_interleaved(case.commands(folder, options.quick), rounds, folder)
            except CommandFailedError as error:
                print(error, file=sys.stderr)
                print(f"| {case.title}: not measured, a command failed | | | | | **FAILED** |", flush=True)
                missed += 1
                continue
            for row in case.rows(taken):
                missed += row.holds is False
                print(_cells(row), flush=True)
    print(f"\n{missed} bounds missed or not measured.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
