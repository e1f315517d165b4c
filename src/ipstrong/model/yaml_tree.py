"""YAML text to a tree of nodes with their positions, for every file that people write: plans and waivers.

Values come from the text of a scalar, never from a YAML library's guess: `0.1` is exactly `Decimal("0.1")`, and
whatever two versions of YAML would read differently (`no`, `010`, `1:30`, `130_000`, a bare date) is a `Trap`, which
no field accepts, so that it is reported wherever it appears.

The tree is built from the parser's events: no constructor ever runs, depth is counted instead of recursed, and aliases
are counted before they are followed. With the same events the tree is the same whether libyaml is present or not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

import yaml

from ipstrong.texts import Text, same

MAX_DEPTH = 24
MAX_ALIASES = 20
MAX_PROBLEMS = 200
"""A file that is something else altogether would otherwise have a problem in every line."""
MAX_DIGITS = 30
"""Digits of the longest number that is read; longer ones are slips or attacks."""

LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

KeyPath = Sequence[str | int]


class Position(NamedTuple):
    """1-based line and column of a character."""

    line: int
    column: int


class Trap(Enum):
    """Why a plain scalar cannot be trusted."""

    BOOLEAN = "boolean"
    LEADING_ZERO = "leading_zero"
    DATE = "date"
    AMBIGUOUS = "ambiguous"
    NOT_FINITE = "not_finite"
    TOO_LONG = "too_long"


class TrappedScalar(NamedTuple):
    """Stands for the value of a trap; no field accepts it."""

    trap: Trap
    raw: str


@dataclass(slots=True)
class Node:
    """A mapping, list or scalar with the place where it begins."""

    place: Position
    value: object
    """`dict`, `list`, `str`, `int`, `Decimal`, `bool`, `None` or `TrappedScalar`."""
    children: dict[str, Node] | list[Node] | None = None
    keys: dict[str, Position] | None = None
    """Where each key of a mapping is."""
    raw: str = ""
    """Text of a scalar as written."""

    @property
    def is_mapping(self) -> bool:
        """Whether it is a mapping."""
        return isinstance(self.children, dict)

    @property
    def items(self) -> list[Node]:
        """The items of a list; empty for anything else."""
        return self.children if isinstance(self.children, list) else []

    def child(self, part: str | int) -> Node | None:
        """Return the node below a key or index, None when there is none."""
        if isinstance(self.children, dict):
            return self.children.get(part) if isinstance(part, str) else None
        if isinstance(self.children, list) and isinstance(part, int) and 0 <= part < len(self.children):
            return self.children[part]
        return None

    def at(self, path: KeyPath) -> Node | None:
        """Return the node at a key path below this one, None when there is none."""
        here: Node | None = self
        for part in path:
            if here is None:
                return None
            here = here.child(part)
        return here

    def scalars(self) -> Iterator[tuple[KeyPath, Node]]:
        """Yield every scalar with its key path."""
        waiting: list[tuple[KeyPath, Node]] = [((), self)]
        while waiting:
            path, node = waiting.pop()
            if isinstance(node.children, dict):
                waiting += [((*path, key), child) for key, child in node.children.items()]
            elif isinstance(node.children, list):
                waiting += [((*path, index), child) for index, child in enumerate(node.children)]
            else:
                yield path, node


def format_key(path: KeyPath) -> str:
    """Return a key path in its printed form, such as `targets[3].unit`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


