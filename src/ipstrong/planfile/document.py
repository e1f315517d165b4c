"""A plan file as a tree of nodes, its lines, and what is wrong with it so far; the file itself is read here."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import plan as codes
from ipstrong.diagnostics.finding import Code
from ipstrong.diagnostics.reasons import system_reason
from ipstrong.model.yaml_tree import KeyPath, Node, Position, Problem, ProblemKind, format_key, parse_yaml
from ipstrong.texts import Text

MAX_BYTES = 2_000_000

_CODES = {
    ProblemKind.SYNTAX: codes.YAML_SYNTAX,
    ProblemKind.DUPLICATE_KEY: codes.DUPLICATE_KEY,
    ProblemKind.ALIAS: codes.ALIAS_REFUSED,
    ProblemKind.DEPTH: codes.TOO_DEEP,
    ProblemKind.DOCUMENTS: codes.SEVERAL_DOCUMENTS,
    ProblemKind.TAG: codes.TAG_REFUSED,
    ProblemKind.KEY: codes.KEY_NOT_TEXT,
}


@dataclass(slots=True)
class Document:
    """The tree of a plan file, its lines, and the findings so far."""

    path: str
    """The file as shown to the user."""
    root: Node | None = None
    lines: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def parse(self, text: str) -> None:
        """Parse YAML text into `root`, adding a finding for every problem with the YAML itself."""
        self.lines = text.splitlines()
        self.root = parse_yaml(text, self._report_problem)
        if self.root is None or self.root.value is None:
            self.root = None
            if not self.findings:
                self.report_at(codes.PLAN_EMPTY, Position(1, 1) if self.lines else None)

    def node(self, path: KeyPath) -> Node | None:
        """Return the node at a key path, None when there is none."""
        return None if self.root is None else self.root.at(path)

    def items(self, *path: str | int) -> list[Node]:
        """Return the items of the list at a key path; none if there is no list."""
        node = self.node(path)
        return [] if node is None else node.items

    def place(self, path: KeyPath) -> Position:
        """Return where the value at a key path begins, or its nearest parent if it does not exist."""
        for length in range(len(path), -1, -1):
            node = self.node(path[:length])
            if node is not None:
                return node.place
        return Position(1, 1)

    def key_place(self, path: KeyPath) -> Position:
        """Return where the last key of a path is; for a list item, where the item begins."""
        parent = self.node(path[:-1]) if path else None
        if parent is not None and parent.keys is not None and path[-1] in parent.keys:
            return parent.keys[str(path[-1])]
        return self.place(path)

    def report(self, code: Code, path: KeyPath, *, at_key: bool = False, **params: object) -> None:
        """Add a finding about the value (or the key) at a key path."""
        self.report_at(code, self.key_place(path) if at_key else self.place(path), format_key(path), **params)

    def report_at(self, code: Code, place: Position | None, where: str | None = None, **params: object) -> None:
        """Add a finding at a line and column, or about the file as a whole."""
        if place is None:
            self.findings.append(Finding(code, Location(self.path), params))
            return
        excerpt = self.lines[place.line - 1].rstrip() if 0 < place.line <= len(self.lines) else None
        location = Location(self.path, line=place.line, column=place.column, key=where or None)
        self.findings.append(Finding(code, location, params, excerpt=excerpt))

    def _report_problem(self, problem: Problem) -> None:
        self.report_at(_CODES[problem.kind], problem.place, format_key(problem.path), **problem.params)


def read_document(path: Path, shown_as: str) -> Document:
    """Read a plan file into a tree; what is wrong is in its `findings`, and nothing is raised."""
    document = Document(shown_as)
    try:
        if not path.exists():
            document.report_at(codes.PLAN_NOT_FOUND, None)
        elif not path.is_file():
            document.report_at(codes.PLAN_NOT_A_FILE, None)
        elif (size := path.stat().st_size) > MAX_BYTES:
            document.report_at(codes.PLAN_TOO_LARGE, None, size=size, limit=MAX_BYTES)
        else:
            _decode(path.read_bytes(), document)
    except PermissionError:
        document.report_at(codes.PLAN_UNREADABLE, None, why=Text("没有读取权限", "permission denied"))
    except (OSError, ValueError) as error:
        # ValueError: a NUL in the path.
        document.report_at(codes.PLAN_UNREADABLE, None, why=system_reason(error))
    return document


def _decode(data: bytes, document: Document) -> None:
    """Parse the bytes of a file if they are UTF-8; otherwise report what else they look like."""
    place = None
    guess = "UTF-16"
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = data[: error.start].decode("utf-8-sig", errors="replace")
            place = Position(before.count("\n") + 1, len(before) - before.rfind("\n"))
        else:
            document.parse(text)
            return
        try:
            data.decode("gb18030")
            guess = "GB18030"
        except UnicodeDecodeError:
            guess = ""
    looks_like = Text(f"，像是 {guess}", f", it looks like {guess}") if guess else Text("", "")
    document.report_at(codes.PLAN_ENCODING, place, guess=looks_like)
