"""The scorecard as pages for a terminal and for Markdown, and as records for CSV; the texts of one result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ipstrong.diagnostics import Finding, Severity
from ipstrong.model.period import year
from ipstrong.model.plan import MeasureKind, Plan, Rounding, Target
from ipstrong.model.result import (
    GRADE_TEXTS,
    Figure,
    NotComputed,
    Pace,
    PaceClass,
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
    times,
)
from ipstrong.reports.labels import location_of
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.table import (
    NOTHING,
    STATUS_MARKS,
    STATUS_STYLES,
    Block,
    Bullets,
    Cell,
    Column,
    Group,
    Heading,
    Marks,
    Number,
    Row,
    Span,
    Table,
    VerdictCell,
    line,
    named_columns,
    pairs,
    table,
    verdict_line,
)
from ipstrong.reports.writers.line_breaks import text_width
from ipstrong.texts import Lang, Text, same

MOST_SECTIONS = 5
"""Up to so many regions get a table each; more share one compact table."""
MOST_FILES = 3
"""So many data files are named."""
PACE_STYLES: dict[PaceClass, str] = {
    PaceClass.ON_TRACK: "green",
    PaceClass.SLOW: "yellow",
    PaceClass.INSUFFICIENT: "red",
    PaceClass.REVERSE: "bold red",
}
_DATA_USED = Text("数据", "Data")
_SUMMARY = Text("小结", "Summary")
_WEIGHTED = Text("加权得分", "Weighted score")
_REMARKS = Text("说明", "Notes")
_FINDINGS = Text("问题", "Findings")
_NOTES_SHOWN = Text("（提示见 ipstrong inspect）", " (ipstrong inspect shows the notes)")
_MORE_FILES = Text("等 {count} 个文件", "and others, {count} files in all")
_SCORE_NOTE = Text(
    "已评权重 {assessed}/{total}；得分只作小结，不代替各项状态",
    "weight assessed {assessed} of {total}; a summary, never instead of the statuses",
)
_NO_SCORE = Text("未计算：{reason}", "not computed: {reason}")
_REGION_LEGEND = Text(
    "{count}个地区；每格一个目标，按序号排列", "{count} regions; one mark a target, in order of number"
)
_N_DISPUTED = Text("{count}项有争议", "{count} disputed")
_READING = Text("按“{name}”为{value}，{verdict}", "{name}: {value}, {verdict}")
_DISPUTE = Text("有争议：{readings}", "disputed: {readings}")
_WITHIN = Text(
    "印刷精度允许真值在{interval}之间，目标值{goal}在其中",
    "printed precision allows {interval}, and {goal} lies within",
)
_ROUNDED = Text(
    "按修约值比较（GB/T 8170-2008）：先修约到目标值的位数",
    "compared by rounded value (GB/T 8170-2008): rounded to the decimals of the target first",
)
_SEMICOLON = Text("；", "; ")
"""Between sentences of a line."""


def _number(id_: str, title: Text, rank: int = 0, leaves: int = 0) -> Column:
    """Return a column of numbers; one that is optional leaves the names of the targets so many cells."""
    return Column(id_, title, is_number=True, is_rigid=True, most=16, rank=rank, leaves=leaves)


COLUMNS = (
    _number("number", labels.NUMBER),
    Column("name", labels.NAME),
    _number("base", Text("基期", "Base"), 4, 26),
    _number("latest", Text("最新值", "Latest")),
    Column("period", Text("时期", "Period"), rank=3, leaves=15, is_rigid=True, most=16),
    _number("yoy", Text("同比", "On year"), 5, 28),
    _number("goal", labels.GOAL),
    _number("gap", Text("缺口", "Gap"), 1, 12),
    Column("attainment", Text("完成率", "Attained"), rank=2, leaves=12, is_rigid=True, bars=((10, 28), (5, 14))),
    _number("pace", Text("进度比", "Pace"), 7, 28),
    _number("needed", Text("年均需增", "Needed/yr"), 8, 28),
    _number("projection", Text("到期预计", "Projected"), 6, 28),
    Column("status", labels.STATUS, is_rigid=True),
)
_MARKDOWN = ["number", "name", "base", "latest", "period", "goal", "gap", "attainment", "yoy", "projection", "status"]


# --- Pages ------------------------------------------------------------------------------------------------------------


def page(scorecard: Scorecard, options: ReportOptions) -> Iterator[Block]:
    """Yield the page for a terminal: one table a region, its columns chosen by the width there is."""
    lang = options.lang
    as_of = labels.AS_OF.format(date=scorecard.as_of).get(lang)
    name = scorecard.plan.name.get(lang)
    if text_width(f"{name}  {as_of}") <= options.width:
        yield line((name, "bold"), (f"  {as_of}", "dim"))
    else:
        yield from (line((name, "bold")), line((as_of, "dim")))
    groups = by_region(scorecard)
    if not scorecard.results:
        yield line(labels.NO_RESULTS.get(lang))
    elif len(groups) > MOST_SECTIONS:
        yield from _compact(groups, lang)
    else:
        yield from _sections(scorecard, groups, lang)
    yield line()
    paths = [file.path for file in scorecard.dataset.files] or [Text("无", "none").get(lang)]
    shown = paths[:MOST_FILES]
    if len(paths) > MOST_FILES:
        shown.append(_MORE_FILES.format(count=f"{len(paths):,}").get(lang))
    entries = [(labels.PLAN_USED.get(lang), scorecard.plan.path)]
    entries += [("" if position else _DATA_USED.get(lang), path) for position, path in enumerate(shown)]
    if counts := finding_counts(scorecard.findings, lang):
        entries.append((_FINDINGS.get(lang), "  ".join(counts)))
    yield pairs(entries, "dim")


def _sections(scorecard: Scorecard, groups: Sequence[tuple[Summary, list[Result]]], lang: Lang) -> Iterator[Block]:
    years = {result.target.base_year for result in scorecard.results if result.target.base_year}
    base_year = year(years.pop()) if len(years) == 1 else None
    latest = [result.latest for result in scorecard.results]
    has_years = all(figure.period.is_year for figure in latest if isinstance(figure, Figure))
    titles = {"base": Text(format_period(base_year, "zh"), format_period(base_year, "en"))} if base_year else {}
    titles |= {"period": Text("年份", "Year")} if has_years else {}
    columns = [replace(column, title=titles.get(column.id, column.title)) for column in COLUMNS]
    areas = [list(_areas(scorecard, results, columns, lang)) for _, results in groups]
    all_rows = [row for region_areas in areas for group in region_areas for row in group.rows]
    for (summary, results), region_areas in zip(groups, areas, strict=True):
        yield line()
        yield line((summary.region_name.get(lang), "bold underline"))
        yield Table(columns, region_areas, gap=1, siblings=all_rows)
        notes = footnotes(results, lang)
        if notes:
            yield line((_REMARKS.get(lang), "bold"))
            numbers = Column("numbers", same(""), is_number=True, is_rigid=True, most=12)
            rows = [Row(note) for note in notes]
            yield Table([numbers, Column("note", same(""))], [Group("", rows)], has_head=False, gap=1)
        yield _summary(summary, lang)


def _areas(scorecard: Scorecard, results: Sequence[Result], columns: Sequence[Column], lang: Lang) -> Iterator[Group]:
    """Yield the results under the areas of the plan, in the plan's order, areas without results left out."""
    for area in scorecard.plan.areas:
        rows = []
        for result in results:
            if result.target.area == area.id:
                cells = result_cells(scorecard, result, lang)
                details = details_of(scorecard.plan, result, lang)
                style = "yellow" if result.disputed else "dim"
                rows.append(Row([cells[column.id] for column in columns], details, style))
        if rows:
            yield Group(area.name.get(lang), rows)


