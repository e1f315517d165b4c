"""Every text of the program is in both languages, with the same fields, each in its own script."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import ipstrong
from ipstrong.diagnostics import Code
from ipstrong.texts import Text, pick, same

CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
QUOTED = re.compile(r"'[^']*'|`[^`]*`|\"[^\"]*\"|“[^”]*”")


def literal(node: ast.expr) -> str | None:
    """Return the text of a literal, the fields of an f-string as `{}`; None for anything computed."""
    match node:
        case ast.Constant(str(value)):
            return value
        case ast.JoinedStr(values):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in values)
        case ast.BinOp(left, ast.Add(), right):
            both = literal(left), literal(right)
            return None if None in both else f"{both[0]}{both[1]}"
        case _:
            return None


def texts_of(source: str) -> Iterator[tuple[int, list[str | None]]]:
    """Yield the line and the two sides of each `Text(...)` in the source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text":
            yield node.lineno, [literal(side) for side in node.args]


def fields(text: str) -> set[str]:
    """Return the names of the fields; texts with a lone brace, which are never filled, have none."""
    if text.count("{") != text.count("}"):
        return set()
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def complaint(zh: str, en: str) -> str | None:
    """Return what is wrong with a pair of literals."""
    words = re.sub(r"\{[^}]*\}", "", zh)
    if zh == en and not CJK.search(zh):
        return "both sides are English: use same()" if re.search(r"[A-Za-z]{3}", words) else None
    if not zh.strip() or not en.strip():
        return "one side is blank"
    if not CJK.search(zh) and re.search(r"[A-Za-z]", words):
        return "the Chinese side has no Chinese"
    if re.search(r"[\uff00-\uffef\u3000-\u303f]", QUOTED.sub("", en)):
        return "the English side has Chinese punctuation"
    # Names of Chinese things, such as units, may stand in English: a few characters, or quoted.
    if re.search(r"[\u4e00-\u9fff]{4}", QUOTED.sub("", en)) or (CJK.search(en) and not re.search(r"[A-Za-z]{2}", en)):
        return "the English side is Chinese"
    return None if fields(zh) == fields(en) else "the two sides have different fields"


def test_every_text_has_both_languages() -> None:
    wrong, n_texts = [], 0
    for path in sorted(Path(ipstrong.__file__).parent.rglob("*.py")):
        for line, sides in texts_of(path.read_text("utf-8")):
            zh, en = (*sides, None, None)[:2]
            n_texts += 1
            if zh is not None and en is not None and (found := complaint(zh, en)):
                wrong.append(f"{path}:{line}: {found}: {zh!r} / {en!r}")
    assert not wrong, "\n".join(wrong)
    assert n_texts > 900


def module_texts(value: object, depth: int = 0) -> Iterator[Text]:
    """Yield the texts held by a value: itself, or in its items and fields."""
    if isinstance(value, Text):
        yield value
    elif depth < 4 and isinstance(value, dict):
        for item in value.values():
            yield from module_texts(item, depth + 1)
    elif depth < 4 and isinstance(value, tuple | list | frozenset | set):
        for item in value:
            yield from module_texts(item, depth + 1)
    elif depth < 4 and type(value).__module__.startswith("ipstrong") and hasattr(type(value), "__slots__"):
        for name in getattr(type(value), "__slots__", ()):
            yield from module_texts(getattr(value, name, None), depth + 1)


def test_every_text_of_a_module_is_complete_at_run_time() -> None:
    for module in pkgutil.walk_packages(ipstrong.__path__, "ipstrong."):
        if module.name.endswith("__main__"):
            continue
        for attribute, value in vars(importlib.import_module(module.name)).items():
            for text in module_texts(value):
                assert bool(text.zh.strip()) == bool(text.en.strip()), f"{module.name}.{attribute}: {text}"
                # The table of codes writes both sides as one literal.
                is_code = isinstance(value, Code) and any(text)
                assert not is_code or complaint(*text) is None, f"{module.name}.{attribute}: {text}"


@pytest.mark.parametrize(
    ("zh", "en", "wrong"),
    [
        ("状态", "status", False),
        ("", "", False),
        ("{zh}", "{zh}", False),
        ("", "status", True),
        ("状态", " ", True),
        ("status", "status", True),
        ("State of it", "status", True),
        ("状态", "状态", True),
        ("状态“万”", "the unit '万'", False),
        ("{a}年", "{b}", True),
    ],
)
def test_the_check_itself(zh: str, en: str, *, wrong: bool) -> None:
    assert (complaint(zh, en) is not None) == wrong


def test_the_check_reads_literals_and_f_strings() -> None:
    found = dict(texts_of('Text(f"{x}年", "a" "b")\nText(a, "b")'))
    assert found == {1: ["{}年", "ab"], 2: [None, "b"]}


def test_a_text_is_filled_in_its_own_language() -> None:
    filled = Text("状态{x}", "status {x}").format(x=Text("好", "good"))
    assert filled == Text("状态好", "status good")
    assert (filled.get("zh"), filled.get("en")) == ("状态好", "status good")
    assert same("A1") == Text("A1", "A1")
    assert pick(3, "zh") == 3
