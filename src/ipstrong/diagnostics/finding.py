"""Findings: coded complaints with a place. They are values; only `IpstrongError` ends a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache, partial
from types import MappingProxyType

from ipstrong.texts import Lang, Text, pick


class Severity(Enum):
    """How much a finding matters; the order of the members is from worst to mildest."""

    ERROR = "error"
    """The data or plan cannot be used as it is."""
    WARNING = "warning"
    """Used, but doubtful."""
    NOTE = "note"
    """Worth knowing."""

    @property
    def text(self) -> Text:
        """The name of the severity in both languages."""
        return _SEVERITY_TEXTS[self]


_SEVERITY_TEXTS = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.NOTE: Text("提示", "note"),
}


@dataclass(frozen=True, slots=True)
class Location:
    """Where a finding is: a file, and inside it a sheet and cell, or a line and column."""

    path: str = ""
    """The file as the user named it; `-` for standard input, empty for the run as a whole."""
    sheet: str | None = None
    """Sheet name of a workbook, None for text files."""
    cell: str | None = None
    """A1 address of a cell or range (`D7`, `D7:F9`) in the file's own rows and letters."""
    line: int | None = None
    """1-based line of a text file (CSV, YAML)."""
    column: int | None = None
    """1-based column: a character for YAML, a field for CSV."""
    key: str | None = None
    """Key path in a plan, such as `targets[3].unit`."""

    def __str__(self) -> str:
        """Return the clickable form: `file:line:column`, `file[sheet!cell]`, or the file alone."""
        if self.sheet is not None:
            inside = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
            return f"{self.path}[{inside}]"
        parts = [self.path] if self.path else []
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)

    def sort_key(self) -> tuple[str, str, int, int, str]:
        """Order by file, sheet, row and column, so that `B10` comes after `B9` and `AA1` after `Z1`."""
        row, column = split_a1(self.cell) if self.cell else (0, 0)
        return (self.path, self.sheet or "", self.line or row, self.column or column, self.key or "")


@lru_cache(maxsize=2**16)
def split_a1(cell: str) -> tuple[int, int]:
    """Return the 1-based (row, column) of an A1 address or of the first corner of a range; (0, 0) if it is neither."""
    corner = cell.split(":", 1)[0].replace("$", "")
    letters = corner.rstrip("0123456789")
    digits = corner[len(letters) :]
    if not digits or not letters.isascii() or not letters.isalpha():
        return (0, 0)
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return (int(digits), column)


def a1(row: int, column: int) -> str:
    """Return the A1 address of a 0-based (row, column)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding: what a user fixes in one way."""

    id: str
    """Area and three digits, never reused: PLAN…, DATA…, RULE…, RUN…."""
    severity: Severity
    title: Text
    """Names the problem, without the particular values."""
    message: Text
    """One terse sentence with `str.format` fields; no final stop."""
    hint: Text
    """The fix, as an instruction; may use the same fields."""
    explanation: Text
    """Why it matters, for the page of the code."""
    example: str = ""
    """A line or cell that causes it."""
    former: str = ""
    """The id that this case had before it was merged into the code; empty for the code itself."""

    def case(self, former: str, message: str, hint: str | None = None) -> Code:
        """Return the same code with another sentence: a case that is fixed in the same way, and had a code of its own."""
        return replace(self, message=_text(message), hint=self.hint if hint is None else _text(hint), former=former)


def _text(pair: str) -> Text:
    """Return both sides of `中文 | English`, as the table of codes writes its texts; without both the import fails."""
    zh, en = pair.split(" | ") if pair else ("", "")
    return Text(zh, en)


def _code(severity: Severity, name: str, title: str, message: str, hint: str, why: str, example: str = "") -> Code:
    return Code(name, severity, _text(title), _text(message), _text(hint), _text(why), example)


error = partial(_code, Severity.ERROR)
warning = partial(_code, Severity.WARNING)
note = partial(_code, Severity.NOTE)


@dataclass(frozen=True, slots=True)
class Finding:
    """A code at a place, with the values that fill its sentence."""

    code: Code
    location: Location = Location()
    params: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """Values of the message fields: `str`, numbers, or `Text`."""
    severity_override: Severity | None = None
    """Set where a plan or option raises or lowers the severity."""
    excerpt: str | None = None
    """The row or line around the place, for reports that show it: the cells of a row joined by tabs, the first being
    that of column A (so that a report can point at the cell); a line of YAML as it is."""
    related: tuple[Location, ...] = ()
    """Other places that belong to it, such as the first of two duplicates."""

    @property
    def severity(self) -> Severity:
        """The severity of this finding."""
        return self.severity_override or self.code.severity

    def message(self, lang: Lang) -> str:
        """Return what is wrong, with the values quoted."""
        return _fill(self.code.message, self.params, lang)

    def hint(self, lang: Lang) -> str:
        """Return the fix; empty when the code has none."""
        return _fill(self.code.hint, self.params, lang)

    def sort_key(self) -> tuple[object, ...]:
        """Order by place, then code, then text."""
        return (*self.location.sort_key(), self.code.id, self.message("en"))


def _fill(text: Text, params: Mapping[str, object], lang: Lang) -> str:
    sentence = text.get(lang)
    if "{" not in sentence and "}" not in sentence:  # as in most hints
        return sentence
    return sentence.format(**{key: pick(value, lang) for key, value in params.items()})


def sorted_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings by place, code and text, without exact repetitions."""
    at_place: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        at_place.setdefault((*finding.location.sort_key(), finding.code.id), []).append(finding)
    ordered: list[Finding] = []
    for key in sorted(at_place):
        found = at_place[key]
        if len(found) > 1:  # only then is the text needed, which costs more than all else
            distinct = {finding.message("en"): finding for finding in reversed(found)}
            found = [distinct[text] for text in sorted(distinct)]
        ordered += found
    return tuple(ordered)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Return whether any finding is of severity error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


class IpstrongError(Exception):
    """The run cannot go on; carries the findings that say why. Ends with exit code 2."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Keep the findings, sorted by place."""
        self.findings = sorted_findings(findings)
        super().__init__("; ".join(f"{f.location} {f.code.id} {f.message('en')}" for f in self.findings))
