"""A comparison as Markdown: tables of figures and verdicts, text from data shown as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ipstrong.model.comparison import Comparison
from ipstrong.reports.compare import lines
from ipstrong.reports.escapes import markdown_text
from ipstrong.texts import Lang, Text

FIGURE_HEADS = (
    lines.KIND,
    lines.SERIES,
    lines.REGION,
    lines.PERIOD,
    lines.UNIT,
    lines.OLD_VALUE,
    lines.NEW_VALUE,
    lines.DIFFERENCE,
    lines.RELATIVE,
    lines.OLD_CELL,
    lines.NEW_CELL,
)
VERDICT_HEADS = (
    lines.NUMBER,
    lines.TARGET,
    lines.REGION,
    lines.OLD_STATUS,
    lines.NEW_STATUS,
    lines.OLD_VALUE,
    lines.NEW_VALUE,
    lines.UNIT,
)


def render_markdown(comparison: Comparison, lang: Lang) -> str:
    """Return the comparison as Markdown."""
    old, new = files_cells(comparison, lang)
    parts = [
        f"# {lines.TITLE.get(lang)}",
        f"{old}  \n{new}",
        f"**{markdown_text(lines.history_text(comparison).get(lang))}** ({markdown_text(lines.counts_text(comparison, lang))})",
        f"## {lines.FIGURES.get(lang)}",
    ]
    if comparison.figures:
        rows = [tuple(lines.figure_line(change, comparison, lang)) for change in comparison.figures]
        parts.append(_table(FIGURE_HEADS, rows, lang, right=range(5, 9)))
    else:
        parts.append(lines.NO_CHANGE.get(lang))
    if comparison.as_of is not None:
        parts.append(f"## {lines.VERDICTS.get(lang)}")
        parts.append(lines.AS_OF.format(date=comparison.as_of).get(lang))
        parts.append(_verdicts(comparison, lang) if comparison.verdicts else lines.NO_VERDICTS.get(lang))
    return "\n\n".join(parts) + "\n"


def files_cells(comparison: Comparison, lang: Lang) -> tuple[str, str]:
    """Return the lines that name the files."""
    old, new = lines.files_text(comparison)
    return f"{lines.OLD.get(lang)}: {markdown_text(old)}", f"{lines.NEW.get(lang)}: {markdown_text(new)}"


def _verdicts(comparison: Comparison, lang: Lang) -> str:
    rows = []
    for change in comparison.verdicts:
        line = lines.verdict_line(change, lang)
        flip = f" ({lines.FLIPPED.get(lang)})" if line.is_flip else ""
        rows.append(
            (
                line.number,
                line.target,
                line.region,
                line.old,
                line.new + flip,
                line.old_value,
                line.new_value,
                line.unit,
            )
        )
    return _table(VERDICT_HEADS, rows, lang, right=(5, 6))


def _table(heads: Sequence[Text], rows: Iterable[Sequence[str]], lang: Lang, *, right: Iterable[int]) -> str:
    rights = set(right)
    rule = ["---:" if column in rights else "---" for column in range(len(heads))]
    body = [[head.get(lang) for head in heads], rule, *([markdown_text(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in body)
