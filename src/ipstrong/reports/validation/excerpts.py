"""A row of a file on one line, cut around the cell in question, and the caret that points at it."""

from __future__ import annotations

from ipstrong.diagnostics import Finding, split_a1
from ipstrong.reports.escapes import log_text
from ipstrong.reports.validation.entries import position_of
from ipstrong.reports.wrapped import text_width

BAR = " │ "
CUT = "…"


def pointed_row(finding: Finding, width: int) -> tuple[str, str] | None:
    """Return the finding's row within `width` columns, and a line with carets under the cell (empty for none).

    Cells are set off by bars, blank ones are left out, the row's number stands before them. Where the row is too wide, cells far from the one
    in question are left out, then long texts are cut; Chinese characters count two columns.
    """
    if not finding.excerpt:
        return None
    number, column = position_of(finding.location)
    head = f"{number} │ " if number else ""
    room = width - text_width(head)
    if "\t" not in finding.excerpt:
        return _pointed_line(finding, head, column, room)
    cells = [log_text(cell.strip()) for cell in finding.excerpt.split("\t")]
    if not 1 <= column <= len(cells):
        return head + _fit(BAR.join(cell for cell in cells if cell), room), ""
    first, last = _span(finding, column, len(cells))
    cells, first, last = _without_blanks(cells, first, last)
    before, target, after = _window(cells, first, last, room)
    caret = " " * text_width(head + before) + "^" * max(1, text_width(target))
    return head + before + target + after, caret


def _pointed_line(finding: Finding, head: str, column: int, room: int) -> tuple[str, str]:
    """Return a row of one cell or a line of text, cut at the right, with a caret where it can be seen."""
    assert finding.excerpt is not None
    shown = _fit(log_text(finding.excerpt.rstrip()), room)
    if not _is_text_line(finding):
        return head + shown, " " * text_width(head) + "^" * max(1, text_width(shown)) if column == 1 else ""
    before = text_width(log_text(finding.excerpt[: column - 1])) if column else room
    return head + shown, " " * (text_width(head) + before) + "^" if before < room else ""


def _is_text_line(finding: Finding) -> bool:
    """Whether columns count characters, as in YAML, and not cells."""
    place = finding.location
    return place.sheet is None and (place.key is not None or place.path.lower().endswith((".yaml", ".yml")))


def _span(finding: Finding, column: int, n_cells: int) -> tuple[int, int]:
    """Return the 0-based first and last cell in question: a range within the row, else one cell."""
    last = column
    cell = finding.location.cell
    if cell and ":" in cell:
        last = max(column, split_a1(cell.split(":", 1)[1])[1])
    return column - 1, min(last, n_cells) - 1


def _without_blanks(cells: list[str], first: int, last: int) -> tuple[list[str], int, int]:
    """Leave out blank cells other than those in question; they tell nothing and take room."""
    before = [cell for cell in cells[:first] if cell]
    target = cells[first : last + 1]
    after = [cell for cell in cells[last + 1 :] if cell]
    return [*before, *target, *after], len(before), len(before) + len(target) - 1


def _window(cells: list[str], first: int, last: int, room: int) -> tuple[str, str, str]:
    """Return the text before, the cells in question, and the text after, together within `room`."""
    target = _fit(BAR.join(cells[first : last + 1]), max(room - 2 * text_width(CUT + BAR), 8))
    bar, mark = text_width(BAR), text_width(CUT + BAR)
    sizes = [text_width(cell) + bar for cell in cells]
    free = room - text_width(target)

    def fits(left: int, right: int, free: int) -> bool:
        return (mark if left else 0) + (mark if right < len(cells) else 0) <= free

    left, right = first, last + 1
    while True:  # labels stand at the left: that side first
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


def _fit(text: str, room: int) -> str:
    if text_width(text) <= room:
        return text
    from rich.cells import set_cell_size

    return set_cell_size(text, max(room - 1, 1)).rstrip() + CUT
