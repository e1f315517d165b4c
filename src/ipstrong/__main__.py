"""`python -m ipstrong`."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from ipstrong.cli.app import run

    run()


if __name__ == "__main__":
    main()
