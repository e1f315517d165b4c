"""Files to the dataset: the one way through readers, layouts and matching."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ipstrong.diagnostics import Finding, Location, Severity
from ipstrong.diagnostics.codes import layout as codes
from ipstrong.diagnostics.codes import matching as matching_codes
from ipstrong.layout.marks import Kind, Sheet
from ipstrong.layout.recognise import recognise
from ipstrong.model.dataset import Dataset, SourceFile
from ipstrong.observations.extraction import Extractor
from ipstrong.observations.names import Names
from ipstrong.observations.regions import RegionNames
from ipstrong.readers.grid import Grid, place
from ipstrong.readers.options import ReadOptions
from ipstrong.texts import Text

if TYPE_CHECKING:
    from ipstrong.model.plan import Plan

Progress = Callable[[str, int, int], None]
"""Called with a file's path, its place in the run from 0, and how many files there are."""


def read_files(
    paths: Sequence[str],
    *,
    plan: Plan | None = None,
    options: ReadOptions = ReadOptions(),  # noqa: B008 - frozen
    stdin: bytes | None = None,
    progress: Progress | None = None,
) -> Dataset:
    """Return all observations of some files, matched to a plan where one is given.

    Never raises for what a file holds: problems are the dataset's findings.

    Args:
        paths: Files in the order of reading; `-` is standard input.
        plan: Whose indicators, regions and units labels are matched to.
        options: Sheets to read and limits.
        stdin: The bytes of standard input, for `-`.
        progress: Called before each file.
    """
    run = Run(plan)
    for index, path in enumerate(paths):
        if progress is not None:
            progress(path, index, len(paths))
        run.read(path, options, stdin)
    return run.dataset()


class Run:
    """What is gathered over the files of a run."""

    def __init__(self, plan: Plan | None) -> None:
        """Start with nothing read."""
        self.plan = plan
        self.names = Names()
        self.regions = RegionNames(plan)
        self.files: list[SourceFile] = []
        self.findings: list[Finding] = []
        self.extractor = Extractor(self.names, self.regions, self.findings)

    def read(self, path: str, options: ReadOptions, stdin: bytes | None = None) -> None:
        """Read a file; a file without a table ends in an error that says what was seen."""
        from ipstrong.readers.open_file import open_source

        source, grids, findings = open_source(path, options, stdin)
        self._read_grids(path, source, grids, findings)

    def _read_grids(self, path: str, source: SourceFile | None, grids: list[Grid], findings: list[Finding]) -> None:
        self.findings.extend(findings)
        if source is None:
            return
        self.files.append(source)
        seen: list[tuple[Grid, Text]] = []
        n_cells = 0
        for grid in grids:
            n_read, what = self.read_grid(grid)
            n_cells += n_read
            if not n_read:
                seen.append((grid, what))
        if n_cells:
            self.findings.extend(_left_out(_whole(grid), what) for grid, what in seen)
        elif not any(finding.severity is Severity.ERROR for finding in findings):
            what = seen[0][1] if seen else Text("没有可读的工作表", "no sheet to read")
            self.findings.append(Finding(codes.NO_TABLE, Location(path), {"seen": what}))

    def read_grid(self, grid: Grid) -> tuple[int, Text]:
        """Read a sheet; return how many cells, and what was seen where there were none."""
        sheet = Sheet(grid)
        tables, outside = recognise(sheet, self.regions.is_region, lambda text: self._region_in(grid, text))
        self.findings.extend(outside)
        n_read = sum(self.extractor.read(grid, table) for table in tables)
        return n_read, describe(sheet) if not n_read else Text("", "")

    def _region_in(self, grid: Grid, text: str) -> str | None:
        """Return the one region that a title or sheet name names."""
        found = self.regions.named_in(text)
        if len(found) > 1:
            listed = Text("、".join(found), ", ".join(found))
            self.findings.append(
                Finding(matching_codes.REGION_UNCLEAR, _whole(grid), {"text": text, "regions": listed})
            )
            return text
        return found[0] if found else None

    def dataset(self) -> Dataset:
        """Return all that was gathered, matched to the plan."""
        import polars as pl

        from ipstrong.observations.assemble import assemble
        from ipstrong.observations.frame import empty_cells

        frames = self.extractor.frames
        cells = pl.concat(frames) if frames else empty_cells()
        self.extractor.frames = []
        dataset = assemble(cells, self.names, self.plan, self.files, self.findings, self.regions.names)
        return replace(dataset, region_names=self.regions.names)


def _left_out(where: Location, seen: Text) -> Finding:
    return Finding(codes.SHEET_LEFT_OUT, where, {"seen": seen})


def _whole(grid: Grid) -> Location:
    return Location(grid.file, sheet=grid.sheet) if grid.sheet is not None else place(grid, 0, 0)


def describe(sheet: Sheet) -> Text:
    """Return in a few words what stands on a sheet that is no table."""
    kinds = [mark.kind for row in range(sheet.height) for mark in sheet.line(row) if mark.kind is not Kind.BLANK]
    if not kinds:
        return Text("空白", "nothing")
    n_numbers = sum(kind in {Kind.NUMBER, Kind.YEAR} for kind in kinds)
    n_texts = len(kinds) - n_numbers
    return Text(f"{n_texts}格文字、{n_numbers}格数字", f"{n_texts} cell(s) of text, {n_numbers} of numbers")
