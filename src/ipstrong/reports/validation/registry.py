"""The formats of a validation report by name, and the format that a file's suffix asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ipstrong.model.validation import Validation
from ipstrong.reports.validation.csv_report import render_csv
from ipstrong.reports.validation.github import render_github, render_summary
from ipstrong.reports.validation.gitlab import render_gitlab
from ipstrong.reports.validation.json_report import render_json
from ipstrong.reports.validation.junit import render_junit
from ipstrong.reports.validation.markdown import render_markdown
from ipstrong.reports.validation.options import FailOn, ReportOptions
from ipstrong.reports.validation.sarif import render_sarif
from ipstrong.reports.validation.terminal import render_terminal
from ipstrong.texts import Lang

Renderer = Callable[[Validation, ReportOptions], str]

FORMATS: Mapping[str, Renderer] = {
    "terminal": render_terminal,
    "json": render_json,
    "csv": render_csv,
    "md": render_markdown,
    "sarif": render_sarif,
    "junit": render_junit,
    "github": render_github,
    "gitlab": render_gitlab,
    "summary": render_summary,
}
"""Every format by the name that `--format` takes."""

SUFFIXES: Mapping[str, str] = {
    ".codequality.json": "gitlab",
    "code-quality-report.json": "gitlab",
    ".sarif.json": "sarif",
    ".sarif": "sarif",
    ".junit.xml": "junit",
    ".xml": "junit",
    ".json": "json",
    ".csv": "csv",
    ".md": "md",
    ".txt": "terminal",
}
"""The format that the end of a file's name asks for; the first that fits counts."""


def format_of(path: str) -> str | None:
    """Return the format that a file's name asks for, None where it asks for none of them."""
    name = path.lower()
    return next((chosen for suffix, chosen in SUFFIXES.items() if name.endswith(suffix)), None)


def render_validation(
    validation: Validation,
    format: str,  # noqa: A002 - the word of the command line
    lang: Lang,
    width: int = 80,
    color: bool = False,
    *,
    fail_on: FailOn = "error",
) -> str:
    """Return the validation in a format of `FORMATS`; machine formats are complete even with nothing to say.

    Raises:
        KeyError: the format is not one of `FORMATS`.
    """
    return FORMATS[format](validation, ReportOptions(lang, width, color, fail_on))
