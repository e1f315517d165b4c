"""A plan file to a `Plan`, or to every finding about it: file, YAML, shape, names, meaning, all in one run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ipstrong.diagnostics import Finding, has_errors, sorted_findings
from ipstrong.model.plan import Plan
from ipstrong.model.plan_values import Vocabulary
from ipstrong.planfile.complaints import report_errors, report_nulls
from ipstrong.planfile.document import Document, read_document
from ipstrong.planfile.references import check_references
from ipstrong.planfile.relations import Kept, check_relations

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

PLAN_NAME = "targets.yaml"

Loaded = tuple[Plan | None, tuple[Finding, ...]]


def locate_plan(explicit: str | None, folder: Path) -> Path:
    """Return the path of the plan to load; whether it can be read is for `load_plan` to say.

    Args:
        explicit: the path that the user gave, if any; it wins, whether it exists or not.
        folder: where to look for a `targets.yaml`, usually the current folder.
    """
    if explicit is not None:
        return Path(explicit)
    local = folder / PLAN_NAME
    # A folder of that name or a broken link was meant as the plan, too: better a finding than another plan.
    if local.exists() or local.is_symlink():
        return local
    return packaged_plan()


def packaged_plan() -> Path:
    """Return the plan that the package carries: in the wheel inside the package, in a checkout at the top."""
    package = Path(__file__).resolve().parent.parent
    inside = package / PLAN_NAME
    return inside if inside.is_file() else package.parent.parent / PLAN_NAME


def load_plan(path: Path | str, shown_as: str | None = None) -> Loaded:
    """Return the plan of a YAML file and all findings about it; the plan is None when any of them is an error.

    Args:
        path: the YAML file.
        shown_as: how locations name the file; default: the path as given.
    """
    return _load(read_document(Path(path), shown_as or str(path)))


def load_plan_text(text: str, shown_as: str = PLAN_NAME) -> Loaded:
    """Return the plan of YAML text, likewise."""
    document = Document(shown_as)
    document.parse(text)
    return _load(document)


def _load(document: Document) -> Loaded:
    plan = None if document.root is None else _interpret(document.root.value, document)
    findings = sorted_findings(document.findings)
    return (None if has_errors(findings) else plan), findings


def _interpret(data: object, document: Document) -> Plan | None:
    """Check everything that can be checked; what is returned is a plan only if there is no error."""
    vocabulary = check_references(document)
    kept = Kept({}, has_header=True)
    plan: Plan | None
    try:
        plan = _validate(data, vocabulary)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        report_errors(errors, document)
        plan, kept = _validate_sound_parts(data, errors, vocabulary)
    report_nulls(document)
    if plan is None:
        return None
    check_relations(plan, document, kept)
    return plan.model_copy(update={"path": document.path})


def _validate(data: object, vocabulary: Vocabulary) -> Plan:
    return Plan.model_validate(data, context=vocabulary, by_name=False, by_alias=True)


# --- What is sound in a plan with errors: checked further, so that everything is reported in one run -------------------

_PLACEHOLDER_HEADER = {"id": "x", "name": "x", "start_year": 2000, "end_year": 2001, "base_year": 1999, "home": "x"}
_PLACEHOLDER_CLAUSE = {"section": "x", "summary": "x"}
_REQUIRED: Mapping[str, list[dict[str, Any]]] = {
    "regions": [{"id": "x", "name": "x", "kind": "other"}],
    "areas": [{"id": "x", "name": "x"}],
    "targets": [{"id": "x", "number": 1, "name": "x", "area": "x", "measure": "manual", "clause": _PLACEHOLDER_CLAUSE}],
}
"""Take the place of what is unsound, so that the rest can be checked; nothing is built from them."""

_WORDS: Mapping[str, object] = {
    **dict.fromkeys(("name", "title", "programme", "department"), "x"),
    "clause": _PLACEHOLDER_CLAUSE,
    "lead": ["x"],
}
_ENTRY_WORDS: Mapping[str, object] = {**_WORDS, "number": 1, "comparator": "<=", "value": 1}
_HEADER_WORDS: Mapping[str, object] = {**_WORDS, "id": "x"}
_OPTIONAL_WORDS = frozenset(
    (
        *("aliases", "assumption", "cooperating", "decimals", "definition", "departments"),
        *("issuer", "note", "source", "weight"),
    )
)
"""Keys whose value no other check looks at: an error in them need not keep their entry from being checked."""


def _validate_sound_parts(data: object, errors: list[ErrorDetails], vocabulary: Vocabulary) -> tuple[Plan | None, Kept]:
    """Return a plan of what is left when the entries with errors are patched or left out, None if nothing is."""
    kept = Kept({}, has_header=False)
    if not isinstance(data, Mapping):
        return None, kept
    sound: dict[str, Any] = {}
    for section, value in data.items():
        own = [error for error in errors if error["loc"][0] == section]
        if any(error["type"] in ("extra_forbidden", "plan_filled_in") and len(error["loc"]) == 1 for error in own):
            continue
        if isinstance(value, list) and all(len(error["loc"]) > 1 for error in own):
            sound[section] = _sound_entries(section, value, own, kept)
        elif not own:
            sound[section] = value
        elif (patched := _patch(value, own, _HEADER_WORDS, skip=1)) is not None:
            sound[section] = patched
    kept = Kept(kept.numbers, has_header="plan" in sound)
    sound.setdefault("plan", _PLACEHOLDER_HEADER)
    for section, entries in _REQUIRED.items():
        if not sound.get(section):
            sound[section] = entries
    try:
        return _validate(sound, vocabulary), kept
    except ValidationError:
        return None, kept


def _sound_entries(section: str, entries: list[Any], errors: list[ErrorDetails], kept: Kept) -> list[Any]:
    """Return the entries of a list that can be checked further, noting which they are."""
    sound = {}
    for index, entry in enumerate(entries):
        own = [error for error in errors if error["loc"][1] == index]
        if (patched := _patch(entry, own, _ENTRY_WORDS, skip=2)) is not None:
            sound[index] = patched
    kept.numbers[section] = list(sound)
    return list(sound.values())


def _patch(entry: Any, errors: list[ErrorDetails], words: Mapping[str, object], *, skip: int) -> Any:  # noqa: ANN401 - plain YAML data
    """Return the entry with harmless placeholders where it is wrong; None where it cannot be checked."""
    for error in errors:
        is_extra = error["type"] in ("extra_forbidden", "plan_filled_in")
        entry = _patch_one(entry, error["loc"][skip:], words, is_extra=is_extra)
        if entry is None:
            return None
    return entry


def _patch_one(
    entry: Any,  # noqa: ANN401 - plain YAML data
    loc: tuple[str | int, ...],
    words: Mapping[str, object],
    *,
    is_extra: bool,
) -> Any:  # noqa: ANN401 - plain YAML data
    if isinstance(entry, list) and loc and isinstance(loc[0], int) and loc[0] < len(entry):
        below = _patch_one(entry[loc[0]], loc[1:], _WORDS, is_extra=is_extra)
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
        return _patch_one(entry, rest, words, is_extra=is_extra) if rest else None
    below = _patch_one(entry[key], rest, _WORDS, is_extra=is_extra)
    return None if below is None else {**entry, key: below}
