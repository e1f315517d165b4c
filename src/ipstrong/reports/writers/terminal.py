"""The terminal: lines and tables drawn by rich within the width there is; texts are broken before rich sees them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    shown, below = _fit(table, options)
    if table.has_head and table.has_rule:
        console.print(_drawing(table, shown, [], options, has_head=True), crop=False)
    elif table.has_head:
        titles = [line((table.columns[position].title.get(options.lang), "bold")) for position in shown]
        head = [
            _wrapped(_spans(title, None, 0, options), width)
            for title, width in zip(titles, shown.values(), strict=True)
        ]
        console.print(_drawing(table, shown, [head], options), crop=False)
    indent = table.indent + (next(iter(shown.values())) + table.gap if len(shown) > 1 else 0)
    for group in table.groups:
        if group.title:
            _print_lines(console, [line((group.title, "bold cyan"))], options)
        pending: list[list[Styled]] = []
        for row in group.rows:
            pending.append(
                [
                    _wrapped(_spans(row.cells[position], table.columns[position], width, options), width)
                    for position, width in shown.items()
                ]
            )
            details = [line((printed(row.cells[each], options.lang).text, "dim"), indent=indent) for each in below]
            details += [line((text, row.detail_style), indent=indent) for text in row.details]
            if details:
                console.print(_drawing(table, shown, pending, options), crop=False)
                _print_lines(console, details, options)
                pending = []
        if pending:
            console.print(_drawing(table, shown, pending, options), crop=False)


def _drawing(
    table: Table,
    shown: Mapping[int, int],
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
        border_style="dim" if has_head else "",
        padding=(0, table.gap - 1, 0, 0),
        pad_edge=False,
    )
    for position, width in shown.items():
        column = table.columns[position]
        title = _wrapped([(_shown(column.title.get(options.lang), options), "")], width)
        drawing.add_column(title, width=width, justify="right" if column.is_number else "left", overflow="fold")
    for row in rows:
        drawing.add_row(*row)
    return Padding(drawing, (0, 0, 0, table.indent))


def _spans(cell: Cell, column: Column | None, width: int, options: ReportOptions) -> list[tuple[str, str]]:
    """Return a cell as styled texts; a share gets a bar where the column has room for one."""
    spans = [(_shown(text, options), style) for text, style in printed(cell, options.lang).spans]
    if column and column.bars:
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


def _fit(table: Table, options: ReportOptions) -> tuple[dict[int, int], list[int]]:
    """Return the columns to show with their widths, and those whose cells go below their rows."""
    width = options.width - table.indent
    sizes, words = [], []
    for position, column in enumerate(table.columns):
        cells = [row.cells[position] for row in (*table.rows, *table.siblings)]
        texts = ["".join(text for text, _ in _spans(cell, column, 0, options)) for cell in cells]
        title = text_width(column.title.get(options.lang))
        sizes.append(max(title, min(column.most, widest(texts))))
        longest = min(_COMFORTABLE_WORD, widest(word for text in texts for word in text.split()))
        words.append(max(_NARROW, title, longest))
    shown = _chosen(table, sizes, width)
    flexible = [each for each in shown if not table.columns[each].is_rigid]
    excess = sum(sizes[each] for each in shown) + table.gap * (len(shown) - 1) - width
    below = [each for each in shown if table.columns[each].is_whole]
    if below and excess > sum(max(0, sizes[each] - words[each]) for each in flexible):
        shown = [each for each in shown if each not in below]
        excess -= sum(sizes[each] + table.gap for each in below)
    else:
        below = []
    # Flexible columns give way first, as long as their words stay whole; then words break; then any column gives way.
    for candidates, least in ((flexible, words), (flexible, [_NARROW] * len(sizes)), (shown, [2] * len(sizes))):
        while excess > 0 and candidates:
            position = max(candidates, key=lambda each: sizes[each] - min(sizes[each], least[each]))
            if sizes[position] <= least[position]:
                break
            sizes[position] -= 1
            excess -= 1
    return {position: sizes[position] for position in shown}, below


def _chosen(table: Table, sizes: list[int], width: int) -> list[int]:
    """Return the columns that there is room for, in order; a column with bars is widened if there is more."""
    columns = table.columns

    def needed(chosen: Sequence[int], leaves: int) -> int:
        cells = (sizes[each] if columns[each].is_rigid else min(sizes[each], leaves) for each in chosen)
        return sum(cells) + table.gap * (len(chosen) - 1)

    shown = [position for position, column in enumerate(columns) if not column.rank]
    optional = [position for position, column in enumerate(columns) if column.rank]
    for position in sorted(optional, key=lambda each: columns[each].rank):
        if needed([*shown, position], columns[position].leaves) <= width:
            shown.append(position)
    for position in shown:
        for cells, leaves in columns[position].bars:
            if needed(shown, leaves) - sizes[position] + _PERCENT_WIDTH + 1 + cells <= width:
                sizes[position] = _PERCENT_WIDTH + 1 + cells
                break
    return sorted(shown)
