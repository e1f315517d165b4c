"""A file that cannot be read: the reason as findings, raised inside the readers and caught by `open_source`."""

from __future__ import annotations

from typing import NamedTuple

from ipstrong.diagnostics import Finding, Location
from ipstrong.diagnostics.codes import data as codes
from ipstrong.texts import Text


class Refusal(Exception):  # noqa: N818 - a refusal to read is the outcome, not an error of the program
    """Reading ends here; carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        """Keep the finding."""
        self.finding = finding
        super().__init__(finding.message("en"))


def damaged(path: str, reason: Text, sheet: str | None = None) -> Refusal:
    """Return the refusal of a damaged file."""
    return Refusal(Finding(codes.FILE_DAMAGED, Location(path, sheet=sheet), {"reason": reason}))


class Excess(NamedTuple):
    """What is beyond a limit, and the option that raises it."""

    what: Text
    size: int
    limit: int
    option: str


def too_large(path: str, excess: Excess, sheet: str | None = None) -> Refusal:
    """Return the refusal of a file beyond a limit."""
    params = {
        "what": excess.what,
        "size": f"{excess.size:,}",
        "limit": f"{excess.limit:,}",
        "option": excess.option,
    }
    return Refusal(Finding(codes.TOO_LARGE, Location(path, sheet=sheet), params))


def not_a_table(path: str, kind: Text) -> Refusal:
    """Return the refusal of a file that holds no tables."""
    return Refusal(Finding(codes.NOT_A_TABLE_FILE, Location(path), {"kind": kind}))
