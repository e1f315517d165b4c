"""Workbooks of zip archives and xlsb to grids: values by calamine, what values do not say by a scan of the parts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, cast

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from ipstrong.diagnostics import Finding, Location, a1
from ipstrong.diagnostics.codes import data as codes
from ipstrong.readers.findings import WorkbookGrid, flaw_findings, hidden_findings
from ipstrong.readers.grid import CellValue, Grid, GridExtras
from ipstrong.readers.grids import SheetGrid
from ipstrong.readers.options import ReadOptions
from ipstrong.readers.plain import NotPlainError, check_archive
from ipstrong.readers.refusal import Excess, Refusal, damaged, too_large, too_much_text
from ipstrong.readers.sheet_choice import choose_sheets
from ipstrong.readers.sheet_scan import PlainSheet, SheetScan, plain_sheet, scan_sheet
from ipstrong.readers.xlsx_parts import (
    check_form,
    check_string_count,
    relations,
    sheet_parts,
    telling_formats,
    text_size,
)
from ipstrong.readers.zip_parts import ZipParts
from ipstrong.texts import Text
from ipstrong.values.number_formats import ShownAs

if TYPE_CHECKING:
    from concurrent.futures import Future

    from ipstrong.readers.long_sheets import Loaded

Formats = dict[int, tuple[str, ShownAs]]
"""Number formats by style id, as `telling_formats` finds them."""

_LINK_FOLDER = b"xl/externalLinks/"
_LONG = 4 << 20
"""Bytes of XML from which a second thread pays."""
_WITHOUT_CELLS = (  # a list: these values of the native library have no hash
    (SheetTypeEnum.ChartSheet, Text("图表工作表", "a chart")),
    (SheetTypeEnum.MacroSheet, Text("宏表", "a macro sheet")),
    (SheetTypeEnum.DialogSheet, Text("对话框表", "a dialogue")),
    (SheetTypeEnum.Vba, Text("宏模块", "a macro module")),
)


@dataclass(slots=True)
class WorkbookContent:
    """The grids of a workbook, and what happened on the way."""

    grids: list[Grid] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def open_package(path: str, package: ZipParts) -> CalamineWorkbook:
    """Return the workbook of an archive; where it does not open, blame the part that is damaged.

    Raises:
        Refusal: when it is damaged or encrypted.
    """
    check_string_count(package)
    try:
        return _open_calamine(path, package.data)
    except Refusal:
        for name in package.parts:
            check_form(package, name)
        raise


def _open_calamine(path: str, data: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise Refusal(Finding(codes.FILE_ENCRYPTED, Location(path))) from error
    except (CalamineError, OSError, ValueError) as error:
        raise damaged(path, _reason(error)) from error
    except BaseException as error:
        raise _refused_panic(path, error) from error


def _reason(error: BaseException) -> Text:
    text = " ".join(str(error).split())[:200]
    return Text(text, text)


def _refused_panic(path: str, error: BaseException, sheet: str | None = None) -> BaseException:
    """Return what to raise for a panic of the reader's native code, which is no `Exception`; others pass unchanged."""
    if isinstance(error, Exception) or type(error).__name__ == "PanicException":
        return damaged(path, _reason(error), sheet)
    return error


def read_xlsx(path: str, package: ZipParts, main: str, options: ReadOptions) -> WorkbookContent:
    """Return the sheets of an xlsx or xlsm package, whose workbook part is `main`.

    Raises:
        Refusal: when it is damaged or beyond the limits.
    """
    try:
        check_archive(package)
        return _read_plain(path, package, main, options)
    except NotPlainError:
        from ipstrong.readers.rewritten import MAIN, rewritten

    try:
        return _read_plain(path, rewritten(package, main), MAIN, options)
    except NotPlainError as error:
        raise damaged(path, Text("部件的写法无法识别", "its parts are written in no known way")) from error


def _read_plain(path: str, package: ZipParts, main: str, options: ReadOptions) -> WorkbookContent:
    workbook = open_package(path, package)
    content = WorkbookContent()
    metadata = workbook.sheets_metadata
    parts = sheet_parts(package, main, len(metadata))
    formats: Formats = {}
    links = _linked_files(path, package, content.findings)

    grid: WorkbookGrid
    for index, sheet in _readable(path, metadata, options, content):
        part = parts[index]
        plain = _bounded(package, part, sheet.name, options)
        # Styles are read only where cells carry one; to search a long sheet for it costs more than to read them.
        if not formats and (len(plain.xml) >= _LONG or b' s="' in plain.xml):
            formats = telling_formats(package, main)
        if len(plain.xml) < _LONG:
            scan = scan_sheet(plain.xml, formats)
            grid = _grid(path, sheet.name, load_sheet(path, workbook, index), scan)
        else:
            grid, scan = _read_large(package, workbook, _Place(part, index, sheet.name), plain, formats)
        del plain
        content.findings += _scan_findings(grid, scan, links)
        content.grids.append(grid)
    return content


def _readable(
    path: str, metadata: list[SheetMetadata], options: ReadOptions, content: WorkbookContent
) -> Iterator[tuple[int, SheetMetadata]]:
    """Yield the sheets to read by index; record the others."""
    hidden = [sheet.visible != SheetVisibleEnum.Visible for sheet in metadata]
    kinds = [_kind_without_cells(sheet.typ) for sheet in metadata]
    chosen = choose_sheets(path, [sheet.name for sheet in metadata], hidden, kinds, options)
    content.findings += chosen.findings
    content.skipped += chosen.skipped
    for index in chosen.indices:
        yield index, metadata[index]


