"""A plan file to a `Plan`, or to every complaint about it: file, YAML, shape, names, meaning, all in one run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ipstrong.diagnostics import Finding, has_errors, sorted_findings
from ipstrong.model.plan import Plan
from ipstrong.planfile.build import build_plan, find_preset
from ipstrong.planfile.complaints import report_errors
from ipstrong.planfile.positions import Document, KeyPath, parse_document, read_document
from ipstrong.planfile.references import check_references
from ipstrong.planfile.relations import Context, check_relations
from ipstrong.planfile.spec import HeaderSpec, PlanSpec
from ipstrong.planfile.units import Units

Loaded = tuple[Plan | None, tuple[Finding, ...]]


def load_plan(path: Path | str, shown_as: str | None = None) -> Loaded:
    """Return the plan of a file and all findings about it; the plan is None when any of them is an error.

    Args:
        path: the YAML file.
        shown_as: how locations name the file; default: the path as given.
    """
    return _load(read_document(Path(path), shown_as or str(path)))


def load_plan_text(text: str, shown_as: str = "targets.yaml") -> Loaded:
    """Return the plan of YAML text, likewise."""
    document = Document(shown_as)
    parse_document(text, document)
    return _load(document)


def _load(document: Document) -> Loaded:
    plan = None if document.root is None else _interpret(document)
    findings = sorted_findings(document.findings)
    return (None if has_errors(findings) else plan), findings


def _interpret(document: Document) -> Plan | None:
    """Check everything that can be checked, and build the plan when nothing is wrong."""
    assert document.root is not None
    spec, kept, header = _validate(document.root.value, document)
    units = Units(document)
    names = check_references(document, units)
    if spec is None:
        return None
    indicators = {each.id: each for each in spec.indicators}
    check_relations(Context(spec, header, document, units, kept.locate, indicators))
    pace = find_preset(spec.pace, document)
    if pace is None or has_errors(document.findings):
        return None
    return build_plan(spec, pace, units, names, document.path)


class _Kept:
    """Which entries of each list were sound enough to be checked further."""

    def __init__(self) -> None:
        self._numbers: dict[str, list[int]] = {}

    def keep(self, section: str, numbers: list[int]) -> None:
        self._numbers[section] = numbers

    def locate(self, section: str, index: int) -> KeyPath:
        """Return the key path in the file of the entry with this number among those kept."""
        numbers = self._numbers.get(section)
        return (section, index if numbers is None else numbers[index])


def _validate(data: object, document: Document) -> tuple[PlanSpec | None, _Kept, HeaderSpec | None]:
    """Return the specification, of the sound parts only where some are not."""
    kept = _Kept()
    try:
        spec = PlanSpec.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        report_errors(errors, document)
        if not isinstance(data, Mapping):
            return None, kept, None
        locations = [(each["type"], each["loc"]) for each in errors]
        return _validate_sound_parts(data, locations, kept)
    return spec, kept, spec.plan


_PLACEHOLDER_HEADER = {"id": "x", "name": "x", "start_year": 2000, "end_year": 2001, "base_year": 1999, "home": "x"}
_REQUIRED: Mapping[str, list[dict[str, Any]]] = {
    "regions": [{"id": "x", "name": "x", "kind": "other"}],
    "areas": [{"id": "x", "name": "x"}],
    "targets": [
        {
            "id": "x",
            "number": 1,
            "name": "x",
            "area": "x",
            "measure": "manual",
            "clause": {"section": "x", "summary": "x"},
        }
    ],
}
"""Stand in for what is unsound, so that the rest can be checked; nothing is built from them."""


def _validate_sound_parts(
    data: Mapping[str, Any], errors: list[tuple[str, tuple[str | int, ...]]], kept: _Kept
) -> tuple[PlanSpec | None, _Kept, HeaderSpec | None]:
    bad = {loc[:2] for _, loc in errors} | {loc[:1] for _, loc in errors if len(loc) == 1}
    sound: dict[str, Any] = {}
    for section in PlanSpec.model_fields:
        value = data.get(section)
        if value is None or (section,) in bad or (section == "plan" and _is_bad(section, bad)):
            continue
        if isinstance(value, list):
            numbers = [index for index in range(len(value)) if (section, index) not in bad]
            kept.keep(section, numbers)
            value = [value[index] for index in numbers]
        elif section != "plan" and _is_bad(section, bad):
            continue
        sound[section] = value
    has_header = "plan" in sound
    sound.setdefault("plan", _PLACEHOLDER_HEADER)
    for section, entries in _REQUIRED.items():
        if not sound.get(section):
            sound[section] = entries
    try:
        spec = PlanSpec.model_validate(sound)
    except ValidationError:
        return None, kept, None
    return spec, kept, spec.plan if has_header else None


def _is_bad(section: str, bad: set[tuple[str | int, ...]]) -> bool:
    return any(loc[0] == section for loc in bad)
