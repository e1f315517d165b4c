"""The JSON Schema of plan files, made from the specification."""

from __future__ import annotations

from ipstrong.planfile.spec import PlanSpec

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def plan_schema() -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of plan files, with descriptions in English and Chinese."""
    schema = _tidy(PlanSpec.model_json_schema())
    assert isinstance(schema, dict)
    return {
        "$schema": DIALECT,
        "title": "ipstrong plan",
        "description": "A plan with numbers in it; docs/plan-format.md explains every key. 方案文件格式。",
        **{key: value for key, value in schema.items() if key != "description"},
    }


def _tidy(part: object, *, is_names: bool = False) -> object:
    """Return a schema without titles that repeat names, and without nulls, which a plan never holds.

    Args:
        part: a schema or a part of one.
        is_names: whether the keys of `part` are names of properties and not words of JSON Schema.
    """
    if isinstance(part, list):
        return [_tidy(item) for item in part]
    if not isinstance(part, dict):
        return part
    if is_names:
        return {key: _tidy(value) for key, value in part.items()}
    tidy = {
        key: _tidy(value, is_names=key in ("properties", "$defs"))
        for key, value in part.items()
        if key != "title" and not (key == "default" and value is None)
    }
    choices = tidy.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        del tidy["anyOf"]
        left = [choice for choice in choices if choice != {"type": "null"}]
        tidy = {**(left[0] if len(left) == 1 else {"anyOf": left}), **tidy}
    return tidy
