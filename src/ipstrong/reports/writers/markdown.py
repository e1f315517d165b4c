"""Markdown: for a page, a pull request or a mail. Nothing in a cell is markup, and widths are not aligned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ipstrong.reports.sanitize import markdown_text
from ipstrong.reports.table import Block, Bullets, Heading, Line, Table, VerdictCell, printed, verdict_line
from ipstrong.texts import Lang


def write(page: Iterable[Block], lang: Lang) -> str:
    """Return a page."""
    return "\n\n".join(_block(block, lang) for block in page) + "\n"


def _block(block: Block, lang: Lang) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {markdown_text(text)}"
        case Line():
            return _line(block)
        case Bullets(lines):
            return "\n".join(f"- {_line(each)}" for each in lines)
        case Table():
            return "\n".join(f"| {' | '.join(cells)} |" for cells in _rows(block, lang))


def _line(line: Line) -> str:
    return "".join(
        f"**{markdown_text(text)}**" if style == "bold" else markdown_text(text) for text, style in line.spans
    )


def _rows(table: Table, lang: Lang) -> Iterator[list[str]]:
    yield [column.title.get(lang) for column in table.columns]
    yield ["---:" if column.is_number else "---" for column in table.columns]
    for row in table.rows:
        yield [
            # The mark of a dispute is a word of its own, that a search for the status finds it.
            " ".join(text for text, _ in verdict_line(cell, lang).spans)
            if isinstance(cell, VerdictCell)
            else markdown_text(printed(cell, lang).text)
            for cell in row.cells
        ]
