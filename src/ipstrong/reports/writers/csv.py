"""CSV through the `csv` module: no text of a cell is ever a formula, lines end with a line feed."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from enum import Enum

from ipstrong.model.result import NotComputed
from ipstrong.reports.formatting import plain
from ipstrong.reports.sanitize import csv_text
from ipstrong.reports.table import Cell, Line, Number, Table, VerdictCell
from ipstrong.texts import Lang

BYTE_ORDER_MARK = "\ufeff"
"""Begins a file, for Excel reads Chinese in another encoding without it; a stream has none, for programs trip over it."""


def write(table: Table, lang: Lang | None = None) -> str:
    """Return a table with the ids of its columns as heading, the same in both languages; with `lang`, their titles."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([column.title.get(lang) if lang else column.id for column in table.columns])
    writer.writerows(
        [cell if cell is None else csv_text(cell) if isinstance(cell, str) else _exact(cell) for cell in row.cells]
        for group in table.groups
        for row in group.rows
    )
    return buffer.getvalue()


def _exact(cell: Cell) -> str | int | None:
    """Return a cell as programs read it: numbers unrounded, names instead of words, nothing where nothing was computed.

    Numbers keep their sign: only texts can be formulas.
    """
    # The most frequent first: a national scorecard has a million cells, and class patterns take twice as long.
    if isinstance(cell, Decimal):
        return plain(cell) if cell.is_finite() else None
    if isinstance(cell, NotComputed):
        return None
    if isinstance(cell, int):
        return str(cell).lower() if isinstance(cell, bool) else cell
    if isinstance(cell, Enum):
        return str(cell.value)
    match cell:
        case Number():
            return plain(cell.value)
        case Line():
            return csv_text(cell.text)
        case VerdictCell():
            return cell.status.value
        case _:
            return str(cell)
