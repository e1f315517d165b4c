"""The terminal: lines and tables drawn by rich within the width there is; texts are broken before rich sees them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_FLOOR, Decimal

from rich.box import Box
from rich.console import Console, ConsoleOptions
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table as Drawing
from rich.text import Text as Styled

from ipstrong.reports.options import ReportOptions
from ipstrong.reports.sanitize import log_text
from ipstrong.reports.table import Block, Bullets, Cell, Column, Heading, Line, Number, Table, line, printed
from ipstrong.reports.writers.line_breaks import styled_rows, text_width, widest
from ipstrong.texts import Lang

_HEIGHT = 25
"""Given to rich, which would otherwise ask the environment for the size; nothing depends on it."""


def write(page: Iterable[Block], options: ReportOptions) -> str:
    """Return a page as lines of at most `options.width` cells, whatever the real terminal and the environment are."""
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=options.width,
        height=_HEIGHT,
        color_system="standard" if options.color else None,
        force_terminal=options.color,
        force_jupyter=False,
        no_color=not options.color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    pending: list[Line] = []
    for block in page:
        match block:
            case Line():
                pending.append(block)
            case Heading(text):
                pending.append(line((text, "bold")))
            case Bullets(lines):
                pending += lines
            case Table():
                _print_lines(console, pending, options)
                pending = []
                _print_table(console, block, options)
    _print_lines(console, pending, options)
    text = buffer.getvalue()
    return text if options.color else "".join(f"{each.rstrip()}\n" for each in text.splitlines())


def _print_lines(console: Console, lines: Sequence[Line], options: ReportOptions) -> None:
    console.print(_Lines(lines, options), crop=False, end="")


class _Lines:
    """Lines wrapped to the width of a page, for rich to style."""

    def __init__(self, lines: Iterable[Line], options: ReportOptions) -> None:
        self._lines = lines
        self._options = options

    def __rich_console__(self, console: Console, _options: ConsoleOptions) -> Iterator[Segment]:
        for each in self._lines:
            spans = [(_shown(text, self._options), style) for text, style in each.spans]
            for row in styled_rows(spans, max(self._options.width - each.indent, 1), is_cut=each.is_cut):
                yield Segment(" " * each.indent if row else "")
                for text, style in row:
                    yield Segment(text, console.get_style(style) if style else None)
                yield Segment.line()


_ASCII = str.maketrans(
    {"≥": ">=", "≤": "<=", "≈": "~", "–": "-", "∞": "inf", "×": "*", "÷": "/", "─": "-"}
    | {"✓": "+", "↗": ">", "↘": "<", "✗": "x", "○": "o", "✎": "m", "⚑": "!"}
)
"""Signs and marks of statuses for terminals that have nothing else."""


def _shown(text: str, options: ReportOptions) -> str:
    text = log_text(text)
    return text if options.unicode else text.translate(_ASCII)


# --- Tables -----------------------------------------------------------------------------------------------------------

_COMFORTABLE_WORD = 36
"""Words up to this width are kept whole while other columns can give way."""
_NARROW = 8
_EIGHTHS = " ▏▎▍▌▋▊▉"
_PERCENT_WIDTH = 6
_BOXES = {
    is_unicode: Box(f"    \n    \n {rule}{rule} \n    \n    \n    \n    \n    \n", ascii=not is_unicode)
    for is_unicode, rule in ((True, "─"), (False, "-"))
}
"""Nothing but a rule below the head."""


def _print_table(console: Console, table: Table, options: ReportOptions) -> None:
    """Print a table in pieces of the same columns, for headings of groups and details go across the page."""
    texts = [
        [
            "".join(text for text, _ in _spans(cell, column, 0, options))
            for cell, column in zip(row.cells, table.columns, strict=True)
        ]
        for row in table.rows
    ]
    shown, below = _fit(table, texts, options.width - table.indent, options.lang)
    if table.has_head and table.has_rule:
        console.print(_drawing(table, shown, [], options, has_head=True), crop=False)
    elif table.has_head:
        titles = [(table.columns[position].title.get(options.lang), width) for position, width in shown]
        head = [_wrapped([(_shown(title, options), "bold")], width) for title, width in titles]
        console.print(_drawing(table, shown, [head], options), crop=False)
    indent = table.indent + (shown[0][1] + table.gap if len(shown) > 1 else 0)
    number = 0
    for group in table.groups:
        if group.title:
            _print_lines(console, [line((group.title, "bold cyan"))], options)
        pending: list[list[Styled]] = []
        for row in group.rows:
            pending.append(
                [
                    _wrapped(_spans(row.cells[position], table.columns[position], width, options), width)
                    for position, width in shown
                ]
            )
            details = [line((text, row.detail_style), indent=indent) for text in row.details]
            details = [line((texts[number][position], "dim"), indent=indent) for position in below] + details
            number += 1
            if details:
                console.print(_drawing(table, shown, pending, options), crop=False)
                _print_lines(console, details, options)
                pending = []
        if pending:
            console.print(_drawing(table, shown, pending, options), crop=False)


def _drawing(
    table: Table,
    shown: Sequence[tuple[int, int]],
    rows: Iterable[Sequence[Styled]],
    options: ReportOptions,
    *,
    has_head: bool = False,
) -> Padding:
    drawing = Drawing(
        box=_BOXES[options.unicode],
        show_edge=False,
        show_header=has_head,
        header_style="bold",
        border_style="dim",
        padding=(0, table.gap - 1, 0, 0),
        pad_edge=False,
    )
    for position, width in shown:
        column = table.columns[position]
        title = _wrapped([(_shown(column.title.get(options.lang), options), "")], width)
        drawing.add_column(title, width=width, justify="right" if column.is_number else "left", overflow="fold")
    for row in rows:
        drawing.add_row(*row)
    return Padding(drawing, (0, 0, 0, table.indent))


def _spans(cell: Cell, column: Column, width: int, options: ReportOptions) -> list[tuple[str, str]]:
    """Return a cell as styled texts; a share gets a bar where the column has room for one."""
    spans = [(_shown(text, options), style) for text, style in printed(cell, options.lang).spans]
    if column.bars:
        text, style = spans[0]
        text = text.rjust(_PERCENT_WIDTH)
        room = width - len(text) - 1
        if isinstance(cell, Number) and cell.share is not None and room >= column.bars[-1][0]:
            text = f"{text} {bar(cell.share, room, unicode=options.unicode)}"
        spans = [(text, style)]
    return spans


def _wrapped(spans: Sequence[tuple[str, str]], width: int) -> Styled:
    text = Styled()
    for number, row in enumerate(styled_rows(spans, max(width, 1))):
        text.append("\n" if number else "")
        for part, style in row:
            text.append(part, style)
    return text


def bar(share: Decimal, width: int, *, unicode: bool) -> str:
    """Return a bar of at most `width` cells: full only from 1 on, never empty above 0."""
    parts = 8 if unicode else 1
    steps = int((share * width * parts).to_integral_value(ROUND_FLOOR))
    steps = max(0, min(steps, width * parts))
    if share > 0 and not steps:
        steps = 1
    if not unicode:
        return "#" * steps + "." * (width - steps)
    full, rest = divmod(steps, 8)
    return "█" * full + (_EIGHTHS[rest] if rest else "")


def _fit(
    table: Table, texts: Sequence[Sequence[str]], width: int, lang: Lang
) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the columns to show with their widths, and those whose cells go below their rows."""
    columns = table.columns
    sizes = [
        max(text_width(column.title.get(lang)), min(column.most, widest(row[position] for row in texts)))
        for position, column in enumerate(columns)
    ]

    def needed(chosen: Iterable[int], leaves: int) -> int:
        cells = [sizes[each] if columns[each].is_rigid else min(sizes[each], leaves) for each in chosen]
        return sum(cells) + table.gap * (len(cells) - 1)

    shown = [position for position, column in enumerate(columns) if not column.rank]
    optional = [position for position, column in enumerate(columns) if column.rank]
    for position in sorted(optional, key=lambda each: columns[each].rank):
        if needed([*shown, position], columns[position].leaves) <= width:
            shown.append(position)
    shown.sort()
    for position in shown:
        for cells, leaves in columns[position].bars:
            if needed(shown, leaves) - sizes[position] + _PERCENT_WIDTH + 1 + cells <= width:
                sizes[position] = _PERCENT_WIDTH + 1 + cells
                break
    whole = [position for position in shown if columns[position].is_whole]
    words = {
        position: min(_COMFORTABLE_WORD, widest(word for row in texts for word in row[position].split()))
        for position in shown
    }
    titles = {position: text_width(columns[position].title.get(lang)) for position in shown}
    excess = needed(shown, 10_000) - width
    is_narrow = excess > sum(
        sizes[each] - min(sizes[each], max(_NARROW, titles[each], words[each]))
        for each in shown
        if not columns[each].is_rigid
    )
    if whole and is_narrow:
        shown = [position for position in shown if position not in whole]
        excess = needed(shown, 10_000) - width
    else:
        whole = []
    # Flexible columns give way first, as long as their words stay whole; then words break; then any column does.
    flexible = [each for each in shown if not columns[each].is_rigid]
    for candidates, least in (
        (flexible, {each: max(_NARROW, titles[each], words[each]) for each in flexible}),
        (flexible, dict.fromkeys(flexible, _NARROW)),
        (shown, dict.fromkeys(shown, 2)),
    ):
        while excess > 0 and candidates:
            position = max(candidates, key=lambda each: sizes[each] - min(sizes[each], least[each]))
            if sizes[position] <= least[position]:
                break
            sizes[position] -= 1
            excess -= 1
    return [(position, sizes[position]) for position in shown], whole
