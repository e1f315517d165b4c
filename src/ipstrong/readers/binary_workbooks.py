"""Binary workbooks (xlsb) to grids: values by calamine, formats and errors by a scan of the records."""

from __future__ import annotations

import posixpath

from python_calamine import SheetVisibleEnum

from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import data as codes
from ipstrong.readers.findings import flaw_findings, hidden_findings
from ipstrong.readers.grid import GridExtras
from ipstrong.readers.options import ReadOptions
from ipstrong.readers.plain import NotPlainError, check_xml
from ipstrong.readers.refusal import Excess, damaged, too_large, too_much_text
from ipstrong.readers.rewritten import as_plain_archive
from ipstrong.readers.sheet_choice import choose_sheets
from ipstrong.readers.sheet_scan import SheetScan
from ipstrong.readers.workbooks import WorkbookContent, load_sheet, open_package, sheet_grid
from ipstrong.readers.xlsb_scan import read_formats, scan_binary_sheet, sheet_relations, string_sizes
from ipstrong.readers.xlsx_parts import relations
from ipstrong.readers.zip_parts import ZipParts
from ipstrong.texts import Text


def read_xlsb(path: str, package: ZipParts, main: str, options: ReadOptions) -> WorkbookContent:
    """Return the sheets of an xlsb package, whose workbook part is `main`.

    Raises:
        Refusal: when it is damaged or beyond the limits.
    """
    package = as_plain_archive(package)
    if (rels := "xl/_rels/workbook.bin.rels") in package:
        try:
            check_xml(package.read(rels))
        except NotPlainError as error:
            raise damaged(
                path, Text(f"部件 {rels} 的写法无法识别", f"part {rels} is written in no known way")
            ) from error
    try:
        scans = _scanned(path, package, main, options)
    except ValueError as error:
        reason = str(error)
        raise damaged(path, Text(f"记录不完整：{reason}", reason)) from error
    workbook = open_package(path, package)
    names = workbook.sheet_names
    if len(scans) != len(names):
        raise damaged(path, Text("工作表目录与内容不符", "its sheets do not match its list of sheets"))
    content = WorkbookContent()
    hidden = [sheet.visible != SheetVisibleEnum.Visible for sheet in workbook.sheets_metadata]
    kinds = [None if scan is not None else Text("图表工作表", "a chart") for scan in scans]
    chosen = choose_sheets(path, names, hidden, kinds, options)
    content.findings += chosen.findings
    content.skipped += chosen.skipped
    for index in chosen.indices:
        scan = scans[index] or SheetScan()
        extras = GridExtras((), scan.hidden_rows, scan.hidden_columns, scan.notes)
        grid = sheet_grid(path, names[index], load_sheet(path, workbook, index), extras)
        content.grids.append(grid)
        content.findings += [*flaw_findings(grid), *hidden_findings(grid)]
    if posixpath.join(posixpath.dirname(main), "vbaProject.bin") in package:
        content.findings.append(Finding(codes.MACROS, Location(path)))
    return content


def _scanned(path: str, package: ZipParts, main: str, options: ReadOptions) -> list[SheetScan | None]:
    """Return a scan a sheet; None for sheets that are no worksheets."""
    styles = posixpath.join(posixpath.dirname(main), "styles.bin")
    formats = read_formats(package.read(styles)) if styles in package else {}
    strings = posixpath.join(posixpath.dirname(main), "sharedStrings.bin")
    sizes = string_sizes(package.read(strings)) if strings in package else []
    targets = relations(package, main)
    scans: list[SheetScan | None] = []
    limit = options.limits.max_cells
    for relation in sheet_relations(package.read(main)):
        part = targets.get(relation)
        if part is None or part not in package or "worksheets" not in part:
            scans.append(None)
            continue
        scan, rows, columns = scan_binary_sheet(package.read(part), formats)
        if rows * columns > limit:
            excess = Excess(Text("工作表的格数", "cells of the sheet"), rows * columns, limit, "--max-cells")
            raise too_large(path, excess)
        text = sum(times * sizes[number] for number, times in scan.shared.items() if number < len(sizes))
        if text > options.limits.max_bytes:
            raise too_much_text(path, text, options.limits.max_bytes, part)
        scans.append(scan)
    return scans
