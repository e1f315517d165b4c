"""What changed between two submissions, as a terminal report, JSON, Markdown or a workbook."""

from ipstrong.reports.compare.registry import FORMATS, SUFFIXES, render_comparison

__all__ = ["FORMATS", "SUFFIXES", "render_comparison"]
