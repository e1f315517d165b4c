"""Numbers for the rows of a long table: each row points to a text of a list, and each text has a number."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def mapped(texts: pl.Series, distinct: pl.Series, numbers: Sequence[int | None]) -> pl.Series:
    """Return the number of every text, by its own number in the list of texts; null for none."""
    of_blank = next((number for text, number in zip(distinct, numbers, strict=True) if text is None), None)
    known = pl.DataFrame({"at": distinct.to_physical(), "number": pl.Series(numbers, dtype=pl.UInt32)}).drop_nulls("at")
    blanks = pl.Series([None], dtype=pl.UInt32).new_from_index(0, 1 + max(known["at"], default=0))
    mapped = blanks.scatter(known["at"], known["number"]).gather(texts.to_physical())
    return mapped if of_blank is None else mapped.fill_null(of_blank)


def gathered(numbers: Sequence[int], index: pl.Series | None, length: int) -> pl.Series:
    """Return the numbers that rows point to; the only one for every row where nothing points."""
    known = pl.Series(numbers, dtype=pl.UInt32)
    return known.new_from_index(0, length) if index is None else known.gather(index)
