"""Measure ipstrong against the bare libraries: `python benchmarks/run.py [--peers] [--quick] [--only NAME]`.

Inputs are written to a temporary folder. Every command runs in a process of its own, in turn with the floor it is compared
with, once to warm the caches and then several times; medians are compared within one run only, so that a slow minute of the
machine falls on both. Prints the Markdown table of `docs/performance.md`; exits with 1 when a bound is exceeded.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import layouts
from benchmarks.inputs import N_REGIONS, N_WORKBOOKS, PLAN

ROOT = Path(__file__).resolve().parent.parent
N_TARGETS = 9
"""Targets of `plan.yaml` that a number decides."""
PACKAGES = ("ipstrong", "polars", "python-calamine", "typer", "pydantic", "openpyxl", "pandas", "frictionless")
IMPORTS = "import typer, pydantic, yaml, rich, polars, python_calamine"
READ_SHEETS = """import sys; from python_calamine import CalamineWorkbook
for path in sys.argv[1:]:
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names: book.get_sheet_by_name(name).to_python()"""
GROUP_CSV = """import sys, polars as pl
pl.read_csv(sys.argv[1]).group_by("地区", "指标").agg(pl.col("数值").sum(), pl.col("时期").max(), pl.len())"""
PANDAS_CSV = """import sys, pandas as pd
pd.read_csv(sys.argv[1]).groupby(["地区", "指标"]).agg({"数值": "sum", "时期": "max"})"""
PANDAS_EXCEL = 'import sys, pandas as pd\nfor path in sys.argv[1:]: pd.read_excel(path, engine="openpyxl")'
FRICTIONLESS = """import sys; from frictionless import Resource, system
with system.use_context(trusted=True):
    for path in sys.argv[1:]: Resource(path=path).validate()"""
ENVIRONMENT = {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": "120"}
"""What every measured process sees on top of the caller's environment, floors included."""

Command = tuple[str, ...]


