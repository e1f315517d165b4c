"""What a caller may ask of the readers, how much a file may demand of the machine, and the refusal of what cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import data as codes
from ipstrong.texts import Text

_ANY_RATIO = 1032
"""No deflate stream reaches more."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep a hostile or broken file from exhausting the memory; checked before anything is unpacked."""

    max_bytes: int = 1 << 30
    """Size of a file, and of all that an archive unpacks into."""
    max_ratio: int = 64
    """Unpacked over packed size of an archive, where it unpacks into more than 32 MiB."""
    max_rows: int = 20_000_000
    max_columns: int = 16_384
    max_cells: int = 20_000_000
    """Rows times columns of one sheet or text table, blanks included."""

    def with_cells(self, cells: int) -> Limits:
        """Return the limits with another bound on cells, and with rows and columns never the tighter bound."""
        rows, columns = max(self.max_rows, cells), max(self.max_columns, cells)
        return replace(self, max_cells=cells, max_rows=rows, max_columns=columns)

    def with_megabytes(self, megabytes: int) -> Limits:
        """Return the limits with another bound on size; whoever sets it trusts the file's compression too."""
        return replace(self, max_bytes=megabytes << 20, max_ratio=_ANY_RATIO)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files are read."""

    sheets: tuple[str, ...] = ()
    """Names of the only sheets to read; empty for all visible ones. A name that is missing is an error."""
    include_hidden: bool = False
    """Whether hidden and very hidden sheets are read too."""
    limits: Limits = Limits()


class Refusal(Exception):  # noqa: N818 - a refusal to read is the outcome, not an error of the program
    """Reading ends here; carries the finding that says why, which `open_source` returns."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.message("en"))


def damaged(path: str, reason: Text, sheet: str | None = None) -> Refusal:
    """Return the refusal of a damaged file."""
    return Refusal(Finding(codes.FILE_DAMAGED, Location(path, sheet=sheet), {"reason": reason}))


def too_large(
    path: str, what: Text, size: int, limit: int, option: str = "--max-cells", sheet: str | None = None
) -> Refusal:
    """Return the refusal of a file in which something is beyond a limit that an option raises."""
    params = {"what": what, "size": f"{size:,}", "limit": f"{limit:,}", "option": option}
    return Refusal(Finding(codes.TOO_LARGE, Location(path, sheet=sheet), params))


def not_a_table(path: str, kind: Text) -> Refusal:
    """Return the refusal of a file that holds no tables."""
    return Refusal(Finding(codes.NOT_A_TABLE_FILE, Location(path), {"kind": kind}))
