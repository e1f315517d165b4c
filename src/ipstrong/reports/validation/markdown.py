"""Markdown: for a mail, an issue or a merge request. Text from data is shown as it is, never as markup."""

from __future__ import annotations

from collections.abc import Iterable

from ipstrong.model.validation import CrossCheck, Validation
from ipstrong.reports.escapes import markdown_text
from ipstrong.reports.validation.entries import (
    NOTHING,
    Entry,
    FileEntries,
    by_file,
    figure_text,
    place_of,
    region_name,
    related_text,
    summary_line,
)
from ipstrong.reports.validation.labels import (
    CODE,
    CROSS_CHECKS,
    CURE,
    DIFFERENCE,
    EVIDENCE,
    EXPIRES,
    LEFT,
    MESSAGE,
    NAME,
    NO_FINDINGS,
    NOTHING_ASSESSED,
    OUTCOME,
    OUTCOMES,
    PERIOD,
    PLACE,
    PLAN,
    REASON,
    REGION,
    RIGHT,
    SEE_ALSO,
    SEVERITY,
    TITLE,
    TOLERANCE,
    WAIVED,
    WHO,
    WHOLE_RUN,
)
from ipstrong.reports.validation.options import ReportOptions
from ipstrong.texts import COLON, Lang, Text


def render_markdown(validation: Validation, options: ReportOptions) -> str:
    """Return the validation as Markdown: a summary, a table a file, the cross-checks, what is waived."""
    return "\n\n".join(blocks(validation, options.lang)) + "\n"


def blocks(validation: Validation, lang: Lang) -> list[str]:
    """Return the paragraphs, headings and tables of the report, in order."""
    groups = by_file(validation, lang)
    made = [f"# {TITLE.get(lang)}", f"**{markdown_text(summary_line(validation, lang))}**"]
    if validation.plan:
        made.append(
            f"{PLAN.get(lang)}{COLON.get(lang)}{markdown_text(f'{validation.plan.name.get(lang)} ({validation.plan.path})')}"
        )
    if not validation.is_assessed:
        made.append(f"⚠ {NOTHING_ASSESSED.get(lang)}")
    for group in groups:
        made += _file_blocks(group, lang)
    if validation.cross_checks:
        made += [f"## {CROSS_CHECKS.get(lang)}", cross_check_table(validation, validation.cross_checks, lang)]
    waived = [entry for group in groups for entry in group.waived]
    if waived:
        made += [f"## {WAIVED.get(lang)}", _waived_table(waived, lang)]
    return made


def _file_blocks(group: FileEntries, lang: Lang) -> list[str]:
    heading = f"## {markdown_text(group.path or WHOLE_RUN.get(lang))}"
    if not group.entries:
        return [] if not group.path else [heading, f"✓ {NO_FINDINGS.get(lang)}"]
    return [heading, finding_table(group.entries, lang)]


def finding_table(entries: Iterable[Entry], lang: Lang, *, with_file: bool = False) -> str:
    """Return a table of findings with their cures."""
    heads = (PLACE, SEVERITY, CODE, MESSAGE, CURE)
    return table(heads, [_finding_row(entry, lang, with_file=with_file) for entry in entries], lang)


def _finding_row(entry: Entry, lang: Lang, *, with_file: bool) -> tuple[str, ...]:
    message = entry.message
    if entry.finding.related:
        message = f"{message} ({SEE_ALSO.get(lang)} {related_text(entry, lang)})"
    place = str(entry.location) if with_file else entry.inside
    return (place or NOTHING, entry.severity.text.get(lang), entry.code, message, entry.hint)


def cross_check_table(validation: Validation, checks: Iterable[CrossCheck], lang: Lang) -> str:
    """Return the cross-checks with both sides, the difference and the cells they rest on."""
    heads = (NAME, REGION, PERIOD, LEFT, RIGHT, DIFFERENCE, TOLERANCE, OUTCOME, EVIDENCE)
    rows = []
    for check in checks:
        outcome = OUTCOMES[check.outcome].get(lang)
        if check.missing:
            outcome = f"{outcome} ({check.missing.get(lang)})"
        figures = (check.left, check.right, check.difference, check.tolerance)
        evidence = ", ".join(dict.fromkeys(str(place_of(observation)) for observation in check.evidence))
        rows.append(
            (
                f"{check.name.get(lang)} ({check.expression})",
                region_name(validation, check.region, lang),
                check.period,
                *(figure_text(figure) for figure in figures),
                outcome,
                evidence,
            )
        )
    return table(heads, rows, lang, right_aligned=range(3, 7))


def _waived_table(entries: Iterable[Entry], lang: Lang) -> str:
    rows = [
        (str(entry.location), entry.code, entry.message, waiver.reason, waiver.who, waiver.expires)
        for entry in entries
        if (waiver := entry.waiver)
    ]
    return table((PLACE, CODE, MESSAGE, REASON, WHO, EXPIRES), rows, lang)


def table(
    heads: tuple[Text, ...], rows: Iterable[tuple[str, ...]], lang: Lang, *, right_aligned: Iterable[int] = ()
) -> str:
    """Return a Markdown table; every cell is made inert. No attempt is made to align the source text."""
    right = set(right_aligned)
    rules = ["---:" if index in right else "---" for index in range(len(heads))]
    lines = [[head.get(lang) for head in heads], rules]
    lines += [[markdown_text(cell) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