def _summary(summary: Summary, lang: Lang) -> Table:
    spans: list[Span] = []
    for status in Status:
        if summary.counts[status]:
            text = f"{STATUS_MARKS[status]} {status.text.get(lang)} {summary.counts[status]}"
            spans.append((f"{'  ' if spans else ''}{text}", STATUS_STYLES[status].replace("bold ", "")))
    if summary.n_disputed:
        spans.append((f"  ({_N_DISPUTED.format(count=summary.n_disputed).get(lang)})", "yellow"))
    score = line((score_text(summary, lang), "bold"), (f"  {weight_text(summary, lang)}", "dim"))
    return pairs([(_SUMMARY.get(lang), line(*spans)), (_WEIGHTED.get(lang), score)], "bold")


def _compact(groups: Sequence[tuple[Summary, list[Result]]], lang: Lang) -> Iterator[Block]:
    """Yield one table for many regions: a mark a target."""
    yield line()
    yield line((_REGION_LEGEND.format(count=f"{len(groups):,}").get(lang), "dim"))
    legend: list[tuple[str, str]] = []
    for status in Status:
        if any(summary.counts[status] for summary, _ in groups):
            legend += [("  ", "")] if legend else []
            legend += verdict_line(VerdictCell(status), lang).spans
    yield line(*legend)
    columns = (
        Column("region", Text("地区", "Region")),
        Column("verdicts", Text("各项结论", "Verdicts")),
        Column("n_met", Text("达标数", "Met"), is_number=True, is_rigid=True),
        Column("score", Text("得分", "Score"), is_number=True, is_rigid=True),
    )
    rows = [
        (
            summary.region_name.get(lang),
            Marks(tuple(result.status for result in sorted(results, key=lambda each: each.target.number))),
            f"{summary.counts[Status.MET]}/{sum(summary.counts.values())}",
            score_text(summary, lang),
        )
        for summary, results in groups
    ]
    yield table(columns, rows, gap=1)


