"""The scorecard as Markdown: for a page, a pull request or a mail. Widths are not aligned; nothing in a cell is markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ipstrong.model.result import Result, Scorecard, Summary
from ipstrong.reports import labels
from ipstrong.reports.escapes import markdown_text
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


def table(titles: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()) -> list[str]:
    """Return the lines of a table; cells are escaped here, columns in `numbers` stand to the right."""
    right = set(numbers)
    marks = ["---:" if position in right else "---" for position in range(len(titles))]
    lines = [titles, marks, *([markdown_text(cell) for cell in row] for row in rows)]
    return [f"| {' | '.join(line)} |" for line in lines]


def render_markdown(scorecard: Scorecard, lang: Lang) -> str:
    """Return the scorecard: a summary and a table per region, notes below."""
    return "\n".join(_document(scorecard, lang)).rstrip() + "\n"


def _document(scorecard: Scorecard, lang: Lang) -> Iterator[str]:
    yield f"# {markdown_text(scorecard.plan.name.get(lang))}"
    yield ""
    yield labels.AS_OF.get(lang).format(date=scorecard.as_of)
    yield ""
    if not scorecard.results:
        yield labels.NO_RESULTS.get(lang)
        yield ""
    for summary, results in by_region(scorecard):
        yield f"## {markdown_text(summary.region_name.get(lang))}"
        yield ""
        yield from _summary(summary, lang)
        yield ""
        yield from _results(scorecard, results, lang)
    yield from _sources(scorecard, lang)


def _summary(summary: Summary, lang: Lang) -> Iterator[str]:
    counts = [text for _, text in count_texts(summary, lang)]
    if summary.n_disputed:
        counts.append(labels.N_DISPUTED.get(lang).format(count=summary.n_disputed))
    comma = {"zh": "\uff0c", "en": ", "}[lang]
    yield f"- **{labels.SUMMARY.get(lang)}** {comma.join(counts)}"
    yield f"- **{labels.WEIGHTED.get(lang)}** {markdown_text(score_text(summary, lang))} {weight_text(summary, lang)}"


_COLUMNS: tuple[tuple[Text, str], ...] = (
    (labels.NUMBER, "number"),
    (labels.NAME, "name"),
    (labels.BASE, "base"),
    (labels.LATEST, "latest"),
    (labels.PERIOD, "period"),
    (labels.GOAL, "goal"),
    (labels.GAP, "gap"),
    (labels.ATTAINMENT, "attainment"),
    (labels.YOY, "yoy"),
    (labels.PROJECTION, "projection"),
    (labels.STATUS, "status"),
)
_NUMBERS = (0, 2, 3, 5, 6, 7, 8, 9)


def _results(scorecard: Scorecard, results: Sequence[Result], lang: Lang) -> Iterator[str]:
    rows = {result.target.id: make_row(scorecard, result, lang) for result in results}
    for area, members in grouped_by_area(scorecard.plan, results):
        yield f"### {markdown_text(area.name.get(lang))}"
        yield ""
        shown = [rows[result.target.id] for result in members]
        yield from table(
            [title.get(lang) for title, _ in _COLUMNS],
            ([_cell(row, name, lang) for _, name in _COLUMNS] for row in shown),
            _NUMBERS,
        )
        yield ""
        details = [f"- {row.number}: {markdown_text(detail)}" for row in shown for detail in row.details]
        if details:
            yield from (*details, "")
    notes = footnotes(results, lang)
    if notes:
        yield f"**{labels.REMARKS.get(lang)}**"
        yield ""
        yield from (f"- {', '.join(map(str, note.numbers))}: {markdown_text(note.text)}" for note in notes)
        yield ""


def _cell(row: Row, name: str, lang: Lang) -> str:
    match name:
        case "name":
            return f"{row.name} ({row.unit})" if row.unit else row.name
        case "status":
            word = f"{labels.STATUS_MARKS[row.status][0]} {row.status.text.get(lang)}"
            return f"{word} ⚑" if row.disputed else word
        case _:
            return str(getattr(row, name))


def _sources(scorecard: Scorecard, lang: Lang) -> Iterator[str]:
    yield f"- {labels.PLAN_USED.get(lang)}: {markdown_text(scorecard.plan.path)}"
    for file in scorecard.dataset.files:
        yield f"- {labels.DATA_USED.get(lang)}: {markdown_text(file.path)} (SHA-256 {file.sha256[:12]})"
    counts = finding_counts(scorecard.findings, lang)
    if counts:
        yield f"- {labels.FINDINGS.get(lang)}: {', '.join(counts)}"
