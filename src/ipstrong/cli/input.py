"""What a run reads: files named on the command line, standard input, and how far it has got."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    from ipstrong.model.dataset import Dataset
    from ipstrong.model.plan import Plan
    from ipstrong.pipeline import Progress
    from ipstrong.readers.options import ReadOptions

_PATIENCE_SECONDS = 1.0
"""How long a run stays silent before it says what it is doing."""

_READING = Text("读取 {done}/{total}：{name}", "reading {done}/{total}: {name}")


def read(paths: Sequence[str], plan: Plan | None, options: ReadOptions, lang: Lang) -> Dataset:
    """Return the data of the files; `-` is standard input."""
    from ipstrong.pipeline import read_data

    stdin = sys.stdin.buffer.read() if "-" in paths else None
    return read_data(paths, plan, options=options, stdin=stdin, progress=_progress(lang))


def _progress(lang: Lang) -> Progress | None:
    """Return a callback that shows progress on standard error once a run is long; None where nobody would see it."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return None
    from ipstrong.reports.sanitize import inert

    started = time.monotonic()

    def show(name: str, done: int, total: int) -> None:
        if time.monotonic() - started < _PATIENCE_SECONDS and done < total:
            return
        line = "" if done >= total else _READING.get(lang).format(done=done + 1, total=total, name=inert(name))
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()

    return show
