"""Rules over a `Dataset`; one function and one code each."""

from ipstrong.checks.rules import run_checks

__all__ = ["run_checks"]
