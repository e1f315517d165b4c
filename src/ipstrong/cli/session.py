"""What a command knows of its run: language, streams, and how findings reach standard error."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    from ipstrong.diagnostics import Finding
    from ipstrong.pipeline import Progress
    from ipstrong.readers.options import ReadOptions
    from ipstrong.reports.console import ConsoleOptions

_PATIENCE_SECONDS = 1.0
"""How long a run stays silent before it says what it is doing."""

_READING = Text("读取 {done}/{total}：{name}", "reading {done}/{total}: {name}")


def language_of(context: Any) -> Lang:  # noqa: ANN401 - the context class of the library is private
    """Return the language of the run."""
    lang: Lang = context.find_root().obj["lang"]
    return lang


def stdout_options(width: int | None = None) -> ConsoleOptions:
    """Return what standard output can show."""
    from ipstrong.reports.console import console_options

    options = console_options(sys.stdout, os.environ)
    return options._replace(width=width) if width else options


def show_findings(findings: Iterable[Finding], lang: Lang) -> None:
    """Write findings to standard error, sorted by place."""
    shown = tuple(findings)
    if not shown:
        return
    from ipstrong.cli.output import for_log
    from ipstrong.reports.console import console_options
    from ipstrong.reports.findings import render_findings

    options = console_options(sys.stderr, os.environ)
    sys.stdout.flush()
    sys.stderr.write(for_log(render_findings(shown, lang, color=options.color)))
    sys.stderr.flush()


def standard_input(paths: Sequence[str]) -> bytes | None:
    """Return the bytes of standard input where a path is `-`."""
    return sys.stdin.buffer.read() if "-" in paths else None


def progress(lang: Lang) -> Progress | None:
    """Return a callback that shows progress on standard error once a run is long; None where nobody would see it."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return None
    started = time.monotonic()

    def show(name: str, done: int, total: int) -> None:
        from ipstrong.reports.inert import inert

        if time.monotonic() - started < _PATIENCE_SECONDS and done < total:
            return
        line = "" if done >= total else _READING.get(lang).format(done=done + 1, total=total, name=inert(name))
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()

    return show


def read_options(
    sheets: Sequence[str] | None, *, include_hidden: bool, max_cells: int | None, max_size: int | None
) -> ReadOptions:
    """Return how files are read, from the options of a command."""
    from ipstrong.readers.options import Limits, ReadOptions

    limits = Limits()
    if max_cells is not None:
        limits = limits.with_cells(max_cells)
    if max_size is not None:
        limits = limits.with_megabytes(max_size)
    return ReadOptions(sheets=tuple(sheets or ()), include_hidden=include_hidden, limits=limits)
