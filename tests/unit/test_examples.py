"""The examples give the verdicts that their data were made for, worked out by hand in the comments."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

import ipstrong
from ipstrong.model.result import Figure, Result

D = Decimal
ROOT = Path(__file__).resolve().parents[2]


@cache
def scored(example: str, as_of: str | None = None) -> dict[int, Result]:
    """Return the results of an example by the number of their targets."""
    folder = ROOT / "examples" / example
    own = folder / "targets.yaml"
    plan = ipstrong.load_plan(own if own.exists() else ROOT / "targets.yaml")
    files = sorted(path for path in folder.glob("fictional-*"))
    scorecard = ipstrong.check(plan, ipstrong.read_data(files, plan), as_of=as_of)
    assert as_of or scorecard.as_of == dt.date(plan.end_year, 12, 31)  # the latest period in the data
    return {result.target.number: result for result in scorecard.results}


def _value(result: Result) -> Decimal:
    assert isinstance(result.latest, Figure), result.reason
    return result.latest.value


@pytest.fixture(scope="module")
def shenzhen() -> dict[int, Result]:
    return scored("shenzhen-complete")


@pytest.fixture(scope="module")
def riverton() -> dict[int, Result]:
    return scored("riverton-water")


# number: status, disputed, value (None: compared below with a tolerance), and how it comes about
FINAL = {
    1: ("missed", True, D(2)),  # 88,200 behind Beijing's 140,300 and before Shanghai's 82,800; among the first three
    2: ("missed", True, D(2)),  # 45,100 behind Beijing's 63,300
    3: ("met", False, D(1)),  # 17,400 before Beijing's 8,300
    4: ("uncertain", False, D(130000)),  # 13.0万 is 129,500 to 130,500
    5: ("missed", True, None),  # 130,000 / 1,420.68 = 91.5; over the year before, 1,381.36, it is 94.1
    6: ("met", False, D(1456000)),
    7: ("met", True, D(3)),  # behind Beijing's 2,300,000 and Shanghai's 1,472,600; not first
    8: ("missed", False, D("9.9")),  # 170,280 / 1,720,000 = 9.9 % in 2020, the worst year
    9: ("met", True, D(20)),  # (1,728 / 1,000) ** (1/3) = 1.2 exactly; over 2019 (1,728 / 1,300) ** (1/2) = 1.153
    10: ("met", False, D(120)),  # 120, 135, 128: the worst year is just enough
    11: ("missed", False, D(9)),
    12: ("met", False, D(63)),
    13: ("missed", False, D(175)),
    14: ("met", False, D(6)),  # "6 or more" includes 6
    15: ("met", False, D(21)),  # 6 + 7 + 8
    16: ("uncertain", False, D(990)),  # 约990 is 980 to 1,000
    17: ("met", False, D(2)),
}


def test_every_target_with_a_number_is_filled(shenzhen: dict[int, Result]) -> None:
    filled = {number for number, result in shenzhen.items() if isinstance(result.latest, Figure)}
    assert filled == set(range(1, 18)) == set(FINAL)
    assert {result.status.value for number, result in shenzhen.items() if number > 17} == {"manual"}


def test_patents_per_10k_flips_with_the_year_of_the_population(shenzhen: dict[int, Result]) -> None:
    values = {
        reading.convention.id: reading.value.value
        for reading in shenzhen[5].readings
        if reading.convention and isinstance(reading.value, Figure)
    }
    assert values["same-year-end"].quantize(D("0.0001")) == D("91.5055")  # 130,000 / 1,420.68
    assert values["previous-year-end"].quantize(D("0.0001")) == D("94.1102")  # 130,000 / 1,381.36
    gap = shenzhen[5].gap
    assert isinstance(gap, Decimal)
    assert gap.quantize(D("0.0001")) == D("-1.4945")


def test_growth_reading_from_2019_falls_short(shenzhen: dict[int, Result]) -> None:
    readings = {reading.convention.id: reading for reading in shenzhen[9].readings if reading.convention}
    late = readings["geometric-2019"]
    assert isinstance(late.value, Figure)
    assert late.value.value.quantize(D("0.001")) == D("15.292")  # sqrt(1,728 / 1,300) = 1.152923…
    assert late.met is False
    mean = readings["arithmetic"].value
    assert isinstance(mean, Figure)
    # (30 + 16.9231 + 13.6842) / 3
    assert mean.value.quantize(D("0.001")) == D("20.202")


def test_interval_of_the_rounded_stock(shenzhen: dict[int, Result]) -> None:
    latest = shenzhen[4].latest
    assert isinstance(latest, Figure)
    assert (latest.low, latest.high) == (D(129500), D(130500))
    assert latest.observations[0].raw == "13.0万"
    assert latest.observations[0].file.endswith("fictional-shenzhen.xlsx")


def test_national_total_is_read_from_the_gb18030_file(shenzhen: dict[int, Result]) -> None:
    latest = shenzhen[8].latest
    assert isinstance(latest, Figure)
    assert {observation.raw for observation in latest.observations} >= {"170280", "1720000"}
    assert {Path(observation.file).suffix for observation in latest.observations} == {".xlsx", ".csv"}
    assert latest.period.year == 2020


# As of the end of 2020, two of three years gone: a straight line asks for 2/3 of the way, pace = done / (2/3).
AT_2020 = {
    1: ("behind", True),  # second with 82,000; Beijing 129,900
    2: ("behind", True),
    3: ("met", False),
    4: ("on_track", False),  # (122,000 - 104,000) / 26,000 = 0.692; pace 1.04
    5: ("on_track", False),  # 79.69 -> 88.32 of 93: 0.648; pace 0.973, not below 0.95
    6: ("on_track", False),  # 395,000 / 430,000
    7: ("met", True),  # second: Shanghai has 1,210,000; not first
    8: ("missed", False),  # 2020 is below 10 %: no later year mends "every year"
    9: ("on_track", True),  # (1,520 / 1,000) ** (1/2) = 23.3 %; over 2019 only 16.9 %
    10: ("on_track", False),  # both years enough, one to come
    11: ("behind", False),  # 5 / 8 = 0.625; pace 0.9375
    12: ("on_track", False),  # 22 / 30
    13: ("behind", False),  # 31 / 50 = 0.62; pace 0.93
    14: ("on_track", False),  # 2 / 3: exactly on the line
    15: ("on_track", False),  # 13 / 20 = 0.65; pace 0.975
    16: ("on_track", False),  # 260 / 380 = 0.684
    17: ("met", True),  # one base; by the reading that asks for two it is behind
}


def test_fictional_files_say_so(root: Path) -> None:
    import openpyxl

    folder = root / "examples" / "shenzhen-complete"
    assert all(path.name.startswith(("fictional-", "README")) for path in folder.iterdir())
    for sheet in openpyxl.load_workbook(folder / "fictional-shenzhen.xlsx").worksheets:
        assert sheet.title.startswith("虚构示例")
        assert str(sheet["A1"].value).startswith("虚构示例 FICTIONAL")
    nation = (folder / "fictional-nation-gb18030.csv").read_text(encoding="gb18030").splitlines()
    assert all(line.endswith("虚构示例") for line in nation[1:])
    assert (folder / "fictional-services-utf16.tsv").read_text(encoding="utf-16").startswith("虚构示例 FICTIONAL")


RIVERTON_FINAL = {
    1: ("missed", True, D("9.3")),  # 5,673 / 61,000 = 9.3 % is above 9; rounded to whole percents it is 9
    2: ("met", False, None),  # 37,500 / 838.2 = 44.74 m³; over the year before, 833.6, it is 44.99
    3: ("met", False, D(30)),  # 6,300 / 21,000 is exactly 30 %
    4: ("uncertain", False, D("99.5")),  # 2023 was printed as 99.5, which is 99.45 to 99.55
    5: ("missed", False, D("119.5")),  # 28.4 + 31.0 + 29.6 + 30.5
    6: ("met", False, D("72.5")),
    7: ("missed", True, None),  # (70,000 / 52,000) ** (1/4) = 1.0771; over 2022 (70,000 / 50,000) ** (1/3) = 1.1187
    8: ("missed", False, D(400)),  # "more than 400" by 2024 leaves 400 out; the 455 of 2025 come too late
    9: ("met", False, None),  # 3,420 / 83.82 = 40.80
    10: ("met", False, D(2)),  # 91.4 behind Stonebridge's 93.0, before Lakeford's 91.2
}


def test_riverton_values_that_are_no_round_numbers(riverton: dict[int, Result]) -> None:
    assert _value(riverton[2]).quantize(D("0.0001")) == D("44.7387")  # 37,500 / 838.2
    assert _value(riverton[7]).quantize(D("0.0001")) == D("7.7144")  # 1.346154 ** 0.25 = 1.077144
    assert _value(riverton[9]).quantize(D("0.0001")) == D("40.8017")  # 3,420 / 83.82


def test_riverton_direction_follows_the_comparator(riverton: dict[int, Result]) -> None:
    leakage = riverton[1]
    assert leakage.gap == D("-0.3")  # 9.3 against at most 9 is short, so the gap is negative
    assert riverton[2].gap is not None
    assert isinstance(riverton[2].gap, Decimal)
    assert riverton[2].gap > 0


def test_riverton_says_how_many_peers_had_data(riverton: dict[int, Result]) -> None:
    notes = " ".join(note.en for note in riverton[10].notes)
    assert "4 of 5 peers" in notes  # Milltown has `..` for 2025


# Three of four years gone; Riverton's own thresholds are 0.90 and 0.50.
RIVERTON_2024 = {
    1: ("behind", False),  # 12 -> 10 of 9: 2/3; pace 0.889, below 0.90
    2: ("on_track", False),  # 48.5 -> 45.71 of 45: 0.799; pace 1.06
    3: ("on_track", False),  # 20 -> 28 of 30: 0.8; pace 1.07
    4: ("uncertain", False),
    5: ("on_track", False),  # 89.0 / 120 = 0.742; pace 0.989
    6: ("behind", False),  # 55 -> 58 of 60: 0.6; pace 0.8
    7: ("behind", True),  # (63 / 52) ** (1/3) = 1.066; over 2022 1.1225
    8: ("missed", False),  # due this year
    9: ("on_track", False),  # 15.0 -> 34.8 of 40: 0.79; pace 1.06
    10: ("behind", False),  # third
}


@pytest.mark.parametrize(
    ("example", "as_of", "expected"),
    [
        ("shenzhen-complete", None, FINAL),
        ("shenzhen-complete", "2020", AT_2020),
        ("riverton-water", None, RIVERTON_FINAL),
        ("riverton-water", "2024", RIVERTON_2024),
    ],
)
def test_verdicts(example: str, as_of: str | None, expected: dict[int, tuple[object, ...]]) -> None:
    results = scored(example, as_of)
    found = {number: (results[number].status.value, results[number].disputed) for number in expected}
    assert found == {number: verdict[:2] for number, verdict in expected.items()}
    values = {number: verdict[2] for number, verdict in expected.items() if verdict[2:] and verdict[2] is not None}
    assert {number: _value(results[number]) for number in values} == values
