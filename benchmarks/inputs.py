"""Write the benchmark's input files; the same files every time.

Run as a process of its own (`python benchmarks/inputs.py FOLDER NAME`), so that the runner stays small.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

INDICATORS = (
    # label, unit, first yearly value, growth a year, whether a year adds up from its months, decimals
    ("有效发明专利拥有量", "件", 4000, 1.09, False, 0),
    ("年末常住人口", "万人", 60, 1.01, False, 2),
    ("发明专利申请量", "件", 1200, 1.09, True, 0),
    ("行政执法办案量", "件", 120, 1.12, True, 0),
    ("抽检合格率", "%", 90, 1.0, False, 1),
)
N_REGIONS = 3000
N_WORKBOOKS = 1000
YEARS = tuple(range(2014, 2024))
MONTHS = tuple((2019 + number // 12, number % 12 + 1) for number in range(56))
HEADINGS = ("地区", "指标", "时期", "数值", "单位")
PLAN = Path(__file__).parent / "plan.yaml"
_SPREAD = 2_654_435_761  # Knuth's multiplier: spreads neighbouring numbers over 32 bits


def region_name(number: int) -> str:
    """Return the name of a made-up region."""
    return f"样本县{number:04d}"


def value(region: int, indicator: int, year: int, month: int = 0) -> str:
    """Return a printed value: it grows with the years and differs by region, as real series do."""
    _, unit, first, growth, adds_up, decimals = INDICATORS[indicator]
    noise = (region * 31 + indicator * 7 + year * 3 + month) * _SPREAD % 2**32 / 2**32
    if unit == "%":
        return f"{first + 8 * noise:.{decimals}f}"
    size = first * (1 + region % 97 / 20) * growth ** (year - YEARS[0] + month / 12) * (1 + 0.002 * noise)
    return f"{size / 12 if month and adds_up else size:.{decimals}f}"


def long_rows(n_regions: int, months: tuple[tuple[int, int], ...] = ()) -> Iterator[list[str]]:
    """Yield one observation a row: every indicator of every region, for all years and the months given."""
    for region in range(n_regions):
        name = region_name(region)
        for number, (label, unit, *_) in enumerate(INDICATORS):
            for year in YEARS:
                yield [name, label, str(year), value(region, number, year), unit]
            for year, month in months:
                yield [name, label, f"{year}-{month:02d}", value(region, number, year, month), unit]


def write_long_csv(folder: Path) -> None:
    """Write 990,000 rows: 3,000 regions, 5 indicators, 10 years and 56 months."""
    with (folder / "long.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        writer.writerows(long_rows(N_REGIONS, MONTHS))


def write_large_xlsx(folder: Path) -> None:
    """Write 200,000 rows in one sheet, numbers as numbers and texts in the shared table, as Excel saves them."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(folder / "large.xlsx")) as book:
        sheet = book.add_worksheet("数据")
        sheet.write_row(0, 0, HEADINGS)
        for row, (name, label, period, number, unit) in enumerate(long_rows(4000), start=1):
            sheet.write_row(row, 0, (name, label, int(period), float(number), unit))


def plan_naming(n_regions: int) -> str:
    """Return the benchmark's plan with so many counties, so that those who report are known to it."""
    before, _, rest = PLAN.read_text(encoding="utf-8").partition("regions:\n")
    lines = (
        f"  - {{id: county-{number:04d}, name: {{zh: {region_name(number)}, en: Sample county {number:04d}}}, "
        f"kind: {'peer' if number else 'home'}}}\n"
        for number in range(n_regions)
    )
    return f"{before}regions:\n{''.join(lines)}\nareas:{rest.partition('areas:')[2]}"


def write_workbooks(folder: Path) -> None:
    """Write 1,000 workbooks of 40 values, 5 indicators down, 8 years across, and a plan that names their counties."""
    import xlsxwriter

    target = folder / "workbooks"
    target.mkdir()
    (target / "plan.yaml").write_text(plan_naming(N_WORKBOOKS), encoding="utf-8")
    years = YEARS[-8:]
    for region in range(N_WORKBOOKS):
        with xlsxwriter.Workbook(str(target / f"{region:04d}.xlsx")) as book:
            sheet = book.add_worksheet(region_name(region))
            sheet.write(0, 0, f"{region_name(region)}主要指标")
            sheet.write_row(1, 0, ("指标", "单位", *(f"{year}年" for year in years)))
            for number, (label, unit, *_) in enumerate(INDICATORS):
                sheet.write_row(2 + number, 0, (label, unit, *(float(value(region, number, year)) for year in years)))


WRITERS: dict[str, Callable[[Path], None]] = {
    "long.csv": write_long_csv,
    "large.xlsx": write_large_xlsx,
    "workbooks": write_workbooks,
}

if __name__ == "__main__":
    WRITERS[sys.argv[2]](Path(sys.argv[1]))
