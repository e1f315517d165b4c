"""The benchmark measures what it says: the right work, in fresh processes, held against the issue's bounds. Nothing is timed here."""

from __future__ import annotations

import csv
import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from ipstrong import load_plan


@pytest.fixture
def bench(root: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Import modules of `benchmarks/` by name, as `run.py` does."""
    monkeypatch.syspath_prepend(str(root))

    def load(name: str) -> ModuleType:
        return importlib.import_module(f"benchmarks.{name}")

    return load


def test_long_csv_has_the_rows_of_the_bound(bench: Any) -> None:
    inputs = bench("inputs")
    assert inputs.N_REGIONS * len(inputs.INDICATORS) * (len(inputs.YEARS) + len(inputs.MONTHS)) == 990_000
    assert (len(inputs.YEARS), len(inputs.MONTHS)) == (10, 56)
    rows = list(inputs._long_rows(2, inputs.YEARS, inputs.MONTHS))
    assert len(rows) == 2 * 5 * 66
    assert len({tuple(row[:3]) for row in rows}) == len(rows)  # no series has a period twice


def test_inputs_are_the_same_every_time(bench: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = bench("inputs")
    monkeypatch.setattr(inputs, "N_REGIONS", 3)
    contents = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        inputs.write_long_csv(folder)
        contents.append((folder / "long.csv").read_bytes())
    assert contents[0] == contents[1]
    rows = list(csv.reader(contents[0].decode().splitlines()))
    assert rows[0] == ["地区", "指标", "时期", "数值", "单位"]
    assert rows[1][:3] == ["样本县0000", "有效发明专利拥有量", "2014"]


def test_workbooks_hold_forty_cells(bench: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    inputs = bench("inputs")
    monkeypatch.setattr(inputs, "N_WORKBOOKS", 1)
    inputs.write_workbooks(tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "workbooks" / "0000.xlsx").active
    values = [cell for row in sheet.iter_rows(min_row=3, min_col=3, values_only=True) for cell in row]
    assert len(values) == 40
    assert all(isinstance(value, int | float) for value in values)


def test_the_plan_of_the_workbooks_names_every_county_that_hands_in(bench: Any, tmp_path: Path) -> None:
    inputs = bench("inputs")
    path = tmp_path / "plan.yaml"
    path.write_text(inputs.plan_naming(30), encoding="utf-8")
    plan = load_plan(path)
    assert [region.name.zh for region in plan.regions] == [inputs.region_name(number) for number in range(30)]
    assert len(plan.targets) == bench("cases").N_TARGETS


def test_cost_per_target_divides_by_the_targets_of_the_plan(bench: Any, root: Path) -> None:
    cases, inputs = bench("cases"), bench("inputs")
    plan = yaml.safe_load((root / "benchmarks" / "plan.yaml").read_text(encoding="utf-8"))
    assert len(plan["targets"]) == cases.N_TARGETS
    assert {target["measure"] for target in plan["targets"]} == {
        "level", "every_year", "cumulative", "average_growth", "rank", "range",
    }  # fmt: skip
    assert (cases.N_REGIONS, cases.N_WORKBOOKS) == (inputs.N_REGIONS, inputs.N_WORKBOOKS)
    observed = [indicator["name"]["zh"] for indicator in plan["indicators"] if "ratio" not in indicator]
    assert observed == [label for label, *_ in inputs.INDICATORS]


MEASURE = """
import sys
from pathlib import Path
from benchmarks.measure import Command, run_interleaved
small = Command("small", (sys.executable, "-c", "pass"))
large = Command("large", (sys.executable, "-c", "b = bytearray(200 * 2**20)"))
for sample in run_interleaved([small, large], 1, Path(sys.argv[1])).values():
    print(sample.seconds, sample.peak_mib)
"""


def test_a_process_of_its_own_is_measured(root: Path, tmp_path: Path) -> None:
    # Started from a small process, as run.py is: the memory of the starting process counts into that of the started.
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path)], cwd=root, capture_output=True, text=True, check=True
    )
    small, large = ([float(number) for number in line.split()] for line in done.stdout.splitlines())
    assert 185 < large[1] - small[1] < 215  # the child touches 200 MiB
    assert small[0] > 0
    assert small[1] < 60


def test_a_command_that_fails_is_no_result(bench: Any, tmp_path: Path) -> None:
    measure = bench("measure")
    broken = measure.Command("broken", (sys.executable, "-c", "import sys; sys.exit('no such thing')"), (0, 2))
    with pytest.raises(measure.CommandFailedError, match=r"exit code 1(?s:.*)no such thing"):
        measure.run_once(broken, tmp_path)


def test_bounds_are_those_of_the_issue(bench: Any) -> None:
    cases, measure = bench("cases"), bench("measure")
    second = measure.Sample(1.0, 100.0)
    names = ("help", "check", "floor", "one", "all", "validate", "tenth", "pandas", "warned", "one-warned")
    taken = dict.fromkeys(names, second)
    bounds = [row.bound for case in cases.CASES for row in case.rows(taken) if row.bound is not None]
    assert bounds == [1.6, 2, 2, 3, 2, 1.6, 2, 1.8, 40, 2, 1.25]


def test_a_bound_that_is_passed_is_reported(bench: Any) -> None:
    cases, measure = bench("cases"), bench("measure")
    csv_case = next(case for case in cases.CASES if case.name == "csv")
    taken = {
        "check": measure.Sample(6.2, 300.0),
        "floor": measure.Sample(2.0, 150.0),
        "pandas": measure.Sample(3.1, 400.0),
    }
    time, memory, side = csv_case.rows(taken)
    assert (time.ratio, time.holds) == (pytest.approx(3.1), False)
    assert (memory.ratio, memory.holds) == (2.0, True)
    assert side.holds is None


def test_regions_cost_is_the_difference_over_regions_and_targets(bench: Any) -> None:
    cases, measure = bench("cases"), bench("measure")
    regions = next(case for case in cases.CASES if case.name == "regions")
    taken = {"one": measure.Sample(1.0, 1.0), "all": measure.Sample(2.08, 1.0)}
    cost, *_ = regions.rows(taken)
    assert cost.ratio == pytest.approx(40.0)  # 1.08 s / (3,000 x 9) = 40 µs
    assert cost.unit == "µs"
