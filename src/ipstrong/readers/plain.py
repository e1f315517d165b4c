"""The plain form of a workbook: the one in which calamine and our own scan are sure to see the same cells.

`rewritten` brings the others into it.
"""

from __future__ import annotations

import re

from ipstrong.readers.zip_parts import ZipParts

_END = b"PK\x05\x06"
_COMMENT = re.compile(rb"<!")
_PREFIXED = re.compile(rb"<[^<>\s:]+:(?:c|row|v|sheetData|worksheet|workbook|sheets?|Relationships?|sst|si)[\s/>]")
_SECOND_ADDRESS = re.compile(rb'<c r="[^"]*"[^<>]*?\sr\s*=')
_ENTRY = 46
"""Bytes of an entry of the directory beside its name, where it has nothing else."""
_OTHER_NAME = b"up"
"""Id of the field of an entry that gives it another name."""
_HEAD = 4096
_SMALL = 1 << 18
"""Bytes up to which every cell is looked at for a second address in any spelling."""


class NotPlainError(Exception):
    """A workbook is not in the plain form."""


def check_archive(package: ZipParts) -> None:
    """Raise `NotPlainError` for an archive that has more than one directory, or parts of one name in two cases."""
    data = package.data
    end = data.rfind(_END)
    is_single = end + 22 == len(data) and data.find(_END) == end
    start = int.from_bytes(data[end + 16 : end + 20], "little")
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    if not is_single or start + size != end:
        raise NotPlainError
    bare = sum(_ENTRY + len(name.encode()) for name in package.parts)
    if size != bare and data.find(_OTHER_NAME, start) >= 0:
        raise NotPlainError
    if len({name.lower() for name in package.parts}) != len(package.parts):
        raise NotPlainError


def check_xml(xml: bytes) -> None:
    """Raise `NotPlainError` for XML with comments, instructions, prefixed elements or in another encoding than UTF-8."""
    if xml[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise NotPlainError
    if (b"!" in xml and _COMMENT.search(xml)) or (xml.find(b"?", 128) >= 0 and xml.find(b"<?", 8) >= 0):
        raise NotPlainError
    if _PREFIXED.search(xml, 0, _HEAD) is not None:
        raise NotPlainError


def check_sheet(xml: bytes) -> None:
    """Raise `NotPlainError` for the XML of a sheet that `check_xml` would, or with two addresses on a cell."""
    check_xml(xml)
    if b":c" in xml and _PREFIXED.search(xml) is not None:
        raise NotPlainError
    if b"&#" in xml:  # calamine leaves characters written as numbers out of values
        raise NotPlainError
    if (b'" r="' in xml or len(xml) < _SMALL) and _SECOND_ADDRESS.search(xml) is not None:
        raise NotPlainError
