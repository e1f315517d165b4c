"""The forms that a run has met so far, and the sheets and files that are copies of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ipstrong.model.dataset import SourceFile
from ipstrong.sources.extract import Extractor
from ipstrong.sources.form_copies import Copy, copy_of, plain_formats
from ipstrong.sources.form_regions import region_of
from ipstrong.sources.forms import Form, Reading, TakenSheet, learn
from ipstrong.sources.grid import CellValue, Grid
from ipstrong.sources.layout.tables import Table
from ipstrong.sources.options import ReadOptions
from ipstrong.sources.readers.refusal import Refusal
from ipstrong.sources.regions import WrittenRegion
from ipstrong.texts import Text

if TYPE_CHECKING:
    import polars as pl

    from ipstrong.sources.readers.package_copies import Filled, PackageTemplate

_MOST_FORMS = 100
"""Forms that are remembered at a time."""
_MOST_FILES = 8
"""Files whose copies are known by their bytes at a time."""
_LARGEST_FILE = 1 << 20


class _Sheet(NamedTuple):
    """A sheet that is a copy."""

    name: str
    form: Form
    copy: Copy


class _File(NamedTuple):
    """A file whose copies are known by their bytes."""

    template: PackageTemplate
    suffix: str
    options: ReadOptions
    region: WrittenRegion | None
    """The region in place of which its copies have theirs."""
    kind: tuple[bool, bool]
    """What texts that name it are read by."""
    sheets: list[_Sheet]


class _Ready(NamedTuple):
    """A file that was looked at before its turn, and is a copy."""

    known: _File
    filled: Filled
    digest: str


class TakenFile(NamedTuple):
    """A file whose numbers were taken."""

    file: SourceFile
    empty: list[tuple[str, Text]]
    """Its sheets without a table, with what was seen there."""


class Met(NamedTuple):
    """A sheet as one copy of a form, and the form where it is known."""

    copy: Copy
    form: Form | None


class Copies:
    """What sheets and files taught of others like them."""

    def __init__(self, extractor: Extractor) -> None:
        """Start with no form known."""
        self._extractor, self._names, self._regions = extractor, extractor.names, extractor.regions
        self._forms: dict[Hashable, Form | None] = {}
        """None for forms whose copies must be read one by one."""
        self._taken_by: list[Form] = []
        """The forms of which a copy was taken; the others need not be kept."""
        self._files: list[_File] = []
        self._met: list[_Sheet] = []
        """The copies among the sheets of the file that is being read."""
        self._is_known = False
        """Whether its bytes are those of a copy, though its numbers must be looked at one by one."""
        self._ready: dict[str, _Ready] = {}

    def frames(self) -> list[pl.DataFrame]:
        """Return the cells of all copies taken, each with the number of its sheet."""
        return [form.frame() for form in self._taken_by if form.number_of]

    # --- sheets ----------------------------------------------------------------------------------------------------------

    def meet(self, grid: Grid, values: list[list[CellValue]]) -> Met | None:
        """Hold a sheet against the known forms; None for what is always read on its own."""
        copy = copy_of(grid, values, self._regions)
        return None if copy is None else Met(copy, self._forms.get(copy.form))

    def take(self, grid: Grid, copy: Copy, form: Form, order: int) -> bool:
        """Take the numbers of a sheet; return False where its number formats say more than a count of decimals."""
        formats = plain_formats(grid, copy)
        if formats is None:
            if copy.region is not None and form.is_of_region:
                self._regions.use(copy.region)
            return False
        self._note(grid, copy, form)
        sheet = TakenSheet(grid.file, grid.sheet or "", order, copy.region, copy.numbers, formats)
        self._take_by(form, sheet)
        return True

    def _take_by(self, form: Form, sheet: TakenSheet) -> None:
        if not form.sheets:
            self._taken_by.append(form)  # and no earlier: a form without copies is soon forgotten
        form.take(sheet, self._names, self._regions)

    def learn(
        self,
        grid: Grid,
        copy: Copy,
        tables: list[Table],
        start: tuple[int, int, int],
        seen: Text,
    ) -> None:
        """Learn the form of a sheet that was read cell by cell without a finding; `start` is as in `Reading`."""
        form = learn(grid, copy, tables, Reading(self._extractor, *start), seen)
        self._remember(copy, form)
        if form is not None:
            self._note(grid, copy, form)

    def refuse(self, copy: Copy) -> None:
        """Remember that sheets of this form must be read one by one."""
        self._remember(copy, None)

    def _remember(self, copy: Copy, form: Form | None) -> None:
        if copy.form not in self._forms and len(self._forms) >= _MOST_FORMS:
            del self._forms[next(iter(self._forms))]
        self._forms[copy.form] = form

    def _note(self, grid: Grid, copy: Copy, form: Form) -> None:
        self._met.append(_Sheet(grid.sheet or "", form, copy))

    # --- files -----------------------------------------------------------------------------------------------------------

    def look_ahead(self, paths: Sequence[str], options: ReadOptions) -> None:
        """Look at files before their turn, if the last one was a copy: each step for all of them, and then the next.

        Through all steps at once every file would take half as long again, for each step drives the others' code and
        data out of the processor. What is no copy, or cannot be read, is left to its turn.
        """
        self._ready = {}
        if not self._is_known or self._files[-1].options != options:
            return
        from ipstrong.sources.readers.open_file import read_small
        from ipstrong.sources.readers.zip_parts import ZipParts

        known = self._files[-1]
        template = known.template
        read = [
            (path, data)
            for path in paths
            if _suffix(path) == known.suffix and (data := read_small(path, options.limits))
        ]
        alike = [(path, data, parts) for path, data in read if (parts := template.directory.parts_of(data)) is not None]
        filled: list[tuple[str, bytes, Filled]] = []
        for path, data, parts in alike:
            try:
                found = template.read(ZipParts(path, data, options.limits, parts))
            except Refusal:
                continue
            if found is not None:
                filled.append((path, data, found))
        fitting = [entry for entry in filled if _fits(known, entry[2])]
        self._ready = {path: _Ready(known, found, hashlib.sha256(data).hexdigest()) for path, data, found in fitting}

    def take_ready(self, path: str, order: int) -> TakenFile | None:
        """Take the numbers of a file that `look_ahead` has seen to be a copy; `order` is as in `take_file`."""
        ready = self._ready.pop(path, None)
        if ready is None:
            return None
        regions = self._regions_of(ready.known, ready.filled.name)
        if regions is None:
            return None
        self._met, self._is_known = [], True
        return self._take(path, ready, regions, order)

    def take_file(self, path: str, data: bytes, options: ReadOptions, order: int) -> TakenFile | None:
        """Take the numbers of a file that differs from a known one in its bytes for them and its region alone.

        Args:
            path: The file.
            data: Its bytes.
            options: How files are read.
            order: The place of its first sheet in the order of reading.
        """
        self._met, self._is_known = [], False
        if not self._files or len(data) > _LARGEST_FILE or data[:2] != b"PK":
            return None
        from ipstrong.sources.readers.zip_parts import ZipParts

        suffix = _suffix(path)
        for known in reversed(self._files):
            if known.suffix != suffix or known.options != options:
                continue
            parts = known.template.directory.parts_of(data)
            if parts is None:
                continue
            try:
                filled = known.template.read(ZipParts(path, data, options.limits, parts))
            except Refusal:
                return None  # the ordinary way through the readers says what is wrong
            regions = None if filled is None else self._regions_of(known, filled.name)
            if filled is None or regions is None:
                continue
            self._is_known = True
            self._files.remove(known)  # the last to be met is the first to be tried
            self._files.append(known)
            if not _fits(known, filled):
                return None
            return self._take(path, _Ready(known, filled, hashlib.sha256(data).hexdigest()), regions, order)
        return None

    def _regions_of(self, known: _File, new: str | None) -> list[WrittenRegion | None] | None:
        """Return the region of each sheet of a copied file; None where its name is no such region."""
        old = known.region.text if known.region is not None else ""
        if not old or new is None:
            return [sheet.copy.region for sheet in known.sheets]
        regions: list[WrittenRegion | None] = []
        for _, _, copy in known.sheets:
            if copy.region is None:  # nor does it name one in a copy: the name that differs does not stand on it
                regions.append(None)
                continue
            region, told_by = region_of(copy.told.for_name(old, new), self._regions) or (None, None)
            if region is None or region.text != new or told_by is not copy.told_by:
                return None
            if self._regions.stands_for(region) != known.kind:
                return None
            regions.append(region)
        return regions

    def _take(self, path: str, ready: _Ready, regions: list[WrittenRegion | None], order: int) -> TakenFile:
        """Take the numbers of a copied file."""
        known, filled, digest = ready
        old, new = (known.region.text, filled.name or "") if known.region is not None else ("", "")
        names = [sheet.name.replace(old, new) if old else sheet.name for sheet in known.sheets]
        for index, (name, region) in enumerate(zip(names, regions, strict=True)):
            numbers, formats = filled.numbers[index], filled.formats[index]
            taken = TakenSheet(path, name, order + index, region, numbers, formats)
            self._take_by(known.sheets[index].form, taken)
        sheets = zip(names, known.sheets, strict=True)
        empty = [(name, sheet.form.seen) for name, sheet in sheets if not sheet.form.number_of]
        return TakenFile(SourceFile(path, digest, "xlsx", tuple(names)), empty)

    def learn_file(self, source: SourceFile, data: bytes, options: ReadOptions) -> None:
        """Learn by which bytes copies of a file are known, if all its sheets are copies and nothing was found wrong."""
        met, self._met = self._met, []
        if self._is_known or options.sheets:  # sheets asked for by name are none that copies name otherwise
            return
        if source.kind != "xlsx" or tuple(sheet.name for sheet in met) != source.sheets or source.skipped_sheets:
            return
        if len(data) > _LARGEST_FILE or data[:2] != b"PK":
            return
        from ipstrong.sources.readers.package_copies import SheetNumbers, template_of
        from ipstrong.sources.readers.zip_parts import ZipParts

        region = _common_region(met)
        package = ZipParts(source.path, data, options.limits)
        numbers = [SheetNumbers(sheet.name, sheet.copy.places, sheet.copy.numbers) for sheet in met]
        template = template_of(package, region.text if region else None, numbers)
        if template is not None:
            kind = (False, False) if region is None else self._regions.stands_for(region)
            self._files.append(_File(template, _suffix(source.path), options, region, kind, met))
            del self._files[:-_MOST_FILES]


def _fits(known: _File, filled: Filled) -> bool:
    """Whether the numbers of a copied file are such as its forms have."""
    return all(sheet.form.fits(numbers) for sheet, numbers in zip(known.sheets, filled.numbers, strict=True))


def _common_region(sheets: list[_Sheet]) -> WrittenRegion | None:
    """Return the region in place of which copies may have theirs; None where there are several, which stay as they are."""
    regions = {sheet.copy.region for sheet in sheets if sheet.copy.region is not None}
    if len(regions) != 1:
        return None
    region = regions.pop()
    others = (sheet.copy.form for sheet in sheets if sheet.copy.region is None)
    return None if any(region.text in repr(form) for form in others) else region


def _suffix(path: str) -> str:
    """Return the end of a file's name that is held against what the file is; none is for standard input."""
    return path if path == "-" else os.path.splitext(path)[1].lower()  # noqa: PTH122 - a Path costs more than the check
