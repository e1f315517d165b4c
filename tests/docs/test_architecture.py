"""The table of docs/architecture.md is the folders of the package, and the files that it names exist."""

from __future__ import annotations

import re
from pathlib import Path

ROW = re.compile(r"^\| `([a-z]+)(?:/|\.py)` \|", re.MULTILINE)
MODULE = re.compile(r"`((?:[a-z]+/)+[a-z_]+\.py)`")


def page_of(root: Path) -> str:
    return (root / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_the_table_names_every_package_and_no_other(root: Path) -> None:
    package = root / "src" / "ipstrong"
    folders = {path.name for path in package.iterdir() if (path / "__init__.py").is_file()}
    modules = {path.stem for path in package.glob("*.py") if not path.stem.startswith("__")}
    assert set(ROW.findall(page_of(root))) == folders | modules


def test_every_module_that_the_page_names_exists(root: Path) -> None:
    named = {name for name in MODULE.findall(page_of(root)) if not name.startswith(("tests/", "docs/"))}
    assert named
    missing = [name for name in sorted(named) if not (root / "src" / "ipstrong" / name).is_file()]
    assert missing == []


def test_packages_hand_on_names_and_hold_nothing(root: Path) -> None:
    """An `__init__` has imports, `__all__` and a docstring; what a package does is in its modules."""
    for path in (root / "src" / "ipstrong").rglob("*/__init__.py"):
        code = path.read_text(encoding="utf-8")
        assert not re.search(r"^(?:def|class|async def) (?!__getattr__)", code, re.MULTILINE), path
