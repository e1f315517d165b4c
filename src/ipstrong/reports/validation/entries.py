"""A validation laid out for reports: findings as entries in one language, grouped by file, with the counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ipstrong.diagnostics import Finding, Location, Severity, a1, split_a1
from ipstrong.model.dataset import Observation
from ipstrong.model.validation import CrossCheck, Outcome, Validation, Waiver
from ipstrong.reports.formatting import format_number
from ipstrong.reports.validation.fingerprints import fingerprints
from ipstrong.reports.validation.labels import (
    MORE_PLACES,
    N_CROSS_CHECKS,
    N_FILES,
    N_FILES_ONE,
    N_OUTCOMES,
    N_RULES,
    N_RULES_ONE,
    N_SEVERITY,
    N_SEVERITY_ONE,
    N_VALUES,
    N_VALUES_ONE,
    N_WAIVED,
    SEMICOLON,
    SEPARATOR,
    counted,
)
from ipstrong.texts import Lang

NOTHING = "—"
"""The mark for nothing to show."""
MOST_RELATED = 8
"""Other places that are named with a finding where people read; the rest is counted."""
SEVERITY_ORDER = tuple(Severity)
"""From worst to mildest."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as a report shows it."""

    finding: Finding
    title: str
    message: str
    hint: str
    fingerprint: str
    waiver: Waiver | None = None

    @property
    def code(self) -> str:
        """The id of the code."""
        return self.finding.code.id

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.finding.severity

    @property
    def location(self) -> Location:
        """Where it stands."""
        return self.finding.location

    @property
    def path(self) -> str:
        """The file, as the user named it; empty for the run as a whole."""
        return self.finding.location.path

    @property
    def inside(self) -> str:
        """The place inside the file: `专利!D7`, `12:4`, or empty."""
        return place_inside(self.finding.location)

    @property
    def position(self) -> tuple[int, int]:
        """1-based row and column in the file's own count; 0 where there is none."""
        return position_of(self.finding.location)


@dataclass(frozen=True, slots=True)
class FileEntries:
    """What is to be said of one file."""

    path: str
    """Empty for what belongs to no file."""
    n_values: int
    entries: tuple[Entry, ...]
    waived: tuple[Entry, ...]

    def count(self, severity: Severity) -> int:
        """Return how many entries that are not waived have this severity."""
        return sum(1 for entry in self.entries if entry.severity is severity)


def position_of(place: Location) -> tuple[int, int]:
    """Return the 1-based (row, column) of a place in the file's own count; 0 where there is none."""
    if place.cell:
        return split_a1(place.cell)
    return (place.line or 0, place.column or 0)


def place_inside(place: Location) -> str:
    """Return the place inside its file: `专利!D7`, `专利`, `12:4`, `12`, or nothing."""
    if place.sheet is not None:
        return f"{place.sheet}!{place.cell}" if place.cell else place.sheet
    return ":".join(str(number) for number in (place.line, place.column) if number is not None)


def place_of(observation: Observation) -> Location:
    """Return where an observation stands."""
    if observation.sheet is None:
        return Location(observation.file, line=observation.row + 1, column=observation.col + 1)
    return Location(observation.file, observation.sheet, a1(observation.row, observation.col))


def all_entries(validation: Validation, lang: Lang) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return the findings that stand, and those that a waiver covers, each by place, with their fingerprints."""
    marked: list[tuple[Finding, Waiver | None]] = [(finding, None) for finding in validation.findings]
    if validation.waived:  # else they are sorted already
        marked += [(waived.finding, waived.waiver) for waived in validation.waived]
        marked.sort(key=lambda pair: pair[0].sort_key())
    prints = fingerprints([finding for finding, _ in marked], validation.dataset.frame)
    entries = [
        Entry(finding, finding.code.title.get(lang), finding.message(lang), finding.hint(lang), fingerprint, waiver)
        for (finding, waiver), fingerprint in zip(marked, prints, strict=True)
    ]
    standing = tuple(entry for entry in entries if entry.waiver is None)
    return standing, tuple(entry for entry in entries if entry.waiver is not None)


def related_text(entry: Entry, lang: Lang) -> str:
    """Return the other places that belong to a finding, those in its own file without the file's name."""
    places = entry.finding.related
    shown = [
        inside if place.path == entry.path and (inside := place_inside(place)) else str(place)
        for place in places[:MOST_RELATED]
    ]
    if len(places) > len(shown):
        shown.append(MORE_PLACES.format(n=len(places) - len(shown)).get(lang))
    return SEPARATOR.get(lang).join(shown)


