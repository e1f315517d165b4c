"""Results as rows of short texts: what the terminal table and the Markdown table both show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from ipstrong.diagnostics import Finding, Severity
from ipstrong.model.plan import Area, MeasureKind, Plan, Rounding, Target
from ipstrong.model.result import (
    GRADE_TEXTS,
    Figure,
    NotComputed,
    Pace,
    Reading,
    Reason,
    Result,
    Scorecard,
    Status,
    Summary,
)
from ipstrong.model.unit import Unit
from ipstrong.reports import labels
from ipstrong.reports.formatting import (
    decimals_of,
    exact_decimals,
    format_change,
    format_difference,
    format_goal,
    format_interval,
    format_number,
    format_pace,
    format_percent,
    format_period,
    format_reason,
    format_score,
    format_signed,
    format_unit,
    format_value,
    is_rank,
)
from ipstrong.reports.inert import inert
from ipstrong.texts import Lang, Text

NOTHING = "-"
"""Stands where no number was computed; the reason stands below or in the JSON."""


class Row(NamedTuple):
    """One result, ready to be laid out."""

    number: str
    name: str
    unit: str
    """Unit behind the name; empty for percents and ranks, which carry theirs with the number."""
    base: str
    latest: str
    period: str
    goal: str
    gap: str
    attainment: str
    fraction: Decimal | None
    """Attainment for a bar."""
    yoy: str
    needed: str
    projection: str
    pace: str
    pace_class: str
    status: Status
    disputed: bool
    word: str
    """Status with a placeholder for each mark: how wide its cell is."""
    details: tuple[str, ...]
    """Sentences that belong beneath the row: both numbers of a dispute, the interval of an uncertain verdict, a reason."""


class Footnote(NamedTuple):
    """An assumption or note, and the targets it belongs to."""

    numbers: tuple[int, ...]
    text: str


def base_unit(plan: Plan, target: Target) -> Unit | None:
    """Return the unit of a base value: for growth it is the indicator's, else the target's."""
    if target.measure is MeasureKind.AVERAGE_GROWTH and target.indicator is not None:
        return plan.indicator(target.indicator).unit
    return target.unit


def anchor_of(target: Target, value: Decimal, goal: Decimal | None) -> Decimal | None:
    """Return the line that a printed value must stay on its side of: the nearer bound of a range."""
    if goal is None or target.upper is None:
        return goal
    return target.upper if abs(value - target.upper) < abs(value - goal) else goal


def figure_text(target: Target, figure: Figure | NotComputed, goal: Decimal | None, lang: Lang, *, unit: bool) -> str:
    """Return the value that a verdict rests on, on its side of the target."""
    if isinstance(figure, NotComputed):
        return NOTHING
    anchor = anchor_of(target, figure.value, goal)
    return format_value(figure.value, target.unit, lang, anchor=anchor, with_unit=unit)


def make_row(scorecard: Scorecard, result: Result, lang: Lang) -> Row:
    """Return the texts of one result."""
    target = result.target
    has_name = target.unit is not None and not target.unit.is_percent and not is_rank(target.unit)
    pace = result.pace if isinstance(result.pace, Pace) else None
    return Row(
        number=str(target.number),
        name=inert(target.name.get(lang)),
        unit=inert(format_unit(target.unit, lang)) if has_name else "",
        base=_base_text(scorecard.plan, result, lang),
        latest=figure_text(target, result.latest, result.target_value, lang, unit=False),
        period=_period_text(result, lang),
        goal=format_goal(target, result.target_value, lang, with_unit=False) or NOTHING,
        gap=_gap_text(result, lang),
        attainment=_attainment_text(result),
        fraction=None if isinstance(result.attainment, NotComputed) or is_rank(target.unit) else result.attainment,
        yoy=_yoy_text(result, lang),
        needed=NOTHING if isinstance(result.needed_per_year, NotComputed) else format_signed(result.needed_per_year),
        projection=_projection_text(result, lang),
        pace=NOTHING if pace is None else format_pace(pace.ratio, scorecard.plan.pace),
        pace_class="" if pace is None else labels.PACE_STYLES[pace.grade],
        status=result.status,
        disputed=result.disputed,
        word=f"x {result.status.text.get(lang)}{'!' if result.disputed else ''}",
        details=tuple(_details(scorecard.plan, result, lang)),
    )


def _period_text(result: Result, lang: Lang) -> str:
    """Return the period of the latest value; a calendar year without its word, for the heading has it."""
    if isinstance(result.latest, NotComputed):
        return NOTHING
    period = result.latest.period
    return str(period.year) if period.is_year else format_period(period, lang)


def _base_text(plan: Plan, result: Result, lang: Lang) -> str:
    base = result.base
    if isinstance(base, NotComputed):
        return NOTHING
    return format_value(base.value, base_unit(plan, result.target), lang, with_unit=False)


def _gap_text(result: Result, lang: Lang) -> str:
    """Return the gap with the decimals that latest value and target show, so that the three agree."""
    if isinstance(result.gap, NotComputed):
        return NOTHING
    text = format_difference(result.gap, result.target.unit, lang, decimals=gap_decimals(result), with_unit=False)
    return text.replace("个百分点", "百分点") if lang == "zh" else text


def gap_decimals(result: Result) -> int | None:
    """Return the decimals that the printed latest value and target need."""
    if isinstance(result.latest, NotComputed) or result.target_value is None:
        return None
    shown = decimals_of(figure_text(result.target, result.latest, result.target_value, "en", unit=False))
    return None if shown is None else max(shown, exact_decimals(result.target_value))


def _attainment_text(result: Result) -> str:
    if isinstance(result.attainment, NotComputed) or is_rank(result.target.unit):
        return NOTHING
    return format_percent(result.attainment)


def _yoy_text(result: Result, lang: Lang) -> str:
    if isinstance(result.yoy, NotComputed):
        return NOTHING
    if result.yoy_in_points:
        return f"{format_signed(result.yoy)}{'百分点' if lang == 'zh' else ' pp'}"
    return format_change(result.yoy)


def _projection_text(result: Result, lang: Lang) -> str:
    if isinstance(result.projection, NotComputed):
        return NOTHING
    return format_value(result.projection, result.target.unit, lang, anchor=result.target_value, with_unit=False)


def _details(plan: Plan, result: Result, lang: Lang) -> Iterable[str]:
    if result.disputed:
        readings = SEMICOLON.get(lang).join(dispute_texts(result, lang))
        yield labels.DISPUTE.get(lang).format(readings=readings)
    if result.status is Status.UNCERTAIN and isinstance(result.latest, Figure):
        yield interval_text(result, result.latest, lang)
    if result.reason is not None and not _is_plain(plan, result):
        yield inert(format_reason(result.reason, lang))
    if (rounded := rounding_text(result, lang)) is not None:
        yield rounded


def _is_plain(plan: Plan, result: Result) -> bool:
    """Whether the reason says no more than status and name do: there is nothing for the target's own indicator."""
    reason, indicator = result.reason, result.target.indicator
    if reason is None or reason.reason is Reason.MANUAL:
        return True
    if reason.reason is not Reason.NO_DATA or indicator is None:
        return False
    names = (result.target.name.zh, *(each.name.zh for each in plan.indicators if each.id == indicator))
    return reason.what is None or any(name in reason.what.zh for name in names)


