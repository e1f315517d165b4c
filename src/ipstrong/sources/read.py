"""Files to the dataset: the one way through readers, layouts and matching."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ipstrong.diagnostics import Finding, Location, Severity
from ipstrong.diagnostics.codes import layout as codes
from ipstrong.diagnostics.codes import matching as matching_codes
from ipstrong.model.dataset import Dataset, SourceFile
from ipstrong.sources.extract import Extractor
from ipstrong.sources.grid import CellValue, Grid, place
from ipstrong.sources.layout.marks import Kind, Sheet
from ipstrong.sources.layout.recognise import recognise, recognise_top
from ipstrong.sources.layout.tables import Table
from ipstrong.sources.names import Names
from ipstrong.sources.naming import Naming
from ipstrong.sources.options import ReadOptions
from ipstrong.sources.regions import RegionNames
from ipstrong.texts import Text

if TYPE_CHECKING:
    import polars as pl

    from ipstrong.model.plan import Plan
    from ipstrong.sources.copies import Copies, TakenFile
    from ipstrong.sources.readers.ahead import OpenedAhead

_TALL = 3000
"""Rows from which a sheet is read column by column."""
_TOP = 150
_SAMPLE = 60
_TOGETHER = 32
"""Files that are looked at together."""
_FEW_SHEETS = 8
"""Sheets up to which those of a single file are not held against one another: the first would cost more than the others save."""

Progress = Callable[[str, int, int], None]
"""Called with a file's path, its place in the run from 0, and how many files there are."""


def read_files(  # noqa: PLR0913 - each is a thing a caller may leave out
    paths: Sequence[str],
    *,
    plan: Plan | None = None,
    options: ReadOptions = ReadOptions(),  # noqa: B008 - frozen
    stdin: bytes | None = None,
    progress: Progress | None = None,
    ahead: OpenedAhead | None = None,
) -> Dataset:
    """Return all observations of some files, matched to a plan where one is given.

    Never raises for what a file holds: problems are the dataset's findings.

    Args:
        paths: Files in the order of reading; `-` is standard input.
        plan: Whose indicators, regions and units labels are matched to.
        options: Sheets to read and limits.
        stdin: The bytes of standard input, for `-`.
        progress: Called before each file.
        ahead: The first file, where it is being opened already.
    """
    run = Run(plan, is_alone=len(paths) == 1)
    for index, path in enumerate(paths):
        if index and index % _TOGETHER == 0:
            run.look_ahead(paths[index : index + _TOGETHER], options)
        if progress is not None:
            progress(path, index, len(paths))
        run.read(path, options, stdin, ahead)
    return run.dataset()


