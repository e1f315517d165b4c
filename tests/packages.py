"""Workbook packages written part by part, for the oddities that no library would write."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

_CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """Return a relations part: id to (type, target)."""
    tags = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{tags}</Relationships>'


def worksheet(rows: str, *, before: str = "", dimension: str = "") -> str:
    """Return a worksheet part around the given rows."""
    declared = f'<dimension ref="{dimension}"/>' if dimension else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}">{declared}{before}'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )


def styles(codes: list[str]) -> str:
    """Return a styles part whose style ids 1, 2, … carry the given number formats."""
    formats = "".join(
        f'<numFmt numFmtId="{164 + index}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for index, code in enumerate(codes)
    )
    cells = "".join(f'<xf numFmtId="{164 + index}"/>' for index in range(len(codes)))
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(codes)}">{formats}</numFmts>'
        f'<cellXfs count="{len(codes) + 1}"><xf numFmtId="0"/>{cells}</cellXfs></styleSheet>'
    )


def xlsx_bytes(sheets: Mapping[str, str], extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return an xlsx package: sheet name to worksheet part, and other parts by name."""
    names = list(sheets)
    tags = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(names, start=1))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{tags}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            {f"rId{i}": ("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(names) + 1)}
        ),
        **{f"xl/worksheets/sheet{i}.xml": sheets[name] for i, name in enumerate(names, start=1)},
        **(extra or {}),
    }
    return zip_bytes(parts)


def zip_bytes(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of the parts."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def saved(folder: Path, name: str, content: bytes) -> str:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content)
    return str(path)


# --- Binary workbooks -------------------------------------------------------------------------------------------------


def record(kind: int, payload: bytes = b"") -> bytes:
    """Return one record of an xlsb part ([MS-XLSB] 2.1.4)."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, groups = len(payload), []
    while True:
        groups.append(size & 0x7F | (0x80 if size > 0x7F else 0))
        size >>= 7
        if not size:
            return head + bytes(groups) + payload


def wide(text: str) -> bytes:
    """Return a counted UTF-16 string."""
    return struct.pack("<L", len(text)) + text.encode("utf-16-le")


def xlsb_bytes(
    rows: Mapping[int, bytes], codes: list[str], *, names: tuple[str, ...] = ("专利",), hidden: int = 0
) -> bytes:
    """Return an xlsb package: 0-based row to its cell records, number formats of style ids 1, 2, …; the last sheet may hide."""
    sheet = record(129) + record(148, struct.pack("<4L", 0, max(rows), 0, 9)) + record(145)
    for row, cells in rows.items():
        sheet += record(0, struct.pack("<LLHBBBL", row, 0, 300, 0, 0, 0, 0)) + cells
    sheet += record(146) + record(130)
    formats = b"".join(record(44, struct.pack("<H", 164 + i) + wide(code)) for i, code in enumerate(codes))
    cell_styles = b"".join(
        record(47, struct.pack("<HH", 0, number) + bytes(12)) for number in (0, *(164 + i for i in range(len(codes))))
    )
    style_part = (
        record(278) + record(615, struct.pack("<L", len(codes))) + formats + record(616)
        + record(617, struct.pack("<L", len(codes) + 1)) + cell_styles + record(618) + record(279)
    )  # fmt: skip
    states = [hidden if index == len(names) - 1 else 0 for index in range(len(names))]
    bundle = b"".join(
        record(156, struct.pack("<LL", state, i) + wide(f"rId{i}") + wide(name))
        for i, (name, state) in enumerate(zip(names, states, strict=True), start=1)
    )
    workbook = record(131) + record(143) + bundle + record(144) + record(132)
    targets = {f"rId{i}": ("worksheet", f"worksheets/sheet{i}.bin") for i in range(1, len(names) + 1)}
    return zip_bytes(
        {
            "[Content_Types].xml": _CONTENT_TYPES,
            "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.bin")}),
            "xl/workbook.bin": workbook,
            "xl/_rels/workbook.bin.rels": relations(targets),
            "xl/styles.bin": style_part,
            **{f"xl/worksheets/sheet{i}.bin": sheet for i in range(1, len(names) + 1)},
        }
    )


def real_cell(column: int, style: int, value: float) -> bytes:
    """Return a cell with a floating-point number."""
    return record(5, struct.pack("<LLd", column, style, value))


def rk_cell(column: int, style: int, value: int, *, hundredths: bool = False) -> bytes:
    """Return a cell with a number in the short form."""
    return record(2, struct.pack("<LLl", column, style, value << 2 | 2 | hundredths))


def error_cell(column: int, code: int) -> bytes:
    """Return a cell with an error value."""
    return record(3, struct.pack("<LLB", column, 0, code))


def text_cell(column: int, text: str) -> bytes:
    """Return a cell with a text of its own."""
    return record(6, struct.pack("<LL", column, 0) + wide(text))
