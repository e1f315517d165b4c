"""Whether openpyxl may open a workbook: count what that would cost first, part by part.

openpyxl has no limits of its own. It makes a cell for every address of a merged range, reads a part again for every
reference to it, and compares each style name with all others; a small file can ask it for hours of work.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections import Counter, defaultdict
from urllib.parse import unquote
from xml.parsers import expat

from ipstrong.diagnostics import split_a1
from ipstrong.texts import Text

MOST_BYTES = 64 << 20
"""Of all parts, unpacked."""
MOST_ELEMENTS = 1_000_000
"""Of XML, in all parts: about 400,000 cells, for which openpyxl takes half a minute and half a gigabyte."""
MOST_RANGE_CELLS = 500_000
"""In merged ranges and other ranges for whose cells openpyxl makes an object each."""
MOST_OF = {"sheet": 1_000, "cellStyle": 10_000, "Relationship": 10_000}
"""Elements that openpyxl compares with one another."""
LONGEST_NAME = 1_000
"""Characters of a defined name, in which openpyxl looks for ranges from every position."""
MOST_SHARED_TEXT = 20_000_000
"""Cells with a shared formula times the length of the longest: each is parsed anew."""

TOO_LARGE = Text("工作簿太大", "the workbook is too large")
UNUSUAL = Text("工作簿的结构不寻常", "the structure of the workbook is unusual")
DAMAGED = Text("工作簿已损坏或不完整", "the workbook is damaged or incomplete")

_BINARY = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".bin", ".ico", ".wdp", ".sigs")
"""Parts that need not be XML."""
_LONGEST_RANGE = len("$XFD$1048576:$XFD$1048576") + 1
_UNREADABLE = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OverflowError, RuntimeError, EOFError, OSError)
"""What the zip library raises for a damaged archive; RuntimeError for encrypted parts and unknown methods."""


class UnmarkableError(Exception):
    """A workbook that openpyxl should not or cannot open, with the reason in both languages."""

    def __init__(self, reason: Text) -> None:
        """Keep the reason."""
        super().__init__(reason.en)
        self.reason = reason


def check_package(original: bytes) -> list[str]:
    """Return the names of all parts of a workbook that openpyxl can open at a bounded cost.

    Raises:
        UnmarkableError: it is damaged, too large, or asks for more work than its size suggests.
    """
    census = _Census()
    try:
        with zipfile.ZipFile(io.BytesIO(original)) as archive:
            parts = archive.infolist()
            _refuse_if(sum(part.file_size for part in parts) > MOST_BYTES, TOO_LARGE)
            for part in parts:
                census.count(part.filename, archive.read(part))
    except _UNREADABLE as error:
        raise UnmarkableError(DAMAGED) from error
    census.check_references()
    return [part.filename for part in parts]


def _refuse_if(condition: object, reason: Text = UNUSUAL) -> None:
    if condition:
        raise UnmarkableError(reason)


class _Census:
    """Counts what the parts of a workbook hold."""

    def __init__(self) -> None:
        self.n_elements = self.n_range_cells = self.n_shared = self.longest_shared = 0
        self.of_name: Counter[str] = Counter()
        self.elements_of: Counter[str] = Counter()
        self.references_of: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.links: list[tuple[str, str, str]] = []
        """The part that links, the id of the link, and the part that it leads to."""
        self.part = self.tag = ""

    def count(self, part: str, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text, parser.buffer_size = True, 1 << 16
        parser.StartDoctypeDeclHandler = lambda *_: _refuse_if(True)  # for its entities
        parser.StartElementHandler = self._element
        parser.CharacterDataHandler = self._text
        self.part, before = part, self.n_elements
        try:
            parser.Parse(data, True)
        except (ValueError, LookupError) as error:  # an encoding that expat does not know
            raise UnmarkableError(UNUSUAL) from error
        except expat.ExpatError as error:
            if not part.lower().endswith(_BINARY):
                raise UnmarkableError(DAMAGED) from error
        self.elements_of[part] = self.n_elements - before

    def _element(self, tag: str, attributes: dict[str, str]) -> None:
        self.n_elements += 1
        _refuse_if(self.n_elements > MOST_ELEMENTS, TOO_LARGE)
        self.tag = tag = tag.rpartition(":")[2]
        if tag in {"mergeCell", "hyperlink", "comment"}:
            self.n_range_cells += _area(attributes.get("ref", ""))
            _refuse_if(self.n_range_cells > MOST_RANGE_CELLS)
        elif tag in MOST_OF:
            self.of_name[tag] += 1
            _refuse_if(self.of_name[tag] > MOST_OF[tag])
        elif tag == "f" and attributes.get("t") == "shared":
            self.tag = "shared"
            self.n_shared += 1
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            folder, _, name = self.part.rpartition("_rels/")
            target = posixpath.normpath(posixpath.join("/", folder, unquote(attributes.get("Target", ""))))
            self.links.append((folder + name.removesuffix(".rels"), attributes.get("Id", ""), target.lstrip("/")))
        for key, value in attributes.items():
            if ":" in key:
                self.references_of[self.part][value] += 1

    def _text(self, text: str) -> None:
        _refuse_if(self.tag == "definedName" and len(text) > LONGEST_NAME)
        if self.tag == "shared":
            self.longest_shared = max(self.longest_shared, len(text))

    def check_references(self) -> None:
        """Refuse a workbook whose parts are referred to so often that reading each again is too much work."""
        work = sum(
            self.elements_of[target] * max(1, self.references_of[part][link]) for part, link, target in self.links
        )
        _refuse_if(work > 2 * MOST_ELEMENTS or self.n_shared * self.longest_shared > MOST_SHARED_TEXT)


def _area(reference: str) -> int:
    """Return how many cells an address or range has; what is neither counts as too many."""
    corners = [split_a1(corner) for corner in reference[:_LONGEST_RANGE].split(":")]
    if len(reference) >= _LONGEST_RANGE or len(corners) > 2 or (0, 0) in corners:
        return MOST_RANGE_CELLS + 1
    (top, left), (bottom, right) = corners[0], corners[-1]
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)
