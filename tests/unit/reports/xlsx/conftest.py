"""Workbooks of the fictional plan, made once."""

from __future__ import annotations

import datetime as dt

import pytest

import xlsx_cards
import xlsx_reading
from ipstrong.model.result import Scorecard
from ipstrong.reports.xlsx import render_xlsx


@pytest.fixture(scope="session")
def due_card() -> Scorecard:
    """The plan after its deadline."""
    return xlsx_cards.make_card()


@pytest.fixture(scope="session")
def midway_card() -> Scorecard:
    """The plan a year before its deadline: projections, needs and one dispute."""
    return xlsx_cards.make_card(dt.date(2020, 12, 31))


@pytest.fixture(scope="session")
def due(due_card: Scorecard) -> xlsx_reading.Read:
    """The workbook after the deadline, in English."""
    return xlsx_reading.read(render_xlsx(due_card, "en"))


@pytest.fixture(scope="session")
def midway(midway_card: Scorecard) -> xlsx_reading.Read:
    """The workbook a year before the deadline, in English."""
    return xlsx_reading.read(render_xlsx(midway_card, "en"))
