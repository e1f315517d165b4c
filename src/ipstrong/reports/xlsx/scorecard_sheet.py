"""The page for the director: title, counts and score, one row a target under its area; or one long table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ipstrong.diagnostics import a1
from ipstrong.model.plan import Area
from ipstrong.model.result import DISPUTED_TEXT, GRADE_TEXTS, Grade, NotComputed, Status, Summary
from ipstrong.reports.formatting import SCORE_MARKS, plain
from ipstrong.reports.labels import NO_RESULTS
from ipstrong.reports.xlsx import derived, words
from ipstrong.reports.xlsx.context import Context
from ipstrong.reports.xlsx.layout import LIST_HEAD, PAGE_HEAD, Block, column_range
from ipstrong.reports.xlsx.lines import line_of, score_columns
from ipstrong.reports.xlsx.numbers import NumberFormat
from ipstrong.reports.xlsx.sheet import Sheet, Span
from ipstrong.reports.xlsx.styles import GROUP_FILL, NUMBER_FONT, RULE
from ipstrong.reports.xlsx.table import (
    Amount,
    Cell,
    Derived,
    Group,
    Missing,
    Row,
    write_cell,
    write_table,
)

COUNT = NumberFormat()


def write_scorecards(context: Context) -> None:
    """Write the page of every region, or the long table."""
    if context.layout.is_long:
        _write_long(context)
        return
    if not context.layout.blocks:
        sheet = context.sheets[context.layout.names.scorecards[0]]
        _title(context, sheet, context.say(NO_RESULTS))
        return
    for block, lines in zip(context.layout.blocks, context.layout.lines, strict=True):
        _write_page(context, block, lines)


def _write_page(context: Context, block: Block, lines: tuple[Area | int, ...]) -> None:
    sheet = context.sheets[block.sheet]
    columns = score_columns(context)
    rows: list[Row] = [
        line_of(context, item).cells() if isinstance(item, int) else Group(context.say(item.name)) for item in lines
    ]
    widths = write_table(sheet, PAGE_HEAD, columns, rows, comments=context.layout.has_comments)
    summary = _summary(context, block)
    plan = context.scorecard.plan
    _title(context, sheet, context.say(words.SCORECARD_META, region=summary.region_name, **_meta(context)))
    _tiles(context, sheet, block, summary, widths)
    last = PAGE_HEAD + len(rows)
    foot = last + 1
    names = context.layout.names
    text = context.say(words.FOOTNOTE, workings=names.workings, data=names.data[0])
    sheet.merged_text(Span(foot, 0, foot, len(columns) - 1), text, sheet.styles.get(font_size=9, text_wrap=True))
    sheet.height(foot, 2)
    region = context.say(summary.region_name)
    sheet.page(context.say(plan.name), f"{region} {context.scorecard.as_of}", repeat=PAGE_HEAD, shrink=True)
    sheet.break_before([PAGE_HEAD + 1 + at for at, item in enumerate(lines) if not isinstance(item, int)], PAGE_HEAD)
    sheet.worksheet.print_area(0, 0, foot, len(columns) - 1)
    sheet.worksheet.freeze_panes(PAGE_HEAD + 1, context.columns["target"] + 1)


def _meta(context: Context) -> dict[str, object]:
    plan = context.scorecard.plan
    return {
        "date": context.scorecard.as_of.isoformat(),
        "base": plan.base_year,
        "deadline": plan.end_year,
        "path": plan.path,
    }


def _title(context: Context, sheet: Sheet, meta: str) -> None:
    sheet.text(0, 0, context.say(context.scorecard.plan.name), sheet.styles.title())
    sheet.height(0, 1, size=17)
    sheet.text(1, 0, meta, sheet.styles.meta())
    sheet.height(1, 1)


def _summary(context: Context, block: Block) -> Summary:
    return next(summary for summary in context.scorecard.summaries if summary.region == block.region)


def _write_long(context: Context) -> None:
    sheet = context.sheets[context.layout.names.scorecards[0]]
    columns = score_columns(context)
    rows: list[Row] = [line_of(context, number).cells() for number in range(len(context.scorecard.results))]
    write_table(sheet, LIST_HEAD, columns, rows, comments=context.layout.has_comments)
    n_regions = len(context.layout.blocks)
    _title(context, sheet, context.say(words.LONG_META, n=n_regions, **_meta(context)))
    sheet.page(context.say(context.scorecard.plan.name), str(context.scorecard.as_of), repeat=LIST_HEAD)
    last = LIST_HEAD + len(rows)
    sheet.worksheet.print_area(0, 0, last, len(columns) - 1)
    sheet.worksheet.freeze_panes(LIST_HEAD + 1, context.columns["target"] + 1)
    sheet.worksheet.autofilter(LIST_HEAD, 0, last, len(columns) - 1)


def count_cell(context: Context, block: Block, status: Status, n: int) -> Amount:
    """Return how many results of a region have a status."""
    column = column_letter(context.columns["status"])
    held = column_range(block.sheet, column, block.first_row, block.last_row)
    return Amount(Decimal(n), COUNT, f'COUNTIF({held},"{context.say(status.text)}")')


def disputed_cell(context: Context, block: Block, n: int) -> Amount:
    """Return how many results of a region are disputed."""
    column = column_letter(context.columns["disputed"])
    held = column_range(block.sheet, column, block.first_row, block.last_row)
    return Amount(Decimal(n), COUNT, f'COUNTIF({held},"{context.say(words.DISPUTED_MARK)}")')


def score_cell(context: Context, block: Block, summary: Summary) -> Cell:
    """Return the weighted score of a region."""
    if isinstance(summary.score, NotComputed):
        return Missing(context.reason(summary.score))
    contributions, weights = (working_range(context, block, field) for field in ("contribution", "assessed"))
    shown = NumberFormat(1).clear_of(summary.score, *SCORE_MARKS)
    return Amount(summary.score, shown, derived.score(contributions, weights), bold=True)


def grade_cell(context: Context, summary: Summary, score_address: str) -> Cell:
    """Return the grade of a region's score."""
    if summary.grade is None:
        return Missing("")
    first, second, third, last = (
        context.say(GRADE_TEXTS[grade]) for grade in (Grade.EXCELLENT, Grade.GOOD, Grade.FAIR, Grade.POOR)
    )
    formula = derived.grade(score_address, (first, second, third, last))
    return Derived(context.say(GRADE_TEXTS[summary.grade]), formula, align="center")


