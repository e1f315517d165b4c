"""Whatever the figures are, results in short say what the results in full say: verdicts, reasons, numbers, places."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as D  # noqa: N817 - tables of numbers read better
from itertools import product
from random import Random
from typing import Any
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import HOME, HOME_NAME, make_convention, make_file, make_indicator, make_plan, make_target, unit
from datasets import SCHEMA, cell
from ipstrong.model.dataset import Dataset
from ipstrong.model.lines import Block, Lines
from ipstrong.model.plan import Comparator, Mean, MeasureKind, Nature, Plan, Ratio, Region, RegionKind, Target
from ipstrong.model.result import Line, Reason, Result, Scorecard, Status
from ipstrong.reports.csv_lines import LineWriter
from ipstrong.scoring import score
from ipstrong.scoring.lines import line_of
from ipstrong.texts import Text, same

PEERS = ("peer-1", "peer-2", "peer-3")
NATION = "nation"
OTHERS = ("甲", "乙,丙", "丁")
REGIONS = (HOME, *PEERS, NATION, *OTHERS)
YEARS = range(2017, 2022)

PEOPLE = make_indicator("people", name=Text("人口", "People"), unit=unit("万人"), nature=Nature.STOCK)
STAFF = make_indicator("staff", name=Text("职工", "Staff"), unit=unit("人"), nature=Nature.STOCK)
PLANTED = make_indicator("planted", name=Text("当年植树", "Planted"), unit=unit("株"), nature=Nature.FLOW)
RATE = make_indicator("rate", name=Text("成活率", "Survival"), unit=unit("%"), nature=Nature.RATE)
PLACE = make_indicator("place", name=Text("位次", "Place"), unit=unit("位"), nature=Nature.RANK)


def derived(indicator_id: str, text: str, ratio: Ratio) -> object:
    return make_indicator(indicator_id, name=same(indicator_id), unit=unit(text), nature=Nature.RATE, ratio=ratio)


PER_10K = derived("per-10k", "株/万人", Ratio(("trees",), ("people", "staff"), D(1)))
LAGGED = derived("lagged", "%", Ratio(("trees",), ("trees",), D(100), lag=1))
SHARE = derived("share", "%", Ratio(("trees",), ("trees",), D(100), denominator_region=NATION))
NESTED = derived("nested", "%", Ratio(("per-10k",), ("people",), D(1)))
INDICATORS = (make_indicator(), PEOPLE, STAFF, PLANTED, RATE, PLACE, PER_10K, LAGGED, SHARE, NESTED)


def targets() -> list[Target]:
    """Every measure with every way in which it is judged."""
    growth, less = MeasureKind.AVERAGE_GROWTH, Comparator.LE
    mean = {name: make_convention(name, base_year=None, mean=Mean(name)) for name in ("geometric", "arithmetic")}
    fields: list[dict[str, Any]] = [
        {},
        {"comparator": less, "value": D(95)},
        {"deadline": 2023, "value": D(130)},
        {"comparator": less, "deadline": 2023, "value": D(80)},
        {"value": D(0)},
        {"value": D(-5)},
        {"conventions": (make_convention("b18", base_year=2018), make_convention("b19", base_year=2019))},
        *({"indicator": name, "value": D(100)} for name in ("per-10k", "lagged", "share", "nested")),
        {"indicator": "per-10k", "value": D(2), "deadline": 2023},
        {
            "indicator": "per-10k",
            "conventions": (
                make_convention("same", base_year=None, lag=0),
                make_convention("before", base_year=None, lag=1),
                make_convention("published", base_year=None, reported=True),
                make_convention("computed", base_year=None, reported=False),
            ),
        },
        {"measure": MeasureKind.EVERY_YEAR, "value": D(100)},
        {"measure": MeasureKind.EVERY_YEAR, "value": D(110), "comparator": less, "deadline": 2023},
        {"measure": MeasureKind.EVERY_YEAR, "indicator": "per-10k", "value": D(1)},
        {"measure": MeasureKind.CUMULATIVE, "indicator": "planted", "value": D(300)},
        {"measure": MeasureKind.CUMULATIVE, "indicator": "planted", "value": D(600), "deadline": 2023},
        {"measure": MeasureKind.CUMULATIVE, "value": D(120)},
        {"measure": growth, "value": D(5), "unit": unit("%")},
        {"measure": growth, "value": D(5), "unit": unit("%"), "deadline": 2023, "comparator": less},
        {"measure": growth, "value": D(5), "unit": unit("%"), "conventions": tuple(mean.values())},
        {"measure": growth, "value": D(5), "unit": unit("%"), "mean": Mean.ARITHMETIC, "indicator": "per-10k"},
        {"measure": growth, "value": D(5), "unit": unit("%"), "mean": Mean.CUMULATIVE},
        *(
            {
                "measure": MeasureKind.RANGE,
                "comparator": Comparator.BETWEEN,
                "indicator": "rate",
                "value": D(90),
                "upper": upper,
                "unit": unit("%"),
                "deadline": deadline,
            }
            for upper, deadline in product((D(100), D(91)), (2021, 2023))
        ),
        *(
            {
                "measure": MeasureKind.RANK,
                "comparator": less,
                "value": D(2),
                "peers": PEERS,
                "unit": unit("位"),
                "indicator": indicator,
                "reported_rank": reported,
                "deadline": deadline,
            }
            for indicator, reported, deadline in (
                ("trees", None, 2021), ("per-10k", None, 2021), ("trees", "place", 2023),
            )
        ),
        {"measure": MeasureKind.MANUAL, "indicator": None, "value": None, "comparator": None},
    ]  # fmt: skip
    return [make_target(f"t{number}", number, **each) for number, each in enumerate(fields, start=1)]


def make_regions() -> tuple[Region, ...]:
    kinds = {HOME: RegionKind.HOME, NATION: RegionKind.NATION}
    return tuple(
        Region(region, HOME_NAME if region == HOME else same(region), kinds.get(region, RegionKind.PEER), ())
        for region in (HOME, *PEERS, NATION)
    )


def plan_of_all() -> Plan:
    return make_plan(targets(), indicators=INDICATORS, regions=make_regions())


VALUES = (100.0, 110.0, 95.0, 91.0, 90.0, 100.5, 0.0, -3.0, 1.0, 1e-7, 99.99999, 130.0, 118.4, 87.25, 104.0)


def dataset_of(random: Random, holes: float, oddities: float) -> Dataset:
    """Return a panel; the shares of what is missing, and of what is hedged or printed rounded, are given."""
    rows: list[dict[str, object]] = []
    for indicator, region in product(("trees", "people", "staff", "planted", "rate", "place", "per-10k"), REGIONS):
        is_rare = indicator in {"place", "per-10k", "staff"}
        if random.random() < (0.7 if is_rare else holes):
            continue
        # Half the series grow, as series do; the others jump.
        size, rise = random.choice(VALUES), random.choice((1.0, 1.05, 1.1, 0.93))
        jumps = random.random() < 0.5
        for year in YEARS:
            if random.random() < holes / 3:
                continue
            value = random.choice(VALUES) if jumps else round(size * rise ** (year - 2017), 2)
            if indicator == "place":
                value = float(random.randint(1, 5))
            is_odd = random.random() < oddities
            extra = {
                "half_width": random.choice((0.0, 0.05, 0.5, 5.0)) if is_odd else 0.0,
                "bound": random.choice(("exact", "about", "at_least", "at_most")) if is_odd else "exact",
                "file": random.choice(("data.xlsx", "more.xlsx")) if is_odd else "data.xlsx",
            }
            rows.append(
                cell(f"S!{'ABCDE'[year - 2017]}{len(rows) + 1}", value, indicator=indicator, region=region,
                     period=str(year), **extra)
            )  # fmt: skip
    if rows and oddities:
        rows.append({**rows[0], "value": 7777.0, "row": 5000})  # the second of two values for a year
    rows.append(cell("S!Z9999", 3.0, indicator="trees", region=HOME, period="2021-06"))
    return Dataset(pl.DataFrame(rows, schema=SCHEMA), (make_file(),), (), ())


def scored(plan: Plan, data: Dataset, as_of: int) -> Scorecard:
    """Score every region in short, few as they are."""
    with patch("ipstrong.scoring.score._MANY", 0):
        return score(plan, data, as_of=dt.date(as_of, 12, 31), regions=())


EXACT = ("target", "region", "region_name", "status", "disputed", "reason", "target_value", "period")


def agree(line: Line, full: Line) -> None:
    where = (line.region, line.target.id, line.target.measure)
    for name in EXACT:
        assert getattr(line, name) == getattr(full, name), (where, name)
    if line.yoy is not None:
        assert line.yoy_in_points == full.yoy_in_points, where
    for name in set(Line._fields) - {*EXACT, "yoy_in_points", "places", "peers"}:
        short, exact = getattr(line, name), getattr(full, name)
        if short is None or exact is None:
            assert short is exact, (where, name, short, exact)
        else:
            assert short == pytest.approx(exact, rel=1e-9, abs=1e-11), (where, name)
    assert {*line.places, *line.peers} == {*full.places}, where


@settings(max_examples=20, deadline=None)
@given(
    st.integers(min_value=0, max_value=2**32),
    st.sampled_from([0.0, 0.1, 0.4]),
    st.sampled_from([0.0, 0.1]),
    st.sampled_from([2018, 2019, 2021, 2022]),
)
def test_short_and_full_agree(seed: int, holes: float, oddities: float, as_of: int) -> None:
    data = dataset_of(Random(seed), holes, oddities)
    card = scored(plan_of_all(), data, as_of)
    assert card.lines is not None
    assert len(card.lines) == len(card.results)
    for line, result in zip(card.lines, card.results, strict=True):
        agree(line, line_of(result))
    # A line written from columns is the line written by itself.
    writer = LineWriter()
    assert [*writer.texts(card.lines)] == [LineWriter().line(line) for line in card.lines]


def line_of_target(card: Scorecard, region: str, number: int) -> Line:
    assert card.lines is not None
    return card.lines[card.lines.regions.index(region) * len(card.plan.targets) + number - 1]


def test_a_derived_indicator_without_data_says_which_part_is_missing() -> None:
    rows = [
        cell("S!A1", 5.0, indicator="people", region="甲", period="2021"),
        cell("S!A2", 5.0, indicator="trees", region=HOME, period="2021"),
    ]
    data = Dataset(pl.DataFrame(rows, schema=SCHEMA), (make_file(),), (), ())
    card = scored(plan_of_all(), data, 2021)
    assert line_of_target(card, "甲", 1).reason is Reason.NO_DATA
    assert line_of_target(card, "甲", 8).reason is Reason.NO_NUMERATOR
    assert line_of_target(card, HOME, 8).reason is Reason.NO_DENOMINATOR


@pytest.mark.parametrize(("base", "reason"), [(0.0, Reason.BASE_IS_ZERO), (-4.0, Reason.BASE_IS_NEGATIVE)])
def test_growth_from_nothing_has_the_reason_that_the_full_result_gives(base: float, reason: Reason) -> None:
    rows = [
        cell("S!A1", base, indicator="trees", region="甲", period="2018"),
        cell("S!A2", 5.0, indicator="trees", region="甲", period="2021"),
    ]
    data = Dataset(pl.DataFrame(rows, schema=SCHEMA), (make_file(),), (), ())
    line = line_of_target(scored(plan_of_all(), data, 2021), "甲", 20)
    assert line.target.measure is MeasureKind.AVERAGE_GROWTH
    assert (line.status, line.reason, line.latest) == (Status.NO_DATA, reason, None)


def test_a_full_panel_needs_no_full_result(monkeypatch: pytest.MonkeyPatch) -> None:
    data = dataset_of(Random(3), 0.0, 0.0)
    growing = [
        cell("S!A1", 100.0 * 1.1 ** (year - 2017) + number, indicator="trees", region=region, period=str(year))
        for number, region in enumerate(REGIONS)
        for year in YEARS
    ]
    data = Dataset(pl.DataFrame(growing, schema=SCHEMA), data.files, (), ())
    made: list[object] = []

    def noted(result: Result) -> object:
        made.append(result)
        return line_of(result)

    monkeypatch.setattr("ipstrong.scoring.lines.line_of", noted)
    scored(make_plan([make_target(value=D(90))], regions=make_regions()), data, 2021)
    assert made == []


def test_lines_are_a_sequence_of_lines() -> None:
    target = make_target()
    block = Block(target, [Status.MET, Status.NO_DATA], Reason.NO_DATA, year=[2021, None], latest=[3.5, None])
    lines = Lines(["a", "b"], [same("A"), same("B")], [block, Block(target, [Status.MANUAL] * 2, Reason.MANUAL)])
    assert len(lines) == 4
    assert [line.region for line in lines] == ["a", "a", "b", "b"]
    assert lines[0].latest == 3.5
    assert lines[0].reason is None
    assert (lines[2].latest, lines[2].reason, lines[2].period) == (None, Reason.NO_DATA, None)
    assert lines[1:3] == [lines[1], lines[2]]
    assert lines.statuses() == {Status.MET, Status.NO_DATA, Status.MANUAL}
    assert lines == [*lines]
    assert lines != [lines[0]]
    with pytest.raises(IndexError):
        lines[4]


@pytest.mark.parametrize("as_of", [2018, 2021])
def test_a_name_that_needs_quoting_is_quoted_on_every_line(as_of: int) -> None:
    rows = [
        cell(
            f"A{number}",
            50.0 + year - 2017 + number,
            indicator="trees",
            region=region,
            period=str(year),
            file='a,"b.csv',
        )
        for number, region in enumerate(REGIONS, start=1)
        for year in YEARS
    ]
    frame = pl.DataFrame([{**row, "sheet": None} for row in rows], schema=SCHEMA)
    card = scored(plan_of_all(), Dataset(frame, (make_file(),), (), ()), as_of)
    assert card.lines is not None
    texts = [*LineWriter().texts(card.lines)]
    assert texts == [LineWriter().line(line) for line in card.lines]
    assert all('"a,""b.csv' in text for text, line in zip(texts, card.lines, strict=True) if line.places)
    assert any(line.places for line in card.lines)
