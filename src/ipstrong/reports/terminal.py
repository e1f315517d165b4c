"""The scorecard on a terminal: one table a region, its columns chosen by the width there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.text import Text as Styled

from ipstrong.model.period import year
from ipstrong.model.result import Figure, Result, Scorecard, Status, Summary
from ipstrong.reports import labels
from ipstrong.reports.console import draw
from ipstrong.reports.drawing import (
    Column,
    ascii_signs,
    bar,
    fixed_table,
    heading,
    indented,
    mark,
    rule,
    status_word,
    total_width,
    widest,
)
from ipstrong.reports.formatting import format_period
from ipstrong.reports.inert import inert
from ipstrong.reports.rows import (
    Row,
    by_region,
    count_texts,
    finding_counts,
    footnotes,
    grouped_by_area,
    make_row,
    score_text,
    weight_text,
)
from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST_SECTIONS = 5
"""Up to so many regions get a table each; more share one compact table."""
MOST_FILES = 3
"""So many data files are named in full."""
_NUMBER_WIDTH = 16
"""No column of numbers is wider; longer numbers are wrapped."""


class _Field(NamedTuple):
    """A column of the scorecard: its cells, and how wide the name must remain for it to be shown."""

    id: str
    title: Text
    name_at_least: int


_FIXED = ("number", "name", "latest", "goal", "status")
_FIELDS = (
    # in order of display
    _Field("number", labels.NUMBER, 0),
    _Field("name", labels.NAME, 0),
    _Field("base", labels.BASE, 26),
    _Field("latest", labels.LATEST, 0),
    _Field("period", labels.PERIOD, 15),
    _Field("yoy", labels.YOY, 28),
    _Field("goal", labels.GOAL, 0),
    _Field("gap", labels.GAP, 12),
    _Field("attainment", labels.ATTAINMENT, 12),
    _Field("pace", labels.PACE, 28),
    _Field("needed", labels.NEEDED, 28),
    _Field("projection", labels.PROJECTION, 28),
    _Field("status", labels.STATUS, 0),
)
_PRIORITY = ("gap", "attainment", "period", "base", "yoy", "projection", "pace", "needed")
"""Order in which the other columns get what room there is."""
_PERCENT_WIDTH = 6
_BARS = ((10, 28), (5, 14))
"""Widths of the bar beside the attainment, each with the cells that must then be left for the name."""


def render_check(scorecard: Scorecard, lang: Lang, width: int, *, color: bool, unicode: bool = True) -> str:
    """Return the scorecard as text of at most `width` cells a line, from 80 on.

    Args:
        scorecard: The complete result.
        lang: Language of labels, names and reasons.
        width: Cells of the terminal.
        color: Whether ANSI colours are written; the text is the same without.
        unicode: Whether bars, marks and signs may be Unicode.
    """
    view = _View(scorecard, lang, width, unicode=unicode)
    return draw(view.document(), width, color=color)


class _View:
    """One rendering: what every part of it needs to know."""

    def __init__(self, scorecard: Scorecard, lang: Lang, width: int, *, unicode: bool) -> None:
        self._scorecard = scorecard
        self._lang: Lang = lang
        self._width = width
        self._unicode = unicode

    def _say(self, text: Text, **params: object) -> str:
        return text.get(self._lang).format(**params)

    def document(self) -> Iterator[RenderableType]:
        """Yield the parts of the report from top to bottom."""
        yield self._title()
        groups = by_region(self._scorecard)
        if not self._scorecard.results:
            yield Styled(self._say(labels.NO_RESULTS))
        elif len(groups) > MOST_SECTIONS:
            yield from self._compact(groups)
        else:
            yield from self._sections(groups)
        yield from self._closing()

    def _title(self) -> Styled:
        title = Styled(inert(self._scorecard.plan.name.get(self._lang)), style="bold")
        as_of = self._say(labels.AS_OF, date=self._scorecard.as_of)
        fits = cell_len(title.plain) + cell_len(as_of) + 2 <= self._width
        return title.append(f"  {as_of}" if fits else f"\n{as_of}", style="not bold dim")

    def _sections(self, groups: Sequence[tuple[Summary, list[Result]]]) -> Iterator[RenderableType]:
        made = [(summary, results, [self._row(result) for result in results]) for summary, results in groups]
        columns = _choose([row for _, _, rows in made for row in rows], self._titles(), self._width)
        for summary, results, rows in made:
            yield Styled("")
            yield Styled(inert(summary.region_name.get(self._lang)), style="bold underline")
            yield heading(list(columns.values()))
            yield rule(min(self._width, total_width(list(columns.values()))), unicode=self._unicode)
            rows_by_target = {result.target.id: row for result, row in zip(results, rows, strict=True)}
            for area, members in grouped_by_area(self._scorecard.plan, results):
                yield Styled(inert(area.name.get(self._lang)), style="bold cyan")
                yield from self._lines(columns, [rows_by_target[result.target.id] for result in members])
            yield from self._footnotes(results)
            yield from self._summary(summary)

    def _titles(self) -> dict[str, str]:
        """Return the headings; the base year stands in its heading where all targets share it."""
        titles = {field.id: field.title.get(self._lang) for field in _FIELDS}
        years = {result.target.base_year for result in self._scorecard.results if result.target.base_year}
        if len(years) == 1:
            titles["base"] = format_period(year(years.pop()), self._lang)
        latest = [result.latest for result in self._scorecard.results]
        if all(figure.period.is_year for figure in latest if isinstance(figure, Figure)):
            titles["period"] = self._say(labels.YEAR)
        return titles

    def _row(self, result: Result) -> Row:
        row = make_row(self._scorecard, result, self._lang)
        return row if self._unicode else row._replace(goal=ascii_signs(row.goal, unicode=False))

    def _lines(self, columns: dict[str, Column], rows: Iterable[Row]) -> Iterator[RenderableType]:
        pending: list[list[Styled]] = []
        indent = columns["number"].width + 1
        for row in rows:
            pending.append([self._cell(row, name, column) for name, column in columns.items()])
            if row.details:
                yield fixed_table(list(columns.values()), pending)
                pending = []
                for detail in row.details:
                    text = Styled(ascii_signs(detail, unicode=self._unicode), style="yellow" if row.disputed else "dim")
                    yield indented(text, indent, self._width)
        if pending:
            yield fixed_table(list(columns.values()), pending)

    def _cell(self, row: Row, name: str, column: Column) -> Styled:
        style = labels.STATUS_STYLES[row.status]
        match name:
            case "name":
                text = Styled(row.name)
                return text.append(f" ({row.unit})", style="dim") if row.unit else text
            case "status":
                return status_word(row.status, self._lang, unicode=self._unicode, disputed=row.disputed)
            case "attainment":
                return Styled(self._attainment(row, column), style=style)
            case "pace":
                return Styled(row.pace, style=row.pace_class)
            case "gap":
                return Styled(row.gap, style=style)
            case _:
                return Styled(str(getattr(row, name)))

    def _attainment(self, row: Row, column: Column) -> str:
        """Return the percentage, and a bar where the column has room for one."""
        percent = row.attainment.rjust(_PERCENT_WIDTH)
        room = column.width - len(percent) - 1
        if row.fraction is None or room < _BARS[-1][0]:
            return percent
        return f"{percent} {bar(row.fraction, room, unicode=self._unicode)}"

    def _footnotes(self, results: Iterable[Result]) -> Iterator[RenderableType]:
        notes = footnotes(results, self._lang)
        if not notes:
            return
        yield Styled(self._say(labels.REMARKS), style="bold")
        numbers = [", ".join(map(str, note.numbers)) for note in notes]
        left = min(12, widest(numbers))
        columns = [Column("", left, is_number=True), Column("", self._width - left - 1)]
        yield fixed_table(
            columns,
            [
                [Styled(number), Styled(ascii_signs(note.text, unicode=self._unicode))]
                for number, note in zip(numbers, notes, strict=True)
            ],
        )

    def _summary(self, summary: Summary) -> Iterator[RenderableType]:
        counts = Styled("")
        for position, (status, text) in enumerate(count_texts(summary, self._lang)):
            counts.append("  " if position else "")
            counts.append(f"{mark(status, unicode=self._unicode)} {text}", style=_tone(status))
        if summary.n_disputed:
            counts.append(f"  ({self._say(labels.N_DISPUTED, count=summary.n_disputed)})", style="yellow")
        score = Styled(score_text(summary, self._lang), style="bold")
        score.append(f"  {weight_text(summary, self._lang)}", style="not bold dim")
        yield self._pairs([(labels.SUMMARY, counts), (labels.WEIGHTED, score)], style="bold")

    def _pairs(self, pairs: Sequence[tuple[Text, Styled]], *, style: str) -> RenderableType:
        """Return labels and texts side by side, the texts wrapping under themselves."""
        titles = [self._say(title) for title, _ in pairs]
        left = widest(titles)
        columns = [Column("", left), Column("", self._width - left - 2)]
        return fixed_table(
            columns, [[Styled(t, style=style), text] for t, (_, text) in zip(titles, pairs, strict=True)], gap=2
        )

    def _compact(self, groups: Sequence[tuple[Summary, list[Result]]]) -> Iterator[RenderableType]:
        yield Styled("")
        yield Styled(self._say(labels.REGION_LEGEND, count=f"{len(groups):,}"), style="dim")
        seen = [status for status in Status if any(summary.counts[status] for summary, _ in groups)]
        yield Styled("  ").join(status_word(status, self._lang, unicode=self._unicode) for status in seen)
        names = [inert(summary.region_name.get(self._lang)) for summary, _ in groups]
        scores = [score_text(summary, self._lang) for summary, _ in groups]
        met = [f"{summary.counts[Status.MET]}/{sum(summary.counts.values())}" for summary, _ in groups]
        titles = [self._say(each) for each in (labels.REGION, labels.VERDICTS, labels.N_MET, labels.SCORE)]
        last = max(widest(scores), cell_len(titles[3]))
        count = max(widest(met), cell_len(titles[2]))
        room = self._width - last - count - 3
        name = min(max(widest(names), cell_len(titles[0])), room // 2)
        strip = min(max(cell_len(titles[1]), *(len(results) for _, results in groups)), room - name)
        columns = [
            Column(titles[0], name),
            Column(titles[1], strip),
            Column(titles[2], count, is_number=True),
            Column(titles[3], last, is_number=True),
        ]
        yield heading(columns)
        yield rule(total_width(columns), unicode=self._unicode)
        yield fixed_table(
            columns,
            [
                [Styled(title), self._strip(results), Styled(share), Styled(score)]
                for title, (_, results), share, score in zip(names, groups, met, scores, strict=True)
            ],
        )

    def _strip(self, results: Iterable[Result]) -> Styled:
        strip = Styled("")
        for result in sorted(results, key=lambda each: each.target.number):
            strip.append(mark(result.status, unicode=self._unicode), style=labels.STATUS_STYLES[result.status])
        return strip

    def _closing(self) -> Iterator[RenderableType]:
        yield Styled("")
        pairs = [
            (labels.PLAN_USED, Styled(inert(self._scorecard.plan.path))),
            (labels.DATA_USED, Styled(self._files())),
        ]
        counts = finding_counts(self._scorecard.findings, self._lang)
        if counts:
            pairs.append((labels.FINDINGS, Styled("  ".join(counts))))
        yield self._pairs(pairs, style="dim")

    def _files(self) -> str:
        paths = [inert(file.path) for file in self._scorecard.dataset.files]
        if not paths:
            return self._say(labels.NO_FILES)
        more = [self._say(labels.MORE_FILES, count=f"{len(paths):,}")] if len(paths) > MOST_FILES else []
        return "\n".join(paths[:MOST_FILES] + more)


def _tone(status: Status) -> str:
    return labels.STATUS_STYLES[status].replace("bold ", "")


def _choose(rows: Sequence[Row], titles: dict[str, str], width: int) -> dict[str, Column]:
    """Return the columns that the width has room for, the name taking what the others leave."""
    sizes = {field.id: _natural(field, rows, titles[field.id]) for field in _FIELDS}
    longest = max(sizes["name"], 8)
    shown = set(_FIXED)

    def name_width(candidates: set[str]) -> int:
        others = sum(size for each, size in sizes.items() if each in candidates and each != "name")
        return width - others - (len(candidates) - 1)

    floors = {field.id: field.name_at_least for field in _FIELDS}
    for each in _PRIORITY:
        if name_width(shown | {each}) >= min(floors[each], longest):
            shown.add(each)
    for cells, floor in _BARS:
        if "attainment" in shown and name_width(shown) + sizes["attainment"] - _PERCENT_WIDTH - cells - 1 >= min(
            floor, longest
        ):
            sizes["attainment"] = _PERCENT_WIDTH + 1 + cells
            break
    sizes["name"] = max(8, min(longest, name_width(shown)))
    while name_width(shown) < sizes["name"]:  # a page too narrow even for these: what is widest wraps
        sizes[max(shown, key=lambda each: (sizes[each], each))] -= 1
    numbers = {"number", "base", "latest", "yoy", "goal", "gap", "pace", "needed", "projection"}
    return {
        field.id: Column(titles[field.id], sizes[field.id], is_number=field.id in numbers)
        for field in _FIELDS
        if field.id in shown
    }


def _natural(field: _Field, rows: Sequence[Row], title: str) -> int:
    """Return the cells that a column would like to have."""
    match field.id:
        case "attainment":
            return max(cell_len(title), _PERCENT_WIDTH)
        case "name":
            texts = [f"{row.name} ({row.unit})" if row.unit else row.name for row in rows]
        case "status":
            texts = [row.word for row in rows]
        case name:
            texts = [str(getattr(row, name))[:_NUMBER_WIDTH] for row in rows]
    return max(cell_len(title), widest(texts))
