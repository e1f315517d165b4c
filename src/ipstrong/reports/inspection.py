"""What was understood of files: every series with its place, unit, periods and match, and what was left out and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ipstrong.diagnostics import a1, split_a1
from ipstrong.model.dataset import Dataset, Series
from ipstrong.reports.console import draw
from ipstrong.reports.drawing import indented, widest
from ipstrong.reports.inert import inert
from ipstrong.reports.inspection_data import render_csv, render_json
from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    from rich.console import RenderableType


_LEFT_OUT = frozenset(
    {"DATA010", "DATA014", "DATA015", "DATA018", "DATA100", "DATA101", "DATA102", "DATA106", "DATA109", "DATA110"}
)
"""Codes of findings that say that something was not read."""
_WIDE = 110
"""Columns of the terminal from which the table has room to spare."""
_ROOM_FOR_TABLE = 80
"""Columns from which no column of the table is cut off."""
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


def render_inspection(dataset: Dataset, format: str, lang: Lang, width: int, color: bool) -> str:  # noqa: A002 - the name of the option
    """Return what was understood of the files.

    Args:
        dataset: What was read.
        format: `terminal`, `csv` (one row a value, the columns of `CSV_COLUMNS`) or `json`.
        lang: Language of headings and findings; values and labels stay as written.
        width: Columns of the terminal.
        color: Whether to use colours.

    Raises:
        ValueError: For another format.
    """
    if format == "csv":
        return render_csv(dataset)
    if format == "json":
        return render_json(dataset, lang)
    if format == "terminal":
        return draw(_renderables(dataset, lang, width), width, color=color)
    raise ValueError(format)


# --- terminal -------------------------------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """Series of one label that differ in nothing but their region."""

    label: str
    unit: str
    indicator: str | None
    nearest: str | None
    regions: list[str]
    first: str
    last: str
    n_values: int
    n_missing: int
    places: list[str]


def _renderables(dataset: Dataset, lang: Lang, width: int) -> Iterator[RenderableType]:
    from rich.text import Text as Line

    if not dataset.series:
        yield Line(_NOTHING.get(lang))
    for (file, sheet, layout), series in _by_table(dataset.series).items():
        name = inert(file) if sheet is None else f"{inert(file)} [{inert(sheet)}]"
        kind = _LAYOUTS.get(layout)
        yield Line.assemble((name, "bold"), f"  {kind.get(lang) if kind else layout}", no_wrap=False)
        lines = _merged(dataset, series)
        yield from _series_shown(lines[:_MOST_ROWS], lang, width)
        if len(lines) > _MOST_ROWS:
            yield Line(_MORE.get(lang).format(count=len(lines) - _MOST_ROWS), style="dim")
        yield Line("")
    yield from _left_out(dataset, lang)
    yield Line(_summary(dataset, lang))


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


def _by_table(series: Sequence[Series]) -> dict[tuple[str, str | None, str], list[Series]]:
    tables: dict[tuple[str, str | None, str], list[Series]] = {}
    for entry in series:
        tables.setdefault((entry.file, entry.sheet, entry.layout), []).append(entry)
    return tables


def _merged(dataset: Dataset, series: Sequence[Series]) -> list[_Line]:
    """Return one line for the regions of a label that share unit, match and periods."""
    lines: dict[tuple[object, ...], _Line] = {}
    for entry in series:
        region = dataset.region_text(entry.region)
        key = (entry.label, entry.unit, entry.indicator)
        line = lines.get(key)
        if line is None:
            lines[key] = _Line(
                entry.label,
                entry.unit or "",
                entry.indicator,
                entry.nearest,
                [region],
                entry.first_period,
                entry.last_period,
                entry.n_values,
                entry.n_missing,
                [entry.place],
            )
        else:
            lines[key] = line._replace(
                regions=[*line.regions, region] if len(line.regions) < 3 else line.regions,
                n_values=line.n_values + entry.n_values,
                n_missing=line.n_missing + entry.n_missing,
                first=min(line.first, entry.first_period),
                last=max(line.last, entry.last_period),
                places=[*line.places, entry.place],
            )
    return list(lines.values())


class _Column(NamedTuple):
    """One thing that is said of every series: a column of the table, or its key where there is no room for one."""

    title: Text
    cells: list[str]
    look: dict[str, Any] = {}  # noqa: RUF012 - read only
    """How rich draws the column."""


def _columns(lines: Sequence[_Line], lang: Lang, *, is_narrow: bool) -> list[_Column]:
    """Return what is said of the series beside their labels; what none of them has is left out."""
    columns = []
    if any(line.regions != [""] for line in lines):
        look = {"overflow": "fold", "min_width": 6 if is_narrow else 8, "max_width": 20}
        columns.append(_Column(_REGION, [_regions(line) for line in lines], look))
    columns.append(_Column(_UNIT, [inert(line.unit) for line in lines], {"overflow": "fold", "max_width": 14}))
    if any(line.indicator or line.nearest for line in lines):
        matches = [line.indicator or _nearest(line, lang) for line in lines]
        columns.append(_Column(_INDICATOR, matches, {"overflow": "fold", "min_width": 10}))
    periods = [line.first if line.first == line.last else f"{line.first}–{line.last}" for line in lines]
    look = {"overflow": "fold", "max_width": 16 if is_narrow else 24}
    columns.append(_Column(_PERIODS, [period or "?" for period in periods], look))
    number = {"justify": "right", "no_wrap": True}
    columns.append(_Column(_COUNT, [f"{line.n_values:,}" for line in lines], number))
    if any(line.n_missing for line in lines):
        counts = [f"{line.n_missing:,}" if line.n_missing else "" for line in lines]
        columns.append(_Column(_MISSING, counts, number))
    places = [_place(line.places, lang) for line in lines]
    longest = 12 if is_narrow else 26
    # Half a place would be another place: this column keeps its width, the words before it give way.
    shown = min(widest(places), longest)
    columns.append(_Column(_PLACE, places, {"overflow": "fold", "min_width": shown, "max_width": longest}))
    return columns


def _nearest(line: _Line, lang: Lang) -> str:
    return _NEAREST.get(lang).format(name=inert(line.nearest)) if line.nearest else "-"


def _series_shown(lines: Sequence[_Line], lang: Lang, width: int) -> Iterator[RenderableType]:
    """Yield the series as a table, or one below the other where a table would lose its last columns."""
    columns = _columns(lines, lang, is_narrow=width < _WIDE)
    if width >= _ROOM_FOR_TABLE:
        yield _table(lines, columns, lang, is_narrow=width < _WIDE)
        return
    from rich.text import Text as Line

    for index, line in enumerate(lines):
        yield Line(inert(line.label))
        said = [f"{column.title.get(lang)} {column.cells[index]}" for column in columns if column.cells[index]]
        yield indented(Line("\n".join(_packed(said, width - 2))), 2, width)


def _packed(texts: Sequence[str], room: int) -> list[str]:
    """Return texts in lines of so many cells, as many in each as it holds; no text is broken unless it is longer."""
    lines: list[str] = []
    for text in texts:
        if lines and widest([lines[-1]]) + 2 + widest([text]) <= room:
            lines[-1] += f"  {text}"
        else:
            lines.append(text)
    return lines


def _table(lines: Sequence[_Line], columns: Sequence[_Column], lang: Lang, *, is_narrow: bool) -> RenderableType:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0) if is_narrow else (0, 1))
    table.add_column(_LABEL.get(lang), overflow="fold", min_width=8 if is_narrow else 12)
    for column in columns:
        table.add_column(column.title.get(lang), **column.look)
    for line, *cells in zip(lines, *(column.cells for column in columns), strict=True):
        table.add_row(*(_plain(text) for text in (inert(line.label), *cells)))
    return table


def _plain(text: str) -> RenderableType:
    from rich.text import Text as Line

    return Line(text)


def _regions(line: _Line) -> str:
    first = inert(line.regions[0]) or "–"
    return first if len(line.places) == 1 else f"{first} +{len(line.places) - 1}"


def _place(places: Sequence[str], lang: Lang) -> str:
    """Return where the values stand; lines of a text file in the language of the reader."""
    box = box_of(places)
    found = _LINES.fullmatch(box)
    if found is None:
        return box
    lines, columns = box.removeprefix("line ").split(", column ")
    return _LINES_TEXT.get(lang).format(lines=lines, columns=columns)


_LINES = re.compile(r"line (\d+)(?:-(\d+))?, column (\d+)(?:-(\d+))?")


def box_of(places: Sequence[str]) -> str:
    """Return the smallest range that holds all places."""
    first = places[0]
    if len(places) == 1:
        return first
    spans = [_LINES.fullmatch(place) for place in places]
    if all(spans):
        tops, bottoms, lefts, rights = zip(
            *((int(span[1]), int(span[2] or span[1]), int(span[3]), int(span[4] or span[3])) for span in spans if span),
            strict=True,
        )
        rows, columns = (min(tops), max(bottoms)), (min(lefts), max(rights))
        lines = f"{rows[0]}" if rows[0] == rows[1] else f"{rows[0]}-{rows[1]}"
        fields = f"{columns[0]}" if columns[0] == columns[1] else f"{columns[0]}-{columns[1]}"
        return f"line {lines}, column {fields}"
    corners = [split_a1(corner) for place in places for corner in place.split(":")]
    rows = (min(row for row, _ in corners), max(row for row, _ in corners))
    columns = (min(column for _, column in corners), max(column for _, column in corners))
    return f"{a1(rows[0] - 1, columns[0] - 1)}:{a1(rows[1] - 1, columns[1] - 1)}"


def _left_out(dataset: Dataset, lang: Lang) -> Iterator[RenderableType]:
    from rich.text import Text as Line

    findings = [finding for finding in dataset.findings if finding.code.id in _LEFT_OUT]
    if not findings:
        return
    yield Line(_LEFT_OUT_TITLE.get(lang), style="bold")
    for finding in findings[:_MOST_ROWS]:
        yield Line(f"  {inert(str(finding.location))}: {inert(finding.message(lang))}")
    if len(findings) > _MOST_ROWS:
        yield Line(_MORE.get(lang).format(count=len(findings) - _MOST_ROWS))
    yield Line("")
