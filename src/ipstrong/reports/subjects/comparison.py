"""A comparison of two submissions: what became of figures and verdicts, as pages and as a document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from ipstrong import __version__
from ipstrong.model.comparison import ChangeKind, Comparison, FigureChange, VerdictChange
from ipstrong.model.dataset import Observation, ValueStatus
from ipstrong.model.period import parse_period
from ipstrong.model.result import DISPUTED_TEXT, Status
from ipstrong.model.unit import Unit, parse_unit
from ipstrong.reports.formatting import format_change, format_number, format_period, format_signed, format_unit
from ipstrong.reports.labels import cell_of, location_of, prefix
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.table import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Line,
    Number,
    Span,
    Table,
    line,
    printed,
    table,
)
from ipstrong.reports.writers.json import fields
from ipstrong.texts import Lang, Text

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
_STATUSES: dict[ValueStatus, Text] = {
    ValueStatus.FINAL: Text("", ""),
    ValueStatus.PROVISIONAL: Text("（初步）", " (provisional)"),
    ValueStatus.ESTIMATE: Text("（推算）", " (estimate)"),
}
_STYLES = {
    ChangeKind.REVISED: "bold red",
    ChangeKind.REMOVED: "bold red",
    ChangeKind.ADDED: "bold green",
    ChangeKind.REFINED: "bold",
    ChangeKind.RESTATED: "bold",
}
_MOST_ADDED = 50
"""Added figures that a terminal lists: a new year brings many, and none of them revises anything."""
_NOTHING = "—"

_OLD_VALUE, _NEW_VALUE = Text("原数", "Old"), Text("新数", "New")
FIGURE_COLUMNS = (
    Column("kind", Text("变动", "Change")),
    Column("series", Text("指标", "Indicator")),
    Column("region", Text("地区", "Region")),
    Column("period", Text("时期", "Period")),
    Column("unit", Text("单位", "Unit")),
    Column("old", _OLD_VALUE, is_number=True),
    Column("new", _NEW_VALUE, is_number=True),
    Column("change", Text("差额", "Difference"), is_number=True),
    Column("relative", Text("变动幅度", "Relative"), is_number=True),
    Column("old_cell", Text("原单元格", "Old cell")),
    Column("new_cell", Text("新单元格", "New cell")),
)
VERDICT_COLUMNS = (
    Column("number", Text("序号", "No.")),
    Column("target", Text("目标", "Target")),
    Column("region", Text("地区", "Region")),
    Column("old", Text("原结论", "Old verdict")),
    Column("new", Text("新结论", "New verdict")),
    Column("old_value", _OLD_VALUE, is_number=True),
    Column("new_value", _NEW_VALUE, is_number=True),
    Column("unit", Text("单位", "Unit")),
)


# --- Tables -----------------------------------------------------------------------------------------------------------


def figure_table(comparison: Comparison, lang: Lang) -> Table:
    """Return every change of a figure."""
    return table(FIGURE_COLUMNS, [figure_cells(change, comparison, lang) for change in comparison.figures])


def figure_cells(change: FigureChange, comparison: Comparison, lang: Lang) -> tuple[Cell, ...]:
    """Return the cells of one change of a figure."""
    plan = comparison.plan
    series, region = change.series, change.region
    if plan is not None:
        names = {indicator.id: indicator.name.get(lang) for indicator in plan.indicators}
        series = names.get(series, series) if change.is_matched else series
        known = plan.region(region)
        region = known.name.get(lang) if known is not None else region
    moment = parse_period(change.period)
    return (
        KINDS[change.kind].get(lang),
        series,
        region,
        format_period(moment, lang) if moment is not None else change.period,
        format_unit(unit_of(change, comparison), lang),
        _value(change.old, lang),
        _value(change.new, lang),
        _NOTHING if change.change is None else Number(change.change, format_signed(change.change)),
        _NOTHING if change.relative is None else Number(change.relative, format_change(change.relative)),
        _NOTHING if change.old is None else str(location_of(change.old)),
        _NOTHING if change.new is None else str(location_of(change.new)),
    )


def unit_of(change: FigureChange, comparison: Comparison) -> Unit | None:
    """Return the unit of both values: the indicator's, else the base unit of the printed one."""
    if change.is_matched and comparison.plan is not None:
        for indicator in comparison.plan.indicators:
            if indicator.id == change.series:
                return indicator.unit
    seen = change.new or change.old
    printed_unit = parse_unit(seen.unit) if seen is not None and seen.unit else None
    if printed_unit is None or change.is_matched:
        return printed_unit
    return parse_unit(printed_unit.dimension) if printed_unit.factor != 1 else printed_unit


