"""Targets whose `measure` is missing or misspelt: what else is wrong with them, which pydantic does not look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from ipstrong.planfile.spec_targets import AnyTargetSpec, TargetSpec

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_TAG_ERRORS = frozenset({"union_tag_not_found", "union_tag_invalid"})


def errors_beside_measure(data: object, errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Return the errors of targets that no measure tells apart, as far as they are errors with every measure.

    Args:
        data: The whole plan as parsed.
        errors: What pydantic found.
    """
    targets = data.get("targets") if isinstance(data, Mapping) else None
    found: list[ErrorDetails] = []
    for error in errors:
        if error["type"] in _TAG_ERRORS and error["loc"][:1] == ("targets",) and isinstance(targets, list):
            index = error["loc"][1]
            entry = targets[index] if isinstance(index, int) else None
            if isinstance(entry, Mapping):
                found += _common_errors(entry, ("targets", index))
    return found


def _common_errors(entry: Mapping[str, Any], place: tuple[str | int, ...]) -> list[ErrorDetails]:
    """Return the errors that an entry has with the measure that fits it best, without those that another would lift."""
    tried = [_errors_with(model, tag, entry) for tag, model in _models()]
    tag, least = min(tried, key=lambda each: len(each[1]))
    known = {key for _, model in _models() for key in model.model_fields}
    return [
        {**error, "loc": (*place, tag, *error["loc"])}
        for error in least
        if (error["type"] != "missing" or len(error["loc"]) > 1 or error["loc"][0] in TargetSpec.model_fields)
        and (error["type"] != "extra_forbidden" or len(error["loc"]) > 1 or error["loc"][0] not in known)
    ]


def _errors_with(model: type[BaseModel], tag: str, entry: Mapping[str, Any]) -> tuple[str, list[ErrorDetails]]:
    try:
        model.model_validate({**entry, "measure": tag})
    except ValidationError as error:
        return tag, error.errors(include_url=False)
    return tag, []


def _models() -> Iterator[tuple[str, type[BaseModel]]]:
    """Yield every measure with its model."""
    for model in get_args(get_args(AnyTargetSpec)[0]):
        yield get_args(model.model_fields["measure"].annotation)[0], model
