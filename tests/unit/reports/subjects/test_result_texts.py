"""Rows of texts: what a reader sees of one result."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import builders
import report_cases
from ipstrong.model.plan import Rounding
from ipstrong.model.result import NotComputed, Reading, Reason, Result, Status
from ipstrong.reports.subjects.scorecard import details_of, dispute_texts, footnotes, result_cells
from ipstrong.reports.table import NOTHING, printed
from ipstrong.texts import Lang, Text

D = Decimal


def row(result: Result, lang: Lang = "en") -> SimpleNamespace:
    scorecard = builders.make_scorecard((result,))
    cells = {name: printed(cell, lang).text for name, cell in result_cells(scorecard, result, lang).items()}
    return SimpleNamespace(**cells, details=tuple(details_of(scorecard.plan, result, lang)))


def test_gap_latest_and_target_have_the_same_decimals() -> None:
    target = builders.make_target(value=D("93.50"))
    found = row(builders.make_result(target, latest="112.25"))
    assert (found.latest, found.goal, found.gap) == ("112.25", "≥93.5", "+18.75")


def test_a_share_differs_in_points() -> None:
    found = row(report_cases.near_miss(), "zh")
    assert (found.latest, found.goal, found.gap, found.yoy) == ("9.96%", "≥10%", "-0.04百分点", "-0.2百分点")


def test_a_rank_has_no_percentage_and_no_bar() -> None:
    found = row(report_cases.rank())
    assert (found.latest, found.goal, found.attainment) == ("2nd", "1st", NOTHING)


def test_the_base_of_a_growth_target_is_in_the_unit_of_the_indicator() -> None:
    assert row(report_cases.growth_tie()).base == "100"


def test_nothing_computed_is_a_dash() -> None:
    found = row(report_cases.missing())
    shown = (found.latest, found.period, found.gap, found.attainment, found.yoy, found.needed, found.projection)
    assert set(shown) == {NOTHING}
    assert found.details == ()


def test_a_reason_that_says_more_than_the_name_is_shown() -> None:
    reason = NotComputed(Reason.NO_DENOMINATOR, Text("常住人口", "resident population"))
    result = replace(report_cases.missing(), latest=reason, reason=reason)
    assert row(result).details == ("no denominator: resident population",)
    unnamed = replace(report_cases.missing(), reason=NotComputed(Reason.NO_DATA))
    assert row(unnamed).details == ()


def test_a_dispute_shows_what_differs_and_leaves_out_what_is_missing() -> None:
    result = report_cases.disputed()
    nothing = Reading(
        builders.make_convention("x"),
        D(93),
        2018,
        NotComputed(Reason.NO_DATA),
        None,
        Status.NO_DATA,
        NotComputed(Reason.NO_DATA),
    )
    same = result.readings[0]
    texts = dispute_texts(replace(result, readings=(*result.readings, nothing, same)), "en")
    assert len(texts) == 2
    assert texts[1].endswith("92.11, missed")


def test_a_reading_with_its_own_target_says_it() -> None:
    result = report_cases.disputed()
    first, second = result.readings
    other = second._replace(target_value=D(95))
    assert dispute_texts(replace(result, readings=(first, other)), "en")[1].endswith("92.11 (≥95), missed")


def test_rounded_comparison_is_said_only_where_it_decides() -> None:
    convention = builders.make_convention(rounding=Rounding.ROUNDED)
    target = builders.make_target(value=D(93))
    result = builders.make_result(target, latest="92.96")
    reading = result.readings[0]._replace(convention=convention)
    rounded = replace(result, status=Status.MET, met_now=True, readings=(reading,))
    assert "rounded value" in row(rounded).details[0]
    assert row(replace(rounded, met_now=False)).details == ()


def test_notes_of_several_targets_stand_once() -> None:
    note = Text("同一说明", "the same note")
    results = [
        replace(builders.make_result(builders.make_target(f"t{number}", number)), notes=(note,)) for number in (1, 2)
    ]
    (found,) = footnotes(results, "en")
    assert found == ("1, 2", "the same note")
    (again,) = footnotes([results[0], results[0]], "en")
    assert again[0] == "1"
