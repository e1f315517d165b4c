"""A validation: findings by file, cross-checks, waivers and counts, as pages, records and a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ipstrong import __version__
from ipstrong.diagnostics import Finding, Location, Severity
from ipstrong.diagnostics.codes.series import CROSS_FAILS, CROSS_NOT_ASSESSABLE, CROSS_UNCERTAIN
from ipstrong.model.validation import CrossCheck, Outcome, Validation, Waiver
from ipstrong.reports.formatting import format_number, format_signed
from ipstrong.reports.labels import location_of, position_of, prefix
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.subjects.findings import (
    SEE_ALSO,
    SEPARATOR,
    STYLES,
    Entry,
    by_severity,
    make_entries,
    pointed_row,
)
from ipstrong.reports.table import Block, Cell, Column, Heading, Line, Table, line, named_columns, table
from ipstrong.reports.writers.json import fields
from ipstrong.texts import Lang, Text

TITLE = Text("数据校验报告", "Validation report")
WHOLE_RUN = Text("整次校验", "the run as a whole")
PLAN = Text("方案", "plan")
FIX = Text("改法", "fix")
FINDINGS = Text("问题", "Findings")
CROSS_CHECKS = Text("勾稽关系", "Cross-checks")
WAIVED = Text("已豁免", "Waived")
NO_FINDINGS = Text("未发现问题", "no findings")
NOTHING_ASSESSED = Text("没有可校验的数值：这不等于通过", "there was no figure to assess: this is not a pass")
MORE = Text("另有 {n} 个问题未列出，见完整报告", "{n} more findings are left out here; see the full report")
PLACE = Text("位置", "place")
CODE = Text("编号", "code")
MESSAGE = Text("问题", "problem")
LEFT = Text("左边", "left")
RIGHT = Text("右边", "right")
DIFFERENCE = Text("差额", "difference")
TOLERANCE = Text("容差", "tolerance")
MISSING = Text("缺少", "missing")
EXPRESSION = Text("关系式", "relation")
EVIDENCE = Text("依据", "evidence")
REASON = Text("理由", "reason")
WHO = Text("批准人", "who")
EXPIRES = Text("有效期至", "expires")
OUTCOMES: dict[Outcome, Text] = {
    Outcome.PASS: Text("相符", "pass"),
    Outcome.FAIL: Text("不符", "fail"),
    Outcome.UNCERTAIN: Text("精度不足，不能确定", "uncertain"),
    Outcome.NOT_ASSESSABLE: Text("缺数，无法核对", "not assessable"),
}
_OUTCOME_STYLES = {
    Outcome.PASS: "green",
    Outcome.FAIL: "bold red",
    Outcome.UNCERTAIN: "yellow",
    Outcome.NOT_ASSESSABLE: "dim",
}
_COUNTS: Mapping[object, tuple[Text, str]] = {
    # with the English singular
    "values": (Text("{n} 个数值", "{n} values"), "{n} value"),
    "files": (Text("{n} 个文件", "{n} files"), "{n} file"),
    "rules": (Text("{n} 条规则", "{n} rules"), "{n} rule"),
    "waived": (Text("豁免 {n} 个", "{n} waived"), "{n} waived"),
    Severity.ERROR: (Text("错误 {n} 个", "{n} errors"), "{n} error"),
    Severity.WARNING: (Text("警告 {n} 个", "{n} warnings"), "{n} warning"),
    Severity.NOTE: (Text("提示 {n} 个", "{n} notes"), "{n} note"),
    Outcome.PASS: (Text("相符 {n} 项", "{n} passed"), "{n} passed"),
    Outcome.FAIL: (Text("不符 {n} 项", "{n} failed"), "{n} failed"),
    Outcome.UNCERTAIN: (Text("不能确定 {n} 项", "{n} uncertain"), "{n} uncertain"),
    Outcome.NOT_ASSESSABLE: (Text("无法核对 {n} 项", "{n} not assessable"), "{n} not assessable"),
}
_NOTHING = "—"
_MOST_ROWS = 500
"""Findings in a step summary, which must stay below one megabyte."""


# --- The findings of each file ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FileEntries:
    """The findings of one file: those that no waiver covers, and those that one does; no path for those of no file."""

    path: str
    n_values: int
    entries: Sequence[Entry]
    waived: Sequence[Entry]

    def count(self, severity: Severity) -> int:
        """Return how many entries that are not waived have this severity."""
        return sum(entry.severity is severity for entry in self.entries)


def all_entries(validation: Validation, lang: Lang) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return the findings that no waiver covers, and those that one does, each by place, with their fingerprints."""
    marked: list[tuple[Finding, Waiver | None]] = [(finding, None) for finding in validation.findings]
    if validation.waived:  # else they are sorted already
        marked += [(waived.finding, waived.waiver) for waived in validation.waived]
        marked.sort(key=lambda pair: pair[0].sort_key())
    entries = make_entries(marked, validation.dataset.frame, lang)
    return tuple(each for each in entries if not each.waiver), tuple(each for each in entries if each.waiver)


