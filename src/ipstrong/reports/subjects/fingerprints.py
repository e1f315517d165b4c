"""Fingerprints: the identity of a finding from run to run.

A CI service closes, keeps or opens an issue by its fingerprint, so it must not change because a row was inserted above
or a sheet got another title line. A finding at a value that was read is known by what the value is: its series, region
and period. Any other is known by its row's text, or else by its sentence with addresses left out.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ipstrong.diagnostics import Finding, Location, split_a1

if TYPE_CHECKING:
    import polars as pl

_ADDRESS = re.compile(r"\$?\b[A-Z]{1,3}\$?[1-9]\d{0,6}\b(?::\$?[A-Z]{1,3}\$?[1-9]\d{0,6}\b)?")
_LINE = re.compile(r"(?i)(\b(?:line|row|column)s? )\d+(?:-\d+)?")
_CLICKABLE = re.compile(r"(\.\w{2,4})(?::\d+){1,2}\b")


class _Spot(NamedTuple):
    file: str
    sheet: str
    row: int
    col: int


def fingerprints(findings: Sequence[Finding], frame: pl.DataFrame) -> tuple[str, ...]:
    """Return one fingerprint a finding, in their order: 32 hexadecimal digits, each unique within the run.

    Args:
        findings: all findings of the run, in a stable order.
        frame: `Dataset.frame`, where the identity of a value is looked up.
    """
    spots = [_spot(finding.location) for finding in findings]
    series = _series_at(frame, {spot for spot in spots if spot is not None})
    seen: Counter[tuple[str, ...]] = Counter()
    made = []
    for finding, spot in zip(findings, spots, strict=True):
        identity = _identity(finding, None if spot is None else series.get(spot))
        seen[identity] += 1
        digest = hashlib.sha256("\x1f".join((*identity, str(seen[identity]))).encode("utf-8", "backslashreplace"))
        made.append(digest.hexdigest()[:32])
    return tuple(made)


def _identity(finding: Finding, series: tuple[str, ...] | None) -> tuple[str, ...]:
    place = finding.location
    head = (finding.code.id, portable_path(place.path), place.sheet or "", place.key or "")
    if series is not None:
        return (*head, *series)
    if finding.excerpt:
        return (*head, finding.excerpt)
    return (*head, without_addresses(finding.message("en")))


def without_addresses(sentence: str) -> str:
    """Return a sentence with cell addresses and line numbers left out."""
    return _LINE.sub(r"\1#", _ADDRESS.sub("#", _CLICKABLE.sub(r"\1", sentence)))


@lru_cache(maxsize=4096)
def portable_path(path: str) -> str:
    """Return a path that is the same on every machine: forward slashes; the file's name alone where it is absolute."""
    forward = path.replace("\\", "/")
    if is_absolute(forward):
        return forward.rsplit("/", 1)[-1]
    return forward.removeprefix("./")


def is_absolute(path: str) -> bool:
    """Return whether a path with forward slashes starts at a root or a drive."""
    return path.startswith("/") or re.match(r"[A-Za-z]:/", path) is not None


def _spot(place: Location) -> _Spot | None:
    if place.sheet is not None:
        row, col = split_a1(place.cell) if place.cell else (0, 0)
    else:
        row, col = place.line or 0, place.column or 0
    return _Spot(place.path, place.sheet or "", row - 1, col - 1) if row and col else None


def _series_at(frame: pl.DataFrame, spots: Iterable[_Spot]) -> dict[_Spot, tuple[str, ...]]:
    import polars as pl

    wanted = pl.DataFrame(
        sorted(spots), schema={"file": pl.String, "sheet": pl.String, "row": pl.Int64, "col": pl.Int64}, orient="row"
    )
    if wanted.is_empty() or frame.is_empty():
        return {}
    texts = [pl.col(name).cast(pl.String).fill_null("") for name in ("file", "sheet", "label", "region", "period")]
    found = (
        frame.lazy()
        .filter(pl.col("file").cast(pl.String).is_in(wanted["file"].unique().to_list()))
        .select(*texts, pl.col("row").cast(pl.Int64), pl.col("col").cast(pl.Int64))
        .join(wanted.lazy(), on=["file", "sheet", "row", "col"])
        .select("file", "sheet", "row", "col", "label", "region", "period")
        .collect()
    )
    return {_Spot(*row[:4]): row[4:] for row in found.iter_rows()}
