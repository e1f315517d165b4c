"""The comparison of regions: counts of the statuses and the weighted score, a row each."""

from __future__ import annotations

from ipstrong.diagnostics import a1
from ipstrong.model.result import Status
from ipstrong.reports.xlsx import words
from ipstrong.reports.xlsx.context import Context
from ipstrong.reports.xlsx.layout import LIST_HEAD
from ipstrong.reports.xlsx.scorecard_sheet import (
    count_cell,
    disputed_cell,
    grade_cell,
    score_cell,
    weight_cells,
)
from ipstrong.reports.xlsx.table import Column, Row, Words, write_table


def write_regions(context: Context) -> None:
    """Write the comparison; a scorecard of one region has none."""
    name = context.layout.names.regions
    if not name:
        return
    sheet = context.sheets[name]
    head = context.head
    columns = [
        Column("region", head("region"), 14, 24),
        Column("score", head("score"), 10),
        Column("grade", head("score_grade"), 8),
        *(Column(status.value, context.say(status.text), 9.5) for status in Status),
        Column("disputed", context.say(words.DISPUTED_COUNT), 9.5),
        Column("assessed", head("assessed"), 9),
        Column("weight", head("weight"), 9),
    ]
    rows: list[Row] = []
    summaries = {summary.region: summary for summary in context.scorecard.summaries}
    for position, block in enumerate(context.layout.blocks):
        summary = summaries[block.region]
        score_address = a1(LIST_HEAD + 1 + position, 1)
        rows.append(
            [
                Words(context.say(summary.region_name), bold=True),
                score_cell(context, block, summary),
                grade_cell(context, summary, score_address),
                *(count_cell(context, block, status, summary.counts.get(status, 0)) for status in Status),
                disputed_cell(context, block, summary.n_disputed),
                *weight_cells(context, block, summary),
            ]
        )
    write_table(sheet, LIST_HEAD, columns, rows)
    sheet.text(0, 0, f"{context.say(context.scorecard.plan.name)} · {name}", sheet.styles.title())
    sheet.height(0, 1, size=17)
    sheet.text(1, 0, context.say(words.REGIONS_META), sheet.styles.meta())
    sheet.page(context.say(context.scorecard.plan.name), str(context.scorecard.as_of), repeat=LIST_HEAD)
    sheet.worksheet.freeze_panes(LIST_HEAD + 1, 1)
