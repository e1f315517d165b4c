"""Many regions are scored in short; the short results, the full ones and the CSV made of either agree."""

from __future__ import annotations

import csv
import importlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import ipstrong
from ipstrong.model.result import Line, Result, Scorecard, Status
from ipstrong.reports.csv_report import render_csv
from ipstrong.scoring.lines import line_of

N_REGIONS = 60
"""More than the number up to which results are made in full at once."""


@pytest.fixture(scope="module")
def many(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Scorecard:
    """The benchmark's made-up panel with holes, hedges and a provisional value in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(root))
        inputs: Any = importlib.import_module("benchmarks.inputs")
    path = tmp_path_factory.mktemp("panel") / "panel.csv"
    rows = list(inputs._long_rows(N_REGIONS, inputs.YEARS, ()))
    kept = [row for number, row in enumerate(rows) if number % 37]
    for number in range(5, len(kept), 41):
        kept[number][3] = f"约{kept[number][3]}"
    kept[100][3] += "(初步)"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([inputs.HEADINGS, *kept])
    plan = ipstrong.load_plan(root / "benchmarks" / "plan.yaml")
    return ipstrong.check(plan, ipstrong.read_data([path], plan), regions=["all"])


EXACT = ("target", "region", "region_name", "status", "disputed", "reason", "target_value", "period", "yoy_in_points")
"""Fields of a line that have to be the very same; the others are numbers, and places."""


def test_short_results_are_the_full_ones(many: Scorecard) -> None:
    assert many.lines is not None
    assert len(many.lines) == len(many.results) == N_REGIONS * 9
    assert {result.status for result in many.results} == {
        Status.MET, Status.MISSED, Status.NO_DATA, Status.UNCERTAIN,
    }  # fmt: skip
    for line, result in zip(many.lines, many.results, strict=True):
        full = line_of(result)
        where = (line.region, line.target.id)
        for name in Line._fields:
            short, exact = getattr(line, name), getattr(full, name)
            if name in EXACT or short is None or exact is None:
                assert short == exact or (name, exact) == ("yoy_in_points", True), (where, name, short, exact)
            elif name not in {"places", "peers"}:
                assert short == pytest.approx(exact, rel=1e-10, abs=1e-12), (where, name)
        assert {*line.places, *line.peers} == {*full.places}, where


def test_short_results_are_mostly_made_in_short(many: Scorecard, monkeypatch: pytest.MonkeyPatch) -> None:
    from ipstrong.scoring import lines

    in_full: list[Result] = []

    def counted(result: Result) -> Line:
        in_full.append(result)
        return line_of(result)

    monkeypatch.setattr(lines, "line_of", counted)
    again = ipstrong.check(many.plan, many.dataset, regions=["all"])
    assert again.lines == many.lines
    assert many.lines is not None
    assert 0 < len(in_full) < len(many.lines) / 2  # the panel has a hole or a hedge in every other series


def test_csv_is_the_same_from_short_and_from_full_results(many: Scorecard) -> None:
    short, full = (
        list(csv.DictReader(render_csv(card).splitlines()))
        for card in (many, replace(many, results=tuple(many.results), lines=None))
    )
    assert len(short) == len(full) == N_REGIONS * 9
    for left, right in zip(short, full, strict=True):
        assert {*left.pop("sources").split()} == {*right.pop("sources").split()}
        for name, text in left.items():
            if text != right[name]:
                assert float(text) == pytest.approx(float(right[name]), rel=1e-9), name
        observed = [name for name in ("base", "latest") if len(right[name]) <= 13]
        assert [left[name] for name in observed] == [right[name] for name in observed]


def test_one_region_of_many_is_scored_as_if_alone(many: Scorecard) -> None:
    alone = ipstrong.check(many.plan, many.dataset, regions=["样本县0059"])
    assert alone.lines is None
    assert tuple(alone.results) == tuple(many.results[-9:])
    assert alone.summaries[0] == many.summaries[-1]


def test_results_of_many_regions_are_a_sequence(many: Scorecard) -> None:
    results = many.results
    assert results[-1] == results[len(results) - 1]
    assert results[3:12:4] == (results[3], results[7], results[11])
    assert isinstance(results[0], Result)
    with pytest.raises(IndexError):
        results[len(results)]


def test_summaries_count_every_status(many: Scorecard) -> None:
    for number, summary in enumerate(many.summaries):
        own = many.results[number * 9 : number * 9 + 9]
        assert {status: count for status, count in summary.counts.items() if count} == {
            status: sum(result.status is status for result in own) for status in {result.status for result in own}
        }
        assert set(summary.counts) == set(Status)
        assert summary.weight_total == Decimal(9)
