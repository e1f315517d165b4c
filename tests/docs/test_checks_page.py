"""The examples of docs/checks.md are what the program accepts, and its worked example is right."""

from __future__ import annotations

import re
import textwrap
from decimal import Decimal
from pathlib import Path

from checkplans import plan_with
from ipstrong.checks.waivers import KEYS, parse_waivers
from ipstrong.model.checks import Checks, CrossRule, Expectation, Required, SeriesBreak


def blocks(root: Path) -> list[str]:
    """Return the YAML of the page."""
    text = (root / "docs" / "checks.md").read_text(encoding="utf-8")
    return re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)


def test_plan_section_of_the_page_loads_and_shows_every_key(root: Path) -> None:
    section, _ = blocks(root)
    checks = plan_with(textwrap.dedent(section.removeprefix("checks:\n"))).checks
    assert [rule.id for rule in checks.cross] == ["density-from-stock", "districts", "opening", "growth"]
    text = (root / "docs" / "checks.md").read_text(encoding="utf-8")
    for model in (Checks, Expectation, Required, CrossRule, SeriesBreak):
        for key in model.model_json_schema()["properties"]:
            assert re.search(rf"\b{key}\b", text), key


def test_waivers_of_the_page_load_and_show_every_key(root: Path) -> None:
    _, waivers = blocks(root)
    made, findings = parse_waivers(waivers.encode(), "waivers.yaml")
    assert findings == ()
    assert [waiver.code for waiver in made] == ["RULE042", "RULE007"]
    assert all(re.search(rf"^(?:- |  ){key}:", waivers, flags=re.MULTILINE) for key in KEYS)


def test_worked_example_of_the_page() -> None:
    half = Decimal("0.005")
    assert Decimal("91.25") * Decimal("1302.66") == Decimal("118867.725")
    assert round((Decimal("91.25") - half) * (Decimal("1302.66") - half), 1) == Decimal("118860.8")
    assert round((Decimal("91.25") + half) * (Decimal("1302.66") + half), 1) == Decimal("118874.7")
    assert round((Decimal("1.3") ** 2 - 1) * 100) == 69
