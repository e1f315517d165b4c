"""A file opened ahead: half of a short run is imports and the plan, which wait for no file, and a long file for neither."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from ipstrong.diagnostics import Finding
    from ipstrong.model.dataset import SourceFile
    from ipstrong.sources.grid import Grid
    from ipstrong.sources.options import ReadOptions

    Opened = tuple[SourceFile | None, list[Grid], list[Finding]]

_LEAST = 1 << 20
"""Bytes from which a second thread pays."""
_MOST = 32 << 20
"""Bytes up to which the rest of the run counts. A run that fails ends only when the file is read, so that it must not take long."""
_MOST_TEXT = 256 << 20
"""The same for texts, which are read ten times as fast."""
_HEAD = 1 << 16
"""Bytes by which a text is told from everything else."""


class OpenedAhead:
    """A file that is being opened in a thread of its own."""

    def __init__(self, path: str, options: ReadOptions) -> None:
        """Begin to open the file."""
        from concurrent.futures import ThreadPoolExecutor

        from ipstrong.sources.readers.open_file import open_source

        self._asked = (path, options)
        pool = ThreadPoolExecutor(max_workers=1)
        self._opening: Future[Opened] | None = pool.submit(open_source, path, options)
        pool.shutdown(wait=False)

    def take(self, path: str, options: ReadOptions) -> Opened | None:
        """Return what `open_source` gives for the file, once; None for any other file and for other options."""
        opening = self._opening
        if opening is None or self._asked != (path, options):
            return None
        self._opening = None
        return opening.result()


def open_ahead(paths: Sequence[str], options: ReadOptions) -> OpenedAhead | None:
    """Begin to open the first of some files that is worth a thread; None where there is none."""
    for path in paths:
        try:
            size = os.stat(path).st_size  # noqa: PTH116 - a Path costs more than the check
            if not _LEAST <= size <= _MOST_TEXT:
                continue
            with open(path, "rb") as file:  # noqa: PTH123 - likewise
                head = file.read(_HEAD)
                is_text = _is_text(path, head)
                content = b"" if is_text or size > _MOST else head + file.read()
        except (OSError, ValueError):  # no file, or one that is told of where the files are read
            continue
        if is_text:
            import polars as pl  # noqa: F401 - here, so that the thread reads while the rest is loaded, and loads nothing

            return OpenedAhead(path, options)
        if size <= _MOST:
            return OpenedAhead(path, options) if _is_quiet(path, content) else None
    return None


def _is_text(path: str, head: bytes) -> bool:
    from ipstrong.sources.readers.sniff import FileKind, sniff

    return sniff(os.path.basename(path), head)[0] is FileKind.TEXT  # noqa: PTH119 - a Path costs more than the check


def _is_quiet(path: str, content: bytes) -> bool:
    """Return whether a workbook is opened without shutting standard error (`silence`), on which others may speak meanwhile."""
    from ipstrong.sources.readers.sniff import FileKind, sniff

    kind, _ = sniff(os.path.basename(path), content)  # noqa: PTH119 - a Path costs more than the check
    if kind is FileKind.ZIP and b"xl/workbook.xml" in content:
        from ipstrong.sources.readers import workbooks  # noqa: F401 - here, so that the thread begins with the file

        return True
    return False
