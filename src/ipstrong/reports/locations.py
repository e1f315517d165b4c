"""Where things are in the files of the user, as reports name it."""

from __future__ import annotations

from ipstrong.diagnostics import Location, a1, split_a1
from ipstrong.model.dataset import Observation


def location_of(observation: Observation) -> Location:
    """Return where an observation was read."""
    if observation.sheet is None:
        return Location(observation.file, line=observation.row + 1, column=observation.col + 1)
    return Location(observation.file, observation.sheet, a1(observation.row, observation.col))


def cell_of(observation: Observation) -> str:
    """Return where an observation is in its file: `D7`, or `line:column` of a text file."""
    if observation.sheet is None:
        return f"{observation.row + 1}:{observation.col + 1}"
    return a1(observation.row, observation.col)


def position_of(place: Location) -> tuple[int, int]:
    """Return the 1-based (row, column) of a place in the file's own count; 0 where there is none."""
    if place.cell:
        return split_a1(place.cell)
    return (place.line or 0, place.column or 0)


def place_inside(place: Location) -> str:
    """Return the place inside its file: `专利!D7`, `专利`, `12:4`, `12`, or nothing."""
    if place.sheet is not None:
        return f"{place.sheet}!{place.cell}" if place.cell else place.sheet
    return ":".join(str(number) for number in (place.line, place.column) if number is not None)
