"""The reviewed list of known and accepted findings: read strictly, applied exactly, judged on a day that is given.

The list is read with the YAML parser's events only, two levels deep and without aliases; `docs/decisions` says why this
package has its own few lines for that.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

import yaml

from ipstrong.checks.places import NOTHING
from ipstrong.diagnostics import Code, Finding, Location, split_a1
from ipstrong.diagnostics.codes import ALL_CODES, current_id
from ipstrong.diagnostics.codes import waivers as codes
from ipstrong.diagnostics.suggest import suggestion
from ipstrong.model.validation import WaivedFinding, Waiver
from ipstrong.texts import Text, same

KEYS = ("code", "place", "series", "reason", "who", "expires")
MAX_BYTES = 1_000_000
_DEEPEST = 3
"""A list, its entries, and for a better complaint one level more."""
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
        params = {"problem": problem, "detail": error.strerror}
        return (), (Finding(codes.WAIVERS_UNREADABLE, Location(shown), params),)
    return parse_waivers(data, shown)


def parse_waivers(data: bytes, path: str) -> tuple[tuple[Waiver, ...], tuple[Finding, ...]]:
    """Return the waivers in a file's bytes, and every complaint about them; `path` is how the file is named."""
    try:
        root = _compose(data)
    except _RefusedError as refusal:
        location = Location(path, line=refusal.line, column=refusal.column)
        return (), (Finding(codes.WAIVERS_UNREADABLE, location, {"problem": refusal.problem}),)
    reader = _Reader(path)
    return tuple(reader.read(root)), tuple(reader.findings)


class _RefusedError(Exception):
    """The file is not YAML that can be trusted."""

    def __init__(self, problem: Text, place: tuple[int, int] | None = None) -> None:
        super().__init__(problem.en)
        self.problem = problem
        self.line = None if place is None else place[0] + 1
        self.column = None if place is None else place[1] + 1


def _compose(data: bytes) -> yaml.Node | None:
    if len(data) > MAX_BYTES:
        raise _RefusedError(Text("文件超过 1 MB", "it is larger than 1 MB"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _RefusedError(Text("不是 UTF-8 文本", "it is not UTF-8 text")) from None
    try:
        _refuse_depth(text)
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        problem = error.problem or "YAML"
        place = None
        if error.problem_mark is not None:
            place = (error.problem_mark.line, error.problem_mark.column)
        raise _RefusedError(Text(f"YAML 写法错误：{problem}", f"YAML syntax: {problem}"), place) from None
    except yaml.YAMLError:
        raise _RefusedError(Text("含有不可见的控制字符", "it holds control characters")) from None


def _refuse_depth(text: str) -> None:
    """Refuse aliases and deep nesting before anything is built of them."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _RefusedError(Text("不接受 YAML 别名", "YAML aliases are not accepted"), _start(event))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise _RefusedError(Text("嵌套过深", "it is nested too deeply"), _start(event))


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line, mark.column) if mark is not None else (0, 0)


class _Reader:
    """Reads the entries one by one; an entry with a complaint gives no waiver."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.findings: list[Finding] = []

    def read(self, root: yaml.Node | None) -> Iterator[Waiver]:
        if root is None:
            return
        if not isinstance(root, yaml.SequenceNode):
            self._report(
                codes.WAIVERS_NOT_A_LIST,
                root,
                expected=Text("列表（每项以“- ”开头）", "a list (entries begin with '- ')"),
            )
            return
        for entry in root.value:
            if not isinstance(entry, yaml.MappingNode):
                self._report(codes.WAIVERS_NOT_A_LIST, entry, expected=Text("有键的条目", "an entry with keys"))
                continue
            waiver = self._entry(entry)
            if waiver is not None:
                yield waiver

    def _report(self, code: Code, node: yaml.Node, **params: object) -> None:
        location = Location(self._path, line=node.start_mark.line + 1, column=node.start_mark.column + 1)
        self.findings.append(Finding(code, location, params))

    def _entry(self, entry: yaml.MappingNode) -> Waiver | None:
        n_before = len(self.findings)
        values = self._values(entry)
        for key in _REQUIRED:
            if key not in values:
                self._report(codes.WAIVER_FIELD_MISSING, entry, key=key)
        if "place" not in values and "series" not in values:
            self._report(codes.WAIVER_FIELD_MISSING, entry, key="place / series")
        self._check_values(values)
        if len(self.findings) > n_before:
            return None
        texts = {key: node.value.strip() for key, node in values.items()}
        return Waiver(
            current_id(texts["code"]),
            texts.get("place"),
            texts.get("series"),
            texts["reason"],
            texts["who"],
            texts["expires"],
            entry.start_mark.line + 1,
            self._path,
        )

    def _values(self, entry: yaml.MappingNode) -> dict[str, yaml.Node]:
        """Return the value of each known key, complaining of all else."""
        values: dict[str, yaml.Node] = {}
        for key_node, value in entry.value:
            key = str(key_node.value)
            if key not in KEYS:
                problem = Text("不认识的键", "unknown key")
                self._report(codes.WAIVER_KEY, key_node, problem=problem, key=key, nearest=suggestion(key, KEYS))
            elif key in values:
                self._report(
                    codes.WAIVER_KEY, key_node, problem=Text("重复的键", "repeated key"), key=key, nearest=NOTHING
                )
            elif not isinstance(value, yaml.ScalarNode):
                expected = Text("文字；以 [ 开头的要加引号", "text; quote it if it begins with [")
                self._report(codes.WAIVER_VALUE, value, key=key, value="[…]", expected=expected)
                values[key] = yaml.ScalarNode("tag:yaml.org,2002:str", "", value.start_mark, value.end_mark)
            elif not value.value.strip() or value.value.strip() in {"~", "null"}:
                self._report(codes.WAIVER_FIELD_MISSING, value, key=key)
                values[key] = yaml.ScalarNode("tag:yaml.org,2002:str", "", value.start_mark, value.end_mark)
            else:
                values[key] = value
        return values

    def _check_values(self, values: dict[str, yaml.Node]) -> None:
        texts = {key: node.value.strip() for key, node in values.items() if node.value}
        code = texts.get("code", "")
        if code and current_id(code) not in ALL_CODES:
            nearest = suggestion(code.upper(), ALL_CODES)
            self._report(codes.WAIVER_CODE_UNKNOWN, values["code"], value=code, nearest=nearest)
        expires = texts.get("expires", "")
        if expires and not _is_date(expires):
            expected = Text("日期，如 2026-12-31", "a date such as 2026-12-31")
            self._report(codes.WAIVER_VALUE, values["expires"], key="expires", value=expires, expected=expected)


def _is_date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def apply_waivers(
    findings: Iterable[Finding], waivers: Sequence[Waiver], today: dt.date
) -> tuple[tuple[Finding, ...], tuple[WaivedFinding, ...], tuple[Finding, ...]]:
    """Return the findings that stand, those that a waiver covers, and what is wrong with the waivers themselves.

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
    inside = _PLACE.fullmatch(place)
    if inside is not None:
        return (
            _is_file(inside["file"], location.path)
            and inside["sheet"] == location.sheet
            and _holds(inside["cell"], location.cell)
        )
    line = _LINE.fullmatch(place)
    if line is not None and location.line is not None:
        return (
            _is_file(line["file"], location.path)
            and int(line["line"]) == location.line
            and line["column"] in {None, str(location.column)}
        )
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
