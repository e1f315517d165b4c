"""Two scorecards in JSON, as `check -o scorecard.json` writes them, held against each other.

The data files need not be there any more: every result of a scorecard carries the observations it rests on. Figures
that no target used are not in a scorecard and so not in the comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ipstrong.checks.compare import compare_figure, sort_changes
from ipstrong.diagnostics import Finding, IpstrongError, Location, split_a1
from ipstrong.diagnostics.codes import run as codes
from ipstrong.model.comparison import ChangeKind, Comparison, FigureChange, VerdictChange
from ipstrong.model.dataset import Bound, Observation, SourceFile, ValueStatus
from ipstrong.model.period import Period, PeriodKind, parse_period
from ipstrong.model.result import Status
from ipstrong.texts import Text

FORMAT_VERSION = 1
_Key = tuple[str, bool, str, str]
_Side = dict[_Key, list[Observation]]


def compare_documents(old: object, new: object, paths: tuple[str, str]) -> Comparison:
    """Return what changed between two scorecards.

    Args:
        old: The parsed JSON; numbers with a fraction as `Decimal` (`json.loads(text, parse_float=Decimal)`).
        new: Likewise.
        paths: How the user named the two files, for complaints.

    Raises:
        IpstrongError: one of them is no scorecard of a known format.
    """
    before, after = _checked(old, paths[0]), _checked(new, paths[1])
    try:
        was, now = _figures(before), _figures(after)
        changes = [
            FigureChange(ChangeKind.REMOVED, *key, was[key][0], None, None, None) for key in was if key not in now
        ]
        changes += [
            FigureChange(ChangeKind.ADDED, *key, None, now[key][0], None, None) for key in now if key not in was
        ]
        common = [key for key in was if key in now]
        revised = [change for key in common if (change := compare_figure(key, was[key], now[key])) is not None]
        days = dict.fromkeys((str(before["as_of"]), str(after["as_of"])))
        return Comparison(
            _files(before),
            _files(after),
            sort_changes([*changes, *revised]),
            len(common) - len(revised),
            tuple(_verdicts(before, after)),
            as_of=" → ".join(days),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise IpstrongError([Finding(codes.NOT_A_SCORECARD, Location(path)) for path in paths]) from error


def _checked(document: object, path: str) -> Mapping[str, Any]:
    is_one = isinstance(document, dict) and {"results", "as_of", "files"} <= set(document)
    if not is_one or not isinstance(document, dict) or document.get("format_version") != FORMAT_VERSION:
        raise IpstrongError([Finding(codes.NOT_A_SCORECARD, Location(path))])
    return document


def _files(document: Mapping[str, Any]) -> tuple[SourceFile, ...]:
    return tuple(
        SourceFile(file["name"], file["sha256"], file["kind"], tuple(file["sheets"])) for file in document["files"]
    )


def _figures(document: Mapping[str, Any]) -> _Side:
    """Return the observations of all results by what they are, each cell once."""
    found: _Side = {}
    for result in document["results"]:
        for source in result["sources"]:
            seen = _observation(source)
            same = found.setdefault((seen.indicator, True, seen.region, source["period"]), [])
            if seen not in same:
                same.append(seen)
    return found


def _observation(source: Mapping[str, Any]) -> Observation:
    value = _decimal(source["value"])
    assert value is not None
    low, high = _decimal(source["low"]), _decimal(source["high"])
    row, column = _cell(source["cell"], source["sheet"])
    return Observation(
        source["indicator"],
        source["region"],
        parse_period(source["period"]) or Period(PeriodKind.YEAR, 1),
        value,
        Decimal("-Infinity") if low is None else low,
        Decimal("Infinity") if high is None else high,
        ValueStatus(source["status"]),
        Bound(source["bound"]),
        source["file"],
        source["sheet"],
        row,
        column,
        source["raw"],
        source["raw_unit"],
        0,
    )


def _cell(cell: str, sheet: str | None) -> tuple[int, int]:
    """Return the 0-based row and column of `D7`, or of `12:4` in a text file."""
    row, column = split_a1(cell) if sheet is not None else map(int, cell.split(":"))
    return row - 1, column - 1


def _decimal(number: object) -> Decimal | None:
    if number is None:
        return None
    if isinstance(number, bool) or not isinstance(number, int | float | Decimal):
        raise TypeError(type(number))
    return Decimal(repr(number)) if isinstance(number, float) else Decimal(number)


def _verdicts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[VerdictChange]:
    before, after = (_by_target(document["results"]) for document in (old, new))
    for key in (*after, *(key for key in before if key not in after)):
        was, now = before.get(key), after.get(key)
        change = _verdict(was, now)
        if change.old is not change.new or change.old_disputed != change.new_disputed:
            yield change


def _by_target(results: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {(result["target"], result["region"]): result for result in results}


def _verdict(was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> VerdictChange:
    known = now or was
    assert known is not None
    old, new = (Status(side["status"]) if side else None for side in (was, now))
    return VerdictChange(
        known["target"],
        known["number"],
        Text(known["name"]["zh"], known["name"]["en"]),
        known["region"],
        Text(known["region_name"]["zh"], known["region_name"]["en"]),
        old,
        new,
        _latest(was),
        _latest(now),
        known["unit"] or "",
        bool(was and was["disputed"]),
        bool(now and now["disputed"]),
    )


def _latest(side: Mapping[str, Any] | None) -> Decimal | None:
    return _decimal(side["latest"]["value"]) if side and side["latest"] else None
