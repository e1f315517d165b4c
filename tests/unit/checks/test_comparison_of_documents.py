"""Two scorecards in JSON compared."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from builders import make_figure, make_result, make_scorecard
from ipstrong.checks.comparison import compare_documents
from ipstrong.diagnostics import IpstrongError
from ipstrong.model.comparison import ChangeKind, Comparison
from ipstrong.model.result import Scorecard, Status
from report_cases import rendered

PATHS = ("old.json", "new.json")


def document(scorecard: Scorecard) -> Any:
    return json.loads(rendered(scorecard, "json", "en"), parse_float=Decimal)


def compared(old: Scorecard, new: Scorecard) -> Comparison:
    return compare_documents(document(old), document(new), PATHS)


def scorecard(value: str, status: Status = Status.MET, **fields: Any) -> Scorecard:
    return make_scorecard([make_result(latest=make_figure(value, **fields), status=status)])


def test_equal_scorecards_have_no_changes() -> None:
    comparison = compared(scorecard("120"), scorecard("120"))
    assert (comparison.figures, comparison.verdicts, comparison.is_history_revised) == ((), (), False)
    assert comparison.n_unchanged > 0
    assert comparison.as_of == "2021-12-31"


def test_a_revised_figure_and_a_flipped_verdict_are_found_in_the_sources() -> None:
    comparison = compared(scorecard("120"), scorecard("100.5", Status.MISSED))
    (change,) = [found for found in comparison.figures if found.kind is ChangeKind.REVISED]
    assert (change.series, change.region, change.period) == ("trees", "hewan", "2021")
    assert change.old is not None
    assert change.new is not None
    assert (change.old.value, change.new.value, change.change) == (Decimal(120), Decimal("100.5"), Decimal("-19.5"))
    assert (change.old.row, change.old.col) == (4, 5)  # F5
    (verdict,) = comparison.verdicts
    assert (verdict.old, verdict.new, verdict.is_flip) == (Status.MET, Status.MISSED, True)
    assert (verdict.old_value, verdict.new_value) == (Decimal(120), Decimal("100.5"))


def test_intervals_and_text_files_survive_the_way_through_json() -> None:
    rounded = scorecard("120", low="119.5", high="120.5", sheet=None, row=11, col=3)
    assert [change.kind for change in compared(rounded, scorecard("120")).figures] == [ChangeKind.REFINED]
    more_than = scorecard("120", low="120", high="Infinity")
    (change,) = compared(more_than, scorecard("150")).figures
    assert change.kind is ChangeKind.REFINED
    assert change.old is not None
    assert change.old.high == Decimal("Infinity")


def test_targets_on_one_side_only_are_listed() -> None:
    comparison = compared(scorecard("120"), make_scorecard([]))
    assert [(found.old, found.new) for found in comparison.verdicts] == [(Status.MET, None)]
    assert {found.kind for found in comparison.figures} == {ChangeKind.REMOVED}


def test_both_days_are_named_where_they_differ() -> None:
    old, new = document(scorecard("120")), document(scorecard("120"))
    old["as_of"] = "2020-12-31"
    assert compare_documents(old, new, PATHS).as_of == "2020-12-31 → 2021-12-31"


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        {},
        {"format_version": 2, "results": [], "as_of": "2021", "files": []},
        {"format_version": 1, "results": [{}], "as_of": "2021", "files": []},
        {"format_version": 1, "results": 3, "as_of": "2021", "files": []},
        {"format_version": 1, "results": [], "as_of": "2021", "files": [{"name": "x"}]},
    ],
)
def test_what_is_no_scorecard_is_refused(broken: object) -> None:
    sound = document(scorecard("120"))
    for old, new in ((broken, sound), (sound, broken)):
        with pytest.raises(IpstrongError) as caught:
            compare_documents(old, new, PATHS)
        assert {found.code.id for found in caught.value.findings} == {"RUN046"}


def test_a_number_that_is_none_is_refused() -> None:
    broken = document(scorecard("120"))
    broken["results"][0]["sources"][0]["value"] = True
    with pytest.raises(IpstrongError):
        compare_documents(broken, document(scorecard("120")), PATHS)
