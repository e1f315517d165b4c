"""The shipped plan in a form that loads in milliseconds, beside the YAML that people read and edit.

Checking a plan takes longer than a short run has time for: YAML and pydantic make up most of it. The outcome for the shipped
plan is known, so it is kept, with the hash of the text that it came from; any other text, be it by one byte, is checked in full.
`python -m ipstrong.planfile.compiled` writes it again after a change of `targets.yaml`; a test fails until then.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ipstrong.diagnostics.finding import Severity
from ipstrong.model import checks as checks_module
from ipstrong.model import plan as plan_module
from ipstrong.model.period import PeriodKind
from ipstrong.model.plan import Plan
from ipstrong.model.unit import Unit
from ipstrong.texts import Text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

COMPILED = Path(__file__).with_name("shipped_plan.json")
FORMAT = 1
_DECIMAL = "="
"""Key of an exact decimal; every other key is the name of a type."""


def _types(*modules: ModuleType) -> dict[str, Callable[..., object]]:
    """Return the types that a plan is made of, by name."""
    shared: tuple[type, ...] = (Text, Unit, Severity, PeriodKind)
    own = [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__
    ]
    return {each.__name__: each for each in (*shared, *own)}


_TYPES = _types(plan_module, checks_module)


def encode(value: object) -> object:
    """Return a value of the model as plain JSON values: an object names its type and lists its fields."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    if isinstance(value, Enum):
        return {type(value).__name__: value.value}
    if is_dataclass(value) and not isinstance(value, type):
        return {type(value).__name__: _encoded_fields(value)}
    if isinstance(value, tuple):
        items = [encode(item) for item in value]
        return {type(value).__name__: items} if hasattr(value, "_fields") else items
    raise TypeError(f"{type(value).__name__} has no compiled form")


def _encoded_fields(value: DataclassInstance) -> list[object]:
    return [encode(getattr(value, field.name)) for field in fields(value)]


def decode(value: Any) -> Any:  # noqa: ANN401 - JSON values in, values of the model out
    """Return the value of the model that `encode` was given."""
    if isinstance(value, dict):
        ((name, content),) = value.items()
        if name == _DECIMAL:
            return Decimal(content)
        make = _TYPES[name]
        return make(*map(decode, content)) if isinstance(content, list) else make(content)
    return tuple(map(decode, value)) if isinstance(value, list) else value


def find_compiled(data: bytes, shown_as: str) -> Plan | None:
    """Return the plan of a text that is the shipped one, byte for byte; None of any other."""
    try:
        kept = json.loads(COMPILED.read_bytes())
    except (OSError, ValueError):
        return None  # a package without it is slower, not broken
    if not isinstance(kept, dict) or kept.get("format") != FORMAT:
        return None
    if kept.get("sha256") != hashlib.sha256(data).hexdigest():
        return None
    plan: Plan = decode(kept["plan"])
    return replace(plan, path=shown_as)


def compile_plan(path: Path) -> str:
    """Return the compiled form of a plan file that has no findings at all.

    Raises:
        ValueError: when anything is said about the plan; a complaint must not be lost by compiling.
    """
    from ipstrong.planfile.load import load_plan

    plan, findings = load_plan(path, path.name)
    if plan is None or findings:
        raise ValueError(f"{path} has findings; see `ipstrong plan lint {path}`")
    kept = {
        "about": "Made from targets.yaml by `python -m ipstrong.planfile.compiled`; not to be edited.",
        "format": FORMAT,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    dump = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    # One line a part, so that a change of the plan shows as a change of lines.
    head = ",\n".join(f"{dump(key)}:{dump(value)}" for key, value in kept.items())
    body = ",\n".join(_lines(part, dump) for part in _encoded_fields(plan))
    return f'{{{head},\n"plan":{{"{type(plan).__name__}":[\n{body}\n]}}}}\n'


def _lines(part: object, dump: Callable[[object], str]) -> str:
    if not isinstance(part, list) or not part:
        return dump(part)
    return "[\n" + ",\n".join(dump(item) for item in part) + "\n]"


if __name__ == "__main__":
    from ipstrong.planfile.locate import packaged_plan

    COMPILED.write_text(compile_plan(packaged_plan()), encoding="utf-8")
