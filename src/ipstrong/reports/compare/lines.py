"""The changes as people read them: one line a change, the same words in every format."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ipstrong.diagnostics import Location, a1
from ipstrong.model.comparison import ChangeKind, Comparison, FigureChange, VerdictChange
from ipstrong.model.dataset import Observation, ValueStatus
from ipstrong.model.period import parse_period
from ipstrong.model.result import DISPUTED_TEXT, Status
from ipstrong.model.unit import Unit, parse_unit
from ipstrong.reports.formatting import format_change, format_number, format_period, format_signed, format_unit
from ipstrong.reports.inert import inert
from ipstrong.texts import Lang, Text

NOTHING = "—"

TITLE = Text("两次报送的比较", "Comparison of two submissions")
OLD, NEW = Text("原报送", "old"), Text("新报送", "new")
FIGURES = Text("数值变动", "Figures")
VERDICTS = Text("结论变动", "Verdicts")
NO_CHANGE = Text("数值没有变动", "no figure changed")
NO_VERDICTS = Text("结论没有变动", "no verdict changed")
HISTORY = Text(
    "历史数据有改动：{revised} 个数值改变，{removed} 个数值撤去",
    "history was revised: {revised} changed, {removed} withdrawn",
)
NO_HISTORY = Text("历史数据没有改动", "history was not revised")
UNCHANGED = Text("未变 {n} 个", "{n} unchanged")
AS_OF = Text("评价时点 {date}", "as of {date}")
SEPARATOR = Text("，", ", ")
FLIPPED = Text("结论翻转", "flipped")

KINDS: dict[ChangeKind, Text] = {
    ChangeKind.REVISED: Text("改变", "revised"),
    ChangeKind.REMOVED: Text("撤去", "withdrawn"),
    ChangeKind.ADDED: Text("新增", "added"),
    ChangeKind.REFINED: Text("精度不同", "other precision"),
    ChangeKind.RESTATED: Text("状态不同", "other status"),
}
MEANINGS: dict[ChangeKind, Text] = {
    ChangeKind.REVISED: Text("原数与新数不可能是同一个数", "the old and the new number cannot be the same value"),
    ChangeKind.REMOVED: Text("原来有，现在没有", "was there, is no longer"),
    ChangeKind.ADDED: Text("原来没有，现在有", "was not there before"),
    ChangeKind.REFINED: Text("同一个数，印出的位数不同", "the same value, printed with more or fewer digits"),
    ChangeKind.RESTATED: Text("同一个数，由初步改为最终之类", "the same value, such as provisional made final"),
}
STATUSES: dict[ValueStatus, Text] = {
    ValueStatus.FINAL: Text("", ""),
    ValueStatus.PROVISIONAL: Text("（初步）", " (provisional)"),
    ValueStatus.ESTIMATE: Text("（推算）", " (estimate)"),
}

KIND = Text("变动", "Change")
SERIES = Text("指标", "Indicator")
REGION = Text("地区", "Region")
PERIOD = Text("时期", "Period")
UNIT = Text("单位", "Unit")
OLD_VALUE, NEW_VALUE = Text("原数", "Old"), Text("新数", "New")
DIFFERENCE = Text("差额", "Difference")
RELATIVE = Text("变动幅度", "Relative")
OLD_CELL, NEW_CELL = Text("原单元格", "Old cell"), Text("新单元格", "New cell")
NUMBER = Text("序号", "No.")
TARGET = Text("目标", "Target")
OLD_STATUS, NEW_STATUS = Text("原结论", "Old verdict"), Text("新结论", "New verdict")


class FigureLine(NamedTuple):
    """A change of a figure in words."""

    kind: str
    series: str
    region: str
    period: str
    unit: str
    old: str
    new: str
    change: str
    relative: str
    old_cell: str
    new_cell: str


class VerdictLine(NamedTuple):
    """A change of a verdict in words."""

    number: str
    target: str
    region: str
    old: str
    new: str
    old_value: str
    new_value: str
    unit: str
    is_flip: bool


def figure_line(change: FigureChange, comparison: Comparison, lang: Lang) -> FigureLine:
    """Return a change of a figure in words, made inert."""
    moment = parse_period(change.period)
    return FigureLine(
        KINDS[change.kind].get(lang),
        inert(_series(change, comparison, lang)),
        inert(_region(change.region, comparison, lang)),
        format_period(moment, lang) if moment is not None else inert(change.period),
        inert(format_unit(unit_of(change, comparison), lang)),
        _value(change.old, lang),
        _value(change.new, lang),
        NOTHING if change.change is None else format_signed(change.change),
        NOTHING if change.relative is None else format_change(change.relative),
        _cell(change.old),
        _cell(change.new),
    )


def _series(change: FigureChange, comparison: Comparison, lang: Lang) -> str:
    if change.is_matched and comparison.plan is not None:
        known = {indicator.id: indicator.name for indicator in comparison.plan.indicators}
        if change.series in known:
            return known[change.series].get(lang)
    return change.series


def _region(region: str, comparison: Comparison, lang: Lang) -> str:
    known = comparison.plan.region(region) if comparison.plan is not None else None
    return known.name.get(lang) if known is not None else region


def unit_of(change: FigureChange, comparison: Comparison) -> Unit | None:
    """Return the unit of both values: the indicator's, else the base unit of the printed one."""
    if change.is_matched and comparison.plan is not None:
        for indicator in comparison.plan.indicators:
            if indicator.id == change.series:
                return indicator.unit
    seen = change.new or change.old
    printed = parse_unit(seen.unit) if seen is not None and seen.unit else None
    if printed is None or change.is_matched:
        return printed
    return parse_unit(printed.dimension) if printed.factor != 1 else printed