def dispute_texts(result: Result, lang: Lang) -> list[str]:
    """Return each reading that matters to the dispute, with its number and verdict: the deciding one first."""
    first, *others = result.readings
    known = [reading for reading in others if isinstance(reading.value, Figure)]
    differing = [reading for reading in known if (reading.met, reading.status) != (first.met, first.status)]
    return [reading_text(result.target, reading, lang) for reading in (first, *differing)]


def reading_text(target: Target, reading: Reading, lang: Lang) -> str:
    """Return one reading: its name, its number, and what it decides."""
    name = reading.convention.name if reading.convention else labels.OWN_READING
    value = figure_text(target, reading.value, reading.target_value, lang, unit=False)
    if reading.target_value != target.value:
        value = f"{value} ({format_goal(target, reading.target_value, lang, with_unit=False)})"
    verdict = reading.status.text.get(lang)
    return labels.READING.get(lang).format(name=inert(name.get(lang)), value=value, verdict=verdict)


def interval_text(result: Result, figure: Figure, lang: Lang) -> str:
    """Return the interval that printed precision allows, beside the target."""
    unit = result.target.unit
    anchor = anchor_of(result.target, figure.value, result.target_value)
    interval = format_interval(figure.low, figure.high, unit, lang, anchor)
    goal = "" if anchor is None else format_value(anchor, unit, lang, anchor=anchor)
    return labels.WITHIN.get(lang).format(interval=interval, goal=goal)


