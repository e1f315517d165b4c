"""Finding, severity, location and the table of codes. Imports nothing of ipstrong but `texts`."""

from ipstrong.diagnostics.finding import (
    Code,
    Finding,
    IpstrongError,
    Location,
    Severity,
    a1,
    has_errors,
    sorted_findings,
    split_a1,
)

__all__ = [
    "Code",
    "Finding",
    "IpstrongError",
    "Location",
    "Severity",
    "a1",
    "has_errors",
    "sorted_findings",
    "split_a1",
]
