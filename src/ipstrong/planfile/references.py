"""Names and references, looked up on the node tree, so that they are checked even where the shape is wrong elsewhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from decimal import Decimal

from ipstrong.diagnostics.codes import plan as codes
from ipstrong.diagnostics.codes import plan_meaning as meaning
from ipstrong.diagnostics.suggest import suggestion
from ipstrong.model.checks import GROUPS, SINGLE_REGIONS
from ipstrong.model.formula_parser import FormulaError, parse_formula
from ipstrong.model.plan_values import Vocabulary
from ipstrong.model.unit import COUNTERS, Unit, UnitNames, normalise_unit, parse_unit
from ipstrong.model.yaml_tree import KeyPath, Node, Position, format_key
from ipstrong.planfile.document import Document
from ipstrong.texts import Text

REGION_WORDS = (*SINGLE_REGIONS, *GROUPS)

_NAMES = {
    "regions": Text("地区", "region"),
    "areas": Text("领域", "area"),
    "indicators": Text("指标", "indicator"),
    "targets": Text("目标", "target"),
    "milestones": Text("里程碑", "milestone"),
    "departments": Text("单位", "department"),
}
"""What the entries of a section are called."""

_REFERENCES = {
    "regions": "plan.home indicators.*.ratio.denominator_region targets.*.peers checks.breaks.*.region",
    "areas": "targets.*.area",
    "indicators": """
        indicators.*.ratio.numerator indicators.*.ratio.denominator
        targets.*.indicator targets.*.reported_rank targets.*.conventions.*.indicator
        targets.*.conventions.*.numerator targets.*.conventions.*.denominator
        checks.values.*.indicator checks.required.*.indicators checks.breaks.*.indicator
    """,
    "targets": "tasks.*.targets",
    "departments": """
        indicators.*.department targets.*.departments tasks.*.lead tasks.*.cooperating milestones.*.department
    """,
}
"""Where names of a section's entries appear."""

_COMMON_UNITS = (
    *("%", "‰", "个百分点", "元", "美元", "人", "人次", "位", "倍", "吨", "平方公里", "公里", "立方米", "千瓦时"),
    *COUNTERS,
    *(multiplier + counter for multiplier in ("万", "亿") for counter in ("件", "人", "家", "元", "户", "辆")),
    *(f"{counter}/万人" for counter in ("件", "家", "人")),
)


def check_references(document: Document) -> Vocabulary:
    """Report repeated ids and names, unknown references, units and formulas; return what the models need to know."""
    units = UnitNames()
    _declare_units(document, units)
    departments: dict[str, str] = {}
    ids: dict[str, Collection[str]] = {"departments": departments}
    """Declared ids by section, also those of entries that are otherwise wrong."""
    for section in ("regions", "areas", "indicators", "targets", "milestones"):
        ids[section] = _check_unique(document, (section,), "id", _NAMES[section])
    for section, what in (("targets", _NAMES["targets"]), ("tasks", Text("任务", "task"))):
        _check_unique(document, (section,), "number", Text(f"{what.zh}序号", f"{what.en} number"))
    for index in range(len(document.items("targets"))):
        _check_unique(document, ("targets", index, "conventions"), "id", Text("口径", "convention"))
    _check_unique(document, ("checks", "cross"), "id", Text("勾稽关系", "cross-check"))
    for section in ("regions", "indicators", "departments"):
        _check_names(document, section, departments)
    for section, patterns in _REFERENCES.items():
        declared = document.node((section,))
        # A plan need not declare its departments; a section that is no list has a finding of its own.
        if section == "departments" if declared is None else not isinstance(declared.children, list):
            continue
        for path, text in _texts(document, *patterns.split()):
            if text not in ids[section]:
                _report_unknown(document, path, text, section, ids[section])
    regions = {*ids["regions"], *REGION_WORDS}
    for path, text in _texts(document, "checks.cross.*.regions", "checks.required.*.regions"):
        if text not in regions:
            _report_unknown(document, path, text, "regions", regions)
    for path, text in _texts(document, "checks.cross.*.formula"):
        _check_formula(document, path, text, ids)
    for path, text in _texts(document, "indicators.*.unit", "targets.*.unit"):
        if text.strip():
            _require_unit(document, units, text, path)
    return Vocabulary(units, departments)