def markdown(scorecard: Scorecard, options: ReportOptions) -> Iterator[Block]:
    """Yield the page for Markdown: a summary and a table an area for each region, notes below."""
    lang = options.lang
    known = {column.id: column for column in COLUMNS}
    columns = [replace(known[id_], is_number=id_ not in {"name", "period", "status"}) for id_ in _MARKDOWN]
    yield Heading(scorecard.plan.name.get(lang))
    yield line(labels.AS_OF.format(date=scorecard.as_of).get(lang))
    if not scorecard.results:
        yield line(labels.NO_RESULTS.get(lang))
    for summary, results in by_region(scorecard):
        yield Heading(summary.region_name.get(lang), 2)
        counts = [f"{status.text.get(lang)} {n}" for status in Status if (n := summary.counts[status])]
        if summary.n_disputed:
            counts.append(_N_DISPUTED.format(count=summary.n_disputed).get(lang))
        score = f" {score_text(summary, lang)} {weight_text(summary, lang)}"
        counted = line((_SUMMARY.get(lang), "bold"), f" {Text('，', ', ').get(lang).join(counts)}")
        yield Bullets([counted, line((_WEIGHTED.get(lang), "bold"), score)])
        for group in _areas(scorecard, results, columns, lang):
            yield Heading(group.title, 3)
            yield Table(columns, [group])
            details = [line(f"{row.cells[0]}: {detail}") for row in group.rows for detail in row.details]
            if details:
                yield Bullets(details)
        if notes := footnotes(results, lang):
            yield line((_REMARKS.get(lang), "bold"))
            yield Bullets([line(f"{numbers}: {text}") for numbers, text in notes])
    sources = [line(f"{labels.PLAN_USED.get(lang)}: {scorecard.plan.path}")]
    sources += [
        line(f"{_DATA_USED.get(lang)}: {file.path} (SHA-256 {file.sha256[:12]})") for file in scorecard.dataset.files
    ]
    if counts := finding_counts(scorecard.findings, lang):
        sources.append(line(f"{_FINDINGS.get(lang)}: {', '.join(counts)}"))
    yield Bullets(sources)


# --- One result -------------------------------------------------------------------------------------------------------


def result_cells(scorecard: Scorecard, result: Result, lang: Lang) -> dict[str, Cell]:
    """Return what people read of one result, by the ids of `COLUMNS`."""
    target, plan = result.target, scorecard.plan
    unit = target.unit
    has_unit = unit is not None and not unit.is_percent and not is_rank(unit)
    name = target.name.get(lang)
    style = STATUS_STYLES[result.status]
    latest = result.latest
    cells: dict[str, Cell] = dict.fromkeys(column.id for column in COLUMNS)
    cells["number"] = target.number
    cells["name"] = line(name, (f" ({format_unit(unit, lang)})", "dim")) if has_unit else name
    cells["goal"] = format_goal(target, result.target_value, lang, with_unit=False) or None
    cells["status"] = VerdictCell(result.status, result.disputed)
    if isinstance(result.base, Figure):
        text = format_value(result.base.value, base_unit(plan, target), lang, with_unit=False)
        cells["base"] = Number(result.base.value, text)
    if isinstance(latest, Figure):
        cells["latest"] = Number(latest.value, figure_text(target, latest, result.target_value, lang))
        # A calendar year without its word, for the heading has it.
        cells["period"] = str(latest.period.year) if latest.period.is_year else format_period(latest.period, lang)
    if isinstance(result.gap, Decimal):
        text = format_difference(result.gap, unit, lang, decimals=gap_decimals(result), with_unit=False)
        cells["gap"] = Number(result.gap, text.replace("个百分点", "百分点"), style)
    if isinstance(result.attainment, Decimal) and not is_rank(unit):
        cells["attainment"] = Number(result.attainment, format_percent(result.attainment), style, result.attainment)
    if isinstance(result.yoy, Decimal):
        points = Text("百分点", " pp").get(lang)
        text = f"{format_signed(result.yoy)}{points}" if result.yoy_in_points else format_change(result.yoy)
        cells["yoy"] = Number(result.yoy, text)
    if isinstance(result.needed_per_year, Decimal):
        cells["needed"] = Number(result.needed_per_year, format_signed(result.needed_per_year))
    if isinstance(result.projection, Decimal):
        text = format_value(result.projection, unit, lang, anchor=result.target_value, with_unit=False)
        cells["projection"] = Number(result.projection, text)
    if isinstance(result.pace, Pace):
        ratio, grade = result.pace
        cells["pace"] = Number(ratio, format_pace(ratio, plan.pace), PACE_STYLES[grade])
    return cells


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


