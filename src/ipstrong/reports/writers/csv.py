"""CSV through the `csv` module: no text of a cell is ever a formula, lines end with a line feed."""

from __future__ import annotations

import csv
import io

from ipstrong.reports.sanitize import csv_text
from ipstrong.reports.table import Table, exact
from ipstrong.texts import Lang

BYTE_ORDER_MARK = "\ufeff"
"""Begins a file, for Excel reads Chinese in another encoding without it; a stream has none, for programs trip over it."""


def write(table: Table, lang: Lang | None = None) -> str:
    """Return a table with the ids of its columns as heading, the same in both languages; with `lang`, their titles."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([column.title.get(lang) if lang else column.id for column in table.columns])
    # Numbers keep their sign: only texts can be formulas.
    writer.writerows(
        [None if cell is None else csv_text(cell) if isinstance(cell, str) else exact(cell) for cell in row.cells]
        for group in table.groups
        for row in group.rows
    )
    return buffer.getvalue()
