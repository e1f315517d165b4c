"""The benchmark measures what it says: the right work, in processes of their own, with the bounds. Nothing is timed here."""

from __future__ import annotations

import csv
import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from ipstrong import load_plan


@pytest.fixture
def inputs(root: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the module that writes the input files."""
    monkeypatch.syspath_prepend(str(root))
    return importlib.import_module("benchmarks.inputs")


@pytest.fixture
def bench(root: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the module that measures."""
    monkeypatch.syspath_prepend(str(root))
    return importlib.import_module("benchmarks.run")


def test_long_csv_has_the_rows_of_the_bound(inputs: Any) -> None:
    assert inputs.N_REGIONS * len(inputs.INDICATORS) * (len(inputs.YEARS) + len(inputs.MONTHS)) == 990_000
    rows = list(inputs.long_rows(2, inputs.MONTHS))
    assert len(rows) == 2 * 5 * 66
    assert len({tuple(row[:3]) for row in rows}) == len(rows)  # no series has a period twice


def test_inputs_are_the_same_every_time(inputs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "N_REGIONS", 3)
    contents = []
    for _ in range(2):
        inputs.write_long_csv(tmp_path)
        contents.append((tmp_path / "long.csv").read_bytes())
    assert contents[0] == contents[1]
    rows = list(csv.reader(contents[0].decode().splitlines()))
    assert rows[1][:3] == ["样本县0000", "有效发明专利拥有量", "2014"]


def test_workbooks_hold_forty_cells(inputs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setattr(inputs, "N_WORKBOOKS", 1)
    inputs.write_workbooks(tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "workbooks" / "0000.xlsx").active
    values = [cell for row in sheet.iter_rows(min_row=3, min_col=3, values_only=True) for cell in row]
    assert len(values) == 40
    assert all(isinstance(value, int | float) for value in values)


def test_plan_of_the_workbooks_names_every_county(inputs: Any, bench: Any, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(inputs.plan_naming(30), encoding="utf-8")
    plan = load_plan(path)
    assert [region.name.zh for region in plan.regions] == [inputs.region_name(number) for number in range(30)]
    assert len(plan.targets) == bench.N_TARGETS


def test_plan_observes_the_indicators_of_the_inputs_and_has_every_kind_of_target(inputs: Any) -> None:
    plan = yaml.safe_load(inputs.PLAN.read_text(encoding="utf-8"))
    assert {target["measure"] for target in plan["targets"]} == {
        "level", "every_year", "cumulative", "average_growth", "rank", "range",
    }  # fmt: skip
    observed = [indicator["name"]["zh"] for indicator in plan["indicators"] if "ratio" not in indicator]
    assert observed == [label for label, *_ in inputs.INDICATORS]


MEASURE = """
import sys
from pathlib import Path
from benchmarks.run import Bench, python
for sample in Bench(Path(sys.argv[1]), 1, False).medians(python("pass"), python("b = bytearray(200 * 2**20)")):
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
    broken = bench.python("import sys; print('no such thing', file=sys.stderr); sys.exit(1)")
    with pytest.raises(RuntimeError, match=r"exit code 1\n(?s:.*)no such thing"):
        bench.Bench(tmp_path, 1, with_peers=False).run(broken)


def test_a_peer_that_is_not_installed_is_left_out(
    bench: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    peers = bench.Bench(tmp_path, 1, with_peers=True).peers
    assert list(peers("rows", bench.Sample(1.0, 1.0, 1.0), ("no_such_program reads", "pass"), paths=())) == []
    assert "no_such_program is not installed" in capsys.readouterr().err
    (row,) = peers("rows", bench.Sample(1.0, 1.0, 1.0), ("json reads", "pass"), paths=())
    assert (row.what, row.bound) == ("rows : json reads", None)


SAMPLES = {
    "office": [(2.3, 90.0), (1.0, 50.0)],
    "xlsx": [(2.9, 90.0), (1.0, 50.0)],
    "csv": [(3.0, 90.0), (1.0, 50.0)],
    "workbooks": [(6.4, 90.0), (1.0, 50.0)],  # 5.4 s for 900 workbooks: 6 ms
    "regions": [(4.23892, 90.0), (1.0, 50.0)],  # 3.23892 s for 2,999 regions and 9 targets: 120 µs
}


def test_costs_are_compared_with_the_bounds(bench: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.Bench, "inputs", lambda _self, name: tmp_path / name)
    rows = {}
    for name, given in SAMPLES.items():
        samples = [bench.Sample(*sample, sample[0]) for sample in given]
        monkeypatch.setattr(bench.Bench, "medians", lambda *_, samples=samples: samples)
        (rows[name],) = bench.CASES[name][0](bench.Bench(tmp_path, 1, with_peers=False))
    assert {name: row.bound for name, row in rows.items()} == {
        "office": 2.2, "xlsx": 3, "csv": 3, "workbooks": 6, "regions": 120,
    }  # fmt: skip
    assert {name: round(row.ratio, 6) for name, row in rows.items()} == {
        "office": 2.3, "xlsx": 2.9, "csv": 3, "workbooks": 6, "regions": 120,
    }  # fmt: skip
    assert str(rows["office"]).endswith("| 2.30 | 2.2 | **exceeded** |")
    assert str(rows["csv"]).endswith("| 3.000 s, 90 MiB | 1.000 s, 50 MiB | 3.00 | 3 | holds |")


def test_layouts_are_compared_row_for_row(bench: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.layouts, "measure", lambda _warm, path: (Path(path).stat().st_size / 1e6, 3.0, 0))
    rows = list(bench.growth(bench.Bench(tmp_path, 1, with_peers=False)))
    assert len(rows) == 2 * 5
    assert {row.bound for row in rows} == {2.3}
    assert all(1.9 < row.ratio < 2.1 for row in rows[::2])  # twice the rows, twice the bytes
    assert all(row.ratio == 1 for row in rows[1::2])