def _texts(document: Document, *patterns: str) -> Iterator[tuple[KeyPath, str]]:
    """Yield the texts at patterns such as `targets.*.unit`; a list in the last place yields its items."""
    for pattern in patterns:
        found: list[tuple[tuple[str | int, ...], Node]] = [] if document.root is None else [((), document.root)]
        for part in pattern.split("."):
            if part == "*":
                found = [((*path, index), item) for path, node in found for index, item in enumerate(node.items)]
            else:
                key = int(part) if part.isdigit() else part
                found = [((*path, key), child) for path, node in found if (child := node.child(key)) is not None]
        found += [((*path, index), item) for path, node in found for index, item in enumerate(node.items)]
        yield from ((path, node.value) for path, node in found if isinstance(node.value, str))


def _check_unique(document: Document, base: tuple[str | int, ...], key: str, what: Text) -> dict[str, int]:
    """Return the values of a key in a list with the line of the first, reporting repetitions."""
    seen: dict[str, int] = {}
    for index, entry in enumerate(document.items(*base)):
        node = entry.child(key)
        if node is None or not isinstance(node.value, (str, int)) or isinstance(node.value, bool):
            continue
        value = str(node.value)
        if value in seen:
            document.report(meaning.DUPLICATE_ID, (*base, index, key), what=what, id=value, first=seen[value])
        seen.setdefault(value, node.place.line)
    return seen


def fold(name: str) -> str:
    """Return a name without the differences that do not matter: width, letter case, blanks."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _check_names(document: Document, section: str, departments: dict[str, str]) -> None:
    """Report a name that two entries share, or an entry twice: Chinese name, English name, aliases."""
    owners: dict[str, tuple[int, str, int]] = {}
    for index in range(len(document.items(section))):
        full = None
        for key in ("name", "name.zh", "name.en", "aliases"):
            for path, text in _texts(document, f"{section}.{index}.{key}"):
                full = full or text
                owner = owners.get(fold(text))
                if owner is None:
                    owners[fold(text)] = (index, full, document.place(path).line)
                elif owner[0] != index:
                    document.report(meaning.DUPLICATE_ALIAS, path, alias=text, owner=owner[1], first=owner[2])
                elif key == "aliases":
                    document.report(meaning.SELF_ALIAS, path, alias=text)
                if section == "departments":
                    departments.setdefault(text, full)


def _report_unknown(
    document: Document,
    path: KeyPath,
    name: str,
    section: str,
    known: Collection[str],
    *,
    place: Position | None = None,
    fix: Text | None = None,
) -> None:
    document.report_at(
        meaning.UNKNOWN_REFERENCE,
        place or document.place(path),
        format_key(path),
        what=_NAMES[section],
        id=name,
        suggestion=fix or suggestion(name, known),
        section=section,
    )


# --- Units ------------------------------------------------------------------------------------------------------------


def _require_unit(document: Document, units: UnitNames, text: str, path: KeyPath) -> Unit | None:
    """Return the unit, reporting one that nobody knows."""
    unit = units.find(text)
    if unit is None:
        known = (*units.declared, *_COMMON_UNITS)
        document.report(codes.UNKNOWN_UNIT, path, unit=text, suggestion=suggestion(text, known))
    return unit


def _declare_units(document: Document, units: UnitNames) -> None:
    """Enter the units of the plan's own, reporting those that contradict themselves or others."""
    for index, entry in enumerate(document.items("units")):
        name, own, of, factor = (child and child.value for child in map(entry.child, ("unit", "own", "of", "factor")))
        if not isinstance(name, str) or not name.strip():
            continue  # its shape is wrong
        path = ("units", index, "unit")
        unit: Unit | None
        if isinstance(of, str):
            base = _require_unit(document, units, of, ("units", index, "of"))
            is_number = isinstance(factor, int | Decimal) and not isinstance(factor, bool)
            scale = Decimal(str(factor)) if is_number else Decimal(1)
            unit = base and Unit(normalise_unit(name), base.dimension, base.factor * scale)
        elif own not in (None, False):
            unit = Unit(normalise_unit(name), normalise_unit(name), Decimal(1))
        else:
            unit = _require_unit(document, units, name, path)
        if unit is None:
            continue
        known = parse_unit(name)
        if known is not None and unit != known:
            document.report(meaning.UNIT_ALIAS_CLASH, path, alias=name, owner=str(known))
            continue
        spellings = [unit.text]
        for alias_path, alias in _texts(document, f"units.{index}.aliases"):
            if not alias.strip():
                continue  # its text is wrong
            taken = parse_unit(alias) or units.declared.get(normalise_unit(alias))
            if taken is not None and (taken.dimension, taken.factor) != (unit.dimension, unit.factor):
                document.report(meaning.UNIT_ALIAS_CLASH, alias_path, alias=alias, owner=taken.text)
            else:
                spellings.append(normalise_unit(alias))
        for spelling in spellings:
            units.declared[spelling] = units.declared[spelling.lower()] = unit


