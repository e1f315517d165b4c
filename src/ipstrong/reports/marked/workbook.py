"""The workbook part: its sheets by name, and a front sheet put before them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from ipstrong.reports.marked.package import STRICT, TRANSITIONAL, Package, PackageError, Relationship
from ipstrong.reports.marked.xml_edit import Edit, Node, apply_edits, nodes_of, prefix_of, set_attributes

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MAIN_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


class Sheet(NamedTuple):
    """A sheet of the workbook."""

    name: str
    part: str
    kind: str
    """`worksheet`, `chartsheet`, `dialogsheet`, `xlMacrosheet`."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """What is needed of the workbook part."""

    part: str
    data: bytes
    nodes: list[Node]
    sheets: tuple[Sheet, ...]
    is_strict: bool
    links: tuple[Relationship, ...]

    @classmethod
    def of(cls, package: Package) -> Workbook:
        """Read the workbook part of a package.

        Raises:
            PackageError: there is none, or it is binary (xlsb).
        """
        part = next((link.target for link in package.relationships("") if link.kind == "officeDocument"), None)
        if part is None or not package.has(part):
            raise PackageError("no workbook part")
        if part.endswith(".bin"):
            raise PackageError("a binary workbook")
        data = package.read(part)
        nodes = nodes_of(data)
        if nodes[0].name != "workbook":
            raise PackageError(f"{part} is no workbook")
        links = tuple(package.relationships(part))
        by_id = {link.id: link for link in links}
        sheets = []
        for node in nodes:
            if node.name == "sheet" and nodes[node.parent].name == "sheets":
                link = by_id.get(next((value for key, value in node.attributes.items() if key.endswith(":id")), ""))
                if link is not None:
                    sheets.append(Sheet(node.attributes.get("name", ""), link.target, link.kind))
        return cls(part, data, nodes, tuple(sheets), MAIN_STRICT.encode() in data, links)

    @property
    def namespace(self) -> str:
        """The main namespace."""
        return MAIN_STRICT if self.is_strict else MAIN

    def linked(self, kind: str) -> str | None:
        """Return the part that the workbook has of a kind, such as `styles`."""
        return next((link.target for link in self.links if link.kind == kind), None)

    def free_sheet_name(self, wanted: str) -> str:
        """Return a sheet name that is not taken; Excel does not tell upper from lower case."""
        taken = {sheet.name.lower() for sheet in self.sheets}
        names = [wanted, *(f"{wanted} ({n})" for n in range(2, len(taken) + 3))]
        return next(name for name in names if name.lower() not in taken)

    def with_front_sheet(self, name: str, link: str) -> bytes:
        """Return the part with one more sheet before all others, shown first.

        What counts sheets by position (names that belong to a sheet, the active sheet) moves by one.
        """
        edits: list[Edit] = []
        for node in self.nodes:
            if node.name == "sheets":
                edits.append(Edit(node.opened, node.opened, self._entry(node, name, link)))
            elif node.name == "definedName" and "localSheetId" in node.attributes:
                moved = str(int(node.attributes["localSheetId"]) + 1)
                edits.append(set_attributes(self.data, node, {"localSheetId": moved}))
            elif node.name == "workbookView":
                edits.append(set_attributes(self.data, node, {"activeTab": None, "firstSheet": None}))
        return apply_edits(self.data, edits)

    def shown_first(self) -> bytes:
        """Return the part with the first sheet active, for a front sheet that is there already."""
        views = [node for node in self.nodes if node.name == "workbookView"]
        edits = [set_attributes(self.data, node, {"activeTab": None, "firstSheet": None}) for node in views]
        return apply_edits(self.data, edits)

    def _entry(self, sheets: Node, name: str, link: str) -> bytes:
        number = 1 + max(
            (int(node.attributes.get("sheetId", 0)) for node in self.nodes if node.name == "sheet"), default=0
        )
        namespace = STRICT if self.is_strict else TRANSITIONAL
        return (
            f'<{prefix_of(sheets.tag)}sheet name={quoteattr(name)} sheetId="{number}" '
            f'xmlns:r="{namespace}" r:id="{link}"/>'
        ).encode()
