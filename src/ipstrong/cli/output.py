"""Writing: reports to standard output, findings to standard error, files whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ipstrong.diagnostics import Code, Finding, IpstrongError, Location
from ipstrong.diagnostics.codes import run as codes
from ipstrong.diagnostics.reasons import system_reason
from ipstrong.texts import Lang, Text, same

if TYPE_CHECKING:
    from ipstrong.reports.options import FailOn, ReportOptions


def stdout_options(lang: Lang, width: int | None = None, fail_on: FailOn = "error") -> ReportOptions:
    """Return how a report on standard output is to look."""
    from ipstrong.reports.options import stream_options

    options = stream_options(sys.stdout, os.environ, lang)
    return replace(options, width=width or options.width, fail_on=fail_on)


def show_findings(findings: Iterable[Finding], lang: Lang) -> None:
    """Write findings to standard error, sorted by place."""
    shown = tuple(findings)
    if not shown:
        return
    from ipstrong.reports.options import stream_options
    from ipstrong.reports.subjects.findings import render_findings

    options = stream_options(sys.stderr, os.environ, lang)
    if not sys.stdout.closed:
        sys.stdout.flush()
    sys.stderr.write(for_log(render_findings(shown, options)))
    sys.stderr.flush()


def write_file(path: str, content: str | bytes) -> None:
    """Write `content` to `path` in one step.

    Raises:
        IpstrongError: when the folder is missing or not writable, or `path` is a folder.
    """
    write_files([(path, content)])


def write_files(outputs: Iterable[tuple[str, str | bytes]]) -> None:
    """Write several files, all or none: they are renamed into place once every one of them is complete.

    Raises:
        IpstrongError: for the first that cannot be written; the others are as they were.
    """
    staged: list[tuple[str, Path, Path]] = []
    path = ""
    try:
        for path, content in outputs:
            final = Path(path)
            if final.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if final.is_symlink():
                final = final.resolve()  # so that the link stays a link
            staged.append((path, _stage(final, content), final))
        for path, temporary, final in staged:  # noqa: B007 - named in the complaint
            temporary.replace(final)
    except (OSError, ValueError) as error:
        raise _refusal(codes.CANNOT_WRITE, [path], reason=system_reason(error)) from error
    finally:
        for _, temporary, _ in staged:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _stage(final: Path, content: str | bytes) -> Path:
    """Write a temporary file next to the final one, with the permissions that it will have."""
    handle, name = tempfile.mkstemp(prefix=".ipstrong-", dir=final.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
        temporary.chmod(_mode(final))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _mode(path: Path) -> int:
    """Return the permissions of the file that is replaced, or what a new file would get."""
    try:
        return path.stat().st_mode & 0o7777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def write_stdout(content: str | bytes, format_name: str) -> None:
    """Write a report to standard output; binary formats only into a pipe or file.

    Raises:
        BrokenPipeError: when nobody reads any more.
        IpstrongError: when a binary format would go to a terminal, or nothing can be written, as to a full disk.
    """
    if isinstance(content, bytes) and sys.stdout.isatty():
        raise _refusal(codes.BINARY_ON_TERMINAL, [None], format=format_name)
    try:
        if isinstance(content, bytes):
            sys.stdout.buffer.write(content)
        else:
            content = for_log(content, format_name)
            sys.stdout.write(content if content.endswith("\n") or not content else content + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        silence_stdout()
        raise _refusal(codes.CANNOT_WRITE, [None], reason=system_reason(error)) from error


def silence_stdout() -> None:
    """Close standard output after a failed write, so that the interpreter does not fail again at exit."""
    with contextlib.suppress(OSError):
        sys.stdout.close()


def for_log(text: str, format_name: str = "terminal") -> str:
    """Return a report without what a log of GitHub Actions would obey, when the run writes to one.

    Text for people is changed where it must be. Machine formats are written so that a program reads the same from them: JSON
    and XML have numbers for characters. CSV has not, and is left as it is; Markdown and annotations are harmless as they are.
    """
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return text
    from ipstrong.reports import sanitize

    if format_name in {"terminal", "table", "text"}:
        return sanitize.without_commands(text)
    if format_name in {"json", "sarif", "gitlab"}:
        return sanitize.json_without_commands(text)
    return sanitize.xml_without_commands(text) if format_name == "junit" else text


def refuse_overwriting(outputs: Sequence[str], inputs: Sequence[str]) -> None:
    """Refuse an output that is one of the inputs, under whatever name.

    Raises:
        IpstrongError: naming each such output.
    """
    if not outputs:
        return
    read = {_identity(path) for path in inputs if path != "-"}
    clashes = [path for path in outputs if _identity(path) in read]
    if clashes:
        raise _refusal(codes.OUTPUT_IS_INPUT, clashes)


def _identity(path: str) -> object:
    try:
        state = os.stat(path)  # noqa: PTH116 - one call for both numbers
    except (OSError, ValueError):
        return os.path.abspath(path)  # noqa: PTH100 - the file need not exist
    return (state.st_dev, state.st_ino)


def suffix_format(path: str, known: Mapping[str, str]) -> str:
    """Return the format that a file's suffix names.

    Raises:
        IpstrongError: when the suffix is unknown.
    """
    name = Path(path).name.lower()
    # The longest first, so that `.sarif.json` is not taken for `.json`; a bare `.xlsx` is a name and no suffix.
    fitting = (suffix for suffix in sorted(known, key=len, reverse=True) if name.removesuffix(suffix) not in {name, ""})
    found = next(fitting, None)
    if found is None:
        listed = same(" ".join(sorted(known)))
        raise _refusal(codes.UNKNOWN_SUFFIX, [path], reason=_no_format(path), known=listed)
    return known[found]


def _no_format(path: str) -> Text:
    """Return why a name tells no format: it is a folder's, it has no suffix, or an unknown one."""
    if os.path.isdir(path):  # noqa: PTH112 - a name that no file can have is answered, not raised for
        return Text("这是文件夹，要写明其中的文件名和后缀", "this is a folder; name a file in it, with a suffix")
    suffix = Path(path).suffix.lower()
    if not suffix:
        return Text("文件名没有后缀", "the name has no suffix")
    return Text("后缀 '{suffix}' 不对应任何格式", "no format belongs to the suffix '{suffix}'").format(suffix=suffix)


def _refusal(code: Code, paths: Sequence[str | None], **params: object) -> IpstrongError:
    return IpstrongError([Finding(code, Location(path) if path else Location(), params) for path in paths])
