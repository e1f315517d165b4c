"""Patterns that are compiled when a text may match them."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ipstrong.sources
from ipstrong.sources.patterns import LazyPattern, lazy


def _all_patterns() -> Iterator[LazyPattern]:
    """Every lazy pattern of the package: those of modules, and those in tuples of modules."""
    for module in pkgutil.walk_packages(ipstrong.sources.__path__, "ipstrong.sources."):
        for value in vars(importlib.import_module(module.name)).values():
            yield from _within(value)


def _within(value: object) -> Iterator[LazyPattern]:
    if isinstance(value, LazyPattern):
        yield value
    elif type(value) is tuple:
        for entry in value:
            yield from _within(entry)


GATED = sorted({(found.pattern, found.flags, "".join(sorted(found.needs))) for found in _all_patterns() if found.needs})


def test_there_are_patterns_with_needs() -> None:
    assert len(GATED) > 30


@pytest.mark.parametrize(("pattern", "flags", "needs"), GATED)
@settings(max_examples=60)
@given(data=st.data())
def test_every_text_that_matches_has_what_its_pattern_needs(
    data: st.DataObject, pattern: str, flags: int, needs: str
) -> None:
    text = data.draw(st.from_regex(re.compile(pattern, flags)))
    assert not set(needs).isdisjoint(text)


def test_a_text_without_what_is_needed_compiles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("compiled")

    monkeypatch.setattr(re, "compile", refuse)
    found = lazy(r"(\d+)月", needs="月")
    assert (found.search("2019年"), found.match("9"), found.fullmatch("")) == (None, None, None)
    assert found.sub("-", "9日") == "9日"


def test_a_text_with_it_gives_what_the_pattern_gives() -> None:
    found = lazy(r"(\d+)月", needs="月")
    assert found.sub("-", "9月 10月", count=1) == "- 10月"
    month = found.search("在9月")
    assert month is not None
    assert month[1] == "9"
    assert found.findall("9月10月") == ["9", "10"]


def test_a_pattern_has_only_the_methods_of_patterns() -> None:
    with pytest.raises(AttributeError):
        lazy("a").groups()  # type: ignore[operator]  # no pattern's method: the test is that it raises
