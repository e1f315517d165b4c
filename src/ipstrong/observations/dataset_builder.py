"""The grids of a run to its dataset: tables recognised, cells extracted, all of them assembled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ipstrong.diagnostics import Finding, Location, Severity
from ipstrong.diagnostics.codes import layout as codes
from ipstrong.diagnostics.codes import matching as matching_codes
from ipstrong.layout.marks import Kind, MarkedGrid
from ipstrong.layout.recognition import recognise
from ipstrong.model.dataset import Dataset, SourceFile
from ipstrong.observations.extraction import CELLS, Extractor
from ipstrong.observations.names import Names
from ipstrong.observations.regions import RegionNames
from ipstrong.texts import Text

if TYPE_CHECKING:
    from ipstrong.model.plan import Plan


class DatasetBuilder:
    """Gathers the cells of all files of a run."""

    def __init__(self, plan: Plan | None) -> None:
        """Start with nothing read."""
        self.plan = plan
        self.names = Names()
        self.regions = RegionNames(plan)
        self.files: list[SourceFile] = []
        self.findings: list[Finding] = []
        self.extractor = Extractor(self.names, self.regions, self.findings)

    def add(
        self, path: str, source: SourceFile | None, sheets: Iterable[MarkedGrid], findings: Sequence[Finding]
    ) -> None:
        """Add a file; a file without a table ends in an error that says what was seen.

        Args:
            path: The file as the user named it.
            source: What is known of it; None if it could not be read.
            sheets: Its sheets.
            findings: What the reader found.
        """
        self.findings.extend(findings)
        if source is None:
            return
        self.files.append(source)
        seen: list[tuple[MarkedGrid, Text]] = []
        n_cells = 0
        for sheet in sheets:
            n_read = self.add_sheet(sheet)
            n_cells += n_read
            if not n_read:
                seen.append((sheet, describe(sheet)))
        if n_cells:
            self.findings.extend(Finding(codes.SHEET_LEFT_OUT, _whole(sheet), {"seen": what}) for sheet, what in seen)
        elif not any(finding.severity is Severity.ERROR for finding in findings):
            what = seen[0][1] if seen else Text("没有可读的工作表", "no sheet to read")
            self.findings.append(Finding(codes.NO_TABLE, Location(path), {"seen": what}))

    def add_sheet(self, sheet: MarkedGrid) -> int:
        """Add the tables of a sheet; return how many cells they have."""
        tables, outside = recognise(sheet, self.regions.is_region, lambda text: self._region_in(sheet, text))
        self.findings.extend(outside)
        return sum(self.extractor.read(sheet, table) for table in tables)

    def _region_in(self, sheet: MarkedGrid, text: str) -> str | None:
        """Return the one region that a title or sheet name names."""
        found = self.regions.named_in(text)
        if len(found) > 1:
            listed = Text("、".join(found), ", ".join(found))
            self.findings.append(
                Finding(matching_codes.REGION_UNCLEAR, _whole(sheet), {"text": text, "regions": listed})
            )
            return text
        return found[0] if found else None

    def dataset(self) -> Dataset:
        """Return all that was gathered, matched to the plan."""
        import polars as pl

        from ipstrong.observations.assembly import assemble

        frames = self.extractor.frames
        cells = pl.concat(frames) if frames else pl.DataFrame(schema=CELLS)
        self.extractor.frames = []
        dataset = assemble(cells, self.names, self.plan, self.files, self.findings, self.regions.names)
        return replace(dataset, region_names=self.regions.names)


def _whole(sheet: MarkedGrid) -> Location:
    grid = sheet.grid
    return Location(grid.file, sheet=grid.sheet) if grid.sheet is not None else sheet.place(0, 0)


def describe(sheet: MarkedGrid) -> Text:
    """Return in a few words what is on a sheet without a table."""
    kinds = [mark.kind for row in range(sheet.height) for mark in sheet.line(row) if mark.kind is not Kind.BLANK]
    if not kinds:
        return Text("空白", "nothing")
    n_numbers = sum(kind in {Kind.NUMBER, Kind.YEAR} for kind in kinds)
    n_texts = len(kinds) - n_numbers
    return Text(f"{n_texts}格文字、{n_numbers}格数字", f"{n_texts} cell(s) of text, {n_numbers} of numbers")