def _value(seen: Observation | None, lang: Lang) -> str:
    if seen is None:
        return NOTHING
    return format_number(seen.value) + STATUSES[seen.status].get(lang)


def place(seen: Observation) -> Location:
    """Return where an observation stands."""
    if seen.sheet is None:
        return Location(seen.file, line=seen.row + 1, column=seen.col + 1)
    return Location(seen.file, seen.sheet, a1(seen.row, seen.col))


def _cell(seen: Observation | None) -> str:
    return NOTHING if seen is None else inert(str(place(seen)))


def verdict_line(change: VerdictChange, lang: Lang) -> VerdictLine:
    """Return a change of a verdict in words, made inert."""
    unit = parse_unit(change.unit)
    return VerdictLine(
        str(change.number),
        inert(change.name.get(lang)),
        inert(change.region_name.get(lang)),
        _status(change.old, lang, disputed=change.old_disputed),
        _status(change.new, lang, disputed=change.new_disputed),
        _number(change.old_value),
        _number(change.new_value),
        inert(format_unit(unit, lang) if unit is not None else change.unit),
        change.is_flip,
    )


def _status(status: Status | None, lang: Lang, *, disputed: bool) -> str:
    if status is None:
        return NOTHING
    mark = f" ({DISPUTED_TEXT.get(lang)})" if disputed else ""
    return status.text.get(lang) + mark


def _number(value: Decimal | None) -> str:
    return NOTHING if value is None else format_number(value)


def history_text(comparison: Comparison) -> Text:
    """Return the sentence that decides the exit code."""
    if not comparison.is_history_revised:
        return NO_HISTORY
    revised, removed = (comparison.count(kind) for kind in (ChangeKind.REVISED, ChangeKind.REMOVED))
    return HISTORY.format(revised=f"{revised:,}", removed=f"{removed:,}")


def counts_text(comparison: Comparison, lang: Lang) -> str:
    """Return how many figures changed in which way, zeros left out."""
    parts = [
        f"{KINDS[kind].get(lang)} {n:,}" if lang == "zh" else f"{n:,} {KINDS[kind].get(lang)}"
        for kind in ChangeKind
        if (n := comparison.count(kind))
    ]
    parts.append(UNCHANGED.format(n=f"{comparison.n_unchanged:,}").get(lang))
    return SEPARATOR.get(lang).join(parts)


def files_text(comparison: Comparison) -> tuple[str, str]:
    """Return the names of the files of both sides."""
    return (
        inert(", ".join(file.path for file in comparison.old_files)) or NOTHING,
        inert(", ".join(file.path for file in comparison.new_files)) or NOTHING,
    )
