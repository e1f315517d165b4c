"""Findings for standard error: a line that can be clicked or found, and a line with the cure. Never wrapped.

data.xlsx[专利!D7]: error DATA012 formula has no saved value: =C7*1.1
  hint: open the file in Excel or WPS, save it, and submit again
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ipstrong.diagnostics import Finding, Severity
from ipstrong.reports.inert import inert
from ipstrong.texts import Lang, Text

MANY = 50
"""More findings of one code than this are summarised."""
SHOWN = 10
"""So many of them are shown all the same."""

_HINT = Text("建议：{hint}", "hint: {hint}")
_RELATED = Text("另见：{places}", "see also: {places}")
_MORE = Text("另有 {count} 条 {code}：{title}", "{count} more {code}: {title}")
_RUN = "ipstrong"
_STYLES = {Severity.ERROR: "1;31", Severity.WARNING: "33", Severity.NOTE: "36"}


def render_findings(findings: Iterable[Finding], lang: Lang, *, color: bool = False) -> str:
    """Return the findings in the order given, two lines each; empty text for none."""
    return "".join(f"{line}\n" for line in _lines(tuple(findings), lang, color=color))


def _lines(findings: tuple[Finding, ...], lang: Lang, *, color: bool) -> Iterator[str]:
    totals = Counter(finding.code.id for finding in findings)
    seen: Counter[str] = Counter()
    for finding in findings:
        code = finding.code
        seen[code.id] += 1
        if totals[code.id] <= MANY or seen[code.id] <= SHOWN:
            yield from _finding(finding, lang, color=color)
        if totals[code.id] > MANY and seen[code.id] == SHOWN:
            count = f"{totals[code.id] - SHOWN:,}"
            yield f"  {_MORE.get(lang).format(count=count, code=code.id, title=code.title.get(lang))}"


def _finding(finding: Finding, lang: Lang, *, color: bool) -> Iterator[str]:
    place = inert(str(finding.location)) or _RUN
    severity = _styled(finding.severity.text.get(lang), _STYLES[finding.severity], color=color)
    key = f" ({inert(finding.location.key)})" if finding.location.key else ""
    yield f"{_styled(place, '1', color=color)}: {severity} {finding.code.id} {inert(finding.message(lang))}{key}"
    hint = inert(finding.hint(lang))
    if hint:
        yield f"  {_HINT.get(lang).format(hint=hint)}"
    if finding.related:
        yield f"  {_RELATED.get(lang).format(places=', '.join(inert(str(place)) for place in finding.related))}"


def _styled(text: str, style: str, *, color: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if color else text
