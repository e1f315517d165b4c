"""A workbook to fill in, made from the plan."""

from ipstrong.reports.template.workbook import render_template

__all__ = ["render_template"]
