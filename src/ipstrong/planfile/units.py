"""Units of a plan: those every plan knows, and those it declares itself."""

from __future__ import annotations

from decimal import Decimal

from ipstrong.diagnostics.codes import plan as codes
from ipstrong.diagnostics.codes import plan_meaning as meaning
from ipstrong.model.plan import UnitAlias
from ipstrong.model.unit import COUNTERS, Unit, normalise_unit, parse_unit
from ipstrong.planfile.nodes import Node
from ipstrong.planfile.positions import Document, KeyPath
from ipstrong.planfile.suggest import did_you_mean

_COMMON = ("%", "‰", "个百分点", "元", "美元", "人", "人次", "位", "倍", "吨", "平方公里", "公里", "立方米", "千瓦时")
_SUGGESTED = (
    *_COMMON,
    *COUNTERS,
    *(multiplier + counter for multiplier in ("万", "亿") for counter in ("件", "人", "家", "元", "户", "辆")),
    *(f"{counter}/万人" for counter in ("件", "家", "人")),
)


class Units:
    """Finds units by any spelling that the plan or the program knows."""

    def __init__(self, document: Document) -> None:
        """Take the declarations under `units`, complaining of those that contradict themselves or others."""
        self._document = document
        self._declared: dict[str, Unit] = {}
        self.aliases: list[UnitAlias] = []
        """The declared units with their other spellings."""
        section = document.node(("units",))
        for index, entry in enumerate(section.children if section and isinstance(section.children, list) else ()):
            self._declare(index, entry)

    def find(self, text: str) -> Unit | None:
        """Return the unit that a text names, None when nobody knows it."""
        name = normalise_unit(text)
        declared = self._declared.get(name) or self._declared.get(name.lower())
        if declared is not None:
            return declared
        known = parse_unit(text)
        if known is not None or "/" not in name:
            return known
        above, _, below = name.partition("/")
        numerator, denominator = self.find(above), self.find(below)
        if numerator is None or denominator is None or not numerator.dimension or not denominator.dimension:
            return None
        dimension = f"{numerator.dimension}/{denominator.dimension}"
        return Unit(name, dimension, numerator.factor / denominator.factor)

    def require(self, text: str, path: KeyPath) -> Unit | None:
        """Return the unit, complaining at `path` when nobody knows it."""
        unit = self.find(text)
        if unit is None:
            suggestion = did_you_mean(text, (*self._declared, *_SUGGESTED))
            self._document.report(codes.UNKNOWN_UNIT, path, unit=text, suggestion=suggestion)
        return unit

    def _declare(self, index: int, entry: Node) -> None:
        name, own, of, factor = (_plain(entry, key) for key in ("unit", "own", "of", "factor"))
        if not isinstance(name, str) or not name.strip():
            return  # the specification complains
        path: KeyPath = ("units", index, "unit")
        unit = self._make(name, own=own not in (None, False), of=of, factor=factor, path=path)
        if unit is None:
            return
        if parse_unit(name) is not None and unit != parse_unit(name):
            self._document.report(meaning.UNIT_ALIAS_CLASH, path, alias=name, owner=str(parse_unit(name)))
            return
        spellings = [unit.text] if parse_unit(name) is None else []
        aliases = entry.child("aliases")
        for position, alias in enumerate(aliases.children if aliases and isinstance(aliases.children, list) else ()):
            if isinstance(alias.value, str) and alias.value.strip():
                spellings += self._alias(alias.value, unit, ("units", index, "aliases", position))
        for spelling in (unit.text, *spellings):
            self._declared[spelling] = self._declared[spelling.lower()] = unit
        self.aliases.append(UnitAlias(unit, tuple(spellings)))

    def _make(self, name: str, *, own: bool, of: object, factor: object, path: KeyPath) -> Unit | None:
        text = normalise_unit(name)
        if isinstance(of, str):
            base = self.require(of, (*path[:-1], "of"))
            scale = (
                Decimal(factor) if isinstance(factor, (int, Decimal)) and not isinstance(factor, bool) else Decimal(1)
            )
            return base and Unit(text, base.dimension, base.factor * scale)
        if own:
            return Unit(text, text, Decimal(1))
        return self.require(name, path)

    def _alias(self, alias: str, unit: Unit, path: KeyPath) -> list[str]:
        known = parse_unit(alias) or self._declared.get(normalise_unit(alias))
        if known is not None and (known.dimension, known.factor) != (unit.dimension, unit.factor):
            self._document.report(meaning.UNIT_ALIAS_CLASH, path, alias=alias, owner=known.text)
            return []
        return [normalise_unit(alias)]


def _plain(entry: Node, key: str) -> object:
    child = entry.child(key)
    return None if child is None else child.value