# --- Plain scalars ----------------------------------------------------------------------------------------------------

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FRACTION = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+)")
_TRAPS = (
    (Trap.BOOLEAN, re.compile(r"(?i:yes|no|on|off)|True|TRUE|False|FALSE")),
    (Trap.LEADING_ZERO, re.compile(r"[-+]?(?:0[0-9_]+(?:\.[0-9_]*)?|0x[0-9a-fA-F_]+|0b[01_]+|0o[0-7_]+)")),
    (Trap.DATE, re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?")),
    (Trap.NOT_FINITE, re.compile(r"(?i:[-+]?\.inf|\.nan|[-+]?inf(?:inity)?|nan)")),
    (
        Trap.AMBIGUOUS,
        re.compile(
            r"[-+]?(?:[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?|(?:[0-9]+\.|\.[0-9])[0-9_]*_[0-9_]*"  # 130_000
            r"|(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][-+]?[0-9]+"  # 13e4
            r"|[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?)"  # 1:30
        ),
    ),
)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_SPECIAL = frozenset("0123456789+-.~yYnNtTfFoOiI")
"""First characters of every plain scalar that is not simply text."""


def read_plain(text: str) -> object:
    """Return the value of an unquoted scalar."""
    if text in _NULLS:
        return None
    if text[0] not in _SPECIAL:
        return text
    if text in ("true", "false"):
        return text == "true"
    for pattern, number in ((_INTEGER, int), (_FRACTION, Decimal)):
        if pattern.fullmatch(text):
            return number(text) if len(text) <= MAX_DIGITS else TrappedScalar(Trap.TOO_LONG, text)
    for trap, pattern in _TRAPS:
        if pattern.fullmatch(text):
            return TrappedScalar(trap, text)
    return text


# --- The tree ---------------------------------------------------------------------------------------------------------


class ProblemKind(Enum):
    """What can be wrong with YAML, whatever file it is in."""

    SYNTAX = "syntax"
    DUPLICATE_KEY = "duplicate key"
    ALIAS = "alias"
    DEPTH = "depth"
    DOCUMENTS = "documents"
    TAG = "tag"
    KEY = "key"


class Problem(NamedTuple):
    """A problem with the YAML itself, with the values of its message."""

    kind: ProblemKind
    place: Position
    path: KeyPath
    params: dict[str, object]


_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _StopReadingError(Exception):
    """The tree cannot be built further; the problems say why."""


def parse_yaml(
    text: str, report: Callable[[Problem], None], max_depth: int = MAX_DEPTH, max_aliases: int = MAX_ALIASES
) -> Node | None:
    """Return the tree of the only document in a text; None if there is none, or if it cannot be read.

    Args:
        text: the YAML.
        report: called with every problem.
        max_depth: how deep lists and mappings may be nested.
        max_aliases: how many aliases are followed.
    """
    bad = _UNPRINTABLE.search(text)
    if bad is not None:
        start = bad.start()
        place = Position(text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
        problem = Text(f"控制字符 U+{ord(bad[0]):04X}", f"control character U+{ord(bad[0]):04X}")
        fix = Text("删去这个看不见的字符", "remove the invisible character")
        report(Problem(ProblemKind.SYNTAX, place, (), {"problem": problem, "fix": fix}))
        return None
    try:
        return _TreeBuilder(report, max_depth, max_aliases).build(yaml.parse(text, Loader=LOADER))
    except yaml.YAMLError as error:
        place, problem, fix = explain_syntax(error, text.splitlines())
        report(Problem(ProblemKind.SYNTAX, place, (), {"problem": problem, "fix": fix}))
    except _StopReadingError:
        pass
    return None


@dataclass(slots=True)
class _Open:
    """A mapping or list that has not ended yet."""

    node: Node
    anchor: str | None
    key: str | None = None
    """The last key; None where its value is to be dropped."""
    wants_key: bool = True


class _TreeBuilder:
    """Builds the tree from parser events, without recursion."""

    def __init__(self, report: Callable[[Problem], None], max_depth: int, max_aliases: int) -> None:
        self._report_problem = report
        self._max_depth = max_depth
        self._max_aliases = max_aliases
        self._n_problems = 0
        self._stack: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._n_aliases = 0
        self._root: Node | None = None

    def build(self, events: Iterator[yaml.Event]) -> Node | None:
        """Return the root node of the first document; complain of a second."""
        n_documents = 0
        for event in events:
            # Most events are scalars, and most of the time is spent here.
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._start(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._stack.pop()
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                n_documents += 1
                if n_documents > 1:
                    self._report(ProblemKind.DOCUMENTS, event)
                    raise _StopReadingError
        return self._root

    def _report(self, kind: ProblemKind, event: yaml.Event, below: str | None = None, **params: object) -> None:
        path: list[str | int] = []
        for depth, level in enumerate(self._stack, 1):
            is_inside = depth < len(self._stack)
            if isinstance(level.node.children, list):
                path.append(len(level.node.children) - is_inside)
            elif level.key is not None and (is_inside or not level.wants_key):
                path.append(level.key)
        if below is not None:
            path.append(below)
        self._report_problem(Problem(kind, _place(event), path, params))
        self._n_problems += 1
        if self._n_problems >= MAX_PROBLEMS:
            raise _StopReadingError

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        text: str = event.value
        tag = event.tag
        if tag is not None and tag not in ("!", "tag:yaml.org,2002:str"):
            self._report(ProblemKind.TAG, event, tag=_short_tag(tag))
        is_plain = tag is None and event.implicit[0]
        self._add(Node(_place(event), read_plain(text) if is_plain else text, raw=text), event)

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        if len(self._stack) >= self._max_depth:
            self._report(ProblemKind.DEPTH, event, limit=self._max_depth)
            raise _StopReadingError
        if event.tag is not None:
            self._report(ProblemKind.TAG, event, tag=_short_tag(event.tag))
        if isinstance(event, yaml.MappingStartEvent):
            node = Node(_place(event), {}, {}, {})
        else:
            node = Node(_place(event), [], [])
        self._add(node, event)
        self._stack.append(_Open(node, event.anchor))

    def _alias(self, event: yaml.AliasEvent) -> None:
        name = event.anchor or ""
        self._n_aliases += 1
        why = None
        if self._n_aliases > self._max_aliases:
            why = Text(f"最多 {self._max_aliases} 个", f"at most {self._max_aliases} are read")
        elif any(level.anchor is not None for level in self._stack):
            why = Text("它在另一个锚点之内", "it is inside another anchor")
        elif name not in self._anchors:
            why = Text("没有这个锚点", "there is no such anchor")
        if why is None:
            self._add(replace(self._anchors[name], place=_place(event)), event)
            return
        self._report(ProblemKind.ALIAS, event, name=name, why=why)
        if self._n_aliases > self._max_aliases:
            raise _StopReadingError
        self._add(Node(_place(event), None), event)

    def _add(self, node: Node, event: yaml.NodeEvent) -> None:
        if event.anchor is not None and not isinstance(event, yaml.AliasEvent):
            self._anchors[event.anchor] = node
        if not self._stack:
            self._root = node
            return
        level = self._stack[-1]
        children, value = level.node.children, level.node.value
        if isinstance(children, list) and isinstance(value, list):
            children.append(node)
            value.append(node.value)
            return
        if level.wants_key:
            level.key = self._take_key(level, node, event)
        elif level.key is not None and isinstance(children, dict) and isinstance(value, dict):
            children[level.key] = node
            value[level.key] = node.value
        level.wants_key = not level.wants_key

    def _take_key(self, level: _Open, node: Node, event: yaml.Event) -> str | None:
        """Return the key that waits for a value, None when its value is to be dropped."""
        keys = level.node.keys
        if not isinstance(node.value, str) or keys is None:
            shown, what = _describe_key(node)
            self._report(ProblemKind.KEY, event, shown, key=shown, what=what)
            return None
        if node.value in keys:
            first = keys[node.value].line
            self._report(ProblemKind.DUPLICATE_KEY, event, node.value, key=node.value, first=first)
            return None
        keys[node.value] = node.place
        return node.value


def _short_tag(tag: str) -> str:
    """Return a tag as one writes it: `!!python/object`."""
    return tag.replace("tag:yaml.org,2002:", "!!")


def _describe_key(node: Node) -> tuple[str, Text]:
    value = node.value
    trap = value.trap if isinstance(value, TrappedScalar) else None
    if node.children is not None:
        return ("{…}" if node.is_mapping else "[…]"), Text("列表或映射", "a list or mapping")
    if value is None:
        return node.raw or "~", Text("空值", "no value")
    if isinstance(value, bool) or trap is Trap.BOOLEAN:
        return node.raw, Text("是非值", "a boolean")
    return node.raw, Text("日期", "a date") if trap is Trap.DATE else Text("数", "a number")


def _place(event: yaml.Event) -> Position:
    mark = event.start_mark
    return Position(1, 1) if mark is None else Position(mark.line + 1, mark.column + 1)


# --- Syntax errors in plain words; the same for libyaml and for PyYAML ------------------------------------------------

_QUOTE = Text("给这段文字加引号", "quote the text")
_INDENT = Text(
    "检查这一行和上一行的缩进，同级的键要对齐", "check the indentation here and above: keys of one level line up"
)

_ESCAPE = Text("双引号里的反斜杠写法不对", "unknown escape in double quotes")
_PROBLEMS = (
    (
        "mapping values are not allowed",
        Text("这里不能再有冒号", "a colon is not allowed here"),
        Text("文字里有“: ”就要加引号；或检查缩进", "quote text that holds “: ”, or check the indentation"),
    ),
    ("found unexpected end of stream", Text("引号没有闭合", "a quote is never closed"), Text("补上引号", "close it")),
    ("found undefined alias", Text("没有这个锚点", "there is no such anchor"), _QUOTE),
    (
        "',' or '\\]'",
        Text("方括号没有闭合，或少了逗号", "a bracket is never closed, or a comma is missing"),
        Text("补上 ] 或逗号", "add ] or a comma"),
    ),
    (
        "',' or '}'",
        Text("花括号没有闭合，或少了逗号", "a brace is never closed, or a comma is missing"),
        Text("补上 } 或逗号", "add } or a comma"),
    ),
    ("find expected ':'", Text("键后缺少冒号", "a key without its colon"), Text("写成“键: 值”", "write “key: value”")),
    ("unknown escape character|hexdecimal numbers", _ESCAPE, Text("改用单引号", "use single quotes")),
    ("expected '-' indicator", Text("列表在这里断了", "the list breaks off here"), _INDENT),
    (
        "sequence entries are not allowed",
        Text("这里不能开始列表", "a list cannot begin here"),
        Text("换行，再写“- ”", "begin it on a new line"),
    ),
    (
        "expected node content",
        Text("列表或映射没有写完", "a list or mapping is never finished"),
        Text("补上 ] 或 }", "add ] or }"),
    ),
    (
        "did not find expected key|<block end>",
        Text("缩进不对，或缺少键", "wrong indentation, or a key is missing"),
        _INDENT,
    ),
    (
        "incompatible YAML",
        Text("YAML 版本不支持", "unsupported YAML version"),
        Text("删去 %YAML 行", "remove the %YAML line"),
    ),
    ("duplicate anchor", Text("锚点重复", "an anchor is repeated"), Text("换一个名称", "choose another name")),
)
"""What the parser says, as a pattern; what that means; and how to fix it."""
_COMPARATOR = re.compile(r":\s*(?P<sign>[<>]=?)\s*(?:[#\d].*)?$")


def explain_syntax(error: yaml.YAMLError, lines: list[str]) -> tuple[Position, Text, Text]:
    """Return where the parser stopped, what is wrong, and how to fix it."""
    start = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or start
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    if start is not None and ("end of stream" in problem or "',' or" in problem):
        mark = (
            start  # an unclosed quote or bracket is noticed at the end of the file, but has to be fixed where it begins
        )
    place = Position(1, 1) if mark is None else Position(mark.line + 1, mark.column + 1)
    if lines and place.line > len(lines):  # libyaml notices it after the last line
        place = Position(len(lines), len(lines[-1]) + 1)
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    return place, *_explain(problem, line, line[place.column - 1 : place.column])


def _explain(problem: str, line: str, character: str) -> tuple[Text, Text]:
    found = _COMPARATOR.search(line)
    if found is not None and re.search("block scalar|chomping|comment", problem):
        sign = found["sign"]
        return Text(f"'{sign}' 没有加引号", f"'{sign}' without quotes"), Text(f'写成 "{sign}"', f'write "{sign}"')
    if "cannot start any token" in problem and character == "\t":
        return Text("用了制表符缩进", "a tab is used for indentation"), Text("改用空格", "use spaces")
    if "cannot start any token" in problem:
        what = Text(f"未加引号的文字不能以 '{character}' 开头", f"text without quotes cannot begin with '{character}'")
        return what, _QUOTE
    for words, text, fix in _PROBLEMS:
        if re.search(words, problem):
            return text, fix
    return same(problem), Text("检查这一行的写法", "check how this line is written")
