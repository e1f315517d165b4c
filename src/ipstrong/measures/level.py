"""Level: the observed value of a year, and the interval that its printed precision allows."""

from __future__ import annotations

from ipstrong.model.dataset import Observation
from ipstrong.model.formula import Observed
from ipstrong.model.result import Figure


def level(observation: Observation) -> Figure:
    """Return an observation as a figure.

    **Formula**: x_t.

    **Needs**: the observation of the year.

    **Not computed when**: there is none.

    **Example**: a cell that prints `13.0万` is 130,000 with the interval 129,500 to 130,500.

    **Source**: printed precision as in GB/T 8170-2008: a rounded number leaves half a unit of its last place open on
    either side.
    """
    return Figure(observation.period, observation.value, observation.low, observation.high, Observed(observation))
