"""Standard error, shut while native code runs that may panic: a panic prints there before it can be caught."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def silenced() -> Iterator[None]:
    """Send the process's standard error nowhere meanwhile.

    Damaged xls, xlsb and ods files make calamine panic; for xlsx, where opening a thousand small files must cost little,
    no damage is known to.
    """
    try:
        before, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # there is no standard error
        yield
        return
    os.dup2(nowhere, 2)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)
