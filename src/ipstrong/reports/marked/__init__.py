"""The submitter's own workbook with every mistake marked where it stands."""

from ipstrong.reports.marked.cells import SheetCells, mark_cells
from ipstrong.reports.marked.mark import MarkedWorkbook, mark_workbook

__all__ = ["MarkedWorkbook", "SheetCells", "mark_cells", "mark_workbook"]
