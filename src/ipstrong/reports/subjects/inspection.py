"""What was understood of files: every series with its place, unit, periods and match, and what was left out and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from ipstrong.diagnostics import a1, split_a1
from ipstrong.model.dataset import Dataset, Series
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.table import Block, Cell, Column, Group, Line, Row, Table, line, named_columns, printed, table
from ipstrong.reports.writers.json import fields
from ipstrong.reports.writers.line_breaks import text_width
from ipstrong.texts import Lang, Text

_LEFT_OUT = frozenset(
    {"DATA010", "DATA014", "DATA015", "DATA018", "DATA100", "DATA102", "DATA106", "DATA109", "DATA110"}
)
"""Codes of findings that say that something was not read."""
_ROOM_FOR_TABLE = 80
"""Width from which a table holds every column; below, series are printed one below the other."""
_MOST_ROWS = 60
"""Rows of a sheet that the terminal shows."""

_LABEL = Text("名称", "label")
_REGION = Text("地区", "region")
_UNIT = Text("单位", "unit")
_INDICATOR = Text("对应指标", "indicator")
_PERIODS = Text("时间", "periods")
_COUNT = Text("个数", "values")
_PLACE = Text("位置", "place")
_NOTHING = Text("没有读出任何数值。", "Not one value was read.")
_LEFT_OUT_TITLE = Text("未读入的内容", "Left out")
_TOTAL = Text(
    "{files}个文件，{series}个序列，{values}个数值，{missing}个空缺",
    "{files} file(s), {series} series, {values} value(s), {missing} missing",
)
_MATCHED = Text("；{matched}个序列对应到方案指标", "; {matched} series matched to the plan")
_MORE = Text("另有{count}行；用 --format csv 查看全部", "{count} more; all with --format csv")
_MISSING = Text("空缺", "missing")
_LINES_TEXT = Text("{lines}行{columns}列", "line {lines} col {columns}")
_NEAREST = Text("无（最接近：{name}）", "none (nearest: {name})")
_LAYOUTS = {
    "long": Text("一行一个数值", "one value a row"),
    "periods-across": Text("时间在列", "periods across"),
    "periods-down": Text("时间在行", "periods down"),
    "regions-across": Text("地区在列", "regions across"),
    "regions-down": Text("地区在行", "regions down"),
    "indicators-across": Text("指标在列", "indicators across"),
    "indicators-down": Text("指标在行", "indicators down"),
}


# --- Page -------------------------------------------------------------------------------------------------------------


def page(dataset: Dataset, options: ReportOptions) -> Iterator[Block]:
    """Yield the page for a terminal: a table of series for each sheet, and what was left out."""
    lang = options.lang
    if not dataset.series:
        yield line(_NOTHING.get(lang))
    tables: dict[tuple[str, str | None, str], list[Series]] = {}
    for entry in dataset.series:
        tables.setdefault((entry.file, entry.sheet, entry.layout), []).append(entry)
    for (file, sheet, layout), series in tables.items():
        kind = _LAYOUTS.get(layout)
        yield line((file if sheet is None else f"{file} [{sheet}]", "bold"), f"  {kind.get(lang) if kind else layout}")
        merged = _merged(series)
        shown = _series_table(dataset, merged[:_MOST_ROWS], lang)
        if options.width >= _ROOM_FOR_TABLE:
            yield shown
        else:
            yield from _narrow_lines(shown, options)
        if len(merged) > _MOST_ROWS:
            yield line((_MORE.format(count=len(merged) - _MOST_ROWS).get(lang), "dim"))
        yield line()
    left_out = [finding for finding in dataset.findings if finding.code.id in _LEFT_OUT]
    if left_out:
        yield line((_LEFT_OUT_TITLE.get(lang), "bold"))
        for finding in left_out[:_MOST_ROWS]:
            yield line(f"  {finding.location}: {finding.message(lang)}")
        if len(left_out) > _MOST_ROWS:
            yield line(_MORE.format(count=len(left_out) - _MOST_ROWS).get(lang))
        yield line()
    yield line(_summary(dataset, lang))


def _summary(dataset: Dataset, lang: Lang) -> str:
    text = _TOTAL.get(lang).format(
        files=len(dataset.files),
        series=len(dataset.series),
        values=sum(entry.n_values for entry in dataset.series),
        missing=sum(entry.n_missing for entry in dataset.series),
    )
    matched = sum(entry.indicator is not None for entry in dataset.series)
    if matched or any(entry.nearest for entry in dataset.series):
        text += _MATCHED.get(lang).format(matched=matched)
    return text


def _merged(series: Sequence[Series]) -> list[list[Series]]:
    """Return series of one label that differ in nothing but their region together."""
    groups: dict[tuple[object, ...], list[Series]] = {}
    for entry in series:
        groups.setdefault((entry.label, entry.unit, entry.indicator), []).append(entry)
    return list(groups.values())


def _series_table(dataset: Dataset, merged: Sequence[Sequence[Series]], lang: Lang) -> Table:
    """Return merged series as a table; columns that none of them fills are left out."""
    # Half a place would be another place: this column keeps its width, the words before it give way.
    columns = (
        Column("label", _LABEL),
        Column("region", _REGION),
        Column("unit", _UNIT),
        Column("indicator", _INDICATOR),
        Column("periods", _PERIODS),
        Column("values", _COUNT, is_number=True, is_rigid=True),
        Column("missing", _MISSING, is_number=True, is_rigid=True),
        Column("place", _PLACE, is_rigid=True),
    )
    rows: list[tuple[Cell, ...]] = []
    for members in merged:
        one = members[0]
        region = dataset.region_text(one.region) or "–"
        nearest = _NEAREST.format(name=one.nearest).get(lang) if one.nearest else "-"
        first, last = min(each.first_period for each in members), max(each.last_period for each in members)
        n_missing = sum(each.n_missing for each in members)
        rows.append(
            (
                one.label,
                region if len(members) == 1 else f"{region} +{len(members) - 1}",
                one.unit or "",
                one.indicator or nearest,
                (first if first == last else f"{first}–{last}") or "?",
                f"{sum(each.n_values for each in members):,}",
                f"{n_missing:,}" if n_missing else "",
                _place([each.place for each in members], lang),
            )
        )
    blank = {"region": "–", "indicator": "-", "missing": ""}
    shown = [at for at, column in enumerate(columns) if any(row[at] != blank.get(column.id) for row in rows)]
    return table([columns[at] for at in shown], ([row[at] for at in shown] for row in rows))


def _narrow_lines(shown: Table, options: ReportOptions) -> Iterator[Line]:
    """Yield the series one below the other, each text with its heading, as many in a line as it holds; none is broken."""
    for row in shown.rows:
        label, *cells = (printed(cell, options.lang).text for cell in row.cells)
        yield line(label)
        packed: list[str] = []
        for column, text in zip(shown.columns[1:], cells, strict=True):
            if text:
                said = f"{column.title.get(options.lang)} {text}"
                if packed and text_width(packed[-1]) + 2 + text_width(said) <= options.width - 2:
                    packed[-1] += f"  {said}"
                else:
                    packed.append(said)
        yield from (line(text, indent=2) for text in packed)


def _place(places: Sequence[str], lang: Lang) -> str:
    """Return where the values are; lines of a text file in the language of the reader."""
    box = box_of(places)
    found = _LINES.fullmatch(box)
    if found is None:
        return box
    lines, columns = box.removeprefix("line ").split(", column ")
    return _LINES_TEXT.get(lang).format(lines=lines, columns=columns)


_LINES = re.compile(r"line (\d+)(?:-(\d+))?, column (\d+)(?:-(\d+))?")


def box_of(places: Sequence[str]) -> str:
    """Return the smallest range that holds all places."""
    if len(places) == 1:
        return places[0]
    found = [span for place in places if (span := _LINES.fullmatch(place))]
    if len(found) == len(places):
        corners = [
            (int(span[row]), int(span[col]))
            for span in found
            for row, col in ((1, 3), (2 if span[2] else 1, 4 if span[4] else 3))
        ]
    else:
        corners = [split_a1(corner) for place in places for corner in place.split(":")]
    (top, bottom), (left, right) = ((min(numbers), max(numbers)) for numbers in zip(*corners, strict=True))
    if len(found) == len(places):
        lines = f"{top}" if top == bottom else f"{top}-{bottom}"
        return f"line {lines}, column {left}" if left == right else f"line {lines}, column {left}-{right}"
    return f"{a1(top - 1, left - 1)}:{a1(bottom - 1, right - 1)}"


# --- Records and JSON -------------------------------------------------------------------------------------------------

RECORD_COLUMNS = named_columns("file sheet cell label region period value unit indicator raw")


def records(dataset: Dataset, _options: ReportOptions) -> Table:
    """Return one row a value."""
    return Table(RECORD_COLUMNS, [Group("", (Row(cells) for cells in _values(dataset)))])


def _values(dataset: Dataset) -> Iterator[tuple[str | Decimal | None, ...]]:
    if dataset.frame.is_empty():
        return
    names = dict(dataset.region_names)
    columns = ("file", "sheet", "row", "col", "label", "region", "period", "value", "unit", "indicator", "raw")
    letters: dict[int, str] = {}
    for file, sheet, row, col, label, region, period, value, unit, indicator, raw in dataset.frame.select(
        columns
    ).iter_rows():
        if col not in letters:
            letters[col] = a1(0, col)[:-1]
        number = None if value is None else Decimal(repr(value))
        cell = f"{letters[col]}{row + 1}"
        yield file, sheet, cell, label, names.get(region, region), period, number, unit, indicator, raw


FORMAT_VERSION = 1
# 1: the first format.


def document(dataset: Dataset, options: ReportOptions) -> dict[str, Any]:
    """Return files, series, values and findings; the findings in the language of the report."""
    lang = options.lang
    ids = [column.id for column in RECORD_COLUMNS]
    return {
        "format_version": FORMAT_VERSION,
        "files": [
            {
                **fields(file, "path kind sha256 sheets"),
                "skipped_sheets": [{"sheet": name, "code": code} for name, code in file.skipped_sheets],
                **fields(file, "encoding delimiter"),
            }
            for file in dataset.files
        ],
        "series": [
            {
                **fields(entry, "file sheet label"),
                "region": dataset.region_text(entry.region),
                **fields(entry, "unit place first_period last_period"),
                "values": entry.n_values,
                "missing": entry.n_missing,
                **fields(entry, "indicator nearest layout"),
            }
            for entry in dataset.series
        ],
        "values": [dict(zip(ids, cells, strict=True)) for cells in _values(dataset)],
        "findings": [
            {
                "code": finding.code.id,
                "severity": finding.severity,
                "location": str(finding.location),
                "message": finding.message(lang),
                "hint": finding.hint(lang),
            }
            for finding in dataset.findings
        ],
    }
