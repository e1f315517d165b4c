"""The formats of a comparison by name, and the format that a file's suffix asks for."""

from __future__ import annotations

from collections.abc import Mapping

from ipstrong.model.comparison import Comparison
from ipstrong.texts import Lang

FORMATS = ("terminal", "json", "md", "xlsx")

SUFFIXES: Mapping[str, str] = {
    ".txt": "terminal",
    ".json": "json",
    ".md": "md",
    ".markdown": "md",
    ".xlsx": "xlsx",
}


def render_comparison(
    comparison: Comparison,
    format: str,  # noqa: A002 - the word of the command line
    lang: Lang,
    width: int = 80,
    *,
    color: bool = False,
) -> str | bytes:
    """Return the comparison in a format of `FORMATS`.

    Raises:
        KeyError: the format is not one of them.
    """
    if format == "terminal":
        from ipstrong.reports.compare.terminal import render_terminal

        return render_terminal(comparison, lang, width, color=color)
    if format == "json":
        from ipstrong.reports.compare.json_report import render_json

        return render_json(comparison, lang)
    if format == "md":
        from ipstrong.reports.compare.markdown import render_markdown

        return render_markdown(comparison, lang)
    if format == "xlsx":
        from ipstrong.reports.compare.workbook import render_workbook

        return render_workbook(comparison, lang)
    raise KeyError(format)
