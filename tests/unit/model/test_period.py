"""Periods: canonical text, order, and what is no period."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.model.period import Period, PeriodKind, parse_period, year

CANONICAL = {
    "2019": Period(PeriodKind.YEAR, 2019),
    "2019/20": Period(PeriodKind.FISCAL, 2019, 0, 2020),
    "1999/00": Period(PeriodKind.FISCAL, 1999, 0, 2000),
    "2019H2": Period(PeriodKind.HALF, 2019, 2),
    "2019Q3": Period(PeriodKind.QUARTER, 2019, 3),
    "2019-09": Period(PeriodKind.MONTH, 2019, 9),
    "2019-01..09": Period(PeriodKind.YTD, 2019, 9),
    "2010..2020": Period(PeriodKind.SPAN, 2010, 0, 2020),
    "2020-02-29": Period(PeriodKind.DAY, 2020, 2, 29),
}


@pytest.mark.parametrize(("text", "period"), CANONICAL.items())
def test_canonical_text_parses_and_prints_back(text: str, period: Period) -> None:
    assert parse_period(text) == period
    assert str(period) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "19", "2019年", "2019Q5", "2019H3", "2019-13", "2019-00", "2019/21", "2019-01..12", "2019-02..09"),
        *("2020..2010", "2019-02-29", "2019-04-31", "3019", "2019 ", "2019-1"),
    ],
)
def test_what_is_no_canonical_period(text: str) -> None:
    assert parse_period(text) is None


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2019", dt.date(2019, 12, 31)),
        ("2019/20", dt.date(2020, 12, 31)),
        ("2019H1", dt.date(2019, 6, 30)),
        ("2019Q3", dt.date(2019, 9, 30)),
        ("2020-02", dt.date(2020, 2, 29)),
        ("2019-01..09", dt.date(2019, 9, 30)),
        ("2010..2020", dt.date(2020, 12, 31)),
        ("2019-06-30", dt.date(2019, 6, 30)),
    ],
)
def test_last_day(text: str, last: dt.date) -> None:
    period = parse_period(text)
    assert period is not None
    assert period.last_day == last


def test_order_is_by_last_day_then_the_shorter_first() -> None:
    names = ["2019", "2019-12", "2019Q4", "2019H2", "2018", "2019-01..11", "2019-12-31"]
    periods = sorted((p for p in map(parse_period, names) if p), key=Period.sort_key)
    assert [str(p) for p in periods] == ["2018", "2019-01..11", "2019-12-31", "2019-12", "2019Q4", "2019H2", "2019"]


def test_only_full_years_are_years() -> None:
    assert year(2019).is_year
    assert not any(period.is_year for text, period in CANONICAL.items() if text != "2019")


@given(st.text(max_size=12))
def test_parsing_never_raises_and_round_trips(text: str) -> None:
    period = parse_period(text)
    assert period is None or str(period) == text
