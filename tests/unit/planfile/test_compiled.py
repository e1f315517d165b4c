"""The compiled form of the shipped plan: current, equal to the full reading, and never used for any other text."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ipstrong.planfile import compiled, load_plan
from ipstrong.planfile.compiled import COMPILED, compile_plan, decode, encode, find_compiled
from ipstrong.planfile.load import load_plan as load_in_full
from plantexts import SMALL, plan_of


def test_compiled_plan_is_current(root: Path) -> None:
    """After a change of targets.yaml: `python -m ipstrong.planfile.compiled`."""
    assert COMPILED.read_text(encoding="utf-8") == compile_plan(root / "targets.yaml")


def test_shipped_plan_loads_as_if_it_had_been_read(root: Path) -> None:
    path = root / "targets.yaml"
    plan, findings = load_plan(path, "shown.yaml")
    assert (plan, findings) == load_in_full(path, "shown.yaml")
    assert plan is not None
    assert plan.path == "shown.yaml"
    assert find_compiled(path.read_bytes(), "shown.yaml") == plan


def test_shipped_plan_needs_neither_pydantic_nor_yaml(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, shown_as: str | None = None) -> None:
        raise AssertionError(f"{path} was read in full as {shown_as}")

    monkeypatch.setattr("ipstrong.planfile.load.load_plan", refuse)
    assert load_plan(root / "targets.yaml")[0] is not None


@pytest.mark.parametrize("change", [b" ", b"\n", b"# note\n"])
def test_any_other_text_is_read_in_full(root: Path, change: bytes) -> None:
    data = (root / "targets.yaml").read_bytes()
    assert find_compiled(data, "x") is not None
    assert find_compiled(data + change, "x") is None
    assert find_compiled(SMALL.encode(), "x") is None


def test_change_of_the_plan_is_seen(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "targets.yaml"
    text = (root / "targets.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("value: 130000\n", "value: 130001\n"), encoding="utf-8")
    plan, findings = load_plan(path)
    assert findings == ()
    assert plan is not None
    assert plan.target("4").value == 130001


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 0}'])
def test_package_with_a_damaged_copy_is_slower_and_not_broken(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    damaged = tmp_path / "shipped_plan.json"
    damaged.write_text(text, encoding="utf-8")
    monkeypatch.setattr(compiled, "COMPILED", damaged)
    assert load_plan(root / "targets.yaml")[0] is not None


@pytest.mark.parametrize("name", ["targets.yaml", "examples/riverton-water/targets.yaml"])
def test_plans_survive_the_round_trip(root: Path, name: str) -> None:
    plan = load_in_full(root / name)[0]
    assert plan is not None
    again = decode(json.loads(json.dumps(encode(plan))))
    assert again == plan
    assert str(again.targets[0].value) == str(plan.targets[0].value)  # digits as written


def test_small_plan_survives_the_round_trip() -> None:
    plan = plan_of(SMALL)
    assert decode(encode(plan)) == plan
    assert decode(encode(replace(plan, id="other"))) != plan


def test_values_without_a_compiled_form_are_refused() -> None:
    with pytest.raises(TypeError, match="float has no compiled form"):
        encode(1.5)


def test_plan_with_findings_is_not_compiled(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(SMALL.replace("kind: peer}", "kind: peer, aliases: [乙市]}"), encoding="utf-8")
    with pytest.raises(ValueError, match="has findings"):
        compile_plan(path)
