"""`docs/plan-format.md` names every key, and its example is a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ipstrong.model.plan import PRESETS
from ipstrong.model.unit import COUNTERS
from ipstrong.planfile import plan_schema
from plantexts import complaints


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "plan-format.md").read_text(encoding="utf-8")


def keys_of(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        properties = schema.get("properties")
        if isinstance(properties, dict):
            yield from properties
        for value in schema.values():
            yield from keys_of(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from keys_of(item)


def choices_of(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("enum", ())
        if isinstance(schema.get("const"), str):
            yield schema["const"]
        for value in schema.values():
            yield from choices_of(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from choices_of(item)


def test_every_key_is_documented(page: str) -> None:
    missing = sorted({key for key in keys_of(plan_schema()) if f"`{key}`" not in page and f"{key}:" not in page})
    assert missing == []


def test_every_choice_of_targets_is_documented(page: str) -> None:
    definitions = plan_schema()["$defs"]
    assert isinstance(definitions, dict)
    parts = [part for name, part in definitions.items() if "Target" in name or name in ("Region", "Indicator")]
    missing = sorted({word for word in choices_of(parts) if f"`{word}`" not in page and f'`"{word}"`' not in page})
    assert missing == []


def test_every_preset_is_documented_with_its_numbers(page: str) -> None:
    for preset in PRESETS.values():
        assert re.search(rf"\| `{preset.id}` \| {preset.on_track} \| {preset.slow} \|", page)


def test_every_counter_is_documented(page: str) -> None:
    assert f"{' '.join(COUNTERS)};" in page


def test_examples_on_the_page_are_plans(page: str) -> None:
    examples = re.findall(r"<!-- test: loads -->\n```yaml\n(.*?)```", page, flags=re.DOTALL)
    assert len(examples) == 1
    for example in examples:
        assert complaints(example) == []