class Sample(NamedTuple):
    """A run of a command, or the median of several."""

    seconds: float
    """Wall time from start to exit."""
    peak_mib: float
    """Largest resident set."""
    cpu_seconds: float
    """Of all its threads; unlike wall time it hardly depends on what else runs."""

    def __str__(self) -> str:
        """Return both figures as the table shows them."""
        return f"{self.seconds:.3f} s, {self.peak_mib:.0f} MiB"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    measured: str
    floor: str
    ratio: float
    """Measured over floor, or the cost in the unit of the bound."""
    bound: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the bound, if there is one, is kept."""
        return self.bound is None or self.ratio <= self.bound

    def __str__(self) -> str:
        """Return the line in Markdown."""
        verdict = "" if self.bound is None else "holds" if self.holds else "**exceeded**"
        bound = "" if self.bound is None else f"{self.bound:g}"
        return f"| {self.what} | {self.measured} | {self.floor} | {self.ratio:.2f} | {bound} | {verdict} |"


class Bench(NamedTuple):
    """What a case needs to run."""

    folder: Path
    """Of the inputs."""
    rounds: int
    with_peers: bool

    def run(self, command: Command) -> Sample:
        """Run a command in a process of its own; its output is thrown away, its errors are shown if it fails."""
        # Modules are compiled once and kept, as in an installation, in a folder of the run.
        given = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = {**given, **ENVIRONMENT, "PYTHONPYCACHEPREFIX": str(self.folder / "compiled")}
        with tempfile.TemporaryFile() as errors:
            start = time.perf_counter()
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors, cwd=ROOT, env=environment
            )
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            # 1 of ipstrong: a target is missed, or a finding is an error; the work was done.
            if process.returncode not in ({0} if command[1] == "-c" else {0, 1}):
                errors.seek(0)
                raise RuntimeError(f"{' '.join(command[:8])}: exit code {process.returncode}\n{errors.read().decode()}")
        return Sample(seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)

    def medians(self, *commands: Command) -> list[Sample]:
        """Run all commands in turn, after one round to warm the caches, and return the median of each."""
        rounds = [[self.run(command) for command in commands] for _ in range(self.rounds + 1)][1:]
        return [Sample(*map(statistics.median, zip(*samples, strict=True))) for samples in zip(*rounds, strict=True)]

    def inputs(self, name: str) -> Path:
        """Return an input file or folder, written when it is first asked for."""
        if not (self.folder / name).exists():
            subprocess.run([sys.executable, ROOT / "benchmarks" / "inputs.py", self.folder, name], check=True)
        return self.folder / name

    def peers(self, what: str, own: Sample, *peers: tuple[str, str], paths: tuple[str, ...]) -> Iterator[Row]:
        """Run other programs once and yield how ipstrong compares."""
        for name, code in peers if self.with_peers else ():
            if find_spec(name.split()[0]) is None:
                print(f"{name.split()[0]} is not installed", file=sys.stderr)
                continue
            taken = self.run(python(code, *paths))
            yield Row(f"{what} : {name}", str(own), str(taken), own.seconds / taken.seconds)


def ipstrong(*arguments: str) -> Command:
    """Return the command line of the installed program."""
    script = shutil.which("ipstrong", path=str(Path(sys.executable).parent))
    return (*((script,) if script else (sys.executable, "-m", "ipstrong")), *arguments)


def python(code: str, *arguments: str) -> Command:
    """Return the command line of a script."""
    return (sys.executable, "-c", code, *arguments)


def against(what: str, taken: Sample, floor: Sample, bound: float) -> Row:
    """Return the row of a time compared with that of the bare libraries."""
    return Row(what, str(taken), str(floor), taken.seconds / floor.seconds, bound)


def office(bench: Bench) -> Iterator[Row]:
    """An office workbook takes little more than importing the libraries."""
    taken, floor = bench.medians(ipstrong("check", str(ROOT / "data" / "shenzhen.xlsx")), python(IMPORTS))
    yield against("`check data/shenzhen.xlsx` : importing the libraries", taken, floor, 2.2)


def xlsx(bench: Bench) -> Iterator[Row]:
    """A large workbook is read in a small multiple of what the bare reader takes."""
    path = str(bench.inputs("large.xlsx"))
    what = "`check`, 200,000 rows of xlsx"
    taken, floor = bench.medians(
        ipstrong("check", path, "--plan", str(PLAN), "--format", "csv"), python(READ_SHEETS, path)
    )
    yield against(f"{what} : bare calamine reads them", taken, floor, 3)
    peers = (("pandas with openpyxl reads them", PANDAS_EXCEL), ("frictionless validates them", FRICTIONLESS))
    yield from bench.peers(what, taken, *peers, paths=(path,))


def csv(bench: Bench) -> Iterator[Row]:
    """A long text file is read in a small multiple of what Polars takes."""
    path = str(bench.inputs("long.csv"))
    what = "`check`, 990,000 rows of CSV"
    taken, floor = bench.medians(
        ipstrong("check", path, "--plan", str(PLAN), "--format", "csv"), python(GROUP_CSV, path)
    )
    yield against(f"{what} : bare Polars reads and groups them", taken, floor, 3)
    peers = (("pandas reads and groups them", PANDAS_CSV), ("frictionless validates them", FRICTIONLESS))
    yield from bench.peers(what, taken, *peers, paths=(path,))


def workbooks(bench: Bench) -> Iterator[Row]:
    """A further small workbook costs little: the difference of 1,000 and 100."""
    folder = bench.inputs("workbooks")
    paths = tuple(sorted(str(path) for path in folder.glob("*.xlsx")))
    validate = ipstrong("validate", "--plan", str(folder / "plan.yaml"), "--format", "csv")
    n_few = N_WORKBOOKS // 10
    many, few = bench.medians((*validate, *paths), (*validate, *paths[:n_few]))
    each = (many.seconds - few.seconds) / (N_WORKBOOKS - n_few) * 1e3
    yield Row("`validate`, each further small workbook, ms (1,000 against 100)", str(many), str(few), each, 6)
    peers = (("pandas with openpyxl reads them", PANDAS_EXCEL), ("frictionless validates them", FRICTIONLESS))
    yield from bench.peers("`validate`, 1,000 small workbooks", many, *peers, paths=paths)


def regions(bench: Bench) -> Iterator[Row]:
    """A region and target costs little: the difference of 3,000 regions and one."""
    check = ipstrong("check", str(bench.inputs("long.csv")), "--plan", str(PLAN), "--format", "csv")
    every, one = bench.medians((*check, "--region", "all"), check)
    each = (every.cpu_seconds - one.cpu_seconds) / ((N_REGIONS - 1) * N_TARGETS) * 1e6
    yield Row("`check`, each region and target, µs of CPU (3,000 regions against 1)", str(every), str(one), each, 120)


def growth(bench: Bench) -> Iterator[Row]:
    """Time and memory grow in proportion to rows, whatever the layout."""
    for layout in layouts.LAYOUTS:
        warm = layouts.write(bench.folder / "warm.csv", layout, 20)
        half, whole = (
            layouts.measure(warm, layouts.write(bench.folder / "table.csv", layout, n_rows))[:2]
            for n_rows in (layouts.ROWS, 2 * layouts.ROWS)
        )
        for what, unit, less, more in zip(("time", "memory"), ("s", "MiB"), half, whole, strict=True):
            name = f"{layout}, 20,000 rows : 10,000 rows, {what}"
            yield Row(name, f"{more:.2f} {unit}", f"{less:.2f} {unit}", more / max(less, 1e-3), layouts.BOUND)


CASES: dict[str, tuple[Callable[[Bench], Iterator[Row]], int]] = {
    "office": (office, 11),
    "xlsx": (xlsx, 5),
    "csv": (csv, 5),
    "workbooks": (workbooks, 3),
    "regions": (regions, 3),
    "layouts": (growth, 1),
}
"""What is measured, and the rounds of each command."""


def machine() -> str:
    """Return cores, memory, system and versions in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    installed = {each.metadata["Name"].lower(): each.version for each in metadata.distributions()}
    versions = ", ".join(f"{name} {installed[name]}" for name in PACKAGES if name in installed)
    return (
        f"{len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB memory, {platform.system()} {platform.machine()}, "
        f"CPython {platform.python_version()}; {versions}"
    )


def main() -> int:
    """Run the cases asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", action="store_true", help="run pandas and frictionless too, once each")
    parser.add_argument("--quick", action="store_true", help="one round of each command")
    parser.add_argument("--only", action="append", choices=list(CASES), help="may be repeated")
    options = parser.parse_args()
    exceeded = 0
    print(f"Machine: {machine()}\n\n| what | measured | against | ratio | bound | |")
    print("| --- | ---: | ---: | ---: | ---: | --- |", flush=True)
    with tempfile.TemporaryDirectory(prefix="ipstrong-bench-") as folder:
        for name in options.only or CASES:
            case, rounds = CASES[name]
            for row in case(Bench(Path(folder), 1 if options.quick else rounds, options.peers)):
                exceeded += not row.holds
                print(row, flush=True)
    print(f"\n{exceeded} bounds exceeded.")
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main())