def by_file(validation: Validation, lang: Lang) -> tuple[FileEntries, ...]:
    """Return the findings of each file: those that belong to none first, then the files by name, clean ones too."""
    return _grouped_by_file(validation, *all_entries(validation, lang))


def _grouped_by_file(
    validation: Validation, standing: Sequence[Entry], waived: Sequence[Entry]
) -> tuple[FileEntries, ...]:
    frame = validation.dataset.frame
    values: dict[str, int] = {}
    if not frame.is_empty():
        import polars as pl

        values = dict(frame.group_by("file").agg(pl.col("value").count()).iter_rows())
    paths = {entry.path for entry in (*standing, *waived)} | {file.path for file in validation.dataset.files}
    grouped: dict[str, tuple[list[Entry], list[Entry]]] = {path: ([], []) for path in sorted(paths)}
    for side, entries in enumerate((standing, waived)):
        for entry in entries:
            grouped[entry.path][side].append(entry)
    return tuple(FileEntries(path, values.get(path, 0), *sides) for path, sides in grouped.items())


# --- Counts -----------------------------------------------------------------------------------------------------------


def _counted(what: object, n: int, lang: Lang) -> str:
    """Return a counted noun, in the singular where the language has one; thousands are set off by commas."""
    many, one = _COUNTS[what]
    return (one if n == 1 and lang == "en" else many.get(lang)).format(n=f"{n:,}")


def count_outcomes(checks: Iterable[CrossCheck]) -> dict[Outcome, int]:
    """Return how many cross-checks came out each way, zeros included."""
    counts = Counter(check.outcome for check in checks)
    return {outcome: counts[outcome] for outcome in Outcome}


def summary_line(validation: Validation, lang: Lang) -> str:
    """Return one line: counts of findings, of cross-checks, and what was looked at."""
    comma = SEPARATOR.get(lang)
    counts = [_counted(severity, validation.count(severity), lang) for severity in Severity]
    if validation.waived:
        counts.append(_counted("waived", len(validation.waived), lang))
    parts = [comma.join(counts)]
    outcomes = [_counted(outcome, n, lang) for outcome, n in count_outcomes(validation.cross_checks).items() if n]
    if outcomes:
        parts.append(Text("勾稽：", "cross-checks: ").get(lang) + comma.join(outcomes))
    files = _counted("files", len(validation.dataset.files), lang)
    values = _counted("values", validation.n_values, lang)
    looked_at = f"{files} {values}" if lang == "zh" else f"{values} in {files}"
    if validation.rules_run:
        looked_at += comma + _counted("rules", len(validation.rules_run), lang)
    return Text("；", "; ").get(lang).join([*parts, looked_at])


def figure_text(value: Decimal | None) -> str:
    """Return a number of a cross-check as people read it; a dash for none."""
    return _NOTHING if value is None else format_number(value)


def region_name(validation: Validation, region: str, lang: Lang) -> str:
    """Return the name of a region as the plan gives it, else as written in the data."""
    known = validation.plan.region(region) if validation.plan else None
    return known.name.get(lang) if known else region


# --- Terminal ---------------------------------------------------------------------------------------------------------

_HEADING = "bold underline"
_INDENT = 2
_CROSS_CODES = {code.id for code in (CROSS_FAILS, CROSS_UNCERTAIN, CROSS_NOT_ASSESSABLE)}
"""Findings that describe a cross-check completely."""


