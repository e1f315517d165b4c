"""Results in short as lines of CSV: a column of texts for each field, and the lines put together from them.

What is the same for all regions is put together once; observed values are written as they are, computed ones to ten
digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipstrong.model.lines import Block, Lines, PlaceColumn
from ipstrong.model.period import PeriodKind
from ipstrong.model.result import CellPlace, Line
from ipstrong.reports.csv_cells import (
    Places,
    TargetCells,
    given,
    given_column,
    made,
    made_column,
    number,
    quote,
    region_cells,
    target_cells,
)
from ipstrong.texts import Text


class LineWriter:
    """Writes lines; what does not change from region to region, or from target to target, is made once."""

    def __init__(self) -> None:
        """Begin with nothing written."""
        self._targets: dict[str, TargetCells] = {}
        self._regions: dict[str, str] = {}
        self._places = Places()
        self._place_columns: dict[int, tuple[PlaceColumn, list[str]]] = {}
        self._peers: tuple[CellPlace, ...] = ()
        self._peers_text = ""

    def texts(self, lines: Lines) -> Iterator[str]:
        """Return the lines one after the other, each with its line feed."""
        regions = [self._region(region, name) for region, name in zip(lines.regions, lines.names, strict=True)]
        blocks = [self._block(block, regions) for block in lines.blocks]
        return (text for of_region in zip(*blocks, strict=True) for text in of_region)

    # --- columns ------------------------------------------------------------------------------------------------------

    def _block(self, block: Block, regions: list[str]) -> list[str]:
        """Return the lines of a target."""
        fixed = target_cells(block.target)
        goal = "" if block.target_value is None else number(block.target_value)
        value, yoy = given_column(block.latest), made_column(block.yoy, None if block.yoy_in_points else 100)
        of_point = "pp" if block.yoy_in_points else "%"
        cells: list[str | list[str]] = [
            fixed.before_region,
            regions,
            [status._value_ for status in block.status],
            "false" if block.disputed is None else ["true" if each else "false" for each in block.disputed],
            self._reasons(block),
            fixed.after_reason,
            goal,
            fixed.upper,
            given_column(block.base),
            _years(block),
            value,
            value if block.low is block.latest else given_column(block.low),
            value if block.high is block.latest else given_column(block.high),
            given_column(block.gap),
            made_column(block.attainment, 100),
            made_column(block.progress, 100),
            made_column(block.expected),
            made_column(block.pace),
            made_column(block.growth_pace),
            made_column(block.needed_per_year),
            made_column(block.projection),
            made_column(block.growth_projection),
            made_column(block.eta),
            yoy,
            yoy if isinstance(yoy, str) else [of_point if text else "" for text in yoy],
            self._sources(block),
        ]
        made = _lines(cells, len(regions))
        for row, line in sorted(block.others.items()):
            made[row] = self.line(line)
        return made

    @staticmethod
    def _reasons(block: Block) -> str | list[str]:
        reason = "" if block.reason is None else block.reason.value
        return reason if block.year is None else ["" if year is not None else reason for year in block.year]

    def _sources(self, block: Block) -> str | list[str]:
        columns = [self._place_column(places) for places in block.places]
        if not columns:
            return ""
        if any("" in column for column in columns):
            texts = [" ".join(dict.fromkeys(filter(None, cells))) for cells in zip(*columns, strict=True)]
        else:
            texts = [" ".join(dict.fromkeys(cells)) for cells in zip(*columns, strict=True)]
        if block.peers:
            texts = [self._with_peers(text, block.peers) for text in texts]
        return [quote(text) if "," in text or '"' in text else text for text in texts]

    def _place_column(self, places: PlaceColumn) -> list[str]:
        """Return the texts of a column of places; several targets rest on the same."""
        known = self._place_columns.get(id(places))
        if known is None:
            known = self._place_columns[id(places)] = places, self._places.column(places)
        return known[1]

    # --- a single line ------------------------------------------------------------------------------------------------

    def line(self, line: Line) -> str:
        """Return the line of a result in short: observed values as they are, computed ones to ten digits."""
        (target, region, name, status, disputed, reason, goal, period, latest, low, high, base, gap, attainment, yoy,
         in_points, progress, expected, pace, growth, needed, way_on, grown, eta, places, peers) = line  # fmt: skip
        fixed = self._targets.get(target.id)
        if fixed is None:
            fixed = self._targets[target.id] = target_cells(target)
        where = self._region(region, name)
        value = given(latest)
        bounds = f"{value},{value}" if low == latest == high else f"{given(low)},{given(high)}"
        when = "" if period is None else str(period.year) if period.kind is PeriodKind.YEAR else str(period)
        return (
            f"{fixed.before_region},{where},{status._value_},{'true' if disputed else 'false'},"
            f"{'' if reason is None else reason._value_},{fixed.after_reason},"
            f"{fixed.goal if goal is fixed.value else number(goal)},{fixed.upper},"
            f"{given(base)},{when},{value},{bounds},{given(gap)},"
            f"{'' if attainment is None else made(attainment * 100)},"
            f"{'' if progress is None else made(progress * 100)},"
            f"{made(expected)},{made(pace)},{made(growth)},{made(needed)},{made(way_on)},{made(grown)},"
            f"{made(eta)},{'' if yoy is None else made(yoy if in_points else yoy * 100)},"
            f"{'' if yoy is None else 'pp' if in_points else '%'},{self._line_sources(places, peers)}\n"
        )

    def _region(self, region: str, name: Text) -> str:
        cells = self._regions.get(region)
        if cells is None:
            cells = self._regions[region] = region_cells(region, name)
        return cells

    def _line_sources(self, places: tuple[CellPlace, ...], peers: tuple[CellPlace, ...]) -> str:
        text = self._places.joined(places)
        return quote(self._with_peers(text, peers) if peers else text)

    def _with_peers(self, text: str, peers: tuple[CellPlace, ...]) -> str:
        if peers is not self._peers:
            self._peers, self._peers_text = peers, self._places.joined(peers)
        return f"{text} {self._peers_text}"


def _years(block: Block) -> str | list[str]:
    if block.year is None:
        return ""
    return ["" if year is None else str(year) for year in block.year]


def _lines(cells: Sequence[str | list[str]], length: int) -> list[str]:
    """Return the lines of columns; neighbours that are the same on every line are joined first."""
    columns: list[list[str]] = []
    before = ""
    for cell in cells:
        if isinstance(cell, str):
            before += f"{cell},"
            continue
        if before:
            columns.append([before] * length)
        columns.append(cell)
        before = ","
    columns.append([f"{before[:-1]}\n"] * length)
    return list(map("".join, zip(*columns, strict=True)))