def _value(seen: Observation | None, lang: Lang) -> Cell:
    if seen is None:
        return _NOTHING
    return Number(seen.value, format_number(seen.value) + _STATUSES[seen.status].get(lang))


def verdict_table(comparison: Comparison, lang: Lang) -> Table:
    """Return every change of a verdict."""
    return table(VERDICT_COLUMNS, [verdict_cells(change, lang) for change in comparison.verdicts])


def verdict_cells(change: VerdictChange, lang: Lang) -> tuple[Cell, ...]:
    """Return the cells of one change of a verdict."""
    unit = parse_unit(change.unit)
    values = (change.old_value, change.new_value)
    return (
        change.number,
        change.name.get(lang),
        change.region_name.get(lang),
        _status(change.old, lang, disputed=change.old_disputed),
        _status(change.new, lang, disputed=change.new_disputed) + (f" ({FLIPPED.get(lang)})" if change.is_flip else ""),
        *(_NOTHING if value is None else Number(value, format_number(value)) for value in values),
        format_unit(unit, lang) if unit is not None else change.unit,
    )


def _status(status: Status | None, lang: Lang, *, disputed: bool) -> str:
    if status is None:
        return _NOTHING
    mark = f" ({DISPUTED_TEXT.get(lang)})" if disputed else ""
    return status.text.get(lang) + mark


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
    return Text("，", ", ").get(lang).join(parts)


def files_text(comparison: Comparison) -> tuple[str, str]:
    """Return the names of the files of both sides."""
    return (
        ", ".join(file.path for file in comparison.old_files) or _NOTHING,
        ", ".join(file.path for file in comparison.new_files) or _NOTHING,
    )


# --- Pages ------------------------------------------------------------------------------------------------------------


def markdown(comparison: Comparison, options: ReportOptions) -> Iterator[Block]:
    """Yield the page for Markdown: tables of figures and verdicts."""
    lang = options.lang
    old, new = files_text(comparison)
    yield Heading(TITLE.get(lang))
    yield Bullets([line(f"{prefix(OLD, lang)}{old}"), line(f"{prefix(NEW, lang)}{new}")])
    yield line((history_text(comparison).get(lang), "bold"), f" ({counts_text(comparison, lang)})")
    yield Heading(FIGURES.get(lang), 2)
    yield figure_table(comparison, lang) if comparison.figures else line(NO_CHANGE.get(lang))
    if comparison.as_of is not None:
        yield Heading(VERDICTS.get(lang), 2)
        yield line(AS_OF.format(date=comparison.as_of).get(lang))
        yield verdict_table(comparison, lang) if comparison.verdicts else line(NO_VERDICTS.get(lang))


def page(comparison: Comparison, options: ReportOptions) -> Iterator[Line]:
    """Yield the page for a terminal: what was revised, with both values and cells, then verdicts, then one line of sums."""
    lang = options.lang
    old, new = files_text(comparison)
    yield line((f"{OLD.get(lang)} {old}", "dim"))
    yield line((f"{NEW.get(lang)} {new}", "dim"))
    yield line()
    for kind, group in groupby(comparison.figures, key=lambda change: change.kind):
        changes = list(group)
        yield line((f"{KINDS[kind].get(lang)} {len(changes):,}", _STYLES[kind]))
        shown = changes[:_MOST_ADDED] if kind is ChangeKind.ADDED else changes
        for change in shown:
            yield from _figure_lines(change, comparison, lang)
        if len(changes) > len(shown):
            yield line((f"… {len(changes) - len(shown):,}", "dim"), indent=2)
        yield line()
    if comparison.as_of is not None:
        as_of = AS_OF.format(date=comparison.as_of).get(lang)
        yield line((VERDICTS.get(lang), "bold"), (f"  {as_of}", "dim"))
        if not comparison.verdicts:
            yield line(NO_VERDICTS.get(lang), indent=2)
        for verdict in comparison.verdicts:
            yield _verdict_line(verdict, lang)
        yield line()
    style = "bold red" if comparison.is_history_revised else "bold green"
    yield line((history_text(comparison).get(lang), style), f" ({counts_text(comparison, lang)})")