def page(validation: Validation, options: ReportOptions) -> Iterator[Line]:
    """Yield the page for a terminal: findings by file, each with its row, a caret under the cell, and the fix."""
    lang = options.lang
    groups = by_file(validation, lang)
    for group in groups:
        if group.path or group.entries:
            yield _file_heading(group, lang)
            for entry in group.entries:
                yield from _finding_lines(entry, options)
            yield line()
    is_described = any(finding.code.id in _CROSS_CODES for finding in validation.findings)
    # What could not be assessed is a finding of its own, or is obvious where nothing belongs to the plan.
    open_checks = [check for check in validation.cross_checks if check.outcome in (Outcome.FAIL, Outcome.UNCERTAIN)]
    if open_checks:
        yield line((CROSS_CHECKS.get(lang), _HEADING))
        for check in open_checks:
            yield from _cross_check_lines(check, validation, lang, with_cells=not is_described)
        yield line()
    waived = [entry for group in groups for entry in group.waived]
    if waived:
        yield line((WAIVED.get(lang), _HEADING))
        for entry in waived:
            yield from _waived_lines(entry, lang)
        yield line()
    if not validation.is_assessed:
        yield line((NOTHING_ASSESSED.get(lang), "bold red"))
    yield line((summary_line(validation, lang), "bold"))


def _file_heading(group: FileEntries, lang: Lang) -> Line:
    counts = [_counted("values", group.n_values, lang)] if group.path else []
    counts += [_counted(severity, n, lang) for severity in Severity if (n := group.count(severity))]
    if not group.entries:
        counts.append(NO_FINDINGS.get(lang))
    return line(
        (group.path or WHOLE_RUN.get(lang), _HEADING),
        (f"  {SEPARATOR.get(lang).join(counts)}", "dim"),
    )


def _finding_lines(entry: Entry, options: ReportOptions) -> Iterator[Line]:
    lang, style = options.lang, STYLES[entry.severity]
    place = entry.inside or entry.location.key or ""
    yield line(
        (f"{place} " if place else "", "bold"),
        (entry.severity.text.get(lang), style),
        f" {entry.code} {entry.message}",
        indent=_INDENT,
    )
    if entry.finding.excerpt:
        row, caret = pointed_row(entry.finding, options.width - 2 * _INDENT) or ("", "")
        yield line((row, "dim"), indent=2 * _INDENT, is_cut=True)
        if caret:
            yield line((caret, style), indent=2 * _INDENT, is_cut=True)
    if entry.finding.related:
        yield line((f"{SEE_ALSO.get(lang)} {entry.related_text(lang)}", "dim"), indent=2 * _INDENT)
    if entry.hint:
        yield line(("→ ", "green"), entry.hint, indent=2 * _INDENT)


def _cross_check_lines(check: CrossCheck, validation: Validation, lang: Lang, *, with_cells: bool) -> Iterator[Line]:
    """Yield a cross-check; its formula and cells only where no finding above has them."""
    where = " ".join(part for part in (region_name(validation, check.region, lang), check.period) if part)
    outcome = (OUTCOMES[check.outcome].get(lang), _OUTCOME_STYLES[check.outcome])
    yield line(outcome, f" {check.name.get(lang)} ", (f"({where})", "dim"), indent=_INDENT)
    if with_cells:
        yield line((check.expression, "dim"), indent=2 * _INDENT)
    if check.missing is not None:
        yield line(f"{MISSING.get(lang)} {check.missing.get(lang)}", indent=2 * _INDENT)
    if check.left is not None and check.right is not None:
        gap = _NOTHING if check.difference is None else format_signed(check.difference)
        figures = (figure_text(check.left), figure_text(check.right), gap, figure_text(check.tolerance))
        named = zip((LEFT, RIGHT, DIFFERENCE, TOLERANCE), figures, strict=True)
        yield line(SEPARATOR.get(lang).join(f"{name.get(lang)} {text}" for name, text in named), indent=2 * _INDENT)
    if check.evidence and with_cells:
        cells = dict.fromkeys(f"{location_of(found)}={found.raw}" for found in check.evidence)
        yield line((f"{EVIDENCE.get(lang)} {SEPARATOR.get(lang).join(cells)}", "dim"), indent=2 * _INDENT)


def _waived_lines(entry: Entry, lang: Lang) -> Iterator[Line]:
    waiver = entry.waiver
    assert waiver is not None
    yield line((f"{entry.location} {entry.code} {entry.message}", "dim"), indent=_INDENT)
    who = f"{waiver.who}{SEPARATOR.get(lang)}{EXPIRES.get(lang)} {waiver.expires}"
    yield line((f"{waiver.reason} ({who})", "dim"), indent=2 * _INDENT)


