"""The Excel scorecard: a workbook whose every computed figure is a live formula with its value cached."""

from __future__ import annotations

from ipstrong.model.result import Scorecard
from ipstrong.texts import Lang

__all__ = ["render_xlsx"]


def render_xlsx(scorecard: Scorecard, lang: Lang) -> bytes:
    """Return the scorecard as an xlsx workbook; the same scorecard and language give the same bytes.

    Sheets: the scorecard (one page a region where they are few, one long table where they are many), the comparison of
    regions, charts, tasks and milestones, findings, conventions, workings, data, methods, and the data of the charts.
    """
    from ipstrong.reports.xlsx.workbook import render

    return render(scorecard, lang)