# --- Formulas of cross-checks -----------------------------------------------------------------------------------------


def _check_formula(document: Document, path: KeyPath, text: str, ids: dict[str, Collection[str]]) -> None:
    """Report a formula that cannot be read, and the unknown indicators and regions in it."""
    indicators, regions = ids["indicators"], ids["regions"]
    try:
        _, symbols = parse_formula(text)
    except FormulaError as error:
        place = _place_in_text(document, path, error.offset)
        params = {"near": error.near, "problem": error.problem, "fix": error.fix}
        document.report_at(meaning.FORMULA_SYNTAX, place, format_key(path), **params)
        return
    if not symbols:
        document.report(meaning.FORMULA_WITHOUT_FIGURES, path)
    for found in symbols:
        place, symbol = _place_in_text(document, path, found.offset), found.symbol
        if symbol.indicator not in indicators:
            fix = _unspaced_minus(symbol.indicator, indicators)
            _report_unknown(document, path, symbol.indicator, "indicators", indicators, place=place, fix=fix)
        if symbol.region is None or symbol.region in regions:
            continue
        if symbol.region not in REGION_WORDS:
            _report_unknown(document, path, symbol.region, "regions", {*regions, *REGION_WORDS}, place=place)
        elif symbol.region in GROUPS and not found.is_summed:
            document.report_at(meaning.GROUP_OUTSIDE_SUM, place, format_key(path), symbol=found.text)


def _unspaced_minus(name: str, indicators: Collection[str]) -> Text | None:
    """Return how to fix `a-b` if a and b are indicators, None if that is not the mistake."""
    parts = name.split("-")
    for cut in range(1, len(parts)):
        left, right = "-".join(parts[:cut]), "-".join(parts[cut:])
        if left in indicators and (right in indicators or right.isdigit()):
            return Text(f"减号两边加空格：{left} - {right}；", f"put blanks around the minus: {left} - {right}; ")
    return None


def _place_in_text(document: Document, path: KeyPath, offset: int) -> Position:
    """Return the place of a character of a text that is on one line, quoted or not."""
    line, column = place = document.place(path)
    written = document.lines[line - 1] if line <= len(document.lines) else ""
    start = column - 1 + (1 if written[column - 1 : column] in {'"', "'"} else 0)
    node = document.node(path)
    if node is None or not written.startswith(str(node.value), start):
        return place
    return Position(line, start + offset + 1)
