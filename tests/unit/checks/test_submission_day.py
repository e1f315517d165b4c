"""Rules about the day of hand-in; the day is always given."""

from __future__ import annotations

import datetime as dt

from checkplans import found, places
from datasets import across, cell

HAND_IN = 'hand_in:\n  - {year: 2020, due: "2020-12-15"}\n  - {year: 2021, due: "2021-12-15"}'
ROWS = across(5, "firms", {"2019": 1, "2020": 2, "2021": 3})


def test_late_submission_is_told_with_the_days() -> None:
    (finding,) = found(ROWS, "RULE070", HAND_IN, handed_in=dt.date(2021, 12, 20))
    assert finding.message("en") == "figures of 2021 were due by 2021-12-15, submitted on 2021-12-20: 5 days late"
    assert str(finding.location) == "data.xlsx"


def test_last_day_is_in_time_and_no_day_is_not_judged() -> None:
    assert found(ROWS, "RULE070", HAND_IN, handed_in=dt.date(2021, 12, 15)) == []
    assert found(ROWS, "RULE070", HAND_IN) == []


def test_year_of_the_submission_is_the_latest_of_the_home_region() -> None:
    rows = [*across(5, "firms", {"2020": 2}), cell("D9", 1, indicator="firms", region="land", period="2021")]
    (finding,) = found(rows, "RULE070", HAND_IN, handed_in=dt.date(2021, 1, 4))
    assert finding.params["year"] == 2020


def test_year_without_a_deadline_is_noted() -> None:
    rows = across(5, "firms", {"2022": 1})
    (note,) = found(rows, "RULE072", HAND_IN, handed_in=dt.date(2023, 1, 4))
    assert (
        note.message("en") == "the date 2023-01-04 was given, but the plan declares no deadline for the figures of 2022"
    )
    assert found(ROWS, "RULE072", HAND_IN, handed_in=dt.date(2021, 12, 1)) == []
    assert found(rows, "RULE072", HAND_IN) == []


def test_full_year_before_it_is_over_is_told() -> None:
    (finding,) = found(ROWS, "RULE071", HAND_IN, handed_in=dt.date(2021, 11, 30))
    assert str(finding.location) == "data.xlsx[Sheet1!F5]"
    assert found(ROWS, "RULE071", HAND_IN, handed_in=dt.date(2021, 12, 31)) == []


def test_estimate_and_year_to_date_may_come_before_the_end_of_the_year() -> None:
    rows = [
        cell("D5", 3, indicator="firms", period="2021", status="estimate"),
        cell("E5", 3, indicator="firms", period="2021-01..10"),
    ]
    assert found(rows, "RULE071", HAND_IN, handed_in=dt.date(2021, 11, 30)) == []
    assert places(found(rows, "RULE071", HAND_IN, handed_in=dt.date(2021, 10, 30))) == ["data.xlsx[Sheet1!E5]"]