SEMICOLON = Text("\uff1b", "; ")
"""Between sentences of a line."""

ROUNDED_NOTE = Text(
    "按修约值比较（GB/T 8170-2008）：先修约到目标值的位数",
    "compared by rounded value (GB/T 8170-2008): rounded to the decimals of the target first",
)


def rounding_text(result: Result, lang: Lang) -> str | None:
    """Return a remark where the rounded value meets what the full value misses, or the other way round."""
    convention = result.readings[0].convention if result.readings else None
    rounding = (convention and convention.rounding) or result.target.rounding
    if rounding is Rounding.FULL or isinstance(result.gap, NotComputed) or result.met_now is None:
        return None
    return ROUNDED_NOTE.get(lang) if result.met_now != (result.gap >= 0) else None


def grouped_by_area(plan: Plan, results: Sequence[Result]) -> list[tuple[Area, list[Result]]]:
    """Return the results under the plan's areas, in the plan's order, areas without results left out."""
    groups = [(area, [result for result in results if result.target.area == area.id]) for area in plan.areas]
    return [(area, members) for area, members in groups if members]


def by_region(scorecard: Scorecard) -> list[tuple[Summary, list[Result]]]:
    """Return the results of each region with its summary, in the scorecard's order."""
    members: dict[str, list[Result]] = {summary.region: [] for summary in scorecard.summaries}
    for result in scorecard.results:
        members[result.region].append(result)
    return [(summary, members[summary.region]) for summary in scorecard.summaries]


def footnotes(results: Iterable[Result], lang: Lang) -> list[Footnote]:
    """Return assumptions and notes, each once, with the numbers of the targets that share it; those of one target in a line."""
    found: dict[str, list[int]] = {}
    for result in results:
        texts = [inert(note.get(lang)) for note in result.notes]
        if result.target.assumption is not None:
            texts.insert(0, labels.ASSUMED.get(lang).format(text=inert(result.target.assumption.get(lang))))
        for text in texts:
            numbers = found.setdefault(text, [])
            if result.target.number not in numbers:
                numbers.append(result.target.number)
    merged: dict[tuple[int, ...], list[str]] = {}
    for text, numbers in found.items():
        merged.setdefault(tuple(numbers), []).append(text)
    return [Footnote(numbers, SEMICOLON.get(lang).join(texts)) for numbers, texts in merged.items()]


def finding_counts(findings: Sequence[Finding], lang: Lang) -> list[str]:
    """Return how many findings there are of each severity, and where notes are read, which `check` counts only."""
    counts = {severity: sum(1 for found in findings if found.severity is severity) for severity in Severity}
    texts = [f"{severity.text.get(lang)} {count:,}" for severity, count in counts.items() if count]
    if counts[Severity.NOTE]:
        texts[-1] += labels.NOTES_SHOWN.get(lang)
    return texts


def count_texts(summary: Summary, lang: Lang) -> list[tuple[Status, str]]:
    """Return the statuses that occur, with their counts."""
    return [
        (status, f"{status.text.get(lang)} {summary.counts[status]}") for status in Status if summary.counts[status]
    ]


def score_text(summary: Summary, lang: Lang) -> str:
    """Return the weighted score with its grade, or why there is none."""
    if isinstance(summary.score, NotComputed):
        return labels.NO_SCORE.get(lang).format(reason=format_reason(summary.score, lang))
    grade = f" ({GRADE_TEXTS[summary.grade].get(lang)})" if summary.grade else ""
    return f"{format_score(summary.score)}{grade}"


def weight_text(summary: Summary, lang: Lang) -> str:
    """Return how much of the weight the score stands on, and what the score is not."""
    assessed, total = format_number(summary.weight_assessed), format_number(summary.weight_total)
    return labels.SCORE_NOTE.get(lang).format(assessed=assessed, total=total)
