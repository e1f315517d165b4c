"""The file and its YAML: what cannot be read at all, where it is, and how the tree keeps its places."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from ipstrong.model import yaml_tree
from ipstrong.model.yaml_tree import format_key
from ipstrong.planfile import load_plan
from ipstrong.planfile.document import MAX_BYTES, Document
from plantexts import SMALL, complaints, load


def tree(text: str) -> Document:
    document = Document("plan.yaml")
    document.parse(text)
    return document


def first(text: str) -> tuple[int | None, int | None, str, str, str]:
    """Return line, column, code, message and hint of the only finding about the YAML itself."""
    findings = tree(text).findings
    assert len(findings) == 1, findings
    finding = findings[0]
    location = finding.location
    return location.line, location.column, finding.code.id, finding.message("en"), finding.hint("en")


@pytest.fixture(params=["libyaml", "python"])
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test with libyaml and with PyYAML's own parser, which machines without libyaml use."""
    if request.param == "python":
        monkeypatch.setattr(yaml_tree, "LOADER", yaml.SafeLoader)
    return str(request.param)


# --- The tree -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("either_parser")
def test_values_and_places_are_those_of_the_text() -> None:
    document = tree("a: 1\n专利:\n  - x: 0.10\n    y: [二, 'z z']\n")
    assert document.root is not None
    assert document.root.value == {"a": 1, "专利": [{"x": Decimal("0.10"), "y": ["二", "z z"]}]}
    assert document.place(("专利", 0, "x")) == (3, 8)
    assert document.key_place(("专利", 0, "y")) == (4, 5)
    assert document.place(("专利", 0, "y", 1)) == (4, 12)
    assert document.place(("专利", 0, "nothing", "below")) == (3, 5)  # nearest parent: the mapping
    assert document.node(("专利", 9)) is None
    assert document.node(("a", "b", "c")) is None
    assert document.key_place(("专利", 0)) == (3, 5)
    assert document.key_place(()) == (1, 1)


def test_key_paths_are_printed_like_code() -> None:
    assert format_key(("targets", 3, "unit")) == "targets[3].unit"
    assert format_key(("targets", 3, "conventions", 0)) == "targets[3].conventions[0]"
    assert format_key(()) == ""


def test_decimals_keep_every_digit_of_the_text() -> None:
    document = tree("a: 0.1\nb: 1.10\nc: -0.000000000000000000001\nd: 123456789012345678\ne: .5\nf: 2.\n")
    assert document.root is not None
    values = document.root.value
    assert isinstance(values, dict)
    assert [str(value) for value in values.values()] == ["0.1", "1.10", "-1E-21", "123456789012345678", "0.5", "2"]


def test_quoted_words_are_text() -> None:
    document = tree("a: \"010\"\nb: 'no'\nc: !!str 7\nd: |\n  2019-01-01\n")
    assert document.root is not None
    assert document.root.value == {"a": "010", "b": "no", "c": "7", "d": "2019-01-01\n"}


# --- YAML that cannot be parsed --------------------------------------------------------------------------------------

SYNTAX = [
    # (text, line, column, problem, fix): places agree for both parsers
    ("a:\n\t- b\n", 2, 1, "a tab is used for indentation", "use spaces"),
    ("a: @x\n", 1, 4, "text without quotes cannot begin with '@'", "quote the text"),
    ("a: b: c\n", 1, 5, "a colon is not allowed here", "quote text that holds “: ”, or check the indentation"),
    ("a:\n  b: 'x\n", 2, 6, "a quote is never closed", "close it"),
    ("a:\n  b: 1\n c: 2\n", 3, 2, "wrong indentation, or a key is missing", None),
    ("a: [1, 2\n", 1, 4, "a bracket is never closed, or a comma is missing", "add ] or a comma"),
    ("a: {x: 1, y\n", 1, 4, "a brace is never closed, or a comma is missing", "add } or a comma"),
    ("a: 1\nb: \x07\n", 2, 4, "control character U+0007", "remove the invisible character"),
]


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(("text", "line", "column", "problem", "fix"), SYNTAX)
def test_syntax_errors_are_told_in_plain_words(
    text: str, line: int, column: int, problem: str, fix: str | None
) -> None:
    found = first(text)
    assert found[:4] == (line, column, "PLAN008", f"YAML syntax error: {problem}")
    assert fix is None or found[4] == fix


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("sign", [">=", ">"])
def test_comparator_without_quotes_has_its_own_cure(sign: str) -> None:
    line, _, code, message, hint = first(f"a:\n  comparator: {sign} 93\n  value: 1\n")
    assert (line, code) == (2, "PLAN008")
    assert message == f"YAML syntax error: '{sign}' without quotes"
    assert hint == f'write "{sign}"'


