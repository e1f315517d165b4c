"""What the checks of a plan's meaning share: the sound parts, the units, and where everything stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ipstrong.diagnostics.codes import plan_meaning as meaning
from ipstrong.model.unit import Unit
from ipstrong.planfile.positions import Document, KeyPath
from ipstrong.planfile.spec import HeaderSpec, IndicatorSpec, PlanSpec
from ipstrong.planfile.units import Units
from ipstrong.texts import Text

Locate = Callable[[str, int], KeyPath]
"""Key path of an entry: its section and its number among the entries that were kept."""

_AFTER = Text("晚于", "after")
_NOT_BEFORE = Text("晚于或等于", "at or after")
NATURES = {
    "stock": Text("时点数", "a stock"),
    "flow": Text("时期数", "a flow"),
    "rate": Text("比率", "a rate"),
    "rank": Text("位次", "a rank"),
}


@dataclass(frozen=True, slots=True)
class Context:
    """What every check needs."""

    spec: PlanSpec
    header: HeaderSpec | None
    """None where the header is wrong: what depends on it is not checked."""
    document: Document
    units: Units
    locate: Locate
    indicators: dict[str, IndicatorSpec]

    def is_derived(self, indicator_id: str) -> bool:
        """Whether the indicator is known and computed from others."""
        indicator = self.indicators.get(indicator_id)
        return indicator is not None and indicator.ratio is not None

    def unit_of(self, indicator_id: str) -> Unit | None:
        """Return the unit of a known indicator."""
        indicator = self.indicators.get(indicator_id)
        return None if indicator is None else self.units.find(indicator.unit)


def check_years(
    document: Document, path: KeyPath, earlier: tuple[str, int], later: tuple[str, int], *, strict: bool = False
) -> None:
    """Complain at `path` where the year named first is later than the second, or, if strict, the same."""
    if earlier[1] > later[1] or (strict and earlier[1] == later[1]):
        document.report(
            meaning.YEARS_OUT_OF_ORDER,
            path,
            earlier=f"{earlier[0]} {earlier[1]}",
            later=f"{later[0]} {later[1]}",
            relation=_NOT_BEFORE if strict else _AFTER,
        )
