"""What CI services make of printed lines and files, written down from their documentation, for tests of reports."""

from __future__ import annotations

import re

GITHUB_COMMANDS = frozenset(
    [
        "error",
        "warning",
        "notice",
        "debug",
        "group",
        "endgroup",
        "echo",
        "add-mask",
        "add-matcher",
        "remove-matcher",
        "add-path",
        "set-env",
        "set-output",
        "save-state",
        "stop-commands",
        "internal-set-repo-path",
    ]
)


def github_commands(output: str) -> list[tuple[str, dict[str, str], str]]:
    """Return the commands that GitHub's runner finds in a log: name, properties and data, unescaped.

    The runner takes `::name k=v,k=v::data` at the start of a line, after blanks, and the older `##[name k=v;k=v]data`
    anywhere in it (actions/runner, ActionCommand.cs).
    """
    found = []
    for line in re.split(r"\r\n|\r|\n", output):
        new = re.match(r"\s*::([^\s:]+)(?: ((?:(?!::).)*))?::(.*)$", line)
        if new and new[1].lower() in GITHUB_COMMANDS:
            pairs = [pair.split("=", 1) for pair in (new[2] or "").split(",") if "=" in pair]
            found.append((new[1], {key.strip(): unescape(value) for key, value in pairs}, unescape(new[3])))
            continue
        old = re.search(r"##\[([^\s\]]+)[^\]]*\](.*)$", line)
        if old and old[1].lower() in GITHUB_COMMANDS:
            found.append((old[1], {}, old[2]))
    return found


def unescape(text: str) -> str:
    """Undo the escapes of a command."""
    for escaped, plain in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escaped, plain)
    return text
