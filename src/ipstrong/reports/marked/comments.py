"""Comments of a worksheet: the text part and, because Excel shows no comment without it, the drawing of its box."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ipstrong.diagnostics import a1, split_a1
from ipstrong.reports.marked.xml_edit import (
    Edit,
    Node,
    append_child,
    apply_edits,
    nodes_of,
    prefix_of,
    set_attributes,
    text_xml,
)

AUTHOR = "ipstrong"
LONGEST = 32_000
"""Characters that a comment may hold."""
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

_NEW_COMMENTS = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{namespace}"><authors/><commentList/></comments>'
_NEW_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{ids}"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{id}" type="#_x0000_t202" '
    'style="position:absolute;margin-left:60pt;margin-top:2pt;width:{width}pt;height:{height}pt;z-index:{order};'
    'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor>"
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_COLUMNS, _CHARACTERS_A_LINE = 4, 40


def add_comments(data: bytes | None, texts: Mapping[tuple[int, int], str], namespace: str) -> bytes:
    """Return the comments part with the texts added.

    A cell that has a comment keeps it; the new text goes below. A comment that an earlier marking left is replaced.
    """
    data = data or _NEW_COMMENTS.format(namespace=namespace).encode()
    nodes = nodes_of(data)
    prefix = prefix_of(nodes[0].tag)
    author, edits = _author(data, nodes)
    present = _present(data, nodes)
    fresh = []
    for (row, column), text in sorted(texts.items()):
        run = _run(text[:LONGEST], prefix)
        if (row, column) in present:
            edits += _appended(data, nodes, present[row, column], run, author)
        else:
            fresh.append(
                f'<{prefix}comment ref="{a1(row - 1, column - 1)}" authorId="{author}"><{prefix}text>{run}</{prefix}text>'
                f"</{prefix}comment>"
            )
    if fresh:
        where = next(node for node in nodes if node.name == "commentList")
        edits += append_child(data, where, "".join(fresh).encode())
    return apply_edits(data, edits)


def commented_cells(data: bytes) -> set[tuple[int, int]]:
    """Return the 1-based (row, column) of every comment of a part."""
    return set(_present(data, nodes_of(data)))


def _present(_data: bytes, nodes: Sequence[Node]) -> dict[tuple[int, int], int]:
    return {split_a1(node.attributes.get("ref", "")): n for n, node in enumerate(nodes) if node.name == "comment"}


def _author(data: bytes, nodes: Sequence[Node]) -> tuple[int, list[Edit]]:
    """Return our number among the authors, and the edit that adds us where we are none."""
    authors = next(n for n, node in enumerate(nodes) if node.name == "authors")
    names = [data[node.opened : node.closed].decode() for node in nodes if node.parent == authors]
    if AUTHOR in names:
        return names.index(AUTHOR), []
    tag = f"{prefix_of(nodes[authors].tag)}author"
    return len(names), append_child(data, nodes[authors], f"<{tag}>{AUTHOR}</{tag}>".encode())


def _run(text: str, prefix: str) -> str:
    return (
        f'<{prefix}r><{prefix}rPr><{prefix}sz val="9"/><{prefix}color indexed="81"/></{prefix}rPr>'
        f'<{prefix}t xml:space="preserve">{text_xml(text)}</{prefix}t></{prefix}r>'
    )


def _appended(data: bytes, nodes: Sequence[Node], comment: int, run: str, author: int) -> list[Edit]:
    """Return the edits that put a run below the text of a comment."""
    where = next((n for n, node in enumerate(nodes) if node.parent == comment and node.name == "text"), None)
    prefix = prefix_of(nodes[comment].tag)
    if where is None:
        return append_child(data, nodes[comment], f"<{prefix}text>{run}</{prefix}text>".encode())
    node = nodes[where]
    if nodes[comment].attributes.get("authorId") == str(author):
        body = f"<{node.tag}>{run}</{node.tag}>"
        return [Edit(node.start, node.end, body.encode())]
    children = [child for child in nodes if child.parent == where and child.name in ("t", "r")]
    gap = _run("\n\n", prefix)
    if not children:
        return append_child(data, node, (gap + run).encode())
    edits = [
        Edit(child.start, child.end, f"<{prefix}r>".encode() + data[child.start : child.end] + f"</{prefix}r>".encode())
        for child in children
        if child.name == "t"
    ]
    last = children[-1].end
    return [*edits, Edit(last, last, (gap + run).encode())]


def drawing_ids(drawings: Sequence[bytes]) -> int:
    """Return the first block of shape numbers that no drawing of the workbook has taken."""
    taken = {0}
    for data in drawings:
        for found in re.findall(rb"""idmap\b[^>]*?\bdata\s*=\s*["']([0-9, ]+)["']""", data):
            taken |= {int(number) for number in re.split(rb"[, ]+", found.strip()) if number}
    return max(taken) + 1


def add_boxes(data: bytes | None, texts: Mapping[tuple[int, int], str], first_block: int) -> tuple[bytes, int]:
    """Return the drawing with a hidden box for each text, and the first block of shape numbers left free.

    Args:
        data: The drawing of the sheet, None where it has none yet.
        texts: Only cells that have no box yet.
        first_block: The first block of 1,024 shape numbers that is free in the workbook.
    """
    n_blocks = -(-len(texts) // 1023) if texts else 0
    blocks = [first_block + n for n in range(n_blocks)]
    shapes = []
    for order, ((row, column), text) in enumerate(sorted(texts.items())):
        number = blocks[order // 1023] * 1024 + order % 1023 + 1
        shapes.append(_shape(number, order + 1, row - 1, column - 1, text))
    if data is None:
        data = _NEW_DRAWING.format(ids=",".join(map(str, blocks)) or "1").encode()
        blocks = []
    nodes = nodes_of(data)
    edits = append_child(data, nodes[0], "".join(shapes).encode()) if shapes else []
    idmap = next((node for node in nodes if node.name == "idmap"), None)
    if idmap is not None and blocks:
        ids = ",".join([idmap.attributes.get("data", ""), *map(str, blocks)]).strip(",")
        edits.append(set_attributes(data, idmap, {"data": ids}))
    return apply_edits(data, edits), first_block + n_blocks


def _shape(number: int, order: int, row: int, column: int, text: str) -> str:
    n_lines = sum(1 + len(line.encode("gb18030", "replace")) // _CHARACTERS_A_LINE for line in text.split("\n"))
    n_rows = min(max(4, n_lines + 1), 30)
    return _SHAPE.format(
        id=number,
        order=order,
        row=row,
        column=column,
        left=column + 1,
        right=column + 1 + _COLUMNS,
        top=max(row - 1, 0),
        bottom=max(row - 1, 0) + n_rows,
        width=_COLUMNS * 54,
        height=n_rows * 15,
    )
