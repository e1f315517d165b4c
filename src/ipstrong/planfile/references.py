"""Names and references, checked on the node tree, so that they are checked even where the shape is wrong elsewhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from ipstrong.diagnostics.codes import plan_meaning as meaning
from ipstrong.planfile.checks import check_formulas
from ipstrong.planfile.nodes import Node
from ipstrong.planfile.positions import Document, KeyPath
from ipstrong.planfile.suggest import did_you_mean
from ipstrong.planfile.units import Units
from ipstrong.texts import Text

REGION = Text("地区", "region")
AREA = Text("领域", "area")
INDICATOR = Text("指标", "indicator")
TARGET = Text("目标", "target")
DEPARTMENT = Text("单位", "department")

_SECTIONS = {REGION: "regions", AREA: "areas", INDICATOR: "indicators", TARGET: "targets", DEPARTMENT: "departments"}
_ID_SECTIONS = (
    ("regions", REGION),
    ("areas", AREA),
    ("indicators", INDICATOR),
    ("targets", TARGET),
    ("milestones", Text("里程碑", "milestone")),
)

_REFERENCES: tuple[tuple[str, Text], ...] = (
    ("plan.home", REGION),
    ("indicators.*.ratio.numerator", INDICATOR),
    ("indicators.*.ratio.denominator", INDICATOR),
    ("indicators.*.ratio.denominator_region", REGION),
    ("indicators.*.department", DEPARTMENT),
    ("targets.*.area", AREA),
    ("targets.*.indicator", INDICATOR),
    ("targets.*.reported_rank", INDICATOR),
    ("targets.*.peers", REGION),
    ("targets.*.departments", DEPARTMENT),
    ("targets.*.conventions.*.indicator", INDICATOR),
    ("targets.*.conventions.*.numerator", INDICATOR),
    ("targets.*.conventions.*.denominator", INDICATOR),
    ("tasks.*.lead", DEPARTMENT),
    ("tasks.*.cooperating", DEPARTMENT),
    ("tasks.*.targets", TARGET),
    ("milestones.*.department", DEPARTMENT),
    ("checks.values.*.indicator", INDICATOR),
    ("checks.required.*.indicators", INDICATOR),
    ("checks.breaks.*.indicator", INDICATOR),
    ("checks.breaks.*.region", REGION),
)
_UNITS = ("indicators.*.unit", "targets.*.unit")


@dataclass(slots=True)
class Names:
    """What the plan declares, by kind."""

    ids: dict[Text, set[str]] = field(default_factory=dict)
    """Declared ids, also those of entries that are otherwise wrong."""
    departments: dict[str, str] = field(default_factory=dict)
    """Every name of a department to its full Chinese name."""

    def department(self, name: str) -> str:
        """Return the full name by which the plan knows a department."""
        return self.departments.get(name, name)


def check_references(document: Document, units: Units) -> Names:
    """Complain of repeated ids and names, unknown references and unknown units; return what is declared."""
    names = Names()
    for section, what in _ID_SECTIONS:
        names.ids[what] = set(_check_unique(document, section, "id", what))
    for section, what in (("targets", TARGET), ("tasks", Text("任务", "task"))):
        _check_unique(document, section, "number", Text(f"{what.zh}序号", f"{what.en} number"))
    for index in range(_length(document.node(("targets",)))):
        _check_unique(document, ("targets", index, "conventions"), "id", Text("口径", "convention"))
    _check_unique(document, ("checks", "cross"), "id", Text("勾稽关系", "cross-check"))
    for section in ("regions", "indicators", "departments"):
        _check_names(document, section, names)
    names.ids[DEPARTMENT] = set(names.departments)
    for pattern, what in _REFERENCES:
        if _can_be_checked(document, what):
            _check_reference(document, pattern, what, names.ids[what])
    check_formulas(document, names.ids[INDICATOR], names.ids[REGION])
    for pattern in _UNITS:
        for path, node in _scalars(document, pattern):
            if isinstance(node.value, str) and node.value.strip():
                units.require(node.value, path)
    return names


def _can_be_checked(document: Document, what: Text) -> bool:
    """Whether the section that declares a kind is a list; one that is not is complained of as such."""
    declared = document.node((_SECTIONS[what],))
    if declared is None:
        return what is not DEPARTMENT  # a plan need not declare its departments
    return isinstance(declared.children, list)


def _length(node: Node | None) -> int:
    return len(node.children) if node is not None and node.children is not None else 0


def _check_unique(document: Document, section: str | KeyPath, key: str, what: Text) -> dict[str, int]:
    """Return the values of a key in a list with the line of the first, complaining of repetitions."""
    base: KeyPath = (section,) if isinstance(section, str) else section
    seen: dict[str, int] = {}
    for index in range(_length(document.node(base))):
        node = document.node((*base, index, key))
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


def _check_names(document: Document, section: str, names: Names) -> None:
    owners: dict[str, tuple[int, str, int]] = {}
    for index in range(_length(document.node((section,)))):
        full = None
        for path, text in _names_of(document, section, index):
            full = full or text
            owner = owners.get(fold(text))
            if owner is None:
                owners[fold(text)] = (index, full, document.place(path).line)
            elif owner[0] != index:
                document.report(meaning.DUPLICATE_ALIAS, path, alias=text, owner=owner[1], first=owner[2])
            elif "aliases" in path:
                document.report(meaning.SELF_ALIAS, path, alias=text)
            if section == "departments":
                names.departments.setdefault(text, full)


def _names_of(document: Document, section: str, index: int) -> Iterator[tuple[KeyPath, str]]:
    """Yield the Chinese name, the English name and the aliases of an entry."""
    base: KeyPath = (section, index, "name")
    for path in (base, (*base, "zh"), (*base, "en")):
        node = document.node(path)
        if node is not None and isinstance(node.value, str):
            yield path, node.value
    for path, node in _scalars(document, f"{section}.{index}.aliases"):
        if isinstance(node.value, str):
            yield path, node.value


def _check_reference(document: Document, pattern: str, what: Text, known: set[str]) -> None:
    for path, node in _scalars(document, pattern):
        value = node.value
        if isinstance(value, str) and value not in known:
            document.report(
                meaning.UNKNOWN_REFERENCE,
                path,
                what=what,
                id=value,
                suggestion=did_you_mean(value, sorted(known)),
                section=_SECTIONS[what],
            )


def _scalars(document: Document, pattern: str) -> Iterator[tuple[KeyPath, Node]]:
    """Yield the scalars at a pattern such as `targets.*.unit`; a list in the last place yields its items."""
    yield from _walk(document.root, (), pattern.split("."))


def _walk(node: Node | None, path: KeyPath, parts: list[str]) -> Iterator[tuple[KeyPath, Node]]:
    if node is None:
        return
    if not parts:
        if isinstance(node.children, list):
            for index, item in enumerate(node.children):
                yield (*path, index), item
        elif node.children is None:
            yield path, node
        return
    head, rest = parts[0], parts[1:]
    if head == "*":
        for index in range(_length(node) if isinstance(node.children, list) else 0):
            yield from _walk(node.child(index), (*path, index), rest)
    else:
        part = int(head) if head.isdigit() else head
        yield from _walk(node.child(part), (*path, part), rest)
