"""The methods: every formula in words, what the statuses and classes mean, the plan, and the files with their hashes."""

from __future__ import annotations

from typing import NamedTuple

from ipstrong.model.plan import PacePreset
from ipstrong.model.result import GRADE_TEXTS, PACE_TEXTS, Grade, PaceClass, Status
from ipstrong.reports.formatting import plain
from ipstrong.reports.xlsx.cells import inert, n_lines
from ipstrong.reports.xlsx.context import Context
from ipstrong.reports.xlsx.method_texts import (
    BASIS,
    FORMULAS,
    HEADS,
    MEASURE_FORMULAS,
    PACE_CLASSES,
    RULES,
    SCORE_RULE,
    SECTIONS,
    STATUS_MEANINGS,
)
from ipstrong.reports.xlsx.sheet import Sheet, Span
from ipstrong.reports.xlsx.styles import LINE_HEIGHT
from ipstrong.texts import Text

_WIDTHS = [22.0, 66.0, 64.0]
_SCALE = 90
"""Percent at which the three columns fill the width of a page."""
_PAGE_POINTS = 6.9 * 72 * 100 / _SCALE
"""Height of a printed page at that scale."""


def write_methods(context: Context) -> None:
    """Write the methods."""
    sheet = context.sheets[context.layout.names.methods]
    sheet.widths(_WIDTHS)
    sheet.text(0, 0, sheet.name, sheet.styles.title())
    sheet.height(0, 1, size=17)
    sheet.text(1, 0, context.say(context.scorecard.plan.name), sheet.styles.meta())
    row, breaks, filled = 3, [], 60.0
    for section in _sections(context):
        height = 60 + sum(_points(context, line) for line in section.lines)
        if filled + height > _PAGE_POINTS and filled > 60:
            breaks.append(row)
            filled = 0.0
        filled += height
        row = _section(context, sheet, row, section) + 1
    sheet.page(context.say(context.scorecard.plan.name), str(context.scorecard.as_of), fit=False)
    sheet.worksheet.set_print_scale(_SCALE)
    sheet.worksheet.set_h_pagebreaks(breaks)


Line = tuple[str, str, str]


class Section(NamedTuple):
    """A table of the sheet: which title and headings it has, and its lines."""

    title: str
    heads: str
    lines: list[Line]


def _sections(context: Context) -> list[Section]:
    say = context.say
    statuses = [(say(status.text), say(meaning), "") for status, meaning in STATUS_MEANINGS.items()]
    return [
        Section("plan", "plan", _plan(context)),
        Section("files", "files", _files(context)),
        Section("statuses", "statuses", statuses),
        Section("thresholds", "thresholds", _thresholds(context, context.scorecard.plan.pace)),
        Section("measures", "formulas", [_texts(context, line) for line in MEASURE_FORMULAS]),
        Section("formulas", "formulas", [_texts(context, line) for line in FORMULAS]),
        Section("rules", "rules", [_texts(context, line) for line in RULES]),
    ]


def _texts(context: Context, line: tuple[Text, Text, Text]) -> Line:
    name, formula, remark = (context.say(text) for text in line)
    return name, formula, remark


def _thresholds(context: Context, preset: PacePreset) -> list[Line]:
    say = context.say
    on_track, slow = plain(preset.on_track), plain(preset.slow)
    classes = [
        (
            say(PACE_TEXTS[grade]),
            say(PACE_CLASSES[grade], on_track=on_track, slow=slow),
            say(preset.name) if grade is PaceClass.ON_TRACK else "",
        )
        for grade in PaceClass
    ]
    bounds = {Grade.EXCELLENT: "≥ 90", Grade.GOOD: "≥ 80, < 90", Grade.FAIR: "≥ 60, < 80", Grade.POOR: "< 60"}
    grades = [
        (say(GRADE_TEXTS[grade]), bound, say(SCORE_RULE) if grade is Grade.EXCELLENT else "")
        for grade, bound in bounds.items()
    ]
    return [*classes, *grades]


def _plan(context: Context) -> list[Line]:
    plan = context.scorecard.plan
    lines: list[tuple[Text, str]] = [
        (BASIS["plan"], context.say(plan.name)),
        (BASIS["issuer"], context.say(plan.issuer) if plan.issuer else ""),
        (BASIS["source"], context.say(plan.source) if plan.source else ""),
        (BASIS["path"], plan.path),
        (BASIS["as_of"], context.scorecard.as_of.isoformat()),
        (BASIS["years"], f"{plan.base_year} / {plan.start_year}–{plan.end_year}"),
    ]
    return [(context.say(name), value, "") for name, value in lines if value]


def _files(context: Context) -> list[Line]:
    comma = "、" if context.lang == "zh" else ", "
    return [(file.path, file.sha256, comma.join(file.sheets) or file.kind) for file in context.scorecard.dataset.files]


def _section(context: Context, sheet: Sheet, row: int, section: Section) -> int:
    title, heads, lines = SECTIONS[section.title], section.heads, section.lines
    styles = sheet.styles
    for col in range(len(_WIDTHS)):
        sheet.text(row, col, context.say(title) if col == 0 else "", styles.section())
    sheet.height(row, 1.2, size=12)
    for col, text in enumerate(HEADS[heads]):
        sheet.text(row + 1, col, context.say(text), styles.head())
    sheet.height(row + 1, 1.15)
    by_name = {context.say(status.text): status for status in Status} if heads == "statuses" else {}
    for offset, line in enumerate(lines, row + 2):
        lead = by_name.get(line[0])
        sheet.text(offset, 0, line[0], styles.status(lead) if lead else styles.text(bold=True))
        if line[2]:
            for col in (1, 2):
                sheet.text(offset, col, line[col], styles.text())
        else:
            sheet.merged_text(Span(offset, 1, offset, 2), line[1], styles.text())
        sheet.height(offset, max(1.15, _tallest(line)))
    return row + 2 + len(lines)


def _points(context: Context, line: Line) -> float:
    return max(1.15, _tallest(line)) * LINE_HEIGHT[context.lang] + 4


def _tallest(line: Line) -> int:
    widths = (_WIDTHS[0], _WIDTHS[1] if line[2] else _WIDTHS[1] + _WIDTHS[2], _WIDTHS[2])
    return max(n_lines(inert(text), width * 0.95) for text, width in zip(line, widths, strict=True))
