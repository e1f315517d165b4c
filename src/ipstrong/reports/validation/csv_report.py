"""CSV: one row a finding, for sorting and filtering in a spreadsheet program. No cell of it is ever a formula."""

from __future__ import annotations

import csv
import io

from ipstrong.model.validation import Validation
from ipstrong.reports.escapes import csv_text
from ipstrong.reports.validation.entries import Entry, all_entries
from ipstrong.reports.validation.options import ReportOptions

COLUMNS = (
    "file",
    "sheet",
    "cell",
    "row",
    "column",
    "key",
    "severity",
    "code",
    "title",
    "message",
    "hint",
    "related",
    "waived",
    "reason",
    "who",
    "expires",
    "fingerprint",
)
"""Column names are the same in both languages, so that scripts can rely on them."""


def render_csv(validation: Validation, options: ReportOptions) -> str:
    """Return the findings, then the waived ones; the heading alone where there are none."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    standing, waived = all_entries(validation, options.lang)
    for entry in (*standing, *waived):
        writer.writerow([csv_text(cell) for cell in _row(entry)])
    return stream.getvalue()


def _row(entry: Entry) -> tuple[str, ...]:
    place = entry.location
    row, column = entry.position
    waiver = entry.waiver
    return (
        place.path,
        place.sheet or "",
        place.cell or "",
        str(row or ""),
        str(column or ""),
        place.key or "",
        entry.severity.value,
        entry.code,
        entry.title,
        entry.message,
        entry.hint,
        "; ".join(str(related) for related in entry.finding.related),
        "yes" if waiver else "no",
        waiver.reason if waiver else "",
        waiver.who if waiver else "",
        waiver.expires if waiver else "",
        entry.fingerprint,
    )
