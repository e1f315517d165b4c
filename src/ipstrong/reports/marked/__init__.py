"""The submitter's own workbook with a mark at every cell that has a finding."""

from ipstrong.reports.marked.cells import SheetValues, mark_cells
from ipstrong.reports.marked.package import UnmarkableError
from ipstrong.reports.marked.workbook import MarkedWorkbook, mark_workbook

__all__ = ["MarkedWorkbook", "SheetValues", "UnmarkableError", "mark_cells", "mark_workbook"]
