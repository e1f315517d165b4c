"""What the stream can show (width, colour, Unicode), and the one place that makes rich consoles."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TextIO

if TYPE_CHECKING:
    from rich.console import RenderableType

DEFAULT_WIDTH = 80
NARROWEST, WIDEST = 40, 240


class ConsoleOptions(NamedTuple):
    """How a report is drawn."""

    width: int = DEFAULT_WIDTH
    color: bool = False
    unicode: bool = True
    """Whether bars and marks may be Unicode; words are what they are."""


def console_options(stream: TextIO, env: Mapping[str, str]) -> ConsoleOptions:
    """Return what `stream` can show.

    Args:
        stream: Where the report goes.
        env: The environment: `COLUMNS`; `NO_COLOR` (https://no-color.org: any non-empty value) above `FORCE_COLOR`;
            `TERM=dumb` or `unknown`.
    """
    is_terminal = stream.isatty()
    is_dumb = env.get("TERM", "").lower() in ("dumb", "unknown")
    color = is_terminal and not is_dumb
    if env.get("FORCE_COLOR", "0") not in ("", "0"):
        color = True
    if env.get("NO_COLOR"):
        color = False
    return ConsoleOptions(_width(stream, env, is_terminal=is_terminal), color, _has_unicode(stream) and not is_dumb)


def _width(stream: TextIO, env: Mapping[str, str], *, is_terminal: bool) -> int:
    columns = env.get("COLUMNS", "")
    # isdecimal() alone accepts digits of every script, and int() reads them; a length bound keeps int() cheap.
    width = int(columns) if columns.isdecimal() and len(columns) < 6 else 0
    if not width and is_terminal:
        try:
            width = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError):
            width = 0
    return max(NARROWEST, min(WIDEST, width or DEFAULT_WIDTH))


def _has_unicode(stream: TextIO) -> bool:
    try:
        "█▏✓✗↗─≥".encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def draw(renderables: Iterable[RenderableType], width: int, *, color: bool) -> str:
    """Return what rich draws, one renderable below the other, independent of the environment and the real terminal.

    Without colours, what is laid out already is put together without a console of rich: loading it takes as long as a
    report.
    """
    from rich.text import Text as Styled

    from ipstrong.reports.drawing import Block, plain_lines, wrapped

    parts = list(renderables)
    plain = [part for part in parts if isinstance(part, Styled | Block)]
    if not color and len(plain) == len(parts):
        return "".join(f"{line}\n" for part in plain for line in plain_lines(part, width))
    from rich.console import Console

    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=width,
        color_system="standard" if color else None,
        force_terminal=color,
        no_color=not color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    for part in parts:
        console.print(wrapped(part, width) if isinstance(part, Styled) else part)
    text = buffer.getvalue()
    return text if color else "".join(f"{line.rstrip()}\n" for line in text.splitlines())
