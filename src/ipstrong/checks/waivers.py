"""The reviewed list of known and accepted findings: read strictly, applied exactly, as of a given day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

from ipstrong.checks.places import NOTHING
from ipstrong.diagnostics import Code, Finding, Location, split_a1
from ipstrong.diagnostics.codes import waivers as codes
from ipstrong.diagnostics.codes.all_codes import ALL_CODES, current_id
from ipstrong.diagnostics.suggest import suggestion
from ipstrong.model.period import is_iso_date
from ipstrong.model.validation import WaivedFinding, Waiver
from ipstrong.model.yaml_tree import Node, Position, Problem, ProblemKind, parse_yaml
from ipstrong.texts import Text, same

KEYS = ("code", "place", "series", "reason", "who", "expires")
MAX_BYTES = 1_000_000
_DEEPEST = 3
"""A list, its entries, and for a better finding one level more."""
_UNKNOWN_KEY = Text("不认识的键", "unknown key")
_REQUIRED = ("code", "reason", "who", "expires")
_PLACE = re.compile(
    r"(?P<file>[^\[\]]*)\[(?P<sheet>[^\[\]]+?)(?:!(?P<cell>\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?))?\]"
)
_LINE = re.compile(r"(?P<file>.+?):(?P<line>\d+)(?::(?P<column>\d+))?")


def load_waivers(path: str | Path) -> tuple[tuple[Waiver, ...], tuple[Finding, ...]]:
    """Return the waivers of a file, and every complaint about it with line and column.

    The file is a list; each entry has `code`, `place` or `series` (or both), `reason`, `who` and `expires`.
    """
    shown = str(path)
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        problem = Text("文件不存在或没有读取权限", "it does not exist or may not be read")
        return (), (_unreadable(shown, problem, detail=error.strerror),)
    return parse_waivers(data, shown)


def parse_waivers(data: bytes, path: str) -> tuple[tuple[Waiver, ...], tuple[Finding, ...]]:
    """Return the waivers in a file's bytes, and every finding about it; `path` is how the file is named."""
    if len(data) > MAX_BYTES:
        return (), (_unreadable(path, Text("文件超过 1 MB", "it is larger than 1 MB")),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return (), (_unreadable(path, Text("不是 UTF-8 文本", "it is not UTF-8 text")),)
    problems: list[Problem] = []
    root = parse_yaml(text, problems.append, max_depth=_DEEPEST, max_aliases=0)
    for problem in problems:
        if problem.kind in _REFUSED:
            words = _REFUSED[problem.kind].format(**problem.params)
            return (), (_unreadable(path, words, problem.place),)
    reader = _Reader(path, problems)
    waivers = tuple(reader.read(root))
    return waivers, tuple(reader.findings)


_REFUSED = {
    ProblemKind.SYNTAX: Text("YAML 写法错误：{problem}", "YAML syntax: {problem}"),
    ProblemKind.ALIAS: Text("不接受 YAML 别名", "YAML aliases are not accepted"),
    ProblemKind.DEPTH: Text("嵌套过深", "it is nested too deeply"),
    ProblemKind.DOCUMENTS: Text("有两份 YAML 文档", "it holds two YAML documents"),
}
"""Problems after which nothing of the file is trusted; the others belong to one entry."""


def _unreadable(path: str, problem: Text, place: Position | None = None, **params: object) -> Finding:
    line, column = place or (None, None)
    return Finding(codes.WAIVERS_UNREADABLE, Location(path, line=line, column=column), {"problem": problem, **params})


class _Reader:
    """Reads the entries one by one; an entry with a finding gives no waiver."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self._path = path
        self._refused: set[str | int] = set()
        """Numbers of the entries whose keys are wrong."""
        self.findings: list[Finding] = []
        for problem in problems:
            key = str(problem.params.get("key"))
            if problem.kind is ProblemKind.DUPLICATE_KEY:
                self._report_key(problem.place, Text("重复的键", "repeated key"), key)
            elif problem.kind is ProblemKind.KEY:
                self._report_key(problem.place, _UNKNOWN_KEY, key)
            else:
                continue
            self._refused.update(problem.path[:1])

    def read(self, root: Node | None) -> Iterator[Waiver]:
        if root is None:
            return
        if not isinstance(root.children, list):
            expected = Text("列表（每项以“- ”开头）", "a list (entries begin with '- ')")
            self._report(codes.WAIVERS_NOT_A_LIST, root.place, expected=expected)
            return
        for number, entry in enumerate(root.children):
            if not isinstance(entry.children, dict):
                expected = Text("有键的条目", "an entry with keys")
                self._report(codes.WAIVERS_NOT_A_LIST, entry.place, expected=expected)
                continue
            n_before = len(self.findings)
            texts = self._texts(entry, entry.children)
            if len(self.findings) == n_before and number not in self._refused:
                texts["code"] = current_id(texts["code"])
                place, series = texts.pop("place", None), texts.pop("series", None)
                yield Waiver(place=place, series=series, line=entry.place.line, file=self._path, **texts)

    def _report(self, code: Code, place: Position, **params: object) -> None:
        self.findings.append(Finding(code, Location(self._path, line=place.line, column=place.column), params))

    def _report_key(self, place: Position, problem: Text, key: str) -> None:
        nearest = suggestion(key, KEYS) if problem is _UNKNOWN_KEY else NOTHING
        self._report(codes.WAIVER_KEY, place, problem=problem, key=key, nearest=nearest)

    def _texts(self, entry: Node, values: dict[str, Node]) -> dict[str, str]:
        """Return the text of each known key, reporting all else."""
        texts: dict[str, str] = {}
        for key, value in values.items():
            text = value.raw.strip()
            if key not in KEYS:
                self._report_key((entry.keys or {})[key], _UNKNOWN_KEY, key)
            elif value.children is not None:
                expected = Text("文字；以 [ 开头的要加引号", "text; quote it if it begins with [")
                self._report(codes.WAIVER_VALUE, value.place, key=key, value="[…]", expected=expected)
            elif value.value is None or not text:
                self._report(codes.WAIVER_FIELD_MISSING, value.place, key=key)
            elif key == "code" and current_id(text) not in ALL_CODES:
                nearest = suggestion(text.upper(), ALL_CODES)
                self._report(codes.WAIVER_CODE_UNKNOWN, value.place, value=text, nearest=nearest)
            elif key == "expires" and not is_iso_date(text):
                expected = Text("日期，如 2026-12-31", "a date such as 2026-12-31")
                self._report(codes.WAIVER_VALUE, value.place, key=key, value=text, expected=expected)
            else:
                texts[key] = text
        for key in _REQUIRED:
            if key not in values:
                self._report(codes.WAIVER_FIELD_MISSING, entry.place, key=key)
        if "place" not in values and "series" not in values:
            self._report(codes.WAIVER_FIELD_MISSING, entry.place, key="place / series")
        return texts


def apply_waivers(
    findings: Iterable[Finding], waivers: Sequence[Waiver], today: dt.date
) -> tuple[tuple[Finding, ...], tuple[WaivedFinding, ...], tuple[Finding, ...]]:
    """Return the findings that remain, those that a waiver covers, and what is wrong with the waivers themselves.

    Args:
        findings: everything that was found.
        waivers: the reviewed list.
        today: the day on which they are judged; a waiver holds up to and including the day it expires.

    Returns:
        Standing findings and waived findings in their order; an error for every expired waiver, a warning for every one
        that covers nothing.
    """
    valid = [waiver for waiver in waivers if dt.date.fromisoformat(waiver.expires) >= today]
    by_code: dict[str, list[int]] = {}
    for number, waiver in enumerate(valid):
        by_code.setdefault(waiver.code, []).append(number)
    used: set[int] = set()
    kept: list[Finding] = []
    waived: list[WaivedFinding] = []
    for finding in findings:
        covering = [number for number in by_code.get(finding.code.id, ()) if covers(valid[number], finding)]
        used.update(covering)
        if covering:
            waived.append(WaivedFinding(finding, valid[covering[0]]))
        else:
            kept.append(finding)
    expired = [_complain(codes.WAIVER_EXPIRED, waiver) for waiver in waivers if waiver not in valid]
    unused = [_complain(codes.WAIVER_UNUSED, waiver) for number, waiver in enumerate(valid) if number not in used]
    return tuple(kept), tuple(waived), (*expired, *unused)


def _complain(code: Code, waiver: Waiver) -> Finding:
    where = " ".join(part for part in (waiver.place, waiver.series) if part)
    params = {"waived": waiver.code, "where": same(where), "expires": waiver.expires, "who": waiver.who}
    return Finding(code, Location(waiver.file, line=waiver.line), params)


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Whether a waiver is for this finding: code, and every part of place and series that it names."""
    if waiver.code != finding.code.id:
        return False
    if waiver.series is not None and not _is_series(waiver.series, finding):
        return False
    if waiver.place is None:
        return True
    parts = finding.params.get("parts")
    others = parts if isinstance(parts, tuple) else ()
    return all(_is_at(waiver.place, location) for location in (finding.location, *others))


def _is_series(name: str, finding: Finding) -> bool:
    for key in ("indicator", "label", "series"):
        value = finding.params.get(key)
        if name in (value if isinstance(value, Text) else (value,)):
            return True
    return False


def _is_at(place: str, location: Location) -> bool:
    if place == str(location):
        return True
    if (inside := _PLACE.fullmatch(place)) is not None:
        is_there = inside["sheet"] == location.sheet and _holds(inside["cell"], location.cell)
        return is_there and _is_file(inside["file"], location.path)
    if location.line is not None and (line := _LINE.fullmatch(place)) is not None:
        is_there = int(line["line"]) == location.line and line["column"] in {None, str(location.column)}
        return is_there and _is_file(line["file"], location.path)
    return location.sheet is None and location.line is None and _is_file(place, location.path)


def _is_file(name: str, path: str) -> bool:
    """Whether a place's file is the one of a finding: any file where it names none; by its last part where it has no folder."""
    return name in {"", path, PurePath(path).name}


def _holds(outer: str | None, inner: str | None) -> bool:
    """Whether a range holds all of another; a sheet as a whole is only itself."""
    if outer is None or inner is None:
        return outer is None and inner is None
    top, left, bottom, right = _corners(outer)
    first, start, last, end = _corners(inner)
    return top <= first and left <= start and last <= bottom and end <= right


def _corners(cells: str) -> tuple[int, int, int, int]:
    first, _, last = cells.upper().partition(":")
    return (*split_a1(first), *split_a1(last or first))