def _figure_lines(change: FigureChange, comparison: Comparison, lang: Lang) -> Iterator[Line]:
    cells = [printed(cell, lang).text for cell in figure_cells(change, comparison, lang)]
    _, series, region, period, unit, old, new, difference, relative, old_cell, new_cell = cells
    where = " ".join(part for part in (region, period) if part)
    unit = f" {unit}" if unit else ""
    head: list[Span] = [(series, "bold"), (f" {where}  ", "")]
    if change.old is not None and change.new is not None:
        head.append((f"{old} → {new}{unit}", ""))
        if change.change:
            head.append((f"  {difference}{'' if change.relative is None else f' ({relative})'}", "bold"))
        places = f"{old_cell} → {new_cell}"
    else:
        head.append((f"{new if change.old is None else old}{unit}", ""))
        places = new_cell if change.old is None else old_cell
    yield line(*head, indent=2)
    yield line((places, "dim"), indent=4)


def _verdict_line(change: VerdictChange, lang: Lang) -> Line:
    number, target, region, old, _, old_value, new_value, unit = (
        printed(cell, lang).text for cell in verdict_cells(change, lang)
    )
    new = _status(change.new, lang, disputed=change.new_disputed)
    row: list[Span] = [
        (f"{number} {target} ", ""),
        (f"({region}) ", "dim"),
        (f"{old} → {new}", "bold red" if change.is_flip else "bold"),
    ]
    if change.is_flip:
        row.append((f" {FLIPPED.get(lang)}", "bold red"))
    if old_value != new_value:
        row.append((f"  {old_value} → {new_value} {unit}".rstrip(), ""))
    return line(*row, indent=2)


# --- JSON -------------------------------------------------------------------------------------------------------------

FORMAT_VERSION = 1
# 1: the first format.


def document(comparison: Comparison, options: ReportOptions) -> dict[str, Any]:
    """Return the comparison in the shape of `docs/comparison.schema.json`."""
    return {
        "format_version": FORMAT_VERSION,
        "generator": {"name": "ipstrong", "version": __version__},
        "language": options.lang,
        "as_of": comparison.as_of,
        "history_revised": comparison.is_history_revised,
        "summary": {
            **{kind.value: comparison.count(kind) for kind in ChangeKind},
            "unchanged": comparison.n_unchanged,
            "verdicts": len(comparison.verdicts),
            "flipped": sum(1 for change in comparison.verdicts if change.is_flip),
        },
        "old_files": [fields(file, "path sha256 kind") for file in comparison.old_files],
        "new_files": [fields(file, "path sha256 kind") for file in comparison.new_files],
        "figures": [_figure(change, comparison) for change in comparison.figures],
        "verdicts": [
            {
                **fields(change, "target number name region region_name old new old_disputed new_disputed"),
                **fields(change, "old_value new_value unit"),
                "flipped": change.is_flip,
            }
            for change in comparison.verdicts
        ],
    }


def _figure(change: FigureChange, comparison: Comparison) -> dict[str, Any]:
    unit = unit_of(change, comparison)
    return {
        **fields(change, "kind series"),
        "matched": change.is_matched,
        **fields(change, "region period"),
        "unit": unit.text if unit is not None else None,
        "old": _observation(change.old),
        "new": _observation(change.new),
        **fields(change, "change relative"),
    }


def _observation(seen: Observation | None) -> dict[str, Any] | None:
    if seen is None:
        return None
    named = fields(seen, "value low high status bound raw")
    return {**named, "raw_unit": seen.unit, **fields(seen, "file sheet"), "cell": cell_of(seen)}
