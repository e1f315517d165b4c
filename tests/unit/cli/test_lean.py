"""Values taken as given are what the library makes of them, and cost no adapter."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from ipstrong.cli.app import build

VALUES: tuple[Any, ...] = (
    None,
    "",
    "zh",
    "json",
    "Json",
    "never",
    "5",
    "0",
    "a b",
    ("a", "b"),
    ("",),
    (),
    ["x"],
    True,
    False,
)


def _parameters(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any, Any]]:
    """Every parameter of every command, with its name and context."""
    context = command.make_context("ipstrong", [], resilient_parsing=True, obj={"lang": "en"})
    for parameter in command.get_params(context):
        yield " ".join((*path, parameter.name or "")), parameter, context
    for name, child in getattr(command, "commands", {}).items():
        yield from _parameters(child, (*path, name))


PARAMETERS = {
    name: (parameter, context) for name, parameter, context in _parameters(typer.main.get_command(build(None)))
}


def _outcome(process: Any, context: Any, value: Any) -> object:
    try:
        return process(context, value)
    except Exception as error:  # noqa: BLE001 - whatever the library raises
        return type(error), str(error)


@pytest.mark.parametrize("name", [name for name in PARAMETERS if not name.endswith(("help", "version", "completion"))])
def test_values_are_what_the_library_makes_of_them(name: str) -> None:
    parameter, context = PARAMETERS[name]
    assert "process_value" in vars(parameter)
    ordinary = type(parameter).process_value
    for value in VALUES:
        expected = _outcome(lambda ctx, given: ordinary(parameter, ctx, given), context, value)
        found = _outcome(parameter.process_value, context, value)
        assert (type(found), found) == (type(expected), expected), value


def test_a_run_with_plain_options_loads_no_adapters() -> None:
    code = (
        "import sys; sys.argv = ['ipstrong', 'rules', '--lang', 'en', '--format', 'json']\n"
        "from ipstrong.cli.app import main\nmain()\n"
        "sys.exit(len([name for name in sys.modules if name.startswith('pydantic')]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