def figure_text(target: Target, figure: Figure | NotComputed, goal: Decimal | None, lang: Lang) -> str:
    """Return the value that a verdict rests on, without its unit, on its side of the target."""
    if isinstance(figure, NotComputed):
        return NOTHING
    anchor = anchor_of(target, figure.value, goal)
    return format_value(figure.value, target.unit, lang, anchor=anchor, with_unit=False)


def gap_decimals(result: Result) -> int | None:
    """Return the decimals that the printed latest value and target need, so that the gap agrees with both."""
    if isinstance(result.latest, NotComputed) or result.target_value is None:
        return None
    shown = decimals_of(figure_text(result.target, result.latest, result.target_value, "en"))
    return None if shown is None else max(shown, exact_decimals(result.target_value))


def details_of(plan: Plan, result: Result, lang: Lang) -> list[str]:
    """Return the sentences below a result: both numbers of a dispute, the interval of an uncertain verdict, a reason."""
    details = []
    if result.disputed:
        readings = _SEMICOLON.get(lang).join(dispute_texts(result, lang))
        details.append(_DISPUTE.format(readings=readings).get(lang))
    if result.status is Status.UNCERTAIN and isinstance(result.latest, Figure):
        unit = result.target.unit
        anchor = anchor_of(result.target, result.latest.value, result.target_value)
        interval = format_interval(result.latest.low, result.latest.high, unit, lang, anchor)
        goal = "" if anchor is None else format_value(anchor, unit, lang, anchor=anchor)
        details.append(_WITHIN.format(interval=interval, goal=goal).get(lang))
    if result.reason is not None and not _is_obvious(plan, result, result.reason):
        details.append(format_reason(result.reason, lang))
    if (rounded := rounding_text(result, lang)) is not None:
        details.append(rounded)
    return details


def _is_obvious(plan: Plan, result: Result, reason: NotComputed) -> bool:
    """Whether the reason says no more than status and name do: there is nothing for the target's own indicator."""
    indicator = result.target.indicator
    if reason.reason is Reason.MANUAL:
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
    return [_reading_text(result.target, reading, lang) for reading in (first, *differing)]


def _reading_text(target: Target, reading: Reading, lang: Lang) -> str:
    """Return one reading: its name, its number, and what it decides."""
    name = reading.convention.name if reading.convention else Text("本目标", "as the target says")
    value = figure_text(target, reading.value, reading.target_value, lang)
    if reading.target_value != target.value:
        value = f"{value} ({format_goal(target, reading.target_value, lang, with_unit=False)})"
    return _READING.format(name=name, value=value, verdict=reading.status.text).get(lang)


def rounding_text(result: Result, lang: Lang) -> str | None:
    """Return a remark where the rounded value meets what the full value misses, or the other way round."""
    convention = result.readings[0].convention if result.readings else None
    rounding = (convention and convention.rounding) or result.target.rounding
    if rounding is Rounding.FULL or isinstance(result.gap, NotComputed) or result.met_now is None:
        return None
    return _ROUNDED.get(lang) if result.met_now != (result.gap >= 0) else None


# --- A region and the run ---------------------------------------------------------------------------------------------


