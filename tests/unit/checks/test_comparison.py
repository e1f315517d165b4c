"""Two submissions compared."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from builders import make_plan, make_result, make_scorecard, make_target
from datasets import cell, make_dataset
from ipstrong.checks.comparison import compare_datasets, compare_scorecards
from ipstrong.model.comparison import ChangeKind, Comparison, FigureChange
from ipstrong.model.dataset import Dataset
from ipstrong.model.result import Status


def data(*cells: dict[str, object]) -> Dataset:
    return make_dataset(cells)


def tree(address: str, value: float | None, period: str = "2020", **columns: Any) -> dict[str, object]:
    return cell(address, value, **{"indicator": "trees", "region": "hewan", "period": period, **columns})


def wan(address: str, value: float, half_width: float, **columns: Any) -> dict[str, object]:
    """Return a figure printed in 万件 of an indicator in 件."""
    return tree(address, value, unit="万件", factor=10_000.0, half_width=half_width, raw=f"{value:g}万", **columns)


def only(comparison: Comparison) -> FigureChange:
    assert len(comparison.figures) == 1, comparison.figures
    return comparison.figures[0]


def test_figures_are_the_same_wherever_they_stand() -> None:
    old = data(tree("C5", 100), tree("D5", 110, "2021"))
    new = data(tree("Other!X9", 110, "2021", file="new.csv"), tree("A1", 100))
    assert compare_datasets(old, new) == Comparison(old.files, new.files, (), 2)


def test_revised_keeps_both_values_cells_and_the_change() -> None:
    change = only(compare_datasets(data(tree("C5", 100)), data(tree("D6", 104))))
    assert change.kind is ChangeKind.REVISED
    assert (change.series, change.is_matched, change.region, change.period) == ("trees", True, "hewan", "2020")
    assert change.old is not None
    assert change.new is not None
    assert ((change.old.row, change.old.col), (change.new.row, change.new.col)) == ((4, 2), (5, 3))
    assert (change.old.value, change.new.value) == (Decimal(100), Decimal(104))
    assert (change.change, change.relative) == (Decimal(4), Decimal("0.04"))


def test_added_and_removed() -> None:
    comparison = compare_datasets(data(tree("C5", 100, "2019")), data(tree("C5", 100, "2020")))
    assert [(change.kind, change.period) for change in comparison.figures] == [
        (ChangeKind.REMOVED, "2019"),
        (ChangeKind.ADDED, "2020"),
    ]
    assert comparison.figures[0].new is None
    assert comparison.figures[1].old is None


@pytest.mark.parametrize(
    ("old", "new", "is_revised"),
    [
        ([tree("C5", 100)], [tree("C5", 101)], True),
        ([tree("C5", 100)], [tree("C5", None)], True),
        ([tree("C5", 100)], [tree("C5", 100), tree("D5", 1, "2021")], False),
        ([tree("C5", 100, status="provisional")], [tree("C5", 100)], False),
        ([tree("C5", None)], [tree("C5", 100)], False),
        ([], [], False),
    ],
)
def test_history_is_revised_by_changes_and_withdrawals_alone(old: Any, new: Any, is_revised: bool) -> None:
    assert compare_datasets(data(*old), data(*new)).is_history_revised is is_revised


def test_same_value_in_another_unit_did_not_change() -> None:
    # 13.05万 in full is 130500; 13.05 * 10000 is not 130500 in binary fractions on every machine, in decimals it is.
    assert compare_datasets(data(tree("C5", 130500)), data(wan("C5", 13.05, 0.0))).figures == ()


@pytest.mark.parametrize(
    ("new", "kind"),
    [
        (130500.0, ChangeKind.REFINED),
        (130512.0, ChangeKind.REFINED),
        (130550.0, ChangeKind.REFINED),  # the end of what 13.05万 may mean
        (130551.0, ChangeKind.REVISED),
        (130449.0, ChangeKind.REVISED),
    ],
)
def test_more_digits_of_the_same_value_are_no_revision(new: float, kind: ChangeKind) -> None:
    assert only(compare_datasets(data(wan("C5", 13.05, 0.005)), data(tree("C5", new)))).kind is kind


def test_neighbouring_rounded_values_are_a_revision() -> None:
    # 13.05万 ends where 13.06万 begins; touching is not agreeing.
    assert (
        only(compare_datasets(data(wan("C5", 13.05, 0.005)), data(wan("C5", 13.06, 0.005)))).kind is ChangeKind.REVISED
    )


def test_a_bound_agrees_with_what_lies_beyond_it() -> None:
    more_than = tree("C5", 130000, bound="at_least", raw="超过130000")
    assert only(compare_datasets(data(more_than), data(tree("C5", 138534)))).kind is ChangeKind.REFINED
    assert only(compare_datasets(data(more_than), data(tree("C5", 129999)))).kind is ChangeKind.REVISED


def test_status_alone_is_restated() -> None:
    change = only(compare_datasets(data(tree("C5", 100, status="provisional")), data(tree("C5", 100))))
    assert (change.kind, change.change) == (ChangeKind.RESTATED, Decimal(0))


def test_numbers_beyond_binary_precision_are_told_apart() -> None:
    old, new = (
        tree("C5", 12345678901234567.0, raw="12345678901234567"),
        tree("C5", 12345678901234568.0, raw="12345678901234568"),
    )
    assert only(compare_datasets(data(old), data(new))).change == 1


def test_a_figure_that_stands_twice_is_compared_as_a_set() -> None:
    twice = data(tree("C5", 100), tree("C9", 100))
    assert compare_datasets(twice, data(tree("C5", 100))).figures == ()
    one_wrong = data(tree("C5", 100), tree("C9", 107))
    change = only(compare_datasets(twice, one_wrong))
    assert change.new is not None
    assert (change.new.value, change.new.row) == (Decimal(107), 8)


def test_series_outside_the_plan_are_known_by_label_and_compared_in_base_units() -> None:
    def park(value: float, unit: str | None) -> dict[str, object]:
        return cell("C5", value, label="公园数", unit=unit)

    assert compare_datasets(data(park(1.5, "万个")), data(park(15000, "个"))).figures == ()
    change = only(compare_datasets(data(park(1.5, "万个")), data(park(15001, "个"))))
    assert (change.series, change.is_matched, change.change) == ("公园数", False, Decimal(1))
    assert only(compare_datasets(data(park(1, None)), data(park(2, "何")))).change == 1


def test_a_label_is_not_an_indicator_of_the_same_name() -> None:
    comparison = compare_datasets(data(tree("C5", 1)), data(tree("C5", 1, indicator=None, label="trees")))
    assert [change.kind for change in comparison.figures] == [ChangeKind.REMOVED, ChangeKind.ADDED]


def test_zero_has_no_relative_change() -> None:
    change = only(compare_datasets(data(tree("C5", 0)), data(tree("C5", 5))))
    assert (change.change, change.relative) == (Decimal(5), None)


def test_changes_are_in_order_whatever_the_order_of_the_data() -> None:
    old = [
        tree("A1", 1, "2019"),
        tree("A2", 2, "2018"),
        tree("A3", 3, "2019-01..09"),
        cell("A4", 4, label="z", period="2018"),
    ]
    new = [
        tree("B1", 9, "2019"),
        tree("B2", 9, "2018"),
        tree("B3", 9, "2019-01..09"),
        cell("A5", 4, label="a", period="x"),
    ]
    first = compare_datasets(data(*old), data(*new))
    again = compare_datasets(data(*reversed(old)), data(*reversed(new)))
    listed = [(change.kind.value, change.series, change.period) for change in first.figures]
    assert listed == [(change.kind.value, change.series, change.period) for change in again.figures]
    assert listed == [
        ("revised", "trees", "2018"),
        ("revised", "trees", "2019-01..09"),
        ("revised", "trees", "2019"),
        ("removed", "z", "2018"),
        ("added", "a", "x"),
    ]


def test_frames_with_categories_compare_like_frames_with_strings() -> None:
    old, new = data(tree("C5", 100)), data(tree("C5", 104))
    names = ["file", "sheet", "label", "region", "period", "unit", "indicator", "remarks", "bound", "status"]
    categorical = [
        Dataset(side.frame.with_columns(pl.col(names).cast(pl.Categorical)), side.files, (), ()) for side in (old, new)
    ]
    assert only(compare_datasets(*categorical)).change == 4


# --- Verdicts -------------------------------------------------------------------------------------------------------


def verdicts(old: Any, new: Any) -> Comparison:
    empty = Comparison((), (), (), 0)
    return compare_scorecards(empty, make_scorecard(old), make_scorecard(new))


def test_a_flipped_verdict_has_both_statuses_and_values() -> None:
    comparison = verdicts(
        [make_result(status=Status.MET, latest="120")], [make_result(status=Status.MISSED, latest="100")]
    )
    (change,) = comparison.verdicts
    assert (change.target, change.region, change.old, change.new) == ("trees", "hewan", Status.MET, Status.MISSED)
    assert (change.old_value, change.new_value, change.unit) == (Decimal(120), Decimal(100), "株")
    assert change.is_flip
    assert comparison.as_of == "2021-12-31"
    assert comparison.plan is not None


@pytest.mark.parametrize(
    ("old", "new", "is_flip"),
    [
        (Status.MISSED, Status.MET, True),
        (Status.BEHIND, Status.ON_TRACK, False),
        (Status.NO_DATA, Status.MET, False),
        (Status.MET, Status.UNCERTAIN, False),
    ],
)
def test_only_met_against_missed_is_a_flip(old: Status, new: Status, is_flip: bool) -> None:
    (change,) = verdicts([make_result(status=old)], [make_result(status=new)]).verdicts
    assert change.is_flip is is_flip


def test_same_statuses_are_not_listed_but_a_new_dispute_is() -> None:
    assert verdicts([make_result()], [make_result()]).verdicts == ()
    (change,) = verdicts([make_result()], [make_result(disputed=True)]).verdicts
    assert (change.old_disputed, change.new_disputed) == (False, True)


def test_targets_on_one_side_only() -> None:
    goals = (make_target(), make_target("parks", 2))
    plan = make_plan(goals)
    one, other = (make_result(target=goal, status=Status.MET) for goal in goals)
    found = compare_scorecards(
        Comparison((), (), (), 0), make_scorecard([one], plan), make_scorecard([other], plan)
    ).verdicts
    assert [(change.target, change.old, change.new) for change in found] == [
        ("parks", None, Status.MET),
        ("trees", Status.MET, None),
    ]
