"""What a caller may ask of the readers, and how much a file may demand of the machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep a hostile or broken file from exhausting the memory; checked before anything is unpacked."""

    max_bytes: int = 1 << 30
    """Size of a file, and of all that an archive unpacks into."""
    max_ratio: int = 400
    """Unpacked over packed size of an archive, where it unpacks into more than 64 MiB."""
    max_rows: int = 20_000_000
    max_columns: int = 16_384
    max_cells: int = 50_000_000
    """Rows times columns of one sheet or text table, blanks included."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files are read."""

    sheets: tuple[str, ...] = ()
    """Names of the only sheets to read; empty for all visible ones. A name that is missing is an error."""
    include_hidden: bool = False
    """Whether hidden and very hidden sheets are read too."""
    limits: Limits = Limits()
