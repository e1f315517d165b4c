"""A plan file to a `Plan`, or to every complaint about it: file, YAML, shape, names, meaning, all in one run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ipstrong.diagnostics import Finding, has_errors, sorted_findings
from ipstrong.model.plan import Plan
from ipstrong.planfile.build import build_plan, find_preset
from ipstrong.planfile.checks import check_contradictions
from ipstrong.planfile.complaints import report_errors, report_nulls, report_stray_traps
from ipstrong.planfile.context import Context
from ipstrong.planfile.positions import Document, KeyPath, parse_document, read_document
from ipstrong.planfile.references import check_references
from ipstrong.planfile.relations import check_relations
from ipstrong.planfile.spec import HeaderSpec, PlanSpec
from ipstrong.planfile.units import Units
from ipstrong.planfile.unmeasured import errors_beside_measure

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Loaded = tuple[Plan | None, tuple[Finding, ...]]
_Words = Mapping[str, object]


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
    report_nulls(document)
    units = Units(document)
    names = check_references(document, units)
    if spec is None:
        return None
    indicators = {each.id: each for each in spec.indicators}
    check_relations(Context(spec, header, document, units, kept.locate, indicators))
    check_contradictions(spec.checks, document)
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
        report_errors(errors + errors_beside_measure(data, errors), document)
        report_stray_traps(document)
        if not isinstance(data, Mapping):
            return None, kept, None
        return _validate_sound_parts(data, errors, kept)
    return spec, kept, spec.plan


_PLACEHOLDER_HEADER = {"id": "x", "name": "x", "start_year": 2000, "end_year": 2001, "base_year": 1999, "home": "x"}
_PLACEHOLDER_CLAUSE = {"section": "x", "summary": "x"}
_REQUIRED: Mapping[str, list[dict[str, Any]]] = {
    "regions": [{"id": "x", "name": "x", "kind": "other"}],
    "areas": [{"id": "x", "name": "x"}],
    "targets": [{"id": "x", "number": 1, "name": "x", "area": "x", "measure": "manual", "clause": _PLACEHOLDER_CLAUSE}],
}
"""Stand in for what is unsound, so that the rest can be checked; nothing is built from them."""

_WORDS: Mapping[str, object] = {
    "name": "x",
    "title": "x",
    "programme": "x",
    "clause": _PLACEHOLDER_CLAUSE,
    "lead": ["x"],
    "department": "x",
}
_OPTIONAL_WORDS = frozenset(
    (
        "aliases",
        "assumption",
        "cooperating",
        "decimals",
        "definition",
        "departments",
        "issuer",
        "note",
        "source",
        "weight",
    )
)
"""Keys whose value no other check looks at: what is wrong in them need not keep their entry from being checked."""

_ENTRY_WORDS: Mapping[str, object] = {**_WORDS, "number": 1, "comparator": "<=", "value": 1}
_HEADER_WORDS: Mapping[str, object] = {**_WORDS, "id": "x"}


def _validate_sound_parts(
    data: Mapping[str, Any], errors: list[ErrorDetails], kept: _Kept
) -> tuple[PlanSpec | None, _Kept, HeaderSpec | None]:
    """Return the specification of what is left when the entries with errors are mended or left out."""
    sound: dict[str, Any] = {key: value for key, value in data.items() if key in PlanSpec.model_fields}
    for section, value in list(sound.items()):
        own = [error for error in errors if error["loc"][0] == section]
        if isinstance(value, list) and all(len(error["loc"]) > 1 for error in own):
            sound[section] = _sound_entries(section, value, own, kept)
        elif own:
            mended = _mend(value, own, _HEADER_WORDS, skip=1)
            if mended is None:
                del sound[section]
            else:
                sound[section] = mended
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


def _sound_entries(section: str, entries: list[Any], errors: list[ErrorDetails], kept: _Kept) -> list[Any]:
    """Return the entries of a list that can be checked further, noting which they are."""
    found: dict[object, list[ErrorDetails]] = {}
    for error in errors:
        found.setdefault(error["loc"][1], []).append(error)
    sound = [_mend(entry, found.get(index, []), _ENTRY_WORDS, skip=2) for index, entry in enumerate(entries)]
    kept.keep(section, [index for index, entry in enumerate(sound) if entry is not None])
    return [entry for entry in sound if entry is not None]


def _mend(entry: Any, errors: list[ErrorDetails], words: _Words, *, skip: int) -> Any:  # noqa: ANN401 - plain YAML data
    """Return the entry with harmless placeholders where it is wrong; None where it cannot be checked."""
    for error in errors:
        entry = _mend_one(entry, error["loc"][skip:], words, is_extra=error["type"] == "extra_forbidden")
        if entry is None:
            return None
    return entry


def _mend_one(entry: Any, loc: tuple[str | int, ...], words: _Words, *, is_extra: bool) -> Any:  # noqa: ANN401 - plain YAML data
    if isinstance(entry, list) and loc and isinstance(loc[0], int) and loc[0] < len(entry):
        below = _mend_one(entry[loc[0]], loc[1:], _WORDS, is_extra=is_extra)
        return None if below is None else [*entry[: loc[0]], below, *entry[loc[0] + 1 :]]
    if not isinstance(entry, dict) or not loc:
        return None
    key, rest = loc[0], loc[1:]
    if key in words and not (is_extra and not rest):
        return {**entry, key: words[str(key)]}
    if key in _OPTIONAL_WORDS or (is_extra and not rest):
        return {name: value for name, value in entry.items() if name != key}
    if key not in entry:
        # The tag of a union, which pydantic puts between the keys; at the end it is a key that is missing.
        return _mend_one(entry, rest, words, is_extra=is_extra) if rest else None
    below = _mend_one(entry[key], rest, _WORDS, is_extra=is_extra)
    return None if below is None else {**entry, key: below}
