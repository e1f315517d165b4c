"""Every region of a panel is judged as if it were alone, and the report has a line for each."""

from __future__ import annotations

import csv
import importlib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import ipstrong
from ipstrong.model.result import Scorecard, Status
from report_cases import rendered

N_REGIONS = 60


@pytest.fixture(scope="module")
def many(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Scorecard:
    """The benchmark's made-up panel with holes, hedges and a provisional value in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(root))
        inputs: Any = importlib.import_module("benchmarks.inputs")
    path = tmp_path_factory.mktemp("panel") / "panel.csv"
    rows = list(inputs.long_rows(N_REGIONS))
    kept = [row for number, row in enumerate(rows) if number % 37]
    for number in range(5, len(kept), 41):
        kept[number][3] = f"约{kept[number][3]}"
    kept[100][3] += "(初步)"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([inputs.HEADINGS, *kept])
    plan = ipstrong.load_plan(root / "benchmarks" / "plan.yaml")
    return ipstrong.check(plan, ipstrong.read_data([path], plan), regions=["all"])


def test_one_region_of_many_is_scored_as_if_alone(many: Scorecard) -> None:
    alone = ipstrong.check(many.plan, many.dataset, regions=["样本县0059"])
    assert alone.results == many.results[-9:]
    assert alone.summaries[0] == many.summaries[-1]


def test_csv_of_many_regions_has_the_lines_of_each_alone(many: Scorecard) -> None:
    lines = rendered(many, "csv", "en").splitlines()
    assert len(lines) == 1 + N_REGIONS * 9
    alone = ipstrong.check(many.plan, many.dataset, regions=["样本县0059"])
    assert lines[-9:] == rendered(alone, "csv", "en").splitlines()[1:]


def test_summaries_count_every_status(many: Scorecard) -> None:
    assert {result.status for result in many.results} == {
        Status.MET, Status.MISSED, Status.NO_DATA, Status.UNCERTAIN,
    }  # fmt: skip
    for number, summary in enumerate(many.summaries):
        own = many.results[number * 9 : number * 9 + 9]
        assert summary.counts == {status: sum(result.status is status for result in own) for status in Status}
        assert summary.weight_total == Decimal(9)
