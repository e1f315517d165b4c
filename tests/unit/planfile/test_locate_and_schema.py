"""Which plan is meant, and the JSON Schema for editors."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from ipstrong.planfile import load as load_module
from ipstrong.planfile import load_plan, locate_plan, plan_schema
from plantexts import SMALL


def test_named_plan_wins_even_when_it_does_not_exist(tmp_path: Path) -> None:
    (tmp_path / "targets.yaml").write_text(SMALL, encoding="utf-8")
    assert locate_plan("other.yaml", tmp_path) == Path("other.yaml")


def test_plan_in_the_folder_comes_next(tmp_path: Path) -> None:
    (tmp_path / "targets.yaml").write_text(SMALL, encoding="utf-8")
    assert locate_plan(None, tmp_path) == tmp_path / "targets.yaml"


def test_folder_or_broken_link_of_that_name_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a" / "targets.yaml").mkdir(parents=True)
    assert locate_plan(None, tmp_path / "a") == tmp_path / "a" / "targets.yaml"
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "targets.yaml").symlink_to(tmp_path / "nowhere.yaml")
    assert locate_plan(None, tmp_path / "b") == tmp_path / "b" / "targets.yaml"


def test_shipped_plan_is_the_last_resort(tmp_path: Path) -> None:
    path = locate_plan(None, tmp_path)
    assert path.name == "targets.yaml"
    plan, findings = load_plan(path)
    assert findings == ()
    assert plan is not None
    assert plan.id == "shenzhen-ip-2019-2021"


def test_plan_beside_the_modules_wins_over_that_of_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wheel carries the plan inside the package; a checkout has it at the top."""
    package = tmp_path / "src" / "ipstrong"
    (package / "planfile").mkdir(parents=True)
    monkeypatch.setattr(load_module, "__file__", str(package / "planfile" / "load.py"))
    assert locate_plan(None, tmp_path / "elsewhere") == tmp_path / "targets.yaml"
    (package / "targets.yaml").write_text(SMALL, encoding="utf-8")
    assert locate_plan(None, tmp_path / "elsewhere") == package / "targets.yaml"


def test_committed_schema_is_current(root: Path) -> None:
    """After a change of the specification: `ipstrong plan schema > docs/targets.schema.json`."""
    committed = (root / "docs" / "targets.schema.json").read_text(encoding="utf-8")
    assert committed == json.dumps(plan_schema(), ensure_ascii=False, indent=2) + "\n"


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = plan_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("name", ["targets.yaml", "examples/riverton-water/targets.yaml"])
def test_plans_fit_the_schema(root: Path, name: str, validator: jsonschema.Draft202012Validator) -> None:
    data = yaml.safe_load((root / name).read_text(encoding="utf-8"))
    assert [error.message for error in validator.iter_errors(data)] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 130000", "valeu: 130000"),
        ("value: 130000", "value: 13万"),
        ("measure: level", "measure: levle"),
        ("id: small", "id: Small"),
        ("kind: peer", "kind: pear"),
        ("sentence: 2", "sentence: 0"),
        ("{zh: 总体, en: All}", "{zh: 总体}"),
        ("unit: 万人", "unit: ~"),
        ("scale: 10000", "scale: 0"),
    ],
)
def test_schema_refuses_what_the_loader_refuses(old: str, new: str, validator: jsonschema.Draft202012Validator) -> None:
    assert list(validator.iter_errors(yaml.safe_load(SMALL))) == []
    assert list(validator.iter_errors(yaml.safe_load(SMALL.replace(old, new))))


def test_every_property_is_described_in_both_languages() -> None:
    schema = plan_schema()
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    parts = {**definitions, "Plan": schema}
    missing = [
        f"{name}.{key}"
        for name, part in parts.items()
        for key, value in part.get("properties", {}).items()
        if not _is_bilingual(value.get("description", ""))
    ]
    assert missing == []


def _is_bilingual(text: str) -> bool:
    return any("a" <= char <= "z" for char in text) and any("\u4e00" <= char <= "\u9fff" for char in text)