def test_unknown_syntax_error_is_passed_on_in_the_words_of_the_parser() -> None:
    assert first("a: 1\n...\n%FOO\n---x\n: [\n")[2] == "PLAN008"


def test_complaints_before_a_syntax_error_are_kept() -> None:
    document = tree("a: 1\na: 2\nb: 'x\n")
    assert [(f.location.line, f.code.id) for f in document.findings] == [(2, "PLAN009"), (3, "PLAN008")]


# --- Keys, aliases, tags, depth --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("either_parser")
def test_duplicate_keys_are_refused_with_both_places() -> None:
    line, column, code, message, _ = first("a:\n  b: 1\n  c: 2\n  b: 3\n")
    assert (line, column, code) == (4, 3, "PLAN009")
    assert message == "key 'b' is repeated; the first is in line 2"


def test_duplicate_key_carries_the_key_path() -> None:
    finding = tree("a:\n  - {b: 1, b: {c: 2}}\n").findings[0]
    assert finding.location.key == "a[0].b"
    assert str(finding.location) == "plan.yaml:2:12"


@pytest.mark.parametrize(
    ("key", "shown", "what"),
    [
        ("3", "3", "a number"),
        ("no", "no", "a boolean"),
        ("true", "true", "a boolean"),
        ("~", "~", "no value"),
        ("2019-01-01", "2019-01-01", "a date"),
        ("? [x]\n", "[…]", "a list or mapping"),
        ("? {x: 1}\n", "{…}", "a list or mapping"),
    ],
)
def test_keys_that_are_no_text_are_refused(key: str, shown: str, what: str) -> None:
    found = first(f"{key}: 1\n")
    assert found[2] == "PLAN015"
    assert found[3] == f"key '{shown}' is read by YAML as {what}, not as text"


@pytest.mark.usefixtures("either_parser")
def test_a_few_plain_aliases_are_followed() -> None:
    document = tree("a: &x {b: 1}\nc: *x\nd: [*x, *x]\n")
    assert document.findings == []
    assert document.root is not None
    assert document.root.value == {"a": {"b": 1}, "c": {"b": 1}, "d": [{"b": 1}, {"b": 1}]}
    assert document.place(("c",)) == (2, 4)


@pytest.mark.usefixtures("either_parser")
def test_alias_bomb_is_refused_before_it_unfolds() -> None:
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    document = tree("\n".join(lines))
    assert {finding.code.id for finding in document.findings} == {"PLAN010"}
    first_one = document.findings[0]
    assert first_one.message("en") == "YAML alias '*a0' is refused: it is inside another anchor"
    assert document.root is None  # nothing is interpreted
    assert len(document.findings) <= yaml_tree.MAX_ALIASES + 1


def test_too_many_aliases_are_refused() -> None:
    document = tree("a: &x 1\nb: [" + ", ".join(["*x"] * (yaml_tree.MAX_ALIASES + 1)) + "]\n")
    assert [finding.message("en") for finding in document.findings] == [
        f"YAML alias '*x' is refused: at most {yaml_tree.MAX_ALIASES} are read"
    ]


@pytest.mark.parametrize("text", ["a: *nobody\n", "a: &x [*x]\n"])
def test_aliases_of_nothing_and_of_themselves_are_refused(text: str) -> None:
    assert first(text)[2] == "PLAN010"


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(("opening", "n"), [("[", 3000), ("{a: ", 3000), ("- ", 3000)])
def test_deep_nesting_is_refused_without_recursion(opening: str, n: int) -> None:
    document = tree(opening * n)
    assert [finding.code.id for finding in document.findings] == ["PLAN010"]
    assert document.root is None


