"""A target whose measure is missing or misspelt: all that is wrong with it is told in one run."""

from __future__ import annotations

import pytest

from plantexts import SMALL, complaints, target

LINES = ("indicator: patents", 'comparator: ">="', "value: many", "unitt: 件", "lower: 5")


@pytest.mark.parametrize("measure", [(), ("measure: levl",)])
def test_other_complaints_of_the_target_are_told_too(measure: tuple[str, ...]) -> None:
    said = complaints(SMALL + target(*measure, *LINES).replace("number: 2", "number: two"))
    told = {line.split(" ")[2].rstrip(":"): line.split(" ")[1] for line in said}
    # `lower` belongs to a range, so with another measure it would be right: nothing is said of it
    assert told == {
        "targets[1].measure": "PLAN026" if measure else "PLAN024",
        "targets[1].number": "PLAN022",
        "targets[1].value": "PLAN022",
        "targets[1].unitt": "PLAN023",
    }


def test_nothing_is_said_of_keys_that_one_of_the_measures_needs() -> None:
    said = complaints(SMALL + target("indicator: patents", "lower: 1", "upper: 2"))
    assert [line.split(" ")[1] for line in said] == ["PLAN024"]
