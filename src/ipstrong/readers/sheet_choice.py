"""Which sheets of a workbook are read: the ones asked for, or all that a person would see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ipstrong.diagnostics import Finding, Location, Severity
from ipstrong.diagnostics.codes import data as codes
from ipstrong.readers.options import ReadOptions
from ipstrong.texts import Text


@dataclass(slots=True)
class SheetChoice:
    """Sheets to read, by index, and what is said of the others."""

    indices: list[int] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    """Name and the id of the code that says why."""
    findings: list[Finding] = field(default_factory=list)


def choose_sheets(
    path: str, names: Sequence[str], hidden: Sequence[bool], kinds: Sequence[Text | None], options: ReadOptions
) -> SheetChoice:
    """Return which sheets to read.

    Args:
        path: The file, for the findings.
        names: Sheets in the workbook's order.
        hidden: Whether each is hidden.
        kinds: What each is where it has no cells (a chart, a macro sheet), None for ordinary sheets.
        options: Sheets asked for, and whether hidden ones are read.
    """
    choice = SheetChoice()
    if not options.sheets and not any(hidden) and not any(kinds):
        choice.indices = list(range(len(names)))
        return choice
    wanted = {name.strip() for name in options.sheets}
    for index, name in enumerate(names):
        where = Location(path, sheet=name)
        if wanted and name.strip() not in wanted:
            continue
        if (kind := kinds[index]) is not None:
            severity = Severity.ERROR if wanted else None
            choice.findings.append(Finding(codes.SHEET_NOT_CELLS, where, {"sheet": name, "kind": kind}, severity))
            choice.skipped.append((name, codes.SHEET_NOT_CELLS.id))
        elif hidden[index] and not options.include_hidden and not wanted:
            choice.findings.append(Finding(codes.SHEET_HIDDEN, where, {"sheet": name}))
            choice.skipped.append((name, codes.SHEET_HIDDEN.id))
        else:
            choice.indices.append(index)
            if hidden[index]:
                choice.findings.append(Finding(codes.HIDDEN_SHEET_READ, where, {"sheet": name}))
    present = {name.strip() for name in names}
    choice.findings += [_missing(path, name, names) for name in options.sheets if name.strip() not in present]
    if not choice.indices and not options.sheets:
        choice.findings.append(Finding(codes.NO_SHEET, Location(path)))
    return choice


def _missing(path: str, name: str, names: Sequence[str]) -> Finding:
    params = {"sheet": name, "present": Text("、".join(names), ", ".join(names)), "nearest": did_you_mean(name, names)}
    return Finding(codes.SHEET_MISSING, Location(path), params)


def did_you_mean(name: str, names: Sequence[str]) -> Text:
    """Return a clause that names the nearest of the names, empty where none is near."""
    from rapidfuzz import process

    best = process.extractOne(name, names, score_cutoff=50)
    if best is None:
        return Text("", "")
    return Text(f"：是否指“{best[0]}”", f": did you mean '{best[0]}'?")