# --- Markdown ---------------------------------------------------------------------------------------------------------


def markdown(validation: Validation, options: ReportOptions) -> Iterator[Block]:
    """Yield the page for Markdown: a summary, a table a file, the cross-checks, what is waived."""
    lang = options.lang
    groups = by_file(validation, lang)
    yield Heading(TITLE.get(lang))
    yield line((summary_line(validation, lang), "bold"))
    if validation.plan:
        yield line(f"{prefix(PLAN, lang)}{validation.plan.name.get(lang)} ({validation.plan.path})")
    if not validation.is_assessed:
        yield line(f"⚠ {NOTHING_ASSESSED.get(lang)}")
    for group in groups:
        if group.path or group.entries:
            yield Heading(group.path or WHOLE_RUN.get(lang), 2)
            yield _finding_table(group.entries, lang) if group.entries else line(f"✓ {NO_FINDINGS.get(lang)}")
    if validation.cross_checks:
        yield Heading(CROSS_CHECKS.get(lang), 2)
        yield _cross_check_table(validation, validation.cross_checks, lang)
    waived = [entry for group in groups for entry in group.waived]
    if waived:
        yield Heading(WAIVED.get(lang), 2)
        rows = [
            (each.location, each.code, each.message, *fields(each.waiver, "reason who expires").values())
            for each in waived
        ]
        yield table(_columns(PLACE, CODE, MESSAGE, REASON, WHO, EXPIRES), rows)


def step_summary(validation: Validation, options: ReportOptions) -> Iterator[Block]:
    """Yield Markdown for `$GITHUB_STEP_SUMMARY`: the counts, the findings worst first, failed cross-checks."""
    lang = options.lang
    standing, waived = all_entries(validation, lang)
    shown = by_severity(standing)[:_MOST_ROWS]
    yield Heading(TITLE.get(lang), 2)
    yield line((summary_line(validation, lang), "bold"))
    if not validation.is_assessed:
        yield line(f"⚠ {NOTHING_ASSESSED.get(lang)}")
    if shown:
        yield Heading(FINDINGS.get(lang), 3)
        yield _finding_table(shown, lang, with_file=True)
    elif validation.is_assessed:
        yield line(f"✓ {NO_FINDINGS.get(lang)}")
    if len(standing) > len(shown):
        yield line(MORE.format(n=f"{len(standing) - len(shown):,}").get(lang))
    open_checks = [check for check in validation.cross_checks if check.outcome is not Outcome.PASS][:_MOST_ROWS]
    if open_checks:
        yield Heading(CROSS_CHECKS.get(lang), 3)
        yield _cross_check_table(validation, open_checks, lang)
    if waived:
        yield Heading(WAIVED.get(lang), 3)
        yield _finding_table(waived[:_MOST_ROWS], lang, with_file=True)


def _columns(*titles: Text, numbers: Iterable[Text] = ()) -> list[Column]:
    return [Column(title.en, title, is_number=title in tuple(numbers)) for title in titles]


def _finding_table(entries: Iterable[Entry], lang: Lang, *, with_file: bool = False) -> Table:
    """Return a table of findings with their fixes."""
    rows = []
    for entry in entries:
        place = str(entry.location) if with_file else entry.inside
        related = f" ({SEE_ALSO.get(lang)} {entry.related_text(lang)})" if entry.finding.related else ""
        severity = entry.severity.text.get(lang)
        rows.append((place or _NOTHING, severity, entry.code, entry.message + related, entry.hint))
    return table(_columns(PLACE, Text("级别", "severity"), CODE, MESSAGE, FIX), rows)