def footnotes(results: Iterable[Result], lang: Lang) -> list[tuple[str, str]]:
    """Return assumptions and notes once each, after the numbers of the targets that share it; those of one target in a line."""
    found: dict[str, list[int]] = {}
    for result in results:
        texts = [note.get(lang) for note in result.notes]
        if result.target.assumption is not None:
            texts.insert(0, labels.ASSUMED.format(text=result.target.assumption).get(lang))
        for text in texts:
            numbers = found.setdefault(text, [])
            if result.target.number not in numbers:
                numbers.append(result.target.number)
    merged: dict[tuple[int, ...], list[str]] = {}
    for text, numbers in found.items():
        merged.setdefault(tuple(numbers), []).append(text)
    return [(", ".join(map(str, numbers)), _SEMICOLON.get(lang).join(texts)) for numbers, texts in merged.items()]


def by_region(scorecard: Scorecard) -> list[tuple[Summary, list[Result]]]:
    """Return the results of each region with its summary, in the scorecard's order."""
    members: dict[str, list[Result]] = {summary.region: [] for summary in scorecard.summaries}
    for result in scorecard.results:
        members[result.region].append(result)
    return [(summary, members[summary.region]) for summary in scorecard.summaries]


def finding_counts(findings: Sequence[Finding], lang: Lang) -> list[str]:
    """Return how many findings there are of each severity, and where to read notes, which `check` only counts."""
    counts = {severity: sum(1 for found in findings if found.severity is severity) for severity in Severity}
    texts = [f"{severity.text.get(lang)} {count:,}" for severity, count in counts.items() if count]
    if counts[Severity.NOTE]:
        texts[-1] += _NOTES_SHOWN.get(lang)
    return texts


def score_text(summary: Summary, lang: Lang) -> str:
    """Return the weighted score with its grade, or why there is none."""
    if isinstance(summary.score, NotComputed):
        return _NO_SCORE.format(reason=format_reason(summary.score, lang)).get(lang)
    grade = f" ({GRADE_TEXTS[summary.grade].get(lang)})" if summary.grade else ""
    return f"{format_score(summary.score)}{grade}"


def weight_text(summary: Summary, lang: Lang) -> str:
    """Return how much of the weight the score rests on, and what the score is not."""
    assessed, total = format_number(summary.weight_assessed), format_number(summary.weight_total)
    return _SCORE_NOTE.format(assessed=assessed, total=total).get(lang)


# --- Records ----------------------------------------------------------------------------------------------------------

RECORD_COLUMNS = named_columns(
    "target number area name_zh name_en region region_zh region_en status disputed reason measure comparator base_year "
    "deadline unit target_value target_upper base latest_period latest latest_low latest_high gap attainment_pct "
    "progress_pct expected pace growth_pace needed_per_year projection growth_projection eta yoy yoy_unit sources"
)
"""Columns in order. `yoy` is in percent, or in percentage points where `yoy_unit` says `pp`; `sources` are the places of
the latest value's inputs and of the base, joined by blanks."""


def records(scorecard: Scorecard, _options: ReportOptions) -> Table:
    """Return one row a result with unrounded numbers."""
    return table(RECORD_COLUMNS, [_record(result) for result in scorecard.results])


def _record(result: Result) -> tuple[Cell, ...]:
    target, latest, base, yoy = result.target, result.latest, result.base, result.yoy
    known = latest if isinstance(latest, Figure) else None
    figures = [figure for figure in (latest, base) if isinstance(figure, Figure)]
    places = [str(location_of(observation)) for figure in figures for observation in figure.observations]
    return (
        *(target.id, target.number, target.area, *target.name),
        *(result.region, *result.region_name, result.status, result.disputed),
        result.reason.reason if result.reason else None,
        *(target.measure, target.comparator, target.base_year or None, target.deadline or None),
        target.unit.text if target.unit else None,
        *(result.target_value, target.upper),
        base.value if isinstance(base, Figure) else None,
        *((known.period, known.value, known.low, known.high) if known else (None,) * 4),
        result.gap,
        percent(result.attainment),
        percent(result.progress),
        result.expected,
        result.pace.ratio if isinstance(result.pace, Pace) else None,
        result.growth_pace.ratio if isinstance(result.growth_pace, Pace) else None,
        result.needed_per_year,
        result.projection,
        result.growth_projection,
        result.eta,
        yoy if result.yoy_in_points else percent(yoy),
        None if isinstance(yoy, NotComputed) else "pp" if result.yoy_in_points else "%",
        " ".join(dict.fromkeys(places)),
    )


def percent(ratio: Decimal | NotComputed) -> Decimal | None:
    """Return a fraction in percent, unrounded."""
    return times(ratio, 100) if isinstance(ratio, Decimal) else None
