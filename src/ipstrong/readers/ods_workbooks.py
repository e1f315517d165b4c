"""OpenDocument spreadsheets to grids: bounded by a walk through the document, values by calamine."""

from __future__ import annotations

from xml.parsers import expat

from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import data as codes
from ipstrong.readers.findings import flaw_findings, hidden_findings
from ipstrong.readers.grid import GridExtras
from ipstrong.readers.ods_scan import OdsTable, TooManyCellsError, scan_ods
from ipstrong.readers.options import ReadOptions
from ipstrong.readers.refusal import Excess, Refusal, damaged, too_large, too_much_text
from ipstrong.readers.rewritten import as_plain_archive
from ipstrong.readers.sheet_choice import choose_sheets
from ipstrong.readers.workbooks import WorkbookContent, load_sheet, open_package, sheet_grid
from ipstrong.readers.zip_parts import ZipParts
from ipstrong.texts import Text


def read_ods(path: str, package: ZipParts, options: ReadOptions) -> WorkbookContent:
    """Return the sheets of an ods package.

    Raises:
        Refusal: when it is damaged, encrypted or beyond the limits.
    """
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Refusal(Finding(codes.FILE_ENCRYPTED, Location(path)))
    package = as_plain_archive(package)
    tables = _scanned(path, package, options)
    workbook = open_package(path, package)
    names = workbook.sheet_names
    if [table.name for table in tables] != names:
        raise damaged(path, Text("工作表目录与内容不符", "its sheets do not match its list of sheets"))
    content = WorkbookContent()
    chosen = choose_sheets(path, names, [table.is_hidden for table in tables], [None] * len(names), options)
    content.findings += chosen.findings
    content.skipped += chosen.skipped
    for index in chosen.indices:
        table = tables[index]
        extras = GridExtras(
            tuple(table.merged), frozenset(table.hidden_rows), frozenset(table.hidden_columns), table.notes
        )
        grid = sheet_grid(path, table.name, load_sheet(path, workbook, index), extras)
        content.grids.append(grid)
        content.findings += [*flaw_findings(grid), *hidden_findings(grid)]
    return content


def _scanned(path: str, package: ZipParts, options: ReadOptions) -> list[OdsTable]:
    try:
        tables = scan_ods(package.read("content.xml"), options.limits.max_cells)
    except TooManyCellsError as error:
        limit = options.limits.max_cells
        excess = Excess(Text("工作表的格数", "cells of the sheet"), error.cells, limit, "--max-cells")
        raise too_large(path, excess, error.name) from error
    except (expat.ExpatError, ValueError) as error:
        reason = str(error)
        raise damaged(path, Text(f"content.xml 有误：{reason}", f"content.xml is broken: {reason}")) from error
    limit = options.limits.max_bytes
    for table in tables:
        if table.n_characters > limit:
            raise too_much_text(path, table.n_characters, limit, table.name)
    return tables
