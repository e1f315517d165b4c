"""YAML text to a tree of nodes with places, and every complaint about the file and its YAML.

Only the parser's *events* are used: no constructor ever runs, depth is counted instead of recursed, and aliases are
counted before they are followed. With the same events the tree is the same whether libyaml is present or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import plan as codes
from ipstrong.diagnostics.finding import Code
from ipstrong.diagnostics.reasons import system_reason
from ipstrong.planfile.nodes import Node, Place, TrappedScalar, read_plain
from ipstrong.planfile.syntax import explain_syntax
from ipstrong.texts import Text

MAX_BYTES = 2_000_000
MAX_DEPTH = 24
MAX_ALIASES = 20
MAX_FINDINGS = 200
"""A file that is no plan at all would otherwise complain in every line."""

KeyPath = Sequence[str | int]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Document:
    """The tree of a plan file, its lines, and the complaints so far."""

    path: str
    """The file as shown to the user."""
    root: Node | None = None
    lines: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    nulls: list[tuple[Place, str]] = field(default_factory=list)
    """Where a value is empty, with its key path; a plan never says "nothing" that way."""

    def node(self, path: KeyPath) -> Node | None:
        """Return the node at a key path, None when there is none."""
        here = self.root
        for part in path:
            if here is None:
                return None
            here = here.child(part)
        return here

    def place(self, path: KeyPath) -> Place:
        """Return where the value at a key path begins: the nearest parent's where it does not exist."""
        here, found = self.root, Place(1, 1)
        for part in path:
            if here is None:
                break
            found = here.place
            here = here.child(part)
        return here.place if here is not None else found

    def key_place(self, path: KeyPath) -> Place:
        """Return where the last key of a path stands; for a list item, where the item begins."""
        parent = self.node(path[:-1]) if path else None
        if parent is not None and parent.keys is not None and path[-1] in parent.keys:
            return parent.keys[str(path[-1])]
        return self.place(path)

    def walk(self) -> Iterator[tuple[KeyPath, Node]]:
        """Yield every scalar with its key path."""
        waiting: list[tuple[KeyPath, Node]] = [] if self.root is None else [((), self.root)]
        while waiting:
            path, node = waiting.pop()
            if isinstance(node.children, dict):
                waiting += [((*path, key), child) for key, child in node.children.items()]
            elif isinstance(node.children, list):
                waiting += [((*path, index), child) for index, child in enumerate(node.children)]
            else:
                yield path, node

    def report(self, code: Code, path: KeyPath, *, at_key: bool = False, **params: object) -> None:
        """Add a finding about the value (or the key) at a key path."""
        self.report_at(code, self.key_place(path) if at_key else self.place(path), format_key(path), **params)

    def report_at(self, code: Code, place: Place | None, where: str | None = None, **params: object) -> None:
        """Add a finding at a line and column, or about the file as a whole."""
        if place is None:
            self.findings.append(Finding(code, Location(self.path), params))
            return
        excerpt = self.lines[place.line - 1].rstrip() if 0 < place.line <= len(self.lines) else None
        location = Location(self.path, line=place.line, column=place.column, key=where or None)
        self.findings.append(Finding(code, location, params, excerpt=excerpt))