def by_severity(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries from worst to mildest, by place within a severity; for lists that a service cuts short."""
    return tuple(sorted(entries, key=lambda entry: SEVERITY_ORDER.index(entry.severity)))


def by_file(validation: Validation, lang: Lang) -> tuple[FileEntries, ...]:
    """Return what is to be said of each file: what belongs to none first, then the files by name, clean ones too."""
    return grouped_by_file(validation, *all_entries(validation, lang))


def grouped_by_file(
    validation: Validation, standing: Iterable[Entry], waived: Iterable[Entry]
) -> tuple[FileEntries, ...]:
    """Return the same from the entries that `all_entries` gave."""
    values = _values_by_file(validation)
    paths = {entry.path for entry in (*standing, *waived)} | {file.path for file in validation.dataset.files}
    grouped: dict[str, tuple[list[Entry], list[Entry]]] = {path: ([], []) for path in sorted(paths)}
    for entry in standing:
        grouped[entry.path][0].append(entry)
    for entry in waived:
        grouped[entry.path][1].append(entry)
    return tuple(
        FileEntries(path, values.get(path, 0), tuple(open_), tuple(covered))
        for path, (open_, covered) in grouped.items()
    )


def _values_by_file(validation: Validation) -> dict[str, int]:
    frame = validation.dataset.frame
    if frame.is_empty():
        return {}
    import polars as pl

    return dict(frame.group_by("file").agg(pl.col("value").count()).iter_rows())


def count_outcomes(checks: Iterable[CrossCheck]) -> dict[Outcome, int]:
    """Return how many cross-checks came out each way, zeros included."""
    counts = dict.fromkeys(Outcome, 0)
    for check in checks:
        counts[check.outcome] += 1
    return counts


def figure_text(value: Decimal | None) -> str:
    """Return a number of a cross-check as people read it; a dash for none."""
    return NOTHING if value is None else format_number(value)


def region_name(validation: Validation, region: str, lang: Lang) -> str:
    """Return the name of a region as the plan gives it, else as it stands in the data."""
    known = validation.plan.region(region) if validation.plan else None
    return known.name.get(lang) if known else region


def severity_counts(validation: Validation, lang: Lang) -> str:
    """Return the counts of findings: `2 errors, 1 warning, 0 notes, 1 waived`."""
    parts = [
        counted(N_SEVERITY[severity], N_SEVERITY_ONE[severity], validation.count(severity)).get(lang)
        for severity in SEVERITY_ORDER
    ]
    if validation.waived:
        parts.append(counted(N_WAIVED, N_WAIVED, len(validation.waived)).get(lang))
    return SEPARATOR.get(lang).join(parts)


def outcome_counts(validation: Validation, lang: Lang) -> str:
    """Return the counts of cross-checks, zeros left out; empty where none was declared."""
    counts = count_outcomes(validation.cross_checks)
    parts = [counted(N_OUTCOMES[outcome], N_OUTCOMES[outcome], n).get(lang) for outcome, n in counts.items() if n]
    return N_CROSS_CHECKS.get(lang).format(counts=SEPARATOR.get(lang).join(parts)) if parts else ""


def coverage(validation: Validation, lang: Lang) -> str:
    """Return what was looked at: `42 values in 1 file, 31 rules`."""
    files = counted(N_FILES, N_FILES_ONE, len(validation.dataset.files)).get(lang)
    values = counted(N_VALUES, N_VALUES_ONE, validation.n_values).get(lang)
    looked_at = f"{files} {values}" if lang == "zh" else f"{values} in {files}"
    if not validation.rules_run:
        return looked_at
    rules = counted(N_RULES, N_RULES_ONE, len(validation.rules_run)).get(lang)
    return looked_at + SEPARATOR.get(lang) + rules


def summary_line(validation: Validation, lang: Lang) -> str:
    """Return the one line that says it all."""
    parts = [severity_counts(validation, lang), outcome_counts(validation, lang), coverage(validation, lang)]
    return SEMICOLON.get(lang).join(part for part in parts if part)