class Run:
    """What is gathered over the files of a run."""

    def __init__(self, plan: Plan | None, *, is_alone: bool = False) -> None:
        """Start with nothing read; a file that `is_alone` has few copies to know."""
        self.plan = plan
        self.names = Names()
        self.regions = RegionNames(plan)
        self.files: list[SourceFile] = []
        self.findings: list[Finding] = []
        self.extractor = Extractor(self.names, self.regions, self.findings)
        self.frames: list[pl.DataFrame] = []
        self._copies = None if is_alone else self._new_copies()
        self._n_sheets = 0
        self._read_at: list[int] = []
        """For every cell of the extractor the number of its sheet, in the order of reading."""

    def _new_copies(self) -> Copies:
        from ipstrong.sources.copies import Copies

        return Copies(self.extractor)

    def read(
        self, path: str, options: ReadOptions, stdin: bytes | None = None, ahead: OpenedAhead | None = None
    ) -> None:
        """Read a file; a file without a table ends in an error that says what was seen."""
        from ipstrong.sources.readers.open_file import open_bytes, read_file

        opened = ahead.take(path, options) if ahead is not None else None
        if opened is not None:
            self._read_grids(path, *opened)
            return
        copies = self._copies
        copied = copies.take_ready(path, self._n_sheets + 1) if copies is not None else None
        if copied is not None:
            self._note_copy(copied)
            return
        data, trouble = read_file(path, options.limits, stdin)
        if data is None:
            self.findings.extend(trouble)
            return
        copied = copies.take_file(path, data, options, self._n_sheets + 1) if copies is not None else None
        if copied is not None:
            self._note_copy(copied)
            return
        n_findings = len(self.findings)
        source, grids, findings = open_bytes(path, data, options)
        self._read_grids(path, source, grids, findings)
        is_clear = all(found.code is codes.SHEET_LEFT_OUT for found in self.findings[n_findings:])
        if copies is not None and source is not None and is_clear:
            copies.learn_file(source, data, options)

    def look_ahead(self, paths: Sequence[str], options: ReadOptions) -> None:
        """Look at the next files together, which is quicker where they are copies of one form."""
        if self._copies is not None:
            self._copies.look_ahead(paths, options)

    def _note_copy(self, copied: TakenFile) -> None:
        path = copied.file.path
        self._n_sheets += len(copied.file.sheets)
        self.files.append(copied.file)
        self.findings.extend(_left_out(Location(path, sheet=name), what) for name, what in copied.empty)

    def _read_grids(self, path: str, source: SourceFile | None, grids: list[Grid], findings: list[Finding]) -> None:
        self.findings.extend(findings)
        if source is None:
            return
        self.files.append(source)
        if self._copies is None and len(grids) > _FEW_SHEETS:
            self._copies = self._new_copies()
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
        if grid.height > _TALL:
            n_read = self._read_tall(grid)
            if n_read:
                return n_read, Text("", "")
        self._n_sheets += 1
        values = grid.rows()
        copies = self._copies
        met = copies.meet(grid, values) if copies is not None else None
        if copies is not None and met is not None and met.form is not None:
            if copies.take(grid, met.copy, met.form, self._n_sheets):
                return len(met.form.number_of), met.form.seen
            return self._extract(grid, met.form.tables_for(met.copy), values), Text("", "")
        n_findings = len(self.findings)
        start = len(self.names.tables), len(self.names.heads), len(self.extractor.cells.row)
        sheet = Sheet(grid, values)
        tables, outside = recognise(sheet, self.regions.is_region, lambda text: self._region_in(grid, text))
        self.findings.extend(outside)
        n_read = self._extract(grid, tables, values)
        seen = describe(sheet) if not n_read else Text("", "")
        if copies is not None and met is not None:
            if len(self.findings) == n_findings:
                copies.learn(grid, met.copy, tables, start, seen)
            else:
                copies.refuse(met.copy)
        return n_read, seen

    def _extract(self, grid: Grid, tables: Sequence[Table], values: list[list[CellValue]]) -> int:
        """Read the cells of a sheet's tables one by one."""
        n_read = sum(self.extractor.read(grid, table, values) for table in tables)
        self._read_at.extend([self._n_sheets] * n_read)
        return n_read

    def _read_tall(self, grid: Grid) -> int:
        """Read a long sheet column by column; return 0 where its top does not show one plain table."""
        from ipstrong.sources.tall import TallTable, read_tall

        middle, end = grid.height // 2, grid.height - _SAMPLE
        sheet = Sheet(grid, grid.rows(0, _TOP))
        sample = [*grid.rows(middle, middle + _SAMPLE), *grid.rows(end, grid.height)]
        found = recognise_top(sheet, sample, self.regions.is_region, lambda text: self._region_in(grid, text))
        if found is None:
            return 0
        naming = Naming(grid, found.table, self.names, self.regions)
        frames, findings = read_tall(TallTable(grid, found.table, found.roles, found.start), naming)
        self.frames.extend(frames)
        self.findings.extend(findings)
        return sum(frame.height for frame in frames)

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

        from ipstrong.sources.assemble import assemble

        cells = self._cells()
        if self.frames:
            cells = pl.concat([*self.frames, cells])
            self.frames = []
        dataset = assemble(cells, self.names, self.plan, self.files, self.findings, self.regions.names)
        return replace(dataset, region_names=self.regions.names)

    def _cells(self) -> pl.DataFrame:
        """Return the cells of all sheets but the long ones, in the order of reading."""
        cells = self.extractor.cells.frame()
        taken = self._copies.frames() if self._copies is not None else []
        if not taken:
            return cells
        import polars as pl

        numbered = cells.with_columns(pl.Series("sheet", self._read_at, dtype=pl.UInt32))
        return pl.concat([numbered, *taken]).sort("sheet", maintain_order=True).drop("sheet")


def _left_out(where: Location, seen: Text) -> Finding:
    return Finding(codes.SHEET_LEFT_OUT, where, {"seen": seen})


def _whole(grid: Grid) -> Location:
    return Location(grid.file, sheet=grid.sheet) if grid.sheet is not None else place(grid, 0, 0)


def describe(sheet: Sheet) -> Text:
    """Return in a few words what stands on a sheet that is no table."""
    kinds = [mark.kind for row in sheet.marks for mark in row if mark.kind is not Kind.BLANK]
    if not kinds:
        return Text("空白", "nothing")
    n_numbers = sum(kind in {Kind.NUMBER, Kind.YEAR} for kind in kinds)
    n_texts = len(kinds) - n_numbers
    return Text(f"{n_texts}格文字、{n_numbers}格数字", f"{n_texts} cell(s) of text, {n_numbers} of numbers")