def format_key(path: KeyPath) -> str:
    """Return a key path in its printed form, such as `targets[3].unit`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def read_document(path: Path, shown_as: str) -> Document:
    """Read a plan file into a tree; the complaints stand in its `findings`, and nothing is raised."""
    document = Document(shown_as)
    data = _read_bytes(path, document)
    if data is not None:
        text = _decode(data, document)
        if text is not None:
            parse_document(text, document)
    return document


def _read_bytes(path: Path, document: Document) -> bytes | None:
    try:
        if not path.exists():
            document.report_at(codes.PLAN_NOT_FOUND, None)
        elif not path.is_file():
            document.report_at(codes.PLAN_NOT_A_FILE, None)
        elif (size := path.stat().st_size) > MAX_BYTES:
            document.report_at(codes.PLAN_TOO_LARGE, None, size=size, limit=MAX_BYTES)
        else:
            return path.read_bytes()
    except PermissionError:
        document.report_at(codes.PLAN_UNREADABLE, None, why=Text("没有读取权限", "permission denied"))
    except (OSError, ValueError) as error:
        # ValueError: a NUL in the path.
        document.report_at(codes.PLAN_UNREADABLE, None, why=system_reason(error))
    return None


def _decode(data: bytes, document: Document) -> str | None:
    for mark, name in ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16")):
        if data.startswith(mark):
            document.report_at(codes.PLAN_ENCODING, None, guess=_looks_like(name))
            return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        place = Place(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        document.report_at(codes.PLAN_ENCODING, place, guess=_guess_encoding(data))
        return None


def _guess_encoding(data: bytes) -> Text:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return Text("", "")
    return _looks_like("GB18030")


def _looks_like(name: str) -> Text:
    return Text(f"，像是 {name}", f", it looks like {name}")


def parse_document(text: str, document: Document) -> None:
    """Parse YAML text into `document.root`, adding every complaint about the YAML itself."""
    document.lines = text.splitlines()
    bad = _UNPRINTABLE.search(text)
    if bad is not None:
        place = _place_of(text, bad.start())
        problem = Text(f"控制字符 U+{ord(bad[0]):04X}", f"control character U+{ord(bad[0]):04X}")
        cure = Text("删去这个看不见的字符", "remove the invisible character")
        document.report_at(codes.YAML_SYNTAX, place, problem=problem, cure=cure)
        return
    try:
        document.root = _TreeBuilder(document).build(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        place, problem, cure = explain_syntax(error, document.lines)
        document.report_at(codes.YAML_SYNTAX, place, problem=problem, cure=cure)
        return
    except _StopReadingError:
        return
    if document.root is None or (document.root.value is None and not document.findings):
        document.root = None
        document.report_at(codes.PLAN_EMPTY, Place(1, 1) if document.lines else None)


def _place_of(text: str, index: int) -> Place:
    return Place(text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1)


class _StopReadingError(Exception):
    """The tree cannot be built further; why is among the findings."""


@dataclass(slots=True)
class _Open:
    """A mapping or list that has not ended yet."""

    node: Node
    content: dict[str, object] | list[object]
    """The value of the node, to which its items are added."""
    anchor: str | None
    key: str | None = None
    """The last key; None where its value is to be dropped."""
    wants_key: bool = True


class _TreeBuilder:
    """Builds the tree from parser events, without recursion."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._stack: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._with_alias: set[str] = set()
        self._n_aliases = 0
        self._root: Node | None = None

    def build(self, events: Iterator[yaml.Event]) -> Node | None:
        """Return the root node of the first document; complain of a second."""
        n_documents = 0
        for event in events:
            # Most events are scalars, and most of the time is spent here.
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self._start(event)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self._stack.pop()
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                n_documents += 1
                if n_documents > 1:
                    self._complain(codes.SEVERAL_DOCUMENTS, event)
                    raise _StopReadingError
        return self._root

    def _complain(self, code: Code, event: yaml.Event, *, below: str | None = None, **params: object) -> None:
        self._document.report_at(code, _place(event), self._key_path(below), **params)
        if len(self._document.findings) >= MAX_FINDINGS:
            raise _StopReadingError

    def _key_path(self, below: str | None = None) -> str:
        """Return the key path of what is being built, or of a key in it."""
        path: list[str | int] = []
        for depth, level in enumerate(self._stack, 1):
            is_inside = depth < len(self._stack)
            if isinstance(level.node.children, list):
                path.append(len(level.node.children) - is_inside)
            elif level.key is not None and (is_inside or not level.wants_key):
                path.append(level.key)
        return format_key(path if below is None else [*path, below])

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        text: str = event.value
        tag = event.tag
        if tag is not None and tag not in ("!", "tag:yaml.org,2002:str"):
            self._complain(codes.TAG_REFUSED, event, tag=_short_tag(tag))
        is_plain = tag is None and event.implicit[0]
        value = read_plain(text) if is_plain else text
        place = _place(event)
        if value is None and self._stack and not (self._stack[-1].node.is_mapping and self._stack[-1].wants_key):
            self._document.nulls.append((place, self._key_path()))
        self._add(Node(place, value, raw=text), event)

    def _start(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if len(self._stack) >= MAX_DEPTH:
            self._complain(codes.TOO_DEEP, event, limit=MAX_DEPTH)
            raise _StopReadingError
        if event.tag is not None:
            self._complain(codes.TAG_REFUSED, event, tag=_short_tag(event.tag))
        content: dict[str, object] | list[object]
        if isinstance(event, yaml.MappingStartEvent):
            content = {}
            node = Node(_place(event), content, {}, {})
        else:
            content = []
            node = Node(_place(event), content, [])
        self._add(node, event)
        self._stack.append(_Open(node, content, event.anchor))

    def _alias(self, event: yaml.AliasEvent) -> None:
        name = event.anchor or ""
        self._n_aliases += 1
        why = None
        if self._n_aliases > MAX_ALIASES:
            why = Text(f"最多 {MAX_ALIASES} 个", f"at most {MAX_ALIASES} are read")
        elif any(level.anchor is not None for level in self._stack):
            why = Text("它在另一个锚点之内", "it stands inside another anchor")
        elif name not in self._anchors:
            why = Text("没有这个锚点", "there is no such anchor")
        if why is None:
            target = self._anchors[name]
            self._add(Node(_place(event), target.value, target.children, target.keys, target.raw), event)
            return
        self._complain(codes.ALIAS_REFUSED, event, name=name, why=why)
        if self._n_aliases > MAX_ALIASES:
            raise _StopReadingError
        self._add(Node(_place(event), None), event)

    def _add(self, node: Node, event: yaml.Event) -> None:
        anchor = getattr(event, "anchor", None)
        if anchor is not None and not isinstance(event, yaml.AliasEvent):
            self._anchors[anchor] = node
        if not self._stack:
            self._root = node
            return
        level = self._stack[-1]
        if isinstance(level.node.children, list) and isinstance(level.content, list):
            level.node.children.append(node)
            level.content.append(node.value)
        elif level.wants_key:
            level.key = self._take_key(level, node, event)
            level.wants_key = False
        else:
            level.wants_key = True
            if level.key is None:
                return
            if isinstance(level.node.children, dict) and isinstance(level.content, dict):
                level.node.children[level.key] = node
                level.content[level.key] = node.value

    def _take_key(self, level: _Open, node: Node, event: yaml.Event) -> str | None:
        """Return the key that waits for a value, None when its value is to be dropped."""
        if not isinstance(node.value, str):
            shown, what = _describe_key(node)
            self._complain(codes.KEY_NOT_TEXT, event, below=shown, key=shown, what=what)
            return None
        keys = level.node.keys
        if keys is None:
            return None
        if node.value in keys:
            self._complain(codes.DUPLICATE_KEY, event, below=node.value, key=node.value, first=keys[node.value].line)
            return None
        keys[node.value] = node.place
        return node.value


def _short_tag(tag: str) -> str:
    """Return a tag as one writes it: `!!python/object`."""
    return tag.replace("tag:yaml.org,2002:", "!!")


def _describe_key(node: Node) -> tuple[str, Text]:
    value = node.value
    if isinstance(value, bool) or (isinstance(value, TrappedScalar) and value.trap.value == "boolean"):
        return node.raw, Text("是非值", "a boolean")
    if isinstance(value, TrappedScalar) and value.trap.value == "date":
        return node.raw, Text("日期", "a date")
    if value is None:
        return node.raw or "~", Text("空值", "no value")
    if node.children is not None:
        return ("{…}" if node.is_mapping else "[…]"), Text("列表或映射", "a list or mapping")
    return node.raw, Text("数", "a number")


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return Place(1, 1) if mark is None else Place(mark.line + 1, mark.column + 1)
