"""What several reports share: headings, names of measures and states, and how places in the files are named."""

from __future__ import annotations

from ipstrong.diagnostics import Location, a1, split_a1
from ipstrong.model.dataset import Observation
from ipstrong.model.plan import MeasureKind
from ipstrong.model.result import MilestoneState
from ipstrong.texts import COLON, Lang, Text

NUMBER = Text("序号", "No.")
NAME = Text("指标", "Indicator")
GOAL = Text("目标值", "Target")
STATUS = Text("状态", "Status")

AS_OF = Text("截至 {date}", "as of {date}")
PLAN_USED = Text("方案", "Plan")
NO_RESULTS = Text("方案没有目标", "the plan has no targets")

ASSUMED = Text("假定：{text}", "assumed: {text}")

MEASURES: dict[MeasureKind, Text] = {
    MeasureKind.LEVEL: Text("水平", "level"),
    MeasureKind.EVERY_YEAR: Text("逐年", "every year"),
    MeasureKind.AVERAGE_GROWTH: Text("年均增速", "average growth"),
    MeasureKind.CUMULATIVE: Text("累计", "cumulative"),
    MeasureKind.RANK: Text("位次", "rank"),
    MeasureKind.RANGE: Text("区间", "range"),
    MeasureKind.MANUAL: Text("人工评定", "manual"),
}

MILESTONE_STATES: dict[MilestoneState, Text] = {
    MilestoneState.DUE: Text("已到期", "due"),
    MilestoneState.NOT_DUE: Text("未到期", "not due"),
}


def prefix(label: Text, lang: Lang) -> str:
    """Return a label as it precedes a text on one line: `fix: `."""
    return f"{label.get(lang)}{COLON.get(lang)}"


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