def test_nesting_up_to_the_limit_is_read() -> None:
    assert tree("[" * yaml_tree.MAX_DEPTH + "]" * yaml_tree.MAX_DEPTH).findings == []
    assert first("[" * (yaml_tree.MAX_DEPTH + 1) + "]" * (yaml_tree.MAX_DEPTH + 1))[2] == "PLAN010"


@pytest.mark.usefixtures("either_parser")
def test_second_document_is_refused() -> None:
    assert first("---\na: 1\n---\nb: 2\n")[:3] == (3, 1, "PLAN010")


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("a: !!python/object/apply:os.system [ls]\n", "!!python/object/apply:os.system"),
        ("a: !!int '3'\n", "!!int"),
        ("a: !mine {b: 1}\n", "!mine"),
    ],
)
def test_tags_are_refused(text: str, tag: str) -> None:
    found = first(text)
    assert found[2:4] == ("PLAN010", f"YAML tag '{tag}' is refused")


def test_hopeless_files_do_not_complain_forever() -> None:
    document = tree("".join("a: 1\n" for _ in range(5000)))
    assert len(document.findings) == yaml_tree.MAX_PROBLEMS


@pytest.mark.parametrize("text", ["", "\n\n", "# only words\n", "---\n", "~\n", "---\n...\n"])
def test_empty_plan_is_said_to_be_empty(text: str) -> None:
    findings = load(text)[1]
    assert [finding.code.id for finding in findings] == ["PLAN007"]


# --- The file ---------------------------------------------------------------------------------------------------------


def code_of(path: Path) -> tuple[str, str]:
    plan, findings = load_plan(path, shown_as="mine.yaml")
    assert plan is None
    assert len(findings) == 1
    return findings[0].code.id, str(findings[0].location)


def test_missing_file(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.yaml") == ("PLAN001", "mine.yaml")


def test_path_with_a_nul_is_a_finding(tmp_path: Path) -> None:
    assert code_of(tmp_path / "a\0b")[0] in ("PLAN001", "PLAN001")


def test_folder(tmp_path: Path) -> None:
    assert code_of(tmp_path) == ("PLAN001", "mine.yaml")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(SMALL, encoding="utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    # Root may read everything, so the refusal is played.
    monkeypatch.setattr(Path, "read_bytes", refuse)
    plan, findings = load_plan(path, shown_as="mine.yaml")
    assert plan is None
    assert [(finding.code.id, finding.message("en")) for finding in findings] == [
        ("PLAN001", "the plan file cannot be read: permission denied")
    ]


def test_failing_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(SMALL, encoding="utf-8")

    def fail(self: Path) -> bytes:
        raise OSError(5, "Input/output error", str(self))

    monkeypatch.setattr(Path, "read_bytes", fail)
    findings = load_plan(path)[1]
    assert findings[0].message("en") == "the plan file cannot be read: reading or writing the disk failed"


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    assert code_of(path) == ("PLAN005", "mine.yaml")


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        ("gb18030", "the plan file is not UTF-8 text, it looks like GB18030"),
        ("utf-16", "the plan file is not UTF-8 text, it looks like UTF-16"),
    ],
)
def test_other_encodings_are_named(tmp_path: Path, encoding: str, message: str) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(SMALL.encode(encoding))
    plan, findings = load_plan(path)
    assert plan is None
    assert [(finding.code.id, finding.message("en")) for finding in findings] == [("PLAN006", message)]


def test_first_byte_that_is_not_utf8_is_located(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes("a: 1\n专利: ".encode() + b"\xff\n")
    assert str(load_plan(path, "p.yaml")[1][0].location) == "p.yaml:2:5"


def test_byte_order_mark_is_welcome(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    plan, findings = load_plan(path)
    assert findings == ()
    assert plan is not None
    assert plan.path == str(path)


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_do_not_move_the_places(ending: str) -> None:
    assert complaints(SMALL.replace("unit: 万人", "unit: 万建").replace("\n", ending)) == complaints(
        SMALL.replace("unit: 万人", "unit: 万建")
    )


@pytest.mark.skipif(os.name != "posix", reason="devices are files of their own kind on POSIX systems only")
def test_device_is_no_plan() -> None:
    assert code_of(Path("/dev/null"))[0] == "PLAN001"