def _cross_check_table(validation: Validation, checks: Iterable[CrossCheck], lang: Lang) -> Table:
    """Return the cross-checks with both sides, the difference and the cells they rest on."""
    numbers = (LEFT, RIGHT, DIFFERENCE, TOLERANCE)
    names = Text("名称", "name"), Text("地区", "region"), Text("时期", "period")
    columns = _columns(*names, *numbers, Text("结果", "outcome"), EVIDENCE, numbers=numbers)
    rows = []
    for check in checks:
        outcome = OUTCOMES[check.outcome].get(lang)
        if check.missing:
            outcome = f"{outcome} ({check.missing.get(lang)})"
        figures = (check.left, check.right, check.difference, check.tolerance)
        rows.append(
            (
                f"{check.name.get(lang)} ({check.expression})",
                region_name(validation, check.region, lang),
                check.period,
                *(figure_text(figure) for figure in figures),
                outcome,
                ", ".join(dict.fromkeys(str(location_of(observation)) for observation in check.evidence)),
            )
        )
    return table(columns, rows)


# --- Records ----------------------------------------------------------------------------------------------------------

RECORD_COLUMNS = named_columns(
    "file sheet cell row column key severity code title message hint related waived reason who expires fingerprint"
)


def records(validation: Validation, options: ReportOptions) -> Table:
    """Return one row a finding, those that a waiver covers last."""
    standing, waived = all_entries(validation, options.lang)
    return table(RECORD_COLUMNS, [_record(entry) for entry in (*standing, *waived)])


def _record(entry: Entry) -> tuple[Cell, ...]:
    place, waiver = entry.location, entry.waiver
    row, column = entry.position
    return (
        place.path,
        place.sheet,
        place.cell,
        row or None,
        column or None,
        place.key,
        entry.severity,
        entry.code,
        entry.title,
        entry.message,
        entry.hint,
        "; ".join(str(related) for related in entry.finding.related),
        *(("yes", waiver.reason, waiver.who, waiver.expires) if waiver else ("no", None, None, None)),
        entry.fingerprint,
    )


# --- JSON -------------------------------------------------------------------------------------------------------------

FORMAT_VERSION = 1
# 1: the first format.


def document(validation: Validation, options: ReportOptions) -> dict[str, Any]:
    """Return the validation in the shape of `docs/validation.schema.json`."""
    lang = options.lang
    standing, waived = all_entries(validation, lang)
    by_path = {group.path: group for group in _grouped_by_file(validation, standing, waived)}
    plan = validation.plan
    return {
        "format_version": FORMAT_VERSION,
        "generator": {"name": "ipstrong", "version": __version__},
        "language": lang,
        "plan": plan and {"id": plan.id, "name": plan.name.get(lang), "path": plan.path},
        "summary": {
            "assessed": validation.is_assessed,
            "files": len(validation.dataset.files),
            "values": validation.n_values,
            **{f"{each.value}s": validation.count(each) for each in Severity},
            "waived": len(validation.waived),
            "cross_checks": {outcome.value: n for outcome, n in count_outcomes(validation.cross_checks).items()},
        },
        "files": [
            {
                **fields(file, "path sha256 kind sheets"),
                "values": by_path[file.path].n_values,
                **{f"{each.value}s": by_path[file.path].count(each) for each in Severity},
                "waived": len(by_path[file.path].waived),
            }
            for file in validation.dataset.files
        ],
        "findings": [_entry(entry) for entry in standing],
        "waived": [
            {**_entry(entry), "waiver": fields(entry.waiver, "code place series reason who expires line")}
            for entry in waived
        ],
        "cross_checks": [_cross_check(check, validation, lang) for check in validation.cross_checks],
        "rules_run": validation.rules_run,
    }


def _location(place: Location) -> dict[str, Any]:
    """Return a place: rows and columns count from 1 as in the file, `text` is the clickable form."""
    row, column = position_of(place)
    counted = {"row": row or None, "column": column or None}
    return {**fields(place, "path sheet cell"), **counted, "key": place.key, "text": str(place)}


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        **fields(entry, "code severity title message hint"),
        "location": _location(entry.location),
        "excerpt": entry.finding.excerpt,
        "related": [_location(place) for place in entry.finding.related],
        "fingerprint": entry.fingerprint,
    }


def _cross_check(check: CrossCheck, validation: Validation, lang: Lang) -> dict[str, Any]:
    named = "indicator region period value low high status bound unit raw"
    return {
        "id": check.id,
        "name": check.name.get(lang),
        "region": check.region,
        "region_name": region_name(validation, check.region, lang),
        **fields(check, "period expression outcome left right difference tolerance"),
        "missing": check.missing and check.missing.get(lang),
        "evidence": [{**fields(seen, named), "location": _location(location_of(seen))} for seen in check.evidence],
    }
