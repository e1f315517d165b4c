"""What a marked copy shows at a cell: a colour for the worst finding there, and a comment that lists all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from ipstrong.diagnostics import Finding, Location, Severity, split_a1
from ipstrong.reports.sanitize import inert
from ipstrong.reports.xlsx.cells import n_lines
from ipstrong.texts import COLON, Lang, Text

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.comments import Comment

FILLS = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C", Severity.NOTE: "FFDDEBF7"}
"""Light red, yellow and blue; the comment says in words what the colour says."""
AUTHOR = "ipstrong"
FIX = Text("改法", "fix")
MOST_CELLS = 2_000
"""Cells of one range that are coloured."""
MOST_COMMENTS = 10_000
"""Comments in a workbook; Excel draws a box for each when it opens the file."""
LONGEST_TEXT = 32_000
"""Characters of a comment or cell that ipstrong writes; Excel holds 32,767."""
Address = tuple[int, int]
"""1-based row and column."""
_ORDER = tuple(Severity)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(slots=True)
class Mark:
    """What one cell shows."""

    severity: Severity
    texts: list[str]
    """One for each finding that begins here; none for the other cells of a range."""


def marks_of(
    findings: Iterable[Finding], sheet: str, lang: Lang, shown_at: Mapping[Address, Address] | None = None
) -> dict[Address, Mark]:
    """Return the marks of a sheet: at the first cell of each place a comment, on all of its cells a colour.

    Args:
        findings: Of one file.
        sheet: The name of the sheet.
        lang: Language of the comments.
        shown_at: For a cell under a merged range, the cell that shows.
    """
    shown_at = shown_at or {}
    marks: dict[Address, Mark] = {}
    for finding in findings:
        parts = finding.params.get("parts")
        shared = [part for part in parts if isinstance(part, Location)] if isinstance(parts, tuple) else []
        for place in dict.fromkeys((finding.location, *shared)):
            if place.path != finding.location.path or place.sheet != sheet or not place.cell:
                continue
            for number, cell in enumerate(cells_of(place.cell, MOST_CELLS)):
                mark = marks.setdefault(shown_at.get(cell, cell), Mark(finding.severity, []))
                mark.severity = min(mark.severity, finding.severity, key=_ORDER.index)
                if number == 0:
                    mark.texts.append(_text_of(finding, lang))
    return marks


def cells_of(place: str, most: int) -> Iterable[Address]:
    """Return every cell of an address or range, at most `most`."""
    first, _, last = place.partition(":")
    top, left = split_a1(first)
    bottom, right = split_a1(last or first)
    if not top or not bottom:
        return ()
    rows, columns = range(top, min(bottom, top + most) + 1), range(left, min(right, left + most) + 1)
    return islice(product(rows, columns), most)


def _text_of(finding: Finding, lang: Lang) -> str:
    colon = COLON.get(lang)
    text = f"{finding.code.id} {finding.severity.text.get(lang)}{colon}{inert(finding.message(lang))}"
    hint = finding.hint(lang)
    return f"{text}\n{FIX.get(lang)}{colon}{inert(hint)}" if hint else text


def comment_of(mark: Mark, before: Comment | None = None) -> Comment:
    """Return the comment of a mark; a comment that the cell has stays above, one of an earlier marking is replaced."""
    from openpyxl.comments import Comment

    text, author = "\n\n".join(mark.texts), AUTHOR
    if before is not None and before.author != AUTHOR:
        text, author = f"{before.text or ''}\n\n{text}", before.author
    height = min(40 + 17 * n_lines(text[:LONGEST_TEXT], 46), 600)
    return Comment(xml_text(text), author, height=height, width=340)


def colour(cell: Cell, severity: Severity) -> None:
    """Fill a cell; a light font on a dark fill becomes black, so that it can be read on a light one."""
    from openpyxl.styles import Color, PatternFill

    if cell.fill.fill_type is not None:
        font: Any = copy(cell.font)
        font.color = Color("FF000000")
        cell.font = font
    cell.fill = PatternFill("solid", fgColor=FILLS[severity])


def xml_text(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return a text as a workbook holds it: escape characters that XML refuses, and what looks like an escape."""
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text[:longest])
