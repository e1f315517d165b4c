"""The builders make what the model says, so that tests of reports stand on firm ground."""

from __future__ import annotations

from decimal import Decimal

import builders
from ipstrong.model.dataset import COLUMNS
from ipstrong.model.result import Figure, Status


def test_scorecard_defaults_agree_with_each_other() -> None:
    scorecard = builders.make_scorecard()
    (result,) = scorecard.results
    assert (result.status, result.gap, result.progress) == (Status.MET, Decimal(10), Decimal(2))
    assert scorecard.summaries[0].counts[Status.MET] == 1
    assert tuple(scorecard.dataset.frame.columns) == COLUMNS
    assert len(result.series) == len(scorecard.years)


def test_frame_holds_each_observation_at_its_number() -> None:
    scorecard = builders.make_scorecard()
    assert isinstance(scorecard.results[0].latest, Figure)
    (observation,) = scorecard.results[0].latest.observations
    row = scorecard.dataset.frame.row(observation.number, named=True)
    assert (row["row"], row["col"], row["period"], row["raw"]) == (4, 5, "2021", "120")
