"""A copy of a workbook with the offending cells coloured and commented, and a front sheet that lists them all.

The workbook is not read and written anew: only the parts that carry a mark are edited, in place. So saved results of
formulas, charts, pictures, pivot tables, macros, slicers and whatever else is in the file stay as they were. See
`docs/decisions` on why no workbook library does this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ipstrong.diagnostics import Finding, IpstrongError, Location, Severity, a1, sorted_findings
from ipstrong.diagnostics.codes import run as codes
from ipstrong.reports.inert import inert
from ipstrong.reports.marked.comments import (
    COMMENTS_TYPE,
    DRAWING_TYPE,
    add_boxes,
    add_comments,
    commented_cells,
    drawing_ids,
)
from ipstrong.reports.marked.front import MARKER, SHEET_NAME, front_sheet
from ipstrong.reports.marked.package import STRICT, TRANSITIONAL, Package, PackageError
from ipstrong.reports.marked.sheet import cells_of, deselected, mark_sheet, merges_of
from ipstrong.reports.marked.styles import MINIMAL, StyleBook
from ipstrong.reports.marked.workbook import SHEET_TYPE, Sheet, Workbook
from ipstrong.reports.marked.xml_edit import XmlError, nodes_of
from ipstrong.texts import COLON, Lang, Text

MOST_CELLS = 2_000
"""Cells of one range that are coloured."""
CURE = Text("改法", "cure")
SUFFIXES = {"sheet.macroEnabled": ".xlsm", "template.macroEnabled": ".xltm", "template.main": ".xltx"}
_ORDER = tuple(Severity)
_Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MarkedWorkbook:
    """The copy, and what there is to say of it."""

    content: bytes
    suffix: str
    """What the file must be named with: Excel refuses a workbook with macros that is named `.xlsx`."""
    findings: tuple[Finding, ...]
    """What the copy could not keep or show."""


def mark_workbook(
    original: bytes, findings: Iterable[Finding], lang: Lang, *, path: str | None = None
) -> MarkedWorkbook:
    """Return a marked copy of an xlsx or xlsm workbook.

    Args:
        original: The bytes of the workbook; decrypted, if it was encrypted.
        findings: What is wrong. Those at a cell mark it; all are listed on the front sheet.
        lang: Language of comments and front sheet.
        path: The file as the findings name it: findings elsewhere are left out. None: all findings are of this file.

    Raises:
        IpstrongError: the bytes are no workbook of that kind; `mark_cells` can mark what was read of other kinds.
    """
    own = sorted_findings(finding for finding in findings if path is None or finding.location.path == path)
    name = path if path is not None else next((finding.location.path for finding in own), "")
    try:
        return _Marking(Package.of(original), own, lang, name).run()
    except (PackageError, XmlError, KeyError, ValueError, StopIteration) as error:
        refusal = Finding(codes.CANNOT_MARK, Location(name), {"reason": inert(str(error))})
        raise IpstrongError([refusal]) from error


class _Marking:
    def __init__(self, package: Package, findings: tuple[Finding, ...], lang: Lang, path: str) -> None:
        self.package = package
        self.findings = findings
        self.lang: Lang = lang
        self.path = path
        self.workbook = Workbook.of(package)
        self.said: list[Finding] = []
        self.style_part = self.workbook.linked("styles")
        has_styles = self.style_part is not None and package.has(self.style_part)
        self.styles = StyleBook(package.read(self.style_part or "") if has_styles else MINIMAL.encode())
        drawings = [package.read(part) for part in sorted(package.names()) if part.lower().endswith(".vml")]
        self.next_block = drawing_ids(drawings)

    def run(self) -> MarkedWorkbook:
        front = self._earlier_front()
        for sheet in self.workbook.sheets:
            if sheet == front or not self.package.has(sheet.part):
                continue
            data = self.package.read(sheet.part)
            unselected = deselected(data)
            if unselected != data:
                self.package.write(sheet.part, unselected)
            if sheet.kind == "worksheet":
                self._mark(sheet)
        self._write_front(front)
        self._write_styles()
        if any(name.startswith("_xmlsignatures/") for name in self.package.names()):
            self.said.append(Finding(codes.SIGNATURE_BROKEN, Location(self.path)))
        return MarkedWorkbook(self.package.to_bytes(), self._suffix(), sorted_findings(self.said))

    # --- One sheet ------------------------------------------------------------------------------------------------

    def _mark(self, sheet: Sheet) -> None:
        at_cells = self._by_cell(sheet)
        if not at_cells:
            return
        data = self.package.read(sheet.part)
        severities = {cell: min((f.severity for f in found), key=_ORDER.index) for cell, found in at_cells.items()}
        texts = {cell: self._comment(found) for cell, found in at_cells.items() if found}
        severities = self._with_ranges(sheet, severities)
        legacy = self._write_comments(sheet, data, self._without_threads(sheet, texts))
        self.package.write(sheet.part, mark_sheet(data, severities, self.styles.marked, legacy))

    def _marks(self, sheet: Sheet) -> Iterator[tuple[Finding, str]]:
        """Yield every address on a sheet that a finding speaks of: its place, and `parts` that share its defect."""
        for finding in self.findings:
            parts = finding.params.get("parts")
            shared = [part for part in parts if isinstance(part, Location)] if isinstance(parts, tuple) else []
            for place in dict.fromkeys((finding.location, *shared)):
                if place.path == finding.location.path and place.sheet == sheet.name and place.cell:
                    yield finding, place.cell

    def _by_cell(self, sheet: Sheet) -> dict[_Cell, list[Finding]]:
        """Return the findings at the first cell of their place; of a merged range, at the cell that shows."""
        merges = merges_of(self.package.read(sheet.part))
        found: dict[_Cell, list[Finding]] = {}
        for finding, place in self._marks(sheet):
            for row, column in cells_of(place, 1):
                merge = next((merge for merge in merges if merge.covers(row, column)), None)
                cell = (merge.top, merge.left) if merge else (row, column)
                found.setdefault(cell, []).append(finding)
        return found

    def _with_ranges(self, sheet: Sheet, first: Mapping[_Cell, Severity]) -> dict[_Cell, Severity]:
        """Return the worst severity of every cell to colour: the first cells, and all cells of ranges."""
        worst = dict(first)
        for finding, place in self._marks(sheet):
            if ":" in place:
                for cell in cells_of(place, MOST_CELLS):
                    worst[cell] = min(finding.severity, worst.get(cell, finding.severity), key=_ORDER.index)
        return worst

    def _comment(self, findings: Iterable[Finding]) -> str:
        return "\n\n".join(self._said_of(finding) for finding in findings)

    def _said_of(self, finding: Finding) -> str:
        lines = [
            f"{finding.code.id} {finding.severity.text.get(self.lang)}{COLON.get(self.lang)}{inert(finding.message(self.lang))}"
        ]
        if hint := finding.hint(self.lang):
            lines.append(f"{CURE.get(self.lang)}{COLON.get(self.lang)}{inert(hint)}")
        return "\n".join(lines)

    def _without_threads(self, sheet: Sheet, texts: dict[_Cell, str]) -> dict[_Cell, str]:
        """Leave out cells with a conversation, whose plain comment Excel keeps as a copy of it and does not show."""
        kept = dict(texts)
        for link in self.package.relationships(sheet.part):
            if link.kind == "threadedComment" and self.package.has(link.target):
                for node in nodes_of(self.package.read(link.target)):
                    for cell in cells_of(node.attributes.get("ref", ""), 1):
                        if kept.pop(cell, None) is not None:
                            place = Location(self.path, sheet.name, a1(cell[0] - 1, cell[1] - 1))
                            self.said.append(Finding(codes.THREAD_KEPT, place))
        return kept

    def _write_comments(self, sheet: Sheet, data: bytes, texts: dict[_Cell, str]) -> bytes:
        """Write comments and their boxes; return the element that the sheet needs for them, empty if it has it."""
        if not texts:
            return b""
        links = self.package.relationships(sheet.part)
        comments = next((link.target for link in links if link.kind == "comments"), None)
        old = self.package.read(comments) if comments else None
        boxed = commented_cells(old) if old else set()
        part = comments or self._new_part(sheet, "xl/comments{}.xml", "comments")
        self.package.write(part, add_comments(old, texts, self.workbook.namespace))
        if not comments:
            self.package.declare(part, COMMENTS_TYPE)
        drawing = self._legacy_drawing(data, {link.id: link.target for link in links})
        fresh = {cell: text for cell, text in texts.items() if cell not in boxed}
        boxes, self.next_block = add_boxes(self.package.read(drawing) if drawing else None, fresh, self.next_block)
        if drawing:
            self.package.write(drawing, boxes)
            return b""
        part = self.package.free_name("xl/drawings/vmlDrawing{}.vml")
        self.package.write(part, boxes)
        self.package.declare_extension("vml", DRAWING_TYPE)
        link_id = self.package.relate(sheet.part, "vmlDrawing", part, strict=self.workbook.is_strict)
        namespace = STRICT if self.workbook.is_strict else TRANSITIONAL
        prefix = re.match(rb"(?:<\?[^>]*\?>|<!--.*?-->|\s)*<(\w+:)?worksheet", data, re.DOTALL)
        return b'<%slegacyDrawing xmlns:r="%s" r:id="%s"/>' % (
            (prefix[1] or b"") if prefix else b"",
            namespace.encode(),
            link_id.encode(),
        )

    def _new_part(self, sheet: Sheet, pattern: str, kind: str) -> str:
        part = self.package.free_name(pattern)
        self.package.write(part, b"")
        self.package.relate(sheet.part, kind, part, strict=self.workbook.is_strict)
        return part

    @staticmethod
    def _legacy_drawing(data: bytes, links: Mapping[str, str]) -> str | None:
        tail = data[max(data.rfind(b"sheetData"), 0) :]
        found = re.search(rb"""<(?:\w+:)?legacyDrawing\s[^>]*?\b\w+:id\s*=\s*["']([^"']+)["']""", tail)
        return links.get(found[1].decode()) if found else None

    # --- The workbook ---------------------------------------------------------------------------------------------

    def _earlier_front(self) -> Sheet | None:
        """Return the front sheet that an earlier marking left: it is written anew, not added to."""
        wanted = {name.lower() for name in SHEET_NAME}
        for sheet in self.workbook.sheets[:1]:
            if sheet.kind == "worksheet" and sheet.name.lower() in wanted and self._begins_with_marker(sheet):
                return sheet
        return None

    def _begins_with_marker(self, sheet: Sheet) -> bool:
        texts = [self.package.read(sheet.part)[:20_000]]
        if shared := self.workbook.linked("sharedStrings"):
            texts.append(self.package.read(shared))
        return any(MARKER.encode() in text for text in texts)

    def _write_front(self, earlier: Sheet | None) -> None:
        book = self.workbook
        names = [sheet.name for sheet in book.sheets if sheet != earlier]
        data = front_sheet(self.findings, names, self.styles, self.lang, book.namespace)
        if earlier is not None:
            self.package.write(earlier.part, data)
            self.package.write(book.part, book.shown_first())
            return
        part = self.package.free_name("xl/worksheets/sheet{}.xml")
        self.package.write(part, data)
        self.package.declare(part, SHEET_TYPE)
        link = self.package.relate(book.part, "worksheet", part, strict=book.is_strict)
        name = book.free_sheet_name(SHEET_NAME.get(self.lang))
        self.package.write(book.part, book.with_front_sheet(name, link))

    def _write_styles(self) -> None:
        part = self.style_part
        if part is None:
            part = (
                "xl/styles.xml" if not self.package.has("xl/styles.xml") else self.package.free_name("xl/styles{}.xml")
            )
            self.package.declare(part, "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml")
            self.package.relate(self.workbook.part, "styles", part, strict=self.workbook.is_strict)
        self.package.write(part, self.styles.to_bytes())

    def _suffix(self) -> str:
        kind = self.package.content_type(self.workbook.part)
        return next((suffix for word, suffix in SUFFIXES.items() if word in kind), ".xlsx")
