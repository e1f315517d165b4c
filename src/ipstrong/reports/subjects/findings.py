"""Findings as people read them: entries with fingerprints, the row of a file that a finding points at, standard error."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import set_cell_size

from ipstrong.diagnostics import Finding, Location, Severity, split_a1
from ipstrong.model.validation import Waiver
from ipstrong.reports.labels import place_inside, position_of
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.sanitize import inert
from ipstrong.reports.table import Line, line
from ipstrong.reports.writers.line_breaks import text_width
from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    import polars as pl

SEPARATOR = Text("，", ", ")
SEE_ALSO = Text("另见", "see also")
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}

_MORE_PLACES = Text("另 {n} 处", "{n} more")
_MOST_RELATED = 8
"""Other places that are named with a finding where people read; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as a report shows it, in one language."""

    finding: Finding
    code: str
    severity: Severity
    location: Location
    path: str
    """The file, as the user named it; empty for the run as a whole."""
    inside: str
    """The place inside the file: `专利!D7`, `12:4`, or empty."""
    position: tuple[int, int]
    """1-based row and column in the file's own count; 0 where there is none."""
    title: str
    message: str
    hint: str
    fingerprint: str
    waiver: Waiver | None

    def related_text(self, lang: Lang) -> str:
        """Return the other places that belong to the finding, those in its own file without the file's name."""
        places = self.finding.related
        shown = [
            inside if place.path == self.path and (inside := place_inside(place)) else str(place)
            for place in places[:_MOST_RELATED]
        ]
        if len(places) > len(shown):
            shown.append(_MORE_PLACES.format(n=len(places) - len(shown)).get(lang))
        return SEPARATOR.get(lang).join(shown)


def make_entries(found: Sequence[tuple[Finding, Waiver | None]], frame: pl.DataFrame, lang: Lang) -> list[Entry]:
    """Return findings, in a stable order, as entries; `frame` is where their fingerprints look up values."""
    entries = []
    for (finding, waiver), fingerprint in zip(found, fingerprints([each for each, _ in found], frame), strict=True):
        place, code = finding.location, finding.code
        where = (place, place.path, place_inside(place), position_of(place))
        texts = (code.title.get(lang), finding.message(lang), finding.hint(lang))
        entries.append(Entry(finding, code.id, finding.severity, *where, *texts, fingerprint, waiver))
    return entries


