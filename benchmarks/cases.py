"""What is measured: each case names its commands and turns their medians into rows with a bound."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.measure import Command, Sample

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PLAN = str(HERE / "plan.yaml")
N_TARGETS = 9
"""Targets of `plan.yaml` that a number decides; a test holds it against the file."""
N_REGIONS = 3000
N_WORKBOOKS = 1000
_DONE = (0, 1)  # 1: a target is missed, or a finding is an error; the work was done either way


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    measured: float
    floor: float | None
    unit: str
    ratio: float
    """Measured over floor, or the measured figure itself where `floor` is None."""
    bound: float | None
    """The ratio that must not be passed; None where there is nothing to hold."""

    @property
    def holds(self) -> bool | None:
        """Whether the bound is kept; None where there is none."""
        return None if self.bound is None else self.ratio <= self.bound


@dataclass(frozen=True, slots=True)
class Case:
    """A group of commands that are run in turn, and the rows made of their medians."""

    name: str
    title: str
    inputs: tuple[str, ...]
    """Names of `inputs.WRITERS`."""
    commands: Callable[[Path, bool], list[Command]]
    """From the folder of the inputs and whether the run is a quick one."""
    rows: Callable[[Mapping[str, Sample]], list[Row]]
    rounds: int
    """Runs of each command after the warming one; a quick run takes one."""


def _ipstrong(name: str, *arguments: str) -> Command:
    script = shutil.which("ipstrong", path=str(Path(sys.executable).parent))
    start = (script,) if script else (sys.executable, "-m", "ipstrong")
    return Command(name, (*start, *arguments), _DONE)


def _python(name: str, code: str) -> Command:
    return Command(name, (sys.executable, "-c", code))


def _floor(name: str, script: str, *arguments: str) -> Command:
    return Command(name, (sys.executable, str(HERE / "floors" / script), *arguments))


def _frictionless(name: str, *arguments: str) -> Command:
    return Command(
        name, (sys.executable, "-m", "frictionless", "validate", "--trusted", *arguments), _DONE, is_peer=True
    )


def _peer(name: str, script: str, *arguments: str) -> Command:
    return replace(_floor(name, script, *arguments), is_peer=True)


def _time(what: str, taken: Mapping[str, Sample], name: str, floor: str, bound: float | None) -> Row:
    left, right = taken[name].seconds, taken[floor].seconds
    return Row(what, left, right, "s", left / right, bound)


def _memory(what: str, taken: Mapping[str, Sample], name: str, floor: str, bound: float | None) -> Row:
    left, right = taken[name].peak_mib, taken[floor].peak_mib
    return Row(what, left, right, "MiB", left / right, bound)


IMPORT_ALL = "import typer, pydantic, yaml, rich, polars, python_calamine"


def _startup_commands(_folder: Path, _quick: bool) -> list[Command]:
    return [_ipstrong("help", "--help"), _python("floor", "import typer")]


def _startup_rows(taken: Mapping[str, Sample]) -> list[Row]:
    return [
        _time("`ipstrong --help` : `import typer`", taken, "help", "floor", 1.6),
        _memory("the same, peak memory", taken, "help", "floor", None),
    ]


def _check_commands(_folder: Path, _quick: bool) -> list[Command]:
    return [_ipstrong("check", "check", str(ROOT / "data" / "shenzhen.xlsx")), _python("floor", IMPORT_ALL)]


def _check_rows(taken: Mapping[str, Sample]) -> list[Row]:
    return [
        _time("`ipstrong check data/shenzhen.xlsx` : only the imports", taken, "check", "floor", 2),
        _memory("the same, peak memory", taken, "check", "floor", 2),
    ]


def _csv_commands(folder: Path, quick: bool) -> list[Command]:
    path = str(folder / "long.csv")
    commands = [
        _ipstrong("check", "check", path, "--plan", PLAN, "--format", "csv"),
        _floor("floor", "group_csv.py", path),
        _peer("pandas", "pandas_csv.py", path),
    ]
    return commands if quick else [*commands, _frictionless("frictionless", path)]


def _csv_rows(taken: Mapping[str, Sample]) -> list[Row]:
    rows = [
        _time("990,000-row CSV, one region scored : bare Polars reads and groups", taken, "check", "floor", 3),
        _memory("the same, peak memory", taken, "check", "floor", 2),
        _time("the same : pandas reads and groups", taken, "check", "pandas", None),
    ]
    if "frictionless" in taken:
        rows.append(_time("the same : `frictionless validate`", taken, "check", "frictionless", None))
    return rows


def _xlsx_commands(folder: Path, quick: bool) -> list[Command]:
    path = str(folder / "large.xlsx")
    commands = [
        _ipstrong("check", "check", path, "--plan", PLAN, "--format", "csv"),
        _ipstrong("validate", "validate", path, "--plan", PLAN, "--format", "csv"),
        _floor("floor", "read_sheet.py", path),
    ]
    if quick:
        return commands
    return [*commands, _peer("pandas", "pandas_excel.py", path), _frictionless("frictionless", path)]


def _xlsx_rows(taken: Mapping[str, Sample]) -> list[Row]:
    rows = [
        _time("200,000-row workbook, one region scored : bare calamine reads it", taken, "check", "floor", 1.6),
        _memory("the same, peak memory", taken, "check", "floor", 2),
        _time("200,000-row workbook, `validate` : bare calamine reads it", taken, "validate", "floor", 1.8),
        _memory("the same, peak memory", taken, "validate", "floor", None),
    ]
    for peer, shown in (("pandas", "pandas + openpyxl reads it"), ("frictionless", "`frictionless validate`")):
        if peer in taken:
            rows.append(_time(f"the same, `check` : {shown}", taken, "check", peer, None))
            rows.append(_time(f"the same, `validate` : {shown}", taken, "validate", peer, None))
    return rows


def _regions_commands(folder: Path, _quick: bool) -> list[Command]:
    arguments = ("check", str(folder / "long.csv"), "--plan", PLAN, "--format", "csv")
    return [_ipstrong("one", *arguments), _ipstrong("all", *arguments, "--region", "all")]


def _regions_rows(taken: Mapping[str, Sample]) -> list[Row]:
    added = taken["all"].seconds - taken["one"].seconds
    each = added / (N_REGIONS * N_TARGETS) * 1e6
    return [
        Row(f"all {N_REGIONS} regions, for each region and target beyond the first", each, None, "µs", each, 40),
        Row("all regions : one region, wall time", taken["all"].seconds, taken["one"].seconds, "s",
            taken["all"].seconds / taken["one"].seconds, None),
        _memory("the same, peak memory", taken, "all", "one", None),
    ]  # fmt: skip


def _many_commands(folder: Path, quick: bool) -> list[Command]:
    paths = sorted(str(path) for path in (folder / "workbooks").glob("*.xlsx"))
    validate = ("validate", "--plan", str(folder / "workbooks" / "plan.yaml"), "--format", "csv")
    commands = [
        _ipstrong("validate", *validate, *paths),
        _ipstrong("tenth", *validate, *paths[: N_WORKBOOKS // 10]),
        _ipstrong("one", *validate, paths[0]),
        _floor("floor", "read_sheet.py", *paths),
        # the plan that names few of the counties: a warning for each of the others
        _ipstrong("warned", "validate", "--plan", PLAN, "--format", "csv", *paths),
        _ipstrong("one-warned", "validate", "--plan", PLAN, "--format", "csv", paths[0]),
    ]
    if quick:
        return commands
    return [
        *commands,
        _peer("pandas", "pandas_excel.py", *paths),
        _peer("frictionless", "frictionless_many.py", *paths),
    ]


def _many_rows(taken: Mapping[str, Sample]) -> list[Row]:
    # The bound of two applies beyond the start-up, which is what the same command takes for a single workbook.
    beyond = taken["validate"].seconds - taken["one"].seconds
    warned = taken["warned"].seconds - taken["one-warned"].seconds
    floor = taken["floor"].seconds
    rows = [
        Row(
            "1,000 workbooks, `validate`, beyond one : bare calamine reads them", beyond, floor, "s", beyond / floor, 2
        ),
        _time("the same, start-up included", taken, "validate", "floor", None),
        Row("1,000 workbooks, nearly each with a warning", warned, floor, "s", warned / floor, None),
        _memory("1,000 workbooks : 100 workbooks, peak memory", taken, "validate", "tenth", 1.25),
    ]
    for peer, shown in (("pandas", "pandas + openpyxl reads them"), ("frictionless", "frictionless, one process")):
        if peer in taken:
            rows.append(_time(f"1,000 workbooks, `validate` : {shown}", taken, "validate", peer, None))
    return rows


CASES = (
    Case("startup", "Start-up", (), _startup_commands, _startup_rows, 15),
    Case("check", "The shipped data", (), _check_commands, _check_rows, 11),
    Case("csv", "A national panel in CSV", ("long.csv",), _csv_commands, _csv_rows, 5),
    Case("xlsx", "A large workbook", ("large.xlsx",), _xlsx_commands, _xlsx_rows, 7),
    Case("regions", "Every region scored", ("long.csv",), _regions_commands, _regions_rows, 5),
    Case("many", "A thousand submissions", ("workbooks",), _many_commands, _many_rows, 9),
)
