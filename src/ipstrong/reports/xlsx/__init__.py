"""The Excel scorecard: a workbook whose every computed figure is a live formula with its value cached."""

from __future__ import annotations

from ipstrong.reports.xlsx.workbook import render_xlsx

__all__ = ["render_xlsx"]
