"""The values of a table, all at once: numbers as columns, and each distinct text once by `cells.parse_text`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from ipstrong.model.dataset import Bound, ValueStatus
from ipstrong.readers.grid import CellNote, CellValue, FrameGrid, Grid
from ipstrong.values.cells import COMPUTED_DIGITS, CellKind, ParsedCell, parse_cell, parse_text

BOUND = pl.Enum([bound.value for bound in Bound])
STATUS = pl.Enum([status.value for status in ValueStatus])
KIND = pl.Enum([kind.value for kind in CellKind])

_PLAIN = r"^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$"
_DRESSED = r"^-?(?:(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?%|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,12})?%?)$"
"""Plain numbers but for grouping commas and a percent sign, which columns of thousands and of shares are full of."""


def parse_table(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> pl.DataFrame:
    """Return what the cells of some rows and columns say, row by row from left to right.

    Returns:
        The columns of `parse_series`, and `raw`: the text of the cell, as printed where its format is known.
    """
    comma = grid.extras.decimal_comma
    if isinstance(grid, FrameGrid):
        texts = [grid.frame.to_series(column) for column in columns]
        if rows[-1] - rows[0] + 1 == len(rows):
            texts = [text.slice(rows[0], len(rows)).cast(pl.String) for text in texts]
        else:
            texts = [text[pl.Series(rows, dtype=pl.UInt32)].cast(pl.String) for text in texts]
        joined = texts[0]
        if len(texts) > 1:
            places = pl.int_range(len(rows) * len(columns), eager=True)
            joined = pl.concat(texts)[places % len(columns) * len(rows) + places // len(columns)]
        return parse_series(joined, decimal_comma=comma).with_columns(joined.fill_null("").alias("raw"))
    lines = grid.rows()
    values = [line[column] for line in [lines[row] for row in rows] for column in columns]
    formats = [grid.extras.column_formats.get(column) for column in columns]
    notes = _notes_at(grid, rows, columns)
    return _parse_values(values, notes, formats, decimal_comma=comma, is_text=grid.sheet is None)


def _notes_at(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> dict[int, CellNote]:
    """Return the notes on cells by their place in the order of reading."""
    notes = grid.extras.notes
    if not notes:
        return {}
    row_at = {row: place for place, row in enumerate(rows)}
    column_at = {column: place for place, column in enumerate(columns)}
    width = len(columns)
    return {
        row_at[row] * width + column_at[column]: note
        for (row, column), note in notes.items()
        if row in row_at and column in column_at
    }


def _parse_values(
    values: list[CellValue],
    notes: Mapping[int, CellNote],
    formats: Sequence[str | None],
    *,
    decimal_comma: bool,
    is_text: bool,
) -> pl.DataFrame:
    """Return what cells of a sheet or text table say.

    Args:
        values: The cells.
        notes: Flaws and number formats by the place of their cell.
        formats: The number format of every column; cells of a row follow each other.
        decimal_comma: Whether texts write 78,1 for 78.1.
        is_text: Whether the file is a text table, in which numbers are always texts.
    """
    is_formatted = any(formats) or any(note.number_format is not None for note in notes.values())
    width = len(formats)
    known: dict[object, int] = {}
    cells: list[_CellRow] = []
    ids: list[int] = []
    for place, value in enumerate(values):
        kind = type(value)
        note = notes.get(place) if notes else None
        shown = None
        if note is not None and note.flaw is not None:
            key: object = note
        elif isinstance(value, float | int) and kind is not bool:
            if is_formatted:
                shown = (note.number_format if note is not None else None) or formats[place % width]
            key = value if shown is None and kind is float else (kind, value, shown)
        else:
            key = value if kind is str else (kind, value)
        number = known.get(key)
        if number is None:
            number = known[key] = len(cells)
            if note is not None and note.flaw is not None:
                cells.append(_cell_of(ParsedCell(CellKind.TEXT, remarks=(note.flaw.value,)), note.text))
            elif isinstance(value, str):
                parsed = parse_text(value, decimal_comma=decimal_comma)
                if parsed.kind is CellKind.NUMBER and not is_text:
                    parsed = replace(parsed, remarks=(*parsed.remarks, "text_number"))
                cells.append(_cell_of(parsed, value))
            elif isinstance(value, float) and shown is None:
                cells.append(_plain_number(value))
            else:
                cells.append(_other_cell(value, shown))
        ids.append(number)
    frame = pl.DataFrame(
        [
            pl.Series(name, column, dtype)
            for (name, dtype), column in zip(_TYPES.items(), zip(*cells, strict=True), strict=True)
        ]
        if cells
        else [pl.Series(name, [], dtype) for name, dtype in _TYPES.items()]
    )
    return frame if len(cells) == len(ids) else frame[pl.Series(ids, dtype=pl.UInt32)]


_CellRow = tuple[float | None, float | None, str, str, str | None, str, str, str]
"""Value, half width, bound, status, unit, kind, remarks and raw text."""
_TYPES: dict[str, pl.DataType | type[pl.DataType]] = {
    "value": pl.Float64,
    "half_width": pl.Float64,
    "bound": BOUND,
    "status": STATUS,
    "unit": pl.String,
    "kind": KIND,
    "remarks": pl.Categorical,
    "raw": pl.String,
}
_EXACT, _FINAL, _NUMBER = Bound.EXACT.value, ValueStatus.FINAL.value, CellKind.NUMBER.value
_HALF_WIDTHS = (0.0, *(float(f"5e-{n + 1}") for n in range(1, 17)))


def _plain_number(value: float) -> _CellRow:
    """Return what a number without a telling format says, as `parse_cell` does; without decimals where floats are as good."""
    if value.is_integer() and -1e15 < value < 1e15:
        return value + 0.0, 0.0, _EXACT, _FINAL, None, _NUMBER, "", str(int(value))
    text = repr(value)
    if len(text) > _SAFE_LENGTH or "e" in text or "n" in text:
        return _other_cell(value, None)
    n_digits = len(text.strip("-").lstrip("0.").replace(".", ""))
    n_decimals = len(text) - text.index(".") - 1
    half_width = _HALF_WIDTHS[n_decimals] if n_digits < COMPUTED_DIGITS else 0.0
    return value, half_width, _EXACT, _FINAL, None, _NUMBER, "", text


_SAFE_LENGTH = 16
"""Shortest decimals up to this length have at most 15 digits; longer ones may carry binary noise."""


def _other_cell(value: CellValue, number_format: str | None) -> _CellRow:
    """Return what any other cell says that is neither a text nor lost."""
    parsed = parse_cell(value, number_format)
    if parsed.number is not None:
        unit = parsed.unit.text if parsed.unit is not None else ""
        return _cell_of(parsed, f"{parsed.number:f}{unit}")
    text = "" if value is None else str(value).upper() if isinstance(value, bool) else str(value)
    return _cell_of(parsed, text.removesuffix(" 00:00:00"))


def _cell_of(cell: ParsedCell, raw: str) -> _CellRow:
    return (
        None if cell.number is None else float(cell.number),
        None if cell.number is None else float(cell.half_width),
        cell.bound.value,
        cell.status.value,
        cell.unit.text if cell.unit else None,
        cell.kind.value,
        ";".join(cell.remarks),
        raw,
    )


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
    half_width = half_widths[measured["decimals"]]
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
    parsed = [_cell_of(parse_text(text, decimal_comma=decimal_comma), text) for text in single]
    lookup = pl.concat(
        [
            _plain_columns(without)
            .with_columns(dressed.str.extract("(%)$").alias("unit"))
            .insert_column(0, dressed.alias("text")),
            pl.DataFrame(parsed, schema=_TYPES, orient="row")
            .rename({"raw": "text"})
            .select("text", *list(_TYPES)[:-1]),
        ]
    )
    rows = frame.with_row_index("row").filter(~pl.col("is_plain") & pl.col("text").is_not_null()).select("row", "text")
    filled = rows.join(lookup, on="text", how="left", maintain_order="left").drop("text")
    return vector.with_row_index("row").update(filled, on="row", how="left", include_nulls=True).drop("row")