def weight_cells(context: Context, block: Block, summary: Summary) -> tuple[Amount, Amount]:
    """Return the weight that was assessed, and the whole weight."""
    assessed, whole = (working_range(context, block, field) for field in ("assessed", "weight"))
    return (
        Amount(summary.weight_assessed, COUNT._replace(decimals=_places(summary)), f"SUM({assessed})"),
        Amount(summary.weight_total, COUNT._replace(decimals=_places(summary)), f"SUM({whole})"),
    )


def _places(summary: Summary) -> int:
    whole = all(weight == weight.to_integral_value() for weight in (summary.weight_assessed, summary.weight_total))
    return 0 if whole else 2


def working_range(context: Context, block: Block, field: str) -> str:
    """Return a column of the workings for the rows of a region."""
    column = column_letter(context.working_columns[field])
    return column_range(context.layout.names.workings, column, block.first_working, block.last_working)


def column_letter(position: int) -> str:
    """Return the letters of a 0-based column."""
    return a1(0, position)[:-1]


_LABELS_ROW, _VALUES_ROW = 2, 3
_FIRST_STATUS = 5
"""0-based column of the first count: score, grade and weights stand before it."""


def _tiles(context: Context, sheet: Sheet, block: Block, summary: Summary, widths: Sequence[float]) -> None:
    """Write score, grade and the count of every status above the table."""
    score = score_cell(context, block, summary)
    assessed, whole = weight_cells(context, block, summary)
    weights = Derived(f"{plain(assessed.value)} / {plain(whole.value)}", f'{assessed.formula}&" / "&{whole.formula}')
    _tile(sheet, (0, 1), context.say(words.SCORE_LABEL), score)
    _tile(sheet, (2, 2), context.say(words.SCORE_GRADE_LABEL), grade_cell(context, summary, f"$A${_VALUES_ROW + 1}"))
    _tile(sheet, (3, 4), context.say(words.SCORE_WEIGHTS_LABEL), weights)
    last = len(widths) - 1
    spans = _spans(widths[_FIRST_STATUS:last], len(Status))
    for status, (first, end) in zip(Status, spans, strict=True):
        cell = count_cell(context, block, status, summary.counts.get(status, 0))
        label = context.say(status.text)
        _tile(sheet, (_FIRST_STATUS + first, _FIRST_STATUS + end), label, cell, status)
    _tile(sheet, (last, last), context.say(DISPUTED_TEXT), disputed_cell(context, block, summary.n_disputed))
    sheet.height(_LABELS_ROW, 1.9)
    sheet.height(_VALUES_ROW, 1.1, size=15)
    sheet.height(_VALUES_ROW + 1, 0.25)


def _tile(sheet: Sheet, columns: tuple[int, int], label: str, cell: Cell, status: Status | None = None) -> None:
    first, last = columns
    box: dict[str, object] = {"align": "center", "border": 1, "border_color": RULE}
    head = sheet.styles.status(status, font_size=9) if status else None
    plain_head = sheet.styles.get(font_size=9, text_wrap=True, bg_color=GROUP_FILL, **box)
    sheet.merged_text(Span(_LABELS_ROW, first, _LABELS_ROW, last), label, head or plain_head)
    big = {**box, "font_size": 15, "bold": True, "font_name": NUMBER_FONT}
    sheet.merged_text(Span(_VALUES_ROW, first, _VALUES_ROW, last), "", sheet.styles.get(**big))
    match cell:
        case Amount(value, shown, formula):
            sheet.formula(_VALUES_ROW, first, formula, value, sheet.styles.get(num_format=shown.code, **big))
        case Derived(text, formula):
            sheet.formula(_VALUES_ROW, first, formula, text, sheet.styles.get(**{**big, "font_size": 12}))
        case _:
            write_cell(sheet, _VALUES_ROW, first, cell)


def _spans(widths: Sequence[float], n: int) -> list[tuple[int, int]]:
    """Split columns into `n` neighbouring groups of about the same width; each has a column at least."""
    spans: list[tuple[int, int]] = []
    first = 0
    for left in range(n, 0, -1):
        share = sum(widths[first:]) / left
        last, held = first, widths[first]
        while len(widths) - last - 1 > left - 1 and held + widths[last + 1] / 2 <= share:
            last += 1
            held += widths[last]
        if left == 1:
            last = len(widths) - 1
        spans.append((first, last))
        first = last + 1
    return spans
