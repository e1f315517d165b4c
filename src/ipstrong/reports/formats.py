"""The formats of reports: one table of names and suffixes, one of renderers for each kind of result, and `render`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from ipstrong.model.comparison import Comparison
from ipstrong.model.dataset import Dataset
from ipstrong.model.result import Scorecard
from ipstrong.model.validation import Validation
from ipstrong.reports.ci import code_hosts, junit, sarif
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.subjects import comparison, inspection, plan, scorecard, scorecard_json, validation
from ipstrong.reports.subjects.plan import Listing
from ipstrong.reports.table import Block, Table
from ipstrong.reports.writers import csv, json, markdown

SUFFIXES: dict[str, tuple[str, ...]] = {
    "terminal": (".txt",),
    "json": (".json",),
    "csv": (".csv",),
    "md": (".md", ".markdown"),
    "xlsx": (".xlsx",),
    "sarif": (".sarif", ".sarif.json"),
    "junit": (".xml", ".junit.xml"),
    "gitlab": (".codequality.json", "code-quality-report.json"),
}
"""Ends of file names, in lower case, by the name that `--format` accepts; where several fit, the longest counts."""

Renderer = Callable[[Any, ReportOptions], str | bytes]


def _terminal(page: Callable[[Any, ReportOptions], Iterable[Block]]) -> Renderer:
    def render_page(result: object, options: ReportOptions) -> str:
        from ipstrong.reports.writers import terminal

        return terminal.write(page(result, options), options)

    return render_page


def _markdown(page: Callable[[Any, ReportOptions], Iterable[Block]]) -> Renderer:
    return lambda result, options: markdown.write(page(result, options), options.lang)


def _csv(records: Callable[[Any, ReportOptions], Table]) -> Renderer:
    return lambda result, options: csv.write(records(result, options))


def _json(document: Callable[[Any, ReportOptions], object]) -> Renderer:
    return lambda result, options: json.write(document(result, options))


def _workbook(result: Scorecard, options: ReportOptions) -> bytes:
    from ipstrong.reports.xlsx import render_xlsx

    return render_xlsx(result, options.lang)


def _comparison_workbook(result: Comparison, options: ReportOptions) -> bytes:
    from ipstrong.reports.subjects import comparison_workbook

    return comparison_workbook.render(result, options)


RENDERERS: dict[str, dict[str, Renderer]] = {
    "scorecard": {
        "terminal": _terminal(scorecard.page),
        "json": _json(scorecard_json.document),
        "csv": _csv(scorecard.records),
        "md": _markdown(scorecard.markdown),
        "xlsx": _workbook,
    },
    "validation": {
        "terminal": _terminal(validation.page),
        "json": _json(validation.document),
        "csv": _csv(validation.records),
        "md": _markdown(validation.markdown),
        "sarif": sarif.render,
        "junit": junit.render,
        "github": code_hosts.render_github,
        "gitlab": code_hosts.render_gitlab,
        "summary": _markdown(validation.step_summary),
    },
    "comparison": {
        "terminal": _terminal(comparison.page),
        "json": _json(comparison.document),
        "md": _markdown(comparison.markdown),
        "xlsx": _comparison_workbook,
    },
    "inspection": {
        "terminal": _terminal(inspection.page),
        "json": _json(inspection.document),
        "csv": _csv(inspection.records),
    },
    "listing": {
        "table": _terminal(plan.page),
        "json": _json(plan.document),
        "csv": lambda listing, options: csv.write(listing.table, options.lang),
        "md": _markdown(plan.markdown),
    },
}
"""The formats of each subject; `table` is what the lists of a plan call the terminal."""

SUBJECTS: dict[type, str] = {
    Scorecard: "scorecard",
    Validation: "validation",
    Comparison: "comparison",
    Dataset: "inspection",
    Listing: "listing",
}
"""The subject of a report by the type of the result."""


def suffixes(subject: str) -> dict[str, str]:
    """Return the suffixes of files that a subject can be written to, each with the name of its format."""
    return {suffix: name for name in RENDERERS[subject] for suffix in SUFFIXES.get(name, ())}


def render(result: object, name: str, options: ReportOptions) -> str | bytes:
    """Return a result in a format of its subject; `KeyError` if there is none of that name."""
    return RENDERERS[SUBJECTS[type(result)]][name](result, options)


def render_file(result: object, name: str, options: ReportOptions) -> str | bytes:
    """Return what is written to a file: without colours, a scorecard's CSV with the mark by which Excel knows UTF-8."""
    content = render(result, name, replace(options, color=False, unicode=True))
    if name == "csv" and isinstance(result, Scorecard) and isinstance(content, str):
        return csv.BYTE_ORDER_MARK + content
    return content