def _kind_without_cells(kind: SheetTypeEnum) -> Text | None:
    if kind == SheetTypeEnum.WorkSheet:
        return None
    return next((name for other, name in _WITHOUT_CELLS if other == kind), None)


def load_sheet(path: str, workbook: CalamineWorkbook, index: int) -> CalamineSheet:
    """Return a sheet of the workbook.

    Raises:
        Refusal: when its part is damaged.
    """
    try:
        return workbook.get_sheet_by_index(index)
    except (CalamineError, OSError, ValueError) as error:
        raise damaged(path, _reason(error), workbook.sheet_names[index]) from error
    except BaseException as error:
        raise _refused_panic(path, error, workbook.sheet_names[index]) from error


class _Place(NamedTuple):
    """Where a sheet is in its package."""

    part: str
    number: int
    name: str


def _read_large(
    package: ZipParts, workbook: CalamineWorkbook, place: _Place, plain: PlainSheet, formats: Formats
) -> tuple[WorkbookGrid, SheetScan]:
    """Return the grid of a sheet and what is beside its values; it is loaded and scanned at the same time."""
    from concurrent.futures import ThreadPoolExecutor

    from ipstrong.readers import long_sheets

    path, xml = package.path, plain.xml
    is_long = long_sheets.is_long(xml)
    with ThreadPoolExecutor(max_workers=1) as pool:  # calamine leaves the interpreter to others while it reads
        if is_long:
            reading = pool.submit(long_sheets.load_long, package, place.part, place.number, xml)
        else:
            loading = pool.submit(load_sheet, path, workbook, place.number)
        scan = scan_sheet(xml, formats)
        from ipstrong.readers.long_columns import long_grid  # Polars above all loads meanwhile

        if not is_long:
            return _grid(path, place.name, loading.result(), scan), scan
        loaded = _unless_panic(reading) if long_sheets.is_told_apart(xml) else None
    if loaded is not None:
        grid = long_grid(path, place.name, loaded, xml, _extras(loaded.merged, scan))
        if grid is not None:
            return grid, scan
    return _grid(path, place.name, load_sheet(path, workbook, place.number), scan), scan


def _unless_panic(reading: Future[Loaded | None]) -> Loaded | None:
    """Return what was read; None where the native code panicked, so that the slow way says what is wrong."""
    try:
        return reading.result()
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            return None
        raise


def _bounded(package: ZipParts, part: str, name: str, options: ReadOptions) -> PlainSheet:
    """Return the sheet's XML in one spelling, if its cells are within the limits."""
    path, xml, limit = package.path, package.read(part), options.limits.max_cells
    plain = plain_sheet(xml, limit)
    if plain.rows * plain.columns > limit:
        excess = Excess(Text("工作表的格数", "cells of the sheet"), plain.rows * plain.columns, limit, "--max-cells")
        raise too_large(path, excess, name)
    size = text_size(package, xml, options.limits.max_bytes)
    if size > options.limits.max_bytes:
        raise too_much_text(path, size, options.limits.max_bytes, name)
    return plain


def _grid(path: str, name: str, sheet: CalamineSheet, scan: SheetScan) -> SheetGrid:
    merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return sheet_grid(path, name, sheet, _extras(merged, scan))


def _extras(merged: tuple[tuple[int, int, int, int], ...], scan: SheetScan) -> GridExtras:
    return GridExtras(merged, scan.hidden_rows, scan.hidden_columns, scan.notes, scan.column_formats)


def sheet_grid(path: str, name: str, sheet: CalamineSheet, extras: GridExtras) -> SheetGrid:
    """Return the grid of a loaded sheet."""
    top, left = sheet.start or (0, 0)
    values = cast("list[list[CellValue]]", sheet.to_python())
    return SheetGrid(path, name, values, top, left, extras)


# --- Findings ---------------------------------------------------------------------------------------------------------


def _linked_files(path: str, package: ZipParts, findings: list[Finding]) -> dict[str, str]:
    """Return the other workbooks that formulas may refer to, by their number; note macros and programs on the way."""
    links: dict[str, str] = {}
    if "xl/vbaProject.bin" in package:
        findings.append(Finding(codes.MACROS, Location(path)))
    if _LINK_FOLDER not in package.data:
        return links
    for name in package.parts:
        if name.startswith("xl/externalLinks/externalLink") and name.endswith(".xml"):
            number = name.removeprefix("xl/externalLinks/externalLink").removesuffix(".xml")
            links[number] = next(iter(relations(package, name).values()), "").rpartition("/")[2] or number
            if b"ddeLink" in package.read(name):
                findings.append(Finding(codes.CALLS_OUT, Location(path), {"formula": "DDE"}))
    return links


def _scan_findings(grid: WorkbookGrid, scan: SheetScan, links: dict[str, str]) -> Iterator[Finding]:
    yield from flaw_findings(grid)
    yield from hidden_findings(grid)
    if scan.links:
        row, column, formula = scan.links[0]
        for number, name in links.items():
            formula = formula.replace(f"[{number}]", f"[{name}]")
        count = len(scan.links)
        more = Text(f"（本表共 {count} 处）", f" ({count} cells of this sheet)") if count > 1 else ""
        where = Location(grid.file, sheet=grid.sheet, cell=a1(row, column))
        yield Finding(codes.EXTERNAL_LINK, where, {"formula": formula, "more": more})
    for row, column, formula in scan.calls:
        yield Finding(
            codes.CALLS_OUT, Location(grid.file, sheet=grid.sheet, cell=a1(row, column)), {"formula": formula}
        )
