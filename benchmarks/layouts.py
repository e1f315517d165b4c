"""Five layouts at 10,000 and 20,000 rows: time and memory must grow in proportion to rows.

`python benchmarks/layouts.py` writes the tables to a temporary folder, reads each in a process of its own and prints a Markdown
table; it exits with 1 when 20,000 rows take more than 2.3x of 10,000.
"""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROWS = 10_000
BOUND = 2.3
ROUNDS = 3
Cells = list[str]


def _value(row: int, column: int = 0) -> str:
    return str((row * 7919 + column * 104_729) % 90_000 + 10_000)


def long(n_rows: int) -> Iterator[Cells]:
    """Yield one observation a row."""
    yield ["地区", "指标", "年份", "数值", "单位"]
    for row in range(n_rows):
        yield [
            f"样本县{row // 20:04d}",
            "发明专利授权量" if row % 2 else "商标注册量",
            str(2010 + row % 20 // 2),
            _value(row),
            "件",
        ]


def wide(n_rows: int) -> Iterator[Cells]:
    """Yield regions down and years across."""
    yield ["地区", *(f"{year}年" for year in range(2012, 2020))]
    for row in range(n_rows):
        yield [f"样本县{row:05d}", *(_value(row, column) for column in range(8))]


def periods_down(n_rows: int) -> Iterator[Cells]:
    """Yield days down and indicators across."""
    yield ["日期", "专利申请量(件)", "专利授权量(件)", "商标申请量(件)"]
    first = dt.date(1960, 1, 1)
    for row in range(n_rows):
        yield [(first + dt.timedelta(days=row)).isoformat(), *(_value(row, column) for column in range(3))]


def side_by_side(n_rows: int) -> Iterator[Cells]:
    """Yield two tables next to each other."""
    heading = ["地区", "2018年", "2019年"]
    yield [*heading, "", *heading]
    for row in range(n_rows):
        left, right = f"样本县{row:05d}", f"样本区{row:05d}"
        yield [left, _value(row), _value(row, 1), "", right, _value(row, 2), _value(row, 3)]


def grouped(n_rows: int) -> Iterator[Cells]:
    """Yield a heading row over each group of nine rows."""
    yield ["指标", "单位", "2018年", "2019年"]
    for row in range(n_rows):
        if row % 10 == 0:
            yield [f"样本县{row // 10:04d}", "", "", ""]
        else:
            yield [f"　指标{row % 10}", "件", _value(row), _value(row, 1)]


LAYOUTS: dict[str, Callable[[int], Iterator[Cells]]] = {
    "long": long,
    "wide": wide,
    "periods down": periods_down,
    "two side by side": side_by_side,
    "grouped blocks": grouped,
}

_READ = """
import resource, sys, time
from ipstrong.pipeline import read_data
read_data([sys.argv[1]])  # loads the libraries
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
read = read_data([sys.argv[2]])
seconds, peak = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(seconds, (peak - before) / 1024, len(read.frame))
"""


def write(path: Path, layout: str, n_rows: int) -> str:
    """Write a layout as CSV; return the path."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(LAYOUTS[layout](n_rows))
    return str(path)


def measure(warm: str, path: str) -> tuple[float, float, int]:
    """Return CPU seconds and peak MiB of reading a file in a fresh process, beyond a small one, and how many values it has."""
    runs = []
    for _ in range(ROUNDS):
        done = subprocess.run([sys.executable, "-c", _READ, warm, path], capture_output=True, text=True, check=True)
        runs.append(tuple(map(float, done.stdout.split())))
    return min(run[0] for run in runs), min(run[1] for run in runs), int(runs[0][2])


def main() -> int:
    """Measure all layouts and print the table."""
    missed = 0
    print(
        "| layout | rows | values | seconds | MiB | time | memory |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    )
    with tempfile.TemporaryDirectory(prefix="ipstrong-layouts-") as name:
        for layout in LAYOUTS:
            warm = write(Path(name) / "warm.csv", layout, 20)
            taken = []
            for n_rows in (ROWS, 2 * ROWS):
                taken.append(measure(warm, write(Path(name) / "table.csv", layout, n_rows)))
                seconds, peak, n_values = taken[-1]
                growth = "| | |"
                if len(taken) == 2:
                    ratios = [taken[1][index] / max(taken[0][index], 1e-3) for index in (0, 1)]
                    missed += sum(ratio > BOUND for ratio in ratios)
                    growth = f"| {ratios[0]:.2f}x | {ratios[1]:.2f}x |"
                print(f"| {layout} | {n_rows:,} | {n_values:,} | {seconds:.2f} | {peak:.0f} {growth}", flush=True)
    print(f"\n{missed} of {2 * len(LAYOUTS)} ratios above {BOUND}.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
