"""What `validate` found, said in every format: one file a format, all over the same entries."""

from ipstrong.reports.validation.github import step_summary
from ipstrong.reports.validation.options import ReportOptions
from ipstrong.reports.validation.registry import FORMATS, format_of, render_validation

__all__ = ["FORMATS", "ReportOptions", "format_of", "render_validation", "step_summary"]
