"""What a caller may ask of the readers, and how much a file may demand of the machine."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
