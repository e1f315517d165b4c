"""The loader never raises, whatever the text: there is a plan, or there are errors that say why not."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ipstrong.diagnostics import has_errors
from ipstrong.planfile.load import load_plan_text
from plantexts import SMALL, load, plan_of
from profiles import SLOW

PIECES = st.sampled_from(
    [
        *("plan:", "targets:", "- ", "  ", "\n", "id: ", "no", "010", "{", "}", "[", "]", ": ", ", ", "&a ", "*a"),
        *("!!x ", "|\n", "'", '"', "#", "\t", "2019-01-01", "~", "? ", "---\n", "...", "%YAML 1.2\n", "<<: "),
        *("\ufeff", "\x00", "专利", "1e5"),
    ]
)


def assert_sound(text: str) -> None:
    plan, findings = load(text)
    assert (plan is None) == has_errors(findings)
    for finding in findings:
        assert finding.message("zh")
        assert finding.message("en")
        finding.hint("zh")
        finding.hint("en")
        line, column = finding.location.line, finding.location.column
        assert (line is None) == (column is None)
        assert line is None or (line >= 1 and column is not None and column >= 1)


@given(st.text(max_size=200))
def test_any_text_ends_in_findings(text: str) -> None:
    assert_sound(text)


@given(st.lists(PIECES, max_size=40))
def test_any_heap_of_yaml_ends_in_findings(pieces: list[str]) -> None:
    assert_sound("".join(pieces))


@given(st.data())
def test_any_damage_to_a_plan_ends_in_findings(data: st.DataObject) -> None:
    """Cut, doubled, or filled with odd pieces, a plan is read or refused, never a crash."""
    start = data.draw(st.integers(0, len(SMALL) - 1))
    end = data.draw(st.integers(start, min(start + 40, len(SMALL))))
    assert_sound(SMALL[:start] + "".join(data.draw(st.lists(PIECES, max_size=3))) + SMALL[end:])


@given(st.data())
def test_any_value_in_place_of_another_ends_in_findings(data: st.DataObject) -> None:
    lines = SMALL.splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    key, colon, _ = lines[number].partition(": ")
    odd = data.draw(
        st.sampled_from(
            ["~", "[]", "{}", "[1]", "{a: 1}", "no", "010", "''", "1.5", ".nan", "-1", "x", "[[x]]", "99999"]
        )
    )
    lines[number] = key + colon + odd if colon else key
    assert_sound("\n".join(lines))


@SLOW
@given(st.randoms(use_true_random=False))
def test_order_of_keys_and_sections_does_not_matter(rng: random.Random) -> None:
    head, *rest = SMALL.split("\n", 1)[0], *SMALL.split("\n", 1)[1:]
    sections: list[list[str]] = []
    for line in [head, *rest[0].splitlines()]:
        if not line.startswith(" "):
            sections.append([])
        sections[-1].append(line)
    rng.shuffle(sections)
    shuffled = "\n".join(line for section in sections for line in section) + "\n"
    assert plan_of(shuffled) == plan_of(SMALL)


def test_bytes_of_any_kind_end_in_findings(tmp_path: Path) -> None:
    rng = random.Random(20210531)
    path = tmp_path / "plan.yaml"
    from ipstrong.planfile import load_plan

    for _ in range(200):
        path.write_bytes(rng.randbytes(rng.randrange(0, 120)))
        plan, findings = load_plan(path)
        assert plan is None
        assert findings


def test_same_text_gives_the_same_findings() -> None:
    text = SMALL.replace("unit: 万人", "unit: 万建").replace("id: small", "id: Small")
    assert load_plan_text(text)[1] == load_plan_text(text)[1]
