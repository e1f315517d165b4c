"""The stylesheet of a marked workbook: for each style that a marked cell has, the same with another fill."""

from __future__ import annotations

import re

from ipstrong.diagnostics import Severity
from ipstrong.reports.marked.xml_edit import Edit, Node, append_child, apply_edits, nodes_of, prefix_of, with_attributes

FILLS = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C", Severity.NOTE: "FFDDEBF7"}
"""Light red, yellow and blue; the comment says in words what the colour says."""

MINIMAL = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_LISTS = ("fonts", "fills", "borders", "cellXfs")


class StyleBook:
    """A stylesheet that only grows: what is there keeps its number."""

    def __init__(self, data: bytes) -> None:
        nodes = nodes_of(data)
        if not set(_LISTS) <= {node.name for node in nodes if node.parent == 0}:
            data = MINIMAL.encode()
            nodes = nodes_of(data)
        self._data = data
        self._prefix = prefix_of(nodes[0].tag)
        self._lists: dict[str, Node] = {}
        self._members: dict[str, list[bytes]] = {}
        for index, node in enumerate(nodes):
            if node.parent == 0 and node.name in _LISTS:
                self._lists[node.name] = node
                self._members[node.name] = [data[child.start : child.end] for child in nodes if child.parent == index]
        self._added: dict[str, list[bytes]] = {name: [] for name in _LISTS}
        self._marked: dict[tuple[int, Severity], int] = {}
        if not self._members["cellXfs"]:
            self._add("cellXfs", self.own('<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'))

    def own(self, xml: str) -> bytes:
        """Return XML written without prefix in the prefix of this stylesheet."""
        return re.sub(r"<(/?)(?=[A-Za-z])", rf"<\1{self._prefix}", xml).encode()

    def marked(self, style: int, severity: Severity) -> int:
        """Return the number of the style that is `style` with the fill of `severity`."""
        key = (style, severity)
        if key not in self._marked:
            self._marked[key] = self._make_marked(style, severity)
        return self._marked[key]

    def _make_marked(self, style: int, severity: Severity) -> int:
        formats = self._members["cellXfs"]
        base = formats[style] if 0 <= style < len(formats) else formats[0]
        opened = re.match(rb"<[^>]*>", base)
        assert opened is not None
        changes: dict[str, str | None] = {"fillId": str(self.fill(FILLS[severity])), "applyFill": "1"}
        if _number(opened[0], b"fillId") > 1:  # a light font on a dark fill must not end up on a light one
            changes |= {"fontId": str(self._dark_font(_number(opened[0], b"fontId"))), "applyFont": "1"}
        return self._add("cellXfs", with_attributes(opened[0], changes) + base[opened.end() :])

    def _dark_font(self, font: int) -> int:
        fonts = self._members["fonts"]
        base = fonts[font] if 0 <= font < len(fonts) else self.own("<font></font>")
        plain = re.sub(rb"<(?:\w+:)?color\b[^>]*?/>|<((?:\w+:)?color)\b[^>]*?[^/]>\s*</\1>", b"", base)
        black = self.own('<color rgb="FF000000"/>')
        if plain.endswith(b"/>"):
            name = re.match(rb"<([\w:]+)", plain)
            assert name is not None
            return self._add("fonts", plain[:-2] + b">" + black + b"</" + name[1] + b">")
        closing = plain.rindex(b"</")
        return self._add("fonts", plain[:closing] + black + plain[closing:])

    def fill(self, rgb: str) -> int:
        """Return the number of a solid fill."""
        return self._add(
            "fills",
            self.own(
                f'<fill><patternFill patternType="solid"><fgColor rgb="{rgb}"/><bgColor indexed="64"/></patternFill></fill>'
            ),
        )

    def font(self, xml: str) -> int:
        """Return the number of a font, given as XML without prefix."""
        return self._add("fonts", self.own(xml))

    def border(self, xml: str) -> int:
        """Return the number of a border, given as XML without prefix."""
        return self._add("borders", self.own(xml))

    def cell_format(self, font: int, fill: int, border: int, alignment: str) -> int:
        """Return the number of a cell format."""
        return self._add(
            "cellXfs",
            self.own(
                f'<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyFont="1" '
                f'applyFill="1" applyBorder="1" applyAlignment="1"><alignment {alignment}/></xf>'
            ),
        )

    def _add(self, kind: str, xml: bytes) -> int:
        members = self._members[kind]
        if xml in self._added[kind]:
            return members.index(xml, len(members) - len(self._added[kind]))
        members.append(xml)
        self._added[kind].append(xml)
        return len(members) - 1

    def to_bytes(self) -> bytes:
        """Return the stylesheet with what was added."""
        edits: list[Edit] = []
        for kind, node in self._lists.items():
            if self._added[kind]:
                count = {"count": str(len(self._members[kind]))}
                edits += append_child(self._data, node, b"".join(self._added[kind]), count)
        return apply_edits(self._data, edits)


def _number(tag: bytes, name: bytes) -> int:
    found = re.search(rb"\s" + name + rb"""\s*=\s*["'](\d+)["']""", tag)
    return int(found[1]) if found else 0
