"""The JSON Schema of plan files, made from the models of the plan, and what it allows at a place of a file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ipstrong.model.plan import Plan
from ipstrong.model.yaml_tree import KeyPath, Node

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_Schema = dict[str, Any]


def plan_schema() -> _Schema:
    """Return the JSON Schema (draft 2020-12) of plan files, with descriptions in English and Chinese."""
    made = Plan.model_json_schema()
    definitions = made["$defs"]
    enums = {f"#/$defs/{name}": part for name, part in definitions.items() if "enum" in part}
    made["$defs"] = {name: part for name, part in definitions.items() if "enum" not in part}
    schema = _tidy(made, enums)
    assert isinstance(schema, dict)
    return {
        "$schema": DIALECT,
        "title": "ipstrong plan",
        "description": "A plan with numbers in it; docs/plan-format.md explains every key. 方案文件格式。",
        **{key: value for key, value in schema.items() if key != "description"},
    }


def _tidy(part: object, enums: dict[str, _Schema], *, is_names: bool = False) -> object:
    """Return a schema without titles that repeat names and nulls, which a plan never holds, and with choices in place.

    Args:
        part: a schema or a part of one.
        enums: definitions that are no more than a choice of words, by their references.
        is_names: whether the keys of `part` are names of properties and not words of JSON Schema.
    """
    if isinstance(part, list):
        return [_tidy(item, enums) for item in part]
    if not isinstance(part, dict):
        return part
    if is_names:
        return {key: _tidy(value, enums) for key, value in part.items()}
    choice = enums.get(part.get("$ref", ""))
    if choice is not None:
        part = {
            **{key: value for key, value in part.items() if key != "$ref"},
            "enum": choice["enum"],
            "type": choice["type"],
        }
    tidy = {
        key: _tidy(value, enums, is_names=key in ("properties", "$defs"))
        for key, value in part.items()
        if key != "title" and not (key == "default" and value is None)
    }
    choices = tidy.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        del tidy["anyOf"]
        left = [choice for choice in choices if choice != {"type": "null"}]
        tidy = {**(left[0] if len(left) == 1 else {"anyOf": left}), **tidy}
    return tidy


_whole = lru_cache(maxsize=1)(plan_schema)


def schemas_at(path: KeyPath, root: Node | None) -> list[_Schema]:
    """Return what a plan may hold at a key path: several schemas where a union leaves it open.

    Args:
        path: keys and indices from the top of the file.
        root: the file, in which a target says by its measure which schema it follows.
    """
    found = [_whole()]
    for number, part in enumerate(path, 1):
        below = [each.get("items") if isinstance(part, int) else each.get("properties", {}).get(part) for each in found]
        found = [option for each in below if each is not None for option in _options(each)]
        node = None if root is None else root.at((*path[:number], "measure"))
        measured = [
            each for each in found if node and each.get("properties", {}).get("measure", {}).get("const") == node.value
        ]
        found = measured or found
    return found


def keys_at(path: KeyPath, root: Node | None) -> list[str]:
    """Return the keys of the mapping at a key path."""
    return list(dict.fromkeys(key for each in schemas_at(path, root) for key in each.get("properties", ())))


def choices_at(path: KeyPath, root: Node | None) -> list[str]:
    """Return the words that may be at a key path."""
    words = [word for each in schemas_at(path, root) for word in each.get("enum", (each.get("const"),))]
    return list(dict.fromkeys(filter(None, words)))


def _options(schema: _Schema) -> Iterator[_Schema]:
    """Yield the members of a union, with references followed."""
    if "$ref" in schema:
        yield from _options(_whole()["$defs"][schema["$ref"].rsplit("/", 1)[-1]])
    elif "anyOf" in schema or "oneOf" in schema:
        for member in schema.get("anyOf") or schema["oneOf"]:
            yield from _options(member)
    else:
        yield schema
