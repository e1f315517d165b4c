"""`python -m ipstrong`."""

from __future__ import annotations

import gc
import sys

GARBAGE_THRESHOLD = 200_000
"""Objects between two searches for garbage. A run makes hundreds of thousands that live to its end, and looking through
them again and again would take a fifth of its time; what it leaves behind in cycles is little."""


def main() -> None:
    """Run the command line."""
    gc.set_threshold(GARBAGE_THRESHOLD, 20, 100)

    from ipstrong.cli.app import main as command_line

    sys.exit(command_line())


if __name__ == "__main__":
    main()
