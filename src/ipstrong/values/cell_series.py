"""A column of texts to numbers, without a Python object a cell: the twin of `cells.parse_text` for long tables."""

from __future__ import annotations

import polars as pl

from ipstrong.model.dataset import Bound, ValueStatus
from ipstrong.observations.frame import BOUND, STATUS
from ipstrong.values.cells import COMPUTED_DIGITS, CellKind, ParsedCell, parse_text

KIND = pl.Enum([kind.value for kind in CellKind])

_PLAIN = r"^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$"
_DRESSED = r"^-?(?:(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?%|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,12})?%?)$"
"""Plain numbers but for grouping commas and a percent sign, which columns of thousands and of shares are full of."""


def parse_series(texts: pl.Series, *, decimal_comma: bool = False) -> pl.DataFrame:
    """Return what a column of texts says, row by row as `parse_text` does, without a Python object a cell.

    Plain numbers are cast by Polars; only the distinct other texts go through `parse_text`.

    Args:
        texts: A `String` column; null is empty.
        decimal_comma: Whether the file writes 78,1 for 78.1.

    Returns:
        Columns `value` and `half_width` (f64, null where there is no number), `bound`, `status` and `kind` (enumerations),
        `unit` (text, null where the cell names none) and `remarks` (categorical, joined by `;`).
    """
    text = pl.col("text")
    plain = text.str.contains(_PLAIN)
    if decimal_comma:
        plain &= ~text.str.contains(".", literal=True)
    frame = pl.DataFrame({"text": texts}).with_columns(plain.fill_null(value=False).alias("is_plain"))
    n_plain = frame["is_plain"].sum()
    vector = _plain_columns(frame)
    if n_plain == frame.height:
        return vector
    return _with_rest(frame, vector, decimal_comma=decimal_comma)


def _plain_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the columns for the plain numbers of `frame`; the other rows are there as empty cells."""
    text = pl.col("text")
    half_widths = pl.Series("half_width", [0.0, *(float(f"5e-{n + 1}") for n in range(1, 17))])
    columns = frame.lazy().select(
        "is_plain",
        pl.when("is_plain").then(text.cast(pl.Float64, strict=False) + 0.0).alias("value"),
        # a text without a point has no decimals; find gives the byte before the decimals
        (text.str.len_bytes() - text.str.find(".", literal=True) - 1).fill_null(0).clip(0, 16).alias("decimals"),
        text.str.len_bytes().alias("length"),
    )
    measured = columns.collect()
    half_width = half_widths.gather(measured["decimals"])
    if ((measured["length"] > COMPUTED_DIGITS) & (measured["decimals"] > 0)).any():
        digits = frame["text"].str.strip_chars_start("-0.")
        n_significant = digits.str.len_bytes() - digits.str.contains(".", literal=True).cast(pl.UInt32)
        half_width = half_width.zip_with((n_significant < COMPUTED_DIGITS).fill_null(value=True), pl.Series([0.0]))
    are_all = bool(measured["is_plain"].all())
    number, empty = (pl.lit(kind.value, KIND) for kind in (CellKind.NUMBER, CellKind.EMPTY))
    return measured.select(
        "value",
        half_width if are_all else pl.when("is_plain").then(half_width).alias("half_width"),
        pl.lit(Bound.EXACT.value, BOUND).alias("bound"),
        pl.lit(ValueStatus.FINAL.value, STATUS).alias("status"),
        pl.lit(None, pl.String).alias("unit"),
        number.alias("kind") if are_all else pl.when("is_plain").then(number).otherwise(empty).alias("kind"),
        pl.lit("", pl.Categorical).alias("remarks"),
    )


def _with_rest(frame: pl.DataFrame, vector: pl.DataFrame, *, decimal_comma: bool) -> pl.DataFrame:
    """Fill in the rows that are no plain numbers."""
    others = frame.filter(~pl.col("is_plain"))["text"].drop_nulls().unique()
    dressed = others.clear() if decimal_comma else others.filter(others.str.contains(_DRESSED))
    single = others if decimal_comma else others.filter(~others.str.contains(_DRESSED))
    without = pl.DataFrame(
        {
            "text": dressed.str.replace_all("[,%]", ""),
            "is_plain": pl.repeat(value=True, n=len(dressed), eager=True),
        }
    )
    parsed = [parse_text(text, decimal_comma=decimal_comma) for text in single]
    lookup = pl.concat(
        [
            _plain_columns(without)
            .with_columns(dressed.str.extract("(%)$").alias("unit"))
            .insert_column(0, dressed.alias("text")),
            pl.DataFrame([single.alias("text"), *_columns_of(parsed)]),
        ]
    )
    rows = frame.with_row_index("row").filter(~pl.col("is_plain") & pl.col("text").is_not_null()).select("row", "text")
    filled = rows.join(lookup, on="text", how="left", maintain_order="left").drop("text")
    return vector.with_row_index("row").update(filled, on="row", how="left", include_nulls=True).drop("row")


def _columns_of(parsed: list[ParsedCell]) -> list[pl.Series]:
    numbers = [cell.number for cell in parsed]
    return [
        pl.Series("value", [None if number is None else float(number) for number in numbers], pl.Float64),
        pl.Series(
            "half_width", [None if cell.number is None else float(cell.half_width) for cell in parsed], pl.Float64
        ),
        pl.Series("bound", [cell.bound.value for cell in parsed], BOUND),
        pl.Series("status", [cell.status.value for cell in parsed], STATUS),
        pl.Series("unit", [cell.unit.text if cell.unit else None for cell in parsed], pl.String),
        pl.Series("kind", [cell.kind.value for cell in parsed], KIND),
        pl.Series("remarks", [";".join(cell.remarks) for cell in parsed], pl.Categorical),
    ]
