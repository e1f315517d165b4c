"""The formats of a scorecard: one literal table. Renderers are loaded when used."""

from __future__ import annotations

from collections.abc import Callable

from ipstrong.model.result import Scorecard
from ipstrong.reports.console import ConsoleOptions
from ipstrong.texts import Lang

Renderer = Callable[[Scorecard, Lang, ConsoleOptions], str | bytes]

BYTE_ORDER_MARK = "\ufeff"


def _terminal(scorecard: Scorecard, lang: Lang, console: ConsoleOptions) -> str:
    from ipstrong.reports.terminal import render_check

    return render_check(scorecard, lang, console.width, color=console.color, unicode=console.unicode)


def _json(scorecard: Scorecard, _lang: Lang, _console: ConsoleOptions) -> str:
    from ipstrong.reports.json_report import render_json

    return render_json(scorecard)


def _csv(scorecard: Scorecard, _lang: Lang, _console: ConsoleOptions) -> str:
    from ipstrong.reports.csv_report import render_csv

    return render_csv(scorecard)


def _markdown(scorecard: Scorecard, lang: Lang, _console: ConsoleOptions) -> str:
    from ipstrong.reports.markdown import render_markdown

    return render_markdown(scorecard, lang)


def _xlsx(scorecard: Scorecard, lang: Lang, _console: ConsoleOptions) -> bytes:
    from ipstrong.reports.xlsx import render_xlsx

    return render_xlsx(scorecard, lang)


RENDERERS: dict[str, Renderer] = {
    "terminal": _terminal,
    "json": _json,
    "csv": _csv,
    "md": _markdown,
    "xlsx": _xlsx,
}
"""Format name to renderer."""

SUFFIXES: dict[str, str] = {
    ".txt": "terminal",
    ".json": "json",
    ".csv": "csv",
    ".md": "md",
    ".markdown": "md",
    ".xlsx": "xlsx",
}
"""File suffix, in lower case, to format name."""

BINARY = frozenset({"xlsx"})
"""Formats that are bytes."""


def render(
    scorecard: Scorecard, name: str, lang: Lang, console: ConsoleOptions | None = None, *, to_file: bool = False
) -> str | bytes:
    """Return the scorecard in a format of `RENDERERS`.

    Args:
        scorecard: The complete result.
        name: A format; `KeyError` if there is none of that name.
        lang: Language of words; JSON and CSV hold both.
        console: What the stream can show; for the terminal format.
        to_file: Whether it is written to a file: without colours, and CSV with the byte order mark by which Excel
            knows UTF-8.
    """
    options = console or ConsoleOptions()
    if not to_file:
        return RENDERERS[name](scorecard, lang, options)
    content = RENDERERS[name](scorecard, lang, options._replace(color=False, unicode=True))
    return f"{BYTE_ORDER_MARK}{content}" if name == "csv" and isinstance(content, str) else content