def by_severity(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries from worst to mildest, by place within a severity; for lists that a service cuts short."""
    order = tuple(Severity)
    return sorted(entries, key=lambda entry: order.index(entry.severity))


# --- Fingerprints -----------------------------------------------------------------------------------------------------

_ADDRESS = re.compile(r"\$?\b[A-Z]{1,3}\$?[1-9]\d{0,6}\b(?::\$?[A-Z]{1,3}\$?[1-9]\d{0,6}\b)?")
_LINE = re.compile(r"(?i)(\b(?:line|row|column)s? )\d+(?:-\d+)?")
_CLICKABLE = re.compile(r"(\.\w{2,4})(?::\d+){1,2}\b")
_Spot = tuple[str, str, int, int]
"""File, sheet, row and column, 0-based."""


def fingerprints(findings: Sequence[Finding], frame: pl.DataFrame) -> tuple[str, ...]:
    """Return one fingerprint a finding, in their order: 32 hexadecimal digits, each unique within the run.

    A CI service closes, keeps or opens an issue by its fingerprint, so it must not change because a row was inserted above
    or a sheet got another title line. A finding at a value that was read is known by what the value is: its series, region
    and period. Any other is known by its row's text, or else by its sentence with addresses left out.

    Args:
        findings: all findings of the run, in a stable order.
        frame: `Dataset.frame`, where the identity of a value is looked up.
    """
    spots = []
    for finding in findings:
        row, column = position_of(finding.location)
        place = finding.location
        spots.append((place.path, place.sheet or "", row - 1, column - 1) if row and column else None)
    series = _series_at(frame, {spot for spot in spots if spot is not None})
    seen: Counter[tuple[str, ...]] = Counter()
    made = []
    for finding, spot in zip(findings, spots, strict=True):
        place = finding.location
        known = series.get(spot) if spot is not None else None
        said = known or (finding.excerpt or without_addresses(finding.message("en")),)
        identity = (finding.code.id, portable_path(place.path), place.sheet or "", place.key or "", *said)
        seen[identity] += 1
        digest = hashlib.sha256("\x1f".join((*identity, str(seen[identity]))).encode("utf-8", "backslashreplace"))
        made.append(digest.hexdigest()[:32])
    return tuple(made)


def without_addresses(sentence: str) -> str:
    """Return a sentence with cell addresses and line numbers left out."""
    return _LINE.sub(r"\1#", _ADDRESS.sub("#", _CLICKABLE.sub(r"\1", sentence)))


@lru_cache(maxsize=4096)
def portable_path(path: str) -> str:
    """Return a path that is the same on every machine: forward slashes; the file's name alone where it is absolute."""
    forward = path.replace("\\", "/")
    if is_absolute(forward):
        return forward.rsplit("/", 1)[-1]
    return forward.removeprefix("./")


def is_absolute(path: str) -> bool:
    """Return whether a path with forward slashes starts at a root or a drive."""
    return path.startswith("/") or re.match(r"[A-Za-z]:/", path) is not None


def _series_at(frame: pl.DataFrame, spots: Iterable[_Spot]) -> dict[_Spot, tuple[str, ...]]:
    import polars as pl

    wanted = pl.DataFrame(
        sorted(spots), schema={"file": pl.String, "sheet": pl.String, "row": pl.Int64, "col": pl.Int64}, orient="row"
    )
    if wanted.is_empty() or frame.is_empty():
        return {}
    texts = [pl.col(name).cast(pl.String).fill_null("") for name in ("file", "sheet", "label", "region", "period")]
    found = (
        frame.lazy()
        .filter(pl.col("file").cast(pl.String).is_in(wanted["file"].unique().to_list()))
        .select(*texts, pl.col("row").cast(pl.Int64), pl.col("col").cast(pl.Int64))
        .join(wanted.lazy(), on=["file", "sheet", "row", "col"])
        .select("file", "sheet", "row", "col", "label", "region", "period")
        .collect()
    )
    return {row[:4]: row[4:] for row in found.iter_rows()}


# --- Standard error ---------------------------------------------------------------------------------------------------

MANY = 50
"""More findings of one code than this are summarised."""
SHOWN = 10
"""So many of them are shown all the same."""

_HINT = Text("建议：{hint}", "hint: {hint}")
_RELATED = Text("另见：{places}", "see also: {places}")
_MORE = Text("另有 {count} 条 {code}：{title}", "{count} more {code}: {title}")
_STDERR_STYLES = {**STYLES, Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def finding_lines(findings: Sequence[Finding], lang: Lang) -> Iterator[Line]:
    """Yield findings for standard error: a line that can be clicked or found, and a line with the fix.

    data.xlsx[专利!D7]: error DATA012 formula has no saved value: =C7*1.1
      hint: open the file in Excel or WPS, save it, and submit again
    """
    totals = Counter(finding.code.id for finding in findings)
    seen: Counter[str] = Counter()
    for finding in findings:
        code = finding.code
        seen[code.id] += 1
        if totals[code.id] <= MANY or seen[code.id] <= SHOWN:
            key = f" ({finding.location.key})" if finding.location.key else ""
            yield line(
                (str(finding.location) or "ipstrong", "bold"),
                ": ",
                (finding.severity.text.get(lang), _STDERR_STYLES[finding.severity]),
                f" {code.id} {finding.message(lang)}{key}",
            )
            if hint := finding.hint(lang):
                yield line(_HINT.format(hint=hint).get(lang), indent=2)
            if finding.related:
                yield line(_RELATED.format(places=", ".join(map(str, finding.related))).get(lang), indent=2)
        if totals[code.id] > MANY and seen[code.id] == SHOWN:
            count = f"{totals[code.id] - SHOWN:,}"
            yield line(_MORE.format(count=count, code=code.id, title=code.title).get(lang), indent=2)


def render_findings(findings: Iterable[Finding], options: ReportOptions) -> str:
    """Return the findings for standard error in the order given; never wrapped, so that places can be clicked."""
    from ipstrong.reports.writers import terminal

    return terminal.write(finding_lines(tuple(findings), options.lang), replace(options, width=10**6))


# --- Excerpts ---------------------------------------------------------------------------------------------------------

BAR = " │ "
CUT = "…"


def pointed_row(finding: Finding, width: int) -> tuple[str, str] | None:
    """Return the finding's row within `width` columns, and a line with carets under the cell (empty for none).

    Cells are set off by bars, blank ones are left out, the row's number comes first. Where the row is too wide, cells far
    from the one in question are left out, then long texts are cut; Chinese characters count two columns.
    """
    if not finding.excerpt:
        return None
    number, column = position_of(finding.location)
    head = f"{number} │ " if number else ""
    room = width - text_width(head)
    if "\t" not in finding.excerpt:
        return _pointed_line(finding, finding.excerpt, head, column, room)
    cells = [inert(cell.strip()) for cell in finding.excerpt.split("\t")]
    if not 1 <= column <= len(cells):
        return head + _cut(BAR.join(cell for cell in cells if cell), room), ""
    # The 0-based first and last cell in question: a range within the row, else one cell.
    place = finding.location.cell
    last = max(column, split_a1(place.split(":", 1)[1])[1]) if place and ":" in place else column
    first, last = column - 1, min(last, len(cells)) - 1
    # Other blank cells say nothing and need room.
    before = [cell for cell in cells[:first] if cell]
    target = cells[first : last + 1]
    after = [cell for cell in cells[last + 1 :] if cell]
    left, middle, right = _window([*before, *target, *after], len(before), len(before) + len(target) - 1, room)
    caret = " " * text_width(head + left) + "^" * max(1, text_width(middle))
    return head + left + middle + right, caret


def _pointed_line(finding: Finding, excerpt: str, head: str, column: int, room: int) -> tuple[str, str]:
    """Return a row of one cell or a line of text, cut at the right, with a caret where it can be seen."""
    shown = _cut(inert(excerpt.rstrip()), room)
    place = finding.location
    # In YAML columns count characters, elsewhere cells.
    if place.sheet is not None or not (place.key is not None or place.path.lower().endswith((".yaml", ".yml"))):
        return head + shown, " " * text_width(head) + "^" * max(1, text_width(shown)) if column == 1 else ""
    before = text_width(inert(excerpt[: column - 1])) if column else room
    return head + shown, " " * (text_width(head) + before) + "^" if before < room else ""


def _window(cells: list[str], first: int, last: int, room: int) -> tuple[str, str, str]:
    """Return the text before, the cells in question, and the text after, together within `room`."""
    target = _cut(BAR.join(cells[first : last + 1]), max(room - 2 * text_width(CUT + BAR), 8))
    bar, mark = text_width(BAR), text_width(CUT + BAR)
    sizes = [text_width(cell) + bar for cell in cells]
    free = room - text_width(target)

    def fits(left: int, right: int, free: int) -> bool:
        return (mark if left else 0) + (mark if right < len(cells) else 0) <= free

    left, right = first, last + 1
    while True:  # labels are at the left: that side first
        if left and fits(left - 1, right, free - sizes[left - 1]):
            left -= 1
            free -= sizes[left]
        elif right < len(cells) and fits(left, right + 1, free - sizes[right]):
            free -= sizes[right]
            right += 1
        else:
            break
    before = (CUT + BAR if left else "") + "".join(cell + BAR for cell in cells[left:first])
    after = "".join(BAR + cell for cell in cells[last + 1 : right]) + (BAR + CUT if right < len(cells) else "")
    return before, target, after


def _cut(text: str, room: int) -> str:
    if text_width(text) <= room:
        return text
    return set_cell_size(text, max(room - 1, 1)).rstrip() + CUT
